"""Paying costs PostgreSQL less, plain and with coupons; a use of a coupon has one CHECK, for its amounts' own types say the rest."""

from pathlib import Path

from django.db import migrations, models
from django.db.models.lookups import Exact, IsNull

SQL = Path(__file__).with_name("sql")
DROP = "DROP FUNCTION wallet_pay;\n"


def _read(name: str) -> str:
    return (SQL / name).read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0044_premium_by_card"),
    ]

    operations = [
        migrations.RunSQL(
            DROP + _read("wallet_pay_in_a_row.sql"),
            DROP + "DROP TYPE wallet_paid;\n" + _read("wallet_pay_takes_coupons.sql"),
        ),
        migrations.RunSQL(_read("coupons_one_by_one.sql"), _read("coupons_of_merged_ids.sql")),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.CheckConstraint(
                name="coupon_use_of_one_and_no_more_back",
                condition=models.Q(
                    Exact(IsNull(models.F("payment"), True), IsNull(models.F("order_payment"), False)),  # noqa: FBT003
                    ("returned__lte", models.F("discount")),
                ),
            ),
        ),
        migrations.RemoveConstraint(model_name="couponuse", name="coupon_use_of_one"),
        migrations.RemoveConstraint(model_name="couponuse", name="coupon_use_amounts"),
    ]
