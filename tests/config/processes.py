"""What the tests of real processes share."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil


def eventually(condition: Callable[[], object], patience: float = 60) -> bool:
    """Whether it comes true within `patience` seconds, which only a busy machine needs."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def dead(process: psutil.Process) -> bool:
    """Whether it has ended, though nobody may have reaped it."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def of(data: Path) -> list[str]:
    """The commands of all live processes that work on this DEMARCHE_DATA."""
    return [command for process in psutil.process_iter() if (command := _command(process, data))]


def _command(process: psutil.Process, data: Path) -> str:
    try:
        command = " ".join(process.cmdline())
        mine = str(data) in command or process.environ().get("DEMARCHE_DATA") == str(data)
        return command if mine and process.status() != psutil.STATUS_ZOMBIE else ""
    except psutil.Error:
        return ""
