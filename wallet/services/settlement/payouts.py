"""Naming the account that an organisation is paid to, and deciding whether it is right: two people, sealed at rest."""

from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from kernel.ids import new_id
from kernel.keys import seal_for_city, unseal_for_city
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.kana import half_width
from wallet.engine.settled import PayoutDetails, PayoutNamed
from wallet.engine.zengin import Place, Transfer, check_transfer
from wallet.errors import BankUnknown, PayoutUnknown, SecondPersonNeeded
from wallet.models import AccountType, PayoutAccount, PayoutState
from wallet.selectors.banks import branch_names
from wallet.selectors.payouts import payout_view
from wallet.services.settlement.telling import tell_managers

NAME, VERIFY = "wallet.name_payout", "wallet.verify_payouts"
IN_FORCE = Q(state__in=[PayoutState.VERIFIED, PayoutState.RETURNED])


@use_case("wallet.register_payout_account", key=Key.REQUIRED, status=201)
def register_payout_account(
    act: Act, *, organisation_id: UUID, bank_code: str, branch_code: str, account_type: str, number: str, holder: str
) -> PayoutNamed:
    """Name where an organisation is to be paid. It waits until an officer has verified it; the one in force stays until then, and
    an earlier one that waits is replaced.

    ``holder`` is taken in any kana and kept as banks write it; ``number`` has up to seven digits.

    :raises NotAllowed: without ``wallet.name_payout`` there; :raises BankUnknown: :raises KanaUnwritable: with the field.
    """
    if not act.principal.may(NAME, within=organisation_id):
        raise NotAllowed
    row = name_payout(
        act, organisation_id, bank_code, branch_code, account_type, number, holder, named_by=act.principal.actor
    )
    act.audit(what=_ids(row))
    return payout_view(row)


def check_payout(bank_code: str, branch_code: str, account_type: str, number: str, holder: str) -> PayoutDetails:
    """Return number and holder as banks write them; :raises BankUnknown: :raises KanaUnwritable: with the field."""
    names = branch_names(bank_code, branch_code)
    if names is None or account_type not in AccountType.values:
        raise BankUnknown
    number, holder = half_width(number, field="account_number").zfill(7), half_width(holder, field="holder")
    place = Place(
        bank_code=bank_code, bank_name=names.bank, branch_code=branch_code, branch_name=names.branch,
        account_type=account_type, account_number=number,
    )  # fmt: skip
    check_transfer(Transfer(to=place, holder=holder, amount=1))
    return PayoutDetails(number, holder)


def name_payout(
    act: Act, organisation_id: UUID, bank_code: str, branch_code: str, account_type: str, number: str, holder: str, *,
    named_by: UUID,
) -> PayoutAccount:  # fmt: skip
    """Keep an account that ``named_by`` has named, in the act's transaction; one that still waited is replaced by it."""
    details = check_payout(bank_code, branch_code, account_type, number, holder)
    PayoutAccount.objects.filter(organisation_id=organisation_id, state=PayoutState.WAITING).update(
        state=PayoutState.REPLACED
    )
    key = new_id(act.at)
    version, sealed = seal_for_city(msgspec.json.encode(details), _context(key))
    return PayoutAccount.objects.create(
        id=key, organisation_id=organisation_id, bank_code=bank_code, branch_code=branch_code,
        account_type=account_type, number_end=details.number[-2:], key_version=version, sealed=sealed,
        registered_by=named_by, registered_at=act.at,
    )  # fmt: skip


@use_case("wallet.verify_payout_account", key=Key.REQUIRED)
def verify_payout_account(act: Act, *, payout_id: UUID, why: str) -> PayoutNamed:
    """Let an account that waits, or one that a bank sent something back from, be paid to; the one before it is replaced.

    :raises NotAllowed: :raises NotFound: :raises PayoutUnknown: where it does not wait; :raises SecondPersonNeeded: for who named
    it.
    """
    row = _lock(act, payout_id, PayoutState.WAITING, PayoutState.RETURNED)
    others = PayoutAccount.objects.filter(IN_FORCE, organisation_id=row.organisation_id).exclude(pk=row.pk)
    others.update(state=PayoutState.REPLACED)
    _decide(act, row, PayoutState.VERIFIED, why)
    tell_managers(act, row.organisation_id, "wallet.payout_verified", _told(row), dedupe=f"{row.pk}/{act.at}")
    return payout_view(row)


@use_case("wallet.refuse_payout_account", key=Key.REQUIRED)
def refuse_payout_account(act: Act, *, payout_id: UUID, why: str) -> PayoutNamed:
    """Send an account that waits back to who named it, with the reason. Refusals as in :func:`verify_payout_account`."""
    row = _lock(act, payout_id, PayoutState.WAITING)
    _decide(act, row, PayoutState.REFUSED, why)
    tell_managers(act, row.organisation_id, "wallet.payout_refused", _told(row), dedupe=str(row.pk))
    return payout_view(row)


@use_case("wallet.look_at_payout_account")
def look_at_payout_account(act: Act, *, payout_id: UUID, why: str) -> PayoutDetails:
    """Open what is sealed, for an officer who compares it with the merchant's papers; that they looked is in the audit log.

    :raises NotAllowed: :raises NotFound:
    """
    if not act.principal.may(VERIFY):
        raise NotAllowed
    row = PayoutAccount.objects.filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    act.audit(what=_ids(row), why=why)
    return details_of(row)


def details_of(row: PayoutAccount) -> PayoutDetails:
    """Open what is sealed of an account, for the file that the bank gets."""
    plain = unseal_for_city(row.key_version, bytes(row.sealed), _context(row.pk))
    return msgspec.json.decode(plain, type=PayoutDetails)


def _lock(act: Act, payout_id: UUID, *states: PayoutState) -> PayoutAccount:
    if not act.principal.may(VERIFY):
        raise NotAllowed
    row = PayoutAccount.objects.select_for_update().filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    if row.state not in states:
        raise PayoutUnknown
    if row.registered_by == act.principal.actor:
        raise SecondPersonNeeded
    return row


def _decide(act: Act, row: PayoutAccount, state: PayoutState, why: str) -> None:
    row.state, row.decided_by, row.decided_at, row.why = state, act.principal.actor, act.at, why
    row.save(update_fields=["state", "decided_by", "decided_at", "why"])
    act.audit(what=_ids(row), why=why)


def _ids(row: PayoutAccount) -> dict[str, Any]:
    return {"payout_id": str(row.pk), "organisation_id": str(row.organisation_id)}


def _told(row: PayoutAccount) -> dict[str, Any]:
    return {"end": row.number_end}


def _context(key: UUID) -> str:
    return f"wallet.payout_account.{key}"
