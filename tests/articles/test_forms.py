"""The upload form: every bad input is told in a sentence beside its box, and nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from articles import ingest, readers
from articles.extraction import NotEnglish
from articles.filters import ArticleFilter
from articles.forms import DayForm, PublicationDay, UploadForm
from articles.models import Article, Outlet
from tests.articles.near_copies import JULY_4, PAPERS, TEAMS, WIRE

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22T12:00:00Z", tick=False)]

BODY = "The leaders met in Paris on Thursday, officials said, and they agreed to talk again soon."
DATED = f"Leaders meet\n\nPARIS, July 4, 2025 (Courier) — {BODY}"
YEARLESS = f"Leaders meet\n\nPARIS, July 4 (Courier) — {BODY} On Thursday, July 3, they had dined."
UNDATED = f"Leaders meet\n\n{BODY}"
GERMAN = (
    "Der Minister traf sich am Freitag mit seinem Kollegen in Berlin, wie das Amt mitteilte. " * 3
)
HTML = f"""<!doctype html><html><head><title>Leaders meet</title>
<meta property="article:published_time" content="2025-07-05T01:00:00+02:00">
<meta property="og:site_name" content="The Courier">
<link rel="canonical" href="https://courier.example/1"><script>alert("evil")</script></head>
<body><article><p>{BODY}</p><script>alert("evil")</script></article></body></html>"""


def form(text: str = "", *, file: tuple[str, bytes] | None = None, **fields: str) -> UploadForm:
    files: Any = MultiValueDict()
    if file:
        files["file"] = SimpleUploadedFile(*file)
    data = QueryDict(mutable=True)
    data.update({"text": text, **fields})
    return UploadForm(data, files)


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    # sent, the box that tells of it, the sentence
    "nothing": ({}, "text", UploadForm.NOTHING),
    "blanks": ({"text": " \n "}, "text", UploadForm.NOTHING),
    "an empty file": ({"file": ("a.txt", b"")}, "file", str(readers.EmptyFile())),
    "5 MB of text": ({"text": "The word is out. " * 310_000}, "text", str(ingest.TooLong())),
    "5 MB in a file": ({"file": ("a.txt", b"a" * 5_000_000)}, "file", str(readers.TooLarge())),
    "a picture named .txt": (
        {"file": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))},
        "file",
        str(readers.NotText()),
    ),
    "letters of another encoding": (
        {"file": ("a.txt", "Лидеры встретились".encode("cp1251"))},
        "file",
        str(readers.WrongEncoding()),
    ),
    "a spreadsheet": ({"file": ("a.xlsx", b"PK")}, "file", str(readers.UnknownKind())),
    "scripts and nothing else": (
        {"file": ("a.html", b"<html><script>alert(1)</script></html>")},
        "file",
        str(readers.NoArticle()),
    ),
    "a text and a file": ({"text": DATED, "file": ("a.txt", b"x")}, "file", UploadForm.BOTH),
    "another language": ({"text": GERMAN}, "text", str(NotEnglish())),
    "tomorrow": (
        {"text": DATED, "published": "24 November 2026"},
        "published",
        PublicationDay.FUTURE.format("24 November 2026"),
    ),
    "a month": (
        {"text": DATED, "published": "July 2025"},
        "published",
        PublicationDay.NOT_A_DAY.format("July 2025"),
    ),
    "about a day": (
        {"text": DATED, "published": "about 4 July 2025"},
        "published",
        PublicationDay.NOT_A_DAY.format("about 4 July 2025"),
    ),
    "no address": (
        {"text": DATED, "url": "javascript:alert(1)"},
        "url",
        str(ingest.NotAnAddress()),
    ),
}


@pytest.mark.parametrize(("sent", "box", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_told_beside_its_box(sent: dict[str, Any], box: str, sentence: str) -> None:
    bad = form(**sent)
    assert not bad.is_valid()
    assert dict(bad.errors) == {box: [sentence]}


@pytest.mark.parametrize("sent", [row[0] for row in BAD.values()], ids=BAD.keys())
def test_after_bad_input_the_text_stands_in_its_box(sent: dict[str, Any]) -> None:
    bad = form(**sent)
    bad.is_valid()
    assert bad["text"].value().strip() == sent.get("text", "").strip()


def test_what_a_file_held_stands_in_the_text_box() -> None:
    bad = form(file=("a.html", HTML.encode()), published="24 November 2026")
    assert not bad.is_valid()
    boxes = [bad[name].value() for name in ("text", "headline", "outlet", "url", "published")]
    assert boxes == [
        BODY,
        "Leaders meet",
        "The Courier",
        "https://courier.example/1",
        "24 November 2026",
    ]


# ---------- the day of publication

TOLD = {
    "a full day in the dateline": ({"text": DATED}, dt.date(2025, 7, 4)),
    "the page's metadata": ({"file": ("a.html", HTML.encode())}, dt.date(2025, 7, 5)),
    "the sender, in words": ({"text": DATED, "published": "5 July 2025"}, dt.date(2025, 7, 5)),
    "the sender, in numbers": ({"text": UNDATED, "published": "2025-07-05"}, dt.date(2025, 7, 5)),
    "the sender, counted": ({"text": UNDATED, "published": "yesterday"}, dt.date(2026, 11, 21)),
    "where tomorrow has begun": (
        {"text": UNDATED, "published": "23 November 2026"},
        dt.date(2026, 11, 23),
    ),
}


@pytest.mark.parametrize(("sent", "day"), TOLD.values(), ids=TOLD.keys())
def test_the_day_is_taken_where_it_is_told(sent: dict[str, Any], day: dt.date) -> None:
    good = form(**sent)
    assert good.is_valid(), good.errors
    assert good.cleaned_data["published"] == day
    assert bool(good.because) == ("published" not in sent)


def test_without_a_year_the_day_is_filled_in_and_must_be_confirmed() -> None:
    asked = form(YEARLESS)
    assert not asked.is_valid()
    assert asked["published"].value() == "4 July 2025"
    assert list(asked.errors) == ["published"]
    assert "July 3" in asked.errors["published"][0]
    assert "4 July 2025" in asked.errors["published"][0]
    assert "4 July 2014" in asked.candidates


def test_the_confirmed_day_is_taken() -> None:
    asked = form(YEARLESS)
    asked.is_valid()
    confirmed = form(asked["text"].value(), published=asked["published"].value())
    assert confirmed.is_valid()
    assert confirmed.cleaned_data["published"] == dt.date(2025, 7, 4)


def test_without_any_date_the_form_asks_and_fills_nothing_in() -> None:
    asked = form(UNDATED)
    assert not asked.is_valid()
    assert asked["published"].value() is None
    assert str(asked.errors["published"][0]).startswith("Say when this was published.")


# ---------- storing


def test_an_article_is_stored_with_what_was_read() -> None:
    article = form(file=("a.html", HTML.encode())).submit(by=None)
    assert article
    article.refresh_from_db()
    assert (article.text, article.headline, str(article.outlet), article.url, article.state) == (
        BODY,
        "Leaders meet",
        "The Courier",
        "https://courier.example/1",
        "received",
    )
    assert article.published_because.startswith("The page's metadata says so")


@pytest.mark.parametrize("sent", [row[0] for row in BAD.values()], ids=BAD.keys())
def test_of_bad_input_nothing_is_stored(sent: dict[str, Any]) -> None:
    assert form(**sent).submit(by=None) is None
    assert not Article.objects.exists() and not Outlet.objects.exists()


@pytest.mark.parametrize(
    "again", [DATED, DATED.replace("\n\n", "\r\n\r\n  ")], ids=["same", "spaced"]
)
def test_the_same_article_is_not_stored_twice(again: str) -> None:
    first = form(DATED).submit(by=None)
    second = form(again)
    assert second.submit(by=None) is None
    assert second.same == first
    assert second.non_field_errors() == [str(ingest.SameText())]
    assert Article.objects.count() == 1


def test_what_another_sender_stored_meanwhile_is_told_too() -> None:
    late = form(DATED)
    assert late.is_valid()
    first = form(DATED).submit(by=None)
    assert late.submit(by=None) is None
    assert late.same == first


# ---------- the other forms


@pytest.mark.parametrize("written", ["", "July 2025", "someday", "24 November 2026", "4 July"])
def test_a_waiting_article_takes_a_day_and_nothing_else(written: str) -> None:
    article = Article.objects.create(text=BODY, digest="x", state="waiting")
    asked = DayForm({"published": written})
    assert not asked.answer(article, by=None)
    assert asked.errors["published"]
    article.refresh_from_db()
    assert (article.state, article.published) == ("waiting", None)


def listed(query: str) -> list[str]:
    return [
        article.headline for article in ArticleFilter(QueryDict(query)).apply(Article.objects.all())
    ]


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("", ["Talks in Oslo", "Ministers meet", "Leaders meet"]),
        ("q=MEET", ["Ministers meet", "Leaders meet"]),
        ("outlet=courier", ["Talks in Oslo", "Leaders meet"]),
        ("outlet=courier&q=meet", ["Leaders meet"]),
        ("outlet=unheard-of&q=meet", ["Ministers meet", "Leaders meet"]),
        ("before=nonsense", ["Talks in Oslo", "Ministers meet", "Leaders meet"]),
        ("q=nothing", []),
    ],
)
def test_articles_are_found_by_headline_and_outlet(query: str, headlines: list[str]) -> None:
    courier = Outlet.objects.create(name="The Courier", slug="courier")
    for headline, outlet in (
        ("Leaders meet", courier),
        ("Ministers meet", None),
        ("Talks in Oslo", courier),
    ):
        Article.objects.create(text="x", digest=headline, headline=headline, outlet=outlet)
    assert listed(query) == headlines


def test_the_next_page_begins_below_the_last() -> None:
    first, second = (Article.objects.create(text="x", digest=d, headline=d) for d in "ab")
    form = ArticleFilter(QueryDict("q=&outlet="))
    assert form.query(before=second.pk) == f"before={second.pk}"
    assert listed(form.query(before=second.pk)) == [first.headline]


# ---------- near-copies


def test_an_answer_about_another_article_is_asked_for_again() -> None:
    stored = ingest.receive(text=WIRE, published=JULY_4)
    other = form(PAPERS[0], published="4 July 2025", likeness="copy", asked=str(stored.pk + 1))
    assert other.submit(None) is None
    assert other.only_asks and other["likeness"].value() == ""
    assert other["asked"].value() == str(stored.pk)


def test_an_answer_that_is_none_of_the_three_is_refused() -> None:
    stored = ingest.receive(text=WIRE, published=JULY_4)
    bad = form(PAPERS[0], published="4 July 2025", likeness="twin", asked=str(stored.pk))
    assert bad.submit(None) is None
    assert "likeness" in bad.errors


def test_an_answer_to_no_question_is_passed_over() -> None:
    article = form(PAPERS[0], published="4 July 2025", likeness="copy", asked="1").submit(None)
    assert article and (article.copy_of, article.likeness) == (None, "")


def test_what_differs_is_told_by_the_sentence() -> None:
    ingest.receive(text=WIRE, published=JULY_4)
    asking = form(f"{PAPERS[0]}\n\nNobody in the building was surprised.", published="4 July 2025")
    assert not asking.is_valid()
    assert asking.difference
    assert asking.difference.ours == ["Nobody in the building was surprised."]
    assert asking.difference.theirs == [TEAMS]


def test_the_question_comes_together_with_what_is_wrong() -> None:
    ingest.receive(text=WIRE, published=JULY_4)
    both = form(PAPERS[0], published="July 2025")
    assert both.errors.keys() == {"published", "likeness"} and not both.only_asks
