"""A resident pays a shop by its code, a shop reads a resident's code, and both screens know within the second."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.at_the_till import TABLET, open_till
from tests.e2e.camera import film
from tests.e2e.pictures import beside

pytestmark = [pytest.mark.e2e]

WITHIN_MS = 1000


def _type(phone, amount: int) -> None:
    phone.page.keyboard.type(str(amount))


def _press_and_confirm(phone, deed: str) -> None:
    """Press a deed with money and say yes to the question that follows, which axe looks at."""
    phone.press(deed)
    sure = phone.page.get_by_role("dialog").get_by_role("button", name=deed)
    expect(sure).to_be_visible()
    phone.is_accessible()
    sure.click()


def _lose_the_answer(route) -> None:
    """Let the city do what is asked and its answer never arrive."""
    route.fetch()
    route.abort()


def _balance(phone) -> int:
    return phone.api("/wallet/balance")["available"]


def _history(phone) -> list[dict]:
    return phone.api("/wallet/history")["results"]


def _paid_at_ms(receipt: dict) -> float:
    return datetime.fromisoformat(receipt["paid_at"]).astimezone(UTC).timestamp() * 1000


@pytest.mark.smoke
def test_the_tills_code_is_scanned_and_both_screens_know(new_phone, pictures, tmp_path):
    with new_phone(**TABLET) as cashier:
        shop = open_till(cashier)
        cashier.is_accessible()
        cashier.picture(pictures / "till.png")
        _type(cashier, 500)
        cashier.press("500円のQRを出す")
        code = cashier.page.get_by_role("img", name="500円を支払うためのコード")
        expect(code).to_be_visible()
        cashier.is_accessible()
        cashier.picture(pictures / "till-code.png")
        seen = film(code.screenshot(), tmp_path / "till.y4m")
        with new_phone(film=seen) as hanako:
            hanako.sign_in("見本 花子")
            before = _balance(hanako)
            hanako.open("/pay")
            hanako.press("スキャンする")
            hanako.says("支払いの確認", within_ms=15_000)
            hanako.is_accessible()
            hanako.picture(pictures / "confirm.png")
            silence = cashier.sounds()
            cashier.watch_for("円、支払われました")
            button = hanako.page.get_by_role("button", name=re.compile("[0-9]円をはらう"))
            promised = int(button.inner_text().removesuffix("円をはらう"))  # 500 less what a coupon takes off
            button.dblclick()
            hanako.says("はらいました")
            hanako.is_accessible()
            hanako.picture(pictures / "receipt.png")
            receipt = cashier.api(f"/wallet/shops/{shop}/payments?limit=1")["results"][0]
            assert (receipt["amount"], receipt["amount"] + receipt["discount"]) == (promised, 500)
            assert cashier.seen_at() - _paid_at_ms(receipt) < WITHIN_MS
            assert cashier.sounds() > silence, "the till is silent"
            assert "500円" in cashier.hears()
            cashier.is_accessible()
            cashier.picture(pictures / "till-paid.png")
            assert _balance(hanako) == before - promised
            hanako.open("/")
            hanako.says("最近のお金の動き")
            hanako.picture(pictures / "home.png")
    shown = ("home", "till-code", "confirm", "receipt", "till-paid")
    beside([pictures / f"{name}.png" for name in shown], pictures / "readme.png")


def test_a_double_tap_at_a_standing_code_pays_once(new_phone):
    with new_phone() as cashier:
        shop = open_till(cashier)
        number = cashier.api(f"/wallet/shops/{shop}/code")["number"]
    with new_phone() as taro:
        taro.sign_in("見本 太郎")
        before, earlier = _balance(taro), _history(taro)
        taro.open("/pay/scan")
        taro.page.get_by_label("コードの下の番号").fill(number)
        taro.press("この番号で進む")
        taro.says("支払いの確認")
        taro.page.get_by_role("textbox").fill("320")
        pay = taro.page.get_by_role("button", name="320円をはらう")
        pay.evaluate("button => { button.click(); button.click(); }")
        taro.says("はらいました")
        assert _balance(taro) == before - 320
        first, *others = _history(taro)
        assert (first["amount"], others[:5]) == (320, earlier[:5])


def test_the_till_reads_my_code_and_gives_it_back(new_phone, pictures, tmp_path):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        before = _balance(hanako)
        hanako.open("/pay/code")
        code = hanako.page.get_by_role("img", name="お店に読んでもらうコード")
        expect(code).to_be_visible()
        hanako.is_accessible()
        hanako.picture(pictures / "my-code.png")
        seen = film(code.screenshot(), tmp_path / "mine.y4m")
        with new_phone(film=seen, **TABLET) as cashier:
            open_till(cashier)
            _type(cashier, 240)
            cashier.press("お客さまのコードを読む")
            cashier.says("この金額を受け取ります", within_ms=15_000)
            cashier.is_accessible()
            hanako.watch_for("240")
            cashier.press("240円を受け取る")
            cashier.says("240円、支払われました")
            hanako.says("支払いました")
            assert _balance(hanako) == before - 240
            cashier.press("明細を見る")
            cashier.press("返金する")
            cashier.says("返金する金額")
            _type(cashier, 100)
            _press_and_confirm(cashier, "100円を返金する")
            cashier.says("100円を返金しました")
            assert _balance(hanako) == before - 140


def test_without_a_network_my_last_code_and_balance_stay(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        hanako.open("/pay/code")
        expect(hanako.page.get_by_role("img", name="お店に読んでもらうコード")).to_be_visible()
        hanako.open("/pay")
        hanako.says("使える残高")
        shown = f"{_balance(hanako):,}"
        hanako.page.wait_for_function("navigator.serviceWorker.controller !== null")
        hanako.page.context.set_offline(True)
        hanako.page.reload()
        hanako.says("使える残高")
        hanako.says(shown)
        hanako.picture(pictures / "offline.png")
        hanako.open("/pay/code")
        expect(hanako.page.get_by_role("img", name="お店に読んでもらうコード")).to_be_visible()


def test_what_one_till_sets_aside_another_takes(new_phone, pictures, tmp_path):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        before = _balance(hanako)
        hanako.open("/pay/code")
        code = hanako.page.get_by_role("img", name="お店に読んでもらうコード")
        expect(code).to_be_visible()
        seen = film(code.screenshot(), tmp_path / "mine.y4m")
        with new_phone(film=seen, **TABLET) as cashier:
            shop = open_till(cashier)
            cashier.open(f"/till/{shop}/holds/new")
            cashier.page.get_by_role("textbox").wait_for()
            _type(cashier, 300)
            cashier.press("お客さまのコードを読む")
            cashier.press("300円を預かる")
            cashier.says("300円を預かりました")
        assert _balance(hanako) == before - 300
        with new_phone(**TABLET) as manager:
            manager.sign_in("店長 見本子")
            manager.open(f"/till/{shop}/holds")
            manager.is_accessible()
            manager.picture(pictures / "holds.png")
            manager.press("300")
            manager.page.get_by_role("textbox").wait_for()
            _type(manager, 120)
            manager.page.route("**/capture", _lose_the_answer)
            _press_and_confirm(manager, "120円を受け取る")
            manager.says("結果を確かめています")
            manager.page.unroute("**/capture")
            manager.page.reload()
            manager.says("120円、支払われました")
        assert _balance(hanako) == before - 120
