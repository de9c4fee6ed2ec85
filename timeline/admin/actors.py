"""Actors in the admin: their names, the aliases that articles use, and whom they act for when."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from timeline.models import Actor, Role

from .fields import Lines

if TYPE_CHECKING:
    ActorModelAdmin = admin.ModelAdmin[Actor]
    ActorModelForm = forms.ModelForm[Actor]
    RoleTabularInline = admin.TabularInline[Role, Actor]
else:
    # They take no parameters at run time.
    ActorModelAdmin, ActorModelForm = admin.ModelAdmin, forms.ModelForm
    RoleTabularInline = admin.TabularInline


class ActorForm(ActorModelForm):
    aliases = Lines(
        required=False,
        rows=8,
        help_text="One a line. The next article that is read knows the actor by them too.",
    )

    class Meta:
        model = Actor
        fields = ("name", "slug", "kind", "sort_name", "aliases")
        help_texts: ClassVar[dict[str, str]] = {
            "name": "Decisions and exports carry it: once it is set, add aliases instead.",
            "sort_name": "How it stands in lists, in small letters: “putin vladimir”.",
        }


class RoleInline(RoleTabularInline):
    model = Role
    fk_name = "person"
    autocomplete_fields = ("side",)
    extra = 0


@admin.register(Actor)
class ActorAdmin(ActorModelAdmin):
    form = ActorForm
    fields = ("name", "slug", "kind", "sort_name", "aliases")
    inlines = (RoleInline,)
    list_display = ("name", "kind", "also")
    list_filter = ("kind",)
    list_per_page = 100
    search_fields = ("name", "aliases")
    search_help_text = "Any part of a name or an alias."

    @admin.display(description="also called")
    def also(self, actor: Actor) -> str:
        return ", ".join(actor.aliases)

    def get_readonly_fields(self, request: HttpRequest, obj: Actor | None = None) -> Any:
        """A name in use stays, for decisions hold it; so does the address, for readers do."""
        return ("name", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Actor | None = None) -> Any:
        return {} if obj else {"slug": ("name",)}
