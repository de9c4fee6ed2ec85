"""Django's PostgreSQL engine on a server that starts when the first connection is asked for.

DATABASES takes `DATA_DIR`, the server's data directory, and `NAME`, made if it is absent.
"""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from . import account, server


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def data_dir(self) -> Path:
        return Path(self.settings_dict["DATA_DIR"])

    @property
    def pg_version(self) -> int:
        """Known without asking: Django's checks want it, and they must not start a server.

        As PostgreSQL's `server_version_num`, but without the minor release.
        """
        return account.VERSION * 10_000

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **self._address()}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A psycopg connection; its class is Django's to choose."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            # libpq gives no code for it: the database is missing, or the server was just killed.
            server.ensure_database(self.data_dir, conn_params["dbname"])
            return super().get_new_connection({**conn_params, **self._address()})

    def _address(self) -> dict[str, str]:
        return {"host": str(server.hold(self.data_dir)), "user": server.SUPERUSER}
