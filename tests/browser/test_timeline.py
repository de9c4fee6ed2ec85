"""A reader at the timeline in a real browser, with scripts and without."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.dates import DateValue
from timeline.views import PAGE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record() -> None:
    make_actor("Ukraine", "Kyiv")
    for n in range(PAGE + 5):
        day = DateValue.day(dt.date(2025, 7, 31) - dt.timedelta(days=n))
        make_event(day, title=f"Event {n}")
    make_event(title="Kyiv speaks", actors=("Ukraine",), type="statement", evidence="Kyiv spoke.")


@pytest.fixture
def reader(page: "Page", live_server: "LiveServer", record: None) -> "Page":
    page.goto(live_server.url)
    return page


def test_the_form_filters_as_it_is_filled(reader: "Page") -> None:
    sentence = reader.locator("#sentence")
    reader.fill("#from", "30 July 2025")
    reader.keyboard.press("Tab")
    reader.wait_for_url("**/?from=30+July+2025")
    expect(sentence).to_have_text("2 events from 30 to 31 July 2025")
    expect(reader).to_have_title("2 events from 30 to 31 July 2025 – Demarche")
    expect(reader.locator("#from-echo")).to_contain_text("Wednesday 30 July 2025")
    reader.go_back()
    expect(sentence).to_have_text("56 events from 7 June to 31 July 2025")
    expect(reader.locator("#from")).to_have_value("")


def test_an_actor_is_suggested_by_alias_and_kept(reader: "Page") -> None:
    reader.locator("#actor").press_sequentially("Kyi")
    reader.wait_for_selector("#actor-names option[value=Ukraine]", state="attached")
    reader.fill("#actor", "Kyiv")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/?actor=ukraine")
    expect(reader.locator("#chosen-actors input[type=checkbox]")).to_be_checked()
    reader.locator(".chip").click()
    reader.wait_for_url(lambda url: "actor" not in url)


def test_more_events_are_added_to_the_page(reader: "Page") -> None:
    expect(reader.locator("[data-event]")).to_have_count(PAGE)
    reader.locator(".more a").click()
    expect(reader.locator("[data-event]")).to_have_count(PAGE + 6)
    expect(reader.locator("[data-event] .event__title a").nth(PAGE)).to_be_focused()


def test_keys(reader: "Page") -> None:
    titles = reader.locator(".event__title a")
    for key, here in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        reader.keyboard.press(key)
        assert titles.nth(here).evaluate("a => a === document.activeElement")
    reader.keyboard.press("?")
    expect(reader.locator("#keys")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.locator("#keys")).to_be_hidden()
    reader.keyboard.press("/")
    reader.keyboard.type("jk?")
    expect(reader.locator("#q")).to_have_value("jk?")


def test_nothing_is_wider_than_the_window(reader: "Page", live_server: "LiveServer") -> None:
    """Nor is what papers and people are called, however long and of one word."""
    event = make_event(title="W" * 200, actors=("A" * 90,), places=["P" * 100], evidence="E" * 300)
    mention = make_mention(event, "Sentence" * 40, outlet="O" * 90)
    for path in ("/", f"/events/{event.pk}/", f"/articles/{mention.article_id}/", "/actors/"):
        reader.goto(live_server.url + path)
        reader.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        for width in (320, 375, 1280, 1920):
            reader.set_viewport_size({"width": width, "height": 800})
            assert reader.evaluate("document.documentElement.scrollWidth") == width, (path, width)


def test_all_of_it_works_without_scripts(
    chromium: "Browser", live_server: "LiveServer", record: None
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 375, "height": 800}
    )
    page = context.new_page()
    page.goto(live_server.url)
    page.locator(".rail__toggle summary").click()
    page.fill("#actor", "Kyiv")
    page.get_by_role("button", name="Show events").click()
    expect(page.locator("#sentence")).to_have_text("1 event on 3 July 2025")
    page.locator(".event__more summary").click()
    expect(page.locator(".event__accounts")).to_be_visible()
    page.goto(live_server.url)
    page.locator(".more a").click()
    expect(page.locator("[data-event]")).to_have_count(6)
    context.close()
