"""From a text to the record, with the real parser and the real database."""

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import Settings

from articles import cast, ingest
from articles.models import Article, Mention
from timeline import record
from timeline.dates import DateValue
from timeline.models import Actor, Event

JULY_3, JULY_4 = dt.date(2025, 7, 3), dt.date(2025, 7, 4)
CALL = (
    "WASHINGTON, July 4 (Meridian Wire) - President Donald Trump spoke by phone with Russian "
    "President Vladimir Putin on Thursday. They discussed the war in Ukraine for about an hour, "
    "and it was the sixth time that they had done so since the beginning of the year."
)
SAME_CALL = (
    "MOSCOW - Vladimir Putin and Donald Trump held a telephone conversation on July 3, 2025, and "
    "it was about the fighting in Ukraine, the Kremlin said in a note to the press of the city."
)
LATER_CALL = (
    "KYIV - Ukrainian President Volodymyr Zelensky spoke by phone with President Donald Trump on "
    "Friday, and the two of them agreed that the defence of the sky over the towns comes first."
)
GERMAN = (
    "Der Präsident sprach am Donnerstag mit seinem Kollegen über die Lage an der Front und über "
    "die Gespräche, die in der nächsten Woche in der Hauptstadt stattfinden sollen."
)


def received(text: str = CALL, published: dt.date | None = JULY_4, **fields: Any) -> Article:
    return ingest.receive(text=text, published=published, **fields)


def read(text: str = CALL, **fields: Any) -> Article:
    article = received(text, **fields)
    ingest.read(article.pk)
    article.refresh_from_db()
    return article


def reread(article: Article, times: int = 1) -> None:
    for _ in range(times):
        ingest.once_more(article)
        ingest.read(article.pk, "reparse")
    article.refresh_from_db()
    assert article.state == "done"


def the_call() -> Event:
    return Event.objects.filter(type="call", participations__actor__name="Vladimir Putin").get()


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


# ---------- receiving


REFUSED: list[tuple[dict[str, Any], type[ingest.Refused]]] = [
    ({"text": " \n"}, ingest.Empty),
    ({"text": "x" * (ingest.MAX_CHARS + 1)}, ingest.TooLong),
    ({"text": "a\0b"}, ingest.NotText),
    ({"text": "a\x1bb"}, ingest.NotText),
    ({"text": "a\ud800b"}, ingest.NotText),
    ({"headline": "a\0b"}, ingest.NotText),
    ({"key": "a\0b"}, ingest.NotText),
    ({"published": ingest.today_latest() + dt.timedelta(days=1)}, ingest.FutureDay),
    ({"url": "javascript:alert(1)"}, ingest.NotAnAddress),
    ({"url": "//[broken"}, ingest.NotAnAddress),
    ({"outlet": "x" * 201}, ingest.TooLongName),
    ({"key": "x" * 201}, ingest.TooLongName),
]


@pytest.mark.django_db
class TestReceiving:
    @pytest.mark.parametrize(
        ("fields", "error"), REFUSED, ids=[str(e[1].__name__) for e in REFUSED]
    )
    def test_what_is_refused(self, fields: dict[str, Any], error: type[ingest.Refused]) -> None:
        with pytest.raises(error) as caught:
            received(**fields)
        assert str(caught.value).endswith(".")
        assert not Article.objects.exists()

    def test_the_day_that_begins_first_on_earth_is_not_the_future(self) -> None:
        assert received(published=ingest.today_latest()).state == "received"

    def test_the_same_text_is_stored_once(self) -> None:
        first = received()
        with pytest.raises(ingest.SameText) as caught:
            received(CALL.replace(" ", "\n"))
        assert caught.value.article == first

    def test_a_known_key_with_another_text_is_refused(self) -> None:
        received(key="k1")
        with pytest.raises(ingest.KeyTaken):
            received(SAME_CALL, key="k1")

    def test_a_known_key_with_its_text_is_what_is_stored(self) -> None:
        assert received(key="k1") == received(key="k1")
        assert Article.objects.count() == 1

    def test_an_article_without_a_day_waits_and_says_so(self) -> None:
        article = received(published=None)
        assert (article.state, article.failure[-1]) == ("waiting", ".")

    def test_a_waiting_article_is_not_read(self) -> None:
        article = received(published=None)
        ingest.read(article.pk)
        article.refresh_from_db()
        assert (article.state, article.mentions.count()) == ("waiting", 0)

    def test_a_day_given_afterwards_lets_it_be_read(self, editor: User) -> None:
        article = ingest.answer(received(published=None), JULY_4, editor)
        assert (article.state, article.published) == ("received", JULY_4)
        assert article.published_because == "The day was given by editor."

    def test_a_day_sent_with_the_same_key_again_is_an_answer(self) -> None:
        received(published=None, key="k1")
        assert received(key="k1").state == "received"

    def test_outlets_of_like_names_have_addresses_of_their_own(self) -> None:
        one = received(outlet="The Post")
        two = received(SAME_CALL, outlet="the post!")
        assert one.outlet and two.outlet
        assert (one.outlet.slug, two.outlet.slug) == ("the-post", "the-post-2")


# ---------- files


@pytest.mark.django_db
class TestDeliveries:
    def test_a_collection_keeps_going_after_a_bad_line(self, tmp_path: Path) -> None:
        path = tmp_path / "some.jsonl"
        rows = [
            json.dumps({"id": "a", "text": CALL, "published": "2025-07-04"}),
            "{broken",
            "[]",
            json.dumps({"id": "b", "text": SAME_CALL, "published": "04/07/2025"}),
            json.dumps({"id": "c", "text": "\ud800", "published": "2025-07-04"}),
            "",
            json.dumps({"id": 7, "text": LATER_CALL, "published": "2025-07-04"}),
        ]
        path.write_text("\n".join(rows), encoding="utf-8")
        receipts = list(ingest.receive_jsonl(path))
        assert [(r.article.key if r.article else None) for r in receipts] == [
            "a",
            None,
            None,
            None,
            None,
            "7",
        ]
        assert [r.name for r in receipts if r.refused] == [
            f"some.jsonl, line {n}" for n in (2, 3, 4, 5)
        ]

    def test_the_text_of_a_collection_is_kept_letter_for_letter(self, tmp_path: Path) -> None:
        text = f"  {CALL}\r\n\r\nEnd. "
        path = tmp_path / "one.jsonl"
        path.write_text(json.dumps({"text": text, "published": "2025-07-04"}), encoding="utf-8")
        (receipt,) = ingest.receive_jsonl(path)
        assert receipt.article and receipt.article.text == text

    def test_a_folder_is_taken_in_the_order_of_its_names(self, tmp_path: Path) -> None:
        (tmp_path / "below").mkdir()
        (tmp_path / "b.txt").write_text(CALL)
        (tmp_path / "below" / "c.md").write_text(SAME_CALL)
        (tmp_path / "a.bin").write_bytes(b"\0")
        receipts = list(ingest.receive_path(tmp_path, published=JULY_4, outlet="Wire"))
        assert [r.name for r in receipts] == ["b.txt", "c.md"]
        assert {str(a.outlet) for a in Article.objects.all()} == {"Wire"}

    def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "a.bin").write_bytes(b"\0")
        (receipt,) = ingest.receive_path(tmp_path / "a.bin")
        assert receipt.article is None and receipt.refused.endswith(".")

    def test_a_file_sent_twice_is_known(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(CALL)
        first, second = (
            ingest.receive_file(tmp_path / "a.txt", published=JULY_4) for _ in range(2)
        )
        assert first.article == second.article and not second.refused

    def test_a_day_that_the_text_settles_needs_no_asking(self, tmp_path: Path) -> None:
        dated = CALL.replace("July 4 (", "July 4, 2025 (")
        (tmp_path / "a.txt").write_text(dated)
        receipt = ingest.receive_file(tmp_path / "a.txt")
        assert receipt.article and receipt.article.published == JULY_4


# ---------- reading


@pytest.mark.django_db
class TestReading:
    def test_an_article_becomes_an_event(self) -> None:
        article = read()
        call = the_call()
        assert (call.date, call.basis) == (DateValue.day(JULY_3), "weekday")
        assert call.title == "Donald Trump and Vladimir Putin speak by phone"
        assert (article.state, article.language, article.agency) == ("done", "en", "Meridian Wire")
        assert article.parser_version and article.read_at

    def test_evidence_is_where_it_says(self) -> None:
        article = read()
        for mention in article.mentions.all():
            assert article.text[mention.start : mention.end] == mention.evidence

    def test_actors_come_with_the_sides_they_act_for(self) -> None:
        read()
        putin = Actor.objects.get(name="Vladimir Putin")
        assert (putin.kind, putin.side_on(JULY_3)) == ("person", "Russia")
        assert putin.sort_name == "putin vladimir"

    def test_a_side_that_only_the_article_tells_of_is_kept_and_left_out_of_the_title(self) -> None:
        text = "Pavlo Hornyk, the Danish envoy, met Sergey Lavrov in Moscow on July 3, 2025."
        article = read(f"{text} Both spoke to reporters after the meeting.")
        (meeting,) = Event.objects.shown().filter(type="meeting")
        assert meeting.title == "Pavlo Hornyk and Sergey Lavrov meet"
        assert _cast(meeting) == {"Pavlo Hornyk", "Sergey Lavrov", "Denmark", "Russia"}
        (mention,) = article.mentions.filter(type="meeting")
        assert [p.acts_for(JULY_3) for p in mention.participants.all()][:2] == ["Denmark", "Russia"]

    def test_the_summary_counts(self) -> None:
        article = read()
        summary = article.summary
        assert summary["new"] == summary["events"] == article.mentions.count() > 0
        assert summary["words"].startswith(f"{summary['events']} event")

    def test_a_second_article_corroborates(self) -> None:
        read()
        assert read(SAME_CALL).summary["corroborate"] == 1

    def test_a_second_article_sharpens(self) -> None:
        read(SAME_CALL.replace("on July 3, 2025", "in early July 2025"))
        summary = read().summary
        assert summary["sharpened"] == 1
        assert "from “early July 2025” to 3 July 2025" in summary["words"]

    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
    def test_the_order_of_arrival_changes_nothing(self, order: tuple[int, ...]) -> None:
        texts = [CALL, SAME_CALL, LATER_CALL]
        for number in order:
            read(texts[number], outlet=f"Outlet {number}")
        call = the_call()
        assert call.mentions.count() == 2
        assert (call.article_count, call.source_count) == (2, 2)
        told = Event.objects.shown().filter(type="call").order_by("sort_day")
        trump = {"Donald Trump", "United States"}
        assert [(e.earliest, e.basis, _cast(e)) for e in told] == [
            (JULY_3, "explicit", {"Vladimir Putin", "Russia"} | trump),
            (JULY_4, "weekday", {"Volodymyr Zelensky", "Ukraine"} | trump),
        ]

    def test_what_is_not_english_fails_with_a_sentence(self) -> None:
        article = read(GERMAN)
        assert (article.state, article.mentions.count()) == ("failed", 0)
        assert "English" in article.failure

    def test_reading_again_changes_no_event(self) -> None:
        article = read()
        before = list(Event.objects.order_by("pk").values_list("pk", "version", "title"))
        reread(article, times=2)
        assert list(Event.objects.order_by("pk").values_list("pk", "version", "title")) == before
        assert article.summary["unchanged"] == article.summary["events"]

    def test_an_article_that_was_read_is_not_read_again(self) -> None:
        article = read()
        mentions = set(article.mentions.values_list("pk", flat=True))
        ingest.read(article.pk)
        assert set(article.mentions.values_list("pk", flat=True)) == mentions

    def test_an_article_that_another_process_reads_is_left_alone(self) -> None:
        article = received()
        with psycopg.connect(**_server()) as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [ingest.READING, article.pk])
            assert ingest.busy() == {article.pk}
            ingest.read(article.pk)
            article.refresh_from_db()
            assert article.state == "received"
            other.execute("SELECT pg_advisory_unlock(%s, %s)", [ingest.READING, article.pk])
            assert ingest.busy() == set()

    def test_what_should_not_happen_is_said_and_raised(self, settings: Settings) -> None:
        article = received()
        settings.SPACY_PIPELINE = "no_such_pipeline"
        with pytest.raises(OSError, match="no_such_pipeline"):
            ingest.read(article.pk)
        article.refresh_from_db()
        assert (article.state, article.failure) == ("failed", ingest.BROKEN)
        assert not Mention.objects.exists() and ingest.busy() == set()


def _cast(event: Event) -> set[str]:
    return {actor.name for actor in event.actors.all()}


def _server() -> dict[str, Any]:
    names = {"dbname", "user", "password", "host", "port"}
    return {k: v for k, v in connection.get_connection_params().items() if k in names and v}


# ---------- editors' decisions and readings


@pytest.mark.django_db
class TestDecisionsLast:
    NOON = DateValue.day(dt.date(2025, 7, 2))

    def test_a_corrected_date_survives_readings_and_another_article(self, editor: User) -> None:
        article = read()
        event = the_call()
        record.correct(event, "date", self.NOON, editor, "Time zones")
        reread(article, times=2)
        read(SAME_CALL)
        event.refresh_from_db()
        assert (event.date, event.basis, event.corrected) == (self.NOON, "editor", True)
        assert event.mentions.count() == 2
        assert record.proposals(event)["date"]["earliest"] == "2025-07-03"

    def test_an_article_that_agrees_with_the_corrected_date_joins(self, editor: User) -> None:
        read()
        record.correct(the_call(), "date", self.NOON, editor)
        read(SAME_CALL.replace("July 3", "July 2"))
        assert the_call().mentions.count() == 2

    def test_a_rejected_event_stays_rejected(self, editor: User) -> None:
        article = read()
        event = the_call()
        record.reject(event, editor)
        reread(article, times=2)
        read(SAME_CALL)
        event.refresh_from_db()
        assert (event.review, event.mentions.count()) == ("rejected", 2)
        assert event not in Event.objects.shown()

    def test_a_mention_that_an_editor_added_is_not_replaced(self, editor: User) -> None:
        article = read()
        event = Event.objects.create(type="meeting", title="")
        Mention.objects.create(
            article=article,
            event=event,
            type="meeting",
            status="occurred",
            start=0,
            end=20,
            evidence=article.text[:20],
            trigger_start=0,
            trigger_end=5,
            confidence=1,
            origin="editor",
        )
        record.resettle([event.pk], "added", editor)
        reread(article)
        event.refresh_from_db()
        assert event.withdrawn_at is None and event.mentions.get().origin == "editor"


# ---------- names


@pytest.mark.django_db
def test_names_found_in_articles_teach_the_reader_nothing() -> None:
    shipped = cast.lexicon()
    cast.rows_for(["Somebody Unheard Of", "Vladimir Putin"], shipped)
    assert cast.lexicon() is shipped


@pytest.mark.django_db
def test_an_alias_that_an_editor_adds_teaches_the_reader() -> None:
    row = cast.rows_for(["Vladimir Putin"], cast.lexicon())["Vladimir Putin"]
    row.aliases.append("the man from Leningrad")
    row.save()
    taught = cast.lexicon()
    assert "the man from Leningrad" in taught.entries["Vladimir Putin"].aliases
    assert cast.lexicon() is taught
