"""Every rule of the data files is held to its own example."""

import datetime as dt
from functools import cache

import pytest
from spacy.tokens import Doc

from articles.extraction import PIPELINE, load_lexicon
from articles.extraction.language import parse
from articles.extraction.lead import main_line
from articles.extraction.rules import Rule, rules
from articles.extraction.statuses import Cue, cues, status_of
from articles.extraction.triggers import Trigger, find
from articles.extraction.who import Cast
from timeline.types import STATUSES, TYPES

DAY = dt.date(2025, 7, 4)
RULES = list(dict.fromkeys(rule for found in rules().by_lemma.values() for rule in found))


@cache
def parsed(sentence: str) -> Doc:
    return parse([sentence], pipeline=PIPELINE, lexicon=load_lexicon())[0]


def triggers(sentence: str, *, lead: bool = False) -> list[Trigger]:
    doc = parsed(sentence)
    cast = Cast(load_lexicon(), DAY)
    cast.enter(doc)
    return list(find(doc, cast, main_line(doc) if lead else frozenset()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_type_in_its_example(rule: Rule) -> None:
    lead = "*" in rule.lemmas
    assert rule.type in {trigger.rule.type for trigger in triggers(rule.example, lead=lead)}


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.name)
def test_a_cue_gives_its_status_in_its_example(cue: Cue) -> None:
    findings = [status_of(t.token, t.rule.type) for t in triggers(cue.example)]
    assert cue.status in {finding.status for finding in findings if finding}


def test_every_type_has_a_trigger() -> None:
    assert {rule.type for rule in RULES} | {"statement", "other"} == set(TYPES)


def test_every_rule_and_cue_speaks_of_known_types_and_statuses() -> None:
    assert set(rules().roles) == set(TYPES)
    assert {cue.status for cue in cues()} < set(STATUSES)


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Zelensky called for restraint on Monday.", "call"),
        ("Air strikes are the worst form of war, Macron said.", "strike"),
        ("The parties met the deadline set by Brussels.", "meeting"),
        ("If Trump meets Putin, Kyiv will protest.", "protest"),
        ("Chad and Sudan put an end to their talks on Monday with a dinner.", "agreement"),
        ("Chad and Sudan put an end to their talks on Monday with no word of a plan.", "agreement"),
    ],
    ids=[
        "call for",
        "strikes in general",
        "meet a deadline",
        "protest without a crowd",
        "a dinner",
        "no plan",
    ],
)
def test_lookalikes(sentence: str, type_: str) -> None:
    assert type_ not in {trigger.rule.type for trigger in triggers(sentence)}


def test_what_is_only_supposed_has_no_status() -> None:
    sentence = "If Trump meets Putin in Budapest, Merz will stay at home."
    meeting = next(t for t in triggers(sentence) if t.rule.type == "meeting")
    assert status_of(meeting.token, "meeting") is None
