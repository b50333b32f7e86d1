"""What a resident chooses about messages."""

from contextlib import AbstractContextManager
from uuid import UUID

from accounts.engine.channels import EMAIL
from accounts.errors import CategoryUnknown, OnlyInDemo, QuietHoursInvalid
from accounts.gateways.line import demo_recipient
from accounts.models import LINE_PLACE, MessageSettings
from accounts.selectors.message_settings import MessageSettingsView, message_settings_of
from accounts.selectors.principals import ResidentPrincipal, principal_of
from kernel import contributions
from kernel.access import Access, access
from kernel.principal import SYSTEM_ACTOR
from kernel.use_case import Act, use_case

Choices = dict[str, list[str]]


@use_case("accounts.change_message_settings")
def change_message_settings(
    act: Act, *, choices: Choices, quiet_from: str | None, quiet_to: str | None
) -> MessageSettingsView:
    """Choose channels by category, and quiet hours (``HH:MM`` in Japan, both or neither; they may cross midnight).

    :raises CategoryUnknown: for a category that no app declares; :raises QuietHoursInvalid: for one hour alone, or two alike.
    """
    if unknown := choices.keys() - contributions.categories().keys():
        raise CategoryUnknown(category=min(unknown))
    if (quiet_from is None) != (quiet_to is None) or (quiet_from is not None and quiet_from == quiet_to):
        raise QuietHoursInvalid
    wanted = {name: sorted(set(channels)) for name, channels in choices.items()}
    with _own(act) as opened:
        _write(opened, choices=wanted, quiet_from=_minute(quiet_from), quiet_to=_minute(quiet_to))
    act.audit(what={"categories": sorted(wanted), "has_quiet_hours": quiet_from is not None})
    return message_settings_of(_person(act))


@use_case("accounts.link_line")
def link_line(act: Act) -> MessageSettingsView:
    """Link the demo city's LINE twin. A real link needs the chat's answer, which comes with the chat.

    :raises OnlyInDemo: in a real city.
    """
    recipient = demo_recipient(act.principal.actor)
    if recipient is None:
        raise OnlyInDemo
    with _own(act) as opened:
        _write(opened, sealed_line=opened.seal(recipient, LINE_PLACE))
    return message_settings_of(_person(act))


@use_case("accounts.unlink_line")
def unlink_line(act: Act) -> MessageSettingsView:
    """Forget the person's key at LINE."""
    with _own(act) as opened:
        _write(opened, sealed_line=None)
    return message_settings_of(_person(act))


@use_case("accounts.unsubscribe")
def unsubscribe(act: Act, *, resident_id: UUID, category: str) -> None:
    """Send no more letters of a category to a resident who said so from a letter; the link in it proves who.

    :raises CategoryUnknown: for one that no app declares, or whose letters cannot be switched off.
    """
    known = contributions.categories().get(category)
    if known is None or known.is_essential:
        raise CategoryUnknown(category=category)
    with access(
        purpose="accounts.unsubscribe", actor=SYSTEM_ACTOR, subject=resident_id, classes=["messages"]
    ) as opened:
        chosen = MessageSettings.objects.filter(pk=resident_id).first()
        choices = dict(chosen.choices) if chosen else {}
        left = [channel for channel in choices.get(category, known.channels) if channel != EMAIL]
        _write(opened, choices=choices | {category: left})
    act.audit(subject=resident_id, what={"category": category})


def _own(act: Act) -> AbstractContextManager[Access]:
    resident_id = act.principal.actor
    return access(purpose="accounts.my_messages", actor=resident_id, subject=resident_id, classes=["messages"])


def _write(opened: Access, **changed: object) -> None:
    """Write one's row, whether it stands or not."""
    row = MessageSettings(resident_id=opened.subject, **changed)
    MessageSettings.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["resident"], update_fields=list(changed)
    )


def _minute(clock: str | None) -> int | None:
    return None if clock is None else int(clock[:2]) * 60 + int(clock[3:])


def _person(act: Act) -> ResidentPrincipal:
    return principal_of(act.principal.actor)
