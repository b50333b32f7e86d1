"""Browsers that take pushes."""

import hashlib
from uuid import UUID

import msgspec
from django.db import connection

from accounts.errors import SubscriptionRefused
from accounts.gateways import push
from accounts.models import SUBSCRIPTION_PLACE, PushSubscription
from kernel.access import access
from kernel.ids import new_id
from kernel.use_case import Act, use_case

MOST = 10  # browsers of one person; the oldest makes room


class Subscribed(msgspec.Struct, frozen=True):
    """A browser that takes pushes from now on."""

    id: UUID


class KeptSubscription(msgspec.Struct, frozen=True):
    """What is sealed of a browser: where it listens, its keys, and the sign-in that it was made under."""

    endpoint: str
    p256dh: str
    auth: str
    sign_in: str

    @property
    def subscription(self) -> push.Subscription:
        """The part that the push service needs."""
        return push.Subscription(endpoint=self.endpoint, p256dh=self.p256dh, auth=self.auth)


@use_case("accounts.subscribe_push", status=201)
def subscribe_push(act: Act, *, endpoint: str, p256dh: str, auth: str, sign_in: str) -> Subscribed:
    """Send this person's pushes to a browser as well, as long as the sign-in lives.

    This function will take the endpoint from whoever had it before: it is the browser's, and another person uses that now.

    :raises SubscriptionRefused: for an endpoint that the city does not call, or keys of another form.
    """
    kept = KeptSubscription(endpoint=endpoint, p256dh=p256dh, auth=auth, sign_in=sign_in)
    try:
        push.checked(kept.subscription)
    except push.EndpointRefused as refusal:
        raise SubscriptionRefused(reason=str(refusal)) from None
    resident_id, identifier, digest = act.principal.actor, new_id(act.at), endpoint_hash(endpoint)
    key_id, _point = push.public_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_forget_push_endpoint(%s)", [digest])
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]) as opened:
        PushSubscription.objects.create(
            id=identifier, resident_id=resident_id, endpoint_hash=digest, key_id=key_id, created_at=act.at,
            sealed=opened.seal(msgspec.json.encode(kept).decode(), SUBSCRIPTION_PLACE),
        )  # fmt: skip
        own = PushSubscription.objects.filter(resident_id=resident_id).order_by("-created_at", "-id")
        PushSubscription.objects.filter(pk__in=list(own.values_list("id", flat=True)[MOST:])).delete()
    act.audit(what={"subscription": str(identifier)})
    return Subscribed(id=identifier)


@use_case("accounts.unsubscribe_push")
def unsubscribe_push(act: Act, *, endpoint: str) -> None:
    """Send no more pushes to one of one's own browsers; silent where there is none."""
    resident_id = act.principal.actor
    with access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"]):
        own = PushSubscription.objects.filter(resident_id=resident_id, endpoint_hash=endpoint_hash(endpoint))
        removed, _by_model = own.delete()
    act.audit(what={"removed": removed})


def endpoint_hash(endpoint: str) -> bytes:
    """Return what an endpoint is known by."""
    return hashlib.sha256(endpoint.encode()).digest()
