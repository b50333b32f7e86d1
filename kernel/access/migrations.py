"""What an app's migration says to protect a table and to name a purpose."""

import re

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


def name_purpose(name: str, classes: list[str], *, destroys_key: bool = False) -> RunSQL:
    """Name a purpose for which the city's machinery may read these classes; ``destroys_key`` for closing an account."""
    array = ", ".join(f"'{_checked(each)}'" for each in classes)
    destroys = "true" if destroys_key else "false"
    forward = f"INSERT INTO kernel_purpose (name, classes, destroys_key) VALUES ('{_checked(name)}', ARRAY[{array}], {destroys})"  # noqa: S608
    return RunSQL(forward, f"DELETE FROM kernel_purpose WHERE name = '{_checked(name)}'")  # noqa: S608


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for SQL: {name!r}")
    return name
