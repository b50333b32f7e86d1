"""A ticket opens one socket, once, within thirty seconds: browsers send no headers with a WebSocket, and addresses are logged."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import cast
from uuid import UUID

import msgspec
import redis
from django.conf import settings

from kernel import contributions
from kernel.ids import secret_token, token_hash
from kernel.principal import GuestPrincipal, Principal
from kernel.problems import DomainError, NotSignedIn, _

VALID_FOR = timedelta(seconds=30)
MOST_FEEDS = 20
NOBODY = ""
"""The handle of who is signed in nowhere."""
TIMEOUT_S = 2.0


class FeedUnknown(DomainError):
    """No app gives a feed of this name."""

    code = "feed_unknown"
    status = 404
    title = _("このお知らせの配信はありません。")


class TicketSpent(DomainError):
    """The ticket was used already, is older than thirty seconds, or never was one."""

    code = "ticket_spent"
    status = 401
    title = _("接続の有効期限が切れました。もう一度お試しください。")


class LiveUpdatesAway(DomainError):
    """Redis does not answer; the app goes on without live updates and asks again."""

    code = "live_updates_away"
    status = 503
    is_kept = False
    title = _("自動更新を一時的に利用できません。")


class Subscription(msgspec.Struct, frozen=True, array_like=True):
    """One feed as it was asked for (``name`` or ``name:argument``) and the topic that it means for this person."""

    asked: str
    topic: str


class Ticket(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a ticket in Redis, under its hash; ``language`` is a guest's, of whom nothing else is known."""

    handle: str
    actor: UUID
    subscriptions: list[Subscription]
    language: str = "ja"


class DrawnTicket(msgspec.Struct, frozen=True):
    """A ticket as its person gets it; ``url`` opens the socket."""

    ticket: str
    expires_at: datetime
    url: str


def authorise(principal: Principal, asked: str) -> Subscription:
    """Return what ``asked`` means for this person; :raises DomainError: where the feed says that they may not hear it.

    Who is signed in nowhere may hear feeds that are open alone.
    """
    name, _colon, argument = asked.partition(":")
    feed = contributions.feed_named(name)
    if feed is None:
        raise FeedUnknown(feed=asked)
    if isinstance(principal, GuestPrincipal) and not (isinstance(feed, contributions.OpenFeed) and feed.is_open):
        raise NotSignedIn
    return Subscription(asked, feed.topic(principal, argument))


def draw(principal: Principal, handle: str, feeds: list[str], *, at: datetime) -> DrawnTicket:
    """Check each feed and keep a new ticket for thirty seconds.

    :raises DomainError: where one feed is refused; :raises LiveUpdatesAway: where Redis does not answer.
    """
    ticket = secret_token()
    subscriptions = [authorise(principal, asked) for asked in dict.fromkeys(feeds)]
    kept = Ticket(handle, principal.actor, subscriptions, principal.language)
    try:
        _client(settings.REDIS_URL).set(_place(ticket), msgspec.msgpack.encode(kept), px=VALID_FOR)
    except (redis.RedisError, OSError):
        raise LiveUpdatesAway(retry_after=5) from None
    return DrawnTicket(ticket, at + VALID_FOR, f"/ws/feeds?ticket={ticket}")


def redeem(ticket: str) -> Ticket:
    """Take the ticket out of Redis, so that nobody can use it again.

    :raises TicketSpent: where it is not there; :raises LiveUpdatesAway: where Redis does not answer.
    """
    try:
        kept = _client(settings.REDIS_URL).getdel(_place(ticket)) if ticket else None
    except (redis.RedisError, OSError):
        raise LiveUpdatesAway(retry_after=5) from None
    if kept is None:
        raise TicketSpent
    return msgspec.msgpack.decode(cast("bytes", kept), type=Ticket)


def principal_behind(ticket: Ticket) -> Principal:
    """Return who drew the ticket, as they are now; :raises NotSignedIn: once they are signed out."""
    if ticket.handle == NOBODY:
        return GuestPrincipal(ticket.language)
    principal = contributions.sign_ins().principal(ticket.handle)
    if principal is None:
        raise NotSignedIn
    return principal


def _place(ticket: str) -> str:
    return f"machi:ticket:{token_hash(ticket).hex()}"


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
