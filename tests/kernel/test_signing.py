"""What the city signs opens with its public keys, for that purpose alone, and stays good when the key has been turned over."""

import json

import jwt
import pytest
from django.db import IntegrityError, transaction

from kernel import signing
from kernel.models import SigningKey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("purpose", ["log", "consent", "device", "openid", "card", "push"])
def test_what_is_signed_is_verified_with_the_public_keys_by_anybody(purpose: str):
    token = signing.sign(purpose, b'{"size": 7}', typ="head+jwt")
    (public,) = signing.public_keys(purpose)["keys"]
    header = jwt.get_unverified_header(token)
    assert (header["kid"], header["typ"], header["alg"]) == (public["kid"], "head+jwt", signing.ALGORITHMS[purpose])
    assert json.loads(jwt.api_jws.decode(token, jwt.PyJWK(public).key, algorithms=[public["alg"]])) == {"size": 7}
    assert signing.verify(purpose, token, typ="head+jwt") == b'{"size": 7}'
    assert "d" not in public


def test_a_signature_is_worth_nothing_for_another_purpose_kind_or_text():
    token = signing.sign("log", b"{}", typ="head+jwt")
    head, body, signature = token.split(".")
    for wrong in (
        lambda: signing.verify("consent", token, typ="head+jwt"),
        lambda: signing.verify("log", token),
        lambda: signing.verify("log", f"{head}.{body}e.{signature}", typ="head+jwt"),
        lambda: signing.verify("log", "a.b.c"),
        lambda: signing.verify("log", jwt.encode({}, "", algorithm="none", headers={"kid": "x"})),
    ):
        with pytest.raises(signing.SignatureInvalid):
            wrong()


def test_after_a_turn_the_new_key_signs_and_the_old_one_still_checks():
    before = signing.sign("consent", b"old")
    assert signing.rotate("consent") != jwt.get_unverified_header(before)["kid"]
    after = signing.sign("consent", b"new")
    assert jwt.get_unverified_header(after)["kid"] == signing.key_in_use("consent").kid
    assert (signing.verify("consent", before), signing.verify("consent", after)) == (b"old", b"new")
    assert signing.public_keys("consent")["keys"][0]["kid"] == signing.key_in_use("consent").kid


@pytest.mark.postgres
def test_a_purpose_has_one_key_in_use_and_its_private_half_is_sealed():
    kid = signing.key_in_use("device").kid
    row = SigningKey.objects.get(kid=kid)
    assert b"PRIVATE" not in bytes(row.sealed_private)
    assert len(bytes(row.sealed_private)) > 48
    row.pk = "another"
    with pytest.raises(IntegrityError, match="signing_key_one_in_use"), transaction.atomic():
        row.save(force_insert=True)


def test_a_key_made_in_a_transaction_that_came_to_nothing_signs_nothing_later():
    with transaction.atomic():
        lost = signing.key_in_use("card").kid
        transaction.set_rollback(True)
    assert signing.key_in_use("card").kid != lost
