"""An editor at the likely duplicates in a real browser, with scripts and without."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import expect

from tests.timeline.builders import make_event
from timeline import record
from timeline.models import Decision, Event, Relation
from timeline.signals import mentions_moved

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Two pairs of likely duplicates, which nothing that matching would find makes so: so matching
    does not listen when an editor moves mentions."""
    monkeypatch.setattr(mentions_moved, "receivers", [])
    editor = User.objects.create_user("eva", password="a-long-password")
    editor.user_permissions.add(Permission.objects.get(codename="change_event"))
    events = [make_event(evidence=f"They spoke, {n}.") for n in range(4)]
    record.resettle([event.pk for event in events], "read")
    for number in (0, 2):
        Relation.objects.create(
            kind="duplicate",
            event=events[number],
            other=events[number + 1],
            score=0.9 - number / 10,
            because="The same day.",
        )
    return events


def sign_in(page: "Page", site: str) -> None:
    page.goto(f"{site}/login/?next=/review/duplicates/")
    page.fill("[name=username]", "eva")
    page.fill("[name=password]", "a-long-password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/duplicates/")


def test_a_pair_is_merged_in_place_and_undone_by_keyboard(
    page: "Page", live_server: "LiveServer", events: list[Event]
) -> None:
    sign_in(page, live_server.url)
    first = page.locator(".pair").first
    first.get_by_label(f"Event {events[1].pk} stays").check()
    first.get_by_role("button", name="Same event").press("Enter")
    expect(page.locator(".pair")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text(f"Merged into event {events[1].pk}")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    events[0].refresh_from_db()
    assert events[0].merged_into == events[1]
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Undone")
    expect(page.locator(".pair")).to_have_count(2)


def test_a_pair_is_kept_apart_in_place(
    page: "Page", live_server: "LiveServer", events: list[Event]
) -> None:
    sign_in(page, live_server.url)
    page.get_by_role("button", name="Two events").nth(1).click()
    expect(page.locator(".pair")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("stay two events")
    decision = Decision.objects.get()
    assert (decision.kind, decision.event, decision.other) == ("part", events[2], events[3])


@pytest.mark.parametrize("button", ["Same event", "Two events"])
def test_without_scripts_the_page_comes_again(
    chromium: "Browser", live_server: "LiveServer", events: list[Event], button: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    sign_in(page, live_server.url)
    page.get_by_role("button", name=button).first.click()
    expect(page.locator(".pair")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".pair")).to_have_count(2)
    context.close()
