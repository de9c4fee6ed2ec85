"""Two editors at the same moment, each on a connection of their own: nothing is lost, nobody hangs,
and whoever was slower is told."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from tests.config.processes import eventually
from tests.timeline.builders import make_event, make_mention
from timeline import record
from timeline.models import Act, Decision, Event, Override, Revision

pytestmark = pytest.mark.django_db(transaction=True)
Verb = Callable[[], object]


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def bo() -> User:
    return User.objects.create_user("bo")


def told(title: str, sentences: int = 2) -> Event:
    event = make_event(title=title)
    for n in range(sentences):
        make_mention(event, f"{title}, {n}.", outlet=f"{title} {n}")
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def at_once(quicker: Verb, slower: Verb) -> list[BaseException | None]:
    """What became of each: the quicker commits only once the slower waits for it."""
    outcomes: list[BaseException | None] = [None, None]
    begun = threading.Event()

    def first() -> None:
        with transaction.atomic():
            quicker()
            begun.set()
            assert eventually(_somebody_waits)

    def second() -> None:
        assert begun.wait(60)
        slower()

    def run(number: int, what: Verb) -> None:
        try:
            what()
        except (record.RecordError, Exception) as error:
            outcomes[number] = error
        finally:
            begun.set()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        (waits,) = cursor.fetchone()
    return bool(waits)


def test_two_who_correct_one_event_from_the_same_page(anna: User, bo: User) -> None:
    event = told("Call")
    outcomes = at_once(
        lambda: record.correct(event, "status", "denied", anna, seen=event.version),
        lambda: record.correct(event, "title", "The call", bo, seen=event.version),
    )
    assert [type(o) for o in outcomes] == [type(None), record.Stale]
    assert [o.field for o in Override.objects.all()] == ["status"]


def test_two_who_correct_other_fields_without_a_page(anna: User, bo: User) -> None:
    event = told("Call")
    outcomes = at_once(
        lambda: record.correct(event, "status", "denied", anna),
        lambda: record.correct(event, "title", "The call", bo),
    )
    event.refresh_from_db()
    assert outcomes == [None, None]
    assert (event.status, event.title) == ("denied", "The call")
    assert list(event.revisions.values_list("number", flat=True)) == [3, 2, 1]


def test_a_merge_while_the_merged_event_is_corrected(anna: User, bo: User) -> None:
    call, copy = told("Call"), told("Copy")
    outcomes = at_once(
        lambda: record.merge(copy, call, anna),
        lambda: record.correct(copy, "title", "The copy", bo),
    )
    assert [type(o) for o in outcomes] == [type(None), record.Merged]
    assert call.mentions.count() == 4 and not Override.objects.exists()


def test_a_correction_while_the_event_is_merged(anna: User, bo: User) -> None:
    """The merge comes after the correction, and carries it along."""
    call, copy = told("Call"), told("Copy")
    outcomes = at_once(
        lambda: record.correct(copy, "title", "The copy", bo),
        lambda: record.merge(copy, call, anna),
    )
    call.refresh_from_db()
    assert outcomes == [None, None]
    assert (call.title, call.mentions.count()) == ("The copy", 4)


def test_a_correction_while_a_merge_from_an_older_page_waits(anna: User, bo: User) -> None:
    call, copy = told("Call"), told("Copy")
    outcomes = at_once(
        lambda: record.correct(copy, "title", "The copy", bo),
        lambda: record.merge(copy, call, anna, seen={copy.pk: copy.version}),
    )
    assert [type(o) for o in outcomes] == [type(None), record.Stale]
    assert not Decision.objects.exists()


def test_two_merges_of_the_same_two_in_both_directions(anna: User, bo: User) -> None:
    a, b = told("A"), told("B")
    outcomes = at_once(lambda: record.merge(a, b, anna), lambda: record.merge(b, a, bo))
    assert [type(o) for o in outcomes] == [type(None), record.Merged]
    assert (a.mentions.count(), b.mentions.count()) == (0, 4)
    assert Event.objects.shown().get() == b


def test_two_merges_into_one_event(anna: User, bo: User) -> None:
    """Without a page both hold, one after the other."""
    a, b, c = told("A"), told("B"), told("C")
    outcomes = at_once(lambda: record.merge(a, c, anna), lambda: record.merge(b, c, bo))
    assert outcomes == [None, None]
    assert c.mentions.count() == 6
    assert list(c.revisions.values_list("verb", flat=True)) == ["merge", "merge", "read"]


def test_two_merges_along_a_ring(anna: User, bo: User) -> None:
    a, b, c = told("A"), told("B"), told("C")
    outcomes = at_once(lambda: record.merge(a, b, anna), lambda: record.merge(b, c, bo))
    assert outcomes == [None, None]
    assert Event.objects.survivors() == {a.pk: c.pk, b.pk: c.pk, c.pk: c.pk}
    assert c.mentions.count() == 6


def test_two_who_undo_the_same_act(anna: User, bo: User) -> None:
    call, copy = told("Call"), told("Copy")
    act = record.merge(copy, call, anna)
    outcomes = at_once(lambda: record.undo(act, anna), lambda: record.undo(act, bo))
    assert [type(o) for o in outcomes] == [type(None), record.NotUndoable]
    assert (call.mentions.count(), copy.mentions.count()) == (2, 2)
    assert Act.objects.count() == 2


def test_an_undo_while_the_event_is_corrected(anna: User, bo: User) -> None:
    event = told("Call")
    record.correct(event, "status", "denied", anna)
    act = record.undoable(event)
    assert act
    outcomes = at_once(
        lambda: record.correct(event, "title", "The call", bo), lambda: record.undo(act, anna)
    )
    assert [type(o) for o in outcomes] == [type(None), record.NotLast]
    assert {o.field for o in Override.objects.all()} == {"status", "title"}


def test_a_split_of_what_another_splits(anna: User, bo: User) -> None:
    event = told("Call", 3)
    one, two, _ = event.mentions.order_by("pk").values_list("pk", flat=True)
    outcomes = at_once(
        lambda: record.split(event, [one], anna), lambda: record.split(event, [one, two], bo)
    )
    assert [type(o) for o in outcomes] == [type(None), record.Stale]
    assert event.mentions.count() == 2


def test_an_article_is_read_while_two_events_are_merged(anna: User) -> None:
    """Settling waits for the merge, or the merge for settling; neither loses a mention."""
    call, copy = told("Call"), told("Copy")

    def read() -> None:
        make_mention(call, "They spoke again.", outlet="Late")
        record.resettle([call.pk], "read")

    assert at_once(read, lambda: record.merge(copy, call, anna)) == [None, None]
    call.refresh_from_db()
    assert (call.mentions.count(), call.article_count) == (5, 5)
    assert Revision.objects.filter(event=call).count() == call.version == 3
