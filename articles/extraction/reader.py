"""Events from the sentences of one article, in order: who was spoken of, what day it has reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from timeline.dates import UNDATED, Basis, Precision, words

from .clauses import Anchor, Clause, Dating
from .dating import DateWord, reanchor
from .drafts import Draft, Span
from .governing import governing, has_own_date, joined, unused_dates
from .news import is_news, narrates
from .parties import completed
from .rules import OTHER, STATEMENT
from .saying import REPLYING, has_occasion, is_announcing, is_saying
from .statuses import Finding, status_of
from .syntax import children, is_verb, objects_of, patients, subjects
from .text import Layout, Sentence
from .triggers import Trigger, find
from .when import date_of, dated
from .who import Cast

RECKONED = (Basis.WEEKDAY, Basis.RELATIVE)
"""Without a day of publication "Monday" is no day: the last one told of may lie far from it."""
PHASES = frozenset("open begin start continue finish expect await".split())
"""Verbs that say of another event that it began or is to come; they tell of none themselves."""
HOURS = re.compile(r"^(?!.*\d\d).*\b(?:hours?|minutes)\b", re.IGNORECASE)
"""A few hours from an event lie about its day; "48 hours" are reckoned like days."""
ASIDES = ("support", "rejection", "condemnation")
CONTACTS = ("call", "meeting", "visit", "talks")
LEAD = 2
"""So many sentences are the lead, in which whatever is said is news."""
VAGUE = frozenset(Precision) - {Precision.DAY, Precision.WEEK, Precision.RANGE}
"""A deed that no rule names and that is told no sharper than this is background."""
WIDE = VAGUE - {Precision.MONTH}
BASIS_WEIGHT = {
    "explicit": 0.95,
    "weekday": 0.9,
    "relative": 0.85,
    "dateline": 0.8,
    "context": 0.6,
    "publication": 0.45,
    "none": 0.3,
}
"""How far a date is trusted by what it rests on; a first scale, not yet calibrated."""


@dataclass
class Reader:
    """The state of one reading: who was spoken of, and the day the discourse has reached."""

    layout: Layout
    anchor: Anchor
    dates: list[DateWord]
    cast: Cast
    spoken: Dating = field(default_factory=Dating)
    speakers: set[str] = field(default_factory=set)
    """Those whose statement has been told of: the first word of each is news."""

    def sentence(self, index: int, sentence: Sentence, doc: Doc) -> Iterator[Draft]:
        self.cast.enter(doc)
        spoken = Dating() if self._is_adrift(sentence) else self.spoken
        clause = Clause(doc, sentence.start, self._dates_in(sentence), self.anchor, spoken)
        found: list[tuple[Trigger, Dating]] = []
        for trigger in self._triggers(index, clause):
            if (status := status_of(trigger.token, trigger.rule.type)) is not None:
                dating = date_of(trigger.token, status.status, clause)
                if not self._lacks_parties(trigger, status, dating) and is_news(
                    trigger.token, trigger.rule.type, status, dating
                ):
                    found.append((trigger, dating))
                    yield self._draft(trigger, status, dating, sentence)
        yield from self._others(found, clause, sentence)
        for trigger, dating in found:
            self._continue(trigger, dating)
        self.cast.leave()

    def _dates_in(self, sentence: Sentence) -> list[DateWord]:
        """The date words that may date an event; anaphoric ones reckoned from the last event."""
        found: list[DateWord] = []
        for word in self.dates:
            if not sentence.start <= word.start < sentence.end or word.place != "prose":
                continue
            anaphoric = word.basis is Basis.CONTEXT or HOURS.search(word.text)
            meant = self._after_the_event(word) if anaphoric and not found else word
            adrift = self.anchor.day is None and meant.basis in RECKONED
            if meant.date is not None and meant.type in ("DATE", "TIME") and not adrift:
                found.append(meant)
        return found

    def _is_adrift(self, sentence: Sentence) -> bool:
        """It names a day that nothing tells: it does not go on with the day before it either."""
        return self.anchor.day is None and any(
            word.basis in RECKONED and sentence.start <= word.start < sentence.end
            for word in self.dates
        )

    def _lacks_parties(self, trigger: Trigger, status: Finding, dating: Dating) -> bool:
        """Without a day, a contact yet to come needs both sides named, any other its least number;
        with nobody named, an event needs a date no wider than a month."""
        if dating.is_own and (trigger.actors or dating.date.precision not in WIDE):
            return False
        if not trigger.actors and trigger.rule.type != "strike":
            return True
        if trigger.rule.dated:
            return True
        ahead = trigger.rule.type in CONTACTS and status.status in ("planned", "proposed")
        return len(trigger.actors) < max(trigger.rule.parties, 2 if ahead else 0)

    def _after_the_event(self, word: DateWord) -> DateWord:
        day = self.spoken.date.earliest
        if day is None or self.spoken.date.precision is not Precision.DAY:
            return word
        if HOURS.search(word.text):
            about = replace(self.spoken.date, approximate=not self.spoken.date.uncertain)
            because = f"“{word.text}” after or before what is told of {words(self.spoken.date)}"
            return replace(word, date=about, past=None, coming=None, because=because)
        sharp = word.date is not None and word.date.precision in (Precision.DAY, Precision.RANGE)
        if sharp and not self._lies_ahead(Dating(word.date or UNDATED)):
            return word
        return reanchor(word, day, "the event before")

    def _continue(self, trigger: Trigger, dating: Dating) -> None:
        """What the next sentences may take up again: the parties, the day, the type's last event."""
        persons = tuple(a for a in trigger.actors if self.cast.kind(a) == "person")
        if len(persons) > 1:
            self.cast.pair = persons[:2]
        if trigger.actors:
            self.cast.last[trigger.rule.type] = trigger.actors
        first = self.spoken.date.precision is Precision.NONE
        if dating.date.precision is not Precision.DAY or self._lies_ahead(dating):
            return
        if trigger.token.lemma_ != "be" and (first or narrates(trigger.token)):
            self.spoken = dating

    def _others(
        self, found: list[tuple[Trigger, Dating]], clause: Clause, sentence: Sentence
    ) -> Iterator[Draft]:
        """Dated deeds of known actors that no rule names, and further days of those that one does."""
        used = {dating.words for _, dating in found if dating.words}
        known = list(found)
        for verb, word in unused_dates(used, clause):
            same = next((t for t, _ in known if verb in (t.token, t.token.head)), None)
            trigger = same or self._other(verb)
            if trigger is None or word.date is None:
                continue
            if same is None and (word.date.precision in VAGUE or _carries(verb, known)):
                continue
            status = status_of(trigger.token, trigger.rule.type)
            if status is None:
                continue
            if same is not None:
                if joined(word, used, clause):
                    yield self._draft(
                        same, status, dated(word, verb, status.status, clause), sentence
                    )
            elif (dating := date_of(verb, status.status, clause)).words is word:
                found.append((trigger, dating))
                yield self._draft(trigger, status, dating, sentence)

    def _other(self, verb: Token) -> Trigger | None:
        heads = [*subjects(verb), *patients(verb), *objects_of(verb, "with", "to", "by")]
        heads += children(verb, "attr")  # "it was Zelensky who …"
        actors = self.cast.of(heads)
        if not actors or verb.lemma_.lower() in PHASES:
            return None
        return Trigger(verb, STATEMENT if is_saying(verb) else OTHER, actors)

    def _triggers(self, index: int, clause: Clause) -> Iterator[Trigger]:
        doc = clause.doc
        found = list(find(doc, self.cast))
        said = [
            t
            for t in found
            if t.rule.weight == "words" and _is_finite(t.token) and not self._quoted(t, clause)
        ]
        deeds = [t for t in found if t.rule.weight != "words"]
        refused = [t for t in said if t.rule.type == "rejection" and _holds(t, deeds)]
        said = [t for t in said if t not in refused]
        yield from (t for t in deeds if not self._is_content(t, said, clause))
        yield from (t for t in said if not self._repeats(t, clause))
        if (statement := self._statement(index, clause, found, said)) is not None:
            yield statement

    def _is_first(self, actors: tuple[str, ...], token: Token) -> bool:
        """A person who speaks for the first time in the article, in the tense of a report."""
        speaker = actors[0] if actors else ""
        kinds = ("person", "country") if token.lemma_.lower() in REPLYING else ("person",)
        speaks = bool(speaker) and self.cast.kind(speaker) in kinds
        return speaks and speaker not in self.speakers and narrates(token)

    def _quoted(self, trigger: Trigger, clause: Clause) -> bool:
        return self.layout.quoted(clause.start + trigger.token.idx) is not None

    def _repeats(self, trigger: Trigger, clause: Clause) -> bool:
        """More of what somebody said on the occasion already told of: no event of its own."""
        aside = trigger.rule.type in ASIDES or trigger.rule.must
        if not aside or governing(trigger.token, clause) is not None:
            return False
        return trigger.actors[0] in self.speakers

    def _is_content(self, deed: Trigger, said: list[Trigger], clause: Clause) -> bool:
        """What is only asked for, promised or threatened, without a day, is the words' content."""
        if self._quoted(deed, clause) and deed.rule.type not in CONTACTS:
            return not has_own_date(deed.token, clause)
        held = any(_hangs_below(deed.token, t.token) for t in said)
        return held and governing(deed.token, clause) is None

    def _statement(
        self, index: int, clause: Clause, found: list[Trigger], said: list[Trigger]
    ) -> Trigger | None:
        """The statement a sentence reports, if it is news and no other kind of words."""
        if said:
            return None
        taken = {t.token for t in found}
        for token in clause.doc:
            if token in taken or not (is_verb(token) and is_saying(token) and _is_main(token)):
                continue
            actors = self.cast.of(subjects(token))
            news = index < LEAD or has_occasion(clause.doc) or is_announcing(token)
            news = news or has_own_date(token, clause) or self._is_first(actors, token)
            if actors and news:
                self.speakers.update(actors[:1])
                return Trigger(token, STATEMENT, actors)
        return None

    def _draft(
        self, trigger: Trigger, status: Finding, dating: Dating, sentence: Sentence
    ) -> Draft:
        token = trigger.token
        if status.status == "occurred" and self._lies_ahead(dating):
            status = Finding("planned", "a day to come")
        start = sentence.start + token.idx
        heads = [token, *_verb_of(token)]
        return Draft(
            type=trigger.rule.type,
            status=status.status,
            evidence=self._span(sentence.start, sentence.end),
            trigger=self._span(start, start + len(token.text)),
            date=dating.date,
            basis=dating.basis,
            because=dating.because,
            date_words=self._span(dating.words.start, dating.words.end) if dating.words else None,
            actors=completed(trigger.actors, token, trigger.rule.type, self.cast),
            places=self.cast.places(heads),
            attributed_to=self._attributed(token),
            confidence=BASIS_WEIGHT.get(dating.basis.value, 0.3),
        )

    def _lies_ahead(self, dating: Dating) -> bool:
        window = dating.date.window
        return window is not None and self.anchor.day is not None and window[0] > self.anchor.day

    def _attributed(self, token: Token) -> str:
        """Who says so: the subject of the verb of saying above, or of "according to"."""
        for above in token.ancestors:
            if is_verb(above) and is_saying(above) and (names := self.cast.of(subjects(above))):
                return names[0]
        for word in token.doc:
            if word.lower_ == "according" and (names := self.cast.of(_objects_below(word))):
                return names[0]
        return ""

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self.layout.text[start:end])


def _holds(refusal: Trigger, deeds: list[Trigger]) -> bool:
    """A refused meeting is a meeting that is denied, and no rejection beside it."""
    return any(_hangs_below(deed.token, refusal.token) for deed in deeds)


def _hangs_below(token: Token, verb: Token) -> bool:
    """In the verb's complement; what is only joined to it ("welcomed it and called") is beside it."""
    while token.head != token:
        if token.head == verb:
            return token.dep_ != "conj"
        token = token.head
    return False


def _carries(verb: Token, found: list[tuple[Trigger, Dating]]) -> bool:
    """The verb only says of an event already found that it opened, went on or closed."""
    around = {*subjects(verb), *patients(verb), *objects_of(verb, "in", "for", "with")}
    return any(trigger.token in around for trigger, _ in found)


def _is_main(token: Token) -> bool:
    """The verb of the main clause, or one joined to it."""
    while token.dep_ in ("conj", "xcomp") and is_verb(token.head):
        token = token.head
    return token.dep_ == "ROOT" or (token.dep_ == "ccomp" and token.head.dep_ == "ROOT")


def _is_finite(token: Token) -> bool:
    """Said for its own sake in the main clause, not what somebody was asked or came to say."""
    return _is_main(token) and not (token.dep_ == "xcomp" and token.tag_ == "VB")


def _verb_of(token: Token) -> list[Token]:
    return [token.head] if not is_verb(token) and is_verb(token.head) else []


def _objects_below(word: Token) -> list[Token]:
    return [t for prep in children(word, "prep") for t in children(prep, "pobj")]
