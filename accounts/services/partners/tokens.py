"""Codes and tokens of partners: hashed at rest, spent once, ended together."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from allauth.idp.oidc.models import Token
from django.db.models import QuerySet

from accounts.engine.tokens import hashed
from accounts.engine.wording import Value
from accounts.models import Connection, Device, SpentToken, TokenFamily
from accounts.selectors.roles import who_answers_for
from accounts.services.notices import notify
from accounts.services.notices.naming import names_of
from kernel.use_case import Act, use_case

ACCESS_LIVES = timedelta(minutes=10)
DEVICE_ACCESS_LIVES = timedelta(
    hours=12
)  # looked up at every request, so ended at any; renewed twice a day, not 144 times
REFRESH_LIVES = timedelta(days=30)
REMEMBERED = timedelta(days=200)  # longer than a family lives, so that whatever is shown again is known again


class Taken(msgspec.Struct, frozen=True):
    """What a spent code or refresh token stood for."""

    family_id: UUID
    user_id: UUID | None
    resident_id: UUID | None
    scopes: list[str]
    redirect_uri: str = ""
    challenge: str = ""
    nonce: str | None = None
    level: int | None = None
    methods: list[str] = []
    authenticated_at: datetime | None = None


class TokenKept(msgspec.Struct, frozen=True):
    """Whether the tokens stand, and how long; they do not where their family ended in the meantime."""

    is_kept: bool
    expires_in: int = 0


@use_case("accounts.take_partner_code")
def take_code(act: Act, *, client_id: str, code: str) -> Taken | None:
    """Spend a code; None for one that is unknown, too old, another client's or spent already.

    This function will end all that a code gave when it is shown a second time (RFC 6749, 4.1.2), or by another client. A code is
    spent by this call whatever the rest of the request is worth.
    """
    return _take(act, Token.Type.AUTHORIZATION_CODE, client_id, code)


@use_case("accounts.take_partner_refresh_token")
def take_refresh_token(
    act: Act, *, client_id: str, refresh_token: str, scopes: list[str] | None = None
) -> Taken | None:
    """Spend a refresh token; None as for :func:`take_code`, and the family ends likewise (RFC 9700, 4.14.2).

    ``scopes``: what is asked for; more than was given spends nothing and returns what stands.
    """
    return _take(act, Token.Type.REFRESH_TOKEN, client_id, refresh_token, scopes)


@use_case("accounts.keep_partner_tokens")
def keep_tokens(
    act: Act,
    *,
    family_id: UUID,
    user_id: UUID | None,
    scopes: list[str],
    family_scopes: list[str],
    access_token: str,
    refresh_token: str | None,
) -> TokenKept:
    """Write down the tokens that a family's client is about to get, unless the family has ended.

    The access token is for ``scopes``; the refresh token keeps all that was given first, ``family_scopes`` (RFC 6749, 6).
    """
    family = TokenFamily.objects.select_for_update().get(pk=family_id)
    if not _lives(family, act.at):
        act.audit(subject=_resident_of(family), what={"family": str(family_id), "refused": "ended"})
        return TokenKept(is_kept=False)
    lives = ACCESS_LIVES if family.device_id is None else DEVICE_ACCESS_LIVES
    wanted = [(Token.Type.ACCESS_TOKEN, access_token, scopes, lives)]
    if refresh_token is not None:
        wanted.append((Token.Type.REFRESH_TOKEN, refresh_token, family_scopes, REFRESH_LIVES))
    for kind, value, given, each in wanted:
        row = _row(kind, value, family.client_id, given, act.at, min(act.at + each, family.expires_at))
        row.user_id, row.data = user_id, {"family": str(family_id)}
        row.save(force_insert=True)
    if family.connection_id is not None:
        Connection.objects.filter(pk=family.connection_id).update(last_used_at=act.at)
    if family.device_id is not None:
        Device.objects.filter(pk=family.device_id).update(last_seen_at=act.at)
    act.audit(subject=_resident_of(family), what={"client": family.client_id, "family": str(family_id)})
    return TokenKept(is_kept=True, expires_in=int(lives.total_seconds()))


@use_case("accounts.keep_machine_token")
def keep_machine_token(act: Act, *, client_id: str, scopes: list[str], access_token: str) -> TokenKept:
    """Write down the token of a machine, which is nobody's and has no family."""
    row = _row(Token.Type.ACCESS_TOKEN, access_token, client_id, scopes, act.at, act.at + ACCESS_LIVES)
    row.save(force_insert=True)
    act.audit(what={"client": client_id})
    return TokenKept(is_kept=True)


@use_case("accounts.revoke_partner_token")
def revoke_token(act: Act, *, client_id: str, token: str) -> None:
    """End a token its client does not want any more: a refresh token with its family, an access token alone (RFC 7009, 2.1)."""
    row = Token.objects.filter(hash=hashed(token), client_id=client_id).first()
    spent = SpentToken.objects.filter(hash=hashed(token), family__client_id=client_id).first() if row is None else None
    family_id = row.data["family"] if row is not None and row.data else spent.family_id if spent is not None else None
    is_whole = spent is not None or (row is not None and row.type != Token.Type.ACCESS_TOKEN)
    if family_id is not None and is_whole:
        end_families(TokenFamily.objects.filter(pk=family_id), at=act.at)
    elif row is not None:
        row.delete()
    act.audit(what={"client": client_id, "family": family_id and str(family_id), "known": row is not None})


@use_case("accounts.remove_ended_partner_tokens")
def remove_ended_tokens(act: Act) -> None:
    """Forget tokens that have run out, and spent ones whose family cannot live any more."""
    tokens, _each = Token.objects.filter(expires_at__lt=act.at).delete()
    spent, _each = SpentToken.objects.filter(at__lt=act.at - REMEMBERED).delete()
    act.audit(what={"tokens": tokens, "spent": spent})


def end_families(families: QuerySet[TokenFamily], *, at: datetime) -> int:
    """End these families and delete their tokens; return how many there were. To be called inside a use case."""
    ids = list(
        families.filter(ended_at=None).select_for_update(of=("self",)).order_by("id").values_list("id", flat=True)
    )
    TokenFamily.objects.filter(pk__in=ids).update(ended_at=at)
    Token.objects.filter(data__family__in=[str(each) for each in ids]).delete()
    return len(ids)


def _take(act: Act, kind: Token.Type, client_id: str, value: str, scopes: list[str] | None = None) -> Taken | None:
    family = _family_of(kind, value)
    if family is None:
        act.audit(what={"client": client_id, "refused": "unknown"})
        return None
    row = Token.objects.select_related("user").filter(type=kind, hash=hashed(value)).first()
    what = {"client": client_id, "family": str(family.pk)}
    if row is None or row.client_id != client_id:
        if end_families(TokenFamily.objects.filter(pk=family.pk), at=act.at):
            _tell_of_the_end(act, family)
        act.audit(subject=_resident_of(family), what=what | {"refused": "shown again" if row is None else "not theirs"})
        return None
    if scopes is not None and not set(scopes) <= set(row.get_scopes()):
        act.audit(subject=_resident_of(family), what=what | {"refused": "scope"})
        return _taken(row, family)
    row.delete()
    SpentToken.objects.create(hash=row.hash, family=family, at=act.at)
    is_good = row.expires_at > act.at and _lives(family, act.at) and (row.user is None or row.user.is_active)
    act.audit(subject=_resident_of(family), what=what if is_good else what | {"refused": "ended"})
    return _taken(row, family) if is_good else None


def _tell_of_the_end(act: Act, family: TokenFamily) -> None:
    """Tell whose sign-in ended because something spent was shown again: the person, or who answers for the device."""
    dedupe = str(family.pk)
    if family.connection is not None:
        values: dict[str, Value] = {"service": names_of(family.connection.partner)}
        to = family.connection.resident_id
        notify(act, to=to, message="accounts.partner_signed_out", values=values, dedupe=dedupe)
    elif family.device is not None:
        place = family.device.organisation
        values = {"place": names_of(place), "label": family.device.label}
        for to in who_answers_for(place):
            notify(act, to=to, message="accounts.device_signed_out", values=values, dedupe=dedupe)


def _family_of(kind: Token.Type, value: str) -> TokenFamily | None:
    """Return the locked family of a living or spent token: whoever changes a family or its tokens holds this lock."""
    row = Token.objects.filter(type=kind, hash=hashed(value)).first()
    family_id = row.data["family"] if row is not None else _family_of_spent(value)
    return TokenFamily.objects.select_for_update().filter(pk=family_id).first() if family_id is not None else None


def _family_of_spent(value: str) -> UUID | None:
    return SpentToken.objects.filter(hash=hashed(value)).values_list("family_id", flat=True).first()


def _taken(row: Token, family: TokenFamily) -> Taken:
    return Taken(
        family_id=family.pk,
        user_id=row.user_id,
        resident_id=_resident_of(family),
        scopes=row.get_scopes(),
        redirect_uri=row.data.get("redirect_uri", ""),
        challenge=row.data.get("challenge", ""),
        nonce=row.data.get("nonce"),
        level=family.level,
        methods=family.methods,
        authenticated_at=family.authenticated_at,
    )


def _row(kind: Token.Type, value: str, client_id: str, scopes: list[str], at: datetime, expires_at: datetime) -> Token:
    row = Token(type=kind, hash=hashed(value), client_id=client_id, created_at=at, expires_at=expires_at)
    row.set_scopes(scopes)
    return row


def _lives(family: TokenFamily, at: datetime) -> bool:
    return family.ended_at is None and family.expires_at > at


def _resident_of(family: TokenFamily) -> UUID | None:
    return family.connection.resident_id if family.connection is not None else None
