"""Opening accounts for residents and shops."""

from uuid import UUID

from django.db import connection

from kernel.ids import new_id
from kernel.problems import NotAllowed
from kernel.use_case import Act, use_case
from wallet.engine.results import AccountOpened, ShopOpened
from wallet.errors import NoWallet
from wallet.models import CURRENCY, Account, AccountKind, Balance, Shop
from wallet.selectors.accounts import account_of


@use_case("wallet.open_account", status=201)
def open_account(act: Act, *, resident_id: UUID) -> AccountOpened:
    """Open a resident's account in the coin; whoever has one keeps it. :raises NotAllowed: for another's, without the right."""
    if act.principal.subject != resident_id and not act.principal.may("wallet.open_account"):
        raise NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_open_account(%s, %s, %s, %s)", [new_id(act.at), resident_id, CURRENCY, act.at])
        (account_id,) = cursor.fetchone()
    act.audit(subject=resident_id, what={"account_id": str(account_id)})
    return AccountOpened(id=account_id, currency=CURRENCY)


def own_account(act: Act) -> UUID:
    """Return the account of the resident acted for, opened where they have none yet; :raises NoWallet: for who acts for nobody."""
    try:
        return account_of(act.principal)
    except NoWallet:
        if act.principal.subject is None:
            raise
        return open_account(act, resident_id=act.principal.subject).id


@use_case("wallet.open_shop", status=201)
def open_shop(
    act: Act, *, organisation_id: UUID, name: str, name_en: str, trade: str, district: str = "", why: str = ""
) -> ShopOpened:
    """Register a shop of an organisation, with the account of its till; ``trade`` is its merchant category code (ISO 18245).

    :raises NotAllowed: without the right ``wallet.register_shops``.
    """
    if not act.principal.may("wallet.register_shops"):
        raise NotAllowed
    shop = register_shop(
        act, organisation_id=organisation_id, name=name, name_en=name_en, trade=trade, district=district
    )
    act.audit(what={"shop_id": str(shop.pk), "organisation_id": str(organisation_id)}, why=why)
    return ShopOpened(id=shop.pk, account_id=shop.account_id, name=name, name_en=name_en)


def register_shop(
    act: Act, *, organisation_id: UUID, name: str, name_en: str, trade: str, district: str, name_kana: str = ""
) -> Shop:
    """Make a shop and the account of its till, in the act's transaction."""
    account = Account.objects.create(id=new_id(act.at), kind=AccountKind.MERCHANT, opened_at=act.at)
    Balance.objects.create(account=account)
    return Shop.objects.create(
        id=new_id(act.at),
        organisation_id=organisation_id,
        account=account,
        name=name,
        name_en=name_en,
        name_kana=name_kana,
        trade=trade,
        district=district,
        opened_at=act.at,
    )
