"""I see who looked at my data, in words; and for each look a proof that a phone can check by itself."""

import json
from datetime import timedelta
from uuid import UUID

import jwt
import psycopg
import pytest
from django.db import DatabaseError, connection

from kernel import clock, signing
from kernel.access import access, record
from kernel.ids import new_id
from kernel.log import growth, heads, retention, tree
from kernel.principal import SYSTEM_ACTOR
from tests.factories.people import organisation, person

pytestmark = pytest.mark.postgres  # with a database of its own for each test: the log is sealed after the commit

ACCESSES = "/api/v1/accounts/accesses"
ME = "/api/v1/accounts/me"
LOG = growth.WITH_TREE[0]


@pytest.fixture
def hanako(committed_db):
    retention.make_partitions(at=clock.now())
    return person("花子", email="hanako@example.com")


@pytest.fixture
def looked(committed_db):
    """Let somebody have looked, as the boundary will write it."""

    def write(subject: UUID, ground: str, *, recipient: UUID | None = None, **columns) -> UUID:
        row = {
            "id": new_id(), "recorded_at": clock.now(), "actor": new_id(), "subject": subject, "purpose": "accounts.sign_up",
            "classes": ["profile"], "ground": ground, "reason": "", "request_id": "",
        } | columns  # fmt: skip
        with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
            if recipient is not None:
                owner.execute("ALTER TABLE kernel_access_log ADD COLUMN IF NOT EXISTS recipient uuid")
                row["recipient"] = recipient
            names, blanks = ", ".join(row), ", ".join(["%s"] * len(row))
            owner.execute(f"INSERT INTO kernel_access_log ({names}) VALUES ({blanks})", list(row.values()))
        return row["id"]

    return write


def seen(client, query: str = "", language: str = "ja") -> list[dict]:
    answer = client.get(ACCESSES + query, headers={"accept-language": language})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_i_read_who_looked_in_a_sentence(hanako):
    client = hanako.client()
    client.get(ME)
    mine, first = seen(client)
    assert mine["sentence"] == "あなたが「マイページの表示」のために、メールアドレスや電話番号・呼び名を見ました。"
    assert (mine["who"], mine["purpose"]) == (
        {"kind": "self", "name": "あなた"}, {"code": "accounts.my_profile", "words": "マイページの表示"},
    )  # fmt: skip
    assert first["sentence"] == "市のシステムが「登録の手続き」のために、メールアドレスや電話番号・呼び名を見ました。"
    assert first["classes"] == [
        {"code": "contacts", "words": "メールアドレスや電話番号"}, {"code": "profile", "words": "呼び名"},
    ]  # fmt: skip
    assert (first["ground"], first["again"], first["reason"], first["grant_id"]) == ("system", False, "", None)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The city’s own system read your e-mail address and phone number, display name, for “signing up”."),
        (
            "ja-easy",
            "市の システムが 「登録の てつづき」の ために、メールアドレスや でんわばんごう・呼びかたの 名前を 見ました。",
        ),
        ("zh-hans", "市的系统为了“注册手续”查看了邮箱和电话、称呼。"),
        ("ko", "시의 시스템이(가) ‘가입 절차’를 위해 이메일과 전화번호, 표시 이름을(를) 보았습니다."),
    ],
)
def test_in_my_language(hanako, language, sentence):
    assert seen(hanako.client(), language=language)[-1]["sentence"] == sentence


def test_looking_at_the_list_is_logged_and_left_out_of_it(hanako, committed_db):
    client = hanako.client()
    before = seen(client)
    assert seen(client) == before
    with psycopg.connect(committed_db.owner_url) as owner:
        count = "SELECT count(*) FROM kernel_access_log WHERE subject = %s AND purpose = 'accounts.my_accesses'"
        assert owner.execute(count, [hanako.resident_id]).fetchone() == (2,)


def test_officers_are_shown_by_department_and_partners_by_name(hanako, looked):
    office = organisation("city", "市民課", "Citizens’ Division")
    partner = organisation("merchant", "見本交通", "Mihon Bus")
    looked(hanako.resident_id, "office", recipient=office, reason="窓口での確認")
    looked(hanako.resident_id, "grant", recipient=partner)
    looked(hanako.resident_id, "delegate")
    looked(hanako.resident_id, "glass")
    looked(hanako.resident_id, "ended", again=True)
    found = {each["who"]["kind"]: each for each in seen(hanako.client())}
    assert found["office"]["sentence"] == "市民課が「登録の手続き」のために、呼び名を見ました。"
    assert found["office"]["reason"] == "窓口での確認"
    assert (found["partner"]["who"]["name"], found["partner"]["recipient"]) == ("見本交通", str(partner))
    assert found["delegate"]["who"]["name"] == "あなたの代理の人"
    assert found["emergency"]["who"]["name"] == "緊急対応の担当"
    assert (found["other"]["who"]["name"], found["other"]["again"]) == ("以前に許可されていた人", True)
    assert "actor" not in found["office"]


def test_i_ask_for_one_kind_or_for_all_others(hanako, looked):
    looked(hanako.resident_id, "office")
    looked(hanako.resident_id, "ended")
    client = hanako.client()
    client.get(ME)
    kinds = {
        by: [each["who"]["kind"] for each in seen(client, f"?by={by}")] for by in ("self", "others", "office", "other")
    }
    assert kinds == {
        "self": ["self"],
        "others": ["other", "office", "city_system"],
        "office": ["office"],
        "other": ["other"],
    }
    refused = client.get(ACCESSES + "?by=everybody")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "by")


def test_pages_leave_nothing_out_and_repeat_nothing(hanako):
    client = hanako.client()
    for _ in range(7):
        client.get(ME)
    whole, pages, cursor = [each["id"] for each in seen(client)], [], ""
    while cursor is not None:
        page = client.get(f"{ACCESSES}?limit=3&cursor={cursor}" if cursor else f"{ACCESSES}?limit=3").json()
        pages.append([each["id"] for each in page["results"]])
        cursor = page["next"]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [each for page in pages for each in page] == whole
    for wrong in ("?cursor=x", "?limit=0", "?limit=x"):
        assert client.get(ACCESSES + wrong).status_code in (400, 422)


def test_the_proof_of_an_entry_can_be_checked_by_anybody(hanako):
    client = hanako.client()
    for _ in range(5):
        client.get(ME)
    growth.seal_and_grow()
    heads.sign_days(LOG, at=clock.now() - timedelta(hours=1))
    remembered = heads.newest(LOG)
    entry = seen(client)[2]
    growth.seal_and_grow()
    proof = client.get(f"{ACCESSES}/{entry['id']}/proof?since={remembered.size}").json()
    public = {key["kid"]: key for key in client.get("/.well-known/machi/log/keys").json()["keys"]}
    key = jwt.PyJWK(public[jwt.get_unverified_header(proof["head"])["kid"]]).key
    head = json.loads(jwt.api_jws.decode(proof["head"], key, algorithms=["EdDSA"]))
    assert (head["log"], head["size"]) == (LOG, proof["size"])
    root, path = bytes.fromhex(head["root"]), [bytes.fromhex(each) for each in proof["path"]]
    leaf = tree.leaf_hash(proof["canonical"].encode())
    assert tree.verify_inclusion(leaf, proof["index"], proof["size"], path, root)
    grown = [bytes.fromhex(each) for each in proof["consistency"]]
    assert tree.verify_consistency(remembered.size, head["size"], bytes.fromhex(remembered.root), root, grown)
    said = json.loads(proof["canonical"])
    assert (said["id"], said["subject"], said["purpose"]) == (
        entry["id"],
        str(hanako.resident_id),
        entry["purpose"]["code"],
    )
    assert (said["classes"], said["ground"]) == ([each["code"] for each in entry["classes"]], entry["ground"])


def test_a_fresh_entry_gets_its_proof_as_soon_as_it_is_sealed(hanako):
    client = hanako.client()
    client.get(ME)
    entry = seen(client)[0]["id"]
    waiting = client.get(f"{ACCESSES}/{entry}/proof")
    assert (waiting.status_code, waiting.json()["code"], waiting["Retry-After"]) == (409, "proof_not_ready", "2")
    growth.seal_and_grow()
    proof = client.get(f"{ACCESSES}/{entry}/proof").json()
    assert (proof["since"], proof["consistency"]) == (0, [])
    ahead = client.get(f"{ACCESSES}/{entry}/proof?since=9999").json()
    assert ahead["consistency"] is None  # a phone that remembers more than there is knows what that means
    for wrong in ("-1", "x", "1" * 16):
        assert client.get(f"{ACCESSES}/{entry}/proof?since={wrong}").status_code == 422


def test_another_persons_entry_is_not_there(hanako):
    taro = person("太郎", email="taro@example.com")
    taro.client().get(ME)
    theirs = seen(taro.client())[0]["id"]
    growth.seal_and_grow()
    assert hanako.client().get(f"{ACCESSES}/{theirs}/proof").status_code == 404
    assert taro.client().get(f"{ACCESSES}/{theirs}/proof").status_code == 200
    assert not {each["id"] for each in seen(hanako.client())} & {each["id"] for each in seen(taro.client())}


def test_the_log_opens_to_nobody_but_its_subject_looking_for_that_very_purpose(hanako):
    """Not by another purpose, not as the system, not with an access that has ended, not with a made-up one."""

    def ask(access_id: UUID) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM kernel_accesses_of(%s, NULL, NULL, 10, NULL, NULL)", [access_id])

    me = hanako.resident_id
    mine = {"actor": me, "subject": me, "classes": ["access_log"]}
    with access(purpose=record.PURPOSE, **mine) as ended:
        ask(ended.id)
    attempts = [
        lambda: ask(ended.id),
        lambda: ask(new_id()),
        lambda: _inside(ask, purpose="accounts.my_profile", **mine),
        lambda: _inside(ask, purpose="accounts.sign_up", actor=SYSTEM_ACTOR, subject=me, classes=["profile"]),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="nobody is looking at their own access log"):
            attempt()
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT kernel_access_log_reader(%s)", [ended.id])


def _inside(ask, **asked) -> None:
    with access(**asked) as opened:
        ask(opened.id)


def test_a_log_in_doubt_proves_nothing_and_says_so(hanako, committed_db):
    client = hanako.client()
    client.get(ME)
    growth.seal_and_grow()
    heads.sign_days(LOG, at=clock.now() - timedelta(hours=1))
    client.get(ME)
    growth.seal_and_grow()
    entry = seen(client)[0]["id"]
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE kernel_tree_node DISABLE TRIGGER USER")
        owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 0 AND index = 0")
        owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 1")
    refused = client.get(f"{ACCESSES}/{entry}/proof")
    assert (refused.status_code, refused.json()["code"]) == (409, "log_in_doubt")
    assert signing.public_keys("log")["keys"]
