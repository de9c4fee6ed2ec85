"""An event to be cited: as a sentence, for BibTeX, for Wikipedia, and as linked data.

No form says a day that the sources do not support: BibTeX takes the date in EDTF, schema.org only
what ISO 8601 can say (a day, month or year) and nothing where that would be too much.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from .card import Card
from .dates import DateValue, edtf, words

STATUSES = {
    "cancelled": "https://schema.org/EventCancelled",
    "planned": "https://schema.org/EventScheduled",
}
"""What schema.org has words for; it knows neither proposals nor denials."""
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
}


_WIKITEXT = {c: f"&#{ord(c)};" for c in "|[]{}<>&"}


@dataclass(frozen=True, slots=True)
class Citation:
    """`address` is the event's own, with scheme and host; `seen` the day it is cited on."""

    card: Card
    address: str
    seen: dt.date

    @property
    def text(self) -> str:
        """ "Donald Trump and Vladimir Putin speak by phone", 3 July 2025. In: Demarche, …"""
        status = f" ({self.card.status_label.lower()})" if self.card.status_label else ""
        sources = "; ".join(
            dict.fromkeys(_source(a.outlet, a.published) for a in self.card.accounts)
        )
        told = f" Told by {sources}." if sources else ""
        return (
            f"“{self.card.title}”{status}, {self.card.dating.words}.{told}"
            f" Demarche, event {self.card.id}, {self.address}"
            f" (seen {words(DateValue.day(self.seen))})."
        )

    @property
    def bibtex(self) -> str:
        """An @online entry, as biblatex takes it."""
        date = edtf(self.card.dating.value)
        fields = {
            "title": "{" + _escaped(self.card.title) + "}",
            "date": date,
            "note": _escaped(self.card.status_label),
            "organization": "Demarche",
            "url": self.address,
            "urldate": self.seen.isoformat(),
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@online{{demarche{self.card.id},\n{body}}}"

    @property
    def wikipedia(self) -> str:
        """A footnote by the template “cite web”. Its `date` would be that of a publication."""
        fields = {
            "title": "".join(_WIKITEXT.get(c, c) for c in " ".join(self.card.title.split())),
            "url": self.address,
            "website": "Demarche",
            "access-date": words(DateValue.day(self.seen)),
        }
        inside = " ".join(f"|{name}={value}" for name, value in fields.items())
        return f"<ref>{{{{cite web {inside}}}}}</ref>"

    @property
    def linked_data(self) -> str:
        """JSON-LD in the words of schema.org, fit to stand in a page."""
        card = self.card
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": self.address,
            "url": self.address,
            "name": card.title,
            "startDate": card.dating.html,
            "eventStatus": STATUSES.get(card.status, ""),
            "location": [{"@type": "Place", "name": place} for place in card.places],
            "about": [{"@type": "Thing", "name": actor.name} for actor in card.actors],
            "subjectOf": [
                {
                    "@type": "NewsArticle",
                    "headline": account.headline,
                    "url": account.url,
                    "publisher": account.outlet,
                    "datePublished": account.published.isoformat() if account.published else "",
                }
                for account in card.accounts
            ],
        }
        return _safe(json.dumps(_without_empty(data), ensure_ascii=False))


def _source(outlet: str, published: dt.date | None) -> str:
    day = words(DateValue.day(published)) if published else "no day given"
    return f"{outlet or 'an article'}, {day}"


def _escaped(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda m: _LATEX[m[0]], " ".join(text.split()))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: kept for k, v in value.items() if (kept := _without_empty(v))}
    return [_without_empty(v) for v in value] if isinstance(value, list) else value


def _safe(text: str) -> str:
    """No tag can begin or end in it, nor a line that scripts take for one."""
    return re.sub("[<>&\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", text)
