"""The access log belongs to the person: of their delegates, those alone read it who have to protect them, parents and guardians."""

from django.db import migrations

# As in 0009, but for the line of delegates.
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
     WHERE m.delegate_id = _actor AND m.principal_id = ANY (_subjects) AND split_part(_purpose, '.', 1) = ANY (m.scopes) __PROTECTORS__
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
PROTECTORS = "AND (_purpose <> 'accounts.my_accesses' OR m.role IN ('parent', 'guardian'))"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0017_night_credentials"), ("kernel", "0010_record_taken_home")]
    operations = [migrations.RunSQL(GROUND.replace("__PROTECTORS__", PROTECTORS), GROUND.replace("__PROTECTORS__", ""))]
