"""Applications of merchants, their answers behind the access boundary, and shops that are stopped."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose, protect

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_night_credentials"),
        ("kernel", "0006_grounds"),
        ("wallet", "0032_shop_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="name_kana",
            field=models.CharField(blank=True, max_length=60, verbose_name="店名（カナ）"),
        ),
        migrations.CreateModel(
            name="MerchantApplication",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("applicant", models.UUIDField(db_index=True, verbose_name="申込者")),
                ("organisation_id", models.UUIDField(null=True, verbose_name="組織")),
                ("is_branch", models.BooleanField(default=False, verbose_name="支店の追加")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "下書き"),
                            ("waiting", "審査待ち"),
                            ("sent_back", "差し戻し"),
                            ("approved", "承認"),
                            ("declined", "見送り"),
                            ("withdrawn", "取り下げ"),
                        ],
                        db_collation="C",
                        default="draft",
                        max_length=9,
                        verbose_name="状態",
                    ),
                ),
                ("version", models.IntegerField(default=0, verbose_name="版")),
                ("shop_name", models.CharField(blank=True, max_length=60, verbose_name="店名")),
                (
                    "trade",
                    models.CharField(blank=True, db_collation="C", max_length=4, verbose_name="業種コード（MCC）"),
                ),
                ("terms", models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="規約の版")),
                ("name_token", models.CharField(blank=True, db_collation="C", db_index=True, max_length=43)),
                ("telephone_token", models.CharField(blank=True, db_collation="C", db_index=True, max_length=43)),
                ("account_token", models.CharField(blank=True, db_collation="C", db_index=True, max_length=43)),
                ("started_at", models.DateTimeField(verbose_name="開始日時")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="申込日時")),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="決めた人")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="決めた日時")),
                (
                    "shop",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="wallet.shop",
                    ),
                ),
            ],
            options={
                "verbose_name": "加盟店の申込み",
                "verbose_name_plural": "加盟店の申込み",
            },
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("version", models.IntegerField(verbose_name="版")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "下書き"),
                            ("waiting", "審査待ち"),
                            ("sent_back", "差し戻し"),
                            ("approved", "承認"),
                            ("declined", "見送り"),
                            ("withdrawn", "取り下げ"),
                        ],
                        db_collation="C",
                        max_length=9,
                        verbose_name="状態",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=400, verbose_name="理由")),
                ("by", models.UUIDField(verbose_name="行った人")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="wallet.merchantapplication",
                    ),
                ),
            ],
            options={
                "verbose_name": "申込みの経過",
                "verbose_name_plural": "申込みの経過",
            },
        ),
        migrations.CreateModel(
            name="ShopStop",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("is_final", models.BooleanField(verbose_name="閉店")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("stopped_by", models.UUIDField(verbose_name="止めた人")),
                ("stopped_at", models.DateTimeField(verbose_name="止めた日時")),
                ("ended_by", models.UUIDField(blank=True, null=True, verbose_name="再開した人")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="再開日時")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="再開の理由")),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="wallet.shop"
                    ),
                ),
            ],
            options={
                "verbose_name": "店舗の停止",
                "verbose_name_plural": "店舗の停止",
            },
        ),
        migrations.CreateModel(
            name="ApplicationAnswers",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="answers",
                        serialize=False,
                        to="wallet.merchantapplication",
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "加盟店の申込みの内容",
                "verbose_name_plural": "加盟店の申込みの内容",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="merchantapplication",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["submitted_at"], name="application_queue"
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "waiting", "sent_back", "approved", "declined", "withdrawn"])
                ),
                name="application_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn"]),
                    models.Q(
                        ("submitted_at__isnull", False),
                        ("version__gt", 0),
                        models.Q(("shop_name", ""), _negated=True),
                        models.Q(("trade", ""), _negated=True),
                        models.Q(("terms", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="application_submitted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["approved", "declined"]),
                        models.Q(("decided_by", models.F("applicant")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ["approved", "declined"]), _negated=True),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="application_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation_id__isnull", False), ("shop__isnull", False), ("state", "approved")),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("shop__isnull", True)),
                    _connector="OR",
                ),
                name="application_approved_has_shop",
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_branch", False), ("organisation_id__isnull", False), _connector="OR"),
                name="application_branch_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="merchantapplication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("applicant", "is_branch"), name="application_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent_back", "declined"]), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="application_step_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["sent_back", "declined", "approved"])),
                fields=("application", "version"),
                name="application_step_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="shopstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="shop_stop_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="shopstop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        ("ended_at__gte", models.F("stopped_at")),
                        ("ended_by__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="shop_stop_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="shopstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("shop",), name="shop_stop_one_open"
            ),
        ),
        protect("wallet_applicationanswers", "resident_id", "merchant"),
        name_purpose("wallet.review_merchant", ["merchant"], roles=["city.administrator", "city.officer"]),
        migrations.RunSQL(
            (SQL / "applications.sql").read_text(), "DROP TRIGGER as_decided ON wallet_merchantapplication"
        ),
    ]
