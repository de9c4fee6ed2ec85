"""Values of the record as an editor reads them, and what a Revision changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from timeline.dates import UNDATED, DateValue, words
from timeline.dossiers import deadline_words, done
from timeline.models import Event, Revision
from timeline.types import STATUSES, TYPES

_REVIEWS = dict(Event.REVIEWS)
_NOTHING: tuple[Any, ...] = (None, "", [], False, 0, UNDATED.as_dict())
_SAID: Mapping[str, Callable[[Any], str]] = {
    "date": lambda v: words(DateValue.from_dict(v)),
    "deadline": lambda v: deadline_words(DateValue.from_dict(v)),
    "type": lambda v: TYPES[v].label,
    "status": lambda v: STATUSES[v],
    "review": lambda v: _REVIEWS[v],
    "actors": ", ".join,
    "places": ", ".join,
}
LABELS = {
    # field: what it is called, in the order in which changes are told
    "date": "date",
    "because": "why this date",
    "basis": "date rests on",
    "deadline": "deadline",
    "type": "type",
    "status": "status",
    "title": "title",
    "actors": "actors",
    "places": "places",
    "review": "review",
    "corrected": "corrected",
    "differs": "accounts differ",
    "article_count": "articles",
    "source_count": "independent sources",
    "reported": "first reported",
    "lost": "no longer found",
    "withdrawn": "withdrawn",
    "merged_into": "merged into event",
}
VERBS = {
    "correct": "Corrected",
    "confirm": "Confirmed",
    "reject": "Rejected",
    "release": "Given back to the parser",
    "read": "An article was read",
    "reparse": "Read again",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, in words; `before` is "" where there was nothing yet."""

    field: str
    before: str
    after: str


def said(field: str, value: Any) -> str:
    """A field's value, given in JSON's own types, in words; "nothing" for an empty one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", []):
        return "nothing"
    return _SAID.get(field, str)(value)


def changes(revision: Revision) -> list[Change]:
    """What the revision changed, as readers see it; the first leaves out what there was not."""
    before, after = revision.before, revision.after
    order = [*LABELS, *sorted(after.keys() - LABELS.keys())]
    return [
        Change(
            LABELS.get(field, field),
            said(field, before[field]) if field in before else "",
            said(field, after[field]),
        )
        for field in order
        if field in after and (field in before or after[field] not in _NOTHING)
    ]


def verb(revision: Revision) -> str:
    return VERBS.get(revision.verb) or done(revision)
