"""Whoever got coins back or in can be told: the link from an account to its person is asked the other way round."""

from django.db import migrations

HOLDER_OF = """
CREATE FUNCTION wallet_holder_of(p_account uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT resident_id FROM wallet_holder
   WHERE account_id = coalesce((SELECT target_id FROM wallet_succession WHERE source_id = p_account), p_account)
$$;
"""


class Migration(migrations.Migration):
    """One function."""

    dependencies = [("wallet", "0012_takeovers")]

    operations = [migrations.RunSQL(HOLDER_OF, "DROP FUNCTION wallet_holder_of(uuid)")]
