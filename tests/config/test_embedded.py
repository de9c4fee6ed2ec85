"""The engine that brings its own server, on real servers, with real deaths."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from config.embedded import locks, postmaster, server
from tests.config.processes import dead, eventually

HOLDER = """
import sys
from pathlib import Path
from config.embedded import server
print(server.hold(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


def down(data: Path) -> bool:
    """Neither the server nor its guardian is there."""
    return postmaster.find(data) is None and not server.guarded(data)


def pid(data: Path) -> int:
    found = postmaster.find(data)
    assert found is not None
    return int(found.process.pid)


class Holder:
    """Another process that uses the server."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(data)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def sockets(self) -> str:
        """The address it was given, once it has one."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that the tests share, as a new one costs most of a second."""
    return tmp_path_factory.mktemp("embedded") / "postgres"


@pytest.fixture
def data(cluster: Path) -> Iterator[Path]:
    yield cluster
    server.stop(cluster)
    assert eventually(lambda: down(cluster))


@pytest.fixture
def start(data: Path) -> Iterator[Callable[[], Holder]]:
    holders: list[Holder] = []

    def started() -> Holder:
        holders.append(Holder(data))
        return holders[-1]

    yield started
    for holder in holders:
        holder.kill()


@pytest.fixture
def connection(data: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    options = {"ENGINE": "config.embedded", "NAME": "record", "DATA_DIR": data}
    with django_db_blocker.unblock():
        wrapper = ConnectionHandler({"default": options})["default"]
        yield wrapper
        wrapper.close()


def value(connection: BaseDatabaseWrapper, query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    assert row is not None
    return row[0]


def test_the_first_connection_starts_the_server_and_makes_the_database(
    connection: BaseDatabaseWrapper, data: Path
) -> None:
    assert postmaster.find(data) is None
    assert value(connection, "SELECT current_database()") == "record"
    assert postmaster.find(data) is not None


def test_the_server_listens_on_no_network_address(connection: BaseDatabaseWrapper) -> None:
    assert value(connection, "SHOW listen_addresses") == ""


def test_the_locale_is_not_the_machines(connection: BaseDatabaseWrapper) -> None:
    assert value(connection, "SELECT lower('ÉŁ') || (SELECT 'a' < 'B')") == "éłfalse"


@pytest.mark.parametrize(
    "command", [["check"], ["shell", "-v0", "-c", "1"]], ids=["check", "shell"]
)
def test_commands_that_need_no_database_start_none(command: list[str], tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEMARCHE_DATA": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_next_connection_succeeds_after_kill_9_of_the_server(
    connection: BaseDatabaseWrapper, data: Path, start: Callable[[], Holder]
) -> None:
    start().sockets()
    value(connection, "SELECT 1")
    os.kill(pid(data), signal.SIGKILL)
    connection.close()
    assert value(connection, "SELECT 1") == 1


def test_a_connection_that_outlives_the_server_is_replaced(
    connection: BaseDatabaseWrapper, data: Path
) -> None:
    backend = psutil.Process(value(connection, "SELECT pg_backend_pid()"))
    os.kill(pid(data), signal.SIGKILL)
    assert eventually(lambda: dead(backend))
    with pytest.raises(OperationalError):
        value(connection, "SELECT 1")
    connection.close_if_unusable_or_obsolete()
    assert value(connection, "SELECT 1") == 1


def test_a_foreign_process_with_the_pid_of_a_dead_server_is_left_alone(data: Path) -> None:
    server.hold(data)
    lines = (data / "postmaster.pid").read_text().splitlines()
    server.stop(data)
    with subprocess.Popen(["sleep", "60"]) as foreign:
        (data / "postmaster.pid").write_text("\n".join([str(foreign.pid), *lines[1:]]))
        server.hold(data)
        assert pid(data) != foreign.pid
        server.stop(data)
        assert foreign.poll() is None
        foreign.kill()


def test_processes_that_come_at_once_share_one_new_server(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    holders = [Holder(data) for _ in range(4)]
    assert {holder.sockets() for holder in holders} == {str(data)}
    with psycopg.connect(host=str(data), user=server.SUPERUSER, dbname="postgres") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    for holder in holders:
        holder.kill()
    assert eventually(lambda: down(data))


def test_the_server_stays_while_one_process_holds_it(
    data: Path, start: Callable[[], Holder]
) -> None:
    first, second = start(), start()
    first.sockets()
    second.sockets()
    before = pid(data)
    first.kill()
    with locks.exclusive(data, "starting"):
        assert not server.stop_unheld(data)
    assert pid(data) == before


def test_the_server_stops_when_its_last_process_is_killed(
    data: Path, start: Callable[[], Holder]
) -> None:
    holder = start()
    holder.sockets()
    assert postmaster.find(data) is not None
    holder.kill()
    assert eventually(lambda: down(data))


def test_a_killed_guardian_is_replaced_by_the_next_process(
    data: Path, start: Callable[[], Holder]
) -> None:
    first = start()
    first.sockets()
    _kill_guardian(data)
    second = start()
    second.sockets()
    first.kill()
    second.kill()
    assert eventually(lambda: down(data))


def _kill_guardian(data: Path) -> None:
    for process in psutil.process_iter(["cmdline"]):
        if {"config.embedded.guardian", str(data)} <= set(process.info["cmdline"] or ()):
            process.kill()
            return
    pytest.fail("There is no guardian.")


def test_stop_leaves_a_server_that_others_hold(data: Path, start: Callable[[], Holder]) -> None:
    start().sockets()
    server.hold(data)
    assert not server.stop(data)
    assert postmaster.find(data) is not None


def test_what_a_killed_initdb_left_is_thrown_away(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    server.hold(data)
    assert not (tmp_path / "postgres.new").exists()
    assert server.stop(data)


def test_a_path_too_long_for_a_socket_moves_it(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30) / "postgres"
    sockets = server.hold(data)
    assert sockets != data
    assert len(str(sockets)) < 100
    assert server.stop(data)
    assert not sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL has another account only under root.")
def test_under_root_ancestors_can_be_passed_but_not_listed(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server.hold(private / "data" / "postgres")
    assert server.stop(private / "data" / "postgres")
    assert stat.S_IMODE(private.stat().st_mode) == 0o701


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL has another account only under root.")
def test_under_root_a_folder_that_was_shut_again_is_passed_again(tmp_path: Path) -> None:
    data = tmp_path / "private" / "postgres"
    server.hold(data)
    assert server.stop(data)
    data.parent.chmod(0o700)
    server.hold(data)
    assert server.stop(data)


def test_a_server_that_cannot_start_is_reported_with_a_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.hold(data)
    server.stop(data)
    monkeypatch.setattr(server, "PATIENCE", 0.5)
    conf = data / "postgresql.conf"
    good = conf.read_text()
    conf.write_text("nonsense = 1\n")
    with pytest.raises(server.ServerDidNotStart, match=r"did not start; .*server\.log"):
        server.hold(data)
    conf.write_text(good)


def test_a_data_directory_of_another_version_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(server.OtherVersion, match="another version"):
        server.hold(data)
    server.stop(data)
