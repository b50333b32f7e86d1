"""A yes is for one purpose, one recipient and one class of data; it is shown, proved, taken back, and asked anew."""

import hashlib
import json
import threading
import time
from datetime import timedelta
from functools import partial
from uuid import UUID

import jwt
import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.models import NAME_PLACE, Grant, Profile, Revision
from kernel import clock, signing
from kernel.access import AccessRefused, access, access_many
from kernel.ids import new_id
from tests.concurrency.crowd import all_at_once
from tests.factories.agreements import PURPOSE, publish
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db

API = "/api/v1/accounts/"
CONSENTS = API + "consents"


@pytest.fixture
def shop(db) -> UUID:
    return organisation(name="見本商店", name_en="Mihon Store")


@pytest.fixture
def hanako(db):
    return person("花子", email="hanako@example.com")


def say_yes(who, revision_id, classes=("profile",), key=None, **headers):
    body = {"revision_id": str(revision_id), "classes": list(classes)}
    headers = {"idempotency-key": key or str(new_id()), **headers}
    return who.client().post(CONSENTS, json.dumps(body), "application/json", headers=headers)


def take_back(client, agreement_id, **body):
    return client.post(f"{API}agreements/{agreement_id}/withdrawal", json.dumps(body), "application/json")


def read_name(actor: UUID, subject: UUID, *, purpose=PURPOSE, classes=("profile",)) -> str:
    """Read as a recipient does."""
    with access(purpose=purpose, actor=actor, subject=subject, classes=list(classes)) as opened:
        return opened.unseal(bytes(Profile.objects.get(pk=subject).display_name), NAME_PLACE)


def test_without_a_yes_nobody_reads_and_with_it_only_the_recipient_for_the_purpose(shop, hanako):
    published = publish(shop)
    another = organisation(name="別の店", name_en="Another")
    with pytest.raises(AccessRefused):
        read_name(shop, hanako.resident_id)
    assert say_yes(hanako, published.revision_id).status_code == 201
    assert read_name(shop, hanako.resident_id) == "花子"
    for actor, purpose, classes in (
        (another, PURPOSE, ["profile"]),
        (shop, "mihon.marketing", ["profile"]),
        (shop, PURPOSE, ["profile", "family"]),
        (new_id(), PURPOSE, ["profile"]),
    ):
        with pytest.raises(AccessRefused):
            read_name(actor, hanako.resident_id, purpose=purpose, classes=classes)


def test_who_works_for_the_recipient_reads_for_it_and_the_log_says_so(shop, hanako, django_db_setup):
    say_yes(hanako, publish(shop).revision_id)
    cashier, stranger = person("会計"), person("他人")
    membership = employ(cashier, shop, "merchant.cashier")
    assert read_name(cashier.resident_id, hanako.resident_id) == "花子"
    with pytest.raises(AccessRefused):
        read_name(stranger.resident_id, hanako.resident_id)
    grant = Grant.objects.get(subject_id=hanako.resident_id)
    assert (membership is not None, grant.recipient_id) == (True, shop)


def test_a_yes_leaves_a_signed_receipt_about_the_very_words(shop, hanako):
    published = publish(shop)
    (grant,) = say_yes(hanako, published.revision_id).json()["grants"]
    kept = hanako.client().get(f"{CONSENTS}/{grant}/receipt").json()
    claims = json.loads(signing.verify("consent", kept["receipt"], typ="consent-receipt+jwt"))
    assert jwt.get_unverified_header(kept["receipt"])["alg"] == "EdDSA"
    assert claims["notice_digest"]["value"] == hashlib.sha256(kept["document"].encode()).hexdigest() == published.digest
    assert claims["piiPrincipalId"] == str(hanako.resident_id)
    (service,) = claims["services"]
    assert service["service"] == "見本商店"
    assert service["purposes"][0]["piiCategory"] == ["profile"]
    assert service["purposes"][0]["thirdPartyDisclosure"] is True
    assert "花子" not in json.dumps(claims, ensure_ascii=False)
    assert person("太郎").client().get(f"{CONSENTS}/{grant}/receipt").status_code == 404


def test_a_list_may_be_of_one_agreement_and_speaks_the_readers_language(shop, hanako):
    published, other = publish(shop), publish(organisation(name="別の店", name_en="Another"))
    for each in (published, other):
        say_yes(hanako, each.revision_id)
    client = hanako.client()
    (one,) = client.get(f"{CONSENTS}?agreement={other.agreement_id}", headers={"accept-language": "en"}).json()[
        "results"
    ]
    assert (one["agreement_id"], one["recipient"]["name"], one["why"], one["keeps_days"]) == (
        str(other.agreement_id), "Another", "To print your name on the card.", 30,
    )  # fmt: skip
    assert one["data_class"] == {"name": "profile", "words": "display name"}
    assert len(client.get(CONSENTS).json()["results"]) == 2
    assert client.get(f"{CONSENTS}?agreement={new_id()}").json()["results"] == []
    assert person("太郎").client().get(f"{CONSENTS}?agreement={other.agreement_id}").json()["results"] == []
    wrong = client.get(f"{CONSENTS}?agreement=x")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "agreement")


def test_changes_are_said_in_the_readers_language_alone(shop, hanako):
    say_yes(hanako, publish(shop).revision_id)
    wider = publish(shop, why="お名前を広告にも使うため。")
    path = f"{API}agreements/{wider.agreement_id}/asked"
    (change,) = hanako.client().get(path, headers={"accept-language": "ja"}).json()["changes"]
    assert (change["field"], change["after"], change["widens"]) == ("why", "お名前を広告にも使うため。", True)
    (seen,) = hanako.client().get(path, headers={"accept-language": "en"}).json()["changes"]
    assert (seen["field"], seen["widens"]) == ("why", True)


def test_before_the_tap_the_person_reads_what_stops_and_after_it_nobody_reads(shop, hanako):
    published = publish(shop)
    say_yes(hanako, published.revision_id)
    client = hanako.client()
    stops = client.get(f"{API}agreements/{published.agreement_id}/stops", headers={"accept-language": "en"}).json()
    assert stops == {"words": "Your name no longer stands on the card.", "services": []}
    assert take_back(client, published.agreement_id).json() == {"grants": 1}
    with pytest.raises(AccessRefused):
        read_name(shop, hanako.resident_id)
    with access_many(purpose=PURPOSE, actor=shop, subjects=[hanako.resident_id], classes=["profile"]) as opened:
        assert opened.subjects == frozenset()
    assert take_back(client, published.agreement_id).status_code == 404
    (consent,) = client.get(CONSENTS).json()["results"]
    assert (consent["state"], consent["recipient"]["name"], consent["is_by_delegate"]) == (
        "withdrawn",
        "見本商店",
        False,
    )


def test_more_is_asked_and_the_old_yes_does_not_reach_that_far(shop, hanako):
    first = publish(shop)
    say_yes(hanako, first.revision_id)
    wider = publish(shop, classes=["profile", "family"], keeps_days=365)
    assert (wider.number, wider.is_wider) == (2, True)
    with pytest.raises(AccessRefused):
        read_name(shop, hanako.resident_id)
    client = hanako.client()
    assert client.get(CONSENTS).json()["results"][0]["state"] == "left_behind"
    (again,) = client.get(f"{CONSENTS}/asked_anew").json()["agreements"]
    assert again["revision_id"] == str(wider.revision_id)
    asked = client.get(f"{API}agreements/{wider.agreement_id}/asked").json()
    assert (asked["agreed_number"], asked["standing"]) == (1, [])
    assert [(each["field"], each["before"], each["after"], each["widens"]) for each in asked["changes"]] == [
        ("classes", "", "家族の呼び名", True),
        ("keeps_days", "30", "365", True),
    ]
    assert say_yes(hanako, first.revision_id).json()["code"] == "agreement_moved"
    assert say_yes(hanako, wider.revision_id).status_code == 201
    assert read_name(shop, hanako.resident_id) == "花子"
    assert client.get(f"{CONSENTS}/asked_anew").json() == {"agreements": []}
    assert sorted(row["state"] for row in client.get(CONSENTS).json()["results"]) == ["standing", "withdrawn"]


def test_other_words_for_the_same_leave_the_yes_standing_only_where_the_publisher_answers_for_it(shop, hanako):
    say_yes(hanako, publish(shop).revision_id)
    assert publish(shop, why="お名前をカードに印字するため。", is_wording=True).is_wider is False
    assert read_name(shop, hanako.resident_id) == "花子"
    assert publish(shop, why="お名前を広告に使うため。").is_wider is True
    with pytest.raises(AccessRefused):
        read_name(shop, hanako.resident_id)


def test_a_yes_for_a_time_ends_by_the_clock(shop, hanako):
    published = publish(shop, lasts_days=1)
    (grant,) = say_yes(hanako, published.revision_id).json()["grants"]
    kept = Grant.objects.get(pk=grant)
    assert kept.ends_at - kept.given_at == timedelta(days=1)
    past = clock.now() - timedelta(days=3)
    Grant.objects.create(
        id=new_id(), subject=kept.subject, revision=kept.revision, agreement=kept.agreement, recipient=kept.recipient,
        purpose=kept.purpose, data_class="family", number=kept.number, given_at=past, given_by=kept.given_by,
        ends_at=past + timedelta(days=1), receipt="",
    )  # fmt: skip
    with pytest.raises(AccessRefused):
        read_name(shop, hanako.resident_id, classes=["family"])


@pytest.mark.parametrize(
    ("classes", "status", "code"),
    [(["health"], 422, "class_not_asked"), (["family"], 422, "class_not_asked"), ([], 422, "invalid_body")],
)
def test_a_yes_to_what_is_not_asked_is_refused_and_nothing_is_kept(shop, hanako, classes, status, code):
    refused = say_yes(hanako, publish(shop).revision_id, classes)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Grant.objects.exists()
    assert say_yes(hanako, new_id()).status_code == 404


def test_the_same_yes_twice_is_one(shop, hanako):
    published = publish(shop)
    first = say_yes(hanako, published.revision_id, key="one-and-the-same-key")
    second = say_yes(hanako, published.revision_id, key="one-and-the-same-key")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Grant.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_revision SET document = '{}'",
        "DELETE FROM accounts_revision",
        "TRUNCATE accounts_revision CASCADE",
        "UPDATE accounts_grant SET data_class = 'health'",
        "UPDATE accounts_grant SET subject_id = recipient_id",
        "DELETE FROM accounts_grant",
    ],
)
def test_words_and_yeses_do_not_change_in_the_database(shop, hanako, statement):
    say_yes(hanako, publish(shop).revision_id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.postgres
def test_a_withdrawal_is_never_undone(shop, hanako):
    published = publish(shop)
    say_yes(hanako, published.revision_id)
    take_back(hanako.client(), published.agreement_id)
    with pytest.raises(DatabaseError, match="set once"), transaction.atomic():
        Grant.objects.update(withdrawn_at=None, withdrawn_by=None)


def test_versions_are_chained_by_their_digests(shop):
    publish(shop)
    publish(shop, keeps_days=10)
    one, two = Revision.objects.order_by("number")
    assert bytes(two.previous_digest) == bytes(one.digest) == hashlib.sha256(one.document.encode()).digest()
    assert json.loads(two.document)["previous"] == bytes(one.digest).hex()
    assert json.loads(one.document)["previous"] == ""
    assert one.document == json.dumps(
        json.loads(one.document), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


class Readers:
    """A partner who reads these people again and again, in threads of its own, and notes when, inside the access."""

    def __init__(self, shop: UUID, people: list) -> None:
        self.shop, self.people = shop, [each.resident_id for each in people]
        self.seen: list[tuple[UUID, float]] = []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.read_on, args=(number,)) for number in range(4)]

    def __enter__(self) -> "Readers":
        for thread in self.threads:
            thread.start()
        while len(self.seen) < 60:
            time.sleep(0.01)
        return self

    def __exit__(self, *fault) -> None:
        time.sleep(0.2)
        self.done.set()
        for thread in self.threads:
            thread.join(30)

    def read_on(self, number: int) -> None:
        try:
            while not self.done.is_set():
                for subject in self.people[number::4]:
                    self.read(subject)
        finally:
            connections.close_all()

    def read(self, subject: UUID) -> None:
        try:
            with access(purpose=PURPOSE, actor=self.shop, subject=subject, classes=["profile"]):
                if Profile.objects.filter(pk=subject).exists():
                    self.seen.append((subject, time.monotonic()))
        except AccessRefused:
            pass


@pytest.mark.postgres
def test_thirty_withdrawals_and_reads_and_none_reads_after_the_answer(committed_db):
    """Through the doors: partners read in loops while thirty people take their yeses back at once."""
    shop = organisation()
    published = publish(shop)
    people = [person(f"住民{number}") for number in range(30)]
    assert {say_yes(each, published.revision_id).status_code for each in people} == {201}
    clients = {each.resident_id: each.client() for each in people}

    def withdraw(subject: UUID) -> tuple[UUID, int, float]:
        return subject, take_back(clients[subject], published.agreement_id).status_code, time.monotonic()

    with Readers(shop, people) as readers:
        answers = all_at_once([partial(withdraw, each.resident_id) for each in people])
    assert {status for _subject, status, _at in answers} == {200}
    answered = {subject: at for subject, _status, at in answers}
    assert [(subject, at) for subject, at in readers.seen if at > answered[subject]] == []
