"""One filter, one answer: pages, JSON and CSV give the same events, whatever is asked."""

import csv
import datetime as dt
import gzip
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import html
from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.dates import UNDATED, DateValue
from timeline.filters import CLOCKS, DEFAULTS, MATCHES, ORDERS, PRECISIONS, VIEWS, FilterForm
from timeline.types import STATUSES, TYPES
from timeline.views import PAGE

DAYS = ["2025", "2025-07", "3 July 2025", "June 2025", "last week", "before 3 July 2025"]
GOOD = {
    "q": ["grain", "event 3", "grian", '"on grain"', "event -grain"],
    "from": DAYS,
    "to": DAYS,
    "type": list(TYPES),
    "actor": ["ukraine", "Kyiv", "russia", "Rusia"],
    "match": list(MATCHES),
    "status": list(STATUSES),
    "outlet": ["wire", "gazette"],
    "precision": list(PRECISIONS),
    "sources": ["1", "2", "3"],
    "review": ["unreviewed", "confirmed"],
    "differs": ["1"],
    "clock": list(CLOCKS),
    "order": list(ORDERS),
    "view": list(VIEWS),
}
queries = st.lists(
    st.sampled_from([(name, value) for name, values in GOOD.items() for value in values]),
    max_size=5,
)
anything = st.lists(
    st.tuples(
        st.sampled_from([*GOOD, "after", "typ", "", "from_", "a" * 300]),
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                ["\0", "%", "'", "9" * 400, "-1", "1e9", "NaN", "\u202e", "\ud83d\ude42" * 9,
                 "0000", "9999-12-31", "31 February 2025", "1/2/3", "Mi4x", "LjE", "x" * 5000]
            ),
        ),
    ),
    max_size=6,
)  # fmt: skip


def fill() -> None:
    make_actor("Ukraine", "Kyiv")
    make_actor("Russia")
    dates = (DateValue.day(dt.date(2025, 7, 3)), DateValue.month(2025, 7), UNDATED)
    for n in range(24):
        make_event(
            dates[n % 3],
            type=("call", "strike")[n % 2],
            status=("occurred", "planned", "denied")[n // 2 % 3],
            title=f"Event {n} {'on grain' if n % 5 < 2 else ''}",
            actors=(("Ukraine",), ("Ukraine", "Russia"))[n // 3 % 2],
            evidence="They spoke.",
            source_count=1 + n % 3,
            differs=n % 4 == 0,
            reported=dt.date(2025, 7, 1 + n % 9),
        )


class OneAnswer(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill()

    @given(queries)
    @settings(max_examples=120)
    def test_the_same_ids_everywhere(self, pairs: list[tuple[str, str]]) -> None:
        query = urlencode(pairs)
        page = self.client.get(f"/?{query}").content.decode()
        listed = [int(n) for n in re.findall(r'id="event-(\d+)" data-event', page)]
        document = json.loads(b"".join(self.client.get(f"/events.json?{query}")))
        table = b"".join(self.client.get(f"/events.csv?{query}")).decode()
        rows = [int(row["id"]) for row in csv.DictReader(io.StringIO(table.lstrip("\ufeff")))]
        assert len(listed) < PAGE
        assert sorted(listed) == sorted(event["id"] for event in document["events"]) == sorted(rows)
        assert document["count"] == len(rows)

    @given(anything)
    @settings(max_examples=80)
    def test_nothing_that_is_asked_breaks_the_page(self, pairs: list[tuple[str, str]]) -> None:
        query = urlencode(
            [(a.encode("utf-8", "replace"), b.encode("utf-8", "replace")) for a, b in pairs]
        )
        page = html.text(html.page(self.client, f"/?{query}"))
        assert self.client.get(f"/events.json?{query}").status_code == 200, query
        noted = FilterForm(QueryDict(query))
        for note in noted.notes:
            assert " ".join(note.text.split()) in page
        used = {name for name, _ in noted.pairs()} | {note.parameter for note in noted.notes}
        used |= {"after"} if noted.cleaned_data["after"] else set()
        for name, value in QueryDict(query).items():
            said = str(value).strip()
            assert name in used or not said or (name, said) in DEFAULTS, (name, value)


# ---------- hostile content

HOSTILE = {
    "script": '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "right to left": "\u202edesrever\u202c \u2066held\u2069",
    "long": "Ü" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🇺🇦 ‼️",
    "braces": "{{ 7|add:7 }} {% url 'timeline' %} ${1}",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_text_everywhere(client: Client, name: str) -> None:
    text = HOSTILE[name]
    actor = make_actor(f"Actor {text}"[:100])
    event = make_event(title=text[:300], actors=(actor.name,), places=[text[:120]])
    mention = make_mention(event, text, outlet=f"O {text}"[:100], because=text)
    mention.article.headline = text[:500]
    mention.article.save()
    client.raise_request_exception = True
    for address in (
        *("/", *(f"/?view={view}" for view in VIEWS), f"/events/{event.pk}/", "/actors/"),
        *(f"/actors/{actor.slug}/", "/articles/", f"/articles/{mention.article_id}/"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        html = response.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "14 /" not in html
    for address in ("/events.json", "/events.csv"):
        assert client.get(address).status_code == 200


# ---------- weight


@pytest.mark.django_db
def test_the_first_page_is_light(client: Client) -> None:
    """60 KB of HTML with fifty cards, 150 KB with all that it loads, as they come over a network."""
    names = ["Emmanuel Macron", "Vladimir Putin", "Volodymyr Zelensky", "Donald Trump", "Iran"]
    for n in range(PAGE + 10):
        event = make_event(
            DateValue.day(dt.date(2025, 1, 1) + dt.timedelta(days=n)),
            type=list(TYPES)[n % len(TYPES)],
            title=f"{names[n % 5]} and {names[(n + 2) % 5]} speak of {n} other things",
            actors=(names[n % 5], names[(n + 2) % 5], names[(n + 3) % 5]),
            article_count=2,
        )
        for outlet in ("Harbour Post", "Northern Courier"):
            make_mention(
                event,
                f"{names[n % 5]} said on day {n} that he had spoken with {names[(n + 2) % 5]} about"
                f" grain, prisoners and the {n * 7} other matters that were left from the meeting.",
                outlet=outlet,
                because=f"“day {n}” before the dateline of Fri 4 July 2025 → day {n}",
            )
    html = client.get("/").content
    assert html.count(b"data-event>") == PAGE
    size = len(gzip.compress(html))
    assets = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html.decode()))
    assert {a.rpartition(".")[2] for a in assets} >= {"css", "js", "svg"}
    from django.contrib.staticfiles import finders

    total = size
    for asset in assets:
        path = finders.find(re.sub(r"^/static/", "", asset))
        assert path, asset
        with open(path, "rb") as file:
            total += len(gzip.compress(file.read()))
    assert size <= 60_000
    assert total <= 150_000
