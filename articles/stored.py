"""Stored mentions as matching sees them, read in two queries however many they are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q

from timeline.dates import UNDATED, Basis, DateValue, Precision
from timeline.models import Override
from timeline.offices import Office, side_on

from .answering import generous
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
    deadline: DateValue = UNDATED,
    demands: Iterable[str] = (),
    threatens: Iterable[str] = (),
) -> Evidence:
    """`where` is the article's digest, and where the sentence and the trigger start."""
    digest, start, trigger = where
    names = ",".join(p.name for p in parties)
    key = f"{digest}:{start:08}:{trigger:08}:{type}:{names}:{origin}"
    return Evidence(
        key,
        digest,
        type,
        tuple(parties),
        dates,
        text,
        status,
        tuple(places),
        start,
        deadline,
        tuple(demands),
        tuple(threatens),
    )


def parties_on(day: dt.date | None, participants: Iterable[Participant]) -> list[Party]:
    return [Party(p.actor.name, p.acts_for(day)) for p in participants]


def day_of(dates: Iterable[DateValue]) -> dt.date | None:
    """The day on which the offices of those who take part are looked up."""
    return next((d.latest or d.earliest for d in dates), None)


_DATE = ("earliest", "latest", "precision", "lasting", "approximate", "uncertain")
_LIMIT = tuple(f"deadline_{name}" for name in ("earliest", "latest", "precision"))
_ROW = (
    "pk", "event", "article__digest", "start", "trigger_start", "type", "status", "origin",
    "evidence", "places", *_DATE, "event__basis", *(f"event__{name}" for name in _DATE), "decided",
    "demands", "threatens", *_LIMIT, "event__deadline_basis", *(f"event__{n}" for n in _LIMIT),
)  # fmt: skip


def known_mentions(which: Q) -> list[Known]:
    """In the order of their numbers."""
    decided = Exists(Override.objects.filter(event=OuterRef("event")))
    rows = list(
        Mention.objects.filter(which).order_by("pk").annotate(decided=decided).values_list(*_ROW)
    )
    taking = _taking_part([row[0] for row in rows])
    return [_known(row, taking[row[0]]) for row in rows]


def _known(row: Sequence[Any], taking: Iterable["_Taking"]) -> Known:
    pk, event, digest, start, trigger, kind, status, origin, text, places = row[:10]
    dates = [_date(row[10:16])]
    if row[16] == Basis.EDITOR:
        dates.append(_date(row[17:23]))
    day = day_of(dates)
    evidence = evidence_of(
        where=(digest, start, trigger),
        type=kind,
        status=status,
        parties=[Party(t.name, t.side or side_on(t.offices, day)) for t in taking],
        dates=tuple(dates),
        text=text,
        places=places,
        origin=origin,
        deadline=_limit(row[26:29], row[30:33], edited=row[29] == Basis.EDITOR),
        demands=row[24],
        threatens=row[25],
    )
    return Known(evidence, pk, event, row[23] or origin == "editor", origin)


def _limit(own: Sequence[Any], settled: Sequence[Any], *, edited: bool) -> DateValue:
    """The deadline of its event, unless the mention gives another and no editor set it."""
    deadline, told = (DateValue(a, b, Precision(c)) for a, b, c in (settled, own))
    window, near = deadline.window, generous(told)
    if edited or (window and near and near[0] <= window[0] and window[1] <= near[1]):
        return deadline
    return UNDATED


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


@dataclass(frozen=True, slots=True)
class _Taking:
    """Who takes part in a mention: `Participant` without its model."""

    name: str
    side: str
    offices: list[Office]


_TAKING = ("mention", "position", "actor__name", "side")
_OFFICE = tuple(f"actor__roles__{name}" for name in ("side__name", "since", "until"))


def _taking_part(mentions: Sequence[int]) -> dict[int, list[_Taking]]:
    """By mention, in their order; each with all offices, for they are few."""
    found: dict[int, list[_Taking]] = defaultdict(list)
    if mentions:
        order = ("mention", "position", "actor", "actor__roles__since")
        rows = Participant.objects.filter(mention__in=mentions).order_by(*order)
        told = rows.values_list(*_TAKING, *_OFFICE)
        for (mention, _, name, side), offices in groupby(told, key=lambda row: row[:4]):
            held = [Office(*row[4:]) for row in offices if row[4] is not None]
            found[mention].append(_Taking(name, side, held))
    return found
