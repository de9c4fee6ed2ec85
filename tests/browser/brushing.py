"""Days chosen on the histogram with a mouse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def drag(page: "Page", first: int, last: int) -> None:
    """From the middle of one bin to that of another, counted from 0."""
    page.locator(".chart__head").scroll_into_view_if_needed()
    bars = page.locator(".chart__cover")
    start, end = bars.nth(first).bounding_box(), bars.nth(last).bounding_box()
    assert start and end
    y = start["y"] - 80
    page.mouse.move(start["x"] + start["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, y, steps=8)
    page.mouse.up()
