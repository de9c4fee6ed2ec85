"""Who takes part: rows for the names that the reader found, and the names that the rows teach it."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.text import slugify

from timeline.models import Actor, Role

from .extraction import Lexicon, load_lexicon
from .extraction.lexicon import Entry, kind_of_unknown

_ROLES = Prefetch("roles", Role.objects.select_related("side"))
PART_OF = "part of"
"""The office of a body in the role that names its state."""


def lexicon() -> Lexicon:
    """The shipped lexicon with the aliases that editors gave to actors.

    Actors without aliases are left out: a name once found in an article must not change how the
    next article is read, or the order of arrival would matter.
    """
    shipped = load_lexicon().entries
    rows = Actor.objects.exclude(aliases=[]).values_list("name", "kind", "aliases")
    taught = (
        (name, kind, tuple(sorted(set(aliases) - set(_known(shipped.get(name))))))
        for name, kind, aliases in rows.order_by("name")
    )
    return _with(tuple(row for row in taught if row[2]))


@lru_cache(maxsize=4)
def _with(taught: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Lexicon:
    """The same object for the same aliases: the language model is told of each lexicon once."""
    if not taught:
        return load_lexicon()
    entries = [Entry(name=name, kind=kind, aliases=aliases) for name, kind, aliases in taught]
    return load_lexicon().with_entries(entries)


def _known(entry: Entry | None) -> tuple[str, ...]:
    return entry.aliases if entry else ()


def rows_for(names: Iterable[str], known: Lexicon) -> dict[str, Actor]:
    """A row for each name, made on first use: from the lexicon, else as somebody nobody knows yet."""
    wanted = sorted(set(names))
    rows = Actor.objects.named(wanted).prefetch_related(_ROLES)
    found = {a.name: a for a in rows} if wanted else {}
    missing = [name for name in wanted if name not in found]
    for name in missing:
        _made(name, known.entries.get(name))
    return found | {a.name: a for a in rows.filter(name__in=missing)} if missing else found


def _made(name: str, entry: Entry | None) -> Actor:
    kind = entry.kind if entry else kind_of_unknown(name)
    actor, made = Actor.objects.get_or_create(
        name=name,
        defaults={
            "slug": _free_slug(name),
            "sort_name": _sorted_as(name, kind),
            "kind": kind,
            "aliases": list(_known(entry)),
        },
    )
    if made and entry:
        _add_roles(actor, entry)
    return actor


def _add_roles(actor: Actor, entry: Entry) -> None:
    held = [(r.office, r.side, r.since, r.until) for r in entry.roles]
    if entry.side:
        held.append((PART_OF, entry.side, None, None))
    for office, side, since, until in held:
        Role.objects.get_or_create(
            person=actor,
            side=_made(side, load_lexicon().entries.get(side)),
            office=office,
            since=since,
            defaults={"until": until},
        )


def _free_slug(name: str) -> str:
    """The name as an address; a number is added where two names would have the same."""
    stem = slugify(name)[:100] or "actor"
    taken = set(Actor.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _sorted_as(name: str, kind: str) -> str:
    """Without accents and capitals, persons by their last name: "putin vladimir"."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    first, _, last = plain.rpartition(" ")
    return f"{last} {first}" if first and kind == "person" else plain
