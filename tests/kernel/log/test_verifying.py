"""Somebody who owns the database does damage to the log of who read what; the check says what, and where."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kernel import clock, signing
from kernel.log import growth, head_files, heads, retention, sealing
from kernel.log.verifying import verify_tree
from kernel.models import TreeHead
from kernel.tasks import LogDamaged, verify_logs
from tests.kernel.log.conftest import NOON
from tests.kernel.log.readings import LOG, canonical_texts, read_many

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested

EVENING = NOON + timedelta(hours=12)
NEXT_DAY = EVENING + timedelta(days=1)
MONTH = "kernel_access_log_202611"
SEAL = "kernel_access_log_seal"


@pytest.fixture
def signed(committed_db, owner, strip_guard):
    """Ten readings and a head at size ten; the guards are off, as for one with the owner's password."""
    retention.make_partitions(at=NOON)
    read_many(owner, 10)
    seal_and_sign(EVENING)
    for table in (MONTH, SEAL, "kernel_tree_node", "kernel_treehead"):
        strip_guard(table)


def seal_and_sign(at) -> None:
    sealing.seal(LOG)
    growth.grow(LOG)
    heads.sign_days(LOG, at=at)


def found() -> list[tuple[str, int, int]]:
    return [(each.kind, each.first, each.last) for each in verify_tree(LOG, at=NEXT_DAY).damages]


def sentences() -> list[str]:
    return [each.sentence for each in verify_tree(LOG, at=NEXT_DAY).damages]


def entry(number: int) -> str:
    return f"(SELECT entry_id FROM {SEAL} WHERE seq = {number})"


def rewrite_all(owner) -> None:
    """Make seals, tree and the log's own head fit whatever rows there are, as a patient forger would."""
    owner.execute("DELETE FROM kernel_tree_node")
    owner.execute(f"DELETE FROM {SEAL}")
    owner.execute("UPDATE kernel_log SET head_seq = 0, head_hash = '', horizon = 0 WHERE name = 'kernel_access_log'")
    sealing.seal(LOG, fully=True)
    growth.grow(LOG)
    assert sealing.verify(LOG).damage is None  # the chain alone says nothing


def test_a_whole_log_is_found_whole(signed, capsys, owner):
    assert found() == []
    read_many(owner, 3, at=NOON + timedelta(hours=14))
    assert found() == []  # not sealed yet
    sealing.seal(LOG)
    assert found() == []  # not in the tree yet
    growth.grow(LOG)
    call_command("verify_consent_log")
    root = growth.root(LOG, 13).hex()
    assert f"{LOG}: 13 sealed, 13 leaves, 1 heads, root {root}: whole\n" in capsys.readouterr().out


def test_a_changed_row_is_named_with_number_day_and_entry(signed, owner, capsys):
    ((changed,),) = owner.execute(f"UPDATE {MONTH} SET reason = 'none' WHERE id = {entry(4)} RETURNING id").fetchall()
    assert found() == [("row_changed", 4, 4)]
    assert sentences() == [f"the row was changed: number 4, of 2026-11-21 03:00:04 UTC, entry {changed}"]
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_consent_log")
    assert f"  the row was changed: number 4, of 2026-11-21 03:00:04 UTC, entry {changed}" in capsys.readouterr().out
    with pytest.raises(LogDamaged, match="the row was changed: number 4"):
        verify_logs()


def test_a_row_taken_out_of_the_middle(signed, owner):
    owner.execute(f"DELETE FROM {MONTH} WHERE id IN ({entry(5)}, {entry(6)})")
    assert found() == [("row_missing", 5, 6)]


def test_a_row_taken_out_with_its_seal(signed, owner):
    owner.execute(f"DELETE FROM {MONTH} WHERE id = {entry(5)}")
    owner.execute(f"DELETE FROM {SEAL} WHERE seq = 5")
    assert found()[0] == ("seal_missing", 5, 5)


def test_two_rows_that_changed_places(signed, owner):
    rows = f"{MONTH} AS a SET actor = b.actor, reason = b.reason FROM {MONTH} AS b"
    owner.execute(f"UPDATE {rows} WHERE (a.id, b.id) IN (({entry(3)}, {entry(8)}), ({entry(8)}, {entry(3)}))")
    assert found() == [("row_changed", 3, 3), ("row_changed", 8, 8)]


def test_seals_that_changed_places(signed, owner):
    owner.execute(f"UPDATE {SEAL} SET seq = 100 WHERE seq = 3")
    owner.execute(f"UPDATE {SEAL} SET seq = 3 WHERE seq = 8")
    owner.execute(f"UPDATE {SEAL} SET seq = 8 WHERE seq = 100")
    kinds = {(kind, first) for kind, first, _last in found()}
    assert {("row_changed", 3), ("row_changed", 8)} <= kinds


def test_a_changed_row_with_a_seal_made_to_fit(signed, owner):
    owner.execute(f"UPDATE {MONTH} SET reason = 'none' WHERE id = {entry(4)}")
    owner.execute(
        f"UPDATE {SEAL} s SET hash = sha256(r.previous || convert_to(r.canonical, 'UTF8'))"
        " FROM kernel_sealed_rows('kernel_access_log', 3, 1) r WHERE s.seq = 4"
    )
    assert found() == [("row_changed", 4, 4), ("seal_changed", 5, 5)]


def test_a_changed_seal(signed, owner):
    owner.execute(f"UPDATE {SEAL} SET hash = sha256('x') WHERE seq = 4")
    assert found() == [("seal_changed", 4, 5)]


def test_a_changed_last_seal_and_a_changed_own_head(signed, owner):
    owner.execute("UPDATE kernel_log SET head_hash = sha256('x') WHERE name = 'kernel_access_log'")
    assert sentences() == ["the seal was changed: number 10, the log's own head does not fit its last seal"]


def test_a_changed_leaf_and_changed_nodes(signed, owner):
    owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 0 AND index = 6")
    assert found() == [("leaf_changed", 7, 7)]
    owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 1 AND index = 0")
    owner.execute("DELETE FROM kernel_tree_node WHERE level = 2 AND index = 1")
    assert "a node of the tree was changed: numbers 1 to 2, level 1, index 0" in sentences()
    assert "a node of the tree is missing: numbers 5 to 8, level 2, index 1" in sentences()


def test_a_missing_leaf(signed, owner):
    owner.execute("DELETE FROM kernel_tree_node WHERE level = 0 AND index = 6")
    assert found() == [("leaf_missing", 7, 7)]


def test_a_tail_cut_off_with_seals_and_the_logs_own_head(signed, owner):
    owner.execute(f"DELETE FROM {MONTH} WHERE id IN (SELECT entry_id FROM {SEAL} WHERE seq > 7)")
    owner.execute(f"DELETE FROM {SEAL} WHERE seq > 7")
    cut = "the tail was cut: numbers 8 to 10, the head of 2026-11-21 15:00 UTC signed 10, but only 7 remain"
    assert sentences() == [cut]
    owner.execute(
        f"UPDATE kernel_log SET head_seq = 7, head_hash = (SELECT hash FROM {SEAL} WHERE seq = 7) WHERE name = %s",
        [LOG],
    )
    assert sentences() == [cut]


def test_a_tail_cut_off_with_everything_that_speaks_of_it_in_the_database(signed, owner):
    """Only the signed file is left."""
    owner.execute(f"DELETE FROM {MONTH} WHERE id IN (SELECT entry_id FROM {SEAL} WHERE seq > 7)")
    owner.execute("DELETE FROM kernel_treehead")
    rewrite_all(owner)
    assert sentences() == [
        "a head is missing: of 2026-11-21 15:00 UTC, in the database",
        "the tail was cut: numbers 8 to 10, the head of 2026-11-21 15:00 UTC signed 10, but only 7 remain",
    ]
    assert heads.doubt(LOG) == (
        "kernel_access_log: 10 leaves were signed, 7 are left. Run manage.py verify_consent_log."
    )
    with pytest.raises(growth.LogInDoubt):
        heads.sign_days(LOG, at=NEXT_DAY)
    assert TreeHead.objects.count() == 0


def test_a_tail_cut_before_any_head_is_found_by_the_seals(signed, owner):
    read_many(owner, 4, at=NOON + timedelta(hours=14))
    sealing.seal(LOG)
    growth.grow(LOG)
    owner.execute(f"DELETE FROM {MONTH} WHERE id = {entry(14)}")
    owner.execute(f"DELETE FROM {SEAL} WHERE seq = 14")
    assert sentences() == ["the tail was cut: number 14, only 13 remain"]


def test_history_rewritten_from_end_to_end_is_found_between_the_heads(signed, owner):
    """Rows, seals, tree and the log's own head all fit each other; the heads do not."""
    read_many(owner, 5, at=NOON + timedelta(hours=14))
    seal_and_sign(NEXT_DAY)
    owner.execute(f"UPDATE {MONTH} SET purpose = 'accounts.nothing' WHERE id = {entry(12)}")
    rewrite_all(owner)
    assert sentences() == [
        "rows, seals and tree were rewritten together: numbers 11 to 15, the head of 2026-11-22 15:00 UTC signed other contents"
    ]
    assert heads.doubt(LOG) == (
        "kernel_access_log: The first 15 leaves are not those that were signed. Run manage.py verify_consent_log."
    )
    with pytest.raises(growth.LogInDoubt):
        heads.sign_days(LOG, at=NEXT_DAY + timedelta(days=1))


def test_history_rewritten_with_the_heads_in_the_database_is_told_by_the_files(signed, owner):
    owner.execute(f"UPDATE {MONTH} SET reason = 'none' WHERE id = {entry(2)}")
    owner.execute("DELETE FROM kernel_treehead")
    rewrite_all(owner)
    assert [kind for kind, _first, _last in found()] == ["head_missing", "history_rewritten"]


def test_a_head_forged_with_a_planted_key(signed, owner):
    """The forger makes a key, plants its public half, signs a head of the rewritten history and puts it in place."""
    owner.execute(f"UPDATE {MONTH} SET reason = 'none' WHERE id = {entry(2)}")
    rewrite_all(owner)
    owner.execute("DELETE FROM kernel_treehead")
    owner.execute(
        "UPDATE kernel_signingkey SET retired_at = now(), created_at = least(created_at, now()) WHERE purpose = 'log'"
    )
    owner.execute(
        "INSERT INTO kernel_signingkey SELECT 'planted', purpose, algorithm, public_jwk || '{\"kid\": \"planted\"}', version,"
        " sealed_private, now(), NULL FROM kernel_signingkey WHERE purpose = 'log'"
    )
    forged = signing.sign("consent", b"{}", typ=heads.TYP)
    owner.execute(
        "INSERT INTO kernel_treehead (id, log, size, root, at, jws) VALUES (gen_random_uuid(), %s, 10, %s, %s, %s)",
        [LOG, growth.root(LOG, 10).hex(), NOON, forged],
    )
    said = sentences()
    assert "a signing key is not one that the city made: named planted" in said
    assert "a head is not signed by the city: of 2026-11-21 03:00 UTC in the database" in said
    assert "a head is missing: of 2026-11-21 15:00 UTC, in the database" in said
    assert said[-1].startswith("rows, seals and tree were rewritten together: numbers 1 to 10")
    assert heads.doubt(LOG) == "kernel_access_log: A head is not signed by the city. Run manage.py verify_consent_log."


def test_a_head_whose_columns_or_file_were_changed(signed, owner):
    owner.execute("UPDATE kernel_treehead SET size = 3")
    assert sentences() == ["a head does not say what was signed: of 2026-11-21 15:00 UTC in the database"]
    path = head_files.folder() / "2026-11-22.jws"
    path.write_text(path.read_text().replace(".", ".x", 1))
    assert "a head is not signed by the city: in line 1 of the file of 2026-11-22" in sentences()
    path.unlink()
    assert "a head is missing: of 2026-11-21 15:00 UTC, in the files" in sentences()


def test_a_row_put_in_later_with_an_old_date_is_told_by_the_heads(signed, owner):
    read_many(owner, 1, at=NOON - timedelta(hours=3))
    seal_and_sign(NEXT_DAY)
    assert found() == [("row_misdated", 11, 11)]
    assert "came into the log after a head" in sentences()[0]


def test_a_forged_row_pressed_into_the_middle(signed, owner):
    read_many(owner, 1, at=NOON + timedelta(seconds=5, milliseconds=500))
    rewrite_all(owner)
    assert found() == [("row_misdated", 11, 11), ("history_rewritten", 1, 10)]  # the last of them moved behind the head


def test_retention_that_nobody_ordered(signed, owner):
    owner.execute(f"DELETE FROM {MONTH} WHERE id IN (SELECT entry_id FROM {SEAL} WHERE seq < 4)")
    owner.execute(
        "UPDATE kernel_log SET kept_from = %s WHERE name = %s", [NOON + timedelta(seconds=3, milliseconds=500), LOG]
    )
    assert ("taken_early", 1, 1) in found()
    owner.execute("SELECT kernel_drop_old_seals('kernel_access_log')")
    assert ("taken_early", 1, 3) in found()


def test_what_retention_has_taken_is_no_damage(committed_db, owner):
    """The rows of a dropped month are gone, their hashes stay, and the heads of then still fit."""
    owner.execute("UPDATE kernel_log SET keep_months = 36")
    now = clock.now()
    old = now - timedelta(days=1200)
    retention.make_partitions(at=old)
    read_many(owner, 5, at=old)
    sealing.seal(LOG)
    growth.grow(LOG)
    heads.sign_days(LOG, at=old + timedelta(days=1))
    retention.make_partitions(at=now)
    read_many(owner, 4, at=now - timedelta(hours=2))
    sealing.seal(LOG)
    growth.grow(LOG)
    heads.sign_days(LOG, at=now)
    assert retention.drop_old_logs()
    assert owner.execute("SELECT count(*) FROM kernel_access_log").fetchone() == (4,)
    assert verify_tree(LOG, at=now).damages == []
    assert sealing.verify(LOG).damage is None
    assert len(canonical_texts(owner)) == 4


def test_a_stretch_is_as_good_as_the_whole(signed, owner, monkeypatch):
    monkeypatch.setattr("kernel.log.walking.STRETCH", 3)
    assert found() == []
    owner.execute(f"UPDATE {MONTH} SET reason = 'none' WHERE id IN ({entry(3)}, {entry(4)}, {entry(10)})")
    assert found() == [("row_changed", 3, 4), ("row_changed", 10, 10)]


def test_the_command_says_how_far_it_is(signed, capsys, monkeypatch):
    monkeypatch.setattr("kernel.log.walking.STRETCH", 4)
    monkeypatch.setattr("kernel.management.commands.verify_consent_log.SAY_EVERY_S", -1)
    call_command("verify_consent_log")
    assert capsys.readouterr().out.splitlines()[:3] == [f"{LOG}: {done} of 10 ..." for done in (4, 8, 10)]
