"""What a resident chose about messages and Home, and the devices that take pushes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.resident import Resident
from kernel.access import PersonalModel
from kernel.ids import new_id

LINE_PLACE = "accounts.message_settings.line"
SUBSCRIPTION_PLACE = "accounts.push_subscription"
DAY_MINUTES = 24 * 60


class MessageSettings(PersonalModel):
    """By which channels each category comes (``{"city": ["push"]}``; what is missing is as usual), and the quiet hours.

    Quiet hours are minutes of the day in Japan. ``sealed_line`` is the person's key at LINE, sealed for :data:`LINE_PLACE`.
    """

    data_class = "messages"

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    choices = models.JSONField(default=dict)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_to = models.PositiveSmallIntegerField(null=True)
    sealed_line = models.BinaryField(null=True)

    class Meta(PersonalModel.Meta):
        verbose_name = _("お知らせの設定")
        verbose_name_plural = _("お知らせの設定")
        constraints = [
            models.CheckConstraint(
                name="message_settings_quiet",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (
                    Q(quiet_from__isnull=False, quiet_from__lt=DAY_MINUTES)
                    & Q(quiet_to__isnull=False, quiet_to__lt=DAY_MINUTES)
                    & ~Q(quiet_from=F("quiet_to"))
                ),
            ),
        ]


class PushSubscription(PersonalModel):
    """A browser that takes pushes, tied to the sign-in that it was made under: with that it ends.

    Endpoint, keys and sign-in are sealed for :data:`SUBSCRIPTION_PLACE`; ``endpoint_hash`` makes an endpoint one person's alone.
    ``key_id`` names the city's key that the browser expects.
    """

    data_class = "messages"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    endpoint_hash = models.BinaryField(unique=True)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=64, db_collation="C")
    created_at = models.DateTimeField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("プッシュ通知の登録")
        verbose_name_plural = _("プッシュ通知の登録")


class HomeChoices(PersonalModel):
    """Which kinds of cards a resident wants first on Home, and which not at all."""

    data_class = "home"

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, primary_key=True, related_name="+")
    pinned = models.JSONField(default=list)
    hidden = models.JSONField(default=list)

    class Meta(PersonalModel.Meta):
        verbose_name = _("ホームの設定")
        verbose_name_plural = _("ホームの設定")
