"""The contributors' pages: upload, its status, the list of articles, one article."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.defaults import bad_request as stock_bad_request

from timeline.card import Card, Dating
from timeline.models import Event
from timeline.presenting import cards, grouped

from . import marking, tasks
from .filters import ArticleFilter
from .forms import DayForm, UploadForm
from .http import MemberRequest
from .models import Article

PAGE_SIZE = 50


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if article := form.submit(by=request.user):
            return redirect("upload_status", article.pk)
    return render(request, "articles/upload.html", {"form": form})


@login_required
@require_POST
def upload_preview(request: MemberRequest) -> HttpResponse:
    """What would be read. Nothing is stored."""
    form = UploadForm(request.POST, request.FILES)
    form.full_clean()
    return render(request, "articles/upload.html#preview", {"form": form, "is_preview": True})


@login_required
@require_http_methods(["GET", "POST"])
def upload_status(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the reading is. htmx asks again until it is over; 204 when nothing changed since."""
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.answer(article, by=request.user):
        return redirect("upload_status", pk)
    if request.htmx and request.GET.get("seen") == article.state:
        return HttpResponse(status=204)
    part = "#progress" if request.htmx else ""
    return render(request, f"articles/status.html{part}", _progress(article, form))


def _progress(article: Article, form: DayForm) -> dict[str, Any]:
    return {
        "article": article,
        "day_form": form,
        "steps": _steps(article.state),
        "polled": article.state in Article.UNFINISHED,
        "found": marking.found(_notes(article)) if article.state == "done" else [],
    }


def _steps(state: str) -> list[tuple[str, str]]:
    """Each step's stage (over, now, ahead or failed) and label."""
    labels = dict(Article.STATES)
    if state == "failed":
        return [("over", labels["received"]), ("failed", labels["failed"])]
    keys = [key for key in labels if key != "failed" and (key != "waiting" or state == "waiting")]
    here = keys.index(state) + (state == "done")
    stages = ["over"] * here + ["now"] + ["ahead"] * len(keys)
    return list(zip(stages, [labels[key] for key in keys], strict=False))


def _notes(article: Article) -> list[marking.Note]:
    """Of the mentions those whose events readers see."""
    mentions = article.mentions.filter(event__in=Event.objects.shown())
    return marking.numbered(mentions.select_related("event").prefetch_related("passages"))


@login_required
@require_POST
def upload_again(request: MemberRequest, pk: int) -> HttpResponse:
    tasks.retry(get_object_or_404(Article, pk=pk))
    return redirect("upload_status", pk)


@require_GET
def article_list(request: HttpRequest) -> HttpResponse:
    form = ArticleFilter(request.GET)
    page = list(form.apply(Article.objects.listed())[: PAGE_SIZE + 1])
    more = len(page) > PAGE_SIZE
    context = {
        "form": form,
        "page": page[:PAGE_SIZE],
        "older": form.query(before=page[PAGE_SIZE - 1].pk) if more else None,
        "newest": form.query() if form.is_paged else None,
    }
    return render(request, "articles/list.html", context)


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its sentences marked; for strangers, unless its outlet is free, they alone."""
    articles = Article.objects.select_related("outlet", "copy_of__outlet")
    article = get_object_or_404(articles, pk=pk)
    notes = _notes(article)
    in_full = request.user.is_authenticated or bool(article.outlet and article.outlet.free)
    mark = marking.whole if in_full else marking.sentences
    found = marking.found(notes)
    context = {
        "article": article,
        "in_full": in_full,
        "blocks": mark(article.text, notes),
        "found": found,
        "line": _line(found),
        "copies": article.copies.select_related("outlet", "copy_of").order_by("published", "pk"),
    }
    return render(request, "articles/article.html", context)


def _line(found: list[marking.Found]) -> list[tuple[Dating, list[tuple[marking.Found, Card]]]]:
    """The events under their days, the oldest first, undated ones last."""
    entries = {entry.event.pk: entry for entry in found}
    days = {pk: entry.event.sort_day or dt.date.max for pk, entry in entries.items()}
    order = sorted(entries, key=lambda pk: (days[pk], entries[pk].number))
    return [
        (group.dating, [(entries[card.id], card) for card in group.cards])
        for group in grouped(cards(order), "happened")
    ]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says so when more was sent than a form may carry; else Django's own page."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "articles/too_much.html", status=413)
    return stock_bad_request(request, exception)
