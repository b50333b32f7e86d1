"""Settlement keeps, of what shops are due, the cash that they took in for coins."""

import re
from pathlib import Path

import django.db.models.expressions
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")
UNGUARD = """
DROP TRIGGER as_drawn ON wallet_settlementbatch;
DROP TRIGGER as_drawn ON wallet_settlementtransfer;
"""


def _drawn_before() -> str:
    """Return the guards as they were, which know no cash."""
    said = (SQL / "settlement.sql").read_text()
    return UNGUARD + "".join(re.findall(r"CREATE TRIGGER as_drawn .*?;\n", said, re.DOTALL))


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0040_closings_on_alerts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="settlementbatch",
            name="settlement_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="settlementshare",
            name="share_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="settlementtransfer",
            name="transfer_adds_up",
        ),
        migrations.RemoveConstraint(
            model_name="settlementtransfer",
            name="transfer_state",
        ),
        migrations.AddField(
            model_name="settlementbatch",
            name="cash",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="預かった現金"),
        ),
        migrations.AddField(
            model_name="settlementshare",
            name="cash",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="預かった現金"),
        ),
        migrations.AddField(
            model_name="settlementtransfer",
            name="cash",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="預かった現金"),
        ),
        migrations.AlterField(
            model_name="settlementtransfer",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("nothing", "支払う金額がありません"),
                    ("below_least", "最低振込額に満たないため"),
                    ("no_account", "確認済みの振込先がないため"),
                    ("account_returned", "組戻しのあった振込先のため"),
                    ("bank_ended", "金融機関か支店がなくなったため"),
                    ("cash_owed", "チャージで預かった現金のほうが多いため"),
                    ("short", "承認のときに残高が足りなかったため"),
                    ("withdrawn", "精算が取り下げられたため"),
                ],
                db_collation="C",
                max_length=16,
                verbose_name="理由",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cash__gte", 0),
                    ("fee__gte", 0),
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
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
                                    models.F("cash"),
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
        ),
        migrations.AddConstraint(
            model_name="settlementshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cash__gte", 0),
                    ("fee__gte", 0),
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
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
                                    models.F("cash"),
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
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cash__gte", 0),
                    ("fee__gte", 0),
                    (
                        "gross",
                        django.db.models.expressions.CombinedExpression(
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
                                    models.F("cash"),
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
        ),
        migrations.AddConstraint(
            model_name="settlementtransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cash", 0), ("fee", 0), ("journal__isnull", True), ("net", 0), ("state", "carried")),
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
        ),
        migrations.RunSQL((SQL / "settlement_keeps_cash.sql").read_text(), _drawn_before()),
    ]
