"""The database backend that the settings name."""

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Django asks the server `SELECT 1` at each request. But a connection that the server has ended has something to be read,
        which is its end; and one that leads nowhere since a cable was pulled would not answer either."""
        if self.connection is None:
            return False
        pgconn = self.connection.pgconn
        try:
            pgconn.consume_input()
        except OperationalError:
            return False
        return bool(pgconn.status == ConnStatus.OK)
