"""What publishing a version of an agreement asks for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from accounts.admin.service_admin import long_field, offered, text_field, with_value
from accounts.engine.agreements import LANGUAGES, NEEDED, Difference, Terms, Words
from accounts.models import Revision
from accounts.selectors.agreements import class_views, data_classes, is_asked, recipient_view, recipients, terms_of

PURPOSE = r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\Z"
PARTS = ("title", "why", "stops")
PART_WORDS = {"title": _("件名"), "why": _("目的（なぜ必要か）"), "stops": _("取り消すと止まること")}
LANGUAGE_WORDS = {
    "ja": _("日本語"), "ja-easy": _("やさしい日本語"), "en": _("英語"), "zh-hans": _("中国語（簡体字）"), "ko": _("韓国語"),
}  # fmt: skip
LONGEST = {"title": 80, "why": 1000, "stops": 1000}


class PublishForm(forms.Form):
    """Who asks, for what purpose, for which classes, how long, in which words; and whether only the wording changed."""

    recipient = forms.TypedChoiceField(label=_("提供先"), coerce=UUID, widget=UnfoldAdminSelectWidget)
    purpose = forms.RegexField(
        PURPOSE,
        label=_("目的の名前"),
        max_length=64,
        help_text=_("例 mihon_points.card（半角小文字と点）"),
        widget=UnfoldAdminTextInputWidget,
    )
    classes = forms.MultipleChoiceField(label=_("提供する情報"), widget=UnfoldAdminCheckboxSelectMultipleWidget)
    keeps_days = forms.IntegerField(
        label=_("提供先が保管する日数"), min_value=0, max_value=3650, widget=UnfoldAdminIntegerFieldWidget
    )
    lasts_days = forms.IntegerField(
        label=_("同意が続く日数"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("空のままなら、取り消すまで続きます。"),
        widget=UnfoldAdminIntegerFieldWidget,
    )
    is_wording = forms.BooleanField(
        label=_("言い回しだけの変更で、目的は広がっていない"),
        required=False,
        help_text=_("目的の文章を変えても、同意した方にたずね直しません。理由とあなたの名前が監査記録に残ります。"),
        widget=UnfoldBooleanWidget,
    )
    why = text_field(_("公開する理由"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, revision: Revision | None) -> None:
        """Offer the recipients and classes of today; a new version begins with what stands."""
        self._revision = revision
        super().__init__(data, initial=_initial(revision) if revision else {})
        places = [recipient_view(revision.agreement.recipient)] if revision else recipients()
        recipient, purpose = self.fields["recipient"], self.fields["purpose"]
        recipient.choices = offered(places)  # type: ignore[attr-defined]
        self.fields["classes"].choices = list(data_classes().items())  # type: ignore[attr-defined]
        if revision is not None:
            recipient.disabled = purpose.disabled = True
        for language in LANGUAGES:
            for part in PARTS:
                make = text_field if part == "title" else long_field
                label = f"{LANGUAGE_WORDS[language]} · {PART_WORDS[part]}"
                self.fields[_name(language, part)] = make(label, longest=LONGEST[part], required=language in NEEDED)
        self.order_fields([*list(self.fields)[:5], *self._words(), "is_wording", "why", "seen"])

    def clean(self) -> dict[str, Any]:
        """Refuse to begin anew what is there already, closed or not: it has versions of its own."""
        said = super().clean() or {}
        recipient, purpose = said.get("recipient"), said.get("purpose")
        if self._revision is None and recipient and purpose and is_asked(recipient, purpose):
            self.add_error("purpose", str(_("この提供先と目的の取り決めは、すでにあります。")))
        return said

    def terms(self) -> Terms:
        """Return the terms as the engine knows them; a language in which nothing is said is left out."""
        said = self.cleaned_data
        words = {
            language: Words(*(said[_name(language, part)].strip() for part in PARTS))
            for language in LANGUAGES
            if any(said[_name(language, part)].strip() for part in PARTS)
        }
        return Terms(classes=said["classes"], keeps_days=said["keeps_days"], lasts_days=said["lasts_days"], words=words)

    def remember(self, seen: str) -> None:
        """Let the page carry the fingerprint of what it shows, so that nothing else is published than what was looked at."""
        self.data = with_value(self.data, "seen", seen)

    def _words(self) -> Iterable[str]:
        return (_name(language, part) for language in LANGUAGES for part in PARTS)


def faults_into(form: PublishForm, faults: Iterable[tuple[str, str]]) -> None:
    """Put each fault to the field that it concerns."""
    for field, _code in faults:
        words, _dot, language = field.partition(".")
        where = _name(language, "title") if words == "words" else field
        form.add_error(where if where in form.fields else None, str(_("入力内容をご確認ください。")))


def in_words(changes: Iterable[Difference]) -> list[Difference]:
    """Return what changes under the labels of the form, classes by their words."""
    labels = {name: str(PublishForm.base_fields[name].label) for name in ("classes", "keeps_days", "lasts_days")}
    for language, name in LANGUAGE_WORDS.items():
        labels |= {f"words.{language}.{part}": f"{name} · {PART_WORDS[part]}" for part in PARTS}

    def value(of: Difference, said: str) -> str:
        return class_views([said])[0].words if of.field == "classes" and said else said

    return [
        Difference(labels.get(each.field, each.field), value(each, each.before), value(each, each.after), each.widens)
        for each in changes
    ]


def _name(language: str, part: str) -> str:
    return f"{part}_{language.replace('-', '_')}"


def _initial(revision: Revision) -> dict[str, Any]:
    terms = terms_of(revision)
    words = {_name(language, part): getattr(said, part) for language, said in terms.words.items() for part in PARTS}
    return words | {
        "recipient": str(revision.agreement.recipient_id),
        "purpose": revision.agreement.purpose,
        "classes": terms.classes,
        "keeps_days": terms.keeps_days,
        "lasts_days": terms.lasts_days,
    }
