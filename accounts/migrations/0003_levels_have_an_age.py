"""Since when a person is known as surely as they are; filled by the next migration, required by the one after."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_profile")]
    operations = [
        migrations.AddField(model_name="user", name="account_level_since", field=models.DateTimeField(null=True)),
    ]
