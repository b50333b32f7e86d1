"""Each rule bites: a sin laid over the house is caught by the rule that forbids it, in the file where it was done."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import rules_of_data as data
from tests.architecture import rules_of_doors as doors
from tests.architecture import rules_of_migrations as migrations
from tests.architecture import rules_of_size as size
from tests.architecture import rules_of_the_repository as repository
from tests.architecture.test_house import RULES
from tests.architecture.tree import ROOT, Sin, Tree

Rule = Callable[[Tree], Iterator[Sin]]


def migration(operations: str, dependencies: str = "") -> str:
    """Write a migration."""
    return f"class Migration(migrations.Migration):\n    dependencies = [{dependencies}]\n    operations = [{operations}]\n"


DEEP = (
    "def f():\n    if a:\n        for b in c:\n            with d:\n                if e:\n                    pass\n"
)
ELIFS = "def f():\n    if a:\n        pass\n" + "".join(f"    elif b{n}:\n        pass\n" for n in range(9))
DOCUMENTED = '"""This reads kernel_audit, at now()."""\n'

SINS: list[tuple[Rule, str, str]] = [
    (size.files_are_short, "wallet/services/sin.py", "\n" * 400),
    (size.files_are_short, "static/src/sin.tsx", "\n" * 400),
    (size.functions_are_short, "kernel/sin.py", "def f():\n" + "    a = 1\n" * 60),
    (size.functions_are_short, "tests/wallet/test_sin.py", "async def f():\n" + "    a = 1\n" * 60),
    (size.nesting_is_shallow, "wallet/services/sin.py", DEEP),
    (size.files_have_a_subject, "wallet/services/utils.py", ""),
    (size.files_have_a_subject, "wallet/helpers/paying.py", ""),
    (size.files_have_a_subject, "static/src/misc.ts", ""),
    (size.files_have_a_subject, "wallet/models/base.py", ""),
    (doors.doors_touch_no_rows, "wallet/api/sin.py", "from wallet.services import X\nX.objects.all()"),
    (doors.doors_touch_no_rows, "wallet/tasks.py", "from django.db import connection"),
    (doors.doors_touch_no_rows, "wallet/consumers.py", "import psycopg.rows"),
    (doors.doors_touch_no_rows, "wallet/api/sin.py", "from wallet.models import Payment\nPayment(amount=1).save()"),
    (doors.doors_touch_no_rows, "accounts/handlers.py", "from accounts.models.user import User\ndel User"),
    (doors.domain_knows_no_http, "wallet/services/sin.py", "from django.http import HttpRequest"),
    (doors.domain_knows_no_http, "wallet/selectors/sin.py", "from django.urls import reverse"),
    (doors.only_doors_ask_the_time, "wallet/services/sin.py", "from kernel import clock\nat = clock.now()"),
    (doors.only_doors_ask_the_time, "wallet/models/sin.py", "from kernel.clock import now"),
    (doors.only_doors_ask_the_time, "wallet/selectors/sin.py", "SQL = 'SELECT 1 WHERE at < NOW()'"),
    (doors.selectors_only_read, "wallet/selectors/sin.py", "Payment.objects.filter(id=1).update(amount=2)"),
    (doors.selectors_only_read, "wallet/selectors/sin.py", "Payment.objects.create(amount=2)"),
    (doors.selectors_only_read, "wallet/selectors/sin.py", "SQL = '\\n update wallet_payment SET amount = 2'"),
    (doors.use_cases_take_names, "wallet/services/sin.py", "@use_case('wallet.pay')\ndef pay(act, amount): ..."),
    (doors.use_cases_take_names, "kernel/sin.py", "@kernel.use_case.use_case('a')\ndef pay(principal, *, amount): ..."),
    (
        doors.front_doors_say_what_they_offer,
        "disaster/services/__init__.py",
        "from disaster.services.alerts import warn",
    ),
    (doors.only_one_reads_the_environment, "wallet/apps.py", "import os\nhome = os.environ['HOME']"),
    (doors.only_one_reads_the_environment, "config/asgi.py", "import os\nhome = os.getenv('HOME')"),
    (doors.only_one_reads_the_environment, "config/database.py", "from os import environ\nhome = environ['HOME']"),
    (doors.nobody_signals, "wallet/apps.py", "from django.dispatch import receiver"),
    (doors.nobody_signals, "accounts/handlers.py", "from django.db.models.signals import post_save"),
    (doors.nobody_signals, "accounts/apps.py", "from allauth.account.signals import user_signed_up"),
    (doors.nobody_imports_by_name, "accounts/services/sin.py", "from importlib import import_module"),
    (doors.nobody_imports_by_name, "accounts/services/sin.py", "__import__('wallet.models')"),
    (data.keys_point_home_or_to_the_resident, "wallet/models/sin.py", "a = models.ForeignKey('accounts.Organisation')"),
    (data.keys_point_home_or_to_the_resident, "health/models/sin.py", "a = models.OneToOneField(to='wallet.Account')"),
    (data.keys_point_home_or_to_the_resident, "wallet/models/sin.py", "a = ForeignKey(settings.AUTH_USER_MODEL)"),
    (
        data.keys_point_home_or_to_the_resident,
        "wallet/migrations/0999_a.py",
        "a = models.ManyToManyField('cityos.entity')",
    ),
    (data.nobody_fetches_foreign_models, "wallet/selectors/sin.py", "apps.get_model('accounts', 'User')"),
    (
        data.nobody_fetches_foreign_models,
        "wallet/admin/ledger.py",
        "from django.contrib.auth import get_user_model\nget_user_model()",
    ),
    (data.tables_are_named_at_home, "wallet/selectors/sin.py", "SQL = 'SELECT * FROM cityos_entity'"),
    (data.tables_are_named_at_home, "wallet/services/sin.py", "SQL = 'INSERT INTO kernel_audit VALUES (1)'"),
    (
        data.tables_are_named_at_home,
        "wallet/migrations/0999_a.py",
        "SQL = 'ALTER TABLE cityos_subscription ADD a text'",
    ),
    (data.tables_are_named_at_home, "wallet/migrations/sql/sin.sql", "SELECT 1 FROM cityos_entity"),
    (data.the_log_is_written_by_the_kernel_alone, "kernel/web/sin.py", "SQL = 'DELETE FROM kernel_outbox'"),
    (data.money_is_whole, "wallet/engine/sin.py", "rate = 0.1"),
    (data.money_is_whole, "wallet/services/sin.py", "half = total / 2"),
    (data.money_is_whole, "wallet/services/sin.py", "total = float(text)"),
    (data.money_is_whole, "wallet/models/sin.py", "amount = models.DecimalField()"),
    (data.money_is_whole, "mobility/engine/sin.py", "def quote(fare_yen: float): ..."),
    (data.money_is_whole, "kernel/sin.py", "class A:\n    balance: float | None = None"),
    (migrations.migrations_are_named, "wallet/migrations/0999_auto_20261121.py", migration("")),
    (migrations.migrations_are_named, "health/migrations/0001_initial.py", migration("")),
    (migrations.migrations_look_down, "cityos/migrations/0999_a.py", migration("", "('wallet', '0001_accounts')")),
    (migrations.migrations_look_down, "health/migrations/0001_a.py", migration("", "('mobility', '0001_roads')")),
    (
        migrations.migrations_look_down,
        "cityos/migrations/0999_a.py",
        migration("", "migrations.swappable_dependency(settings.AUTH_USER_MODEL)"),
    ),
    (migrations.migrations_know_no_model_of_today, "wallet/migrations/0999_a.py", "from wallet.models import Payment"),
    (migrations.migrations_know_no_model_of_today, "wallet/migrations/0999_a.py", "from kernel.models import Audit"),
    (
        migrations.shape_and_data_move_apart,
        "wallet/migrations/0999_a.py",
        migration("migrations.AddField(), migrations.RunPython(fill, empty)"),
    ),
    (migrations.migrations_can_go_back, "wallet/migrations/0999_a.py", migration("migrations.RunSQL('DROP TABLE a')")),
    (migrations.migrations_can_go_back, "wallet/migrations/0999_a.py", migration("migrations.RunPython(fill)")),
    (repository.only_our_own_work_is_committed, "static/vendor/map.js", "x"),
    (repository.only_our_own_work_is_committed, "static/src/jquery.min.js", "x"),
    (repository.only_our_own_work_is_committed, "config/fonts/noto.woff2", "x"),
    (repository.no_registry_is_named, "docs/sin.md", "from https://" + "pypi" + ".org/simple"),
    (repository.no_registry_is_named, "requirements.lock", "--index" + "-url https://mirror.example/simple"),
    (repository.no_machine_is_named, "docs/sin.md", "see /" + "root/machi"),
    (repository.no_machine_is_named, "Makefile", "DATA = /" + "work/shared"),
]

INNOCENT: list[tuple[Rule, str, str]] = [
    (size.files_are_short, "wallet/migrations/0999_long.py", "\n" * 500),
    (size.nesting_is_shallow, "wallet/services/good.py", ELIFS),
    (size.files_have_a_subject, "static/src/i18n/common.ts", "x"),
    (doors.doors_touch_no_rows, "wallet/admin/ledger.py", "from wallet.models import Payment\nPayment.objects.all()"),
    (
        doors.doors_touch_no_rows,
        "wallet/api/good.py",
        "from wallet.models import Payment\ndef f(a: Payment) -> Payment: ...",
    ),
    (doors.only_doors_ask_the_time, "wallet/tasks.py", "from kernel import clock\nat = clock.now()"),
    (doors.only_doors_ask_the_time, "wallet/services/good.py", DOCUMENTED),
    (doors.selectors_only_read, "wallet/selectors/good.py", "seen = {}\nseen.update(a=1)"),
    (
        doors.only_one_reads_the_environment,
        "config/wsgi.py",
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')",
    ),
    (data.keys_point_home_or_to_the_resident, "wallet/models/good.py", "a = models.ForeignKey('accounts.Resident')"),
    (data.keys_point_home_or_to_the_resident, "wallet/models/good.py", "a = models.ForeignKey('wallet.Account')"),
    (data.tables_are_named_at_home, "wallet/services/good.py", DOCUMENTED + "SQL = 'SELECT * FROM wallet_account'"),
    (
        migrations.migrations_look_down,
        "wallet/migrations/0999_a.py",
        migration("", "('accounts', '0001_a'), ('auth', '0012')"),
    ),
    (migrations.migrations_can_go_back, "wallet/migrations/0999_a.py", migration("migrations.RunSQL('A', 'B')")),
]


def caught(rule: Rule, path: str, text: str) -> list[Sin]:
    """Lay the file over the house and return what the rule finds in it."""
    return [sin for sin in rule(Tree(extra={path: text})) if sin.path == path]


@pytest.mark.parametrize(("rule", "path", "text"), SINS, ids=[f"{sin[0].__name__}: {sin[1]}" for sin in SINS])
def test_the_sin_is_caught(rule: Rule, path: str, text: str):
    assert caught(rule, path, text)


@pytest.mark.parametrize(
    ("rule", "path", "text"), INNOCENT, ids=[f"{case[0].__name__}: {case[1]}" for case in INNOCENT]
)
def test_what_is_right_is_left_alone(rule: Rule, path: str, text: str):
    assert caught(rule, path, text) == []


def test_every_rule_was_seen_to_bite():
    assert {rule.__name__ for rule in RULES} == {rule.__name__ for rule, _path, _text in SINS}


def test_ruff_bites_where_the_clock_is_naive_money_floats_or_a_signal_is_sent(tmp_path: Path):
    sins = {
        "TID251": [
            "from django.dispatch import receiver\n",
            "from django.utils.timezone import now\n",
            "from django.db.models import FloatField\n",
            "from uuid import uuid4\n",
            "import time\n\ntime.time()\n",
            "import datetime\n\ndatetime.date.today()\n",
        ],
        "DTZ001": ["import datetime\n\ndatetime.datetime(2026, 11, 21)\n"],
        "DTZ005": ["import datetime\n\ndatetime.datetime.now()\n"],
        "T201": ["print(1)\n"],
        "BLE001": ["try:\n    a = 1\nexcept Exception:\n    a = 2\n"],
    }
    expected = {}
    for code, texts in sins.items():
        for number, text in enumerate(texts):
            file = tmp_path / f"sin_{code.lower()}_{number}.py"
            file.write_text(text)
            expected[file.name] = code
    command = [str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", "--output-format", "json"]
    told = subprocess.run(
        [*command, "--config", str(ROOT / "pyproject.toml"), str(tmp_path)], capture_output=True, text=True, check=False
    )
    found = {(Path(fault["filename"]).name, fault["code"]) for fault in json.loads(told.stdout)}
    assert set(expected.items()) <= found
