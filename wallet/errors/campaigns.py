"""Refusals about campaigns and their budgets."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class CampaignSpent(WalletRefusal):
    """The campaign's budget does not reach."""

    code = "campaign_spent"
    status = 409
    title = _("キャンペーンの予算が足りません。")


class CampaignClosed(WalletRefusal):
    """The campaign is over: nothing is paid from it any more."""

    code = "campaign_closed"
    status = 409
    title = _("このキャンペーンは終わっています。")
