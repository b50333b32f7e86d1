"""Inbox, deliveries, broadcasts and what residents chose; and the two doors through which rows are written past the policy."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose, protect

# A broadcast's copies name a broadcast and a person and nothing else, so no access is opened for thirty thousand people: this door only
# adds copies of a broadcast that is running, and shows nobody anything.
WRITE_COPIES = """
CREATE FUNCTION accounts_write_copies(_broadcast uuid, _ids uuid[], _residents uuid[]) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH copies AS (
    INSERT INTO accounts_inboxmessage (id, resident_id, name, broadcast_id, category, priority, at)
    SELECT copy.id, copy.resident, '', b.id, b.category, b.priority, b.started_at
      FROM unnest(_ids, _residents) AS copy (id, resident), accounts_broadcast b
     WHERE b.id = _broadcast AND b.state = 'running'
    ON CONFLICT (broadcast_id, resident_id) DO NOTHING
    RETURNING id, resident_id, priority, at),
  waiting AS (
    INSERT INTO accounts_dispatch (message_id, resident_id, priority, at)
    SELECT id, resident_id, priority, at FROM copies RETURNING 1)
  SELECT count(*)::integer FROM waiting;
$$;
"""

# An endpoint is one browser's: whoever signs in there next takes it over, and the person before hears nothing there any more.
FORGET_ENDPOINT = """
CREATE FUNCTION accounts_forget_push_endpoint(_hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM accounts_pushsubscription WHERE endpoint_hash = _hash;
$$;
"""

# Old messages go without anybody looking at them; never one of the last 300 days, whatever is asked.
FORGET_MESSAGES = """
CREATE FUNCTION accounts_forget_messages(_before timestamptz, _most integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH old AS (
    SELECT m.id FROM accounts_inboxmessage m
     WHERE m.at < least(_before, transaction_timestamp() - interval '300 days')
       AND NOT EXISTS (SELECT FROM accounts_delivery d WHERE d.message_id = m.id)
       AND NOT EXISTS (SELECT FROM accounts_dispatch d WHERE d.message_id = m.id)
     ORDER BY m.at LIMIT _most),
  gone AS (DELETE FROM accounts_inboxmessage m USING old WHERE m.id = old.id RETURNING 1)
  SELECT count(*)::integer FROM gone;
$$;
"""


class Migration(migrations.Migration):
    """The tables, their policies, the purposes for which the city writes and delivers messages."""

    dependencies = [("accounts", "0009_grounds_of_others"), ("kernel", "0008_index_key")]

    operations = [
        migrations.CreateModel(
            name="HomeChoices",
            fields=[
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.resident",
                    ),
                ),
                ("pinned", models.JSONField(default=list)),
                ("hidden", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "ホームの設定",
                "verbose_name_plural": "ホームの設定",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Broadcast",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, db_collation="C", max_length=80)),
                ("packed_values", models.TextField(blank=True)),
                ("texts", models.JSONField(default=dict)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("category", models.CharField(db_collation="C", max_length=40, verbose_name="種類")),
                ("priority", models.CharField(db_collation="C", max_length=8)),
                ("audience", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "下書き"), ("running", "配信中"), ("done", "配信済み"), ("stopped", "中止")],
                        db_collation="C",
                        default="draft",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("dedupe", models.CharField(db_collation="C", max_length=120, null=True, unique=True)),
                ("created_by", models.UUIDField()),
                ("created_at", models.DateTimeField(verbose_name="作成日時")),
                ("started_at", models.DateTimeField(null=True, verbose_name="開始日時")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                ("expected", models.PositiveIntegerField(default=0)),
                ("cursor", models.UUIDField(null=True)),
                ("is_cut", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "一斉のお知らせ",
                "verbose_name_plural": "一斉のお知らせ",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["priority", "started_at"],
                        name="broadcast_running",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="broadcast_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["normal", "life"])), name="broadcast_priority"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "running", "done", "stopped"])),
                        name="broadcast_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("started_at__isnull", False), _connector="OR"),
                        name="broadcast_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state__in", ["draft", "running"])),
                            models.Q(("ended_at__gte", models.F("started_at")), ("state__in", ["done", "stopped"])),
                            _connector="OR",
                        ),
                        name="broadcast_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxMessage",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, db_collation="C", max_length=80)),
                ("sealed_values", models.BinaryField(null=True)),
                ("category", models.CharField(db_collation="C", max_length=40)),
                ("priority", models.CharField(db_collation="C", max_length=8)),
                ("dedupe", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "broadcast",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.broadcast",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "お知らせ",
                "verbose_name_plural": "お知らせ",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "broadcast",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.broadcast",
                    ),
                ),
                ("channel", models.CharField(db_collation="C", max_length=8)),
                ("address", models.UUIDField()),
                ("priority", models.CharField(db_collation="C", max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "送信待ち"),
                            ("claimed", "送信中"),
                            ("sent", "送信済み"),
                            ("failed", "送信できず"),
                            ("dropped", "送信不要"),
                            ("unknown", "結果不明"),
                        ],
                        db_collation="C",
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, db_collation="C", max_length=40)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "resident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.resident",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.inboxmessage",
                    ),
                ),
            ],
            options={
                "verbose_name": "送信",
                "verbose_name_plural": "送信",
            },
        ),
        migrations.CreateModel(
            name="MessageSettings",
            fields=[
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.resident",
                    ),
                ),
                ("choices", models.JSONField(default=dict)),
                ("quiet_from", models.PositiveSmallIntegerField(null=True)),
                ("quiet_to", models.PositiveSmallIntegerField(null=True)),
                ("sealed_line", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "お知らせの設定",
                "verbose_name_plural": "お知らせの設定",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_from__lt", 1440),
                                ("quiet_to__isnull", False),
                                ("quiet_to__lt", 1440),
                                models.Q(("quiet_from", models.F("quiet_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="message_settings_quiet",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("endpoint_hash", models.BinaryField(unique=True)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(db_collation="C", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.resident"
                    ),
                ),
            ],
            options={
                "verbose_name": "プッシュ通知の登録",
                "verbose_name_plural": "プッシュ通知の登録",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="BroadcastPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("after", models.UUIDField(null=True)),
                ("upto", models.UUIDField()),
                ("claimed_until", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("written", models.PositiveIntegerField(default=0)),
                (
                    "broadcast",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="accounts.broadcast",
                    ),
                ),
            ],
            options={
                "verbose_name": "配信の区切り",
                "verbose_name_plural": "配信の区切り",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["claimed_until"],
                        name="broadcast_piece_open",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("broadcast", "number"), name="broadcast_piece_once")],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.inboxmessage",
                    ),
                ),
                ("priority", models.CharField(db_collation="C", max_length=8)),
                ("at", models.DateTimeField()),
                (
                    "resident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "振り分け待ち",
                "verbose_name_plural": "振り分け待ち",
            },
        ),
        migrations.AddIndex(
            model_name="inboxmessage",
            index=models.Index(fields=["resident", "-at", "-id"], name="inbox_newest"),
        ),
        migrations.AddIndex(
            model_name="inboxmessage",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["resident"], name="inbox_unread"),
        ),
        migrations.AddConstraint(
            model_name="inboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", ("normal", "life"))), name="inbox_priority"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("broadcast__isnull", False), ("sealed_values__isnull", True), ("name", "")),
                    models.Q(
                        ("broadcast__isnull", True),
                        ("sealed_values__isnull", False),
                        models.Q(("name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inbox_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboxmessage",
            constraint=models.UniqueConstraint(fields=("resident", "dedupe"), name="inbox_once"),
        ),
        migrations.AddConstraint(
            model_name="inboxmessage",
            constraint=models.UniqueConstraint(fields=("broadcast", "resident"), name="inbox_broadcast_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["priority", "due_at", "id"], name="delivery_due"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "claimed")), fields=["claimed_until"], name="delivery_lost"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sent")),
                fields=["resident", "channel", "settled_at"],
                name="delivery_pace",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("broadcast__isnull", False)),
                fields=["broadcast", "channel", "state"],
                name="delivery_of_many",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)), fields=["settled_at"], name="delivery_old"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["push", "email", "sms", "line"])), name="delivery_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", ("normal", "life"))), name="delivery_priority"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "claimed"), ("claimed_until__isnull", False), ("settled_at__isnull", True)),
                    models.Q(("state", "queued"), ("claimed_until__isnull", True), ("settled_at__isnull", True)),
                    models.Q(
                        ("state__in", ["sent", "failed", "dropped", "unknown"]),
                        ("claimed_until__isnull", True),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="delivery_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("message", "channel", "address"), name="delivery_once"),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(fields=["priority", "at", "message"], name="dispatch_next"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", ("normal", "life"))), name="dispatch_priority"
            ),
        ),
        migrations.AddIndex(model_name="inboxmessage", index=models.Index(fields=["at"], name="inbox_oldest")),
        protect("accounts_inboxmessage", "resident_id", "messages"),
        protect("accounts_messagesettings", "resident_id", "messages"),
        protect("accounts_pushsubscription", "resident_id", "messages"),
        protect("accounts_homechoices", "resident_id", "home"),
        name_purpose("accounts.write_message", ["messages"]),
        name_purpose("accounts.deliver_message", ["messages"]),
        name_purpose("accounts.unsubscribe", ["messages"]),
        migrations.RunSQL(WRITE_COPIES, "DROP FUNCTION accounts_write_copies"),
        migrations.RunSQL(FORGET_ENDPOINT, "DROP FUNCTION accounts_forget_push_endpoint"),
        migrations.RunSQL(FORGET_MESSAGES, "DROP FUNCTION accounts_forget_messages"),
    ]
