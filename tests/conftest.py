"""What every test can ask for. Each run has a data directory, and so a PostgreSQL, of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.config import processes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page
    from pytest_django.plugin import DjangoDbBlocker

SCRATCH = Path(tempfile.mkdtemp(prefix="demarche-tests-")).resolve()
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST_WAIT = 30_000
"""Milliseconds for what a page should come to show; a busy machine may be slow, but not wrong."""

# How long an example takes says how busy the machine is, and nothing about the code.
hypothesis.settings.register_profile(
    "demarche", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "thorough", parent=hypothesis.settings.get_profile("demarche"), max_examples=500
)
hypothesis.settings.load_profile("demarche")


def pytest_configure(config: pytest.Config) -> None:
    """Settings load here and not by pytest-django's option, which loads them before this file.

    Where several processes run the tests, the one above them runs none: what it set would reach the
    others before they set their own.
    """
    if config.option.numprocesses and not hasattr(config, "workerinput"):
        return
    os.environ["DEMARCHE_DATA"] = str(SCRATCH)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    for name in ("DATABASE_URL", "DEBUG", "HTTPS", "SECRET_KEY"):
        os.environ.pop(name, None)
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    """Remove the folder once nobody works in it: a guardian that is still going makes its locks."""
    from config.embedded import server

    server.stop(SCRATCH / "postgres")
    processes.eventually(lambda: not processes.of(SCRATCH))
    processes.eventually(lambda: _removed(SCRATCH))


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Autovacuum would find the tables empty while a test fills them in one long transaction, and
    note so for the planner: reading the sample dispatches then takes 5 minutes instead of 20 s.

    At the end others may still be connected, such as a request that nobody waits for any more; a
    database that is in use cannot be removed.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """A real browser. Where there is none the tests that need it are skipped, but never in CI."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "There is no Chromium on this machine (Debian: apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LONGEST_WAIT)
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints() -> list[str]:
    """What the page's console said in anger; a test that provokes an error takes it out of here."""
    return []


@pytest.fixture
def page(chromium: "Browser", complaints: list[str]) -> Iterator["Page"]:
    """A page in a browser context of its own. Console errors and CSP violations fail the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()

    def listen(message: "ConsoleMessage") -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
