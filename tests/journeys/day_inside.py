"""The part of a day that has no command: entries, steps, slips, prints, drafts, searches, settings.

A process of its own: everything it is told comes on standard input, and it prints nothing that was said.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.bootstrap.memory import keep_in
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.notification import Choice, Step
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.notification import Call, Decision
from schoolsafe.services.pages import GateRow
from schoolsafe.services.unlocked import Services

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)


def main() -> int:
    keep_in()
    job = json.load(sys.stdin)
    with HomeEntrance(Path(job["home"])).open(job["passphrase"], now=NOW) as opened:
        _day(opened.services, job["words"])
        pages = _print(opened.services, job["words"])
    sys.stdout.write(json.dumps({"pages": pages}))
    return 0


def _day(services: Services, said: dict[str, str]) -> None:
    child = services.children.list(said["pupil surname"])[0].id
    services.children.set_class(
        _class(said["pupil class"], said["teacher"], said["room"], said["first adult"])
    )
    services.children.set_may_collect(child, said["may collect"])
    services.schools.add_person(name=said["staff name"], role="teacher", job=said["staff job"])
    services.schools.reword({Choice.QUIET: (said["choice words"], said["choice consequence"])})
    services.calendars.set(
        start=NOW.time().replace(hour=8, minute=40),
        end=NOW.time().replace(hour=15, minute=15),
        terms=(Term(said["term name"], date(2026, 11, 2), date(2026, 12, 18)),),
        closed=(ClosedDay(date(2026, 11, 30), said["closed why"]),),
    )
    notices = services.notifications
    call = Call(said["pupil surname"], child=child, choice=Choice.QUIET, reason=said["call reason"])
    notice = notices.log_call(call).entities[0]
    notices.log_call(call)
    notices.follow_up(
        notice,
        1,
        Step.SEEN_ON_ARRIVAL,
        words=said["step words"],
        child_words=said["step child words"],
    )
    notices.follow_up(notice, 1, Step.PARENT_CONTACT, voice_why_not=said["step why not"])
    notices.name_child(notice, name=said["named child"])
    notices.decide(
        notice, 1, Decision(Choice.QUIET, said["call reason"], said["key adult"], said["met by"])
    )
    form = EntryForm(
        child,
        EntryKind.CONCERN,
        said["entry words"],
        title=said["entry title"],
        child_words=said["entry child words"],
        voice_why_not=said["entry why not"],
        present=said["entry present"],
        place=said["entry place"],
        action=said["entry action"],
        outcome=said["entry outcome"],
    )
    entry = services.chronologies.add(form).entities[0]
    services.chronologies.fix(entry, new_text=said["fixed words"], reason=said["fix reason"])
    view = services.chronologies.show(child, words=said["filter words"])
    for prompt in services.chronologies.show(child).prompts:
        services.chronologies.decide(child, prompt, decision="refer", reason=said["prompt reason"])
    services.search.text(said["search words"])
    services.search.pupils(said["search words"])
    assert view.hidden
    services.drafts.keep(
        "call:1", "call", {"child_name": said["draft name"], "said": said["draft words"]}
    )


def _class(*facts: str) -> "object":
    from schoolsafe.services.child import ClassFacts

    return ClassFacts(*facts)


def _print(services: Services, said: dict[str, str]) -> int:
    """Real pages, in memory; how many bytes of PDF there were."""
    child = services.children.list(said["pupil surname"])[0].id
    slips = services.told_slips
    form = slips.prepare(child)
    from dataclasses import replace

    form = replace(form, told_to=said["told to"], text=said["told words"])
    slips.give(form)
    pages = [slips.page(form), services.printing.chronology(child)]
    row = GateRow(said["gate name"], "", "", "")
    pages.append(services.printing.gate_list((row,)))
    return sum(len(page) for page in pages)


if __name__ == "__main__":
    sys.exit(main())
