"""Articles and outlets in the admin: what came in, how its reading went, and reading it again."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from timeline import record
from timeline.models import Event

from . import copies, joining, tasks
from .forms import PublicationDay
from .models import Article, Mention, Outlet

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
    ArticleModelForm = forms.ModelForm[Article]
    OutletModelAdmin = admin.ModelAdmin[Outlet]
    MentionTabularInline = admin.TabularInline[Mention, Article]
else:
    # They take no parameters at run time.
    ArticleModelAdmin = OutletModelAdmin = admin.ModelAdmin
    ArticleModelForm, MentionTabularInline = forms.ModelForm, admin.TabularInline

GIVEN = ("headline", "outlet", "url", "published", "copy_of", "likeness")
"""What an editor may set right; all else comes from the upload or from the reading."""
NOT_ITSELF = "An article is not a copy of itself: choose another one."
WHAT_IT_IS = "Say what the article is to that one; “a different article” counts for itself."
TO_WHICH = (
    "Choose the article that it is like; if it is none of its kind, say “a different article”."
)
BEING_READ = "This article is being read at this moment. Wait until that is done, then save again."


@admin.register(Outlet)
class OutletAdmin(OutletModelAdmin):
    fields = ("name", "slug", "free")
    list_display = ("name", "slug", "free")
    list_editable = ("free",)
    list_filter = ("free",)
    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Outlet | None = None) -> Any:
        """Its address stays, for filters and links hold it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Outlet | None = None) -> Any:
        return {} if obj else {"slug": ("name",)}


class ArticleForm(ArticleModelForm):
    published = PublicationDay(required=False)

    class Meta:
        model = Article
        fields = GIVEN

    @cached_property
    def changed_data(self) -> list[str]:
        """The day of publication changed if it is another day, not if it is written otherwise."""
        same = self.cleaned_data.get("published") == self.initial.get("published")
        return [name for name in super().changed_data if not (same and name == "published")]

    def clean(self) -> dict[str, Any] | None:
        """Holds the row until the end of the transaction: a worker at it would save over this."""
        state = Article.objects.select_for_update().values_list("state", flat=True)
        if state.get(pk=self.instance.pk) in Article.UNFINISHED:
            raise forms.ValidationError(BEING_READ)
        if self.instance.published and "published" in self.cleaned_data:
            self._keep_a_day()
        if {"copy_of", "likeness"} & set(self.changed_data):
            self._say_what_it_is()
        return self.cleaned_data

    def _keep_a_day(self) -> None:
        if not self.cleaned_data["published"]:
            self.add_error("published", "An article keeps a day of publication: write another one.")

    def _say_what_it_is(self) -> None:
        """Both or neither: what it is, and to which other article."""
        other, likeness = self.cleaned_data.get("copy_of"), self.cleaned_data.get("likeness")
        if other and other == self.instance:
            self.add_error("copy_of", NOT_ITSELF)
        elif other and not likeness:
            self.add_error("likeness", WHAT_IT_IS)
        elif not other and "copy_of" not in self.errors and (likeness or self.instance.alike):
            self.add_error("copy_of", TO_WHICH)


class MentionInline(MentionTabularInline):
    """What the parser read; events are corrected on their own pages."""

    model = Mention
    fields = readonly_fields = (
        "evidence",
        "told",
        "type",
        "status",
        "when",
        "because",
        "type_because",
    )
    can_delete = False
    extra = 0
    max_num = 0
    ordering = ("start", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        return super().get_queryset(request).select_related("event")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="event")
    def told(self, mention: Mention) -> str:
        address = reverse("admin:timeline_event_change", args=[mention.event_id])
        return format_html('<a href="{}">{}</a>', address, mention.event)

    @admin.display(description="date")
    def when(self, mention: Mention) -> str:
        return str(mention.date)


@admin.register(Article)
class ArticleAdmin(ArticleModelAdmin):
    form = ArticleForm
    inlines = (MentionInline,)
    actions = ("read_again",)
    autocomplete_fields = ("outlet", "copy_of")
    fieldsets = (
        (None, {"fields": ("headline", "outlet", "url", "published", "published_because")}),
        (
            "Near-copy",
            {
                "fields": ("copy_of", "likeness", "alike_by", "likeness_by"),
                "description": "Versions and copies count as one source with the article that they "
                "are like; a different article counts for itself.",
            },
        ),
        ("How it was read", {"fields": ("state", "failure", "outcome", "read_at")}),
        ("Text", {"fields": ("text",), "classes": ("collapse",)}),
        (
            "Where it comes from",
            {
                "fields": ("key", "uploaded_by", "received_at", "agency", "parser_version"),
                "classes": ("collapse",),
            },
        ),
    )
    list_display = ("title", "outlet", "published", "state", "events", "received_at", "failure")
    list_filter = ("state", "likeness", ("outlet", admin.RelatedOnlyFieldListFilter))
    list_per_page = 50
    search_fields = ("headline", "url", "key")
    show_full_result_count = False

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["admin-desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.listed()

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        told = [name for _, options in self.fieldsets for name in options["fields"]]
        busy = obj is not None and obj.state in Article.UNFINISHED
        return [name for name in told if busy or name not in GIVEN]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by the upload page, which reads the day and refuses the same text."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Not while it is read: the worker would store it again."""
        busy = obj is not None and obj.state in Article.UNFINISHED
        return not busy and super().has_delete_permission(request, obj)

    @admin.display(description="article", ordering="headline")
    def title(self, article: Article) -> str:
        return str(article)

    @admin.display(description="events", ordering="event_count")
    def events(self, article: Any) -> int:
        return int(article.event_count)

    @admin.display(description="outcome")
    def outcome(self, article: Article) -> str:
        return str(article.summary.get("words", "-"))

    @admin.display(description="how much")
    def alike_by(self, article: Article) -> str:
        share = article.hundredths_alike
        return "-" if share is None else f"{share} % of all that either says is in both"

    @admin.action(permissions=["change"], description="Read the selected articles again")
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Only those that were read or failed: the others are under way or wait for their day."""
        chosen = list(queryset.order_by("pk"))
        ready = [article for article in chosen if article.state in ("done", "failed")]
        for article in ready:
            tasks.retry(article)
        if ready:
            self.message_user(
                request, f"{len(ready)} article{pluralize(len(ready))} will be read again."
            )
        if left := len(chosen) - len(ready):
            said = f"{left} left as {pluralize(left, 'it is,they are')}: under way already, or waiting for a day of publication."
            self.message_user(request, said, messages.WARNING)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Another day of publication has the article read again; another outlet counts anew."""
        by = cast(User, request.user)  # the admin lets nobody else in
        changed = set(form.changed_data)
        if "published" in changed and obj.state == "waiting":
            obj.save(update_fields=sorted(changed - {"published"}))
            tasks.answer(obj, form.cleaned_data["published"], by)
        elif "published" in changed:
            obj.published_because = f"The day was given by {by.get_username()}."
            obj.save(update_fields=sorted(changed | {"published_because"}))
            tasks.retry(obj)
        else:
            obj.save(update_fields=sorted(changed))
        if obj.copy_of and changed & {"copy_of", "likeness"}:
            copies.decide(obj, by)
        if counted := changed & {"outlet", "copy_of", "likeness"}:
            told = _told(Article.objects.filter(pk=obj.pk))
            record.resettle(told, "outlet" if "outlet" in counted else "likeness", by)
        if "published" in changed:
            self.message_user(request, "The article will be read again with this day.")

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        self.delete_queryset(request, Article.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Its events are settled from what is left; those without any are withdrawn or kept."""
        with transaction.atomic():
            joining.remove(queryset, cast(User, request.user))


def _told(articles: QuerySet[Article]) -> list[int]:
    """The events that these articles tell of."""
    told = Event.objects.filter(mentions__article__in=articles)
    return list(told.order_by("pk").values_list("pk", flat=True).distinct())
