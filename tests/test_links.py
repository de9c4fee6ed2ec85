"""The sample dispatches in the record: what several tell of is one event, what looks alike is not.

seeds/*/groups.jsonl and lookalikes.jsonl hold what a careful reader noted: places that tell of one
event, and pairs of places that must not be joined.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from articles import ingest
from articles.models import Mention
from tests.scoring import Joined, Linked, Place

EPISODES = sorted(path.parent for path in settings.BASE_DIR.glob("seeds/*/groups.jsonl"))

pytestmark = pytest.mark.django_db


@cache
def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def rows(name: str) -> list[dict[str, Any]]:
    return [row for episode in EPISODES for row in lines(episode / name)]


def members(row: dict[str, Any]) -> list[Place]:
    return [Place.of(member) for member in row["members"]]


def named(place: Place) -> str:
    texts = {row["id"]: row["text"] for row in rows("articles.jsonl")}
    return f"{place.article}: {texts[place.article][place.start : place.end]}"


@pytest.fixture(scope="module")
def linked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Linked:
    """All dispatches, read into the record once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        for episode in EPISODES:
            for receipt in ingest.receive_jsonl(episode / "articles.jsonl"):
                assert receipt.article, receipt.refused
                ingest.read(receipt.article.pk)
        told, where = Mention.objects.all(), ("event_id", "article__key", "start", "end")
        found = list(told.values_list(*where))
        further = told.filter(passages__isnull=False)
        found += further.values_list(*where[:2], "passages__start", "passages__end")
        transaction.set_rollback(True)
    return Linked((event, Place(key, start, end)) for event, key, start, end in found if key)


# ---------- what the reader noted


def test_there_are_enough_groups_and_lookalikes() -> None:
    assert len(rows("groups.jsonl")) >= 30
    assert len(rows("lookalikes.jsonl")) >= 30


def test_every_place_is_the_evidence_of_an_expected_event() -> None:
    noted = {
        Place(row["id"], event["evidence"]["start"], event["evidence"]["end"])
        for row in rows("expected.jsonl")
        for event in row["events"]
    }
    for row in rows("groups.jsonl") + rows("lookalikes.jsonl"):
        assert set(members(row)) <= noted, row


def test_a_group_spans_dispatches_and_has_its_name_alone() -> None:
    groups = rows("groups.jsonl")
    assert all(len({place.article for place in members(row)}) > 1 for row in groups)
    assert len({row["group"] for row in groups}) == len(groups)


def test_no_lookalike_is_in_a_group() -> None:
    together = [set(members(row)) for row in rows("groups.jsonl")]
    for row in rows("lookalikes.jsonl"):
        pair = set(members(row))
        assert len(pair) == 2 and row["why"].endswith("."), row
        assert not any(pair <= group for group in together), row


# ---------- what was joined


def test_places_of_one_event_are_joined(linked: Linked) -> None:
    """Over all places: one that was not found is joined with none."""
    joined = linked.score([members(row) for row in rows("groups.jsonl")])
    assert joined.f1 >= 0.9, told(joined)


def test_lookalikes_stay_apart(linked: Linked) -> None:
    together = [row for row in rows("lookalikes.jsonl") if linked.joins(*members(row))]
    assert not together, "\n".join(row["why"] for row in together)


def told(joined: Joined) -> str:
    """The figures, and every pair that is not as it should be."""
    pairs = [("missed", *pair) for pair in joined.missed]
    pairs += [("wrong", *pair) for pair in joined.wrong]
    return "\n".join(
        [
            f"P {joined.precision:.3f} R {joined.recall:.3f} F1 {joined.f1:.3f}",
            f"if found: R {joined.recall_if_found:.3f} F1 {joined.f1_if_found:.3f}",
            *(f"{why}\n  {named(a)}\n  {named(b)}" for why, a, b in pairs),
        ]
    )
