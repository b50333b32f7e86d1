"""The officers' desk of bank transfers: a file is read, shown and taken; on what is nobody's yet officers decide."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import DomainError
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.engine.bank_results import StatementPreview
from wallet.errors import BankLineDecided
from wallet.models import BankStatement
from wallet.selectors.bank import RIGHT, account_key, csv_columns, offers_transfers
from wallet.selectors.bank_desk import (
    bank_line_named,
    bank_statement_named,
    bank_statements,
    lines_of,
    open_lines,
    proposals_of,
    state_sums,
    waiting_proposals,
)
from wallet.selectors.bank_files import kept_preview
from wallet.services import (
    book_bank_lines,
    decide_bank_proposal,
    import_bank_statement,
    look_at_bank_line,
    propose_for_bank_line,
    read_bank_statement,
)

ROOT = "/admin/bank/"
MOST_BYTES = 8 * 1024 * 1024
AT_ONCE = 200  # movements that an officer's own request books; the schedule goes on with the others
SHOWN = 200

TROUBLES = {
    "length": gettext_lazy("長さが違います。途中で切れています。"),
    "not_this": gettext_lazy("入出金取引明細ではないか、読み取れない行です。"),
    "signs": gettext_lazy("読み取れない文字があります。"),
    "misplaced": gettext_lazy("あるはずの行がないか、順番が違います。"),
    "day": gettext_lazy("日付が正しくありません。"),
    "day_outside": gettext_lazy("日付が、ファイルの期間に入っていません。和暦と西暦の設定も確かめてください。"),
    "way": gettext_lazy("入金か出金かがわかりません。"),
    "amount": gettext_lazy("金額が正しくありません。"),
    "sums": gettext_lazy("合計の行が、明細の合計と合いません。"),
    "balance": gettext_lazy("残高が、前の行から計算した額と合いません。"),
    "serial_twice": gettext_lazy("同じ日の照会番号が2回出てきます。"),
    "serial_differs": gettext_lazy("この照会番号は、金額の違うほかの入出金に使われています。"),
    "column": gettext_lazy("この名前の列がありません。設定の列の名前を確かめてください。"),
    "accounts": gettext_lazy("行によって口座番号が違います。"),
    "too_long": gettext_lazy("行が多すぎます。期間を分けてください。"),
    "empty": gettext_lazy("入出金が1件もありません。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def bank_page(request: HttpRequest) -> HttpResponse:
    """Show what came in and what became of it, and the files; take a new file, and show what is wrong with it."""
    words: dict[str, Any] = {"root": ROOT, "is_offered": offers_transfers(), "most": SHOWN}
    if request.method == "POST":
        answer = _read(request, words)
        if answer is not None:
            return answer
    if words["is_offered"]:
        words |= {"account": account_key(), "columns": csv_columns()}
    sums = state_sums()
    words |= {
        "sums": sums, "total": sum(each.amount for each in sums), "open": list(open_lines()[:SHOWN]),
        "proposals": list(waiting_proposals()[:SHOWN]), "statements": list(bank_statements()[:50]),
        "me": principal_of(request).actor,
    }  # fmt: skip
    return page(request, "wallet/bank/all.html", _("銀行振込"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def statement_page(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Show a file: before it is taken what it would bring, then how far it is and what became of each movement."""
    if request.method == "POST" and tell(request, lambda: _import(request, statement_id)):
        return again(request)
    row = bank_statement_named(statement_id)
    words: dict[str, Any] = {"row": row, "root": ROOT}
    words |= _before(row) if row.imported_at is None else _after(row)
    return page(request, "wallet/bank/statement.html", _("銀行の明細"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def line_page(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Show one movement, its sender's name to whoever asks for it, and take what an officer makes of it."""
    words: dict[str, Any] = {"root": ROOT, "me": principal_of(request).actor}
    if request.method == "POST" and request.POST.get("deed") == "look":
        words["name"] = look_at_bank_line(act_of(request), line_id=line_id).name
    elif request.method == "POST" and tell(request, lambda: _decide(request, line_id)):
        return again(request)
    line = bank_line_named(line_id)
    proposals = proposals_of(line)
    words |= {
        "line": line, "proposals": proposals, "waits": next((row for row in proposals if row.decided_at is None), None),
    }  # fmt: skip
    return page(request, "wallet/bank/line.html", _("振込"), words)


def _before(row: BankStatement) -> dict[str, Any]:
    """Return what a kept file would bring; where the settings name another account by now, that."""
    try:
        seen = kept_preview(row)
    except DomainError as refusal:
        return {"wrong": refusal.title}
    return {"preview": seen, "troubles": _sentences(seen)}


def _after(row: BankStatement) -> dict[str, Any]:
    """Return how far a file that was taken is, and what became of its movements."""
    sums = state_sums(row)
    count, total = sum(each.count for each in sums), sum(each.amount for each in sums)
    waiting = sum(each.count for each in sums if each.state == "waiting")
    return {
        "sums": sums, "count": count, "done": count - waiting, "waiting": waiting, "total": total,
        "difference": row.total_in - total, "lines": list(lines_of(row)[:SHOWN]), "most": SHOWN,
    }  # fmt: skip


def _read(request: HttpRequest, words: dict[str, Any]) -> HttpResponse | None:
    """Read the file and go to its page; where something is wrong say it on this one."""
    given = request.FILES.get("file")
    content = given.read(MOST_BYTES) if given else b""
    try:
        seen = read_bank_statement(act_of(request), content=content)
    except DomainError as refusal:
        words["wrong"] = refusal.title
        return None
    if seen.id is not None:
        return HttpResponseRedirect(f"{ROOT}statements/{seen.id}")
    words |= {"preview": seen, "troubles": _sentences(seen)}
    return None


def _sentences(seen: StatementPreview) -> list[tuple[int, str, str]]:
    """Return the troubles as line, sentence and field."""
    return [(each.number, str(TROUBLES[each.code]), each.field) for each in seen.troubles[:SHOWN]]


def _import(request: HttpRequest, statement_id: UUID) -> str:
    taken = import_bank_statement(act_of(request), statement_id=statement_id)
    book_bank_lines(at=clock.now(), most=AT_ONCE)
    return _("%(lines)s行のうち、新しい%(fresh)s行を取り込みました。%(known)s行はすでに取り込まれていました。") % {
        "lines": taken.lines,
        "fresh": taken.fresh,
        "known": taken.known,
    }


def _decide(request: HttpRequest, line_id: UUID) -> str:
    act, said = act_of(request), request.POST
    if said.get("deed") in ("accept", "refuse"):
        accept = said.get("deed") == "accept"
        decide_bank_proposal(act, proposal_id=_id(said.get("proposal", "")), accept=accept)
        return _("決定を記録しました。") if accept else _("提案を取り下げました。入金は仮受のままです。")
    made = propose_for_bank_line(
        act, line_id=line_id, deed=said.get("deed", ""), reason=said.get("reason", "")[:200],
        about=said.get("about", "")[:64], reference=said.get("reference", "")[:40],
    )  # fmt: skip
    return _("記録しました。") if made.is_accepted else _("提案しました。ほかの職員の決定を待っています。")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BankLineDecided from None
