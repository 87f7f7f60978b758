"""Protocol cards: the shipped ones, the school's own copies, and what was done otherwise.

A card proposes and asks; it never blocks. Source: domain.md 2.4. Left to others: the rules
(domain.protocol_card), reading the shipped files (bootstrap).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from schoolsafe.domain import protocol_card as rules
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL, TEAM
from schoolsafe.domain.notification import Choice, Step
from schoolsafe.domain.protocol_card import Audience, Card, Otherwise
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import grade_of, sender_of, text
from schoolsafe.services.ports import Record

_TOPICS = frozenset({Topic.SETTING, Topic.TODAY, Topic.NOTIFICATION})
_PUT_AWAY: dict[str, Value] = {"in_use": None}


class NoSuchCard(Refused):
    """There is no protocol card called {card}."""


class CardUnreadable(Refused):
    """This protocol card cannot be read: {detail}."""


class AreaNeeded(Refused):
    """Enter which force or council the card is from."""


class OtherwiseThanCard(Refused):
    """{says}. Write why you do otherwise, or save again without a reason."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as the school has it."""

    card: Card
    in_use: bool
    own: bool
    """The school changed it, or wrote it."""


def card_of(value: object) -> Card:
    """A card from a file's or the record's mapping; members it does not know are passed over.

    Raises:
        CardUnreadable: a member has another shape than docs/spec/protocol-card.md says.
    """
    try:
        card = msgspec.convert(value, Card)
    except msgspec.ValidationError as wrong:
        raise CardUnreadable(detail=str(wrong).rstrip(".")) from None
    if card.format > rules.FORMAT:
        detail = f"format {card.format}"
        raise CardUnreadable(detail=detail)
    return card


def card_value(card: Card) -> Value:
    """The card as it stands on record: the shape of the file."""
    value: Value = msgspec.to_builtins(card)
    return value


class ProtocolCards:
    """What a person can do with protocol cards."""

    def __init__(self, desk: Desk, shipped: Sequence[Card] = ()) -> None:
        self._desk = desk
        self._shipped = {card.id: card for card in shipped}

    # what the school uses -------------------------------------------------------------------------

    def list(self) -> tuple[CardView, ...]:
        """Those in use first, then the shipped ones, by area."""
        known = {view.card.id: view for view in self._own()}
        every = [
            *known.values(),
            *(
                CardView(card, in_use=False, own=False)
                for card in self._shipped.values()
                if card.id not in known
            ),
        ]
        return tuple(sorted(every, key=lambda v: (not v.in_use, v.card.area.casefold())))

    def show(self, card: str) -> CardView:
        """One card: the school's own copy, else the shipped one.

        Raises:
            NoSuchCard: neither.
        """
        for view in self.list():
            if view.card.id == card:
                return view
        raise NoSuchCard(card=card)

    def in_use(self) -> tuple[Card, ...]:
        """The cards that speak here."""
        return tuple(view.card for view in self._own() if view.in_use)

    def _own(self) -> tuple[CardView, ...]:
        views = []
        for record in self._desk.reader.find("protocol_card", {"withdrawn": None}, order="area"):
            card = card_of(record.values.get("card"))
            own = self._shipped.get(card.id) != card
            views.append(CardView(card, bool(record.values.get("in_use")), own))
        return tuple(views)

    def use(self, card: str) -> Changes:
        """The school goes by this card from now on: its own copy stands on record.

        Raises:
            NoSuchCard: there is none.
        """
        return self._put(self.show(card).card, "protocol_card.use")

    def put_away(self, card: str) -> Changes:
        """The school does not go by it any more; the copy stays on record.

        Raises:
            NoSuchCard: there is none.
        """
        self.show(card)
        entity = _entity(card)
        ops = self._desk.setting(entity, _PUT_AWAY) if self._desk.reader.get(entity) else ()
        if not ops:
            return Changes.none()
        return self._desk.put([NewEntry(SCHOOL, "protocol_card.put_away", ops)], _TOPICS)

    def save(self, card: Card) -> Changes:
        """The school's own copy, changed; it is in use from now on.

        Raises:
            AreaNeeded: it says not where it is from.
        """
        if not card.area.strip():
            raise AreaNeeded
        return self._put(replace(card, area=card.area.strip()), "protocol_card.change")

    def _put(self, card: Card, kind: str) -> Changes:
        entity = _entity(card.id)
        values: dict[str, Value] = {
            "area": card.area,
            "card": card_value(card),
            "in_use": True,
        }
        if self._desk.reader.get(entity) is None:
            return self._desk.put([NewEntry(SCHOOL, kind, (Add(entity, values),))], _TOPICS)
        ops = self._desk.setting(entity, values | {"withdrawn": None})
        return self._desk.put([NewEntry(SCHOOL, kind, ops)], _TOPICS) if ops else Changes.none()

    # what a card asks -----------------------------------------------------------------------------

    def about(self, notice: Mapping[str, Value]) -> tuple[Card, ...]:
        """The cards that speak about a notice, by its values."""
        sender, mail = sender_of(notice), sender_of(notice, "mail_from")
        return rules.holds_for(
            self.in_use(),
            address=mail.address or sender.address,
            organisation=sender.organisation or mail.organisation,
        )

    def grade_rank(self, notice: Mapping[str, Value]) -> int:
        """Where the grade as sent stands in its card's own order; 0 where no card knows the word."""
        return rules.rank(self.about(notice), grade_of(notice))

    def repeats(self, child: str, notice: Mapping[str, Value]) -> tuple[rules.RepeatMet, ...]:
        """The cards' rules about repeated grades that this child's notices meet today."""
        cards = self.about(notice)
        if not any(card.repeat for card in cards):
            return ()
        return rules.repeats_met(cards, self._graded(child), on=self._desk.now().date())

    def _graded(self, child: str) -> Sequence[tuple[date, str]]:
        found = {}
        for line in self._desk.reader.find("line", {"child": child, "withdrawn": None}):
            notice = self._desk.reader.get(str(line.values["notification"]))
            if notice is None or notice.values.get("withdrawn"):
                continue
            grade, received = grade_of(notice.values), text(notice.values, "received_at")
            if grade and received:
                found[notice.id] = (date.fromisoformat(received[:10]), grade)
        return tuple(found.values())

    def step_breaks(self, notice: Mapping[str, Value], step: Step) -> tuple[Otherwise, ...]:
        """What recording this step would do otherwise."""
        if step is Step.PARENT_CONTACT:
            return rules.about_parents(self.about(notice))
        if step is Step.SIBLING_SCHOOLS:
            return rules.about_telling(self.about(notice), {Audience.SIBLING_SCHOOLS})
        return ()

    def choice_breaks(self, notice: Mapping[str, Value], choice: Choice) -> tuple[Otherwise, ...]:
        """What this decision would do otherwise."""
        if choice is not Choice.TELL_AND_CHECK_IN:
            return ()
        return rules.about_telling(self.about(notice), {Audience.CLASS_TEACHER})

    def telling_breaks(
        self, notice: Mapping[str, Value], told: Collection[Audience]
    ) -> tuple[Otherwise, ...]:
        """What telling these people would do otherwise."""
        return rules.about_telling(self.about(notice), told)

    def entries(
        self,
        otherwise: Sequence[Otherwise],
        reason: str | None,
        *,
        child: str | None,
        line: Record | None,
        notification: str,
    ) -> tuple[NewEntry, ...]:
        """What goes on record beside the act: the card's words that day, and why it was done.

        Raises:
            OtherwiseThanCard: the person has not been asked yet (``reason`` is None). Asked once, an
                empty reason is on record as such: nothing is ever blocked.
        """
        if not otherwise:
            return ()
        if reason is None:
            raise OtherwiseThanCard(says="; ".join(one.says for one in otherwise))
        made = []
        for one in otherwise:
            values: dict[str, Value] = {
                "notification": notification,
                "rule": one.rule,
                "title": one.says,
                "reason": reason.strip(),
                "at": self._desk.now().isoformat(),
            }
            values |= {"child": child} if child else {}
            values |= {"line": line.id} if line else {}
            add = Add(self._desk.ids.new("card_break"), values)
            made.append(NewEntry(TEAM, "protocol_card.otherwise", (add,), subject=child))
        return tuple(made)


def _entity(card: str) -> str:
    return f"protocol_card:{card}"
