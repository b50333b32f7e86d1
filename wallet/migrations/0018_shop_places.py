"""What a map and a customer need of a shop, and its Latin name in the history."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """Columns of the shop; the view of the history gains one at its end."""

    dependencies = [
        ("wallet", "0017_campaigns"),
    ]

    operations = [
        migrations.AddField(
            model_name="shop",
            name="address",
            field=models.CharField(blank=True, max_length=120, verbose_name="所在地"),
        ),
        migrations.AddField(
            model_name="shop",
            name="address_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="所在地（英語）"),
        ),
        migrations.AddField(
            model_name="shop",
            name="hours",
            field=models.JSONField(blank=True, null=True, verbose_name="営業時間"),
        ),
        migrations.AddField(
            model_name="shop",
            name="kind",
            field=models.CharField(blank=True, max_length=30, verbose_name="お店の種類"),
        ),
        migrations.AddField(
            model_name="shop",
            name="kind_en",
            field=models.CharField(blank=True, max_length=30, verbose_name="お店の種類（英語）"),
        ),
        migrations.AddField(
            model_name="shop",
            name="latitude_e6",
            field=models.IntegerField(blank=True, null=True, verbose_name="緯度（百万分の1度）"),
        ),
        migrations.AddField(
            model_name="shop",
            name="longitude_e6",
            field=models.IntegerField(blank=True, null=True, verbose_name="経度（百万分の1度）"),
        ),
        migrations.AddField(
            model_name="shop",
            name="telephone",
            field=models.CharField(blank=True, db_collation="C", max_length=16, verbose_name="電話番号"),
        ),
        migrations.AddConstraint(
            model_name="shop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude_e6__isnull", True), ("longitude_e6__isnull", True)),
                    models.Q(
                        ("latitude_e6__isnull", False),
                        ("latitude_e6__range", (-90000000, 90000000)),
                        ("longitude_e6__isnull", False),
                        ("longitude_e6__range", (-180000000, 180000000)),
                    ),
                    _connector="OR",
                ),
                name="shop_place_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="shop",
            constraint=models.CheckConstraint(
                condition=models.Q(("telephone", ""), ("telephone__regex", "^\\+?[0-9][0-9-]{5,14}$"), _connector="OR"),
                name="shop_telephone",
            ),
        ),
        migrations.RunSQL((SQL / "shop_names.sql").read_text(), (SQL / "shop_names_undone.sql").read_text()),
    ]
