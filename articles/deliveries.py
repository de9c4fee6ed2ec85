"""Articles that come as files: texts and pages, and collections of one article a line."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import readers
from .extraction.publication import propose
from .extraction.text import lay_out
from .models import Article
from .receiving import MAX_CHARS, NotText, Refused, SameText, receive, today_latest

COLLECTION = ".jsonl"
FIELDS = ("text", "outlet", "url", "headline")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one article of a delivery: `article` is None if `refused` says why not."""

    name: str
    article: Article | None
    refused: str = ""


class NotALine(Refused):
    """This line is not an article: it must be a JSON object with a text."""


class NotADay(Refused):
    """The publication day of this line is not a day such as 2025-07-04."""


def receive_path(
    path: Path, *, published: dt.date | None = None, outlet: str = ""
) -> Iterator[Receipt]:
    """Every article of a file or of a folder and the folders in it, in the order of their names.

    `published` and `outlet` are taken where the file itself does not say. Files whose kind cannot
    be read are left out of a folder, and refused when they are named.
    """
    if path.is_dir():
        for below in sorted(p for p in path.rglob("*") if p.is_file() and _is_read(p)):
            yield from receive_path(below, published=published, outlet=outlet)
    elif path.suffix.lower() == COLLECTION:
        yield from receive_jsonl(path, published=published, outlet=outlet)
    else:
        yield receive_file(path, published=published, outlet=outlet)


def receive_file(path: Path, *, published: dt.date | None = None, outlet: str = "") -> Receipt:
    """The article of a text, Markdown or HTML file."""
    try:
        found = readers.read_file(path.name, path.read_bytes())
        day, because = _day(found.published, found.published_because, published, found.text)
        article = receive(
            text=found.text,
            published=day,
            published_because=because,
            outlet=found.outlet or outlet,
            url=found.url,
            headline=found.headline,
        )
    except SameText as known:
        return Receipt(path.name, known.article)
    except (Refused, readers.NotReadable, OSError) as error:
        return Receipt(path.name, None, str(error))
    return Receipt(path.name, article)


def receive_jsonl(
    path: Path, *, published: dt.date | None = None, outlet: str = ""
) -> Iterator[Receipt]:
    """The articles of a collection: {"id", "text", "published", "outlet", "url", "headline"} a line.

    The text is kept letter for letter, so that offsets count in what was sent. A line that cannot
    be taken is refused with its number, and the next one is read.
    """
    with path.open("rb") as lines:
        yield from received_lines(lines, path.name, published, outlet)


def received_lines(
    lines: Iterable[bytes], name: str, published: dt.date | None, outlet: str
) -> Iterator[Receipt]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            article = _received(_row(line), published, outlet)
        except SameText as known:
            yield Receipt(where, known.article)
        except Refused as error:
            yield Receipt(where, None, str(error))
        else:
            yield Receipt(where, article)


def _row(line: bytes) -> dict[str, Any]:
    """Raises NotALine, NotText."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotText from error
    except (ValueError, RecursionError) as error:
        raise NotALine from error
    if not isinstance(row, dict) or not all(
        isinstance(row.get(field) or "", str) for field in FIELDS
    ):
        raise NotALine
    return row


def _received(row: dict[str, Any], published: dt.date | None, outlet: str) -> Article:
    text = row.get("text") or ""
    day, because = _day(_written(row.get("published")), "", published, text)
    key = row.get("id")
    return receive(
        text=text,
        published=day,
        published_because=because,
        outlet=row.get("outlet") or outlet,
        url=row.get("url") or "",
        headline=row.get("headline") or "",
        key=None if key is None else str(key),
    )


def _written(value: object) -> dt.date | None:
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise NotADay from error


def _day(
    own: dt.date | None, because: str, given: dt.date | None, text: str
) -> tuple[dt.date | None, str]:
    """The day the file gives, else the one given with it, else the one its text settles; why."""
    if own:
        return own, because or "The day was sent with the article."
    if given:
        return given, "The day was given for the whole delivery."
    if len(text) > MAX_CHARS:
        return None, ""
    proposal = propose(lay_out(text), today_latest=today_latest())
    return proposal.day, proposal.because if proposal.day else ""


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in (COLLECTION, *readers.KINDS)
