"""Breaking the glass: where a life is at stake an officer reads without a yes, for a reason and a while; the person is told."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminIntegerFieldWidget

from accounts.admin.service_admin import (
    KeyedForm,
    ServiceAdmin,
    column,
    key_field,
    listed,
    long_field,
    number_column,
    staff_of,
)
from accounts.engine.resident_numbers import shown
from accounts.errors import REASON_SHORT
from accounts.models import BrokenGlass
from accounts.selectors.agreements import class_views, data_classes
from accounts.selectors.glass import access_emergency_for
from accounts.services.glass import LEAST_REASON, break_glass, close_glass
from kernel import clock
from kernel.problems import DomainError

RIGHT = "accounts.break_glass"
WARNING = _(
    "命や体、財産を守るために急いで必要で、本人の同意を得るのがむずかしいときだけ使えます（個人情報保護法27条1項2号）。"
    "あなたの名前、部署、理由は本人の閲覧記録に残り、時間が終わると本人に知らせます。"
)


class BreakForm(KeyedForm):
    """Whose data, which classes, for how long, and why."""

    subject = key_field(_("住民の番号"))
    classes = forms.MultipleChoiceField(label=_("見る情報"), widget=UnfoldAdminCheckboxSelectMultipleWidget)
    minutes = forms.IntegerField(
        label=_("時間（分）"),
        min_value=1,
        max_value=240,
        initial=30,
        help_text=_("240分（4時間）まで。必要な時間だけにしてください。"),
        widget=UnfoldAdminIntegerFieldWidget,
    )
    reason = long_field(
        _("理由（本人も読みます。10字以上）"), longest=1000, shortest=LEAST_REASON, too_short=REASON_SHORT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the classes of today."""
        super().__init__(*args, **kwargs)
        self.fields["classes"].choices = list(data_classes().items())  # type: ignore[attr-defined]


@admin.register(BrokenGlass)
class BrokenGlassAdmin(ServiceAdmin):
    """The glasses that one broke oneself; another's are not one's to see."""

    subject_key = number_column("subject_id", _("住民の番号"))
    begins = column("broken_at", _("開始日時"))
    until = column("ends_at", _("期限"))
    ended = column("ended_at", _("終了日時"))
    told = column("told_at", _("本人に知らせた日時"))

    list_display = ("subject_key", "what", "begins", "until", "ended", "told")
    actions = None
    show_full_result_count = False

    @admin.display(description=_("見る情報"))
    def what(self, row: BrokenGlass) -> str:
        """Name the classes in words."""
        return listed(each.words for each in class_views(row.classes))

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BrokenGlass]":
        """Return one's own."""
        rows: QuerySet[BrokenGlass] = super().get_queryset(request)
        return rows.filter(officer_id=staff_of(request).actor)

    def get_urls(self) -> list[Any]:
        """Add the address that ends a reading."""
        closing = self.admin_site.admin_view(require_POST(self.close))
        return [path("<uuid:glass_id>/close/", closing, name="accounts_brokenglass_close"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Break it, and go on to what may be read."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BreakForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                broken = break_glass(
                    self.act(request, said["key"]),
                    subject_id=said["subject"],
                    classes=said["classes"],
                    minutes=said["minutes"],
                    reason=said["reason"],
                )
            except DomainError as refusal:
                self.refused(request, refusal, form)
            else:
                return HttpResponseRedirect(reverse("admin:accounts_brokenglass_change", args=[broken.id]))
        return self.form_page(
            request, form, title=_("緊急の閲覧をはじめる"), deed=_("理由を記録して閲覧する"), warning=WARNING
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what may be read, while it may. Each look leaves a row in the person's access log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            view = access_emergency_for(staff_of(request), UUID(object_id), at=clock.now())
        except (DomainError, ValueError):
            self.message_user(request, _("この閲覧は終わっています。"), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:accounts_brokenglass_changelist"))
        return self.page(
            request, "emergency", title=_("緊急の閲覧"), view=view, number=shown(view.subject), warning=WARNING
        )

    def close(self, request: HttpRequest, glass_id: UUID) -> HttpResponse:
        """End one's reading before its time."""
        try:
            close_glass(self.act(request), glass_id=glass_id)
        except DomainError as refusal:
            self.message_user(request, str(refusal.title), messages.ERROR)
        else:
            self.message_user(request, _("閲覧を終えました。"), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_brokenglass_changelist"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the one who asks may break glasses."""
        return staff_of(request).may(RIGHT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may break one."""
        return staff_of(request).may(RIGHT)
