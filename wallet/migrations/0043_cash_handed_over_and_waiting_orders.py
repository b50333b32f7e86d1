"""Cash of shops that is handed over beside settlement: recorded by one officer, accepted by another; and how orders that wait are found."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0042_attachments_and_words_of_orders"),
    ]

    operations = [
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
                    ("order", "注文の支払い（コイン以外）"),
                    ("order_refund", "注文の返金（コイン以外）"),
                    ("settlement", "精算"),
                    ("returned", "振込の組戻し"),
                    ("payout", "払戻し"),
                    ("shop_cash", "店頭の現金の受け取り"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
        migrations.CreateModel(
            name="ShopCashHandover",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField(verbose_name="加盟店")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "way",
                    models.CharField(
                        choices=[("counter", "窓口で現金を受け取った"), ("bank", "市の口座に振り込まれた")],
                        db_collation="C",
                        max_length=7,
                        verbose_name="受け取り方",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="受け取った日")),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="銀行の受付番号・メモ")),
                ("recorded_by", models.UUIDField(verbose_name="記録した人")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("decided_by", models.UUIDField(null=True, verbose_name="決めた人")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="決めた日時")),
                ("is_accepted", models.BooleanField(null=True)),
                (
                    "journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "till",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.cashtill"
                    ),
                ),
            ],
            options={
                "verbose_name": "店頭の現金の受け取り",
                "verbose_name_plural": "店頭の現金の受け取り",
                "indexes": [models.Index(fields=["organisation_id", "-recorded_at"], name="handover_of_organisation")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="handover_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "counter"),
                            models.Q(
                                ("till__isnull", True), ("way", "bank"), models.Q(("reference", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="handover_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("is_accepted__isnull", True),
                                ("journal__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__gte", models.F("recorded_at")),
                                ("decided_by__isnull", False),
                                ("is_accepted", False),
                                ("journal__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__gte", models.F("recorded_at")),
                                ("decided_by__isnull", False),
                                ("is_accepted", True),
                                ("journal__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handover_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_accepted", True), _negated=True),
                            models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_four_eyes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)), fields=("organisation_id",), name="handover_one_waits"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("delivery", "waiting")), fields=["ended_at"], name="order_undelivered"
            ),
        ),
        migrations.RunSQL((SQL / "shop_cash.sql").read_text(), (SQL / "shop_cash_undone.sql").read_text()),
    ]
