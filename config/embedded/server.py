"""One PostgreSQL for all processes that use a data directory; the last of them takes it down.

Only the wheel's programs are used. Its own bookkeeping trusts the pid in postmaster.pid whoever
has that pid now, never forgets a holder that was killed, and opens every ancestor of the data
directory to others.
"""

import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
from psycopg import sql

from . import account, locks, postmaster

PATIENCE = 60
"""Seconds for a start: half a second as a rule; recovery after a crash takes longer."""
SUPERUSER = "postgres"
CODE = Path(__file__).resolve().parents[2]

_held: dict[Path, int] = {}
_threads = threading.Lock()


class ServerDidNotStart(psycopg.OperationalError):
    """The embedded PostgreSQL did not start; its own words are in the file named here."""

    def __init__(self, data: Path, cause: object) -> None:
        super().__init__(f"{self.__doc__} ({data / 'server.log'}; {cause})")


class OtherVersion(psycopg.OperationalError):
    """The data directory was made by another version of PostgreSQL: dump it with that one first."""

    def __init__(self, data: Path, found: str) -> None:
        super().__init__(f"{self.__doc__} ({data}: {found}, here {account.VERSION})")


def hold(data: Path) -> Path:
    """The socket directory of a server that is ready, and stays while this process lives.

    Raises ServerDidNotStart after PATIENCE seconds, OtherVersion at once.
    """
    with _threads:
        found = postmaster.find(data)
        if found and found.ready and data in _held:
            return found.sockets
        data.parent.mkdir(parents=True, exist_ok=True)
        with locks.exclusive(data, "starting"):
            if data not in _held:
                _held[data] = locks.shared(data, "holders")
            _set_guard(data)
            return _ready(data)


def stop(data: Path) -> bool:
    """Give up this process's hold; True if nobody else had one, and server and guardian are gone."""
    if not data.parent.exists():
        return True
    with _threads, locks.exclusive(data, "starting"):
        if data in _held:
            os.close(_held.pop(data))
        stopped = stop_unheld(data)
    deadline = time.monotonic() + PATIENCE  # a fifth of a second, but for a busy machine
    while stopped and guarded(data) and time.monotonic() < deadline:
        time.sleep(0.01)
    return stopped


def stop_unheld(data: Path) -> bool:
    """Stop the server unless a process holds it. The caller has the lock `starting`."""
    descriptor = locks.at_once(data, "holders")
    if descriptor is None:
        return False
    try:
        postmaster.halt(data)
    finally:
        os.close(descriptor)
    return True


def guarded(data: Path) -> bool:
    """Whether a guardian lives."""
    with locks.exclusive(data, "starting"):  # or a newcomer might take our look for a guardian
        descriptor = locks.at_once(data, "guarding")
        if descriptor is not None:
            os.close(descriptor)
        return descriptor is None


def ensure_database(data: Path, name: str) -> None:
    """Create a database of this name if the server has none. Raises what psycopg raises."""
    sockets = hold(data)
    with psycopg.connect(
        host=str(sockets), user=SUPERUSER, dbname=SUPERUSER, autocommit=True
    ) as connection:
        query = "SELECT FROM pg_database WHERE datname = %s"
        # Two processes may both come first: the lock goes with the session.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if connection.execute(query, [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _set_guard(data: Path) -> None:
    """See that a guardian lives. It gets its lock by descriptor, so two can never be started."""
    descriptor = locks.at_once(data, "guarding")
    if descriptor is None:
        return
    try:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "config.embedded.guardian",
                str(data),
                str(descriptor),
            ],
            pass_fds=[descriptor],
            cwd=CODE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    finally:
        os.close(descriptor)


def _ready(data: Path) -> Path:
    _make(data)
    deadline = time.monotonic() + PATIENCE
    cause: object = f"not ready after {PATIENCE} s"
    while time.monotonic() < deadline:
        found = postmaster.find(data)
        if found and found.ready:
            return found.sockets
        if found is None:
            cause = _start(data) or cause
        time.sleep(0.1)
    raise ServerDidNotStart(data, cause)


def _start(data: Path) -> Exception | None:
    """Try once. After a kill -9 it fails until the dead server's last backend has noticed."""
    (data / "postmaster.pid").unlink(missing_ok=True)
    account.let_through(data)
    sockets = postmaster.socket_directory(data)
    if sockets != data:
        account.give(sockets)
    options = f"-h '' -k {shlex.quote(str(sockets))}"
    log = str(data / "server.log")
    try:
        account.run("pg_ctl", "start", "-w", "-D", str(data), "-l", log, "-o", options)
    except account.CommandFailed as failure:
        if sockets != data:
            shutil.rmtree(sockets, ignore_errors=True)
        return failure
    return None


def _make(data: Path) -> None:
    """A new cluster is made beside its place and moved there whole: a killed initdb leaves nothing."""
    if data.exists():
        found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
        if found != str(account.VERSION):
            raise OtherVersion(data, found)
        return
    new = data.with_name(f"{data.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    account.give(new)
    account.let_through(new)
    # The locale is PostgreSQL's own, so that a cluster does not depend on the machine's.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    account.run(
        "initdb",
        "--auth=trust",
        "--encoding=UTF8",
        *locale,
        "-U",
        SUPERUSER,
        "-D",
        str(new),
    )
    new.rename(data)
