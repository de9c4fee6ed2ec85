"""From what was read in one article to the record: mentions replaced, events found, made, settled.

Everything here runs in one transaction and waits for its turn, which the end of the transaction
gives back. `matching` decides; this module asks the database what to decide about.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from timeline import record
from timeline.dates import Basis, DateValue
from timeline.locks import wait_for_turn
from timeline.models import Event, Override

from . import cast, chaining, deciding, traces
from .extraction import Draft, Lexicon
from .extraction.agencies import named_in
from .finding import keys_of
from .matching import assign, group
from .models import Article, BlockingKey, Mention, Participant, Passage
from .neighbourhood import Neighbourhood, around
from .stored import day_of, evidence_of, known_mentions, parties_on
from .traces import Held
from .weighing import Evidence

REMOVED = "The only article that told of this event was removed."


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
    `before` the dates of events that were there."""

    told: tuple[int, ...]
    had: frozenset[int]
    before: dict[int, DateValue]


def join(article: Article, drafts: Sequence[Draft], lexicon: Lexicon, cause: str) -> Outcome:
    """Replaces what the parser read in the article and settles every event that this touches.

    `cause` is the verb of the revisions. Must run in a transaction.
    """
    wait_for_turn()
    there = known_mentions(Q(article=article))
    old = [k for k in there if k.origin == "parser"]
    held = [traces.place_of(k) for k in there]
    lost = traces.left_in(article.digest)
    had = {h.event for h in held}
    held += [h for h in lost if h.event not in had]
    found = _found(article, drafts, held, lexicon)
    gone = [k.mention for k in old]
    mates = known_mentions(Q(event__in={f.event for f in found if f.event}) & ~Q(pk__in=gone))
    coming = [*(k.evidence for k in old + mates), *(f.evidence for f in found)]
    near = around(coming, gone + [k.mention for k in mates])
    near.include(mates)
    events = _grouped({f.evidence.key: (f.evidence, f.event) for f in found}, near)
    touched = {k.event for k in old} | {f.event for f in found if f.event} | near.events
    dates = {e.pk: e.date for e in Event.objects.filter(pk__in=touched)}
    Mention.objects.filter(pk__in=gone).delete()
    moved = near.move(events)
    _store(article, found, events)
    told = dict.fromkeys(events[f.evidence.key] for f in found)
    moved += [
        (f.event, event) for f in found if f.event and f.event != (event := events[f.evidence.key])
    ]
    _resettle({k.event for k in old} | told.keys(), moved, cause)
    again = {f.event for f in found} | told.keys()
    left = [h for h in held if h.event not in again]
    if lost or left:
        traces.leave(article.digest, left)
    return Outcome(told=tuple(told), had=frozenset(k.event for k in old), before=dates)


def regroup(events: Iterable[int], cause: str = "regroup") -> None:
    """Looks again at what lies around these events, of which an editor moved or parted mentions.

    Their own mentions stay as the editor left them. Must run in a transaction.
    """
    wait_for_turn()
    events = set(events)
    own = known_mentions(Q(event__in=events))
    near = around([k.evidence for k in own], [k.mention for k in own])
    near.include(own)
    moved = near.move(_grouped({}, near, events))
    _resettle(events, moved, cause)


def remove(articles: QuerySet[Article], by: User | None = None) -> None:
    """Takes articles out of the record with all that rests on them. Must run in a transaction.

    Should one come back, what its places stood for comes back with it.
    """
    wait_for_turn()
    chosen = list(articles.values_list("pk", "digest"))
    old = known_mentions(Q(article__in=[pk for pk, _ in chosen]))
    for _, digest in chosen:
        places = [traces.place_of(k) for k in old if k.evidence.article == digest]
        here = {h.event for h in places}
        traces.leave(digest, places + [h for h in traces.left_in(digest) if h.event not in here])
    near = around([k.evidence for k in old], [k.mention for k in old])
    Article.objects.filter(pk__in=[pk for pk, _ in chosen]).delete()
    moved = near.move(_grouped({}, near))
    _resettle({k.event for k in old}, moved, "remove", by, REMOVED)


# ---------- what the article tells of


def _found(
    article: Article, drafts: Sequence[Draft], held: Sequence[Held], lexicon: Lexicon
) -> list[Found]:
    had = traces.reattached(drafts, held)
    events = Event.objects.in_bulk(set(had.values())) if had else {}
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
            status=draft.status,
            parties=parties_on(day_of(dates), participants),
            dates=dates,
            text=draft.evidence.text,
            places=_places(draft),
            demands=draft.deadline.demands if draft.deadline else (),
            threatens=draft.deadline.threatens if draft.deadline else (),
        )
        known = event.pk if event else None
        found.setdefault(evidence.key, Found(draft, participants, evidence, known))
    return list(found.values())


def _places(draft: Draft) -> list[str]:
    return [place[:120] for place in draft.places]


# ---------- deciding


def _grouped(
    coming: Mapping[str, tuple[Evidence, int | None]],
    near: Neighbourhood,
    left: Iterable[int] = (),
) -> dict[str, int]:
    """The event of every mention that comes or may move; new events are made.

    `left` are events whose mentions are to be left together.
    """
    held = {key: k.event for key, k in near.known.items()}
    held |= {key: event for key, (_, event) in coming.items() if event}
    evidence = [*(m for m, _ in coming.values()), *(k.evidence for k in near.known.values())]
    moving = coming.keys() | near.near
    settled = moving | near.sure
    standing = deciding.standing(
        {held[key] for key in settled & held.keys()}, {m.article for m, _ in coming.values()}
    )
    kept = _kept(near, held, moving) | set(left)
    kept |= {event for d in standing for event in (d.event_id, d.other_id)}
    decisions = deciding.translated(standing, evidence, held, kept)
    groups = [g & settled for g in group(evidence, decisions) if g & moving]
    given = assign(groups, _claims(groups, held, moving, kept), frozenset(kept))
    new = [members for members, event in given.items() if event is None]
    made = dict(zip(new, _made(new, {m.key: m for m in evidence}), strict=True))
    return {
        key: event
        for members, known in given.items()
        for event in [known or made[members]]
        for key in members & moving
    }


def _claims(
    groups: Iterable[frozenset[str]], held: Mapping[str, int], moving: Set[str], kept: Set[int]
) -> dict[str, int]:
    """The events that keys lay claim to. Who joins those that do not move goes to their event, and
    claims its own no longer, unless an editor decided on that."""
    joining = {key for g in groups if g - moving for key in g & moving}
    return {key: event for key, event in held.items() if key not in joining or event in kept}


def _kept(near: Neighbourhood, held: Mapping[str, int], moving: Iterable[str]) -> set[int]:
    """Events that editors decided on, as far as their mentions may move."""
    known = {k.event for k in near.known.values() if k.kept}
    others = {held[key] for key in moving if key in held and key not in near.known} - known
    if not others:
        return known
    overridden = Override.objects.filter(event__in=others).values_list("event", flat=True)
    added = Mention.objects.filter(event__in=others, origin="editor").values_list(
        "event", flat=True
    )
    return known | set(overridden.union(added))


def _made(groups: Sequence[frozenset[str]], mentions: Mapping[str, Evidence]) -> list[int]:
    first = [mentions[min(members)] for members in groups]
    events = Event.objects.bulk_create(Event(type=m.type, status=m.status, title="") for m in first)
    return [event.pk for event in events]


# ---------- storing


def _resettle(
    events: set[int],
    moved: Sequence[tuple[int, int]],
    cause: str,
    by: User | None = None,
    gone: str = "",
) -> None:
    """`moved` are events that mentions left, each with one that has them now."""
    said = dict.fromkeys(events, gone) if gone else {}
    said |= {e: f"What it rests on belongs to event {other} now." for e, other in moved}
    touched = events.union(*moved)
    record.resettle(touched, cause, by, gone=said)
    chaining.relate(touched)


def _store(article: Article, found: Sequence[Found], events: Mapping[str, int]) -> None:
    mentions = [_mention(article, f.draft, events[f.evidence.key]) for f in found]
    Mention.objects.bulk_create(mentions)
    for mention, f in zip(mentions, found, strict=True):
        for participant in f.participants:
            participant.mention = mention
    Participant.objects.bulk_create(p for f in found for p in f.participants)
    Passage.objects.bulk_create(
        Passage(mention=mention, start=span.start, end=span.end, text=span.text)
        for mention, f in zip(mentions, found, strict=True)
        for span in f.draft.further
    )
    BlockingKey.objects.bulk_create(
        key
        for mention, f in zip(mentions, found, strict=True)
        for key in keys_of(mention, f.evidence)
    )


def _mention(article: Article, draft: Draft, event: int) -> Mention:
    words: dict[str, Any] = {}
    if draft.date_words:
        words = {"date_start": draft.date_words.start, "date_end": draft.date_words.end}
    if limit := draft.deadline:
        words |= {"deadline_basis": limit.basis.value, "deadline_because": limit.because}
        words |= {"demands": list(limit.demands), "threatens": list(limit.threatens)}
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
        places=_places(draft),
        attributed_to=draft.attributed_to[:200],
        agency=named_in(draft.evidence.text)[:200],
        confidence=draft.confidence,
        **words,
    )
    mention.date = draft.date
    if draft.deadline:
        mention.deadline = draft.deadline.date
    return mention
