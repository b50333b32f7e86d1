"""The Japanese day, the log tables and the kept answers, all in the database's own words."""

from django.db import migrations

JST_DATE = """
CREATE FUNCTION jst_date(at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ((at AT TIME ZONE 'UTC') + interval '9 hours')::date;
"""

REFUSE_CHANGE = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

# Guarded by the columns' types: a CHECK on the table would do the same and be parsed anew by every statement.
ANSWER = """
CREATE DOMAIN kernel_key AS text COLLATE "C" CHECK (length(VALUE) BETWEEN 8 AND 128);
CREATE DOMAIN kernel_digest AS bytea CHECK (length(VALUE) = 32);
CREATE DOMAIN kernel_status AS smallint CHECK (VALUE BETWEEN 200 AND 499);
CREATE TABLE kernel_answer (
  actor uuid NOT NULL,
  key kernel_key NOT NULL,
  recorded_at timestamptz NOT NULL,
  request_digest kernel_digest NOT NULL,
  status kernel_status NOT NULL,
  body bytea NOT NULL,
  is_refusal boolean NOT NULL,
  PRIMARY KEY (actor, key, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE kernel_answer_default PARTITION OF kernel_answer DEFAULT;
REVOKE UPDATE, DELETE ON kernel_answer, kernel_answer_default FROM machi_app;
"""

AUDIT = """
CREATE TABLE kernel_audit (
  id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor uuid NOT NULL,
  subject uuid,
  action text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  what jsonb NOT NULL,
  why text NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE kernel_audit_default PARTITION OF kernel_audit DEFAULT;
"""

OUTBOX = """
CREATE TABLE kernel_outbox (
  id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  name text COLLATE "C" NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE kernel_outbox_default PARTITION OF kernel_outbox DEFAULT;
"""

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON {table}, {table}_default FROM machi_app;
"""


class Migration(migrations.Migration):
    """Tables that are partitioned are written in SQL; Django's models of them follow in the state alone."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(JST_DATE, "DROP FUNCTION jst_date(timestamptz)"),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION kernel_refuse_change()"),
        migrations.RunSQL(ANSWER, "DROP TABLE kernel_answer; DROP DOMAIN kernel_key, kernel_digest, kernel_status"),
        migrations.RunSQL(AUDIT + APPEND_ONLY.format(table="kernel_audit"), "DROP TABLE kernel_audit"),
        migrations.RunSQL(OUTBOX + APPEND_ONLY.format(table="kernel_outbox"), "DROP TABLE kernel_outbox"),
    ]
