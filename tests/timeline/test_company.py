"""Whom an actor deals with, how often, and how many days ago they last met or spoke."""

import datetime as dt

import pytest
from django.test import Client

from tests.timeline.builders import make_actor, make_event
from timeline.company import counterparts
from timeline.dates import DateValue
from timeline.models import Role

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2025, 7, 13)


@pytest.fixture
def record() -> None:
    make_event(DateValue.day(D(2025, 7, 3)), type="call", actors=("Putin", "Russia", "Trump"))
    make_event(DateValue.day(D(2025, 7, 9)), type="sanctions", actors=("Trump", "Russia"))
    make_event(
        DateValue.day(D(2025, 7, 12)), type="call", status="denied", actors=("Trump", "Putin")
    )
    make_event(DateValue.day(D(2025, 7, 20)), type="visit", actors=("Trump", "Putin"))
    make_event(DateValue.month(2025, 6), type="meeting", actors=("Trump", "Macron"))
    make_event(type="call", actors=("Trump", "Xi"), review="rejected")
    Role.objects.create(person=make_actor("Trump", kind="person"), side=make_actor("United States"))
    make_event(type="statement", actors=("Trump", "United States"))


@pytest.mark.usefixtures("record")
def test_the_last_contact_is_one_that_took_place() -> None:
    rows = {c.name: c for c in counterparts(make_actor("Trump"), TODAY)}
    assert {name: c.count for name, c in rows.items()} == {"Putin": 3, "Russia": 2, "Macron": 1}
    assert [str(c.dating.value) for c in rows.values() if c.dating] == [
        "3 July 2025",
        "3 July 2025",
        "June 2025",
    ]
    assert [c.days for c in rows.values()] == [10, 10, None]


@pytest.mark.usefixtures("record")
def test_the_page_says_how_long_ago(client: Client) -> None:
    html = client.get("/actors/trump/").content.decode()
    days = (dt.datetime.now(dt.UTC).date() - D(2025, 7, 20)).days
    assert f"</time></a>, {days} days ago" in html
    assert html.count("last contact") == 3
