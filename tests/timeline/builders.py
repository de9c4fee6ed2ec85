"""Events, articles and mentions with defaults, so that a test names only what it is about."""

import datetime as dt
import itertools
from typing import Any

from django.utils.text import slugify

from articles.models import Article, Mention, Outlet
from timeline.dates import DateValue
from timeline.models import Actor, Event, Participation

_NUMBERS = itertools.count(1)
DAY = DateValue.day(dt.date(2025, 7, 3))


def make_actor(name: str, *aliases: str, kind: str = "country") -> Actor:
    actor, _ = Actor.objects.get_or_create(
        slug=slugify(name),
        defaults={"name": name, "sort_name": name.lower(), "kind": kind, "aliases": list(aliases)},
    )
    return actor


def make_article(published: dt.date | None = DAY.earliest, outlet: str = "Wire") -> Article:
    number = next(_NUMBERS)
    printer, _ = Outlet.objects.get_or_create(slug=slugify(outlet), defaults={"name": outlet})
    return Article.objects.create(
        text=f"Article {number}.",
        digest=f"{number:064}",
        headline=f"Headline {number}",
        outlet=printer,
        published=published,
        state="done",
    )


def make_event(
    date: DateValue = DAY, *, actors: tuple[str, ...] = (), evidence: str = "", **fields: Any
) -> Event:
    """An event; with `evidence`, one mention in an article of its own."""
    fields = {"type": "call", "title": "Two sides speak", **fields}
    event = Event(words=f"{fields['title']} {evidence} {' '.join(actors)}", **fields)
    event.date = date
    event.save()
    for position, name in enumerate(actors):
        Participation.objects.create(event=event, actor=make_actor(name), position=position)
    if evidence:
        make_mention(event, evidence)
    event.refresh_from_db()
    return event


def make_mention(event: Event, evidence: str = "They spoke.", **fields: Any) -> Mention:
    article = fields.pop("article", None) or make_article(outlet=fields.pop("outlet", "Wire"))
    mention = Mention(
        **{
            "event": event,
            "article": article,
            "type": event.type,
            "status": event.status,
            "start": 0,
            "end": len(evidence),
            "evidence": evidence,
            "trigger_start": 0,
            "trigger_end": 1,
            "confidence": 0.9,
            **fields,
        }
    )
    mention.date = event.date
    mention.save()
    if article.outlet_id and article.outlet_id not in event.outlets:
        event.outlets.append(article.outlet_id)
        Event.objects.filter(pk=event.pk).update(outlets=event.outlets)
    return mention
