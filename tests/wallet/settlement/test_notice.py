"""The notice of a transfer, on paper: shop by shop, for the manager, once it is decided."""

import pytest

from kernel.problems import NotFound
from tests.papers import Paper, keep, needs_fonts
from wallet.engine.papers import Paper as Promised
from wallet.models import SettlementTransfer
from wallet.services import papers
from wallet.services.papers.settlement_notice import settlement_notice


@needs_fonts
@pytest.mark.slow  # papers are set by a process of their own
def test_the_notice_says_what_each_shop_brought_and_where_it_was_sent(market, monkeypatch):
    organisation = market.shop()
    second = market.shop(organisation_id=None)
    paid = market.pay(organisation, 12_000)
    market.refund(organisation, paid, 500)
    market.pay(second, 3_000)
    batch = market.draw()
    transfer = SettlementTransfer.objects.order_by("order").first()
    manager = organisation.cashier
    monkeypatch.setattr(
        "wallet.selectors.my_settlements.workplaces_of",
        lambda _principal: list(SettlementTransfer.objects.values_list("organisation_id", flat=True)),
    )
    with pytest.raises(NotFound):
        papers.sign_settlement_notice(market.town.act(manager), transfer_id=transfer.pk)
    market.approve(batch.id)
    assert papers.sign_settlement_notice(market.town.act(manager), transfer_id=transfer.pk).address
    content = settlement_notice(Promised("settlement_notice", transfer.pk, "2026-11-15", "ja"))
    keep("settlement-notice-ja.pdf", content)
    paper = Paper(content)
    transfer.refresh_from_db()
    assert paper.says_it_is_accessible()
    for words in (
        "振込通知",
        f"{transfer.gross:,}",
        f"{transfer.net:,}",
        f"−{transfer.fee:,}",
        "2026 年 11 月 15 日",
        "見本商店",
        "例の",
    ):
        assert words in paper.text
