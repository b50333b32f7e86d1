"""Refusals about transfers to the city's bank account and the statements that tell of them."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class TransfersNotOffered(WalletRefusal):
    """The settings name no account that residents may transfer to, or one at no bank of the register."""

    code = "transfers_not_offered"
    status = 409
    title = _("この市では、銀行振込でのチャージを受け付けていません。ほかの方法をお使いください。")


class StatementOfAnotherAccount(WalletRefusal):
    """The file is of another account than the one that residents transfer to; ``account`` says of which."""

    code = "statement_of_another_account"
    status = 409
    title = _("ほかの口座の明細です。コインの振込先の口座の明細を選んでください。何も取り込んでいません。")


class StatementBroken(WalletRefusal):
    """The file has lines that cannot be taken (``troubles`` counts them); nothing of it was."""

    code = "statement_broken"
    status = 422
    title = _("読み取れない行があります。銀行からもう一度ダウンロードしてください。何も取り込んでいません。")


class BankLineDecided(WalletRefusal):
    """The movement is not open any more, or a colleague's proposal for it waits."""

    code = "bank_line_decided"
    status = 409
    title = _("この入金は、すでに処理されたか、ほかの職員の決定を待っています。")


class NoSuchAccount(WalletRefusal):
    """No resident's account goes by that code, receipt or id."""

    code = "no_such_account"
    status = 422
    title = _("この番号の口座がありません。振込依頼人番号、レシートの番号、または口座の番号を入力してください。")


class BankDeedIncomplete(WalletRefusal):
    """What is to be done, a reason, or the bank's reference is missing."""

    code = "bank_deed_incomplete"
    status = 422
    title = _("処理と理由を入力してください。組戻しには銀行の受付番号も要ります。")
