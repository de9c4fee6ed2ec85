"""What is asked of the same word again and again is found once, and kept beside its sentence.

Words are kept by their positions: as tokens they would hold their sentence in memory in a circle.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from spacy.tokens import Doc, Token


def once[Found](work: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """For what is neither a token nor holds one."""

    @wraps(work)
    def kept(token: Token) -> Found:
        found: dict[int, Found] = _found_by(work, token.doc)
        if token.i not in found:
            found[token.i] = work(token)
        return found[token.i]

    return kept


def tokens_once(work: Callable[[Token], list[Token]]) -> Callable[[Token], list[Token]]:
    """For words of the same sentence; each caller has a list of its own."""

    @wraps(work)
    def kept(token: Token) -> list[Token]:
        doc = token.doc
        found: dict[int, list[int]] = _found_by(work, doc)
        if token.i not in found:
            found[token.i] = [t.i for t in work(token)]
        return [doc[i] for i in found[token.i]]

    return kept


def _found_by(work: Callable[..., Any], doc: Doc) -> dict[int, Any]:
    """What this function has found in the sentence, by the position of the word."""
    name = f"{work.__module__}.{work.__qualname__}"
    found: dict[int, Any] = doc.user_data.setdefault(name, {})
    return found
