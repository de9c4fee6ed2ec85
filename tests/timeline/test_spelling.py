"""Words and names that are spelt nearly right find what was meant, and the page says so."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from tests.timeline.builders import make_actor, make_event
from timeline import record
from timeline.filters import FilterForm
from timeline.models import Event, Word
from timeline.spelling import corrected, nearest_actors, remember

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def known() -> None:
    make_actor("Viktor Orbán", "Orbán", "Orban Viktor", kind="person")
    make_actor("Volodymyr Zelensky", "Zelensky", "Zelenskyy", kind="person")
    make_event(title="Ceasefire at the border", evidence="The ceasefire held with Zelensky there.")
    make_event(title="Sanctions on steel", type="sanctions", evidence="Sanctions were widened.")
    for event in Event.objects.all():
        remember(event)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ceasfire", {"ceasfire": "ceasefire"}),
        ("Caesefire steel", {"caesefire": "ceasefire"}),
        ("sanctoins", {"sanctoins": "sanctions"}),
        ("ceasefires", {}),  # the same word by its stem
        ("sanction", {}),
        ("withdrawal", {}),  # nothing like it is there
        ("with", {}),  # says nothing anyway
        ('"ceasfire"', {}),  # quoted: exactly this
        ("steel -ceasfire", {}),
        ("ber", {}),
        ("", {}),
    ],
)
def test_words(typed: str, meant: dict[str, str]) -> None:
    assert corrected(typed) == meant


@pytest.mark.usefixtures("known")
def test_the_filter_looks_for_what_was_meant_and_says_so() -> None:
    form = FilterForm(QueryDict("q=Ceasfire"))
    assert [e.title for e in form.apply(Event.objects.shown())] == ["Ceasefire at the border"]
    assert [str(note) for note in form.notes] == [
        "No event has “ceasfire”: “ceasefire” was looked for instead."
    ]
    assert form.link() == "q=ceasefire"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Orban", "Viktor Orbán"),
        ("viktor orbn", "Viktor Orbán"),
        ("Zelenskj", "Volodymyr Zelensky"),
        ("Zelenksy", "Volodymyr Zelensky"),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert [actor.name for actor in nearest_actors(typed, 3)] == [name]
    form = FilterForm(QueryDict(urlencode({"actor": typed})))
    assert [actor.name for actor in form.actors] == [name]
    assert str(form.notes[0]) == f"Nobody is called “{typed}”; it was taken for {name}."


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("typed", ["Merkel", "Or", "🙂🙂🙂🙂", "x" * 10_000])
def test_nobody_is_near(typed: str) -> None:
    assert nearest_actors(typed, 3) == []


@pytest.mark.usefixtures("known")
def test_the_index_of_actors_asks_whether_another_was_meant(client: Client) -> None:
    page = client.get("/actors/", {"q": "Zelenksy"}).content.decode()
    assert "Did you mean" in page
    assert '<a href="/actors/volodymyr-zelensky/">Volodymyr Zelensky</a>?' in page
    options = client.get("/actors/", {"actor": "Zelenksy"}, headers={"HX-Request": "true"})
    assert options.content.decode().strip() == '<option value="Volodymyr Zelensky">'


def test_words_are_remembered_once() -> None:
    for _ in range(2):
        record.resettle([make_event(evidence="Grain left Odesa.").pk], "read")
    assert {"grain", "odesa", "left"} <= set(Word.objects.values_list("word", flat=True))
    assert Word.objects.filter(word="grain").count() == 1
