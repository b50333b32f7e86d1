"""A statement of the hot path, parsed and planned once a connection rather than at each call.

Django's own cursor writes the values into the text, so that every call is a new text to PostgreSQL.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


def fetch_one(statement: str, values: Sequence[Any]) -> Any:
    """Return the first row of a statement; None where there is none. Errors are Django's, as of any other cursor.

    The values are bound by the server: each must have a type that PostgreSQL can tell from the statement or from itself.
    """
    with _cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _cursor() -> Any:
    if connection.queries_logged:
        return connection.cursor()  # whoever watches the queries is to see this one too
    connection.ensure_connection()
    return CursorWrapper(ServerBindingCursor(connection.connection), connection)  # type: ignore[call-arg]  # stubs lack psycopg 3
