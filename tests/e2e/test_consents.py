"""A resident reads what somebody may read of her, takes it back in one tap, gives it back, and answers a new request."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e]

MATTER = "ポイントカードのお名前"


def _given(phone) -> list[dict]:
    """Return what a person said to the one matter; the demo city's library has its own."""
    return [row for row in phone.api("/accounts/consents")["results"] if row["title"] == MATTER]


def _states(phone) -> list[str]:
    return [row["state"] for row in _given(phone)]


def test_a_consent_is_read_withdrawn_in_one_tap_and_given_back(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        hanako.open("/me")
        hanako.press("同意")
        hanako.says("見本ポイント協会")
        hanako.is_accessible()
        hanako.picture(pictures / "consents.png")
        hanako.press(MATTER)
        hanako.says("取り消すと止まること")
        hanako.says("ポイントはなくなりません")
        hanako.is_accessible()
        hanako.picture(pictures / "consent.png")
        hanako.press("同意を取り消す", exact=True)
        hanako.says("同意を取り消しました")
        expect(hanako.page.get_by_role("link", name="もう一度同意する")).to_be_visible()
        assert "standing" not in _states(hanako)
        hanako.picture(pictures / "consent-withdrawn.png")
        hanako.press("元にもどす")
        hanako.says("もう一度同意しました")
        assert _states(hanako).count("standing") == 1


def test_the_receipt_is_checked_on_the_phone_and_kept_as_a_file(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        consent = _given(hanako)[0]
        hanako.open(f"/me/consents/{consent['agreement_id']}/receipts/{consent['id']}")
        hanako.says("同意した文章と、控えが一致します")
        hanako.is_accessible()
        hanako.picture(pictures / "receipt-of-consent.png")
        with hanako.page.expect_download() as kept:
            hanako.press("控えをファイルで保存する")
        assert kept.value.suggested_filename == f"machi-consent-{consent['id']}.json"


def test_somebody_asks_and_no_is_as_near_as_yes(new_phone, pictures):
    with new_phone() as taro:
        with new_phone() as hanako:
            hanako.sign_in("見本 花子")
            agreement = _given(hanako)[0]["agreement_id"]
        taro.sign_in("見本 太郎")
        taro.open(f"/consents/ask/{agreement}")
        taro.says("見本ポイント協会に、あなたの情報を見せますか")
        expect(taro.page.get_by_role("checkbox")).not_to_be_checked()
        taro.is_accessible()
        taro.picture(pictures / "ask.png")
        taro.press("同意する", exact=True)
        taro.says("見せてもよい情報を1つ以上選んでください")
        taro.press("同意しない")
        taro.says("同意しませんでした")
        assert "standing" not in _states(taro)

        taro.open(f"/consents/ask/{agreement}")
        taro.page.get_by_label("呼び名").check()
        taro.press("同意する", exact=True)
        taro.says("同意しました")
        taro.page.wait_for_url(lambda url: "/me/consents/" in url)
        assert _states(taro).count("standing") == 1
        taro.picture(pictures / "agreed.png")
        taro.press("同意を取り消す", exact=True)
        taro.says("同意を取り消しました")


def test_a_child_is_told_who_decides(new_phone, pictures):
    with new_phone() as momoko:
        momoko.sign_in("見本 桃子")
        with new_phone() as hanako:
            hanako.sign_in("見本 花子")
            agreement = _given(hanako)[0]["agreement_id"]
        momoko.open(f"/consents/ask/{agreement}")
        momoko.page.get_by_label("呼び名").check()
        momoko.press("同意する", exact=True)
        momoko.says("18歳になるまでは、保護者の方が決めます")
        momoko.is_accessible()
        momoko.picture(pictures / "guardian.png")
        assert "standing" not in _states(momoko)


def test_a_mother_who_opens_the_same_request_answers_for_her_child(new_phone, pictures):
    with new_phone() as hanako:
        hanako.sign_in("見本 花子")
        agreement = _given(hanako)[0]["agreement_id"]
        hanako.open(f"/consents/ask/{agreement}")
        hanako.press("見本 桃子さんの代わりに答える")
        hanako.says("見本 桃子さんの代理で使っています")
        hanako.page.get_by_label("呼び名").check()
        hanako.is_accessible()
        hanako.picture(pictures / "ask-for-child.png")
        hanako.press("同意する", exact=True)
        hanako.says("同意した人")
        hanako.says("代理の方")
        hanako.picture(pictures / "agreed-for-child.png")
        with new_phone() as momoko:
            momoko.sign_in("見本 桃子")
            first = momoko.api("/accounts/consents")["results"][0]
            assert (first["state"], first["is_by_delegate"]) == (
                "standing",
                True,
            )
        hanako.press("同意を取り消す", exact=True)
        hanako.says("同意を取り消しました")
