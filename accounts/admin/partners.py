"""The staff's door to partner services that sign people in by this city's ID."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldBooleanWidget

from accounts.admin.service_admin import ServiceAdmin, column, listed, long_field, staff_of, text_field
from accounts.engine.scopes import OPENID, PERSONAL
from accounts.models import Partner
from accounts.selectors.partners import SCOPE_WORDS
from accounts.services.partners.clients import KEEPS_SECRET, MANAGE, disable_partner, register_partner, rotate_secret
from accounts.services.partners.subjects import UNMASK, unmask_subject


class PartnerForm(forms.ModelForm):
    """A new service: whose, what it may ask for, and where its answers go."""

    scopes = forms.MultipleChoiceField(
        label=_("求められる情報"),
        choices=[(scope, SCOPE_WORDS[scope]) for scope in PERSONAL if scope != OPENID],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        required=False,
        help_text=_("人がサインインするサービスのみ。番号（openid）はいつも含まれます。"),
    )
    machine_scopes = text_field(
        _("機械の権限"), longest=400, required=False, help_text=_("機械どうしの連携のみ。空白で区切ります。")
    )
    redirect_uris = long_field(_("戻り先のアドレス"), longest=4000, required=False, help_text=_("1行に1件"))
    logout_uris = long_field(_("サインアウト後のアドレス"), longest=4000, required=False, help_text=_("1行に1件"))
    why = text_field(_("理由"))

    class Meta:
        model = Partner
        fields = ("organisation", "kind", "name", "name_en", "contacts")


class PartnerDeedForm(forms.ModelForm):
    """What is done to a service that stands: a new secret, its end, a number turned back; each with a reason."""

    new_secret = forms.BooleanField(label=_("シークレットを新しくする"), required=False, widget=UnfoldBooleanWidget)
    stops = forms.BooleanField(label=_("サービスを停止する"), required=False, widget=UnfoldBooleanWidget)
    subject = text_field(_("この番号がだれかを調べる"), longest=64, required=False)
    why = text_field(_("理由"))

    class Meta:
        model = Partner
        fields = ()

    def clean(self) -> dict[str, Any]:
        """Ask for a deed: a reason alone does nothing."""
        said = super().clean() or {}
        if not self.errors and not any(said.get(deed) for deed in ("new_secret", "stops", "subject")):
            self.add_error(None, str(_("何をするかを選んでください。")))
        return said


@admin.register(Partner)
class PartnerAdmin(ServiceAdmin):
    """Services that sign people in by this city's ID."""

    list_display = ("name", "name_en", "organisation", "kind", "registered_at", "disabled_at")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    number = column("client_id", _("クライアントID"))
    shown = (
        "number",
        "organisation",
        "kind",
        "name",
        "name_en",
        "contacts",
        "may_ask",
        "answers_go_to",
        "disabled_at",
    )

    def get_form(self, request: HttpRequest, obj: Partner | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Ask for a new service, or for what is to be done to one."""
        form = PartnerForm if obj is None else PartnerDeedForm
        return super().get_form(request, obj, change, **kwargs | {"form": form})

    def get_fields(self, request: HttpRequest, obj: Partner | None = None) -> tuple[str, ...]:
        """Ask for a new service; show an old one with what may be done to it."""
        if obj is None:
            written = ("scopes", "machine_scopes", "redirect_uris", "logout_uris", "why")
            return (*PartnerForm.Meta.fields, *written)
        if not self.has_change_permission(request, obj):
            return self.shown
        return (*self.shown, *self._deeds(request, obj), "why")

    def get_readonly_fields(self, request: HttpRequest, obj: Partner | None = None) -> tuple[str, ...]:
        """Nothing of a service changes: it is stopped, and another is registered."""
        return () if obj is None else self.shown

    @admin.display(description=_("求められる情報"))
    def may_ask(self, obj: Partner) -> str:
        """Show the scopes in words, a machine's by their names."""
        asked = (scope for scope in obj.client.get_scopes() if scope != OPENID)
        return listed(str(SCOPE_WORDS.get(scope, scope)) for scope in asked)

    @admin.display(description=_("戻り先のアドレス"))
    def answers_go_to(self, obj: Partner) -> str:
        """Show the addresses."""
        return "\n".join([*obj.client.get_redirect_uris(), *obj.client.get_post_logout_redirect_uris()])

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:  # noqa: FBT001
        """Register the service, or do what was asked to it; what may be seen once is told on the next page."""
        said, told = form.cleaned_data, []
        if not change:
            made = register_partner(
                self.act(request),
                organisation_id=obj.organisation_id,
                scopes=said["machine_scopes"].split() if obj.kind == "machine" else said["scopes"],
                redirect_uris=said["redirect_uris"].split(),
                logout_uris=said["logout_uris"].split(),
                **{name: getattr(obj, name) for name in ("kind", "name", "name_en", "contacts")},
                why=said["why"],
            )
            obj.pk = made.client_id
            told = [(_("クライアントID"), made.client_id), (_("シークレット"), made.secret)]
        if said.get("new_secret"):
            told.append((_("シークレット"), rotate_secret(self.act(request), client_id=obj.pk, why=said["why"]).secret))
        if said.get("subject"):
            asked = {"organisation_id": obj.organisation_id, "subject": said["subject"], "why": said["why"]}
            told.append((_("住民の番号"), str(unmask_subject(self.act(request), **asked).resident_id)))
        if said.get("stops"):
            disable_partner(self.act(request), client_id=obj.pk, why=said["why"])
        obj.told = [(name, value) for name, value in told if value]  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Partner, post_url_continue: str | None = None) -> HttpResponse:
        """Show what is seen once."""
        return self._told(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Partner) -> HttpResponse:
        """Show what is seen once."""
        return self._told(request, obj) or super().response_change(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether the one who asks may see services."""
        return staff_of(request).may(MANAGE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may register services."""
        return staff_of(request).may(MANAGE)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether there is something that the one who asks may do to a service."""
        return staff_of(request).may(MANAGE) and (obj is None or bool(self._deeds(request, cast("Partner", obj))))

    def _deeds(self, request: HttpRequest, obj: Partner) -> tuple[str, ...]:
        """Return what may be done to a service: nothing to one that is stopped, but a number of it may be turned back."""
        stands = obj.disabled_at is None
        deeds = {
            "new_secret": stands and obj.kind in KEEPS_SECRET,
            "stops": stands,
            "subject": staff_of(request).may(UNMASK),
        }
        return tuple(deed for deed, may in deeds.items() if may)

    def _told(self, request: HttpRequest, obj: Partner) -> HttpResponse | None:
        told = getattr(obj, "told", [])
        if not told:
            return None
        page = self.admin_site.each_context(request) | {"title": str(obj), "told": told}
        return render(request, "accounts/admin_told.html", page)
