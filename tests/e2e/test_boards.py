"""A sign in the street: it shows what leaves, turns through its languages, hears of changes, and says when it is cut off."""

import re

import pytest

pytestmark = [pytest.mark.e2e]
SIGN = {"viewport": {"width": 1920, "height": 1080}, "device_scale_factor": 1}
LISTENS = "() => performance.getEntriesByType('resource').some(each => each.name.endsWith('/realtime/tickets'))"


def chosen(sign) -> str:
    """Choose the first stop of the list and return the address of its board."""
    sign.open("/boards/")
    sign.is_accessible()
    sign.page.locator("main ul a").first.click()
    sign.page.locator("#board").wait_for()
    return sign.page.url.partition("?")[0]


def test_a_sign_shows_what_leaves_in_the_language_and_look_one_chooses(new_phone, pictures):
    with new_phone(**SIGN) as sign:
        board = chosen(sign)
        for language, look, word in (
            ("ja", "dark", "発車案内"),
            ("en", "light", "Departures"),
            ("ko", "dark", "출발 안내"),
        ):
            sign.page.goto(f"{board}?lang={language}&look={look}")
            sign.says(word)
            sign.is_accessible()
            sign.picture(pictures / f"board-{language}.png")
        assert re.fullmatch(r"\d\d:\d\d", sign.page.locator("#clock").inner_text())
        sign.was_clean()


def test_the_languages_take_turns_by_themselves(new_phone):
    with new_phone(**SIGN) as sign:
        chosen(sign)
        first = sign.page.locator("nav [aria-current]").inner_text()
        changed = "first => document.querySelector('nav [aria-current]').textContent !== first"
        sign.page.wait_for_function(changed, arg=first, timeout=30_000)  # a turn is twelve seconds
        sign.page.wait_for_function(LISTENS)
        sign.was_clean()


def test_a_sign_that_is_cut_off_says_since_when_and_comes_back(new_phone, pictures):
    with new_phone(**SIGN) as sign:
        board = chosen(sign)
        sign.page.goto(f"{board}?lang=en")
        notice = sign.page.locator("#offline")
        assert not notice.is_visible()
        sign.page.context.set_offline(True)
        notice.wait_for(timeout=30_000)
        assert re.fullmatch(r"No connection\. This is how it stood at \d\d:\d\d\.", notice.inner_text())
        sign.picture(pictures / "board-offline.png")
        sign.page.context.set_offline(False)
        notice.wait_for(state="hidden", timeout=30_000)


def test_a_board_is_read_without_a_script(new_phone):
    with new_phone(java_script_enabled=False, **SIGN) as sign:
        sign.page.goto(f"{sign.address}/boards/")
        sign.page.locator("main ul a").first.click()
        assert sign.page.locator("h1").inner_text()
        assert sign.page.locator("noscript meta[http-equiv=refresh]").count() == 1
