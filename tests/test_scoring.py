"""The measure of joining itself: pairs of places, by the events that have a mention at both."""

from tests.scoring import Linked, Place

A, B, C = Place("one", 0, 100), Place("two", 0, 100), Place("three", 0, 100)
ELSEWHERE = Place("two", 200, 300)
GROUPS = [[A, B, C], [B, ELSEWHERE]]


def test_pairs_are_counted_once_and_judged_by_common_groups() -> None:
    linked = Linked([(1, A), (1, Place("two", 40, 60)), (2, C), (1, ELSEWHERE)])
    joined = linked.score(GROUPS)
    assert len(joined.same) == 4
    assert set(joined.right) == {(A, B), (B, ELSEWHERE)}
    assert joined.wrong == ((A, ELSEWHERE),)
    assert (joined.precision, joined.recall) == (2 / 3, 2 / 4)


def test_what_is_in_no_event_is_not_found() -> None:
    joined = Linked([(1, A), (1, B)]).score([[A, B, C]])
    assert (joined.recall, joined.recall_if_found) == (1 / 3, 1.0)
    assert (joined.f1, joined.f1_if_found) == (0.5, 1.0)
