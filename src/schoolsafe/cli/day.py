"""Commands of the day: today, notifications, children, corrections."""

import sys
from argparse import Namespace
from typing import Any

from schoolsafe.cli import chronology, outcome, shapes
from schoolsafe.cli.words_in import day, moment
from schoolsafe.domain.notification import (
    Choice,
    CloseOutcome,
    Incident,
    Precision,
    Presence,
    Sender,
)
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Call, Decision
from schoolsafe.services.unlocked import Services

Answer = dict[str, Any]


def today(services: Services, _args: Namespace) -> Answer:
    """What must be done before registration, later, and what we wait for."""
    view = services.days.view()
    groups = {
        str(group.code): [
            shapes.plain(row) | shapes.plain(view.places[row.id]) for row in group.rows
        ]
        for group in view.groups
    }
    return {
        "now": shapes.stamp(view.now),
        "registration": shapes.stamp(view.registration),
        "since": view.since,
        "unopened": view.unopened or None,
        "nobody_covering": view.cover or None,
        "reminder": view.reminder or None,
        "holiday_backlog": groups.get("holiday_backlog", []),
        "before_registration": [
            *groups.get("holiday_backlog", []),
            *groups.get("before_registration", []),
        ],
        "later": groups.get("later", []),
        "waiting": groups.get("waiting", []),
        "done": groups.get("done", []),
    }


def notification_log(services: Services, args: Namespace) -> Answer:
    """A phone call."""
    incident = Incident()
    if args.incident:
        at = moment(args.incident).astimezone(LONDON)
        has_time = len(args.incident) > len("2026-11-07")
        incident = Incident(
            date=at.date(),
            time=at.time() if has_time else None,
            precision=Precision.EXACT if has_time else Precision.UNKNOWN,
            as_sent=args.incident,
        )
    call = Call(
        child_name=args.child,
        said=args.said,
        child=args.pupil,
        dob=day(args.dob) if args.dob else None,
        incident=incident,
        presence=Presence(args.presence),
        caller=Sender(name=args.caller or None, phone=args.phone or None),
        police_reference=args.reference,
        voice=args.voice,
    )
    changes = services.notifications.log_call(call)
    return {"id": changes.entities[0]} | _saved(changes)


def notification_list(services: Services, _args: Namespace) -> Answer:
    """Every notice, newest first."""
    return {
        "notifications": [shapes.notification_row(row) for row in services.notifications.list()]
    }


def notification_show(services: Services, args: Namespace) -> Answer:
    """One notice, whole."""
    return shapes.notification(services.notifications.show(args.id))


def notification_match(services: Services, args: Namespace) -> Answer:
    """Who is meant, or that nobody fits."""
    if args.child:
        return _saved(
            services.notifications.match(args.id, args.line, args.child, why="command line")
        )
    ended = outcome.came_to(services, args)
    if ended is not None:
        return ended
    return _saved(services.notifications.no_match(args.id, args.line, args.none))


def notification_decide(services: Services, args: Namespace) -> Answer:
    """What happens for one child, or for all of a notice."""
    decision = Decision(
        Choice(args.choice),
        args.reason,
        key_adult=args.key_adult,
        review=day(args.review) if args.review else None,
        against_card=args.against_card,
    )
    notices = services.notifications
    if args.all:
        changes = notices.decide_all(args.id, decision)
        count = len(notices.show(args.id).lines)
    else:
        changes, count = notices.decide(args.id, args.line, decision), 1
    return {"decided": count} | _saved(changes)


def notification_close(services: Services, args: Namespace) -> Answer:
    """Ends the work on one child's line."""
    return _saved(
        services.notifications.close(
            args.id, args.line, outcome=CloseOutcome(args.outcome), reason=args.reason
        )
    )


def notification_reopen(services: Services, args: Namespace) -> Answer:
    """Takes it up again."""
    return _saved(services.notifications.reopen(args.id, args.line, reason=args.reason))


def child_list(services: Services, args: Namespace) -> Answer:
    """Pupils by name."""
    return {"children": [shapes.child(row) for row in services.children.list(args.text)]}


def child_show(services: Services, args: Namespace) -> Answer:
    """One pupil."""
    return shapes.child(services.children.show(args.id))


def child_chronology(services: Services, args: Namespace) -> Answer:
    """A child's chronology; reading it is logged."""
    view = services.chronologies.show(args.id, **chronology.wanted(args))
    problem = services.records.problem
    if problem is None:
        services.chronologies.opened(args.id)
    else:  # everything can be read from a vault that can no longer be written, not even by the log
        sys.stderr.write(f"{problem}\n")
    return shapes.chronology(view)


def fix(services: Services, args: Namespace) -> Answer:
    """Corrects an entry; the old words stay, struck through."""
    return _saved(
        services.chronologies.fix(
            args.entry, new_text=args.text, reason=args.reason, field=args.field
        )
    )


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}
