"""What the benches read: our episodes, and the open corpora where they lie beside the repository.

The corpora are not ours to ship: `../shared`, or the folder that DEMARCHE_SHARED names, holds them
with their scorers. What needs them is skipped where it is absent.
"""

import datetime as dt
import hashlib
import importlib.util
import json
import os
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DEMARCHE_SHARED", ROOT.parent / "shared"))
CORPORA = ("dates_esl", "dates_gum_free", "dates_wikiwars")
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def shared(name: str) -> Path:
    """A file of the shared folder; the test is skipped if it is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"There is no {name} in {SHARED} (DEMARCHE_SHARED names another folder).")
    return path


@cache
def scorer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared(f"tools/{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def episodes() -> list[Row]:
    """Our dispatches, some 70 KB."""
    paths = sorted(ROOT.glob("seeds/*/articles.jsonl"))
    return [row for path in paths for row in rows(path)]


def some(of: list[Row], kilobytes: int) -> list[Row]:
    """The first so many, the last one whole."""
    ends = accumulate(len(row["text"]) for row in of)
    return [
        row for row, end in zip(of, ends, strict=True) if end - len(row["text"]) < 1000 * kilobytes
    ]


def day(row: Row) -> dt.date | None:
    return dt.date.fromisoformat(row["published"]) if row.get("published") else None


def halves(of: list[Row]) -> list[tuple[str, list[Row]]]:
    """Even and odd by the hash of the id: rules may be made on the one and tried on the other."""
    parity = [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 for row in of]
    return [
        (name, [row for row, odd in zip(of, parity, strict=True) if odd == wanted])
        for wanted, name in enumerate(("even", "odd"))
    ]
