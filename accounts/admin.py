"""The staff's door to organisations and who works for them. People have no page here: they are read for a reason, one at a time."""

from typing import Any, cast

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 - the same
import django.contrib.auth.admin  # noqa: F401 - the same
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.models import Membership, Organisation, User
from accounts.services.organisations import appoint, close_organisation, dismiss, found_organisation
from kernel import clock
from kernel.principal import Principal
from kernel.problems import DomainError
from kernel.use_case import Act

for personal in (EmailAddress, Authenticator, UserSession, Group):
    if admin.site.is_registered(personal):
        admin.site.unregister(personal)


def _staff(request: HttpRequest) -> Principal:
    """Return who asks; the admin lets nobody in who has none."""
    return cast("User", request.user).principal


class ServiceAdmin(ModelAdmin):
    """Rows are made and ended by services alone: no form changes one, nothing is deleted, and a refusal is a sentence."""

    list_per_page = 50

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or take a form. This function will leave the transaction to the service, which opens its own."""
        try:
            answer: HttpResponse = self._changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            self.message_user(request, str(refusal.title), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return answer

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: a service or nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: what has been stays known."""
        return False

    def may_manage(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may end things here."""
        return _staff(request).may("admin.manage")

    def act(self, request: HttpRequest) -> Act:
        """Name who acts, now."""
        return Act(_staff(request), at=clock.now())

    def each(self, request: HttpRequest, rows: QuerySet[Any], end: Any) -> None:
        """Call a service for each chosen row and tell which were refused."""
        for row in rows.order_by("pk"):
            try:
                end(row)
            except DomainError as refusal:
                self.message_user(request, f"{row}: {refusal.title}", messages.WARNING)


@admin.register(Organisation)
class OrganisationAdmin(ServiceAdmin):
    """Merchants, operators and the city."""

    list_display = ("name", "name_en", "kind", "created_at", "closed_at")
    list_filter = ("kind",)
    search_fields = ("name", "name_en")
    fields = ("name", "name_en", "kind")
    actions = ("close",)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:  # noqa: FBT001
        """Register the organisation."""
        obj.pk = found_organisation(self.act(request), name=obj.name, name_en=obj.name_en, kind=obj.kind).id

    @admin.action(description=_("選んだ組織を廃止する"), permissions=["close"])
    def close(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        """Close the chosen organisations."""
        self.each(request, queryset, lambda row: close_organisation(self.act(request), organisation_id=row.pk))

    def has_close_permission(self, request: HttpRequest) -> bool:
        """Tell whether the action is offered."""
        return self.may_manage(request)


class AppointmentForm(forms.ModelForm):
    """Who, where, as what, and why. The person is named by their key, which they show on their phone."""

    resident_key = forms.UUIDField(label=_("住民の番号"))
    why = forms.CharField(label=_("理由"), max_length=200)

    class Meta:
        model = Membership
        fields = ("organisation", "role")


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin):
    """Who works where, by key."""

    list_display = ("organisation", "role", "resident_id", "began_at", "ended_at")
    list_filter = ("role", "organisation__kind")
    list_select_related = ("organisation",)
    form = AppointmentForm
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Ask for an appointment, or show one."""
        if obj is None:
            return ("organisation", "role", "resident_key", "why")
        return ("organisation", "role", "resident_id", "began_at", "ended_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Nothing of an appointment changes."""
        return () if obj is None else self.get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001
        """Appoint the person."""
        chosen = form.cleaned_data
        appointed = appoint(
            self.act(request),
            organisation_id=obj.organisation_id,
            resident_id=chosen["resident_key"],
            role=obj.role,
            why=chosen["why"],
        )
        obj.pk = appointed.id

    @admin.action(description=_("選んだ所属を終える"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """End the chosen roles."""
        self.each(request, queryset, lambda row: dismiss(self.act(request), membership_id=row.pk, why="admin"))

    def has_end_permission(self, request: HttpRequest) -> bool:
        """Tell whether the action is offered."""
        return self.may_manage(request)
