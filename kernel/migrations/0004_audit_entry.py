"""The audit log as a model to be read; the table exists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_log")]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(verbose_name="日時")),
                ("actor", models.UUIDField(verbose_name="行った人")),
                ("subject", models.UUIDField(null=True, verbose_name="対象の住民")),
                ("action", models.CharField(max_length=120, verbose_name="操作")),
                ("key", models.CharField(max_length=128, verbose_name="キー")),
                ("what", models.JSONField(verbose_name="内容")),
                ("why", models.TextField(verbose_name="理由")),
                ("request_id", models.CharField(max_length=64, verbose_name="リクエスト番号")),
            ],
            options={
                "verbose_name": "監査記録",
                "verbose_name_plural": "監査記録",
                "db_table": "kernel_audit",
                "managed": False,
            },
        ),
    ]
