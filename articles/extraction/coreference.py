"""Several sentences of one article on the same event become one draft, with the best date of them.

Same event: same type, participants of whom one set holds the other, and dates that can be one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from timeline.dates import Basis, DateValue, Precision, words

from .drafts import Draft, Reference
from .lacking import lacking
from .lexicon import Lexicon
from .news import CONTACTS
from .rules import OTHER
from .saying import occasions, takes_a_turn

ONE_DAY = dt.timedelta(days=1)
STRENGTH = (
    Basis.NONE,
    Basis.PUBLICATION,
    Basis.CONTEXT,
    Basis.DATELINE,
    Basis.RELATIVE,
    Basis.WEEKDAY,
    Basis.EXPLICIT,
)
COURSE = {
    "occurred": "done",
    "planned": "ahead",
    "proposed": "ahead",
    "denied": "undone",
    "cancelled": "undone",
}
"""What was planned and what then happened stay two until both are known to be one."""
REPORTED = ("statement",)
"""Types of which one article tells the same speaker's only once a day."""
SPOKEN = frozenset("said told warned announced declared insisted".split())
"""Verbs with which an ultimatum is a statement too, of which an article tells but one a day."""
WORDS = frozenset("support pledge condemnation demand rejection threat".split())
"""Types joined only when the sentences share a day of their own."""


def one_per_event(
    drafts: list[Draft], references: list[Reference], lexicon: Lexicon, day: dt.date | None
) -> list[Draft]:
    """In the order of their first evidence. `references` are what the article speaks of in passing:
    each adds its sentence to the event it means, if there is one, and tells of none itself."""
    events: dict[str, list[_Told]] = defaultdict(list)
    for draft in _stays(drafts):
        alike = events[draft.type]
        told = next((t for t in alike if _same(t.event, draft, lexicon, day)), None)
        said = (t for t in events["threat"] if told is None and _is_spoken(t.event, draft))
        if ultimatum := next((t for t in said if _goes_on(t.event, draft, lexicon, day)), None):
            ultimatum.drafts.append(draft)
        elif told is None:
            alike.append(_Told(draft, [draft]))
        else:
            told.event = _joined(told.event, draft)
            told.drafts.append(draft)
    in_order = sorted(chain(*events.values()), key=lambda t: _place(t.event))
    left, spare = [], []
    for reference in references:
        if (meant := _meant(reference.draft, in_order, lexicon, day)) is not None:
            meant.drafts.append(reference.draft)
        elif _is_deed_between_two(reference.draft, lexicon, day):
            left.append(reference)
        else:
            spare.append(reference)
    again = [t for alike in _alike(left, lexicon, day) if (t := _relied_on(alike)) is not None]
    for reference in spare:
        if (meant := _meant(reference.draft, again, lexicon, day)) is not None:
            meant.drafts.append(reference.draft)
    return sorted((_with_further(t.event, t.drafts) for t in (*in_order, *again)), key=_place)


@dataclass(slots=True)
class _Told:
    """An event as far as it was told, and every draft that tells or speaks of it."""

    event: Draft
    drafts: list[Draft]


def _is_spoken(ultimatum: Draft, draft: Draft) -> bool:
    """ "Said that they had until Friday": a statement, though one of a kind of its own."""
    return (
        draft.type in REPORTED
        and ultimatum.deadline is not None
        and ultimatum.trigger.text in SPOKEN
    )


def _goes_on(ultimatum: Draft, draft: Draft, lexicon: Lexicon, day: dt.date | None) -> bool:
    return _same(replace(ultimatum, type=draft.type), draft, lexicon, day)


def _place(draft: Draft) -> tuple[int, int]:
    return draft.evidence.start, draft.trigger.start


def _stays(drafts: list[Draft]) -> Iterator[Draft]:
    """One visit of "was in Havana on Tuesday and Wednesday", which is read day by day."""
    for (_, kind, _), days in groupby(drafts, key=lambda d: (d.trigger, d.type, d.actors)):
        stay = list(days)
        dates = [d.date.earliest for d in stay if d.date.precision is Precision.DAY]
        following = all(a and b and b - a == ONE_DAY for a, b in pairwise(dates))
        first, last = dates[:1], dates[-1:]
        if kind == "visit" and len(stay) == len(dates) > 1 and following and first[0] and last[0]:
            whole = DateValue.range(first[0], last[0], lasting=True)
            yield replace(
                stay[0],
                date=whole,
                because=f"{'; '.join(d.because for d in stay)}; one stay → {words(whole)}",
            )
        else:
            yield from stay


def _is_deed_between_two(draft: Draft, lexicon: Lexicon, day: dt.date | None) -> bool:
    """Such as "the American pause in deliveries to Kyiv": done, by the day of the report."""
    done = draft.status == "occurred" and draft.basis is Basis.PUBLICATION
    return done and draft.type not in CONTACTS and len(sides(draft, lexicon, day)) > 1


def _alike(
    references: list[Reference], lexicon: Lexicon, day: dt.date | None
) -> Iterator[list[Reference]]:
    """Those of one event together."""
    while references:
        first, *others = references
        alike, references = [first], []
        for other in others:
            meant = _can_mean(other.draft, first.draft, lexicon, day)
            (alike if meant else references).append(other)
        yield alike


def _relied_on(references: list[Reference]) -> _Told | None:
    """What an article comes back to, or calls the latest, has happened, though it tells it nowhere.
    It rests on the sentence that is about it, if there is one."""
    first = next((r for r in references if r.is_subject), references[0])
    sentences = {r.draft.evidence.start for r in references}
    if len(sentences) == 1 and not any(r.latest for r in references):
        return None
    return _Told(first.draft, [r.draft for r in references])


def _meant(
    reference: Draft, told: list[_Told], lexicon: Lexicon, day: dt.date | None
) -> _Told | None:
    """Of the events that it can mean the last one told before it, else the first one after."""
    can = [t for t in told if _can_mean(reference, t.event, lexicon, day)]
    before = [t for t in can if t.event.evidence.start <= reference.evidence.start]
    return before[-1] if before else next(iter(can), None)


def _can_mean(reference: Draft, event: Draft, lexicon: Lexicon, day: dt.date | None) -> bool:
    kinds = (event.type, reference.type)
    if event.type != reference.type and not all(kind in CONTACTS for kind in kinds):
        return False
    one, two = sides(reference, lexicon, day), sides(event, lexicon, day)
    return (
        COURSE[event.status] == COURSE[reference.status]
        and _may_be_one_day(event, reference)
        and bool(one)
        and one <= two
        and not _with_others(event, reference, lexicon)
    )


def _with_further(event: Draft, drafts: list[Draft]) -> Draft:
    """With the sentences of the drafts, each once."""
    more = {d.evidence.start: d.evidence for d in drafts}
    more.pop(event.evidence.start, None)
    return replace(event, further=tuple(more[start] for start in sorted(more)))


def sides(draft: Draft, lexicon: Lexicon, day: dt.date | None) -> frozenset[str]:
    """The participants, each person by the side he or she acts for."""
    return frozenset((lexicon.sides(name, day) or (name,))[0] for name in draft.actors)


def _same(a: Draft, b: Draft, lexicon: Lexicon, day: dt.date | None) -> bool:
    """Whether two drafts of one type are of one event."""
    if not _may_be_one_day(a, b):
        return False
    if COURSE[a.status] != COURSE[b.status]:
        return False
    if a.type in WORDS:
        one_breath = a.date == b.date and a.actors[:1] == b.actors[:1] != ()
        return a.evidence == b.evidence and (a.trigger == b.trigger or one_breath)
    if a.type in REPORTED:
        return a.actors[:1] == b.actors[:1] and _is_one_statement(a, b)
    if a.type == OTHER.type and a.evidence != b.evidence:
        return a.trigger.text == b.trigger.text and a.actors == b.actors
    if _told_anew(a, b):
        return False
    if a.type in CONTACTS and _with_others(a, b, lexicon):
        return False
    one, two = sides(a, lexicon, day), sides(b, lexicon, day)
    if a.evidence == b.evidence and a.date == b.date and not _apart(a, b):
        return bool(one & two) or not (one and two)
    if a.evidence == b.evidence and _apart(a, b):
        return False
    return bool(one & two) and (one <= two or two <= one)


def _is_one_statement(a: Draft, b: Draft) -> bool:
    """Of one speaker on one day: not what was said on another occasion, or when it was his turn.

    What the lead sums up, "brought no progress", and what is then told in full, "speaking to
    reporters he said, ‘I made no progress’", are one.
    """
    if a.evidence == b.evidence:
        return True
    if takes_a_turn(b.evidence.text):
        return False
    one_time, next_time = occasions(a.evidence.text), occasions(b.evidence.text)
    undated = b.date_words and not a.date_words
    anew = (one_time and (next_time or undated)) or (next_time and not b.date_words)
    if one_time == next_time or not anew:
        return True
    both = one_time and next_time
    return not both and bool(lacking(a.evidence.text) & lacking(b.evidence.text))


def _with_others(a: Draft, b: Draft, lexicon: Lexicon) -> bool:
    """Two persons each, not the same two: the minister saw the president, then the secretary."""
    one, two = ({n for n in d.actors if lexicon.kind(n) == "person"} for d in (a, b))
    return len(one) > 1 and len(two) > 1 and not (one <= two or two <= one)


def _apart(a: Draft, b: Draft) -> bool:
    """Two places told in one breath: a raid on Kyiv and one in the east."""
    return bool(a.places and b.places and not set(a.places) & set(b.places))


def _told_anew(a: Draft, b: Draft) -> bool:
    """ "Signed the declaration, and the ministers signed an accord": the verb itself comes back."""
    one_sentence = a.evidence == b.evidence and a.trigger != b.trigger
    verbs = "trigger: verb" in a.grounds and "trigger: verb" in b.grounds
    return one_sentence and verbs and a.trigger.text == b.trigger.text


def _is_vague(draft: Draft) -> bool:
    return draft.date.precision in (Precision.BOUND, Precision.NONE) or draft.basis in (
        Basis.CONTEXT,
        Basis.PUBLICATION,
    )


def _may_be_one_day(a: Draft, b: Draft) -> bool:
    if a.date == b.date:
        return True
    if not (_is_vague(a) or _is_vague(b)):
        return False
    one, two = a.date.window, b.date.window
    if one is None or two is None:
        return True
    return one[0] <= two[1] and two[0] <= one[1]


def _joined(a: Draft, b: Draft) -> Draft:
    """The draft with the better date, with the participants and places of both.

    The earlier one stays as it is, unless the later one's date is sharper or better founded.
    """
    best, other = (b, a) if _weight(b) > _weight(a) else (a, b)
    return replace(
        best,
        actors=tuple(dict.fromkeys((*best.actors, *other.actors))),
        places=tuple(dict.fromkeys((*best.places, *other.places))),
        deadline=best.deadline or other.deadline,
        confidence=max(a.confidence, b.confidence),
    )


def _weight(draft: Draft) -> tuple[bool, int, int]:
    """A day told in context is better than the month in so many words."""
    vague = draft.date.precision in (Precision.BOUND, Precision.NONE)
    window = draft.date.window
    days = (window[1] - window[0]).days if window else 0
    return (not vague, -days, STRENGTH.index(draft.basis))
