"""What leaves a page as a quotation: text, BibTeX, wikitext, linked data, a link to the very sentence."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from django.test import Client

from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.citing import Citation
from timeline.dates import UNDATED, DateValue
from timeline.models import Event
from timeline.presenting import cards
from timeline.quoting import quoting

pytestmark = pytest.mark.django_db
ADDRESS = "https://demarche.example/events/7/"
SEEN = dt.date(2026, 1, 2)
HOSTILE = "</script><script>alert(1)</script> & {50%} of $5_000 #1 ~ \\ ^"


def cited(event: Event) -> Citation:
    (card,) = cards([event.pk])
    return Citation(card, ADDRESS, SEEN)


def test_in_a_sentence() -> None:
    event = make_event(DateValue.month(2025, 7), title="Two sides speak", status="planned")
    make_mention(event)
    make_mention(event, outlet="Gazette")
    assert cited(event).text == (
        "“Two sides speak” (planned), July 2025. Told by Wire, 3 July 2025; Gazette, 3 July 2025."
        f" Demarche, event {event.pk}, {ADDRESS} (seen 2 January 2026)."
    )


def test_for_bibtex() -> None:
    event = make_event(DateValue.until(dt.date(2025, 7, 9)), title=HOSTILE, status="denied")
    entry = cited(event).bibtex
    assert entry.startswith(f"@online{{demarche{event.pk},\n")
    assert "  date = {../2025-07-09},\n" in entry
    assert "  note = {Denied},\n" in entry
    assert (
        r"\& \{50\%\} of \$5\_000 \#1 \textasciitilde{} \textbackslash{} \textasciicircum{}"
        in entry
    )
    assert entry.count("{") == entry.count("}")


def test_for_wikipedia() -> None:
    event = make_event(title="A [[pact]] | signed}} <ref>")
    assert cited(event).wikipedia == (
        "<ref>{{cite web |title=A &#91;&#91;pact&#93;&#93; &#124; signed&#125;&#125; &#60;ref&#62;"
        f" |url={ADDRESS} |website=Demarche |access-date=2 January 2026}}}}</ref>"
    )


SAID = [
    (DateValue.day(dt.date(2025, 7, 3)), "2025-07-03"),
    (DateValue.month(2025, 7), "2025-07"),
    (DateValue.year(2025), "2025"),
    (DateValue.until(dt.date(2025, 7, 9)), None),
    (replace(DateValue.day(dt.date(2025, 7, 3)), approximate=True), None),
    (UNDATED, None),
]


@pytest.mark.parametrize(("date", "said"), SAID, ids=[str(date) for date, _ in SAID])
def test_linked_data_says_no_day_that_nobody_said(date: DateValue, said: str | None) -> None:
    make_actor("Ukraine")
    event = make_event(date, title=HOSTILE, actors=("Ukraine",), evidence="They spoke.")
    text = cited(event).linked_data
    assert not re.search("[<>&]", text)
    data = json.loads(text)
    assert data.get("startDate") == said
    assert data["name"] == HOSTILE
    assert data["about"] == [{"@type": "Thing", "name": "Ukraine"}]
    assert data["subjectOf"][0]["datePublished"] == "2025-07-03"


def test_the_page_of_an_event_carries_them_as_text(client: Client) -> None:
    event = make_event(title=HOSTILE)
    make_mention(event, HOSTILE)
    html = client.get(f"/events/{event.pk}/").content.decode()
    assert "<script>alert" not in html
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(block)["url"] == f"http://testserver/events/{event.pk}/"
    assert f"@online{{demarche{event.pk}," in html
    assert "&lt;ref&gt;{{cite web |title=" in html
    assert html.count('<meta property="og:title" content="&lt;/script&gt;') == 1


LONG = " ".join(f"word{n}" for n in range(40))
QUOTES = [
    ("https://a.example/x", "They spoke.", "https://a.example/x#:~:text=They%20spoke."),
    ("https://a.example/x", "Kyiv-based, so", "https://a.example/x#:~:text=Kyiv%2Dbased%2C%20so"),
    ("https://a.example/x#part", "They spoke.", "https://a.example/x#part"),
    ("", "They spoke.", ""),
]


@pytest.mark.parametrize(("url", "sentence", "link"), QUOTES)
def test_a_link_quotes_the_sentence(url: str, sentence: str, link: str) -> None:
    assert quoting(url, sentence) == link


def test_a_long_sentence_is_quoted_by_its_ends() -> None:
    start, end = quoting("https://a.example/", LONG).partition("text=")[2].split(",")
    assert start.startswith("word0%20") and start.endswith("%20word7")
    assert end.startswith("word32%20") and end.endswith("%20word39")


def test_the_sitemap_lists_what_readers_see(client: Client) -> None:
    make_actor("Ukraine")
    shown, hidden = make_event(), make_event(review="rejected")
    index = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/sitemap-events.xml" in index
    events = client.get("/sitemap-events.xml").content.decode()
    assert f"<loc>http://testserver/events/{shown.pk}/</loc>" in events
    assert f"/events/{hidden.pk}/" not in events
    assert "/actors/ukraine/" in client.get("/sitemap-actors.xml").content.decode()
    assert "<loc>http://testserver/</loc>" in client.get("/sitemap-pages.xml").content.decode()
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
