"""The account that the city pays from: settings."""

from django.conf import settings

from wallet.engine.kana import half_width
from wallet.engine.zengin import Place
from wallet.errors import PayerUnknown
from wallet.selectors.banks import branch_names


def payer() -> tuple[str, str, Place]:
    """Return the code that the city's bank knows it by, its name in kana, and its account there.

    :raises PayerUnknown: where the settings name no account, or one at no bank.
    """
    said = settings.SETTLEMENT["payer"]
    names = branch_names(said["bank_code"], said["branch_code"])
    if not said["account_number"] or names is None:
        raise PayerUnknown
    place = Place(
        bank_code=said["bank_code"], bank_name=names.bank, branch_code=said["branch_code"], branch_name=names.branch,
        account_type=said["account_type"], account_number=said["account_number"],
    )  # fmt: skip
    return said["client_code"], half_width(said["client_name"], field="client_name"), place
