"""A campaign's budget: given, spent down to nothing, given back."""

import psycopg
import pytest

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from tests.wallet.audit import broken
from tests.wallet.town import amount_of
from wallet import services
from wallet.errors import AmountInvalid, CampaignClosed, CampaignSpent
from wallet.models import CampaignFunding, Posting

pytestmark = pytest.mark.postgres


def test_a_budget_is_given_raised_and_returned(town):
    opened = services.open_campaign(town.act(SYSTEM), name="夏の買い物応援", amount=1_000_000)
    assert (opened.funded, opened.spent, opened.left, opened.is_open) == (1_000_000, 0, 1_000_000, True)
    raised = services.fund_campaign(town.act(SYSTEM), campaign_id=opened.id, amount=500_000, why="補正予算")
    assert (raised.funded, raised.left) == (1_500_000, 1_500_000)
    part = services.return_rest(town.act(SYSTEM), campaign_id=opened.id, amount=400_000, why="組み替え")
    assert (part.funded, part.left) == (1_100_000, 1_100_000)
    rest = services.return_rest(town.act(SYSTEM), campaign_id=opened.id, why="事業の終わり")
    assert (rest.funded, rest.spent, rest.left) == (0, 0, 0)
    assert amount_of(opened.account_id) == 0
    assert list(Posting.objects.order_by("journal_id").values_list("amount", flat=True)) == [
        1_000_000,
        500_000,
        400_000,
        1_100_000,
    ]
    assert broken() == {}


def test_more_than_is_left_is_not_returned_and_nothing_changes(town):
    opened = services.open_campaign(town.act(SYSTEM), name="夏の買い物応援", amount=100)
    with pytest.raises(CampaignSpent):
        services.return_rest(town.act(SYSTEM), campaign_id=opened.id, amount=101, why="多すぎる")
    assert amount_of(opened.account_id) == 100
    assert CampaignFunding.objects.count() == 1


def test_a_campaign_that_is_over_is_not_funded_but_gives_back(town):
    opened = services.open_campaign(town.act(SYSTEM), name="夏の買い物応援", amount=100)
    assert services.close_campaign(town.act(SYSTEM), campaign_id=opened.id, why="期間の終わり").is_open is False
    with pytest.raises(CampaignClosed):
        services.fund_campaign(town.act(SYSTEM), campaign_id=opened.id, amount=1, why="まだ")
    assert services.return_rest(town.act(SYSTEM), campaign_id=opened.id, why="期間の終わり").left == 0


def test_a_resident_funds_nothing(town):
    yuki = town.resident()
    opened = services.open_campaign(town.act(SYSTEM), name="夏の買い物応援", amount=100)
    with pytest.raises(NotAllowed):
        services.open_campaign(town.act(yuki), name="わたしの事業", amount=100)
    with pytest.raises(NotAllowed):
        services.return_rest(town.act(yuki), campaign_id=opened.id, why="ほしい")
    with pytest.raises(NotFound):
        services.fund_campaign(town.act(SYSTEM), campaign_id=new_id(), amount=1, why="どこ")
    with pytest.raises(AmountInvalid):
        services.fund_campaign(town.act(SYSTEM), campaign_id=opened.id, amount=0, why="なし")


def test_the_audit_finds_a_funding_that_is_not_in_the_books(town, committed_db):
    opened = services.open_campaign(town.act(SYSTEM), name="夏の買い物応援", amount=100)
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE wallet_campaignfunding DISABLE TRIGGER written_once")
        owner.execute("UPDATE wallet_campaignfunding SET amount = 99")
    assert list(broken()) == ["what a campaign was given and gave back is what the books say"]
    assert opened.left == 100
