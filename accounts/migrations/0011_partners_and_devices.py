"""Partner services, who is connected to them, their tokens' families; devices and how they are let in."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

# Tokens are found by their family, which stands in their data.
FAMILY = "CREATE INDEX accounts_token_family ON allauth_idp_oidc_token ((data -> 'family'))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_notifications"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("scopes", models.TextField()),
                ("at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("till", "レジ"),
                            ("kiosk", "案内端末"),
                            ("desk", "窓口端末"),
                            ("signage", "表示端末"),
                        ],
                        db_collation="C",
                        max_length=8,
                    ),
                ),
                ("label", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "端末",
                "verbose_name_plural": "端末",
            },
        ),
        migrations.CreateModel(
            name="DeviceRequest",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(db_collation="C", max_length=8)),
                ("device_code_hash", models.CharField(db_collation="C", max_length=64, unique=True)),
                ("user_code_hash", models.CharField(db_collation="C", max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("denied", "Denied"),
                            ("taken", "Taken"),
                        ],
                        db_collation="C",
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("interval_s", models.PositiveSmallIntegerField(default=5)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("polled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PairwiseSecret",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="partner",
                        serialize=False,
                        to="allauth_idp_oidc.client",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("web", "ウェブサービス"),
                            ("native", "スマートフォンのアプリ"),
                            ("machine", "機械どうしの連携"),
                            ("device", "端末"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="種類",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="サービスの名称")),
                ("name_en", models.CharField(max_length=60, verbose_name="英語の名称")),
                ("contacts", models.CharField(max_length=200, verbose_name="連絡先")),
                ("registered_at", models.DateTimeField(verbose_name="登録日時")),
                ("disabled_at", models.DateTimeField(blank=True, null=True, verbose_name="停止日時")),
            ],
            options={
                "verbose_name": "連携サービス",
                "verbose_name_plural": "連携サービス",
            },
        ),
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                ("hash", models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TokenFamily",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("authenticated_at", models.DateTimeField(null=True)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("methods", models.JSONField(default=list)),
                ("began_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_kind",
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("merchant", "加盟店"),
                    ("operator", "交通事業者"),
                    ("city", "市役所"),
                    ("partner", "連携事業者"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["merchant", "operator", "city", "partner"])), name="organisation_kind"
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="connections", to="accounts.resident"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="approved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="allauth_idp_oidc.client"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="devicerequest",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="allauth_idp_oidc.client"
            ),
        ),
        migrations.AddField(
            model_name="devicerequest",
            name="device",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="request", to="accounts.device"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairwisesecret",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="pairwise_secret_alone"),
        ),
        migrations.AddField(
            model_name="partner",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partners",
                to="accounts.organisation",
                verbose_name="提供先の組織",
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="connections", to="accounts.partner"
            ),
        ),
        migrations.AddField(
            model_name="tokenfamily",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="allauth_idp_oidc.client"
            ),
        ),
        migrations.AddField(
            model_name="tokenfamily",
            name="connection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="families",
                to="accounts.connection",
            ),
        ),
        migrations.AddField(
            model_name="tokenfamily",
            name="device",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="families", to="accounts.device"
            ),
        ),
        migrations.AddField(
            model_name="spenttoken",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="spent", to="accounts.tokenfamily"
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["till", "kiosk", "desk", "signage"])), name="device_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ended_at__gte", models.F("at")), _connector="OR"),
                name="device_ended_after_begun",
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["till", "kiosk", "desk", "signage"])), name="device_request_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "approved", "denied", "taken"])),
                name="device_request_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("device__isnull", True), ("state__in", ["waiting", "denied"])),
                    models.Q(("device__isnull", False), ("state__in", ["approved", "taken"])),
                    _connector="OR",
                ),
                name="device_request_approved_has_device",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["web", "native", "machine", "device"])), name="partner_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disabled_at__isnull", True), ("disabled_at__gte", models.F("registered_at")), _connector="OR"
                ),
                name="partner_disabled_after_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("resident", "partner"), name="connection_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ended_at__gte", models.F("at")), _connector="OR"),
                name="connection_ended_after_begun",
            ),
        ),
        migrations.AddConstraint(
            model_name="tokenfamily",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("connection__isnull", False), ("device__isnull", True)),
                    models.Q(("connection__isnull", True), ("device__isnull", False)),
                    _connector="OR",
                ),
                name="token_family_of_one",
            ),
        ),
        migrations.RunSQL(FAMILY, "DROP INDEX accounts_token_family"),
    ]
