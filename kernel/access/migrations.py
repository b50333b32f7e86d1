"""What an app's migration says to protect a table and to name a purpose."""

import re
from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

_NAME = re.compile(r"[a-z][a-z0-9_.]*")


def protect(table: str, subject_column: str, data_class: str) -> RunSQL:
    """Protect a table: the application sees and writes only rows of the subjects of an open access to ``data_class``.

    Not FORCE: the owner runs migrations and definer functions. Unique and foreign keys are checked past the policy, so that a
    unique constraint still tells that a value exists; keep such columns hashed or sealed.
    """
    table, subject_column, data_class = _checked(table), _checked(subject_column), _checked(data_class)
    rule = f"{subject_column} = ANY ((SELECT machi_subjects('{data_class}'))::uuid[])"
    forward = (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY {table}_access ON {table} FOR ALL TO machi_app USING ({rule}) WITH CHECK ({rule});"
    )
    backward = f"DROP POLICY {table}_access ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    return RunSQL(forward, backward)


def name_purpose(name: str, classes: list[str], *, destroys_key: bool = False, roles: Sequence[str] = ()) -> RunSQL:
    """Name a purpose for which the city's machinery may read these classes; officers in one of the ``roles`` too, with a reason.

    ``destroys_key`` is for closing an account. A purpose with roles asks for migration ``kernel.0006_grounds`` before it.
    """
    values = [f"'{_checked(name)}'", _array(classes), "true" if destroys_key else "false"]
    columns = ["name", "classes", "destroys_key"]
    if roles:
        columns, values = [*columns, "roles"], [*values, _array(roles)]
    forward = f"INSERT INTO kernel_purpose ({', '.join(columns)}) VALUES ({', '.join(values)})"  # noqa: S608
    return RunSQL(forward, f"DELETE FROM kernel_purpose WHERE name = '{_checked(name)}'")  # noqa: S608


def widen_purpose(name: str, classes: list[str]) -> RunSQL:
    """Let a purpose that is named already cover further classes."""
    array = _array(classes)
    where = f"WHERE name = '{_checked(name)}'"
    kept = f"ARRAY(SELECT each FROM unnest(classes) AS each WHERE each <> ALL ({array}))"  # noqa: S608
    return RunSQL(
        f"UPDATE kernel_purpose SET classes = {kept} || {array} {where}",  # noqa: S608
        f"UPDATE kernel_purpose SET classes = {kept} {where}",  # noqa: S608
    )


def _array(names: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(repr(_checked(each)) for each in names)}]::text[]"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for SQL: {name!r}")
    return name
