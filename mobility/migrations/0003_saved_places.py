"""The places that residents saved, behind the access boundary; they follow their person when two IDs become one."""

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose, protect, widen_purpose


class Migration(migrations.Migration):
    """The table, its policy, and for which purposes the city's machinery may come to it."""

    dependencies = [
        ("accounts", "0018_staff"),
        ("kernel", "0006_grounds"),
        ("mobility", "0002_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedPlace",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("home", "自宅"), ("work", "職場"), ("school", "学校"), ("other", "そのほか")],
                        db_collation="C",
                        max_length=6,
                        verbose_name="種類",
                    ),
                ),
                ("position", models.SmallIntegerField(verbose_name="順番")),
                ("sealed", models.BinaryField()),
                ("saved_at", models.DateTimeField(verbose_name="保存した日時")),
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
                "verbose_name": "よく行く場所",
                "verbose_name_plural": "よく行く場所",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["home", "work", "school", "other"])), name="saved_place_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 0), ("position__lt", 30)), name="saved_place_few"
                    ),
                    models.UniqueConstraint(fields=("resident", "key"), name="saved_place_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "other"), _negated=True),
                        fields=("resident", "kind"),
                        name="saved_place_one_home",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("resident", "position"),
                        name="saved_place_in_order",
                    ),
                ],
            },
        ),
        protect("mobility_savedplace", "resident_id", "places"),
        name_purpose("mobility.clear_away", ["places"]),
        widen_purpose("accounts.merge", ["places"]),
    ]
