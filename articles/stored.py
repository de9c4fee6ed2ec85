"""Stored mentions as matching sees them, read in three queries however many they are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from timeline.dates import Basis, DateValue, Precision
from timeline.models import Override, Role

from .models import Mention, Participant
from .weighing import Evidence, Party


@dataclass(frozen=True, slots=True)
class Known:
    """A stored mention as matching sees it."""

    evidence: Evidence
    mention: int
    event: int
    kept: bool
    """Whether an editor decided on its event, or added the mention."""
    origin: str = "parser"


def evidence_of(
    *,
    where: tuple[str, int, int],
    type: str,
    status: str,
    parties: Sequence[Party],
    dates: tuple[DateValue, ...],
    text: str,
    places: Iterable[str] = (),
    origin: str = "parser",
) -> Evidence:
    """`where` is the article's digest, and where the sentence and the trigger start."""
    digest, start, trigger = where
    names = ",".join(p.name for p in parties)
    key = f"{digest}:{start:08}:{trigger:08}:{type}:{names}:{origin}"
    return Evidence(key, digest, type, tuple(parties), dates, text, status, tuple(places), start)


def parties_on(day: dt.date | None, participants: Iterable[Participant]) -> list[Party]:
    return [Party(p.actor.name, p.acts_for(day)) for p in participants]


def day_of(dates: Iterable[DateValue]) -> dt.date | None:
    """The day on which the offices of those who take part are looked up."""
    return next((d.latest or d.earliest for d in dates), None)


_DATE = ("earliest", "latest", "precision", "lasting", "approximate", "uncertain")
_ROW = (
    "pk", "event", "article__digest", "start", "trigger_start", "type", "status", "origin",
    "evidence", "places", *_DATE, "event__basis", *(f"event__{name}" for name in _DATE), "decided",
)  # fmt: skip


def known_mentions(which: Q) -> list[Known]:
    """In the order of their numbers."""
    decided = Exists(Override.objects.filter(event=OuterRef("event")))
    rows = list(
        Mention.objects.filter(which).order_by("pk").annotate(decided=decided).values_list(*_ROW)
    )
    participants = _participants([row[0] for row in rows])
    return [_known(row, participants[row[0]]) for row in rows]


def _known(row: Sequence[Any], participants: Sequence[Participant]) -> Known:
    pk, event, digest, start, trigger, kind, status, origin, text, places = row[:10]
    dates = [_date(row[10:16])]
    if row[16] == Basis.EDITOR:
        dates.append(_date(row[17:23]))
    evidence = evidence_of(
        where=(digest, start, trigger),
        type=kind,
        status=status,
        parties=parties_on(day_of(dates), participants),
        dates=tuple(dates),
        text=text,
        places=places,
        origin=origin,
    )
    return Known(evidence, pk, event, row[23] or origin == "editor", origin)


def _date(row: Sequence[Any]) -> DateValue:
    earliest, latest, precision, lasting, approximate, uncertain = row
    return DateValue(
        earliest,
        latest,
        Precision(precision),
        lasting=lasting,
        approximate=approximate,
        uncertain=uncertain,
    )


def _participants(mentions: Sequence[int]) -> dict[int, list[Participant]]:
    """By mention, in their order; the offices are read of those alone whose side is not told."""
    found: dict[int, list[Participant]] = defaultdict(list)
    rows = Participant.objects.filter(mention__in=mentions).select_related("actor")
    for p in rows.order_by("mention", "position"):
        found[p.mention_id].append(p)
    unsaid = [p.actor for of in found.values() for p in of if not p.side]
    prefetch_related_objects(unsaid, Prefetch("roles", Role.objects.select_related("side")))
    return found
