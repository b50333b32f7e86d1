"""What an officer types at the counter. The services have the last word; a form only asks in the right order."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from kernel.ids import new_id
from kernel.problems import DomainError

WORDS = {
    "drivers_licence": _("運転免許証"),
    "my_number_card": _("マイナンバーカード（表面の写真と氏名だけを見る）"),
    "passport": _("パスポート"),
    "residence_card": _("在留カード・特別永住者証明書"),
    "health_insurance": _("健康保険証・資格確認書"),
    "pension_book": _("年金手帳・基礎年金番号通知書"),
    "medical_certificate": _("医療費受給者証"),
    "official_letter": _("官公署からの本人宛て通知（3か月以内）"),
}
GENDERS = (("", _("書かない")), ("female", _("女性")), ("male", _("男性")))


def _text(**attributes: Any) -> UnfoldAdminTextInputWidget:
    return UnfoldAdminTextInputWidget(attrs={"autocomplete": "off", **attributes})


def _code(label: Any, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=16, widget=_text(autocapitalize="characters", spellcheck="false", **attributes)
    )


class DeskForm(forms.Form):
    """One intention of an officer; the key lets a page that was sent twice count once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **initial: Any) -> "DeskForm":
        """Return an empty form with a key of its own."""
        return cls(initial={"key": new_id(), **initial})

    def refuse(self, refusal: DomainError) -> None:
        """Show a service's refusal where it belongs, keep what was typed, and give the next attempt its own key."""
        for fault in refusal.errors:
            self.add_error(fault.field if fault.field in self.fields else None, fault.message)
        if not refusal.errors:
            field = "code" if refusal.code == "counter_code_unknown" and "code" in self.fields else None
            self.add_error(field, str(refusal.title))
        again = cast("QueryDict", self.data).copy()
        again["key"] = str(new_id())
        self.data = again


class PapersForm(DeskForm):
    """Whose code, and which papers lie on the desk."""

    code = _code(_("窓口コード"), autofocus=True, placeholder="K7WQ 2M9X")
    documents = forms.MultipleChoiceField(
        label=_("確認した書類"), choices=tuple(WORDS.items()), widget=UnfoldAdminCheckboxSelectMultipleWidget
    )


class VerifyForm(PapersForm):
    """What the papers say."""

    name = forms.CharField(label=_("氏名"), max_length=200, widget=_text())
    birthdate = forms.DateField(
        label=_("生年月日"),
        widget=_text(placeholder="1988-04-02", inputmode="numeric"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
    )
    address = forms.CharField(label=_("住所"), max_length=400, widget=_text())
    gender = forms.ChoiceField(label=_("性別"), choices=GENDERS, required=False, widget=UnfoldAdminSelectWidget)


class LostForm(PapersForm):
    """Why the second factor is taken away."""

    why = forms.CharField(label=_("理由"), max_length=200, widget=_text())


class MergeForm(DeskForm):
    """A code from each of the two IDs."""

    survivor_code = _code(_("残すIDの窓口コード"), autofocus=True)
    merged_code = _code(_("閉じるIDの窓口コード"))
    why = forms.CharField(label=_("理由"), max_length=200, widget=_text())
