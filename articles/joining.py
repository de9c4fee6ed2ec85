"""From what was read in one article to the record: mentions replaced, events found, made, settled.

Everything here runs in one transaction, one article at a time (`join` takes a lock that the end of
the transaction gives back). `matching` decides; this module asks the database what to decide about.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from timeline import record
from timeline.dates import Basis, DateValue
from timeline.models import Event

from . import cast
from .extraction import Draft, Lexicon
from .extraction.agencies import named_in
from .matching import Decisions, Evidence, assign, group
from .models import Article, Mention, Participant
from .neighbourhood import Neighbourhood, evidence_of, known_mentions

MATCHING = 0x44454D41
"""The advisory lock of those who match: "DEMA"."""


@dataclass(frozen=True, slots=True)
class Held:
    """A place of the article that stood for an event when the article was last read."""

    type: str
    start: int
    end: int
    actors: tuple[str, ...]
    event: int


@dataclass(frozen=True, slots=True)
class Found:
    """A draft on its way into the record: its participants, not yet stored, and its event, if any."""

    draft: Draft
    participants: tuple[Participant, ...]
    evidence: Evidence
    event: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What joining an article changed. `told` are the article's events, `had` those it had before,
    `before` the dates of events that were there, `lost` the places that stand for none now."""

    told: tuple[int, ...]
    had: frozenset[int]
    before: dict[int, DateValue]
    lost: tuple[Held, ...]


def join(article: Article, drafts: Sequence[Draft], lexicon: Lexicon, cause: str) -> Outcome:
    """Replaces what the parser read in the article and settles every event that this touches.

    `cause` is the verb of the revisions. Must run in a transaction.
    """
    _wait_for_turn()
    old = list(known_mentions(Q(article=article, origin="parser")))
    held = _held(article)
    found = _found(article, drafts, held, lexicon)
    changed = [*(k.evidence for k in old), *(f.evidence for f in found)]
    around = Neighbourhood(changed, without={k.mention for k in old})
    events = _grouped(found, around)
    old_events = {k.event for k in old}
    there = old_events | {f.event for f in found if f.event} | around.events
    dates = {e.pk: e.date for e in Event.objects.filter(pk__in=there)}
    Mention.objects.filter(pk__in=[k.mention for k in old]).delete()
    moved = around.move(events)
    placed = _placed(found, events)
    _store(article, placed)
    told = dict.fromkeys(event for _, event in placed)
    moved |= {f.event: event for f, event in placed if f.event and f.event != event}
    gone = {e: f"What it rests on belongs to event {other} now." for e, other in moved.items()}
    record.resettle({*old_events, *told, *moved, *moved.values()}, cause, gone=gone)
    again = {f.event for f in found} | told.keys()
    return Outcome(
        told=tuple(told),
        had=frozenset(old_events),
        before=dates,
        lost=tuple(h for h in held if h.event not in again),
    )


def _wait_for_turn() -> None:
    """Matching is for one at a time: two articles on one call must see one another."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("join() needs a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MATCHING])


# ---------- what the article stood for


def _held(article: Article) -> list[Held]:
    """The places of its mentions, and those of mentions that an earlier reading lost."""
    rows = article.mentions.prefetch_related("participants__actor")
    held = [
        Held(m.type, m.start, m.end, tuple(p.actor.name for p in m.participants.all()), m.event_id)
        for m in rows
    ]
    here = {h.event for h in held}
    lost = (
        Held(**{**row, "actors": tuple(row["actors"])}) for row in article.summary.get("lost", ())
    )
    return held + [h for h in lost if h.event not in here]


def _found(
    article: Article, drafts: Sequence[Draft], held: Sequence[Held], lexicon: Lexicon
) -> list[Found]:
    had = reattached(drafts, held)
    events = Event.objects.in_bulk([event for event in had.values() if event])
    rows = cast.rows_for((name for d in drafts for name in d.actors), lexicon)
    found: dict[str, Found] = {}
    for number, draft in enumerate(drafts):
        participants = tuple(
            Participant(actor=rows[name], side=draft.acting.get(name, ""), position=position)
            for position, name in enumerate(dict.fromkeys(draft.actors))
        )
        event = events.get(had.get(number, 0))
        dates = (draft.date, event.date) if event and event.basis == Basis.EDITOR else (draft.date,)
        evidence = evidence_of(
            where=(article.digest, draft.evidence.start, draft.trigger.start),
            type=draft.type,
            participants=participants,
            dates=dates,
            text=draft.evidence.text,
        )
        known = event.pk if event else None
        found.setdefault(evidence.key, Found(draft, participants, evidence, known))
    return list(found.values())


def reattached(drafts: Sequence[Draft], held: Sequence[Held]) -> dict[int, int]:
    """Which draft (by number) stands for which event that the article had: same type, overlapping
    evidence; of several those with the same actors first, then those that overlap most."""
    pairs = []
    for number, draft in enumerate(drafts):
        for place, h in enumerate(held):
            shared = min(draft.evidence.end, h.end) - max(draft.evidence.start, h.start)
            if h.type == draft.type and shared > 0:
                unlike = len(set(h.actors) ^ set(draft.actors))
                pairs.append((unlike, -shared, number, place))
    given: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, place in sorted(pairs):
        if number not in given and place not in used:
            given[number] = held[place].event
            used.add(place)
    return given


# ---------- deciding and storing


def _grouped(found: Sequence[Found], around: Neighbourhood) -> dict[str, int]:
    """The event of every mention that is new or may move; new events are made."""
    held = {k.evidence.key: k.event for k in around.known.values()}
    held |= {f.evidence.key: f.event for f in found if f.event}
    kept = _kept(around, found)
    evidence = [*(f.evidence for f in found), *(k.evidence for k in around.known.values())]
    open_keys = {f.evidence.key for f in found} | {
        key for key, k in around.known.items() if k.event in around.events
    }
    groups = group(evidence, _decisions(held, kept))
    given = assign([g for g in groups if g & open_keys], held, frozenset(kept))
    drafts = {f.evidence.key: f.draft for f in found}
    types = {e.key: e.type for e in evidence}
    return {
        key: event
        for members, event_or_none in given.items()
        for event in [event_or_none or _new_event(members, drafts, types)]
        for key in members
    }


def _kept(around: Neighbourhood, found: Sequence[Found]) -> set[int]:
    ids = {f.event for f in found if f.event}
    decided = Q(overrides__isnull=False) | Q(mentions__origin="editor")
    kept = Event.objects.filter(decided, pk__in=ids).values_list("pk", flat=True)
    return {k.event for k in around.known.values() if k.kept} | set(kept)


def _decisions(held: dict[str, int], kept: set[int]) -> Decisions:
    """Mentions of an event that editors decided on stay together, and two such events stay two."""
    by_event: dict[int, list[str]] = defaultdict(list)
    for key, event in sorted(held.items()):
        if event in kept:
            by_event[event].append(key)
    first = sorted(keys[0] for keys in by_event.values())
    return Decisions(
        must_join=frozenset(
            frozenset((keys[0], key)) for keys in by_event.values() for key in keys[1:]
        ),
        must_part=frozenset(
            frozenset((a, b)) for number, a in enumerate(first) for b in first[:number]
        ),
    )


def _new_event(members: frozenset[str], drafts: dict[str, Draft], types: dict[str, str]) -> int:
    key = min(members)
    status = drafts[key].status if key in drafts else "occurred"
    return Event.objects.create(type=types[key], status=status, title="").pk


def _placed(found: Sequence[Found], events: dict[str, int]) -> list[tuple[Found, int]]:
    return [(f, events[f.evidence.key]) for f in found]


def _store(article: Article, placed: Sequence[tuple[Found, int]]) -> None:
    mentions = [_mention(article, f.draft, event) for f, event in placed]
    Mention.objects.bulk_create(mentions)
    for mention, (f, _) in zip(mentions, placed, strict=True):
        for participant in f.participants:
            participant.mention = mention
    Participant.objects.bulk_create(p for f, _ in placed for p in f.participants)


def _mention(article: Article, draft: Draft, event: int) -> Mention:
    words: dict[str, Any] = {}
    if draft.date_words:
        words = {"date_start": draft.date_words.start, "date_end": draft.date_words.end}
    mention = Mention(
        article=article,
        event_id=event,
        type=draft.type,
        status=draft.status,
        start=draft.evidence.start,
        end=draft.evidence.end,
        evidence=draft.evidence.text,
        trigger_start=draft.trigger.start,
        trigger_end=draft.trigger.end,
        basis=draft.basis.value,
        because=draft.because,
        type_because=draft.type_because,
        places=[place[:120] for place in draft.places],
        attributed_to=draft.attributed_to[:200],
        agency=named_in(draft.evidence.text)[:200],
        confidence=draft.confidence,
        **words,
    )
    mention.date = draft.date
    return mention
