"""The demo as a person starts it: real processes, real articles, and every way it can end."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from tests.config import processes
from tests.config.processes import eventually

DEMO = ["manage.py", "demo"]
ADDRESS = re.compile(r"Demarche is at http://127\.0\.0\.1:(\d+)/ \(editor / (\S+)\)\n")
SEEDS = [
    json.loads(line)
    for path in settings.BASE_DIR.glob("seeds/*/articles.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines()
]


class Demo:
    """A demo that was started and has said its address."""

    def __init__(self, command: list[str], data: Path) -> None:
        self.data = data
        self.errors = data.with_suffix(".errors")
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, "DEMARCHE_DATA": str(data)},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = ADDRESS.fullmatch(self.said)
        assert found, self.errors.read_text()
        self.port, self.password = int(found[1]), found[2]

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def children(self, word: str) -> set[psutil.Process]:
        """The live ones that have the word in their command."""
        found = set()
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):
                if word in child.cmdline():
                    found.add(child)
        return found

    def end(self, number: int) -> int:
        """Send a signal and wait for the end of it; nothing if it has ended."""
        assert self.process.stdout is not None
        if not self.process.stdout.closed:
            self.process.send_signal(number)
            self.process.communicate()
        return self.process.returncode


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def first(data: Path) -> subprocess.CompletedProcess[str]:
    """A first run, which reads everything: it costs as much as loading the language model."""
    return subprocess.run(
        [sys.executable, *DEMO, "--no-serve"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEMARCHE_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def start(first: subprocess.CompletedProcess[str], data: Path) -> Iterator[Callable[..., Demo]]:
    demos: list[Demo] = []

    def started(*arguments: str, program: tuple[str, ...] = (sys.executable,)) -> Demo:
        demos.append(Demo([*program, *DEMO, *arguments], data))
        return demos[-1]

    yield started
    for demo in demos:
        demo.end(signal.SIGKILL)
    assert eventually(lambda: not processes.of(data))


def test_no_serve_reads_everything_and_leaves_nothing_running(
    first: subprocess.CompletedProcess[str], data: Path
) -> None:
    assert first.returncode == 0, first.stderr
    assert first.stdout == ""
    assert re.fullmatch(
        rf"{len(SEEDS)} dispatches read, \d+ events; nothing failed", first.stderr.splitlines()[-1]
    )
    assert eventually(lambda: not processes.of(data))


def test_a_second_demo_changes_nothing_and_stops_cleanly(
    start: Callable[..., Demo], first: subprocess.CompletedProcess[str], data: Path
) -> None:
    demo = start()
    assert demo.errors.read_text().splitlines()[-1] == first.stderr.splitlines()[-1]
    assert demo.get("/") == 200
    assert (data / "editor_password").read_text() == demo.password
    assert demo.end(signal.SIGTERM) == 0
    assert eventually(lambda: not processes.of(data))


def test_a_killed_worker_is_replaced_and_a_killed_demo_leaves_nothing(
    start: Callable[..., Demo], data: Path
) -> None:
    demo = start()
    (worker,) = demo.children("worker")
    worker.kill()
    assert eventually(lambda: demo.children("worker") - {worker})
    demo.end(signal.SIGKILL)
    assert eventually(lambda: not processes.of(data))


@pytest.mark.skipif(shutil.which("uv") is None, reason="There is no uv on this machine.")
def test_a_killed_uv_run_leaves_nothing(start: Callable[..., Demo], data: Path) -> None:
    demo = start(program=("uv", "run", "--no-sync", "python"))
    demo.end(signal.SIGKILL)
    assert eventually(lambda: not processes.of(data))


def test_the_end_of_the_site_is_the_end_of_the_demo(start: Callable[..., Demo], data: Path) -> None:
    demo = start()
    (site,) = demo.children("gunicorn")
    site.kill()
    assert demo.process.wait(60) == 1
    assert "The site's process ended" in demo.errors.read_text()
    assert eventually(lambda: not processes.of(data))


def test_a_port_that_was_asked_for_and_is_busy_is_refused(
    first: subprocess.CompletedProcess[str], data: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = subprocess.run(
            [sys.executable, *DEMO, f"--port={port}"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DEMARCHE_DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 1
    assert f"Port {port} cannot be had (Address already in use)" in run.stderr
