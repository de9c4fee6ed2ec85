"""The server's own process: finding it, and stopping it."""

import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

STATUS_LINE = 7
"""In postmaster.pid; the lines are listed in PostgreSQL's src/include/utils/pidfile.h."""
SOCKET_LINE = 4
SOCKET_PREFIX = "demarche-postgres-"

STOPS = ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
"""PostgreSQL's fast and immediate shutdown, then none; seconds that each is given."""


@dataclass(frozen=True)
class Postmaster:
    process: psutil.Process
    sockets: Path
    ready: bool


def find(data: Path) -> Postmaster | None:
    """The live server on this data directory, or None: the pid in its file may be anybody's by now."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        process = psutil.Process(int(lines[0]))
        if not _serves(process, data):
            return None
        status = lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else "starting"
        return Postmaster(process, Path(lines[SOCKET_LINE].strip()), status == "ready")
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


def _serves(process: psutil.Process, data: Path) -> bool:
    command = process.cmdline()
    return bool(command) and Path(command[0]).name == "postgres" and str(data) in command


def halt(data: Path) -> None:
    """Stop the server on this data directory, gently first, and wait until it is gone."""
    found = find(data)
    if found is None:
        return
    for number, patience in STOPS:
        with suppress(psutil.NoSuchProcess):
            found.process.send_signal(number)
        if _gone(found.process, data, patience):
            break
    if found.sockets.name.startswith(SOCKET_PREFIX):
        shutil.rmtree(found.sockets, ignore_errors=True)


def _gone(process: psutil.Process, data: Path, patience: float) -> bool:
    """Wait for its end. (psutil's own wait takes a zombie that nobody reaps for a live process.)"""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if not _serves(process, data):
                return True
        except psutil.Error:
            return True
        time.sleep(0.02)
    return False


def socket_directory(data: Path) -> Path:
    """The data directory itself, unless its path is too long for the address of a Unix socket."""
    longest_address = 103  # bytes: sockaddr_un on macOS, less the final NUL; Linux allows 107
    if len(bytes(data / ".s.PGSQL.5432")) <= longest_address:
        return data
    return Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
