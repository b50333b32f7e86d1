"""How a person is reached. What they typed is sealed with their own key; everything else holds a token that stands for it.

A token is the blind index of an address or a number. allauth's tables and ``PhoneNumber`` hold tokens alone, so that exact look-ups
and unique constraints go on working, and only :class:`Contact`, inside an access, says what a token stands for.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import AsInMigrations
from accounts.models.resident import Resident
from kernel.access import PersonalModel
from kernel.blind_index import blind_index
from kernel.ids import new_id

CONTACT_PLACE = "accounts.contact"
MARK = "sealed:"  # without the sign @ and without a plus in front, so that nobody can type one


def token_for(contact: str) -> str:
    """Return the token of an e-mail address (in any case) or a number (E.164); a token stands for itself."""
    return contact if is_token(contact) else MARK + blind_index(contact.lower(), CONTACT_PLACE)


def is_token(contact: str) -> bool:
    """Tell whether this is a token rather than what it stands for."""
    return contact.startswith(MARK)


class TokenField(AsInMigrations, models.CharField):  # type: ignore[type-arg]
    """A column of tokens: what is written to it, or asked of it, goes in as its token."""

    def get_prep_value(self, value: Any) -> Any:
        """Turn an address or a number into its token."""
        return value if value is None else token_for(str(value))


class Contact(PersonalModel):
    """An address or a number of a resident (class ``contacts``), sealed for :data:`CONTACT_PLACE`, and the token that stands
    for it.
    """

    data_class = "contacts"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False)
    token = TokenField(max_length=64, db_collation="C")
    sealed = models.BinaryField()

    class Meta(PersonalModel.Meta):
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")
        constraints = [models.UniqueConstraint(name="contact_once", fields=["resident", "token"])]
