"""What a person says about two notices: they belong together, or they do not. Nothing is merged."""

from schoolsafe.domain.entry import Link, NewEntry, Op, Unlink
from schoolsafe.domain.event_link import BACK, Tie
from schoolsafe.domain.field import TEAM
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification_bench import TOPICS, Bench
from schoolsafe.services.notification_relation import TIES


class Tying(Bench):
    """What a person says about two notices."""

    def tie(self, notification: str, other: str, tie: Tie) -> Changes:
        """These two belong together: shown on both. Neither is changed, and nothing is merged.

        Raises:
            NoSuchNotification: one of them is not here.
        """
        return self._link(notification, other, tie, "notification.tie", (Tie.NOT_RELATED,))

    def tell_apart(self, notification: str, other: str) -> Changes:
        """They do not belong together: not proposed again, and untied where they were tied.

        Raises:
            NoSuchNotification: one of them is not here.
        """
        return self._link(notification, other, Tie.NOT_RELATED, "notification.tell_apart", TIES)

    def _link(
        self, notification: str, other: str, tie: Tie, kind: str, instead: tuple[Tie, ...]
    ) -> Changes:
        self._reading.record(notification)
        self._reading.record(other)
        ops: list[Op] = []
        for old in instead:
            for mine, target, field in (
                (notification, other, old),
                (other, notification, BACK[old]),
            ):
                if target in self._desk.reader.links(mine, field):
                    bases = self._desk.reader.bases(mine, (field,))[field]
                    ops.append(Unlink(mine, field, target, bases))
        ops += [Link(notification, tie, other), Link(other, BACK[tie], notification)]
        return self._desk.put([NewEntry(TEAM, kind, tuple(ops))], TOPICS)
