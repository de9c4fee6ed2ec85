"""Which agency a report comes from: two that name the same one are one source."""

import pytest

from articles.extraction.agencies import AgencyRule, agency_of, canonical, named_in, rules
from articles.extraction.text import lay_out

RULES = [*rules("line"), *rules("sentence")]
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
OTHERS = [(rule, other) for rule in RULES for other in rule.others]


@pytest.mark.parametrize(("rule", "words"), EXAMPLES, ids=[words for _, words in EXAMPLES])
def test_examples(rule: AgencyRule, words: str) -> None:
    assert rule.find(words)


@pytest.mark.parametrize(("rule", "words"), OTHERS, ids=[words for _, words in OTHERS])
def test_lookalikes(rule: AgencyRule, words: str) -> None:
    assert rule.find(words) is None


SENTENCES = {
    "Presidents Trump and Putin spoke on Thursday, Reuters reported.": "Reuters",
    "According to the Interfax news agency, the ministers met.": "Interfax",
    "The ministers met, the Russian state news agency TASS said.": "TASS",
    "Russia attacked Kyiv, the AP reports, citing officials.": "Associated Press",
    "Peskov told the Meridian news agency that no call was planned.": "Meridian",
    "The ministers met, as the agency had said.": "",
    "The ministers met Reuters' editor.": "",
}


@pytest.mark.parametrize(("sentence", "agency"), SENTENCES.items(), ids=list(SENTENCES))
def test_the_agency_that_a_sentence_names(sentence: str, agency: str) -> None:
    assert named_in(sentence) == agency


NEWS = "The presidents spoke by telephone on Thursday for the first time since the spring."
ARTICLES = {
    "dateline": (f"KYIV, July 4 (AFP) - {NEWS}", "Agence France-Presse"),
    "another dateline": (f"KYIV, July 4 (Meridian Wire) - {NEWS}", "Meridian Wire"),
    "by-line": (f"Leaders talk\n\nBy Jane Doe, Associated Press\n\n{NEWS}", "Associated Press"),
    "at the end": (f"Leaders talk\n\n{NEWS} (Reuters)", "Reuters"),
    "credit": (f"Leaders talk\n\n{NEWS}\n\nWith files from Reuters", "Reuters"),
    "none": (f"Leaders talk\n\nBy Jane Doe\n\n{NEWS}\n\nPhoto: Reuters", ""),
}


@pytest.mark.parametrize(("text", "agency"), ARTICLES.values(), ids=list(ARTICLES))
def test_the_agency_of_an_article(text: str, agency: str) -> None:
    assert agency_of(lay_out(text)) == agency


def test_an_agency_has_one_name() -> None:
    assert {canonical(name) for name in ("AP", "the Associated Press")} == {"Associated Press"}
