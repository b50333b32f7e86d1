"""A Merkle tree over a sealed log, the heads that the city signs, and the access log as its subject reads it."""

from importlib import import_module

from django.db import migrations, models

import kernel.ids

_log = import_module("kernel.migrations.0003_log")

HAS_TREE = """
ALTER TABLE kernel_log ADD COLUMN has_tree boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT kernel_log_tree_over_seals CHECK (is_sealed OR NOT has_tree);
UPDATE kernel_log SET has_tree = true WHERE name = 'kernel_access_log';
"""

# The complete subtrees (RFC 6962): the leaves index * 2^level to before (index + 1) * 2^level. Leaf n is the row with seal n + 1. Hashes
# outlive the rows that retention drops, so that what was signed can be checked for ever.
NODE = """
CREATE TABLE kernel_tree_node (
  log text COLLATE "C" NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 62),
  index bigint NOT NULL CHECK (index >= 0),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (log, level, index)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_tree_node FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON kernel_tree_node FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE ALL ON kernel_tree_node FROM machi_app;
"""

SIZE = """
CREATE FUNCTION kernel_tree_size(_log text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(max(index) + 1, 0) FROM kernel_tree_node WHERE log = _log AND level = 0;
$$;
"""

CANONICAL = _log.CANONICAL  # the sealer's text of a row

# Sealed rows in the order of their seals, each with the text that was sealed (null where the row is gone) and the seal before it. For
# the functions below alone: it shows everybody's rows.
SEALED_ROWS = f"""
CREATE FUNCTION kernel_sealed_rows(_log text, _after bigint, _at_most int)
RETURNS TABLE (seq bigint, entry_id uuid, recorded_at timestamptz, previous bytea, hash bytea, canonical text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _state kernel_log;
BEGIN
  SELECT * INTO STRICT _state FROM kernel_log l WHERE l.name = _log AND l.is_sealed;
  RETURN QUERY EXECUTE format(
    $q$SELECT s.seq, s.entry_id, s.recorded_at,
              coalesce(lag(s.hash) OVER (ORDER BY s.seq), (SELECT b.hash FROM %1$I b WHERE b.seq = $1), $3),
              s.hash, CASE WHEN l.id IS NOT NULL THEN {CANONICAL} END
         FROM (SELECT * FROM %1$I WHERE seq > $1 ORDER BY seq LIMIT $2) s
         LEFT JOIN LATERAL (SELECT * FROM %2$I o WHERE o.id = s.entry_id AND o.recorded_at = s.recorded_at OFFSET 0) l ON true
        ORDER BY s.seq$q$, _log || '_seal', _log) USING _after, _at_most, _state.anchor_hash;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_sealed_rows FROM machi_app, PUBLIC;
"""

# One grower at a time, bounded, in one transaction: killed at any moment it has either grown or not. A row that is not what was sealed,
# or is missing, never enters the tree: growth stops before it, and the check says so. Each statement looks through one stretch of
# the primary key, so that no planner without statistics can go wrong over it.
GROW = """
CREATE FUNCTION kernel_grow_tree(_log text, _at_most int DEFAULT 10000) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  _size bigint;
  _grown int;
  _level int := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('kernel_tree/' || _log, 7)) THEN
    RETURN 0;
  END IF;
  PERFORM FROM kernel_log WHERE name = _log AND has_tree;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no tree grows over %', _log USING ERRCODE = 'invalid_parameter_value';
  END IF;
  _size := kernel_tree_size(_log);
  INSERT INTO kernel_tree_node (log, level, index, hash)
    SELECT _log, 0, r.seq - 1, sha256('\\x00'::bytea || convert_to(r.canonical, 'UTF8'))
      FROM (SELECT s.seq, s.canonical,
                   bool_and(s.canonical IS NOT NULL AND s.hash = sha256(s.previous || convert_to(s.canonical, 'UTF8')))
                     OVER (ORDER BY s.seq) AS stands,
                   row_number() OVER (ORDER BY s.seq) AS number
              FROM kernel_sealed_rows(_log, _size, _at_most) s) r
     WHERE r.stands AND r.seq = _size + r.number;
  GET DIAGNOSTICS _grown = ROW_COUNT;
  WHILE (_size >> (_level + 1)) < ((_size + _grown) >> (_level + 1)) LOOP
    INSERT INTO kernel_tree_node (log, level, index, hash)
      SELECT _log, _level + 1, n.index / 2, sha256('\\x01'::bytea || string_agg(n.hash, '' ORDER BY n.index))
        FROM kernel_tree_node n
       WHERE n.log = _log AND n.level = _level
         AND n.index >= (_size >> (_level + 1)) * 2 AND n.index < ((_size + _grown) >> (_level + 1)) * 2
       GROUP BY n.index / 2 HAVING count(*) = 2;
    _level := _level + 1;
  END LOOP;
  RETURN _grown;
END $$;
"""

NODES = """
CREATE FUNCTION kernel_tree_nodes(_log text, _levels int[], _indexes bigint[])
RETURNS TABLE (level int, index bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT wanted.level, wanted.index, n.hash FROM unnest(_levels, _indexes) AS wanted (level, index), LATERAL (
    SELECT k.hash FROM kernel_tree_node k WHERE k.log = _log AND k.level = wanted.level AND k.index = wanted.index OFFSET 0) n;
$$;
"""

# What the check of the whole log reads, a stretch at a time: the nodes that are complete with a leaf of the stretch …
NODES_OF_STRETCH = """
CREATE FUNCTION kernel_tree_stretch(_log text, _start bigint, _end bigint)
RETURNS TABLE (level int, index bigint, hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  _level int := 0;
BEGIN
  WHILE (_end >> _level) > 0 LOOP
    RETURN QUERY SELECT _level, n.index, n.hash FROM kernel_tree_node n
      WHERE n.log = _log AND n.level = _level AND n.index >= (_start >> _level) AND n.index < (_end >> _level);
    _level := _level + 1;
  END LOOP;
END $$;
"""

# … and its rows as hashes: whether the seal fits, and what leaf the row gives. `is_gone`: retention took it.
ROWS_OF_STRETCH = """
CREATE FUNCTION kernel_check_rows(_log text, _after bigint, _until bigint)
RETURNS TABLE (seq bigint, entry_id uuid, recorded_at timestamptz, hash bytea, is_gone boolean, seal_fits boolean, leaf bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
  SELECT s.seq, s.entry_id, s.recorded_at, s.hash,
         s.canonical IS NULL AND s.recorded_at < (SELECT kept_from FROM kernel_log WHERE name = _log),
         s.hash = sha256(s.previous || convert_to(s.canonical, 'UTF8')),
         sha256('\\x00'::bytea || convert_to(s.canonical, 'UTF8'))
    FROM kernel_sealed_rows(_log, _after, (_until - _after)::int) s WHERE s.seq <= _until ORDER BY s.seq;
$$;
"""

# Retention, as before; of a log with a tree a month stays until all its rows are leaves.
DROP_LOGS = """
CREATE OR REPLACE FUNCTION kernel_drop_old_logs() RETURNS text[]
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
        EXECUTE format('SELECT EXISTS (SELECT FROM %I l LEFT JOIN %I s ON s.entry_id = l.id AND s.recorded_at = l.recorded_at
          WHERE s.seq IS NULL OR ($1 AND s.seq > $2))', _name, _log.name || '_seal')
          INTO _has_more USING _log.has_tree, kernel_tree_size(_log.name);
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

HEAD_GUARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_treehead FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON kernel_treehead FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON kernel_treehead FROM machi_app;
"""

# A transaction counts its log rows in its name, which the server reports to the client library (application_name) and a rollback takes
# back. So the end of an act sees, without asking, that rows are gone.
COUNT = """
CREATE FUNCTION kernel_count_readings() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _name text := current_setting('application_name');
BEGIN
  PERFORM set_config('application_name', 'machi ' || (SELECT count(*) FROM written) +
    CASE WHEN _name ~ '^machi [0-9]{1,9}$' THEN substr(_name, 7)::int ELSE 0 END, true);
  RETURN NULL;
END $$;
CREATE TRIGGER count_readings AFTER INSERT ON kernel_access_log REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_count_readings();
"""

# Whose log an open access lets one read: the person's own, while they look at it themself for that very purpose, in this transaction.
READER = """
CREATE FUNCTION kernel_access_log_reader(_access uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _subject uuid := (
    SELECT o.subject FROM kernel_open_access o
      JOIN kernel_access_log l ON l.id = o.id AND l.recorded_at = o.began_at AND l.actor = o.subject AND l.ground = 'self'
     WHERE o.xid = pg_current_xact_id_if_assigned()::text::bigint AND o.began_at = transaction_timestamp()
       AND o.id = _access AND o.purpose = 'accounts.my_accesses');
BEGIN
  IF _subject IS NULL THEN
    RAISE EXCEPTION 'nobody is looking at their own access log' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN _subject;
END $$;
REVOKE EXECUTE ON FUNCTION kernel_access_log_reader FROM machi_app, PUBLIC;
"""

# A page of it, newest first. Left out: that the person looked at this list.
ENTRIES = """
CREATE FUNCTION kernel_accesses_of(_access uuid, _before timestamptz, _before_id uuid, _limit int, _only text[], _but text[])
RETURNS TABLE (id uuid, recorded_at timestamptz, entry text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _subject uuid := kernel_access_log_reader(_access);
BEGIN
  RETURN QUERY
    SELECT l.id, l.recorded_at, to_jsonb(l)::text FROM kernel_access_log l
     WHERE l.subject = _subject AND l.purpose <> 'accounts.my_accesses'
       AND (_before IS NULL OR (l.recorded_at, l.id) < (_before, _before_id))
       AND (_only IS NULL OR l.ground = ANY (_only)) AND (_but IS NULL OR l.ground <> ALL (_but))
     ORDER BY l.recorded_at DESC, l.id DESC LIMIT _limit;
END $$;
"""

ENTRY = f"""
CREATE FUNCTION kernel_access_entry(_access uuid, _entry uuid) RETURNS TABLE (seq bigint, canonical text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  _subject uuid := kernel_access_log_reader(_access);
BEGIN
  RETURN QUERY
    SELECT s.seq, {CANONICAL} FROM kernel_access_log l
      LEFT JOIN kernel_access_log_seal s ON s.entry_id = l.id AND s.recorded_at = l.recorded_at
     WHERE l.id = _entry AND l.subject = _subject;
END $$;
"""


class Migration(migrations.Migration):
    """The tree of the access log."""

    dependencies = [("kernel", "0006_grounds")]
    operations = [
        migrations.RunSQL(HAS_TREE, "ALTER TABLE kernel_log DROP COLUMN has_tree CASCADE"),
        migrations.RunSQL(NODE, "DROP TABLE kernel_tree_node"),
        migrations.RunSQL(SIZE, "DROP FUNCTION kernel_tree_size"),
        migrations.RunSQL(SEALED_ROWS, "DROP FUNCTION kernel_sealed_rows"),
        migrations.RunSQL(GROW, "DROP FUNCTION kernel_grow_tree"),
        migrations.RunSQL(NODES, "DROP FUNCTION kernel_tree_nodes"),
        migrations.RunSQL(NODES_OF_STRETCH, "DROP FUNCTION kernel_tree_stretch"),
        migrations.RunSQL(ROWS_OF_STRETCH, "DROP FUNCTION kernel_check_rows"),
        migrations.RunSQL(DROP_LOGS, _log.DROP_LOGS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
        migrations.RunSQL(
            COUNT, "DROP TRIGGER count_readings ON kernel_access_log; DROP FUNCTION kernel_count_readings"
        ),
        migrations.RunSQL(READER, "DROP FUNCTION kernel_access_log_reader"),
        migrations.RunSQL(ENTRIES, "DROP FUNCTION kernel_accesses_of"),
        migrations.RunSQL(ENTRY, "DROP FUNCTION kernel_access_entry"),
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, primary_key=True, serialize=False)),
                ("log", models.CharField(db_collation="C", max_length=63)),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(db_collation="C", max_length=64)),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("day", models.DateField(null=True, verbose_name="日")),
                ("jws", models.TextField()),
            ],
            options={
                "verbose_name": "記録の署名",
                "verbose_name_plural": "記録の署名",
                "indexes": [models.Index(fields=["log", "-at", "-id"], name="tree_head_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("log", "day"), name="tree_head_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("root__regex", "^[0-9a-f]{64}$"), ("size__gte", 0)), name="tree_head_shape"
                    ),
                ],
            },
        ),
        migrations.RunSQL(HEAD_GUARD, migrations.RunSQL.noop),
    ]
