"""From now on the database refuses what is not sealed, also where a later release of the library would write past our fields."""

from django.db import migrations, models

GUARDS = """
ALTER TABLE account_emailaddress ADD CONSTRAINT email_sealed CHECK (starts_with(email, 'sealed:'));
ALTER TABLE django_session ADD CONSTRAINT session_key_hashed CHECK (length(session_key) = 40);
ALTER TABLE usersessions_usersession
  ADD CONSTRAINT session_key_hashed CHECK (length(session_key) = 40),
  ADD CONSTRAINT address_withheld CHECK (ip = '0.0.0.0');
ALTER TABLE mfa_authenticator ADD CONSTRAINT authenticator_sealed CHECK (data ? 'sealed' AND data - 'sealed' = '{}');
"""
NO_GUARDS = """
ALTER TABLE account_emailaddress DROP CONSTRAINT email_sealed;
ALTER TABLE django_session DROP CONSTRAINT session_key_hashed;
ALTER TABLE usersessions_usersession DROP CONSTRAINT session_key_hashed, DROP CONSTRAINT address_withheld;
ALTER TABLE mfa_authenticator DROP CONSTRAINT authenticator_sealed;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_seal_what_was_clear")]
    operations = [
        migrations.AddConstraint(
            model_name="phonenumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__startswith", "sealed:")), name="phone_number_sealed"
            ),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
