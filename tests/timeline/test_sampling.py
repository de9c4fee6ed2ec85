"""Of very many events a part stands for all, and every number from it says that it is about so many."""

import pytest
from django.http import QueryDict
from django.test import Client

from tests.timeline.builders import make_event
from timeline import sampling
from timeline.census import Census
from timeline.facets import facets
from timeline.filters import VIEWS, FilterForm
from timeline.models import Event
from timeline.overview import overview
from timeline.querysets import LOTS
from timeline.sampling import Sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    for n in range(120):
        make_event(title=f"Event {n}", actors=("Ukraine", "Russia"), evidence="They spoke.")


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "MOST_COUNTED", 50)
    monkeypatch.setattr(sampling, "DRAWN", 60)


@pytest.mark.parametrize(
    ("lots", "number", "stands_for"),
    [(LOTS, 12_345, 12_345), (500, 7, 14), (20, 61, 3_000), (333, 331, 990), (1, 0, 0)],
)
def test_what_a_part_stands_for(lots: int, number: int, stands_for: int) -> None:
    assert Sample(Event.objects.none(), lots).standing_for(number) == stands_for


@pytest.mark.usefixtures("record")
def test_few_events_are_all_counted() -> None:
    assert not Sample.of(Event.objects.all()).is_part


@pytest.mark.usefixtures("record", "few_are_many")
def test_a_part_is_drawn_evenly_and_the_same_each_time() -> None:
    sample = Sample.of(Event.objects.all())
    drawn = sample.events.count()
    assert 50 <= drawn <= 70
    assert set(sample.events) == set(Sample.of(Event.objects.all()).events)
    assert 100 <= sample.standing_for(drawn) <= 140


@pytest.mark.usefixtures("record", "few_are_many")
def test_the_rail_estimates_actors_and_outlets_but_counts_columns() -> None:
    found = facets(Census(FilterForm(QueryDict()), Event.objects.shown()))
    assert found.columns["type"]["call"] == 120
    for tallied in (*found.actors, *found.outlets):
        assert tallied.about
        assert 100 <= tallied.count <= 140
    assert len(found.actors) == 2


@pytest.mark.usefixtures("record", "few_are_many")
@pytest.mark.parametrize("view", VIEWS)
def test_rows_and_tables_are_estimated_and_bars_are_counted(view: str) -> None:
    census = Census(FilterForm(QueryDict(f"view={view}")), Event.objects.shown())
    found = overview(census)
    assert found.count == 120
    assert found.figure.estimated == (view != "bars")
    if found.figure.histogram:
        assert sum(bar.count for bar in found.figure.histogram.bars) == 120


@pytest.mark.usefixtures("record", "few_are_many")
def test_a_page_says_so(client: Client) -> None:
    assert "All numbers here are “about”" in client.get("/?view=pairs").content.decode()
    for path in ("/", "/actors/ukraine/"):
        assert "about 1" in client.get(path).content.decode()
