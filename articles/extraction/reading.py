"""Reading one article: layout, dates, parse, then one draft for each event it tells of."""

import datetime as dt
import re

from timeline.dates import Precision

from .clauses import Anchor
from .coreference import one_per_event
from .dating import DateWord, begun_in, find_dates
from .deadlines import carried
from .drafts import Draft
from .english import is_english
from .errors import NotEnglish, TooManyWords
from .language import parse
from .lexicon import Lexicon
from .reader import Reader
from .sides import with_sides
from .story import Story
from .text import Layout, Sentence, lay_out
from .who import Cast

LONGEST = 2_000
"""Characters of a sentence. The longest of the sample articles has 400; what runs on for more is a
table or a text without stops, which would cost the parser minutes and tell of nothing."""
MOST_WORDS = 50_000
"""Words and signs of all sentences that are parsed, as the error says: of prose 200,000 characters
have some 40,000. The slowest text known, 44,000 in sentences of 90 clauses each, takes 18 seconds on one
core of the machine that the benches were last run on."""
WORD = re.compile(r"\w+|[^\w\s]")
EASED = re.compile(r"(?:day|week|month|year|night|morning|evening|tomorrow|\d)$", re.IGNORECASE)
ADDED = re.compile(r"(?:new|fresh|further|additional) ")
HARD_SPACES = re.compile(r"[^\S ]")
"""One plain space for each, which is what the parser has learnt from."""


def read(text: str, *, published: dt.date | None, lexicon: Lexicon, pipeline: str) -> list[Draft]:
    """See `articles.extraction.extract`."""
    if not is_english(text):
        raise NotEnglish
    layout = lay_out(text)
    prose = [s for s in layout.sentences if s.kind == "prose" and s.end - s.start <= LONGEST]
    if sum(1 for s in prose for _ in WORD.finditer(text, s.start, s.end)) > MOST_WORDS:
        raise TooManyWords
    dates = find_dates(layout, published=published)
    anchor = _anchor(layout, dates, published)
    docs = parse((_eased(text, s, dates) for s in prose), pipeline=pipeline, lexicon=lexicon)
    cast = Cast(lexicon, anchor.day, home=_home(layout, lexicon, anchor.day))
    reader = Reader(layout, Story(layout, anchor, dates), cast)
    drafts = [
        draft
        for index, (sentence, doc) in enumerate(zip(prose, docs, strict=True))
        for draft in reader.sentence(index, sentence, doc)
    ]
    drafts = carried(drafts, reader.loose, [sentence.start for sentence in prose])
    events = one_per_event(drafts, reader.references, lexicon, anchor.day)
    return [with_sides(event, lexicon, anchor.day, cast.told) for event in events]


def _anchor(layout: Layout, dates: list[DateWord], published: dt.date | None) -> Anchor:
    line = next((w for w in dates if w.place == "dateline" and w.date), None)
    if line is not None and line.date is not None and line.date.precision is Precision.DAY:
        return Anchor(line.date.latest, "the dateline")
    return Anchor(published, "the day of publication")


def _home(layout: Layout, lexicon: Lexicon, day: dt.date | None) -> str:
    """The state whose capital the dateline names, or the organisation whose seat it is filed from."""
    for place in layout.dateline.places if layout.dateline else ():
        sense = lexicon.sense(place.title(), day)
        body = sense is not None and lexicon.kind(sense.entry) == "organisation"
        if sense is not None and (body or sense.via == "capital"):
            return sense.entry
    return ""


def _eased(text: str, sentence: Sentence, dates: list[DateWord]) -> str:
    """The sentence for the parser, of the same length: "On Monday Kim left" with a comma.

    Without it the parser takes "Monday Kim" for one name, and "Monday new sanctions" for one thing.
    """
    letters = list(HARD_SPACES.sub(" ", text[sentence.start : sentence.end]))
    for word in begun_in(dates, sentence.start, sentence.end):
        at = word.end - sentence.start
        inside = at + 1 < len(letters)
        apart = inside and (letters[at + 1].isupper() or ADDED.match("".join(letters), at + 1))
        if apart and EASED.search(word.text) and letters[at] == " ":
            letters[at] = ","
    return "".join(letters)
