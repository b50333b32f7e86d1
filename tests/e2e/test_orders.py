"""A till writes an itemised bill, a resident opens it, pays with coins and with a card, and lines come back."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.at_the_till import TABLET, open_till
from tests.e2e.camera import film

pytestmark = [pytest.mark.e2e]


def _write_bill(cashier, *lines: tuple[str, int, int]) -> str:
    """Type the lines and show the bill; return the link that its code holds."""
    cashier.press("明細で会計")
    for name, price, quantity in lines:
        cashier.page.get_by_label("品名").fill(name)
        cashier.page.get_by_label("1つの値段（円）").fill(str(price))
        cashier.page.get_by_label("数", exact=True).fill(str(quantity))
        cashier.press("行を足す")
    cashier.is_accessible()
    total = sum(price * quantity for _name, price, quantity in lines)
    cashier.press(f"{total:,}円の明細を見せる")
    expect(cashier.page.get_by_role("img", name=f"{total:,}円の明細を開くためのコード")).to_be_visible()
    order_id = cashier.page.url.rpartition("/")[2]
    return str(cashier.api(f"/wallet/orders/{order_id}")["link"])


@pytest.mark.smoke
def test_a_bill_is_scanned_read_line_by_line_and_paid_and_a_line_comes_back(new_phone, pictures, tmp_path):
    with new_phone(**TABLET) as cashier:
        open_till(cashier)
        _write_bill(cashier, ("見本抹茶", 450, 2), ("見本団子", 120, 1))
        cashier.is_accessible()
        cashier.picture(pictures / "bill-code.png")
        code = cashier.page.get_by_role("img", name="1,020円の明細を開くためのコード")
        seen = film(code.screenshot(), tmp_path / "bill.y4m")
        with new_phone(film=seen, viewport={"width": 360, "height": 740}) as hanako:
            hanako.sign_in("見本 花子")
            hanako.open("/pay")
            hanako.press("スキャンする")
            hanako.says("見本抹茶", within_ms=15_000)
            hanako.says("支払いの期限")
            hanako.is_accessible()
            hanako.picture(pictures / "bill-to-pay.png")
            cashier.watch_for("支払い済み")
            hanako.page.get_by_role("button", name=re.compile("[0-9]円をはらう")).click()
            hanako.says("支払い済み")
            order = hanako.api(f"/wallet/orders/{hanako.page.url.rpartition('/')[2]}")
            assert cashier.seen_at() > 0
            hanako.is_accessible()
            hanako.picture(pictures / "bill-paid.png")
            cashier.is_accessible()
            cashier.open(f"/till/{order['shop']['id']}/payments")
            cashier.press("明細の会計の一覧")
            cashier.press("見本抹茶")
            cashier.press("行を選んで返金する")
            cashier.page.get_by_label("見本団子").check()
            cashier.is_accessible()
            cashier.press("円を返金する")
            cashier.page.get_by_role("dialog").get_by_role("button", name="円を返金する").click()
            cashier.says("返金しました")
            hanako.open("/pay/history")
            hanako.press("注文の一覧")
            hanako.says("一部返金")
            hanako.is_accessible()
            hanako.page.get_by_role("link").filter(has_text="一部返金").first.click()
            hanako.says("返金 120円")
            hanako.picture(pictures / "bill-back.png")


def test_a_bill_is_paid_with_coins_and_a_card_and_another_way_can_be_chosen(new_phone, pictures):
    with new_phone(**TABLET) as cashier, new_phone() as hanako:
        open_till(cashier)
        hanako.sign_in("見本 花子")
        available = hanako.api("/wallet/balance")["available"]
        link = _write_bill(cashier, ("見本御膳", available + 1000, 1))
        hanako.open(
            link.removeprefix(hanako.address) if link.startswith(hanako.address) else "/" + link.split("/", 3)[3]
        )
        hanako.says("見本御膳")
        hanako.page.get_by_label("コインとカードではらう").check()
        hanako.page.get_by_label("コインではらう金額（円）").fill("0")
        hanako.page.get_by_role("button", name=re.compile("[0-9]円をはらう")).click()
        hanako.is_accessible()
        hanako.page.get_by_label("コインではらう金額（円）").fill("300")
        hanako.picture(pictures / "mixed.png")
        hanako.page.get_by_role("button", name=re.compile("[0-9]円をはらう")).click()
        hanako.page.wait_for_url("**/demo/stripe/pay/**")
        hanako.page.go_back()
        hanako.says("カードの支払いの途中です")
        hanako.is_accessible()
        cashier.says("お客さまがカードではらっています")
        hanako.press("やめて、はらい方を選び直す")
        hanako.page.get_by_label("カードではらう", exact=True).check()
        hanako.page.get_by_role("button", name=re.compile("[0-9]円をはらう")).click()
        hanako.page.wait_for_url("**/demo/stripe/pay/**")
        hanako.page.get_by_role("textbox").first.fill("4242424242424242")
        hanako.page.get_by_role("button").first.click()
        hanako.says("支払い済み", within_ms=15_000)
        assert hanako.api("/wallet/balance")["available"] == available
        cashier.says("支払い済み")
