"""The verbs that change the record: what they change, what they leave alone, what they remember."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Mention, Outlet, Participant
from timeline import record
from timeline.dates import Basis, DateError, DateValue
from timeline.models import Actor, Event, Override, Revision

pytestmark = pytest.mark.django_db
JULY_3 = DateValue.day(dt.date(2025, 7, 3))
JULY_4 = DateValue.day(dt.date(2025, 7, 4))


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def actor(name: str) -> Actor:
    defaults = {"slug": name.lower(), "sort_name": name.lower(), "kind": "person"}
    return Actor.objects.get_or_create(name=name, defaults=defaults)[0]


def mention(event: Event, article: str = "a", **fields: Any) -> Mention:
    outlet, _ = Outlet.objects.get_or_create(name=f"The {article}", slug=article)
    source, _ = Article.objects.get_or_create(
        digest=article,
        defaults={"text": "They spoke.", "outlet": outlet, "published": dt.date(2025, 7, 4)},
    )
    names = fields.pop("actors", ("Trump", "Putin"))
    date = fields.pop("date", JULY_3)
    defaults: dict[str, Any] = {
        "type": "call",
        "status": "occurred",
        "evidence": f"They spoke, wrote {article}.",
        "basis": Basis.WEEKDAY.value,
        "confidence": 0.5,
    }
    one = Mention(
        event=event,
        article=source,
        start=0,
        end=10,
        trigger_start=5,
        trigger_end=10,
        **{**defaults, **fields},
    )
    one.date = date
    one.save()
    Participant.objects.bulk_create(
        Participant(mention=one, actor=actor(name), position=n) for n, name in enumerate(names)
    )
    return one


@pytest.fixture
def call() -> Event:
    """A call of 3 July, told by one article and settled."""
    event = Event.objects.create(type="call", title="")
    mention(event)
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def last_revision(event: Event) -> Revision:
    revision = event.revisions.first()
    assert revision is not None
    return revision


def names(event: Event) -> list[str]:
    return [p.actor.name for p in event.participations.select_related("actor")]


# ---------- settling


def test_an_event_is_settled_from_its_mentions(call: Event) -> None:
    assert (call.title, call.date, call.basis) == (
        "Trump and Putin speak by phone",
        JULY_3,
        "weekday",
    )
    assert names(call) == ["Trump", "Putin"]
    assert (call.article_count, call.source_count, call.version) == (1, 1, 1)


def test_the_first_revision_has_nothing_before_it(call: Event) -> None:
    revision = last_revision(call)
    assert (revision.number, revision.verb, revision.before, revision.by) == (1, "read", {}, None)
    assert revision.after["date"] == JULY_3.as_dict()


def test_settling_again_changes_nothing_and_writes_nothing(call: Event) -> None:
    assert record.resettle([call.pk], "read") == []
    assert call.revisions.count() == 1


def test_a_revision_holds_what_changed_and_no_more(call: Event) -> None:
    mention(call, "b")
    assert record.resettle([call.pk], "read") == [call.pk]
    revision = last_revision(call)
    assert revision.before == {"article_count": 1, "source_count": 1}
    assert revision.after == {"article_count": 2, "source_count": 2}


def test_settling_many_events_takes_no_query_per_mention(call: Event) -> None:
    for article in "bcdef":
        mention(call, article)
    with CaptureQueriesContext(connection) as few:
        record.resettle([call.pk], "read")
    for article in "ghijklmno":
        mention(call, article)
    with CaptureQueriesContext(connection) as many:
        record.resettle([call.pk], "read")
    assert len(many) == len(few)


def test_search_finds_the_words_of_the_evidence(call: Event) -> None:
    assert Event.objects.filter(search="spoke").exists()


# ---------- correcting

VALUES: dict[str, tuple[Any, Any]] = {
    "date": (JULY_4, JULY_4),
    "type": ("meeting", "meeting"),
    "status": ("denied", "denied"),
    "title": (" The call ", "The call"),
    "places": (["Geneva"], ["Geneva"]),
}


@pytest.mark.parametrize("field", VALUES)
def test_a_correction_is_shown_and_kept(call: Event, editor: User, field: str) -> None:
    value, shown = VALUES[field]
    record.correct(call, field, value, editor, "I was there")
    mention(call, "b")
    record.resettle([call.pk], "reparse")
    call.refresh_from_db()
    assert (getattr(call, field), call.corrected) == (shown, True)


def test_the_actors_can_be_corrected(call: Event, editor: User) -> None:
    actor("Zelensky")
    corrected = record.correct(call, "actors", ["Trump", "Zelensky"], editor)
    assert names(corrected) == ["Trump", "Zelensky"]
    assert corrected.title == "Trump and Zelensky speak by phone"


def test_a_correction_says_who_and_why(call: Event, editor: User) -> None:
    corrected = record.correct(call, "date", JULY_4, editor, "The read-out says so")
    revision = last_revision(call)
    assert (revision.verb, revision.by, revision.reason) == (
        "correct",
        editor,
        "The read-out says so",
    )
    assert revision.before["date"] == JULY_3.as_dict()
    assert corrected.because == "An editor set this date: The read-out says so"
    assert corrected.basis == "editor"


BAD_VALUES: dict[str, tuple[str, Any, type[Exception]]] = {
    "a type that is none": ("type", "party", record.NotAValue),
    "a status that is none": ("status", "perhaps", record.NotAValue),
    "no title": ("title", "  ", record.NotAValue),
    "a title too long": ("title", "x" * 301, record.NotAValue),
    "a date in words": ("date", "3 July", record.NotAValue),
    "a date that is none": ("date", {**JULY_3.as_dict(), "latest": None}, DateError),
    "somebody unknown": ("actors", ["Trump", "Nobody"], record.UnknownActor),
    "a field that is none": ("version", 3, record.NotAValue),
}


@pytest.mark.parametrize(("field", "value", "error"), BAD_VALUES.values(), ids=list(BAD_VALUES))
def test_a_value_that_cannot_be(
    call: Event, editor: User, field: str, value: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        record.correct(call, field, value, editor)
    assert not Override.objects.exists()


def test_who_looked_at_an_older_version_is_told(call: Event, editor: User) -> None:
    record.correct(call, "status", "denied", editor, seen=1)
    with pytest.raises(record.Stale, match="Somebody else changed this event"):
        record.correct(call, "status", "planned", editor, seen=1)
    call.refresh_from_db()
    assert call.status == "denied"


def test_a_decision_taken_back_gives_way_to_the_articles(call: Event, editor: User) -> None:
    record.correct(call, "date", JULY_4, editor)
    released = record.release(call, "date", editor, "I was wrong")
    assert (released.date, released.basis, released.corrected) == (JULY_3, "weekday", False)
    assert last_revision(call).verb == "release"


def test_where_articles_say_otherwise_is_a_proposal(call: Event, editor: User) -> None:
    record.correct(call, "date", JULY_4, editor)
    record.correct(call, "status", "occurred", editor)
    assert record.proposals(call) == {"date": JULY_3.as_dict()}


# ---------- reviewing


def test_a_confirmed_event_is_no_corrected_one(call: Event, editor: User) -> None:
    confirmed = record.confirm(call, editor)
    assert (confirmed.review, confirmed.corrected) == ("confirmed", False)


def test_a_rejected_event_stays_rejected(call: Event, editor: User) -> None:
    record.reject(call, editor, "No such call")
    mention(call, "b")
    record.resettle([call.pk], "reparse")
    assert not Event.objects.shown().exists()
    call.refresh_from_db()
    assert (call.review, call.article_count) == ("rejected", 2)


# ---------- events that nobody tells of


def test_an_event_without_mentions_is_withdrawn_with_a_sentence(call: Event) -> None:
    call.mentions.all().delete()
    record.resettle([call.pk], "reparse")
    call.refresh_from_db()
    assert call.withdrawn_at is not None
    assert call.withdrawn_because == record.GONE
    assert call.title == "Trump and Putin speak by phone"
    assert last_revision(call).after["withdrawn"] == record.GONE


def test_an_event_that_an_editor_touched_is_lost_and_still_shown(call: Event, editor: User) -> None:
    record.correct(call, "date", JULY_4, editor)
    call.mentions.all().delete()
    record.resettle([call.pk], "reparse")
    call.refresh_from_db()
    assert call.lost_at is not None and call.withdrawn_at is None
    assert (call.date, names(call)) == (JULY_4, ["Trump", "Putin"])
    assert Event.objects.shown().get() == call


@pytest.mark.parametrize("touched", [True, False], ids=["lost", "withdrawn"])
def test_an_event_whose_mentions_come_back_is_there_again(
    call: Event, editor: User, touched: bool
) -> None:
    if touched:
        record.correct(call, "date", JULY_4, editor)
    call.mentions.all().delete()
    record.resettle([call.pk], "reparse")
    mention(call, "b")
    record.resettle([call.pk], "reparse")
    call.refresh_from_db()
    assert (call.lost_at, call.withdrawn_at, call.withdrawn_because) == (None, None, "")


def test_a_lost_event_can_still_be_corrected(call: Event, editor: User) -> None:
    record.confirm(call, editor)
    call.mentions.all().delete()
    record.resettle([call.pk], "reparse")
    assert record.correct(call, "title", "The call", editor).title == "The call"


def test_an_event_knows_the_outlets_that_tell_of_it() -> None:
    event = Event.objects.create(type="call", title="")
    told = [mention(event, name).article for name in ("a", "b")]
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    assert event.outlets == [article.outlet_id for article in told]
    Article.objects.filter(pk=told[1].pk).update(outlet=told[0].outlet)
    record.resettle([event.pk], "outlet")
    event.refresh_from_db()
    assert event.outlets == [told[0].outlet_id]
