"""What a page does beside showing things: nothing jumps, nothing moves unasked, nothing runs."""

import datetime as dt
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.dates import DateValue

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = (
    '<script>document.title = "owned"</script><img src=x onerror="document.title = 1">\u202eevil'
)
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => { sum += shift.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


@pytest.fixture
def record() -> None:
    for n in range(60):
        day = DateValue.day(dt.date(2025, 7, 1) + dt.timedelta(days=n))
        sides = ("Ukraine", "Russia")
        make_event(day, title=f"Event {n}", actors=sides, evidence="They spoke.", differs=n == 0)


@pytest.mark.usefixtures("record")
def test_nothing_jumps_after_it_was_drawn(page: "Page", live_server: "LiveServer") -> None:
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/", "/?view=actors", "/?view=relations", "/actors/ukraine/"):
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate(SHIFTS) == 0, (path, width)


@pytest.mark.usefixtures("record")
def test_only_the_sentence_is_announced(page: "Page", live_server: "LiveServer") -> None:
    page.goto(live_server.url)
    live = page.locator("[aria-live], [role=status], [role=alert], [role=log], output:visible")
    expect(live).to_have_count(1)
    assert live.get_attribute("id") == "sentence"
    page.locator("#status-occurred").check()
    page.wait_for_url("**status=occurred**")
    expect(live).to_have_count(1)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_wants_no_motion_gets_none(
    chromium: "Browser", live_server: "LiveServer", motion: str
) -> None:
    context = chromium.new_context(reduced_motion=motion)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(live_server.url)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration"
        " !== '0s' || getComputedStyle(e).animationName !== 'none').length"
    )
    assert (moving == 0) == (motion == "reduce")
    context.close()


def test_hostile_words_do_not_run(page: "Page", live_server: "LiveServer") -> None:
    """The page fixture fails on any violation of the content security policy."""
    actor = make_actor(f"A {HOSTILE}"[:100])
    event = make_event(title=HOSTILE, actors=(actor.name,))
    mention = make_mention(event, HOSTILE, outlet=f"O {HOSTILE}"[:100])
    mention.article.headline = HOSTILE
    mention.article.save()
    for path in (
        *("/", "/?view=pairs", "/?view=relations", f"/events/{event.pk}/"),
        *("/actors/", f"/actors/{actor.slug}/", f"/articles/{mention.article_id}/"),
    ):
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        expect(page.locator("main")).to_contain_text("evil")
        assert page.title() not in ("owned", "1")
        expect(page.locator("main img")).to_have_count(0)


@pytest.mark.usefixtures("record")
def test_on_paper_there_are_events_and_no_controls(page: "Page", live_server: "LiveServer") -> None:
    page.goto(live_server.url)
    page.emulate_media(media="print")
    expect(page.locator(".event__title").first).to_be_visible()
    for control in (".rail", ".views", ".more", ".masthead__nav", "[data-brush-start]"):
        expect(page.locator(control).first).to_be_hidden()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_wants_more_contrast_gets_ink(
    page: "Page", live_server: "LiveServer", scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme, contrast="more")
    page.goto(live_server.url)
    colour = "e => getComputedStyle(e).color"
    for muted in (".desk__sentence", ".choice__count", ".source"):
        assert page.locator(muted).first.evaluate(colour) == page.locator("h1").evaluate(colour)


@pytest.mark.usefixtures("record")
def test_with_forced_colours_what_is_chosen_can_be_told(
    chromium: "Browser", live_server: "LiveServer"
) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(live_server.url + "/?differs=1")
    for chosen in (".preset[aria-current]", ".views a[aria-current]"):
        style = page.locator(chosen).first.evaluate("e => getComputedStyle(e).outlineStyle")
        assert style == "solid"
    context.close()
