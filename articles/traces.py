"""Places of a text that stood for events, and which event a new reading of it gives each back to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.models import Event

from .extraction import Draft
from .models import Trace
from .stored import Known


@dataclass(frozen=True, slots=True)
class Held:
    """A place of an article that stood for an event when the article was last read."""

    type: str
    start: int
    end: int
    actors: tuple[str, ...]
    event: int


def place_of(known: Known) -> Held:
    m = known.evidence
    names = tuple(p.name for p in m.parties)
    return Held(m.type, m.start, m.start + len(m.text), names, known.event)


def left_in(digest: str) -> list[Held]:
    """What an earlier reading lost, or an earlier removal of the article; with the event that its
    event was merged into, if it was."""
    rows = list(Trace.objects.filter(digest=digest).order_by("pk"))
    ends = Event.objects.filter(traces__in=rows).survivors() if rows else {}
    return [Held(t.type, t.start, t.end, tuple(t.actors), ends[t.event_id]) for t in rows]


def leave(digest: str, lost: Iterable[Held]) -> None:
    """From now on these are the places of the text that stand for no event."""
    Trace.objects.filter(digest=digest).delete()
    Trace.objects.bulk_create(
        Trace(
            digest=digest,
            start=h.start,
            end=h.end,
            type=h.type,
            actors=list(h.actors),
            event_id=h.event,
        )
        for h in lost
    )


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
