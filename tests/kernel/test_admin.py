"""The staff read the audit chain, see each row's seal and check the whole; nobody changes anything there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.sites import site
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import translation

from kernel.admin import COUNTED, ShortCount
from kernel.log import audit, growth, heads, sealing
from kernel.log.damage import Damage
from kernel.log.verifying import Report
from kernel.models import AuditEntry, TreeHead
from kernel.principal import SYSTEM

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Administrator:
    is_active = is_staff = is_authenticated = True
    pk = 1
    principal = SYSTEM

    def get_username(self):
        return "the administrator"

    def has_usable_password(self):
        return False

    def has_perm(self, perm, obj=None):
        return True

    def has_module_perms(self, app_label):
        return True


@pytest.fixture
def door():
    return site._registry[AuditEntry]


@pytest.fixture
def asked():
    request = RequestFactory().get("/admin/kernel/auditentry/")
    request.user = Administrator()
    request._messages = CookieStorage(request)
    return request


@pytest.fixture
def entries() -> list[AuditEntry]:
    rows = [
        audit.entry(SYSTEM, "test.act", audit.Note(), key=None, at=NOON + timedelta(minutes=each)) for each in range(3)
    ]
    audit.append(rows)
    return list(AuditEntry.objects.order_by("recorded_at"))


def test_nobody_adds_changes_or_deletes(door, asked, entries):
    assert door.has_view_permission(asked)
    assert not door.has_add_permission(asked)
    assert not door.has_change_permission(asked, entries[0])
    assert not door.has_delete_permission(asked, entries[0])
    assert door.get_actions(asked) == {}


def test_the_list_shows_the_newest_first(door, asked, entries):
    with translation.override("ja"):
        page = door.changelist_view(asked)
        assert "鎖をすべて検証する" in page.rendered_content
    assert [entry.pk for entry in page.context_data["cl"].result_list] == [entry.pk for entry in reversed(entries)]
    assert page.context_data["cl"].paginator.count == 3


def test_a_long_log_is_counted_to_ten_thousand():
    assert ShortCount(range(20_000), 50).object_list[:COUNTED] == range(10_000)


def test_each_row_shows_its_seal(door, entries):
    with translation.override("ja"):
        assert door.proof(entries[0]) == "まだ封印されていません。"
        sealing.seal("kernel_audit")
        shown = door.proof(entries[1])
    assert shown.startswith("#2 ")
    assert shown.endswith(" 一致")
    assert sealing.prove("kernel_audit", entries[1].pk).hash.hex() in shown


def test_a_row_is_shown_and_cannot_be_edited(door, asked, entries):
    page = door.changeform_view(asked, str(entries[0].pk)).rendered_content
    assert "test.act" in page
    assert '<input type="text" name="action"' not in page


def test_the_button_checks_the_whole_chain(door, asked, entries):
    sealing.seal("kernel_audit")
    answer = door.verify_chain(asked)
    (message,) = get_messages(asked)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/kernel/auditentry/")
    assert message.level_tag == "success"
    assert "3" in message.message
    assert sealing.verify("kernel_audit").head in message.message


def test_the_button_names_the_damaged_row(door, asked, entries, monkeypatch):
    damage = sealing.Verdict("kernel_audit", 1, 0, "aa", seq=2, entry=entries[1].pk, damage="row changed")
    monkeypatch.setattr(sealing, "verify", lambda _log: damage)
    door.verify_chain(asked)
    (message,) = get_messages(asked)
    assert message.level_tag == "error"
    assert str(entries[1].pk) in message.message


def test_the_command_says_what_it_found(entries, capsys, monkeypatch):
    sealing.seal("kernel_audit")
    call_command("verify_logs")
    said = capsys.readouterr().out
    assert "kernel_audit: 3 sealed, 0 not yet, head " in said
    assert said.count(": whole") == 2
    damage = sealing.Verdict("kernel_audit", 1, 0, "aa", seq=2, entry=entries[1].pk, damage="row changed")
    monkeypatch.setattr("kernel.management.commands.verify_logs.verify", lambda _log: damage)
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_logs")
    assert f"row changed at 2, entry {entries[1].pk}" in capsys.readouterr().out


@pytest.fixture
def signed():
    head = heads.sign_days(growth.WITH_TREE[0], at=NOON)[0]
    return TreeHead.objects.get(root=head.root)


def test_the_heads_of_the_access_log_show_sizes_and_hashes_alone(asked, signed):
    door = site._registry[TreeHead]
    assert not door.has_add_permission(asked)
    assert not door.has_change_permission(asked, signed)
    assert not door.has_delete_permission(asked, signed)
    with translation.override("ja"):
        page = door.changelist_view(asked).rendered_content
        assert "署名した記録をすべて検証する" in page
        assert signed.root in page
        assert door.state(signed) == "一致"
        signed.jws = "forged"
        assert door.state(signed) == "不一致"


def test_the_button_checks_everything_that_was_signed(asked, signed, monkeypatch):
    door = site._registry[TreeHead]
    answer = door.verify_all(asked)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/kernel/treehead/")
    damage = Damage("row_changed", 4, 4)
    monkeypatch.setattr("kernel.admin.verify_tree", lambda log, at: Report(log, 9, 9, 1, "aa", [damage]))
    door.verify_all(asked)
    fine, bad = get_messages(asked)
    assert (fine.level_tag, bad.level_tag) == ("success", "error")
    assert signed.root in fine.message
    assert bad.message == "the row was changed: number 4"
