"""Taking back what an editor did: the record holds again what it held before the act."""

from django.contrib.auth.models import User
from django.db import transaction

from timeline.locks import wait_for_turn
from timeline.models import Act, Event

from .acting import begin, conclude, regroups
from .errors import NotLast, NotUndoable
from .holding import bring_back, touched


def undo(act: Act, by: User, reason: str = "") -> Act:
    """The exact inverse of the act. Only the last that stands on each of its events can be undone:
    the history keeps both. Raises NotLast, NotUndoable.
    """
    with transaction.atomic():
        if regroups(act):
            wait_for_turn()
        events = touched(act)
        begun = begin(events)
        if not Act.objects.standing().filter(pk=act.pk).exists():
            raise NotUndoable
        if Act.objects.standing().touching(events).filter(pk__gt=act.pk).exists():
            raise NotLast
        bring_back(act, begun.events)
        done = conclude(begun, "undo", act.event, by, reason, other=act.other, undoes=act)
        assert done
        return done


def undoable(event: Event) -> Act | None:
    """The last act that stands on the event, if it is the last on all of its events."""
    act = Act.objects.standing().touching([event.pk]).order_by("-pk").first()
    if act is None or Act.objects.standing().touching(touched(act)).filter(pk__gt=act.pk).exists():
        return None
    return act
