"""The readers' pages."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from . import exports
from .census import Census
from .chips import chips
from .citing import Citation
from .company import counterparts, event_counts
from .dossiers import came_from, desk, history, related, roles, why_type
from .filters import FilterForm
from .http import HtmxRequest
from .models import Actor, Event
from .overview import overview
from .paging import paged
from .pairs import alike
from .presenting import cards, grouped
from .querysets import EventQuerySet
from .rail import rail
from .sampling import MOST_COUNTED
from .spelling import nearest_actors

PAGE = 50
"""Events on a page."""
ACTORS = 120
"""Actors on a page of the index."""
SUGGESTIONS = 12


@require_safe
@vary_on_headers("HX-Request")
def timeline(request: HtmxRequest) -> HttpResponse:
    """A request by htmx gets the results alone, or, past the first page, the page alone."""
    filters = FilterForm(request.GET)
    if request.htmx and filters.cleaned_data["after"]:
        found = filters.apply(Event.objects.shown())[: MOST_COUNTED + 1].count()
        return render(request, "timeline/results.html#page", _listing(filters, found))
    census = Census(filters, Event.objects.shown())
    context = _listing(filters, census.count) | _results(census) | {"rail": rail(census)}
    if request.htmx:
        response = render(request, "timeline/timeline.html#answer", context)
        address = f"{reverse('timeline')}?{filters.link()}".removesuffix("?")
        # Enter in a box is a change and a submission: two answers, one step for Back to undo.
        if request.htmx.current_url_abs_path != address:
            push_url(response, address)
        return response
    return render(request, "timeline/timeline.html", context)


def _listing(filters: FilterForm, count: int) -> dict[str, object]:
    """One page of the events found, which are so many."""
    page = paged(
        filters.apply(Event.objects.shown()),
        order=filters.in_order,
        clock=filters.by_clock,
        after=filters.cleaned_data["after"],
        size=PAGE,
        few=count <= MOST_COUNTED,
    )
    after = filters.cleaned_data["after"]
    shown = cards([after.id, *page.ids] if after else page.ids)
    last = shown.pop(0) if shown and after and shown[0].id == after.id else None
    return {
        "filters": filters,
        "groups": grouped(shown, filters.by_clock, last),
        "more": filters.link(after=str(page.next)) if page.next else "",
    }


def _results(census: Census) -> dict[str, object]:
    """What stands above the list."""
    filters = census.filters
    return {
        "overview": overview(census),
        "chips": chips(filters),
        "query": filters.link(),
        "continued": filters.cleaned_data["after"],
        "record_is_empty": not (census.count or census.events.exists()),
    }


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Event, pk=pk)
    if found.merged_into_id:
        # Not for good: a merge can be undone.
        end = Event.objects.filter(pk=pk).survivors()[pk]
        return redirect(f"{reverse('event', args=[end])}?merged={pk}")
    if found.withdrawn_at or found.review == "rejected":
        decision = found.overrides.filter(field="review").first()
        gone = {"event": found, "decision": decision}
        return render(request, "timeline/gone.html", gone, status=410)
    card, *near = cards([found.pk, *related(found)])
    held = roles(found)
    context = {
        "event": found,
        "card": card,
        "parts": [(actor, held.get(actor.slug, [])) for actor in card.actors],
        "why_type": why_type(found, card),
        "history": history(found),
        "related": near,
        "alike": alike(found),
        "citation": Citation(
            card, request.build_absolute_uri(found.get_absolute_url()), timezone.now().date()
        ),
        "came_from": came_from(request.GET.get("merged", ""), found),
    }
    if request.user.has_perm("timeline.change_event"):
        context |= desk(found)
    return render(request, "timeline/event.html", context)


@require_safe
@vary_on_headers("HX-Request")
def actors(request: HtmxRequest) -> HttpResponse:
    """The index; a request by htmx gets suggestions for what is being typed."""
    if request.htmx:
        typed = request.GET.get("actor", "").replace("\0", "").strip()
        named = _named(typed) if typed else []
        return render(request, "timeline/actors.html#suggestions", {"suggestions": named})
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    rows = Actor.objects.like(text) if text else Actor.objects.all()
    near = nearest_actors(text, SUGGESTIONS) if text and not rows.exists() else []
    if after := Actor.objects.filter(slug=request.GET.get("after", "").replace("\0", "")).first():
        rows = rows.filter(
            Q(sort_name__gt=after.sort_name) | Q(sort_name=after.sort_name, pk__gt=after.pk)
        )
    page = list(rows.order_by("sort_name", "pk")[: ACTORS + 1])
    counts = event_counts(page[:ACTORS])
    more = QueryDict(mutable=True)
    if len(page) > ACTORS:
        more.update({"q": text, "after": page[ACTORS - 1].slug})
    shown = [(actor, counts[actor.pk]) for actor in page[:ACTORS]]
    context = {"actors": shown, "near": near, "q": text, "more": more.urlencode()}
    return render(request, "timeline/actors.html", context)


def _named(text: str) -> list[Actor]:
    """Whose names hold the text; else those spelt nearly so."""
    return list(Actor.objects.like(text)[:SUGGESTIONS]) or nearest_actors(text, SUGGESTIONS)


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Actor, slug=slug)
    query = QueryDict(mutable=True)
    query["actor"] = found.slug
    filters = FilterForm(query)
    context = {
        "actor": found,
        "roles": found.roles.select_related("side"),
        "people": found.people.select_related("person"),
        "counterparts": counterparts(found, timezone.now().date()),
    }
    census = Census(filters, Event.objects.shown())
    context |= _listing(filters, census.count) | _results(census)
    return render(request, "timeline/actor.html", context)


@require_safe
def events_json(request: HttpRequest) -> HttpResponseBase:
    return _export(request, exports.FORMATS["json"], "application/json", "json")


@require_safe
def events_csv(request: HttpRequest) -> HttpResponseBase:
    return _export(request, exports.FORMATS["csv"], "text/csv; charset=utf-8", "csv")


def _export(
    request: HttpRequest, stream: Callable[[EventQuerySet], Iterator[str]], kind: str, suffix: str
) -> HttpResponseBase:
    """All that the filter finds; parameters that were not used are named in a header."""
    filters = FilterForm(request.GET)
    body = stream(filters.apply(Event.objects.shown()))
    response = StreamingHttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="events.{suffix}"'
    if filters.notes:
        names = dict.fromkeys(quote(note.parameter) for note in filters.notes)
        response["X-Ignored-Parameters"] = ", ".join(names)
    return response


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process and its database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Every page may be read; filters make addresses without end, so none of them is followed."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For pages that name no icon, such as the admin's."""
    return redirect(static("favicon.svg"), permanent=True)
