"""Who people are by their papers, how that was found out, their cards, and the codes they show at the counter."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose, protect


def _one(to="accounts.resident"):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to=to
    )


PERSONAL = {"abstract": False, "base_manager_name": "objects", "default_manager_name": "objects"}
KINDS = ["card", "counter", "upgrade", "merge", "factors"]
WRITTEN_ONCE = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON accounts_verification
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON accounts_verification
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_verification FROM machi_app;
"""
WRITTEN_FREELY = """
GRANT UPDATE, DELETE ON accounts_verification TO machi_app;
DROP TRIGGER never_truncated ON accounts_verification;
DROP TRIGGER written_once ON accounts_verification;
"""


class Migration(migrations.Migration):
    """The tables, their policies, and the purpose for which an officer's finding is written down."""

    dependencies = [("accounts", "0005_levels_have_an_age_required"), ("kernel", "0006_grounds")]
    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("resident", _one()),
                (
                    "source",
                    models.CharField(
                        choices=[("card", "マイナンバーカード"), ("counter", "窓口")], db_collation="C", max_length=8
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("values", models.BinaryField()),
            ],
            options=PERSONAL
            | {
                "verbose_name": "本人確認情報",
                "verbose_name_plural": "本人確認情報",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["card", "counter"])), name="identity_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("card", "マイナンバーカード"),
                            ("counter", "窓口での本人確認"),
                            ("upgrade", "住民への切り替え"),
                            ("merge", "IDの統合"),
                            ("factors", "サインイン方法の解除"),
                        ],
                        db_collation="C",
                        max_length=8,
                    ),
                ),
                ("level_before", models.PositiveSmallIntegerField()),
                ("level_after", models.PositiveSmallIntegerField()),
                ("officer", models.UUIDField(null=True)),
                ("documents", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
            ],
            options=PERSONAL
            | {
                "verbose_name": "本人確認の記録",
                "verbose_name_plural": "本人確認の記録",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="verification_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("level_after__gte", models.F("level_before")), ("level_after__lte", 3)),
                        name="verification_levels",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("officer", None),
                            models.Q(("officer", models.F("resident_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="verification_not_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["counter", "merge", "factors"]), _negated=True),
                            ("officer__isnull", False),
                            _connector="OR",
                        ),
                        name="verification_officer_at_the_counter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("resident", _one()),
                ("ppid_index", models.CharField(db_collation="C", max_length=43, unique=True)),
                ("bound_at", models.DateTimeField()),
            ],
            options={"verbose_name": "カード", "verbose_name_plural": "カード"},
        ),
        migrations.CreateModel(
            name="CounterCode",
            fields=[
                ("resident", _one()),
                ("digest", models.CharField(db_collation="C", max_length=43, unique=True)),
                ("expires_at", models.DateTimeField()),
            ],
            options={"verbose_name": "窓口コード", "verbose_name_plural": "窓口コード"},
        ),
        protect("accounts_identity", "resident_id", "identity"),
        protect("accounts_verification", "resident_id", "identity"),
        name_purpose("accounts.verify_at_counter", ["identity"], roles=["city.administrator", "city.officer"]),
        migrations.RunSQL(WRITTEN_ONCE, WRITTEN_FREELY),
    ]
