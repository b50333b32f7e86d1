"""A message made ready for one channel: words, address and a name that shows a second copy for what it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import msgspec
from django.conf import settings as city
from django.template.loader import render_to_string
from django.utils import translation

from accounts.engine.channels import EMAIL, LINE, PUSH, SMS
from accounts.gateways import push
from accounts.gateways.line import line_gateway
from accounts.gateways.mail import mail_gateway
from accounts.gateways.outcome import Outcome
from accounts.gateways.sms import sms_gateway
from accounts.models import (
    LINE_PLACE,
    SUBSCRIPTION_PLACE,
    Delivery,
    InboxMessage,
    MessageSettings,
    PushSubscription,
    User,
)
from accounts.selectors.contacts import email_of, phone_of
from accounts.selectors.messages import Told
from accounts.services.notices.leaving import unsubscribe_path
from accounts.services.notices.subscribing import KeptSubscription
from kernel import contributions
from kernel.access import opened

MOST_SMS = 300


class NoAddress(Exception):
    """The address is not there any more: signed out, unlinked, or the city has lost the channel."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be done outside, without the database."""

    channel: str
    hand_over: Callable[[], Outcome]


def parcel_for(delivery: Delivery, message: InboxMessage, user: User, settings: MessageSettings, told: Told) -> Parcel:
    """Return the message ready to leave; inside an access to its reader. :raises NoAddress: where nobody listens any more."""
    with translation.override(user.language):
        if delivery.channel == PUSH:
            return Parcel(PUSH, _push(delivery, message, told))
        if delivery.channel == EMAIL:
            return Parcel(EMAIL, _mail(message, user, told))
        if delivery.channel == SMS:
            return Parcel(SMS, _sms(message, user, told))
        return Parcel(LINE, _line(message, settings, told))


def address_of(message: InboxMessage) -> str:
    """Return the address at which the message is read: its own page, which leads on."""
    return f"{city.PUBLIC_URL}/messages/{message.pk}"


def _push(delivery: Delivery, message: InboxMessage, told: Told) -> Callable[[], Outcome]:
    row = PushSubscription.objects.filter(pk=delivery.address, resident_id=delivery.resident_id).first()
    if row is None:
        raise NoAddress
    kept = msgspec.json.decode(
        opened(delivery.resident_id).unseal(bytes(row.sealed), SUBSCRIPTION_PLACE), type=KeptSubscription
    )
    who = contributions.sign_ins().principal(kept.sign_in)
    if who is None or who.actor != delivery.resident_id or row.key_id != push.public_key()[0]:
        raise NoAddress
    # The name under which the browser shows it: a second copy of a message replaces the first.
    name = message.pk.hex
    sent = push.Push(payload=payload(told, message, name), topic=name, priority=message.priority)
    return partial(push.send, kept.subscription, sent, push.vapid())


def payload(told: Told, message: InboxMessage, name: str) -> bytes:
    """Return what the service worker shows, cut to what a push may carry."""
    words = {
        "id": str(message.pk), "tag": name, "title": told.title, "body": told.body, "lang": told.language,
        "link": f"/messages/{message.pk}", "life": message.priority == "life",
    }  # fmt: skip
    while len(encoded := json.dumps(words, ensure_ascii=False).encode()) > push.MOST_BYTES:
        over = len(encoded) - push.MOST_BYTES
        longest = max(("title", "body"), key=lambda part: len(str(words[part])))
        words[longest] = str(words[longest])[: -max(over // 4, 1) - 1] + "…"
    return encoded


def _mail(message: InboxMessage, user: User, told: Told) -> Callable[[], Outcome]:
    to = email_of(user.pk)
    if to is None:
        raise NoAddress
    known = contributions.categories().get(message.category)
    headers = {
        "Message-ID": f"<{message.pk.hex}@{city.PASSKEY_DOMAIN}>",
        "X-Machi-Message": message.pk.hex,
        "Auto-Submitted": "auto-generated",
    }
    words = {"told": told, "link": address_of(message), "leave": ""}
    if known is not None and not known.is_essential and message.priority != "life":
        words["leave"] = f"{city.PUBLIC_URL}{unsubscribe_path(user.resident_id, message.category)}"
        headers["List-Unsubscribe"] = f"<{words['leave']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = render_to_string("accounts/notices/letter.txt", words).strip() + "\n"
    subject = " ".join(told.title.split())
    return partial(mail_gateway().send_notice, to=to, subject=subject, body=body, headers=headers)


def _sms(message: InboxMessage, user: User, told: Told) -> Callable[[], Outcome]:
    phone, gateway = phone_of(user.pk), sms_gateway()
    if phone is None or not phone[1] or gateway is None:
        raise NoAddress
    text = f"{told.title}\n{address_of(message)}"[:MOST_SMS]
    return partial(gateway.send_notice, to=phone[0], text=text, reference=message.pk.hex)


def _line(message: InboxMessage, settings: MessageSettings, told: Told) -> Callable[[], Outcome]:
    gateway = line_gateway()
    if settings.sealed_line is None or gateway is None:
        raise NoAddress
    to = opened(message.resident_id).unseal(bytes(settings.sealed_line), LINE_PLACE)
    text = f"{told.title}\n\n{told.body}\n{address_of(message)}"
    return partial(gateway.send, to=to, text=text, reference=message.pk)
