"""A place is found by what one types of it, and the one that is likeliest meant stands first."""

import time

import numpy as np
import pytest

from mobility.engine.places import Place, PlaceIndex
from mobility.engine.places.matching import ALMOST, BEGINNING, NOT, WHOLE, WITHIN, WORD, fits, letters_of


def place(id_, name, *, reading="", en="", lat=32.21, lon=130.76, importance=0, kind="stop"):
    names = {"": name} | ({"ja-Hrkt": reading} if reading else {}) | ({"en": en} if en else {})
    return Place(kind, id_, names, lat, lon, importance)


TOWN = PlaceIndex(
    [
        place("sta", "人吉駅前", reading="ひとよしえきまえ", en="Hitoyoshi Station", importance=120),
        place(
            "hall", "人吉市役所", reading="ひとよししやくしょ", en="Hitoyoshi City Hall", importance=60, kind="facility"
        ),
        place("hosp", "人吉医療センター", reading="ひとよしいりょうせんたー", en="Medical Center", importance=80),
        place("east", "市役所東", reading="しやくしょひがし", importance=10, lat=32.25),
        place(
            "castle",
            "人吉城跡",
            reading="ひとよしじょうあと",
            en="Hitoyoshi Castle Ruins",
            importance=40,
            kind="facility",
        ),
        place("aoi", "青井阿蘇神社前", reading="あおいあそじんじゃまえ", importance=30),
        place("tea", "まちの茶屋 見本", en="Mihon Tea House", importance=5, kind="shop"),
    ]
)


def found(typed, **options):
    return [(each.place.id, each.kind) for each in TOWN.search(typed, **options)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("人吉駅前", ("sta", WHOLE)), ("人吉", ("sta", BEGINNING)), ("市役所", ("east", BEGINNING)),
        ("しやくしょ", ("east", BEGINNING)), ("shiyakusho", ("east", BEGINNING)), ("siyakusyo", ("east", BEGINNING)),
        ("シヤクショ", ("east", BEGINNING)), ("hitoyoshieki", ("sta", BEGINNING)), ("ひとよしじ", ("castle", BEGINNING)),
        ("city hall", ("hall", WORD)), ("hall", ("hall", WORD)), ("medical", ("hosp", BEGINNING)), ("ﾒﾃﾞｨｶﾙ", None),
        ("見本", ("tea", WORD)), ("神社", ("aoi", WITHIN)), ("iryosenta", ("hosp", WITHIN)),
        ("医療ｾﾝﾀｰ", ("hosp", WITHIN)), ("aoiasojinja", ("aoi", BEGINNING)), ("xyz", None),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_place(typed, first):
    assert (found(typed) or [None])[0] == first


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("hitoyosji", "sta"), ("hitoyohi", "sta"), ("hitoyyoshi", "sta"), ("hiotyoshi", "sta"), ("medicel", "hosp"),
        ("人吉市役場", "hall"), ("あおいおそ", "aoi"), ("ひとよひえき", "sta"),
    ],
)  # fmt: skip
def test_one_wrong_letter_is_forgiven(typed, id_):
    assert found(typed)[0] == (id_, ALMOST)


def test_two_wrong_letters_or_a_short_word_are_not():
    assert found("hitoxoxhi") == found("aox") == found("人古") == found("") == found("・") == []


def test_a_better_fit_stands_before_a_more_important_place():
    assert found("人吉") == [("sta", BEGINNING), ("hosp", BEGINNING), ("hall", BEGINNING), ("castle", BEGINNING)]
    assert found("市役所") == [("east", BEGINNING), ("hall", WITHIN)]


def test_what_is_near_comes_before_what_is_far():
    inns = PlaceIndex(
        [place("far", "湯前", importance=20, lat=32.28), place("near", "湯前", importance=15, lat=32.2101)]
    )
    assert [each.place.id for each in inns.search("湯前")] == ["far", "near"]
    seen = inns.search("湯前", near=(32.21, 130.76))
    assert [(each.place.id, each.metres) for each in seen] == [("near", 11), ("far", 7784)]


def test_kinds_and_number_are_kept_to():
    assert found("人吉", kinds={"facility"}, most=1) == [("hall", BEGINNING)]
    assert len(found("人吉", most=2)) == 2


def test_the_nearest_place_is_told_with_its_distance():
    seen = TOWN.nearest((32.249, 130.76))
    assert (seen.place.id, seen.metres) == ("east", 111)
    assert TOWN.nearest((32.249, 130.76), within_m=100) is None
    assert TOWN.nearest((32.249, 130.76), kinds={"shop"}).place.id == "tea"
    assert PlaceIndex([]).nearest((0, 0)) is None
    assert PlaceIndex([]).search("人吉") == []


def test_names_and_details_are_told_in_the_language_asked_for():
    hall = Place(
        "facility",
        "h",
        {"": "市役所", "en": "City Hall", "zh-Hans": "市政府"},
        0,
        0,
        details={"": "役所", "en": "Office"},
    )
    assert [hall.name(each) for each in ("ja", "ja-easy", "en", "zh-hans", "ko")] == [
        "市役所",
        "市役所",
        "City Hall",
        "市政府",
        "市役所",
    ]
    assert (hall.detail("en-GB"), hall.detail("ko"), hall.reading) == ("Office", "役所", "")


def test_fitting_is_as_a_slow_look_finds_it():
    """Random words over three letters, so that everything happens: the compiled look against one by hand."""
    dice = np.random.default_rng(7)
    words = ["".join(dice.choice(list("abc"), dice.integers(1, 9))) for _ in range(300)]
    begins = dice.random(sum(map(len, words))) < 0.2
    start = np.concatenate(([0], np.cumsum([len(word) for word in words]))).astype(np.int32)
    for typed in ("".join(dice.choice(list("abc"), dice.integers(1, 7))) for _ in range(60)):
        told = fits(letters_of("".join(words)), start, begins, letters_of(typed), 3, 4)
        slow = [by_hand(word, begins[a : a + len(word)], typed) for word, a in zip(words, start.tolist(), strict=False)]
        assert (typed, told.tolist()) == (typed, slow)


def by_hand(word, begins, typed):
    if word.startswith(typed):
        return WHOLE if word == typed else BEGINNING
    at = [n for n in range(1, len(word)) if word.startswith(typed, n)]
    if any(begins[n] for n in at):
        return WORD
    if at and len(typed) >= 3:
        return WITHIN
    if len(typed) < 4:
        return NOT
    return ALMOST if any(word.startswith(each) for each in one_letter_off(typed)) else NOT


def one_letter_off(typed):
    for n in range(len(typed) + 1):
        yield typed[:n] + typed[n + 1 :]
        yield from (typed[:n] + letter + typed[n:] for letter in "abc")
        yield from (typed[:n] + letter + typed[n + 1 :] for letter in "abc")
        if n + 1 < len(typed):
            yield typed[:n] + typed[n + 1] + typed[n] + typed[n + 2 :]


@pytest.mark.slow  # five thousand places with three names each are spelled
def test_five_thousand_places_are_searched_within_five_milliseconds():
    town = PlaceIndex(
        [
            place(str(n), f"見本{n}丁目", reading=f"みほん{n}ちょうめ", en=f"Mihon {n}-chome", importance=n % 90)
            for n in range(5000)
        ]
    )
    town.search("mihon", near=(32.2, 130.7))
    took = []
    for typed in ("mihon", "みほん", "見本", "丁目", "mihpn", "chome", "mihon 499", "丁"):
        began = time.perf_counter()
        assert town.search(typed, near=(32.2, 130.7))
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 0.005
