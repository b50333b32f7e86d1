"""More kinds of accounts and journals: campaigns and their budgets, cards, banks, fees, losses."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0014_merged_ids_are_unlinked"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="account",
            name="account_kind",
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="account_one_of_each_source",
        ),
        migrations.AlterField(
            model_name="account",
            name="kind",
            field=models.CharField(
                choices=[
                    ("resident", "住民"),
                    ("merchant", "加盟店"),
                    ("campaign", "キャンペーンの予算"),
                    ("issuance", "ボーナス発行"),
                    ("counter_cash", "窓口の現金"),
                    ("shop_cash", "店頭の現金"),
                    ("expired", "失効"),
                    ("card", "カード決済"),
                    ("bank", "銀行"),
                    ("fees", "手数料"),
                    ("loss", "貸倒れ"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
        migrations.AlterField(
            model_name="journal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "支払い"),
                    ("capture", "保留の確定"),
                    ("refund", "返金"),
                    ("void", "取消"),
                    ("top_up", "チャージ"),
                    ("hold", "保留"),
                    ("release", "保留の解除"),
                    ("expiry", "失効"),
                    ("merge", "IDの統合"),
                    ("send", "送金"),
                    ("fund", "予算の増減"),
                    ("reversal", "チャージの取消"),
                    ("order", "注文のカード払い"),
                    ("order_refund", "注文のカード返金"),
                    ("settlement", "精算"),
                    ("returned", "振込の組戻し"),
                    ("payout", "払戻し"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
        migrations.RunSQL((SQL / "more_kinds.sql").read_text(), (SQL / "more_kinds_undone.sql").read_text()),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "resident",
                            "merchant",
                            "campaign",
                            "issuance",
                            "counter_cash",
                            "shop_cash",
                            "expired",
                            "card",
                            "bank",
                            "fees",
                            "loss",
                        ],
                    )
                ),
                name="account_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["resident", "merchant", "campaign"]), _negated=True),
                fields=("kind", "currency"),
                name="account_one_of_each_source",
            ),
        ),
    ]
