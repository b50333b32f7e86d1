"""The bank's statements: transfer codes, files, each movement once, and what officers make of the open ones."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER as_read ON wallet_bankstatement;
DROP TRIGGER as_booked ON wallet_bankline;
DROP TRIGGER onwards ON wallet_bankline;
DROP TRIGGER as_proposed ON wallet_banklineproposal;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0037_coupons_for_audiences"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankLine",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("bank_account", models.CharField(db_collation="C", max_length=20, verbose_name="口座")),
                ("booked_on", models.DateField(verbose_name="勘定日")),
                ("is_in", models.BooleanField(verbose_name="入金")),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                ("content", models.CharField(db_collation="C", max_length=43)),
                ("ordinal", models.IntegerField()),
                ("serial", models.CharField(blank=True, db_collation="C", max_length=8, verbose_name="照会番号")),
                ("is_final", models.BooleanField(default=True)),
                ("key_version", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "処理待ち"),
                            ("booked", "チャージ済み"),
                            ("open", "仮受"),
                            ("returned", "組戻し"),
                            ("aside", "コイン以外"),
                            ("out", "出金"),
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
                            ("no_code", "番号がありません"),
                            ("damaged_code", "番号が正しくありません"),
                            ("unknown_code", "だれのものでもない番号です"),
                            ("limit", "残高の上限を超えます"),
                            ("closed", "閉じた口座です"),
                            ("frozen", "停止中の口座です"),
                            ("not_final", "小切手か訂正で、確定していません"),
                        ],
                        db_collation="C",
                        max_length=12,
                        verbose_name="理由",
                    ),
                ),
                ("done_at", models.DateTimeField(null=True, verbose_name="処理日時")),
            ],
            options={
                "verbose_name": "銀行の明細の行",
                "verbose_name_plural": "銀行の明細の行",
            },
        ),
        migrations.CreateModel(
            name="BankLineProposal",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("assign", "口座に入れる"),
                            ("return", "送った人に戻す"),
                            ("aside", "コインの入金ではない"),
                        ],
                        db_collation="C",
                        max_length=6,
                        verbose_name="処理",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=40, verbose_name="銀行の受付番号")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("needs_two", models.BooleanField()),
                ("proposed_by", models.UUIDField(verbose_name="提案した人")),
                ("proposed_at", models.DateTimeField(verbose_name="提案日時")),
                ("decided_by", models.UUIDField(null=True, verbose_name="決めた人")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="決めた日時")),
                ("is_accepted", models.BooleanField(null=True)),
            ],
            options={
                "verbose_name": "仮受の処理",
                "verbose_name_plural": "仮受の処理",
            },
        ),
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("bank_account", models.CharField(db_collation="C", max_length=20, verbose_name="口座")),
                ("layout", models.CharField(db_collation="C", max_length=6, verbose_name="形式")),
                ("sha256", models.BinaryField(unique=True)),
                ("key_version", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("lines", models.IntegerField(verbose_name="行数")),
                ("since", models.DateField(verbose_name="最初の日")),
                ("until", models.DateField(verbose_name="最後の日")),
                ("total_in", models.BigIntegerField(verbose_name="入金合計")),
                ("total_out", models.BigIntegerField(verbose_name="出金合計")),
                ("closing", models.BigIntegerField(null=True, verbose_name="取引後残高")),
                ("read_by", models.UUIDField(verbose_name="読み込んだ人")),
                ("read_at", models.DateTimeField(verbose_name="読み込み日時")),
                ("imported_by", models.UUIDField(null=True, verbose_name="取り込んだ人")),
                ("imported_at", models.DateTimeField(null=True, verbose_name="取り込み日時")),
                ("fresh", models.IntegerField(null=True, verbose_name="新しい行")),
            ],
            options={
                "verbose_name": "銀行の明細",
                "verbose_name_plural": "銀行の明細",
            },
        ),
        migrations.CreateModel(
            name="BankStatementLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "statement", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField(verbose_name="行")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="wallet.bankline"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="wallet.bankstatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "明細のファイルの行",
                "verbose_name_plural": "明細のファイルの行",
            },
        ),
        migrations.CreateModel(
            name="TransferCode",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="transfer_code",
                        serialize=False,
                        to="wallet.account",
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=8, unique=True, verbose_name="振込依頼人番号")),
                ("made_at", models.DateTimeField(verbose_name="発行日時")),
            ],
            options={
                "verbose_name": "振込依頼人番号",
                "verbose_name_plural": "振込依頼人番号",
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
                    ("bank", "銀行振込"),
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
                    models.Q(
                        ("amount__gt", 0), ("kind__in", ["counter", "card", "konbini", "bank"]), ("shop__isnull", True)
                    ),
                    models.Q(("amount__gt", 0), ("kind", "shop"), ("shop__isnull", False)),
                    models.Q(("amount", 0), ("bonus__gt", 0), ("kind", "gift"), ("shop__isnull", True)),
                    _connector="OR",
                ),
                name="top_up_kind",
            ),
        ),
        migrations.AddField(
            model_name="bankline",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="bankline",
            name="top_up",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bank_line", to="wallet.topup"
            ),
        ),
        migrations.AddField(
            model_name="banklineproposal",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="banklineproposal",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="wallet.bankline"
            ),
        ),
        migrations.AddIndex(
            model_name="bankstatement",
            index=models.Index(fields=["-read_at"], name="bank_statement_newest"),
        ),
        migrations.AddConstraint(
            model_name="bankstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lines__gt", 0), ("total_in__gte", 0), ("total_out__gte", 0), ("until__gte", models.F("since"))
                ),
                name="bank_statement_sums",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("layout__in", ["zengin", "csv"])), name="bank_statement_layout"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fresh__isnull", True), ("imported_at__isnull", True), ("imported_by__isnull", True)),
                    models.Q(
                        ("fresh__gte", 0),
                        ("fresh__lte", models.F("lines")),
                        ("imported_at__isnull", False),
                        ("imported_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bank_statement_imported",
            ),
        ),
        migrations.AddField(
            model_name="bankline",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="fresh_lines", to="wallet.bankstatement"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfercode",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{8}$")), name="transfer_code_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="banklineproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        models.Q(("account__isnull", False), ("deed", "assign"), ("reference", "")),
                        models.Q(
                            ("account__isnull", True), ("deed", "return"), models.Q(("reference", ""), _negated=True)
                        ),
                        models.Q(("account__isnull", True), ("deed", "aside"), ("reference", "")),
                        _connector="OR",
                    ),
                ),
                name="bank_proposal_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="banklineproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("is_accepted__isnull", True)),
                    models.Q(
                        ("decided_at__gte", models.F("proposed_at")),
                        ("decided_by__isnull", False),
                        ("is_accepted__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bank_proposal_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="banklineproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_accepted", True), ("needs_two", True), _negated=True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="bank_proposal_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="banklineproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)), fields=("line",), name="bank_proposal_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="banklineproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_accepted", True)), fields=("line",), name="bank_proposal_one_accepted"
            ),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["state", "booked_on"], name="bank_line_of_state"),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="bank_line_waiting"),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("ordinal__gt", 0)), name="bank_line_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                fields=("bank_account", "booked_on", "is_in", "amount", "content", "ordinal"), name="bank_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("serial", ""), _negated=True),
                fields=("bank_account", "booked_on", "serial"),
                name="bank_line_once_a_serial",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_in", False), ("reason", ""), ("state", "out"), ("top_up__isnull", True)),
                    models.Q(
                        ("done_at__isnull", True),
                        ("is_in", True),
                        ("reason", ""),
                        ("state", "waiting"),
                        ("top_up__isnull", True),
                    ),
                    models.Q(
                        ("account__isnull", False),
                        ("done_at__isnull", False),
                        ("is_in", True),
                        ("state", "booked"),
                        ("top_up__isnull", False),
                    ),
                    models.Q(
                        ("done_at__isnull", True),
                        ("is_in", True),
                        ("state", "open"),
                        ("top_up__isnull", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("done_at__isnull", False),
                        ("is_in", True),
                        ("state__in", ["returned", "aside"]),
                        ("top_up__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="bank_line_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankstatementline",
            constraint=models.UniqueConstraint(fields=("statement", "line"), name="bank_line_once_a_file"),
        ),
        migrations.RunSQL((SQL / "bank_statements.sql").read_text(), UNGUARD),
    ]
