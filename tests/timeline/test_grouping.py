"""What is one event and what is two: merging, un-merging, splitting, keeping apart, and undoing it."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from tests.timeline.builders import make_event, make_mention
from timeline import record
from timeline.dates import DateValue
from timeline.models import Act, Decision, Event, Override
from timeline.signals import mentions_moved

pytestmark = pytest.mark.django_db
JULY_3, JULY_4 = (DateValue.day(dt.date(2025, 7, n)) for n in (3, 4))


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def told(date: DateValue = JULY_3, sentences: int = 1) -> Event:
    """An event settled from so many sentences, each of an article of its own."""
    event = make_event(date)
    for _ in range(sentences):
        make_mention(event, outlet=f"Paper {Event.objects.count()}", basis="explicit")
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def again(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def decided(event: Event) -> dict[str, object]:
    return {o.field: o.value for o in event.overrides.all()}


# ---------- merging


def test_a_merged_event_gives_all_it_rests_on(editor: User) -> None:
    call, copy = told(sentences=2), told()
    record.merge(copy, call, editor, "The same call.")
    assert (again(call).article_count, again(copy).mentions.count()) == (3, 0)


def test_a_merged_event_is_withdrawn_and_says_where_it_went(editor: User) -> None:
    call, copy = told(), told()
    record.merge(copy, call, editor)
    merged = again(copy)
    assert (merged.merged_into, merged.withdrawn_at is None) == (call, False)
    assert merged.withdrawn_because == f"What is known of it stands with event {call.pk}."
    assert list(Event.objects.shown()) == [call]


def test_a_merge_is_one_act_with_a_revision_on_either_side(editor: User) -> None:
    call, copy = told(), told()
    act = record.merge(copy, call, editor, "The same call.")
    revisions = act.revisions.order_by("event")
    assert [(r.event, r.verb, r.by, r.reason) for r in revisions] == [
        (call, "merge", editor, "The same call."),
        (copy, "merge", editor, "The same call."),
    ]
    assert revisions[1].after["merged_into"] == call.pk


def test_a_merge_is_kept_as_a_decision_on_places(editor: User) -> None:
    call, copy = told(), told()
    where, other = (
        [[m.article.digest, 0, len("They spoke."), "call"] for m in e.mentions.all()]
        for e in (call, copy)
    )
    record.merge(copy, call, editor, "The same call.")
    decision = Decision.objects.get()
    assert (decision.kind, decision.event, decision.other) == ("join", call, copy)
    assert (decision.places, decision.other_places) == (where, other)
    assert (decision.by, decision.reason, decision.undone_at) == (editor, "The same call.", None)


def test_a_chain_of_merges_ends_at_the_last(editor: User) -> None:
    a, b, c = told(), told(), told()
    record.merge(a, b, editor)
    record.merge(b, c, editor)
    assert Event.objects.filter(pk=a.pk).survivors() == {a.pk: c.pk}
    assert again(c).article_count == 3


@pytest.mark.parametrize("verb", ["merge", "keep_apart"])
def test_one_event_is_not_two(editor: User, verb: str) -> None:
    call = told()
    with pytest.raises(record.NotTwo, match="cannot be merged with itself"):
        getattr(record, verb)(call, call, editor)


def test_only_what_readers_see_is_merged(editor: User) -> None:
    call, copy = told(), told()
    record.reject(copy, editor)
    with pytest.raises(record.NotShown):
        record.merge(copy, call, editor)
    with pytest.raises(record.NotShown):
        record.merge(call, copy, editor)
    with pytest.raises(record.NotShown):
        record.split(copy, [], editor)


@pytest.mark.parametrize("verb", ["confirm", "reject"])
def test_nothing_is_said_of_a_merged_event(editor: User, verb: str) -> None:
    call, copy = told(), told()
    record.merge(copy, call, editor)
    with pytest.raises(record.Merged):
        getattr(record, verb)(copy, editor)
    with pytest.raises(record.Merged):
        record.merge(copy, told(), editor)
    with pytest.raises(record.Merged):
        record.release(copy, "date", editor)


def test_a_merge_from_an_older_page_is_told(editor: User) -> None:
    call, copy = told(), told()
    record.confirm(call, editor)
    with pytest.raises(record.Stale):
        record.merge(copy, call, editor, seen={call.pk: call.version, copy.pk: copy.version})
    assert not Decision.objects.exists()


# ---------- the editors' decisions on fields, through a merge


def test_a_merge_carries_decisions_that_the_survivor_lacks(editor: User) -> None:
    call, copy = told(), told()
    record.correct(call, "title", "The call", editor)
    record.correct(copy, "title", "A copy", editor)
    record.correct(copy, "date", JULY_4, editor, "The read-out")
    record.merge(copy, call, editor)
    assert decided(call) == {"title": "The call", "date": JULY_4.as_dict()}
    carried = call.overrides.get(field="date")
    assert (carried.reason, carried.by, carried.carried_from) == ("The read-out", editor, copy)
    assert (again(call).title, again(call).date) == ("The call", JULY_4)


def test_unmerging_gives_back_decisions_and_keeps_what_was_decided_since(editor: User) -> None:
    call, copy = told(), told()
    record.correct(copy, "date", JULY_4, editor)
    record.correct(copy, "title", "A copy", editor)
    record.merge(copy, call, editor)
    record.correct(call, "title", "The call", editor)
    record.unmerge(copy, editor)
    assert decided(call) == {"title": "The call"}
    assert decided(copy) == {"date": JULY_4.as_dict(), "title": "A copy"}


def test_what_one_merged_event_no_longer_decides_the_next_does(editor: User) -> None:
    call, one, two = told(), told(), told()
    record.correct(one, "title", "One", editor)
    record.correct(two, "title", "Two", editor)
    record.merge(one, call, editor)
    record.merge(two, call, editor)
    assert again(call).title == "One"
    record.unmerge(one, editor)
    assert again(call).title == "Two"
    record.unmerge(two, editor)
    assert decided(call) == {}


# ---------- un-merging


def test_unmerging_gives_back_what_came_over_and_no_more(editor: User) -> None:
    call, copy = told(), told(JULY_4)
    record.merge(copy, call, editor)
    make_mention(call, "They spoke at length.", outlet="Late")
    record.resettle([call.pk], "read")
    act = record.unmerge(copy, editor, "Two calls.")
    assert (again(call).article_count, again(copy).article_count) == (2, 1)
    assert (again(copy).merged_into, again(copy).withdrawn_because) == (None, "")
    assert [r.event for r in act.revisions.order_by("event")] == [call, copy]
    assert not Decision.objects.filter(undone_at=None).exists()


def test_unmerging_knows_what_was_read_anew_by_its_place(editor: User) -> None:
    call, copy = told(), told()
    record.merge(copy, call, editor)
    mention = call.mentions.get(article__digest=Decision.objects.get().other_places[0][0])
    article, _ = mention.article, mention.delete()
    make_mention(call, "They spoke, at last.", article=article, start=2, end=30)
    record.unmerge(copy, editor)
    assert copy.mentions.get().article == article


def test_a_merge_inside_a_chain_waits_for_the_last(editor: User) -> None:
    a, b, c = told(), told(), told()
    record.merge(a, b, editor)
    record.merge(b, c, editor)
    with pytest.raises(record.MergedFurther):
        record.unmerge(a, editor)
    record.unmerge(b, editor)
    record.unmerge(a, editor)
    assert [e.mentions.count() for e in (a, b, c)] == [1, 1, 1]


def test_unmerging_from_a_lost_event_gives_back_what_it_was_last_known_as(editor: User) -> None:
    lost, call = told(JULY_3), told(JULY_4)
    record.confirm(lost, editor)
    lost.mentions.all().delete()
    record.resettle([lost.pk], "remove")
    was = again(lost)
    record.merge(call, lost, editor)
    assert again(lost).date == JULY_4
    record.unmerge(call, editor)
    now = again(lost)
    assert (now.date, now.because, now.lost_at is None) == (JULY_3, was.because, False)


def test_what_was_never_merged_cannot_be_unmerged(editor: User) -> None:
    with pytest.raises(record.NotMerged):
        record.unmerge(told(), editor)


def test_an_event_whose_articles_went_meanwhile_is_withdrawn_when_unmerged(editor: User) -> None:
    call, copy = told(), told()
    record.merge(copy, call, editor)
    call.mentions.filter(article__digest=Decision.objects.get().other_places[0][0]).delete()
    record.resettle([call.pk], "remove")
    record.unmerge(copy, editor)
    assert (again(copy).merged_into, again(copy).withdrawn_because) == (None, record.GONE)


# ---------- splitting


def test_a_split_makes_an_event_of_its_own(editor: User) -> None:
    event = told(sentences=3)
    one = event.mentions.order_by("pk").first()
    assert one
    record.correct(event, "title", "The call", editor)
    act = record.split(event, [one.pk], editor, "Another call.")
    new = act.other
    assert new and new.mentions.get() == one
    assert (again(event).article_count, again(new).article_count) == (2, 1)
    assert (decided(event), decided(new)) == ({"title": "The call"}, {})
    decision = Decision.objects.get()
    assert (decision.kind, decision.event, decision.other) == ("part", event, new)
    assert decision.other_places == [[one.article.digest, one.start, one.end, one.type]]
    assert len(decision.places) == 2


@pytest.mark.parametrize("some", [0, 2], ids=["none", "all"])
def test_a_split_takes_some_but_not_all(editor: User, some: int) -> None:
    event = told(sentences=2)
    chosen = list(event.mentions.values_list("pk", flat=True))[:some]
    with pytest.raises(record.NotASplit, match="some of the accounts, but not all"):
        record.split(event, chosen, editor)
    assert not Decision.objects.exists()


def test_an_account_that_is_elsewhere_by_now_is_told(editor: User) -> None:
    event, other = told(sentences=2), told()
    chosen = [event.mentions.order_by("pk")[0].pk, other.mentions.get().pk]
    with pytest.raises(record.Stale):
        record.split(event, chosen, editor)


# ---------- keeping apart


def test_two_events_kept_apart(editor: User) -> None:
    call, other = told(), told()
    act = record.keep_apart(other, call, editor, "Two calls.")
    decision = Decision.objects.get()
    assert (decision.kind, decision.event, decision.other) == ("part", call, other)
    assert [(r.event, r.verb) for r in act.revisions.order_by("event")] == [
        (call, "keep_apart"),
        (other, "keep_apart"),
    ]
    record.undo(act, editor)
    assert Decision.objects.get().undone_at


# ---------- undoing


def test_an_undone_split_leaves_an_address_that_leads_back(editor: User) -> None:
    event = told(sentences=2)
    act = record.split(event, [event.mentions.order_by("pk")[0].pk], editor)
    record.undo(act, editor)
    assert act.other
    assert again(event).article_count == 2
    assert again(act.other).merged_into == event
    with pytest.raises(record.NotMerged):
        record.unmerge(act.other, editor)


def test_an_undone_split_brings_back_what_was_read_since(editor: User) -> None:
    event = told(sentences=2)
    act = record.split(event, [event.mentions.order_by("pk")[0].pk], editor)
    assert act.other
    make_mention(act.other, "They spoke at length.", outlet="Late")
    record.resettle([act.other.pk], "read")
    record.undo(act, editor)
    assert again(event).article_count == 3


def test_only_the_last_act_is_undone(editor: User) -> None:
    call, copy = told(), told()
    merged = record.merge(copy, call, editor)
    record.correct(call, "title", "The call", editor)
    assert record.undoable(copy) is None
    with pytest.raises(record.NotLast):
        record.undo(merged, editor)
    last = record.undoable(call)
    assert last and last.verb == "correct"
    record.undo(last, editor)
    assert record.undoable(call) == record.undoable(copy) == merged


def test_nothing_is_undone_twice(editor: User) -> None:
    act = record.merge(told(), told(), editor)
    undoing = record.undo(act, editor, "A slip.")
    for done in (act, undoing):
        with pytest.raises(record.NotUndoable):
            record.undo(done, editor)
    assert [(r.verb, r.reason) for r in undoing.revisions.all()] == [("undo", "A slip.")] * 2


def test_undoing_a_correction_brings_back_the_one_before(editor: User) -> None:
    event = told()
    first = User.objects.create_user("first")
    record.correct(event, "date", JULY_4, first, "The read-out")
    at = Override.objects.get().at
    record.correct(event, "date", DateValue.month(2025, 7), editor)
    last = record.undoable(event)
    assert last
    record.undo(last, editor)
    back = Override.objects.get()
    assert (back.value, back.by, back.reason, back.at) == (
        JULY_4.as_dict(),
        first,
        "The read-out",
        at,
    )


def test_undoing_what_was_said_of_a_lost_event(editor: User) -> None:
    """No article is left to say what it was called before."""
    event = told()
    record.confirm(event, editor)
    event.mentions.all().delete()
    record.resettle([event.pk], "remove")
    title = again(event).title
    record.correct(event, "title", "Another", editor)
    last = record.undoable(event)
    assert last
    record.undo(last, editor)
    assert again(event).title == title


def test_the_same_word_twice_is_no_second_act(editor: User) -> None:
    event = told()
    record.confirm(event, editor)
    record.confirm(event, editor)
    assert (Act.objects.count(), again(event).version) == (1, 2)


def test_another_editors_word_is_an_act_though_nothing_is_seen_to_change(editor: User) -> None:
    event = told()
    record.confirm(event, editor)
    record.confirm(event, User.objects.create_user("second"))
    revision = event.revisions.first()
    assert revision and (revision.verb, revision.after) == ("confirm", {})


# ---------- who is told


def test_whoever_groups_mentions_is_told(editor: User) -> None:
    heard: list[set[int]] = []

    def listen(sender: object, events: set[int], **kwargs: object) -> None:
        heard.append(events)

    call, copy = told(sentences=2), told()
    mentions_moved.connect(listen)
    try:
        act = record.merge(copy, call, editor)
        record.undo(act, editor)
        record.keep_apart(call, copy, editor)
        new = record.split(call, [call.mentions.order_by("pk")[0].pk], editor).other
        record.confirm(call, editor)
    finally:
        mentions_moved.disconnect(listen)
    assert new
    both = {call.pk, copy.pk}
    assert heard == [both, both, both, {call.pk, new.pk}]
