"""I see who looked at my data, in words; and for each look a proof that a phone can check by itself."""

import json
from datetime import timedelta
from uuid import UUID

import jwt
import psycopg
import pytest
from django.db import DatabaseError, connection

from accounts.services import appoint
from accounts.services.consents import give_consent
from accounts.services.departments import found_department
from accounts.services.mandates import end_mandate, register_mandate
from kernel import clock, signing
from kernel.access import access, record
from kernel.ids import new_id
from kernel.log import growth, heads, retention, tree
from kernel.principal import SYSTEM, SYSTEM_ACTOR
from kernel.use_case import Act
from tests.factories.agreements import PURPOSE as AGREED
from tests.factories.agreements import publish
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
            row |= {"recipient": recipient} if recipient is not None else {}
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
    assert (first["ground"], first["again"], first["reason"], first["consents"]) == ("system", False, "", [])


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


@pytest.mark.parametrize(
    ("language", "desk", "city", "bus"),
    [("ja", "市民課", "人吉市", "見本交通"), ("en", "Citizens’ Division", "Hitoyoshi", "Mihon Bus")],
)
def test_officers_are_shown_by_department_and_partners_by_name(hanako, looked, language, desk, city, bus):
    act = Act(SYSTEM, at=clock.now())
    division = found_department(act, name="市民課", name_en="Citizens’ Division").id
    office = organisation("city", "人吉市", "Hitoyoshi")
    partner = organisation("merchant", "見本交通", "Mihon Bus")
    looked(hanako.resident_id, "office", recipient=division, reason="窓口での確認")
    looked(hanako.resident_id, "grant", recipient=partner)
    looked(hanako.resident_id, "glass", recipient=office)
    looked(hanako.resident_id, "ended", again=True)
    found = {each["who"]["kind"]: each for each in seen(hanako.client(), language=language)}
    assert (found["office"]["who"]["name"], found["office"]["reason"]) == (desk, "窓口での確認")
    assert (found["partner"]["who"]["name"], found["partner"]["recipient"]) == (bus, str(partner))
    assert found["emergency"]["who"]["name"] == city
    assert found["other"]["again"]
    assert "actor" not in found["office"]


def test_what_an_officer_reads_for_a_department_is_shown_as_that_departments(hanako, committed_db):
    """Not written by the test: the boundary itself puts the department in the log."""
    act = Act(SYSTEM, at=clock.now())
    desk = found_department(act, name="市民課", name_en="Citizens’ Division").id
    clerk = person("窓口", email="clerk@example.com")
    appoint(
        act, organisation_id=organisation("city", "人吉市", "Hitoyoshi"), resident_id=clerk.resident_id,
        role="city.officer", department_id=desk,
    )  # fmt: skip
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("UPDATE kernel_purpose SET roles = '{city.officer}' WHERE name = 'accounts.verify_at_counter'")
    who = {"actor": clerk.resident_id, "subject": hanako.resident_id, "classes": ["identity"]}
    with access(purpose="accounts.verify_at_counter", reason="身分証を確認", **who):
        pass
    [look] = seen(hanako.client(), "?by=office")
    assert look["sentence"] == "市民課が「窓口での本人確認の手続き」のために、本人確認の情報を見ました。"


def test_a_partners_reading_leads_to_the_consent_that_allowed_it(hanako):
    shop = organisation("merchant", "見本商店", "Mihon Store")
    published = publish(shop)
    given = give_consent(
        Act(hanako.principal, at=clock.now(), key=str(new_id())), revision_id=published.revision_id, classes=["profile"]
    )
    with access(purpose=AGREED, actor=shop, subject=hanako.resident_id, classes=["profile"]):
        pass
    [look] = seen(hanako.client(), "?by=partner")
    assert look["who"] == {"kind": "partner", "name": "見本商店"}
    [grant] = look["grants"]
    assert look["consents"] == [{"id": grant, "agreement_id": str(published.agreement_id)}]
    assert given.grants == [UUID(grant)]
    assert hanako.client().get(f"/api/v1/accounts/consents/{grant}/receipt").status_code == 200


def test_a_delegate_is_shown_by_role_and_by_the_name_that_i_know(hanako):
    brother = person("一郎", email="ichiro@example.com")
    mandate = delegate(hanako, brother, "family", "own_word")
    brother.client().get(ME, headers={"machi-for": str(hanako.resident_id)})
    [look] = seen(hanako.client(), "?by=delegate")
    assert look["sentence"] == "一郎（家族）が「マイページの表示」のために、呼び名を見ました。"
    assert (look["grants"], look["consents"]) == ([str(mandate)], [])
    end_mandate(Act(hanako.principal, at=clock.now()), mandate_id=mandate)
    [look] = seen(hanako.client(), "?by=delegate")
    assert look["who"]["name"] == "代理の人（家族）", "the name goes with the mandate, that they looked does not"


def test_a_parent_sees_who_looked_at_the_child_and_the_child_sees_that(hanako):
    child = person("桃子", email="momoko@example.com")
    delegate(child, hanako, "parent", "family_register")
    acting = {"machi-for": str(child.resident_id)}
    child.client().get(ME)
    looks = hanako.client().get(ACCESSES, headers=acting).json()["results"]
    assert [each["who"]["name"] for each in looks if each["who"]["kind"] == "self"] == ["本人"]
    again = hanako.client().get(ACCESSES, headers=acting).json()["results"]
    assert again[0]["sentence"].startswith("あなたが「見られた記録の確認」のために、")
    growth.seal_and_grow()
    own = next(each for each in looks if each["who"]["kind"] == "self")
    assert hanako.client().get(f"{ACCESSES}/{own['id']}/proof", headers=acting).status_code == 200
    names = {each["who"]["name"] for each in seen(child.client(), "?by=delegate")}
    assert names == {"花子（親権者）"}, "that her mother looked at the log is shown to the child"
    assert str(own["id"]) not in {each["id"] for each in seen(hanako.client())}


@pytest.mark.parametrize(("role", "evidence"), [("family", "own_word"), ("care_manager", "care_contract")])
def test_who_helps_a_grown_person_does_not_read_who_looked_at_them(hanako, role, evidence):
    """The log belongs to the person; only who has to protect somebody reads theirs."""
    helper = person("助け手", email="helper@example.com")
    mandate = delegate(hanako, helper, role, evidence)
    acting = {"machi-for": str(hanako.resident_id)}
    assert helper.client().get(ME, headers=acting).status_code == 200
    own = seen(hanako.client())[0]["id"]
    growth.seal_and_grow()
    for door in (ACCESSES, f"{ACCESSES}/{own}/proof"):
        assert helper.client().get(door, headers=acting).status_code == 403
    assert not [each for each in seen(hanako.client(), "?by=delegate") if "access_log" in str(each["classes"])]
    assert mandate is not None


def delegate(principal, who, role: str, evidence: str) -> UUID:
    """Let one act for the other in accounts."""
    registered = register_mandate(
        Act(SYSTEM, at=clock.now(), key=str(new_id())), principal_id=principal.resident_id,
        delegate_id=who.resident_id, role=role, scopes=["accounts"], evidence=evidence, why="確認した",
        born_on=clock.jst_date(clock.now()) - timedelta(days=3650) if role == "parent" else None,
    )  # fmt: skip
    return registered.id


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
