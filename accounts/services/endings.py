"""Ending every sign-in of a person: sessions, tokens, live screens."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.gateways.sessions import bury
from accounts.models import NightCredential, User
from accounts.models.third_parties import RowKey
from kernel.realtime import check_again
from kernel.use_case import Act


def end_sign_ins(act: Act, user: User) -> None:
    """End every session of a locked user with this transaction, and what phones were given under it; a step of a use case.

    The epoch rises, so that none is taken any more even where the fast store still knows it.
    """
    user.sign_in_epoch += 1
    user.save(update_fields=["sign_in_epoch"])
    open_ones = UserSession.objects.filter(user_id=user.pk)
    rows = list(open_ones.values_list("session_key", flat=True))
    open_ones.delete()
    Session.objects.filter(pk__in=rows).delete()
    NightCredential.objects.filter(resident_id=user.resident_id).delete()
    act.after_commit(partial(_forget, rows, user.resident_id))


def _forget(rows: Sequence[RowKey], resident_id: UUID) -> None:
    bury(rows)
    check_again(resident_id)
