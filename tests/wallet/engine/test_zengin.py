"""The bank's file: every record 120 bytes, what was written is what is read, and what cannot be written is refused by name."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.engine.kana import WRITABLE, half_width
from wallet.engine.zengin import (
    CRLF,
    DATA,
    END,
    HEADER,
    MOST,
    SIZE,
    TRAILER,
    Place,
    Transfer,
    TransferFile,
    parse,
    write,
)
from wallet.errors import FileUnreadable, KanaUnwritable

SIGNS = "".join(sorted(WRITABLE))


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(SIGNS, min_size=least, max_size=most).filter(lambda text: text == text.rstrip(" "))


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


places = st.builds(
    Place, bank_code=digits(4), bank_name=texts(15), branch_code=digits(3), branch_name=texts(15),
    account_type=st.sampled_from("1249"), account_number=digits(7),
)  # fmt: skip
transfers = st.builds(Transfer, to=places, holder=texts(30, least=1), amount=st.integers(1, MOST), reference=texts(20))
files = st.builds(
    TransferFile, client_code=digits(10), client_name=texts(40), source=places, pay_month=st.integers(1, 12),
    pay_day=st.integers(1, 28), transfers=st.lists(transfers, max_size=5).map(tuple),
)  # fmt: skip

HERE = Place(
    bank_code="9901", bank_name="ﾐﾎﾝ", branch_code="001", branch_name="ﾎﾝﾃﾝ", account_type="1", account_number="0000001"
)
ONE = Transfer(to=HERE, holder="ｺﾏﾂ ｶﾞｸﾄ", amount=12345, reference="261115-1")
FILE = TransferFile(
    client_code="0000000001", client_name="ﾐﾎﾝｼ", source=HERE, pay_month=11, pay_day=24, transfers=(ONE,)
)


@given(files)
def test_what_is_written_is_what_is_read(file):
    content = write(file)
    assert parse(content) == file
    assert all(len(line) == SIZE for line in content.split(CRLF)[:-1])
    assert content.endswith(CRLF)


def test_the_fields_are_those_of_the_standard():
    sizes = [[field.size for field in layout] for layout in (HEADER, DATA, TRAILER, END)]
    assert sizes == [
        [1, 2, 1, 10, 40, 4, 4, 15, 3, 15, 1, 7, 17],
        [1, 4, 15, 3, 15, 4, 1, 7, 30, 10, 1, 20, 1, 1, 7],
        [1, 6, 12, 101],
        [1, 119],
    ]
    assert [sum(some) for some in sizes] == [SIZE] * 4


def test_one_transfer_byte_by_byte():
    header, data, trailer, end, nothing = write(FILE).split(CRLF)
    assert header == b"1210" + b"0000000001" + "ﾐﾎﾝｼ".ljust(40).encode("cp932") + b"1124" + b"9901" + (
        "ﾐﾎﾝ".ljust(15) + "001" + "ﾎﾝﾃﾝ".ljust(15) + "1" + "0000001" + " " * 17
    ).encode("cp932")
    assert data == (
        "2" + "9901" + "ﾐﾎﾝ".ljust(15) + "001" + "ﾎﾝﾃﾝ".ljust(15) + "0000" + "1" + "0000001"
        + "ｺﾏﾂ ｶﾞｸﾄ".ljust(30) + "0000012345" + "0" + "261115-1".ljust(20) + "7" + " " * 8
    ).encode("cp932")  # fmt: skip
    assert trailer == b"8" + b"000001" + b"000000012345" + b" " * 101
    assert (end, nothing) == (b"9" + b" " * 119, b"")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"holder": "山田"}, "holder"),
        ({"holder": "ｷｬﾗ"}, "holder"),
        ({"holder": "ｦｶﾓﾄ"}, "holder"),
        ({"holder": "ｱ" * 31}, "holder"),
        ({"holder": ""}, "holder"),
        ({"holder": "ﾐﾎﾝ "}, "holder"),
        ({"amount": 0}, "amount"),
        ({"amount": MOST + 1}, "amount"),
        ({"reference": "x"}, "reference"),
        ({"to": msgspec.structs.replace(HERE, account_number="123")}, "account_number"),
        ({"to": msgspec.structs.replace(HERE, account_number="123456７")}, "account_number"),
        ({"to": msgspec.structs.replace(HERE, bank_name="ﾐ" * 16)}, "bank_name"),
    ],
)
def test_what_cannot_be_written_is_refused_with_field_and_place(change: dict[str, Any], field: str):
    wrong = msgspec.structs.replace(ONE, **change)
    with pytest.raises(KanaUnwritable) as refused:
        write(msgspec.structs.replace(FILE, transfers=(ONE, wrong)))
    assert (refused.value.members["field"], refused.value.members["transfer"]) == (field, 2)


def test_no_file_has_a_thirty_first_of_november():
    with pytest.raises(KanaUnwritable) as refused:
        write(msgspec.structs.replace(FILE, pay_day=31))
    assert refused.value.members["field"] == "pay_on"


@pytest.mark.parametrize(
    ("damage", "line", "field"),
    [
        (lambda content: content[:-30], 4, "record"),
        (lambda content: content.replace(b"0000012345", b"0000012346", 1), 3, "total"),
        (lambda content: content[:122] * 2 + content[122:], 5, "record"),
        (lambda content: content[:122] + content[244:], 2, "count"),
        (lambda content: content.replace(b"1210", b"1110", 1), 1, "kind"),
        (lambda content: content.replace(b"0000012345", b"00000 2345"), 2, "amount"),
        (lambda content: content.replace("ｺﾏﾂ".encode("cp932"), b"\x81\xad\xff"), 2, "holder"),
        (lambda content: b"", 0, "record"),
    ],
)
def test_a_damaged_file_is_refused_where_it_is_damaged(damage, line, field):
    with pytest.raises(FileUnreadable) as refused:
        parse(damage(write(FILE)))
    assert refused.value.members == {"line": line, "field": field}


def test_a_file_may_come_without_line_ends():
    assert parse(write(FILE).replace(CRLF, b"")) == FILE
    assert parse(write(FILE).replace(CRLF, b"\n") + b"\x1a") == FILE


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ガクト", "ｶﾞｸﾄ"),
        ("ぱぴぷ", "ﾊﾟﾋﾟﾌﾟ"),
        ("キャッツ・ヴォーカル", "ｷﾔﾂﾂ.ｳﾞｵ-ｶﾙ"),
        ("ミホンショウテン（カ", "ﾐﾎﾝｼﾖｳﾃﾝ(ｶ"),
        ("ヲカモト　ａｂｃ１２", "ｵｶﾓﾄ ABC12"),
        ("ｶﾞｸﾄ", "ｶﾞｸﾄ"),
        ("エ－ユ－", "ｴ-ﾕ-"),
        ("「マチ」", "｢ﾏﾁ｣"),
        ("か゛", "ｶﾞ"),
    ],
)
def test_names_are_written_as_banks_do(said, written):
    assert half_width(said, field="holder") == written
    assert half_width(written, field="holder") == written


@pytest.mark.parametrize(
    ("said", "sign"), [("山田ハナコ", "山"), ("ハナコ★", "★"), ("é", "\u0301"), ("ハナコ😀", "😀")]
)
def test_what_no_bank_writes_is_named(said, sign):
    with pytest.raises(KanaUnwritable) as refused:
        half_width(said, field="holder")
    assert refused.value.members == {"field": "holder", "sign": sign}
