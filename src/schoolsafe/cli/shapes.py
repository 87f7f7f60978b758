"""Answers as JSON objects, with the names of `docs/cli.md`. Absent is null; times are ISO 8601 with offset."""

from datetime import datetime
from typing import Any

import msgspec

from schoolsafe.domain.chronology import Prompt
from schoolsafe.services.child import ChildRow
from schoolsafe.services.chronology_view import ChronologyView, EntryView, Struck
from schoolsafe.services.notification_view import LineView, NotificationRow, NotificationView


def stamp(moment: datetime | None) -> str | None:
    """An instant with its offset, to the second."""
    return moment.isoformat(timespec="seconds") if moment else None


def short_stamp(moment: datetime | None) -> str | None:
    """An instant with its offset, to the minute, as the timing cases write it."""
    return moment.isoformat(timespec="minutes") if moment else None


def plain(value: object) -> Any:
    """Dataclasses, dates and codes as JSON values."""
    return msgspec.to_builtins(value)


def child(row: ChildRow) -> dict[str, Any]:
    """One pupil. Never the UPN."""
    return {
        "id": row.id,
        "name": row.name,
        "legal_name": row.legal_name,
        "dob": plain(row.dob),
        "year": row.year,
        "class": row.class_name,
        "teacher": row.teacher,
        "admission": row.admission,
        "status": row.status,
        "may_collect": row.may_collect,
        "may_collect_until": plain(row.may_collect_until),
    }


def notification_row(row: NotificationRow) -> dict[str, Any]:
    """One notice in a list."""
    return {
        "id": row.id,
        "received_at": stamp(row.received_at),
        "kind": row.kind,
        "outcome": row.outcome,
        "status": row.status.value,
        "children": list(row.names),
        "police_reference": row.police_reference,
    }


def notification(view: NotificationView) -> dict[str, Any]:
    """One notice, whole, with the field names of the sample files."""
    notice = view.notice
    timings = {(line.timing.expected_by, line.timing.value) for line in view.lines}
    shared = view.lines[0].timing if len(timings) == 1 else None
    return {
        "id": view.id,
        "outcome": view.outcome,
        "status": view.status.value,
        "kind": plain(notice.kind),
        "channel": view.channel.value,
        "received_at": stamp(view.received_at),
        "sender": {
            k: plain(getattr(view.sender, k))
            for k in ("name", "address", "organisation", "role", "phone")
        },
        "mail_from": {
            "name": view.mail_from.name,
            "address": view.mail_from.address,
            "mail_server_check": view.mail_server_check,
        },
        "forwarded_by": (view.forwarded_by.address or view.forwarded_by.name)
        if view.forwarded_by
        else None,
        "police_reference": notice.police_reference,
        "incident": _incident(view),
        "circumstances": notice.circumstances,
        "risk": plain(notice.risk),
        "police_action": notice.police_action,
        "social_care_referral": notice.social_care_referral.value,
        "unborn": notice.unborn,
        "adults": plain(notice.adults),
        "other": dict(notice.other),
        "source": notice.source,
        "expected_by": short_stamp(shared.expected_by) if shared else None,
        "timeliness": plain(shared.value) if shared else None,
        "not_supplied": list(view.not_supplied),
        "warnings": list(view.warnings),
        "quoted_older": list(view.quoted_older),
        "original_sha256": view.original_sha256,
        "opened_at": stamp(view.opened_at),
        "opened_by": view.opened_by,
        "received_to_opened_minutes": view.minutes_to_opened,
        "home_in_minutes": view.home_in,
        "protocol_cards": [card.id for card in view.cards],
        "acknowledged_at": stamp(view.acknowledged_at),
        "acknowledged_by": view.acknowledged_by,
        "signed": _signed(view),
        "versions": [
            {"id": other.id, "version": other.version, "received_at": stamp(other.received_at)}
            for other in view.versions
        ],
        "children": [line(each) for each in view.lines],
        "relations": [
            {
                "notification": one.notification,
                "tie": one.tie.value,
                "confirmed": one.confirmed,
                "why": one.reason or None,
            }
            for one in view.relations
        ],
        "history": [
            {"at": stamp(h.at), "who": h.who, "kind": h.kind, "why": h.why, "state": h.state}
            for h in view.history
        ],
    }


def _incident(view: NotificationView) -> dict[str, Any]:
    incident = view.notice.incident
    return {
        "date": plain(incident.date),
        "time": incident.time.strftime("%H:%M") if incident.time else None,
        "date_to": plain(incident.date_to),
        "time_to": incident.time_to.strftime("%H:%M") if incident.time_to else None,
        "precision": incident.precision.value,
        "as_sent": incident.as_sent,
        "place": incident.place,
    }


def _signed(view: NotificationView) -> dict[str, Any] | None:
    """Who signed a sealed notice, as far as anybody here knows."""
    signed = view.signed
    if signed is None:
        return None
    return {
        "state": signed.state.value,
        "name": signed.name,
        "test": signed.test,
        "checked_by": signed.checked_by,
        "checked_at": stamp(signed.checked_at),
        "version": signed.version,
    }


def line(view: LineView) -> dict[str, Any]:
    """One child of a notice."""
    facts: dict[str, Any] = plain(view.facts)
    facts.pop("spans", None)
    decision = view.decision
    return facts | {
        "line": view.number,
        "status": view.status.value,
        "child_id": view.child.id if view.child else None,
        "confirmed_by": view.confirmed_by,
        "confirmed_at": stamp(view.confirmed_at),
        "no_match": view.no_match,
        "outcome": plain(view.outcome) if view.outcome else None,
        "owed": plain(view.owed),
        "proposals": [
            {"child_id": p.child.id, "why": list(p.proposal.why)} | child(p.child)
            for p in view.proposals
        ],
        "match_state": view.match_state.value if view.match_state else None,
        "other_candidates": [
            {"child_id": p.child.id, "why": list(p.proposal.why)} | child(p.child)
            for p in view.others
        ],
        "siblings_offered": [
            {"child_id": s.child.id, "why": s.reason} | child(s.child) for s in view.siblings
        ],
        "decision": {
            "choice": decision.choice.value,
            "reason": decision.reason,
            "key_adult": decision.key_adult,
            "first_adult": decision.first_adult,
            "review": plain(decision.review),
            "by": decision.decided_by,
            "at": stamp(decision.decided_at),
        }
        if decision
        else None,
        "closed": {
            "outcome": view.closed.outcome,
            "reason": view.closed.reason,
            "at": stamp(view.closed.at),
        }
        if view.closed
        else None,
        "follow_ups": plain(view.follow_ups),
        "timing": {
            "expected_by": short_stamp(view.timing.expected_by),
            "timeliness": plain(view.timing.value),
            "late_school_days": view.timing.late_school_days,
            "reason": plain(view.timing.reason),
        },
        "not_supplied": list(view.not_supplied),
        "conflicts": list(view.conflicts),
    }


def chronology(view: ChronologyView) -> dict[str, Any]:
    """A child's chronology."""
    return {
        "child": child(view.child),
        "counts": {"d30": view.counts.d30, "d90": view.counts.d90, "d365": view.counts.d365},
        "prompts": [_prompt(p, view) for p in view.prompts],
        "entries": [_entry(entry) for entry in view.entries],
        "gaps": view.gaps.words,
        "hidden": view.hidden,
        "hidden_high": [
            {"id": e.id, "kind": e.kind, "day": plain(e.day)} for e in view.hidden_high
        ],
        "picture": {
            "notifications": view.picture.notifications,
            "presence": plain(view.picture.presence),
            "grades_as_sent": [
                {"grade": grade or None, "n": n} for grade, n in view.picture.grades
            ],
            "police_count": plain(view.picture.police),
        },
    }


def _prompt(prompt: Prompt, view: ChronologyView) -> dict[str, Any]:
    return {
        "rule": prompt.rule.id,
        "words": prompt.rule.words,
        "evidence": list(prompt.evidence),
        "rows": [
            {"id": one, "day": plain(at), "summary": view.evidence[one].summary}
            for one, at in zip(prompt.evidence, prompt.days, strict=True)
            if one in view.evidence
        ],
        "found": list(prompt.found),
    }


def _entry(entry: EntryView) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "happened": stamp(entry.happened),
        "written": stamp(entry.written),
        "author": entry.author,
        "summary": entry.summary,
        "child_words": entry.child_words,
        "significance": entry.significance,
        "voice_why_not": entry.voice_why_not,
        "present": entry.present,
        "place": entry.place,
        "action": entry.action,
        "outcome": entry.outcome,
        "notification": entry.notification,
        "step": entry.step,
        "choice": entry.choice,
        "reason": entry.reason,
        "late_days": entry.late_days,
        "group": entry.group,
        "open": entry.open,
        "attached": [
            {"name": a.name, "sha256": a.sha256, "whole": a.whole} for a in entry.attached
        ],
        "fixed_by": [_struck(s) for s in entry.fixed_by],
        "other_fixes": [_struck(s) | {"field": s.field, "now": s.now} for s in entry.other_fixes],
        "conflicts": list(entry.conflicts),
        "state": entry.state,
        "restricted": entry.restricted,
        "risk": entry.risk or None,
        "facts": [{"question": question, "answer": answer} for question, answer in entry.facts],
    }


def _struck(struck: Struck) -> dict[str, Any]:
    return {"struck": struck.words, "by": struck.by, "at": stamp(struck.at), "why": struck.why}
