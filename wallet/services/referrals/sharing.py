"""A resident's link: made once a campaign, with what they let newcomers read."""

from uuid import UUID

from kernel.ids import new_id, token_hash
from kernel.keys import seal_message
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from wallet.errors import NoWallet
from wallet.models import ReferralLink
from wallet.selectors.referrals.links import SAID, SIGNS, OwnLink, live_campaigns, own_link
from wallet.selectors.sending import derived_token
from wallet.services.opening import open_account


@use_case("wallet.share_referral")
def share_referral(act: Act, *, referral_campaign_id: UUID, said: str = "") -> OwnLink:
    """Return one's link to share, made where there is none yet; ``said`` is all that the newcomer learns of who shares it.

    :raises NotFound: for a campaign that does not run now; :raises NoWallet: for who is nobody's resident.
    """
    campaign = live_campaigns(at=act.at).filter(pk=referral_campaign_id).first()
    if campaign is None:
        raise NotFound
    if act.principal.subject is None:
        raise NoWallet
    account_id = open_account(act, resident_id=act.principal.subject).id
    key = new_id(act.at)
    made = {"id": key, "hash": token_hash(derived_token("referral", key)), "created_at": act.at}
    sealed = seal_message(said[:SIGNS].encode(), SAID) if said.strip() else b""
    row, _made = ReferralLink.objects.update_or_create(
        referral_campaign=campaign, account_id=account_id, defaults={"said": sealed},
        create_defaults=made | {"said": sealed},
    )  # fmt: skip
    act.audit(what={"referral_campaign_id": str(referral_campaign_id), "account_id": str(account_id)})
    return own_link(row)
