"""Access to personal data: the log row is the key. Row-level security asks ``machi_subjects``; the application owns none of this."""

from django.db import migrations

# The purposes for which the city's own machinery may read, and the classes that each covers; apps name theirs in migrations.
PURPOSE = """
CREATE TABLE kernel_purpose (
  name text COLLATE "C" PRIMARY KEY CHECK (name <> ''),
  classes text[] COLLATE "C" NOT NULL CHECK (cardinality(classes) > 0),
  destroys_key boolean NOT NULL DEFAULT false
);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kernel_purpose FROM machi_app;
"""

SUBJECT_KEY = """
CREATE TABLE kernel_subject_key (
  subject uuid PRIMARY KEY,
  version smallint NOT NULL CHECK (version > 0),
  wrapped_key bytea,
  created_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  CONSTRAINT kernel_subject_key_or_gone CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
);
REVOKE ALL ON kernel_subject_key FROM machi_app;
"""

# `again`: the transaction that read was rolled back and took its row with it; this one says so.
ACCESS_LOG = """
CREATE TABLE kernel_access_log (
  id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor uuid NOT NULL,
  subject uuid NOT NULL,
  purpose text COLLATE "C" NOT NULL CHECK (purpose <> ''),
  classes text[] COLLATE "C" NOT NULL CHECK (cardinality(classes) > 0),
  ground text COLLATE "C" NOT NULL,
  grant_id uuid,
  reason text NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  again boolean NOT NULL DEFAULT false,
  xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE kernel_access_log_default PARTITION OF kernel_access_log DEFAULT;
CREATE INDEX kernel_access_log_of_subject ON kernel_access_log (subject, recorded_at DESC, id DESC);
CREATE INDEX kernel_access_log_xid ON kernel_access_log USING brin (xid) WITH (pages_per_range = 32, autosummarize = on);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_access_log
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON kernel_access_log
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE ALL ON kernel_access_log, kernel_access_log_default FROM machi_app;
"""

# What is open now. A row counts in its own transaction alone, known by number and beginning (a restored database counts anew), so that
# neither the pool's next user nor a transaction of the same number can inherit it. Unlogged: after a crash nothing is open.
OPEN_ACCESS = """
CREATE UNLOGGED TABLE kernel_open_access (
  xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  began_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
  id uuid NOT NULL,
  subject uuid NOT NULL,
  classes text[] COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  PRIMARY KEY (xid, id)
);
REVOKE ALL ON kernel_open_access FROM machi_app;
"""

# Why this access is allowed, null where it is not. The one place where grants, delegates and broken glass will be asked as well; called in
# a statement of its own, so that it sees what was committed until then.
GROUND = """
CREATE FUNCTION kernel_access_ground(_purpose text, _actor uuid, _subject uuid, _classes text[]) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF _actor = _subject THEN
    RETURN 'self';
  END IF;
  IF _actor = '00000000-0000-7000-8000-000000000001'
     AND EXISTS (SELECT FROM kernel_purpose WHERE name = _purpose AND classes @> _classes) THEN
    RETURN 'system';
  END IF;
  RETURN NULL;
END $$;
"""

ENTER = """
CREATE FUNCTION kernel_enter_access(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text,
  OUT ground text, OUT version smallint, OUT wrapped_key bytea, OUT is_destroyed boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  ground := kernel_access_ground(_purpose, _actor, _subject, _classes);
  IF ground IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id)
  VALUES (_id, transaction_timestamp(), _actor, _subject, _purpose, _classes, ground, _reason, _request_id);
  INSERT INTO kernel_open_access (id, subject, classes, purpose) VALUES (_id, _subject, _classes, _purpose);
  SELECT k.version, k.wrapped_key, k.destroyed_at IS NOT NULL INTO version, wrapped_key, is_destroyed
    FROM kernel_subject_key k WHERE k.subject = _subject;
END $$;
"""

LEAVE = """
CREATE FUNCTION kernel_leave_access(_id uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM kernel_open_access WHERE xid = pg_current_xact_id_if_assigned()::text::bigint AND id = _id;
$$;
"""

SUBJECTS = """
CREATE FUNCTION machi_subjects(_class text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(
    (SELECT array_agg(DISTINCT subject) FROM kernel_open_access
      WHERE xid = pg_current_xact_id_if_assigned()::text::bigint
        AND began_at = transaction_timestamp() AND _class = ANY (classes)),
    '{}');
END $$;
"""

KEEP_KEY = """
CREATE FUNCTION kernel_keep_subject_key(
  _access uuid, _version smallint, _wrapped bytea,
  OUT version smallint, OUT wrapped_key bytea, OUT is_destroyed boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _subject uuid := (SELECT o.subject FROM kernel_open_access o
    WHERE o.xid = pg_current_xact_id_if_assigned()::text::bigint AND o.began_at = transaction_timestamp() AND o.id = _access);
BEGIN
  IF _subject IS NULL THEN
    RAISE EXCEPTION 'no such access is open' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO kernel_subject_key (subject, version, wrapped_key, created_at)
    VALUES (_subject, _version, _wrapped, transaction_timestamp()) ON CONFLICT (subject) DO NOTHING;
  SELECT k.version, k.wrapped_key, k.destroyed_at IS NOT NULL INTO version, wrapped_key, is_destroyed
    FROM kernel_subject_key k WHERE k.subject = _subject;
END $$;
"""

# A subject who never had a key gets a row that says it is gone, so that none is made later.
DESTROY_KEY = """
CREATE FUNCTION kernel_destroy_subject_key(_access uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _subject uuid := (SELECT o.subject FROM kernel_open_access o JOIN kernel_purpose p ON p.name = o.purpose AND p.destroys_key
    WHERE o.xid = pg_current_xact_id_if_assigned()::text::bigint AND o.began_at = transaction_timestamp() AND o.id = _access);
BEGIN
  IF _subject IS NULL THEN
    RAISE EXCEPTION 'no access is open whose purpose destroys keys' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO kernel_subject_key (subject, version, created_at, destroyed_at)
    VALUES (_subject, 1, transaction_timestamp(), transaction_timestamp())
    ON CONFLICT (subject) DO UPDATE SET wrapped_key = NULL, destroyed_at = transaction_timestamp()
      WHERE kernel_subject_key.destroyed_at IS NULL;
END $$;
"""

LOG_AGAIN = """
CREATE FUNCTION kernel_log_access_again(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, again)
  VALUES (_id, transaction_timestamp(), _actor, _subject, _purpose, _classes,
          coalesce(kernel_access_ground(_purpose, _actor, _subject, _classes), 'ended'), _reason, _request_id, true);
$$;
"""

STANDING = """
CREATE FUNCTION kernel_standing_accesses(_ids uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(id), '{}') FROM kernel_access_log WHERE id = ANY (_ids) AND recorded_at = transaction_timestamp();
$$;
"""

# Rows of finished transactions are dead already; this only takes them away.
SWEEP = """
CREATE FUNCTION kernel_sweep_open_accesses() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM kernel_open_access
     WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint OR xid > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    RETURNING 1)
  SELECT count(*) FROM gone;
$$;
"""


class Migration(migrations.Migration):
    """Tables that the application cannot touch, and the functions through which it may."""

    dependencies = [("kernel", "0001_first_tables")]
    operations = [
        migrations.RunSQL(PURPOSE, "DROP TABLE kernel_purpose"),
        migrations.RunSQL(SUBJECT_KEY, "DROP TABLE kernel_subject_key"),
        migrations.RunSQL(ACCESS_LOG, "DROP TABLE kernel_access_log"),
        migrations.RunSQL(OPEN_ACCESS, "DROP TABLE kernel_open_access"),
        migrations.RunSQL(GROUND, "DROP FUNCTION kernel_access_ground"),
        migrations.RunSQL(ENTER, "DROP FUNCTION kernel_enter_access"),
        migrations.RunSQL(LEAVE, "DROP FUNCTION kernel_leave_access"),
        migrations.RunSQL(SUBJECTS, "DROP FUNCTION machi_subjects"),
        migrations.RunSQL(KEEP_KEY, "DROP FUNCTION kernel_keep_subject_key"),
        migrations.RunSQL(DESTROY_KEY, "DROP FUNCTION kernel_destroy_subject_key"),
        migrations.RunSQL(LOG_AGAIN, "DROP FUNCTION kernel_log_access_again"),
        migrations.RunSQL(STANDING, "DROP FUNCTION kernel_standing_accesses"),
        migrations.RunSQL(SWEEP, "DROP FUNCTION kernel_sweep_open_accesses"),
    ]
