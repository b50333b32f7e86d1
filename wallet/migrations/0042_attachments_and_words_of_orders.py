"""Photos and scans beside an application, each a sealed file; and what an order's journals are called."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0041_settlement_keeps_cash"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationAttachment",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("licence", "許可証・届出の控え"),
                            ("business", "事業の証明（開業届の控え・登記事項証明書）"),
                            ("passbook", "通帳の写し"),
                            ("other", "そのほかの書類"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="書類の種類",
                    ),
                ),
                ("media", models.CharField(db_collation="C", max_length=15, verbose_name="形式")),
                ("size", models.IntegerField(verbose_name="大きさ（バイト）")),
                ("token", models.CharField(db_collation="C", max_length=43)),
                ("file", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("sealed_key", models.BinaryField()),
                ("added_at", models.DateTimeField(db_index=True, verbose_name="添えた日時")),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="wallet.merchantapplication",
                    ),
                ),
            ],
            options={
                "verbose_name": "申込みに添えた書類",
                "verbose_name_plural": "申込みに添えた書類",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["licence", "business", "passbook", "other"])),
                        name="attachment_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("media__in", ["image/jpeg", "image/png", "application/pdf"])),
                        name="attachment_media",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), ("size__lte", 5242880)), name="attachment_size"
                    ),
                    models.UniqueConstraint(fields=("application", "kind", "token"), name="attachment_once"),
                ],
            },
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
                    ("order", "注文の支払い（コイン以外）"),
                    ("order_refund", "注文の返金（コイン以外）"),
                    ("settlement", "精算"),
                    ("returned", "振込の組戻し"),
                    ("payout", "払戻し"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="種別",
            ),
        ),
    ]
