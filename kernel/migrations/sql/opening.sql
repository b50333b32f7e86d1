-- A CHECK of a table is read from its text whenever a statement begins, a domain's once a session; so purpose and classes are checked on
-- their way into the log, which three functions alone write.
CREATE DOMAIN kernel_purpose_name AS text COLLATE "C" CHECK (VALUE <> '');
CREATE DOMAIN kernel_data_classes AS text[] COLLATE "C" CHECK (cardinality(VALUE) > 0);
ALTER TABLE kernel_access_log DROP CONSTRAINT kernel_access_log_purpose_check, DROP CONSTRAINT kernel_access_log_classes_check;

-- A transaction counts its log rows in its name, which the server reports to the client library (application_name) and a rollback takes
-- back. So the end of an act sees, without asking, that rows are gone. An expression, which the planner puts in its place.
DROP TRIGGER count_readings ON kernel_access_log;
DROP FUNCTION kernel_count_readings;
CREATE FUNCTION kernel_readings_counted(_name text, _more bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT 'machi ' || CASE WHEN _name ~ '^machi [0-9]{1,9}$' THEN substr(_name, 7)::int + _more ELSE _more END;
$$;

CREATE OR REPLACE FUNCTION kernel_enter_access(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text,
  OUT ground text, OUT version smallint, OUT wrapped_key bytea, OUT is_destroyed boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _grants uuid[];
  _recipient uuid;
  _counted text;
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
  VALUES (_id, transaction_timestamp(), _actor, _subject, _purpose::kernel_purpose_name, _classes::kernel_data_classes, ground, _reason,
          _request_id, _grants, _recipient);
  INSERT INTO kernel_open_access (id, subject, classes, purpose) VALUES (_id, _subject, _classes, _purpose);
  _counted := set_config('application_name', kernel_readings_counted(current_setting('application_name'), 1), true);
  SELECT k.version, k.wrapped_key, k.destroyed_at IS NOT NULL INTO version, wrapped_key, is_destroyed
    FROM kernel_subject_key k WHERE k.subject = _subject;
END $$;

-- The same for up to 500 people at once; who may not be read is left out.
CREATE OR REPLACE FUNCTION kernel_enter_accesses(
  _ids uuid[], _purpose text, _actor uuid, _subjects uuid[], _classes text[], _reason text, _request_id text
) RETURNS TABLE (id uuid, subject uuid, version smallint, wrapped_key bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _opened bigint;
  _counted text;
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
    SELECT a.id, transaction_timestamp(), _actor, a.subject, _purpose::kernel_purpose_name, _classes::kernel_data_classes, a.ground,
           _reason, _request_id, a.grants, a.recipient
      FROM allowed a),
  opened AS (
    INSERT INTO kernel_open_access (id, subject, classes, purpose) SELECT a.id, a.subject, _classes, _purpose FROM allowed a)
  SELECT a.id, a.subject, k.version, k.wrapped_key
    FROM allowed a LEFT JOIN kernel_subject_key k ON k.subject = a.subject;
  GET DIAGNOSTICS _opened = ROW_COUNT;
  _counted := set_config('application_name', kernel_readings_counted(current_setting('application_name'), _opened), true);
END $$;

CREATE OR REPLACE FUNCTION kernel_log_access_again(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, grants, recipient, again)
  SELECT _id, transaction_timestamp(), _actor, _subject, _purpose::kernel_purpose_name, _classes::kernel_data_classes,
         coalesce(g.ground, 'ended'), _reason, _request_id, g.grants, g.recipient, true
    FROM (SELECT 1) one LEFT JOIN kernel_grounds(_purpose, _actor, ARRAY[_subject], _classes, _reason) g ON true;
$$;

-- Whom an access shows twice need not be shown once: nothing is sorted.
CREATE OR REPLACE FUNCTION machi_subjects(_class text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    SELECT subject FROM kernel_open_access
     WHERE xid = pg_current_xact_id_if_assigned()::text::bigint AND began_at = transaction_timestamp() AND _class = ANY (classes));
END $$;
