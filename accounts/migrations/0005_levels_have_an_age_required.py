"""Every level has an age."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_levels_have_an_age_filled")]
    operations = [
        migrations.AlterField(model_name="user", name="account_level_since", field=models.DateTimeField()),
    ]
