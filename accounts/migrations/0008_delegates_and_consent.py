"""Departments, who acts for whom, what people agreed to, and broken glass."""

from datetime import timedelta

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_merges"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(db_collation="C", max_length=64, verbose_name="目的")),
                ("created_at", models.DateTimeField(verbose_name="登録日時")),
                ("binding_number", models.PositiveIntegerField(default=0)),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="終了日時")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="提供先",
                    ),
                ),
            ],
            options={
                "verbose_name": "同意の取り決め",
                "verbose_name_plural": "同意の取り決め",
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("recipient", models.UUIDField()),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=32), size=None
                    ),
                ),
                ("reason", models.TextField()),
                ("broken_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "緊急の閲覧",
                "verbose_name_plural": "緊急の閲覧",
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("name_en", models.CharField(max_length=120, verbose_name="英語の名称")),
                ("created_at", models.DateTimeField(verbose_name="登録日時")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="廃止日時")),
            ],
            options={
                "verbose_name": "部署",
                "verbose_name_plural": "部署",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("created_at")), _connector="OR"
                        ),
                        name="department_closed_after_created",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)), fields=("name",), name="department_named_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.department",
                verbose_name="部署",
            ),
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("parent", "親権者"),
                            ("guardian", "成年後見人等"),
                            ("care_manager", "ケアマネジャー"),
                            ("family", "家族"),
                        ],
                        db_collation="C",
                        max_length=16,
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(db_collation="C", max_length=32), size=None
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("family_register", "戸籍の証明"),
                            ("resident_record", "住民票"),
                            ("court", "登記事項証明書・審判書"),
                            ("care_contract", "居宅介護支援の契約書"),
                            ("letter", "委任状"),
                            ("own_word", "本人の招待"),
                        ],
                        db_collation="C",
                        max_length=24,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("principal", "本人が取り消した"),
                            ("delegate", "代理する人が辞めた"),
                            ("office", "市役所が取り消した"),
                            ("majority", "18歳になった"),
                            ("term", "期間が終わった"),
                            ("closed", "アカウントが閉じられた"),
                        ],
                        db_collation="C",
                        max_length=16,
                    ),
                ),
                ("invitation_hash", models.BinaryField(null=True)),
                ("invitation_ends_at", models.DateTimeField(null=True)),
                (
                    "delegate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_held",
                        to="accounts.resident",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_given",
                        to="accounts.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "代理",
                "verbose_name_plural": "代理",
            },
        ),
        migrations.CreateModel(
            name="FamilyName",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.BinaryField()),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.mandate"
                    ),
                ),
            ],
            options={
                "verbose_name": "家族の呼び名",
                "verbose_name_plural": "家族の呼び名",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("digest", models.BinaryField()),
                ("previous_digest", models.BinaryField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.UUIDField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="accounts.agreement"
                    ),
                ),
            ],
            options={
                "verbose_name": "取り決めの版",
                "verbose_name_plural": "取り決めの版",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(db_collation="C", max_length=64)),
                ("data_class", models.CharField(db_collation="C", max_length=32)),
                ("number", models.PositiveIntegerField()),
                ("given_at", models.DateTimeField()),
                ("given_by", models.UUIDField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("receipt", models.TextField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="accounts.agreement"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.mandate"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="accounts.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "同意",
                "verbose_name_plural": "同意",
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__regex", "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+$")), name="agreement_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("recipient", "purpose"), name="agreement_once"),
        ),
        migrations.AddConstraint(
            model_name="brokenglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", models.F("officer")), _negated=True), name="broken_glass_for_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="brokenglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="broken_glass_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="brokenglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("classes__len__gt", 0)), name="broken_glass_has_classes"
            ),
        ),
        migrations.AddConstraint(
            model_name="brokenglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__gt", models.F("broken_at")),
                    (
                        "ends_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("broken_at"), "+", models.Value(timedelta(hours=4))
                        ),
                    ),
                ),
                name="broken_glass_time_box",
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["delegate", "principal"],
                name="mandate_of_delegate",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["parent", "guardian", "care_manager", "family"])), name="mandate_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "evidence__in",
                        ["family_register", "resident_record", "court", "care_contract", "letter", "own_word"],
                    )
                ),
                name="mandate_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("principal", models.F("delegate")), _negated=True), name="mandate_for_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(condition=models.Q(("scopes__len__gt", 0)), name="mandate_has_scopes"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                name="mandate_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "parent"), _negated=True), ("ends_at__isnull", False), _connector="OR"
                ),
                name="mandate_parent_has_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(("ended_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="mandate_ended_because",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegate__isnull", False),
                    models.Q(("invitation_ends_at__isnull", False), ("invitation_hash__isnull", False)),
                    _connector="OR",
                ),
                name="mandate_taken_or_invited",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("delegate__isnull", False), ("ended_at__isnull", True)),
                fields=("principal", "delegate", "role"),
                name="mandate_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(fields=("invitation_hash",), name="mandate_invitation"),
        ),
        migrations.AddConstraint(
            model_name="familyname",
            constraint=models.UniqueConstraint(fields=("subject", "mandate"), name="family_name_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="revision_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="revision_number"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["subject", "-given_at", "-id"], name="grant_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("subject", "agreement", "data_class"),
                name="grant_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="grant_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("given_at")), _connector="OR"),
                name="grant_ends_after_given",
            ),
        ),
    ]
