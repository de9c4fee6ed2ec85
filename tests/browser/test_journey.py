"""From two pasted articles to one corrected event: browser, site, queue, worker and admin at once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import tasks
from articles.models import Article
from tests.config.processes import eventually
from tests.worker import WARM, worker
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

OURS = settings.BASE_DIR / "seeds" / "july-2025-calls" / "articles.jsonl"
PRINTED = settings.BASE_DIR.parent / "shared" / "seeds" / "articles.jsonl"

Pasted = dict[str, str]


def pair(path: Path, first: str, second: str) -> list[Pasted]:
    if not path.exists():
        return []
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    found = {line["id"]: line for line in lines}
    return [found[first], found[second]]


PAIRS = [
    pytest.param(pair(OURS, "calls-05", "calls-07"), id="dispatches"),
    pytest.param(
        pair(PRINTED, "000", "004"),
        id="printed",
        marks=pytest.mark.skipif(
            not PRINTED.exists(), reason="The two articles are not beside this checkout."
        ),
    ),
]


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """Its address, while a worker is at work."""
    User.objects.create_user("ana", password="made-up")
    User.objects.create_superuser("editor", password="made-up")
    with worker():
        yield live_server.url


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill("made-up")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".masthead__user")).to_have_text(name)


def paste(page: Page, article: Pasted) -> None:
    """Send it, stay on its status page until it is read, and look at the result."""
    page.get_by_label("Text", exact=True).fill(article["text"])
    page.get_by_label("Day of publication").fill(article["published"])
    page.get_by_role("button", name="Read this article").click()
    expect(page).to_have_url(re.compile(r"/uploads/\d+/$"))
    page.evaluate("window.neverReloaded = true")
    expect(page.locator(".notice--success")).to_contain_text("event", timeout=1000 * WARM)
    expect(page.locator(".steps__step--over").last).to_contain_text("Done")
    assert page.evaluate("window.neverReloaded") is True


def the_call(page: Page) -> Locator:
    """The cards of calls between the two presidents."""
    cards = page.locator("[data-event]").filter(has_text="speak by phone")
    for name in ("Donald Trump", "Vladimir Putin"):
        cards = cards.filter(has=page.locator(".event__actors", has_text=name))
    return cards


@pytest.mark.parametrize("articles", PAIRS)
def test_two_articles_become_one_event_that_an_editor_corrects(
    page: Page, site: str, articles: list[Pasted]
) -> None:
    _two_uploads(page, site, articles)
    _one_event(page)
    _filtered_and_back(page)
    _corrected(page, site)
    _kept_by_the_next_reading(page)


def _two_uploads(page: Page, site: str, articles: list[Pasted]) -> None:
    page.goto(f"{site}/upload/")
    sign_in(page, "ana")
    paste(page, articles[0])
    page.get_by_role("link", name="See the article with its sentences marked").click()
    expect(page.locator("mark.evidence").first).to_be_visible()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Upload").click()
    paste(page, articles[1])
    expect(page.locator(".notice--success")).to_contain_text(re.compile("corroborate|sharpened"))
    assert {a.uploaded_by.get_username() for a in Article.objects.all() if a.uploaded_by} == {"ana"}


def _one_event(page: Page) -> None:
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Timeline").click()
    call = the_call(page)
    expect(call).to_have_count(1)
    expect(call.locator(".event__more > summary")).to_contain_text("2 articles")
    heading = page.locator(".day").filter(has=call).locator(".day__date")
    expect(heading).to_have_text("Thursday 3 July 2025")
    call.locator(".event__more > summary").click()
    expect(call.locator(".accounts > li")).to_have_count(2)


def _filtered_and_back(page: Page) -> None:
    cards, sentence = page.locator("[data-event]"), page.locator("#sentence")
    everything, count = sentence.inner_text(), cards.count()
    page.fill("#actor", "Putin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?actor=vladimir-putin")
    # Enter is a change and a submission: both are to be answered, and Back undoes them at once.
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(sentence).not_to_have_text(everything)
    with_him = cards.filter(has=page.locator(".event__actors", has_text="Vladimir Putin"))
    assert 0 < with_him.count() == cards.count() < count
    expect(the_call(page)).to_have_count(1)
    page.go_back()
    expect(sentence).to_have_text(everything)
    expect(cards).to_have_count(count)
    expect(page.locator("#chosen-actors input:checked")).to_have_count(0)


def _corrected(page: Page, site: str) -> None:
    the_call(page).locator(".event__title a").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".masthead__user")).to_have_count(0)
    the_call(page).locator(".event__title a").click()
    event = page.url
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    sign_in(page, "editor")
    expect(page).to_have_url(event)
    page.get_by_role("link", name=re.compile("^Correct")).click()
    page.get_by_label("Date:").fill("early July 2025")
    expect(page.locator("#date-echo")).to_contain_text("Understood as early July 2025")
    page.get_by_label("Reason:").fill("The hour is disputed.")
    page.get_by_role("button", name="Save and stay").click()
    expect(page.locator(".field-date .decision")).to_contain_text("The hour is disputed.")
    page.goto(event)
    _shows_the_correction(page)
    assert Event.objects.get(pk=int(event.rstrip("/").rpartition("/")[2])).basis == "editor"


def _shows_the_correction(page: Page) -> None:
    date = page.locator(".dossier__date")
    expect(date).to_have_text("early July 2025")
    expect(date.locator("time")).to_have_count(0)
    expect(page.locator(".dossier__head .why").first).to_contain_text("An editor set this date")
    expect(page.locator(".dossier__head")).to_contain_text("Corrected by an editor")
    expect(page.locator("#history li").first).to_contain_text("The hour is disputed.")
    expect(page.locator("#history ins").first).to_have_text("early July 2025")


def _kept_by_the_next_reading(page: Page) -> None:
    """The worker reads both once more; what the editor said stands."""
    for article in Article.objects.all():
        tasks.retry(article)
    assert eventually(lambda: not Article.objects.unfinished().exists(), WARM)
    assert not Article.objects.filter(state="failed").exists()
    page.reload()
    _shows_the_correction(page)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Timeline").click()
    expect(the_call(page)).to_have_count(1)
    expect(the_call(page)).to_contain_text("Corrected by an editor")
