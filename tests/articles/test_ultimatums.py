"""An ultimatum and what answers it, from articles to pages: in any order, and whatever editors say."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles import ingest, joining
from articles.extraction import Draft, extract, load_lexicon
from articles.models import Article
from tests import html
from timeline import record
from timeline.dates import UNDATED, DateValue
from timeline.exports import objects, table
from timeline.models import Event, Relation

pytestmark = pytest.mark.django_db

THURSDAY = "On Thursday Nato gave Serbia until {} to withdraw its police from the province or face air strikes, {} said."
ARTICLES = {
    "ultimatum": (THURSDAY.format("6 October", "the alliance"), dt.date(1998, 10, 2)),
    "other limit": (THURSDAY.format("noon on 8 October", "an envoy"), dt.date(1998, 10, 3)),
    "withdrawal": (
        "Serbia withdrew its police from the province on Sunday, the government in Belgrade said.",
        dt.date(1998, 10, 5),
    ),
    "strikes": (
        "Nato bombed Serbia on Thursday night, and its spokesman spoke of a long list of targets.",
        dt.date(1998, 10, 9),
    ),
}


def day(number: int) -> DateValue:
    return DateValue.day(dt.date(1998, 10, number))


@cache
def drafts(name: str) -> list[Draft]:
    text, published = ARTICLES[name]
    return extract(text, published=published, lexicon=load_lexicon())


def read(*names: str) -> None:
    for name in names:
        text, published = ARTICLES[name]
        article = ingest.receive(text=text, published=published, outlet=name, key=name)
        joining.join(article, drafts(name), load_lexicon(), "read")


def the(kind: str) -> Event:
    return Event.objects.shown().get(type=kind)


def chained() -> set[tuple[str, str, str]]:
    rows = Relation.objects.exclude(kind__in=("duplicate", "outcome"))
    return set(rows.values_list("kind", "event__type", "other__type"))


BOTH = {("met", "threat", "withdrawal"), ("enforced", "threat", "strike")}


def seen() -> tuple[Counter[Any], Counter[Any]]:
    """All that readers see of deadlines and answers, without any number that the database gave."""
    events = Event.objects.shown()
    rows = Relation.objects.values_list("kind", "event__title", "other__title", "because")
    shown = (
        (e.title, e.date, e.deadline, e.deadline_basis, e.deadline_because, e.differs)
        for e in events
    )
    return Counter(shown), Counter(rows)


def in_order(names: Iterable[str]) -> tuple[Counter[Any], Counter[Any]]:
    with transaction.atomic():
        read(*names)
        found = seen()
        transaction.set_rollback(True)
    return found


def test_whatever_comes_first_the_answers_are_the_same() -> None:
    expected = in_order(ARTICLES)
    assert {kind for kind, *_ in expected[1]} == {"met", "enforced"}
    assert all(in_order(names) == expected for names in permutations(ARTICLES))


def test_conflicting_deadlines_stay_visible(client: Client) -> None:
    read("ultimatum", "other limit")
    event = the("threat")
    assert event.differs and event.date == day(1) and event.deadline == day(6)
    assert event.deadline_because.endswith("but other limit of 3 October 1998 says 8 October 1998.")
    (differing,) = html.walk(html.page(client, f"/events/{event.pk}/"), "differing")
    assert "Deadline 6 October 1998 shown" in html.text(differing)
    assert "8 October 1998 differs" in html.text(differing)


def test_an_article_that_goes_takes_the_answer_with_it_and_brings_it_back() -> None:
    read("ultimatum", "withdrawal", "strikes")
    assert chained() == BOTH
    joining.remove(Article.objects.filter(key="withdrawal"))
    assert chained() == {("enforced", "threat", "strike")}
    joining.remove(Article.objects.filter(key="ultimatum"))
    assert chained() == set()
    read("ultimatum", "withdrawal")
    assert chained() == BOTH


def test_an_editors_deadline_holds_and_says_what_answers() -> None:
    editor = User.objects.create_user("editor")
    read("ultimatum", "withdrawal", "strikes")
    record.correct(the("threat"), "deadline", day(3), editor, "The letter says so.")
    assert chained() == {("enforced", "threat", "strike")}
    read("other limit")
    event = the("threat")
    assert (event.deadline, event.deadline_basis) == (day(3), "editor")
    assert event.deadline_because == "An editor set this deadline: The letter says so."
    assert chained() == {("enforced", "threat", "strike")}
    record.correct(event, "deadline", UNDATED, editor)
    assert the("threat").deadline == UNDATED and chained() == set()
    record.release(event, "deadline", editor)
    assert the("threat").deadline == day(6) and chained() == BOTH


def test_what_answers_comes_after_an_editors_deadline_was_set() -> None:
    editor = User.objects.create_user("editor")
    read("ultimatum")
    record.correct(the("threat"), "deadline", day(30), editor)
    read("withdrawal", "strikes")
    assert chained() == {("met", "threat", "withdrawal")}


def test_the_chain_can_be_followed_both_ways(client: Client) -> None:
    read("ultimatum", "withdrawal", "strikes")
    threat, met, done = (the(kind) for kind in ("threat", "withdrawal", "strike"))
    why = (
        "“withdrawal” was demanded of Serbia, it came 2 days before the deadline.",
        "“strike” was threatened against Serbia, it came 2 days after the deadline.",
    )
    assert chains(client, threat) == [
        "The deadline was 6 October 1998 .",
        f"Likely answered by: {met.title} , 4 October 1998 ({why[0]})",
        f"Likely answered by: {done.title} , 8 October 1998 ({why[1]})",
    ]
    for answer in (met, done):
        (said,) = chains(client, answer)
        assert said.startswith(f"Likely answers: {threat.title} , 1 October 1998 (")


def chains(client: Client, event: Event) -> list[str]:
    page = html.page(client, f"/events/{event.pk}/")
    return [html.text(chain) for chain in html.walk(page, "chain")]


@pytest.mark.parametrize(
    ("deadline", "sentence"),
    [
        (day(6), "The deadline, 6 October 1998 , has passed; the record has no event that answers it."),
        (DateValue.month(2999, 1), "The deadline is January 2999 ."),
    ],
    ids=["passed", "to come"],
)  # fmt: skip
def test_where_nothing_answers_the_page_says_so(
    client: Client, deadline: DateValue, sentence: str
) -> None:
    read("ultimatum")
    event = the("threat")
    record.correct(event, "deadline", deadline, User.objects.create_user("editor"))
    assert chains(client, event) == [sentence]
    assert sentence in html.text(html.page(client, "/"))


def test_exports_carry_deadline_and_answers() -> None:
    read("ultimatum", "withdrawal")
    threat, met = the("threat"), the("withdrawal")
    found = {event["id"]: event for event in objects(Event.objects.shown())}
    assert found[threat.pk]["deadline"] == "1998-10-06"
    (answer,) = found[threat.pk]["answers"]
    assert (answer["kind"], answer["event"]) == ("met", met.pk) and answer["because"]
    assert (found[met.pk]["deadline"], found[met.pk]["answers"]) == ("", [])
    assert any(f",1998-10-06,met {met.pk}," in line for line in table(Event.objects.shown()))
    record.reject(met, User.objects.create_user("editor"))
    assert [event["answers"] for event in objects(Event.objects.shown())] == [[]]


def test_a_deadline_is_corrected_in_words(admin_client: Client) -> None:
    read("ultimatum")
    event = the("threat")
    address = reverse("admin:timeline_event_change", args=[event.pk])
    form = admin_client.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    assert sent["deadline"] == "6 October 1998"
    admin_client.post(address, sent | {"deadline": "early November 1998", "_save": "x"})
    assert the("threat").deadline == DateValue.part_of_month(1998, 11, "early")
    sent["seen"] = the("threat").version
    admin_client.post(address, sent | {"deadline": "", "_save": "x"})
    assert the("threat").deadline == UNDATED
