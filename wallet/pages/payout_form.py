"""The form by which an officer opens a payout; what is refused is said beside its field, and what was typed stays."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kernel.problems import DomainError
from wallet.engine.payout_results import BankAccount
from wallet.engine.payouts import CASES

ACCOUNT = ("bank_code", "branch_code", "account_type", "number", "holder")
TYPES = (("1", _("普通")), ("2", _("当座")), ("4", _("貯蓄")), ("9", _("その他")))
BESIDE = {
    "no_such_account": "about", "nothing_to_pay_out": "about", "payout_under_way": "about", "payout_not_allowed": "case",
    "amount_invalid": "amount", "paid_coins_short": "amount", "payout_over_ceiling": "amount",
    "bank_unknown": "branch_code", "kana_unwritable": "holder",
}  # fmt: skip
"""Beside which field each refusal stands; the others stand above all."""


def _figures(length: int, label: Any) -> forms.CharField:
    typed = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.CharField(label=label, max_length=length, required=False, widget=typed)


class PayoutForm(forms.Form):
    """Whom it is for, on which ground, how much, and where to: without an account's number it is cash.

    ``is_asked``: a resident asked for it, so that whom it is for is known.
    """

    about = forms.CharField(label=_("振込依頼人番号、レシートの番号、または口座の番号"), max_length=64)
    case = forms.ChoiceField(label=_("事由（法律の根拠）"))
    amount = _figures(12, _("金額（空ならば、購入したコインのすべて）"))
    reason = forms.CharField(label=_("理由"), max_length=200)
    evidence = forms.CharField(label=_("確認した書類（番号など）"), max_length=80)
    bank_code = _figures(4, _("金融機関コード"))
    branch_code = _figures(3, _("支店コード"))
    account_type = forms.ChoiceField(label=_("預金種目"), choices=TYPES, initial="1", required=False)
    number = _figures(7, _("口座番号"))
    holder = forms.CharField(label=_("名義（カナ）"), max_length=30, required=False)

    def __init__(self, *args: Any, is_asked: bool = False, **named: Any) -> None:
        """Offer the cases of the law."""
        super().__init__(*args, **named)
        small = now("少額")
        cases = [(each.code, f"{each.ground} {small}" if each.is_limited else each.ground) for each in CASES.values()]
        self.fields["case"].choices = [("", now("選んでください")), *cases]  # type: ignore[attr-defined]
        if is_asked:
            del self.fields["about"]

    def what(self) -> list[Any]:
        """Return the fields of what is paid."""
        return [self[name] for name in self.fields if name not in ACCOUNT]

    def account(self) -> list[Any]:
        """Return the fields of where to."""
        return [self[name] for name in ACCOUNT]

    def names_an_account(self) -> bool:
        """Whether the fields of where to were used, so that they stand open."""
        return any(self.data.get(name) for name in ACCOUNT if name != "account_type")

    def clean_amount(self) -> int | None:
        """Return whole yen, or None for all that there is."""
        written = self.cleaned_data["amount"].replace(",", "")
        if written and not (written.isascii() and written.isdigit() and len(written) <= 9):
            raise forms.ValidationError(now("金額は1以上の整数（円）で入力してください。"))
        return int(written) if written else None

    def clean(self) -> dict[str, Any]:
        """Take a whole account or none."""
        said = super().clean() or {}
        if self.names_an_account():
            for name in ACCOUNT:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, now("入力してください。"))
        return said

    def opening(self) -> dict[str, Any]:
        """Return what a valid form says of the payout that it opens."""
        said = self.cleaned_data
        bank = BankAccount(**{name: said[name] for name in ACCOUNT}) if said["number"] else None
        return {name: said[name] for name in said if name not in ACCOUNT} | {"bank": bank}

    def refuse(self, refusal: DomainError) -> None:
        """Say why it was refused beside the field that it is about, or above all."""
        words = str(refusal.title)
        if most := refusal.members.get("sendable"):
            words = now("払い戻せるのは、購入したコイン%(most)s円までです。") % {"most": f"{most:,}"}
        field = BESIDE.get(refusal.code)
        self.add_error(field if field in self.fields else None, words)
