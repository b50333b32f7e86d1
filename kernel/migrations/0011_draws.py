"""Draws that anyone can verify."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")

UNDO = """
DROP FUNCTION kernel_draw_goes_forward, kernel_draw_ticket_comes, kernel_draw_place_comes, kernel_draw_party_acts CASCADE;
DROP FUNCTION kernel_draw_is;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0010_record_taken_home"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("about", models.CharField(max_length=200)),
                ("rule", models.JSONField()),
                ("source", models.CharField(db_collation="C", max_length=8)),
                (
                    "state",
                    models.CharField(
                        db_collation="C",
                        default="open",
                        max_length=9,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("committed_at", models.DateTimeField(blank=True, null=True)),
                ("round", models.BigIntegerField(blank=True, null=True)),
                ("draw_at", models.DateTimeField(blank=True, null=True)),
                ("ticket_count", models.PositiveIntegerField(blank=True, null=True)),
                ("tickets_sha256", models.CharField(blank=True, db_collation="C", max_length=64, null=True)),
                ("statement", models.TextField(blank=True, null=True)),
                ("jws", models.TextField(blank=True, null=True)),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("randomness", models.CharField(blank=True, db_collation="C", max_length=64, null=True)),
                ("proof", models.TextField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["drand", "parties", "city"])), name="draw_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("committed_at", None),
                                ("drawn_at", None),
                                ("state", "open"),
                                ("statement", None),
                                ("tickets_sha256", None),
                            ),
                            models.Q(
                                ("committed_at__isnull", False),
                                ("draw_at__isnull", False),
                                ("jws__isnull", False),
                                ("state__in", ["committed", "drawn"]),
                                ("statement__isnull", False),
                                ("ticket_count__gt", 0),
                                ("tickets_sha256__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="draw_says_what_its_state_needs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn_at__isnull", False),
                                ("proof__isnull", False),
                                ("randomness__regex", "^[0-9a-f]{64}$"),
                                ("state", "drawn"),
                            ),
                            models.Q(
                                ("drawn_at", None),
                                ("proof", None),
                                ("randomness", None),
                                ("state__in", ["open", "committed"]),
                            ),
                            _connector="OR",
                        ),
                        name="draw_is_drawn_with_a_seed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("round", None), ("source", "parties")),
                            ("state", "open"),
                            ("round__gte", 1),
                            _connector="OR",
                        ),
                        name="draw_names_a_round",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawParty",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "draw", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("value_sha256", models.CharField(db_collation="C", max_length=64)),
                ("half_1_sha256", models.CharField(db_collation="C", max_length=64)),
                ("half_2_sha256", models.CharField(db_collation="C", max_length=64)),
                ("half_1_kept_at", models.DateTimeField(null=True)),
                ("half_2_kept_at", models.DateTimeField(null=True)),
                ("value", models.BinaryField(null=True)),
                ("revealed_at", models.DateTimeField(null=True)),
                ("is_recovered", models.BooleanField(default=False)),
                (
                    "draw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="kernel.draw",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__range", (1, 3))), name="draw_party_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("half_1_sha256__regex", "^[0-9a-f]{64}$"),
                            ("half_2_sha256__regex", "^[0-9a-f]{64}$"),
                            ("value_sha256__regex", "^[0-9a-f]{64}$"),
                        ),
                        name="draw_party_hashes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_recovered", False), ("revealed_at", None), ("value", None)),
                            models.Q(("revealed_at__isnull", False), ("value__isnull", False)),
                            _connector="OR",
                        ),
                        name="draw_party_reveals_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawPlace",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "draw", "rank", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rank", models.PositiveIntegerField()),
                ("ticket", models.CharField(db_collation="C", max_length=64)),
                ("won", models.CharField(max_length=100, null=True)),
                (
                    "draw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="kernel.draw",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "ticket"), name="draw_place_one_a_ticket"),
                    models.CheckConstraint(condition=models.Q(("rank__gte", 1)), name="draw_place_rank"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawTicket",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "draw", "ticket", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ticket", models.CharField(db_collation="C", max_length=64)),
                (
                    "draw",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="kernel.draw",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ticket__regex", "^[!-~]{8,64}$")), name="draw_ticket_is_a_line"
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "draws.sql").read_text(), UNDO),
    ]
