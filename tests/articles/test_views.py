"""The contributors' pages, asked as a browser asks: real requests, a real database."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles import ingest, marking
from articles.models import Article, Mention, Outlet
from tests.articles.near_copies import JULY_4, PAPERS, WIRE
from timeline.dates import DateValue
from timeline.models import Event

pytestmark = pytest.mark.django_db

DATED = (
    "PARIS, July 4, 2025 (Courier) — The leaders met in Paris on Thursday, officials said, and "
    "they agreed to talk again soon."
)
TEXT = (
    "On Thursday the leaders met & <b>dined</b>.\n\nNobody was told.\n\nThey will talk on Friday."
)


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(User.objects.create_user("ana"))
    return client


def stored(text: str = TEXT, **fields: Any) -> Article:
    defaults = {"headline": "Leaders meet", "published": dt.date(2025, 7, 4), "state": "done"}
    return Article.objects.create(text=text, digest=ingest.digest_of(text), **(defaults | fields))


def told(
    article: Article, evidence: str, trigger: str, date: str = "", event: Event | None = None
) -> Mention:
    """A mention of the words `evidence`; its event is made if none is given."""
    event = event or Event.objects.create(type="meeting", title=f"Event of {trigger}")
    start = article.text.index(evidence)
    places = {
        "date_start": article.text.index(date),
        "date_end": article.text.index(date) + len(date),
    }
    return Mention.objects.create(
        article=article,
        event=event,
        type=event.type,
        status="occurred",
        start=start,
        end=start + len(evidence),
        evidence=evidence,
        trigger_start=article.text.index(trigger),
        trigger_end=article.text.index(trigger) + len(trigger),
        because="told by the dateline",
        confidence=0.9,
        **(places if date else {}),
    )


def shown(client: Client, name: str, *args: object, **options: Any) -> str:
    response = client.get(reverse(name, args=args), **options)
    assert response.status_code == 200
    return response.text


# ---------- upload


@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "upload", ()),
        ("post", "upload", ()),
        ("post", "upload_preview", ()),
        ("get", "upload_status", (1,)),
        ("post", "upload_again", (1,)),
    ],
)
def test_strangers_are_sent_to_sign_in(
    client: Client, method: str, name: str, args: tuple[int, ...]
) -> None:
    response = getattr(client, method)(reverse(name, args=args), {"text": DATED})
    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")
    assert not Article.objects.exists()


def test_the_form_offers_the_outlets_that_are_known(member: Client) -> None:
    Outlet.objects.create(name="The <Courier>", slug="courier")
    assert '<option value="The &lt;Courier&gt;">' in shown(member, "upload")


def test_an_upload_is_stored_enqueued_and_followed(member: Client) -> None:
    response = member.post(reverse("upload"), {"text": DATED, "outlet": "The Courier"})
    article = Article.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("upload_status", args=[article.pk])
    assert (article.state, str(article.outlet), str(article.uploaded_by)) == (
        "received",
        "The Courier",
        "ana",
    )
    assert DBTaskResult.objects.get().args_kwargs["args"] == [article.pk]


def test_what_is_wrong_is_said_above_and_beside_the_box(member: Client) -> None:
    page = member.post(reverse("upload"), {"text": f"<i>{DATED}</i>", "published": "July"}).text
    assert "Nothing was stored; your text is still here." in page
    assert page.count("Add the year: without it, this could be any year.") == 2
    assert f"&lt;i&gt;{DATED}&lt;/i&gt;</textarea>" in page
    assert 'href="#id_published"' in page
    assert re.search(r'<input[^>]*name="published"[^>]*aria-invalid="true"', page)
    assert not Article.objects.exists() and not DBTaskResult.objects.exists()


def test_the_same_article_twice_leads_to_the_stored_one(member: Client) -> None:
    member.post(reverse("upload"), {"text": DATED, "headline": "Leaders meet"})
    page = member.post(reverse("upload"), {"text": DATED}).text
    article = Article.objects.get()
    assert "This article is already here." in page
    assert f'<a href="{article.get_absolute_url()}">Leaders meet</a>' in page


def test_a_near_copy_is_asked_about_and_nothing_typed_is_lost(member: Client) -> None:
    stored = ingest.receive(text=WIRE, published=JULY_4, outlet="The Post")
    typed = {"text": PAPERS[1], "published": "4 July 2025", "outlet": "The Ledger", "headline": "A"}
    page = member.post(reverse("upload"), {**typed, "url": "https://ledger.example/1"}).text
    assert not Article.objects.exclude(pk=stored.pk).exists()
    assert "One question before it is stored; all that you wrote is still here." in page
    assert "Is this the same report?" in page and 'href="#likeness"' in page
    assert f'<a href="{stored.get_absolute_url()}">{stored}</a>, The Post, 4 July 2025.' in page
    assert f"{PAPERS[1]}</textarea>" in page
    for value in ("4 July 2025", "The Ledger", "A", "https://ledger.example/1", str(stored.pk)):
        assert f'value="{value}"' in page
    assert page.count('type="radio"') == 3 and "checked" not in page


@pytest.mark.parametrize("answer", ["version", "copy", "different"])
def test_the_answer_is_kept_and_shown(member: Client, answer: str) -> None:
    stored = ingest.receive(text=WIRE, published=JULY_4, outlet="The Post")
    typed = {"text": PAPERS[1], "published": "4 July 2025", "outlet": "The Ledger"}
    sent = member.post(reverse("upload"), {**typed, "likeness": answer, "asked": str(stored.pk)})
    article = Article.objects.exclude(pk=stored.pk).get()
    assert sent.status_code == 302
    assert (article.copy_of, article.likeness) == (stored, answer)
    for address in (article.get_absolute_url(), reverse("upload_status", args=[article.pk])):
        page = member.get(address).text
        assert f'{article.likeness_words} <a href="{stored.get_absolute_url()}">' in page
        assert "a contributor said so" in page
    assert "1 article is much like this one" in member.get(stored.get_absolute_url()).text


def test_the_preview_says_what_the_text_is_like(member: Client) -> None:
    ingest.receive(text=WIRE, published=JULY_4, outlet="The Post")
    part = member.post(reverse("upload_preview"), {"text": PAPERS[1]}).text
    assert "You will be asked whether it is the same report." in part


def test_scripts_of_a_page_come_back_neither_as_markup_nor_as_text(member: Client) -> None:
    page = (
        b"<html><head><script>evil()</script></head><body><p>They met &lt;b&gt; in Paris and the \
        talks were good, he said.</p><script>evil()</script></body></html>"
    )
    sent = {"file": SimpleUploadedFile("a.html", page)}
    answer = member.post(reverse("upload"), sent).text
    assert "They met &lt;b&gt; in Paris" in answer
    assert "evil" not in answer


def test_more_than_a_form_may_carry_is_a_sentence(member: Client) -> None:
    response = member.post(reverse("upload"), {"text": "a" * 6_000_001})
    assert response.status_code == 413
    assert "More was sent than a form may carry" in response.text


def test_a_day_to_confirm_comes_with_the_others_it_may_be(member: Client) -> None:
    text = DATED.replace(", 2025", "") + " On Thursday, July 3, they had dined."
    page = member.post(reverse("upload"), {"text": text}).text
    assert re.search(r'<input[^>]*name="published"[^>]*value="4 July 2025"', page)
    assert (
        '<button class="button button--quiet button--small" type="submit" name="published" value="4 July 2014">'
        in page
    )


def test_the_preview_says_what_was_read_and_stores_nothing(member: Client) -> None:
    part = member.post(reverse("upload_preview"), {"text": f"Leaders meet\n\n{DATED}"}).text
    for words in (
        "Leaders meet",
        "PARIS, July 4, 2025 (Courier)",
        "Friday 4 July 2025",
        "1 paragraph,",
    ):
        assert words in part
    assert "The dateline says" in part
    assert "<html" not in part
    assert not Article.objects.exists()


def test_the_preview_says_why_a_text_cannot_be_read(member: Client) -> None:
    german = "Der Minister traf sich am Freitag mit seinem Kollegen in Berlin. " * 3
    part = member.post(reverse("upload_preview"), {"text": german}).text
    assert "only English articles are read" in part


def test_an_empty_form_has_no_preview(member: Client) -> None:
    assert member.post(reverse("upload_preview"), {"outlet": "The Courier"}).text.strip() == ""


# ---------- status

STATES = {
    "received": ["Received"],
    "waiting": ["Waiting for its publication day"],
    "reading": ["Reading"],
    "matching": ["Matching events"],
    "done": [],
    "failed": [],
}


@pytest.mark.parametrize(("state", "now"), STATES.items())
def test_the_step_it_is_at_is_marked(member: Client, state: str, now: list[str]) -> None:
    page = shown(member, "upload_status", stored(state=state, failure="Why.").pk)
    assert re.findall(r'aria-current="step">([^<]+)', page) == now


@pytest.mark.parametrize("state", STATES)
def test_only_unfinished_articles_are_polled(member: Client, state: str) -> None:
    page = shown(member, "upload_status", stored(state=state, failure="Why.").pk)
    assert ('hx-trigger="every 1s"' in page) == (state in Article.UNFINISHED)
    assert (">Refresh</a>" in page) == (state in Article.UNFINISHED)


def test_htmx_gets_the_part_when_something_changed_and_nothing_when_not(member: Client) -> None:
    url = reverse("upload_status", args=[stored(state="reading").pk])
    same = member.get(f"{url}?seen=reading", headers={"HX-Request": "true"})
    changed = member.get(f"{url}?seen=received", headers={"HX-Request": "true"})
    assert (same.status_code, same.content) == (204, b"")
    assert changed.text.lstrip().startswith("<section")


def test_a_waiting_article_takes_its_day(member: Client) -> None:
    article = stored(state="waiting", published=None, failure="When was it printed?")
    url = reverse("upload_status", args=[article.pk])
    assert "When was it printed?" in member.get(url).text
    assert "Add the year" in member.post(url, {"published": "4 July"}).text
    assert member.post(url, {"published": "4 July 2025"}).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.published) == ("received", dt.date(2025, 7, 4))
    assert DBTaskResult.objects.count() == 1


def test_a_failed_article_says_why_and_can_be_tried_again(member: Client) -> None:
    article = stored(state="failed", failure="It is <not> English.")
    assert "It is &lt;not&gt; English." in shown(member, "upload_status", article.pk)
    assert member.post(reverse("upload_again", args=[article.pk])).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.failure) == ("received", "")
    assert DBTaskResult.objects.count() == 1


def test_trying_again_takes_a_post(member: Client) -> None:
    article = stored(state="failed", failure="Why.")
    assert member.get(reverse("upload_again", args=[article.pk])).status_code == 405


def test_when_done_it_says_what_came_of_it(member: Client) -> None:
    article = stored(summary={"words": "1 event: 1 new."})
    mention = told(article, "They will talk on Friday.", "talk")
    page = shown(member, "upload_status", article.pk)
    assert "1 event: 1 new." in page
    assert f'<a href="{mention.event.get_absolute_url()}">Event of talk</a>' in page


# ---------- the list


def test_the_list_shows_what_came_in_last_first(client: Client) -> None:
    first = stored(
        "One.", headline="<First>", outlet=Outlet.objects.create(name="Courier", slug="c")
    )
    told(first, "One.", "One")
    told(
        first, "One.", "One", event=Event.objects.create(type="call", title="x", review="rejected")
    )
    stored("Two.", headline="Second")
    page = shown(client, "articles")
    assert page.index("Second") < page.index("&lt;First&gt;")
    assert re.findall(r'data-label="Events"[^>]*>(\d+)<', page) == ["0", "1"]


def test_the_list_goes_on_page_by_page(client: Client) -> None:
    for number in range(51):
        stored(f"Text {number}.", headline=f"Article number {number}.")
    page = shown(client, "articles")
    assert "Article number 1." in page and "Article number 0." not in page
    older = re.search(r'rel="next" href="(\?before=\d+)"', page)
    assert older
    rest = client.get(reverse("articles") + older[1]).text
    assert "Article number 0." in rest and "Article number 1." not in rest
    assert 'rel="next"' not in rest


def test_the_list_takes_as_many_queries_for_two_as_for_twenty(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        article = stored(
            f"Text {number}.", outlet=Outlet.objects.create(name=f"{number}", slug=f"{number}")
        )
        told(article, "Text", "Text")
    with django_assert_num_queries(2):  # the outlets to choose from, the articles
        shown(client, "articles")


@pytest.mark.parametrize(
    ("query", "words"), [("", "No articles yet"), ("?q=nothing", "No article fits")]
)
def test_an_empty_list_says_what_to_do(client: Client, query: str, words: str) -> None:
    assert words in client.get(reverse("articles") + query).text


# ---------- an article


@pytest.fixture
def marked() -> Article:
    article = stored(
        url="https://courier.example/1", outlet=Outlet.objects.create(name="C", slug="c")
    )
    told(article, "On Thursday the leaders met & <b>dined</b>.", "met", "Thursday")
    told(article, "They will talk on Friday.", "talk", "Friday")
    return article


def plain(page: str) -> str:
    """The words of the article as the page shows them, without the numbers of the notes."""
    prose = page.partition('<div class="prose">')[2].partition("</div>")[0]
    prose = re.sub(r"<a class=\"evidence__note\".*?</a>", "", prose)
    return " ".join(re.sub(r"<[^>]+>", "", prose).split())


def test_members_read_the_whole_text_with_its_sentences_marked(
    member: Client, marked: Article
) -> None:
    page = shown(member, "article", marked.pk)
    assert plain(page) == (
        "On Thursday the leaders met &amp; &lt;b&gt;dined&lt;/b&gt;. Nobody was told. "
        "They will talk on Friday."
    )
    assert page.count('<mark class="evidence">') == 2
    assert '<b class="evidence__trigger">met</b>' in page
    assert '<span class="evidence__date">Thursday</span>' in page


def test_marks_lead_to_their_events_and_back(member: Client, marked: Article) -> None:
    page = shown(member, "article", marked.pk)
    notes = re.findall(r'<a class="evidence__note" href="#([^"]+)"[^>]*>(\d+)</a>', page)
    met, talk = marked.mentions.all()
    assert notes == [(f"event-{met.event_id}", "1"), (f"event-{talk.event_id}", "2")]
    for mention in (met, talk):
        assert f'id="event-{mention.event_id}"' in page
        assert f'href="{mention.event.get_absolute_url()}"' in page
        assert f'href="#s{mention.pk}"' in page
        assert f'<span id="s{mention.pk}"></span>' in page


def test_the_events_stand_in_the_order_of_their_days(member: Client, marked: Article) -> None:
    days = {"met": dt.date(2025, 7, 5), "talk": dt.date(2025, 7, 2)}
    for word, day in days.items():
        event = Event.objects.get(title=f"Event of {word}")
        event.date = DateValue.day(day)
        event.save()
    line = shown(member, "article", marked.pk).partition("line--small")[2]
    order = ["Wednesday", "Event of talk", "Saturday", "Event of met"]
    places = [line.index(words) for words in order]
    assert places == sorted(places)


def test_strangers_see_the_evidence_alone_and_where_the_rest_is(
    client: Client, marked: Article
) -> None:
    page = shown(client, "article", marked.pk)
    assert "Nobody was told" not in page
    assert plain(page).endswith("dined&lt;/b&gt;. They will talk on Friday.")
    assert "Only these sentences of the article are shown" in page
    assert 'href="https://courier.example/1"' in page


def test_of_a_free_outlet_strangers_read_everything(client: Client, marked: Article) -> None:
    Outlet.objects.update(free=True)
    page = shown(client, "article", marked.pk)
    assert "Nobody was told" in page
    assert "Only these sentences" not in page


@pytest.mark.parametrize(
    "hidden", [{"review": "rejected"}, {"withdrawn_at": dt.datetime(2025, 7, 5, tzinfo=dt.UTC)}]
)
def test_events_that_readers_do_not_see_leave_no_mark(
    client: Client, marked: Article, hidden: dict[str, Any]
) -> None:
    Event.objects.filter(title="Event of met").update(**hidden)
    page = shown(client, "article", marked.pk)
    assert plain(page) == "They will talk on Friday."
    assert "Event of met" not in page


def test_a_date_settled_otherwise_is_shown_beside_the_articles_own(
    client: Client, marked: Article
) -> None:
    mention = marked.mentions.get(event__title="Event of met")
    mention.date, mention.event.date = DateValue.month(2025, 7), DateValue.day(dt.date(2025, 7, 3))
    mention.save()
    mention.event.save()
    page = shown(client, "article", marked.pk)
    assert "3 July 2025" in page
    assert "This article alone: July 2025" in page


def test_an_article_without_events_says_so(client: Client) -> None:
    page = shown(client, "article", stored().pk)
    assert "No diplomatic event was found in this article." in page


def test_an_article_page_takes_as_many_queries_for_two_events_as_for_twenty(
    client: Client, django_assert_num_queries: Any
) -> None:
    article = stored()
    for _ in range(20):
        told(article, "They will talk on Friday.", "talk", "Friday")
    # The article, mentions with their events, passages, copies, and five for the cards.
    with django_assert_num_queries(9):
        shown(client, "article", article.pk)


# ---------- marking


def runs(article: Article) -> list[list[tuple[str, list[int], list[int]]]]:
    """By paragraph: the words of each run, the numbers that it is marked with and that end there."""
    notes = marking.numbered(article.mentions.select_related("event"))
    return [
        [
            (
                "".join(p.text for p in run.pieces),
                [n.number for n in run.begins],
                [n.number for n in run.ends],
            )
            for run in block.runs
        ]
        for block in marking.whole(article.text, notes)
    ]


def test_sentences_that_overlap_are_cut_where_one_begins_or_ends() -> None:
    article = stored("He came. She left and they wept. It rained on.")
    told(article, "She left and they wept.", "left")
    told(article, "they wept. It rained", "wept")
    told(article, "She left and they wept.", "wept", event=Event.objects.get(title="Event of left"))
    assert runs(article) == [
        [
            ("He came. ", [], []),
            ("She left and ", [1, 1], []),
            ("they wept.", [2], [1, 1]),
            (" It rained", [], [2]),
            (" on.", [], []),
        ]
    ]


def test_several_mentions_of_one_event_share_its_number() -> None:
    article = stored()
    first = told(article, "They will talk on Friday.", "talk")
    told(article, "On Thursday the leaders met", "met", event=first.event)
    (found,) = marking.found(marking.numbered(article.mentions.all()))
    assert (found.number, [m.evidence for m in found.mentions]) == (
        1,
        ["On Thursday the leaders met", "They will talk on Friday."],
    )


def test_a_further_passage_has_the_number_of_its_event() -> None:
    article = stored("He came on Friday. It rained. His visit was short.")
    mention = told(article, "He came on Friday.", "came")
    start = article.text.index("His visit")
    mention.passages.create(start=start, end=start + 20, text="His visit was short.")
    assert runs(article) == [
        [
            ("He came on Friday.", [1], [1]),
            (" It rained. ", [], []),
            ("His visit was short.", [], [1]),
        ]
    ]
    (found,) = marking.found(marking.numbered(article.mentions.all()))
    assert found.mentions == (mention,)


def test_nothing_of_the_text_is_lost_by_marking(marked: Article) -> None:
    shown_words = " ".join(words for block in runs(marked) for words, _, _ in block)
    assert shown_words.split() == marked.text.split()
