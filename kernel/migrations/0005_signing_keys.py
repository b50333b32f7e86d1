"""The city's signing keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_audit_entry"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("kid", models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False)),
                ("purpose", models.CharField(db_collation="C", max_length=16)),
                ("algorithm", models.CharField(db_collation="C", max_length=8)),
                ("public_jwk", models.JSONField()),
                ("version", models.PositiveSmallIntegerField()),
                ("sealed_private", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("algorithm__in", ["EdDSA", "ES256", "RS256"])), name="signing_key_algorithm"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_at__isnull", True), ("retired_at__gte", models.F("created_at")), _connector="OR"
                        ),
                        name="signing_key_retired_after_created",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("purpose",),
                        name="signing_key_one_in_use",
                    ),
                ],
            },
        ),
    ]
