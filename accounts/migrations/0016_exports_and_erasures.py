"""Copies that people take home, and how far this database has followed the erasure list."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose

STATES = ["waiting", "making", "ready", "failed", "gone"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_what_is_clear_is_refused")]
    operations = [
        migrations.CreateModel(
            name="ErasureMark",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("lines", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="erasure_mark_only_one")],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("language", models.CharField(db_collation="C", max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[(state, state.capitalize()) for state in STATES],
                        db_collation="C",
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("total", models.PositiveSmallIntegerField(default=0)),
                ("ready_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("file", models.CharField(db_collation="C", default="", max_length=80)),
                ("sealed_key", models.BinaryField(default=b"")),
                ("size", models.BigIntegerField(default=0)),
                (
                    "resident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.resident",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["resident", "-requested_at", "-id"], name="export_of_resident"),
                    models.Index(
                        condition=models.Q(("state__in", ["failed", "gone"]), _negated=True),
                        fields=["state"],
                        name="export_under_way",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="export_state"),
                    models.CheckConstraint(condition=models.Q(("done__lte", models.F("total"))), name="export_steps"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                ("expires_at__isnull", False), models.Q(("file", ""), _negated=True), ("size__gt", 0)
                            ),
                            _connector="OR",
                        ),
                        name="export_ready_with_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "making"))),
                        fields=("resident",),
                        name="export_one_at_a_time",
                    ),
                ],
            },
        ),
        name_purpose(
            "accounts.close_account",
            ["contacts", "family", "home", "identity", "messages", "profile"],
            destroys_key=True,
            roles=["city.officer"],
        ),
    ]
