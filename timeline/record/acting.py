"""The frame of every editor's verb: lock, look, change, settle, remember."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from timeline.models import Act, Event
from timeline.signals import mentions_moved

from .errors import Merged, NotShown, Stale
from .holding import Holding, difference, holding
from .settlement import renew, shown, store

Seen = Mapping[int, int | None]
"""The version of each event that the editor looked at; None and absent ones are not checked."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A verb that has its events locked and knows what they were."""

    events: dict[int, Event]
    held: Holding
    shown: dict[int, dict[str, Any]]

    def need_shown(self) -> None:
        """Raises NotShown, or Merged, unless readers see all of them."""
        self.need_unmerged()
        if any(e.withdrawn_at or e.review == "rejected" for e in self.events.values()):
            raise NotShown

    def need_unmerged(self) -> None:
        if any(e.merged_into_id for e in self.events.values()):
            raise Merged


def begin(events: Iterable[int], seen: Seen | None = None) -> Begun:
    """Locks them in the order of their ids. Raises Stale, Event.DoesNotExist."""
    ids = set(events)
    found = _loaded(ids)
    if missing := ids - found.keys():
        raise Event.DoesNotExist(missing)
    for pk, version in (seen or {}).items():
        if version is not None and pk in found and found[pk].version != version:
            raise Stale
    return Begun(found, holding(found), {pk: shown(event) for pk, event in found.items()})


def conclude(
    begun: Begun,
    verb: str,
    event: Event,
    by: User,
    reason: str,
    *,
    other: Event | None = None,
    undoes: Act | None = None,
) -> Act | None:
    """Settles what the verb changed and remembers it: an Act, and a Revision for each of its events.

    None if the record holds just what it held before.
    """
    now = _loaded(begun.events.keys() | ({other.pk} if other else set()))
    before = difference(begun.held, holding(now))
    if not before and undoes is None:
        return None
    act = Act.objects.create(
        verb=verb, event=event, other=other, before=before, reason=reason, by=by, undoes=undoes
    )
    store(
        [
            renew(each, begun.shown.get(pk, {}), verb, by=by, reason=reason, act=act)
            for pk, each in now.items()
        ]
    )
    if regroups(act):
        mentions_moved.send(sender=Act, events=set(now))
    return act


def regroups(act: Act) -> bool:
    """Whether it says which mentions are one event, or what may answer an ultimatum."""
    limits = any(field == "deadline" for _, field, _ in act.before.get("overrides", ()))
    return limits or bool(act.before.keys() & {"mentions", "made", "ended"})


def _loaded(ids: Iterable[int]) -> dict[int, Event]:
    return {event.pk: event for event in Event.objects.filter(pk__in=ids).for_settling()}
