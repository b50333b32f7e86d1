"""Rows that say yes change once, when the yes ends; and the function that the kernel asks whether somebody else may read."""

from django.db import migrations

from kernel.access import name_purpose, protect

# The columns named by the trigger may be set once, from null or empty; nothing else ever changes.
SET_ONCE = """
CREATE FUNCTION accounts_set_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _column text;
BEGIN
  FOREACH _column IN ARRAY TG_ARGV LOOP
    IF coalesce(to_jsonb(OLD) ->> _column, '') <> '' AND to_jsonb(OLD) -> _column IS DISTINCT FROM to_jsonb(NEW) -> _column THEN
      RAISE EXCEPTION '%.% is set once', TG_TABLE_NAME, _column USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF to_jsonb(OLD) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV::text[] THEN
    RAISE EXCEPTION 'a row of % does not change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def append_only(table: str) -> migrations.RunSQL:
    """Refuse every change, deletion and truncation."""
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();"
        f"CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();",
        f"DROP TRIGGER never_changed ON {table}; DROP TRIGGER never_truncated ON {table};",
    )


def ends_once(table: str, *columns: str) -> migrations.RunSQL:
    """Refuse deletion, truncation and every change but the first setting of these columns."""
    names = ", ".join(f"'{column}'" for column in columns)
    return migrations.RunSQL(
        f"CREATE TRIGGER set_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION accounts_set_once({names});"
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();"
        f"CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();",
        f"DROP TRIGGER set_once ON {table}; DROP TRIGGER never_deleted ON {table}; DROP TRIGGER never_truncated ON {table};",
    )


# In the order in which a person would name the reason: the office in its duty, a delegate, a yes, broken glass. An officer reads for the
# department, whoever works for an organisation for it, a machine as the organisation itself. The access log belongs to the person: of
# their delegates, those alone read it who have to protect them, parents and guardians.
GROUND = """
CREATE OR REPLACE FUNCTION kernel_ground_of_others(
  _purpose text, _actor uuid, _subjects uuid[], _classes text[], _roles text[]
) RETURNS TABLE (subject uuid, ground text, grants uuid[], recipient uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  _now timestamptz := clock_timestamp();
  _office uuid := (
    SELECT coalesce(m.department_id, m.organisation_id)
      FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
     WHERE m.resident_id = _actor AND m.role = ANY (_roles) AND m.ended_at IS NULL AND o.closed_at IS NULL AND o.kind = 'city'
     ORDER BY m.began_at, m.id LIMIT 1);
  _recipients uuid[] := array(
    SELECT o.id FROM accounts_organisation o
     WHERE o.closed_at IS NULL AND (o.id = _actor OR EXISTS (
       SELECT FROM accounts_membership m WHERE m.resident_id = _actor AND m.organisation_id = o.id AND m.ended_at IS NULL)));
BEGIN
  RETURN QUERY
  SELECT DISTINCT ON (f.subject) f.subject, f.ground, f.grants, f.recipient FROM (
    SELECT s.each AS subject, 'office' AS ground, NULL::uuid[] AS grants, _office AS recipient, 1 AS rank
      FROM unnest(_subjects) s (each) WHERE _office IS NOT NULL
    UNION ALL
    SELECT m.principal_id, 'delegate', ARRAY[m.id], NULL, 2
      FROM accounts_mandate m
     WHERE m.delegate_id = _actor AND m.principal_id = ANY (_subjects) AND split_part(_purpose, '.', 1) = ANY (m.scopes)
       AND (_purpose <> 'accounts.my_accesses' OR m.role IN ('parent', 'guardian'))
       AND m.ended_at IS NULL AND m.starts_at <= _now AND (m.ends_at IS NULL OR m.ends_at > _now)
    UNION ALL
    SELECT g.subject_id, 'grant', array_agg(g.id ORDER BY g.data_class), g.recipient_id, 3
      FROM accounts_grant g JOIN accounts_agreement a ON a.id = g.agreement_id
     WHERE g.subject_id = ANY (_subjects) AND g.recipient_id = ANY (_recipients) AND g.purpose = _purpose
       AND g.data_class = ANY (_classes) AND g.withdrawn_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > _now)
       AND g.number >= a.binding_number AND a.closed_at IS NULL
     GROUP BY g.subject_id, g.recipient_id
    HAVING array_agg(g.data_class::text) @> _classes
    UNION ALL
    SELECT b.subject_id, 'glass', ARRAY[b.id], b.recipient, 4
      FROM accounts_brokenglass b
     WHERE b.officer_id = _actor AND b.subject_id = ANY (_subjects) AND b.classes::text[] @> _classes
       AND b.ended_at IS NULL AND b.broken_at <= _now AND b.ends_at > _now) f
  ORDER BY f.subject, f.rank;
END $$;
"""

NOBODY = """
CREATE OR REPLACE FUNCTION kernel_ground_of_others(
  _purpose text, _actor uuid, _subjects uuid[], _classes text[], _roles text[]
) RETURNS TABLE (subject uuid, ground text, grants uuid[], recipient uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NULL::uuid, NULL::text, NULL::uuid[], NULL::uuid WHERE false;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_delegates_and_consent"), ("kernel", "0006_grounds")]
    operations = [
        migrations.RunSQL(SET_ONCE, "DROP FUNCTION accounts_set_once"),
        append_only("accounts_revision"),
        ends_once("accounts_grant", "withdrawn_at", "withdrawn_by"),
        ends_once("accounts_mandate", "delegate_id", "ended_at", "ended_because"),
        ends_once("accounts_brokenglass", "ended_at", "told_at"),
        protect("accounts_familyname", "subject_id", "family"),
        name_purpose("accounts.name_the_other", ["profile", "family"]),
        migrations.RunSQL(GROUND, NOBODY),
    ]
