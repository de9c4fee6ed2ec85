"""The editors' pages of the record, filled in and sent as a browser does, on a real database."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import receiving
from articles.models import Article, Mention, Outlet, Participant
from tests.timeline.builders import make_event
from timeline import record
from timeline.dates import UNDATED, DateValue, edtf
from timeline.models import Actor, Event, Override, Revision

pytestmark = pytest.mark.django_db

JULY_2, JULY_3 = (DateValue.day(dt.date(2025, 7, day)) for day in (2, 3))
SENTENCE = "Mr. Putin and Mr. Trump spoke by phone on Thursday."
WITHDRAWN = {"withdrawn_at": dt.datetime(2025, 8, 1, tzinfo=dt.UTC), "withdrawn_because": "Gone."}


def actor(name: str, **fields: Any) -> Actor:
    slug = name.lower().replace(" ", "-")
    defaults = {"slug": slug, "sort_name": slug, "kind": "person"} | fields
    return Actor.objects.get_or_create(name=name, defaults=defaults)[0]


def told(event: Event, date: DateValue, *, outlet: str = "Courier", text: str = SENTENCE) -> None:
    """One more article that tells of the event, dated by the word "Thursday"."""
    paper = Outlet.objects.get_or_create(name=outlet, defaults={"slug": outlet.lower()})[0]
    text = f"{text} ({Article.objects.count()})"
    article = Article.objects.create(
        text=text,
        digest=receiving.digest_of(text),
        headline=f"{outlet} on the call",
        outlet=paper,
        published=dt.date(2025, 7, 4),
        state="done",
    )
    trigger, words = text.index("spoke"), text.index("Thursday")
    mention = Mention(
        article=article,
        event=event,
        type=event.type,
        status=event.status,
        start=0,
        end=len(text),
        evidence=text,
        trigger_start=trigger,
        trigger_end=trigger + len("spoke"),
        date_start=words,
        date_end=words + len("Thursday"),
        basis="weekday",
        because="“Thursday” before Fri 4 July 2025",
        confidence=0.8,
    )
    mention.date = date
    mention.save()
    for position, name in enumerate(("Vladimir Putin", "Donald Trump")):
        Participant.objects.create(mention=mention, actor=actor(name), position=position)


def call(*dates: DateValue, type: str = "call") -> Event:
    """An event as the articles give it, one article a date."""
    event = Event.objects.create(type=type, title="-")
    for number, date in enumerate(dates or (JULY_3,)):
        told(event, date, outlet=f"Courier{number}")
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    return event


def address(event: Event) -> str:
    return reverse("admin:timeline_event_change", args=[event.pk])


def boxes(response: Any) -> dict[str, Any]:
    """What a browser would send from the form on this page."""
    form = response.context["adminform"].form
    return {name: form[name].value() or "" for name in form.fields}


def send(client: Client, event: Event, button: str = "_continue", **changes: str) -> Any:
    """Opens the page, changes these boxes, and presses the button ("name" or "name=value")."""
    name, _, value = button.partition("=")
    page = client.get(address(event))
    return client.post(address(event), boxes(page) | changes | {name: value or "x"})


def said(response: Any) -> str:
    """The page as it is read, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.text)).split())


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors) if response.context else {}


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def viewer(client: Client) -> Client:
    """Staff who may look and not touch."""
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(user)
    return client


# ---------- the date box


def test_the_box_holds_the_date_in_words_and_what_it_is_understood_as(admin_client: Client) -> None:
    page = admin_client.get(address(call(DateValue.part_of_month(2025, 7, "early"))))
    assert boxes(page)["date"] == "early July 2025"
    assert (
        "Understood as early July 2025: some day from 1 July 2025 to 10 July 2025 "
        "· EDTF 2025-07-01/2025-07-10"
    ) in said(page)


@pytest.mark.parametrize(
    ("written", "stored", "lasting"),
    [
        ("early July 2025", "2025-07-01/2025-07-10", False),
        ("before 3 July 2025", "../2025-07-02", False),
        ("2025-07~", "2025-07~", False),
        ("3–5 May 2025", "2025-05-03/2025-05-05", True),
        ("unknown", "", False),
    ],
)
def test_a_date_in_words_is_saved_as_an_editors_decision(
    admin_client: Client, admin_user: User, written: str, stored: str, lasting: bool
) -> None:
    event = call()
    send(admin_client, event, date=written, reason="The ministry says so.")
    event.refresh_from_db()
    decision = Override.objects.get(event=event)
    assert (edtf(event.date), event.lasting, event.corrected) == (stored, lasting, True)
    assert (decision.field, decision.by, decision.reason) == (
        "date",
        admin_user,
        "The ministry says so.",
    )
    assert Revision.objects.filter(event=event, verb="correct", by=admin_user).count() == 1


def test_what_an_editor_decided_outlives_the_next_article(admin_client: Client) -> None:
    event = call()
    send(admin_client, event, date="1 July 2025")
    told(event, JULY_2)
    record.resettle([event.pk], "read")
    event.refresh_from_db()
    assert edtf(event.date) == "2025-07-01"


@pytest.mark.parametrize("written", ["sometime", "", "31 June 2025", "3 July"])
def test_a_date_that_is_not_understood_is_told_and_kept_in_the_box(
    admin_client: Client, written: str
) -> None:
    event = call()
    page = send(admin_client, event, date=written, reason="Because.")
    assert list(errors(page)) == ["date"]
    assert errors(page)["date"][0] in said(page)
    assert (boxes(page)["date"], boxes(page)["reason"]) == (written, "Because.")
    assert not Override.objects.exists()


def test_the_same_date_in_other_words_is_no_decision(admin_client: Client) -> None:
    event = call()
    page = send(admin_client, event, date="2025-07-03")
    assert not Override.objects.exists()
    assert "Nothing was changed." in said(admin_client.get(page.url))


@pytest.mark.parametrize(
    ("written", "echoed"),
    [
        (
            "mid-July 2025",
            "Understood as mid-July 2025: some day from 11 July 2025 to 20 July 2025",
        ),
        ("3–5 May 2025", "all days from 3 May 2025 to 5 May 2025"),
        ("before 3 July 2025", "Understood as on or before 2 July 2025 · EDTF ../2025-07-02"),
        ("unknown", "Understood as undated"),
        ("3 July", "Add the year"),
    ],
)
def test_the_echo_says_what_it_understands(admin_client: Client, written: str, echoed: str) -> None:
    page = admin_client.get(reverse("admin:timeline_event_date"), {"date": written})
    assert echoed in said(page)
    assert "<html" not in page.text


@pytest.mark.parametrize("name", ["timeline_event_date", "timeline_event_actors"])
def test_the_echoes_are_for_staff(client: Client, anna: User, name: str) -> None:
    client.force_login(anna)
    assert client.get(reverse(f"admin:{name}")).status_code == 302


# ---------- evidence


def test_every_sentence_stands_beside_with_its_outlet_its_date_and_why(
    admin_client: Client,
) -> None:
    page = admin_client.get(address(call(JULY_3, JULY_2)))
    assert page.text.count("<mark>Thursday</mark>") == 2
    assert page.text.count("<b>spoke</b>") == 2
    for words in ("Courier0", "Courier1 on the call", "“Thursday” before Fri 4 July 2025"):
        assert words in said(page)
    assert "Accounts differ" in said(page)


def test_what_an_article_says_cannot_become_markup(admin_client: Client) -> None:
    event = call()
    told(event, JULY_3, text="<script>alert(1)</script> They spoke on Thursday.")
    page = admin_client.get(address(event))
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_use_this_date_is_a_link_that_fills_the_box_and_saves_nothing(
    admin_client: Client,
) -> None:
    event = call(JULY_3, DateValue.part_of_month(2025, 7, "early"))
    page = admin_client.get(address(event))
    links = re.findall(r'class="use" href="([^"]*)"', page.text)
    filled = admin_client.get(address(event) + unescape(links[1]))
    assert boxes(filled)["date"] == "early July 2025"
    assert "not saved yet" in said(filled)
    assert not Override.objects.exists()


# ---------- the other fields


def test_actors_are_taken_by_name_or_alias_in_the_order_written(admin_client: Client) -> None:
    event = call()
    actor("Volodymyr Zelenskyy", aliases=["Zelensky"])
    send(admin_client, event, actors="Zelensky\nvladimir putin\n\nZelensky")
    names = event.participations.values_list("actor__name", flat=True)
    assert list(names) == ["Volodymyr Zelenskyy", "Vladimir Putin"]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Nobody Inc", "There is no actor called “Nobody Inc”: add the actor first."),
        ("Trum", "There is no actor called “Trum”: did you mean Donald Trump?"),
        ("the boss", "“the boss” may be Donald Trump, Vladimir Putin: write the full name."),
    ],
)
def test_actors_that_are_not_known_are_told(
    admin_client: Client, written: str, sentence: str
) -> None:
    event = call()
    Actor.objects.update(aliases=["the boss"])
    assert errors(send(admin_client, event, actors=written)) == {"actors": [sentence]}


def test_actors_are_found_by_a_part_of_their_names(admin_client: Client) -> None:
    actor("Volodymyr Zelenskyy", aliases=["Zelensky"])
    find = reverse("admin:timeline_event_actors")
    assert 'data-actor="Volodymyr Zelenskyy"' in admin_client.get(find, {"like": "elensk"}).text
    assert "No actor is called so" in admin_client.get(find, {"like": "xyz"}).text


def test_each_changed_field_is_a_decision_and_the_title_follows(admin_client: Client) -> None:
    event = call()
    send(admin_client, event, type="meeting", status="planned", places="Geneva\nBern")
    event.refresh_from_db()
    assert (event.type, event.status, event.places) == ("meeting", "planned", ["Geneva", "Bern"])
    assert set(event.overrides.values_list("field", flat=True)) == {"type", "status", "places"}
    assert event.title == "Planned meeting between Vladimir Putin and Donald Trump"


# ---------- two editors at once


def test_a_stale_save_is_told_and_a_second_one_succeeds(
    admin_client: Client, admin_user: User, anna: User
) -> None:
    event = call()
    opened = boxes(admin_client.get(address(event)))
    record.correct(event, "type", "meeting", anna, "They sat together.")

    page: Any = admin_client.post(address(event), opened | {"date": "1 July 2025", "_save": "x"})
    assert "Somebody else changed this event" in said(page)
    assert "Corrected by anna" in said(page)
    assert "“They sat together.”" in said(page)
    assert "type: Call → Meeting" in said(page)
    assert (boxes(page)["date"], boxes(page)["type"]) == ("1 July 2025", "meeting")
    assert not event.overrides.filter(by=admin_user).exists()

    admin_client.post(address(event), boxes(page) | {"_save": "x"})
    event.refresh_from_db()
    assert (edtf(event.date), event.type) == ("2025-07-01", "meeting")
    assert list(event.overrides.filter(by=admin_user).values_list("field", flat=True)) == ["date"]


def test_of_two_decisions_on_one_field_the_second_comes_back_to_be_sent_again(
    admin_client: Client, anna: User
) -> None:
    event = call()
    opened = boxes(admin_client.get(address(event)))
    record.correct(event, "date", JULY_2, anna)
    record.correct(event, "date", DateValue.month(2025, 7), anna)
    page = admin_client.post(address(event), opened | {"date": "1 July 2025", "_save": "x"})
    assert boxes(page)["date"] == "1 July 2025"
    assert "3 July 2025 → 2 July 2025" in said(page)
    assert "2 July 2025 → July 2025" in said(page)
    event.refresh_from_db()
    assert edtf(event.date) == "2025-07"


def test_what_a_reading_changed_meanwhile_is_told_too(admin_client: Client) -> None:
    event = call()
    opened = boxes(admin_client.get(address(event)))
    told(event, JULY_2)
    record.resettle([event.pk], "read")
    page = admin_client.post(address(event), opened | {"_confirm": "x"})
    assert "An article was read by the parser" in said(page)
    event.refresh_from_db()
    assert event.review == "unreviewed"


# ---------- confirm, reject, give back


def test_confirm_keeps_what_was_changed_too(admin_client: Client) -> None:
    event = call()
    page = send(admin_client, event, "_confirm", date="1 July 2025", reason="Seen.")
    event.refresh_from_db()
    assert (event.review, edtf(event.date)) == ("confirmed", "2025-07-01")
    assert "Confirmed by admin" in said(admin_client.get(page.url))


def test_reject_wants_a_reason_and_hides_the_event(admin_client: Client) -> None:
    event = call()
    page = send(admin_client, event, "_reject")
    assert errors(page) == {"reason": ["Say why this is no event."]}
    assert event in Event.objects.shown()
    send(admin_client, event, "_reject", reason="A film.")
    assert event not in Event.objects.shown()
    assert event.overrides.get(field="review").reason == "A film."


def test_a_decision_is_marked_and_can_be_given_back(admin_client: Client, anna: User) -> None:
    event = call()
    record.correct(event, "date", DateValue.month(2025, 7), anna, "No day is given.")
    page = admin_client.get(address(event))
    assert "An editor’s decision: anna" in said(page)
    assert "“No day is given.” The articles say: 3 July 2025." in said(page)
    send(admin_client, event, "_release=date", date="1 May 2025", type="meeting")
    event.refresh_from_db()
    assert (edtf(event.date), event.type) == ("2025-07-03", "meeting")
    assert not event.overrides.filter(field="date").exists()


def test_a_review_can_be_taken_back(admin_client: Client, anna: User) -> None:
    event = call()
    record.reject(event, anna, "A film.")
    send(admin_client, event, "_release=review")
    assert event in Event.objects.shown()


def test_enter_saves_and_gives_nothing_back(admin_client: Client, anna: User) -> None:
    event = call()
    record.correct(event, "date", JULY_2, anna)
    text = admin_client.get(address(event)).text
    form = text[text.index('id="event_form"') :]
    first = re.search(r'<(?:input type="submit"|button type="submit")[^>]*', form)
    assert first and 'name="_continue"' in first[0]


# ---------- who may do what


def test_events_are_neither_added_nor_deleted_here(admin_client: Client) -> None:
    event = call()
    assert admin_client.get(reverse("admin:timeline_event_add")).status_code == 403
    delete = reverse("admin:timeline_event_delete", args=[event.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert (
        "delete_selected" not in admin_client.get(reverse("admin:timeline_event_changelist")).text
    )


def test_who_may_only_look_sees_the_evidence_and_changes_nothing(
    viewer: Client, anna: User
) -> None:
    event = call()
    record.correct(event, "date", JULY_2, anna)
    page = viewer.get(address(event))
    assert "<mark>Thursday</mark>" in page.text
    assert "Vladimir Putin, Donald Trump" in said(page)
    for button in ("_save", "_confirm", "_reject", "_release"):
        assert f'name="{button}"' not in page.text
    sent = {"date": "1 July 2025", "seen": str(event.version), "_save": "x"}
    assert viewer.post(address(event), sent).status_code == 403


# ---------- the list


def listed(client: Client, **query: str) -> list[str]:
    page: Any = client.get(reverse("admin:timeline_event_changelist"), query)
    return [event.title for event in page.context["cl"].result_list]


def act(client: Client, action: str, *events: Event, reason: str = "") -> str:
    sent = {"action": action, "_selected_action": [e.pk for e in events], "reason": reason}
    page = client.post(reverse("admin:timeline_event_changelist"), sent, follow=True)
    return said(page)


def test_the_list_says_the_date_with_its_precision_newest_first_undated_last(
    admin_client: Client, anna: User
) -> None:
    undated = call(type="visit")
    record.correct(undated, "date", UNDATED, anna)
    months_old = call(DateValue.month(2025, 6), type="talks")
    newest = call(JULY_3, JULY_2)
    for event in (undated, months_old, newest):
        event.refresh_from_db()
    assert listed(admin_client) == [newest.title, months_old.title, undated.title]
    page = said(admin_client.get(reverse("admin:timeline_event_changelist")))
    assert "June 2025 month" in page
    assert "Accounts differ" in page


def test_within_a_day_the_least_sure_comes_first(admin_client: Client) -> None:
    sure, unsure = make_event(title="Sure", confidence=0.9), make_event(confidence=0.35)
    later = make_event(DateValue.day(dt.date(2025, 7, 9)), title="Later", confidence=0.95)
    confirmed = make_event(title="Confirmed", confidence=0.61, review="confirmed")
    shown = [event.title for event in (later, unsure, confirmed, sure)]
    assert listed(admin_client) == shown
    assert listed(admin_client, o="7") == [shown[1], shown[2], shown[3], shown[0]]
    page = said(admin_client.get(reverse("admin:timeline_event_changelist")))
    assert "35%" in page and "61%" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "visits"}, 1),
        ({"q": "Zelensky"}, 0),
        ({"type__exact": "call"}, 1),
        ({"status__exact": "planned"}, 0),
        ({"precision__exact": "month"}, 1),
        ({"review__exact": "confirmed"}, 1),
        ({"differs__exact": "1"}, 0),
        ({"corrected__exact": "1"}, 0),
        ({"standing": "told"}, 2),
        ({"standing": "lost"}, 0),
        ({"standing": "withdrawn"}, 1),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else None,
)
def test_the_list_is_filtered_and_searched(
    admin_client: Client, anna: User, query: dict[str, str], found: int
) -> None:
    call()
    record.confirm(call(DateValue.month(2025, 6), type="visit"), anna)
    Event.objects.create(type="aid", title="Aid", **WITHDRAWN)
    assert len(listed(admin_client, **query)) == found


def test_selected_events_are_confirmed_and_counted(admin_client: Client, anna: User) -> None:
    events = [call(), call(type="visit"), call(type="talks")]
    record.confirm(events[0], anna)
    told = act(admin_client, "confirm_selected", *events)
    assert "2 events confirmed. 1 had been so before." in told
    assert set(Event.objects.values_list("review", flat=True)) == {"confirmed"}
    assert Override.objects.get(event=events[0]).by == anna


def test_selected_events_are_rejected_with_a_reason_alone(admin_client: Client) -> None:
    event = call()
    assert "why these are no events" in act(admin_client, "reject_selected", event)
    assert event in Event.objects.shown()
    assert "1 event rejected." in act(admin_client, "reject_selected", event, reason="Films.")
    assert Revision.objects.get(event=event, verb="reject").reason == "Films."


def test_selected_events_are_seen_side_by_side_before_they_are_merged(admin_client: Client) -> None:
    events = [call(), call(), call()]
    told = act(admin_client, "merge_selected", *events)
    assert "One event or several?" in told
    assert all(f"Event {event.pk} stays if they are one" in told for event in events)
    assert Event.objects.shown().count() == 3


@pytest.mark.parametrize("number", [1, 11])
def test_one_event_is_not_merged_nor_are_too_many(admin_client: Client, number: int) -> None:
    events = [call() for _ in range(number)]
    assert "Select from two to 10 events." in act(admin_client, "merge_selected", *events)


def test_merged_events_are_neither_confirmed_nor_rejected(admin_client: Client, anna: User) -> None:
    one, two = call(), call()
    record.merge(two, one, anna)
    told = act(admin_client, "confirm_selected", one, two)
    assert "was merged into another" in told
    assert not Override.objects.exists()


def test_who_may_only_look_gets_no_actions(viewer: Client) -> None:
    event = call()
    act(viewer, "confirm_selected", event)
    event.refresh_from_db()
    assert event.review == "unreviewed"


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_takes_as_many_queries_for_two_events_as_for_twelve(
    admin_client: Client,
) -> None:
    path = reverse("admin:timeline_event_changelist")
    for _ in range(2):
        call()
    few = queries(admin_client, path)
    for _ in range(10):
        call()
    assert queries(admin_client, path) == few


def test_an_event_takes_as_many_queries_for_two_articles_as_for_ten(
    admin_client: Client, anna: User
) -> None:
    few, many = call(*[JULY_3] * 2), call(*[JULY_3] * 10)
    for event in (few, many):
        record.correct(event, "type", "meeting", anna)
    assert queries(admin_client, address(few)) == queries(admin_client, address(many))


# ---------- merges, splits and undoing


def test_a_merged_event_is_looked_at_and_unmerged(admin_client: Client, anna: User) -> None:
    one, two = call(), call()
    record.merge(two, one, anna)
    page = admin_client.get(address(two))
    assert f"What is known of it stands with event {one.pk}." in said(page)
    assert 'name="_save"' not in page.text
    assert f'href="{address(one)}">To event {one.pk}' in page.text
    button = re.search(r'formaction="(/events/\d+/unmerge/[^"]*)"', page.text)
    assert button
    assert admin_client.post(unescape(button[1])).headers["Location"] == address(two)
    two.refresh_from_db()
    assert (two.merged_into, two.article_count) == (None, 1)


def test_a_correction_sent_to_a_merged_event_is_refused(admin_client: Client, anna: User) -> None:
    one, two = call(), call()
    sent = boxes(admin_client.get(address(two)))
    record.merge(two, one, anna)
    assert admin_client.post(address(two), {**sent, "title": "X"}).status_code == 403
    assert not Override.objects.exists()


def test_the_last_change_is_undone_where_it_is_seen(admin_client: Client, anna: User) -> None:
    event = call()
    record.correct(event, "type", "meeting", anna)
    page = admin_client.get(address(event))
    button = re.search(r'name="act" value="(\d+)" formaction="([^"]*)"', page.text)
    assert button
    assert "Undo the last change: Corrected" in said(page)
    answer = admin_client.post(unescape(button[2]), {**boxes(page), "act": button[1]})
    assert answer.headers["Location"] == address(event)
    event.refresh_from_db()
    assert event.type == "call"
    assert "Undo the last change" not in said(admin_client.get(address(event)))


def test_the_history_links_the_events_of_a_merge(admin_client: Client, anna: User) -> None:
    one, two = call(), call()
    record.merge(two, one, anna, "One call.")
    page = admin_client.get(address(one))
    assert f"Merged: took in event {two.pk}" in said(page)
    assert f'href="{address(two)}"' in page.text


# ---------- actors


def test_aliases_are_lines_and_the_name_stays(admin_client: Client) -> None:
    someone = actor("Volodymyr Zelenskyy")
    path = reverse("admin:timeline_actor_change", args=[someone.pk])
    roles = {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    sent = {"name": "Other", "kind": "person", "sort_name": "zelenskyy", **roles}
    admin_client.post(path, sent | {"aliases": "Zelensky\r\n\r\nZelenskiy, V.\r\nZelensky"})
    someone.refresh_from_db()
    assert someone.aliases == ["Zelensky", "Zelenskiy, V."]
    assert someone.name == "Volodymyr Zelenskyy"


def test_an_actor_is_found_by_an_alias(admin_client: Client) -> None:
    actor("Volodymyr Zelenskyy", aliases=["Zelensky"])
    actor("Donald Trump")
    page: Any = admin_client.get(reverse("admin:timeline_actor_changelist"), {"q": "zelensky"})
    assert [a.name for a in page.context["cl"].result_list] == ["Volodymyr Zelenskyy"]
