"""What all pages of this floor's staff share: services alone change things, and a form asks for what a service takes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSingleDateWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from accounts.engine import resident_numbers
from accounts.models import User
from accounts.selectors.agreements import Recipient
from accounts.selectors.residents import resident_numbered
from kernel import clock
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import DomainError
from kernel.use_case import Act


def staff_of(request: HttpRequest) -> Principal:
    """Return who asks; the admin lets nobody in who has none."""
    return cast("User", request.user).principal


class ServiceAdmin(ModelAdmin):
    """Rows are made and ended by services alone: no form changes one, nothing is deleted, and a refusal is a sentence."""

    list_per_page = 50
    over: str | None = None
    """The field that says when a row came to its end; from then on no button stands above it."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or take a form. This function will leave the transaction to the service, which opens its own."""
        try:
            shown: dict[str, Any] = {
                "show_save_and_add_another": False,
                "show_save_and_continue": False,
                **(extra_context or {}),
            }
            shown |= self._buttons(request, object_id)
            answer: HttpResponse = self._changeform_view(request, object_id, form_url, shown)
        except DomainError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            answer = self._changeform_view(request, object_id, form_url, shown)
        return answer

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Return the form; after a service's refusal one that says it and keeps what was typed."""
        shape = super().get_form(request, obj, change, **kwargs)
        refusal: DomainError | None = getattr(request, "refusal", None)
        if refusal is None:
            return shape
        told: DomainError = refusal

        class Refused(shape):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                said = super().clean()
                say(told, self)
                return said

        return Refused

    def _buttons(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Return the buttons above a row, which unfold adds in the transaction that is left out here."""
        row = None if object_id is None else self.get_object(request, object_id)
        if row is None or (self.over and getattr(row, self.over) is not None):
            return {}
        offered = self.get_actions_detail(request, object_id)
        return {"actions_detail": self._get_actions_navigation(self.actions_detail, offered, object_id)}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: a service or nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: what has been stays known."""
        return False

    def may_manage(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may end things here."""
        return staff_of(request).may("admin.manage")

    def act(self, request: HttpRequest, key: str | None = None) -> Act:
        """Name who acts, now, under the key of the form."""
        return Act(staff_of(request), at=clock.now(), key=key)

    def each(self, request: HttpRequest, rows: QuerySet[Any], end: Any) -> None:
        """Call a service for each chosen row; tell how many ended, and which were refused."""
        ended = 0
        for row in rows.order_by("pk"):
            try:
                end(row)
                ended += 1
            except DomainError as refusal:
                self.message_user(request, f"{row}: {refusal.title}", messages.WARNING)
        if ended:
            self.message_user(request, _("%(count)s件を終えました。") % {"count": ended}, messages.SUCCESS)

    def page(self, request: HttpRequest, template: str, *, title: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Return a page of our own inside the admin's frame; nothing of it is kept by a browser."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}
        answer = TemplateResponse(request, f"accounts/admin/{template}.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer

    def form_page(
        self, request: HttpRequest, form: forms.Form, *, title: Any, deed: Any, intro: Any = "", warning: Any = ""
    ) -> HttpResponse:
        """Return a page that asks for what a service takes."""
        return self.page(request, "form", title=title, form=form, deed=deed, intro=intro, warning=warning)

    def end_page(
        self,
        request: HttpRequest,
        object_id: str,
        end: Callable[[Act, str], Any],
        *,
        deed: Any,
        done: Any,
        **words: Any,
    ) -> HttpResponse:
        """Ask for a reason, end a row with it, and go back to the row; ``words`` are those of :meth:`form_page`."""
        form = EndForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                end(self.act(request), form.cleaned_data["why"])
            except DomainError as refusal:
                self.refused(request, refusal, form)
            else:
                self.message_user(request, done, messages.SUCCESS)
                row = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(row, args=[object_id]))
        return self.form_page(request, form, title=deed, deed=deed, **words)

    def refused(self, request: HttpRequest, refusal: DomainError, form: forms.Form) -> None:
        """Say a refusal where it belongs in the form, which stays as it was filled in; sent again, it is a new intention."""
        say(refusal, form)
        if isinstance(form, KeyedForm):
            form.renew_key()


def say(refusal: DomainError, form: Any) -> None:
    """Put a refusal beside the fields that it names, or above them all."""
    for fault in refusal.errors:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    if not refusal.errors:
        form.add_error(getattr(form, "beside", {}).get(refusal.code), str(refusal.title))


class KeyedForm(forms.Form):
    """A form whose every sending is one intention: the key travels with it, so that a second press does nothing anew."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Draw the key when the form is first shown."""
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = lambda: str(new_id())

    def renew_key(self) -> None:
        """Draw another key: what was refused stays refused under the old one."""
        self.data = with_value(self.data, "key", str(new_id()))


def column(field: str, words: Any) -> Any:
    """Return a column of a list that shows a field under words of our own, sorted by it."""

    @admin.display(description=words, ordering=field)
    def shown(_desk: ModelAdmin, row: Model) -> Any:
        told = getattr(row, f"get_{field}_display", None)
        value = told() if told is not None else getattr(row, field)
        if isinstance(value, datetime):
            return localize(localtime(value))
        return listed(value) if isinstance(value, list) else value

    return shown


def listed(words: Iterable[str]) -> str:
    """Return words one after the other, with what parts them in the reader's language."""
    return str(_("、")).join(words)


def offered(recipients: Iterable[Recipient]) -> list[tuple[str, Any]]:
    """Return the choices of a recipient; none is chosen beforehand."""
    return [("", _("選んでください")), *((str(each.id), each.name) for each in recipients)]


def number_column(field: str, words: Any) -> Any:
    """Return a column of a list that shows whom a row is about by the number on their phone."""

    @admin.display(description=words, ordering=field)
    def shown(_desk: ModelAdmin, row: Model) -> str:
        key = getattr(row, field)
        return "-" if key is None else resident_numbers.shown(key)

    return shown


def with_value(sent: Any, name: str, value: str) -> Any:
    """Return what was sent with one field changed; what arrived itself does not change."""
    changed = sent.copy()
    changed[name] = value
    return changed


def text_field(label: Any, *, longest: int = 200, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Return one line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=UnfoldAdminTextInputWidget,
    )


def long_field(
    label: Any,
    *,
    longest: int,
    shortest: int | None = None,
    too_short: Any = "",
    required: bool = True,
    help_text: Any = "",
) -> forms.CharField:
    """Return several lines of text; ``too_short`` is what is said of fewer than ``shortest`` signs."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        min_length=shortest,
        error_messages={"min_length": too_short} if too_short else None,
        help_text=help_text,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a day, which the browser's own calendar gives."""
    widget = UnfoldAdminSingleDateWidget(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class ResidentNumberField(forms.CharField):
    """A resident by the number on their phone's My page (its last twelve signs), or by the whole key."""

    widget = UnfoldAdminTextInputWidget

    def clean(self, value: Any) -> Any:
        """Return the key; :raises ValidationError: where nobody, or more than one, has the number."""
        said = super().clean(value)
        found = resident_numbered(said) if said else None
        if said and found is None:
            raise forms.ValidationError(_("この番号の住民は見つかりません。マイページの番号をご確認ください。"))
        return found


def key_field(label: Any) -> ResidentNumberField:
    """Return a field for a resident, by the number that stands on their phone."""
    return ResidentNumberField(label=label, max_length=40)


class EndForm(forms.Form):
    """Why the office ends it."""

    why = text_field(_("理由"), longest=500)
