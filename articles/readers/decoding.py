"""From bytes to letters. What is not text, or text in no encoding that can be told, is refused."""

import codecs
import re
import unicodedata

from .errors import EmptyFile, NotText, WrongEncoding

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; those of UTF-32 first, since one begins like one of UTF-16."""
BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
"""How PDF, ZIP and Office, PNG, JPEG, GIF, RTF and old Office files begin."""
DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,20})", re.IGNORECASE)
TRUSTED = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|macintosh"
    r"|shift_jis|euc-(jp|kr)|gb(k|2312|18030)|big5"
)
"""Encodings that a page may declare; Python knows others that are no encodings of text."""
GARBLED = re.compile("â€|[ÂÃ][\u00a0-¿]|[a-z][À-ÖØ-Þ]")
"""UTF-8 or Mac Roman read as cp1252: “â€™”, “Ã©”, “itÕs”."""
FOREIGN = 0.1
"""Most letters beyond ASCII in a text taken for cp1252. English has under 0.01, French about 0.04;
Cyrillic or Greek bytes read as cp1252 give nearly 1."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
TEXTUAL = bytes([*range(0x09, 0x0E), 0x1B, *range(0x20, 0x7F), *range(0x80, 0x100)])
"""Bytes that stand in texts of one encoding or another; the rest are controls."""
BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Controls, soft hyphens, marks that turn the writing's direction, halves of characters: what no
reader sees and PostgreSQL or a browser might stumble over."""


def decode(data: bytes) -> str:
    """The letters of a file: UTF-8, what a byte order mark says, else cp1252 if that is plausible.

    Raises EmptyFile, NotText, WrongEncoding.
    """
    if not data.strip():
        raise EmptyFile
    if data.startswith(BINARY):
        raise NotText
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if _half_zero(data[:2000]):
        raise WrongEncoding
    if _many(len(data.translate(None, TEXTUAL)), len(data)):
        raise NotText
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _cp1252(data)


def decode_page(data: bytes) -> str:
    """As `decode`, but a page without a byte order mark may declare its encoding.

    A stray byte does not spoil a page: it becomes U+FFFD.
    """
    declared = DECLARED.search(data, 0, 4096)
    name = declared[1].decode("ascii").lower() if declared else ""
    if not TRUSTED.fullmatch(name) or data.startswith(tuple(mark for mark, _ in MARKS)):
        return decode(data)
    # Browsers read both names as cp1252.
    encoding = {"iso-8859-1": "cp1252", "us-ascii": "cp1252", "macintosh": "mac-roman"}.get(
        name, name
    )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding from error


def _many(bad: int, of: int) -> bool:
    """More than one in a hundred is no slip; a few always may be."""
    return bad > 5 and bad * 100 > of


def _half_zero(data: bytes) -> bool:
    """Whether every other byte is zero: UTF-16 without its mark."""
    return min(data[::2].count(0), data[1::2].count(0)) == 0 and data.count(0) > len(data) / 3


def _cp1252(data: bytes) -> str:
    text = _strictly(data, "cp1252")
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not c.isascii() for c in letters)
    if foreign > FOREIGN * len(letters) or GARBLED.search(text):
        raise WrongEncoding
    return text


def clean(text: str) -> str:
    """The text with \\n as its line ends, in Unicode NFC, without what no reader sees.

    Blanks at line ends and around the whole are trimmed; all else stays as it was.
    Raises EmptyFile, NotText, and WrongEncoding when letters were lost before it came here.
    """
    text = BREAKS.sub("\n", text)
    if _many(len(CONTROL.findall(text)), len(text)):
        raise NotText
    if _many(text.count("\ufffd"), len(text)):
        raise WrongEncoding
    lines = unicodedata.normalize("NFC", UNSEEN.sub("", text)).split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip()
    if not text:
        raise EmptyFile
    return text
