"""The process that reads articles. As many may run as there is work for, on any machine."""

import logging
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.db import DatabaseError, connections
from django_tasks_db.management.commands.db_worker import Command as QueueWorker

from articles import ingest, tasks

logger = logging.getLogger(__name__)

SWEEP_EVERY = 60
"""Seconds between two looks for articles that a killed worker left behind."""
INTERVAL = 0.5
"""Seconds between two looks at an empty queue."""


class Command(QueueWorker):
    help = "Read the articles that wait, and go on until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(interval=INTERVAL, startup_delay=False)

    def handle(self, **options: Any) -> None:
        ingest.warm_up()
        tasks.sweep()
        threading.Thread(target=_sweep_for_ever, daemon=True).start()
        # A reload would kill the article that is being read.
        super().handle(**{**options, "reload": False})


def _sweep_for_ever() -> None:
    """In a thread, on a connection of its own: also while a long article is being read."""
    while True:
        time.sleep(SWEEP_EVERY)
        try:
            tasks.sweep()
        except DatabaseError:
            logger.exception(
                "The sweep for unfinished articles failed; the next one is in a minute."
            )
        finally:
            connections.close_all()
