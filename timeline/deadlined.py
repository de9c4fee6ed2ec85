"""The deadline that a threat or demand sets, as columns beside those of its own date."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .dated import BASES, PRECISIONS
from .dates import Basis, DateValue, Precision

_BOTH = Q(deadline_earliest__isnull=False, deadline_latest__isnull=False)
_NEITHER = Q(deadline_earliest__isnull=True, deadline_latest__isnull=True)
_ENDS: dict[Precision, Q] = {
    **dict.fromkeys(Precision, _BOTH),
    Precision.NONE: _NEITHER,
    Precision.BOUND: ~_BOTH & ~_NEITHER,
}


class Deadlined(models.Model):
    """Columns of the DateValue by which something is demanded, its basis and its reason; precision
    "none" is no deadline. `DateValue` itself sees to it that its days have the shape it names."""

    deadline_earliest = models.DateField(null=True, blank=True)
    deadline_latest = models.DateField(null=True, blank=True)
    deadline_precision = models.CharField(
        max_length=8, choices=PRECISIONS, default=Precision.NONE.value
    )
    deadline_approximate = models.BooleanField(default=False)
    deadline_uncertain = models.BooleanField(default=False)
    deadline_basis = models.CharField(max_length=12, choices=BASES, default=Basis.NONE.value)
    deadline_because = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deadline_earliest__isnull=True)
                | Q(deadline_latest__isnull=True)
                | Q(deadline_earliest__lte=F("deadline_latest")),
                name="%(app_label)s_%(class)s_deadline_in_order",
                violation_error_message="The last day of the deadline comes before the first.",
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(deadline_precision=p.value) & ends for p, ends in _ENDS.items())
                ),
                name="%(app_label)s_%(class)s_deadline_ends",
                violation_error_message="A bound has one end, no deadline none, every other both.",
            ),
        ]

    @property
    def deadline(self) -> DateValue:
        """UNDATED where there is none."""
        return DateValue(
            self.deadline_earliest,
            self.deadline_latest,
            Precision(self.deadline_precision),
            approximate=self.deadline_approximate,
            uncertain=self.deadline_uncertain,
        )

    @deadline.setter
    def deadline(self, value: DateValue) -> None:
        self.deadline_earliest, self.deadline_latest = value.earliest, value.latest
        self.deadline_precision = value.precision.value
        self.deadline_approximate = value.approximate
        self.deadline_uncertain = value.uncertain
