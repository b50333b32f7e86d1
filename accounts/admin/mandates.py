"""The staff's door to mandates: written down after the evidence was seen, ended with a reason. Rows show keys, never names."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from accounts.admin.service_admin import (
    KeyedForm,
    ServiceAdmin,
    column,
    day_field,
    key_field,
    listed,
    number_column,
    staff_of,
    text_field,
)
from accounts.models import Mandate
from accounts.selectors.mandates import scope_views
from accounts.selectors.residents import resident_numbered
from accounts.services.mandates import end_mandate, register_mandate
from kernel import clock
from kernel.clock import jst_midnight
from kernel.problems import DomainError

RIGHT = "accounts.register_mandate"
SEEN = [choice for choice in Mandate.Evidence.choices if choice[0] != "own_word"]


class RegisterForm(KeyedForm):
    """Who acts for whom, in what, on which evidence."""

    principal = key_field(_("代理を受ける方の番号（子・本人）"))
    delegate = key_field(_("代理する方の番号"))
    role = forms.ChoiceField(label=_("立場"), choices=Mandate.Role.choices, widget=UnfoldAdminSelectWidget)
    scopes = forms.MultipleChoiceField(label=_("サービス"), widget=UnfoldAdminCheckboxSelectMultipleWidget)
    evidence = forms.ChoiceField(label=_("確認した書類"), choices=SEEN, widget=UnfoldAdminSelectWidget)
    born_on = day_field(
        _("子の生年月日"),
        required=False,
        help_text=_("親権者のときだけ入れます。18歳になる日を計算するためで、保存しません。"),
    )
    last_day = day_field(
        _("代理の最後の日"),
        required=False,
        help_text=_("空のままなら、親権者は18歳まで、ケアマネジャーと家族は3年です。"),
    )
    why = text_field(_("理由"))
    beside: ClassVar = {"of_age": "born_on", "term_over": "last_day"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the services of today."""
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(each.name, each.words) for each in scope_views()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for two people, and for the birth date where a parent is registered."""
        said = super().clean() or {}
        if said.get("delegate") and said["delegate"] == said.get("principal"):
            self.add_error("delegate", str(_("代理を受ける方と同じ番号です。もう一人の番号を入れてください。")))
        if said.get("role") == "parent" and not said.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", str(_("親権者の登録には、子の生年月日が必要です。")))
        return said


@admin.register(Mandate)
class MandateAdmin(ServiceAdmin):
    """Who may act for whom."""

    principal_key = number_column("principal_id", _("代理を受ける方"))
    delegate_key = number_column("delegate_id", _("代理する方"))
    as_what = column("role", _("立場"))
    on_what = column("evidence", _("確認した書類"))
    registered_by = number_column("created_by", _("登録した人"))
    begins = column("starts_at", _("開始日時"))
    ended = column("ended_at", _("終了日時"))
    because = column("ended_because", _("終わった理由"))

    over = "ended_at"
    list_display = ("principal_key", "delegate_key", "as_what", "in_what", "begins", "until", "ended")
    list_filter = ("role", "ended_because")
    search_fields = ("=id", "=principal__id", "=delegate__id")
    search_help_text = _("住民の番号")
    show_full_result_count = False
    fields = (
        "principal_key", "delegate_key", "as_what", "in_what", "on_what", "registered_by", "begins", "until", "ended", "because",
    )  # fmt: skip
    readonly_fields = fields
    actions = None
    actions_detail = ("end",)

    @admin.display(description=_("サービス"))
    def in_what(self, row: Mandate) -> str:
        """Name the services in words."""
        return listed(each.words for each in scope_views() if each.name in row.scopes)

    @admin.display(description=_("代理の最後の日"), ordering="ends_at")
    def until(self, row: Mandate) -> str:
        """Show the last day, as it was written down: a mandate ends as a day begins."""
        return str(localize(clock.jst_date(row.ends_at - timedelta(microseconds=1)))) if row.ends_at else "-"

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Mandate]", search_term: str
    ) -> "tuple[QuerySet[Mandate], bool]":
        """Find those of a person by the number that the list shows, or by a whole key."""
        who = resident_numbered(search_term)
        if who is not None:
            return queryset.filter(Q(pk=who) | Q(principal_id=who) | Q(delegate_id=who)), False
        found: tuple[QuerySet[Mandate], bool] = super().get_search_results(request, queryset, search_term)
        return found

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write down who acts for whom."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RegisterForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                registered = self._register(request, form.cleaned_data)
            except DomainError as refusal:
                self.refused(request, refusal, form)
            else:
                self.message_user(request, _("代理を登録しました。"), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:accounts_mandate_change", args=[registered]))
        return self.form_page(
            request,
            form,
            title=_("代理を登録する"),
            deed=_("登録する"),
            intro=_("書類を見て確かめてから登録してください。二人の番号は、それぞれの電話のマイページに出ています。"),
        )

    @action(description=_("代理を終える"), url_path="end", permissions=["end"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End the mandate with a reason."""
        return self.end_page(
            request,
            object_id,
            lambda act, why: end_mandate(act, mandate_id=UUID(object_id), why=why),
            deed=_("代理を終える"),
            done=_("代理を終えました。"),
            intro=self._who(request, object_id),
            warning=_("すぐに代理で使えなくなります。取り消せません。"),
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the one who asks works with mandates."""
        return staff_of(request).may(RIGHT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may register one."""
        return staff_of(request).may(RIGHT)

    def has_end_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Tell whether the one who asks may end one."""
        return staff_of(request).may(RIGHT)

    def _who(self, request: HttpRequest, object_id: str) -> str:
        """Say whose mandate it is, so that no other is ended."""
        row = self.get_object(request, object_id)
        shown = () if row is None else (self.principal_key, self.delegate_key, self.as_what)
        return " · ".join(f"{each.short_description}: {each(row)}" for each in shown)

    def _register(self, request: HttpRequest, said: dict[str, Any]) -> UUID:
        last = said["last_day"]
        return register_mandate(
            self.act(request, said["key"]),
            principal_id=said["principal"],
            delegate_id=said["delegate"],
            role=said["role"],
            scopes=said["scopes"],
            evidence=said["evidence"],
            why=said["why"],
            born_on=said["born_on"] if said["role"] == "parent" else None,
            ends_at=jst_midnight(last + timedelta(days=1)) if last else None,
        ).id
