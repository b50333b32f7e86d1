"""Payouts: asked for or opened, decided by two, paid in cash or by bank; the end of the coin; the whole history."""

import datetime as dt
from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP INDEX coin_end_once;
DROP TRIGGER as_asked ON wallet_coinpayout;
DROP TRIGGER onwards ON wallet_coinpayout;
DROP TRIGGER as_announced ON wallet_coinend;
"""


def _history_before() -> str:
    """Return the history as it was."""
    said = (SQL / "cards.sql").read_text()
    return said[said.index("CREATE OR REPLACE VIEW wallet_entry") :]


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0038_bank_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoinEnd",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("announced_on", models.DateField(verbose_name="公告の日")),
                ("claims_until", models.DateField(verbose_name="申し出の最後の日")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("opened_by", models.UUIDField(verbose_name="登録した人")),
                ("opened_at", models.DateTimeField(verbose_name="登録日時")),
                ("approved_by", models.UUIDField(null=True, verbose_name="承認した人")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="承認日時")),
            ],
            options={
                "verbose_name": "コインの終了",
                "verbose_name_plural": "コインの終了",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "claims_until__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("announced_on"), "+", models.Value(dt.timedelta(days=60))
                                ),
                            ),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="coin_end_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("opened_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_end_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoinPayoutFile",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("pay_on", models.DateField(verbose_name="振込日")),
                ("transfers", models.IntegerField(verbose_name="件数")),
                ("total", models.BigIntegerField(verbose_name="合計")),
                ("sha256", models.BinaryField()),
                ("key_version", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("written_by", models.UUIDField(verbose_name="作成した人")),
                ("written_at", models.DateTimeField(verbose_name="作成日時")),
            ],
            options={
                "verbose_name": "払戻しの振込ファイル",
                "verbose_name_plural": "払戻しの振込ファイル",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("total__gt", 0), ("transfers__gt", 0)), name="payout_file_of_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoinPayout",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "receipt_number",
                    models.CharField(db_collation="C", max_length=11, unique=True, verbose_name="受付番号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "申し込み"),
                            ("opened", "承認待ち"),
                            ("approved", "承認済み"),
                            ("written", "ファイル作成済み"),
                            ("paid", "支払い済み"),
                            ("returned", "組戻し"),
                            ("refused", "お断り"),
                            ("withdrawn", "取り下げ"),
                        ],
                        db_collation="C",
                        max_length=9,
                        verbose_name="状態",
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[("moving", "市外へ引っ越す"), ("other", "そのほか")],
                        db_collation="C",
                        max_length=6,
                        verbose_name="申し込みの理由",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("cash", "窓口で現金"), ("bank", "銀行振込")],
                        db_collation="C",
                        max_length=4,
                        verbose_name="受け取り方",
                    ),
                ),
                (
                    "bank_code",
                    models.CharField(blank=True, db_collation="C", max_length=4, verbose_name="金融機関コード"),
                ),
                (
                    "branch_code",
                    models.CharField(blank=True, db_collation="C", max_length=3, verbose_name="支店コード"),
                ),
                (
                    "account_type",
                    models.CharField(
                        blank=True,
                        choices=[("1", "普通"), ("2", "当座"), ("4", "貯蓄"), ("9", "その他")],
                        db_collation="C",
                        max_length=1,
                        verbose_name="預金種目",
                    ),
                ),
                (
                    "number_end",
                    models.CharField(blank=True, db_collation="C", max_length=2, verbose_name="口座番号の末尾"),
                ),
                ("key_version", models.SmallIntegerField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField(verbose_name="受付日時")),
                (
                    "case",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coin_ends", "コインの終了"),
                            ("moved_away", "転居・出国"),
                            ("died", "死亡（相続人へ）"),
                            ("cannot_use", "そのほかのやむを得ない事情"),
                            ("small", "少額（期間の上限内）"),
                        ],
                        db_collation="C",
                        max_length=10,
                        verbose_name="事由",
                    ),
                ),
                ("amount", models.BigIntegerField(null=True, verbose_name="金額")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("evidence", models.CharField(blank=True, max_length=80, verbose_name="確認した書類")),
                ("opened_by", models.UUIDField(null=True, verbose_name="開いた人")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="開いた日時")),
                ("decided_by", models.UUIDField(null=True, verbose_name="決めた人")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="決めた日時")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="お断りの理由")),
                ("used_before", models.BigIntegerField(null=True)),
                ("ceiling", models.BigIntegerField(null=True)),
                ("booked_at", models.DateTimeField(null=True, verbose_name="記帳日時")),
                ("paid_by", models.UUIDField(null=True, verbose_name="支払った人")),
                ("paid_at", models.DateTimeField(null=True, verbose_name="支払い日時")),
                ("arrival_id", models.UUIDField(default=kernel.ids.new_id, editable=False)),
                ("returned_by", models.UUIDField(null=True, verbose_name="組戻しを記録した人")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="組戻し日時")),
                ("return_reason", models.CharField(blank=True, max_length=200, verbose_name="組戻しの理由")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "return_journal",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="wallet.coinpayoutfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "払戻し",
                "verbose_name_plural": "払戻し",
                "indexes": [
                    models.Index(fields=["account", "at"], name="coin_payout_of_account"),
                    models.Index(fields=["state", "at"], name="coin_payout_of_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_by__isnull", True), ("state", "asked")),
                            ("state__in", ["refused", "withdrawn"]),
                            models.Q(
                                ("amount__gt", 0),
                                ("opened_by__isnull", False),
                                models.Q(("case", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "opened", "refused", "withdrawn"]),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("opened_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", "small"), _negated=True),
                            ("state__in", ["asked", "opened", "refused", "withdrawn"]),
                            models.Q(
                                (
                                    "ceiling__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("used_before"), "+", models.F("amount")
                                    ),
                                ),
                                ("used_before__gte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_within_the_ceiling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("booked_at__isnull", False),
                                ("journal__isnull", False),
                                ("state", "paid"),
                                ("way", "cash"),
                            ),
                            models.Q(
                                ("booked_at__isnull", False),
                                ("journal__isnull", False),
                                ("state__in", ["approved", "written", "paid", "returned"]),
                                ("way", "bank"),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(("state", "approved"), ("way", "cash")),
                                    ("state__in", ["asked", "opened", "refused", "withdrawn"]),
                                    _connector="OR",
                                ),
                                ("booked_at__isnull", True),
                                ("journal__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_booked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("file__isnull", True),
                                ("return_journal__isnull", True),
                                ("sealed__isnull", True),
                                ("way", "cash"),
                            ),
                            models.Q(
                                ("key_version__isnull", False),
                                ("sealed__isnull", False),
                                ("way", "bank"),
                                models.Q(("bank_code", ""), _negated=True),
                                models.Q(("branch_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_bank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("return_journal__isnull", False),
                                ("returned_at__isnull", False),
                                ("state", "returned"),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "returned"), _negated=True),
                                ("return_journal__isnull", True),
                                ("returned_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="coin_payout_returned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "paid"), _negated=True),
                            models.Q(("paid_at__isnull", False), ("paid_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="coin_payout_paid",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "opened", "approved", "written"])),
                        fields=("account",),
                        name="coin_payout_one_under_way",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "payouts.sql").read_text(), UNGUARD),
        migrations.RunSQL((SQL / "history_whole.sql").read_text(), _history_before()),
    ]
