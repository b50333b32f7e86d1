"""People as bare keys, how they sign in, organisations and who works for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("name_en", models.CharField(max_length=120, verbose_name="英語の名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("merchant", "加盟店"), ("operator", "交通事業者"), ("city", "市役所")],
                        db_collation="C",
                        max_length=16,
                        verbose_name="種別",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="登録日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="廃止日時")),
            ],
            options={
                "verbose_name": "組織",
                "verbose_name_plural": "組織",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["merchant", "operator", "city"])), name="organisation_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("created_at")), _connector="OR"
                        ),
                        name="organisation_closed_after_created",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "city")), fields=("kind",), name="organisation_one_city"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "住民",
                "verbose_name_plural": "住民",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("created_at")), _connector="OR"
                        ),
                        name="resident_closed_after_created",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("is_active", models.BooleanField(default=True)),
                ("account_level", models.PositiveSmallIntegerField(default=1)),
                ("language", models.CharField(db_collation="C", default="ja", max_length=16)),
                ("sign_in_epoch", models.PositiveIntegerField(default=0)),
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="user", to="accounts.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "利用者",
                "verbose_name_plural": "利用者",
            },
        ),
        migrations.CreateModel(
            name="PhoneNumber",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="phone_number",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.CharField(db_collation="C", db_index=True, max_length=16)),
                ("is_verified", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "電話番号",
                "verbose_name_plural": "電話番号",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^\\+[1-9][0-9]{6,14}$")), name="phone_number_e164"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_verified", True)), fields=("number",), name="phone_number_verified_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("merchant.manager", "店長"),
                            ("merchant.cashier", "レジ係"),
                            ("driver", "運転手"),
                            ("city.officer", "市職員"),
                            ("city.administrator", "管理者"),
                        ],
                        db_collation="C",
                        max_length=32,
                        verbose_name="役割",
                    ),
                ),
                ("began_at", models.DateTimeField(verbose_name="開始日時")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="終了日時")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.organisation",
                        verbose_name="組織",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.resident",
                        verbose_name="住民",
                    ),
                ),
            ],
            options={
                "verbose_name": "所属",
                "verbose_name_plural": "所属",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "merchant.manager",
                                    "merchant.cashier",
                                    "driver",
                                    "city.officer",
                                    "city.administrator",
                                ],
                            )
                        ),
                        name="membership_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="membership_ended_after_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("resident", "organisation", "role"),
                        name="membership_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(condition=models.Q(("account_level__lte", 3)), name="user_account_level"),
        ),
    ]
