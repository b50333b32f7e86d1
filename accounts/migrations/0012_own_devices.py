"""The city's own devices ask to be let in as one public client; it has no partner, for it hands nothing to anybody outside."""

from django.db import migrations

ID = "00000000-0000-7000-8000-0000000000d1"
GRANTS = "urn:ietf:params:oauth:grant-type:device_code\nrefresh_token"
MAKE = f"""
INSERT INTO allauth_idp_oidc_client
  (id, name, secret, scopes, default_scopes, type, grant_types, redirect_uris, cors_origins, allow_uri_wildcards,
   response_types, skip_consent, created_at, data)
VALUES ('{ID}', 'Machi', '!', 'device', 'device', 'public', '{GRANTS}', '', '', false, '', false, '2026-11-01T00:00:00Z', NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_partners_and_devices")]
    operations = [
        migrations.RunSQL(MAKE, f"DELETE FROM allauth_idp_oidc_client WHERE id = '{ID}'"),
    ]
