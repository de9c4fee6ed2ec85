"""Readers: bytes in, the text of an article out, or a sentence that says why not."""

import datetime as dt

import pytest

from articles import readers
from articles.readers import read_file, read_text
from articles.readers.decoding import clean

NEWS = "Leaders meet\n\nKYIV, July 4 — “It’s good”, he said at the Café."
ENCODED = {
    "UTF-8": NEWS.encode(),
    "UTF-8 with a mark": NEWS.encode("utf-8-sig"),
    "UTF-16": NEWS.encode("utf-16"),
    "UTF-16 the other way round": b"\xfe\xff" + NEWS.encode("utf-16-be"),
    "UTF-32": NEWS.encode("utf-32"),
    "cp1252": NEWS.encode("cp1252"),
    "lines that end as on Windows": NEWS.replace("\n", "\r\n").encode(),
    "letters apart from their accents": NEWS.replace("é", "e\u0301").encode(),
    "blanks at line ends": NEWS.replace("\n", "  \t\n").encode() + b"\n\n  \n",
    "a form feed for a blank line": NEWS.replace("\n\n", "\n\f").encode(),
    "what nobody sees": NEWS.replace("July", "Ju\u00adly\u200b\u202e\x07").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_every_plausible_encoding_gives_the_same_text(data: bytes) -> None:
    assert read_file("news.txt", data).text == NEWS


CYRILLIC = "Лидеры встретились в Киеве в пятницу."
REFUSED = {
    "no bytes": ("news.txt", b"", readers.EmptyFile),
    "blanks alone": ("news.txt", b" \r\n\t ", readers.EmptyFile),
    "a mark and nothing after it": ("news.txt", b"\xef\xbb\xbf", readers.EmptyFile),
    "PDF named .txt": ("news.txt", b"%PDF-1.7\n%abc", readers.NotText),
    "PNG named .txt": ("news.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), readers.NotText),
    "RTF named .txt": ("news.txt", rb"{\rtf1\ansi Hello}", readers.NotText),
    "any bytes named .txt": ("news.txt", bytes(range(256)) * 40, readers.NotText),
    "bytes without a zero": ("news.txt", bytes(range(1, 256)) * 40, readers.NotText),
    "any bytes named .md": ("news.md", bytes(range(256)) * 40, readers.NotText),
    "UTF-16 without its mark": ("news.txt", NEWS.encode("utf-16-le"), readers.WrongEncoding),
    "Cyrillic in cp1251": ("news.txt", CYRILLIC.encode("cp1251"), readers.WrongEncoding),
    "Japanese in Shift JIS": (
        "news.txt",
        "首脳会談が開かれた".encode("shift-jis"),
        readers.WrongEncoding,
    ),
    "Mac Roman": ("news.txt", NEWS.encode("mac-roman"), readers.WrongEncoding),
    "UTF-8 with a broken byte": ("news.txt", NEWS.encode() + b"\xff", readers.WrongEncoding),
    "UTF-16 cut in the middle": ("news.txt", NEWS.encode("utf-16")[:-1], readers.WrongEncoding),
    "letters lost before": ("news.txt", ("\ufffd" * 9 + "abc").encode(), readers.WrongEncoding),
    "another kind of file": ("news.xlsx", b"Leaders meet", readers.UnknownKind),
    "more than 4 MB": ("news.txt", b"a" * 4_000_001, readers.TooLarge),
    "a page of scripts": ("a.html", b"<html><script>alert(1)</script></html>", readers.NoArticle),
    "a page of nothing": ("a.html", b"<!doctype html><title>Hello</title>", readers.NoArticle),
    "a heading and no text": ("a.md", b"# Leaders meet", readers.EmptyFile),
}


@pytest.mark.parametrize(("name", "data", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_text_is_refused(
    name: str, data: bytes, error: type[readers.NotReadable]
) -> None:
    with pytest.raises(error):
        read_file(name, data)


@pytest.mark.parametrize("error", readers.NotReadable.__subclasses__())
def test_every_refusal_is_a_sentence(error: type[readers.NotReadable]) -> None:
    said = str(error())
    assert said.endswith(".") and said[0].isupper() and "\n" not in said


def test_a_name_without_an_ending_counts_as_plain_text() -> None:
    assert read_file("README", b"Leaders meet.").text == "Leaders meet."


def test_letters_that_look_like_markup_stay_letters() -> None:
    hostile = "He said <script>alert(1)</script> & left."
    assert read_text(hostile).text == hostile


def test_half_a_character_is_dropped() -> None:
    assert clean("Leaders \ud800meet.") == "Leaders meet."


MARKDOWN = """---
title: "Talks: the end"
date: 2025-07-04
source: The Courier
url: https://courier.example/a/1
---

One **two**
three [link](https://x.example) and <b>bold</b> &amp; `code`.
![a picture](x.png)

<script>alert(1)</script>

- first
- second

> A quotation.
"""


def test_markdown_gives_its_words_and_its_front_matter() -> None:
    assert read_file("news.md", MARKDOWN.encode()) == readers.ReadText(
        "One two three link and bold & code.\n\nfirst\n\nsecond\n\nA quotation.",
        headline="Talks: the end",
        published=dt.date(2025, 7, 4),
        published_because="The first lines of the file say so.",
        outlet="The Courier",
        url="https://courier.example/a/1",
    )


def test_the_heading_that_markdown_begins_with_is_the_headline_alone() -> None:
    read = read_file("news.md", b"# Leaders *meet*\n\nThey met.\n\n## Later\n\nThey left.")
    assert (read.headline, read.text) == ("Leaders meet", "They met.\n\nLater\n\nThey left.")


BODY = """<nav>Home | World</nav><article><h1>Leaders speak by phone</h1>
<p>KYIV, July 4 (Courier) - The leaders spoke on Friday &lt;script&gt;, officials said.</p>
<script>document.write("evil")</script>
<p onclick="evil()">On July 3 they had met in <a href="javascript:evil()">Paris</a>, he said.</p>
</article><footer>Copyright 2021</footer>"""
TEXT = """KYIV, July 4 (Courier) - The leaders spoke on Friday <script>, officials said.

On July 3 they had met in Paris, he said."""


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_of_a_page_the_article_remains_and_no_script() -> None:
    assert read_file("a.htm", page("<script>alert('x')</script>")).text == TEXT


def test_the_source_of_a_page_may_be_pasted_or_named_txt() -> None:
    source = page('<meta property="og:site_name" content="The Courier">')
    assert read_text(source.decode()) == read_file("a.html", source) == read_file("a.txt", source)


def test_a_page_says_its_headline_outlet_and_address() -> None:
    read = read_file(
        "a.html",
        page(
            '<title>Something else – The Courier</title><meta property="og:site_name" '
            'content="The  Courier"><link rel="canonical" href="javascript:alert(1)">'
            '<meta property="og:url" content="https://courier.example/a/1">'
        ),
    )
    assert (read.headline, read.outlet, read.url) == (
        "Leaders speak by phone",
        "The Courier",
        "https://courier.example/a/1",
    )


JULY_4 = dt.date(2025, 7, 4)
DAYS = {
    "Open Graph": (
        '<meta property="article:published_time" content="2025-07-04T23:30-04:00">',
        JULY_4,
    ),
    "name in capitals": ('<meta name="DC.date.issued" content="2025-07-04">', JULY_4),
    "without hyphens": ('<meta name="pubdate" content="20250704">', JULY_4),
    "JSON-LD": (
        """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
        "datePublished": "2025-07-04T01:00:00Z", "dateModified": "2025-07-09"}]}</script>""",
        JULY_4,
    ),
    "a broken JSON-LD": ('<script type="application/ld+json">{"datePublished": </script>', None),
    "a deep JSON-LD": (f'<script type="application/ld+json">{"[" * 50_000}</script>', None),
    "the last change": ('<meta property="article:modified_time" content="2025-07-09">', None),
    "a picture's address": (
        '<meta property="og:image" content="https://c.example/2019/01/02/x.jpg">',
        None,
    ),
    "a day that is two": ('<meta name="date" content="05/06/2025">', None),
    "a month": ('<meta name="date" content="2025-07">', None),
    "no such day": ('<meta name="date" content="2025-02-30">', None),
    "no metadata, but dates in the text": ("", None),
}


@pytest.mark.parametrize(("head", "day"), DAYS.values(), ids=DAYS.keys())
def test_the_day_of_publication_is_metadata_or_unknown(head: str, day: dt.date | None) -> None:
    read = read_file(
        "a.html", page(head, BODY + "<p>On 2024-03-02 they met for the first time.</p>")
    )
    assert read.published == day
    assert bool(read.published_because) == bool(day)


def test_the_reason_names_the_metadata() -> None:
    read = read_file("a.html", page('<meta name="date" content="2025-07-04">'))
    assert read.published_because == "The page's metadata says so (date: 2025-07-04)."


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("utf-8", "utf-8"), ("koi8-r", "utf-8")],
)
def test_a_page_may_declare_its_encoding(charset: str, encoding: str) -> None:
    body = "<p>The minister’s visit to the café was good, he said on Friday.</p>"
    data = page(f'<meta charset="{charset}">', "@").replace(b"@", body.encode(encoding))
    assert read_file("a.html", data).text == body[3:-4]


def test_a_stray_byte_does_not_spoil_a_page() -> None:
    data = page('<meta charset="utf-8">').replace(b"officials", b"offi\xffcials")
    assert "offi\ufffdcials said" in read_file("a.html", data).text
