"""Seals on the log, partitions made ahead and dropped behind, and the events' deliveries."""

from django.db import migrations

# Which logs there are. `horizon`: every row of a transaction with a lower number has been looked at by the sealer. `head`: the newest
# seal; `anchor`: the newest seal that retention has removed; `kept_from`: rows recorded before it may be gone.
LOG = """
CREATE TABLE kernel_log (
  name text COLLATE "C" PRIMARY KEY,
  keep_months smallint NOT NULL CHECK (keep_months >= 3),
  is_sealed boolean NOT NULL,
  horizon bigint NOT NULL DEFAULT 0,
  head_seq bigint NOT NULL DEFAULT 0,
  head_hash bytea NOT NULL DEFAULT '',
  anchor_seq bigint NOT NULL DEFAULT 0,
  anchor_hash bytea NOT NULL DEFAULT '',
  kept_from timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO kernel_log (name, keep_months, is_sealed) VALUES
  ('kernel_audit', 120, true),
  ('kernel_access_log', 120, true),
  ('kernel_outbox', 6, false);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kernel_log FROM machi_app;
"""

XID = """
ALTER TABLE {log} ADD COLUMN xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
CREATE INDEX {log}_xid ON {log} USING brin (xid) WITH (pages_per_range = 32, autosummarize = on);
"""

SEAL = """
CREATE TABLE {log}_seal (
  entry_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  seq bigint PRIMARY KEY CHECK (seq > 0),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  UNIQUE (entry_id, recorded_at)
);
CREATE TRIGGER never_changed BEFORE UPDATE ON {log}_seal FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {log}_seal FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {log}_seal FROM machi_app;
"""

# A row as it is hashed: its members by jsonb's own order, instants in UTC, columns that are null left out, so that a column added later
# changes no hash. Nulls inside a member stay: they are part of what was said.
CANONICAL = "(SELECT coalesce(jsonb_object_agg(key, value), '{}')::text FROM jsonb_each(to_jsonb(l)) WHERE value <> 'null'::jsonb)"

# One sealer at a time. Rows become visible in another order than they were written; a row that comes late simply gets a later number, for
# what counts is whether it has a seal. The look is bounded below by the oldest transaction that was open at the last look: whatever is
# older was visible then. A horizon above the present means that the database was restored elsewhere: everything is looked at again.
SEALER = f"""
CREATE FUNCTION kernel_seal(_log text, _at_most int DEFAULT 10000, _fully boolean DEFAULT false) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _state kernel_log;
  _row record;
  _oldest bigint;
  _from bigint;
  _ids uuid[] := '{{}}';
  _times timestamptz[] := '{{}}';
  _hashes bytea[] := '{{}}';
  _hash bytea;
  _count int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('kernel_seal/' || _log, 7)) THEN
    RETURN 0;
  END IF;
  SELECT * INTO STRICT _state FROM kernel_log WHERE name = _log AND is_sealed;
  _oldest := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  _from := CASE WHEN _fully OR _state.horizon > _oldest THEN 0 ELSE _state.horizon END;
  _hash := _state.head_hash;
  FOR _row IN EXECUTE format(
    $q$SELECT l.id, l.recorded_at, {CANONICAL} AS canonical FROM %I l
        WHERE l.xid >= $1
          AND NOT EXISTS (SELECT FROM %I s WHERE s.entry_id = l.id AND s.recorded_at = l.recorded_at)
        ORDER BY l.recorded_at, l.id LIMIT $2$q$, _log, _log || '_seal') USING _from, _at_most
  LOOP
    _hash := sha256(_hash || convert_to(_row.canonical, 'UTF8'));
    _ids := _ids || _row.id;
    _times := _times || _row.recorded_at;
    _hashes := _hashes || _hash;
  END LOOP;
  _count := cardinality(_ids);
  IF _count > 0 THEN
    EXECUTE format('INSERT INTO %I (entry_id, recorded_at, seq, hash)
      SELECT id, at, $1 + number, hash FROM unnest($2, $3, $4) WITH ORDINALITY AS made (id, at, hash, number)', _log || '_seal')
      USING _state.head_seq, _ids, _times, _hashes;
  END IF;
  IF _count > 0 OR _from = 0 OR _oldest > _from + 10000 THEN
    UPDATE kernel_log SET head_seq = head_seq + _count, head_hash = _hash,
      horizon = CASE WHEN _count < _at_most THEN _oldest ELSE _from END WHERE name = _log;
  END IF;
  RETURN _count;
END $$;
"""

VERIFY = f"""
CREATE FUNCTION kernel_verify(
  _log text, OUT sealed bigint, OUT unsealed bigint, OUT head_hash bytea, OUT damaged_seq bigint, OUT damaged_entry uuid, OUT damage text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _state kernel_log;
  _row record;
BEGIN
  SELECT * INTO STRICT _state FROM kernel_log l WHERE l.name = _log AND l.is_sealed;
  EXECUTE format('SELECT count(*) FROM %I l WHERE NOT EXISTS
    (SELECT FROM %I s WHERE s.entry_id = l.id AND s.recorded_at = l.recorded_at)', _log, _log || '_seal') INTO unsealed;
  sealed := 0;
  head_hash := _state.anchor_hash;
  damaged_seq := _state.anchor_seq;
  FOR _row IN EXECUTE format(
    $q$SELECT s.seq, s.entry_id, s.recorded_at, s.hash, CASE WHEN l.id IS NOT NULL THEN {CANONICAL} END AS canonical
         FROM %I s LEFT JOIN %I l ON l.id = s.entry_id AND l.recorded_at = s.recorded_at
        ORDER BY s.seq$q$, _log || '_seal', _log)
  LOOP
    damaged_seq := damaged_seq + 1;
    IF _row.seq <> damaged_seq THEN
      damage := 'seal missing';
      RETURN;
    END IF;
    damaged_entry := _row.entry_id;
    IF _row.canonical IS NULL THEN
      IF _row.recorded_at >= _state.kept_from THEN
        damage := 'row missing';
        RETURN;
      END IF;
    ELSIF sha256(head_hash || convert_to(_row.canonical, 'UTF8')) <> _row.hash THEN
      damage := 'row changed';
      RETURN;
    END IF;
    head_hash := _row.hash;
    sealed := sealed + 1;
    damaged_entry := NULL;
  END LOOP;
  IF damaged_seq <> _state.head_seq OR head_hash <> _state.head_hash THEN
    damage := 'tail cut';
    damaged_seq := damaged_seq + 1;
    RETURN;
  END IF;
  damaged_seq := NULL;
END $$;
"""

PROVE = f"""
CREATE FUNCTION kernel_prove(_log text, _entry uuid)
RETURNS TABLE (seq bigint, previous bytea, canonical text, hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _state kernel_log;
BEGIN
  SELECT * INTO STRICT _state FROM kernel_log l WHERE l.name = _log AND l.is_sealed;
  RETURN QUERY EXECUTE format(
    $q$SELECT s.seq, CASE WHEN s.seq = $2 + 1 THEN $3 ELSE (SELECT p.hash FROM %1$I p WHERE p.seq = s.seq - 1) END,
              {CANONICAL}, s.hash
         FROM %1$I s JOIN %2$I l ON l.id = s.entry_id AND l.recorded_at = s.recorded_at WHERE s.entry_id = $1$q$,
    _log || '_seal', _log) USING _entry, _state.anchor_seq, _state.anchor_hash;
END $$;
"""

# Makes one partition; rows that went to the default partition because it was missing move into it. Rows cannot be deleted there (the
# trigger of an append-only table), so the whole default partition is taken off, poured in again from above, and dropped.
MAKE_PARTITION = """
CREATE FUNCTION kernel_make_partition(_parent text, _name text, _from timestamptz, _to timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  _default text := _parent || '_default';
  _is_in_the_way boolean;
BEGIN
  IF to_regclass('public.' || quote_ident(_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', _parent);
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE recorded_at >= $1 AND recorded_at < $2)', _default)
    INTO _is_in_the_way USING _from, _to;
  IF _is_in_the_way THEN
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', _parent, _default);
    EXECUTE format('ALTER TABLE %I RENAME TO kernel_moving', _default);
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', _name, _parent, _from, _to);
  PERFORM kernel_close_partition(_parent, _name);
  IF _is_in_the_way THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', _default, _parent);
    PERFORM kernel_close_partition(_parent, _default);
    EXECUTE format('INSERT INTO %I SELECT * FROM kernel_moving', _parent);
    DROP TABLE kernel_moving;
  END IF;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_make_partition FROM machi_app, PUBLIC;
"""

# The application reads and writes through the parent alone.
CLOSE_PARTITION = """
CREATE FUNCTION kernel_close_partition(_parent text, _name text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('REVOKE ALL ON %I FROM machi_app', _name);
  IF EXISTS (SELECT FROM kernel_log WHERE name = _parent) THEN
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', _name);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_close_partition FROM machi_app, PUBLIC;
"""

MAKE_PARTITIONS = """
CREATE FUNCTION kernel_make_partitions(_at timestamptz) RETURNS text[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _log text;
  _start timestamptz;
  _name text;
  _made text[] := '{}';
BEGIN
  FOR _log IN SELECT name FROM kernel_log ORDER BY name LOOP
    FOR _start IN SELECT generate_series(date_trunc('month', _at), _at + interval '3 months', interval '1 month') LOOP
      _name := _log || to_char(_start, '_YYYYMM');
      IF kernel_make_partition(_log, _name, _start, _start + interval '1 month') THEN
        _made := _made || _name;
      END IF;
    END LOOP;
  END LOOP;
  FOR _start IN SELECT generate_series(date_trunc('day', _at), _at + interval '7 days', interval '1 day') LOOP
    _name := 'kernel_answer' || to_char(_start, '_YYYYMMDD');
    IF kernel_make_partition('kernel_answer', _name, _start, _start + interval '1 day') THEN
      _made := _made || _name;
    END IF;
  END LOOP;
  RETURN _made;
END $$;
"""

# Answers are kept for 48 hours. Like the function below it takes no instant: nobody can ask for more to go than is due.
DROP_ANSWERS = """
CREATE FUNCTION kernel_drop_old_answers() RETURNS text[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  _name text;
  _dropped text[] := '{}';
BEGIN
  FOR _name IN
    SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = oid
     WHERE inhparent = 'public.kernel_answer'::regclass AND relname ~ '^kernel_answer_[0-9]{8}$'
       AND to_date(right(relname, 8), 'YYYYMMDD') + interval '1 day' <= clock_timestamp() - interval '48 hours'
     ORDER BY relname
  LOOP
    EXECUTE format('DROP TABLE %I', _name);
    _dropped := _dropped || _name;
  END LOOP;
  DELETE FROM kernel_answer_default WHERE recorded_at < clock_timestamp() - interval '48 hours';
  RETURN _dropped;
END $$;
"""

# Whole months go. An outbox month stays while one of its events is undelivered, a sealed month while one of its rows is unsealed. Of the
# chain, the oldest seals go as far as all their rows are gone; the last of them is the anchor from which the rest is still checked.
DROP_LOGS = """
CREATE FUNCTION kernel_drop_old_logs() RETURNS text[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  _log kernel_log;
  _name text;
  _until timestamptz;
  _has_more boolean;
  _dropped text[] := '{}';
BEGIN
  FOR _log IN SELECT * FROM kernel_log ORDER BY name LOOP
    FOR _name, _until IN
      SELECT relname, to_date(right(relname, 6), 'YYYYMM') + interval '1 month' FROM pg_class JOIN pg_inherits ON inhrelid = oid
       WHERE inhparent = ('public.' || _log.name)::regclass AND relname ~ ('^' || _log.name || '_[0-9]{6}$')
         AND to_date(right(relname, 6), 'YYYYMM') + interval '1 month'
             <= date_trunc('month', clock_timestamp()) - make_interval(months => _log.keep_months)
       ORDER BY relname
    LOOP
      IF _log.is_sealed THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I l WHERE NOT EXISTS
          (SELECT FROM %I s WHERE s.entry_id = l.id AND s.recorded_at = l.recorded_at))', _name, _log.name || '_seal') INTO _has_more;
      ELSE
        SELECT EXISTS (SELECT FROM kernel_delivery WHERE done_at IS NULL AND recorded_at < _until) INTO _has_more;
      END IF;
      EXIT WHEN _has_more;
      EXECUTE format('DROP TABLE %I', _name);
      UPDATE kernel_log SET kept_from = _until WHERE name = _log.name;
      _dropped := _dropped || _name;
    END LOOP;
    IF _log.is_sealed THEN
      PERFORM kernel_drop_old_seals(_log.name);
    END IF;
  END LOOP;
  RETURN _dropped;
END $$;
"""

DROP_SEALS = """
CREATE FUNCTION kernel_drop_old_seals(_log text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _state kernel_log;
  _first_kept bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('kernel_seal/' || _log, 7));
  SELECT * INTO STRICT _state FROM kernel_log WHERE name = _log AND is_sealed;
  EXECUTE format('SELECT min(seq) FROM %I WHERE recorded_at >= $1', _log || '_seal') INTO _first_kept USING _state.kept_from;
  _first_kept := coalesce(_first_kept, _state.head_seq + 1);
  IF _first_kept = _state.anchor_seq + 1 THEN
    RETURN 0;
  END IF;
  EXECUTE format('UPDATE kernel_log SET anchor_seq = s.seq, anchor_hash = s.hash FROM %I s
    WHERE kernel_log.name = $1 AND s.seq = $2 - 1', _log || '_seal') USING _log, _first_kept;
  EXECUTE format('DELETE FROM %I WHERE seq < $1', _log || '_seal') USING _first_kept;
  RETURN _first_kept - _state.anchor_seq - 1;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_drop_old_seals FROM machi_app, PUBLIC;
"""

DELIVERY = """
CREATE TABLE kernel_delivery (
  event_id uuid NOT NULL,
  handler text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL,
  done_at timestamptz,
  last_error text NOT NULL DEFAULT '',
  PRIMARY KEY (event_id, handler)
);
CREATE INDEX kernel_delivery_waiting ON kernel_delivery (next_try_at) WHERE done_at IS NULL;
CREATE TABLE kernel_tail (name text COLLATE "C" PRIMARY KEY, horizon bigint NOT NULL DEFAULT 0);
INSERT INTO kernel_tail (name) VALUES ('kernel_outbox');
"""

# Writes down which handler each new event waits for. It tails the outbox as the sealer tails its logs: by the oldest open transaction, never
# by an id. Runs with the application's own rights.
DISTRIBUTE = """
CREATE FUNCTION kernel_distribute(_names text[], _handlers text[], _at timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _horizon bigint;
  _oldest bigint;
  _count bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('kernel_distribute', 7)) THEN
    RETURN 0;
  END IF;
  SELECT horizon INTO STRICT _horizon FROM kernel_tail WHERE name = 'kernel_outbox';
  _oldest := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  IF _horizon > _oldest THEN
    _horizon := 0;
  END IF;
  INSERT INTO kernel_delivery (event_id, handler, recorded_at, next_try_at)
    SELECT o.id, h.handler, o.recorded_at, _at
      FROM kernel_outbox o JOIN unnest(_names, _handlers) AS h (name, handler) ON h.name = o.name
     WHERE o.xid >= _horizon
       AND NOT EXISTS (SELECT FROM kernel_delivery d WHERE d.event_id = o.id AND d.handler = h.handler)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS _count = ROW_COUNT;
  IF _count > 0 OR _horizon = 0 OR _oldest > _horizon + 10000 THEN
    UPDATE kernel_tail SET horizon = _oldest WHERE name = 'kernel_outbox';
  END IF;
  RETURN _count;
END $$;
"""


class Migration(migrations.Migration):
    """The log's machinery; the application only calls it."""

    dependencies = [("kernel", "0002_access")]
    operations = [
        migrations.RunSQL(LOG, "DROP TABLE kernel_log"),
        *(
            migrations.RunSQL(XID.format(log=log), f"ALTER TABLE {log} DROP COLUMN xid")
            for log in ("kernel_audit", "kernel_outbox")
        ),
        *(
            migrations.RunSQL(SEAL.format(log=log), f"DROP TABLE {log}_seal")
            for log in ("kernel_audit", "kernel_access_log")
        ),
        migrations.RunSQL(SEALER, "DROP FUNCTION kernel_seal"),
        migrations.RunSQL(VERIFY, "DROP FUNCTION kernel_verify"),
        migrations.RunSQL(PROVE, "DROP FUNCTION kernel_prove"),
        migrations.RunSQL(CLOSE_PARTITION, "DROP FUNCTION kernel_close_partition"),
        migrations.RunSQL(MAKE_PARTITION, "DROP FUNCTION kernel_make_partition"),
        migrations.RunSQL(MAKE_PARTITIONS, "DROP FUNCTION kernel_make_partitions"),
        migrations.RunSQL(DELIVERY, "DROP TABLE kernel_delivery, kernel_tail"),
        migrations.RunSQL(DROP_ANSWERS, "DROP FUNCTION kernel_drop_old_answers"),
        migrations.RunSQL(DROP_SEALS, "DROP FUNCTION kernel_drop_old_seals"),
        migrations.RunSQL(DROP_LOGS, "DROP FUNCTION kernel_drop_old_logs"),
        migrations.RunSQL(DISTRIBUTE, "DROP FUNCTION kernel_distribute"),
    ]
