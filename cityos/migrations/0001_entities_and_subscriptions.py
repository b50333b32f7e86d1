"""The town's things and who wants to hear of them."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables; their rules stand in the models."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("id", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                ("type", models.TextField(db_collation="C")),
                ("attributes", models.JSONField(default=dict)),
                ("west", models.IntegerField(null=True)),
                ("south", models.IntegerField(null=True)),
                ("east", models.IntegerField(null=True)),
                ("north", models.IntegerField(null=True)),
                ("version", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("modified_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["type", "id"], name="cityos_entity_of_type")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__startswith", "urn:ngsi-ld:")), name="cityos_entity_urn"
                    ),
                    models.CheckConstraint(condition=models.Q(("version__gte", 0)), name="cityos_entity_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("east", None), ("north", None), ("south", None), ("west", None)),
                            models.Q(
                                ("east__lte", 180000000),
                                ("north__lte", 90000000),
                                ("south__gte", -90000000),
                                ("south__lte", models.F("north")),
                                ("west__gte", -180000000),
                                ("west__lte", models.F("east")),
                                models.Q(("west", None), _negated=True),
                                models.Q(("south", None), _negated=True),
                                models.Q(("east", None), _negated=True),
                                models.Q(("north", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cityos_entity_box",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("name", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                ("entity_type", models.TextField(db_collation="C", db_index=True)),
                ("id_pattern", models.TextField(default="")),
                (
                    "attributes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("handler", models.TextField(db_collation="C", default="")),
                ("topic", models.TextField(db_collation="C", default="")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handler", ""), models.Q(("topic", ""), _negated=True)),
                            models.Q(models.Q(("handler", ""), _negated=True), ("topic", "")),
                            _connector="OR",
                        ),
                        name="cityos_subscription_one_hearer",
                    )
                ],
            },
        ),
    ]
