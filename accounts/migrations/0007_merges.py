"""Two IDs of one person become one."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose


def _resident(words):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident", verbose_name=words
    )


NOT_OF_ONESELF = models.Q(
    models.Q(("proposed_by", models.F("survivor_id")), _negated=True),
    models.Q(("proposed_by", models.F("merged_id")), _negated=True),
    models.Q(
        ("decided_by", None),
        models.Q(
            models.Q(("decided_by", models.F("survivor_id")), _negated=True),
            models.Q(("decided_by", models.F("merged_id")), _negated=True),
        ),
        _connector="OR",
    ),
)


class Migration(migrations.Migration):
    """The proposals, what a merged resident points to, and the purpose for which an identity goes over."""

    dependencies = [("accounts", "0006_identities"), ("kernel", "0006_grounds")]
    operations = [
        migrations.AddField(
            model_name="resident",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
            ),
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(models.Q(("merged_into", models.F("id")), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="resident_merged_into_another_and_closed",
            ),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("proposed_by", models.UUIDField(verbose_name="提案した職員")),
                ("proposed_at", models.DateTimeField(verbose_name="提案日時")),
                ("decided_by", models.UUIDField(null=True, verbose_name="決裁した職員")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="決裁日時")),
                ("is_confirmed", models.BooleanField(null=True, verbose_name="統合した")),
                ("merged", _resident("閉じるID")),
                ("survivor", _resident("残すID")),
            ],
            options={
                "verbose_name": "IDの統合",
                "verbose_name_plural": "IDの統合",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("survivor", models.F("merged")), _negated=True), name="merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("is_confirmed", False),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="merge_four_eyes",
                    ),
                    models.CheckConstraint(condition=NOT_OF_ONESELF, name="merge_not_of_oneself"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("is_confirmed", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_confirmed__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="merge_decided_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("merged",),
                        name="merge_one_open_proposal",
                    ),
                ],
            },
        ),
        name_purpose(
            "accounts.merge",
            ["contacts", "family", "home", "identity", "messages", "profile"],
            destroys_key=True,
            roles=["city.administrator", "city.officer"],
        ),
    ]
