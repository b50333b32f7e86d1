"""The notice of a transfer (振込通知): what was settled of which shop, what was taken off, and where to it was transferred."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.selectors import reader_names
from kernel.documents import Document, typeset
from wallet.engine.papers import Paper
from wallet.models import SettlementShare, SettlementTransfer
from wallet.selectors.my_settlements import transfer_with_shares
from wallet.selectors.payouts import payout_view
from wallet.services.papers.words import day_word, name_word, reads_japanese


def settlement_notice(paper: Paper) -> bytes:
    """Set the notice of one transfer, in the language active now."""
    transfer, shares = transfer_with_shares(paper.about)
    name = reader_names([transfer.organisation_id]).get(transfer.organisation_id, "")
    rows = [[name_word(shop), *_sums(share)] for shop, share in shares]
    part = {
        "title": _("店舗ごと"), "none": "", "rows": rows, "total": [_("合計"), *_sums(transfer)],
        "heads": [_("店舗"), _("受取額"), _("返金額"), _("前回からの繰越"), _("組戻し分"), _("手数料"),
                  _("預かった現金"), _("振込額"), _("次回への繰越")],
    }  # fmt: skip
    title = _("振込通知 %(day)s締め") % {"day": day_word(transfer.batch.cut_off_on)}
    return typeset(
        Document(
            template="wallet/documents/figures.typ", title=title, language=paper.language, at=transfer.batch.drawn_at,
            data={"facts": _facts(transfer, name), "parts": [part], "note": _note(transfer)},
        )
    )  # fmt: skip


def _facts(transfer: SettlementTransfer, name: str) -> list[dict[str, object]]:
    batch, account = transfer.batch, "–"
    if transfer.payout is not None:
        view = payout_view(transfer.payout)
        account = f"{view.bank_name} {view.branch_name} {transfer.payout.get_account_type_display()} {view.number}"
    return [
        {"name": _("あて先"), "text": name},
        {"name": _("振込額"), "amount": transfer.net},
        {"name": _("振込日"), "text": day_word(batch.pay_on) if transfer.net else "–"},
        {"name": _("振込先口座"), "text": account},
        {"name": _("状態"), "text": str(transfer.get_state_display())},
        {"name": _("番号"), "text": f"{batch.cut_off_on:%Y%m%d}-{transfer.order}"},
    ]  # fmt: skip


def _sums(row: SettlementTransfer | SettlementShare) -> list[int]:
    return [row.gross, -row.refunds, row.carried_in, row.returned_in, -row.fee, -row.cash, row.net, row.carried_out]


def _note(transfer: SettlementTransfer) -> str:
    city = settings.CITY["name_ja" if reads_japanese() else "name_en"]
    said = _("金額はすべて円です。%(city)sが、帳簿（元帳）の明細から計算しています。") % {"city": city}
    return f"{said} {transfer.get_reason_display()}".strip()
