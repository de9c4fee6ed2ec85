"""The whole product on this machine, with its sample articles read."""

import http.client
import logging
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from tqdm import tqdm

from articles import ingest
from articles.models import Article
from config.embedded import server
from config.kept import kept_secret
from config.supervisor import Child, stop
from timeline.models import Event

logger = logging.getLogger(__name__)

SEEDS = "seeds/*/articles.jsonl"
PORT = 8000
PROGRESS: dict[str, Any] = {
    "desc": "Reading",
    "unit": "article",
    "file": sys.stderr,
    "mininterval": 0.1 if sys.stderr.isatty() else 2,
}
TICK = 0.2
"""Seconds between two looks at the children."""
PATIENCE = 60
"""Seconds for the site's first answer: two as a rule."""
EARLY = 60
"""Seconds: a worker that dies younger than this, three times running, is not started again."""


def port_number(value: str) -> int:
    number = int(value)
    if not 0 < number < 65536:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return number


class Command(BaseCommand):
    help = "Start everything: the embedded database, the sample articles, a worker and the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, help="(default: 8000, or a free one)")
        parser.add_argument(
            "--no-serve", action="store_true", help="read the articles in this process, and end"
        )

    def handle(self, *, port: int | None, no_serve: bool, **options: Any) -> None:
        self.children: list[Child] = []
        self.deaths = 0
        self.parent = os.getppid()
        os.environ["DEMARCHE_DATA"] = str(settings.DATA_DIR)  # absolute, for the children
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
        try:
            if no_serve:
                self.read_here(self.prepare())
            else:
                self.serve(_listen(port))
        finally:
            self.stop()

    def prepare(self) -> list[int]:
        """Database, editor and sample articles in their places; the ids of the articles."""
        self.say("Starting the database.")
        call_command("migrate", verbosity=0, interactive=False)
        self.password = _editor_password()
        self.say("Taking in the sample articles.")
        return [pk for path in sorted(settings.BASE_DIR.glob(SEEDS)) for pk in _received(path)]

    def read_here(self, ids: list[int]) -> None:
        unread = list(Article.objects.unfinished().filter(pk__in=ids).values_list("pk", flat=True))
        if unread:
            self.say("Loading the language model.")
            ingest.warm_up()
        for pk in tqdm(unread, **PROGRESS):
            self.look_after()
            try:
                ingest.read(pk)
            except Exception:
                logger.exception("Article %s could not be read.", pk)
        if not self.report(ids):
            raise CommandError("Not every article could be read.")

    def serve(self, listener: socket.socket) -> None:
        ids = self.prepare()
        address: tuple[str, int] = listener.getsockname()
        self.children.append(_web(listener))
        listener.close()
        self.wait_for_site(address)
        # Not sooner: loading the language model would keep the site from starting.
        self.children.append(_worker())
        self.wait_for_reading(ids)
        self.report(ids)
        self.stdout.write(
            f"Demarche is at http://127.0.0.1:{address[1]}/ (editor / {self.password})"
        )
        self.stdout.flush()
        self.wait_until(lambda: False)

    def wait_for_site(self, address: tuple[str, int]) -> None:
        deadline = time.monotonic() + PATIENCE

        def answers() -> bool:
            if time.monotonic() > deadline:
                raise CommandError(f"The site did not answer within {PATIENCE} seconds.")
            return _answers(address)

        self.wait_until(answers)

    def wait_for_reading(self, ids: list[int]) -> None:
        unfinished = Article.objects.unfinished().filter(pk__in=ids)
        left = unfinished.count()
        if not left:
            return
        self.say("Loading the language model.")
        with tqdm(total=left, **PROGRESS) as progress:

            def everything_read() -> bool:
                now = unfinished.count()
                progress.update(left - now - progress.n)
                return now == 0

            self.wait_until(everything_read)

    def wait_until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self.look_after()
            time.sleep(TICK)

    def look_after(self) -> None:
        """Start a worker that died again; end when the site has, or `uv run` that started us."""
        if "UV_RUN_RECURSION_DEPTH" in os.environ and os.getppid() != self.parent:
            raise SystemExit(1)
        for child in self.children:
            if child.alive:
                continue
            if child.name == "site":
                raise CommandError("The site's process ended; what it said is above.")
            self.deaths = self.deaths + 1 if child.age < EARLY else 1
            if self.deaths >= 3:
                raise CommandError("The worker ended three times; what it said is above.")
            self.say("The worker ended: starting another.")
            self.children[1] = _worker()

    def report(self, ids: list[int]) -> bool:
        """Say what was read; whether nothing failed."""
        states = Counter(Article.objects.filter(pk__in=ids).values_list("state", flat=True))
        events = Event.objects.filter(mentions__article__in=ids).distinct().count()
        failed = states["failed"]
        ending = f"{failed} failed" if failed else "nothing failed"
        if waiting := states["waiting"]:
            ending = f"{waiting} wait for their publication day, {ending}"
        self.say(f"{states['done']} dispatches read, {events} events; {ending}")
        for article in Article.objects.filter(pk__in=ids, state="failed"):
            self.say(f"  {article}: {article.failure}")
        return not failed

    def stop(self) -> None:
        """Readers and writers of the database first, then the database."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(self.children)
        data = connection.settings_dict.get("DATA_DIR")
        connections.close_all()
        if data:
            server.stop(Path(data))

    def say(self, words: str) -> None:
        self.stderr.write(words, self.style.NOTICE if self.stderr.isatty() else str)


def _end(number: int, frame: object) -> None:
    raise SystemExit(0)


def _listen(port: int | None) -> socket.socket:
    """A socket that listens on this machine alone, so that nobody else takes the port meanwhile."""
    try:
        return socket.create_server(("127.0.0.1", PORT if port is None else port))
    except OSError as error:
        if port is None:
            return socket.create_server(("127.0.0.1", 0))
        raise CommandError(
            f"Port {port} cannot be had ({os.strerror(error.errno or 0)}): "
            "give another, or leave --port out and a free one is taken."
        ) from error


def _web(listener: socket.socket) -> Child:
    options = {
        "bind": f"fd://{listener.fileno()}",
        "workers": 1,
        "threads": 8,
        "log-level": "warning",
        "graceful-timeout": 2,
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return Child(
        "site",
        ["-m", "gunicorn", *arguments, "--no-control-socket", "config.wsgi"],
        descriptors=[listener.fileno()],
    )


def _worker() -> Child:
    return Child("worker", ["manage.py", "worker", "--verbosity=0"])


def _answers(address: tuple[str, int]) -> bool:
    request = http.client.HTTPConnection(*address, timeout=5)
    try:
        request.request("GET", "/healthz")
        return request.getresponse().status == 200
    except OSError:
        return False
    finally:
        request.close()


def _editor_password() -> str:
    """The password of the account `editor`, which is made here if it is not there yet."""
    path = settings.DATA_DIR / "editor_password"
    new = not path.exists()
    password = kept_secret(path, 12)
    editor, created = get_user_model().objects.get_or_create(
        username="editor", defaults={"is_staff": True, "is_superuser": True}
    )
    if new or created:
        editor.set_password(password)
        editor.save()
    return password if editor.check_password(password) else "the password you gave it"


def _received(path: Path) -> Iterator[int]:
    """The articles of a collection, known or new. The worker finds those that were not yet read."""
    for receipt in ingest.receive_jsonl(path):
        if receipt.article is None:
            raise CommandError(f"{path.parent.name}/{receipt.name}: {receipt.refused}")
        yield receipt.article.pk
