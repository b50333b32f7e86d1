"""The key by which sealed texts are looked up."""

from django.db import migrations, models

GUARD = "REVOKE UPDATE, DELETE, TRUNCATE ON kernel_indexkey FROM machi_app"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_tree")]

    operations = [
        migrations.CreateModel(
            name="IndexKey",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="index_key_only_one"),
                ],
            },
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
