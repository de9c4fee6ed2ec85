"""The editors' pages: which events are one, which are two, and where accounts differ."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import pairs, record
from .forms import EventsForm, SplitForm, UndoForm
from .http import HtmxRequest
from .models import Act, Event
from .paging import Cursor, CursorError, paged
from .presenting import cards

PAGE = 20
"""Pairs, or events, on a page."""
View = Callable[Concatenate[Any, ...], HttpResponse]


def for_editors(view: View) -> View:
    """Signs strangers in first, and tells those who may not change events so (403)."""
    allowed = permission_required("timeline.change_event", raise_exception=True)(view)
    return cast(View, wraps(view)(login_required(allowed)))


# ---------- pages


@for_editors
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Likely duplicates, most likely first, side by side."""
    try:
        after = pairs.Mark.parse(request.GET["after"]) if "after" in request.GET else None
    except pairs.MarkError:
        after = None
    page, more = pairs.likely(after, PAGE)
    context = {"pairs": page, "more": more, "continued": after, "page": "duplicates"}
    return render(request, "timeline/duplicates.html", context)


@for_editors
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Events whose accounts contradict one another, newest first."""
    try:
        after = Cursor.parse(request.GET["after"]) if "after" in request.GET else None
    except CursorError:
        after = None
    events = Event.objects.shown().filter(differs=True)
    page = paged(events, order="newest", clock="happened", after=after, size=PAGE)
    context = {
        "cards": cards(page.ids),
        "more": page.next,
        "continued": after,
        "page": "conflicts",
    }
    return render(request, "timeline/conflicts.html", context)


@for_editors
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The events of ?event=, and what they would be as one: before and after."""
    ids = [int(n) for n in request.GET.getlist("event") if n.isascii() and n.isdigit()]
    found = pairs.compared([n for n in ids if n < 2**63])
    after = pairs.together(found) if found else []
    context = {"pair": found, "after": after, "next": _next(request, "")}
    return render(request, "timeline/compare.html", context)


# ---------- verbs


@for_editors
@require_POST
def merge(request: HtmxRequest) -> HttpResponse:
    """All of them into the one that stays: one act each, all or none."""
    form = EventsForm(request.POST)
    if not form.is_valid() or form.cleaned_data["stays"] is None:
        return _refused(request, _wrong(form, "Say which of these events stays."))
    sent = form.cleaned_data
    into = sent["events"].pop(sent["stays"])
    try:
        acts = _merged([sent["events"][pk] for pk in sorted(sent["events"])], into, request, sent)
    except record.RecordError as error:
        return _refused(request, str(error))
    return _answer(request, f"Merged into event {into.pk}, “{into}”.", acts, to=into)


def _merged(
    events: Iterable[Event], into: Event, request: HttpRequest, sent: dict[str, Any]
) -> list[Act]:
    seen, acts = dict(sent["event"]), []
    with transaction.atomic():
        for event in events:
            acts.append(record.merge(event, into, _editor(request), sent["reason"], seen=seen))
            seen.pop(into.pk, None)  # by our own merge it is another version now
    return acts


@for_editors
@require_POST
def keep_apart(request: HtmxRequest) -> HttpResponse:
    form = EventsForm(request.POST)
    if not form.is_valid() or len(form.cleaned_data["events"]) != 2:
        return _refused(request, _wrong(form, "Choose two events."))
    sent = form.cleaned_data
    a, b = (sent["events"][pk] for pk in sorted(sent["events"]))
    try:
        act = record.keep_apart(a, b, _editor(request), sent["reason"], seen=sent["event"])
    except record.RecordError as error:
        return _refused(request, str(error))
    return _answer(request, f"Kept apart: “{a}” and “{b}” stay two events.", [act], to=a)


@for_editors
@require_POST
def split(request: HtmxRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _refused(request, _wrong(form), to=event)
    sent = form.cleaned_data
    try:
        act = record.split(
            event, sent["mention"], _editor(request), sent["reason"], seen=sent["seen"]
        )
    except record.RecordError as error:
        return _refused(request, str(error), to=event)
    assert act.other
    said = f"Split: event {act.other_id} now tells of what you chose."
    return _answer(request, said, [act], to=act.other)


@for_editors
@require_POST
def unmerge(request: HtmxRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    try:
        act = record.unmerge(event, _editor(request))
    except record.RecordError as error:
        return _refused(request, str(error), to=event)
    return _answer(request, f"Event {event.pk} stands on its own again.", [act], to=event)


@for_editors
@require_POST
def undo(request: HtmxRequest) -> HttpResponse:
    """The acts of ?act=, newest first; all or none."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refused(request, _wrong(form))
    acts = form.cleaned_data["acts"]
    try:
        with transaction.atomic():
            for act in acts:
                record.undo(act, _editor(request), form.cleaned_data["reason"])
    except record.RecordError as error:
        return _refused(request, str(error), to=acts[0].event)
    messages.success(request, "Undone: the record is as it was before.")
    return redirect(_next(request, acts[0].event.get_absolute_url()))


# ---------- answers


def _answer(request: HtmxRequest, said: str, acts: list[Act], to: Event) -> HttpResponse:
    """What was done, with the means to undo it: on the next page, or, for htmx, in place."""
    numbers = " ".join(str(act.pk) for act in acts)
    if request.htmx:
        context = {"said": said, "acts": numbers, "next": _next(request, "")}
        return render(request, "timeline/duplicates.html#done", context)
    messages.success(request, said, extra_tags=numbers)
    return redirect(_next(request, to.get_absolute_url()))


def _refused(request: HtmxRequest, why: str, to: Event | None = None) -> HttpResponse:
    if request.htmx:
        context = {"said": why, "refused": True, "next": _next(request, "")}
        return render(request, "timeline/duplicates.html#done", context)
    messages.error(request, why)
    home = to.get_absolute_url() if to else reverse("duplicates")
    return redirect(_next(request, home))


def _wrong(form: forms.Form, otherwise: str = "") -> str:
    """The first sentence that says what is wrong with what was sent."""
    return next((str(e) for errors in form.errors.values() for e in errors), otherwise)


def _next(request: HttpRequest, home: str) -> str:
    """Where the editor came from, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and safe else home


def _editor(request: HttpRequest) -> User:
    return cast(User, request.user)  # `for_editors` lets nobody else in
