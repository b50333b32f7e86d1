"""Who may call: everyone, who is signed in, who holds a right."""

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.views import APIView

from kernel.problems import NotAllowed, NotSignedIn
from kernel.web import Holds, Open, SignedIn


def test_open_lets_everyone_in(posted, caller):
    assert Open().has_permission(posted(user=AnonymousUser()), APIView())
    assert Open().has_permission(posted(user=caller()), APIView())


def test_signed_in_asks_for_a_sign_in(posted, caller):
    assert SignedIn().has_permission(posted(user=caller()), APIView())
    with pytest.raises(NotSignedIn):
        SignedIn().has_permission(posted(user=AnonymousUser()), APIView())


def test_holds_asks_for_the_right_and_says_which(posted, caller):
    permission = Holds("wallet.read_ledger")
    assert permission.needs == "wallet.read_ledger"
    assert permission().has_permission(posted(user=caller("wallet.read_ledger")), APIView())
    with pytest.raises(NotAllowed):
        permission().has_permission(posted(user=caller("wallet.charge")), APIView())
    with pytest.raises(NotSignedIn):
        permission().has_permission(posted(user=AnonymousUser()), APIView())
