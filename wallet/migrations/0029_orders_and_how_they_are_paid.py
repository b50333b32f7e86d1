"""Orders, the ways in which they are paid, and what of them came back; cards whose money is only set aside at first."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0028_support_is_said_of_the_whole"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(db_collation="C", max_length=32, verbose_name="販売元")),
                ("source_id", models.CharField(db_collation="C", max_length=64)),
                (
                    "mode",
                    models.CharField(
                        choices=[("pay", "すぐに支払う"), ("hold", "取り置く")],
                        db_collation="C",
                        max_length=4,
                        verbose_name="支払い方",
                    ),
                ),
                ("by_coin", models.BooleanField(verbose_name="コインで支払える")),
                ("by_card", models.BooleanField(verbose_name="カードで支払える")),
                ("by_mixed", models.BooleanField(verbose_name="コインとカードで支払える")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "支払い待ち"),
                            ("held", "取り置き中"),
                            ("paid", "支払い済み"),
                            ("cancelled", "取消"),
                            ("expired", "期限切れ"),
                        ],
                        db_collation="C",
                        default="open",
                        max_length=9,
                        verbose_name="状態",
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("none", "支払い前"),
                            ("waiting", "お渡し待ち"),
                            ("delivered", "お渡し済み"),
                            ("failed", "お渡しできず"),
                        ],
                        db_collation="C",
                        default="none",
                        max_length=9,
                        verbose_name="お渡し",
                    ),
                ),
                ("total", models.BigIntegerField(verbose_name="合計")),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3, verbose_name="通貨")),
                (
                    "receipt_number",
                    models.CharField(db_collation="C", max_length=11, unique=True, verbose_name="受付番号"),
                ),
                ("placed_by", models.UUIDField()),
                ("placed_at", models.DateTimeField(verbose_name="注文日時")),
                ("expires_at", models.DateTimeField(verbose_name="支払いの期限")),
                ("held_until", models.DateTimeField(null=True, verbose_name="取り置きの期限")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="完了日時")),
                ("version", models.IntegerField(default=1, verbose_name="版")),
            ],
            options={
                "verbose_name": "注文",
                "verbose_name_plural": "注文",
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="wallet.order",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "order", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.SmallIntegerField(verbose_name="行")),
                ("name", models.CharField(max_length=60, verbose_name="品名")),
                ("name_en", models.CharField(max_length=60, verbose_name="英語の品名")),
                ("quantity", models.IntegerField(verbose_name="数量")),
                ("unit_price", models.BigIntegerField(verbose_name="単価")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("product", models.CharField(blank=True, db_collation="C", max_length=40, verbose_name="商品の目印")),
                ("taken", models.BigIntegerField(default=0, verbose_name="受け取った額")),
                ("refunded", models.BigIntegerField(default=0, verbose_name="返金額")),
            ],
            options={
                "verbose_name": "注文の明細",
                "verbose_name_plural": "注文の明細",
            },
        ),
        migrations.CreateModel(
            name="OrderPayment",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "method",
                    models.CharField(
                        choices=[("coin", "コイン"), ("card", "カード"), ("mixed", "コインとカード")],
                        db_collation="C",
                        max_length=5,
                        verbose_name="方法",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("begun", "手続き中"),
                            ("held", "取り置き中"),
                            ("capturing", "確定中"),
                            ("ended", "不成立"),
                            ("paid", "支払い済み"),
                        ],
                        db_collation="C",
                        default="begun",
                        max_length=9,
                        verbose_name="状態",
                    ),
                ),
                ("discount", models.BigIntegerField(default=0, verbose_name="割引額")),
                ("coin", models.BigIntegerField(default=0, verbose_name="コイン")),
                ("card", models.BigIntegerField(default=0, verbose_name="カード")),
                ("discount_taken", models.BigIntegerField(default=0, verbose_name="割引のうち確定した額")),
                ("coin_taken", models.BigIntegerField(default=0, verbose_name="コインのうち確定した額")),
                ("card_taken", models.BigIntegerField(default=0, verbose_name="カードのうち確定した額")),
                ("discount_refunded", models.BigIntegerField(default=0, verbose_name="割引のうち戻った額")),
                ("coin_refunded", models.BigIntegerField(default=0, verbose_name="コインのうち戻った額")),
                ("card_refunded", models.BigIntegerField(default=0, verbose_name="カードのうち戻った額")),
                ("begun_at", models.DateTimeField(verbose_name="開始日時")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="完了日時")),
            ],
            options={
                "verbose_name": "注文の支払い",
                "verbose_name_plural": "注文の支払い",
            },
        ),
        migrations.CreateModel(
            name="OrderRefund",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("discount", models.BigIntegerField(default=0, verbose_name="割引")),
                ("coin", models.BigIntegerField(default=0, verbose_name="コイン")),
                ("card", models.BigIntegerField(default=0, verbose_name="カード")),
                (
                    "reason",
                    models.CharField(
                        choices=[("shop", "お店の返金"), ("undelivered", "お渡しできなかったため")],
                        db_collation="C",
                        max_length=11,
                        verbose_name="理由",
                    ),
                ),
                (
                    "receipt_number",
                    models.CharField(db_collation="C", max_length=11, unique=True, verbose_name="受付番号"),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("is_limited", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "verbose_name": "注文の返金",
                "verbose_name_plural": "注文の返金",
            },
        ),
        migrations.CreateModel(
            name="OrderRefundLine",
            fields=[
                (
                    "refund",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="wallet.orderrefund",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "refund", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.SmallIntegerField(verbose_name="行")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
            ],
            options={
                "verbose_name": "注文の返金の明細",
                "verbose_name_plural": "注文の返金の明細",
            },
        ),
        migrations.RemoveConstraint(
            model_name="cardpayment",
            name="card_payment_purpose",
        ),
        migrations.RemoveConstraint(
            model_name="cardpayment",
            name="card_payment_status",
        ),
        migrations.RemoveConstraint(
            model_name="couponclaim",
            name="coupon_claim_used_by_a_payment",
        ),
        migrations.RemoveIndex(
            model_name="cardpayment",
            name="card_payment_unfinished",
        ),
        migrations.AddField(
            model_name="cardpayment",
            name="is_held",
            field=models.BooleanField(default=False, verbose_name="枠の確保だけ"),
        ),
        migrations.AddField(
            model_name="cardpayment",
            name="to_take",
            field=models.BigIntegerField(null=True, verbose_name="受け取ると決めた額"),
        ),
        migrations.AlterField(
            model_name="cardpayment",
            name="purpose",
            field=models.CharField(
                choices=[("top_up", "チャージ"), ("order", "注文")], db_collation="C", max_length=8, verbose_name="目的"
            ),
        ),
        migrations.AlterField(
            model_name="cardpayment",
            name="status",
            field=models.CharField(
                choices=[
                    ("started", "開始"),
                    ("open", "支払い画面"),
                    ("waiting", "コンビニでの支払い待ち"),
                    ("reserved", "カードの枠を確保"),
                    ("ended", "不成立"),
                    ("paid", "支払い済み"),
                    ("returned", "受け取れず返金"),
                ],
                db_collation="C",
                default="started",
                max_length=8,
                verbose_name="状態",
            ),
        ),
        migrations.AlterField(
            model_name="cardrefund",
            name="reason",
            field=models.CharField(
                choices=[
                    ("limit", "残高の上限のため"),
                    ("closed", "口座が閉じられたため"),
                    ("frozen", "口座が止められているため"),
                    ("office", "職員の判断"),
                    ("order", "注文の返金"),
                    ("late", "注文が終わったあとに届いたため"),
                    ("vendor", "カード会社の画面での返金"),
                ],
                db_collation="C",
                max_length=8,
                verbose_name="理由",
            ),
        ),
        migrations.AlterField(
            model_name="couponuse",
            name="payment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coupon_uses",
                to="wallet.payment",
            ),
        ),
        migrations.AddIndex(
            model_name="cardpayment",
            index=models.Index(
                condition=models.Q(("status__in", ["started", "open", "waiting", "reserved"])),
                fields=["closes_at"],
                name="card_payment_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["top_up", "order"])), name="card_payment_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("status", "started")),
                    models.Q(("finished_at", None), ("session_id__isnull", False), ("status__in", ["open", "waiting"])),
                    models.Q(
                        ("finished_at", None),
                        ("intent_id__isnull", False),
                        ("is_held", True),
                        ("session_id__isnull", False),
                        ("status", "reserved"),
                    ),
                    models.Q(("finished_at__isnull", False), ("status", "ended")),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("intent_id__isnull", False),
                        ("status__in", ["paid", "returned"]),
                    ),
                    _connector="OR",
                ),
                name="card_payment_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_take", None),
                    models.Q(("purpose", "order"), ("to_take", 0)),
                    models.Q(("is_held", True), ("to_take__range", (1, models.F("amount")))),
                    _connector="OR",
                ),
                name="card_payment_to_take",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="account",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wallet.account",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="shop",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="wallet.shop"
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="account",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="card_payment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_payment",
                to="wallet.cardpayment",
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="hold",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="order_payment", to="wallet.hold"
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="journal",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="wallet.order"
            ),
        ),
        migrations.AddField(
            model_name="orderpayment",
            name="payment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_payment",
                to="wallet.payment",
            ),
        ),
        migrations.AddField(
            model_name="couponclaim",
            name="order_payment",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wallet.orderpayment",
            ),
        ),
        migrations.AddField(
            model_name="couponuse",
            name="order_payment",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coupon_uses",
                to="wallet.orderpayment",
            ),
        ),
        migrations.AddConstraint(
            model_name="couponclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order_payment", None), ("payment", None), ("used_at", None)),
                    models.Q(
                        ("order_payment", None),
                        ("payment__isnull", False),
                        ("revoked_at", None),
                        ("used_at__isnull", False),
                    ),
                    models.Q(
                        ("order_payment__isnull", False),
                        ("payment", None),
                        ("revoked_at", None),
                        ("used_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="coupon_claim_used_by_a_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.UniqueConstraint(fields=("order_payment", "coupon"), name="coupon_use_once_an_order"),
        ),
        migrations.AddConstraint(
            model_name="couponuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order_payment", None), ("payment__isnull", False)),
                    models.Q(("order_payment__isnull", False), ("payment", None)),
                    _connector="OR",
                ),
                name="coupon_use_of_one",
            ),
        ),
        migrations.AddField(
            model_name="orderrefund",
            name="card_refund",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="order_refund",
                to="wallet.cardrefund",
            ),
        ),
        migrations.AddField(
            model_name="orderrefund",
            name="journal",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
            ),
        ),
        migrations.AddField(
            model_name="orderrefund",
            name="order_payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="wallet.orderpayment"
            ),
        ),
        migrations.AddField(
            model_name="orderrefund",
            name="refund",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="order_refund", to="wallet.refund"
            ),
        ),
        migrations.AddField(
            model_name="orderrefund",
            name="restored_journal",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["shop", "placed_at"], name="order_at_shop"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["account", "placed_at"], name="order_of_account"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(condition=models.Q(("status", "open")), fields=["expires_at"], name="order_open_until"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(condition=models.Q(("status", "held")), fields=["held_until"], name="order_held_until"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("source", "source_id"), name="order_once_a_source"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("total__gt", 0)), name="order_total"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_coin", True), ("by_card", True), ("by_mixed", True), _connector="OR"),
                name="order_methods",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_until", None), ("mode", "pay")),
                    models.Q(("held_until__gt", models.F("expires_at")), ("mode", "hold")),
                    _connector="OR",
                ),
                name="order_mode",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivery", "none"), ("ended_at", None), ("status", "open")),
                    models.Q(
                        ("account__isnull", False),
                        ("delivery", "none"),
                        ("ended_at", None),
                        ("mode", "hold"),
                        ("status", "held"),
                    ),
                    models.Q(
                        ("delivery", "none"), ("ended_at__isnull", False), ("status__in", ["cancelled", "expired"])
                    ),
                    models.Q(
                        ("account__isnull", False),
                        ("delivery__in", ["waiting", "delivered", "failed"]),
                        ("ended_at__isnull", False),
                        ("status", "paid"),
                    ),
                    _connector="OR",
                ),
                name="order_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("name_en", ""), _negated=True)),
                name="order_line_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount",
                        django.db.models.expressions.CombinedExpression(
                            models.F("quantity"), "*", models.F("unit_price")
                        ),
                    ),
                    ("number__gt", 0),
                    ("quantity__gt", 0),
                    ("unit_price__gt", 0),
                ),
                name="order_line_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refunded__gte", 0),
                    ("refunded__lte", models.F("taken")),
                    ("taken__gte", 0),
                    ("taken__lte", models.F("amount")),
                ),
                name="order_line_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpayment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("begun", "held", "capturing", "paid"))),
                fields=("order",),
                name="order_paid_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discount__gte", 0),
                    models.Q(
                        models.Q(("card", 0), ("card_payment", None), ("coin__gt", 0), ("method", "coin")),
                        models.Q(
                            ("card__gt", 0),
                            ("card_payment__isnull", False),
                            ("coin", 0),
                            ("hold", None),
                            ("method", "card"),
                        ),
                        models.Q(
                            ("card__gt", 0),
                            ("card_payment__isnull", False),
                            ("coin__gt", 0),
                            ("hold__isnull", False),
                            ("method", "mixed"),
                        ),
                        _connector="OR",
                    ),
                ),
                name="order_payment_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("card_refunded__gte", 0),
                    ("card_refunded__lte", models.F("card_taken")),
                    ("card_taken__lte", models.F("card")),
                    ("coin_refunded__gte", 0),
                    ("coin_refunded__lte", models.F("coin_taken")),
                    ("coin_taken__lte", models.F("coin")),
                    ("discount_refunded__gte", 0),
                    ("discount_refunded__lte", models.F("discount_taken")),
                    ("discount_taken__lte", models.F("discount")),
                ),
                name="order_payment_tenders",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("card_taken", 0),
                        ("coin_taken", 0),
                        ("ended_at", None),
                        ("journal", None),
                        ("payment", None),
                        ("status__in", ["begun", "held"]),
                    ),
                    models.Q(
                        ("card_taken__gt", 0),
                        ("ended_at", None),
                        ("journal", None),
                        ("payment", None),
                        ("status", "capturing"),
                    ),
                    models.Q(
                        ("card_refunded", 0),
                        ("coin_refunded", 0),
                        ("ended_at__isnull", False),
                        ("journal", None),
                        ("payment", None),
                        ("status", "ended"),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("status", "paid"),
                        models.Q(
                            models.Q(("coin_taken", 0), ("payment", None)),
                            models.Q(("coin_taken__gt", 0), ("payment__isnull", False)),
                            _connector="OR",
                        ),
                        models.Q(("card_taken", 0), ("journal__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="order_payment_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderrefund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    ("card__gte", 0),
                    ("coin__gte", 0),
                    ("discount__gte", 0),
                    (
                        "amount",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("discount"), "+", models.F("coin")
                            ),
                            "+",
                            models.F("card"),
                        ),
                    ),
                ),
                name="order_refund_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderrefund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("coin", 0), ("refund", None)),
                        models.Q(("coin__gt", 0), ("refund__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("card", 0), ("card_refund", None), ("restored_journal", None)),
                        models.Q(("card__gt", 0), ("card_refund__isnull", False), ("journal__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="order_refund_ways",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderrefundline",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="order_refund_line_amount"),
        ),
        migrations.RunSQL((SQL / "orders.sql").read_text(), (SQL / "orders_undone.sql").read_text()),
    ]
