"""The staff's door to organisations, departments, and who works for them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.service_admin import ServiceAdmin, key_field, number_column, text_field
from accounts.models import Department, Membership, Organisation
from accounts.services.departments import close_department, found_department
from accounts.services.organisations import appoint, close_organisation, dismiss, found_organisation


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

    resident_key = key_field(_("住民の番号"))
    why = text_field(_("理由"))

    class Meta:
        model = Membership
        fields = ("organisation", "role", "department")


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin):
    """Who works where, by number."""

    number = number_column("resident_id", _("住民の番号"))

    list_display = ("organisation", "role", "department", "number", "began_at", "ended_at")
    list_filter = ("role", "organisation__kind")
    list_select_related = ("organisation", "department")
    form = AppointmentForm
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Ask for an appointment, or show one."""
        if obj is None:
            return ("organisation", "role", "department", "resident_key", "why")
        return ("organisation", "role", "department", "number", "began_at", "ended_at")

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
            department_id=obj.department_id,
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


@admin.register(Department)
class DepartmentAdmin(ServiceAdmin):
    """The departments of the city office."""

    list_display = ("name", "name_en", "created_at", "closed_at")
    search_fields = ("name", "name_en")
    fields = ("name", "name_en")
    actions = ("close",)

    def save_model(self, request: HttpRequest, obj: Department, form: Any, change: bool) -> None:  # noqa: FBT001
        """Register the department."""
        obj.pk = found_department(self.act(request), name=obj.name, name_en=obj.name_en).id

    @admin.action(description=_("選んだ部署を廃止する"), permissions=["close"])
    def close(self, request: HttpRequest, queryset: QuerySet[Department]) -> None:
        """Close the chosen departments."""
        self.each(request, queryset, lambda row: close_department(self.act(request), department_id=row.pk))

    def has_close_permission(self, request: HttpRequest) -> bool:
        """Tell whether the action is offered."""
        return self.may_manage(request)
