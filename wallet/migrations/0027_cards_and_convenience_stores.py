"""Payments by card and at convenience stores: payments, refunds, disputes, events, alerts and runs."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0026_coupons"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardAlert",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wrong_amount", "金額か通貨が違う"),
                            ("unknown_here", "市の記録にない支払い"),
                            ("unknown_there", "カード会社の記録にない支払い"),
                            ("refund_failed", "カードに返金できない"),
                            ("refunded_there", "カード会社の画面で返金された"),
                            ("dispute", "カードの持ち主の申し立て"),
                            ("dispute_lost", "申し立てが認められ払い戻された"),
                        ],
                        db_collation="C",
                        max_length=16,
                        verbose_name="種別",
                    ),
                ),
                ("vendor_id", models.CharField(db_collation="C", max_length=255, verbose_name="カード会社の番号")),
                ("ours", models.BigIntegerField(null=True, verbose_name="市の記録の額")),
                ("theirs", models.BigIntegerField(null=True, verbose_name="カード会社の額")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="処理日時")),
                ("closed_by", models.UUIDField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=200, verbose_name="対応")),
            ],
            options={
                "verbose_name": "カードの要確認",
                "verbose_name_plural": "カードの要確認",
            },
        ),
        migrations.CreateModel(
            name="CardDispute",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("vendor_id", models.CharField(db_collation="C", max_length=255, unique=True)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "審査中"), ("won", "市の主張が認められた"), ("lost", "カードに払い戻された")],
                        db_collation="C",
                        default="open",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="申し立て日時")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="決着日時")),
            ],
            options={
                "verbose_name": "カード会社への申し立て",
                "verbose_name_plural": "カード会社への申し立て",
            },
        ),
        migrations.CreateModel(
            name="CardPayment",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("top_up", "チャージ")], db_collation="C", max_length=8, verbose_name="目的"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("card", "カード"), ("konbini", "コンビニ")],
                        db_collation="C",
                        max_length=8,
                        verbose_name="方法",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("currency", models.CharField(db_collation="C", default="JPY", max_length=3, verbose_name="通貨")),
                ("language", models.CharField(db_collation="C", default="ja", max_length=8)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("started", "開始"),
                            ("open", "支払い画面"),
                            ("waiting", "コンビニでの支払い待ち"),
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
                ("version", models.IntegerField(default=1, verbose_name="版")),
                ("session_id", models.CharField(db_collation="C", max_length=255, null=True, unique=True)),
                (
                    "intent_id",
                    models.CharField(
                        db_collation="C", max_length=255, null=True, unique=True, verbose_name="カード会社の番号"
                    ),
                ),
                ("url", models.CharField(blank=True, default="", max_length=2048)),
                (
                    "refused",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=64, verbose_name="断られた理由"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="開始日時")),
                ("closes_at", models.DateTimeField(verbose_name="期限")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完了日時")),
                ("looked_at", models.DateTimeField(null=True)),
                ("refunded", models.BigIntegerField(default=0, verbose_name="カードに戻した額")),
            ],
            options={
                "verbose_name": "カード・コンビニの支払い",
                "verbose_name_plural": "カード・コンビニの支払い",
            },
        ),
        migrations.CreateModel(
            name="CardRefund",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("limit", "残高の上限のため"),
                            ("closed", "口座が閉じられたため"),
                            ("frozen", "口座が止められているため"),
                            ("office", "職員の判断"),
                            ("vendor", "カード会社の画面での返金"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="理由",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("asked", "依頼中"), ("done", "返金済み"), ("failed", "返金できず")],
                        db_collation="C",
                        default="asked",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("vendor_id", models.CharField(db_collation="C", max_length=255, null=True, unique=True)),
                ("asked_at", models.DateTimeField(verbose_name="依頼日時")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完了日時")),
            ],
            options={
                "verbose_name": "カードへの返金",
                "verbose_name_plural": "カードへの返金",
            },
        ),
        migrations.CreateModel(
            name="CardRun",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(verbose_name="対象の始め")),
                ("until", models.DateTimeField(verbose_name="対象の終わり")),
                ("began_at", models.DateTimeField(verbose_name="開始日時")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                ("seen", models.IntegerField(default=0, verbose_name="照らし合わせた件数")),
                ("mended", models.IntegerField(default=0, verbose_name="直した件数")),
                ("alerts", models.IntegerField(default=0, verbose_name="要確認の件数")),
            ],
            options={
                "verbose_name": "カードの突合",
                "verbose_name_plural": "カードの突合",
            },
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("refund", "カードへの返金"),
                            ("dispute", "申し立てによる払い戻し"),
                            ("restored", "返金できず戻した"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="理由",
                    ),
                ),
                ("taken", models.BigIntegerField(verbose_name="コインから")),
                ("lost", models.BigIntegerField(default=0, verbose_name="市の負担")),
                ("at", models.DateTimeField(verbose_name="日時")),
            ],
            options={
                "verbose_name": "チャージの取消",
                "verbose_name_plural": "チャージの取消",
            },
        ),
        migrations.CreateModel(
            name="VendorEvent",
            fields=[
                ("event_id", models.CharField(db_collation="C", max_length=255, primary_key=True, serialize=False)),
                ("kind", models.CharField(db_collation="C", max_length=120)),
                ("reference", models.UUIDField(null=True)),
                ("intent_id", models.CharField(db_collation="C", max_length=255, null=True)),
                ("digest", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("processed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "カード会社からの知らせ",
                "verbose_name_plural": "カード会社からの知らせ",
            },
        ),
        migrations.RemoveConstraint(
            model_name="topup",
            name="top_up_kind",
        ),
        migrations.AlterField(
            model_name="topup",
            name="kind",
            field=models.CharField(
                choices=[
                    ("counter", "市役所の窓口"),
                    ("shop", "店頭"),
                    ("card", "カード"),
                    ("konbini", "コンビニ"),
                    ("gift", "ボーナスのみ"),
                ],
                db_collation="C",
                max_length=8,
                verbose_name="種別",
            ),
        ),
        migrations.AddConstraint(
            model_name="topup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind__in", ["counter", "card", "konbini"]), ("shop__isnull", True)),
                    models.Q(("amount__gt", 0), ("kind", "shop"), ("shop__isnull", False)),
                    models.Q(("amount", 0), ("bonus__gt", 0), ("kind", "gift"), ("shop__isnull", True)),
                    _connector="OR",
                ),
                name="top_up_kind",
            ),
        ),
        migrations.AddField(
            model_name="cardpayment",
            name="account",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="cardpayment",
            name="top_up",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="card_payment", to="wallet.topup"
            ),
        ),
        migrations.AddField(
            model_name="carddispute",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="wallet.cardpayment"
            ),
        ),
        migrations.AddField(
            model_name="cardalert",
            name="payment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="wallet.cardpayment"
            ),
        ),
        migrations.AddField(
            model_name="cardrefund",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="wallet.cardpayment"
            ),
        ),
        migrations.AddIndex(
            model_name="cardrun",
            index=models.Index(fields=["-began_at"], name="card_run_newest"),
        ),
        migrations.AddField(
            model_name="reversal",
            name="account",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="dispute",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reversal", to="wallet.carddispute"
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="journal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="refund",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reversals", to="wallet.cardrefund"
            ),
        ),
        migrations.AddIndex(
            model_name="vendorevent",
            index=models.Index(
                condition=models.Q(("processed_at__isnull", True)),
                fields=["received_at"],
                name="vendor_event_unprocessed",
            ),
        ),
        migrations.AddIndex(
            model_name="cardpayment",
            index=models.Index(fields=["account", "started_at"], name="card_payment_of_account"),
        ),
        migrations.AddIndex(
            model_name="cardpayment",
            index=models.Index(fields=["started_at"], name="card_payment_begun"),
        ),
        migrations.AddIndex(
            model_name="cardpayment",
            index=models.Index(
                condition=models.Q(("status__in", ["started", "open", "waiting"])),
                fields=["closes_at"],
                name="card_payment_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="card_payment_amount"),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("refunded__gte", 0), ("refunded__lte", models.F("amount"))),
                name="card_payment_refunded",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["top_up"])), name="card_payment_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["card", "konbini"])), name="card_payment_method"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("status", "started")),
                    models.Q(("finished_at", None), ("session_id__isnull", False), ("status__in", ["open", "waiting"])),
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
                    models.Q(("purpose", "top_up"), ("status", "paid"), ("top_up__isnull", False)),
                    models.Q(
                        models.Q(("purpose", "top_up"), ("status", "paid"), _negated=True), ("top_up__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="card_payment_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="carddispute",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="card_dispute_amount"),
        ),
        migrations.AddConstraint(
            model_name="carddispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("status", "open")),
                    models.Q(("closed_at__isnull", False), ("status__in", ["won", "lost"])),
                    _connector="OR",
                ),
                name="card_dispute_status",
            ),
        ),
        migrations.AddIndex(
            model_name="cardalert",
            index=models.Index(condition=models.Q(("closed_at__isnull", True)), fields=["at"], name="card_alert_open"),
        ),
        migrations.AddConstraint(
            model_name="cardalert",
            constraint=models.UniqueConstraint(fields=("kind", "vendor_id"), name="card_alert_once"),
        ),
        migrations.AddConstraint(
            model_name="cardalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None), ("outcome", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="card_alert_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="cardrefund",
            index=models.Index(condition=models.Q(("status", "asked")), fields=["asked_at"], name="card_refund_asked"),
        ),
        migrations.AddConstraint(
            model_name="cardrefund",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="card_refund_amount"),
        ),
        migrations.AddConstraint(
            model_name="cardrefund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("status", "asked")),
                    models.Q(("finished_at__isnull", False), ("status", "done"), ("vendor_id__isnull", False)),
                    models.Q(("finished_at__isnull", False), ("status", "failed")),
                    _connector="OR",
                ),
                name="card_refund_status",
            ),
        ),
        migrations.AddIndex(
            model_name="reversal",
            index=models.Index(fields=["account", "at"], name="reversal_of_account"),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lost__gte", 0), ("taken__gte", 0), models.Q(("lost", 0), ("taken", 0), _negated=True)
                ),
                name="reversal_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dispute", None), ("reason__in", ["refund", "restored"]), ("refund__isnull", False)),
                    models.Q(("dispute__isnull", False), ("reason", "dispute"), ("refund", None)),
                    _connector="OR",
                ),
                name="reversal_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.UniqueConstraint(fields=("refund", "reason"), name="reversal_once_a_refund"),
        ),
        migrations.RunSQL((SQL / "cards.sql").read_text(), (SQL / "cards_undone.sql").read_text()),
    ]
