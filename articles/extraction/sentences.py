"""Where sentences end and quotations lie, by offset. Rules only: no model, no word list to train."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NEVER = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt cmdr adm gov rep hon rev maj brig pres amb gens sens"
    " reps msgr supt insp det cpl pvt vs nos arts pp vol eg ie cf apr aug sept nov dept univ"
    " approx messrs mme mlle viz feb oct".split()
)
"""Abbreviations after which a sentence goes on, whatever follows."""
NAMES = frozenset("sen sec st ft fr ed jan mar jun jul dec sep mt mon tue tues wed thu thurs fri"
                  " sat sun al".split())  # fmt: skip
"""Abbreviations if they are capitalised or a number follows, and words if not."""
BEFORE_NUMBER = frozenset("no art fig op ca est may p".split())
"""Abbreviations if a number follows."""
PERHAPS = frozenset("inc corp co ltd plc jr sr etc bros llc esq ph.d b.c a.d".split())
"""Abbreviations that may end a sentence: it does if a word that opens sentences follows."""
OPENERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our in on at but and"
    " or if when while after before since as for from with by to there here however meanwhile"
    " although though despite it's he's they're what who how why yet so also both no not some"
    " many most all one two three last next under during earlier later asked according".split()
)
SPEECH = (
    r"(?:said|says|say|asked|asks|added|adds|told|wrote|writes|warned|replied|declared|insisted"
    r"|stated|noted|tweeted|posted|demanded|exclaimed|responded|argued|wondered|cried|shouted)"
)
_STOP = re.compile(r"([.!?…](?<![.!?…]{2})[.!?…]*+)([\"”’»)\]]*)(\[\d+\])*+(?=\s|$|[“\"][A-Z])")
"""Like _MARKS it begins with a class, by which the text is skimmed three times as fast."""
_NEXT = re.compile(r"\s*+([\"“‘«(\[—–-]*+\s*+)(\S{1,40})")
_DAY_OF_MONTH = re.compile(
    r"(?<=\d)(?<!\d{3})\.\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b(?P<year>\s\d{4}\b)?"
)
"""As in German: "on 3. July 2025"."""
_INITIAL = re.compile(r"[A-Z]")
_LETTERED = re.compile(r"\b(?:and|or|vitamin|plan|grade|type|phase)\s$", re.IGNORECASE)
_HALF_DAY = re.compile(r"\b[ap]\.?\s$", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Za-z]\.\s?)+[A-Za-z]")
_OPENING = re.compile(r"[(“\"‘\[—–/]")
_TRIM = ",.;:’'\"”"
_SAYS = re.compile(rf"\s*+(?:(?:[A-Z][\w.'’-]*+\s++){{1,4}}{SPEECH}\b|{SPEECH}\s)")
_OPEN_STRAIGHT = re.compile(r"(?:^|[\s(\[—–/-])$")
_MARKS = re.compile(r"[“”„\"«»‘’](?:(?<![‘’])|(?<=(?<!\w)‘)(?!\d)|(?<=’)(?!\w))")
_OPENING_MARKS = '“„«‘"'
_SINGLE = re.compile(r"[^‘“”\n]{2,300}?[\w.,!?…]’(?!\w)")
LONGER = 7
"""Letters; no abbreviation has as many."""
LONG_QUOTE = 400
"""Characters. A quotation of several sentences that its speaker closes ("…,” he added") stays in
one sentence up to this length, so that what was said keeps who said it."""


class Quotation(NamedTuple):
    """A quotation with its marks; `continued` if the paragraph before left it open."""

    start: int
    end: int
    closed: bool
    continued: bool


def split(
    text: str, start: int, end: int, quotations: Sequence[Quotation] = ()
) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, trimmed: pairs of offsets."""
    kept = [(q.start, q.end) for q in quotations if _stays_whole(text, q, end)]
    begin, first = start, 0
    for m in _STOP.finditer(text, start, end):
        stop = m.end()
        while first < len(kept) and kept[first][1] <= stop:
            first += 1
        if first < len(kept) and kept[first][0] < m.start():
            continue
        if stop < end and not _ends(text, begin, m, end):
            continue
        if (piece := _trim(text, begin, stop)) is not None:
            yield piece
        begin = stop
    if begin < end and (piece := _trim(text, begin, end)) is not None:
        yield piece


def _trim(text: str, a: int, b: int) -> tuple[int, int] | None:
    while a < b and text[a].isspace():
        a += 1
    while a < b and text[b - 1].isspace():
        b -= 1
    return (a, b) if a < b else None


def _stays_whole(text: str, q: Quotation, end: int) -> bool:
    """Whether a quotation of several sentences is closed by its speaker: “… ,” he added."""
    if not q.closed or q.end - q.start > LONG_QUOTE:
        return False
    return text[q.end - 2] == "," or bool(_SAYS.match(text, q.end, end))


def _ends(text: str, begin: int, m: re.Match[str], end: int) -> bool:
    """Whether the stop `m` ends its sentence, with more text after it."""
    after = _NEXT.match(text, m.end(), end)
    if not after:
        return True
    lead, word = after.groups()
    if word[0].islower() and not lead.strip():
        return False
    if m[2] and _SAYS.match(text, m.end(), end):
        return False
    if m[1] != "." or m[2].strip("’"):
        return not (word[0].islower() and m[1] == "...")
    return _full_stop(text, begin, m.start(), word, quoted=bool(lead.strip()))


def _full_stop(text: str, begin: int, dot: int, word: str, *, quoted: bool) -> bool:
    """Whether the "." at `dot` is a full stop and not an abbreviation's."""
    if text[dot - LONGER : dot].isalpha():
        return True
    token = _token(text[begin:dot])
    a = dot - len(token)
    bare = token.lower()
    if bare in NEVER or (bare in BEFORE_NUMBER and word[:1].isdigit()):
        return False
    if bare in NAMES and (token[:1].isupper() or word[:1].isdigit()):
        return False
    if len(token) > 2 and token.isalpha() and bare not in PERHAPS:
        return True
    before = text[max(begin, a - 12) : a]
    if token.isdigit() and (m := _DAY_OF_MONTH.match(text, dot)):
        return not (m["year"] or re.search(r"\b(?:on|by|since|until|from|of)\s$", before))
    if _INITIAL.fullmatch(token):
        return bool(_LETTERED.search(before))
    if bare == "m" and _HALF_DAY.search(before):
        return quoted or word.lower().strip(_TRIM) in OPENERS
    acronym = bool(_ACRONYM.fullmatch(token))
    if acronym or bare in PERHAPS:
        return quoted or word.lower().strip(_TRIM) in OPENERS
    return True


def _token(before: str) -> str:
    """What stands at the end, without white space and opening marks."""
    if not before or before[-1].isspace():
        return ""
    token = before.rsplit(None, 1)[-1]
    return token if token.isalnum() else _OPENING.split(token)[-1]


def quotations_of(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Double quotations, curly, straight and angled, and curly single ones that close.

    One that its paragraph does not close ends with the paragraph.
    """
    if not any(mark in text for mark in _OPENING_MARKS):
        return ()
    found: list[Quotation] = []
    left_open = False
    for a, b in paragraphs:
        here = list(_in_paragraph(text, a, b, continued=left_open))
        left_open = bool(here) and not here[-1].closed
        found += here
    return tuple(found)


def _in_paragraph(text: str, a: int, b: int, *, continued: bool) -> Iterator[Quotation]:
    opened, mark = -1, ""
    for m in _MARKS.finditer(text, a, b):
        i, c = m.start(), m[0]
        if opened < 0:
            opens = c in "“„«" or (c == "‘" and _closes_single(text, i, b))
            if opens or (c == '"' and _OPEN_STRAIGHT.search(text[max(a, i - 1) : i])):
                opened, mark = i, c
        elif _closes(text, mark, c, i, b):
            yield Quotation(opened, i + 1, True, continued and opened == a)
            opened = -1
    if opened >= 0:
        yield Quotation(opened, b, False, continued and opened == a)


def _closes(text: str, mark: str, c: str, i: int, b: int) -> bool:
    if mark == '"':
        return c == '"' and (i + 1 >= b or not text[i + 1].isalnum())
    return c in {"“": '”"', "„": "“”", "«": "»", "‘": "’"}[mark]


def _closes_single(text: str, i: int, b: int) -> bool:
    """Whether the ‘ at `i` opens a quotation and is no apostrophe: it closes in its paragraph."""
    return bool(_SINGLE.match(text, i + 1, b))
