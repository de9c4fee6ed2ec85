"""The day that a text has reached as it is read, and the date words that are reckoned from it."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from timeline.dates import Basis, DateValue, Precision, words

from .clauses import Anchor, Clause, Dating
from .dating import DateWord, begun_in, reanchor
from .news import narrates
from .text import Layout, Sentence
from .when import told_day, within

RECKONED = (Basis.WEEKDAY, Basis.RELATIVE)
"""Without a day of publication "Monday" is no day: the last one told of may lie far from it."""
HOURS = re.compile(r"^(?!.*\d\d).*\b(?:hours?|minutes)\b", re.IGNORECASE)
"""A few hours from an event lie about its day; "48 hours" are reckoned like days."""
ANAPHORIC = re.compile(rf"{HOURS.pattern}|^that \w+day\b", re.IGNORECASE)
SAME_DAY = re.compile(
    r"\b(?:that|same) (?:day|date|morning|afternoon|evening|night)\b", re.IGNORECASE
)
SAME_PERIOD = re.compile(r"\b(?:that|same) (?:week|month|year)\b", re.IGNORECASE)
BESIDE = re.compile(r"\s(?:before|after|earlier|later)\b")
BESIDE_IT = re.compile(r"\b(?:before|after|earlier|later)$")
WITHIN = re.compile(r"\bwithin (?:the )?(?:next |coming )?$")
LONG = re.compile(r"\b(?:week|month|year|decade)s?\b", re.IGNORECASE)
FEW_DAYS = dt.timedelta(days=6)
YEARS_AGO = dt.timedelta(days=366)
"""A story told of days further back than this is a history."""


def _about(word: DateWord, named: DateWord) -> DateWord:
    """ "On Monday …, and a few hours later": about the day named before in the sentence."""
    if named.date is None or named.date.precision is not Precision.DAY:
        return word
    about = replace(named.date, approximate=not named.date.uncertain)
    because = f"“{word.text}” after or before “{named.text}”"
    return word._replace(date=about, past=None, coming=None, basis=Basis.CONTEXT, because=because)


@dataclass
class Story:
    """What the sentences read so far leave behind for the dates of the next one."""

    layout: Layout
    anchor: Anchor
    dates: list[DateWord]
    spoken: Dating = field(default_factory=Dating)
    """The day that what is told without a day goes on from."""
    main: Dating = field(default_factory=Dating)
    """The latest day the story has reached; `spoken` lies before it while it looks back."""
    told: Dating = field(default_factory=Dating)
    """The last day told of, if only in an aside: "the same evening" is reckoned from it."""
    paragraph: int = -1
    actors: frozenset[str] = frozenset()
    """Those who took part in what was told of `spoken`."""

    def clause(self, sentence: Sentence, doc: Doc, subjects: Collection[str]) -> Clause:
        """The next sentence as its events are dated in it; `subjects` are those it speaks of."""
        spoken = Dating() if self._is_adrift(sentence) else self._goes_on(sentence, subjects)
        begun = begun_in(self.dates, sentence.start, sentence.end)
        spans = [w for w in begun if w.type == "DURATION" and w.place == "prose"]
        return Clause(doc, sentence.start, self._dates_in(sentence), self.anchor, spoken, spans)

    def reach(self, trigger: Token, dating: Dating, actors: Collection[str]) -> None:
        """An event was told of: the story has got to its day, if it is told for its own sake."""
        first = self.spoken.date.precision is Precision.NONE
        if not self._is_reached(dating.date) or dating.ahead:
            return
        if dating.date.approximate and not first:
            return
        if trigger.lemma_ != "be" and (first or narrates(trigger)):
            self._go_to(dating, actors)

    def move_on(self, clause: Clause) -> None:
        """The day a sentence tells of, though no event was found in it.

        "Five hours later" is reckoned from it. The story goes on from it unless it looks back:
        "The bridge was finished on Tuesday" is an aside in a story of Thursday.
        """
        if self.spoken.date != clause.spoken.date:
            return
        day = told_day(clause)
        if not day.is_own or day.date.precision is not Precision.DAY or self.lies_ahead(day):
            return
        self.told = day
        reached, now = self.spoken.date.latest, day.date.latest
        if reached is None or (now is not None and now >= reached):
            self._go_to(day, ())

    def lies_ahead(self, dating: Dating) -> bool:
        """After the day of the report, or told as to come."""
        window = dating.date.window
        if dating.ahead:
            return True
        return window is not None and self.anchor.day is not None and window[0] > self.anchor.day

    def _is_reached(self, date: DateValue) -> bool:
        """A past day, or the few days that something lasted: what is told next fell on one of them."""
        days = date.window
        if days is None or (self.anchor.day is not None and days[1] > self.anchor.day):
            return False
        few = date.precision is Precision.RANGE and days[1] - days[0] <= FEW_DAYS
        return few or date.precision is Precision.DAY

    def _go_to(self, dating: Dating, actors: Collection[str]) -> None:
        self.spoken = self.told = dating
        self.actors = frozenset(actors)
        reached, now = self.main.date.latest, dating.date.latest
        if reached is None or (now and now >= reached):
            self.main = dating

    def _goes_on(self, sentence: Sentence, subjects: Collection[str]) -> Dating:
        """After a look back, a new paragraph about others takes up the story where it had got to."""
        reached, now = self.main.date.latest, self.spoken.date.latest
        looks_back = reached is not None and now is not None and now < reached
        if looks_back and sentence.paragraph != self.paragraph and not self.actors & set(subjects):
            self.spoken = self.told = self.main
        self.paragraph = sentence.paragraph
        return self.spoken

    def _is_adrift(self, sentence: Sentence) -> bool:
        """It names a day that nothing tells: it does not go on with the day before it either."""
        return self.anchor.day is None and any(
            word.basis in RECKONED for word in begun_in(self.dates, sentence.start, sentence.end)
        )

    def _dates_in(self, sentence: Sentence) -> list[DateWord]:
        """The date words that may date an event; anaphoric ones reckoned from the last event."""
        found: list[DateWord] = []
        for word in begun_in(self.dates, sentence.start, sentence.end):
            if word.place != "prose":
                continue
            unresolved = word.date is None and SAME_DAY.search(word.text)
            anaphoric = word.basis is Basis.CONTEXT or ANAPHORIC.search(word.text) or unresolved
            meant = self._after_the_event(word, sentence) if anaphoric and not found else word
            if found and HOURS.search(word.text) and BESIDE_IT.search(word.text):
                meant = _about(word, found[-1])
            meant = self._once_more(word) or meant
            meant = self._away(word, found, sentence) or self._in_the_story(meant)
            adrift = self.anchor.day is None and meant.basis in RECKONED
            if meant.date is not None and meant.type in ("DATE", "TIME") and not adrift:
                found.append(meant)
        return found

    def _after_the_event(self, word: DateWord, sentence: Sentence) -> DateWord:
        """Anaphoric words, reckoned from the last day told of instead of the last day named."""
        day = self.told.date.earliest
        if day is None or self.told.date.precision is not Precision.DAY:
            return word
        if HOURS.search(word.text):
            about = replace(self.told.date, approximate=not self.told.date.uncertain)
            because = f"“{word.text}” after or before what is told of {words(self.told.date)}"
            return word._replace(date=about, past=None, coming=None, because=because)
        if word.date is not None and not self.lies_ahead(Dating(word.date)):
            sharp = word.date.precision in (Precision.DAY, Precision.RANGE)
            if LONG.search(word.text) or (sharp and not self._resumes(word, sentence)):
                return word
        return reanchor(word, day, "the event before")._replace(basis=Basis.CONTEXT)

    def _once_more(self, word: DateWord) -> DateWord | None:
        """ "that same month" after "in January … within two weeks": January, and no day to come."""
        named = [w for w in self.dates if w.end <= word.start and w.date and w.date.window]
        if not SAME_PERIOD.search(word.text) or not named or not self._is_ahead(named[-1]):
            return None
        day = next(
            (w.date.earliest for w in reversed(named) if not self._is_ahead(w) and w.date), None
        )
        return reanchor(word, day, "the day named before") if day else None

    def _is_ahead(self, word: DateWord) -> bool:
        latest = word.date.latest if word.date else None
        return latest is not None and self.anchor.day is not None and latest > self.anchor.day

    def _resumes(self, word: DateWord, sentence: Sentence) -> bool:
        """ "He thanked him on the same evening": that of the story, after what was told in between
        in the past perfect; "he had thanked him" goes on with that."""
        text = self.layout.text[sentence.start : sentence.end]
        return bool(SAME_DAY.search(word.text)) and not re.search(r"\bhad\b", text)

    def _away(self, word: DateWord, before: list[DateWord], sentence: Sentence) -> DateWord | None:
        """ "an hour before the dinner": about the day told of; "within three weeks": from the day
        named before in the sentence, else from the last one told of, else from the report's."""
        if word.type != "DURATION":
            return None
        if word.date is not None:  # "in the coming days"
            return word._replace(type="DATE", bound="within") if self._is_ahead(word) else None
        text, day = self.layout.text, self.told.date
        if HOURS.search(word.text) and BESIDE.match(text, word.end):
            if day.precision is not Precision.DAY:
                return None
            about = self._after_the_event(word, sentence)
            return about._replace(type="TIME", basis=Basis.CONTEXT)
        within_it = WITHIN.search(text[sentence.start : word.start])
        if not within_it or self.anchor.day is None:
            return None
        named = [w.date for w in before if w.date and w.date.precision is Precision.DAY]
        first = (named[-1] if named else day).earliest or self.anchor.day
        return within(word, min(first, self.anchor.day), self.anchor.day)

    def _in_the_story(self, word: DateWord) -> DateWord:
        """ "9 July" in a story told of 1962: the day of that year, and no day of these years."""
        story = self.spoken.date.earliest
        if story is None or self.anchor.day is None or word.past is None or not word.date:
            return word
        if self.anchor.day - story < YEARS_AGO or not self.lies_ahead(Dating(word.date)):
            return word
        meant = reanchor(word, story, "the event before")
        return meant._replace(basis=Basis.CONTEXT, past=None, coming=None)
