"""The staff's desks: agreements are published after a look, mandates written on evidence, glasses broken with a reason."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from accounts.engine import resident_numbers
from accounts.models import Agreement, BrokenGlass, Department, Mandate, Membership, Organisation, Revision
from accounts.services.consents import give_consent
from kernel import clock
from kernel.access import access
from kernel.ids import new_id
from kernel.models import AuditEntry
from kernel.use_case import Act
from tests.accounts.test_staff_door import come_in, send
from tests.factories.agreements import PURPOSE, publish
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db

ADMIN = "/admin/accounts/"
REASON = "豪雨で連絡がとれず、救助に向かうため"


@pytest.fixture
def office(db):
    """Give a city office with an officer and an administrator."""
    city = organisation("city", "人吉市", "Hitoyoshi")
    for role in ("officer", "administrator"):
        employ(person(role, email=f"{role}@example.com"), city, f"city.{role}")
    return city


@pytest.fixture
def shop(db):
    return organisation()


def page(client: Client, path: str) -> str:
    answer = client.get(ADMIN + path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def hidden(html: str, name: str) -> str:
    """Return what a hidden field of the page carries."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def words(**changes):
    return {
        "classes": ["profile"], "keeps_days": "30", "lasts_days": "", "why": "新しい事業",
        "title_ja": "ポイントカード", "why_ja": "お名前を印刷するため。", "stops_ja": "お名前が出なくなります。",
        "title_en": "Point card", "why_en": "To print your name.", "stops_en": "Your name is gone.",
    } | changes  # fmt: skip


def test_what_a_partner_asks_is_published_anew_and_what_it_was_given_drawn_also_when_it_is_no_more(office):
    library = organisation("partner", "見本図書館協会", "Mihon Library")
    Organisation.objects.filter(pk=library).update(closed_at=clock.now())
    gone = organisation("partner", "例の協会", "Rei Association")
    publish(gone)
    client = come_in("administrator")
    _looked, done = publish_by_hand(
        client, f"agreement/{Agreement.objects.get().pk}/publish/", **words(keeps_days="99")
    )
    assert done.status_code == 302
    assert Agreement.objects.get().revisions.count() == 2
    drawn, asked = page(client, "agreement/provisions/"), page(client, "agreement/publish/")
    assert ("見本図書館協会" in drawn, "見本図書館協会" in asked) == (True, False)
    assert "例の協会" in drawn
    assert "例の協会" in asked


def test_who_reads_english_finds_organisations_by_their_english_names(office):
    publish(organisation("partner", "見本図書館協会", "Mihon Library"))
    client = come_in("administrator")
    shown = client.get(f"{ADMIN}agreement/", headers={"Accept-Language": "en"}).content.decode()
    assert "Mihon Library" in shown
    assert "見本図書館協会" not in shown


def publish_by_hand(client, path, **fields):
    """Look first, then publish what was looked at."""
    looked = send(client, ADMIN + path, **fields, look="1").content.decode()
    return looked, send(client, ADMIN + path, **fields, publish="1", seen=hidden(looked, "seen"))


def test_an_administrator_publishes_after_a_look_at_what_changes(office, shop):
    client = come_in("administrator")
    asked = {"recipient": shop, "purpose": PURPOSE}
    _looked, done = publish_by_hand(client, "agreement/publish/", **asked, **words())
    assert done.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.purpose, agreement.binding_number) == (PURPOSE, 1)
    path = f"agreement/{agreement.pk}/publish/"
    looked, done = publish_by_hand(client, path, **words(classes=["profile", "family"]))
    assert "もう一度同意するまで読まれません" in looked
    assert done["Location"] == f"{ADMIN}agreement/{agreement.pk}/change/"
    assert Agreement.objects.get().binding_number == 2
    shown = page(client, f"agreement/{agreement.pk}/change/")
    assert all(bytes(each.digest).hex() in shown for each in Revision.objects.all())
    assert AuditEntry.objects.filter(action="accounts.publish_agreement", why="新しい事業").count() == 2
    assert f"{ADMIN}agreement/{agreement.pk}/publish/" in shown
    assert PURPOSE in page(client, "agreement/")


def test_nothing_else_is_published_than_what_was_looked_at(office, shop):
    client = come_in("administrator")
    asked = {"recipient": shop, "purpose": PURPOSE}
    looked = send(client, ADMIN + "agreement/publish/", **asked, **words(), look="1").content.decode()
    other = words(why_ja="お名前を広告に使うため。")
    again = send(client, ADMIN + "agreement/publish/", **asked, **other, publish="1", seen=hidden(looked, "seen"))
    assert (again.status_code, Agreement.objects.count()) == (200, 0)
    blind = send(client, ADMIN + "agreement/publish/", **asked, **words(), publish="1")
    assert (blind.status_code, Agreement.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"classes": []}, {"keeps_days": "9999"}, {"keeps_days": "x"}, {"title_ja": ""}, {"title_ko": "카드"},
        {"classes": ["everything"]}, {"lasts_days": "0"}, {"why": ""}, {"purpose": ""},
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_told_at_the_form(office, shop, changes):
    client = come_in("administrator")
    said = {"recipient": shop, "purpose": PURPOSE} | words(**changes)
    answer = send(client, ADMIN + "agreement/publish/", **said, look="1")
    assert answer.status_code == 200
    assert "publish" not in re.findall(r'name="(\w+)"', answer.content.decode())
    assert not Agreement.objects.exists()


def test_a_purpose_that_is_no_name_is_told_too(office, shop):
    client = come_in("administrator")
    said = {"recipient": shop, "purpose": "Marketing!"} | words()
    answer = send(client, ADMIN + "agreement/publish/", **said, look="1")
    assert answer.status_code == 200
    assert "publish" not in re.findall(r'name="(\w+)"', answer.content.decode())
    assert not Agreement.objects.exists()


def test_what_is_asked_already_gets_a_version_and_no_beginning(office, shop):
    publish(shop)
    client = come_in("administrator")
    said = {"recipient": shop, "purpose": PURPOSE} | words(keeps_days="99")
    answer = send(client, ADMIN + "agreement/publish/", **said, look="1")
    assert "すでにあります" in answer.content.decode()
    assert Revision.objects.count() == 1


def test_officers_publish_nothing_and_draw_no_record(office, shop):
    client = come_in("officer")
    for path in ("agreement/", "agreement/publish/", "agreement/provisions/"):
        assert client.get(ADMIN + path).status_code in (302, 403), path
    send(client, ADMIN + "agreement/publish/", recipient=shop, purpose=PURPOSE, **words(), publish="1")
    assert not Agreement.objects.exists()


def test_an_officer_registers_a_parent_and_the_office_ends_it(office):
    client, mother, child = come_in("officer"), person("母"), person("子")
    born = clock.jst_date(clock.now()) - timedelta(days=3000)
    form = page(client, "mandate/add/")
    said = {
        "key": hidden(form, "key"), "principal": child.resident_id, "delegate": mother.resident_id, "role": "parent",
        "scopes": ["accounts", "wallet"], "evidence": "family_register", "born_on": born, "last_day": "", "why": "戸籍で確認",
    }  # fmt: skip
    done = send(client, ADMIN + "mandate/add/", **said)
    mandate = Mandate.objects.get()
    assert done["Location"] == f"{ADMIN}mandate/{mandate.pk}/change/"
    assert send(client, ADMIN + "mandate/add/", **said).status_code == 302
    assert Mandate.objects.count() == 1
    shown = page(client, "mandate/") + page(client, f"mandate/{mandate.pk}/change/")
    assert resident_numbers.shown(child.resident_id) in shown
    assert "プロフィールとお知らせ、おさいふ" in shown
    assert "invitation" not in shown
    assert f"{ADMIN}mandate/{mandate.pk}/end/" in shown
    assert resident_numbers.shown(mother.resident_id) in page(client, f"mandate/{mandate.pk}/end/")
    assert send(client, f"{ADMIN}mandate/{mandate.pk}/end/", why="").status_code == 200
    assert send(client, f"{ADMIN}mandate/{mandate.pk}/end/", why="申し出による").status_code == 302
    mandate.refresh_from_db()
    assert mandate.ended_because == "office"
    assert f"mandate/{mandate.pk}/end/" not in page(client, f"mandate/{mandate.pk}/change/")
    assert client.get(f"{ADMIN}mandate/nobody/change/").status_code == 302


def test_people_are_named_by_the_number_on_their_phone(office):
    client, mother, child = come_in("officer"), person("母"), person("子")
    said = {
        "key": str(new_id()), "role": "family", "scopes": ["wallet"], "evidence": "letter", "why": "委任状",
        "principal": on_the_phone(child), "delegate": on_the_phone(mother).lower().replace(" ", ""),
    }  # fmt: skip
    assert send(client, ADMIN + "mandate/add/", **said).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.principal_id, mandate.delegate_id) == (child.resident_id, mother.resident_id)
    father = person("父")
    found = {
        who: f"mandate/{mandate.pk}/change/" in page(client, f"mandate/?q={on_the_phone(who)}")
        for who in (child, mother, father)
    }
    assert found == {child: True, mother: True, father: False}
    assert f"mandate/{mandate.pk}/change/" in page(client, f"mandate/?q={mandate.pk}")
    for unknown in ("0000 0000 0000", "928E", "どなた", "%%%%%%%%%%%%", "z" * 32):
        refused = send(client, ADMIN + "mandate/add/", **(said | {"key": str(new_id()), "principal": unknown}))
        assert "見つかりません" in refused.content.decode()


def on_the_phone(who) -> str:
    """Return the number as My page shows it."""
    signs = who.resident_id.hex[-12:].upper()
    return f"{signs[:4]} {signs[4:8]} {signs[8:]}"


def test_a_refused_mandate_is_a_sentence_and_may_be_sent_again(office):
    client, mother, child = come_in("officer"), person("母"), person("子")
    form = page(client, "mandate/add/")
    said = {
        "key": hidden(form, "key"), "principal": new_id(), "delegate": mother.resident_id, "role": "family",
        "scopes": ["wallet"], "evidence": "letter", "born_on": "", "last_day": "", "why": "委任状",
    }  # fmt: skip
    refused = send(client, ADMIN + "mandate/add/", **said)
    assert (refused.status_code, Mandate.objects.count()) == (200, 0)
    again = said | {"key": hidden(refused.content.decode(), "key"), "principal": child.resident_id}
    assert send(client, ADMIN + "mandate/add/", **again).status_code == 302
    for wrong in (
        {"principal": "x"},
        {"role": "boss"},
        {"scopes": ["moon"]},
        {"evidence": "own_word"},
        {"role": "parent"},
        {"principal": mother.resident_id},
    ):
        assert send(client, ADMIN + "mandate/add/", **(said | wrong)).status_code == 200
    assert Mandate.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("last_day", {"role": "family", "last_day": "2020-01-01"}, "もう過ぎています"),
        ("born_on", {"role": "parent", "born_on": "1990-01-01"}, "18歳以上の方には"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_it(office, field, wrong, told):
    client, mother, child = come_in("officer"), person("母"), person("子")
    said = {
        "key": str(new_id()), "principal": child.resident_id, "delegate": mother.resident_id, "scopes": ["wallet"],
        "evidence": "letter", "why": "委任状",
    }  # fmt: skip
    refused = send(client, ADMIN + "mandate/add/", **said, **wrong).content.decode()
    beside = refused[refused.index(f'name="{field}"') :]
    assert told in beside[: beside.index('name="why"')]
    assert not Mandate.objects.exists()


def test_a_mandate_shows_the_last_day_that_was_written_down(office):
    client, mother, child = come_in("officer"), person("母"), person("子")
    last = clock.jst_date(clock.now()) + timedelta(days=100)
    said = {
        "key": str(new_id()), "principal": child.resident_id, "delegate": mother.resident_id, "role": "family",
        "scopes": ["wallet"], "evidence": "letter", "last_day": last, "why": "委任状",
    }  # fmt: skip
    send(client, ADMIN + "mandate/add/", **said)
    shown = page(client, f"mandate/{Mandate.objects.get().pk}/change/")
    assert f"{last.year}年{last.month}月{last.day}日" in shown
    assert "+00:00" not in shown


def test_an_officer_breaks_the_glass_reads_and_closes(office):
    client, hanako = come_in("officer"), person("花子")
    form = page(client, "brokenglass/add/")
    assert "本人に知らせます" in form
    said = {
        "key": hidden(form, "key"),
        "subject": hanako.resident_id,
        "classes": ["profile", "family"],
        "minutes": "30",
        "reason": REASON,
    }
    done = send(client, ADMIN + "brokenglass/add/", **said)
    glass = BrokenGlass.objects.get()
    shown = client.get(done["Location"])
    assert "花子" in shown.content.decode()
    assert REASON in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "花子" not in page(client, "brokenglass/")
    assert send(client, f"{ADMIN}brokenglass/{glass.pk}/close/").status_code in (302, 405)
    token = client.cookies["csrftoken"].value
    client.post(f"{ADMIN}brokenglass/{glass.pk}/close/", headers={"X-CSRFToken": token})
    assert client.get(done["Location"]).status_code == 302
    glass.refresh_from_db()
    assert glass.ended_at is not None


def test_another_officers_glass_is_not_seen_and_a_short_reason_breaks_none(office):
    hanako, colleague = person("花子"), person("同僚", email="colleague@example.com")
    employ(colleague, office, "city.officer")
    client = come_in("officer")
    form = page(client, "brokenglass/add/")
    said = {
        "key": hidden(form, "key"),
        "subject": hanako.resident_id,
        "classes": ["profile"],
        "minutes": "30",
        "reason": "急ぎ",
    }
    refused = send(client, ADMIN + "brokenglass/add/", **said)
    assert refused.status_code == 200
    assert "10字以上で書いてください（いまは2字です）。" in refused.content.decode()
    assert not BrokenGlass.objects.exists()
    again = said | {"key": str(new_id()), "reason": REASON}
    at = send(client, ADMIN + "brokenglass/add/", **again)["Location"]
    other = come_in("colleague")
    assert other.get(at).status_code == 302
    assert str(hanako.resident_id) not in page(other, "brokenglass/")
    assert come_in("administrator").get(ADMIN + "brokenglass/add/").status_code == 403


def test_an_agreement_ends_with_a_reason_and_nobody_is_asked_any_more(office):
    agreement = publish(organisation()).agreement_id
    client = come_in("administrator")
    at = f"{ADMIN}agreement/{agreement}/end/"
    assert "この項目は必須です" in send(client, at, why="").content.decode()
    assert Agreement.objects.get().closed_at is None
    assert send(client, at, why="事業の終わり")["Location"] == f"{ADMIN}agreement/{agreement}/change/"
    assert Agreement.objects.get().closed_at is not None
    assert AuditEntry.objects.filter(action="accounts.close_agreement", why="事業の終わり").exists()
    assert "見つかりません" in send(client, at, why="もう一度").content.decode()


def test_departments_are_founded_filled_and_closed_when_empty(office):
    client, clerk = come_in("administrator"), person()
    send(client, ADMIN + "department/add/", name="市民課", name_en="Citizens")
    department = Department.objects.get()
    twice = send(client, ADMIN + "department/add/", name="市民課", name_en="Citizens")
    assert Department.objects.count() == 1, twice.status_code
    appointed = {"organisation": office, "role": "city.officer", "department": department.pk, "why": "異動"}
    send(client, ADMIN + "membership/add/", **appointed, resident_key=clerk.resident_id)
    membership = Membership.objects.get(resident_id=clerk.resident_id)
    assert membership.department_id == department.pk
    send(client, ADMIN + "department/", action="close", _selected_action=department.pk)
    department.refresh_from_db()
    assert department.closed_at is None
    send(client, ADMIN + "membership/", action="end", _selected_action=membership.pk)
    send(client, ADMIN + "department/", action="close", _selected_action=department.pk)
    department.refresh_from_db()
    assert department.closed_at is not None


def test_a_cashier_has_no_department(office, shop):
    client, clerk = come_in("administrator"), person()
    send(client, ADMIN + "department/add/", name="市民課", name_en="Citizens")
    wrong = {"organisation": shop, "role": "merchant.cashier", "department": Department.objects.get().pk, "why": "採用"}
    send(client, ADMIN + "membership/add/", **wrong, resident_key=clerk.resident_id)
    assert not Membership.objects.filter(resident_id=clerk.resident_id).exists()


def test_the_record_of_provisions_names_recipient_principal_items_and_the_consent(office, shop):
    hanako = person("花子")
    given = give_consent(
        Act(hanako.principal, at=clock.now(), key=str(new_id())),
        revision_id=publish(shop).revision_id,
        classes=["profile"],
    )
    with access(purpose=PURPOSE, actor=shop, subject=hanako.resident_id, classes=["profile"]):
        pass
    today = clock.jst_date(clock.now())
    client = come_in("administrator")
    said = {"recipient": shop, "since": today, "until": today, "why": "監査"}
    answer = send(client, ADMIN + "agreement/provisions/", **said)
    assert answer["Content-Type"].startswith("text/csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["提供先"], row["本人"], row["項目"], row["目的"], row["同意"]) == (
        "見本商店", str(hanako.resident_id), "呼び名", PURPOSE, "あり",
    )  # fmt: skip
    assert row["同意の番号"] == str(given.grants[0])
    assert "花子" not in answer.content.decode()
    entry = AuditEntry.objects.get(action="accounts.draw_provision_record")
    assert (entry.why, entry.what["rows"]) == ("監査", 1)
    long = said | {"since": today - timedelta(days=400)}
    refused = send(client, ADMIN + "agreement/provisions/", **long).content.decode()
    assert "期間が長すぎるか" in refused[refused.index('name="until"') :]
    yesterday = said | {"since": today - timedelta(days=2), "until": today - timedelta(days=1)}
    empty = send(client, ADMIN + "agreement/provisions/", **yesterday).content.decode("utf-8-sig")
    assert list(csv.DictReader(StringIO(empty))) == []
