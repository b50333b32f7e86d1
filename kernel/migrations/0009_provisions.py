"""The record of what was given to whom with a person's consent (個人情報保護法29条), read from the access log."""

from django.db import migrations

INDEX = (
    "CREATE INDEX kernel_access_log_provided ON kernel_access_log (recipient, recorded_at, id) WHERE ground = 'grant';"
)

# A row written again after a rollback counts: the data had been read. The application has no right on the log; of what others read with a person's yes it may ask for one recipient and one period.
PROVISIONS = """
CREATE FUNCTION kernel_provisions(_from timestamptz, _to timestamptz, _recipient uuid)
RETURNS TABLE (subject uuid, recorded_at timestamptz, classes text[], purpose text, grants uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.subject, l.recorded_at, l.classes, l.purpose, l.grants FROM kernel_access_log l
   WHERE l.ground = 'grant' AND l.recipient = _recipient AND l.recorded_at >= _from AND l.recorded_at < _to
   ORDER BY l.recorded_at, l.id;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_index_key")]
    operations = [
        migrations.RunSQL(INDEX, "DROP INDEX kernel_access_log_provided"),
        migrations.RunSQL(PROVISIONS, "DROP FUNCTION kernel_provisions"),
    ]
