"""Requests for coins, as who asks and who is asked see them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from kernel.ids import token_hash
from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.sent import AskedOfMe, OwnRequest, Requests, RequestShare, RequestState
from wallet.errors import NoWallet
from wallet.models import MoneyRequest, RequestPart
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.sending import derived_token, link_to, sendable, token_in
from wallet.selectors.words import mask_of, read_words

SHOWN = 50


def requests_of(principal: Principal, *, at: datetime) -> Requests:
    """Return the newest requests of and to the resident acted for."""
    try:
        account_id = account_of(principal)
    except NoWallet:
        return Requests(asked_by_me=[], asked_of_me=[])
    mine = accounts_behind(account_id)
    rows = MoneyRequest.objects.prefetch_related("parts").order_by("-created_at", "-id")
    of_me = rows.filter(Q(parts__asked_id__in=mine) | Q(parts__answered_by_id__in=mine)).distinct()
    return Requests(
        asked_by_me=[own_request(row, at=at) for row in rows.filter(account_id__in=mine)[:SHOWN]],
        asked_of_me=_asked_views(of_me[:SHOWN], account_id, at=at),
    )


def read_request(principal: Principal, token: str, *, at: datetime) -> AskedOfMe:
    """Return a request to whoever holds its link; :raises NotFound: for none; :raises NoWallet: for who could not pay."""
    row = MoneyRequest.objects.prefetch_related("parts").filter(hash=token_hash(token_in(token))).first()
    if row is None:
        raise NotFound
    return asked_view(row, account_of(principal), at=at)


def access_request_for(principal: Principal, request_id: UUID, *, at: datetime) -> OwnRequest:
    """Return one's own request; :raises NotFound: for another's."""
    try:
        mine = accounts_behind(account_of(principal))
    except NoWallet:
        raise NotFound from None
    row = MoneyRequest.objects.prefetch_related("parts").filter(pk=request_id, account_id__in=mine).first()
    if row is None:
        raise NotFound
    return own_request(row, at=at)


def own_request(row: MoneyRequest, *, at: datetime) -> OwnRequest:
    """Return a request as who asks sees it."""
    parts = sorted(row.parts.all(), key=lambda part: part.number)
    waiting = any(part.asked_id and not part.answered_by_id for part in parts)
    last = max(row.created_at, row.reminded_at or row.created_at)
    state = _whole_state(row, parts, at)
    return OwnRequest(
        id=row.pk,
        link=link_to("asked", derived_token("request", row.pk)),
        amount=row.amount,
        paid=sum(part.amount for part in parts if part.transfer_id),
        state=state,
        message=read_words(row.sealed).message,
        created_at=row.created_at,
        expires_at=row.expires_at,
        shares=[_share(part) for part in parts],
        can_remind=state == "open" and waiting and row.reminders < 3 and at - last >= timedelta(hours=24),
    )


def asked_view(row: MoneyRequest, account_id: UUID, *, at: datetime) -> AskedOfMe:
    """Return a request as somebody who is asked, or who has answered, sees it."""
    return _asked_views([row], account_id, at=at)[0]


def _asked_views(rows: Iterable[MoneyRequest], account_id: UUID, *, at: datetime) -> list[AskedOfMe]:
    """Return requests as one person sees them; whose accounts these are and what may be sent is asked once."""
    mine, coins = accounts_behind(account_id), sendable(account_id, at=at)
    return [_asked_view(row, mine, coins, at=at) for row in rows]


def _asked_view(row: MoneyRequest, mine: list[UUID], coins: int, *, at: datetime) -> AskedOfMe:
    parts = list(row.parts.all())
    own = next((part for part in parts if part.answered_by_id in mine), None) or _part_for(row, mine)
    words = read_words(row.sealed)
    state: RequestState = _share(own).state if own else "paid"
    if state == "open":
        state = _whole_state(row, parts, at)
    return AskedOfMe(
        id=row.pk,
        link=link_to("asked", derived_token("request", row.pk)),
        name=words.recipient,
        mask=mask_of(row.account_id),
        amount=own.amount if own else max(part.amount for part in parts),
        state=state,
        message=words.message,
        expires_at=row.expires_at,
        sendable=coins,
    )


def part_for(row: MoneyRequest, account_id: UUID) -> RequestPart | None:
    """Return what this person has to answer: what was asked of them, else the first open part that was asked of nobody."""
    return _part_for(row, accounts_behind(account_id))


def _part_for(row: MoneyRequest, mine: list[UUID]) -> RequestPart | None:
    still = sorted((part for part in row.parts.all() if part.answered_by_id is None), key=lambda part: part.number)
    asked = (part for part in still if part.asked_id in mine)
    return next(asked, None) or next((part for part in still if part.asked_id is None), None)


def _share(part: RequestPart) -> RequestShare:
    who = part.answered_by_id or part.asked_id
    state = "paid" if part.transfer_id else "declined" if part.declined_at else "open"
    return RequestShare(number=part.number, amount=part.amount, state=state, mask=mask_of(who) if who else None)  # type: ignore[arg-type]


def _whole_state(row: MoneyRequest, parts: list[RequestPart], at: datetime) -> RequestState:
    if all(part.transfer_id for part in parts):
        return "paid"
    if all(part.answered_by_id for part in parts):
        return "declined"
    if row.cancelled_at is not None:
        return "cancelled"
    return "expired" if row.expires_at <= at else "open"
