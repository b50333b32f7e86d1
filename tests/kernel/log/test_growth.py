"""The tree in the database grows over the seals, in pieces or at once, and answers with the standard's roots and proofs."""

import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connections

from kernel.log import growth, retention, sealing, tree
from kernel.log.growth import LogInDoubt, grow
from tests.kernel.log.conftest import NOON, sql
from tests.kernel.log.readings import LOG, canonical_texts, read_many
from tests.kernel.log.test_tree import naive_path, naive_proof, naive_root

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested


@pytest.fixture
def leaves(committed_db, owner):
    """Write, seal and return the texts of so many more readings."""
    retention.make_partitions(at=NOON)

    def more(count: int) -> list[bytes]:
        read_many(owner, count)
        sealing.seal(LOG)
        return canonical_texts(owner)

    return more


def test_leaves_are_the_sealed_rows_in_the_order_of_their_seals(leaves):
    texts = leaves(7)
    assert (grow(LOG), grow(LOG), growth.size(LOG)) == (7, 0, 7)
    assert growth.root(LOG, 7) == naive_root(texts)
    assert growth.root(LOG, 0) == tree.EMPTY


def test_every_root_and_proof_of_a_tree_that_grew_in_uneven_pieces(leaves, monkeypatch):
    monkeypatch.setattr(growth, "BATCH", 5)
    for count in (1, 2, 13, 1, 16):
        texts = leaves(count)
        growth.grow_fully(LOG)
    assert growth.size(LOG) == len(texts) == 33
    for size in (1, 2, 3, 15, 16, 17, 32, 33):
        assert growth.root(LOG, size) == naive_root(texts[:size])
        for index in (0, size // 2, size - 1):
            proof = growth.inclusion(LOG, index, size)
            assert proof.path == naive_path(index, texts[:size])
            assert tree.verify_inclusion(tree.leaf_hash(texts[index]), index, size, proof.path, proof.root)
        for first in (1, size // 2 or 1, size):
            assert growth.consistency(LOG, first, size).path == naive_proof(first, texts[:size])
    assert growth.consistency(LOG, 0, 33).path == []


def test_a_growth_that_is_cut_off_leaves_no_half_and_the_next_one_goes_on(committed_db, leaves):
    texts = leaves(20)
    with psycopg.connect(committed_db.app_url) as other:
        assert other.execute("SELECT kernel_grow_tree(%s, 11)", [LOG]).fetchone() == (11,)
        other.rollback()  # as when the process is killed
    assert growth.size(LOG) == 0
    grow(LOG)
    assert growth.root(LOG, 20) == naive_root(texts)


def test_growers_at_once_grow_one_tree(leaves, monkeypatch):
    texts = leaves(300)
    monkeypatch.setattr(growth, "BATCH", 7)

    def grower() -> None:
        while growth.size(LOG) < 300:
            grow(LOG)
        connections.close_all()

    threads = [threading.Thread(target=grower) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert growth.root(LOG, 300) == naive_root(texts)


def test_a_row_that_is_not_what_was_sealed_never_becomes_a_leaf(leaves, owner, strip_guard):
    leaves(6)
    strip_guard("kernel_access_log_202611")
    owner.execute(
        "UPDATE kernel_access_log SET reason = 'none' WHERE id = (SELECT entry_id FROM kernel_access_log_seal WHERE seq = 4)"
    )
    assert (grow(LOG), growth.size(LOG)) == (3, 3)
    owner.execute(
        "DELETE FROM kernel_access_log WHERE id = (SELECT entry_id FROM kernel_access_log_seal WHERE seq = 4)"
    )
    assert (grow(LOG), growth.size(LOG)) == (0, 3)


def test_nobody_changes_the_tree_and_the_application_does_not_even_see_it(leaves, owner):
    leaves(3)
    grow(LOG)
    for statement in (
        "SELECT 1 FROM kernel_tree_node",
        "DELETE FROM kernel_tree_node RETURNING 1",
        "INSERT INTO kernel_tree_node VALUES ('kernel_access_log', 0, 3, sha256('x'))",
        "SELECT kernel_sealed_rows('kernel_access_log', 0, 9)",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            sql(statement)
    for statement in (
        "UPDATE kernel_tree_node SET hash = sha256('x')",
        "DELETE FROM kernel_tree_node",
        "TRUNCATE kernel_tree_node",
    ):
        with pytest.raises(psycopg.DatabaseError, match="append-only"):
            owner.execute(statement)


def test_a_log_without_a_tree_has_none(committed_db):
    with pytest.raises(DatabaseError, match="no tree grows"):
        grow("kernel_audit")
    assert sql("SELECT name FROM kernel_log WHERE has_tree ORDER BY name") == [
        (log,) for log in sorted(growth.WITH_TREE)
    ]


def test_a_missing_subtree_is_damage_and_no_server_fault_of_another_kind(leaves, owner, strip_guard):
    leaves(8)
    grow(LOG)
    strip_guard("kernel_tree_node")
    owner.execute("DELETE FROM kernel_tree_node WHERE level = 2 AND index = 0")
    with pytest.raises(LogInDoubt) as refused:
        growth.root(LOG, 5)
    assert refused.value.members["reason"] == "A part of the tree is missing: level 2, index 0."


def test_the_sealer_lets_the_trees_follow(leaves, monkeypatch, owner):
    leaves(0)
    read_many(owner, 9)
    monkeypatch.setattr(growth, "BATCH", 4)
    assert [growth.seal_and_grow() for _ in range(3)] == [True, True, False]
    assert growth.size(LOG) == 9


def test_a_month_stays_until_all_its_rows_are_leaves(leaves, owner):
    leaves(4)
    owner.execute("UPDATE kernel_log SET keep_months = 3")
    retention.make_partitions(at=NOON - timedelta(days=366))
    read_many(owner, 3, at=NOON - timedelta(days=366))
    sealing.seal(LOG)
    assert "kernel_access_log_202511" not in retention.drop_old_logs()
    grow(LOG)
    whole = growth.root(LOG, 7)
    assert "kernel_access_log_202511" in retention.drop_old_logs()
    assert growth.root(LOG, 7) == whole  # the hashes outlive the rows


@pytest.mark.slow  # ten thousand rows
def test_ten_thousand_leaves_grow_in_seconds(leaves):
    leaves(10_000)
    began = time.monotonic()
    assert grow(LOG) == 10_000
    assert time.monotonic() - began < 20  # 0.4 s on an idle machine
