"""Bank transfers: the account that people pay to, whose code is whose."""

from uuid import UUID

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kernel.principal import Principal
from wallet.engine.bank_csv import Columns
from wallet.engine.bank_results import BankTransferWay, TransferAccount
from wallet.engine.kana import half_width
from wallet.engine.numbers import typed
from wallet.errors import NoWallet, TransfersNotOffered
from wallet.models import Account, AccountKind, TransferCode
from wallet.selectors.accounts import account_of, standing_for
from wallet.selectors.banks import branch_names
from wallet.selectors.freezes import resident_account_by

RIGHT = "wallet.handle_bank"


def transfer_account() -> TransferAccount:
    """Return where residents transfer to; :raises TransfersNotOffered: where the settings name none at a bank of the register."""
    said = settings.TRANSFERS["account"]
    names = branch_names(said["bank_code"], said["branch_code"]) if said["account_number"] else None
    if names is None:
        raise TransfersNotOffered
    return TransferAccount(
        bank_code=said["bank_code"], bank_name=names.bank_name, branch_code=said["branch_code"],
        branch_name=names.branch_name, account_type=said["account_type"], number=said["account_number"],
        holder=half_width(settings.TRANSFERS["holder"], field="holder"),
    )  # fmt: skip


def offers_transfers() -> bool:
    """Tell whether residents may top up by transfer."""
    try:
        transfer_account()
    except TransfersNotOffered:
        return False
    return True


def account_key() -> str:
    """Return the account as statements name it: bank-branch-type-number."""
    account = transfer_account()
    return f"{account.bank_code}-{account.branch_code}-{account.account_type}-{account.number.zfill(7)}"


def csv_columns() -> Columns:
    """Return what the settings call the columns of the bank's table; :raises ImproperlyConfigured: where they are none."""
    try:
        return msgspec.json.decode(settings.TRANSFERS["columns"], type=Columns)
    except msgspec.DecodeError as wrong:
        raise ImproperlyConfigured(f"MACHI_BANK_CSV_COLUMNS: {wrong}") from None


def own_transfer_way(principal: Principal) -> BankTransferWay:
    """Return how the resident acted for tops up by transfer; :raises TransfersNotOffered:"""
    try:
        code = code_of_account(account_of(principal))
    except NoWallet:
        code = None
    return transfer_way(code)


def transfer_way(code: str | None) -> BankTransferWay:
    """Return where to transfer to, with this code."""
    return BankTransferWay(account=transfer_account(), code=code, most=settings.COIN["balance"])


def code_of_account(account_id: UUID) -> str | None:
    """Return an account's transfer code, None before one was asked for."""
    return TransferCode.objects.filter(pk=account_id).values_list("code", flat=True).first()


def account_of_code(code: str) -> Account | None:
    """Return the account that this code stands for now; after a merger that of the ID that stays."""
    found = TransferCode.objects.filter(code=code).values_list("account_id", flat=True).first()
    return None if found is None else Account.objects.get(pk=standing_for(found))


def resident_account_named(text: str) -> UUID | None:
    """Return a resident's account by transfer code, receipt number or id; None where there is none."""
    digits = typed(text)
    found = account_of_code(digits) if digits else None
    account_id = found.pk if found is not None else resident_account_by(text)
    if account_id is None:
        return None
    rows = Account.objects.filter(pk=standing_for(account_id), kind=AccountKind.RESIDENT)
    return rows.values_list("pk", flat=True).first()
