"""Web pages: the article's own text, and what the page's metadata says of it.

Only metadata that names the day of publication is used. htmldate also takes days out of running
text, picture addresses and the day of the last change, so it is not asked.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from .decoding import clean
from .errors import NoArticle
from .result import ReadText
from .written import web_address, written_day

DAY_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "citation_publication_date",
    "parsely-pub-date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "sailthru.date",
)
"""Names of <meta> that carry the day of publication, the surest first."""
DEEPEST = 20
"""Levels of JSON-LD that are looked through."""
TITLE_TAIL = re.compile(r"\s+[-–—|]\s+[^-–—|]{1,60}$")


def read_page(source: str) -> ReadText:
    """The main text of an HTML page, without menus, scripts and comments, and its metadata.

    Raises NotReadable: NoArticle when the page has no main text.
    """
    # Half a second to import: only whoever reads a page pays for it.
    from trafilatura import bare_extraction, load_html

    tree = load_html(clean(source))
    if tree is None:
        raise NoArticle
    meta = _meta(tree)
    linked = list(_linked_data(tree))
    headline = _headline(tree, meta, linked)
    day, because = _published(tree, meta, linked)
    found = bare_extraction(tree, include_comments=False, include_tables=False)
    lines = (found.text if found and not isinstance(found, dict) else None) or ""
    paragraphs = [line for line in lines.split("\n") if line.strip()]
    if paragraphs and _same(paragraphs[0], headline):
        del paragraphs[0]
    if not paragraphs:
        raise NoArticle
    return ReadText(
        clean("\n\n".join(paragraphs)),
        headline=headline,
        published=day,
        published_because=because,
        outlet=_outlet(meta, linked),
        url=_address(tree, meta),
    )


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()


def _meta(tree: Any) -> dict[str, str]:
    """<meta> by name, property or itemprop, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name.strip().lower(), element.get("content").strip())
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that the page describes in JSON-LD."""
    for element in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            data = json.loads(element.text_content())
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _objects(data) if "datePublished" in item)


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _published(
    tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]
) -> tuple[dt.date | None, str]:
    """The first metadata that gives a whole day, and the sentence that names it."""
    written = [(name, meta[name]) for name in DAY_NAMES[:4] if name in meta]
    written += [("datePublished", str(item["datePublished"])) for item in linked]
    written += [(name, meta[name]) for name in DAY_NAMES[4:] if name in meta]
    written += [
        ("time", element.get("datetime") or "")
        for element in tree.xpath('//time[@itemprop="datePublished" or @pubdate]')
    ]
    for name, value in written:
        if day := written_day(value):
            return day, f"The page's metadata says so ({name}: {value[:40]})."
    return None, ""


def _headline(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    named = [meta.get("og:title", ""), *(str(item.get("headline") or "") for item in linked)]
    shown = ["".join(element.itertext()) for element in tree.xpath("//article//h1 | //h1")]
    titles = [TITLE_TAIL.sub("", title.text or "") for title in tree.xpath("//head/title")]
    for headline in (*named, *shown, *titles):
        if headline.strip():
            return " ".join(headline.split())
    return ""


def _outlet(meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    publishers = [item.get("publisher") for item in linked]
    names = [str(p.get("name") or "") for p in publishers if isinstance(p, dict)]
    return " ".join(next(filter(None, [meta.get("og:site_name", ""), *names]), "").split())


def _address(tree: Any, meta: dict[str, str]) -> str:
    canonical = [element.get("href") or "" for element in tree.xpath('//link[@rel="canonical"]')]
    addresses = map(web_address, [*canonical, meta.get("og:url", "")])
    return next(filter(None, addresses), "")
