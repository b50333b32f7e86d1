"""Ending every sign-in of a person: sessions, tokens, live screens."""

from functools import partial
from uuid import UUID

from allauth.usersessions.models import UserSession

from accounts.gateways.sessions import SessionStore
from accounts.models import User
from kernel.realtime import check_again
from kernel.use_case import Act


def end_sign_ins(act: Act, user: User) -> None:
    """End every session of a locked user with this transaction; a step of a use case.

    The epoch rises, so that none is taken any more even where its row or the fast store still knows it.
    """
    user.sign_in_epoch += 1
    user.save(update_fields=["sign_in_epoch"])
    open_ones = UserSession.objects.filter(user_id=user.pk)
    names = list(open_ones.values_list("session_key", flat=True))
    open_ones.delete()
    act.after_commit(partial(_forget, names, user.resident_id))


def _forget(names: list[str], resident_id: UUID) -> None:
    for name in names:
        SessionStore(name).delete()
    check_again(resident_id)
