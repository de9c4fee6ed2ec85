"""From drafts to the record: what joins what, what is kept, and what comes back."""

import datetime as dt
import random
from collections import defaultdict
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Q

from articles import ingest, joining
from articles.extraction import Draft, Span, load_lexicon
from articles.matching import group
from articles.models import Article, Passage, Trace
from articles.stored import known_mentions
from timeline import record
from timeline.dates import Basis, DateValue
from timeline.exports import event_object
from timeline.models import Event, Relation

JULY_3, JULY_4 = dt.date(2025, 7, 3), dt.date(2025, 7, 4)
CALL = (
    "WASHINGTON, July 4 (Meridian Wire) - President Donald Trump spoke by phone with Russian "
    "President Vladimir Putin on Thursday. They discussed the war in Ukraine for about an hour, "
    "and it was the sixth time that they had done so since the beginning of the year."
)
SAME_CALL, LATER_CALL = f"{CALL} One.", f"{CALL} Two."


def received(text: str = CALL) -> Article:
    return ingest.receive(text=text, published=JULY_4)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def draft(words: str, *, day: int = 3, **fields: Any) -> Draft:
    start = CALL.index(words)
    span = Span(start, start + len(words), words)
    defaults: dict[str, Any] = {
        "type": "call",
        "status": "occurred",
        "date": july(day),
        "basis": Basis.WEEKDAY,
        "because": "as told",
        "actors": ("Donald Trump", "Vladimir Putin"),
    }
    return Draft(evidence=span, trigger=span, **{**defaults, **fields})


def july(day: int) -> DateValue:
    return DateValue.day(dt.date(2025, 7, day))


def spoken_of_again() -> Span:
    start = CALL.index("They discussed")
    return Span(start, start + 14, CALL[start : start + 14])


def join(article: Article, *drafts: Draft) -> joining.Outcome:
    return joining.join(article, drafts, load_lexicon(), "read")


FIRST = "President Donald Trump spoke by phone"
SECOND = "They discussed the war in Ukraine"


@pytest.mark.django_db
class TestJoining:
    def test_a_better_reading_keeps_the_event(self) -> None:
        article = received()
        (before,) = join(article, draft(FIRST)).told
        (after,) = join(article, draft(FIRST, day=4, actors=("Donald Trump",))).told
        assert after == before
        assert Event.objects.get().date == DateValue.day(JULY_4)

    def test_two_events_of_one_sentence_keep_their_own(self) -> None:
        article = received()
        putin, zelensky = ("Donald Trump", "Vladimir Putin"), ("Donald Trump", "Volodymyr Zelensky")
        one, two = join(article, draft(FIRST, actors=putin), draft(FIRST, actors=zelensky)).told
        assert join(article, draft(FIRST, actors=zelensky), draft(FIRST, actors=putin)).told == (
            two,
            one,
        )

    def test_what_is_no_longer_found_is_withdrawn_and_comes_back(self) -> None:
        article = received()
        (event,) = join(article, draft(FIRST)).told
        assert join(article).told == ()
        assert Event.objects.get().withdrawn_at is not None
        assert join(article, draft(FIRST)).told == (event,)
        assert Event.objects.get().withdrawn_at is None

    def test_a_correction_waits_for_what_is_no_longer_found(self, editor: User) -> None:
        article = received()
        join(article, draft(FIRST))
        record.correct(Event.objects.get(), "title", "The call", editor)
        join(article)
        join(article)
        assert Event.objects.get().lost_at is not None
        join(article, draft(FIRST))
        event = Event.objects.get()
        assert (event.lost_at, event.title) == (None, "The call")

    def test_events_that_turn_out_to_be_one_become_one(self) -> None:
        one, two = received(), received(SAME_CALL)
        (kept,) = join(one, draft(FIRST)).told
        (left,) = join(two, draft(FIRST, day=9)).told
        assert join(two, draft(FIRST)).told == (kept,)
        gone = Event.objects.get(pk=left)
        assert gone.withdrawn_because == f"What it rests on belongs to event {kept} now."

    def test_events_that_an_editor_decided_on_stay_two(self, editor: User) -> None:
        one, two = received(), received(SAME_CALL)
        (first,) = join(one, draft(FIRST)).told
        (second,) = join(two, draft(FIRST, day=9)).told
        record.confirm(Event.objects.get(pk=second), editor)
        record.confirm(Event.objects.get(pk=first), editor)
        assert join(two, draft(FIRST)).told == (second,)

    def test_a_vague_report_leaves_an_event_when_another_competes(self) -> None:
        one, two, three = received(), received(SAME_CALL), received(LATER_CALL)
        month = draft(FIRST, date=DateValue.month(2025, 7))
        (event,) = join(one, draft(FIRST)).told
        assert join(two, month).told == (event,)
        (other,) = join(three, draft(FIRST, day=9)).told
        assert two.mentions.get().event_id not in (event, other)

    @pytest.mark.parametrize("seed", range(3))
    def test_articles_one_by_one_give_what_all_at_once_would(self, seed: int) -> None:
        """The neighbourhood of an article is all that its events depend on."""
        chance = random.Random(seed)  # noqa: S311  (a repeatable choice, no secret)
        days = [DateValue.day(dt.date(2025, 7, n)) for n in (1, 3, 8, 9)]
        vague = [
            DateValue.until(JULY_4),
            DateValue.until(dt.date(2025, 7, 9)),
            DateValue.part_of_month(2025, 7, "early"),
            DateValue.month(2025, 7),
        ]
        people = [
            ("Donald Trump", "Vladimir Putin"),
            ("United States", "Russia"),
            ("Marco Rubio", "Sergey Lavrov"),
        ]
        pieces = (FIRST, SECOND)
        delivery = [
            (
                received(f"{CALL} {number}"),
                [
                    draft(
                        piece,
                        actors=chance.choice(people),
                        date=chance.choice(days * 2 + vague),
                        type=chance.choice(("call", "call", "meeting", "talks")),
                        status=chance.choice(("occurred", "occurred", "denied", "planned")),
                    )
                    for piece in chance.sample(pieces, chance.choice((1, 1, 2)))
                ],
            )
            for number in range(12)
        ]
        for article, drafts in chance.sample(delivery, len(delivery)):
            join(article, *drafts)
        for article, drafts in chance.sample(delivery, 4):
            join(article, *drafts[:1])
        known = list(known_mentions(Q()))
        by_event: dict[int, set[str]] = defaultdict(set)
        for k in known:
            by_event[k.event].add(k.evidence.key)
        stored = sorted((frozenset(keys) for keys in by_event.values()), key=min)
        assert stored == group(k.evidence for k in known)

    def test_a_draft_given_twice_is_one_mention(self) -> None:
        article = received()
        outcome = join(article, draft(FIRST), draft(FIRST))
        assert len(outcome.told) == 1 and article.mentions.count() == 1


# ---------- relations


def related(kind: str = "outcome") -> list[tuple[int, int]]:
    rows = Relation.objects.filter(kind=kind).order_by("event", "other")
    return list(rows.values_list("event", "other"))


@pytest.mark.django_db
class TestRelations:
    def test_a_plan_and_what_came_of_it_are_chained(self) -> None:
        one, two = received(), received(SAME_CALL)
        (plan,) = join(one, draft(FIRST, status="planned")).told
        (call,) = join(two, draft(FIRST)).told
        assert related() == [(plan, call)]

    def test_in_one_article_too_and_whichever_comes_first(self) -> None:
        one, two = received(), received(SAME_CALL)
        (call,) = join(one, draft(FIRST)).told
        (plan,) = join(two, draft(FIRST, status="proposed", date=DateValue.since(JULY_3))).told
        assert related() == [(plan, call)]
        again, chained = join(two, draft(SECOND, status="planned"), draft(FIRST)).told
        assert {again, chained} >= {call}
        assert len(related()) == 1

    def test_a_plan_came_to_what_was_first(self) -> None:
        one, two, three = received(), received(SAME_CALL), received(LATER_CALL)
        (plan,) = join(one, draft(FIRST, status="planned", date=DateValue.since(JULY_3))).told
        (late,) = join(two, draft(FIRST, day=9)).told
        assert related() == [(plan, late)]
        (soon,) = join(three, draft(FIRST, day=4)).told
        assert related() == [(plan, soon)]
        join(three)
        assert related() == [(plan, late)]

    def test_the_next_day_is_a_possible_duplicate(self) -> None:
        one, two = received(), received(SAME_CALL)
        (first,) = join(one, draft(FIRST)).told
        (second,) = join(two, draft(FIRST, day=4)).told
        assert related("duplicate") == [(first, second)]
        relation = Relation.objects.get()
        assert 0.35 <= relation.score <= 1
        assert relation.because.endswith("; but a day lies between their dates.")
        join(two, draft(FIRST, day=9))
        assert related("duplicate") == []

    def test_what_an_editor_keeps_apart_is_no_possible_duplicate(self, editor: User) -> None:
        one, two = received(), received(SAME_CALL)
        (first,) = join(one, draft(FIRST)).told
        (second,) = join(two, draft(FIRST, day=4)).told
        a, b = Event.objects.get(pk=first), Event.objects.get(pk=second)
        act = record.keep_apart(a, b, editor)
        assert related("duplicate") == []
        join(two, draft(FIRST, day=4))
        assert related("duplicate") == []
        record.undo(act, editor)
        assert related("duplicate") == [(first, second)]


# ---------- what editors decide


@pytest.mark.django_db
class TestGrouping:
    def two(self) -> tuple[Article, Article, Event, Event]:
        one, two = received(), received(SAME_CALL)
        (first,) = join(one, draft(FIRST)).told
        (second,) = join(two, draft(FIRST, day=9)).told
        return one, two, Event.objects.get(pk=first), Event.objects.get(pk=second)

    def test_what_was_merged_stays_with_the_survivor(self, editor: User) -> None:
        one, two, first, second = self.two()
        record.merge(first, second, editor)
        assert join(one, draft(FIRST)).told == (second.pk,)
        assert join(received(LATER_CALL), draft(FIRST)).told == (second.pk,)
        assert join(two, draft(FIRST, day=20)).told == (second.pk,)
        first.refresh_from_db()
        assert first.merged_into_id == second.pk and not first.mentions.exists()

    def test_what_was_unmerged_is_two_again(self, editor: User) -> None:
        one, two, first, second = self.two()
        record.merge(first, second, editor)
        first.refresh_from_db()
        record.unmerge(first, editor)
        assert join(one, draft(FIRST)).told == (first.pk,)
        assert join(two, draft(FIRST, day=9)).told == (second.pk,)

    def test_what_was_split_stays_split(self, editor: User) -> None:
        one, two = received(), received(SAME_CALL)
        (event,) = join(one, draft(FIRST)).told
        assert join(two, draft(FIRST)).told == (event,)
        act = record.split(Event.objects.get(pk=event), [two.mentions.get().pk], editor)
        assert act.other_id
        for _ in range(2):
            assert join(one, draft(FIRST)).told == (event,)
            assert join(two, draft(FIRST)).told == (act.other_id,)

    def test_a_split_that_is_undone_is_one_again(self, editor: User) -> None:
        one, two = received(), received(SAME_CALL)
        (event,) = join(one, draft(FIRST)).told
        join(two, draft(FIRST))
        act = record.split(Event.objects.get(pk=event), [two.mentions.get().pk], editor)
        record.undo(act, editor)
        assert join(two, draft(FIRST)).told == (event,) == join(one, draft(FIRST)).told

    def test_of_two_decisions_the_later_holds(self, editor: User) -> None:
        one, two, first, second = self.two()
        record.keep_apart(first, second, editor)
        record.merge(second, first, editor)
        assert join(two, draft(FIRST, day=9)).told == (first.pk,) == join(one, draft(FIRST)).told

    def test_a_split_that_is_undone_regroups_what_could_not_tell_the_two(
        self, editor: User
    ) -> None:
        one, two, three = received(), received(SAME_CALL), received(LATER_CALL)
        (event,) = join(one, draft(FIRST)).told
        join(two, draft(FIRST))
        act = record.split(Event.objects.get(pk=event), [two.mentions.get().pk], editor)
        (alone,) = join(three, draft(FIRST, date=DateValue.month(2025, 7))).told
        assert alone not in (event, act.other_id)
        record.undo(act, editor)
        assert three.mentions.get().event_id == event


# ---------- articles that go and come back


def shown() -> list[tuple[int, str, str, tuple[int, ...]]]:
    rows = Event.objects.shown().order_by("pk").prefetch_related("mentions")
    return [
        (e.pk, e.title, str(e.date), tuple(sorted(m.start for m in e.mentions.all()))) for e in rows
    ]


def removed(article: Article) -> None:
    joining.remove(Article.objects.filter(pk=article.pk))


@pytest.mark.django_db
class TestRemoving:
    def test_an_article_that_comes_back_gives_every_event_back(self) -> None:
        one = received()
        join(received(SAME_CALL), draft(FIRST))
        drafts = draft(FIRST), draft(SECOND, day=9, type="meeting")
        join(one, *drafts)
        before = shown()
        removed(one)
        assert [pk for pk, *_ in shown()] == [before[0][0]]
        join(received(), *drafts)
        assert shown() == before
        assert not Trace.objects.exists()

    def test_removed_twice_it_still_comes_back(self) -> None:
        (event,) = join(received(), draft(FIRST)).told
        for _ in range(2):
            removed(Article.objects.get())
            assert shown() == []
            assert join(received(), draft(FIRST)).told == (event,)

    def test_what_it_kept_apart_is_grouped_anew(self) -> None:
        one, two, three = received(), received(SAME_CALL), received(LATER_CALL)
        (event,) = join(one, draft(FIRST)).told
        join(two, draft(FIRST, day=9))
        (alone,) = join(three, draft(FIRST, date=DateValue.month(2025, 7))).told
        removed(two)
        assert three.mentions.get().event_id == event
        gone = Event.objects.get(pk=alone)
        assert gone.withdrawn_because == f"What it rests on belongs to event {event} now."

    def test_relations_go_with_it(self) -> None:
        join(received(), draft(FIRST, status="planned"))
        two = received(SAME_CALL)
        join(two, draft(FIRST))
        removed(two)
        assert not Relation.objects.exists()

    def test_an_event_that_was_merged_comes_back_as_the_survivor(self, editor: User) -> None:
        one, two = received(), received(SAME_CALL)
        (first,) = join(one, draft(FIRST)).told
        (second,) = join(two, draft(FIRST, day=9)).told
        removed(one)
        join(received(), draft(FIRST))
        record.merge(Event.objects.get(pk=first), Event.objects.get(pk=second), editor)
        removed(Article.objects.get(text=CALL))
        assert join(received(), draft(FIRST)).told == (second,)


# ---------- further passages


@pytest.mark.django_db
def test_where_an_article_speaks_of_it_again_is_kept_and_read_anew() -> None:
    article = received()
    event = only_event(join(article, draft("spoke by phone", further=(spoken_of_again(),))))
    (mention,) = event.mentions.all()
    assert [p.text for p in mention.passages.all()] == ["They discussed"]
    places = [(m["start"], m["text"]) for m in event_object(event)["mentions"]]
    assert places == [(CALL.index(words), words) for words in ("spoke by phone", "They discussed")]
    join(article, draft("spoke by phone"))
    assert not Passage.objects.exists()


def only_event(outcome: joining.Outcome) -> Event:
    (pk,) = outcome.told
    return Event.objects.get(pk=pk)
