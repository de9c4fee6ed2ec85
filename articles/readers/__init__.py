"""From a file or a pasted text to the text of an article. Nothing is stored here.

`read_file` and `read_text` are the doors. What comes out is always text: markup and scripts of a
page are left behind, and letters that look like markup stay letters.
"""

import re
from pathlib import PurePath

from .decoding import decode, decode_page
from .errors import (
    EmptyFile,
    NoArticle,
    NotReadable,
    NotText,
    TooLarge,
    UnknownKind,
    WrongEncoding,
)
from .markdown import read_markdown
from .page import read_page
from .plain import read_plain
from .result import ReadText

LARGEST = 4_000_000
"""Bytes of one file. The longest articles have some 200,000 letters; a page that carries one has
seldom more than 2 MB."""
PLAIN = ("", ".txt", ".text")
MARKDOWN = (".md", ".markdown")
PAGE = (".html", ".htm", ".xhtml")
KINDS = (*PLAIN[1:], *MARKDOWN, *PAGE)
"""Endings of the files that can be read."""
LOOKS_LIKE_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype html|html[\s>])", re.IGNORECASE)

__all__ = [
    "KINDS",
    "LARGEST",
    "EmptyFile",
    "NoArticle",
    "NotReadable",
    "NotText",
    "ReadText",
    "TooLarge",
    "UnknownKind",
    "WrongEncoding",
    "read_file",
    "read_text",
]


def read_file(name: str, data: bytes) -> ReadText:
    """Read a file by the ending of its name (none counts as plain text). Raises NotReadable."""
    kind = PurePath(name).suffix.lower()
    if len(data) > LARGEST:
        raise TooLarge
    if kind in PAGE:
        return read_page(decode_page(data))
    if kind in MARKDOWN:
        return read_markdown(decode(data))
    if kind in PLAIN:
        return read_text(decode(data))
    raise UnknownKind


def read_text(text: str) -> ReadText:
    """Read a text that was typed or pasted, be it the source of a whole page. Raises NotReadable."""
    return read_page(text) if LOOKS_LIKE_PAGE.match(text) else read_plain(text)
