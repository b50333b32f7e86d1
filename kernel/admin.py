"""The audit chain and the heads of the access log for the city's staff: read, proved and verified, never changed."""

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from kernel import clock
from kernel.log import growth, heads, sealing
from kernel.log.verifying import verify_tree
from kernel.models import AuditEntry, TreeHead

LOG = "kernel_audit"
COUNTED = 10_000


class ReadOnly(ModelAdmin):
    """Rows that acts and schedules write, and nobody else."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: acts write it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: nobody changes a log."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: retention drops whole months."""
        return False


class ShortCount(Paginator):
    """Counts no further than ten thousand rows: nobody turns to page 4,711 of a log, and counting would read all of it."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, ten thousand at the most."""
        return int(self.object_list[:COUNTED].count())  # type: ignore[attr-defined]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Lists acts by time; each shows its seal, and a button checks the whole chain."""

    list_display = ("recorded_at", "action", "actor", "subject", "why")
    search_fields = ("=id", "=actor", "=subject", "=action")
    ordering = ("-id",)
    paginator = ShortCount
    readonly_fields = ("proof",)
    actions_list = ("verify_chain",)

    @admin.display(description=_("封印"))
    def proof(self, entry: AuditEntry) -> str:
        """Show where in the chain the row stands, and whether its hash fits."""
        found = sealing.prove(LOG, entry.pk)
        if found is None:
            return str(_("まだ封印されていません。"))
        verdict = _("一致") if found.holds else _("不一致")
        return f"#{found.seq} {found.hash.hex()} {verdict}"

    @action(description=_("鎖をすべて検証する"), url_path="verify")  # type: ignore[untyped-decorator]
    def verify_chain(self, request: HttpRequest) -> HttpResponse:
        """Check every seal from the beginning and say what was found."""
        verdict = sealing.verify(LOG)
        if verdict.damage:
            sentence = _("%(seq)s 番目の記録に異常があります（%(damage)s）: %(entry)s")
            found = sentence % {"seq": verdict.seq, "damage": verdict.damage, "entry": verdict.entry}
            self.message_user(request, found, messages.ERROR)
        else:
            sentence = _("%(sealed)s 件の記録はすべて封印のとおりです。先頭のハッシュ: %(head)s")
            self.message_user(request, sentence % {"sealed": verdict.sealed, "head": verdict.head}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:kernel_auditentry_changelist"))


@admin.register(TreeHead)
class TreeHeadAdmin(ReadOnly):
    """Lists what the city signed of its log of who read what: sizes and hashes alone, nobody's data."""

    list_display = ("at", "day", "log", "size", "root")
    ordering = ("-at", "-id")
    fields = ("log", "day", "at", "size", "root", "state", "jws")
    readonly_fields = ("state",)
    actions_list = ("verify_all",)

    @admin.display(description=_("いまの状態"))
    def state(self, head: TreeHead) -> str:
        """Say whether the log still begins with what was signed."""
        return str(_("一致") if heads.still_holds(head) else _("不一致"))

    @action(description=_("署名した記録をすべて検証する"), url_path="verify")  # type: ignore[untyped-decorator]
    def verify_all(self, request: HttpRequest) -> HttpResponse:
        """Check rows, seals, tree and every head, and say what was found."""
        for log in growth.WITH_TREE:
            report = verify_tree(log, at=clock.now())
            for damage in report.damages:
                self.message_user(request, damage.sentence, messages.ERROR)
            if not report.damages:
                sentence = _("%(sealed)s 件の記録と %(heads)s 件の署名は、すべて合っています。ルート: %(root)s")
                found = {"sealed": report.sealed, "heads": report.heads, "root": report.root}
                self.message_user(request, sentence % found, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:kernel_treehead_changelist"))
