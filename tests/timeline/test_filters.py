import datetime as dt
from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.chips import chips
from timeline.dates import UNDATED, DateValue
from timeline.filters import FilterForm
from timeline.models import Event
from timeline.paging import Cursor, CursorError, paged

pytestmark = pytest.mark.django_db
D = dt.date


def found(query: str) -> list[str]:
    form = FilterForm(QueryDict(query))
    return sorted(form.apply(Event.objects.shown()).values_list("title", flat=True))


@pytest.fixture
def record() -> None:
    """Six events, each with a short title."""
    make_actor("Ukraine", "Kyiv", "Ukrainian")
    make_actor("Russia", "Moscow")
    make_event(title="day", actors=("Ukraine", "Russia"), evidence="Prisoners came home.")
    make_event(DateValue.month(2025, 7), title="month", type="strike", actors=("Ukraine",))
    make_event(DateValue.until(D(2025, 6, 10)), title="until", type="talks", status="denied")
    make_event(DateValue.day(D(1962, 10, 22)), title="old", reported=D(1962, 10, 23))
    make_event(UNDATED, title="undated", actors=("Russia",), source_count=3, differs=True)
    make_event(title="rejected", review="rejected")


FOUND = [
    ("", ["day", "month", "old", "undated", "until"]),
    ("q=prisoner", ["day"]),
    ("q=ukraine", ["day", "month"]),
    ("from=2025", ["day", "month", "until"]),
    ("to=1970", ["old"]),
    ("from=2025-07-03&to=2025-07-03", ["day", "month"]),
    ("from=2025-07-04", ["month"]),
    ("from=11+June+2025&to=30+June+2025", []),
    ("from=4+June+2025&to=4+June+2025", ["until"]),
    ("to=3+June+2025&from=2025", []),
    ("from=1962&to=1962&clock=reported", ["old"]),
    ("type=strike&type=talks", ["month", "until"]),
    ("status=denied", ["until"]),
    ("precision=none", ["undated"]),
    ("precision=month&precision=day", ["day", "month", "old"]),
    ("actor=ukraine", ["day", "month"]),
    ("actor=Kyiv", ["day", "month"]),
    ("actor=UKRAINE", ["day", "month"]),
    ("actor=ukraine&actor=russia", ["day"]),
    ("actor=ukraine&actor=russia&match=any", ["day", "month", "undated"]),
    ("outlet=wire", ["day"]),
    ("sources=2", ["undated"]),
    ("differs=1", ["undated"]),
    ("review=confirmed", []),
    ("type=call&actor=russia&from=2025", ["day"]),
]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("query", "titles"), FOUND, ids=[query for query, _ in FOUND])
def test_finds(query: str, titles: list[str]) -> None:
    assert found(query) == titles


NOTED = [
    ("from=3+July&type=call", "from", "Add the year"),
    ("to=we&type=call", "to", "No date was understood"),
    ("from=before+3+July+2025&type=call", "from", "no first day"),
    ("to=since+2025&type=call", "to", "no last day"),
    ("from=2025&to=2024&type=call", "to", "before the beginning"),
    ("type=call&type=fight", "type", "“fight” is not a type of event"),
    ("type=call&status=over", "status", "“over” is not a status"),
    ("type=call&precision=second", "precision", "“second” is not a precision"),
    ("type=call&review=maybe", "review", "“maybe” is not a state of review"),
    ("type=call&outlet=nowhere", "outlet", "“nowhere” is not an outlet"),
    ("type=call&actor=nobody", "actor", "Nobody in the record is called “nobody”"),
    ("type=call&sources=many", "sources", "Enter a whole number"),
    ("type=call&sources=0", "sources", "“0” was ignored"),
    ("type=call&match=some", "match", "“some” was ignored"),
    ("type=call&order=random", "order", "“random” was ignored"),
    ("type=call&clock=noon", "clock", "“noon” was ignored"),
    ("type=call&after=nonsense", "after", "not where a page ends"),
    ("type=call&q=" + "a" * 201, "q", "was ignored"),
    ("type=call&q=%00", "q", "Null characters"),
    ("type=call&actor=%00", "actor", "Nobody in the record is called"),
    ("type=call&actor=" + "a" * 201, "actor", "Nobody in the record is called"),
    ("type=call&outlet=%00", "outlet", "is not an outlet with events here"),
    ("type=call&from=2024&from=2025", "from", "given 2 times"),
    ("type=call&typ=call", "typ", "“typ” is not a filter"),
]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("query", "parameter", "text"), NOTED, ids=[q[:50] for q, _, _ in NOTED])
def test_a_bad_value_is_noted_and_the_good_ones_hold(query: str, parameter: str, text: str) -> None:
    form = FilterForm(QueryDict(query))
    assert [note.parameter for note in form.notes] == [parameter]
    assert text in str(form.notes[0])
    assert form.cleaned_data["type"] == ["call"]


@pytest.mark.parametrize("name", ["actor", "outlet", "type", "status"])
def test_no_value_reaches_the_database_that_it_cannot_hold(name: str) -> None:
    assert found(f"{name}=%00") == []


def test_a_name_of_two_actors_is_taken_for_one_and_said() -> None:
    make_actor("Georgia", "Tbilisi")
    make_actor("Georgia State", "Georgia ", "Tbilisi")
    form = FilterForm(QueryDict("actor=Tbilisi"))
    assert len(form.actors) == 1
    assert "may also mean" in str(form.notes[0])


def test_a_hundred_actors_are_too_many() -> None:
    make_event(actors=tuple(f"Actor {n}" for n in range(20)))
    form = FilterForm(QueryDict("&".join(f"actor=actor-{n}" for n in range(20))))
    assert len(form.actors) == 12
    assert "Only the first 12" in str(form.notes[0])


def test_an_event_told_twice_by_an_outlet_is_found_once() -> None:
    event = make_event(evidence="They spoke.", title="twice")
    make_mention(event)
    assert found("outlet=wire") == ["twice"]


LINKS = [
    ("type=call&from=2025", "from=2025&type=call"),
    ("from=last+week", "from=last+week"),
    ("order=newest&clock=happened&match=all", ""),
    ("order=oldest&after=MjAyNS0wNy0wMy4x", "order=oldest"),
    ("q=&from=&actor=", ""),
    ("from=nonsense&q=grain", "q=grain"),
]


@pytest.mark.parametrize(("query", "link"), LINKS, ids=[query for query, _ in LINKS])
def test_says_the_query_again(query: str, link: str) -> None:
    assert FilterForm(QueryDict(query)).link() == link


def test_chips_remove_themselves() -> None:
    make_actor("Ukraine", "Kyiv")
    form = FilterForm(QueryDict("type=call&type=strike&from=July+2025&actor=Kyiv&status=denied"))
    assert [(chip.label, chip.query) for chip in chips(form)] == [
        ("Call", "from=July+2025&type=strike&actor=ukraine&status=denied"),
        ("Strike", "from=July+2025&type=call&actor=ukraine&status=denied"),
        ("from July 2025", "type=call&type=strike&actor=ukraine&status=denied"),
        ("Ukraine", "from=July+2025&type=call&type=strike&status=denied"),
        ("Denied", "from=July+2025&type=call&type=strike&actor=ukraine"),
    ]


def test_a_whole_family_is_one_chip() -> None:
    form = FilterForm(QueryDict("type=ceasefire&type=agreement"))
    assert [(chip.label, chip.query) for chip in chips(form)] == [("Accords: all", "")]


# ---------- pages


def pages(order: str, clock: str, size: int) -> list[int]:
    """Every id that paging through comes by."""
    form = FilterForm(QueryDict(f"order={order}&clock={clock}"))
    ids: list[int] = []
    after = None
    while True:
        page = paged(
            form.apply(Event.objects.shown()),
            order=form.in_order,
            clock=form.by_clock,
            after=after,
            size=size,
        )
        ids += page.ids
        if page.next is None:
            return ids
        assert len(page.ids) == size
        after = Cursor.parse(str(page.next))


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("clock", ["happened", "reported"])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_paging_meets_every_event_once_and_undated_ones_last(
    order: str, clock: str, size: int
) -> None:
    days = [D(2025, 7, 3), D(2025, 7, 3), D(2025, 7, 1), None, D(2025, 7, 3), None]
    for day in days:
        value = DateValue.day(day) if day else UNDATED
        make_event(value, reported=day)
    events = list(Event.objects.order_by("sort_day", "pk"))
    dated = [e.pk for e in events if e.sort_day]
    undated = sorted(e.pk for e in events if not e.sort_day)
    expected = (dated if order == "oldest" else dated[::-1]) + undated
    assert pages(order, clock, size) == expected


@pytest.mark.parametrize("cursor", [Cursor(D(2025, 7, 3), 12), Cursor(None, 7)])
def test_a_cursor_reads_back(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["x", "é", "MjAyNS0wNy0wMy4", "LjA", "Li0x", "LjkyMjMzNzIwMzY4NTQ3NzU4MDg"]
)
def test_a_bad_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        Cursor.parse(text)


class AnyQuery(TestCase):
    """Whatever the query string: no error, and the notes are sentences."""

    names = st.sampled_from([*(n.rstrip("_") for n in FilterForm.base_fields), "page", ""])

    @settings(max_examples=60)
    @given(st.lists(st.tuples(names, st.text(max_size=12) | st.sampled_from(["2025", "call"]))))
    def test_is_answered(self, pairs: list[tuple[str, str]]) -> None:
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query.appendlist(name, value)
        form = FilterForm(query)
        assert form.apply(Event.objects.shown()).count() == 0
        assert all(str(note).endswith(".") for note in form.notes)


def test_approximate_days_are_found_on_their_day() -> None:
    make_event(replace(DateValue.day(D(2025, 7, 3)), approximate=True), title="about")
    assert found("from=2025-07-03&to=2025-07-03") == ["about"]
