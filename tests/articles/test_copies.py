"""Near-copies in the record: found when they come in, decided by a person or a rule, counted once."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from articles import copies, ingest
from articles.likeness import sketch
from articles.models import Article, Sketch
from tests.articles.near_copies import JULY_4, PAPERS, WIRE
from timeline import record
from timeline.models import Event

APART = (
    "The foreign ministers of the region gathered in the port on Monday to speak of fish. They "
    "agreed on nothing, as in the year before, but dined well and will see one another in spring."
)

pytestmark = pytest.mark.django_db


def received(text: str = WIRE, outlet: str = "", **fields: Any) -> Article:
    return ingest.receive(**{"published": JULY_4, **fields}, text=text, outlet=outlet)


def read(*articles: Article) -> Event:
    """The call that they tell of."""
    for article in articles:
        ingest.read(article.pk)
    return Event.objects.shown().get(type="call")


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


RULES = {
    "of the same outlet": ("The Post", {}, "version", "A newer version of"),
    "of another outlet": ("The Ledger", {}, "copy", "The same wire text as"),
    "of no outlet": ("", {}, "copy", "The same wire text as"),
    "of an earlier day": (
        "The Post",
        {"published": dt.date(2025, 7, 3)},
        "version",
        "An earlier version of",
    ),
}


@pytest.mark.parametrize(("outlet", "given", "kind", "said"), RULES.values(), ids=list(RULES))
def test_where_nobody_is_asked_a_rule_decides(
    outlet: str, given: dict[str, Any], kind: str, said: str
) -> None:
    first = received(outlet="The Post")
    second = received(PAPERS[0], outlet, **given)
    assert (second.copy_of, second.likeness, second.likeness_by) == (first, kind, None)
    assert second.likeness_words == said
    assert second.alike == [first.digest]
    assert second.similarity is not None and second.similarity >= 0.35


def test_the_senders_answer_is_kept_with_their_name(editor: User) -> None:
    received()
    second = received(PAPERS[0], likeness="different", by=editor)
    second.refresh_from_db()
    assert (second.likeness, second.likeness_by) == ("different", editor)


def test_an_article_of_its_own_is_like_none(editor: User) -> None:
    received()
    other = received(APART, likeness="different", by=editor)
    assert (other.copy_of, other.likeness, other.likeness_by, other.alike) == (None, "", None, [])


def test_the_most_alike_comes_first() -> None:
    far, near = received(PAPERS[0]), received(PAPERS[1])
    match = copies.nearest(PAPERS[3])
    assert match and match.article == near and match.similarity > 0.8
    assert [m.article for m in copies.matches(sketch(PAPERS[3]))] == [near, far]


def test_one_text_in_ten_papers_is_one_source_in_whatever_order_they_come() -> None:
    def told(order: list[int]) -> tuple[int, int]:
        event = read(*(received(PAPERS[n], outlet=f"Paper {n}") for n in order))
        return event.article_count, event.source_count

    for order in (list(range(10)), list(range(9, -1, -1)), [5, 2, 8, 1, 9, 0, 7, 3, 6, 4]):
        with transaction.atomic():
            assert told(order) == (10, 1)
            transaction.set_rollback(True)


AGENCIES = {
    "two datelines": ("KYIV, July 4 (AP) - {}", "MOSCOW, July 4 (AFP) - {}", 2),
    "one by two names": ("KYIV, July 4 (AP) - {}", "{} (The Associated Press)", 1),
    "named in the sentence": ("KYIV, July 4 (Reuters) - {}", "As reported by Reuters, {}", 1),
    "another named in it": (
        "KYIV, July 4 (Reuters) - {}",
        "According to the news agency TASS, {}",
        2,
    ),
}
FIRST = "President Donald Trump spoke by phone with Russian President Vladimir Putin on Thursday."
SECOND = "Donald Trump and Vladimir Putin held a telephone conversation on July 3, 2025."


@pytest.mark.parametrize(("one", "other", "count"), AGENCIES.values(), ids=list(AGENCIES))
def test_articles_that_name_the_same_agency_count_once(one: str, other: str, count: int) -> None:
    event = read(
        received(one.format(FIRST), outlet="The Post"),
        received(other.format(SECOND), outlet="The Ledger"),
    )
    assert (event.article_count, event.source_count) == (2, count)


def test_a_different_article_counts_for_itself(editor: User) -> None:
    decided = (
        received(PAPERS[0], "The Post"),
        received(PAPERS[1], "The Ledger", likeness="different"),
    )
    event = read(*decided)
    assert (event.article_count, event.source_count) == (2, 2)
    third = received(PAPERS[2], "The Courier")
    assert read(third).source_count == 2
    third.likeness = "different"
    copies.decide(third, editor)
    record.resettle([event.pk], "likeness", editor)
    assert read().source_count == 3


def test_what_an_editor_calls_a_copy_counts_once_however_little_it_is_alike(editor: User) -> None:
    one, other = received(FIRST, "The Post"), received(SECOND, "The Ledger")
    assert read(one, other).source_count == 2
    other.copy_of, other.likeness = one, "copy"
    copies.decide(other, editor)
    record.resettle([read().pk], "likeness", editor)
    assert read().source_count == 1


def test_copies_of_an_article_that_is_removed_are_still_one_source() -> None:
    articles = [received(text, outlet=f"Paper {n}") for n, text in enumerate(PAPERS[:3])]
    articles[0].delete()
    event = read(*articles[1:])
    assert (event.article_count, event.source_count) == (2, 1)


def test_an_article_from_before_likeness_was_looked_at_is_compared_when_it_is_read() -> None:
    first, second = received(outlet="The Post"), received(PAPERS[0], outlet="The Ledger")
    Sketch.objects.all().delete()
    Article.objects.update(alike=[], copy_of=None, likeness="", similarity=None)
    assert read(first, second).source_count == 1
    assert {first.pk, second.pk} == set(Sketch.objects.values_list("article", flat=True))


def test_every_pair_of_copies_is_noted_once() -> None:
    articles = [received(text) for text in PAPERS[:5]]
    noted = {frozenset((a.digest, b)) for a in articles for b in a.alike}
    assert noted == {
        frozenset(pair) for pair in itertools.combinations([a.digest for a in articles], 2)
    }
