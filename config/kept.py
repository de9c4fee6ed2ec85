"""Secrets made once and kept in a file that its owner alone can read."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path, size: int) -> str:
    """The secret in this file, made of `size` random bytes where there is none yet.

    The file appears whole: whoever comes second reads what the first one wrote.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file, suppress(FileExistsError):
            file.write(secrets.token_urlsafe(size))
            file.flush()
            os.link(file.name, path)
    return path.read_text(encoding="utf-8")
