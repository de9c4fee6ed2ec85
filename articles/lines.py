"""Texts in, lines of JSON out: what the commands that store nothing have in common."""

import datetime as dt
import json
import logging
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline import datebox
from timeline.dates import Precision

from . import readers
from .extraction import Unreadable

BROKEN = "Something went wrong here while this text was read."
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One text to read, or the sentence that says why it cannot be."""

    id: Any
    text: str = ""
    published: dt.date | None = None
    error: str = ""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", type=Path, help="texts or pages; standard input if none"
    )
    parser.add_argument("--published", type=day, help="the day of publication where none is given")
    parser.add_argument("--jsonl", type=Path, help='lines of {"id", "text", "published"}')


def day(text: str) -> dt.date:
    """A day as a person writes it on the command line. Raises argparse's own error."""
    try:
        value = datebox.read(text, today=dt.datetime.now(dt.UTC).date())
    except datebox.DateBoxError as error:
        raise ArgumentTypeError(str(error)) from error
    if value.precision is not Precision.DAY or value.earliest is None:
        raise ArgumentTypeError(f"“{text}” is not one day.")
    return value.earliest


def lines(files: Iterable[Path], jsonl: Path | None, published: dt.date | None) -> Iterator[Line]:
    """Every text that the command line names; of a file the id is its name."""
    for path in files:
        yield _file(path, published)
    if jsonl:
        with jsonl.open("rb") as rows:
            for number, row in enumerate(rows, 1):
                if row.strip():
                    yield _row(number, row, published)
    elif not files:
        yield _found("-", lambda: readers.read_file("", sys.stdin.buffer.read()), published)


def answers(
    texts: Iterable[Line], name: str, find: Callable[[Line], list[dict[str, Any]]]
) -> Iterator[str]:
    """{"id", name: [what `find` finds]} a line; with an "error" and nothing found where it fails."""
    for line in texts:
        found: list[dict[str, Any]] = []
        error = line.error
        if not error:
            try:
                found = find(line)
            except Unreadable as reason:
                error = str(reason)
            except Exception:
                log.exception("%s could not be read.", line.id)
                error = BROKEN
        said = {"id": line.id, name: found, **({"error": error} if error else {})}
        yield json.dumps(said, ensure_ascii=False) + "\n"


def _file(path: Path, published: dt.date | None) -> Line:
    return _found(path.name, lambda: readers.read_file(path.name, path.read_bytes()), published)


def _found(id: str, read: Callable[[], readers.ReadText], published: dt.date | None) -> Line:
    try:
        found = read()
    except (readers.NotReadable, OSError) as error:
        return Line(id, error=str(error))
    return Line(id, found.text, found.published or published)


def _row(number: int, row: bytes, published: dt.date | None) -> Line:
    """The id is the line's number where the line gives none."""
    try:
        data = json.loads(row.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Line(number, error="This line is not JSON.")
    if not isinstance(data, dict):
        return Line(number, error="This line is not a JSON object.")
    name, text, own = data.get("id", number), data.get("text"), data.get("published")
    if not isinstance(text, str):
        return Line(name, error="This line has no text.")
    try:
        text.encode()
        return Line(name, text, dt.date.fromisoformat(str(own)) if own else published)
    except UnicodeEncodeError:
        return Line(name, error="There are characters in it that no text has.")
    except ValueError:
        return Line(name, error=f"“{own}” is not a day such as 2025-07-04.")
