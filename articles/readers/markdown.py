"""Markdown: the words without the marks, and what the front matter says."""

import re
from collections.abc import Iterable

from django.utils.html import strip_tags
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .decoding import clean
from .plain import read_plain
from .result import ReadText
from .written import web_address, written_day

LONGEST = 1_000_000
"""Characters; more than any article has. The parser is slow on what is made to slow it down: a
million brackets take it 10 seconds. What is longer is left as it is."""
FRONT = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
PAIR = re.compile(r"""^(\w+):[ \t]*(["']?)(.*?)\2[ \t]*$""", re.MULTILINE)
SCRIPTS = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def read_markdown(source: str) -> ReadText:
    """The paragraphs; the first heading, when the text begins with it, is the headline alone.

    Raises NotReadable.
    """
    source = clean(source)
    if len(source) > LONGEST:
        return read_plain(source)
    front = FRONT.match(source)
    said = {key.lower(): value for key, _, value in PAIR.findall(front[1])} if front else {}
    tokens = MarkdownIt("commonmark").parse(source[front.end() :] if front else source)
    headline = ""
    if tokens and tokens[0].type == "heading_open":
        headline, tokens = _inline(tokens[1].children or ()), tokens[3:]
    text = clean("\n\n".join(block for block in map(_block, tokens) if block))
    published = written_day(said.get("published") or said.get("date") or "")
    return ReadText(
        text,
        headline=said.get("headline") or said.get("title") or headline,
        published=published,
        published_because="The first lines of the file say so." if published else "",
        outlet=said.get("outlet") or said.get("source") or said.get("publisher") or "",
        url=web_address(said.get("url") or said.get("link") or ""),
    )


def _block(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or ())
    if token.type == "html_block":
        return strip_tags(SCRIPTS.sub("", token.content)).strip()
    return token.content.strip("\n")


def _inline(tokens: Iterable[Token]) -> str:
    """The words of one paragraph: pictures and tags fall away, a link keeps its words."""
    words = {"softbreak": " ", "hardbreak": "\n", "html_inline": "", "image": ""}
    return "".join(words.get(token.type, token.content) for token in tokens).strip()
