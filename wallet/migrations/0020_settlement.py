"""Banks, accounts for payouts, and settlement: batches, transfers, shares, lines, files and returns, with their guards."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")

UNGUARD = """
DROP INDEX settlement_one_undecided;
DROP TRIGGER as_drawn ON wallet_settlementbatch;
DROP TRIGGER onwards ON wallet_settlementbatch;
DROP TRIGGER as_drawn ON wallet_settlementtransfer;
DROP TRIGGER onwards ON wallet_settlementtransfer;
DROP TRIGGER as_returned ON wallet_settlementreturn;
DROP TRIGGER as_named ON wallet_payoutaccount;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0019_freezes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=4, primary_key=True, serialize=False, verbose_name="金融機関コード"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="金融機関名")),
                ("kana", models.CharField(max_length=60, verbose_name="カナ")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="終了日時")),
            ],
            options={
                "verbose_name": "金融機関",
                "verbose_name_plural": "金融機関",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code__regex", "^[0-9]{4}$")), name="bank_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="BankBranch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bank", "code", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=3, verbose_name="支店コード")),
                ("name", models.CharField(max_length=60, verbose_name="支店名")),
                ("kana", models.CharField(max_length=60, verbose_name="カナ")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="終了日時")),
                (
                    "bank",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="wallet.bank",
                    ),
                ),
            ],
            options={
                "verbose_name": "支店",
                "verbose_name_plural": "支店",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code__regex", "^[0-9]{3}$")), name="branch_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutAccount",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField(db_index=True, verbose_name="組織")),
                ("bank_code", models.CharField(db_collation="C", max_length=4, verbose_name="金融機関コード")),
                ("branch_code", models.CharField(db_collation="C", max_length=3, verbose_name="支店コード")),
                (
                    "account_type",
                    models.CharField(
                        choices=[("1", "普通"), ("2", "当座"), ("4", "貯蓄"), ("9", "その他")],
                        db_collation="C",
                        max_length=1,
                        verbose_name="預金種目",
                    ),
                ),
                ("number_end", models.CharField(db_collation="C", max_length=2, verbose_name="口座番号の末尾")),
                ("key_version", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "確認待ち"),
                            ("verified", "確認済み"),
                            ("returned", "組戻しあり"),
                            ("replaced", "置き換え済み"),
                            ("refused", "差し戻し"),
                        ],
                        db_collation="C",
                        default="waiting",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("registered_by", models.UUIDField(verbose_name="登録した人")),
                ("registered_at", models.DateTimeField(verbose_name="登録日時")),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="確認した人")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="確認日時")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
            ],
            options={
                "verbose_name": "振込先口座",
                "verbose_name_plural": "振込先口座",
                "indexes": [models.Index(fields=["organisation_id", "registered_at"], name="payout_history")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("registered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="payout_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "replaced"]),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["verified", "returned", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="payout_decided",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("organisation_id",), name="payout_one_waiting"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["verified", "returned"])),
                        fields=("organisation_id",),
                        name="payout_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementBatch",
            fields=[
                ("gross", models.BigIntegerField(verbose_name="受取額")),
                ("refunds", models.BigIntegerField(verbose_name="返金額")),
                ("carried_in", models.BigIntegerField(verbose_name="前回からの繰越")),
                ("returned_in", models.BigIntegerField(verbose_name="組戻し分")),
                ("fee", models.BigIntegerField(verbose_name="手数料")),
                ("net", models.BigIntegerField(verbose_name="振込額")),
                ("carried_out", models.BigIntegerField(verbose_name="次回への繰越")),
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("cut_off_on", models.DateField(unique=True, verbose_name="締め日")),
                ("since", models.DateTimeField(verbose_name="期間のはじめ")),
                ("until", models.DateTimeField(verbose_name="期間のおわり")),
                ("pay_on", models.DateField(verbose_name="振込日")),
                ("terms", models.JSONField(verbose_name="条件")),
                ("credits", models.BigIntegerField(verbose_name="件数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "作成済み"),
                            ("checked", "確認済み"),
                            ("approved", "承認済み"),
                            ("written", "ファイル作成済み"),
                            ("paid", "振込済み"),
                            ("withdrawn", "取り下げ"),
                        ],
                        db_collation="C",
                        default="drawn",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("drawn_by", models.UUIDField(verbose_name="作成した人")),
                ("drawn_at", models.DateTimeField(verbose_name="作成日時")),
                ("checked_by", models.UUIDField(blank=True, null=True, verbose_name="確認した人")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="確認日時")),
                ("approved_by", models.UUIDField(blank=True, null=True, verbose_name="承認した人")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="承認日時")),
                ("paid_by", models.UUIDField(blank=True, null=True, verbose_name="振込を確認した人")),
                ("paid_at", models.DateTimeField(blank=True, null=True, verbose_name="振込確認日時")),
                ("withdrawn_by", models.UUIDField(blank=True, null=True, verbose_name="取り下げた人")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="取り下げ日時")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
            ],
            options={
                "verbose_name": "精算",
                "verbose_name_plural": "精算",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee__gte", 0),
                            (
                                "gross",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("refunds"), "-", models.F("carried_in")
                                                ),
                                                "-",
                                                models.F("returned_in"),
                                            ),
                                            "+",
                                            models.F("fee"),
                                        ),
                                        "+",
                                        models.F("net"),
                                    ),
                                    "+",
                                    models.F("carried_out"),
                                ),
                            ),
                            ("gross__gte", 0),
                            ("net__gte", 0),
                            ("refunds__gte", 0),
                            ("returned_in__gte", 0),
                            ("credits__gte", 0),
                        ),
                        name="settlement_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("drawn_at__gte", models.F("until")), ("since__lt", models.F("until"))),
                        name="settlement_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                ("checked_by__isnull", False),
                                models.Q(("approved_by", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True),
                                ("checked_at__isnull", True),
                                ("state", "drawn"),
                                ("withdrawn_at__isnull", True),
                            ),
                            models.Q(
                                ("approved_at__isnull", True),
                                ("checked_at__isnull", False),
                                ("state", "checked"),
                                ("withdrawn_at__isnull", True),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("paid_at__isnull", True),
                                ("state__in", ["approved", "written"]),
                            ),
                            models.Q(("approved_at__isnull", False), ("paid_at__isnull", False), ("state", "paid")),
                            models.Q(
                                ("approved_at__isnull", True), ("state", "withdrawn"), ("withdrawn_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="settlement_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementTransfer",
            fields=[
                ("gross", models.BigIntegerField(verbose_name="受取額")),
                ("refunds", models.BigIntegerField(verbose_name="返金額")),
                ("carried_in", models.BigIntegerField(verbose_name="前回からの繰越")),
                ("returned_in", models.BigIntegerField(verbose_name="組戻し分")),
                ("fee", models.BigIntegerField(verbose_name="手数料")),
                ("net", models.BigIntegerField(verbose_name="振込額")),
                ("carried_out", models.BigIntegerField(verbose_name="次回への繰越")),
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("order", models.IntegerField(verbose_name="番号")),
                ("organisation_id", models.UUIDField(verbose_name="組織")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "振込予定"),
                            ("booked", "振込"),
                            ("carried", "繰越"),
                            ("withheld", "見送り"),
                            ("returned", "組戻し"),
                        ],
                        db_collation="C",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("nothing", "支払う金額がありません"),
                            ("below_least", "最低振込額に満たないため"),
                            ("no_account", "確認済みの振込先がないため"),
                            ("account_returned", "組戻しのあった振込先のため"),
                            ("bank_ended", "金融機関か支店がなくなったため"),
                            ("short", "承認のときに残高が足りなかったため"),
                            ("withdrawn", "精算が取り下げられたため"),
                        ],
                        db_collation="C",
                        max_length=16,
                        verbose_name="理由",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="wallet.settlementbatch",
                    ),
                ),
                (
                    "journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.payoutaccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "振込",
                "verbose_name_plural": "振込",
                "indexes": [models.Index(fields=["organisation_id", "batch"], name="transfer_of_organisation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee__gte", 0),
                            (
                                "gross",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("refunds"), "-", models.F("carried_in")
                                                ),
                                                "-",
                                                models.F("returned_in"),
                                            ),
                                            "+",
                                            models.F("fee"),
                                        ),
                                        "+",
                                        models.F("net"),
                                    ),
                                    "+",
                                    models.F("carried_out"),
                                ),
                            ),
                            ("gross__gte", 0),
                            ("net__gte", 0),
                            ("refunds__gte", 0),
                            ("returned_in__gte", 0),
                        ),
                        name="transfer_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fee", 0), ("journal__isnull", True), ("net", 0), ("state", "carried")),
                            models.Q(
                                ("journal__isnull", True),
                                ("net__gt", 0),
                                ("payout__isnull", False),
                                ("state__in", ["planned", "withheld"]),
                            ),
                            models.Q(
                                ("journal__isnull", False),
                                ("net__gt", 0),
                                ("payout__isnull", False),
                                ("state__in", ["booked", "returned"]),
                            ),
                            _connector="OR",
                        ),
                        name="transfer_state",
                    ),
                    models.UniqueConstraint(fields=("batch", "organisation_id"), name="transfer_once_a_batch"),
                    models.UniqueConstraint(fields=("batch", "order"), name="transfer_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementShare",
            fields=[
                ("gross", models.BigIntegerField(verbose_name="受取額")),
                ("refunds", models.BigIntegerField(verbose_name="返金額")),
                ("carried_in", models.BigIntegerField(verbose_name="前回からの繰越")),
                ("returned_in", models.BigIntegerField(verbose_name="組戻し分")),
                ("fee", models.BigIntegerField(verbose_name="手数料")),
                ("net", models.BigIntegerField(verbose_name="振込額")),
                ("carried_out", models.BigIntegerField(verbose_name="次回への繰越")),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "transfer", "account", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="wallet.settlementtransfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "店舗ごとの精算",
                "verbose_name_plural": "店舗ごとの精算",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee__gte", 0),
                            (
                                "gross",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("refunds"), "-", models.F("carried_in")
                                                ),
                                                "-",
                                                models.F("returned_in"),
                                            ),
                                            "+",
                                            models.F("fee"),
                                        ),
                                        "+",
                                        models.F("net"),
                                    ),
                                    "+",
                                    models.F("carried_out"),
                                ),
                            ),
                            ("gross__gte", 0),
                            ("net__gte", 0),
                            ("refunds__gte", 0),
                            ("returned_in__gte", 0),
                        ),
                        name="share_adds_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "journal", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.SmallIntegerField(verbose_name="行")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="wallet.settlementbatch",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "精算の明細",
                "verbose_name_plural": "精算の明細",
                "indexes": [models.Index(fields=["batch", "account"], name="settlement_line_of_batch")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="line_of_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementFile",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="wallet.settlementbatch",
                    ),
                ),
                ("transfers", models.IntegerField(verbose_name="件数")),
                ("total", models.BigIntegerField(verbose_name="合計")),
                ("sha256", models.BinaryField()),
                ("key_version", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("written_by", models.UUIDField(verbose_name="作成した人")),
                ("written_at", models.DateTimeField(verbose_name="作成日時")),
            ],
            options={
                "verbose_name": "振込ファイル",
                "verbose_name_plural": "振込ファイル",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("total__gt", 0), ("transfers__gt", 0)), name="file_of_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementReturn",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("why", models.CharField(max_length=200, verbose_name="理由")),
                ("recorded_by", models.UUIDField(verbose_name="記録した人")),
                ("at", models.DateTimeField(verbose_name="日時")),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "taken_up_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.settlementbatch",
                    ),
                ),
                (
                    "transfer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_back",
                        to="wallet.settlementtransfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "組戻し",
                "verbose_name_plural": "組戻し",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("why", ""), _negated=True)),
                        name="return_amount",
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "settlement.sql").read_text(), UNGUARD),
    ]
