"""Merchant-presented codes: what we write, others can read; what is damaged, nobody pays."""

import string
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import environment
from wallet.engine import emvco
from wallet.engine.emvco import MerchantCode, NotEmvco, build, checksum, composed, latin, parse

BAKERY = MerchantCode(
    domain="jp.machi.432032",
    token="abcDEF012_-ghiJKL345mnoPQRs",
    category="5462",
    names=("Mihon Bakery", "見本ベーカリー"),
    cities=("Hitoyoshi", "人吉市"),
)
WRITTEN = "".join(
    (
        "000201",
        "010211",
        "2650" + "0015jp.machi.432032" + "0127abcDEF012_-ghiJKL345mnoPQRs",
        "52045462",
        "5303392",
        "5802JP",
        "5912Mihon Bakery",
        "6009Hitoyoshi",
        "6424" + "0002JA" + "0107見本ベーカリー" + "0203人吉市",
        "6304",
    )
)


def with_checksum(body: str) -> str:
    return f"{body}6304{checksum(body + '6304')}"


def published() -> list[tuple[str, str]]:
    folder = environment.load().machi_open_data
    file = Path(folder, "wallet", "qr_vectors.txt")
    if not folder or not file.is_file():
        pytest.skip("MACHI_OPEN_DATA does not hold wallet/qr_vectors.txt")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(label, payload) for label, _tab, payload in (line.partition("\t") for line in lines)]


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert checksum("123456789") == "29B1"


def test_published_codes_are_read_and_the_damaged_one_is_refused() -> None:
    vectors = published()
    assert [label[:4].strip() for label, _ in vectors] == ["A13A", "DEE9", "BAD"]
    beijing, cafe = parse(vectors[0][1]), parse(vectors[1][1])
    assert (beijing.values["59"], beijing.values["54"], beijing.currency) == ("BEST TRANSPORT", "23.72", "156")
    assert beijing.templates["64"] == {"00": "ZH", "01": "最佳运输", "02": "北京"}
    assert cafe.templates["64"]["01"] == "メルペイ カフェ"
    assert cafe.account("jp.or.paymentsjapan") == {
        "00": "jp.or.paymentsjapan", "01": "0000000000001", "02": "0001", "03": "000001", "04": "000001",
    }  # fmt: skip
    assert cafe.account("jp.machi.432032") is None
    with pytest.raises(NotEmvco, match="checksum"):
        parse(vectors[2][1])


def test_a_shop_code_is_written_sign_by_sign() -> None:
    text = build(BAKERY)
    assert text == WRITTEN + checksum(WRITTEN)
    assert parse(text).account("jp.machi.432032") == {"00": "jp.machi.432032", "01": "abcDEF012_-ghiJKL345mnoPQRs"}


def test_a_charge_carries_its_amount_in_whole_yen() -> None:
    payload = parse(build(replace(BAKERY, amount=520)))
    assert (payload.values["01"], payload.values["54"], payload.values["53"]) == ("12", "520", "392")
    assert "54" not in parse(build(BAKERY)).values


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_an_amount_that_the_field_cannot_hold_is_not_written(amount: int) -> None:
    with pytest.raises(NotEmvco):
        build(replace(BAKERY, amount=amount))


@pytest.mark.parametrize(
    ("name", "in_latin"),
    [
        ("Café Émile", "Cafe Emile"),
        ("見本食堂", "xxx"),
        ("  Mihon \t  Shokudo ", "Mihon Shokudo"),
        ("Ｍｉｈｏｎ１", "Mihon1"),
        ("A very long name of a shop in the old castle town", "A very long name of a sho"),
    ],
)
def test_a_name_in_latin_letters_is_plain_and_short(name: str, in_latin: str) -> None:
    assert latin(name, 25) == in_latin


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ｶﾌｪ ﾊﾟﾝﾔ", "カフェ パンヤ"),
        (unicodedata.normalize("NFD", "がぎぐ・パン"), "がぎぐ・パン"),
        ("𠮷野屋見本店", "𠮷野屋見本店"),
        ("見本\n食堂\x00", "見本食堂"),
        ("あ" * 40, "あ" * 25),
    ],
)
def test_a_japanese_name_is_composed_and_fits(name: str, shown: str) -> None:
    assert composed(name, 25) == shown
    assert parse(build(replace(BAKERY, names=("Mihon", name)))).templates["64"]["01"] == shown


def test_lengths_count_characters_and_the_checksum_counts_bytes() -> None:
    text = build(replace(BAKERY, names=("Mihon", "𠮷食堂"), cities=("Hitoyoshi", "")))
    assert "64130002JA0103𠮷食堂" in text
    assert text[-4:] == checksum(text[:-4]) != checksum(text[:-4].replace("𠮷", "吉"))


def test_a_code_that_a_clipboard_decomposed_is_read_as_it_was() -> None:
    text = build(BAKERY)
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert parse(apart) == parse(text)


BODY = "00020126190015jp.machi.43203252045462530339258" + "02JP5905Mihon6009Hitoyoshi"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (BODY.replace("000201", ""), "first"),
        (BODY.replace("000201", "000202"), "00 has another form"),
        ("5802JP" + BODY.replace("5802JP", ""), "first"),
        (BODY + "5802JP", "twice"),
        (BODY + "010213", "01 has another form"),
        (BODY + "5400", "length of 54"),
        (BODY + "54010", "54 has another form"),
        (BODY + "54031.a", "54 has another form"),
        (BODY + "540５", "no id and length"),
        (BODY + "5402１２", "54 has another form"),
        (BODY + "541412345678901234", "54 has another form"),
        (BODY + "550202", "convenience fee"),
        (BODY + "64060002JA", "language template"),
        (BODY + "64150002JA0105みほん0202ab", "length of 64|no id and length|length of"),
        (BODY + "62080103abc9", "no id and length|length"),
        (BODY + "8008" + "01041234", "whose"),
        (BODY.replace("5905Mihon", ""), "59 is missing"),
        (BODY.replace("5905Mihon", "5903見本店"), "59 has another form"),
        (BODY.replace("5905Mihon", "5926" + "x" * 26), "59 has another form"),
        (BODY.replace("26190015jp.machi.432032", ""), "no merchant account"),
        (BODY.replace("26190015jp.machi.432032", "0204見本食堂"), "02 has another form"),
        (BODY.replace("26190015jp.machi.432032", "26190115jp.machi.432032"), "whose"),
        (BODY + "7099" + "x" * 99 + "7199" + "x" * 99 + "7299" + "x" * 99 + "7399" + "x" * 99 + "7499" + "x" * 99, "longer"),
        ("", "first"),
    ],
)  # fmt: skip
def test_what_the_standard_forbids_is_refused(body: str, why: str) -> None:
    with pytest.raises(NotEmvco, match=why):
        parse(with_checksum(body))


def test_a_code_goes_on_behind_its_checksum() -> None:
    with pytest.raises(NotEmvco, match="last"):
        parse(with_checksum(BODY) + "5402" + "10")


def test_ids_that_we_do_not_know_are_left_alone() -> None:
    payload = parse(with_checksum(BODY + "6503abc" + "8513" + "0009org.other" + "0216" + "4" * 16))
    assert (payload.values["65"], payload.templates["85"]) == ("abc", {"00": "org.other"})
    assert payload.account("jp.machi.432032") == {"00": "jp.machi.432032"}


def test_two_templates_of_ours_are_none() -> None:
    assert parse(with_checksum(BODY + "27190015jp.machi.432032")).account("jp.machi.432032") is None


def test_a_checksum_in_lower_case_is_a_damaged_one() -> None:
    text = next(each for n in range(99) if not (each := build(replace(BAKERY, amount=n + 1)))[-4:].isdigit())
    with pytest.raises(NotEmvco):
        parse(text[:-4] + text[-4:].lower())


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    token=st.text(string.ascii_letters + string.digits + "_-", min_size=16, max_size=43),
    amount=st.none() | st.integers(1, emvco.MOST_AMOUNT),
)
@settings(max_examples=300)
def test_what_is_built_is_read_back(name: str, token: str, amount: int | None) -> None:
    payload = parse(build(replace(BAKERY, names=(name, name), token=token, amount=amount)))
    assert payload.account(BAKERY.domain) == {"00": BAKERY.domain, "01": token}
    assert payload.values["59"] == latin(name, 25)
    assert payload.templates.get("64", {}).get("01", "") == composed(name, 25)
    assert payload.values.get("54") == (None if amount is None else str(amount))


def test_any_wrong_ascii_sign_anywhere_is_refused() -> None:
    text = build(replace(BAKERY, amount=520))
    survivors = [
        (place, sign)
        for place, right in enumerate(text)
        for sign in map(chr, range(128))
        if sign != right and right.isascii() and reads(text[:place] + sign + text[place + 1 :])
    ]
    assert survivors == []


@given(data=st.data())
@settings(max_examples=300)
def test_a_wrong_character_of_any_script_does_not_reach_our_template(data: st.DataObject) -> None:
    text = build(BAKERY)
    place = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda sign: not twins(sign, text[place])))
    assert not reads(text[:place] + wrong + text[place + 1 :])


@given(text=st.text(max_size=80) | st.text(string.digits, max_size=200))
@settings(max_examples=300)
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    assert reads(text) is False


def reads(text: str) -> bool:
    try:
        payload = parse(text)
    except NotEmvco:
        return False
    return payload.account(BAKERY.domain) is not None


def twins(one: str, other: str) -> bool:
    """Equal when composed, or of that one pair of three-byte characters which CRC-16 cannot tell apart."""
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    difference = [left ^ right for left, right in zip(one.encode(), other.encode(), strict=False)]
    return same or (len(one.encode()) == len(other.encode()) == 3 and difference == [1, 16, 33])
