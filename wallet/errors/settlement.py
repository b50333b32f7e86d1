"""Refusals of settlement: drawing up, deciding, writing for a bank, and what comes back."""

from kernel.problems import _
from wallet.errors.ledger import WalletRefusal


class NoCutOff(WalletRefusal):
    """No period ends on that day, or it is not over yet."""

    code = "no_cut_off"
    status = 409
    title = _("その日は締め日ではないか、まだ締め日を過ぎていません。")


class SettlementDrawn(WalletRefusal):
    """The period, or a later one, is drawn up already."""

    code = "settlement_drawn"
    status = 409
    title = _("その期間の精算は、すでに作成されています。")


class SettlementUndecided(WalletRefusal):
    """An earlier settlement waits for its decision: what it leaves over is not known yet; ``cut_off_on`` says which."""

    code = "settlement_undecided"
    status = 409
    title = _("前の期間の精算がまだ決まっていません。先に承認するか、取り下げてください。")


class SettlementDecided(WalletRefusal):
    """The settlement stands in another state than this step needs; ``state`` says in which."""

    code = "settlement_decided"
    status = 409
    title = _("この精算は、すでに次の段階に進んでいます。画面を開き直してください。")


class SecondPersonNeeded(WalletRefusal):
    """Two people decide; the one who asks is the first of them."""

    code = "second_person_needed"
    status = 409
    title = _("確認した人とは別の人が行ってください。")


class MoreThanOwed(WalletRefusal):
    """The organisation's shops hold less of the city's cash, or settlement is about to keep it; ``owed`` is what may come."""

    code = "more_than_owed"
    status = 409
    title = _("店が預かっている現金より多い金額です。精算で差し引く予定の分は、受け取れません。")


class HandoverWaits(WalletRefusal):
    """Cash of this organisation is recorded and waits for another officer."""

    code = "handover_waits"
    status = 409
    title = _("この加盟店の現金の受け取りが、承認を待っています。先にそれを決めてください。")


class HandoverDecided(WalletRefusal):
    """A colleague was first."""

    code = "handover_decided"
    status = 409
    title = _("この受け取りは、すでに決まっています。画面を開き直してください。")


class HandoverIncomplete(WalletRefusal):
    """The day lies ahead, or is not today's at the counter, or a transfer has no reference."""

    code = "handover_incomplete"
    status = 422
    title = _("受け取り方と日付を確かめてください。窓口の現金は今日の日付で、振込には銀行の受付番号が必要です。")


class NothingToPay(WalletRefusal):
    """No transfer of this settlement is to be paid, so there is no file."""

    code = "nothing_to_pay"
    status = 409
    title = _("この精算には、振り込む先がありません。")


class TransferNotPaid(WalletRefusal):
    """Only a transfer that was sent to the bank can come back, and once."""

    code = "transfer_not_paid"
    status = 409
    title = _("この振込は、組戻しを記録できる状態ではありません。")


class KanaUnwritable(WalletRefusal):
    """A bank's file cannot hold this: ``field`` says where, ``sign`` the first one that may not stand there, ``most`` its size."""

    code = "kana_unwritable"
    status = 422
    title = _("銀行のファイルに書けない文字か長さです。カナ・英大文字・数字で入力してください。")


class FileUnreadable(WalletRefusal):
    """No file of this kind, or a damaged one: ``line`` and ``field`` say where reading ended."""

    code = "file_unreadable"
    status = 422
    title = _("ファイルを読み取れません。形式が違うか、途中で切れています。")


class BankUnknown(WalletRefusal):
    """No bank or branch of this code today."""

    code = "bank_unknown"
    status = 422
    title = _("この金融機関コードと支店コードの組み合わせは見つかりません。")


class PayoutUnknown(WalletRefusal):
    """No account for payouts waits there, or it was decided already."""

    code = "payout_account_decided"
    status = 409
    title = _("この振込先は、すでに確認されたか、置き換えられています。")


class PayerUnknown(WalletRefusal):
    """The settings name no account that the city pays from, or one at no bank of the register."""

    code = "payer_unknown"
    status = 409
    title = _("市の支払元の口座が設定されていないか、金融機関の一覧にありません。管理者にお知らせください。")


class PayDayNotCome(WalletRefusal):
    """Nothing is paid before its pay day; ``pay_on`` says which."""

    code = "pay_day_not_come"
    status = 409
    title = _("振込日がまだ来ていません。")


class ReturnUnknown(WalletRefusal):
    """A record of a file of returns fits no transfer of ours; ``line`` says which. Nothing of the file was taken."""

    code = "return_unknown"
    status = 409
    title = _("ファイルに、こちらの振込と合わない行があります。何も記録していません。")
