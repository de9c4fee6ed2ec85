"""What contributors send: an article, and the day it was published."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from timeline import datebox
from timeline.dates import DateValue, Precision, words

from . import copies, ingest, readers, tasks
from .extraction import NotEnglish
from .extraction.english import is_english
from .extraction.publication import Proposal, propose
from .extraction.text import Layout, lay_out
from .models import Article, Outlet

MOST_OUTLETS = 500
"""Names offered to choose from; any other can be typed."""


HEAD = 20_000
"""Characters in which the day of publication is looked for: three times a long news article. A text
made of nothing but dates takes 4 seconds for so many, and time grows with the square."""


class PublicationDay(forms.CharField):
    """One day in words or numbers ("4 July 2025", "2025-07-04", "yesterday"), not in the future."""

    HELP = "For example 4 July 2025, 2025-07-04 or yesterday."
    NOT_A_DAY = "“{}” is not a single day: write the day of publication as in “4 July 2025”."
    FUTURE = "{} has not come yet anywhere in the world, so nothing was published on it."

    def __init__(self, **options: Any) -> None:
        defaults = {"label": "Day of publication", "max_length": 80, "help_text": self.HELP}
        super().__init__(**{**defaults, **options})

    def clean(self, value: Any) -> dt.date | None:
        written = super().clean(value)
        if not written:
            return None
        try:
            date = datebox.read(written, today=timezone.now().date())
        except datebox.DateBoxError as error:
            raise forms.ValidationError(str(error)) from error
        if date.precision is not Precision.DAY or date.approximate or date.uncertain:
            raise forms.ValidationError(self.NOT_A_DAY.format(written))
        if date.latest and date.latest > ingest.today_latest():
            raise forms.ValidationError(self.FUTURE.format(words(date)))
        return date.latest


class DayForm(forms.Form):
    """The answer to "When was this published?"."""

    published = PublicationDay(label_suffix="")

    def answer(self, article: Article, by: User | None) -> bool:
        """Gives the article its day; False if something is wrong, which the form then says."""
        if self.is_valid():
            tasks.answer(article, self.cleaned_data["published"], by)
        return self.is_valid()


class UploadForm(forms.Form):
    """One article, pasted or as a file. Whatever is wrong, the text that was sent comes back.

    The form answers in the data it was bound to: what a file held stands in the text box, what the
    page said about itself in the boxes that were left empty.
    """

    NOTHING = "Paste the text of an article, or choose a file."
    BOTH = (
        "A text and a file were sent, and only one of them can be taken. The text is kept here: "
        "clear it and choose the file again, or send the text as it is."
    )
    ASK = "Say when this was published. {}"
    CONFIRM = "{} Send it again to confirm {}, or correct the day."
    LIKE = "Say what this text is to the article that it is so much like."
    ANSWERS: ClassVar = [
        ("version", "A newer version of it"),
        ("copy", "The same wire text, printed elsewhere"),
        ("different", "A different article"),
    ]

    FIELD_OF: ClassVar[dict[type[ingest.Refused], str]] = {
        ingest.Empty: "text",
        ingest.TooLong: "text",
        ingest.NotText: "text",
        ingest.FutureDay: "published",
        ingest.NotAnAddress: "url",
        ingest.TooLongName: "outlet",
    }
    """Beside which box a refusal is said."""

    text = forms.Field(
        required=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text="The whole article from its headline or dateline to its last sentence. "
        "The source of a web page will do too.",
    )
    file = forms.FileField(
        required=False,
        label="Or a file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(readers.KINDS)}),
        help_text="Plain text (.txt), Markdown (.md) or a saved web page (.html), up to 4 MB.",
    )
    published = PublicationDay(
        required=False,
        help_text=f"{PublicationDay.HELP} Left empty, it is taken from the page or the text if "
        "they tell it, with the reason.",
    )
    headline = forms.CharField(required=False, max_length=500)
    outlet = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    url = forms.URLField(
        required=False,
        max_length=1000,
        label="Address of the article",
        assume_scheme="https",
        error_messages={"invalid": str(ingest.NotAnAddress())},
    )

    likeness = forms.ChoiceField(
        required=False, label="The same report", choices=ANSWERS, widget=forms.RadioSelect
    )
    asked = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """The number of the article that `likeness` was asked about."""

    data: MultiValueDict[str, str]

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
    ) -> None:
        super().__init__(data, files, label_suffix="")
        self.layout: Layout | None = None
        """How the text is laid out, once it could be read."""
        self.because = ""
        """Where the day of publication was found, or why not, when the sender did not give it."""
        self.candidates: list[str] = []
        """Other days that it may have been published, to choose from."""
        self.same: Article | None = None
        """The article that has this text already."""
        self.like: copies.Match | None = None
        """The article that has much of it."""

    @property
    def outlets(self) -> list[str]:
        return list(Outlet.objects.values_list("name", flat=True)[:MOST_OUTLETS])

    @property
    def is_begun(self) -> bool:
        """Whether there is anything yet to say something about."""
        return bool(self.files or str(self.data.get("text") or "").strip())

    # ---------- cleaning

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if read := self._read(cleaned):
            self._fill_in(read)
            cleaned["text"] = read.text
            if self._is_usable(read.text):
                self.layout = lay_out(read.text)
                self._date(cleaned, read)
                self._liken(cleaned, read.text)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> readers.ReadText | None:
        """The text as it was sent, whichever way it came; says what is wrong beside its box."""
        text, file = cleaned.get("text") or "", cleaned.get("file")
        try:
            if text.strip() and file:
                self.add_error("file", self.BOTH)
            elif file:
                return _read_upload(file)
            elif text.strip():
                return readers.read_text(text)
            elif "file" not in self.errors:
                self.add_error("text", self.NOTHING)
        except readers.NotReadable as error:
            self.add_error("file" if file else "text", str(error))
        return None

    def _fill_in(self, read: readers.ReadText) -> None:
        """What was read goes into the boxes, so that nothing is lost when the form comes back."""
        self._set("text", read.text)
        for name in ("headline", "outlet", "url"):
            if not str(self.data.get(name) or "").strip() and getattr(read, name):
                self._set(name, getattr(read, name))

    def _set(self, name: str, value: str) -> None:
        self.data = MultiValueDict({**dict(self.data.lists()), name: [value]})
        self.cleaned_data[name] = value

    def _is_usable(self, text: str) -> bool:
        if len(text) > ingest.MAX_CHARS:
            self.add_error("text", str(ingest.TooLong()))
        elif not is_english(text):
            self.add_error("text", str(NotEnglish()))
        elif same := Article.objects.filter(digest=ingest.digest_of(text)).first():
            self.same = same
            self.add_error(None, str(ingest.SameText(same)))
        return "text" in self.cleaned_data and self.same is None

    def _date(self, cleaned: dict[str, Any], read: readers.ReadText) -> None:
        """The day of publication if nobody gave it: the page's, the text's, or a question."""
        if cleaned.get("published") or "published" in self.errors:
            return
        assert self.layout
        head = lay_out(read.text[:HEAD]) if len(read.text) > HEAD else self.layout
        proposal = propose(head, today_latest=ingest.today_latest())
        if read.published and read.published <= ingest.today_latest():
            cleaned["published"], self.because = read.published, read.published_because
        elif proposal.day:
            cleaned["published"], self.because = proposal.day, proposal.because
        else:
            self._ask(proposal)

    def _ask(self, proposal: Proposal) -> None:
        """No year is taken for granted. That of a dateline's day is filled in to be confirmed."""
        self.because = proposal.because
        said = [words(DateValue.day(day)) for day in proposal.candidates]
        dateline = self.layout and self.layout.dateline
        if said and dateline and dateline.day:
            likeliest = said.pop(0)
            self._set("published", likeliest)
            sentence = self.CONFIRM.format(proposal.because, likeliest)
        else:
            sentence = self.ASK.format(proposal.because)
        self.candidates = said
        self.add_error("published", sentence)

    def _liken(self, cleaned: dict[str, Any], text: str) -> None:
        """Asks what the text is to the article that it is like, unless that was answered."""
        self.like = copies.nearest(text)
        if self.like is None:
            cleaned["likeness"] = ""
        elif not cleaned.get("likeness") or cleaned.get("asked") != self.like.article.pk:
            self._set("asked", str(self.like.article.pk))
            self._set("likeness", "")
            self.add_error("likeness", self.LIKE)

    # ---------- what was read, for the preview

    @property
    def dateline(self) -> str:
        line = self.layout and self.layout.dateline
        return self.layout.text[line.start : line.end] if self.layout and line else ""

    @property
    def day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get("published")
        return day

    @property
    def paragraphs(self) -> int:
        kinds = [p.kind for p in self.layout.paragraphs] if self.layout else []
        return kinds.count("prose")

    @property
    def characters(self) -> str:
        return f"{len(self.layout.text) if self.layout else 0:,}"

    @property
    def only_asks(self) -> bool:
        """Whether nothing is wrong, and there is only a question to answer."""
        return self.errors.keys() == {"likeness"}

    @property
    def difference(self) -> copies.Difference | None:
        """What only the text says, and what only the article that it is like."""
        if not self.like or not self.layout:
            return None
        return copies.Difference.between(self.layout.text, self.like.article)

    # ---------- sending

    def submit(self, by: User | None) -> Article | None:
        """Stores the article and has it read; None if something is wrong, which the form then says."""
        if not self.is_valid():
            return None
        sent = {k: value for k, value in self.cleaned_data.items() if k not in ("file", "asked")}
        try:
            return tasks.submit(**sent, published_because=self.because, by=by)
        except ingest.Refused as refusal:
            self.same = refusal.article
            self.add_error(self.FIELD_OF.get(type(refusal)), str(refusal))
            return None


def _read_upload(file: UploadedFile[bytes]) -> readers.ReadText:
    if (file.size or 0) > readers.LARGEST:
        raise readers.TooLarge
    return readers.read_file(file.name or "", file.read())
