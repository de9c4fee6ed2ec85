"""What the database itself refuses, whatever code writes to it."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from timeline.dates import DateValue
from timeline.models import Actor, Event, Role

pytestmark = pytest.mark.django_db


def event(**fields: Any) -> Event:
    return Event(type="call", title="A call", **fields)


def ends(earliest: str | None, latest: str | None, precision: str, **flags: bool) -> dict[str, Any]:
    first, last = (dt.date.fromisoformat(d) if d else None for d in (earliest, latest))
    return {"earliest": first, "latest": last, "precision": precision, **flags}


ILL_SHAPED = {
    "ends in the wrong order": ends("2025-07-04", "2025-07-03", "range"),
    "a day of two days": ends("2025-07-03", "2025-07-04", "day"),
    "a day with one end": ends("2025-07-03", None, "day"),
    "a week from a Tuesday": ends("2025-07-01", "2025-07-07", "week"),
    "a week of eight days": ends("2025-06-30", "2025-07-07", "week"),
    "a month from its second day": ends("2025-07-02", "2025-07-31", "month"),
    "a month that ends early": ends("2025-07-01", "2025-07-30", "month"),
    "a month of two": ends("2025-07-01", "2025-08-31", "month"),
    "the same month of two years": ends("2024-07-01", "2025-07-31", "month"),
    "a February of 29 days in 2025": ends("2025-02-01", "2025-03-01", "month"),
    "a quarter from February": ends("2025-02-01", "2025-04-30", "quarter"),
    "a quarter of two months": ends("2025-07-01", "2025-08-31", "quarter"),
    "a season from January": ends("2025-01-01", "2025-03-31", "season"),
    "a winter within one year": ends("2025-12-01", "2025-12-31", "season"),
    "a year from February": ends("2025-02-01", "2025-12-31", "year"),
    "a year of two": ends("2024-01-01", "2025-12-31", "year"),
    "a decade from its second year": ends("1961-01-01", "1970-12-31", "decade"),
    "a decade of nine years": ends("1960-01-01", "1968-12-31", "decade"),
    "a range with an open end": ends("2025-07-01", None, "range"),
    "a bound with both ends": ends("2025-07-01", "2025-07-02", "bound"),
    "a bound with neither end": ends(None, None, "bound"),
    "an undated event with a day": ends("2025-07-01", "2025-07-01", "none"),
    "a day without days": ends(None, None, "day"),
    "approximate and uncertain": ends(
        "2025-07-01", "2025-07-01", "day", approximate=True, uncertain=True
    ),
    "an unknown precision": ends("2025-07-01", "2025-07-01", "hour"),
}


@pytest.mark.parametrize("fields", ILL_SHAPED.values(), ids=list(ILL_SHAPED))
def test_the_database_refuses_an_ill_shaped_date(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        event(**fields).save()


WELL_SHAPED = [
    DateValue.day(dt.date(2025, 7, 3)),
    DateValue.week(dt.date(2025, 7, 3)),
    DateValue.month(2024, 2),
    DateValue.month(2025, 2),
    *(DateValue.quarter(2025, n) for n in (1, 2, 3, 4)),
    *(DateValue.season(2023, n) for n in (21, 22, 23, 24)),
    DateValue.year(2025),
    DateValue.decade(1962),
    DateValue.part_of_month(2025, 7, "early"),
    DateValue.until(dt.date(2025, 7, 3)),
    DateValue.since(dt.date(2025, 7, 3)),
    DateValue(None, None, DateValue.until(dt.date(2025, 7, 3)).precision.NONE),
]


@pytest.mark.parametrize("value", WELL_SHAPED, ids=str)
def test_the_database_takes_a_date_and_gives_it_back(value: DateValue) -> None:
    one = event()
    one.date = value
    one.save()
    one.refresh_from_db()
    assert one.date == value


@pytest.mark.parametrize("value", WELL_SHAPED, ids=str)
def test_the_span_in_the_database_is_the_window_of_the_value(value: DateValue) -> None:
    one = event()
    one.date = value
    one.save()
    one.refresh_from_db(fields=["span"])
    window = one.span and (one.span.lower, one.span.upper - dt.timedelta(days=1))
    assert window == value.window


@pytest.mark.parametrize("fields", [{"type": "party"}, {"status": "perhaps"}], ids=str)
def test_the_database_refuses_an_unknown_key(fields: dict[str, str]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(**{"type": "call", "title": "A call", **fields})


def test_the_database_refuses_a_role_that_ends_before_it_begins() -> None:
    person = Actor.objects.create(slug="a", name="A", sort_name="a", kind="person")
    side = Actor.objects.create(slug="b", name="B", sort_name="b", kind="country")
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(
            person=person,
            side=side,
            office="minister",
            since=dt.date(2025, 1, 2),
            until=dt.date(2025, 1, 1),
        )


def test_a_person_acts_for_the_side_of_the_day() -> None:
    person = Actor.objects.create(slug="a", name="A", sort_name="a", kind="person")
    old, new = (
        Actor.objects.create(slug=name, name=name, sort_name=name, kind="country")
        for name in ("old", "new")
    )
    Role.objects.create(person=person, side=old, office="envoy", until=dt.date(2020, 12, 31))
    Role.objects.create(person=person, side=new, office="envoy", since=dt.date(2021, 1, 1))
    days = (dt.date(2020, 12, 31), dt.date(2021, 1, 1), None)
    assert [person.side_on(day) for day in days] == ["old", "new", ""]
