"""What the page of one event adds to its card: roles, history, what else there was."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from .card import Card
from .dates import UNDATED, DateValue, words
from .models import Act, Event, Revision, Role
from .record import undoable
from .types import STATUSES, TYPES

NEAR = dt.timedelta(days=14)
"""How close in time a related event is."""
MOST_RELATED = 6


@dataclass(frozen=True, slots=True)
class Change:
    """A field's name, and its value before and after in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision in words. `by` is a user's name, or "" for a machine; `other` is the event that
    the words of `verb` lead up to."""

    at: dt.datetime
    verb: str
    by: str
    reason: str
    changes: tuple[Change, ...]
    other: Event | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class LastAct:
    """What an editor did last, in words that lead up to the other event, if there is one."""

    id: int
    words: str
    other: Event | None


def deadline_words(value: DateValue) -> str:
    return "none" if value == UNDATED else words(value)


VERBS = {
    "read": "Read in an article",
    "reparse": "Read again",
    "correct": "Corrected",
    "confirm": "Confirmed",
    "reject": "Rejected",
    "release": "Decision taken back",
    "shift": "Date shifted",
    "regroup": "Accounts grouped anew",
    "undo": "Undone",
}
BETWEEN = {
    "merge": ("Merged: took in", "Merged into"),
    "unmerge": ("Merge undone: gave back", "Merge undone: no longer part of"),
    "split": ("Split: some accounts went to", "Split off from"),
    "keep_apart": ("Kept apart from", "Kept apart from"),
}
"""What is done to two events, in the words of the first and of the other."""
FIELDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "title": ("Title", str),
    "date": ("Date", lambda value: words(DateValue.from_dict(value))),
    "deadline": ("Deadline", lambda value: deadline_words(DateValue.from_dict(value))),
    "type": ("Type", lambda value: TYPES[value].label),
    "status": ("Status", lambda value: STATUSES[value]),
    "actors": ("Actors", lambda value: ", ".join(value) or "nobody"),
    "places": ("Places", lambda value: ", ".join(value) or "none"),
    "review": ("Review", lambda value: dict(Event.REVIEWS)[value].lower()),
    "article_count": ("Articles", str),
    "source_count": ("Independent sources", str),
    "differs": ("Accounts differ", lambda value: "yes" if value else "no"),
    "lost": ("Still found in articles", lambda value: "no" if value else "yes"),
    "withdrawn": ("Withdrawn", lambda value: value or "no"),
}
"""The fields of a revision that readers are told of, in their order."""


def history(event: Event) -> list[Entry]:
    """Newest first. One query."""
    return [
        Entry(
            at=revision.at,
            verb=done(revision),
            by=revision.by.get_username() if revision.by else "",
            reason=revision.reason,
            changes=tuple(_changes(revision)),
            other=other_event(revision),
            undone=hasattr(revision.act, "undone_by"),
        )
        for revision in event.revisions.with_acts()
    ]


def done(revision: Revision) -> str:
    """Its verb in words that lead up to the other event, if there is one."""
    act = revision.act
    if act and act.undoes:
        said = _said(act.undoes, revision.event_id)
        return f"Undone: {said[0].lower()}{said[1:]}"
    return (
        _said(act, revision.event_id)
        if act
        else VERBS.get(revision.verb, revision.verb.capitalize())
    )


def _said(act: Act, event: int) -> str:
    """What was done, as the history of this event tells it."""
    if act.verb in BETWEEN:
        return BETWEEN[act.verb][event != act.event_id]
    return VERBS.get(act.verb, act.verb.capitalize())


def other_event(revision: Revision) -> Event | None:
    """The other event of an act on two."""
    return _beside(revision.act, revision.event_id) if revision.act else None


def _beside(act: Act, event: int) -> Event | None:
    return act.other if event == act.event_id or act.other is None else act.event


def _changes(revision: Revision) -> Iterator[Change]:
    """What changed; of an event's first revision, only that it began."""
    for key, (label, say) in FIELDS.items():
        if key in revision.before and key in revision.after:
            yield Change(label, say(revision.before[key]), say(revision.after[key]))


def why_type(event: Event, card: Card) -> str:
    """Why the event has its type and status: what the first such account says, or an editor did."""
    decisions = {o.field: o.reason for o in event.overrides.all()} if card.corrected else {}
    if "type" in decisions:
        return _decided("type", decisions["type"])
    alike = [a for a in card.accounts if a.type == card.type.key and a.type_because]
    best = min(alike, key=lambda a: a.status != card.status_label, default=None)
    said = f"{best.outlet or 'An article'}: {best.type_because}." if best else ""
    if "status" in decisions:
        said = f"{said} {_decided('status', decisions['status'])}".strip()
    return said


def _decided(field: str, reason: str) -> str:
    return f"An editor set this {field}: {reason}" if reason else f"An editor set this {field}."


def roles(event: Event) -> dict[str, list[Role]]:
    """By slug: the offices that the event's actors may have held on its days."""
    held: dict[str, list[Role]] = {}
    window = event.date.window
    if not window:
        return held
    first, last = window
    rows = Role.objects.filter(person__participations__event=event).filter(
        Q(since=None) | Q(since__lte=last), Q(until=None) | Q(until__gte=first)
    )
    for role in rows.select_related("person", "side"):
        held.setdefault(role.person.slug, []).append(role)
    return held


def related(event: Event) -> Sequence[int]:
    """Ids of events close in time with most of the same actors, in the order of their days."""
    window = event.date.window
    if not window:
        return []
    near = Event.objects.shown().between(window[0] - NEAR, window[1] + NEAR).exclude(pk=event.pk)
    shared = near.filter(participations__actor__participations__event=event)
    ranked = shared.annotate(company=Count("participations__actor", distinct=True))
    best = ranked.order_by("-company", F("sort_day").desc(), "pk").values_list("sort_day", "pk")
    return [pk for _, pk in sorted(best[:MOST_RELATED])]


def came_from(number: str, event: Event) -> Event | None:
    """The merged event of this number, if it leads to this one."""
    merged = Event.objects.exclude(merged_into=None)
    found = (
        merged.filter(pk=int(number)) if number.isascii() and number.isdigit() else merged.none()
    )
    return found.first() if event.pk in found.survivors().values() else None


def desk(event: Event) -> dict[str, Any]:
    """What an editor can do with the event as a whole."""
    return {
        "last": last_act(event),
        "taken_in": [
            d.other
            for d in event.decisions.filter(kind="join", undone_at=None).select_related("other")
        ],
    }


def last_act(event: Event) -> LastAct | None:
    """The editors' last act on the event, if it can be undone."""
    act = undoable(event)
    return LastAct(act.pk, _said(act, event.pk), _beside(act, event.pk)) if act else None
