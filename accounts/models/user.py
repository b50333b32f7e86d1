"""How a resident signs in. No password exists: there is no field that could hold one."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.engine import resident_numbers
from accounts.models.contact import MARK, TokenField
from accounts.models.resident import Resident
from kernel.ids import new_id
from kernel.principal import Principal


class User(AbstractBaseUser):
    """The sign-in of one resident; addresses, numbers and passkeys hang on it and go with it when the account closes.

    ``account_level`` says how surely the person is known: 0 a guest's device or e-mail, 1 self-asserted, 2 checked at the counter,
    3 My Number card; ``account_level_since`` when it was reached. ``principal`` is there once a door has let the person in.
    """

    principal: Principal
    password = None  # type: ignore[assignment]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    account_level = models.PositiveSmallIntegerField(default=1)
    account_level_since = models.DateTimeField()
    language = models.CharField(max_length=16, default="ja", db_collation="C")
    sign_in_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
        constraints = [models.CheckConstraint(name="user_account_level", condition=Q(account_level__lte=3))]

    def __str__(self) -> str:
        """Show the id, never a name or an address."""
        return str(self.pk)

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens: a city role says so, no flag does."""
        return self.principal.may("admin.enter")

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Tell whether a city role gives Django's permission: by its own name, or all of them to who manages the admin."""
        return self.is_active and (self.principal.may(perm) or self.principal.may("admin.manage"))

    def has_module_perms(self, app_label: str) -> bool:
        """Tell whether the admin lists the app."""
        return self.is_active and (self.principal.may("admin.manage") or self.principal.may(f"{app_label}.view_module"))

    def get_username(self) -> str:
        """Return the id: nobody chose a name to sign in by."""
        return str(self.pk)

    def get_full_name(self) -> str:
        """Return the number on the person's My page: so the staff's pages say who is signed in, without a name."""
        return resident_numbers.shown(self.resident_id)

    def has_usable_password(self) -> bool:
        """Say no; Django takes a missing field for a password that works."""
        return False

    def check_password(self, raw_password: str | None) -> bool:
        """Say no to every password."""
        return False

    def set_password(self, raw_password: str | None) -> None:
        """Refuse; :raises TypeError: always."""
        raise TypeError("nobody has a password here")

    def get_session_auth_hash(self) -> str:
        """Tie every session to the present epoch: raising it ends them all."""
        return salted_hmac("accounts.session", f"{self.pk}/{self.sign_in_epoch}", algorithm="sha256").hexdigest()


class PhoneNumber(models.Model):
    """A user's telephone number (E.164) by its token; several may claim one, only one person can have confirmed it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="phone_number")
    number = TokenField(max_length=64, db_collation="C", db_index=True)
    is_verified = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("電話番号")
        verbose_name_plural = _("電話番号")
        constraints = [
            models.CheckConstraint(name="phone_number_sealed", condition=Q(number__startswith=MARK)),
            models.UniqueConstraint(
                name="phone_number_verified_once", fields=["number"], condition=Q(is_verified=True)
            ),
        ]

    def __str__(self) -> str:
        """Show the id, never the number."""
        return str(self.pk)
