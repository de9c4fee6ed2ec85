"""What the list of articles is asked."""

from django import forms
from django.http import QueryDict

from .models import Outlet
from .querysets import ArticleQuerySet


class ArticleFilter(forms.Form):
    """The query string of the list of articles."""

    q = forms.CharField(required=False, max_length=200, label="Words of the headline")
    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        required=False,
        to_field_name="slug",
        empty_label="Any outlet",
        error_messages={"invalid_choice": "There is no such outlet here: all are shown."},
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    """The number of the last article on the page before."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, label_suffix="")
        self.full_clean()

    @property
    def asks(self) -> bool:
        return bool(self.cleaned_data.get("q") or self.cleaned_data.get("outlet"))

    @property
    def is_paged(self) -> bool:
        return bool(self.cleaned_data.get("before"))

    def apply(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """What was asked for and could be understood, the last to come in first."""
        asked = self.cleaned_data
        if asked.get("q"):
            articles = articles.filter(headline__icontains=asked["q"])
        if asked.get("outlet"):
            articles = articles.filter(outlet=asked["outlet"])
        if asked.get("before"):
            articles = articles.filter(pk__lt=asked["before"])
        return articles.order_by("-pk")

    def query(self, before: int | None = None) -> str:
        """The query string that asks the same, from the article `before` on."""
        query = QueryDict(mutable=True)
        for name in ("q", "outlet"):
            if self.cleaned_data.get(name):
                query[name] = self.data[name]
        if before:
            query["before"] = str(before)
        return query.urlencode()
