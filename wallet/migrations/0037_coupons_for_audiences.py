"""Coupons for an audience."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0036_referrals"),
    ]

    operations = [
        migrations.AddField(
            model_name="coupon",
            name="audience",
            field=models.JSONField(null=True, verbose_name="対象の人"),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience__isnull", True),
                    models.Q(("campaign__isnull", False), ("is_listed", False), ("needs_claim", True)),
                    _connector="OR",
                ),
                name="coupon_for_an_audience_is_the_citys_and_taken_first",
            ),
        ),
        migrations.RunSQL((SQL / "audiences.sql").read_text(), "DROP TRIGGER for_whom_as_written ON wallet_coupon"),
    ]
