"""The command line: data on standard output, everything else on standard error."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article
from tests.articles.near_copies import PAPERS, WIRE
from timeline import record
from timeline.dates import DateValue
from timeline.models import Event

CALL = (
    "WASHINGTON, July 4 (Meridian Wire) - President Donald Trump spoke by phone with Russian "
    "President Vladimir Putin on Thursday. They discussed the war in Ukraine for about an hour."
)
VISIT = (
    "KYIV - French President Emmanuel Macron met with Ukrainian President Volodymyr Zelensky in "
    "Kyiv on Wednesday, and the two of them spoke about the defence of the sky."
)


def run(command: str, *args: Any, **options: Any) -> tuple[str, str]:
    """What it writes to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def rows(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    lines = [
        {"id": "one", "text": CALL, "published": "2025-07-04", "outlet": "Meridian Wire"},
        {"id": "two", "text": VISIT, "published": "2025-07-04", "outlet": "The Post"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


# ---------- extract and dates: no database (a test without its mark may not ask one)


def test_extract_writes_what_the_parser_reads(collection: Path) -> None:
    out, _ = run("extract", jsonl=collection)
    one, two = rows(out)
    assert (one["id"], two["id"]) == ("one", "two")
    call = next(e for e in one["events"] if e["type"] == "call")
    span = call["evidence"]
    assert CALL[span["start"] : span["end"]] == span["text"]
    assert {k: call[k] for k in ("status", "date", "precision", "lasting", "basis", "actors")} == {
        "status": "occurred",
        "date": "2025-07-03",
        "precision": "day",
        "lasting": False,
        "basis": "weekday",
        "actors": ["Donald Trump", "Vladimir Putin", "United States", "Russia"],
    }
    assert call["type_because"] == "“spoke by phone” → call (rule “speak by phone”)"
    assert list(call) == [
        "type",
        "status",
        "date",
        "precision",
        "lasting",
        "basis",
        "because",
        "type_because",
        "deadline",
        "deadline_because",
        "actors",
        "places",
        "attributed_to",
        "evidence",
        "further",
        "confidence",
    ]


UNUSABLE = {
    "not JSON": (b"{broken", 1),
    "no object": (b"[1]", 1),
    "no text": (b'{"id": "x"}', "x"),
    "a text that is none": (b'{"id": "x", "text": 5}', "x"),
    "half a letter": (b'{"id": "x", "text": "\\ud800"}', "x"),
    "no day": (b'{"id": "x", "text": "Well.", "published": "yesterday"}', "x"),
    "no UTF-8": (b'{"id": "x", "text": "\xff"}', 1),
}


@pytest.mark.parametrize("command", ["extract", "dates"])
@pytest.mark.parametrize(("line", "id"), UNUSABLE.values(), ids=list(UNUSABLE))
def test_an_unusable_line_gives_an_error_and_the_next_is_read(
    command: str, line: bytes, id: Any, tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(line + b'\n{"id": "good", "text": "They met on July 3, 2025."}\n')
    out, _ = run(command, jsonl=path)
    bad, good = rows(out)
    name = "events" if command == "extract" else "dates"
    assert (bad["id"], bad[name], bad["error"][-1]) == (id, [], ".")
    assert good["id"] == "good" and "error" not in good


def test_extract_says_that_a_text_is_not_english(tmp_path: Path) -> None:
    path = tmp_path / "de.txt"
    path.write_text(
        "Der Präsident sprach am Donnerstag mit seinem Kollegen über die Lage an der Front und "
        "über die Gespräche, die in der nächsten Woche stattfinden sollen.",
        encoding="utf-8",
    )
    (row,) = rows(run("extract", path)[0])
    assert (row["id"], row["events"]) == ("de.txt", [])
    assert "English" in row["error"]


def test_dates_writes_the_date_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("They met on Thursday, and again in early July.")
    (row,) = rows(run("dates", path, "--published=4 July 2025")[0])
    assert row["id"] == "a.txt"
    assert row["dates"][0] == {
        "start": 12,
        "end": 20,
        "text": "Thursday",
        "value": "2025-07-03",
        "type": "DATE",
    }


def test_a_publication_day_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="published"):
        run("dates", tmp_path / "a.txt", "--published=July")


# ---------- ingest


@pytest.mark.django_db
class TestIngest:
    def test_it_reads_into_the_record(self, collection: Path) -> None:
        out, err = run("ingest", collection)
        assert out == ""
        assert "2 articles are stored, 2 were read now" in err
        assert set(Article.objects.values_list("key", "state")) == {
            ("one", "done"),
            ("two", "done"),
        }
        assert Event.objects.filter(type="call").get().date == DateValue.from_dict(
            {"earliest": "2025-07-03", "latest": "2025-07-03", "precision": "day"}
        )

    def test_it_is_safe_to_run_twice(self, collection: Path) -> None:
        run("ingest", collection)
        before = list(Event.objects.order_by("pk").values())
        _, err = run("ingest", collection)
        assert "2 articles are stored, 0 were read now" in err
        assert list(Event.objects.order_by("pk").values()) == before

    def test_a_decision_survives_it(self, collection: Path) -> None:
        run("ingest", collection)
        event = Event.objects.get(type="call")
        record.correct(event, "title", "The call", User.objects.create_user("editor"))
        run("ingest", collection)
        run("reparse")
        event.refresh_from_db()
        assert event.title == "The call"

    def test_a_known_key_with_another_text_is_refused(
        self, collection: Path, tmp_path: Path
    ) -> None:
        run("ingest", collection)
        other = tmp_path / "other.jsonl"
        other.write_text(json.dumps({"id": "one", "text": VISIT[5:], "published": "2025-07-04"}))
        with pytest.raises(CommandError):
            run("ingest", other)
        assert Article.objects.get(key="one").text == CALL

    def test_an_article_without_a_day_waits_and_the_summary_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(VISIT)
        _, err = run("ingest", tmp_path)
        assert "1 wait for their publication day" in err

    def test_a_day_and_an_outlet_can_be_given_for_all(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(VISIT)
        run("ingest", tmp_path, "--published=2025-07-04", "--outlet=The Post")
        article = Article.objects.get()
        assert (str(article.published), str(article.outlet)) == ("2025-07-04", "The Post")

    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="There is no"):
            run("ingest", tmp_path / "nothing")


@pytest.mark.django_db
def test_near_copies_are_told_and_counted(tmp_path: Path) -> None:
    texts = [(WIRE, "The Post"), (PAPERS[1], "The Ledger"), (PAPERS[3], "The Post")]
    rows = [
        {"id": str(n), "text": text, "published": "2025-07-04", "outlet": outlet}
        for n, (text, outlet) in enumerate(texts)
    ]
    collection = tmp_path / "copies.jsonl"
    collection.write_text("\n".join(map(json.dumps, rows)))
    _, err = run("ingest", collection)
    assert re.search(r"line 2: the same wire text as article \d+, “.*” \(\d+ % alike\)\.", err)
    assert "3 were read now, 1 taken for another version, 1 taken for the same wire text." in err


# ---------- reparse


@pytest.mark.django_db
class TestReparse:
    def test_nothing_changes_when_the_parser_is_the_same(self, collection: Path) -> None:
        run("ingest", collection)
        out, err = run("reparse")
        counts = json.loads(out)
        assert counts == {"unchanged": Event.objects.count(), "improved": 0, "lost": 0, "kept": 0}
        assert "events are unchanged" in err

    def changed(self, collection: Path) -> tuple[Event, Event]:
        """One event that an editor decided on, one that an older parser read otherwise."""
        run("ingest", collection)
        kept, improved = Event.objects.filter(type__in=["call", "meeting"]).order_by("type")
        record.correct(kept, "status", "denied", User.objects.create_user("editor"))
        improved.mentions.update(status="planned")
        record.resettle([improved.pk], "read")
        return kept, improved

    def test_a_dry_run_counts_and_changes_nothing(self, collection: Path) -> None:
        _, improved = self.changed(collection)
        before = list(Event.objects.order_by("pk").values())
        counts = json.loads(run("reparse", dry_run=True)[0])
        assert (counts["kept"], counts["improved"], counts["lost"]) == (1, 1, 0)
        assert list(Event.objects.order_by("pk").values()) == before
        improved.refresh_from_db()
        assert improved.status == "planned"

    def test_it_improves_and_keeps(self, collection: Path) -> None:
        kept, improved = self.changed(collection)
        run("reparse")
        kept.refresh_from_db()
        improved.refresh_from_db()
        assert (kept.status, improved.status) == ("denied", "occurred")

    def test_what_is_no_longer_found_is_counted(self, collection: Path) -> None:
        run("ingest", collection)
        article = Article.objects.get(key="one")
        article.text = "There is nothing to be read in this text about what they did in the city."
        article.save()
        lost = article.mentions.count()
        assert json.loads(run("reparse")[0])["lost"] == lost > 0


# ---------- export


@pytest.mark.django_db
class TestExport:
    def test_lines_of_json(self, collection: Path) -> None:
        run("ingest", collection)
        out, _ = run("export", "type=call")
        (event,) = rows(out)
        assert list(event) == [
            "id",
            "date",
            "precision",
            "lasting",
            "basis",
            "because",
            "type",
            "status",
            "title",
            "actors",
            "deadline",
            "deadline_because",
            "answers",
            "mentions",
        ]
        (mention,) = event["mentions"]
        assert list(mention) == [
            *("article", "start", "end", "text", "date", "because", "deadline", "type_because")
        ]
        assert mention["type_because"].startswith("“spoke by phone” → call")
        assert (event["date"], mention["article"]) == ("2025-07-03", "one")
        assert CALL[mention["start"] : mention["end"]] == mention["text"]

    @pytest.mark.parametrize("query", ["", "type=call", "from=2025-07-03", "actor=nobody-known"])
    def test_every_format_carries_the_same_events(self, collection: Path, query: str) -> None:
        run("ingest", collection)
        lines = rows(run("export", query)[0])
        document = json.loads(run("export", query, format="json")[0])
        table = list(csv.DictReader(io.StringIO(run("export", query, format="csv")[0])))
        assert document == {"count": len(lines), "events": lines}
        assert [int(row["id"]) for row in table] == [event["id"] for event in lines]

    def test_what_the_filter_ignores_is_said(self) -> None:
        out, err = run("export", "type=party")
        assert out == "" and "party" in err

    def test_nothing_is_a_valid_document(self) -> None:
        assert json.loads(run("export", format="json")[0]) == {"count": 0, "events": []}

    def test_undated_events_come_last_and_rejected_ones_not_at_all(self, collection: Path) -> None:
        run("ingest", collection)
        first = Event.objects.get(type="call")
        record.reject(first, User.objects.create_user("editor"))
        undated = Event.objects.create(type="other", title="Undated")
        ids = [event["id"] for event in rows(run("export")[0])]
        assert first.pk not in ids and ids[-1] == undated.pk

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_cell_is_a_formula(self, start: str) -> None:
        Event.objects.create(type="other", title=f"{start}1+1")
        (row,) = csv.DictReader(io.StringIO(run("export", format="csv")[0], newline=""))
        assert row["title"] == f"'{start}1+1"
