"""Children that end with whoever started them."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import supervisor
from config.supervisor import Child
from tests.config.processes import dead, eventually

SLEEPER = "import time; time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
PARENT = """
import sys
from config.supervisor import Child
print(Child("child", sys.argv[1:]).process.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def program(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    path = tmp_path / "program.py"
    path.write_text(getattr(request, "param", SLEEPER))
    return str(path)


def test_a_child_that_is_let_go_ends_by_sigterm(program: str) -> None:
    child = Child("child", [program])
    assert child.alive
    supervisor.stop([child])
    assert child.process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("program", [STUBBORN], ids=["ignores SIGTERM"], indirect=True)
def test_a_child_that_will_not_end_is_killed(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FORCE", 1)
    child = Child("child", [program])
    assert eventually(lambda: _ignores(child.process.pid, signal.SIGTERM))
    supervisor.stop([child])
    assert child.process.returncode == -signal.SIGKILL


def _ignores(pid: int, number: int) -> bool:
    """From the mask of ignored signals, see proc(5)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("SigIgn:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


@pytest.mark.parametrize("program", [SLEEPER, STUBBORN], ids=["ends", "stubborn"], indirect=True)
def test_a_child_dies_with_a_parent_that_is_killed(program: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, program],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        parent.kill()
        assert eventually(lambda: dead(child))


def test_a_module_is_run_with_its_arguments() -> None:
    child = Child("child", ["-m", "json", "no-such-file"])
    assert child.process.wait(60) == 2 or child.process.returncode == 1
    supervisor.stop([child])
