"""Facet counts are what choosing the value alone would find; rows and tables count the same events."""

import datetime as dt
from itertools import combinations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from articles.models import Outlet
from tests.timeline.builders import make_actor, make_event, make_mention
from timeline.census import COLUMNS, Census
from timeline.dates import UNDATED, DateValue
from timeline.facets import STEPS, facets
from timeline.figures import MOST_BUSY, Figure
from timeline.filters import VIEWS, FilterForm
from timeline.lanes import MOST_LANES, Lanes
from timeline.models import Event, Role
from timeline.overview import overview
from timeline.rail import rail

pytestmark = pytest.mark.django_db
D = dt.date

QUERIES = [
    "",
    "type=call",
    "type=call&type=strike&status=occurred",
    "status=planned&precision=day",
    "sources=2",
    "sources=4&differs=1",
    "review=confirmed&type=talks",
    "actor=ukraine",
    "actor=ukraine&actor=russia",
    "actor=ukraine&actor=russia&match=any",
    "actor=france&type=talks&from=2025-07&to=2025-07",
    "outlet=gazette",
    "outlet=wire&outlet=gazette&status=denied",
    "q=border&sources=2",
    "from=2025-07-10&precision=month",
]


@pytest.fixture
def record() -> None:
    """Forty-eight events that differ in everything that can be filtered for."""
    make_actor("Russia")
    sides = (
        ("Ukraine", "Russia"),
        ("Ukraine", "France"),
        ("Russia",),
        ("Russia", "France", "Ukraine"),
    )
    dates = (
        DateValue.day(D(2025, 7, 3)),
        DateValue.month(2025, 7),
        DateValue.day(D(2025, 7, 20)),
        UNDATED,
    )
    for n in range(48):
        event = make_event(
            dates[n % 4],
            type=("call", "strike", "talks")[n % 3],
            status=("occurred", "planned", "denied")[n % 5 % 3],
            actors=sides[n % 7 % 4],
            title=f"Event {n} {'at the border' if n % 2 else 'in the capital'}",
            evidence=f"It happened, {n}.",
            source_count=n % 6,
            differs=n % 4 == 1,
            review="confirmed" if n % 6 == 2 else "unreviewed",
        )
        if n % 3 == 0:
            make_mention(event, outlet="Gazette")
    Role.objects.create(person=make_actor("Macron", kind="person"), side=make_actor("France"))


def census(query: str) -> Census:
    return Census(FilterForm(QueryDict(query)), Event.objects.shown())


def number(query: str, **changed: str | list[str]) -> int:
    """How many events the query finds once these parameters are set to these values alone."""
    given = QueryDict(query, mutable=True)
    for name, value in changed.items():
        given.setlist(name, value if isinstance(value, list) else [value])
    return FilterForm(given).apply(Event.objects.shown()).count()


@pytest.mark.usefixtures("record")
def test_each_choice_says_what_it_would_find() -> None:
    for query in QUERIES:
        agrees(query)


def agrees(query: str) -> None:
    counts = facets(census(query))
    values = {
        "type": ("call", "strike", "talks", "meeting"),
        "status": ("occurred", "planned", "denied", "cancelled"),
        "precision": ("day", "month", "none", "year"),
        "review": ("unreviewed", "confirmed"),
        "sources": tuple(map(str, STEPS)),
        "differs": ("1",),
    }
    assert {*values} == {*COLUMNS}
    for name, choices in values.items():
        for value in choices:
            expected = number(query, **{name: value})
            assert counts.columns[name][value] == expected, (query, name, value)
    for outlet in counts.outlets:
        assert outlet.count == number(query, outlet=outlet.slug)
    assert {o.slug for o in counts.outlets} >= set(QueryDict(query).getlist("outlet"))


@pytest.mark.usefixtures("record")
def test_an_actor_says_what_adding_it_would_find() -> None:
    for query in (query for query in QUERIES if "match" not in query):
        chosen = QueryDict(query).getlist("actor")
        found = facets(census(query)).actors
        assert not {a.slug for a in found} & set(chosen)
        for actor in found:
            assert actor.count == number(query, actor=[*chosen, actor.slug]) > 0, query


@pytest.mark.usefixtures("record")
def test_any_of_the_actors_leaves_the_choice_out() -> None:
    query = "actor=france&actor=ukraine&match=any"
    (russia,) = facets(census(query)).actors
    assert russia.count == number("", actor="russia")


@pytest.mark.usefixtures("record")
def test_an_outlet_that_prints_nothing_of_this_stays_to_be_taken_away() -> None:
    Outlet.objects.create(name="Silent", slug="silent")
    form = FilterForm(QueryDict("outlet=gazette&q=armistice"))
    (gazette,) = facets(Census(form, Event.objects.shown())).outlets
    assert (gazette.slug, gazette.count) == ("gazette", 0)


@pytest.mark.usefixtures("record")
def test_presets_keep_what_was_chosen_and_go_away_again() -> None:
    presets = {p.label: p for p in rail(census("actor=ukraine")).presets}
    assert not any(p.chosen for p in presets.values())
    week = FilterForm(QueryDict(presets["Latest week"].query))
    assert (week.first, week.last) == (D(2025, 7, 14), D(2025, 7, 20))
    assert week.cleaned_data["actor"] == ["ukraine"]
    for label, preset in presets.items():
        chosen = rail(census(preset.query)).presets
        (again,) = [p for p in chosen if p.label == label]
        assert again.chosen
        assert again.query == "actor=ukraine"


# ---------- rows and tables


def drawn(query: str, view: str) -> Figure:
    return overview(census(f"{query}&view={view}")).figure


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", ["actors", "pairs", "types"])
def test_rows_and_their_marks_link_to_what_they_count(view: str) -> None:
    for query in QUERIES:
        figure = drawn(query, view)
        if figure.lanes:
            check(figure.lanes)
        else:
            assert not FilterForm(QueryDict(query)).apply(Event.objects.dated()).exists()


def check(picture: Lanes) -> None:
    for lane in (*picture.lanes, *picture.rest):
        rows = FilterForm(QueryDict(lane.query)).apply(Event.objects.shown())
        assert lane.count == rows.count() - rows.undated().count(), lane.label
        assert sum(mark.count for mark in lane.marks) in (lane.count, 0)
    for lane in picture.lanes:
        assert lane.marks
        for mark in lane.marks:
            if not mark.width:
                assert number(mark.query) >= mark.count


def test_eight_rows_are_drawn_and_what_meets_in_a_place_is_a_number() -> None:
    for n in range(10):
        for _ in range(12 - n):
            make_event(actors=(f"Side {n}",))
    lanes = drawn("", "actors").lanes
    assert lanes
    assert [lane.label for lane in lanes.lanes] == [f"Side {n}" for n in range(MOST_LANES)]
    assert [(lane.label, lane.count) for lane in lanes.rest] == [("Side 8", 4), ("Side 9", 3)]
    assert [[mark.short for mark in lane.dots] for lane in lanes.lanes[:2]] == [["12"], ["11"]]
    zoomed = FilterForm(QueryDict(lanes.lanes[0].dots[0].query))
    assert (zoomed.first, zoomed.last) == (D(2025, 7, 3), D(2025, 7, 3))


@pytest.mark.usefixtures("record")
def test_pairs_that_meet_most_come_first_and_own_sides_never() -> None:
    make_event(title="Macron speaks", actors=("Macron", "France"))
    figure = drawn("", "pairs")
    assert figure.lanes
    assert {lane.label for lane in figure.lanes.lanes} == {
        "Russia – Ukraine",
        "Ukraine – France",
        "Russia – France",
    }
    counts = [lane.count for lane in figure.lanes.lanes]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("query", ["", "type=call", "actor=russia"])
def test_the_cells_of_the_relations_are_the_events_two_have_in_common(query: str) -> None:
    make_event(title="Macron speaks", actors=("Macron", "France", "Ukraine"))
    table = drawn(query, "relations").relations
    assert table
    cells = {(row.party.slug, cell.party.slug): cell for row in table.rows for cell in row.cells}
    for a, b in combinations([party.slug for party in table.parties], 2):
        assert cells[a, b].count == cells[b, a].count
        if {a, b} == {"macron", "france"}:
            assert cells[a, b].count is None
        else:
            narrowed = [*QueryDict(query).getlist("actor"), a, b]
            assert cells[a, b].count == number(query, actor=narrowed)
    assert all(cell.level <= 4 for cell in cells.values())


def test_nobody_with_nobody() -> None:
    make_event(title="Somebody calls")
    table = drawn("", "relations").relations
    assert table
    assert table.rows == ()


@pytest.mark.parametrize("view", VIEWS)
def test_pictures_cost_no_more_queries_for_more_events(view: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            drawn("", view)
            rail(census(""))
        return len(taken)

    names = [f"Side {n}" for n in range(MOST_BUSY + 4)]
    for n in range(12):
        make_event(DateValue.day(D(2025, 7, 1 + n)), actors=tuple(names[n : n + 2]), type="call")
    few = queries()
    for n in range(40):
        make_event(DateValue.month(2024, 1 + n % 12), actors=tuple(names[n % 20 : n % 20 + 5]))
    assert queries() <= few


@pytest.mark.usefixtures("record")
def test_by_first_reports_undated_events_keep_to_the_dates_asked_for() -> None:
    make_event(UNDATED, reported=D(2025, 8, 2))
    found = overview(census("clock=reported&from=2025-08"))
    assert (found.count, found.undated.count) == (1, 1)
    assert number(found.undated.query) == 1


@pytest.mark.usefixtures("record")
def test_undated_events_have_a_lane_of_their_own_and_stand_in_no_bar() -> None:
    for query in QUERIES:
        found = overview(census(query))
        rows = FilterForm(QueryDict(query)).apply(Event.objects.shown(), without=("from", "to"))
        assert found.undated.count == rows.undated().count()
        assert found.undated.count in (number(found.undated.query), 0)
        assert sum(part.count for part in found.undated.parts) == found.undated.count
        for part in found.undated.parts:
            assert part.count == number(part.query) > 0
        if chart := found.figure.histogram:
            drawn = sum(bar.count for bar in chart.bars) + sum(bar.count for bar in chart.spans)
            assert drawn == FilterForm(QueryDict(query)).apply(Event.objects.dated()).count()
