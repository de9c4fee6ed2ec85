"""One article from its text to its drafts: what holds for any text."""

import datetime as dt
from dataclasses import replace

import pytest

from articles.extraction import Draft, NotEnglish, TooManyWords, extract, load_lexicon
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


def test_a_text_of_too_many_words_is_refused_with_what_to_do() -> None:
    with pytest.raises(TooManyWords, match="Split this text"):
        read("Macron met Merz on Tuesday. " * 8_400)


def test_a_text_without_stops_ends_and_tells_of_nothing() -> None:
    assert read("the president of the republic and of the people met " * 4_000) == []


def day(number: int, month: int = 7) -> DateValue:
    return DateValue.day(dt.date(2025, month, number))


NAMED_ELSEWHERE = {
    "it took place": (
        "Merz and Macron agreed in March to hold a meeting. It took place on 20 June 2025.",
        "meeting",
        day(20, 6),
    ),
    "the second": (
        "Kim and Moon held a summit on 2 June 2025. The second followed on 26 June 2025.",
        "meeting",
        day(26, 6),
    ),
    "a cleft": ("It was on 1 July that Macron telephoned Putin.", "call", day(1)),
    "the accord reached": (
        "On Monday Serbia welcomed the accord with Kosovo reached in Brussels on 20 June.",
        "agreement",
        day(20, 6),
    ),
    "the first to": (
        "Merz was on Tuesday the first chancellor to meet Zelensky.",
        "meeting",
        day(1),
    ),
    "cancelled it": (
        "Macron was to meet Merz in Berlin next week; he cancelled it on Tuesday.",
        "meeting",
        day(1),
    ),
}


@pytest.mark.parametrize(
    ("text", "type_", "date"), NAMED_ELSEWHERE.values(), ids=list(NAMED_ELSEWHERE)
)
def test_another_word_names_the_event_that_a_verb_dates(
    text: str, type_: str, date: DateValue
) -> None:
    drafts = read(text)
    assert (type_, date) in {(draft.type, draft.date) for draft in drafts}
    assert "other" not in {draft.type for draft in drafts}


def test_it_all_began_is_no_event_told_before() -> None:
    text = "Macron met Merz in Paris on 1 July. It all began with a letter on 2 June."
    assert [draft.date for draft in read(text) if draft.type == "meeting"] == [day(1)]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("On Tuesday Trump rang Putin, on Wednesday Zelensky.", "call"),
        ("Trump spoke by telephone with Putin on Tuesday and Zelensky on Wednesday.", "call"),
        ("Trump met Putin on Tuesday and Zelensky on Wednesday in Budapest.", "meeting"),
    ],
    ids=["the day first", "the day last", "met"],
)
def test_one_verb_with_several_days_tells_of_an_event_with_each(text: str, type_: str) -> None:
    found = {draft.actors[1]: draft.date for draft in read(text) if draft.type == type_}
    assert found == {"Vladimir Putin": day(1), "Volodymyr Zelensky": day(2)}


def test_a_plan_told_by_somebody_is_one_event() -> None:
    text = (
        "The talks with Iran went on in Geneva on Tuesday. "
        "Macron said on Wednesday that he would meet Merz in Toulon on 28 August."
    )
    drafts = [draft for draft in read(text) if "Emmanuel Macron" in draft.actors]
    assert [(draft.type, draft.date) for draft in drafts] == [("meeting", day(28, 8))]


def test_an_unnamed_source_makes_no_statement() -> None:
    text = "Trump left for Alaska on Tuesday. He called Zelensky at noon, an aide told reporters."
    assert not [draft for draft in read(text) if draft.type == "statement"]


@pytest.mark.parametrize(
    "background",
    [
        "Officials in Kyiv are worried about the pause in arms deliveries of the United States.",
        "He said the recent talks between Iran and Russia have yielded little so far.",
        "Such questions will be dealt with in upcoming meetings of Ukraine and Turkey.",
    ],
    ids=["worried about", "have yielded", "to be dealt with in"],
)
def test_an_event_named_in_passing_without_a_day_is_background(background: str) -> None:
    drafts = read(f"Macron telephoned Erdogan on Tuesday about the war. {background}")
    assert {draft.type for draft in drafts} <= {"call", "statement"}


def test_who_is_picked_out_by_a_cleft_takes_part() -> None:
    draft = only("It was Macron who met Merz on Tuesday in Paris.", "meeting")
    assert (draft.actors[:2], draft.date) == (("Emmanuel Macron", "Friedrich Merz"), day(1))
    draft = only("It was President Zelensky who made the plan known, on Monday.", "statement")
    assert (draft.actors[0], draft.date) == ("Volodymyr Zelensky", day(30, 6))


def test_guests_named_behind_the_verb_are_received_one_by_one() -> None:
    text = "Starmer received both guests, Mr Macron on Tuesday and Mr Merz on Wednesday."
    found = {draft.actors[1]: draft.date for draft in read(text) if draft.type == "meeting"}
    assert found == {"Emmanuel Macron": day(1), "Friedrich Merz": day(2)}


def test_a_verb_keeps_its_own_day_from_the_next_one() -> None:
    text = "Trump spoke with Putin on Tuesday and said he would speak with Zelensky on Monday."
    found = {(draft.status, draft.date) for draft in read(text) if draft.type == "call"}
    assert found == {("occurred", day(1)), ("planned", day(7))}


def test_what_was_stopped_says_for_whom_it_was() -> None:
    text = "Trump said on Monday that the deliveries of arms to Ukraine had been stopped."
    draft = only(text, "aid")
    assert draft.actors == ("Ukraine",)
    assert draft.date == DateValue.until(dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    ("text", "type_", "actors"),
    [
        (
            "Downing Street admitted on Monday that the supply of missiles to Kyiv had been halted.",
            "aid",
            ("United Kingdom", "Ukraine"),
        ),
        (
            "The Élysée announced on Monday that sanctions had been imposed on Mali.",
            "sanctions",
            ("France", "Mali"),
        ),
        (
            "Zelensky confirmed on Monday that the deliveries to Ukraine had been stopped.",
            "aid",
            ("Ukraine",),
        ),
        (
            "The Élysée confirmed on Monday that aid to Mali had been halted by Russia.",
            "aid",
            ("Russia", "Mali"),
        ),
        (
            "The Élysée regretted on Monday that the aid to Mali had been halted.",
            "aid",
            ("Mali",),
        ),
        (
            "The White House confirmed on Monday that Israel had been bombed.",
            "strike",
            ("Israel",),
        ),
    ],
    ids=["aid", "sanctions", "received", "by another", "regretted", "a strike"],
)
def test_whose_deed_it_is_that_a_government_owns_up_to(
    text: str, type_: str, actors: tuple[str, ...]
) -> None:
    assert only(text, type_).actors == actors


def test_what_had_been_done_before_is_told_beside_what_is_promised() -> None:
    text = (
        "Merz said on Monday that Germany would send more tanks to Ukraine, "
        "a fortnight after his own government had put its deliveries on hold."
    )
    (held,) = (draft for draft in read(text) if draft.type == "aid" and draft.trigger.text == "put")
    assert held.status == "occurred"
    assert held.actors == ("Germany", "Ukraine")
    assert held.date == replace(day(16, 6), approximate=True)


def test_who_announces_a_plan_makes_a_statement_too() -> None:
    text = "Trump announced on Tuesday that he would meet Putin in Budapest on 20 July."
    assert {(draft.type, draft.date) for draft in read(text)} == {
        ("statement", day(1)),
        ("meeting", day(20)),
    }


def test_more_of_what_is_said_is_no_blame_of_its_own() -> None:
    text = (
        "Merz met Macron in Berlin on Thursday. "
        "He confirmed Germany had not sent all the missiles but blamed former Chancellor Olaf Scholz."
    )
    assert "condemnation" not in {draft.type for draft in read(text)}


def test_a_dated_statement_is_another_one_than_that_to_reporters() -> None:
    text = (
        "Merz met Macron in Berlin on Tuesday. “I am content,” Merz said while speaking to reporters. "
        "Merz acknowledged on Tuesday that the road was long."
    )
    found = [draft.trigger.text for draft in read(text) if draft.type == "statement"]
    assert found == ["said", "acknowledged"]


# ---------- what is spoken of again


def further(text: str, type_: str) -> list[str]:
    return [span.text for span in only(text, type_).further]


def test_an_event_that_is_spoken_of_again_keeps_those_sentences() -> None:
    text = (
        "Macron telephoned Erdogan on Tuesday about the war. The conversation lasted an hour. "
        "Grain was dear that summer. Their call ended without a result, an aide said."
    )
    assert further(text, "call") == [
        "The conversation lasted an hour.",
        "Their call ended without a result, an aide said.",
    ]
    for span in only(text, "call").further:
        assert text[span.start : span.end] == span.text


def test_of_two_calls_the_last_one_told_is_meant() -> None:
    text = (
        "Macron telephoned Erdogan on Tuesday. On Wednesday he telephoned Merz. "
        "The call lasted an hour."
    )
    found = {draft.actors[1]: draft.further for draft in read(text) if draft.type == "call"}
    assert not found["Recep Tayyip Erdoğan"]
    assert [span.text for span in found["Friedrich Merz"]] == ["The call lasted an hour."]


@pytest.mark.parametrize(
    "other",
    [
        "A conversation with Modi was ruled out.",
        "Merz had put off his call with Modi.",
        "Nothing has moved since the call.",
    ],
    ids=["another one", "of others", "measured from it"],
)
def test_what_is_spoken_of_is_not_always_the_event(other: str) -> None:
    (call,) = [
        d for d in read(f"Macron telephoned Erdogan on Tuesday. {other}") if d.date == day(1)
    ]
    assert not call.further


def test_a_deed_that_the_article_only_comes_back_to_has_happened() -> None:
    text = (
        "Officials in Kyiv are alarmed by the American pause in arms deliveries to Ukraine. "
        "Merz met Macron on Tuesday in Berlin. "
        "The American pause in deliveries to Ukraine has unsettled the allies too."
    )
    draft = only(text, "aid")
    assert draft.date == DateValue.until(DAY)
    assert draft.evidence.text.startswith("The American pause")  # the sentence that is about it
    assert [span.text.split(" ")[0] for span in draft.further] == ["Officials"]


def test_the_latest_deed_is_news_though_it_is_spoken_of_once() -> None:
    text = "Merz met Macron on Tuesday. The papers linked Russia’s most recent attack on Ukraine to that."
    assert only(text, "strike").date == DateValue.until(DAY)
    assert not [d for d in read(text.replace("most recent ", "")) if d.type == "strike"]


def test_what_was_done_in_part_is_spoken_of_as_done() -> None:
    text = (
        "Officials in Kyiv are alarmed by the American pause in arms deliveries to Ukraine. "
        "The American pause in deliveries to Ukraine has unsettled the allies too. "
        "Rubio confirmed that the United States had not {}halted aid."
    )
    halt = only(text.format("entirely "), "aid")
    assert [text.format("entirely ")[s.start :][:5] for s in halt.further] == ["Offic", "Rubio"]
    denied = [d for d in read(text.format("")) if d.type == "aid" and d.status == "denied"]
    assert [draft.trigger.text for draft in denied] == ["halted"]


def test_the_halt_is_the_one_last_spoken_of() -> None:
    text = "Washington paused its deliveries to Kyiv on Tuesday. {} has angered Rutte."
    assert only(text.format("The halt"), "aid").further
    assert not only(text.format("The halt in the fighting"), "aid").further
    assert not only(text.format("A halt"), "aid").further


ON_THE_CALL = (
    "Merz said on Thursday that his call with Putin had brought no progress. "
    "Moscow keeps to its demands. "
)


@pytest.mark.parametrize(
    ("after", "statements"),
    [
        ("Speaking to reporters in Kiel, Merz said, “I didn't make any progress with him.”", 1),
        ("Speaking to reporters in Kiel, Merz said, “I have no illusions about him.”", 2),
        ("Speaking to reporters in Kiel, Merz said, “I am content with him.”", 2),
        ("Merz, for his part, noted that he saw no progress.", 2),
    ],
    ids=["the same", "another thing lacking", "another thing", "a turn of its own"],
)
def test_what_the_lead_sums_up_and_the_quotation_are_one_statement(
    after: str, statements: int
) -> None:
    found = [draft for draft in read(ON_THE_CALL + after) if draft.type == "statement"]
    assert len(found) == statements


def test_the_same_words_on_two_occasions_are_two_statements() -> None:
    text = (
        "In a speech on Thursday Merz said that there was no progress. "
        "Speaking to reporters on Thursday, Merz said that there was no progress."
    )
    assert len([draft for draft in read(text) if draft.type == "statement"]) == 2


def test_who_says_something_for_his_part_is_heard_again() -> None:
    text = (
        "Merz told reporters on Tuesday that he was content. "
        "Tusk said that the road was long. {} noted that it had been short."
    )
    heard = [
        d.trigger.text for d in read(text.format("Merz, for his part,")) if d.type == "statement"
    ]
    assert heard == ["told", "said", "noted"]
    assert "noted" not in [d.trigger.text for d in read(text.format("Merz"))]


def test_the_call_is_the_conversation_last_spoken_of() -> None:
    text = (
        "Macron had a phone call with Modi on Tuesday. "
        "On Wednesday the Kremlin confirmed a conversation of Putin and Macron. "
        "Berlin said that the call had been long."
    )
    (spoken,) = [d for d in read(text) if d.type == "call" and "Vladimir Putin" in d.actors]
    assert [text[s.start :][:6] for s in spoken.further] == ["Berlin"]


# ---------- who and whether


def test_what_is_done_in_part_is_not_denied() -> None:
    text = "The United States had not entirely halted aid to Ukraine, Rubio said on Tuesday."
    assert not [draft for draft in read(text) if draft.type == "aid"]
    denied = only(text.replace(" entirely", ""), "aid")
    assert denied.status == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday he told Merz about the Russian attack on Kyiv of the night before.",
        "The talks on Tuesday failed to address the Russian attack on Kyiv on Monday.",
    ],
    ids=["told about it", "failed to address it"],
)
def test_what_is_only_talked_about_has_happened(text: str) -> None:
    assert only(text, "strike").status == "occurred"


def test_the_summit_is_the_one_last_spoken_of_as_a_summit() -> None:
    text = (
        "Trump said on Tuesday that he would walk out of a summit with Kim Jong Un if it failed. "
        "On Wednesday he met Shinzo Abe. The summit is to be held by early June."
    )
    drafts = extract(text, published=dt.date(2018, 4, 19), lexicon=load_lexicon())
    (summit,) = [draft for draft in drafts if draft.trigger.text == "summit"]
    assert set(summit.actors[:2]) == {"Donald Trump", "Kim Jong Un"}


def test_their_summit_is_that_of_the_two_just_named() -> None:
    text = "Trump and Kim did not dine: their second summit ended on Tuesday without a paper."
    drafts = extract(text, published=dt.date(2019, 3, 1), lexicon=load_lexicon())
    assert {"Donald Trump", "Kim Jong Un"} <= set(drafts[0].actors)


def test_it_was_their_meeting_adds_nobody() -> None:
    text = "China was silent on Tuesday. It was the third meeting of Trump and Putin, on 1 July."
    draft = only(text, "meeting")
    assert "China" not in draft.actors


def test_talks_held_are_not_of_those_who_speak_of_them() -> None:
    text = "Macron told Merz of the second round of talks of Russia and Ukraine, held in Istanbul on 2 June."
    draft = only(text, "talks")
    assert set(draft.actors) == {"Russia", "Ukraine"}
    assert draft.places == ("Istanbul",)


def test_a_stay_of_following_days_is_one_visit() -> None:
    draft = only("Modi was in Kyiv on Tuesday and Wednesday with his minister.", "visit")
    assert draft.date == DateValue.range(dt.date(2025, 7, 1), dt.date(2025, 7, 2), lasting=True)


def test_a_body_has_its_own_meeting_and_its_own_head() -> None:
    text = (
        "UNITED NATIONS, July 4 (Agency) - The Security Council heard the envoy of Cuba on Tuesday. "
        "Its first meeting on the matter was held on 2 June. "
        "The Secretary-General was himself in Havana on 30 June."
    )
    drafts = read(text)
    assert not [d for d in drafts if d.date == day(2, 6) and "Cuba" in d.actors]
    (visit,) = [d for d in drafts if d.date == day(30, 6)]
    assert (visit.type, visit.actors[0]) == ("visit", "António Guterres")


def test_an_account_of_a_visit_gives_its_days() -> None:
    visit = only(
        "Modi has been to Ukraine, both governments disclosed on Wednesday. The official account"
        " speaks of an unofficial visit that lasted from Sunday to Tuesday.",
        "visit",
    )
    assert visit.date == DateValue.range(dt.date(2025, 6, 29), dt.date(2025, 7, 1), lasting=True)
    assert visit.actors[:2] == ("Narendra Modi", "Ukraine") and len(visit.further) == 1


def test_the_first_since_another_was_of_the_same_two() -> None:
    text = (
        "The negotiators of Cuba and Canada met on Monday in Oslo, the first such working meeting"
        " since the handshake at the airport in May."
    )
    now, then = read(text)
    assert (now.type, now.date) == ("talks", DateValue.day(dt.date(2025, 6, 30)))
    assert (then.type, then.date) == ("meeting", DateValue.month(2025, 5))
    assert now.actors == then.actors == ("Cuba", "Canada")


def test_who_is_invited_and_will_travel_goes_there() -> None:
    visit = only("Zelensky was invited to Ankara by Erdogan and will travel on Monday.", "visit")
    assert visit.status == "planned" and visit.actors[:2] == ("Volodymyr Zelensky", "Turkey")


def test_who_is_invited_and_may_travel_is_to_be_told_of() -> None:
    visit = only("Zelensky has been invited to Ankara by Erdogan and may travel soon.", "visit")
    assert visit.status == "proposed" and visit.actors[:2] == ("Volodymyr Zelensky", "Turkey")


def test_the_same_delegations_are_those_that_agreed_since() -> None:
    talks = only(
        "Iran and Oman signed an accord on Thursday in Muscat. Last month the same delegations had"
        " gone away with nothing in their hands.",
        "talks",
    )
    assert (talks.date, talks.actors) == (DateValue.month(2025, 6), ("Iran", "Oman"))


def test_who_was_greeted_flew_on() -> None:
    visit = only("Modi was greeted by Macron in Paris and flew to Kyiv on Monday.", "visit")
    assert visit.actors[:2] == ("Narendra Modi", "Ukraine")


def test_who_is_back_from_a_stay_was_there() -> None:
    visit = only(
        "Grossi is back in Vienna after two days in Tehran, Tuesday and Wednesday.", "visit"
    )
    assert visit.date == DateValue.range(dt.date(2025, 7, 1), dt.date(2025, 7, 2), lasting=True)
    assert "Iran" in visit.actors


def test_on_his_arrival_is_only_when() -> None:
    text = "On his arrival yesterday the Secretary-General of NATO said that work should go on."
    assert "visit" not in {draft.type for draft in read(text)}


def test_the_council_is_that_of_the_seat() -> None:
    text = (
        "UNITED NATIONS, 4 July 2025\n\nThe envoy of Norway addressed a letter to the members.\n\n"
        "It is recalled that the Council dealt with Haiti before. Its first meeting on it was held"
        " on 23 June."
    )
    assert only(text, "talks").actors == ("UN Security Council", "United Nations")


def test_who_stands_by_is_not_the_one_who_is_warned() -> None:
    text = "With Keir Starmer as his guest, Trump warned on Monday that he would punish Russia."
    assert "Keir Starmer" not in only(text, "threat").actors
