"""The record of provision to third parties, as a table for a spreadsheet."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.admin.service_admin import ServiceAdmin, day_field, listed, offered, text_field
from accounts.selectors.agreements import recipients
from accounts.services.provisions import Provided, ProvisionRecord, draw_provision_record
from kernel.clock import JST, jst_midnight
from kernel.problems import DomainError

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon instead of showing


class ProvisionForm(forms.Form):
    """For whom, from which day to which, and why it is drawn."""

    recipient = forms.TypedChoiceField(label=gettext_lazy("提供先"), coerce=UUID, widget=UnfoldAdminSelectWidget)
    since = day_field(gettext_lazy("はじめの日"))
    until = day_field(gettext_lazy("終わりの日"))
    why = text_field(gettext_lazy("理由"))
    beside: ClassVar = {"period_too_long": "until"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the organisations, also those that are no more: the record is kept for three years."""
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = offered(recipients(with_closed=True))  # type: ignore[attr-defined]


def provision_page(desk: ServiceAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for recipient and period, then hand out the table."""
    form = ProvisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            record = draw_provision_record(
                desk.act(request),
                recipient_id=said["recipient"],
                since=jst_midnight(said["since"]),
                until=jst_midnight(said["until"] + timedelta(days=1)),
                why=said["why"],
            )
        except DomainError as refusal:
            desk.refused(request, refusal, form)
        else:
            return _table(record, f"provisions-{said['since']}-{said['until']}.csv")
    return desk.form_page(
        request,
        form,
        title=_("第三者提供の記録"),
        deed=_("表をダウンロードする"),
        intro=_(
            "同意にもとづいて提供した記録です（個人情報保護法29条）。本人は番号で書かれます。引き出したことは監査記録に残ります。"
        ),
    )


def _table(record: ProvisionRecord, name: str) -> HttpResponse:
    """Return the rows as CSV with a byte order mark, so that a spreadsheet reads Japanese."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(
        [_("提供した日時"), _("提供先"), _("本人"), _("項目"), _("目的"), _("同意"), _("同意した日時"), _("同意の番号")]
    )
    lines.writerows([_plain(cell) for cell in _cells(record.recipient, row)] for row in record.rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _cells(recipient: str, row: Provided) -> Iterator[str]:
    yield _shown(row.at)
    yield recipient
    yield str(row.subject)
    yield listed(row.items)
    yield row.purpose
    yield str(_("あり"))
    yield listed(_shown(at) for at in row.consented_at)
    yield listed(str(each) for each in row.consents)


def _shown(at: datetime) -> str:
    return at.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
