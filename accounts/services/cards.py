"""The My Number card: laid down to be known surely (level 3), to sign in, or to show again who acts."""

from uuid import UUID

import msgspec
from django.db import IntegrityError

from accounts.errors import AnotherCard, CardFlowOver, CardNotRead, CardOfAnother, CardUnknown
from accounts.gateways.card import CardHolder, card_gateway
from accounts.gateways.card.flows import Flow, new_flow, take
from accounts.models import Card, Identity, User, Verification
from accounts.selectors.identities import MY_IDENTITY, card_of, user_by_ppid
from accounts.selectors.principals import ResidentPrincipal
from accounts.selectors.step_up import require_fresh
from accounts.services.levels import IdentityValues, keep_identity, lock_user, note_level
from accounts.services.notices import notify
from kernel.access import access
from kernel.assurance import AccountLevel
from kernel.blind_index import blind_index
from kernel.use_case import Act, use_case

RAISE, SIGN_IN = "raise", "sign_in"
PPID_PLACE = "accounts.card.ppid"
KNOWN_REASONS = ("access_denied", "login_required", "temporarily_unavailable", "card_locked", "card_expired")


class CardShown(msgspec.Struct, frozen=True):
    """Whose card it was."""

    user_id: UUID
    level: int


def begin_raising(act: Act, *, principal: ResidentPrincipal, session_key: str) -> str:
    """Return where a signed-in person lays down their card.

    A first card is added like a passkey: by somebody who has just shown who they are.

    :raises StepUpRequired: for one who has not.
    """
    if not card_of(principal.actor):
        require_fresh(principal, at=act.at)
    return _address(new_flow(purpose=RAISE, session_key=session_key, resident_id=principal.actor))


def begin_sign_in(*, session_key: str) -> str:
    """Return where somebody who is not signed in lays down their card."""
    return _address(new_flow(purpose=SIGN_IN, session_key=session_key, resident_id=None))


def flow_of(state: str, *, session_key: str, resident_id: UUID | None) -> Flow:
    """Return the flow that an answer belongs to, once.

    :raises CardFlowOver: for an answer of another session, person or time.
    """
    flow = take(state, session_key=session_key)
    if flow is None or (flow.purpose == RAISE and flow.resident_id != resident_id):
        raise CardFlowOver
    return flow


def holder_of(flow: Flow, *, code: str, issuer: str, error: str) -> CardHolder:
    """Exchange the provider's answer for the card's holder, outside any transaction.

    :raises CardNotRead: where person or provider broke off; :raises CardAnswerInvalid: for an answer that proves nothing;
    :raises CardProviderAway: where the provider is away.
    """
    if error or not code:
        raise CardNotRead(reason=error if error in KNOWN_REASONS else "unknown")
    return card_gateway().holder(code=code, issuer=issuer, nonce=flow.nonce, verifier=flow.verifier)


@use_case("accounts.show_card")
def show_card(act: Act, *, holder: CardHolder) -> CardShown:
    """Bind the card to the person, or know it again; they stand at level 3 from now on, and their four items are kept sealed.

    Locks: the user, so that two cards at once are one after the other.

    :raises CardOfAnother: where it stands for another open account; :raises AnotherCard: where another one stands for this;
    :raises MyNumberNotKept: where the provider sent a 12-digit number.
    """
    resident_id = act.principal.actor
    user = lock_user(resident_id)
    index = blind_index(holder.ppid, PPID_PLACE)
    bound = Card.objects.filter(ppid_index=index).first()
    if bound is not None and bound.resident_id != resident_id:
        raise CardOfAnother
    if bound is None and Card.objects.filter(pk=resident_id).exists():
        raise AnotherCard
    if bound is None:
        _bind(act, resident_id, index)
    values = IdentityValues(holder.name, holder.address, holder.birthdate, holder.gender)
    with access(purpose=MY_IDENTITY, actor=resident_id, subject=resident_id, classes=["identity"]) as own:
        keep_identity(act, own, values, source=Identity.Source.CARD)
        level = note_level(act, user, AccountLevel.CARD, kind=Verification.Kind.CARD)
    if bound is None:
        notify(act, to=resident_id, message="accounts.card_bound", values={}, dedupe=act.at.isoformat())
    act.audit(what={"level": level, "is_new": bound is None})
    return CardShown(user_id=user.pk, level=level)


def known_by_card(holder: CardHolder) -> User:
    """Return who has shown this card before; :raises CardUnknown: where nobody has."""
    user = user_by_ppid(blind_index(holder.ppid, PPID_PLACE))
    if user is None:
        raise CardUnknown
    return user


def _bind(act: Act, resident_id: UUID, index: str) -> None:
    try:
        Card.objects.create(resident_id=resident_id, ppid_index=index, bound_at=act.at)
    except IntegrityError:  # somebody else showed it in this very moment
        raise CardOfAnother from None


def _address(flow: Flow) -> str:
    return card_gateway().address(state=flow.state, nonce=flow.nonce, verifier=flow.verifier)
