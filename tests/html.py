"""Pages as trees, so that a test asks what stands where and not how it is written."""

from collections.abc import Iterator

from django.test import Client
from django.test.html import Element, parse_html


def page(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, address
    return parse_html(response.content.decode())


def attribute(element: Element, name: str) -> str:
    return dict(element.attributes).get(name) or ""


def is_a(element: Element, *names: str) -> bool:
    """Whether it has one of these tags or classes."""
    return bool({element.name or "", *attribute(element, "class").split()} & set(names))


def walk(element: Element, *names: str, but: tuple[str, ...] = ()) -> Iterator[Element]:
    """Those in it with one of these tags or classes, in order; nothing inside those of `but`."""
    for child in element.children:
        if isinstance(child, Element) and not (but and is_a(child, *but)):
            if is_a(child, *names):
                yield child
            yield from walk(child, *names, but=but)


def text(element: Element) -> str:
    pieces = [text(c) if isinstance(c, Element) else c for c in element.children]
    return " ".join(" ".join(pieces).split())
