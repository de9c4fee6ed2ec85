import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.timeline.builders import make_actor, make_article, make_event, make_mention
from timeline import record
from timeline.card import Dating
from timeline.dates import UNDATED, DateValue
from timeline.models import Event, Relation, Revision, Role
from timeline.presenting import marked
from timeline.views import PAGE

pytestmark = pytest.mark.django_db
D = dt.date
JULY_3 = D(2025, 7, 3)


def page(client: Client, address: str = "/", status: int = 200, *, htmx: bool = False) -> str:
    response = client.get(address, headers={"HX-Request": "true"} if htmx else {})
    assert response.status_code == status
    return response.content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# ---------- the timeline


def test_an_empty_record_says_what_to_do(client: Client) -> None:
    html = page(client)
    assert "The timeline is empty" in html
    assert 'href="/upload/"' in html


def test_a_card_tells_its_event(client: Client) -> None:
    event = make_event(
        title="Kyiv and Moscow exchange prisoners",
        type="exchange",
        actors=("Ukraine", "Russia"),
        article_count=3,
        source_count=2,
        differs=True,
    )
    sentence = "Ukraine and Russia exchanged prisoners on 3 July."
    make_mention(event, sentence, date_start=39, date_end=48, because="“3 July” → 3 July 2025")
    html = page(client)
    assert "1 event on 3 July 2025" in text(html)
    assert f'href="/events/{event.pk}/"' in html
    assert "3 articles, 2 independent" in text(html)
    assert "<mark>Ukraine</mark>" in html
    assert '<mark class="mark-date">on 3 July</mark>' in html
    assert "Accounts differ" in html
    assert "“3 July” → 3 July 2025" in html


def test_a_card_quotes_an_account_of_what_it_shows(client: Client) -> None:
    event = make_event()
    make_mention(event, "The call was called off.", status="cancelled")
    make_mention(event, "They spoke in the end.")
    shown = re.search(r'class="event__evidence">([^<]+)<', page(client))
    assert shown
    assert shown[1].strip() == "They spoke in the end."


def test_a_source_opens_at_the_sentence(client: Client) -> None:
    article = make_mention(make_event(), "They spoke.").article
    article.url = "https://a.example/x"
    article.save()
    assert 'href="https://a.example/x#:~:text=They%20spoke."' in page(client)


DATINGS = [
    (DateValue.day(JULY_3), '<time datetime="2025-07-03">3 July 2025</time>'),
    (DateValue.month(2025, 7), '<time datetime="2025-07">July 2025</time>'),
    (DateValue.year(2025), '<time datetime="2025">2025</time>'),
    (DateValue.week(JULY_3), '<span class="date">week of 30 June 2025</span>'),
    (DateValue.until(JULY_3), '<span class="date">on or before 3 July 2025</span>'),
    (DateValue.decade(1962), '<span class="date">the 1960s</span>'),
    (DateValue.quarter(2025, 3), '<span class="date">third quarter of 2025</span>'),
    (DateValue.part_of_month(2025, 7, "early"), '<span class="date">early July 2025</span>'),
    (
        replace(DateValue.day(JULY_3), approximate=True),
        '<span class="date">about 3 July 2025</span>',
    ),
    (
        replace(DateValue.month(2025, 7), uncertain=True),
        '<span class="date">July 2025 (uncertain)</span>',
    ),
    (UNDATED, '<span class="date">undated</span>'),
]


@pytest.mark.parametrize(("value", "html"), DATINGS, ids=[str(value) for value, _ in DATINGS])
def test_time_says_no_more_than_the_date(client: Client, value: DateValue, html: str) -> None:
    make_event(value)
    shown = page(client)
    times = {
        m[0] for m in re.finditer(r'<time datetime=.*?</time>|<span class="date">.*?</span>', shown)
    }
    assert times == {html}


def test_a_heading_names_the_weekday_of_a_day_alone(client: Client) -> None:
    assert Dating(DateValue.day(JULY_3)).weekday == "Thursday"
    assert Dating(DateValue.week(JULY_3)).weekday == ""


def test_days_are_grouped(client: Client) -> None:
    for title in ("one", "two"):
        make_event(title=title)
    make_event(DateValue.month(2025, 7), title="three")
    html = page(client)
    assert html.count('<h2 class="day__date"') == 2


def test_undated_events_are_counted_and_one_click_away(client: Client) -> None:
    make_event()
    make_event(UNDATED, title="Nobody says when")
    html = page(client, "/?from=2025&type=call")
    assert "Nobody says when" not in html
    assert "1 undated event fits the other filters" in text(html)
    link = re.search(r'href="(/\?[^"]*precision=none[^"]*)"', html)
    assert link
    assert "Nobody says when" in page(client, link[1].replace("&amp;", "&"))


SENTENCES = [
    (
        [DateValue.day(D(1962, 10, 14)), DateValue.day(D(1962, 11, 20))],
        "2 events from 14 October to 20 November 1962",
    ),
    (
        [DateValue.day(D(2025, 7, 3)), DateValue.day(D(2025, 7, 5))],
        "2 events from 3 to 5 July 2025",
    ),
    ([DateValue.day(JULY_3), UNDATED], "2 events, 1 undated, on 3 July 2025"),
    ([DateValue.month(2025, 7)], "1 event in July 2025"),
    ([DateValue.year(1961), DateValue.day(JULY_3)], "2 events from 1961 to 3 July 2025"),
    ([DateValue.month(2025, 6), DateValue.day(JULY_3)], "2 events from June to 3 July 2025"),
    ([UNDATED], "1 event, 1 undated"),
    ([], "0 events"),
]


@pytest.mark.parametrize(("values", "sentence"), SENTENCES, ids=[s for _, s in SENTENCES])
def test_the_result_is_said_in_a_sentence(
    client: Client, values: list[DateValue], sentence: str
) -> None:
    for value in values:
        make_event(value)
    shown = re.search(r'id="sentence"[^>]*>(.*?)<', page(client))
    assert shown
    assert shown[1] == sentence


def test_bad_parameters_are_noted_on_the_page(client: Client) -> None:
    make_event()
    html = page(client, "/?from=3+July&type=call")
    assert "Add the year" in html
    assert "Two sides speak" in html


def test_what_a_reader_types_is_text(client: Client) -> None:
    make_event(title="<b>bold</b>", evidence="<script>alert(1)</script>")
    html = page(client, "/?q=<i>x</i>&from=<u>&type=<s>&<a>=1")
    assert "<b>bold" not in html
    assert not re.search("<(i|u|s|a)>", html)
    assert "<script>alert" not in page(client)


def test_nothing_found_offers_a_way_out(client: Client) -> None:
    make_event()
    html = page(client, "/?from=1900&to=1901")
    assert "No event fits all of this" in html
    assert "Look at all dates" in html


def test_pages_follow_one_another_without_gap_or_repetition(client: Client) -> None:
    for n in range(PAGE + 3):
        make_event(DateValue.day(JULY_3 + dt.timedelta(days=n // 2)), title=f"Event {n}")
    html = page(client)
    more = re.search(r'rel="next" href="([^"]+)"', html)
    assert more
    rest = page(client, more[1].replace("&amp;", "&"))
    seen = re.findall(r'data-event>|id="event-(\d+)"', html + rest)
    ids = [pk for pk in seen if pk]
    assert len(ids) == len(set(ids)) == PAGE + 3


def test_htmx_gets_the_results_and_the_address_to_show(client: Client) -> None:
    make_event()
    response = client.get("/?q=&type=call&order=newest", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert 'hx-swap-oob="innerHTML">1 event on 3 July 2025<' in html
    assert response["HX-Push-Url"] == "/?type=call"
    assert "HX-Request" in response["Vary"]


def test_htmx_gets_a_further_page_alone(client: Client) -> None:
    for n in range(PAGE + 1):
        make_event(title=f"Event {n}")
    more = re.search(r'hx-get="(/\?after=[^"]+)"', page(client))
    assert more
    html = page(client, more[1], htmx=True)
    assert html.count("data-event") == 1
    assert "chart" not in html


@pytest.mark.parametrize("address", ["/", "/?clock=reported", "/?actor=ukraine&from=2025"])
def test_the_number_of_queries_does_not_grow_with_the_page(client: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, address)
        return len(captured)

    def fill(number: int) -> None:
        for n in range(number):
            day = DateValue.day(JULY_3 + dt.timedelta(days=n))
            make_event(
                day, actors=("Ukraine", f"Actor {n}"), evidence="They spoke.", reported=JULY_3
            )

    fill(2)
    few = queries()
    fill(20)
    assert queries() == few


def test_the_histogram_links_its_bars_and_has_a_table(client: Client) -> None:
    make_event()
    make_event(DateValue.day(D(2025, 7, 5)), status="planned")
    make_event(DateValue.month(2025, 7), title="Some day in July")
    make_article(published=D(2025, 7, 4))
    html = page(client)
    assert 'href="/?from=2025-07-03&amp;to=2025-07-03"' in html
    assert "chart__bar--ahead" in html
    assert "3 July 2025 1 0 0" in text(html)
    assert "4 July 2025 0 0 1" in text(html)
    assert "1–31 July 2025" in html or "July 2025</a>, on some day" in html


def test_rows_have_a_table_and_what_is_undated_a_lane(client: Client) -> None:
    make_event(actors=("Ukraine",))
    make_event(DateValue.day(D(2025, 7, 5)), status="planned", actors=("Ukraine",))
    make_event(DateValue.range(JULY_3, D(2025, 7, 5)), actors=("Ukraine",))
    make_event(UNDATED, type="strike")
    html = page(client, "/?view=actors")
    rows = "Ukraine 3 July 2025 1 0 3–5 July 2025 , on some day 1 0 5 July 2025 1 1"
    assert rows in text(html)
    assert "Undated 1" in text(html)
    assert "1 undated event 1 force" in text(html)


def test_no_inline_style_or_script(client: Client) -> None:
    make_event(actors=("Ukraine",), evidence="They spoke.")
    for address in ("/", "/actors/", "/actors/ukraine/", f"/events/{Event.objects.get().pk}/"):
        html = page(client, address)
        assert not re.search(r'\sstyle="|<style|\son\w+="', html)
        assert not re.search(r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)', html)


def test_a_day_that_goes_on_is_not_headed_twice(client: Client) -> None:
    for n in range(PAGE + 1):
        make_event(title=f"Event {n}")
    more = re.search(r'hx-get="(/\?after=[^"]+)"', page(client))
    assert more
    assert 'class="day__date visually-hidden"' in page(client, more[1], htmx=True)
    assert 'class="day__date visually-hidden"' not in page(client, more[1])


# ---------- one event


def test_an_event_has_a_page_of_its_own(client: Client) -> None:
    event = make_event(
        DateValue.month(2025, 7),
        title="Lavrov meets Fidan",
        actors=("Sergey Lavrov",),
        because="“in July”",
        evidence="Lavrov met Fidan.",
    )
    lavrov, russia = make_actor("Sergey Lavrov"), make_actor("Russia")
    Role.objects.create(person=lavrov, side=russia, office="foreign minister", since=D(2004, 3, 9))
    Role.objects.create(person=lavrov, side=russia, office="envoy", until=D(2004, 3, 8))
    editor = User.objects.create_user("eva")
    Revision.objects.create(
        event=event,
        number=1,
        verb="correct",
        before={"date": DateValue.year(2025).as_dict()},
        after={"date": DateValue.month(2025, 7).as_dict()},
        reason="The communiqué says so.",
        by=editor,
    )
    make_event(title="Lavrov flies on", actors=("Sergey Lavrov",))
    html = page(client, f"/events/{event.pk}/")
    shown = text(html)
    assert "Why this date? “in July”" in shown
    assert "foreign minister, Russia" in shown
    assert "envoy" not in shown
    assert "Corrected" in shown
    assert "2025 became July 2025" in shown
    assert "The communiqué says so." in shown
    assert "eva" not in shown
    assert "Lavrov flies on" in shown


def test_an_event_says_why_it_has_its_type(client: Client) -> None:
    event = make_event(type="talks", status="cancelled")
    make_mention(event, "They set talks.", status="planned", type_because="“talks” → talks")
    because = "“talks” → talks (rule “talks”); “called off” says it was cancelled or put off"
    make_mention(event, "They called off the talks.", outlet="Courier", type_because=because)
    make_mention(event, "They met.", type="meeting", type_because="“met” → meeting")
    shown = text(page(client, f"/events/{event.pk}/"))
    assert f"Why this type? Courier: {because}." in shown
    assert "Reads it so: “met” → meeting" in shown


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("type", "talks", "Why this type? An editor set this type: The minutes say so."),
        (
            "status",
            "denied",
            "Why this type? Wire: “spoke” → call. An editor set this status: The minutes say so.",
        ),
        ("title", "Two speak", "Why this type? Wire: “spoke” → call."),
    ],
)
def test_what_an_editor_set_says_so(client: Client, field: str, value: str, shown: str) -> None:
    event = make_event()
    make_mention(event, type_because="“spoke” → call")
    editor = User.objects.create_user("eva")
    record.correct(event, field, value, editor, "The minutes say so.")
    assert f"{shown} " in text(page(client, f"/events/{event.pk}/"))


def test_an_event_without_a_reason_says_none(client: Client) -> None:
    event = make_event(evidence="They spoke.")
    assert "Why this type?" not in page(client, f"/events/{event.pk}/")


def test_a_withdrawn_event_leaves_a_tombstone(client: Client) -> None:
    event = make_event(withdrawn_at=timezone.now(), withdrawn_because="The article was taken back.")
    assert "The article was taken back." in page(client, f"/events/{event.pk}/", 410)
    assert "Two sides speak" not in page(client)


def test_a_rejected_event_is_gone_and_says_why(client: Client) -> None:
    event = make_event()
    record.reject(event, User.objects.create_user("eva"), "A comment, no event.")
    shown = page(client, f"/events/{event.pk}/", 410)
    assert "An editor took this out" in shown
    assert "“A comment, no event.”" in shown
    assert "eva" not in shown


def test_readers_are_told_what_may_be_the_same(client: Client) -> None:
    event, other = make_event(evidence="They spoke."), make_event(title="The two on the phone")
    Relation.objects.create(
        kind="duplicate", event=event, other=other, score=0.7, because="The same day."
    )
    shown = text(page(client, f"/events/{event.pk}/"))
    assert "Perhaps the same event The two on the phone , 3 July 2025 70 % alike: The same" in shown
    assert "Compare" not in shown


SHARED = [
    ("/?type=call&from=2025", "2 events on 3 July 2025: Call, from 2025."),
    ("/actors/ukraine/", "Ukraine in the timeline: 1 event on 3 July 2025."),
    ("/articles/{article}/", "Wire, 3 July 2025: what it tells"),
    ("/events/{event}/", "3 July 2025. 0 articles"),
]


@pytest.mark.parametrize(("address", "description"), SHARED)
def test_what_is_shared_says_what_it_is(client: Client, address: str, description: str) -> None:
    event = make_event(actors=("Ukraine",))
    mention = make_mention(make_event())
    html = page(client, address.format(article=mention.article_id, event=event.pk))
    metas = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', html))
    assert metas["og:description"].startswith(description)
    assert metas["og:title"] and metas["og:type"]


def test_an_answer_names_the_page_anew(client: Client) -> None:
    make_event()
    assert "<title>1 event on 3 July 2025 – Demarche</title>" in page(client, htmx=True)


def test_an_event_that_never_was(client: Client) -> None:
    assert "There is no such page" in page(client, "/events/1/", 404)


# ---------- actors


def test_actors_are_found_by_alias_and_counted(client: Client) -> None:
    make_actor("Ukraine", "Kyiv")
    make_actor("Russia")
    make_event(actors=("Ukraine",))
    make_event(actors=("Ukraine",), review="rejected")
    shown = text(page(client, "/actors/?q=kyi"))
    assert "Ukraine Country · also Kyiv 1 event" in shown
    assert "Russia" not in shown


def test_the_index_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.views.ACTORS", 2)
    for name in ("Albania", "Belgium", "Chile"):
        make_actor(name)
    html = page(client, "/actors/")
    assert "Chile" not in html
    more = re.search(r'rel="next" href="([^"]+)"', html)
    assert more
    assert "Chile" in page(client, more[1].replace("&amp;", "&"))


def test_names_are_suggested_while_typing(client: Client) -> None:
    make_actor("Ukraine", "Kyiv")
    html = page(client, "/actors/?actor=kyi", htmx=True)
    assert html.strip() == '<option value="Ukraine">'


def test_an_actor_has_a_page(client: Client) -> None:
    make_actor("Ukraine", "Kyiv")
    make_event(title="They speak", actors=("Ukraine", "Russia"))
    make_event(title="Others speak", actors=("China",))
    html = page(client, "/actors/ukraine/")
    assert "They speak" in html
    assert "Others speak" not in html
    assert 'href="/?actor=ukraine&amp;actor=russia"' in html
    assert "Kyiv" in html


# ---------- out


def test_exports_obey_the_filter(client: Client) -> None:
    event = make_event(actors=("Ukraine",))
    make_event(type="strike")
    response = client.get("/events.json?type=call&typ=1")
    data = json.loads(response.getvalue())
    assert data["count"] == 1
    assert [each["id"] for each in data["events"]] == [event.pk]
    assert response["X-Ignored-Parameters"] == "typ"
    table = client.get("/events.csv?type=strike").getvalue()
    assert len(table.splitlines()) == 2


def test_health(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_sign_in_and_out(client: Client) -> None:
    User.objects.create_user("eva", password="a-long-password")
    assert "Sign in" in page(client, "/login/")
    wrong = client.post("/login/", {"username": "eva", "password": "x"}).content.decode()
    assert "correct username and password" in wrong
    response = client.post("/login/", {"username": "eva", "password": "a-long-password"})
    assert response["Location"] == "/"
    assert "Sign out" in page(client)
    assert client.post("/logout/")["Location"] == "/"


def test_a_favicon_for_pages_that_name_none(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


# ---------- marked sentences


def pieces(sentence: str, names: list[str], date: tuple[int, int] | None = None) -> list[str]:
    return [f"[{p.text}]" if p.kind else p.text for p in marked(sentence, names, date)]


MARKED = [
    ("Putin met Xi.", ["Putin", "Xi"], None, ["[Putin]", " met ", "[Xi]", "."]),
    ("The EU-US row", ["EU", "US"], None, ["The ", "[EU]", "-", "[US]", " row"]),
    ("Users of Xinhua", ["US", "Xi"], None, ["Users of Xinhua"]),
    ("Sergey Lavrov", ["Lavrov", "Sergey Lavrov"], None, ["[Sergey Lavrov]"]),
    ("on 3 July", ["July"], (3, 9), ["on ", "[3 July]"]),
    ("on 3 July", [], (3, 90), ["on 3 July"]),
    ("a (b", ["(b", ""], None, ["a ", "[(b]"]),
    ("", ["x"], None, []),
]


@pytest.mark.parametrize(("sentence", "names", "date", "expected"), MARKED)
def test_marks(
    sentence: str, names: list[str], date: tuple[int, int] | None, expected: list[str]
) -> None:
    assert pieces(sentence, names, date) == expected


def test_a_day_that_is_only_about_has_no_weekday() -> None:
    friday = DateValue.day(dt.date(2025, 7, 18))
    assert Dating(friday).weekday == "Friday"
    assert Dating(replace(friday, approximate=True)).weekday == ""
