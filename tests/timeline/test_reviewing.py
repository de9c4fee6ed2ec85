"""The editors' pages: which events are one, which are two, and where accounts differ."""

import datetime as dt
import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import html
from tests.timeline.builders import make_event, make_mention
from timeline import record
from timeline.dates import DateValue
from timeline.models import Act, Decision, Event, Relation

pytestmark = pytest.mark.django_db
JULY_3, JULY_4 = (DateValue.day(dt.date(2025, 7, n)) for n in (3, 4))
PAGES = ("/review/duplicates/", "/review/conflicts/", "/review/compare/")
VERBS = (
    "/review/merge/",
    "/review/apart/",
    "/review/undo/",
    "/events/1/split/",
    "/events/1/unmerge/",
)


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="change_event"))
    return user


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def told(title: str, date: DateValue = JULY_3, sentences: int = 1) -> Event:
    """An event whose title an editor wrote, so that a test can tell it from others."""
    event = make_event(date, actors=("Norway",))
    for n in range(sentences):
        make_mention(event, f"{title} spoke, {n}.", outlet=f"{title} {n}", basis="explicit")
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def pair(score: float = 0.8, *, a: str = "Call", b: str = "Copy") -> tuple[Event, Event]:
    one, two = told(a), told(b)
    because = f"The same sides on the same day: {score}."
    Relation.objects.create(kind="duplicate", event=one, other=two, score=score, because=because)
    return one, two


def ids(*events: Event) -> list[str]:
    return [f"{event.pk}:{event.version}" for event in events]


def said(client: Client, address: str) -> str:
    return html.text(html.page(client, address))


def scores(client: Client, address: str = "/review/duplicates/") -> list[str]:
    return re.findall(r"(\d+) % alike", said(client, address))


# ---------- who may


@pytest.mark.parametrize("address", [*PAGES, *VERBS])
def test_strangers_sign_in_first(client: Client, address: str) -> None:
    send = client.get if address in PAGES else client.post
    assert send(address).headers["Location"] == f"/login/?next={address}"


@pytest.mark.parametrize("address", [*PAGES, *VERBS])
def test_contributors_are_told_that_they_may_not(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("member"))
    send = client.get if address in PAGES else client.post
    assert send(address).status_code == 403


@pytest.mark.parametrize("address", VERBS)
def test_nothing_changes_by_a_link(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_only_editors_have_the_link(client: Client, editor: User) -> None:
    assert "/review/duplicates/" not in client.get("/").content.decode()
    client.force_login(editor)
    assert 'href="/review/duplicates/"' in client.get("/").content.decode()


# ---------- likely duplicates


def test_the_likeliest_pair_comes_first_and_says_why(desk: Client) -> None:
    for score in (0.5, 0.9, 0.7):
        pair(score)
    assert scores(desk) == ["90", "70", "50"]
    assert "The same sides on the same day: 0.9." in said(desk, "/review/duplicates/")


def test_pairs_follow_one_another_without_gap_or_repetition(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.reviewing.PAGE", 2)
    for score in (0.5, 0.9, 0.7, 0.7, 0.7):
        pair(score)
    found, address = [], "/review/duplicates/"
    while address:
        page = desk.get(address).content.decode()
        found += re.findall(r'name="event" value="(\d+):', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(more[1]) if more else ""
    assert len(found) == len(set(found)) == 10


@pytest.mark.parametrize("mark", ["", "x", "1", "-1", "nan-1", "2-1", "0.5-0", f"0.5-{10**30}"])
def test_a_page_that_never_was_is_the_first(desk: Client, mark: str) -> None:
    pair()
    assert scores(desk, f"/review/duplicates/?after={mark}") == ["80"]


def test_nothing_likely_says_so(desk: Client) -> None:
    assert "Nothing looks like a duplicate" in said(desk, "/review/duplicates/")


@pytest.mark.parametrize("way", ["kept apart", "merged", "rejected", "an outcome"])
def test_what_is_decided_is_no_likely_duplicate(desk: Client, editor: User, way: str) -> None:
    one, two = pair()
    match way:
        case "kept apart":
            record.keep_apart(two, one, editor)
        case "merged":
            record.merge(two, one, editor)
        case "rejected":
            record.reject(one, editor)
        case _:
            Relation.objects.update(kind="outcome")
    assert scores(desk) == []
    if act := Act.objects.first():
        record.undo(act, editor)
        assert scores(desk) == ["80"]


def test_the_better_supported_stays_unless_the_editor_says_otherwise(desk: Client) -> None:
    one, two = pair()
    chosen = r'name="stays" value="(\d+)" checked'
    assert re.findall(chosen, desk.get("/review/duplicates/").content.decode()) == [str(one.pk)]
    make_mention(two, "They spoke at length.", outlet="Late")
    record.resettle([two.pk], "read")
    assert re.findall(chosen, desk.get("/review/duplicates/").content.decode()) == [str(two.pk)]


def test_a_merge_goes_back_to_the_page_with_the_means_to_undo_it(desk: Client) -> None:
    one, two = pair()
    sent = {"event": ids(one, two), "stays": two.pk, "reason": "One call."}
    page = desk.post(
        "/review/merge/", {**sent, "next": "/review/duplicates/"}, follow=True
    ).content.decode()
    act = Act.objects.get()
    assert (act.event, act.other, act.reason) == (two, one, "One call.")
    assert f"Merged into event {two.pk}" in page
    assert f'name="act" value="{act.pk}"' in page
    desk.post("/review/undo/", {"act": act.pk})
    assert Event.objects.shown().count() == 2


def test_several_are_merged_and_undone_as_one(desk: Client) -> None:
    one, two, three = told("A"), told("B"), told("C")
    desk.post("/review/merge/", {"event": ids(one, two, three), "stays": two.pk})
    assert list(Event.objects.shown()) == [two]
    page = desk.get("/").content.decode()
    acts = re.search(r'name="act" value="([\d ]+)"', page)
    assert acts
    desk.post("/review/undo/", {"act": acts[1]})
    assert Event.objects.shown().count() == 3


def test_two_kept_apart(desk: Client) -> None:
    one, two = pair()
    sent = {"event": ids(one, two), "stays": one.pk, "next": "/review/duplicates/"}
    page = desk.post("/review/apart/", sent, follow=True).content.decode()
    assert "stay two events" in page
    assert Decision.objects.get().kind == "part"
    assert "Nothing looks like a duplicate" in page


def test_htmx_puts_the_answer_in_the_place_of_the_pair(desk: Client) -> None:
    one, two = pair()
    sent = {"event": ids(one, two), "stays": one.pk, "next": "/review/duplicates/"}
    answer = desk.post("/review/merge/", sent, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert f'name="act" value="{Act.objects.get().pk}"' in answer
    assert "autofocus" in answer
    again = desk.post("/review/merge/", sent, headers={"HX-Request": "true"}).content.decode()
    assert "Somebody else changed this event" in again
    assert "notice--error" in again


REFUSED: dict[str, tuple[str, dict[str, list[str]], str]] = {
    "one event": ("merge", {"event": ["{a}"], "stays": ["{a}"]}, "two events at least"),
    "none stays": ("merge", {"event": ["{a}", "{b}"]}, "Say which"),
    "another stays": ("merge", {"event": ["{a}", "{b}"], "stays": ["0"]}, "Say which"),
    "no numbers": ("merge", {"event": ["x", "y"], "stays": ["1"]}, "not numbers"),
    "nobody": ("merge", {}, "required"),
    "an old page": ("apart", {"event": ["{a}:0", "{b}:1"]}, "Somebody else"),
    "no act": ("undo", {"act": ["99"]}, "nothing that could be undone"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(desk: Client, case: str) -> None:
    one, two = pair()
    verb, sent, why = REFUSED[case]
    filled = {key: [v.format(a=one.pk, b=two.pk) for v in values] for key, values in sent.items()}
    page = desk.post(f"/review/{verb}/", filled, follow=True).content.decode()
    assert why in page
    assert not Act.objects.exists()


def test_nobody_is_sent_to_a_strange_site(desk: Client) -> None:
    one, two = pair()
    sent = {"event": ids(one, two), "stays": one.pk, "next": "https://example.org/"}
    assert desk.post("/review/merge/", sent).headers["Location"] == f"/events/{one.pk}/"


# ---------- before and after


def test_a_merge_is_seen_before_it_is_done(desk: Client) -> None:
    one, two = told("Call"), told("Copy", sentences=2)
    page = said(desk, f"/review/compare/?event={one.pk}&event={two.pk}")
    assert "As one event" in page
    assert "Articles 3, 3 independent" in page
    assert "If this stays" not in page


def test_where_decisions_matter_each_way_is_shown(desk: Client, editor: User) -> None:
    one, two = told("Call"), told("Copy")
    record.correct(one, "title", "The call", editor)
    record.correct(two, "title", "The copy", editor)
    page = said(desk, f"/review/compare/?event={one.pk}&event={two.pk}")
    assert f"If this stays event {one.pk} Title The call" in page
    assert f"If this stays event {two.pk} Title The copy" in page


@pytest.mark.parametrize("query", ["", "event=1", "event=x&event=y", f"event={10**30}&event=2"])
def test_nothing_to_compare(desk: Client, query: str) -> None:
    assert "Nothing to compare" in said(desk, f"/review/compare/?{query}")


# ---------- accounts that differ


def differing(title: str) -> Event:
    event = told(title)
    late = make_mention(event, f"{title} spoke late.", outlet=f"{title} Courier", basis="relative")
    late.date = JULY_4
    late.save()
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def test_who_says_what_stands_in_a_table(desk: Client) -> None:
    event = differing("Call")
    page = html.page(desk, "/review/conflicts/")
    (table,) = html.walk(page, "differing")
    assert html.text(table) == (
        "Field What is said Who says so "
        "Date 3 July 2025 shown Call 0, 3 Jul 2025 4 July 2025 contradicts Call Courier, 3 Jul 2025"
    )
    links = [html.attribute(a, "href") for a in html.walk(table, "a")]
    assert links == [f"/articles/{m.article_id}/#s{m.pk}" for m in event.mentions.order_by("pk")]
    assert f"/events/{event.pk}/?split=1#split" in desk.get("/review/conflicts/").content.decode()


def test_the_table_stands_on_the_event_and_on_its_card(client: Client) -> None:
    event = differing("Call")
    for address in (f"/events/{event.pk}/", "/"):
        (table,) = html.walk(html.page(client, address), "differing")
        assert "4 July 2025 contradicts" in html.text(table)


def test_what_an_editor_decided_stands_beside_what_articles_say(
    client: Client, editor: User
) -> None:
    event = differing("Call")
    record.correct(event, "date", DateValue.month(2025, 7), editor)
    (table,) = html.walk(html.page(client, f"/events/{event.pk}/"), "differing")
    assert html.text(table).endswith("July 2025 shown An editor")
    assert html.text(table).count("shown") == 1


def test_what_several_leave_together_is_said(client: Client) -> None:
    event = told("Call", DateValue.until(dt.date(2025, 7, 3)))
    late = make_mention(event, "It was later.", outlet="Late", basis="explicit")
    late.date = DateValue.since(dt.date(2025, 7, 3))
    late.save()
    record.resettle([event.pk], "read")
    (table,) = html.walk(html.page(client, f"/events/{event.pk}/"), "differing")
    assert html.text(table).endswith("3 July 2025 shown What they leave together")


def test_accounts_that_agree_need_no_table(client: Client) -> None:
    event = told("Call", sentences=2)
    assert not list(html.walk(html.page(client, f"/events/{event.pk}/"), "differing"))


def test_conflicts_follow_one_another(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.reviewing.PAGE", 1)
    events = [differing("Call"), differing("Visit")]
    told("Agreed")
    page = desk.get("/review/conflicts/").content.decode()
    more = re.search(r'rel="next" href="([^"]+)"', page)
    assert more
    rest = desk.get(more[1]).content.decode()
    for event in events:
        assert (f"/events/{event.pk}/" in page) != (f"/events/{event.pk}/" in rest)
    assert "No accounts contradict one another" in said(
        desk, "/review/conflicts/?after=MTk2MC0wMS0wMS4x"
    )
    assert "Back to the newest" not in said(desk, "/review/conflicts/?after=x")


# ---------- on an event's page


def test_a_chain_can_be_followed_both_ways(client: Client) -> None:
    plan = told("Plan", DateValue.month(2025, 7))
    done = told("Deed")
    Relation.objects.create(kind="outcome", event=plan, other=done, score=0.9, because="Same.")
    for address in (f"/events/{plan.pk}/", f"/events/{done.pk}/", "/"):
        page = html.page(client, address)
        chains = [html.text(chain) for chain in html.walk(page, "chain")]
        forth = [c for c in chains if c.startswith("What became of it:")]
        back = [c for c in chains if c.startswith("Planned before:")]
        assert (len(forth), len(back)) == (
            address != f"/events/{done.pk}/",
            address != f"/events/{plan.pk}/",
        )
    links = [
        html.attribute(a, "href")
        for c in html.walk(html.page(client, f"/events/{plan.pk}/"), "chain")
        for a in html.walk(c, "a")
    ]
    assert links == [f"/events/{done.pk}/"]


def test_a_chain_to_what_is_gone_is_not_shown(client: Client, editor: User) -> None:
    plan, done = told("Plan"), told("Deed")
    Relation.objects.create(kind="outcome", event=plan, other=done, score=0.9, because="Same.")
    record.reject(done, editor)
    assert "What became of it" not in said(client, f"/events/{plan.pk}/")


def test_possible_duplicates_are_shown_to_editors_alone(client: Client, editor: User) -> None:
    one, two = pair()
    assert "Possible duplicates" not in said(client, f"/events/{one.pk}/")
    client.force_login(editor)
    for event in (one, two):
        assert "80 % alike: The same sides" in said(client, f"/events/{event.pk}/")
    page = client.get(f"/events/{two.pk}/").content.decode()
    assert f"/review/compare/?event={two.pk}&amp;event={one.pk}" in page


def test_a_split_from_the_page(desk: Client) -> None:
    event = told("Call", sentences=3)
    page = desk.get(f"/events/{event.pk}/").content.decode()
    choices = re.findall(r'name="mention" value="(\d+)"', page)
    assert len(choices) == 3
    sent = {"mention": choices[:1], "seen": event.version, "reason": "Another call."}
    response = desk.post(f"/events/{event.pk}/split/", sent)
    act = Act.objects.get()
    assert act.other
    assert response.headers["Location"] == f"/events/{act.other.pk}/"
    assert act.other.mentions.get().pk == int(choices[0])


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "some of the accounts, but not all"),
        ({"mention": "x"}, "not numbers"),
        ({"mention": "1", "seen": "0"}, "Somebody else changed"),
    ],
)
def test_a_split_that_is_refused_says_why(desk: Client, sent: dict[str, str], why: str) -> None:
    event = told("Call", sentences=2)
    page = desk.post(f"/events/{event.pk}/split/", sent, follow=True)
    assert page.redirect_chain == [(f"/events/{event.pk}/", 302)]
    assert why in page.content.decode()


def test_one_account_cannot_be_split(desk: Client) -> None:
    assert 'name="mention"' not in desk.get(f"/events/{told('Call').pk}/").content.decode()


def test_a_merged_address_leads_to_where_it_went(client: Client, editor: User) -> None:
    a, b, c = told("A"), told("B"), told("C")
    record.merge(a, b, editor)
    record.merge(b, c, editor)
    response = client.get(f"/events/{a.pk}/")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/events/{c.pk}/?merged={a.pk}",
    )
    assert f"You asked for event {a.pk}" in said(client, f"/events/{c.pk}/?merged={a.pk}")


@pytest.mark.parametrize("number", ["", "x", "0", "{c}", str(10**30)])
def test_no_page_claims_what_was_not_merged_into_it(client: Client, number: str) -> None:
    event = told("C")
    address = f"/events/{event.pk}/?merged={number.format(c=event.pk)}"
    assert "You asked for event" not in said(client, address)


def test_lists_and_exports_leave_a_merged_event_out(client: Client, editor: User) -> None:
    one, two = pair()
    record.merge(one, two, editor)
    assert client.get("/events.json").getvalue().count(b'"id": ') == 1
    assert f"/events/{one.pk}/" not in client.get("/").content.decode()


def test_an_event_is_unmerged_from_the_page_of_the_other(desk: Client, editor: User) -> None:
    one, two = pair()
    record.merge(two, one, editor)
    address = f"/events/{two.pk}/unmerge/"
    assert address in desk.get(f"/events/{one.pk}/").content.decode()
    page = desk.post(address, follow=True)
    assert page.redirect_chain == [(f"/events/{two.pk}/", 302)]
    assert "stands on its own again" in page.content.decode()
    again = desk.post(address, follow=True).content.decode()
    assert "No merge of this event stands" in again


def test_the_last_change_is_undone_from_the_page(desk: Client, editor: User) -> None:
    event = told("Call")
    record.correct(event, "status", "denied", editor)
    page = html.page(desk, f"/events/{event.pk}/")
    (box,) = html.walk(page, "desk-box")
    assert "Last change: Corrected" in html.text(box)
    desk.post("/review/undo/", {"act": Act.objects.get().pk})
    event.refresh_from_db()
    assert event.status == "occurred"
    assert "Last change" not in said(desk, f"/events/{event.pk}/")


def test_an_undo_that_comes_too_late_is_told(desk: Client, editor: User) -> None:
    event = told("Call")
    record.correct(event, "status", "denied", editor)
    act = Act.objects.get()
    record.confirm(event, editor)
    page = desk.post("/review/undo/", {"act": act.pk}, follow=True).content.decode()
    assert "undo the later change first" in page


def test_histories_tell_of_merges_splits_and_undoing_with_links(
    client: Client, editor: User
) -> None:
    one, two = told("One", sentences=2), told("Two")
    act = record.merge(two, one, editor, "One call.")
    record.undo(act, editor)
    record.keep_apart(one, two, editor)
    some = list(one.mentions.values_list("pk", flat=True))[:1]
    new = record.split(one, some, editor).other
    assert new
    page = html.page(client, f"/events/{one.pk}/")
    (entries,) = html.walk(page, "history")
    heads = [html.text(next(html.walk(li, "p"))) for li in html.walk(entries, "li")]
    assert heads[-1].startswith("Read in an article")
    assert [head.split(" event ")[0] for head in heads[:-1]] == [
        "Split: some accounts went to",
        "Kept apart from",
        "Undone: merged: took in",
        "Merged: took in",
    ]
    assert heads[3].endswith("by an editor; undone since")
    links = [html.attribute(a, "href") for a in html.walk(entries, "a")]
    assert links == [f"/events/{pk}/" for pk in (new.pk, two.pk, two.pk, two.pk)]
    assert f"Split off from event {one.pk}" in said(client, f"/events/{new.pk}/")


# ---------- how much is asked


@pytest.mark.parametrize("address", ["/review/duplicates/", "/review/conflicts/", "/"])
def test_the_number_of_queries_does_not_grow_with_the_page(desk: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        return len(captured)

    def fill(number: int) -> None:
        for n in range(number):
            one, two = pair(n / 10)
            Relation.objects.create(kind="outcome", event=one, other=two, score=n / 10, because="x")
            differing("Call")

    fill(2)
    few = queries()
    fill(6)
    assert queries() == few


def test_the_number_of_queries_does_not_grow_with_an_event(desk: Client, editor: User) -> None:
    event = told("Call", sentences=2)

    def grow() -> None:
        copy = told("Copy")
        record.merge(copy, event, editor)
        record.keep_apart(event, told("Other"), editor)
        other = told("Like")
        for kind in ("duplicate", "outcome"):
            Relation.objects.create(kind=kind, event=event, other=other, score=0.5, because="x")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/events/{event.pk}/")
        return len(captured)

    grow()
    few = queries()
    for _ in range(3):
        grow()
    assert queries() == few


def test_no_inline_style_or_script(desk: Client, editor: User) -> None:
    one, two = pair()
    differing("Visit")
    for address in (
        *PAGES[:2],
        f"/review/compare/?event={one.pk}&event={two.pk}",
        f"/events/{one.pk}/",
    ):
        page = desk.get(address).content.decode()
        assert not re.search(r'\sstyle="|<style|\son\w+="', page)
        assert not re.search(r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)', page)
