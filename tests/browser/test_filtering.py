"""Every filter, alone and with others, finds in a browser what plain SQL counts."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser.brushing import drag
from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.dates import UNDATED, DateValue

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

SEEN = "withdrawn_at IS NULL AND review <> 'rejected'"
BY = "EXISTS (SELECT 1 FROM timeline_participation p JOIN timeline_actor a ON a.id = p.actor_id WHERE p.event_id = e.id AND a.slug = '{}')"
TOLD = "EXISTS (SELECT 1 FROM articles_mention m JOIN articles_article t ON t.id = m.article_id JOIN articles_outlet o ON o.id = t.outlet_id WHERE m.event_id = e.id AND o.slug = '{}')"
JULY = "span && daterange('2025-07-01', '2025-07-31', '[]')"
FILTERS = {
    "q": ("q=grain", "words ~* 'grain'"),
    "from": ("from=2025-07-02", "upper(span) > '2025-07-02'"),
    "to": ("to=June 2025", "lower(span) <= '2025-06-30'"),
    "dates": ("from=July 2025&to=July 2025", JULY),
    "type": ("type=call&type=visit", "type IN ('call', 'visit')"),
    "status": ("status=planned", "status = 'planned'"),
    "denied": ("status=denied", "status = 'denied'"),
    "actor": ("actor=ukraine", BY.format("ukraine")),
    "outlet": ("outlet=gazette", TOLD.format("gazette")),
    "precision": ("precision=month&precision=none", "precision IN ('month', 'none')"),
    "sources": ("sources=3", "source_count >= 3"),
    "review": ("review=confirmed", "review = 'confirmed'"),
    "differs": ("differs=1", "differs"),
    "clock": ("clock=reported&from=2025-07-05", "reported >= '2025-07-05'"),
}
TOGETHER = [
    ("type", "actor"),
    ("q", "status"),
    ("dates", "sources"),
    ("outlet", "precision", "dates"),
    ("review", "differs"),
    ("actor", "status", "type"),
    ("to", "outlet"),
    ("from", "precision"),
    ("q", "sources", "dates", "type"),
    ("clock", "actor", "outlet"),
]


@pytest.fixture
def record() -> None:
    """Sixty events that differ in all that can be asked for."""
    make_actor("Ukraine", "Kyiv")
    dates = (
        DateValue.day(dt.date(2025, 7, 3)),
        DateValue.month(2025, 7),
        DateValue.until(dt.date(2025, 6, 30)),
        UNDATED,
        DateValue.day(dt.date(2025, 6, 1)),
    )
    for n in range(60):
        event = make_event(
            dates[n % 5],
            type=("call", "strike", "visit", "statement")[n % 4],
            status=("occurred", "planned", "denied")[n % 3],
            title=f"Event {n} {'on grain' if n % 7 < 4 else ''}",
            actors=(("Ukraine",), ("Ukraine", "Russia"), ("Russia",))[n // 4 % 3],
            evidence="They spoke." if n % 6 else "",
            source_count=1 + n % 5,
            review=("unreviewed", "confirmed", "rejected")[n // 8 % 3],
            differs=n % 9 < 3,
            reported=dt.date(2025, 7, 1 + n % 9),
        )
        if n % 8 < 3:
            make_mention(event, outlet="Gazette")


def expected(*names: str) -> int:
    """Counted by SQL of its own: reported days replace the days of the event."""
    return counted(*(FILTERS[name][1] for name in names))


def counted(*conditions: str) -> int:
    where = " AND ".join([SEEN, *conditions])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM timeline_event e WHERE {where}")  # noqa: S608
        return int(cursor.fetchone()[0])


def query(*names: str) -> str:
    return "&".join(FILTERS[name][0] for name in names)


def choose(page: "Page", *names: str) -> None:
    """By the controls of the form, as a reader would."""
    for pair in query(*names).split("&"):
        name, value = pair.split("=")
        control = page.locator(f'#filters [name="{name}"]')
        if name in ("q", "from", "to"):
            control.fill(value)
            control.press("Enter")
        elif name == "clock":
            control.select_option(value)
        else:
            box = page.locator(f'#filters [name="{name}"][value="{value}"]')
            box.evaluate(
                "e => { for (let d = e; d = d.closest('details:not([open])');) d.open = true }"
            )
            box.check()


CASES = [*((name,) for name in FILTERS), *TOGETHER]


@pytest.mark.usefixtures("record")
def test_by_address(page: "Page", live_server: "LiveServer") -> None:
    counts = set()
    for names in CASES:
        page.goto(f"{live_server.url}/?{query(*names)}")
        expect(page.locator(".notice--warn")).to_have_count(0)
        says(page, expected(*names))
        counts.add(expected(*names))
    assert len(counts) > 8


@pytest.mark.usefixtures("record")
def test_by_the_form_as_it_is_filled(page: "Page", live_server: "LiveServer") -> None:
    for names in CASES:
        page.goto(live_server.url)
        choose(page, *names)
        says(page, expected(*names))


def says(page: "Page", number: int) -> None:
    expect(page.locator("#sentence")).to_have_text(re.compile(rf"^{number} event"))


@pytest.fixture
def plain(chromium: "Browser", live_server: "LiveServer") -> Iterator["Page"]:
    """The timeline in a browser without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    yield page
    context.close()


@pytest.mark.usefixtures("record")
def test_by_the_form_without_scripts(plain: "Page") -> None:
    for names in TOGETHER:
        fill_in(plain, *names)
        plain.get_by_role("button", name="Show events").click()
        says(plain, expected(*names))
        chips = plain.locator(".chip")
        expect(chips).not_to_have_count(0)
        for left in reversed(range(chips.count() if len(names) > 2 else 0)):
            chips.first.click()
            expect(chips).to_have_count(left)
        plain.locator("#filters").get_by_role("link", name="Clear all").click()
        expect(plain.locator("#clock")).to_have_value("happened")
        says(plain, expected())


def fill_in(page: "Page", *names: str) -> None:
    """What is folded is unfolded as a reader would do it."""
    for pair in query(*names).split("&"):
        name, value = pair.split("=")
        control = page.locator(f'#filters [name="{name}"]')
        if name in ("q", "from", "to"):
            control.fill(value)
        elif name == "clock":
            control.select_option(value)
        else:
            box = page.locator(f'[name="{name}"][value="{value}"]')
            folded = page.locator("#filters details:not([open])").filter(has=box)
            if folded.count():
                folded.locator("> summary").click()
            page.locator("#filters").locator(box).check()


@pytest.mark.usefixtures("record")
def test_back_and_forward_through_links_without_scripts(plain: "Page") -> None:
    """Six states, each by a link of its own kind."""
    contacts = "type IN ('call', 'meeting', 'visit', 'talks')"
    steps: list[tuple[Locator, tuple[str, ...]]] = [
        (plain.locator(".preset", has_text="Calls and meetings"), (contacts,)),
        (plain.locator(".views a", has_text="By type"), (contacts,)),
        (plain.locator(".lane__label a", has_text="Visit"), ("type = 'visit'",)),
        (plain.locator(".preset", has_text="Accounts differ"), ("type = 'visit'", "differs")),
        (plain.locator(".chip", has_text="Visit"), ("differs",)),
        (plain.locator(".undated a").first, ("differs", "span IS NULL")),
    ]
    states: list[tuple[str, ...]] = [()]
    addresses = [plain.url]
    for link, conditions in steps:
        link.click()
        expect(plain).not_to_have_url(addresses[-1])
        says(plain, counted(*conditions))
        states.append(conditions)
        addresses.append(plain.url)
    visited = list(zip(addresses, states, strict=True))
    for address, conditions in visited[-2::-1]:
        plain.go_back()
        expect(plain).to_have_url(address)
        says(plain, counted(*conditions))
    for address, conditions in visited[1:]:
        plain.go_forward()
        expect(plain).to_have_url(address)
        says(plain, counted(*conditions))


@pytest.mark.usefixtures("record")
def test_back_and_forward_through_six_states(page: "Page", live_server: "LiveServer") -> None:
    """One of them by a drag on the histogram."""
    page.goto(live_server.url)
    states: list[tuple[str, ...]] = [()]
    for name in ("outlet", "sources", "brush", "actor", "differs", "q"):
        if name == "brush":
            condition = brushed(page)
        else:
            choose(page, name)
            condition = FILTERS[name][1]
        states.append((*states[-1], condition))
        says(page, counted(*states[-1]))
        asked = "from" if name == "brush" else name
        expect(page).to_have_url(re.compile(rf"[?&]{asked}="))
    for conditions in states[-2::-1]:
        page.go_back()
        says(page, counted(*conditions))
    expect(page.locator(".chip")).to_have_count(0)
    for conditions in states[1:]:
        page.go_forward()
        says(page, counted(*conditions))
    expect(page.locator("#q")).to_have_value("grain")
    expect(page.locator("#from")).not_to_have_value("")
    expect(page.locator(".chip")).to_have_count(len(states))


def brushed(page: "Page") -> str:
    """The first bins but for the last two, as the date boxes then name them."""
    drag(page, 0, page.locator(".chart__cover").count() - 3)
    page.get_by_role("button", name="Show these days").click()
    expect(page.locator("#from")).not_to_have_value("")
    first, last = (page.locator(box).input_value() for box in ("#from", "#to"))
    return f"span && daterange('{first}', '{last}', '[]')"


@pytest.mark.usefixtures("record")
def test_the_counts_beside_the_choices_follow(page: "Page", live_server: "LiveServer") -> None:
    page.goto(live_server.url)
    choose(page, "actor")
    box = page.locator("#status-denied")
    denied = expected("actor", "denied")
    expect(page.locator("#n-status-denied")).to_have_text(re.compile(rf"^{denied} "))
    box.check()
    says(page, denied)
    expect(box).to_be_focused()


@pytest.mark.usefixtures("record")
def test_a_pair_of_actors_takes_two_clicks(page: "Page", live_server: "LiveServer") -> None:
    together = counted(BY.format("ukraine"), BY.format("russia"))
    page.goto(live_server.url)
    for name in ("Ukraine", "Russia"):
        page.locator("#chosen-actors").get_by_label(name).click()
        expect(page.locator(".chip").filter(has_text=name)).to_be_visible()
    says(page, together)
    page.goto(live_server.url)
    page.get_by_role("link", name="Who with whom").click()
    page.get_by_role("table").get_by_role("link", name=str(together), exact=True).first.click()
    expect(page.locator(".chip")).to_contain_text(["Ukraine", "Russia"])
    says(page, together)


@pytest.mark.usefixtures("record")
def test_an_opened_card_has_an_address(page: "Page", live_server: "LiveServer") -> None:
    page.goto(live_server.url + "/?q=grain")
    page.locator(".event__more summary").nth(2).click()
    page.wait_for_url("**/?q=grain#event-*")
    card, title = page.locator("[data-event]").nth(2), page.title()
    for name, said in (
        ("Related", "Around the same days"),
        ("History", "Nothing has changed since"),
        ("Cite", "BibTeX"),
    ):
        card.get_by_role("link", name=name).click()
        expect(card.locator(".event__beside")).to_contain_text(said)
        expect(card.get_by_role("link", name=name)).to_be_focused()
    expect(page).to_have_title(title)
    expect(page).to_have_url(re.compile(r"\?q=grain#event-\d+$"))
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".event__more[open]")).to_have_count(1)
    expect(other.locator(".event__more").nth(2)).to_have_attribute("open", "")
    other.locator("#status-planned").check()
    other.wait_for_url("**status=planned**")
    assert page.url.endswith(other.url.partition("#")[2])
    assert "status" not in page.url
