"""Who else may read than the person and the machinery: the city office, delegates, who was granted it, who broke the glass.

The kernel knows the rule, an upper floor the people: it replaces :data:`OTHERS`, which allows nobody. Accesses that others have take a
shared lock on the person before they ask, so that an end of the permission can wait for them (:mod:`kernel.access.ending`).
"""

from pathlib import Path

from django.db import migrations

BACK = (Path(__file__).parent / "sql" / "grounds_back.sql").read_text()

COLUMNS = """
ALTER TABLE kernel_purpose ADD COLUMN roles text[] COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE kernel_access_log ADD COLUMN recipient uuid, ADD COLUMN grants uuid[];
"""
NO_COLUMNS = """
ALTER TABLE kernel_access_log DROP COLUMN recipient, DROP COLUMN grants;
ALTER TABLE kernel_purpose DROP COLUMN roles;
"""

LOCK = """
CREATE FUNCTION kernel_subject_lock(_subject uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT hashtextextended('kernel_access/' || _subject::text, 7) $$;
"""

# `_roles`: those that the purpose lets read, none where no reason is given. For each subject at most one row: the ground, what allows it (grants, a mandate, broken glass), and on whose behalf the actor reads.
OTHERS = """
CREATE OR REPLACE FUNCTION kernel_ground_of_others(
  _purpose text, _actor uuid, _subjects uuid[], _classes text[], _roles text[]
) RETURNS TABLE (subject uuid, ground text, grants uuid[], recipient uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NULL::uuid, NULL::text, NULL::uuid[], NULL::uuid WHERE false;
$$;
"""

# The statement that asks begins after the lock is held, so that it sees every end that was committed before.
GROUNDS = """
CREATE FUNCTION kernel_grounds(_purpose text, _actor uuid, _subjects uuid[], _classes text[], _reason text)
RETURNS TABLE (subject uuid, ground text, grants uuid[], recipient uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _roles text[];
BEGIN
  IF _actor = '00000000-0000-7000-8000-000000000001' THEN
    RETURN QUERY SELECT s.each, 'system', NULL::uuid[], NULL::uuid FROM unnest(_subjects) s (each)
      WHERE EXISTS (SELECT FROM kernel_purpose p WHERE p.name = _purpose AND p.classes @> _classes);
    RETURN;
  END IF;
  IF _actor = ANY (_subjects) THEN
    RETURN QUERY SELECT _actor, 'self', NULL::uuid[], NULL::uuid;
    _subjects := array_remove(_subjects, _actor);
  END IF;
  IF cardinality(_subjects) > 0 THEN
    PERFORM pg_advisory_xact_lock_shared(kernel_subject_lock(s.each)) FROM unnest(_subjects) s (each);
    SELECT p.roles INTO _roles FROM kernel_purpose p WHERE p.name = _purpose AND p.classes @> _classes AND btrim(_reason) <> '';
    RETURN QUERY SELECT o.* FROM kernel_ground_of_others(_purpose, _actor, _subjects, _classes, coalesce(_roles, '{}')) o;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_grounds, kernel_ground_of_others FROM machi_app, PUBLIC;
"""

ENTER = """
CREATE OR REPLACE FUNCTION kernel_enter_access(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text,
  OUT ground text, OUT version smallint, OUT wrapped_key bytea, OUT is_destroyed boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _grants uuid[];
  _recipient uuid;
BEGIN
  IF _actor = _subject THEN
    ground := 'self';
  ELSE
    SELECT g.ground, g.grants, g.recipient INTO ground, _grants, _recipient
      FROM kernel_grounds(_purpose, _actor, ARRAY[_subject], _classes, _reason) g;
    IF ground IS NULL THEN
      RETURN;
    END IF;
  END IF;
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, grants, recipient)
  VALUES (_id, transaction_timestamp(), _actor, _subject, _purpose, _classes, ground, _reason, _request_id, _grants, _recipient);
  INSERT INTO kernel_open_access (id, subject, classes, purpose) VALUES (_id, _subject, _classes, _purpose);
  SELECT k.version, k.wrapped_key, k.destroyed_at IS NOT NULL INTO version, wrapped_key, is_destroyed
    FROM kernel_subject_key k WHERE k.subject = _subject;
END $$;
"""

# The same for up to 500 people at once; who may not be read is left out.
ENTER_MANY = """
CREATE FUNCTION kernel_enter_accesses(
  _ids uuid[], _purpose text, _actor uuid, _subjects uuid[], _classes text[], _reason text, _request_id text
) RETURNS TABLE (id uuid, subject uuid, version smallint, wrapped_key bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF cardinality(_subjects) > 500 OR cardinality(_ids) <> cardinality(_subjects) THEN
    RAISE EXCEPTION 'at most 500 people at once' USING ERRCODE = 'program_limit_exceeded';
  END IF;
  RETURN QUERY
  WITH allowed AS MATERIALIZED (
    SELECT a.id, g.subject, g.ground, g.grants, g.recipient
      FROM kernel_grounds(_purpose, _actor, _subjects, _classes, _reason) g
      JOIN unnest(_ids, _subjects) a (id, subject) ON a.subject = g.subject),
  logged AS (
    INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, grants, recipient)
    SELECT a.id, transaction_timestamp(), _actor, a.subject, _purpose, _classes, a.ground, _reason, _request_id, a.grants, a.recipient
      FROM allowed a),
  opened AS (
    INSERT INTO kernel_open_access (id, subject, classes, purpose) SELECT a.id, a.subject, _classes, _purpose FROM allowed a)
  SELECT a.id, a.subject, k.version, k.wrapped_key
    FROM allowed a LEFT JOIN kernel_subject_key k ON k.subject = a.subject;
END $$;
"""

LEAVE_MANY = """
CREATE FUNCTION kernel_leave_accesses(_ids uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM kernel_open_access WHERE xid = pg_current_xact_id_if_assigned()::text::bigint AND id = ANY (_ids);
$$;
"""

LOG_AGAIN = """
CREATE OR REPLACE FUNCTION kernel_log_access_again(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, grants, recipient, again)
  SELECT _id, transaction_timestamp(), _actor, _subject, _purpose, _classes, coalesce(g.ground, 'ended'), _reason, _request_id,
         g.grants, g.recipient, true
    FROM (SELECT 1) one LEFT JOIN kernel_grounds(_purpose, _actor, ARRAY[_subject], _classes, _reason) g ON true;
$$;
DROP FUNCTION kernel_access_ground;
"""

# What still reads of a person after their yes has ended. Called by the application's own role, which may end its own sessions alone.
STRAGGLERS = """
CREATE FUNCTION kernel_end_stragglers(_subject uuid) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE pg_terminate_backend(l.pid)) FROM pg_locks l
   WHERE l.locktype = 'advisory' AND l.granted AND l.mode = 'ShareLock' AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND l.classid::bigint = (kernel_subject_lock(_subject) >> 32) & 4294967295
     AND l.objid::bigint = kernel_subject_lock(_subject) & 4294967295;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_signing_keys")]
    operations = [
        migrations.RunSQL(COLUMNS, NO_COLUMNS),
        migrations.RunSQL(LOCK, "DROP FUNCTION kernel_subject_lock"),
        migrations.RunSQL(OTHERS, "DROP FUNCTION kernel_ground_of_others"),
        migrations.RunSQL(GROUNDS, "DROP FUNCTION kernel_grounds"),
        migrations.RunSQL(ENTER, migrations.RunSQL.noop),
        migrations.RunSQL(ENTER_MANY, "DROP FUNCTION kernel_enter_accesses"),
        migrations.RunSQL(LEAVE_MANY, "DROP FUNCTION kernel_leave_accesses"),
        migrations.RunSQL(LOG_AGAIN, BACK),
        migrations.RunSQL(STRAGGLERS, "DROP FUNCTION kernel_end_stragglers"),
    ]
