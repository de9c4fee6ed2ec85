"""An editor corrects a date in a real browser, with scripts and without."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from articles import receiving
from articles.models import Article, Mention, Outlet
from timeline import record
from timeline.dates import DateValue, edtf
from timeline.models import Actor, Event

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "The two presidents spoke by phone in early July, an official said."


@pytest.fixture
def event() -> Event:
    """A call that two articles tell of, the second one less exactly."""
    event = Event.objects.create(type="call", title="-")
    dates = (DateValue.day(dt.date(2025, 7, 3)), DateValue.part_of_month(2025, 7, "early"))
    for number, date in enumerate(dates):
        outlet = Outlet.objects.create(name=f"Courier {number}", slug=f"courier-{number}")
        text = f"{TEXT} {number}"
        article = Article.objects.create(
            text=text,
            digest=receiving.digest_of(text),
            headline="They spoke",
            outlet=outlet,
            published=dt.date(2025, 7, 4 + number),
            state="done",
        )
        mention = Mention(
            article=article,
            event=event,
            type="call",
            status="occurred",
            start=0,
            end=len(TEXT),
            evidence=TEXT,
            trigger_start=19,
            trigger_end=24,
            date_start=37,
            date_end=47,
            basis="explicit",
            confidence=0.8,
        )
        mention.date = date
        mention.save()
    record.resettle([event.pk], "read")
    return event


@pytest.fixture
def editor(page: "Page", live_server: "LiveServer", event: Event) -> "Page":
    """The event's page, opened by an editor."""
    _sign_in(page, live_server.url, event)
    return page


@pytest.fixture
def scriptless(chromium: "Browser", live_server: "LiveServer", event: Event) -> Iterator["Page"]:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    _sign_in(page, live_server.url, event)
    yield page
    context.close()


def _sign_in(page: "Page", site: str, event: Event) -> None:
    User.objects.create_superuser("editor", password="made-up")
    address = reverse("admin:timeline_event_change", args=[event.pk])
    page.goto(f"{site}{address}")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("made-up")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Date:").wait_for()


def test_an_editor_corrects_a_date(editor: "Page", event: Event) -> None:
    box, echo = editor.get_by_label("Date:"), editor.locator("#date-echo")
    expect(box).to_have_value("3 July 2025")
    box.fill("before 3 july 2025")
    echo.get_by_text("Understood as on or before 2 July 2025").wait_for()
    box.fill("before July")
    echo.get_by_text("Add the year").wait_for()
    box.fill("2 July 2025")
    echo.get_by_text("EDTF 2025-07-02").wait_for()
    editor.get_by_label("Reason:").fill("The ministry’s own page.")
    editor.get_by_role("button", name="Save and stay").click()
    editor.get_by_text("An editor’s decision:").wait_for()
    event.refresh_from_db()
    assert (edtf(event.date), event.corrected) == ("2025-07-02", True)


def test_a_date_is_taken_from_the_evidence_in_place(editor: "Page", event: Event) -> None:
    editor.get_by_label("Reason:").fill("Kept while the box is filled.")
    editor.get_by_role("link", name="Use this date").nth(1).click()
    editor.locator("#date-echo").get_by_text("EDTF 2025-07-01/2025-07-10").wait_for()
    expect(editor.get_by_label("Reason:")).to_have_value("Kept while the box is filled.")
    editor.get_by_role("button", name="Confirm").click()
    editor.get_by_text("Confirmed by editor").first.wait_for()
    event.refresh_from_db()
    assert (edtf(event.date), event.review) == ("2025-07-01/2025-07-10", "confirmed")


def test_enter_in_the_box_saves_and_a_decision_can_be_given_back(
    editor: "Page", event: Event
) -> None:
    editor.get_by_label("Date:").fill("1 July 2025")
    editor.get_by_label("Date:").press("Enter")
    editor.get_by_text("An editor’s decision:").wait_for()
    editor.get_by_label("Title:").press("Enter")
    editor.get_by_text("Nothing was changed.").wait_for()
    editor.get_by_role("button", name="Give back to the parser: Date").click()
    editor.get_by_text("Given back to the parser: date.").wait_for()
    event.refresh_from_db()
    assert (edtf(event.date), event.corrected) == ("2025-07-03", False)


def test_an_actor_is_found_and_added(editor: "Page", event: Event) -> None:
    fields = {"slug": "zelenskyy", "sort_name": "zelenskyy", "kind": "person"}
    Actor.objects.create(name="Volodymyr Zelenskyy", aliases=["Zelensky"], **fields)
    editor.get_by_label("Find an actor to add").fill("zelens")
    editor.get_by_role("button", name="Volodymyr Zelenskyy").click()
    expect(editor.get_by_label("Actors:")).to_have_value("Volodymyr Zelenskyy")
    editor.get_by_role("button", name="Save and stay").click()
    editor.get_by_text("Corrected: actors.").wait_for()
    assert [actor.name for actor in event.actors.all()] == ["Volodymyr Zelenskyy"]


def test_all_of_it_works_without_scripts(scriptless: "Page", event: Event) -> None:
    scriptless.get_by_role("link", name="Use this date").nth(1).click()
    expect(scriptless.get_by_label("Date:")).to_have_value("early July 2025")
    scriptless.get_by_label("Date:").fill("early July")
    scriptless.get_by_role("button", name="Save and stay").click()
    expect(scriptless.get_by_text("Add the year").first).to_be_visible()
    scriptless.get_by_label("Date:").fill("early July 2025")
    scriptless.get_by_role("button", name="Save and stay").click()
    scriptless.get_by_text("Corrected: date.").wait_for()
    event.refresh_from_db()
    assert edtf(event.date) == "2025-07-01/2025-07-10"


@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_are_no_wider_than_the_screen(
    editor: "Page", live_server: "LiveServer", event: Event, width: int
) -> None:
    editor.set_viewport_size({"width": width, "height": 800})
    article = Article.objects.first()
    assert article
    for address in (
        editor.url,
        live_server.url + reverse("admin:timeline_event_changelist"),
        live_server.url + reverse("admin:articles_article_change", args=[article.pk]),
    ):
        editor.goto(address)
        assert editor.evaluate("document.documentElement.scrollWidth") <= width
