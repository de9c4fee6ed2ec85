"""Events from the sentences of one article, in order: who was spoken of, what day it has reached."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from timeline.dates import Precision

from .clauses import Clause, Dating
from .confidence import confidence, grounds_of
from .dating import DateWord
from .deadlines import Limit, Loose, limit_of, loose_limit, with_deadline
from .drafts import Draft, Reference, Span
from .gapping import Turn, among_several, each_of_both, turns, without_verb
from .governing import governing, hangs_on, has_own_date, joined, unused_dates
from .lead import LEAD, depth, is_on, main_line
from .meaning import (
    carries,
    cleft,
    compared,
    is_its_content,
    is_of_it,
    is_retold,
    last_told,
    made,
    makers,
    named_by,
    picked_out,
    ranking,
    taken_up,
)
from .news import CONTACTS, is_news, is_since, narrates
from .parties import completed
from .passing import goes_on, is_background, reference, refers, tells_a_deed
from .reasons import reason
from .rules import OTHER, STATEMENT, Rule
from .saying import REPLYING, has_occasion, is_announcing, is_saying, takes_a_turn, utterance
from .statuses import BESIDE, Finding, is_hypothetical, is_partly_done, status_of
from .story import Story
from .syntax import (
    accompanied,
    children,
    governor,
    is_principal,
    is_verb,
    objects_of,
    patients,
    subjects,
)
from .text import Layout, Sentence
from .triggers import Trigger, find
from .when import date_of, dated, declared
from .who import Cast

PHASES = frozenset("open begin start continue finish expect await".split())
"""Verbs that say of another event that it began or is to come; they tell of none themselves."""
STATES = frozenset("turn celebrate mark play get need remain stay face".split())
"""Verbs of what becomes of somebody, as "will turn 73": no deed, whatever the day."""
ASIDES = ("support", "rejection", "condemnation")
WITNESSING = ("hear", "see", "watch")
"""Verbs whose subject only listens: "heard him tell reporters"."""
DEEP = 99
"""Below any main line."""
VAGUE = frozenset(Precision) - {Precision.DAY, Precision.WEEK, Precision.RANGE}
"""A deed that no rule names and that is told no sharper than this is background."""
WIDE = VAGUE - {Precision.MONTH}


@dataclass
class Reader:
    """The state of one reading: who was spoken of, and the day the discourse has reached."""

    layout: Layout
    story: Story
    cast: Cast
    speakers: set[str] = field(default_factory=set)
    """Those whose statement has been told of: the first word of each is news."""
    last_words: tuple[str, ...] = ()
    """Who promised, asked or blamed in the sentence before."""
    passed: list[Trigger] = field(default_factory=list)
    """What the rules find in the sentence at hand, told for its own sake or not."""
    told: list[Trigger] = field(default_factory=list)
    """The deeds spoken of: one of them is what "it" and "the second" mean."""
    references: list[Reference] = field(default_factory=list)
    """What is spoken of in passing: more on an event that the article tells elsewhere, or nothing."""
    loose: list[Loose] = field(default_factory=list)
    """The deadlines of ultimatums told in the sentences before."""

    def sentence(self, index: int, sentence: Sentence, doc: Doc) -> Iterator[Draft]:
        self.cast.enter(doc)
        clause = self.story.clause(sentence, doc, self._spoken_of(doc))
        found: list[tuple[Trigger, Dating]] = []
        line = main_line(doc) if index == 0 else frozenset()
        triggers, limits = self._limits(index, clause, line, sentence)
        for trigger in triggers:
            will, limit = trigger.rule.will, limits.get(trigger.token)
            status = _status(trigger)
            if status is None:
                self._speak_of_part(trigger, clause, sentence)
            else:
                at = self._dated_at(trigger.token, clause)
                apart = _without(limit, clause)
                dating = declared(at, apart) if will else date_of(at, status.status, apart)
                if several := self._turns(trigger, clause):
                    for one, its in self._each(trigger, several, status, clause):
                        found.append((one, its))
                        yield self._draft(one, status, its, sentence)
                elif (is_on(line, trigger.token) and not is_since(dating)) or (
                    not is_background(trigger, status, dating)
                    and not self._lacks_parties(trigger, status, dating)
                    and (will or is_news(trigger.token, trigger.rule.type, status, dating))
                ):
                    found.append((trigger, dating))
                    for one in self._both(trigger) or [trigger]:
                        draft = self._draft(one, status, dating, sentence)
                        yield self._limited(draft, limit, clause) if limit else draft
                    if trigger.rule.type in CONTACTS and is_verb(trigger.token):
                        for other in without_verb(trigger, self.cast):
                            yield self._draft(other, status, dating, sentence)
                else:
                    if refers(trigger.token):
                        draft = self._draft(trigger, status, dating, sentence)
                        self.references.append(reference(draft, trigger.token))
                    if trigger.rule.type in CONTACTS:  # "agreed to meet him": none yet, but a pair
                        self._pair_up(trigger)
        used = {limit.word for limit in limits.values()}
        yield from self._others(found, clause, sentence, used)
        for trigger, dating in found:
            self._continue(trigger, dating)
        self.story.move_on(clause)
        self.cast.leave()

    def _limits(
        self, index: int, clause: Clause, line: frozenset[int], sentence: Sentence
    ) -> tuple[list[Trigger], dict[Token, Limit]]:
        """The triggers but for what is only threatened, and by the word that threatens or demands:
        the deadline it sets."""
        triggers = list(self._triggers(index, clause, line))
        found = {t.token: limit_of(t, clause, self.cast) for t in triggers}
        limits = {token: limit for token, limit in found.items() if limit}
        if not found and (limit := loose_limit(clause, self.cast)):
            self.loose.append(Loose(limit, clause, sentence.start))
        otherwise = {i for limit in limits.values() for i in limit.otherwise}
        return [t for t in triggers if t.token.i not in otherwise], limits

    def _limited(self, draft: Draft, limit: Limit, clause: Clause) -> Draft:
        """With the deadline that it sets, and those for whom."""
        if draft.status != "occurred":
            return draft
        actors = tuple(dict.fromkeys((*draft.actors, *limit.to)))
        return with_deadline(replace(draft, actors=actors), limit, clause)

    def _speak_of_part(self, trigger: Trigger, clause: Clause, sentence: Sentence) -> None:
        """ "Had not entirely halted aid" says more of a halt that is told of elsewhere."""
        if is_partly_done(trigger.token):
            done = Finding("occurred")
            dating = date_of(trigger.token, done.status, clause)
            draft = self._draft(trigger, done, dating, sentence)
            self.references.append(reference(draft, trigger.token))

    def _dated_at(self, token: Token, clause: Clause) -> Token:
        """The word whose date is the event's: "It was on Monday that he left", "reached in May"."""
        for above in (cleft(token), ranking(token), accompanied(token), _uttering(token)):
            if above is not None and not has_own_date(token, clause):
                return above
        if (later := compared(token)) is not None:
            word = hangs_on(later, clause)
            if word is not None and word.start > clause.start + token.idx:
                return later
        return next((verb for verb in made(token) if hangs_on(verb, clause)), token)

    def _whole(self, trigger: Trigger) -> Trigger:
        """With those whom another verb names: "the talks that Kim had with Moon"."""
        heads = [h for v in made(trigger.token) for h in (*makers(v), *objects_of(v, "with"))]
        if (above := ranking(trigger.token)) is not None:
            heads += subjects(above)
        heads += picked_out(trigger.token)
        if (later := compared(trigger.token)) is not None:
            heads += subjects(later.head)
        heads = [h for h in heads if h != trigger.token]
        actors = dict.fromkeys((*self.cast.of(heads), *trigger.actors))
        return replace(trigger, actors=tuple(actors)) if heads else trigger

    def _turns(self, trigger: Trigger, clause: Clause) -> list[Turn]:
        verbal = is_verb(trigger.token) and trigger.token.lemma_ != "be"
        contact = verbal and trigger.rule.type in CONTACTS
        return turns(trigger.token, clause, self.cast) if contact else []

    def _both(self, trigger: Trigger) -> list[Trigger]:
        """ "Telephoned both Merz and Macron": one call with each."""
        others = each_of_both(trigger.token, self.cast) if trigger.rule.type in CONTACTS else ()
        acting = self.cast.of(subjects(trigger.token))
        return [replace(trigger, actors=(*acting, other)) for other in others]

    def _each(
        self, trigger: Trigger, several: list[Turn], status: Finding, clause: Clause
    ) -> Iterator[tuple[Trigger, Dating]]:
        """One event with each: "spoke with Putin on Monday and Zelensky on Tuesday"."""
        acting = self.cast.of(subjects(trigger.token))
        for turn in several:
            actors = tuple(dict.fromkeys((*acting, turn.name)))
            yield (
                replace(trigger, actors=actors),
                dated(turn.word, trigger.token, status.status, clause),
            )

    def _spoken_of(self, doc: Doc) -> tuple[str, ...]:
        """The subjects of the main clause, and whom the subject of what is said there names:
        "The Kremlin confirmed that the talk of Trump and Putin was long"."""
        roots = [verb for verb in doc if verb.dep_ == "ROOT"]
        said = [s for verb in roots for c in children(verb, "ccomp") for s in subjects(c)]
        named = [n.name for s in said for t in s.subtree if (n := self.cast.named_at(t))]
        acting = self.cast.of([subject for verb in roots for subject in subjects(verb)])
        return (*acting, *named)

    def _lacks_parties(self, trigger: Trigger, status: Finding, dating: Dating) -> bool:
        """Without a day, a contact yet to come needs both sides named, any other its least number;
        with nobody named, an event needs a date no wider than a month."""
        if dating.is_own and (trigger.actors or dating.date.precision not in WIDE):
            return False
        if not trigger.actors and trigger.rule.type not in ("strike", "protest"):
            return True
        if trigger.rule.dated:
            return True
        ahead = trigger.rule.type in CONTACTS and status.status in ("planned", "proposed")
        return len(trigger.actors) < max(trigger.rule.parties, 2 if ahead else 0)

    def _continue(self, trigger: Trigger, dating: Dating) -> None:
        """What the next sentences may take up again: the parties, the day, the type's last event."""
        self._pair_up(trigger)
        if trigger.actors:
            kind = trigger.rule.type
            self.cast.last[kind] = completed(trigger.actors, trigger.token, kind, self.cast)
        self.story.reach(trigger.token, dating, trigger.actors)

    def _pair_up(self, trigger: Trigger) -> None:
        """Two who have to do with each other are "the two" of the next sentence."""
        persons = tuple(a for a in trigger.actors if self.cast.kind(a) == "person")
        if len(persons) > 1:
            self.cast.pair = persons[:2]

    def _others(
        self,
        found: list[tuple[Trigger, Dating]],
        clause: Clause,
        sentence: Sentence,
        used: set[DateWord],
    ) -> Iterator[Draft]:
        """Dated deeds of known actors that no rule names, and further days of those that one does;
        `used` are date words that date none."""
        used = used | {dating.words for _, dating in found if dating.words}
        known = list(found)
        for verb, word in unused_dates(used, clause):
            same = next((t for t, _ in known if verb in (t.token, t.token.head)), None)
            passed = next((t for t in self.passed if verb == t.token), None)
            trigger, about = (same, None) if same else self._other(verb, passed)
            if trigger is None or word.date is None:
                continue
            wide = VAGUE if trigger.rule in (OTHER, STATEMENT) else WIDE
            if same is None and (
                word.date.precision in wide
                or any(carries(verb, about, word, t.token, dating) for t, dating in known)
            ):
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

    def _other(self, verb: Token, passed: Trigger | None) -> tuple[Trigger | None, Token | None]:
        """What a verb that no rule names tells of, and the noun that says so; or the words that one
        does name, told beside the point but on a day."""
        if passed is not None:
            return (passed, None) if passed.rule.weight != "deeds" else (None, None)
        if _is_spoken_of(verb):
            return None, None
        if (meant := last_told(verb, self.told, self.cast)) is not None:
            return meant, None
        heads = [*subjects(verb), *patients(verb), *objects_of(verb, "with", "to", "by")]
        heads += children(verb, "attr")  # "it was Zelensky who …"
        if (named := named_by(verb, self.cast, heads)) is not None:
            return Trigger(verb, named.rule, named.actors), named.noun
        if (meant := taken_up(verb, self.cast)) is not None:
            return meant, None
        actors = self.cast.of(heads)
        lasting = verb.lemma_ == "be" and any(t.lower_ == "since" for t in children(verb, "prep"))
        if not actors or lasting or verb.lemma_.lower() in PHASES | STATES:
            return None, None
        return Trigger(verb, STATEMENT if is_saying(verb) else OTHER, actors), None

    def _triggers(self, index: int, clause: Clause, line: frozenset[int]) -> Iterator[Trigger]:
        """In the lead, its main line before the rest, and who says it before what is said."""
        found = list(self._told(index, clause, line))
        yield from sorted(found, key=lambda t: depth(t.token) if is_on(line, t.token) else DEEP)

    def _told(self, index: int, clause: Clause, line: frozenset[int]) -> Iterator[Trigger]:
        doc = clause.doc
        found = [self._whole(trigger) for trigger in find(doc, self.cast, line)]
        found = [t for t in found if not is_retold(t, found)]
        found = [t for t in found if governing(t.token, clause) or not is_its_content(t, found)]
        found = [t for t in found if t.rule.weight != "words" or not _is_spoken_of(t.token)]
        self.passed = found
        found += among_several(clause, self.cast, [t.token for t in found])
        said = [
            t
            for t in found
            if t.rule.weight == "words" and _is_finite(t.token) and not self._quoted(t, clause)
        ]
        deeds = [t for t in found if t.rule.weight == "deeds"]
        self.told += [t for t in deeds if t.rule.type not in ASIDES]
        refused = [t for t in said if _is_of_a_contact(t, deeds, clause)]
        said = [t for t in said if t not in refused]
        said = [t for t in said if _uttering(t.token) not in [other.token for other in said]]
        yield from (
            t
            for t in deeds
            if not _is_judged(t.token, said, clause)
            and (is_on(line, t.token) or not self._is_content(t, said, clause))
        )
        yield from (t for t in said if not self._repeats(t, clause))
        self.last_words = said[-1].actors[:1] if said else ()
        if (statement := self._statement(index, clause, found, said)) is not None:
            yield statement

    def _is_first(self, actors: tuple[str, ...], token: Token) -> bool:
        """A person who speaks for the first time in the article, in the tense of a report."""
        speaker = actors[0] if actors else ""
        kinds = ("person", "country") if token.lemma_.lower() in REPLYING else ("person",)
        speaks = bool(speaker) and self.cast.kind(speaker) in kinds
        new = speaks and speaker not in self.speakers and not goes_on(token)
        return new and narrates(token)

    def _quoted(self, trigger: Trigger, clause: Clause) -> bool:
        return self.layout.quoted(clause.start + trigger.token.idx) is not None

    def _repeats(self, trigger: Trigger, clause: Clause) -> bool:
        """More of what somebody said on the occasion already told of: no event of its own."""
        aside = trigger.rule.type in ASIDES or trigger.rule.must
        if not aside or governing(trigger.token, clause) is not None:
            return False
        if _joins_a_report(trigger.token):
            return True
        if trigger.rule.type == "condemnation" and self._is_against(trigger):
            return False
        if goes_on(trigger.token) and trigger.actors[:1] == self.last_words:
            return True
        return trigger.actors[:1] != () and trigger.actors[0] in self.speakers

    def _is_against(self, trigger: Trigger) -> bool:
        """ "Trump accused China": by name, and against a side that is named."""
        accused = self.cast.of(patients(trigger.token))
        return narrates(trigger.token) and not goes_on(trigger.token) and bool(accused)

    def _is_content(self, deed: Trigger, said: list[Trigger], clause: Clause) -> bool:
        """What is only asked for, promised or threatened, without a day, is the words' content."""
        if self._quoted(deed, clause) and deed.rule.type not in CONTACTS:
            return not has_own_date(deed.token, clause)
        if deed.rule.type in CONTACTS and len(deed.actors) > 1:
            return False
        held = any(_hangs_below(deed.token, t.token) for t in said)
        return held and governing(deed.token, clause) is None

    def _statement(
        self, index: int, clause: Clause, found: list[Trigger], said: list[Trigger]
    ) -> Trigger | None:
        """The statement a sentence reports, if it is news and no other kind of words."""
        said = [t for t in said if t.rule.type != "statement" or t.token.dep_ != "ccomp"]
        taken = {t.token for t in found if t.rule.weight != "statement"}
        finer = {
            t.token: t.rule
            for t in found
            if t.rule.weight == "statement"
            and (t.rule.type == "threat" or not _announces_a_contact(t, found))
        }
        if said and (index or not finer):
            return None
        for token in clause.doc:
            if token in taken or not (is_verb(token) and is_saying(token) and _is_main(token)):
                continue
            if token.tag_ == "VBG" and goes_on(token):  # "he was speaking at a dinner"
                continue
            if any(map(_is_spoken_of, children(token, "ccomp"))) and _says_again(token):
                continue
            if is_announcing(token) and any(_is_object(t.token, token) for t in found):
                continue
            actors = self.cast.of([*picked_out(token), *subjects(token)])
            news = index < LEAD or has_occasion(clause.doc) or is_announcing(token)
            news = news or has_own_date(token, clause) or cleft(token) is not None
            news = news or self._is_first(actors, token) or _is_threat(token, finer)
            news = news or (takes_a_turn(clause.doc.text) and narrates(token))
            person = any(self.cast.kind(name) == "person" for name in actors)
            own = is_announcing(token) or (person and has_occasion(clause.doc))
            if not own and tells_a_deed(token, found, clause, person=person):
                continue
            if news and (actors or (index == 0 and token in finer)):
                self.speakers.update(actors[:1])
                return Trigger(token, finer.get(token, STATEMENT), actors)
        return None

    def _draft(
        self, trigger: Trigger, status: Finding, dating: Dating, sentence: Sentence
    ) -> Draft:
        token = trigger.token
        if status.status == "occurred" and self.story.lies_ahead(dating):
            status = Finding("planned", "a day to come")
        start = sentence.start + token.idx
        heads = [token, *_verb_of(token), *made(token)]
        grounds = grounds_of(trigger, dating, sentence, self.layout)
        return Draft(
            type=trigger.rule.type,
            status=status.status,
            evidence=self._span(sentence.start, sentence.end),
            trigger=self._span(start, start + len(token.text)),
            date=dating.date,
            basis=dating.basis,
            because=dating.because,
            type_because=reason(trigger, status),
            date_words=self._span(dating.words.start, dating.words.end) if dating.words else None,
            actors=completed(trigger.actors, token, trigger.rule.type, self.cast),
            places=self.cast.places(heads),
            attributed_to=self._attributed(token),
            confidence=confidence(grounds),
            grounds=grounds,
        )

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


def _without(limit: Limit | None, clause: Clause) -> Clause:
    """The clause for dating what sets the deadline, which falls on another day."""
    if limit is None:
        return clause
    return replace(clause, dates=[word for word in clause.dates if word.start != limit.word.start])


def _status(trigger: Trigger) -> Finding | None:
    """ "Will not allow" and "did not accept" are refusals, and those were made."""
    if trigger.rule.will or trigger.rule.negated:
        return None if is_hypothetical(trigger.token) else Finding("occurred")
    return status_of(accompanied(trigger.token) or trigger.token, trigger.rule.type)


def _is_of_a_contact(words: Trigger, deeds: list[Trigger], clause: Clause) -> bool:
    """A refused meeting is a meeting that is denied, and no rejection beside it; one asked for or
    offered on a day of its own is one that is proposed."""
    contacts = [deed.token for deed in deeds if deed.rule.type in CONTACTS]
    below = [token for token in contacts if _hangs_below(token, words.token)]
    if words.rule.type in ("rejection", "pledge") and is_of_it(words.token):
        return any(token.i < words.token.i for token in contacts)
    if words.rule.type in ("demand", "pledge"):
        return any(t.head == words.token and has_own_date(t, clause) for t in below)
    return words.rule.type == "rejection" and bool(below)


def _hangs_below(token: Token, verb: Token) -> bool:
    """In the verb's complement; what is only joined to it ("welcomed it and called") is beside it,
    and so is what had been done before ("would send more, after he had stopped them")."""
    while token.head != token and not _had_been_done(token):
        if token.head == verb:
            return token.dep_ != "conj" and token.lower_ not in BESIDE
        token = token.head
    return False


def _had_been_done(verb: Token) -> bool:
    after = any(t.lower_ in ("after", "since") for t in children(verb, "mark"))
    return after and any(t.lower_ == "had" for t in children(verb, "aux"))


def _is_object(noun: Token, verb: Token) -> bool:
    """ "announced the release of two": the release is the news, not that it was announced."""
    return noun.dep_ == "dobj" and noun.head == verb


def _is_main(token: Token) -> bool:
    """The verb of the main clause, or one joined to it."""
    while token.dep_ in ("conj", "xcomp") and is_verb(token.head):
        token = token.head
    if token.dep_ == "ccomp" and token.head.lemma_ in WITNESSING:
        return _is_main(token.head)
    if (verb := _uttering(token)) is not None:
        return _is_main(verb)
    return is_principal(token) or (token.dep_ == "ccomp" and token.head.dep_ == "ROOT")


def _is_judged(noun: Token, said: list[Trigger], clause: Clause) -> bool:
    """The trip of "defended his trip on Monday": that day is not the trip's."""
    judging = [t.token for t in said if t.rule.type in ("support", "condemnation")]
    judged = not is_verb(noun) and noun.dep_ == "dobj" and noun.head in judging
    return judged and hangs_on(noun, clause) is None


def _announces_a_contact(statement: Trigger, found: list[Trigger]) -> bool:
    """ "announced that he would meet Putin": the meeting is the plan, and the words a statement."""
    return any(t.rule.type in CONTACTS and _hangs_below(t.token, statement.token) for t in found)


def _joins_a_report(token: Token) -> bool:
    """ "confirmed that aid had come but blamed Biden": more of what is said, whoever the parse gives
    it to."""
    above = token.head
    reported = token.dep_ == "conj" and above.dep_ == "ccomp"
    return reported and token.tag_ == "VBD" and above.tag_ != "VBD"


def _uttering(verb: Token) -> Token | None:
    """The "wrote" of "wrote a letter in which he offered help": with it the help was offered."""
    text = utterance(verb)
    return governor(text) if text is not None else None


def _is_finite(token: Token) -> bool:
    """Said for its own sake in the main clause, not what somebody was asked or came to say."""
    first = token
    while first.dep_ == "conj" and first.head.tag_ == "VB":
        first = first.head
    return _is_main(token) and not (first.dep_ == "xcomp" and first.tag_ == "VB")


def _is_spoken_of(verb: Token) -> bool:
    """ "Repeated what he had promised": the promise is no news here."""
    return any(thing.lower_ == "what" for thing in children(verb, "dobj"))


def _is_threat(said: Token, finer: dict[Token, Rule]) -> bool:
    """ "He said that he would walk out": news whoever has spoken before, unless he goes on."""
    rule = finer.get(said)
    return rule is not None and rule.type == "threat" and narrates(said) and not goes_on(said)


def _says_again(verb: Token) -> bool:
    return verb.lemma_.lower() in ("repeat", "reiterate")


def _verb_of(token: Token) -> list[Token]:
    return [token.head] if not is_verb(token) and is_verb(token.head) else []


def _objects_below(word: Token) -> list[Token]:
    return [t for prep in children(word, "prep") for t in children(prep, "pobj")]
