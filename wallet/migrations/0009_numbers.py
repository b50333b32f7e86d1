"""Numbers beside the codes, for those without a camera."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Numbers beside the codes, and the index that finds a customer's newest codes."""

    dependencies = [("wallet", "0008_payment_function")]

    operations = [
        migrations.CreateModel(
            name="CodeNumber",
            fields=[
                (
                    "code",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="number",
                        serialize=False,
                        to="wallet.qrtoken",
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=64, unique=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="qrtoken",
            index=models.Index(
                condition=models.Q(("kind", "customer")), fields=["account", "created_at"], name="qr_token_of_customer"
            ),
        ),
        migrations.RunSQL("REVOKE UPDATE, TRUNCATE ON wallet_codenumber FROM machi_app", migrations.RunSQL.noop),
    ]
