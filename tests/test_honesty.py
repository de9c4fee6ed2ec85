"""Nobody's date is invented: no page and no export says a day that the articles do not give.

Every event of the sample dispatches is looked up wherever it is shown. What stands there must mean
what is stored, to whoever reads the words and to whatever reads the attribute or the export.
"""

import csv
import datetime as dt
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.test.html import Element
from pytest_django.plugin import DjangoDbBlocker

from articles import ingest
from tests import html
from timeline import datebox
from timeline.dated import Dated
from timeline.dates import MONTHS, UNDATED, DateValue, Precision, parse_edtf, words
from timeline.models import Actor, Event

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(1900, 1, 1)
"""What "last week" would count from; the record's own words never need it."""
DAYLESS = ("month", "quarter", "season", "year", "decade", "none")
MADE = (
    UNDATED,
    DateValue.until(dt.date(1901, 7, 4)),
    DateValue.since(dt.date(1902, 7, 4)),
    replace(DateValue.since(dt.date(1903, 7, 4)), lasting=True),
    DateValue.week(dt.date(1904, 7, 4)),
    DateValue.month(1905, 7),
    DateValue.quarter(1906, 3),
    DateValue.season(1907, 22),
    DateValue.season(1908, 24),
    DateValue.year(1910),
    DateValue.decade(1920),
    DateValue.part_of_month(1931, 7, "mid"),
    DateValue.range(dt.date(1932, 7, 3), dt.date(1932, 8, 5)),
    DateValue.range(dt.date(1933, 7, 3), dt.date(1933, 7, 5), lasting=True),
    DateValue.range(dt.date(1934, 3, 1), dt.date(1934, 5, 31)),
    replace(DateValue.day(dt.date(1935, 7, 4)), approximate=True),
    replace(DateValue.month(1936, 7), approximate=True),
    replace(DateValue.year(1937), uncertain=True),
)
"""One of each kind, in years that no dispatch speaks of: what the parser may not find today."""
SAYS_A_DAY = re.compile(rf"\d (?:{'|'.join(MONTHS)})\b|\d-\d\d-\d\d|day\b")
HTML_LENGTH = {"day": 10, "month": 7, "year": 4}
"""Characters of 2025-07-03 that <time datetime> may carry; HTML has no value for other dates."""


@dataclass(frozen=True)
class Shown:
    """A date on a page: what it says to readers, and to machines ("" where it is no <time>)."""

    words: str
    machine: str


@pytest.fixture(scope="module")
def events(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[int, Event]]:
    """By id: all events of the sample dispatches, and one for each MADE date.

    They are read once, in a transaction around those of the tests.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        for path in sorted(settings.BASE_DIR.glob("seeds/*/articles.jsonl")):
            for receipt in ingest.receive_jsonl(path):
                assert receipt.article, receipt.refused
                ingest.read(receipt.article.pk)
        for value in MADE:
            made = Event(type="statement", title=f"A statement, {value}")
            made.date = value
            made.save()
        yield {event.pk: event for event in Event.objects.shown().with_mentions()}
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=["happened", "reported"])
def cards(request: pytest.FixtureRequest, events: dict[int, Event]) -> list[tuple[Shown, Element]]:
    """Every card of the timeline, by either clock, with the heading it stands under."""
    found: list[tuple[Shown, Element]] = []
    address = f"/?clock={request.param}"
    while address:
        page = html.page(Client(), address)
        for section in html.walk(page, "day"):
            heading = dates(next(html.walk(section, "day__date")))[0]
            found += [(heading, card) for card in html.walk(section, "event")]
        more = next(html.walk(page, "more"), None)
        address = html.attribute(next(html.walk(more, "a")), "href") if more else ""
    return found


# ---------- what may be said


def dates(element: Element, *, but: tuple[str, ...] = ()) -> list[Shown]:
    found = html.walk(element, "time", "date", but=but)
    return [Shown(html.text(date), html.attribute(date, "datetime")) for date in found]


def honest(value: DateValue) -> Shown:
    """The value as a page may say it."""
    exact = not (value.approximate or value.uncertain)
    size = HTML_LENGTH.get(value.precision, 0) if exact and value.earliest else 0
    return Shown(words(value), str(value.earliest)[:size])


def told(event: Event) -> Counter[Shown]:
    """The dates that the articles give it, and the deadlines that it sets by them."""
    limits = Counter(honest(m.deadline) for m in mentions(event) if m.deadline != UNDATED)
    return limits + Counter(honest(mention.date) for mention in mentions(event))


def mentions(event: Event) -> list[Any]:
    return list(event.mentions.all())


def number(card: Element) -> int:
    return int(html.attribute(card, "id").removeprefix("event-"))


def is_imprecise(dated: Dated) -> bool:
    return dated.precision != "day"


BESIDE = ("differing", "chain")
"""The table of what accounts say, and the links to what was planned or came of it."""


def assert_honest_beside(element: Element, event: Event, events: dict[int, Event]) -> None:
    """The table says what is said or shown, and no more; a link says what the other event does."""
    for table in html.walk(element, "differing"):
        settled = {honest(event.date), honest(event.deadline)}
        assert set(dates(table)) <= set(told(event)) | settled, event
    for chain in html.walk(element, "chain"):
        if html.is_a(chain, "chain--deadline"):
            assert dates(chain) == [honest(event.deadline)], event
            continue
        links = [html.attribute(a, "href").strip("/") for a in html.walk(chain, "a")]
        others = [events[int(link.rpartition("/")[2])] for link in links]
        assert dates(chain) == [honest(other.date) for other in others], event


# ---------- the tests


def test_there_are_dates_of_every_kind_to_walk(events: dict[int, Event]) -> None:
    assert {event.precision for event in events.values()} == set(Precision)
    read = [event for event in events.values() if event.article_count]
    kinds = Counter(event.precision for event in read if is_imprecise(event))
    assert len(kinds) >= 4 and kinds.total() > 40, kinds
    assert sum(is_imprecise(mention) for event in read for mention in mentions(event)) > 40


def test_words_mean_what_is_stored(events: dict[int, Event]) -> None:
    for event in events.values():
        for dated in (event, *mentions(event)):
            said = words(dated.date)
            assert datebox.read(said, today=LONG_AGO) == dated.date, said
            assert dated.precision not in DAYLESS or not SAYS_A_DAY.search(said), said


def test_a_reason_ends_with_the_date_that_is_stored(events: dict[int, Event]) -> None:
    """Where a reason says what follows from the date words, nothing else may be stored."""
    concluded = 0
    for event in events.values():
        for dated in mentions(event):
            for because, date in (
                (dated.because, dated.date),
                (dated.deadline_because, dated.deadline),
            ):
                _, arrow, conclusion = because.rstrip(".").rpartition(" → ")
                if arrow:
                    assert conclusion == words(date), because
                    concluded += 1
    assert concluded > 100


def test_the_timeline_says_no_more(
    events: dict[int, Event], cards: list[tuple[Shown, Element]], request: pytest.FixtureRequest
) -> None:
    assert sorted(number(card) for _, card in cards) == sorted(events)
    clock = request.node.callspec.params["cards"]
    for heading, card in cards:
        event = events[number(card)]
        day = event.date
        if clock == "reported":
            day = DateValue.day(event.reported) if event.reported else UNDATED
        assert heading == honest(day), event
        own = int(clock == "reported") + int(bool(event.because))
        shown = dates(card, but=BESIDE)
        assert shown[:own] == [honest(event.date)] * own, event
        assert Counter(shown[own:]) == told(event), event
        assert_honest_beside(card, event, events)


def test_the_page_of_an_event_says_no_more(events: dict[int, Event]) -> None:
    client = Client()
    for event in events.values():
        if not any(map(is_imprecise, (event, *mentions(event)))):
            continue
        page = html.page(client, event.get_absolute_url())
        main = next(html.walk(page, "main"))
        own, *rest = dates(main, but=("history", "facts", "near", *BESIDE))
        assert own == honest(event.date), event
        assert Counter(rest) == told(event), event
        assert_honest_beside(main, event, events)
        for item in [li for near in html.walk(main, "near") for li in html.walk(near, "li")]:
            link = html.attribute(next(html.walk(item, "a")), "href")
            other = events[int(link.strip("/").rpartition("/")[2])]
            assert dates(item) == [honest(other.date)], event
        described = next(
            html.attribute(meta, "content")
            for meta in html.walk(page, "meta")
            if html.attribute(meta, "name") == "description"
        )
        assert described.startswith(f"{words(event.date)}: "), event


def test_an_article_says_no_more(events: dict[int, Event]) -> None:
    told = Counter(m.article_id for event in events.values() for m in mentions(event))
    shown = 0
    for article in told:
        page = html.page(Client(), f"/articles/{article}/")
        for section in html.walk(page, "day"):
            heading = dates(next(html.walk(section, "day__date")))
            for card in html.walk(section, "told"):
                event = events[number(card)]
                assert [*heading, *dates(card)] == [honest(event.date)], (article, event)
                shown += 1
    assert shown == len(
        {(m.article_id, event.pk) for event in events.values() for m in mentions(event)}
    )


def test_the_last_contact_says_no_more(events: dict[int, Event]) -> None:
    busiest = Actor.objects.annotate(n=Count("participations")).order_by("-n", "pk")[:12]
    shown = 0
    for actor in busiest:
        for contact in html.walk(html.page(Client(), actor.get_absolute_url()), "with__contact"):
            link = html.attribute(next(html.walk(contact, "a")), "href")
            event = events[int(link.strip("/").rpartition("/")[2])]
            assert dates(contact) == [honest(event.date)], actor
            assert ("ago" in html.text(contact)) == (event.precision == Precision.DAY), actor
            shown += 1
    assert shown > 30


def test_json_says_no_more(events: dict[int, Event]) -> None:
    document = json.loads(_exported("/events.json"))
    assert document["count"] == len(document["events"]) == len(events)
    for row in document["events"]:
        event = events[row["id"]]
        assert (row["precision"], row["lasting"]) == (event.precision, event.lasting)
        _means(row["date"], event.date)
        _means(row["deadline"], event.deadline)
        places = [(m, place) for m in mentions(event) for place in (m, *m.passages.all())]
        for said, (mention, place) in zip(row["mentions"], places, strict=True):
            assert (said["start"], said["end"]) == (place.start, place.end)
            _means(said["date"], mention.date)
        assert not [key for key in row if key in ("earliest", "latest", "start", "end", "day")]


def test_csv_says_no_more(events: dict[int, Event]) -> None:
    rows = list(csv.DictReader(io.StringIO(_exported("/events.csv"))))
    assert {int(row["id"]) for row in rows} == events.keys() and len(rows) == len(events)
    for row in rows:
        event = events[int(row["id"])]
        assert (row["precision"], row["lasting"]) == (event.precision, str(event.lasting))
        _means(row["date"], event.date)


def _exported(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return b"".join(response).decode()


def _means(edtf: str, value: DateValue) -> None:
    """EDTF cannot say that something lasted, and of seven days not whether a week was meant."""
    read = parse_edtf(edtf)
    same = replace(value, lasting=False, precision=read.precision)
    assert read == same, edtf
    assert value.precision not in DAYLESS or not SAYS_A_DAY.search(edtf), edtf
    one_day = re.fullmatch(r"\d{4}-\d\d-\d\d[~?]?", edtf)
    assert bool(one_day) == (value.precision is Precision.DAY), edtf


@pytest.mark.parametrize("value", [v for v in MADE if v.window], ids=words)
def test_the_sentence_above_one_event_says_no_more(
    events: dict[int, Event], value: DateValue
) -> None:
    assert value.window
    year = value.window[0].year
    page = html.page(Client(), f"/?from={year}&to={year}")
    sentence = html.text(next(html.walk(page, "desk__sentence")))
    said = datebox.read(sentence.removeprefix("1 event ").removeprefix("in "), today=LONG_AGO)
    assert said.earliest is None or (value.earliest and said.earliest <= value.earliest), sentence
    assert said.latest is None or (value.latest and value.latest <= said.latest), sentence
    assert value.precision not in DAYLESS or not SAYS_A_DAY.search(sentence), sentence


def test_no_bar_counts_an_event_that_may_lie_outside_it(events: dict[int, Event]) -> None:
    windows = [event.date.window for event in events.values() if event.date.window]
    page = html.page(Client(), "/")
    labels = [
        html.attribute(a, "aria-label") for a in html.walk(next(html.walk(page, "chart")), "a")
    ]
    bars = [re.fullmatch(r"(.+): (\d+) events?", label) for label in labels]
    drawn = 0
    for bar in filter(None, bars):
        days = datebox.read(bar[1], today=LONG_AGO).window
        assert days
        inside = sum(days[0] <= first and last <= days[1] for first, last in windows)
        assert int(bar[2]) == inside, bar[0]
        drawn += inside
    assert drawn > 100
