"""Applications of merchants: who asks to take the coin, where it stands, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.access import PersonalModel
from kernel.ids import new_id
from wallet.models.shop import Shop


class ApplicationState(models.TextChoices):
    """Where an application stands; a draft and one that was sent back are the applicant's, one that waits is the city's."""

    DRAFT = "draft", _("下書き")
    WAITING = "waiting", _("審査待ち")
    SENT_BACK = "sent_back", _("差し戻し")
    APPROVED = "approved", _("承認")
    DECLINED = "declined", _("見送り")
    WITHDRAWN = "withdrawn", _("取り下げ")


OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.WAITING, ApplicationState.SENT_BACK)


class MerchantApplication(models.Model):
    """One shop that shall take the coin: of a new merchant, or a further shop of ``organisation_id``.

    What was written stands sealed in :class:`ApplicationAnswers`. Here stand the shop's name and trade, for the queue, and tokens
    (blind indexes) by which the same name, telephone or account is found again. ``version`` rises with each submission.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    applicant = models.UUIDField(_("申込者"), db_index=True)
    organisation_id = models.UUIDField(_("組織"), null=True)
    is_branch = models.BooleanField(_("支店の追加"), default=False)
    state = models.CharField(
        _("状態"), max_length=9, choices=ApplicationState.choices, default=ApplicationState.DRAFT, db_collation="C"
    )
    version = models.IntegerField(_("版"), default=0)
    shop_name = models.CharField(_("店名"), max_length=60, blank=True)
    trade = models.CharField(_("業種コード（MCC）"), max_length=4, blank=True, db_collation="C")
    terms = models.CharField(_("規約の版"), max_length=20, blank=True, db_collation="C")
    name_token = models.CharField(max_length=43, blank=True, db_collation="C", db_index=True)
    telephone_token = models.CharField(max_length=43, blank=True, db_collation="C", db_index=True)
    account_token = models.CharField(max_length=43, blank=True, db_collation="C", db_index=True)
    started_at = models.DateTimeField(_("開始日時"))
    submitted_at = models.DateTimeField(_("申込日時"), null=True, blank=True)
    decided_by = models.UUIDField(_("決めた人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    shop = models.OneToOneField(Shop, on_delete=models.PROTECT, null=True, related_name="application")

    class Meta:
        verbose_name = _("加盟店の申込み")
        verbose_name_plural = _("加盟店の申込み")
        constraints = [
            models.CheckConstraint(name="application_state", condition=Q(state__in=ApplicationState.values)),
            models.CheckConstraint(
                name="application_submitted_whole",
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(submitted_at__isnull=False, version__gt=0) & ~Q(shop_name="") & ~Q(trade="") & ~Q(terms="")),
            ),
            models.CheckConstraint(
                name="application_decided_by_another",
                condition=Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("applicant"))
                | ~Q(state__in=["approved", "declined"]) & Q(decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="application_approved_has_shop",
                condition=Q(state="approved", shop__isnull=False, organisation_id__isnull=False)
                | ~Q(state="approved") & Q(shop__isnull=True),
            ),
            models.CheckConstraint(
                name="application_branch_of_somebody",
                condition=Q(is_branch=False) | Q(organisation_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="application_one_draft", fields=["applicant", "is_branch"], condition=Q(state="draft")
            ),
        ]
        indexes = [models.Index(name="application_queue", fields=["submitted_at"], condition=Q(state="waiting"))]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ApplicationAnswers(PersonalModel):
    """What an applicant wrote (:class:`wallet.engine.applications.Answers`), sealed with their own key."""

    data_class = "merchant"

    application = models.OneToOneField(
        MerchantApplication, on_delete=models.PROTECT, primary_key=True, related_name="answers"
    )
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("加盟店の申込みの内容")
        verbose_name_plural = _("加盟店の申込みの内容")

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class AttachmentKind(models.TextChoices):
    """What a photo or scan shows (:data:`wallet.engine.applications.Attached`)."""

    LICENCE = "licence", _("許可証・届出の控え")
    BUSINESS = "business", _("事業の証明（開業届の控え・登記事項証明書）")
    PASSBOOK = "passbook", _("通帳の写し")
    OTHER = "other", _("そのほかの書類")


class ApplicationAttachment(models.Model):
    """A photo or scan that belongs to an application: a sealed file (:mod:`kernel.files`) whose key is sealed with the applicant's.

    So nobody opens it without an access to them. ``token`` is the blind index of the content: the same photo is kept once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(
        MerchantApplication, on_delete=models.PROTECT, related_name="attachments", db_index=False
    )
    kind = models.CharField(_("書類の種類"), max_length=8, choices=AttachmentKind.choices, db_collation="C")
    media = models.CharField(_("形式"), max_length=15, db_collation="C")
    size = models.IntegerField(_("大きさ（バイト）"))
    token = models.CharField(max_length=43, db_collation="C")
    file = models.CharField(max_length=80, db_collation="C", unique=True)
    sealed_key = models.BinaryField()
    added_at = models.DateTimeField(_("添えた日時"), db_index=True)

    class Meta:
        verbose_name = _("申込みに添えた書類")
        verbose_name_plural = _("申込みに添えた書類")
        constraints = [
            models.CheckConstraint(name="attachment_kind", condition=Q(kind__in=AttachmentKind.values)),
            models.CheckConstraint(
                name="attachment_media", condition=Q(media__in=["image/jpeg", "image/png", "application/pdf"])
            ),
            models.CheckConstraint(name="attachment_size", condition=Q(size__gt=0, size__lte=5 * 1024 * 1024)),
            models.UniqueConstraint(name="attachment_once", fields=["application", "kind", "token"]),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ApplicationStep(models.Model):
    """One step of an application, in order; ``why`` is what the applicant reads. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(MerchantApplication, on_delete=models.PROTECT, related_name="steps")
    version = models.IntegerField(_("版"))
    state = models.CharField(_("状態"), max_length=9, choices=ApplicationState.choices, db_collation="C")
    why = models.CharField(_("理由"), max_length=400, blank=True)
    by = models.UUIDField(_("行った人"))
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("申込みの経過")
        verbose_name_plural = _("申込みの経過")
        constraints = [
            models.CheckConstraint(
                name="application_step_reason", condition=~Q(state__in=["sent_back", "declined"]) | ~Q(why="")
            ),
            # A version is sent back, declined or approved once, whoever comes second.
            models.UniqueConstraint(
                name="application_step_one_answer",
                fields=["application", "version"],
                condition=Q(state__in=["sent_back", "declined", "approved"]),
            ),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)


class ShopStop(models.Model):
    """A shop takes no more coins: suspended until another step, or closed for good. ``Shop.closed_at`` is what payments look at."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="stops")
    is_final = models.BooleanField(_("閉店"))
    reason = models.CharField(_("理由"), max_length=200)
    stopped_by = models.UUIDField(_("止めた人"))
    stopped_at = models.DateTimeField(_("止めた日時"))
    ended_by = models.UUIDField(_("再開した人"), null=True, blank=True)
    ended_at = models.DateTimeField(_("再開日時"), null=True, blank=True)
    end_reason = models.CharField(_("再開の理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("店舗の停止")
        verbose_name_plural = _("店舗の停止")
        constraints = [
            models.CheckConstraint(name="shop_stop_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="shop_stop_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("stopped_at"), ended_by__isnull=False) & ~Q(end_reason=""),
            ),
            models.UniqueConstraint(name="shop_stop_one_open", fields=["shop"], condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        """Show the id."""
        return str(self.pk)
