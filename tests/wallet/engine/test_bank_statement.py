"""A bank's files: what was written is read, and nothing that was changed in one is believed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.ids import new_id
from kernel.spreadsheets import TableUnreadable, rows_of
from tests.wallet.bank.bank import DAY, came, table, zengin
from wallet.engine.bank_csv import Columns, read_table
from wallet.engine.bank_statement import KnownLine, StatementRead, Trouble, place, same_name
from wallet.engine.kana import KANA
from wallet.engine.numbers import grouped
from wallet.engine.transfer_codes import code_in, code_of
from wallet.engine.zengin_statement import SIZE, read_statement

NAMES = st.text(st.sampled_from(sorted(KANA) + list("0123456789 ABC")), max_size=48).map(str.strip)
MOVES = st.lists(
    st.builds(
        came,
        st.integers(1, 10**11),
        NAMES,
        day=st.dates(date(2026, 11, 1), date(2026, 11, 30)),
        way=st.sampled_from("12"),
    ),
    max_size=8,
)
FILE = zengin(came(3_000, "ﾔﾏﾀﾞ", serial="1"), came(200, "ｽｽﾞｷ", serial="2", way="2"), came(50, "ﾀﾅｶ", serial="3"))


def read(content: bytes) -> StatementRead:
    """Read a table by the columns that are named where nobody names others."""
    try:
        return read_table(rows_of(content), Columns())
    except TableUnreadable as wrong:
        return StatementRead(layout="csv", account="", lines=(), troubles=(Trouble(wrong.line, "not_this"),))


def codes(content: bytes, years: str = "japanese") -> set[str]:
    return {each.code for each in read_statement(content, years).troubles}


def changed(line: int, begin: int, new: bytes, content: bytes = FILE) -> bytes:
    place = (line - 1) * (SIZE + 2) + begin
    return content[:place] + new + content[place + len(new) :]


@given(MOVES, st.sampled_from([b"\r\n", b"\n", b""]))
@settings(max_examples=60, deadline=None)
def test_what_a_bank_writes_is_read(moves, end):
    found = read_statement(zengin(*moves).replace(b"\r\n", end) + b"\x1a", "japanese")
    assert found.troubles == ()
    assert found.account == "9901-001-1-0000001"
    assert [(line.amount, line.is_in, line.name) for line in found.lines] == [
        (row["amount"], row["way"] == "1", str(row["name"]).rstrip()) for row in moves
    ]
    assert found.closing == 1_000_000 + found.total_in - found.total_out


@given(st.binary(max_size=1_000))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_answered_with_sentences(content):
    assert read(content).troubles
    assert read_statement(content, "japanese").troubles
    assert read_statement(b"1030" + content, "japanese").troubles


@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_one_changed_byte_is_never_other_money(position, byte):
    found = read_statement(FILE[:position] + bytes([byte]) + FILE[position + 1 :], "japanese")
    before = read_statement(FILE, "japanese")
    if not found.troubles:
        assert (found.total_in, found.total_out, found.closing) == (before.total_in, before.total_out, before.closing)


@given(st.integers(1, len(FILE) - 3))
@settings(max_examples=60, deadline=None)
def test_a_file_that_was_cut_is_none(length):
    assert read_statement(FILE[:length], "japanese").troubles


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "misplaced"),
        (changed(1, 1, b"01"), "not_this"),
        (changed(1, 3, b"1"), "not_this"),
        (changed(2, 0, b"8"), "misplaced"),
        (changed(2, 0, b"7"), "not_this"),
        (changed(2, 9, b"081301"), "day"),
        (changed(2, 9, b"081231"), "day_outside"),
        (changed(2, 21, b"3"), "way"),
        (changed(2, 24, b"000000000000"), "amount"),
        (changed(2, 24, b"00000000300A"), "signs"),
        (changed(2, 24, b"000000003001"), "sums"),
        (changed(4, 1, b"00000001"), "serial_twice"),
        (changed(5, 1, b"000009"), "sums"),
        (changed(5, 40, b"00000001002851"), "balance"),
        (changed(6, 1, b"0000000007"), "sums"),
        (FILE.replace(b"\r\n", b"\r\n\r\n", 1), "length"),
        (FILE + FILE, "misplaced"),
    ],
)
def test_what_is_wrong_is_named(content, code):
    found = read_statement(content, "japanese")
    assert code in {each.code for each in found.troubles}


def test_every_wrong_line_is_named_with_its_number():
    content = changed(4, 24, b"000000000000", changed(2, 9, b"081301"))
    assert [(each.number, each.code) for each in read_statement(content, "japanese").troubles] == [
        (2, "day"), (4, "amount"),
    ]  # fmt: skip


def test_years_of_the_other_calendar_are_outside():
    assert codes(FILE, "western") == set() or codes(FILE, "western") == {"day_outside"}
    assert read_statement(FILE, "western").lines[0].booked_on == date(2008, 11, 2)
    assert read_statement(FILE, "japanese").lines[0].booked_on == DAY


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("日付,入金金額\n", "column"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,1000,1000", "length"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/13/02,,1000,1000,ﾔﾏﾀﾞ", "day"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,1000,1000,1000,ﾔﾏﾀﾞ", "amount"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,１０００,1000,ﾔﾏﾀﾞ", "amount"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,-1000,1000,ﾔﾏﾀﾞ", "amount"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,1e3,1000,ﾔﾏﾀﾞ", "amount"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,1000,x,ﾔﾏﾀﾞ", "amount"),
        ("日付,出金金額,入金金額,残高,摘要\n2026/11/02,,1,1,ｱ\n2026/11/02,,1,3,ｱ", "balance"),
        ('日付,出金金額,入金金額,残高,摘要\n"2026', "not_this"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(content, code):
    assert code in {each.code for each in read(content.encode()).troubles}


def test_a_table_is_read_by_its_columns():
    assert read(table(came(1_500, "ﾔﾏﾀﾞ"), came(20, "ﾃｽｳﾘﾖｳ", way="2"))).total_in == 1_500
    columns = Columns(
        day="取引日", day_format="%Y%m%d", came_in="入金", went_out="出金", balance="", name="内容", serial="番号",
        account="口座", newest_first=True, skip=1,
    )  # fmt: skip
    text = (
        '口座の明細\n取引日,入金,出金,内容,番号,口座\n20261103,"1,000",,ｽｽﾞｷ,0012,普通 0000001\n'
        "20261102,,5,ﾃｽｳ,0011,普通 0000001\n"
    )
    found = read_table(rows_of(text.encode("utf-8-sig")), columns)
    assert [(line.amount, line.serial) for line in found.lines] == [(5, "11"), (1_000, "12")]
    assert (found.troubles, found.account) == ((), "0000001")


@given(st.integers(0, 10**7 - 1), st.sampled_from(["ﾔﾏﾀﾞ ﾊﾅｺ", "ｽｽﾞｷ", "ABC 3"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_code_is_found_where_people_write_it(value, name, before):
    code = code_of(value)
    for written in (code, grouped(code), f"{code[:4]}-{code[4:]}"):
        text = f"{written}ﾔ{name}" if before else f"{name}ﾔ{written}"
        assert code_in(text) == (code, "")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert code_in(f"{wrong} {name}") == ("", "damaged_code")


def test_two_codes_are_none_and_few_digits_are_a_name():
    assert code_in(f"{code_of(1)} {code_of(2)}x")[0] == ""
    assert code_in("3ﾁﾖｳﾒ ﾃﾝ") == ("", "no_code")
    assert code_in("１２３４５６７") == ("", "damaged_code")


def test_equal_lines_are_counted_and_names_are_the_same_in_both_formats():
    assert same_name("ヤマダ ハナコ") == same_name("ﾔﾏﾀﾞ  ﾊﾅｺ")
    assert same_name("山田") != same_name("鈴木")
    lines = read_statement(zengin(*[came(100, "ｱ") for _ in range(3)]), "japanese").lines
    contents = {line.number: "a" for line in lines}
    fresh, none = place(lines, contents, [])
    assert ([each.ordinal for each in fresh], none) == ([1, 2, 3], [])
    known = [
        KnownLine(
            id=new_id(), booked_on=DAY, is_in=True, amount=100, content="a", ordinal=each.ordinal, serial=""
        )
        for each in fresh[:2]
    ]  # fmt: skip
    again, _none = place(lines, contents, known)
    assert [(each.known is not None, each.ordinal) for each in again] == [(True, 1), (True, 2), (False, 3)]
