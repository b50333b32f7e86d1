"""Coupons: what is offered, who holds one, who has used how many, and which payment used which."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact, IsNull
from django.utils.translation import gettext_lazy as _

from kernel.ids import new_id
from wallet.models.account import Account
from wallet.models.campaign import Campaign
from wallet.models.order import OrderPayment
from wallet.models.payment import Payment


class Coupon(models.Model):
    """One coupon. Its rule (``wallet.engine.coupons``) is written once; only stock taken and pause change.

    What the database must refuse by itself stands in columns of its own, copied from the rule: period, stock, uses per person.
    ``campaign`` pays for it, or a merchant takes less (``organisation_id``). ``taken`` counts what is out of the stock.
    ``audience``: only who agreed to be chosen, and belongs to it, is offered it; who that is stands nowhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("クーポンの名前"), max_length=60)
    title_en = models.CharField(_("英語の名前"), max_length=60)
    rule = models.JSONField(_("決まり"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="coupons")
    organisation_id = models.UUIDField(null=True)
    starts_at = models.DateTimeField(_("開始日時"))
    ends_at = models.DateTimeField(_("終了日時"), db_index=True)
    stock = models.IntegerField(_("枚数"), null=True)
    taken = models.IntegerField(_("使われた枚数"), default=0)
    per_person = models.IntegerField(_("一人の枚数"), null=True)
    per_day = models.IntegerField(_("一人一日の枚数"), null=True)
    needs_claim = models.BooleanField(_("先に受け取る"), default=False)
    is_listed = models.BooleanField(_("一覧に出す"), default=True)
    audience = models.JSONField(_("対象の人"), null=True)
    paused_at = models.DateTimeField(_("停止日時"), null=True)
    created_at = models.DateTimeField(_("作成日時"))
    created_by = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("クーポン")
        verbose_name_plural = _("クーポン")
        constraints = [
            models.CheckConstraint(name="coupon_named", condition=~Q(title="") & ~Q(title_en="")),
            models.CheckConstraint(name="coupon_period", condition=Q(starts_at__lt=F("ends_at"))),
            models.CheckConstraint(
                name="coupon_stock_never_passed",
                condition=Q(taken__gte=0) & (Q(stock__isnull=True, taken=0) | Q(stock__gte=1, taken__lte=F("stock"))),
            ),
            models.CheckConstraint(
                name="coupon_has_one_purse",
                condition=Q(campaign__isnull=False, organisation_id__isnull=True)
                | Q(campaign__isnull=True, organisation_id__isnull=False),
            ),
            models.CheckConstraint(
                name="coupon_for_an_audience_is_the_citys_and_taken_first",
                condition=Q(audience__isnull=True) | Q(campaign__isnull=False, needs_claim=True, is_listed=False),
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.title


class CouponClaim(models.Model):
    """One coupon held by an account, for one use. ``source_id`` says what it came from; nobody gets two from the same.

    It is unused again when its payment is given back whole, and taken back (``revoked_at``) with the stamp that earned it.
    """

    class Source(models.TextChoices):
        """Where a claim came from."""

        OWN = "own", _("自分で受け取り")
        CITY = "city", _("市から")
        STAMPS = "stamps", _("スタンプ")
        REFERRAL = "referral", _("紹介")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="claims")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("由来"), max_length=8, choices=Source.choices, db_collation="C")
    source_id = models.UUIDField()
    at = models.DateTimeField(_("日時"))
    used_at = models.DateTimeField(_("使用日時"), null=True)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    order_payment = models.ForeignKey(
        OrderPayment, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    revoked_at = models.DateTimeField(_("取消日時"), null=True)

    class Meta:
        verbose_name = _("受け取ったクーポン")
        verbose_name_plural = _("受け取ったクーポン")
        constraints = [
            models.UniqueConstraint(name="coupon_claim_once_a_source", fields=["coupon", "account", "source_id"]),
            models.CheckConstraint(
                name="coupon_claim_source", condition=Q(source__in=["own", "city", "stamps", "referral"])
            ),
            models.CheckConstraint(
                name="coupon_claim_used_by_a_payment",
                condition=Q(used_at=None, payment=None, order_payment=None)
                | Q(used_at__isnull=False, payment__isnull=False, order_payment=None, revoked_at=None)
                | Q(used_at__isnull=False, payment=None, order_payment__isnull=False, revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class CouponCount(models.Model):
    """How many of one coupon an account has used, altogether and on the day ``day`` in Japan, less what was given back."""

    pk = models.CompositePrimaryKey("coupon", "account")
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    used = models.IntegerField()
    day = models.DateField()
    on_day = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="coupon_count", condition=Q(on_day__gte=0) & Q(used__gte=F("on_day"))),
        ]

    def __str__(self) -> str:
        """Show both keys."""
        return str(self.pk)


class CouponUse(models.Model):
    """One coupon took ``discount`` off one payment, or off an order. ``returned`` is what of it went back to the campaign.

    Before an order is paid, what its campaign will pay is held in the budget. ``given_back_at``: the coupon itself came back,
    once, with the payment given back whole. No foreign key to payments in the database, for the reason given in
    ``wallet.models.journal``: a coupon in many hands would be locked by each of them. Both amounts are of SQL's domains, so that
    the one CHECK, which every use parses anew, says no more than what lies between columns.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, db_constraint=False, related_name="uses")
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="coupon_uses"
    )
    order_payment = models.ForeignKey(
        OrderPayment, on_delete=models.PROTECT, null=True, db_index=False, related_name="coupon_uses"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    claim = models.ForeignKey(
        CouponClaim, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    discount = models.BigIntegerField(_("割引額"))
    returned = models.BigIntegerField(_("戻った額"), default=0)
    day = models.DateField(_("利用日"))
    at = models.DateTimeField(_("日時"))
    given_back_at = models.DateTimeField(_("返却日時"), null=True)

    class Meta:
        verbose_name = _("クーポンの利用")
        verbose_name_plural = _("クーポンの利用")
        constraints = [
            models.UniqueConstraint(name="coupon_use_once_a_payment", fields=["payment", "coupon"]),
            models.UniqueConstraint(name="coupon_use_once_an_order", fields=["order_payment", "coupon"]),
            models.CheckConstraint(
                name="coupon_use_of_one_and_no_more_back",
                condition=Q(
                    Exact(IsNull(F("payment"), True), IsNull(F("order_payment"), False)),  # noqa: FBT003 - Django's own form
                    returned__lte=F("discount"),
                ),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
