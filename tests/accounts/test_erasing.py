"""Who closes their account, or is merged into another, leaves nothing behind that is theirs: walked over all that is personal."""

import pytest
from allauth.idp.oidc.models import Token
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps
from django.db import models

from accounts.models import (
    Card,
    Connection,
    CounterCode,
    Delivery,
    Dispatch,
    Grant,
    Mandate,
    NightCredential,
    Resident,
    User,
    Verification,
)
from accounts.notifications import notify
from accounts.selectors.accesses import access_accesses_for
from accounts.selectors.contacts import email_of, own_contacts
from accounts.services.closing import close_my_account
from accounts.services.consents import give_consent
from accounts.services.home import choose_cards
from accounts.services.mandates import invite_delegate, take_up_mandate
from accounts.services.notices.choosing import change_message_settings
from accounts.services.notices.subscribing import subscribe_push
from kernel import clock
from kernel.access import PersonalModel, access
from kernel.contributions import everyones
from kernel.ids import new_id
from kernel.keys import base64url
from kernel.log.delivery import deliver_some
from kernel.use_case import Act
from tests.accounts.cards import show
from tests.accounts.openid.partner import partner
from tests.accounts.phones import Browser, newest_letter
from tests.accounts.test_counter import at_the_desk, code, decide, office, propose  # noqa: F401 - a fixture
from tests.factories.agreements import publish
from tests.factories.people import Person, organisation, person
from wallet.services import open_account

HANAKO = "hanako@example.com"
WRITTEN_ONCE = {Verification}  # which papers an officer saw, for a bare key: no name, no number


def act(who: Person) -> Act:
    return Act(who.principal, at=clock.now(), key=str(new_id()))


def live(phone: Browser, relative: Person) -> Person:
    """Let the one who is signed in do everything that leaves something of theirs."""
    user = User.objects.get(resident_id=phone.me().json()["resident_id"])
    who = Person(user.resident_id, user.pk)
    show(phone)
    code(phone)
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    subscribe_push(
        act(who), endpoint="https://push.example.com/1", p256dh=base64url(raw), auth=base64url(b"0" * 16), sign_in="x"
    )
    change_message_settings(act(who), choices={"city": ["push"]}, quiet_from="22:00", quiet_to="06:00")
    choose_cards(act(who), pinned=[], hidden=[])
    notify(act(who), to=who.resident_id, message="accounts.passkey_added", values={}, dedupe="1")
    for inviting, taking in ((who, relative), (relative, who)):
        invited = invite_delegate(act(inviting), scopes=["accounts"])
        take_up_mandate(act(taking), token=invited.token)
    open_account(act(who), resident_id=who.resident_id)
    shop = organisation()
    give_consent(act(who), revision_id=publish(shop).revision_id, classes=["profile"])
    library = partner()
    Connection.objects.create(
        id=new_id(), resident_id=who.resident_id, partner_id=library.client_id, scopes="openid", at=clock.now(),
        last_used_at=clock.now(),
    )  # fmt: skip
    return who


def personal_models() -> dict[str, type[PersonalModel]]:
    return {model.__name__: model for model in apps.get_models() if issubclass(model, PersonalModel)}


def subject_column(model: type[PersonalModel]) -> str:
    """Return the field that says whose the row is."""
    names = {each.name for each in model._meta.fields if isinstance(each, models.ForeignKey)}
    return "subject" if "subject" in names else "resident"


def left_of(who: Person) -> dict[str, int]:
    """Count the personal rows of somebody, by model; every class that any app names is opened."""
    classes = sorted({name for given in everyones() for name in given.data_classes})
    with access(purpose="test", actor=who.resident_id, subject=who.resident_id, classes=classes):
        counts = {
            name: model.objects.filter(**{subject_column(model): who.resident_id}).count()
            for name, model in personal_models().items()
            if model not in WRITTEN_ONCE and model._meta.app_label != "tests"
        }
    return {name: count for name, count in counts.items() if count}


def permissions_of(who: Person) -> dict[str, int]:
    """Count what the person may still do, and others with what is theirs."""
    mine = {"resident_id": who.resident_id}
    kept = {
        "sign-in": User.objects.filter(**mine),
        "token": Token.objects.filter(user__resident_id=who.resident_id),
        "card": Card.objects.filter(**mine),
        "counter code": CounterCode.objects.filter(**mine),
        "night": NightCredential.objects.filter(**mine),
        "dispatch": Dispatch.objects.filter(**mine),
        "delivery": Delivery.objects.filter(**mine),
        "connection": Connection.objects.filter(**mine, ended_at=None),
        "grant": Grant.objects.filter(subject_id=who.resident_id, withdrawn_at=None),
        "mandate given": Mandate.objects.filter(principal_id=who.resident_id, ended_at=None),
        "mandate held": Mandate.objects.filter(delegate_id=who.resident_id, ended_at=None),
    }
    return {name: count for name, rows in kept.items() if (count := rows.count())}


@pytest.fixture
def life(browser, db, valkey):
    """Give Hanako a life in town, her aunt beside her."""
    browser.sign_up(email=HANAKO, display_name="花子")
    aunt = person("叔母", email="aunt@example.com")
    return live(browser, aunt), browser, aunt


def test_closing_leaves_nothing_personal_and_no_permission(life):
    who, browser, aunt = life
    assert left_of(who).keys() == {
        "Contact", "FamilyName", "Holder", "HomeChoices", "Identity", "InboxMessage", "MessageSettings", "Profile",
        "PushSubscription",
    }  # fmt: skip
    assert len(permissions_of(who)) >= 8

    close_my_account(act(who), gives_up={})
    deliver_some()

    farewell = newest_letter()
    assert (farewell.to, farewell.code) == (HANAKO, "")
    assert "アカウントを閉じました" in farewell.text
    assert (left_of(who), permissions_of(who)) == ({}, {})
    assert set(Mandate.objects.values_list("ended_because", flat=True)) == {"closed"}
    assert "FamilyName" not in left_of(aunt), "nor does her name stand with who acted for her"
    assert [row for row in left_of(aunt) if row == "InboxMessage"], "who is told that it ended"
    assert browser.me().status_code == 401


def test_the_card_of_a_closed_account_may_stand_for_a_new_one(life):
    who, _browser, _aunt = life
    close_my_account(act(who), gives_up={})

    again = Browser()
    again.sign_up(email=HANAKO, display_name="花子")

    assert show(again).json() == {"purpose": "raise", "level": 3}
    assert Card.objects.get().resident_id != who.resident_id


def test_a_merged_id_is_erased_too_and_the_survivor_is_written_to(life, office):  # noqa: F811 - the fixture
    who, browser, _aunt = life
    kept = Browser()
    kept.sign_up(phone="090-1234-5678", display_name="花子")
    survivor = User.objects.get(resident_id=kept.me().json()["resident_id"])
    assert propose(at_the_desk(), kept, browser).status_code == 302

    decide(at_the_desk("second"))
    deliver_some()

    assert Resident.objects.get(pk=who.resident_id).merged_into_id == survivor.resident_id
    assert (left_of(who), permissions_of(who)) == ({}, {})
    assert sorted(own_contacts(survivor.resident_id).values()) == ["+819012345678", HANAKO]
    assert email_of(survivor.pk) == HANAKO
    me = kept.me().json()
    assert (me["email"], me["phone"]) == (HANAKO, "+819012345678")
    identity = kept.ask("GET", "/api/v1/accounts/id").json()
    assert (identity["level"], identity["identity"]["name"]) == (3, "見本 花子")
    told = [each["title"] for each in kept.ask("GET", "/api/v1/accounts/messages").json()["results"]]
    assert told == ["2つのIDがひとつになりました"]
    looked = access_accesses_for(survivor.resident_id, None, 10, by="office")
    assert [(read.purpose.code, read.reason) for read in looked] == [("accounts.merge", "同じ方の二重登録")] * len(
        looked
    )
    classes = [sorted(each.code for each in read.classes) for read in looked]
    assert (classes[0], len(classes), "identity" in classes[1]) == (["places"], 2, True)
