"""The staff's door to agreements: published after a look at what changes, closed, and the record of what was given by them."""

import hashlib
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from accounts.admin.agreement_forms import PublishForm, faults_into, in_words
from accounts.admin.provisions import provision_page
from accounts.admin.service_admin import ServiceAdmin, column, staff_of
from accounts.models import Agreement
from accounts.selectors.agreements import Draft, agreement_view, draft_of, newest_revision, title_of
from accounts.services.agreements import close_agreement, publish_agreement
from kernel.clock import JST
from kernel.problems import DomainError, NotFound

RIGHT = "accounts.publish_agreement"


@admin.register(Agreement)
class AgreementAdmin(ServiceAdmin):
    """What recipients ask people to agree to."""

    over = "closed_at"
    list_display = ("matter", "recipient", "version", "created_at", "closed_at", "purpose_name")
    list_select_related = ("recipient",)
    list_filter = ("recipient",)
    search_fields = ("purpose", "recipient__name")
    fields = ("matter", "recipient", "created_at", "closed_at", "asking_page", "revisions_table", "purpose_name")
    readonly_fields = fields
    actions = None
    actions_list = ("publish_new", "provisions")
    actions_detail = ("publish_next", "end")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Agreement]":
        """Return agreements with the number of their newest version."""
        rows: QuerySet[Agreement] = super().get_queryset(request)
        return rows.annotate(newest=Max("revisions__number"))

    @admin.display(description=_("件名"))
    def matter(self, row: Agreement) -> str:
        """Call it as residents read it."""
        return title_of(row)

    purpose_name = column("purpose", _("目的の名前"))

    @admin.display(description=_("版"))
    def version(self, row: Any) -> int:
        """Show how many versions were published."""
        return int(row.newest or 0)

    @admin.display(description=_("住民に見せる画面"))
    def asking_page(self, row: Agreement) -> SafeString:
        """Show where residents answer."""
        return format_html('<a href="/consents/ask/{0}">/consents/ask/{0}</a>', row.pk)

    @admin.display(description=_("版の一覧"))
    def revisions_table(self, row: Agreement) -> SafeString:
        """Show every version with the digest of its words."""
        rows = row.revisions.order_by("-number").values_list("number", "published_at", "digest")
        shown = ((number, f"{at.astimezone(JST):%Y-%m-%d %H:%M}", bytes(digest).hex()) for number, at, digest in rows)
        return format_html_join("", "<p>#{} · {} · <code>{}</code></p>", shown)

    @action(description=_("新しい取り決めを公開する"), url_path="publish", permissions=["publish"])
    def publish_new(self, request: HttpRequest) -> HttpResponse:
        """Ask for the first version of something new."""
        return self._publish(request, None)

    @action(description=_("新しい版を公開する"), url_path="publish", permissions=["publish"])
    def publish_next(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the next version."""
        return self._publish(request, UUID(object_id))

    @action(description=_("第三者提供の記録"), url_path="provisions", permissions=["record"])
    def provisions(self, request: HttpRequest) -> HttpResponse:
        """Hand out the record of what was given with consent."""
        return provision_page(self, request)

    @action(description=_("取り決めを終える"), url_path="end", permissions=["publish"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close the agreement with a reason."""
        row = self.get_object(request, object_id)
        return self.end_page(
            request,
            object_id,
            lambda act, why: close_agreement(act, agreement_id=UUID(object_id), why=why),
            deed=_("取り決めを終える"),
            done=_("取り決めを終えました。"),
            intro="" if row is None else f"{title_of(row)} · {row.recipient}",
            warning=_("同意した方の情報は、すぐに読めなくなります。取り消せません。"),
        )

    def has_publish_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Tell whether the one who asks may publish."""
        return staff_of(request).may(RIGHT)

    def has_record_permission(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may draw the record of provisions."""
        return staff_of(request).may("accounts.provision_record")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the one who asks may see agreements."""
        return staff_of(request).may(RIGHT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: publishing has a page of its own, with a look at what changes."""
        return False

    def _publish(self, request: HttpRequest, agreement_id: UUID | None) -> HttpResponse:
        """Show the form, then what it would change, and publish what was seen."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        try:
            revision = newest_revision(agreement_id) if agreement_id else None
        except NotFound:
            self.message_user(request, _("この取り決めは終わっています。新しい版は公開できません。"), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:accounts_agreement_changelist"))
        form = PublishForm(request.POST or None, revision=revision)
        draft = None
        if request.method == "POST" and form.is_valid():
            terms, is_wording = form.terms(), form.cleaned_data["is_wording"]
            draft = draft_of(agreement_id, terms, is_wording=is_wording)
            faults_into(form, draft.faults)
            seen = hashlib.sha256(msgspec.json.encode([terms, is_wording, str(agreement_id)], order="deterministic"))
            looked_at = not form.errors and "publish" in request.POST and form.cleaned_data["seen"] == seen.hexdigest()
            if looked_at and (published := self._published(request, form)):
                return published
            form.remember(seen.hexdigest())
        ready = draft is not None and not form.errors and not draft.is_same
        return self._page(request, form, revision, draft, is_ready=ready)

    def _published(self, request: HttpRequest, form: PublishForm) -> HttpResponse | None:
        said = form.cleaned_data
        try:
            published = publish_agreement(
                self.act(request),
                recipient_id=said["recipient"],
                purpose=said["purpose"],
                terms=form.terms(),
                is_wording=said["is_wording"],
                why=said["why"],
            )
        except DomainError as refusal:
            self.refused(request, refusal, form)
            return None
        sentence = _("第%(number)s版を公開しました。") % {"number": published.number}
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_agreement_change", args=[published.agreement_id]))

    def _page(
        self, request: HttpRequest, form: PublishForm, revision: Any, draft: Draft | None, *, is_ready: bool
    ) -> HttpResponse:
        title = _("新しい版を公開する") if revision else _("新しい取り決めを公開する")
        view = agreement_view(revision) if revision else None
        return self.page(
            request,
            "publish",
            title=title,
            form=form,
            present=view,
            draft=draft,
            changes=in_words(draft.changes) if draft else [],
            told=_told(draft) if draft else None,
            is_ready=is_ready,
        )


def _told(draft: Draft) -> dict[str, Any]:
    """Return what publishing means for those who said yes, and in which colour it is said."""
    kind, words = "success", _("求めるものは広がりません。同意はそのまま続きます。")
    if draft.number == 1:
        kind, words = "info", _("最初の版です。同意した方の情報だけが読まれます。")
    elif draft.is_same:
        kind, words = "warning", _("いまの版と同じ内容です。")
    elif draft.is_wider:
        kind, words = "error", _("求めるものが広がります。同意した方の情報は、もう一度同意するまで読まれません。")
    return {"template": f"unfold/helpers/messages/{kind}.html", "words": words}
