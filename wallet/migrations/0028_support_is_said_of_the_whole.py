"""What the city bore of spending is said of the whole alone, so that a cell may be said without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0027_cards_and_convenience_stores"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="circulationfigure",
            name="circulation_figure_said_whole_or_not",
        ),
        migrations.AddConstraint(
            model_name="circulationfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payments__isnull", True), ("support_yen__isnull", True), ("yen__isnull", True)),
                    models.Q(("payments__isnull", False), ("yen__isnull", False)),
                    _connector="OR",
                ),
                name="circulation_figure_said_whole_or_not",
            ),
        ),
    ]
