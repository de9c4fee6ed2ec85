"""Events in the admin: found and reviewed in a list, corrected on a page beside their evidence."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from timeline import record
from timeline.models import Actor, Event
from timeline.pairs import NEVER_MORE
from timeline.querysets import EventQuerySet

from . import desk
from .form import FIELDS, EventForm

if TYPE_CHECKING:
    EventModelAdmin = admin.ModelAdmin[Event]
else:
    EventModelAdmin = admin.ModelAdmin  # takes no parameter at run time

PAGE = "admin/timeline/event/change_form.html"
SOME = "Select from two to {} events."
NO_REASON = "Say in the box beside the action why these are no events."
Verb = Callable[..., Event]


class ReasonForm(ActionForm):
    """An action on the selected events, and why."""

    reason = forms.CharField(required=False, max_length=2000, label="Reason:")


class StandingFilter(admin.SimpleListFilter):
    """Whether an article still tells of the event."""

    title = "standing"
    parameter_name = "standing"
    STANDINGS: ClassVar[dict[str, dict[str, Any]]] = {
        "told": {"lost_at": None, "withdrawn_at": None},
        "lost": {"lost_at__isnull": False},
        "withdrawn": {"withdrawn_at__isnull": False},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("told", "Told by an article"),
            ("lost", "No longer found, kept"),
            ("withdrawn", "Withdrawn"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**self.STANDINGS.get(self.value() or "", {}))


@admin.register(Event)
class EventAdmin(EventModelAdmin):
    form = EventForm
    change_form_template = PAGE
    action_form = ReasonForm
    actions = ("confirm_selected", "reject_selected", "merge_selected")
    list_display = (
        *("when", "title", "type", "status", "who"),
        *("articles", "sure", "standing", "notes"),
    )
    list_display_links = ("title",)
    list_filter = (
        *("type", "status", "precision", "review", "differs", "corrected"),
        StandingFilter,
    )
    list_per_page = 50
    ordering = (F("sort_day").desc(nulls_last=True), "confidence", "-pk")
    """Within a day the least sure first: the events that nobody has reviewed are a queue."""
    search_fields = ("title",)
    search_help_text = "Whole words of the title, the actors or the evidence, as on the timeline."
    show_full_result_count = False

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["admin-desk.css"]}

    # ---------- the list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).prefetch_related("participations__actor")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        events = cast(EventQuerySet, queryset)
        return (events.telling(search_term) if search_term.strip() else events), False

    @admin.display(description="date", ordering="sort_day")
    def when(self, event: Event) -> str:
        return format_html("{} <small>{}</small>", event.date, event.precision)

    @admin.display(description="actors")
    def who(self, event: Event) -> str:
        return ", ".join(p.actor.name for p in event.participations.all())

    @admin.display(description="articles", ordering="article_count")
    def articles(self, event: Event) -> int:
        return event.article_count

    @admin.display(description="how sure", ordering="confidence")
    def sure(self, event: Event) -> str:
        """That the articles were read rightly; an editor's word needs no such number."""
        return "" if event.review == "confirmed" else f"{event.confidence:.0%}"

    @admin.display(description="notes", ordering="differs", empty_value="")
    def notes(self, event: Event) -> str:
        said = {"Accounts differ": event.differs, "Corrected": event.corrected}
        return ", ".join(note for note, holds in said.items() if holds)

    @admin.display(description="review", ordering="review")
    def standing(self, event: Event) -> str:
        if event.withdrawn_at:
            return "Merged" if event.merged_into_id else "Withdrawn"
        return "No longer found" if event.lost_at else event.get_review_display()

    @admin.action(permissions=["change"], description="Confirm the selected events")
    def confirm_selected(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        self._review(request, queryset, record.confirm, "confirmed")

    @admin.action(permissions=["change"], description="Reject the selected events")
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        if request.POST.get("reason", "").strip():
            self._review(request, queryset, record.reject, "rejected")
        else:
            self.message_user(request, NO_REASON, messages.ERROR)

    @admin.action(permissions=["change"], description="Merge the selected events")
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Event]
    ) -> HttpResponse | None:
        """To the page that shows them before and after, and asks."""
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True))
        if not 2 <= len(chosen) <= NEVER_MORE:
            self.message_user(request, SOME.format(NEVER_MORE), messages.ERROR)
            return None
        query = QueryDict(mutable=True)
        query.setlist("event", [str(pk) for pk in chosen])
        query["next"] = request.get_full_path()
        return HttpResponseRedirect(f"{reverse('compare')}?{query.urlencode()}")

    def _review(
        self, request: HttpRequest, queryset: QuerySet[Event], verb: Verb, done: str
    ) -> None:
        """All or none, in the order of ids, in which everything else locks events too."""
        reason = request.POST.get("reason", "").strip()
        chosen = list(queryset.order_by("pk"))
        waiting = [event for event in chosen if event.review != done]
        try:
            with transaction.atomic():
                for event in waiting:
                    verb(event, _editor(request), reason)
        except record.RecordError as error:
            return self.message_user(request, str(error), messages.ERROR)
        told = f"{len(waiting)} event{pluralize(len(waiting))} {done}."
        same = len(chosen) - len(waiting)
        return self.message_user(request, f"{told} {same} had been so before." if same else told)

    # ---------- one event

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("date/", guard(self.date_view), name="timeline_event_date"),
            path("actors/", guard(self.actors_view), name="timeline_event_actors"),
            *super().get_urls(),
        ]

    def date_view(self, request: HttpRequest) -> HttpResponse:
        """What the date box understands of ?date=."""
        echo = desk.echo(request.GET.get("date", ""))
        return render(request, f"{PAGE}#echo", {"echo": echo})

    def actors_view(self, request: HttpRequest) -> HttpResponse:
        """Actors whose names or aliases hold ?like=."""
        like = request.GET.get("like", "").strip()
        found = Actor.objects.like(like)[:8] if like else []
        return render(request, f"{PAGE}#found", {"found": found, "like": like})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """What is said of a merged event is said of the one that took it in."""
        merged = obj is not None and obj.merged_into_id is not None
        return not merged and super().has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        return [(None, {"fields": FIELDS})]

    def get_form(
        self, request: HttpRequest, obj: Event | None = None, change: bool = False, **kwargs: Any
    ) -> type[EventForm]:
        form = cast(type[EventForm], super().get_form(request, obj, change, **kwargs))
        form.offered = request.GET.get("date", "")  # the class was made for this request alone
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        context |= desk.context(form.instance, form)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        """Through the record's verbs alone, in one transaction with the check of `seen`."""
        by, reason = _editor(request), form.cleaned_data["reason"]
        for field, value in form.corrections.items():
            record.correct(obj, field, value, by, reason)
        match form.verb:
            case "confirm":
                record.confirm(obj, by, reason)
            case "reject":
                record.reject(obj, by, reason)
            case "release":
                record.release(obj, form.released, by, reason)
        obj.refresh_from_db()
        said = _done(form)
        self.message_user(
            request,
            said or "Nothing was changed.",
            messages.SUCCESS if said else messages.WARNING,
        )

    def save_related(self, *args: Any, **kwargs: Any) -> None:
        """The verbs have saved who takes part."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return _done(form) or "Nothing was changed."

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        """Back to the list after "Save", else to the page: its state is the answer."""
        if "_save" in request.POST:
            return self.response_post_save_change(request, obj)
        filters = self.get_preserved_filters(request)
        preserved: dict[str, Any] = {"preserved_filters": filters, "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(preserved, request.path))


def _editor(request: HttpRequest) -> User:
    return cast(User, request.user)  # the admin lets nobody else in


def _done(form: EventForm) -> str:
    """What was done, in a sentence or two; "" if nothing."""
    said = [f"Corrected: {', '.join(form.corrections)}."] if form.corrections else []
    match form.verb:
        case "confirm":
            said.append("Confirmed.")
        case "reject":
            said.append("Rejected: readers no longer see this event.")
        case "release" if form.released == "review":
            said.append("The review was taken back.")
        case "release":
            said.append(f"Given back to the parser: {form.released}.")
    return " ".join(said)
