"""A shelter is found by how it sounds and is where one can go."""

import re

import pytest

from tests.e2e.test_journeys import find, standing

pytestmark = [pytest.mark.e2e]


@pytest.mark.parametrize("typed", ["ひなんじょ ひとよしひがし", "hinanjo hitoyoshihigashi"])
def test_a_shelter_is_found_in_kana_and_in_latin_letters_and_is_where_one_goes(new_phone, pictures, typed):
    with standing(new_phone) as walker:
        walker.open("/go")
        walker.page.get_by_role("link", name=re.compile("行き先をえらぶ")).click()
        walker.page.get_by_role("searchbox").fill(typed)
        walker.says("避難所（見本の指定）")
        walker.is_accessible()
        walker.picture(pictures / "shelter.png")
        find(walker, typed, "人吉東小学校体育館")
        walker.press("行き方をさがす")
        walker.says("見本避難所 人吉東小学校体育館")
        walker.page.locator(".journey").first.wait_for()
        walker.picture(pictures / "shelter_way.png")
