"""The verbs that change the record: the one way in which events change.

Each is one transaction that locks its events in the order of their ids. An editor's verb leaves an
Act, which can be undone, and a Revision for each event that it changed; what a machine settles anew
leaves a Revision where readers see a difference. No machine touches an Override or a Decision.
"""

from .correcting import confirm, correct, reject, release
from .errors import (
    Merged,
    MergedFurther,
    NotASplit,
    NotAValue,
    NotLast,
    NotMerged,
    NotShown,
    NotTwo,
    NotUndoable,
    RecordError,
    Stale,
    UnknownActor,
)
from .grouping import keep_apart, merge, split, unmerge
from .settlement import ELSEWHERE, GONE, proposals, readings, resettle, settled_together
from .undoing import undo, undoable

__all__ = [
    "ELSEWHERE",
    "GONE",
    "Merged",
    "MergedFurther",
    "NotASplit",
    "NotAValue",
    "NotLast",
    "NotMerged",
    "NotShown",
    "NotTwo",
    "NotUndoable",
    "RecordError",
    "Stale",
    "UnknownActor",
    "confirm",
    "correct",
    "keep_apart",
    "merge",
    "proposals",
    "readings",
    "reject",
    "release",
    "resettle",
    "settled_together",
    "split",
    "undo",
    "undoable",
    "unmerge",
]
