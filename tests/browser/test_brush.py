"""Days chosen on the histogram, with a mouse and with keys, and the way back."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.brushing import drag, move
from tests.timeline.builders import make_actor, make_event
from timeline.dates import DateValue

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record() -> None:
    """One event a day, on twenty days of July, and one that may lie on any of them."""
    make_actor("Ukraine")
    for n in range(20):
        day = DateValue.day(dt.date(2025, 7, 1 + n))
        make_event(day, title=f"Event {n}", actors=("Ukraine",))
    make_event(DateValue.month(2025, 7), title="Some day in July")


@pytest.fixture
def reader(page: "Page", live_server: "LiveServer", record: None) -> "Page":
    page.goto(live_server.url + "/?to=20+July+2025")
    return page


def test_a_drag_snaps_to_whole_days_and_can_be_adjusted(reader: "Page") -> None:
    drag(reader, 9, 5)
    expect(reader.locator(".brush__bar output")).to_have_text(
        "6 July 2025 – 10 July 2025: 5 in its bars"
    )
    first = reader.get_by_role("slider", name="First day")
    first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "7 July 2025")
    move(reader, "Last day", 11)
    expect(reader.get_by_role("slider", name="Last day")).to_have_attribute(
        "aria-valuetext", "12 July 2025"
    )
    move(reader, "Last day", 9)
    reader.get_by_role("button", name="Show these days").click()
    reader.wait_for_url("**/?from=2025-07-07&to=2025-07-10")
    expect(reader.locator("#sentence")).to_contain_text("5 events")
    expect(reader.locator("#from")).to_have_value("2025-07-07")
    expect(reader.locator("#from-echo")).to_contain_text("Monday 7 July 2025")
    expect(reader.get_by_role("button", name="Choose days")).to_be_focused()


def test_back_to_the_previous_range_by_its_link_and_by_the_browser(reader: "Page") -> None:
    drag(reader, 2, 11)
    reader.get_by_role("button", name="Show these days").click()
    reader.wait_for_url("**/?from=2025-07-03&to=2025-07-12")
    drag(reader, 1, 3)
    reader.get_by_role("button", name="Show these days").click()
    reader.wait_for_url("**/?from=2025-07-04&to=2025-07-06")
    reader.get_by_role("link", name="Back to the previous range").click()
    reader.wait_for_url("**/?from=2025-07-03&to=2025-07-12")
    expect(reader.locator("#from")).to_have_value("2025-07-03")
    for address, events in (
        ("?from=2025-07-04&to=2025-07-06", 4),
        ("?from=2025-07-03&to=2025-07-12", 11),
        ("?to=20+July+2025", 21),
    ):
        reader.go_back()
        reader.wait_for_url(f"**/{address}")
        expect(reader.locator("#sentence")).to_contain_text(f"{events} events")
    reader.go_forward()
    reader.wait_for_url("**/?from=2025-07-03&to=2025-07-12")
    expect(reader.locator("#to")).to_have_value("2025-07-12")


def test_by_keys_alone(reader: "Page") -> None:
    reader.get_by_role("button", name="Choose days").press("Enter")
    first, last = (reader.get_by_role("slider", name=f"{which} day") for which in ("First", "Last"))
    expect(first).to_be_focused()
    first.press("Shift+ArrowRight")
    first.press("ArrowRight")
    reader.keyboard.press("Tab")
    expect(last).to_be_focused()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        last.press(key)
    expect(last).to_have_attribute("aria-valuetext", "9 July 2025")
    expect(last).to_have_attribute("aria-valuemin", "6")
    expect(last).to_have_attribute("aria-valuenow", "8")
    last.press("Enter")
    reader.wait_for_url("**/?from=2025-07-07&to=2025-07-09")


def test_escape_lets_go(reader: "Page") -> None:
    drag(reader, 3, 6)
    reader.get_by_role("slider", name="Last day").press("Escape")
    expect(reader.locator(".brush__bar")).to_be_hidden()
    assert reader.url.endswith("/?to=20+July+2025")


def test_a_click_still_opens_the_day(reader: "Page") -> None:
    reader.locator(".chart__plot a").nth(4).click(position={"x": 5, "y": 100})
    reader.wait_for_url("**/?from=2025-07-05&to=2025-07-05")
    expect(reader.get_by_role("link", name="Back to the previous range")).to_be_visible()


def test_on_the_page_of_an_actor_it_leads_to_the_timeline(
    reader: "Page", live_server: "LiveServer"
) -> None:
    reader.goto(live_server.url + "/actors/ukraine/")
    drag(reader, 0, 3)
    reader.get_by_role("button", name="Show these days").click()
    reader.wait_for_url("**/?actor=ukraine&from=2025-07-01&to=2025-07-04")
