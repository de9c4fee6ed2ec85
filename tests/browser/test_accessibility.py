"""axe-core on every page that readers and contributors see: light, dark, narrow, middling and wide."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone

from tests.timeline.builders import make_actor, make_article, make_event, make_mention
from timeline.dates import UNDATED, DateValue
from timeline.filters import VIEWS
from timeline.models import Event, Relation, Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that find something else in another scheme."""
EDITORS = (
    *("the timeline", "an event", "an article", "upload", "an article that failed"),
    *("an article that waits", "likely duplicates", "a comparison", "conflicts"),
)
"""Pages that editors see, or see more of."""


@pytest.fixture
def record() -> dict[str, str]:
    """Events of all shapes; the addresses of all kinds of pages, by what is special about them."""
    france = make_actor("France", "Paris")
    macron = make_actor("Emmanuel Macron", kind="person")
    Role.objects.create(person=macron, side=france, office="president", since=dt.date(2017, 5, 14))
    shapes = [
        DateValue.day(dt.date(2025, 7, 3)),
        DateValue.month(2025, 7),
        DateValue.until(dt.date(2025, 7, 9)),
        DateValue.year(2025),
        UNDATED,
    ]
    statuses = ("occurred", "planned", "denied", "proposed", "cancelled")
    for n, (shape, status) in enumerate(zip(shapes * 2, statuses * 2, strict=True)):
        event = make_event(
            shape,
            type=("call", "strike", "sanctions", "agreement", "statement", "legal")[n % 6],
            status=status,
            title=f"Event {n} of France and Germany",
            actors=("Emmanuel Macron", "France", "Germany")[: n % 3 + 1],
            evidence=f"On 3 July France and Germany spoke for the {n}th time.",
            differs=n == 1,
            corrected=n == 2,
        )
        if n == 1:
            make_mention(event, "Berlin spoke of it, too.", outlet="Gazette")
    first, second = Event.objects.filter(withdrawn_at=None).order_by("pk")[:2]
    Relation.objects.create(
        kind="duplicate", event=first, other=second, score=0.7, because="The same actors."
    )
    Relation.objects.create(kind="outcome", event=second, other=first, score=1)
    gone = make_event(title="Nobody tells of it", review="rejected")
    waits = make_article(published=None)
    waits.state = "waiting"
    waits.save()
    article = make_article()
    make_mention(Event.objects.get(title="Event 1 of France and Germany"), article=article)
    article.headline, article.state = "Two capitals talk", "failed"
    article.failure = "It is not in English."
    article.save()
    event = second
    merged = make_event(merged_into=event, withdrawn_at=timezone.now())
    return {
        "the timeline": "/",
        **{f"drawn {label.lower()}": f"/?view={key}" for key, label in VIEWS.items()},
        "a filter with notes": "/?type=call&from=2025&actor=Frence&typ=x",
        "nothing found": "/?q=armadillo&from=1900&to=1901",
        "an event": f"/events/{merged.pk}/",
        "an event that is gone": f"/events/{gone.pk}/",
        "the actors": "/actors/",
        "an actor": "/actors/france/",
        "the articles": "/articles/",
        "an article": f"/articles/{article.pk}/",
        "an article that failed": f"/uploads/{article.pk}/",
        "an article that waits": f"/uploads/{waits.pk}/",
        "nowhere": "/nowhere/",
        "upload": "/upload/",
        "sign in": "/login/",
        "likely duplicates": "/review/duplicates/",
        "a comparison": f"/review/compare/?event={first.pk}&event={second.pk}",
        "conflicts": "/review/conflicts/",
    }


def violations(page: "Page", options: dict[str, object], part: str | None = None) -> list[str]:
    """What axe, which stands in the page, finds in it or in a part of it."""
    found = page.evaluate(
        "([part, options]) => axe.run(part ? { include: [[part]] } : document, options)"
        ".then((results) => results.violations)",
        [part, {"resultTypes": ["violations"], **options}],
    )
    return [f"{v['id']} – {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found]


def look_at(page: "Page", name: str) -> Iterator[str]:
    """At every width, and there in either scheme. Of the pages that draw the timeline's events in
    other ways, colours are looked at in the drawing alone: the rest is that of the timeline."""
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.evaluate(Axe().axe_script)
    drawing = ".chart" if name.startswith("drawn") else None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = violations(page, {"runOnly": COLOURS}, drawing)
            yield from (f"{name}, {width} px, {scheme}: {each}" for each in found)
        found = violations(page, {"rules": {rule: {"enabled": False} for rule in COLOURS}})
        yield from (f"{name}, {width} px: {each}" for each in found)


def test_every_page_at_every_width(
    chromium: "Browser", live_server: "LiveServer", record: dict[str, str]
) -> None:
    """Without transitions: axe would meet colours on their way from one scheme to the other."""
    User.objects.create_superuser("editor", password="pw")
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    found: list[str] = []
    for signed_in in (False, True):
        names = EDITORS if signed_in else record
        for name, path in ((name, record[name]) for name in names):
            page.goto(live_server.url + path)
            if name == "sign in" or "/login/" not in page.url:
                found += look_at(page, f"{name}, signed in" if signed_in else name)
        if not signed_in:
            page.goto(live_server.url + "/login/")
            page.fill("[name=username]", "editor")
            page.fill("[name=password]", "pw")
            page.keyboard.press("Enter")
            page.wait_for_url(live_server.url + "/")
    context.close()
    assert not found, "\n".join(found)
