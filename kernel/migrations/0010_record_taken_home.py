"""The access log as its subject takes it home: whole, with the text that was sealed; and read by who has to protect the subject.

Whether somebody else may is the ground's matter, as for any data: a reading on the ground ``delegate`` passes here. What a person
reads of their own log is left out of the list as before; that a delegate looked is not.
"""

from importlib import import_module

from django.db import migrations

_tree = import_module("kernel.migrations.0007_tree")

READER = _tree.READER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
ENTRIES = _tree.ENTRIES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FOR_DELEGATES_TOO = READER.replace(
    "l.actor = o.subject AND l.ground = 'self'", "(l.actor = o.subject AND l.ground = 'self' OR l.ground = 'delegate')"
)
WITH_DELEGATES = ENTRIES.replace(
    "l.purpose <> 'accounts.my_accesses'", "(l.purpose <> 'accounts.my_accesses' OR l.ground <> 'self')"
)

# A page of everything, newest first: nothing is left out. Without a number: not sealed yet.
WHOLE = f"""
CREATE FUNCTION kernel_access_record(_access uuid, _before timestamptz, _before_id uuid, _limit int)
RETURNS TABLE (canonical text, seq bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _subject uuid := kernel_access_log_reader(_access);
BEGIN
  RETURN QUERY
    SELECT {_tree.CANONICAL}, s.seq FROM (
      SELECT * FROM kernel_access_log a
       WHERE a.subject = _subject AND (_before IS NULL OR (a.recorded_at, a.id) < (_before, _before_id))
       ORDER BY a.recorded_at DESC, a.id DESC LIMIT _limit) l
      LEFT JOIN kernel_access_log_seal s ON s.entry_id = l.id AND s.recorded_at = l.recorded_at
     ORDER BY l.recorded_at DESC, l.id DESC;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0009_provisions")]
    operations = [
        migrations.RunSQL(FOR_DELEGATES_TOO, READER),
        migrations.RunSQL(WITH_DELEGATES, ENTRIES),
        migrations.RunSQL(WHOLE, "DROP FUNCTION kernel_access_record"),
    ]
