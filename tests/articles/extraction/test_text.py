"""A text is laid out by offset: every piece cuts the very words it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extraction.sentences import BEFORE_NUMBER, LONGER, NAMES, NEVER, PERHAPS
from articles.extraction.text import Layout, lay_out, line_rule, line_rules


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in lay_out(text).sentences]


def kinds(text: str) -> list[str]:
    return [p.kind for p in lay_out(text).paragraphs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met. They left.", ["They met.", "They left."], id="two"),
        pytest.param(
            "He met U.S. President Trump. He left the U.S. The talks failed.",
            ["He met U.S. President Trump.", "He left the U.S.", "The talks failed."],
            id="acronym-inside-and-at-the-end",
        ),
        pytest.param(
            "Gen. Marta Kowalska and Sen. J. D. Doe met on Sept. 4 in St. Gallen. It rained.",
            [
                "Gen. Marta Kowalska and Sen. J. D. Doe met on Sept. 4 in St. Gallen.",
                "It rained.",
            ],
            id="titles-initials-months",
        ),
        pytest.param(
            "It is Resolution No. 2231. Nobody left at 5 p.m. on Friday. Aid fell 2.5 per cent.",
            [
                "It is Resolution No. 2231.",
                "Nobody left at 5 p.m. on Friday.",
                "Aid fell 2.5 per cent.",
            ],
            id="numbers",
        ),
        pytest.param("He said no. She left.", ["He said no.", "She left."], id="no-is-a-word-too"),
        pytest.param(
            "“Will you come?” he asked. “I will.” Then he left.",
            ["“Will you come?” he asked.", "“I will.”", "Then he left."],
            id="a-question-keeps-its-speaker",
        ),
        pytest.param(
            "“Is it over?” Maria Petrova asked. Nobody knew.",
            ["“Is it over?” Maria Petrova asked.", "Nobody knew."],
            id="a-question-keeps-its-named-speaker",
        ),
        pytest.param(
            "“We came. We talked. We left,” he added. It rained.",
            ["“We came. We talked. We left,” he added.", "It rained."],
            id="what-was-said-stays-with-who-said-it",
        ),
        pytest.param(
            "He called it “a good call.” They will meet again.",
            ["He called it “a good call.”", "They will meet again."],
            id="a-closing-quote-stays",
        ),
        pytest.param(
            "KYIV, July 4 (Meridian Wire) — Drones hit the port. Two died.",
            ["Drones hit the port.", "Two died."],
            id="the-dateline-is-no-sentence",
        ),
        pytest.param("", [], id="empty"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_no_abbreviation_is_as_long_as_a_word_that_is_none() -> None:
    assert max(map(len, NEVER | NAMES | BEFORE_NUMBER | PERHAPS)) < LONGER


@pytest.mark.parametrize(
    ("text", "places", "day", "agency"),
    [
        pytest.param(
            "WASHINGTON, July 4 (Alliance News): The president spoke.",
            ("WASHINGTON",),
            "July 4",
            "Alliance News",
            id="colon",
        ),
        pytest.param(
            "KYIV, Ukraine (Meridian Wire) — Drones hit the port.",
            ("KYIV", "Ukraine"),
            None,
            "Meridian Wire",
            id="country-no-day",
        ),
        pytest.param("GENEVA, Nov. 24 - Talks opened.", ("GENEVA",), "Nov. 24", "", id="no-agency"),
        pytest.param(
            "MOSCOW, 26 October 1962 — The note came.",
            ("MOSCOW",),
            "26 October 1962",
            "",
            id="with-year",
        ),
        pytest.param(
            "PARIS/BERLIN, Sept 3 (Wire) – Ministers met.",
            ("PARIS", "BERLIN"),
            "Sept 3",
            "Wire",
            id="two-places",
        ),
        pytest.param(
            "Kyiv, July 4 (Meridian) - Drones came.", ("Kyiv",), "July 4", "Meridian", id="lower"
        ),
    ],
)
def test_dateline(text: str, places: tuple[str, ...], day: str | None, agency: str) -> None:
    line = lay_out(text).dateline
    assert line
    written = text[line.day.start : line.day.end] if line.day else None
    assert (line.places, written, line.agency) == (places, day, agency)


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING: The envoys have left.",
        "UPDATE - The envoys have left.",
        "On Thursday - a day late - the envoys met.",
        "Moscow (which denies it) said the strike never happened.",
        "(March 20, 2007) - The court met.",
        "Zelensky: the talks will go on.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert lay_out(text).dateline is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Envoys Meet in Oslo\n\nThe envoys met on Thursday in Oslo.",
            ["headline", "prose"],
            id="headline",
        ),
        pytest.param("The envoys met.\nThey left.", ["prose", "prose"], id="no-headline"),
        pytest.param(
            "Envoys Meet in Oslo\nBy Jane Doe\nThe envoys met on Thursday in Oslo.\nSources:\n"
            "- Meridian Wire\n- Alliance News",
            ["headline", "boilerplate", "prose", "boilerplate", "boilerplate", "boilerplate"],
            id="by-line-and-sources",
        ),
        pytest.param(
            "The envoys met on Thursday in the old town hall of Oslo for\n"
            "an hour, and agreed to meet again before the end of the week\n"
            "in Geneva, where the delegations had first met in the spring.",
            ["prose"],
            id="lines-cut-at-a-width",
        ),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He said “no” and left.", ["“no”"], id="curly"),
        pytest.param('He said "no" and "never".', ['"no"', '"never"'], id="straight"),
        pytest.param("He called it ‘a farce’ today.", ["‘a farce’"], id="single"),
        pytest.param("The ministers’ talks and Kyiv’s aims", [], id="apostrophes"),
        pytest.param(
            "“We will not go.\n“We will stay,” he said.",
            ["“We will not go.", "“We will stay,”"],
            id="over-two-paragraphs",
        ),
        pytest.param("He said “no and left.", ["“no and left."], id="never-closed"),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in lay_out(text).quotations] == expected


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    quotations = lay_out("“We will not go.\n“We will stay,” he said.").quotations
    assert [(q.closed, q.continued) for q in quotations] == [(False, False), (True, True)]


LINES = [(rule.name, line) for rule in line_rules() for line in rule.examples]
OTHERS = [(rule.name, line) for rule in line_rules() for line in rule.others]


@pytest.mark.parametrize(
    ("name", "line"), LINES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(LINES)]
)
def test_a_line_of_the_page(name: str, line: str) -> None:
    rule = line_rule(line)
    assert rule and rule.name == name


@pytest.mark.parametrize(
    ("name", "line"), OTHERS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(OTHERS)]
)
def test_a_line_of_news(name: str, line: str) -> None:
    assert line_rule(line) is None, name


@pytest.mark.parametrize(
    ("piece", "sentences"),
    [
        pytest.param("A. ", 1, id="initials"),
        pytest.param("word ", 1, id="no-full-stop"),
        pytest.param("It ended. ", 20_000, id="sentences"),
        pytest.param("“It ended.” ", 16_666, id="quotations"),
        pytest.param("It ended.\n", 20_000, id="paragraphs"),
        pytest.param("\n", 0, id="empty-lines"),
        pytest.param("!!!x", 1, id="marks"),
    ],
)
def test_a_long_text_is_laid_out_to_its_end(piece: str, sentences: int) -> None:
    """200 KB; what looks back over the whole paragraph does not end within minutes."""
    layout = lay_out(piece * (200_000 // len(piece)))
    assert len(layout.sentences) == sentences


PIECES = st.sampled_from(
    'On Thursday, July 3 (2025) “ ” ‘ ’ " . ? ! … , \n \n\n KYIV — - : By Jane Doe Sources: he'
    " said U.S. Gen. p.m. 2.5 Mr Łódź é 😀 \u2029 \r\n".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join))


@given(TEXTS)
def test_offsets_cut_trimmed_sentences_in_order(text: str) -> None:
    layout: Layout = lay_out(text)
    end = 0
    for s in layout.sentences:
        words = text[s.start : s.end]
        paragraph = layout.paragraphs[s.paragraph]
        assert words and words == words.strip()
        assert end <= s.start
        assert paragraph.start <= s.start and s.end <= paragraph.end
        end = s.end


@given(TEXTS)
def test_nothing_but_white_space_and_the_dateline_lies_between_sentences(text: str) -> None:
    layout = lay_out(text)
    taken = [(s.start, s.end) for s in layout.sentences]
    if layout.dateline:
        taken.append((layout.dateline.start, layout.dateline.end))
    rest = "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in taken))
    assert not rest.strip()
