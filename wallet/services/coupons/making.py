"""Making coupons: the city's by its officers, a shop's own by its manager; stopping and starting them again."""

from uuid import UUID

import msgspec

from accounts.selectors import asked_by_the_city
from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.coupons import Audience, Rule, read_rule, written
from wallet.errors import AudienceNotAsked, CouponRuleInvalid
from wallet.models import Campaign, Coupon
from wallet.selectors.coupons.targeting import TARGETING
from wallet.services.offers import merchants_of, offer_of_a_shop, offer_of_the_city, purse_of_the_city, set_paused


class CouponMade(msgspec.Struct, frozen=True):
    """The coupon that was made, or stopped, or started again."""

    id: UUID
    is_paused: bool = False


@use_case("wallet.make_coupon", key=Key.REQUIRED, status=201)
def make_coupon(
    act: Act, *, title: str, title_en: str, rule: Rule, campaign_id: UUID, is_listed: bool = True,
    audience: Audience | None = None, why: str = "",
) -> CouponMade:  # fmt: skip
    """Put out a coupon that a campaign of the city pays for. One that is not listed is handed out, not looked for.

    One for an ``audience`` is offered to who agreed to be chosen and belongs to it, has to be taken, and is never listed.

    :raises NotAllowed: without the right ``wallet.run_coupons``; :raises CouponPurseMissing: without a campaign; :raises
    CampaignClosed: :raises CouponRuleInvalid: for a rule that says otherwise; :raises AudienceNotAsked: where nobody was asked yet.
    """
    campaign = purse_of_the_city(act, campaign_id)
    if rule.funded_by != "campaign":
        raise CouponRuleInvalid(detail="funded_by: campaign")
    if audience is None:
        return put_out(act, title, title_en, rule, campaign=campaign, is_listed=is_listed, why=why)
    if not rule.needs_claim:
        raise CouponRuleInvalid(detail="needs_claim")
    if asked_by_the_city(TARGETING) is None:
        raise AudienceNotAsked
    return put_out(act, title, title_en, rule, campaign=campaign, is_listed=False, audience=audience, why=why)


@use_case("wallet.make_shop_coupon", key=Key.REQUIRED, status=201)
def make_shop_coupon(act: Act, *, title: str, title_en: str, rule: Rule) -> CouponMade:
    """Put out a coupon that a merchant bears: the shop takes less. It is good in the merchant's own shops alone.

    :raises NotFound: for a shop where this person does not work; :raises NotAllowed: where they may not; :raises ShopClosed:
    :raises CouponRuleInvalid: for a rule that names no shop, or shops of two merchants, or another's purse.
    """
    if rule.funded_by != "shop":
        raise CouponRuleInvalid(detail="funded_by: shop")
    organisations = merchants_of(act, rule.shops)
    if len(organisations) != 1:
        raise CouponRuleInvalid(detail="shops: one merchant")
    return put_out(act, title, title_en, rule, organisation_id=organisations.pop())


@use_case("wallet.pause_coupon")
def pause_coupon(act: Act, *, coupon_id: UUID, why: str = "") -> CouponMade:
    """Stop a coupon: from now on nobody pays with it. Twice does no harm. :raises NotAllowed: :raises NotFound:."""
    return _paused(act, offer_of_the_city(act, Coupon, coupon_id), is_paused=True, why=why)


@use_case("wallet.resume_coupon")
def resume_coupon(act: Act, *, coupon_id: UUID, why: str = "") -> CouponMade:
    """Let a stopped coupon go on. :raises NotAllowed: without the right; :raises NotFound:."""
    return _paused(act, offer_of_the_city(act, Coupon, coupon_id), is_paused=False, why=why)


@use_case("wallet.pause_shop_coupon")
def pause_shop_coupon(act: Act, *, shop_id: UUID, coupon_id: UUID) -> CouponMade:
    """Stop a coupon that one's own shop bears. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _paused(act, offer_of_a_shop(act, Coupon, shop_id, coupon_id), is_paused=True)


@use_case("wallet.resume_shop_coupon")
def resume_shop_coupon(act: Act, *, shop_id: UUID, coupon_id: UUID) -> CouponMade:
    """Let a stopped coupon of one's own shop go on. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _paused(act, offer_of_a_shop(act, Coupon, shop_id, coupon_id), is_paused=False)


def audience_of(data: object) -> Audience:
    """Return the audience that a form's data describe; :raises CouponRuleInvalid: with what is wrong."""
    try:
        return msgspec.convert(data, Audience)
    except msgspec.ValidationError as fault:
        raise CouponRuleInvalid(detail=str(fault)) from None


def rule_of(data: object) -> Rule:
    """Return the rule that a form's or a body's data describe; :raises CouponRuleInvalid: with what is wrong."""
    try:
        return read_rule(data)
    except msgspec.ValidationError as fault:
        raise CouponRuleInvalid(detail=str(fault)) from None


def put_out(
    act: Act, title: str, title_en: str, rule: Rule, *,
    campaign: Campaign | None = None, organisation_id: UUID | None = None, is_listed: bool = True,
    audience: Audience | None = None, why: str = "",
) -> CouponMade:  # fmt: skip
    """Write a coupon down, inside a use case that has checked who may and which purse."""
    row = Coupon.objects.create(
        id=new_id(act.at), title=title, title_en=title_en, rule=written(rule), campaign=campaign,
        organisation_id=organisation_id, starts_at=rule.starts_at, ends_at=rule.ends_at, stock=rule.stock,
        per_person=rule.per_person, per_day=rule.per_day, needs_claim=rule.needs_claim, is_listed=is_listed,
        audience=None if audience is None else msgspec.to_builtins(audience), created_at=act.at,
        created_by=act.principal.actor, changed_at=act.at,
    )  # fmt: skip
    act.audit(what={"coupon_id": str(row.pk), "rule": written(rule), "audience": row.audience}, why=why)
    return CouponMade(id=row.pk)


def _paused(act: Act, row: Coupon, *, is_paused: bool, why: str = "") -> CouponMade:
    return CouponMade(id=row.pk, is_paused=set_paused(act, row, is_paused=is_paused, named="coupon_id", why=why))
