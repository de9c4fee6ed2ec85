"""Whatever editors and readers do to the record, in whatever order, what must hold of it holds."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.models import Mention
from tests.timeline.builders import make_actor, make_article
from tests.timeline.held import holds
from timeline import record
from timeline.dates import Basis, DateValue
from timeline.models import Act, Event, Override, Revision
from timeline.record.settlement import shown

DAYS = [DateValue.day(dt.date(2025, 7, n)) for n in (1, 2, 3)]
VALUES = [
    *(("date", day) for day in DAYS),
    ("date", DateValue.month(2025, 7)),
    ("type", "meeting"),
    ("status", "denied"),
    ("title", "They spoke"),
    ("places", ["Geneva"]),
    ("actors", ["Norway"]),
]
REASONS = st.sampled_from(["", "The minutes say so."])
PLACES = itertools.count(1)
"""No two sentences of a run begin at the same character, whatever their articles."""


def tell(event: Event, day: DateValue, article: Any = None) -> Mention:
    """One more sentence that tells of the event."""
    start = next(PLACES) * 20
    mention = Mention(
        event=event,
        article=article or make_article(outlet=f"Paper {start}"),
        type=event.type,
        status="occurred",
        start=start,
        end=start + 10,
        evidence="They spoke.",
        trigger_start=start + 5,
        trigger_end=start + 10,
        basis=Basis.EXPLICIT.value,
        confidence=0.8,
    )
    mention.date = day
    mention.save()
    return mention


class AnyOrder(RuleBasedStateMachine):
    """Three events told by six sentences, two editors, and readers who come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        make_actor("Norway")
        self.editors = [User.objects.create(username=name) for name in ("anna", "bo")]
        for sentences in (1, 3, 2):
            event = Event.objects.create(type="call", title="")
            for n in range(sentences):
                tell(event, DAYS[n])
            record.resettle([event.pk], "read")
        self.done: list[tuple[int, Any]] = []
        """The acts that stand, each with what the record held before it."""

    def attempt(self, data: st.DataObject, verb: Callable[[], object]) -> None:
        """An editor's verb, which may be thought better of at once."""
        if self.did(verb) and data.draw(st.booleans()):
            self.undo(1, self.editor(data))

    def did(self, verb: Callable[[], object]) -> bool:
        """Whether a verb did anything; one that is refused changes nothing."""
        before, last = holds(), newest()
        try:
            verb()
        except record.RecordError:
            assert holds() == before
            assert newest() == last
        if newest() == last:
            assert holds() == before
            return False
        self.done.append((newest(), before))
        return True

    def undo(self, number: int, editor: User) -> None:
        before = self.done[-number][1]
        for _ in range(number):
            act, _was = self.done.pop()
            record.undo(Act.objects.get(pk=act), editor)
        assert holds() == before

    def event(self, data: st.DataObject, among: Any = None) -> Event:
        events = Event.objects.order_by("pk") if among is None else among.order_by("pk")
        found: Event = data.draw(st.sampled_from(list(events)))
        return found

    def editor(self, data: st.DataObject) -> User:
        editor: User = data.draw(st.sampled_from(self.editors))
        return editor

    # ---------- editors

    @rule(data=st.data(), value=st.sampled_from(VALUES), reason=REASONS)
    def correct(self, data: st.DataObject, value: tuple[str, Any], reason: str) -> None:
        event, editor = self.event(data), self.editor(data)
        self.attempt(data, lambda: record.correct(event, *value, editor, reason))

    @rule(data=st.data(), verb=st.sampled_from([record.confirm, record.confirm, record.reject]))
    def review(self, data: st.DataObject, verb: Any) -> None:
        event, editor = self.event(data), self.editor(data)
        self.attempt(data, lambda: verb(event, editor, "Looked at."))

    @precondition(lambda _: Override.objects.exists())
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        override = data.draw(st.sampled_from(list(Override.objects.order_by("pk"))))
        self.attempt(data, lambda: record.release(override.event, override.field, self.editors[0]))

    @rule(data=st.data(), reason=REASONS)
    def merge(self, data: st.DataObject, reason: str) -> None:
        event, into, editor = self.event(data), self.event(data), self.editor(data)
        self.attempt(data, lambda: record.merge(event, into, editor, reason))

    @precondition(lambda _: Event.objects.exclude(merged_into=None).exists())
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        event, editor = self.event(data, Event.objects.exclude(merged_into=None)), self.editor(data)
        self.attempt(data, lambda: record.unmerge(event, editor))

    @rule(data=st.data())
    def merge_by_mistake(self, data: st.DataObject) -> None:
        """Un-merging is the inverse of merging."""
        event, into, editor = self.event(data), self.event(data), self.editor(data)
        before = holds()
        if self.did(lambda: record.merge(event, into, editor)):
            merged = holds()
            assert self.did(lambda: record.unmerge(event, editor))
            assert holds() == before
            if data.draw(st.booleans()):
                self.undo(1, editor)
                assert holds() == merged

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        event, editor = self.event(data), self.editor(data)
        pks = list(event.mentions.order_by("pk").values_list("pk", flat=True))
        some = data.draw(st.sets(st.sampled_from(pks))) if pks else set()
        self.attempt(data, lambda: record.split(event, some, editor))

    @rule(data=st.data())
    def keep_apart(self, data: st.DataObject) -> None:
        event, other, editor = self.event(data), self.event(data), self.editor(data)
        self.attempt(data, lambda: record.keep_apart(event, other, editor))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def undo_the_last(self, data: st.DataObject) -> None:
        """However many, the record holds what it held before them."""
        number = data.draw(st.integers(1, len(self.done)))
        self.undo(number, self.editor(data))

    # ---------- readers

    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def an_article_comes(self, data: st.DataObject, day: DateValue) -> None:
        event = self.event(data, Event.objects.filter(merged_into=None))
        tell(event, day)
        record.resettle([event.pk], "read")
        self.done.clear()

    @precondition(lambda _: Mention.objects.exists())
    @rule(data=st.data(), number=st.integers(1, 3))
    def articles_go(self, data: st.DataObject, number: int) -> None:
        event = self.event(data, Event.objects.filter(mentions__isnull=False).distinct())
        for mention in event.mentions.order_by("pk")[:number]:
            mention.delete()
        record.resettle([event.pk], "reparse")
        self.done.clear()

    @precondition(lambda _: Mention.objects.exists())
    @rule(data=st.data())
    def an_article_is_read_again(self, data: st.DataObject) -> None:
        """Its mentions are other rows then, at the same places."""
        mention = data.draw(st.sampled_from(list(Mention.objects.order_by("pk"))))
        again = Mention.objects.get(pk=mention.pk)
        mention.delete()
        again.pk = None
        again.save()

    @rule()
    def everything_is_settled_again(self) -> None:
        assert record.resettle(Event.objects.values_list("pk", flat=True), "reparse") == []

    # ---------- what holds

    @invariant()
    def every_mention_stands_for_an_event_that_can_be_seen(self) -> None:
        assert not Event.objects.exclude(merged_into=None).filter(mentions__isnull=False).exists()
        assert not Event.objects.exclude(withdrawn_at=None).filter(mentions__isnull=False).exists()

    @invariant()
    def every_change_has_its_revision(self) -> None:
        for event in Event.objects.for_settling():
            revisions = list(event.revisions.order_by("number"))
            assert [r.number for r in revisions] == list(range(1, event.version + 1))
            told: dict[str, Any] = {}
            for revision in revisions:
                told |= revision.after
            assert told == {f: value for f, value in shown(event).items() if f in told}
        for act in Act.objects.all():
            assert act.revisions.count() == (2 if act.other_id else 1)

    @invariant()
    def what_an_editor_decided_is_shown(self) -> None:
        for event in Event.objects.for_settling().filter(merged_into=None):
            said = shown(event)
            for override in event.overrides.all():
                assert said[override.field] == override.value

    @invariant()
    def what_was_carried_over_came_with_a_merge_that_stands(self) -> None:
        for override in Override.objects.exclude(carried_from=None).select_related("carried_from"):
            assert override.carried_from
            assert override.carried_from.merged_into_id == override.event_id

    @invariant()
    def merges_end_somewhere(self) -> None:
        ends = Event.objects.survivors()
        assert ends.keys() == set(Event.objects.values_list("pk", flat=True))
        merged = Event.objects.exclude(merged_into=None).values_list("pk", flat=True)
        assert not set(ends.values()) & set(merged)


def newest() -> int:
    """The number of the last act that is no undoing."""
    act = Act.objects.filter(undoes=None).first()
    return act.pk if act else 0


@pytest.mark.django_db
def test_any_order() -> None:
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Revision.objects.exists()  # every run was rolled back
