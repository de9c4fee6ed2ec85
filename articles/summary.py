"""What reading an article did for the record, in counts and in a sentence."""

from collections import Counter
from typing import Any

from timeline.dates import DateValue, words
from timeline.models import Event

from .joining import Outcome


def summarise(outcome: Outcome) -> dict[str, Any]:
    """Counts of the article's events by what it did for them, and the sentence that says so.

    `events` is the sum of new, corroborate (others told of it before), sharpened and unchanged (the
    article told of it before).
    """
    now = {e.pk: e.date for e in Event.objects.filter(pk__in=outcome.told)}
    kinds: Counter[str] = Counter()
    sharpened = []
    for event in outcome.told:
        before = outcome.before.get(event)
        if before is None:
            kinds["new"] += 1
        elif _sharper(before, now[event]):
            kinds["sharpened"] += 1
            sharpened.append(f"from “{words(before)}” to {words(now[event])}")
        else:
            kinds["unchanged" if event in outcome.had else "corroborate"] += 1
    counts = {kind: kinds[kind] for kind in ("new", "corroborate", "sharpened", "unchanged")}
    said = _sentence(len(outcome.told), counts, sharpened)
    return {"events": len(outcome.told), **counts, "words": said}


def _sharper(before: DateValue, now: DateValue) -> bool:
    if now.window is None or before == now:
        return False
    if before.window is None:
        return True
    open_before = None in (before.earliest, before.latest)
    closed_now = None not in (now.earliest, now.latest)
    width, width_before = (b - a for a, b in (now.window, before.window))
    return width < width_before or (open_before and closed_now)


def _sentence(total: int, counts: dict[str, int], sharpened: list[str]) -> str:
    if not total:
        return "No events were found."
    said = [f"{n} {kind}" for kind, n in counts.items() if n and kind != "sharpened"]
    if sharpened:
        said.append(f"{len(sharpened)} sharpened {', '.join(sharpened)}")
    return f"{total} event{'s' if total > 1 else ''}: {', '.join(said)}."
