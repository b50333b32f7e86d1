"""However somebody writes it, it is one word."""

import pytest

from mobility.engine.places.spelling import folded, sounds, spelled


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ヒトヨシ", "ひとよし"), ("ﾋﾄﾖｼ", "ひとよし"), ("Ｈｉｔｏ　yoshi", "hitoyoshi"), ("バス・ターミナル", "ばすたーみなる"),
        ("はたらき–ー", "はたらきーー"), ("City–Hall", "cityhall"), ("光ヶ丘", "光け丘"), ("光ケ丘", "光け丘"), ("Kōen", "koen"),
        ("ｶﾞｰﾄﾞ", "がーど"), ("St. Mary's", "stmarys"), ("인길역", "인길역"), ("  ", ""),
    ],
)  # fmt: skip
def test_width_case_kana_and_marks_make_no_difference(typed, text):
    assert folded(typed) == text


def test_words_begin_after_spaces_and_points():
    assert spelled("Hitoyoshi City-Hall") == ("hitoyoshicityhall", {0, 9, 13})
    assert spelled("人吉市役所（別館）前") == ("人吉市役所別館前", {0, 5, 7})


@pytest.mark.parametrize(
    ("sound", "spellings"),
    [
        ("hitoyosi", ["ひとよし", "ヒトヨシ", "hitoyoshi", "hitoyosi", "Hito-Yoshi"]),
        ("koen", ["こうえん", "コーエン", "kōen", "kouen", "kooen", "kôen", "koen"]),
        ("sinbasi", ["しんばし", "shinbashi", "shimbashi", "sinbasi"]),
        ("mattya", ["まっちゃ", "matcha", "maccha", "mattya"]),
        ("zyuzi", ["じゅうじ", "juuji", "jūji", "zyuuzi", "jyuuji"]),
        ("hamiri", ["ファミリー", "famirii", "famiri-", "fami-ri-"]),
        ("tyen", ["チェーン", "che-n", "chēn"]),
        ("siniti", ["しんいち", "shin'ichi", "shinichi", "sinniti"]),
        ("osaka", ["おおさか", "Ōsaka", "oosaka", "Ohsaka"]),
        ("tyuo", ["ちゅうおう", "chūō", "chuo", "tyuuou"]),
        ("zitensya", ["じてんしゃ", "jitensha", "zitensya"]),
        ("tuzuki", ["つづき", "tsuzuki", "tuduki", "tsudzuki"]),
    ],
)
def test_kana_and_latin_letters_sound_alike(sound, spellings):
    assert {each: sounds(each) for each in spellings} == dict.fromkeys(spellings, sound)


@pytest.mark.parametrize(
    ("whole", "typed"),
    [
        ("ひとよしし", ["h", "hi", "hitoyos", "hitoyosh", "hitoyoshis", "hitoyoshish", "ひとよs"]),
        ("つじ", ["t", "ts", "tsuj"]),
    ],
)
def test_half_a_word_sounds_like_its_beginning(whole, typed):
    assert [each for each in typed if not sounds(whole).startswith(sounds(each))] == []


def test_what_tells_no_sound_has_none():
    assert [sounds(text) for text in ("人吉", "ひと吉", "인길", "3丁目", "")] == [""] * 5
