"""axe-core on every page that readers and contributors see: light, dark, narrow, middling and wide."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User

from tests.timeline.builders import make_actor, make_article, make_event, make_mention
from timeline.dates import UNDATED, DateValue
from timeline.filters import VIEWS
from timeline.models import Event, Relation, Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
EDITORS = ("the timeline", "an event", "an article", "upload", "likely duplicates", "conflicts")
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
    gone = make_event(title="Nobody tells of it", review="rejected")
    article = make_article()
    make_mention(Event.objects.get(title="Event 1 of France and Germany"), article=article)
    article.headline, article.state = "Two capitals talk", "failed"
    article.failure = "It is not in English."
    article.save()
    event = Event.objects.get(title="Event 1 of France and Germany")
    return {
        "the timeline": "/",
        **{f"drawn {label.lower()}": f"/?view={key}" for key, label in VIEWS.items()},
        "a filter with notes": "/?type=call&from=2025&actor=Frence&typ=x",
        "nothing found": "/?q=armadillo&from=1900&to=1901",
        "an event": f"/events/{event.pk}/",
        "an event that is gone": f"/events/{gone.pk}/",
        "the actors": "/actors/",
        "an actor": "/actors/france/",
        "the articles": "/articles/",
        "an article": f"/articles/{article.pk}/",
        "an article that failed": f"/uploads/{article.pk}/",
        "upload": "/upload/",
        "sign in": "/login/",
        "likely duplicates": "/review/duplicates/",
        "conflicts": "/review/conflicts/",
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_at_every_width(
    chromium: "Browser", live_server: "LiveServer", record: dict[str, str], scheme: str
) -> None:
    User.objects.create_superuser("editor", password="pw")
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page, axe, found = context.new_page(), Axe(), []
    for signed_in in (False, True):
        names = EDITORS if signed_in else record
        for name, path in ((name, record[name]) for name in names):
            page.goto(live_server.url + path)
            page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found += [
                    f"{name}, {width} px, {scheme}: {v['id']} – {v['help']}: {v['nodes'][0]['html'][:200]}"
                    for v in axe.run(page).response["violations"]
                ]
        if not signed_in:
            page.goto(live_server.url + "/login/")
            page.fill("[name=username]", "editor")
            page.fill("[name=password]", "pw")
            page.keyboard.press("Enter")
            page.wait_for_url(live_server.url + "/")
    context.close()
    assert not found, "\n".join(found)
