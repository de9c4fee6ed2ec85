"""Whose turn it is to say which mentions are one event."""

from django.db import connection, transaction

GROUPING = 0x44454D41
"""The advisory lock of those who move mentions between events: "DEMA"."""


def wait_for_turn() -> None:
    """Until the end of the transaction nobody else moves mentions, be it an editor or a reader.

    It comes before any lock on rows: who held rows and then waited could wait for ever.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A turn lasts as long as a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GROUPING])
