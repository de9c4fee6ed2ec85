"""Days chosen on the histogram with a mouse: a drag, and an edge that is moved."""

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


def move(page: "Page", edge: str, to: int) -> None:
    """An edge of what is chosen, to the middle of a bin."""
    grip = page.get_by_role("slider", name=edge).bounding_box()
    end = page.locator(".chart__cover").nth(to).bounding_box()
    assert grip and end
    y = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, y, steps=4)
    page.mouse.up()
