"""Date words: found, and resolved each against its own anchor."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extraction.dating import DateWord, find_dates, holidays, reanchor, timexes
from articles.extraction.dating.heads import heads_of
from articles.extraction.dating.rules import data, rules
from articles.extraction.text import lay_out
from timeline.dates import Basis, edtf

FRIDAY = dt.date(2025, 7, 4)
EXAMPLES = [(rule.name, example) for rule in rules() for example in rule.examples]


def read(text: str, published: dt.date | None = FRIDAY) -> list[DateWord]:
    return find_dates(lay_out(text), published=published)


def one(text: str, published: dt.date | None = FRIDAY) -> DateWord:
    words = read(text, published)
    assert len(words) == 1, [w.text for w in words]
    return words[0]


def days(word: DateWord) -> str:
    return edtf(word.date) if word.date else "none"


def dated(text: str, published: dt.date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(w.text, days(w)) for w in read(text, published)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("yesterday", {"yesterday *"}, id="one-word"),
        pytest.param("(?:the )?day before", {"the day", "day before"}, id="perhaps-a-word-before"),
        pytest.param(
            r"(?:on|by) (?-i:May|June)\b", {"on may", "on june", "by may", "by june"}, id="or"
        ),
        pytest.param(r"\d{1,2}(?:st|th)? July", {"0 st", "0 th", "0 july"}, id="number"),
        pytest.param(r"July ?[0-3]?\d", {"july 0"}, id="number-after-a-word"),
        pytest.param(r"mid[ -]\w+", {"mid *"}, id="any-second"),
        pytest.param(r"[’']\d\d", {"’0 *"}, id="mark-before"),
        pytest.param(r"(?<=in )(?!a )weeks?", {"week *", "weeks *"}, id="looking-around"),
        pytest.param(r"(?:very )+late", {"very very", "very late"}, id="again"),
        pytest.param(r"[A-Z]\w+ Today", None, id="any-first"),
    ],
)
def test_words_that_a_pattern_may_begin_with(pattern: str, expected: set[str] | None) -> None:
    heads = heads_of(pattern)
    assert (heads and {" ".join(pair) for pair in heads}) == expected


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in rules() if not rule.examples] == []


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(EXAMPLES)]
)
def test_example(name: str, example: dict[str, Any]) -> None:
    day = example.get("published")
    words = read(example["text"], dt.date.fromisoformat(day) if day else None)
    if example["value"] == "none":
        assert words == []
        return
    found = [(w.rule, w.value, days(w)) for w in words if w.text == example["words"]]
    assert found == [(name, example["value"], example["days"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They will meet on Monday.", "2025-07-07", id="will"),
        pytest.param("They are due to meet on Monday.", "2025-07-07", id="due"),
        pytest.param("They met on Monday.", "2025-06-30", id="met"),
        pytest.param("He said on Monday that they will meet.", "2025-06-30", id="said-will"),
        pytest.param(
            "They will free those who were held on Monday.", "2025-06-30", id="nearest-verb"
        ),
        pytest.param("The meeting on Friday failed.", "2025-07-04", id="today-included"),
        pytest.param("On Monday, leaders will meet.", "2025-07-07", id="verb-after"),
        pytest.param(
            "Police shot him on Monday before the planned vigil.", "2025-06-30", id="planned"
        ),
        pytest.param("They meet next Friday.", "2025-07-11", id="next"),
        pytest.param("They met last Thursday.", "2025-07-03", id="last"),
        pytest.param("They met on Tuesday last week.", "2025-06-24", id="last-week"),
    ],
)
def test_weekday_goes_by_tense(text: str, expected: str) -> None:
    assert days(one(text)) == expected


def test_a_bare_weekday_has_both_readings() -> None:
    word = one("They will meet on Monday.")
    assert word.past and word.coming
    assert (edtf(word.past), edtf(word.coming)) == ("2025-06-30", "2025-07-07")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param("They spoke on July 5.", FRIDAY, "2025-07-05", id="a-day-off"),
        pytest.param("They spoke on Dec. 30.", dt.date(2025, 1, 2), "2024-12-30", id="new-year"),
        pytest.param("They meet on Jan. 3.", dt.date(2025, 12, 30), "2026-01-03", id="year-end"),
        pytest.param("Sanctions expire on January 31.", FRIDAY, "2026-01-31", id="expire"),
        pytest.param("He spoke about the July 9 deadline.", FRIDAY, "2025-07-09", id="soon"),
        pytest.param("He was held on August 20.", FRIDAY, "2024-08-20", id="past"),
        pytest.param("It came on February 29.", dt.date(2025, 7, 4), "2024-02-29", id="leap"),
        pytest.param("On Tuesday, 4 July, they met.", dt.date(2023, 9, 1), "2023-07-04", id="pair"),
    ],
)
def test_a_date_without_its_year(text: str, published: dt.date, expected: str) -> None:
    assert [days(w) for w in read(text, published) if w.type == "DATE"] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It must end by the end of August.", "../2025-08-31", id="by"),
        pytest.param("It must end before 3 July.", "../2025-07-02", id="before"),
        pytest.param("It holds until July 9.", "../2025-07-09", id="until"),
        pytest.param("They have not met since 2022.", "2022-01-01/..", id="since"),
        pytest.param("Shelling has gone on since Monday.", "2025-06-30/..", id="since-weekday"),
        pytest.param("They left after Thursday.", "2025-07-04/..", id="after"),
        pytest.param("They left after Thursday’s talks.", "2025-07-03", id="no-bound-of-a-noun"),
        pytest.param("They met around July 2.", "2025-07-02~", id="about"),
    ],
)
def test_bounds(text: str, expected: str) -> None:
    assert days(one(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "lasting"),
    [
        pytest.param("It ran from 3 to 5 May.", "2025-05-03/2025-05-05", True, id="from-to"),
        pytest.param("It ran from May 30 to June 2.", "2025-05-30/2025-06-02", True, id="months"),
        pytest.param("They met on June 29–30.", "2025-06-29/2025-06-30", True, id="dash"),
        pytest.param("They met between May and June.", "2025-05/2025-06", False, id="between"),
        pytest.param(
            "From May to June 2023 it held.", "2023-05/2023-06", True, id="year-of-the-end"
        ),
        pytest.param("From December to January 2023 it held.", "2022-12/2023-01", True, id="turn"),
        pytest.param("It was the war of 1914–18.", "1914/1918", True, id="years"),
    ],
)
def test_ranges(text: str, expected: str, lasting: bool) -> None:
    word = one(text)
    assert (days(word), word.lasting, len(word.ends)) == (expected, lasting, 2)


def test_a_range_is_two_timexes() -> None:
    found = timexes(read("They met on June 29–30."))
    assert [(t["text"], t["value"]) for t in found] == [
        ("June 29", "2025-06-29"),
        ("30", "2025-06-30"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They signed on July 1. The following day drones came.",
            [("July 1", "2025-07-01"), ("The following day", "2025-07-02")],
            id="following-day",
        ),
        pytest.param(
            "They signed on July 1. Two days later it broke down. A week later they met.",
            [
                ("July 1", "2025-07-01"),
                ("Two days later", "2025-07-03"),
                ("A week later", "2025-07-10"),
            ],
            id="chain",
        ),
        pytest.param("The next day drones came.", [("The next day", "none")], id="after-nothing"),
        pytest.param(
            "On July 1 they thanked him for the help of past years. The same day he left.",
            [
                ("July 1", "2025-07-01"),
                ("past years", "2020-07-04~/2025-07-04~"),
                ("The same day", "2025-07-01"),
            ],
            id="not-from-a-length-of-time",
        ),
        pytest.param(
            "They signed on July 1. They will meet on July 9. The same day drones came.",
            [("July 1", "2025-07-01"), ("July 9", "2025-07-09"), ("The same day", "2025-07-01")],
            id="not-from-what-is-to-come",
        ),
        pytest.param(
            "They signed on July 1. They will meet on July 9 and will part the following day.",
            [
                ("July 1", "2025-07-01"),
                ("July 9", "2025-07-09"),
                ("the following day", "2025-07-10"),
            ],
            id="both-to-come",
        ),
        pytest.param(
            "They signed on July 1. In the evening, drones came. That night more came.",
            [
                ("July 1", "2025-07-01"),
                ("In the evening", "2025-07-01"),
                ("That night", "2025-07-01"),
            ],
            id="evening",
        ),
        pytest.param("In the evening, drones came.", [], id="evening-of-no-day"),
        pytest.param(
            "Talks opened in June. They broke down on the 3rd.",
            [("June", "2025-06"), ("the 3rd", "2025-06-03")],
            id="day-of-the-month-told",
        ),
        pytest.param(
            "Earlier this month they met, and on the 3rd they signed.",
            [("Earlier this month", "2025-07-01/2025-07-04"), ("the 3rd", "2025-07-03")],
            id="day-of-this-month",
        ),
        pytest.param(
            "He was there last year. He left in June of last year.",
            [("last year", "2024"), ("June of last year", "2024-06")],
            id="month-of-last-year",
        ),
        pytest.param(
            "They met on Tuesday, July 1. On the Thursday of that week they parted.",
            [("Tuesday, July 1", "2025-07-01"), ("the Thursday of that week", "2025-07-03")],
            id="weekday-of-that-week",
        ),
        pytest.param(
            "The press began in 1726. It was 170 years later, in 1896, that it closed.",
            [("1726", "1726"), ("170 years later", "1896"), ("1896", "1896")],
            id="told-at-once",
        ),
        pytest.param(
            "In June 2019 they met, and parted the same month.",
            [("June 2019", "2019-06"), ("the same month", "2019-06")],
            id="same-month",
        ),
    ],
)
def test_anaphora(text: str, expected: list[tuple[str, str]]) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "War was declared on 1 September 1939. On September 3 Britain followed.",
            [("1 September 1939", "1939-09-01"), ("September 3", "1939-09-03")],
            id="year-before",
        ),
        pytest.param(
            "The front broke on 20 November 1942. By 2 January it had moved.",
            [("20 November 1942", "1942-11-20"), ("2 January", "../1943-01-02")],
            id="over-the-year",
        ),
        pytest.param(
            "The front broke on 20 May 1942. Files opened in 2005 confirm it. On 3 June it moved.",
            [("20 May 1942", "1942-05-20"), ("2005", "2005"), ("3 June", "1942-06-03")],
            id="a-year-aside",
        ),
        pytest.param(
            "In April and June 1955 they met.",
            [("April", "1955-04"), ("June 1955", "1955-06")],
            id="year-shared",
        ),
        pytest.param("They spoke on July 3.", [("July 3", "none")], id="no-year-at-all"),
        pytest.param("They spoke on Thursday.", [("Thursday", "none")], id="no-anchor"),
    ],
)
def test_without_a_publication_day(text: str, expected: list[tuple[str, str]]) -> None:
    assert dated(text, None) == expected


def test_a_history_is_not_reckoned_from_its_publication() -> None:
    text = (
        "War was declared on 1 September 1939. In 1940 the front moved west. On 10 May 1940 it"
        " broke. By 1941 it had moved east. On 22 June 1941 a second front was opened. In 1942 it"
        " broke too.\n\nOn 19 November the siege was lifted."
    )
    assert dated(text)[-1] == ("19 November", "1942-11-19")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "He was held on 5 November 2019. On March 3 he was freed.", "2020-03-03", id="turn"
        ),
        pytest.param("In 2024 he was held. On March 3 he was freed.", "2024-03-03", id="opened"),
        pytest.param(
            "He was held on 5 November 2024. On March 3 he was freed.", "2025-03-03", id="lately"
        ),
        pytest.param(
            "A chronicle\n\nIt has long been told by those who were there at the time.\n\n2015:"
            " The accord\n\nJuly 14 – The accord is signed.",
            "2015-07-14",
            id="under-a-heading",
        ),
        pytest.param(
            "A chronicle\n\nIt has long been told by those who were there at the time.\n\n2015\n\n"
            "July 14 – The accord is signed.\n\nThe envoys spoke on Thursday. On June 13 they met.",
            "2025-06-13",
            id="after-the-heading",
        ),
    ],
)
def test_the_year_of_the_passage(text: str, expected: str) -> None:
    assert dated(text)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "It began in the summer of 1953. On July 22 it grew.", "1953-07-22", id="season"
        ),
        pytest.param(
            "They struck on 10 March 1975. The fort would be used for a campaign in 1976. On 11"
            " March it fell.",
            "1975-03-11",
            id="a-plan-moves-nothing",
        ),
        pytest.param(
            "The town fell in December 1864. They met on April 1.", "1865-04-01", id="turn"
        ),
        pytest.param("It was on 14 October 1962. On this day it began.", "1962-10-14", id="this"),
    ],
)
def test_a_story_moves_on(text: str, expected: str) -> None:
    assert dated(text, None)[-1][1] == expected


def test_a_history_of_our_own_times() -> None:
    told = "".join(f"In {year} the front moved. " for year in range(2003, 2023, 2))
    near = "".join(f"It moved in {month} 2025. " for month in ("March", "April", "May", "June"))
    text = f"{told}\n\nIn 2014 it broke. On 19 November the siege was lifted.\n\n{near}"
    assert ("19 November", "2014-11-19") in dated(text)


def test_that_day_is_not_one_told_long_before() -> None:
    text = f"They met on July 1.\n\n{'The talks were hard and long. ' * 30}\n\nThat day must come."
    assert dated(text)[-1] == ("That day", "none")


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        pytest.param("The crisis grew.", "1962-10-27", id="still-told"),
        pytest.param("This week the papers were opened.", "1972-10-27", id="back-to-these-days"),
        pytest.param("He told of it on 3 May 1972.", "1972-10-27", id="a-date-of-these-days"),
    ],
)
def test_a_passage_that_looks_back_keeps_its_year(middle: str, expected: str) -> None:
    text = f"It was seen on October 14, 1962.\n\n{middle}\n\nOn October 27 a plane was shot down."
    assert dated(text, dt.date(1972, 10, 16))[-1] == ("October 27", expected)


def test_a_day_of_this_week_is_not_taken_back() -> None:
    text = "The pact was signed on 3 May 2014.\n\nOn July 3 the envoys said that it would lapse."
    assert dated(text)[-1] == ("July 3", "2025-07-03")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param("They met on Good Friday.", dt.date(2025, 5, 2), "2025-04-18", id="friday"),
        pytest.param("They met at Easter.", dt.date(1963, 5, 1), "1963-04-14", id="easter"),
        pytest.param(
            "A truce held over Orthodox Easter.", dt.date(2024, 5, 9), "2024-05-05", id="orthodox"
        ),
        pytest.param("He spoke on New Year’s Day.", FRIDAY, "2025-01-01", id="new-year"),
        pytest.param("He spoke on Christmas Eve.", dt.date(2025, 1, 3), "2024-12-24", id="eve"),
        pytest.param("He spoke on Thanksgiving.", dt.date(2025, 12, 1), "2025-11-27", id="fourth"),
        pytest.param("He spoke on Memorial Day.", dt.date(2025, 6, 1), "2025-05-26", id="last"),
        pytest.param("He spoke on Labor Day 2024.", FRIDAY, "2024-09-02", id="named-year"),
        pytest.param("He spoke on Independence Day.", FRIDAY, "2025-07-04", id="independence"),
        pytest.param(
            "They met over the Fourth of July weekend.",
            dt.date(2025, 7, 8),
            "2025-07-04/2025-07-06",
            id="weekend",
        ),
        pytest.param(
            "They met over the Christmas weekend.",
            dt.date(2018, 1, 3),
            "2017-12-23/2017-12-25",
            id="weekend-before-a-monday",
        ),
    ],
)
def test_holidays(text: str, published: dt.date, expected: str) -> None:
    assert days(one(text, published)) == expected


def test_every_holiday_of_the_table_has_its_day() -> None:
    names = data()["holidays"]
    assert [name for name in names if holidays.day_of(name, 2024).year != 2024] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("In the middle of May they met.", "2025-05-11/2025-05-20", id="middle"),
        pytest.param("They met at the end of October.", "2024-10-21/2024-10-31", id="end"),
        pytest.param("In the first days of July they met.", "2025-07-01/2025-07-10", id="first"),
        pytest.param("In the last days of June they met.", "2025-06-21/2025-06-30", id="last"),
        pytest.param(
            "In the first two weeks of June they met.", "2025-06-01/2025-06-15", id="two-weeks"
        ),
    ],
)
def test_parts_of_months(text: str, expected: str) -> None:
    assert days(one(text)) == expected


def test_ten_years_ago_tonight_is_a_day() -> None:
    word = one("Ten years ago tonight he spoke on television.", dt.date(1972, 10, 22))
    assert (word.text, days(word)) == ("Ten years ago tonight", "1962-10-22")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("On 12 June Putin left.", "2025-06-12", id="june"),
        pytest.param("On 3 April Kim left.", "2025-04-03", id="april"),
        pytest.param("By then it was 15 May Mr Zelensky said.", "2025-05-15", id="may"),
        pytest.param("On the 2nd June Merz left.", "2025-06-02", id="ordinal"),
        pytest.param("On 3. July 2025 Merz left.", "2025-07-03", id="dot"),
    ],
)
def test_a_name_after_a_date_leaves_it_one(text: str, expected: str) -> None:
    assert days(one(text)) == expected


def test_a_history_tells_of_no_day_to_come() -> None:
    told = "It began on 16 October 1962. " + "The fleet lay before the island. " * 8
    words = read(f"{told}On 9 July he wrote to them. On 8 July they will meet.")
    assert [days(w) for w in words[1:]] == ["1962-07-09", "2025-07-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met on July the third.", "2025-07-03", id="month-the-ordinal"),
        pytest.param("They met on the 3rd day of July 1990.", "1990-07-03", id="day-of"),
        pytest.param("They met on 3 July, in 1990.", "1990-07-03", id="in-its-year"),
        pytest.param("They met on 03.07.2025.", "2025-07-03", id="dots"),
        pytest.param("They met on 3-Jul-2025.", "2025-07-03", id="hyphens"),
        pytest.param("They met on Thu 3 Jul 2025.", "2025-07-03", id="short"),
        pytest.param("They met on July 3, 4 & 5, 2025.", "2025-07-03/2025-07-05", id="list"),
        pytest.param("They met in mid-2024.", "2024-05/2024-08", id="mid-year"),
        pytest.param("They met in the sixties.", "196X", id="decade-in-words"),
        pytest.param("They met in 2025 Q3.", "2025-07/2025-09", id="quarter"),
        pytest.param("They met in FY2024.", "2024~", id="fiscal"),
        pytest.param("They met on the second Sunday in May.", "2025-05-11", id="nth-weekday"),
        pytest.param("They met last November 5.", "2024-11-05", id="last-month-day"),
        pytest.param("They met on the eve of the July 9 deadline.", "2025-07-08", id="eve"),
        pytest.param("They met overnight on Thursday.", "2025-07-03/2025-07-04", id="night-of"),
        pytest.param("They met by year-end.", "../2025-12-31", id="year-end"),
        pytest.param("They met over the past month.", "2025-06-04~/2025-07-04~", id="past-month"),
        pytest.param("They will meet in a week.", "2025-07-11~", id="in-a-week"),
        pytest.param("They met in a week.", "none", id="within-a-week"),
        pytest.param("It will be the first visit in five years.", "none", id="first-in-years"),
        pytest.param("They will meet for the third time in two weeks.", "none", id="third-time"),
        pytest.param("They met a year and a half ago.", "../2025-07-04", id="and-a-half"),
        pytest.param("They met in ’89.", "1989", id="two-digits"),
        pytest.param("They met after 9/11.", "2001-09-12/..", id="nine-eleven"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert days(one(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They met in Rome on 29 June, 1 July and 2 July 2024.",
            [("29 June", "2024-06-29"), ("1 July", "2024-07-01"), ("2 July 2024", "2024-07-02")],
            id="list",
        ),
        pytest.param(
            "He left on 3 December and came back on 4 January 1950.",
            [("3 December", "1949-12-03"), ("4 January 1950", "1950-01-04")],
            id="and-came-back",
        ),
        pytest.param(
            "On July 3 they renewed the pact signed on 4 June 2019.",
            [("July 3", "2025-07-03"), ("4 June 2019", "2019-06-04")],
            id="not-of-another-deed",
        ),
        pytest.param(
            "They meet two weeks from Monday.",
            [("two weeks from", "2025-07-21"), ("Monday", "2025-07-07")],
            id="from-a-weekday",
        ),
    ],
)
def test_dates_that_share(text: str, expected: list[tuple[str, str]]) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The port is today home to a fleet.", "none", id="is-today"),
        pytest.param("Even today, the road is shut.", "none", id="even"),
        pytest.param("She would be a judge today.", "none", id="supposed"),
        pytest.param("He said she would be a judge today.", "2025-07-04", id="said-so"),
        pytest.param("The port is home to a fleet today.", "none", id="present"),
        pytest.param("We sign today a pact of peace.", "2025-07-04", id="speech"),
        pytest.param("The envoys arrived today.", "2025-07-04", id="news"),
    ],
)
def test_today_or_these_times(text: str, expected: str) -> None:
    assert days(one(text)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("The feast is observed on 5 May.", "XXXX-05-05", id="day"),
        pytest.param("Christmas Day is celebrated with a parade.", "XXXX-12-25", id="holiday"),
        pytest.param("The consulate is open on Monday.", "XXXX-WXX-1", id="opening"),
        pytest.param("Friday nights are quiet here.", "XXXX-WXX", id="nights"),
    ],
)
def test_days_of_any_year_or_week(text: str, value: str) -> None:
    assert one(text).value == value


def test_a_guide_knows_no_day_of_this_week() -> None:
    text = (
        "You can see the fort from the ferry.\n\nYou will find restaurants by the port. You may"
        " camp on the beaches.\n\nThe market is busy on Sunday, and the port is calm today."
    )
    assert [w.value for w in read(text)] == ["XXXX-WXX-7", "PRESENT_REF"]


def test_news_of_an_hotel_is_no_guide() -> None:
    text = (
        "Gunmen stormed a restaurant by the beaches, officials said.\n\nHostels and restaurants"
        " were shut, the museum too, and tourists left the waterfalls.\n\nThe minister is in the"
        " port today, he told reporters."
    )
    assert dated(text) == [("today", "2025-07-04")]


ANSWERS = (
    "On Thursday we spoke with an envoy.\n\nWhat do you do at the consulate?\n\n{}\n\n"
    "Will it last?\n\nI hope so."
)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        pytest.param("Today the work is mostly done from afar.", "PRESENT_REF", id="today"),
        pytest.param("Friday is for visas.", "XXXX-WXX-5", id="weekday"),
        pytest.param("We met the mayor today.", "2025-07-04", id="told-as-past"),
        pytest.param("We will meet the mayor on Monday.", "2025-07-07", id="told-as-to-come"),
    ],
)
def test_an_interview_speaks_of_these_times(answer: str, value: str) -> None:
    lead, word = read(ANSWERS.format(answer))
    assert (lead.value, word.value) == ("2025-07-03", value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The alliance will be stronger than it is today.", "none", id="than"),
        pytest.param("The choices leaders make today will shape the region.", "none", id="make"),
        pytest.param("Today, more than 200 groups are armed.", "none", id="more-than"),
        pytest.param("Today, more than 200 lorries crossed.", "2025-07-04", id="crossed"),
        pytest.param("The industry minister is in Paris today.", "2025-07-04", id="in"),
        pytest.param("And today is the day that they sign.", "2025-07-04", id="and"),
        pytest.param("The talks today will decide it.", "2025-07-04", id="will"),
    ],
)
def test_today_is_a_day_or_these_times(text: str, expected: str) -> None:
    assert days(one(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("On this day ten years ago they met.", "2015-07-04", id="this-day"),
        pytest.param("Ten years ago, on this very day, they met.", "2015-07-04", id="comma"),
        pytest.param("It will be a year ago Monday.", "2024-07-07", id="weekday-to-come"),
        pytest.param("It was ten years ago tomorrow night.", "2015-07-05", id="tomorrow-night"),
        pytest.param("Four score and seven years ago they met.", "1938~", id="score"),
        pytest.param("Three hundred and fifty years ago they met.", "1675~", id="hundred"),
    ],
)
def test_anniversaries(text: str, expected: str) -> None:
    assert days(one(text)) == expected


def test_anniversaries_of_no_known_day_are_vague() -> None:
    assert one("Ten years ago today they met.", None).value == "PAST_REF"


def test_that_july_night_needs_a_day_told_in_july() -> None:
    assert one("Few slept on that July night.").value == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The marshal died on 2 May 1950. On the day of his death shops were shut. The king"
            " died on 3 May 1960.",
            "1950-05-02",
            id="nearest-before",
        ),
        pytest.param(
            "The envoy (2 March 1900 – 5 May 1960) was wounded. The marshal died on 3 June 1955."
            " Two days before her death she wrote it.",
            "1960-05-03",
            id="the-one-it-is-about",
        ),
        pytest.param("The night before he died they met.", "none", id="no-death-told"),
        pytest.param(
            "She was born on 3 May 1960. A few days after her birth they fled.", "none", id="a-few"
        ),
    ],
)
def test_days_in_a_life(text: str, expected: str) -> None:
    found = [w for w in read(text, None) if w.rule.endswith("-in-a-life")]
    assert [days(w) for w in found] == [expected]


def test_a_duration_ends_before_its_day() -> None:
    words = read("They met for less than an hour on Wednesday evening.")
    assert [(w.text, w.type, w.value) for w in words] == [
        ("less than an hour", "DURATION", "PT1H"),
        ("Wednesday evening", "TIME", "2025-07-02TEV"),
    ]


def test_news_that_looks_back_is_reckoned_from_its_publication() -> None:
    text = (
        "Envoys met on Thursday. The pact was signed in 1994 and renewed in 2004.\n\n"
        "On July 3 the envoys said that it would lapse."
    )
    assert dated(text)[-1] == ("July 3", "2025-07-03")


def test_the_dateline_anchors_what_follows() -> None:
    dateline, word = read("GENEVA, July 2 (Wire) - Envoys met on Tuesday.")
    assert (dateline.place, dateline.basis, days(dateline)) == (
        "dateline",
        Basis.DATELINE,
        "2025-07-02",
    )
    assert (days(word), word.because) == (
        "2025-07-01",
        "“Tuesday” before Wed 2 July 2025 (dateline)",
    )


def test_the_publication_day_anchors_without_a_dateline() -> None:
    word = one("They met on Thursday.")
    assert word.basis is Basis.WEEKDAY
    assert word.because == "“Thursday” before Fri 4 July 2025 (publication day)"


def test_words_know_where_they_stand() -> None:
    text = "Envoys Meet on Monday\nPublished: 3 July 2025\nEnvoys met on Monday in the town hall."
    assert [w.place for w in read(text)] == ["headline", "boilerplate", "prose"]


def test_words_in_a_quotation_can_be_reanchored() -> None:
    today, thursday = read("“I spoke with him today,” he said on Thursday.")
    assert (today.in_quotation, thursday.in_quotation) == (True, False)
    assert thursday.date and thursday.date.earliest
    moved = reanchor(today, thursday.date.earliest, "the day he said so")
    assert days(moved) == "2025-07-03"
    assert moved.because == "“today” on Thu 3 July 2025 (the day he said so)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met yesterday.", "2024-12-31", id="yesterday"),
        pytest.param("They met on Monday.", "2024-12-30", id="weekday"),
        pytest.param("They met last week.", "2024-12-23/2024-12-29", id="last-week"),
        pytest.param("They met on December 30.", "2024-12-30", id="month-day"),
        pytest.param("They met on 3 July 2020.", "2020-07-03", id="full-stays"),
    ],
)
def test_reanchor(text: str, expected: str) -> None:
    assert days(reanchor(one(text), dt.date(2025, 1, 1), "another day")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "May said that the envoys may march on.",
        "He sat for a second.",
        "The fall of Ukraine would destabilise the world.",
        "Oil rose to $1945 and 2,015 votes were cast.",
        "The score was 2-1, said the man on 555-1992.",
        "Flight 1992 landed.",
        "Some 2000 troops crossed.",
        "We want to do more for the people.",
        "The embassy paid $35 for it.",
        "Resolution 1929 was adopted.",
        "The march on the capital ended.",
        "Mark Sun and Jan Doe signed.",
        "The Easter Rising failed.",
        "He spoke in the May Day Stadium.",
        "Ukraine’s Independence Day will be marked in Kyiv.",
        "He read it in Poland Today magazine.",
        "The overnight train left the town.",
        "Change does not come overnight.",
        "Young people are the leaders of tomorrow.",
        "She told the Sunday Times of it.",
        "The 3 May Movement led the march.",
        "The October Revolution had cut the ties.",
        "Security Council resolution 2231 was adopted; so were resolutions 1701 and 1929.",
        "It is told on pp. 1914–1918, and in section 3.2.20.",
        "The plan is called Vision 2030.",
        "Dial 020 7946 1990, or +44 20 7946 1990.",
        "At the midnight hour they signed.",
        "The first day of the second round was hard.",
        "The vote was 141-5-35, and the score 2-1.",
        "The picture has 1920 x 1080 points.",
        "The embassy is in the 1900 block of Main Street.",
        "He watched Friday the 13th.",
    ],
)
def test_lookalikes(text: str) -> None:
    assert [w.text for w in read(text)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("They met on Wednesday at 8 p.m.", "2025-07-02T20:00", id="day-first"),
        pytest.param("They met at 6 a.m. on Tuesday.", "2025-07-01T06:00", id="clock-first"),
        pytest.param("They met on Thursday (July 3).", "2025-07-03", id="said-twice"),
        pytest.param("It is set for the week of July 14.", "2025-W29", id="week-of"),
    ],
)
def test_words_that_stand_together(text: str, value: str) -> None:
    assert one(text).value == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He spoke a day before the July 9 deadline.", "2025-07-08", id="before"),
        pytest.param("It came two days after Monday’s strike.", "2025-07-02", id="after-weekday"),
        pytest.param("It came a month after the 4 June call.", "2025-07", id="month"),
    ],
)
def test_reckoned_from_the_date_that_follows(text: str, expected: str) -> None:
    assert days(read(text)[0]) == expected


@pytest.mark.parametrize(
    ("piece", "every"),
    [
        ("July 4 ", 1),
        ("2025 ", 1),
        ("the next day ", 1),
        ("Monday 5:30 ", 1),
        ("5", 0),
        ("“(", 0),
        ("July the third ", 1),
        ("the first day of ", 0),
        ("+1 20 ", 0),
        ("3, 4, ", 0),
    ],
)
def test_a_text_of_nothing_but_dates_is_read_to_its_end(piece: str, every: int) -> None:
    """200 KB; what looks back over all that came before does not end within minutes."""
    times = 200_000 // len(piece)
    assert len(read(piece * times)) == every * times


PIECES = st.sampled_from(
    "On Thursday, July 3 2025 “ ” today yesterday the following day two days later . \n KYIV — from"
    " to between and by since 1914–18 29 30 May March 3/7/2025 9999 years ago the third ’98 754 O.S. [ ] & and a half eve overnight week of ( ) 8 p.m."
    " last next Friday night 1990s 21st century BC every early late end of summer Q3 0 99".split(
        " "
    )
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=60).map(" ".join))
PUBLISHED = st.none() | st.dates()


@given(TEXTS, PUBLISHED)
def test_offsets_cut_the_very_words_in_order(text: str, published: dt.date | None) -> None:
    end = 0
    for word in read(text, published):
        assert text[word.start : word.end] == word.text
        assert end <= word.start < word.end
        assert all(text[e.start : e.end] == e.text for e in word.ends)
        end = word.end


@given(TEXTS, PUBLISHED, st.dates())
def test_any_word_can_be_reanchored(text: str, published: dt.date | None, day: dt.date) -> None:
    for word in read(text, published):
        moved = reanchor(word, day, "another day")
        assert (moved.start, moved.end, moved.text) == (word.start, word.end, word.text)
