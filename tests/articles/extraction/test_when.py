"""Which date belongs to which event: own words, the story's day, bounds."""

import datetime as dt
import re

import pytest

from articles.extraction import Draft, extract, load_lexicon
from timeline.dates import DateValue

FRIDAY = dt.date(2025, 7, 4)


def day(number: int, month: int = 7, year: int = 2025) -> DateValue:
    return DateValue.day(dt.date(year, month, number))


def lasting(first: DateValue, last: DateValue) -> DateValue:
    assert first.earliest and last.latest
    return DateValue.range(first.earliest, last.latest, lasting=True)


def between(first: DateValue, last: DateValue) -> DateValue:
    assert first.earliest and last.latest
    return DateValue.range(first.earliest, last.latest)


def until(value: DateValue) -> DateValue:
    assert value.latest
    return DateValue.until(value.latest)


def since(value: DateValue) -> DateValue:
    assert value.earliest
    return DateValue.since(value.earliest)


def read(text: str, published: dt.date = FRIDAY) -> list[Draft]:
    return extract(text, published=published, lexicon=load_lexicon())


def told(text: str, trigger: str) -> Draft:
    """The draft of the last `trigger` of the text."""
    return [draft for draft in read(text) if draft.trigger.text == trigger][-1]


SEQUENCES = {
    "a day after": (
        "Macron hosted Merz on Thursday, a day after Merz met Starmer in London.",
        "met",
        day(2),
    ),
    "two days after doing": (
        "Trump flew home on Saturday, two days after meeting Putin in Alaska.",
        "meeting",
        day(26, 6),
    ),
    "a week after is about": (
        "Zelensky visited Berlin on Monday, a week after he met Starmer in London.",
        "met",
        DateValue(dt.date(2025, 6, 23), dt.date(2025, 6, 23), day(1).precision, approximate=True),
    ),
    "about a week after is within days": (
        "Zelensky visited Berlin on Monday, about a week after he met Starmer in London.",
        "met",
        between(day(21, 6), day(25, 6)),
    ),
    "about ten days after": (
        "Zelensky visited Berlin on Monday, some ten days after he met Starmer in London.",
        "met",
        DateValue(dt.date(2025, 6, 20), dt.date(2025, 6, 20), day(1).precision, approximate=True),
    ),
    "before the day on which what comes was told": (
        "Merz said on Monday that he would go to Paris, three days after he had met Tusk in Kyiv.",
        "met",
        day(27, 6),
    ),
    "hours after is about": (
        "Iran fired missiles at Israel on Wednesday, hours after Israel struck Natanz.",
        "struck",
        DateValue(dt.date(2025, 7, 2), dt.date(2025, 7, 2), day(1).precision, approximate=True),
    ),
    "a refusal, two days after": (
        "Kellogg met Zelensky in Kyiv on Thursday, two days after Putin rejected a ceasefire.",
        "ceasefire",
        day(1),
    ),
    "after is a bound": (
        "Lukashenko freed 14 prisoners on Saturday after Kellogg visited Minsk.",
        "visited",
        until(day(28, 6)),
    ),
    "before is from that day to the report": (
        "Zelensky visited Berlin on Monday before he flew to London to ask for missiles.",
        "flew",
        between(day(30, 6), day(4)),
    ),
    "two days before": (
        "Zelensky visited Berlin on Monday, two days before Merz was received by Trump.",
        "received",
        day(2),
    ),
    "its own day": (
        "Zelensky met Merz in Berlin on Monday after he had met Starmer in London on Sunday.",
        "met",
        day(29, 6),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "date"), SEQUENCES.values(), ids=SEQUENCES)
def test_what_comes_before_or_after_is_reckoned_from_it(
    text: str, trigger: str, date: DateValue
) -> None:
    assert told(text, trigger).date == date


COMING = {
    "scheduled for": (
        "Rubio and Lavrov prepared a meeting scheduled for Tuesday in Riyadh, both sides wrote.",
        "meeting",
        day(8),
    ),
    "awaited tomorrow": (
        "Lavrov is on his way to Beijing and awaited in Pyongyang tomorrow, the agency reports.",
        "awaited",
        day(5),
    ),
    "to be held by": (
        "The summit of the G7 is to be held by the end of August in a small town of Canada.",
        "summit",
        between(day(4), day(31, 8)),
    ),
    "within weeks": (
        "Trump will meet Putin in Riyadh within three weeks, the White House said on Tuesday.",
        "meet",
        between(day(4), day(25)),
    ),
    "at what opens on a day": (
        "Starmer and Merz are to meet at the G7 summit, which opens on Monday in Canada.",
        "meet",
        since(day(7)),
    ),
    "by a report of its own day": (
        "According to a report of Tuesday, Merz will meet Modi in Delhi.",
        "meet",
        since(day(1)),
    ),
    "in the present, for the day of printing": (
        "The Security Council votes on Friday on the resolution about Haiti.",
        "votes",
        day(4),
    ),
    "in the present, for a day to come": (
        "Macron, who arrives in Rome on Monday, will speak with Meloni about Libya.",
        "arrives",
        day(7),
    ),
    "agreed on one day for another": (
        "Israel and Hamas agreed on a ceasefire on Wednesday that will take effect on Sunday.",
        "ceasefire",
        day(6),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "date"), COMING.values(), ids=COMING)
def test_a_plan_has_the_day_to_come(text: str, trigger: str, date: DateValue) -> None:
    draft = told(text, trigger)
    assert (draft.date, draft.status) == (date, "planned")


def test_another_clauses_day_is_not_the_plans() -> None:
    text = "Trump said that he would talk with Kim and that even August 12 was still possible."
    assert not [draft for draft in read(text) if draft.date == day(12, 8)]


OWN = {
    "at once with the words": (
        "Zelensky said on Tuesday that Ukraine offered Russia a new round of talks in Istanbul.",
        "offered",
        day(1),
    ),
    "before the words": (
        "Putin told reporters on Wednesday that he had spoken with Xi by telephone.",
        "spoken",
        until(day(2)),
    ),
    "not that of the main clause": (
        "Macron, who spoke with Putin by telephone, met Merz in Berlin on Monday.",
        "spoke",
        until(day(4)),
    ),
    "where the story goes on": (
        "Rubio flew to Paris on Wednesday, where he met Macron.",
        "met",
        day(2),
    ),
    "after a colon": (
        "In June there was hope: on June 12, Putin met Erdogan in Sochi.",
        "met",
        day(12, 6),
    ),
    "once, since": (
        "Since Monday, Rubio has met Lavrov and Wang in Kuala Lumpur.",
        "met",
        between(day(30, 6), day(4)),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "date"), OWN.values(), ids=OWN)
def test_every_event_has_its_own_day(text: str, trigger: str, date: DateValue) -> None:
    assert told(text, trigger).date == date


def test_a_plan_does_not_borrow_the_day_of_a_deed() -> None:
    text = "Erdogan said he had spoken to Putin on Wednesday and would call Zelensky."
    assert not [draft for draft in read(text) if draft.date == day(9)]


def test_a_day_inside_a_quotation_is_not_that_of_the_words_around_it() -> None:
    text = "“Yesterday they asked for a truce,” Putin told reporters on Wednesday in Sochi."
    assert told(text, "told").date == day(2)


def test_a_second_object_does_not_share_the_first_ones_day() -> None:
    text = "Erdogan spoke with Putin on Monday, Zelensky on Tuesday and Trump on Wednesday."
    calls = [draft for draft in read(text) if "Vladimir Putin" in draft.actors]
    assert [draft.date for draft in calls] == [day(30, 6)]


def test_a_decision_made_known_on_a_day_is_dated_with_a_doubt() -> None:
    text = "Trump told reporters on Wednesday that he had ordered sanctions against Syria."
    dates = [draft.date for draft in read(text) if draft.type == "sanctions"]
    assert all(date.uncertain for date in dates)


LASTED = {
    "from the first day to the last": (
        "The talks between Iran and the United States, which began on Monday, ended on Thursday.",
        "talks",
        lasting(day(30, 6), day(3)),
    ),
    "a two-day one opened": (
        "A two-day summit of the Arab League opened in Cairo on Tuesday with speeches.",
        "summit",
        lasting(day(1), day(2)),
    ),
    "three days of it ended": (
        "Three days of talks between Iran and the European Union ended in Vienna on Wednesday.",
        "talks",
        lasting(day(30, 6), day(2)),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "date"), LASTED.values(), ids=LASTED)
def test_what_lasted_has_all_its_days(text: str, trigger: str, date: DateValue) -> None:
    assert told(text, trigger).date == date


STORIES = {
    "a told day without an event": (
        "The quarrel broke out over a cable on Tuesday. Trump spoke with Meloni by telephone.",
        "spoke",
        day(1),
    ),
    "hours before": (
        "Macron met Merz in Paris on Tuesday. An hour before the dinner Merz had called Zelensky.",
        "called",
        DateValue(dt.date(2025, 7, 1), dt.date(2025, 7, 1), day(1).precision, approximate=True),
    ),
    "the same day after a look back": (
        (
            "Starmer said on Tuesday that Russia must stop. It was on 12 May that he had asked for "
            "it first. Zelensky thanked Starmer on the same evening."
        ),
        "thanked",
        day(1),
    ),
    "before the story's day": (
        "Macron met Merz in Paris on Tuesday. Before that he had spoken with Zelensky by phone.",
        "spoken",
        until(day(1)),
    ),
    "an aside does not hold up the story": (
        (
            "Sandu came to Vilnius on Thursday. The new bridge there was finished on Tuesday. "
            "Nauseda met Sandu for an hour."
        ),
        "met",
        day(3),
    ),
    "a new paragraph takes it up again": (
        (
            "Zelensky met Starmer in Kyiv on Wednesday and asked him for missiles.\n\n"
            "Merz called Macron on Monday and spoke with him about the war for an hour.\n\n"
            "Lavrov said that Moscow would answer, and called it all needless."
        ),
        "said",
        day(2),
    ),
    "a year long past": (
        (
            "On July 2, 1962, Kennedy met Rusk. The second attempt was made on July 9. "
            "In the evening Rusk met Dobrynin."
        ),
        "met",
        day(9, 7, 1962),
    ),
    "a refusal in the story": (
        (
            "Trump spoke with Putin by telephone on Tuesday. "
            "Zelensky dismissed the idea of any planned meeting with Putin."
        ),
        "meeting",
        day(1),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "date"), STORIES.values(), ids=STORIES)
def test_the_story_has_reached_a_day(text: str, trigger: str, date: DateValue) -> None:
    draft = told(text, trigger)
    assert draft.date == date
    assert draft.because


STORY = (
    "Zelensky met Starmer in Kyiv on {0}, July {2}, and asked him for missiles. "
    "The next day Macron called Zelensky. Two days earlier Merz had met Rutte in Berlin.\n\n"
    "Trump will meet Putin on July {3}, a week after Rubio saw Lavrov in Riyadh. "
    "Lavrov called the plan a provocation."
)


def story(published: dt.date) -> str:
    met, coming = published - dt.timedelta(days=2), published + dt.timedelta(days=5)
    return STORY.format(f"{met:%A}", met, met.day, coming.day)


@pytest.mark.parametrize("shift", range(1, 9))
def test_a_text_of_other_days_has_other_dates_and_nothing_else(shift: int) -> None:
    def shapes(published: dt.date) -> list[tuple[object, ...]]:
        def away(one: dt.date | None) -> int | None:
            return (one - published).days if one else None

        return [
            (d.type, d.status, d.actors, d.basis, away(d.date.earliest), away(d.date.latest))
            for d in read(story(published), published)
        ]

    assert shapes(FRIDAY + dt.timedelta(days=shift)) == shapes(FRIDAY)


MORE = (
    "The town council voted to plant trees along the river, the mayor said on Monday.",
    "Norway and Sweden signed a treaty on fishing on 3 May 2011 in the port of Bergen.",
    "Last year Modi visited Tokyo twice; he met Ishiba there on 4 March and in the autumn.",
)


@pytest.mark.parametrize("more", MORE, ids=["no event", "a dated event", "several events"])
def test_an_unrelated_paragraph_changes_no_other_event(more: str) -> None:
    text = story(FRIDAY)
    longer = [draft for draft in read(f"{text}\n\n{more}") if draft.evidence.end <= len(text)]
    assert longer == read(text)


def test_no_reason_without_a_date_that_a_reader_can_check() -> None:
    shown = [draft for draft in read(story(FRIDAY)) if draft.date.window is not None]
    assert shown
    assert all(re.search(r"\d{4}", draft.because) for draft in shown)
