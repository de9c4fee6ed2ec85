"""One article from its text to its drafts: what holds for any text."""

import datetime as dt

import pytest

from articles.extraction import Draft, NotEnglish, extract, load_lexicon
from timeline.dates import Basis, DateValue, Precision

DAY = dt.date(2025, 7, 4)


def read(text: str, published: dt.date | None = DAY) -> list[Draft]:
    return extract(text, published=published, lexicon=load_lexicon())


def only(text: str, type_: str) -> Draft:
    (draft,) = [draft for draft in read(text) if draft.type == type_]
    return draft


@pytest.mark.parametrize(
    ("text", "type_", "date", "basis"),
    [
        (
            "Macron spoke with Putin by telephone on Tuesday about the war in Ukraine.",
            "call",
            DateValue.day(dt.date(2025, 7, 1)),
            Basis.WEEKDAY,
        ),
        (
            "The president said on Thursday that Macron had met Merz in the town of Evian.",
            "meeting",
            DateValue.until(dt.date(2025, 7, 3)),
            Basis.CONTEXT,
        ),
        (
            "Rubio will meet Lavrov on Thursday in the capital of Malaysia, it is said.",
            "meeting",
            DateValue.day(dt.date(2025, 7, 10)),
            Basis.WEEKDAY,
        ),
        (
            "Modi visited Kyiv in August 2024 and was received at the station there.",
            "visit",
            DateValue.month(2024, 8),
            Basis.EXPLICIT,
        ),
    ],
    ids=["its own weekday", "told on a day", "a coming weekday", "a month and no day"],
)
def test_the_date_of_an_event(text: str, type_: str, date: DateValue, basis: Basis) -> None:
    draft = only(text, type_)
    assert (draft.date, draft.basis) == (date, basis)
    assert draft.because


@pytest.mark.parametrize(
    ("text", "type_", "date"),
    [
        (
            "This month Macron met Merz in Paris; on Tuesday Starmer flew to Kyiv with his team.",
            "meeting",
            DateValue.month(2025, 7),
        ),
        (
            "Trump spoke with Putin by telephone on 1 July. 48 hours later he met Zelensky there.",
            "meeting",
            DateValue.day(dt.date(2025, 7, 3)),
        ),
        (
            "Putin met Macron before the end of June, said the Kremlin, which gave no day for it.",
            "meeting",
            DateValue.until(dt.date(2025, 6, 30)),
        ),
        (
            "On 3 July 2025 Putin spoke with Trump by telephone about the war in the east.",
            "call",
            DateValue.day(dt.date(2025, 7, 3)),
        ),
    ],
    ids=["another clause's day", "48 hours later", "before the end of", "a year before a name"],
)
def test_a_date_says_no_more_than_its_words(text: str, type_: str, date: DateValue) -> None:
    assert only(text, type_).date == date


def test_some_hours_later_is_about_that_day() -> None:
    text = (
        "Trump spoke with Putin by telephone on 1 July. "
        "A few hours later he called Zelensky and told him of it."
    )
    dates = {str(draft.date) for draft in read(text) if draft.type == "call"}
    assert dates == {"1 July 2025", "about 1 July 2025"}


def test_what_somebody_came_for_is_not_told_to_have_happened() -> None:
    text = "On Tuesday Starmer flew to Kyiv to meet Zelensky, as his office had announced before."
    assert not [d for d in read(text) if d.type == "meeting" and d.status == "occurred"]


def test_a_refused_meeting_is_a_meeting_that_is_denied() -> None:
    text = "Putin ruled out a meeting with Zelensky in the near future, as he told the agency."
    drafts = {draft.type: draft.status for draft in read(text)}
    assert drafts["meeting"] == "denied"
    assert "rejection" not in drafts


def test_one_call_told_in_three_sentences_is_one_draft() -> None:
    text = (
        "Macron spoke with Putin by telephone on Tuesday. The call lasted two hours. "
        "It was the first conversation between Macron and Putin in almost three years."
    )
    assert only(text, "call").date == DateValue.day(dt.date(2025, 7, 1))


def test_without_a_publication_day_only_full_dates_resolve() -> None:
    text = (
        "Obama spoke by telephone with Rouhani on 27 September 2013, as both of them told us. "
        "Merz met Macron on Monday in the town of Toulon, and they were in good spirits."
    )
    dates = {draft.type: draft.date for draft in read(text, published=None)}
    assert dates["call"] == DateValue.day(dt.date(2013, 9, 27))
    assert dates["meeting"].precision is not Precision.DAY


def test_another_language_is_refused_with_a_sentence() -> None:
    text = (
        "Der Bundeskanzler hat am Donnerstag mit dem Präsidenten telefoniert und ihm gesagt, dass "
        "die Hilfe für die Ukraine weitergehen werde, solange der Krieg nicht beendet sei."
    )
    with pytest.raises(NotEnglish, match="does not seem to be in English"):
        read(text)


def test_a_text_without_stops_ends_and_tells_of_nothing() -> None:
    assert read("the president of the republic and of the people met " * 4_000) == []
