"""The date of an event or of a mention, as columns that the database itself keeps honest."""

import datetime as dt
from functools import reduce
from operator import and_
from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractDay, Mod
from django.db.models.lookups import Exact

from .dates import OPEN_END, Basis, DateValue, Precision

PRECISIONS = [(p.value, p.value) for p in Precision]
BASES = [(b.value, b.value) for b in Basis]


def _days_from(field: str, days: dt.timedelta) -> Cast:
    """The day that lies `days` after the one in `field`."""
    shifted = ExpressionWrapper(F(field) + Value(days), output_field=models.DateTimeField())
    return Cast(shifted, models.DateField())


def _span() -> Case:
    """DateValue.window in SQL; ends in the wrong order give NULL, so that a CHECK can refuse them."""
    return Case(
        When(earliest__isnull=True, latest__isnull=True, then=None),
        When(earliest__gt=F("latest"), then=None),
        default=Func(
            Coalesce(F("earliest"), _days_from("latest", -OPEN_END)),
            Coalesce(F("latest"), _days_from("earliest", OPEN_END)),
            Value("[]"),
            function="daterange",
            output_field=DateRangeField(),
        ),
        output_field=DateRangeField(),
    )


_ENDS_MONTH = Q(Exact(ExtractDay(_days_from("latest", dt.timedelta(days=1))), 1))
_SAME_YEAR = Q(latest__year=F("earliest__year"))
_THREE_MONTHS = Q(earliest__day=1) & _SAME_YEAR & Q(latest__month=F("earliest__month") + 2)
_WINTER = (
    Q(earliest__day=1, earliest__month=12)
    & Q(latest__year=F("earliest__year") + 1)
    & Q(latest__month=2)
)
_SHAPES: dict[Precision, Q] = {
    Precision.DAY: Q(latest=F("earliest")),
    Precision.WEEK: Q(earliest__iso_week_day=1)
    & Q(latest=_days_from("earliest", dt.timedelta(days=6))),
    Precision.MONTH: Q(earliest__day=1)
    & _SAME_YEAR
    & Q(latest__month=F("earliest__month"))
    & _ENDS_MONTH,
    Precision.QUARTER: Q(earliest__month__in=(1, 4, 7, 10)) & _THREE_MONTHS & _ENDS_MONTH,
    Precision.SEASON: (Q(earliest__month__in=(3, 6, 9)) & _THREE_MONTHS | _WINTER) & _ENDS_MONTH,
    Precision.YEAR: Q(earliest__day=1, earliest__month=1, latest__day=31, latest__month=12)
    & _SAME_YEAR,
    Precision.DECADE: Q(earliest__day=1, earliest__month=1, latest__day=31, latest__month=12)
    & Q(latest__year=F("earliest__year") + 9)
    & Q(Exact(Mod(F("earliest__year"), 10), 0)),
}
_BOTH = Q(earliest__isnull=False, latest__isnull=False)
_NEITHER = Q(earliest__isnull=True, latest__isnull=True)
_ENDS = (
    Q(precision="none") & _NEITHER
    | Q(precision="bound") & ~_BOTH & ~_NEITHER
    | Q(precision__in=[p.value for p in Precision if p not in ("none", "bound")]) & _BOTH
)


def _name(what: str) -> str:
    return f"%(app_label)s_%(class)s_date_{what}"


class Dated(models.Model):
    """Columns of a DateValue, its basis and its reason; `span` is NULL when undated."""

    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=8, choices=PRECISIONS, default=Precision.NONE.value)
    lasting = models.BooleanField(default=False)
    approximate = models.BooleanField(default=False)
    uncertain = models.BooleanField(default=False)
    basis = models.CharField(max_length=12, choices=BASES, default=Basis.NONE.value)
    because = models.TextField(blank=True)
    span = models.GeneratedField(
        expression=_span(), output_field=DateRangeField(), db_persist=True, editable=False
    )
    sort_day = models.GeneratedField(
        expression=Coalesce("latest", "earliest"),
        output_field=models.DateField(null=True),
        db_persist=True,
        editable=False,
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(earliest__isnull=True)
                | Q(latest__isnull=True)
                | Q(earliest__lte=F("latest")),
                name=_name("in_order"),
                violation_error_message="The last day comes before the first.",
            ),
            models.CheckConstraint(
                condition=_ENDS,
                name=_name("ends"),
                violation_error_message="A bound has one end, an undated event none, every other date both.",
            ),
            models.CheckConstraint(
                condition=reduce(
                    and_, (~Q(precision=p.value) | shape for p, shape in _SHAPES.items())
                ),
                name=_name("shape"),
                violation_error_message="The days do not fill the day, week, month or year that the precision names.",
            ),
            models.CheckConstraint(
                condition=~Q(approximate=True, uncertain=True),
                name=_name("flags"),
                violation_error_message="A date is approximate or uncertain, not both.",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=[p.value for p in Precision]),
                name=_name("precision"),
                violation_error_message="This is not a precision that the record knows.",
            ),
        ]

    @property
    def date(self) -> DateValue:
        return DateValue(
            self.earliest,
            self.latest,
            Precision(self.precision),
            lasting=self.lasting,
            approximate=self.approximate,
            uncertain=self.uncertain,
        )

    @date.setter
    def date(self, value: DateValue) -> None:
        self.earliest, self.latest = value.earliest, value.latest
        self.precision = value.precision.value
        self.lasting = value.lasting
        self.approximate, self.uncertain = value.approximate, value.uncertain
