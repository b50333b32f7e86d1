-- What 0006 replaced, as 0002 made it.

CREATE OR REPLACE FUNCTION kernel_access_ground(_purpose text, _actor uuid, _subject uuid, _classes text[]) RETURNS text
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

CREATE OR REPLACE FUNCTION kernel_enter_access(
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

CREATE OR REPLACE FUNCTION kernel_log_access_again(
  _id uuid, _purpose text, _actor uuid, _subject uuid, _classes text[], _reason text, _request_id text
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO kernel_access_log (id, recorded_at, actor, subject, purpose, classes, ground, reason, request_id, again)
  VALUES (_id, transaction_timestamp(), _actor, _subject, _purpose, _classes,
          coalesce(kernel_access_ground(_purpose, _actor, _subject, _classes), 'ended'), _reason, _request_id, true);
$$;
