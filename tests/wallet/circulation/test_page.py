"""The officers' page: what it shows is what the ledger says, each chart has its sentence and its table, and others stay outside."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.people import show_second_factor
from tests.wallet.callers import Caller
from tests.wallet.circulation.weeks import live

ROOT = "/admin/circulation/"
FIVE_WEEKS = {"first": "2026-10-05", "last": "2026-11-02"}
pytestmark = pytest.mark.slow  # a town lives for five weeks


def at_the_desk(person: Caller) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(User.objects.get(resident_id=person.resident_id))
    return show_second_factor(client)


@pytest.fixture
def officer(city) -> Client:
    """Give an officer at their desk."""
    return at_the_desk(city.city_office()[0])


def test_a_city_without_a_whole_week_says_what_will_come(officer):
    assert "最初の一週間" in officer.get(ROOT).content.decode()
    assert officer.get(ROOT + "figures.csv").status_code == 200


def test_the_page_says_charts_sentences_and_tables(town, officer):
    live(town)
    page = officer.get(ROOT, FIVE_WEEKS)
    text = page.content.decode()
    main = text[text.index('<div class="circulation">') : text.rindex("</section>")]
    total = 5 * (12 * 420 + 11 * 200 + 4 * 500)
    assert f"{total:,}円" in main
    assert main.count("<svg") == main.count("<table>") - 1  # what goes in and out is a table alone
    assert "いちばん多いのはスーパー・食料品で、見えている利用額の76％です。" in main
    assert "違いがあるとは" in main or "ふだんの揺れより" in main or 'id="effect"' not in main
    assert re.findall(r"<script|style=|onclick", main) == []
    english = officer.get(ROOT, FIVE_WEEKS, headers={"Accept-Language": "en"}).content.decode()
    assert "Where coins go" in english
    assert not re.search("[ぁ-ん]", english[english.index('<div class="circulation">') :].replace("九日町", ""))


def test_filters_and_the_file_say_the_same(town, officer):
    live(town)
    here = officer.get(ROOT, FIVE_WEEKS | {"district": "駅前"}).content.decode()
    assert "21,000円" in here
    assert "非公開" in here
    both = officer.get(ROOT, FIVE_WEEKS | {"district": "駅前", "trade": "5912"}).content.decode()
    assert "2,000円" not in both
    sent = officer.get(ROOT + "figures.csv", FIVE_WEEKS).content.decode("utf-8-sig").splitlines()
    assert "2026-10-05,2026-11-02,trades,5411,,19200,,60,0" in sent
    assert "2026-10-05,2026-11-02,trades,5912,,,,,5" in sent


def test_a_date_that_is_none_shows_the_usual_weeks(town, officer):
    live(town)
    assert officer.get(ROOT, {"first": "x", "last": "2026-99-99", "district": "nowhere"}).status_code == 200


def test_others_stay_outside(city):
    assert Client().get(ROOT).status_code == 302
    shop = city.shop()
    for person in (city.resident(yen=100), shop.manager):
        desk = at_the_desk(person)
        assert (desk.get(ROOT).status_code, desk.get(ROOT + "figures.csv").status_code) == (403, 403)


def test_programs_of_officers_read_the_same_figures(town, city):
    officer = city.city_office()[0]
    assert officer.get("circulation").json() == {"figures": None, "effect": None}
    live(town)
    said = officer.get("circulation?first=2026-10-05&last=2026-11-02&trade=5411").json()
    assert (said["figures"]["spent"]["yen"], said["figures"]["weeks"]) == (
        19_200,
        {"first": "2026-10-05", "last": "2026-11-02"},
    )
    assert said["figures"]["coins_out"] is None
    refusal = officer.get("circulation?first=yesterday").json()
    assert (refusal["code"], refusal["errors"][0]["field"]) == ("invalid_query", "first")
    assert officer.get("circulation?district=nowhere").json()["figures"]["spent"]["yen"] == 0
