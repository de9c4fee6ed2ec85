"""Who takes part, from the words of one or more sentences."""

import datetime as dt

import pytest
from spacy.tokens import Token

from articles.extraction import PIPELINE, extract, load_lexicon
from articles.extraction.language import parse
from articles.extraction.triggers import find
from articles.extraction.who import Cast


def parties(*sentences: str, day: dt.date = dt.date(2025, 7, 4)) -> tuple[str, ...]:
    """Those who take part in the last event of the last sentence."""
    cast = Cast(load_lexicon(), day)
    actors: tuple[str, ...] = ()
    for doc in parse(sentences, pipeline=PIPELINE, lexicon=load_lexicon()):
        cast.enter(doc)
        for trigger in find(doc, cast):
            actors = trigger.actors
        cast.leave()
    return actors


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Zelenskiy met Macron in Paris."], ("Volodymyr Zelensky", "Emmanuel Macron")),
        (["The NATO chief visited Kyiv."], ("Mark Rutte", "Ukraine")),
        (["The French president met Merz."], ("Emmanuel Macron", "Friedrich Merz")),
        (["Moscow sanctioned two Polish firms."], ("Russia", "Poland")),
        (
            ["Lavrov flew to Ankara.", "He met Fidan there on Monday."],
            ("Sergey Lavrov", "Hakan Fidan"),
        ),
        (
            ["Putin spoke to reporters.", "He ruled out a meeting between him and Trump."],
            ("Vladimir Putin", "Donald Trump"),
        ),
        (
            ["Trump met Kim in Hanoi.", "The two leaders met again in June."],
            ("Donald Trump", "Kim Jong Un"),
        ),
        (
            ["Jane Alderton, the envoy of Norland, arrived.", "Alderton met Rubio."],
            ("Jane Alderton", "Marco Rubio"),
        ),
    ],
    ids=[
        "spelling",
        "office of an organisation",
        "office of a state",
        "capital for the state",
        "pronoun",
        "two pronouns, one taken",
        "the two leaders",
        "a person the lexicon does not know",
    ],
)
def test_parties(sentences: list[str], expected: tuple[str, ...]) -> None:
    assert set(parties(*sentences)) == set(expected)


@pytest.mark.parametrize(
    ("day", "state"),
    [(dt.date(1962, 10, 22), "Soviet Union"), (dt.date(2025, 7, 4), "Russia")],
    ids=["1962", "2025"],
)
def test_a_capital_stands_for_the_state_of_its_time(day: dt.date, state: str) -> None:
    assert parties("Moscow recalled its ambassador.", day=day) == (state,)


# ---------- one phrase


def cast_of(*sentences: str, day: dt.date = dt.date(2025, 7, 4), home: str = "") -> Cast:
    """Told all sentences; the last is still entered."""
    cast = Cast(load_lexicon(), day, home=home)
    docs = parse(sentences, pipeline=PIPELINE, lexicon=load_lexicon())
    for doc in docs[:-1]:
        cast.enter(doc)
        cast.leave()
    cast.enter(docs[-1])
    return cast


def heads(cast: Cast, link: str) -> list[Token]:
    """The phrases that hang by this link on the main verb of the sentence entered."""
    assert cast._doc is not None
    return [t for t in cast._doc if t.dep_ == link and t.head.dep_ == "ROOT"]


SUBJECTS = [
    ("The Russian foreign minister spoke.", ("Sergey Lavrov",)),
    ("The IAEA chief spoke.", ("Rafael Grossi",)),
    ("The pope spoke.", ("Pope Leo XIV",)),
    ("Downing Street kept silent.", ("United Kingdom",)),
    ("The Élysée kept silent.", ("France",)),
    ("The Blue House kept silent.", ("South Korea",)),
    ("Foggy Bottom kept silent.", ("United States",)),
    ("The foreign ministry in Tehran protested.", ("Iran",)),
    ("Russia's defence ministry protested.", ("Russia",)),
    ("The Kremlin's spokesman protested.", ("Russia",)),
    ("A spokesman for the Czech foreign ministry protested.", ("Czech Republic",)),
    ("A French minister protested.", ("France",)),
    ("The Biden administration protested.", ("United States",)),
    ("Putin's envoy protested.", ("Russia",)),
    ("Ukrainian and Russian negotiators spoke.", ("Ukraine", "Russia")),
    ("The UN's Libya envoy spoke.", ("United Nations",)),
    ("The former French president spoke.", ()),
    ("The Tamil Tigers attacked.", ("Tamil Tigers",)),
    ("The Revolutionary United Front attacked.", ("Revolutionary United Front",)),
    ("The Contras attacked.", ("Contras",)),
    ("The two Koreas spoke.", ("North Korea", "South Korea")),
]


@pytest.mark.parametrize(("sentence", "expected"), SUBJECTS, ids=[s for s, _ in SUBJECTS])
def test_a_phrase_stands_for(sentence: str, expected: tuple[str, ...]) -> None:
    cast = cast_of(sentence)
    assert cast.of(heads(cast, "nsubj")) == expected


COUNTERPARTS = [
    ("Lavrov met his Turkish counterpart.", "Hakan Fidan"),
    ("Merz met his French counterpart.", "Emmanuel Macron"),
    ("Putin met his Norland counterpart.", ""),
]


@pytest.mark.parametrize(("sentence", "name"), COUNTERPARTS, ids=[s for s, _ in COUNTERPARTS])
def test_a_counterpart_holds_the_same_office(sentence: str, name: str) -> None:
    cast = cast_of(sentence)
    assert cast.of(heads(cast, "dobj")) == ((name,) if name else ())


DESCRIBED = [
    ("Afghan rebels attacked.", ("Afghan rebels", "Afghanistan")),
    ("Leftist guerrillas attacked.", ("leftist guerrillas",)),
    ("Several masked gunmen attacked.", ("masked gunmen",)),
    ("A suicide bomber attacked.", ("suicide bomber",)),
    ("Foreign-backed rebels attacked.", ("foreign-backed rebels",)),
    ("Some two hundred students marched.", ("students",)),
    ("The army withdrew.", ("army",)),
    ("The Norland Liberation Front attacked.", ("Norland Liberation Front",)),
    ("Israeli police withdrew.", ("Israel",)),
    ("Putin withdrew.", ("Vladimir Putin",)),
    ("The storm withdrew.", ()),
    ("It withdrew.", ()),
]


@pytest.mark.parametrize(("sentence", "expected"), DESCRIBED, ids=[s for s, _ in DESCRIBED])
def test_people_without_a_name_are_described(sentence: str, expected: tuple[str, ...]) -> None:
    cast = cast_of(sentence)
    assert cast.whoever(heads(cast, "nsubj")) == expected


def test_a_pronoun_before_whom_nobody_spoke_is_not_who_is_quoted() -> None:
    cast = cast_of("Trump spoke to the press.", "“I was disappointed by Putin,” he said.")
    assert cast.of(heads(cast, "nsubj")) == ("Donald Trump",)


# ---------- sides

TOLD = [
    ("The Ukrainian negotiator Pavlo Hornyk spoke.", "Ukraine"),
    ("Pavlo Hornyk, the US envoy, spoke.", "United States"),
    ("The Turkish envoy, Pavlo Hornyk, spoke.", "Turkey"),
    ("US Senator Pavlo Hornyk spoke.", "United States"),
    ("Senator Pavlo Hornyk spoke.", "United States"),
    ("Pavlo Hornyk, spokesman for the Czech foreign ministry, spoke.", "Czech Republic"),
    ("Pavlo Hornyk is the Danish ambassador.", "Denmark"),
    ("Pavlo Hornyk, a Danish singer, spoke.", ""),
    ("Pavlo Hornyk, the former Danish minister, spoke.", ""),
]


@pytest.mark.parametrize(("sentence", "side"), TOLD, ids=[s for s, _ in TOLD])
def test_the_text_tells_for_whom_a_person_acts(sentence: str, side: str) -> None:
    cast = cast_of(sentence)
    cast.leave()
    assert cast.told.get("Pavlo Hornyk", "") == side


def actors(text: str, kind: str) -> tuple[str, ...]:
    drafts = extract(text, published=dt.date(2025, 7, 4), lexicon=load_lexicon())
    return next(d.actors for d in drafts if d.type == kind)


WITH_SIDES = [
    (
        "Trump met Putin in Helsinki on 16 July 2018.",
        "meeting",
        ("Donald Trump", "Vladimir Putin", "United States", "Russia"),
    ),
    (
        "Trump met Netanyahu in New York on 25 September 2016.",
        "meeting",
        ("Donald Trump", "Benjamin Netanyahu", "Israel"),
    ),
    (
        "Ursula von der Leyen met Macron in Paris on Thursday.",
        "meeting",
        ("Ursula von der Leyen", "Emmanuel Macron", "European Union", "France"),
    ),
    (
        "Pavlo Hornyk, the Danish envoy, arrived on Tuesday. Hornyk met Lavrov on Thursday.",
        "meeting",
        ("Pavlo Hornyk", "Sergey Lavrov", "Denmark", "Russia"),
    ),
    (
        "The European Union adopted a package of sanctions against Belarus on Thursday.",
        "sanctions",
        ("European Union", "Belarus"),
    ),
    (
        "Russian missiles struck Kharkiv on Thursday.",
        "strike",
        ("Russia", "Ukraine"),
    ),
]


@pytest.mark.parametrize(("text", "kind", "expected"), WITH_SIDES, ids=[t for t, *_ in WITH_SIDES])
def test_actors_are_followed_by_their_sides(
    text: str, kind: str, expected: tuple[str, ...]
) -> None:
    assert actors(text, kind) == expected


# ---------- places

PLACES = [
    ("Rockets fell on Thursday in the Lebanese port of Tyre.", ("Tyre",)),
    ("Lavrov flew to Riyadh.", ("Riyadh",)),
    ("Drones struck Kharkiv.", ("Kharkiv",)),
    ("They burned a house in Homs.", ("Homs",)),
    ("They agreed on Ukraine.", ()),
    ("They blamed Moscow.", ()),
]


@pytest.mark.parametrize(("sentence", "expected"), PLACES, ids=[s for s, _ in PLACES])
def test_places(sentence: str, expected: tuple[str, ...]) -> None:
    cast = cast_of(sentence)
    assert cast._doc is not None
    assert cast.places(t for t in cast._doc if t.dep_ == "ROOT") == expected
