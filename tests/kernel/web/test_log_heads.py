"""Anybody may hold the city to its word: heads, proofs that the log only grew, keys."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kernel import signing
from kernel.log import growth, heads, retention, sealing, tree
from kernel.log.heads import read_head
from tests.kernel.log.conftest import NOON, owner  # noqa: F401 - a fixture
from tests.kernel.log.readings import LOG, read_many

pytestmark = pytest.mark.postgres  # with a database of its own for each test

HERE = "/.well-known/machi/log/"
MIDNIGHT = datetime(2026, 11, 21, 15, 0, 5, tzinfo=UTC)


@pytest.fixture
def three_days(committed_db, owner):  # noqa: F811
    """Three days with four readings each, signed at the end of each."""
    retention.make_partitions(at=NOON)
    for number in range(3):
        read_many(owner, 4, at=NOON + timedelta(days=number))
        heads.sign_days(LOG, at=MIDNIGHT + timedelta(days=number))


def get(path: str) -> dict:
    answer = Client().get(HERE + path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_heads_newest_first_and_in_pages(three_days):
    page = get("heads?limit=2")
    assert [(head["day"], head["size"]) for head in page["results"]] == [("2026-11-24", 12), ("2026-11-23", 8)]
    rest = get(f"heads?limit=2&cursor={page['next']}")
    assert [(head["day"], head["size"]) for head in rest["results"]] == [("2026-11-22", 4)]
    assert rest["next"] is None
    said = read_head(rest["results"][0]["jws"])
    assert (said.size, said.root, said.log) == (4, rest["results"][0]["root"], LOG)


def test_the_head_of_a_day(three_days):
    assert get("heads/2026-11-23")["size"] == 8
    for wrong in ("heads/2026-11-30", "heads/yesterday", "heads/2026-13-01", "heads/9999999"):
        assert Client().get(HERE + wrong).status_code == 404


def test_a_stranger_proves_that_the_log_only_grew(three_days):
    older, newer = get("heads/2026-11-22"), get("heads/2026-11-24")
    proof = get(f"consistency?first={older['size']}&second={newer['size']}")
    assert (proof["first_root"], proof["second_root"]) == (older["root"], newer["root"])
    path = [bytes.fromhex(each) for each in proof["path"]]
    roots = bytes.fromhex(older["root"]), bytes.fromhex(newer["root"])
    assert tree.verify_consistency(older["size"], newer["size"], *roots, path)
    assert get("consistency?first=0&second=0")["second_root"] == tree.EMPTY.hex()


@pytest.mark.parametrize(
    "query", ["", "first=1", "first=5&second=4", "first=1&second=13", "first=-1&second=4", "first=1e1&second=12",
              "first=1&second=2&log=kernel_audit", "first=１&second=2", "first=1&second=9999999999999999999"],
)  # fmt: skip
def test_what_cannot_be_proved_is_refused(three_days, query):
    refused = Client().get(f"{HERE}consistency?{query}")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_query")


def test_the_keys_of_what_people_may_check(committed_db):
    signing.rotate("log") if signing.key_in_use("log") else None
    keys = get("keys")["keys"]
    assert {key["kid"] for key in keys} == {
        public["kid"]
        for purpose in ("log", "consent", "device", "draw")
        for public in signing.public_keys(purpose)["keys"]
    }
    assert len(keys) == 5
    assert all((key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "EdDSA") and "d" not in key for key in keys)


def test_a_log_with_a_hole_is_a_refusal_and_no_fault(three_days, owner):  # noqa: F811
    owner.execute("ALTER TABLE kernel_tree_node DISABLE TRIGGER USER")
    owner.execute("DELETE FROM kernel_tree_node WHERE level = 2 AND index = 0")
    refused = Client().get(HERE + "consistency?first=5&second=12")
    assert (refused.status_code, refused.json()["code"]) == (409, "log_in_doubt")
    assert sealing.verify(LOG).damage is None
    assert growth.size(LOG) == 12
