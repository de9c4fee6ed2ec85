"""Undated deeds that are reported on days close upon one another."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import ingest, joining
from articles.extraction import Draft, Span, load_lexicon
from articles.matching import group
from articles.models import Article
from articles.runs import is_short, runs
from articles.stored import known_mentions
from articles.weighing import Evidence, Party
from timeline.dates import Basis, DateValue

FIRST = dt.date(2025, 7, 1)


def until(day: int) -> DateValue:
    return DateValue.until(FIRST + dt.timedelta(days=day))


def pause(key: str, day: int, **fields: Any) -> Evidence:
    defaults: dict[str, Any] = {
        "type": "aid",
        "parties": (Party("United States"), Party("Ukraine")),
        "text": "The pause in deliveries.",
    }
    return Evidence(key=key, article=key, dates=(until(day),), **{**defaults, **fields})


def divided(*mentions: Evidence) -> list[str]:
    return ["".join(sorted(members)) for members in group(mentions)]


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([pause("a", 0), pause("b", 2)], ["ab"]),
        ([pause("a", 0), pause("b", 3), pause("c", 6)], ["abc"]),
        ([pause("a", 0), pause("b", 4)], ["a", "b"]),
        ([pause("a", 0), pause("b", 3), pause("c", 6), pause("d", 8)], ["a", "b", "c", "d"]),
        ([pause("a", 0), pause("b", 2, parties=(Party("Ukraine"),))], ["a", "b"]),
        ([pause("a", 0), pause("b", 2, text="A convoy of grain came.")], ["a", "b"]),
        (
            [pause("a", 0, places=("Lviv",)), pause("b", 2, places=("Odesa",))],
            ["a", "b"],
        ),
        (
            [pause("a", 0, type="statement"), pause("b", 2, type="statement")],
            ["a", "b"],
        ),
    ],
    ids=[
        "two days apart",
        "three within a week",
        "four days apart",
        "more than a week of them",
        "of others",
        "in other words",
        "at other places",
        "words are not deeds",
    ],
)
def test_reports_close_upon_one_another(mentions: list[Evidence], expected: list[str]) -> None:
    assert divided(*mentions) == expected


def test_what_a_sharper_report_tells_is_not_joined_to_the_run() -> None:
    day = pause("a", 0)
    day = Evidence(
        **{**day_fields(day), "key": "z", "article": "z", "dates": (DateValue.day(FIRST),)}
    )
    assert divided(day, pause("b", 0), pause("c", 2)) == ["bcz"]


def day_fields(m: Evidence) -> dict[str, Any]:
    return {"type": m.type, "parties": m.parties, "text": m.text}


def test_a_run_ends_where_nothing_follows_for_days() -> None:
    found = runs([pause("a", 0), pause("b", 3), pause("c", 7)])
    assert [m.key for m in found["a"]] == ["a", "b"] and [m.key for m in found["c"]] == ["c"]
    assert is_short(found["a"]) and not is_short(found["c"])


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 14), st.booleans()), min_size=3, max_size=8),
    st.randoms(use_true_random=False),
)
def test_around_what_comes_the_record_is_as_if_grouped_whole(
    told: list[tuple[int, bool]], chance: Any
) -> None:
    """Bounds, and sharp days between them, stored in any order and some taken out again."""
    with transaction.atomic():
        articles = [stored(number, *one) for number, one in enumerate(told)]
        chance.shuffle(articles)
        for article, draft in articles:
            joining.join(article, [draft], load_lexicon(), "read")
        joining.remove(Article.objects.filter(pk=articles[0][0].pk))
        everything = known_mentions(Q())
        held: dict[int, set[str]] = {}
        for known in everything:
            held.setdefault(known.event, set()).add(known.evidence.key)
        assert sorted(map(sorted, held.values())) == sorted(
            map(sorted, group(k.evidence for k in everything))
        )
        transaction.set_rollback(True)


def stored(number: int, day: int, sharp: bool) -> tuple[Article, Draft]:
    text = f"The pause in the deliveries has gone on, so it is said in letter number {number}."
    date = DateValue.day(FIRST + dt.timedelta(days=day)) if sharp else until(day)
    article = ingest.receive(text=text, published=FIRST + dt.timedelta(days=20))
    span = Span(0, len(text), text)
    actors = ("United States", "Ukraine")
    draft = Draft("aid", "occurred", span, span, date, Basis.EXPLICIT, "as told", actors=actors)
    return article, draft
