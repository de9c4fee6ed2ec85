"""Articles and outlets in the admin, filled in and sent as a browser does, on a real database."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles import receiving
from articles.models import Article, Mention, Outlet
from timeline import record
from timeline.dates import DateValue
from timeline.models import Event

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def stored(**fields: Any) -> Article:
    text = f"The leaders met on 3 July 2025. ({Article.objects.count()})"
    defaults = {
        "text": text,
        "digest": receiving.digest_of(text),
        "headline": "Leaders meet",
        "published": dt.date(2025, 7, 4),
        "published_because": "The dateline says so.",
        "state": "done",
    }
    return Article.objects.create(**(defaults | fields))


def told(article: Article, event: Event | None = None) -> Event:
    """An event that the article tells of."""
    event = event or Event.objects.create(type="meeting", title="-")
    mention = Mention(
        article=article,
        event=event,
        type="meeting",
        status="occurred",
        start=0,
        end=31,
        evidence=article.text[:31],
        trigger_start=12,
        trigger_end=15,
        basis="explicit",
        because="“3 July 2025”",
        confidence=0.9,
    )
    mention.date = DateValue.day(dt.date(2025, 7, 3))
    mention.save()
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def address(article: Article, view: str = "change") -> str:
    return reverse(f"admin:articles_article_{view}", args=[article.pk])


def send(client: Client, article: Article, **changes: str) -> Any:
    """Opens the page, changes these boxes and saves."""
    page: Any = client.get(address(article))
    form = page.context["adminform"].form
    boxes = {name: form[name].value() or "" for name in form.fields}
    inline = {"mentions-TOTAL_FORMS": "0", "mentions-INITIAL_FORMS": "0"}
    return client.post(address(article), {**inline, **boxes, **changes, "_save": "x"})


def enqueued() -> list[int]:
    return [args["args"][0] for args in DBTaskResult.objects.values_list("args_kwargs", flat=True)]


# ---------- one article


def test_an_editor_says_that_an_article_is_a_copy_and_counts_are_settled(
    admin_client: Client,
) -> None:
    one = stored()
    other = stored(text="Both of them dined in July 2025. More is not known.", digest="other")
    event = told(other, told(one))
    assert event.source_count == 2
    send(admin_client, other, copy_of=str(one.pk), likeness="copy")
    other.refresh_from_db()
    event.refresh_from_db()
    assert (other.copy_of, other.likeness, str(other.likeness_by)) == (one, "copy", "admin")
    assert event.source_count == 1
    send(admin_client, other, likeness="different")
    event.refresh_from_db()
    assert event.source_count == 2


HALF_SAID = {
    "to which": ({"likeness": "copy"}, "Choose the article that it is like"),
    "as what": ({"copy_of": "other"}, "Say what the article is to that one"),
    "to itself": ({"copy_of": "self", "likeness": "copy"}, "An article is not a copy of itself"),
}


@pytest.mark.parametrize(("sent", "sentence"), HALF_SAID.values(), ids=list(HALF_SAID))
def test_a_likeness_half_said_is_refused(
    admin_client: Client, sent: dict[str, str], sentence: str
) -> None:
    article, other = stored(), stored()
    numbers = {"self": str(article.pk), "other": str(other.pk)}
    page = send(admin_client, article, **{k: numbers.get(v, v) for k, v in sent.items()})
    assert sentence in page.text


def test_an_article_whose_like_was_removed_can_still_be_corrected(admin_client: Client) -> None:
    article = stored(likeness="copy", alike=["removed"])
    send(admin_client, article, headline="They met")
    article.refresh_from_db()
    assert article.headline == "They met"


def test_a_likeness_that_was_found_is_decided_and_not_emptied(admin_client: Client) -> None:
    other = stored()
    article = stored(copy_of=other, likeness="copy", alike=[other.digest])
    page = send(admin_client, article, copy_of="", likeness="")
    assert "Choose the article that it is like" in page.text


def test_the_text_is_shown_and_is_no_box(admin_client: Client) -> None:
    article = stored()
    page = admin_client.get(address(article))
    assert "The leaders met on 3 July 2025." in page.text
    send(admin_client, article, text="Another text.")
    article.refresh_from_db()
    assert article.text.startswith("The leaders met")


def test_what_was_read_links_to_its_events(admin_client: Client) -> None:
    article = stored()
    event = told(article)
    page = admin_client.get(address(article))
    link = reverse("admin:timeline_event_change", args=[event.pk])
    assert f'<a href="{link}">{event}</a>' in page.text
    assert "“3 July 2025”" in page.text


def test_why_it_failed_is_a_sentence_on_its_page(admin_client: Client) -> None:
    page = admin_client.get(address(stored(state="failed", failure="This is not English.")))
    assert "This is not English." in page.text


def test_another_day_of_publication_has_it_read_again(admin_client: Client) -> None:
    article = stored()
    send(admin_client, article, published="5 July 2025")
    article.refresh_from_db()
    assert (article.published, article.state) == (dt.date(2025, 7, 5), "received")
    assert article.published_because == "The day was given by admin."
    assert enqueued() == [article.pk]


@pytest.mark.parametrize("written", ["2025-07-04", "4 July 2025"])
def test_the_same_day_has_nothing_read_again(admin_client: Client, written: str) -> None:
    article = stored()
    send(admin_client, article, published=written, headline="They met")
    article.refresh_from_db()
    assert (article.headline, article.state) == ("They met", "done")
    assert article.published_because == "The dateline says so."
    assert enqueued() == []


def test_a_waiting_article_is_read_once_its_day_is_given(admin_client: Client) -> None:
    article = stored(published=None, state="waiting", failure=receiving.ASKED)
    send(admin_client, article, published="4 July 2025", headline="They met")
    article.refresh_from_db()
    assert (article.published, article.state) == (dt.date(2025, 7, 4), "received")
    assert (article.headline, article.failure) == ("They met", "")
    assert enqueued() == [article.pk]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "An article keeps a day of publication: write another one."),
        ("July 2025", "is not a single day"),
        ("3 July 2999", "has not come yet"),
    ],
)
def test_a_day_it_cannot_have_is_told(admin_client: Client, written: str, sentence: str) -> None:
    article = stored()
    page = send(admin_client, article, published=written)
    assert sentence in page.context["adminform"].form.errors["published"][0]
    article.refresh_from_db()
    assert article.published == dt.date(2025, 7, 4)


@pytest.mark.parametrize("state", Article.UNFINISHED)
def test_nothing_is_saved_over_a_worker(admin_client: Client, state: str) -> None:
    article = stored()
    page: Any = admin_client.get(address(article))
    Article.objects.update(state=state)
    inline = {"mentions-TOTAL_FORMS": "0", "mentions-INITIAL_FORMS": "0"}
    boxes = {"headline": "They met", "published": "4 July 2025", "outlet": "", "url": ""}
    page = admin_client.post(address(article), inline | boxes)
    assert page.status_code == 200
    article.refresh_from_db()
    assert (article.headline, article.state) == ("Leaders meet", state)


def test_another_outlet_counts_sources_anew(admin_client: Client) -> None:
    courier = Outlet.objects.create(name="Courier", slug="courier")
    first = stored(outlet=courier)
    second = stored()
    event = told(first)
    Mention.objects.filter(article=first).update(evidence="They had met by then.")
    event = told(second, event)
    assert event.source_count == 2
    send(admin_client, second, outlet=str(courier.pk))
    event.refresh_from_db()
    assert event.source_count == 1


# ---------- removing


def test_events_of_a_removed_article_are_settled_from_what_is_left(
    admin_client: Client, admin_user: User
) -> None:
    first, second = stored(), stored()
    shared = told(second, told(first))
    alone, kept = told(first), told(first)
    record.confirm(kept, admin_user)
    admin_client.post(address(first, "delete"), {"post": "yes"})
    for event in (shared, alone, kept):
        event.refresh_from_db()
    assert not Article.objects.filter(pk=first.pk).exists()
    assert (shared.article_count, shared.withdrawn_at) == (1, None)
    assert alone.withdrawn_because == "The only article that told of this event was removed."
    assert kept.lost_at is not None


@pytest.mark.parametrize("state", Article.UNFINISHED)
def test_an_article_under_way_is_not_removed(admin_client: Client, state: str) -> None:
    article = stored(state=state)
    assert admin_client.post(address(article, "delete"), {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    admin_client.post(LIST, selected)
    assert Article.objects.filter(pk=article.pk).exists()


# ---------- the list


def test_read_again_enqueues_what_is_done_and_leaves_the_rest(admin_client: Client) -> None:
    done, failed = stored(), stored(state="failed", failure="Broken.")
    waiting, reading = stored(state="waiting"), stored(state="reading")
    chosen = [a.pk for a in (done, failed, waiting, reading)]
    sent = {"action": "read_again", "_selected_action": chosen}
    page = admin_client.post(LIST, sent, follow=True)
    assert sorted(enqueued()) == [done.pk, failed.pk]
    assert "2 articles will be read again." in page.text
    assert "2 left as they are" in page.text
    states = Article.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["received", "received", "waiting", "reading"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 3),
        ({"state__exact": "failed"}, 1),
        ({"outlet__id__exact": "7"}, 1),
        ({"q": "leaders"}, 2),
        ({"q": "key-7"}, 1),
    ],
    ids=lambda v: next(iter(v), "all") if isinstance(v, dict) else None,
)
def test_the_list_is_filtered_and_searched(
    admin_client: Client, query: dict[str, str], found: int
) -> None:
    stored(outlet=Outlet.objects.create(pk=7, name="Courier", slug="courier"))
    stored(state="failed", failure="Broken.")
    stored(headline="Another", key="key-7")
    page: Any = admin_client.get(LIST, query)
    assert len(page.context["cl"].result_list) == found


def test_the_list_takes_as_many_queries_for_two_as_for_twelve(admin_client: Client) -> None:
    counts = []
    for more in (2, 10):
        for _ in range(more):
            number = Outlet.objects.count()
            told(stored(outlet=Outlet.objects.create(name=f"O{number}", slug=f"o{number}")))
        admin_client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            admin_client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_articles_are_not_added_here(admin_client: Client) -> None:
    assert admin_client.get(reverse("admin:articles_article_add")).status_code == 403


# ---------- outlets


def test_an_outlet_is_set_free_in_the_list(admin_client: Client) -> None:
    outlet = Outlet.objects.create(name="Courier", slug="courier")
    row = {"form-0-id": outlet.pk, "form-0-free": "on", "_save": "x"}
    counts = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    admin_client.post(reverse("admin:articles_outlet_changelist"), row | counts)
    outlet.refresh_from_db()
    assert outlet.free
