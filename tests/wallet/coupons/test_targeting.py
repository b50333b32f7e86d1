"""Coupons for people like these: offered to who agreed to be chosen, hidden with the yes, and no small number told."""

from datetime import timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.engine.agreements import Terms, Words
from accounts.models import Organisation
from accounts.services.agreements import publish_agreement
from accounts.services.consents import give_consent, withdraw_consent
from kernel import clock
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.use_case import Act
from tests.factories.people import organisation, person, show_papers
from tests.wallet.test_admin import at_the_desk
from wallet import services
from wallet.engine.coupons import Audience, Fixed, Rule
from wallet.errors import AudienceNotAsked
from wallet.models import Coupon, CouponClaim
from wallet.selectors.coupons.showing import Near, coupon_for, coupons_for_me, my_coupons
from wallet.selectors.coupons.targeting import TARGETING, count_audience, withheld

pytestmark = pytest.mark.django_db

YOUNG = Audience(ages_from=18, ages_to=29)
WORDS = Words(
    "あなた向けのクーポン", "年代や地区に合わせたクーポンを出すため。", "あなた向けのクーポンが出なくなります。"
)
_keys = iter(range(10**6))


def act(who=SYSTEM) -> Act:
    return Act(who, at=clock.now(), key=f"targeting-{next(_keys):08}")


def ask() -> object:
    """Let the city ask for a yes to being chosen."""
    office = Organisation.objects.filter(kind="city").values_list("pk", flat=True).first()
    city = office or organisation(kind="city", name="見本市", name_en="Mihon City")
    terms = Terms(["identity", "family"], 0, None, {"ja": WORDS, "en": WORDS})
    return publish_agreement(act(), recipient_id=city, purpose=TARGETING, terms=terms)


def born(year: int, **papers):
    """Let somebody show papers at the counter."""
    who = person("見本")
    show_papers(who, birthdate=f"{year}-04-02", **papers)
    return who


def agree(who, asked, *classes: str) -> None:
    give_consent(act(who.principal), revision_id=asked.revision_id, classes=list(classes or ("identity", "family")))


def put_out(audience: Audience = YOUNG):
    purse = services.open_campaign(act(), name="若者応援", amount=10_000)
    now = clock.now()
    rule = Rule(benefit=Fixed(yen=300), starts_at=now, ends_at=now + timedelta(days=9), needs_claim=True)
    asked = {"title": "20代の方へ", "title_en": "In your twenties", "rule": rule, "campaign_id": purse.id}
    return services.coupons.make_coupon(act(), audience=audience, **asked).id


def offered(who) -> list:
    return [each.id for each in coupons_for_me(who.principal, at=clock.now()).results]


def test_who_agreed_and_belongs_to_it_is_offered_it_and_sees_why(db):
    asked = ask()
    young, old, silent = born(2001), born(1950), born(2001)
    agree(young, asked)
    agree(old, asked)
    coupon = put_out()
    assert [offered(who) for who in (young, old, silent)] == [[coupon], [], []]
    (seen,) = coupons_for_me(young.principal, at=clock.now()).results
    assert (seen.because, seen.may_claim) == (YOUNG, True)
    for who in (old, silent):
        with pytest.raises(NotFound):
            coupon_for(who.principal, coupon, Near(), at=clock.now())
        with pytest.raises(NotFound):
            services.coupons.claim_coupon(act(who.principal), coupon_id=coupon)


def test_taking_the_yes_back_hides_it_at_once_and_what_was_taken_stays(db):
    asked, young = ask(), born(2001)
    agree(young, asked)
    coupons = [put_out(), put_out()]
    services.coupons.claim_coupon(act(young.principal), coupon_id=coupons[0])
    assert offered(young) == [coupons[1]]
    withdraw_consent(act(young.principal), agreement_id=asked.agreement_id)
    assert offered(young) == []
    with pytest.raises(NotFound):
        services.coupons.claim_coupon(act(young.principal), coupon_id=coupons[1])
    assert [each.id for each in my_coupons(young.principal, at=clock.now()).results] == [coupons[0]]
    assert CouponClaim.objects.count() == 1


def test_what_was_not_agreed_to_is_not_looked_at(db):
    asked = ask()
    parent = born(2001)
    agree(parent, asked, "family")
    put_out()
    assert offered(parent) == []
    assert coupons_for_me(parent.principal, at=clock.now()).agreed == ["family"]


def test_district_and_level_are_asked_of_papers_and_account(db):
    asked = ask()
    near, far = born(1980, address="熊本県人吉市九日町1番地"), born(1980, address="熊本県人吉市紺屋町1番地")
    for who in (near, far):
        agree(who, asked)
    coupon = put_out(Audience(districts=("九日町",), level=2))
    assert (offered(near), offered(far)) == ([coupon], [])


def test_the_officer_learns_tens_and_nothing_below_ten(db):
    asked = ask()
    people = [born(2001) for _ in range(12)]
    for who in people[:9]:
        agree(who, asked)
    assert count_audience(YOUNG, reason="検討", at=clock.now()) is None
    for who in people[9:]:
        agree(who, asked)
    assert count_audience(YOUNG, reason="検討", at=clock.now()) == 10
    assert count_audience(Audience(level=1), reason="検討", at=clock.now()) == 10
    assert count_audience(Audience(with_children=True), reason="検討", at=clock.now()) is None


def test_counting_stands_in_the_log_of_everybody_who_was_counted(committed_db):
    asked = ask()
    who = born(2001)
    agree(who, asked)
    count_audience(YOUNG, reason="20代向けの検討", at=clock.now())
    with psycopg.connect(committed_db.owner_url) as owner:
        log = "SELECT subject, ground, classes, reason FROM kernel_access_log WHERE purpose = %s"
        seen = owner.execute(log, [TARGETING]).fetchall()
    assert seen == [(who.resident_id, "grant", ["identity"], "20代向けの検討")]


def test_nobody_is_chosen_before_the_city_has_asked(db):
    with pytest.raises(AudienceNotAsked):
        put_out()
    assert not Coupon.objects.exists()


@given(st.integers(0, 10_000))
def test_a_number_is_told_in_tens_or_not_at_all(count):
    told = withheld(count)
    assert (told is None) == (count < 10)
    assert told is None or (told % 10 == 0 and 0 <= count - told < 10)


@given(st.integers(0, 120), st.integers(0, 120), st.integers(0, 120))
def test_both_ends_of_an_age_band_belong_to_it(first, last, age):
    if first > last:
        return
    audience = Audience(ages_from=first, ages_to=last)
    assert audience.includes(level=1, age=age, address="", has_children=False) == (first <= age <= last)
    assert not audience.includes(level=1, age=None, address="", has_children=False)


def test_the_desk_says_fewer_than_ten_and_puts_it_out_for_them(city):
    officer, _administrator = city.city_office()
    asked, hanako = ask(), born(2001)
    agree(hanako, asked)
    desk, purse = at_the_desk(officer), services.open_campaign(act(), name="若者応援", amount=1000)
    said = {
        "title": "20代の方へ", "title_en": "In your twenties", "campaign": str(purse.id), "kind": "amount", "yen": "300",
        "starts_at": "2026-11-01T00:00", "ends_at": "2036-11-01T00:00", "needs_claim": "1", "for_audience": "1",
        "ages_from": "18", "ages_to": "29", "why": "若者の利用を増やす", "key": "targeted-desk-key",
    }  # fmt: skip
    assert "10人未満です。" in desk.post("/admin/coupons/new", said | {"deed": "preview"}).content.decode()
    made = desk.post("/admin/coupons/new", said | {"deed": "make"})
    assert made.status_code == 302, made.content.decode()
    row = Coupon.objects.get()
    assert (row.audience["ages_from"], row.audience["ages_to"], row.is_listed) == (18, 29, False)
    services.coupons.claim_coupon(act(hanako.principal), coupon_id=row.pk)
    page = desk.get(made["Location"]).content.decode()
    assert "18歳から29歳まで" in page
    assert "10人未満" in page
