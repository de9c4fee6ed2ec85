"""A worker as it runs beside the site: a process of its own, on the database of the test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from config import supervisor
from config.supervisor import Child

ADDRESS = ("host", "port", "user", "password", "dbname")
WARM = 240
"""Seconds in which a worker has loaded the language model and read an article: twelve as a rule."""


@contextmanager
def worker() -> Iterator[Child]:
    """It loads the language model first, and sweeps up what is left before it asks the queue."""
    server = connection.get_connection_params()
    with pytest.MonkeyPatch.context() as environment:
        known = {name: server[name] for name in ADDRESS if server.get(name)}
        environment.setenv("DATABASE_URL", make_conninfo(**known))
        child = Child("worker", ["manage.py", "worker", "--verbosity=0"])
    try:
        yield child
    finally:
        supervisor.stop([child])
