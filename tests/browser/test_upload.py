"""Uploading as contributors do it: in a browser, with and without scripts, read by the real parser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import ingest
from articles.models import Article
from tests.articles.near_copies import JULY_4, PAPERS, WIRE

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Leaders speak by phone

KYIV, July 4, 2025 (Courier) — Ukrainian President Volodymyr Zelensky and U.S. President Donald
Trump spoke by phone on Friday, officials said."""


def sign_in(page: Page, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(User.objects.create_user("ana"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )


@pytest.fixture
def member(page: Page, live_server: LiveServer) -> Page:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/upload/")
    return page


@pytest.fixture
def plain_member(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A member whose browser runs no scripts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/upload/")
    yield page
    context.close()


def test_what_is_typed_is_previewed(member: Page) -> None:
    member.get_by_label("Text", exact=True).fill(TEXT)
    preview = member.get_by_label("What was read")
    expect(preview).to_contain_text("Friday 4 July 2025")
    expect(preview).to_contain_text("The dateline says “July 4, 2025”.")
    assert not Article.objects.exists()


def test_a_chosen_file_is_previewed(member: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<html><head><title>The title</title></head><body><p>{TEXT}</p></body></html>")
    member.get_by_label("Or a file").set_input_files(file)
    expect(member.get_by_label("What was read")).to_contain_text("The title")


def test_an_upload_is_followed_to_its_end_and_leads_to_the_article(member: Page) -> None:
    member.get_by_label("Text", exact=True).fill(TEXT)
    member.get_by_role("button", name="Read this article").click()
    expect(member).to_have_url(re.compile(r"/uploads/\d+/$"))
    expect(member.locator("[aria-current=step]")).to_have_text("Received")
    ingest.read(Article.objects.get().pk)
    # Nobody reloads the page: it asks.
    expect(member.locator(".notice--success")).to_have_text("1 event: 1 new.")
    expect(member.get_by_role("status")).to_have_text("Done. 1 event: 1 new.")
    expect(member.get_by_role("link", name="Refresh")).to_have_count(0)
    member.get_by_role("link", name="See the article with its sentences marked").click()
    expect(member.locator("mark.evidence")).to_contain_text("spoke by phone on Friday")


def test_all_of_it_works_without_scripts(plain_member: Page) -> None:
    page = plain_member
    page.get_by_label("Text", exact=True).fill(TEXT.replace(", 2025", ""))
    page.get_by_role("button", name="Read this article").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was stored")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT.replace(", 2025", ""))
    page.get_by_label("Day of publication").fill("4 July 2025")
    page.get_by_role("button", name="Read this article").click()
    expect(page.locator("[aria-current=step]")).to_have_text("Received")
    ingest.read(Article.objects.get().pk)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("1 new.")).to_be_visible()


def test_a_near_copy_is_asked_about_without_scripts(plain_member: Page) -> None:
    ingest.receive(text=WIRE, published=JULY_4, outlet="The Post")
    page = plain_member
    page.get_by_label("Text", exact=True).fill(PAPERS[1])
    page.get_by_label("Day of publication").fill("4 July 2025")
    page.get_by_label("Outlet").fill("The Ledger")
    page.get_by_role("button", name="Read this article").click()
    expect(page.get_by_role("group", name="Is this the same report?")).to_be_visible()
    expect(page.get_by_label("Outlet")).to_have_value("The Ledger")
    page.get_by_label("The same wire text, printed elsewhere").check()
    page.get_by_role("button", name="Store and read it").click()
    expect(page.locator("[aria-current=step]")).to_have_text("Received")
    expect(page.get_by_text("The same wire text as")).to_be_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_is_wider_than_its_window(
    member: Page, live_server: LiveServer, width: int
) -> None:
    article = ingest.receive(text=TEXT + "\n\n" + "wide" * 400, published=None)
    member.set_viewport_size({"width": width, "height": 800})
    for path in ("/upload/", "/articles/", f"/articles/{article.pk}/", f"/uploads/{article.pk}/"):
        member.goto(live_server.url + path)
        assert member.evaluate("document.documentElement.scrollWidth") <= width, path
