"""Every refusal of the wallet: its code, its status, and a sentence that says what can be done."""

from typing import ClassVar

from kernel.problems import DomainError, _


class WalletRefusal(DomainError):
    """The family; ``by_code`` finds the class of a code that the database's payment function raised."""

    by_code: ClassVar[dict[str, type["WalletRefusal"]]] = {}

    def __init_subclass__(cls) -> None:
        """Register the class by its code."""
        WalletRefusal.by_code[cls.code] = cls


class NoWallet(WalletRefusal):
    """The resident has no account in the coin."""

    code = "no_wallet"
    status = 404
    title = _("ウォレットがまだ開設されていません。")


class AccountClosed(WalletRefusal):
    """The account takes no more coins."""

    code = "account_closed"
    status = 409
    title = _("このウォレットは閉じられています。")


class AmountInvalid(WalletRefusal):
    """No whole number of yen from 1 to 2^53-1."""

    code = "amount_invalid"
    status = 422
    title = _("金額は1以上の整数（円）で入力してください。")


class InsufficientFunds(WalletRefusal):
    """Less may be spent than is asked for. How much there is stays untold: at a till it is the customer's own matter."""

    code = "insufficient_funds"
    status = 409
    title = _("残高が足りません。チャージしてからお試しください。")


class LimitPerPayment(WalletRefusal):
    """More than one payment may move; ``limit`` says how much that is."""

    code = "limit_per_payment"
    status = 409
    title = _("1回に支払える金額の上限を超えています。")


class LimitPerDay(WalletRefusal):
    """More than may be spent in one day in Japan; ``limit`` says how much that is."""

    code = "limit_per_day"
    status = 409
    title = _("1日に支払える金額の上限を超えています。明日またお試しください。")


class LimitBalance(WalletRefusal):
    """More than an account may hold; ``limit`` says how much that is."""

    code = "limit_balance"
    status = 409
    title = _("残高の上限を超えるため、チャージできません。")


class CodeUnknown(WalletRefusal):
    """No code of ours, or one of another kind."""

    code = "code_unknown"
    status = 404
    title = _("このQRコードは使えません。もう一度読み取ってください。")


class CodeUsed(WalletRefusal):
    """A code of one use has been used."""

    code = "code_used"
    status = 409
    title = _("このQRコードはすでに使われています。新しいコードを表示してもらってください。")


class CodeExpired(WalletRefusal):
    """The code's time is over, or the shop took it back."""

    code = "code_expired"
    status = 410
    title = _("このQRコードは期限切れです。新しいコードを表示してもらってください。")


class ShopClosed(WalletRefusal):
    """The shop no longer takes the coin."""

    code = "shop_closed"
    status = 409
    title = _("この店舗ではお取り扱いを終了しました。")


class PayingOneself(WalletRefusal):
    """Payer and shop are one account."""

    code = "paying_oneself"
    status = 409
    title = _("自分自身には支払えません。")


class CurrencyUnsupported(WalletRefusal):
    """Another currency than the coin's."""

    code = "currency_unsupported"
    status = 422
    title = _("この通貨は使えません。")


class AmountRequired(WalletRefusal):
    """The code leaves the amount to the payer, who named none."""

    code = "amount_required"
    status = 422
    title = _("金額を入力してください。")


class AmountFixed(WalletRefusal):
    """What is paid for has its amount, and the payer named another."""

    code = "amount_fixed"
    status = 422
    title = _("金額は決まっています。示された金額でお支払いください。")


class RefundExceedsPayment(WalletRefusal):
    """More than what is left of the payment; ``refundable`` says how much that is."""

    code = "refund_exceeds_payment"
    status = 409
    title = _("返金できる金額を超えています。")


class ShopShort(WalletRefusal):
    """The shop holds less than it would give back."""

    code = "shop_short"
    status = 409
    title = _("店舗の残高が足りないため、返金できません。")


class PaymentNotVoidable(WalletRefusal):
    """A payment is voided whole, before anything was refunded, on the day in Japan it was made."""

    code = "payment_not_voidable"
    status = 409
    title = _("この支払いは取り消せません。当日中の、返金していない支払いだけが取り消せます。")


class HoldNotOpen(WalletRefusal):
    """The hold was captured, released, or its time is over."""

    code = "hold_not_open"
    status = 409
    title = _("この保留はすでに終わっています。")


class StillHeld(WalletRefusal):
    """Something is set aside for a shop: the account cannot be closed until that has ended, after a day at the latest."""

    code = "still_held"
    status = 409
    title = _("お店が保留している金額があるため、ウォレットを閉じられません。")


class CaptureExceedsHold(WalletRefusal):
    """More than was set aside; ``held`` says how much that is."""

    code = "capture_exceeds_hold"
    status = 409
    title = _("保留した金額を超えています。")
