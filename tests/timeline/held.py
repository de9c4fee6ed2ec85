"""What the record holds, for tests that compare it before and after."""

from typing import Any

from articles.models import Mention
from timeline.models import Act, Decision, Event, Override
from timeline.record.settlement import shown


def holds() -> dict[str, Any]:
    """All but the history. An event that a taken-back split had made is as if it had never been,
    and a mention is known by its place: reading an article again makes other rows."""
    rows = [e for e in Event.objects.for_settling() if not _taken_back(e)]
    places = Mention.objects.order_by("article", "start", "trigger_start", "type", "event")
    overrides = Override.objects.order_by("event", "field")
    return {
        "shown": {e.pk: shown(e) for e in rows},
        "found": {e.pk: e.words for e in rows},
        "mentions": list(
            places.values_list("article", "start", "end", "trigger_start", "type", "event")
        ),
        "overrides": list(
            overrides.values_list("event", "field", "value", "reason", "by", "at", "carried_from")
        ),
        "decisions": list(Decision.objects.filter(undone_at=None).values_list("pk", flat=True)),
    }


def _taken_back(event: Event) -> bool:
    return Act.objects.filter(verb="split", other=event, undone_by__isnull=False).exists()
