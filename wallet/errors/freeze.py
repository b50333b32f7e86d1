"""Refusals about frozen accounts, and where a second officer is asked for."""

from kernel.problems import DomainError, _
from wallet.errors.ledger import WalletRefusal


class AccountFrozen(WalletRefusal):
    """The account is frozen for this. Why is told to its holder alone: at a till it is the customer's own matter."""

    code = "account_frozen"
    status = 409
    title = _("このウォレットは、いまお使いになれません。くわしくは、ご本人のアプリのお知らせをご覧ください。")


class FreezeOver(DomainError):
    """The freeze was ended before."""

    code = "freeze_over"
    status = 409
    title = _("この停止は、すでに解除されています。")


class AnotherOfficerNeeded(DomainError):
    """Who began does not finish (four eyes)."""

    code = "another_officer_needed"
    status = 409
    title = _("はじめに手続きをした職員は、続きの手続きができません。ほかの職員が行ってください。")


class ClosedByCity(DomainError):
    """The account was closed on an alert by two officers, or a proposal for it waits."""

    code = "closed_by_city"
    status = 409
    title = _("この口座は、閉じることが決まったか、提案されています。")
