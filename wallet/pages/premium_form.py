"""The form by which a campaign with a bonus is announced; days and times are those of Japan."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.clock import JST, jst_midnight
from kernel.problems import DomainError
from wallet.services.premium import PremiumTerms

PREVIEWED = (1_000, 5_000, 20_000)

GROUPS = (
    ("what", _("何を売るか"), ("name", "name_en", "unit_yen", "percent", "units")),
    ("whom", _("だれに、どう売るか"), ("who", "per_person", "way")),
    ("drawn", _("申込と抽選"), ("apply_from", "apply_last", "draw_on", "window_days", "source")),
    ("when", _("いつ売り、いつまで使えるか"), ("sells_from", "sells_last", "bonus_last_day")),
    ("why", _("記録"), ("why",)),
)


class PremiumForm(forms.Form):
    """What is announced. The dates of applying belong to a campaign with a draw alone."""

    name = forms.CharField(label=_("名前"), max_length=40)
    name_en = forms.CharField(label=_("英語の名前"), max_length=60)
    way = forms.ChoiceField(label=_("売り方"), choices=(("first_come", _("先着順")), ("draw", _("申込と抽選"))))
    who = forms.ChoiceField(
        label=_("買える人"), choices=(("everybody", _("だれでも")), ("resident", _("本人確認をした人")))
    )
    unit_yen = forms.IntegerField(label=_("1口の金額（円）"), initial=5000)
    percent = forms.DecimalField(label=_("上乗せ（%）"), initial=20, max_digits=5, decimal_places=2)
    units = forms.IntegerField(label=_("全部の口数"), initial=1000)
    per_person = forms.IntegerField(label=_("1人の上限（口）"), initial=2)
    apply_from = forms.DateField(label=_("申込の始まる日"), required=False)
    apply_last = forms.DateField(label=_("申込の最後の日"), required=False)
    draw_on = forms.DateField(label=_("抽選の日（午前10時）"), required=False)
    window_days = forms.IntegerField(label=_("当選者が買える日数"), required=False, initial=14)
    source = forms.ChoiceField(
        label=_("抽選の乱数"),
        choices=(("", _("市のふだんの出どころ")), ("parties", _("3者で決める（ネットワークなし）"))),
        required=False,
    )
    sells_from = forms.DateField(label=_("発売の日"))
    sells_last = forms.DateField(label=_("販売の最後の日"))
    bonus_last_day = forms.DateField(label=_("上乗せ分の最後の日"))
    why = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Let the browser ask for days by its own calendar."""
        super().__init__(*args, **named)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Return the fields as they belong together: the group's key, its title, its fields."""
        return [(key, str(title), [self[name] for name in names]) for key, title, names in GROUPS]

    def terms(self) -> PremiumTerms:
        """Return what a valid form says; a day begins and ends at midnight in Japan."""
        said = self.cleaned_data
        drawn = said["way"] == "draw"
        return PremiumTerms(
            name=said["name"],
            name_en=said["name_en"],
            who=said["who"],
            unit_yen=said["unit_yen"],
            rate_bp=int(said["percent"] * 100),
            units=said["units"],
            per_person=said["per_person"],
            sells_from=jst_midnight(said["sells_from"]),
            sells_until=jst_midnight(said["sells_last"] + timedelta(days=1)),
            bonus_last_day=said["bonus_last_day"],
            apply_from=_midnight(said["apply_from"]) if drawn else None,
            apply_until=_midnight(said["apply_last"], after=1) if drawn else None,
            draw_at=_ten_o_clock(said["draw_on"]) if drawn else None,
            window_days=said["window_days"] if drawn else None,
            source=said["source"] if drawn else "",
        )

    def refuse(self, refusal: DomainError) -> None:
        """Say what is wrong beside the field that the service named, or above all."""
        beside = {"rate_bp": "percent", "sells_until": "sells_last", "apply_until": "apply_last"}
        for fault in refusal.errors:
            name = beside.get(fault.field, fault.field)
            self.add_error(name if name in self.fields else None, fault.message)
        if not refusal.errors:
            self.add_error(None, str(refusal.title))


def _midnight(day: Any, after: int = 0) -> datetime | None:
    return None if day is None else jst_midnight(day + timedelta(days=after))


def _ten_o_clock(day: Any) -> datetime | None:
    return None if day is None else datetime.combine(day, time(10), JST)
