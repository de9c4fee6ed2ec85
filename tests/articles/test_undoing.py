"""Editors' verbs on what was read, with everything that grouping makes of them, and back again."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles import ingest
from tests.timeline.held import holds
from timeline import record
from timeline.dates import DateValue
from timeline.models import Act, Event, Relation

DISPATCHES = 8
JULY_9 = DateValue.day(dt.date(2025, 7, 9))


@pytest.fixture
def editor() -> User:
    """One, with the first dispatches of an episode in the record."""
    path = settings.BASE_DIR / "seeds/july-2025-calls/articles.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines()[:DISPATCHES]:
        row = json.loads(line)
        day = dt.date.fromisoformat(row["published"])
        article = ingest.receive(
            text=row["text"], published=day, outlet=row["outlet"], key=row["id"]
        )
        ingest.read(article.pk)
    return User.objects.create_user("editor")


def relations() -> list[tuple[object, ...]]:
    rows = Relation.objects.order_by("kind", "event", "other")
    return list(rows.values_list("kind", "event", "other", "score", "because"))


def some_verb(data: st.DataObject, by: User) -> None:
    """On some events; what is refused changes nothing."""
    verb = data.draw(st.sampled_from(["merge", "merge", "split", "apart", "correct", "reject"]))
    chosen = list(Event.objects.shown().order_by("pk"))
    one = data.draw(st.sampled_from(chosen))
    alike = [e for e in chosen if e.type == one.type and e != one] or chosen
    other = data.draw(st.sampled_from(alike))
    mentions = list(one.mentions.order_by("pk").values_list("pk", flat=True))
    try:
        match verb:
            case "merge":
                record.merge(one, other, by)
            case "split":
                record.split(one, mentions[: len(mentions) // 2], by)
            case "apart":
                record.keep_apart(one, other, by)
            case "correct":
                record.correct(one, "date", JULY_9, by)
            case "reject":
                record.reject(one, by, "No such event.")
    except record.RecordError:
        pass


@pytest.mark.django_db
def test_undoing_all_verbs_gives_back_the_record(editor: User) -> None:
    before, related = holds(), relations()

    @hypothesis_settings(max_examples=12, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data(), st.integers(1, 5))
    def there_and_back(data: st.DataObject, number: int) -> None:
        with transaction.atomic():
            for _ in range(number):
                some_verb(data, editor)
                told = Event.objects.filter(mentions__isnull=False)
                assert not told.exclude(withdrawn_at=None).exists()
            for act in Act.objects.standing():
                record.undo(act, editor)
            after = holds()
            made = {pk: s for pk, s in after["shown"].items() if pk not in before["shown"]}
            assert all(s["withdrawn"] and not s["article_count"] for s in made.values())
            assert {pk: after["shown"][pk] for pk in before["shown"]} == before["shown"]
            for what in ("mentions", "overrides", "decisions"):
                assert after[what] == before[what]
            assert relations() == related
            transaction.set_rollback(True)

    there_and_back()
