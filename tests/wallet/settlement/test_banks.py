"""The register of banks is taken over whole: real data are read, what is gone ends and stays readable, a damaged file changes
nothing.
"""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kernel import environment
from tests.wallet.audit import assert_whole
from tests.wallet.settlement.market import CUT_OFF
from wallet.engine.bank_register import read_register
from wallet.engine.kana import half_width
from wallet.errors import BankUnknown, FileUnreadable
from wallet.models import Bank, BankBranch, SettlementTransfer, Shop
from wallet.selectors.banks import branch_names


@pytest.fixture(scope="module")
def published() -> Path:
    folder = environment.load().machi_open_data
    file = Path(folder, "wallet", "zengin_banks_branches.json.gz")
    if not folder or not file.is_file():
        pytest.skip("MACHI_OPEN_DATA does not hold wallet/zengin_banks_branches.json.gz")
    return file


def register(tmp_path: Path, banks: dict[str, str], branches: dict[str, list[str]]) -> Path:
    words = {"name": "新しい名", "kana": "アタラシイナ"}
    content = {
        "banks": {code: {"code": code, "name": name, "kana": "カナ"} for code, name in banks.items()},
        "branches": {bank: {code: {"code": code} | words for code in some} for bank, some in branches.items()},
    }
    file = tmp_path / "register.json"
    file.write_text(json.dumps(content))
    return file


def test_every_name_of_the_published_register_can_be_written(published):
    banks, branches = read_register(gzip.decompress(published.read_bytes()))
    assert (len(banks), len(branches)) == (1_146, 28_934)  # 2,285 more are of banks that were merged away
    assert {half_width(each.kana, field="kana")[:1] for each in banks + branches} > {"ﾐ", "ﾕ"}


@pytest.mark.slow  # thirty thousand rows, twice
def test_the_published_register_is_imported_and_again_changes_nothing(published, committed_db):
    said = io.StringIO()
    call_command("import_banks", str(published), stdout=said)
    names = branch_names("0001", "001")
    assert (names.bank, names.bank_name, names.branch_name) == ("ﾐｽﾞﾎ", "みずほ", "東京営業部")
    call_command("import_banks", str(published), stdout=said)
    assert (
        said.getvalue().splitlines() == ["1146 banks and 28934 branches; 0 banks and 0 branches came to their end."] * 2
    )
    assert (Bank.objects.count(), BankBranch.objects.count()) == (1_146, 28_934)


def test_what_is_gone_ends_and_is_paid_no_more_until_it_comes_back(market, tmp_path):
    shop = market.shop()
    market.pay(shop, 5_000)
    without = register(tmp_path, {"9901": "見本"}, {"9901": ["001"]})
    said = io.StringIO()
    call_command("import_banks", str(without), stdout=said)
    assert said.getvalue() == "1 banks and 1 branches; 1 banks and 2 branches came to their end.\n"
    batch = market.draw()
    transfer = SettlementTransfer.objects.get(batch_id=batch.id)
    assert (transfer.reason, transfer.carried_out) == ("bank_ended", 5_000)
    with pytest.raises(BankUnknown):
        market.account(Shop.objects.get(pk=shop.id).organisation_id)
    call_command(
        "import_banks",
        str(register(tmp_path, {"9901": "見本", "9902": "例の"}, {"9901": ["001"], "9902": ["001"]})),
        stdout=said,
    )
    assert branch_names("9902", "001").branch_name == "新しい名"
    market.approve(batch.id)
    assert market.settle(CUT_OFF.replace(day=30)).total == 4_950
    assert_whole()


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"banks": {}, "branches": {}}',
        b'{"banks": {"1": {"code": "1", "name": "x", "kana": "x"}}, "branches": {"1": {}}}',
    ],
)
def test_a_damaged_register_changes_nothing(market, tmp_path, content):
    with pytest.raises(FileUnreadable):
        read_register(content)
    file = tmp_path / "damaged.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="file_unreadable"):
        call_command("import_banks", str(file))
    assert BankBranch.objects.filter(ended_at=None).count() == 3
