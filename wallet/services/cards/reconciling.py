"""Comparing the vendor's books with ours: what is certain is booked, the rest an officer decides. As often as anybody likes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.engine.card_results import CardRunResult
from wallet.gateways.cards import card_vendor
from wallet.gateways.cards.words import Disputed, Part, Said, SentBack
from wallet.models import CardAlert, CardAlertKind, CardPayment, CardRun, CardStatus
from wallet.services.cards.alerts import raise_alert
from wallet.services.cards.asking import asking
from wallet.services.cards.looking import book
from wallet.services.cards.sending_back import finish_card_refunds, note_return
from wallet.services.cards.settling import note_disputes

RECEIVED = (CardStatus.PAID, CardStatus.RETURNED)


def reconcile_cards(*, since: datetime, until: datetime, at: datetime) -> CardRunResult:
    """Go through the vendor's payments, refunds and disputes that were begun in ``[since, until)`` and make our books say the same.

    Each difference is mended in a transaction of its own, so that a run that is cut off leaves nothing half done; the next begins
    anew and finds less to do. :raises CardVendorAway: where the lists could not be read to their end.
    """
    run = begin_run(Act(SYSTEM, at=at), since=since, until=until)
    before = CardAlert.objects.count()
    comparison = _Comparison(since, until, at)
    comparison.payments()
    comparison.returns()
    comparison.disputes()
    comparison.missing_there()
    comparison.mended += finish_card_refunds(at=at)
    alerts = CardAlert.objects.count() - before
    return end_run(
        Act(SYSTEM, at=at), run_id=str(run.id), seen=comparison.seen, mended=comparison.mended, alerts=alerts
    )


class _Comparison:
    """One run under way."""

    def __init__(self, since: datetime, until: datetime, at: datetime) -> None:
        self.since, self.until, self.at = since, until, at
        self.seen = self.mended = 0
        self._met: set[str] = set()

    def payments(self) -> None:
        """Compare each payment; a page's rows are looked up at once."""
        for rows in self._parts(card_vendor().payments):
            told = cast("list[Said]", rows)
            ours = {
                row.pk: row
                for row in CardPayment.objects.filter(pk__in=[said.reference for said in told if said.reference])
            }
            for said in told:
                self._payment(said, ours)

    def _payment(self, said: Said, ours: dict[Any, CardPayment]) -> None:
        assert said.intent_id is not None  # noqa: S101 - a list of intents
        if said.reference is None:
            return  # the vendor's account serves others too
        self.seen += 1
        self._met.add(said.intent_id)
        row = ours.get(said.reference)
        if row is None:
            if said.state == "received" and said.received > said.refunded:
                raise_alert(CardAlertKind.UNKNOWN_HERE, said.intent_id, at=self.at, theirs=said.received)
            return
        if not _agrees(row, said):
            after = book(row.pk, said, at=self.at)
            self.mended += after.version != row.version

    def returns(self) -> None:
        """Compare each refund."""
        for rows in self._parts(card_vendor().returns):
            told = cast("list[SentBack]", rows)
            ours = self._by_intent([sent.intent_id for sent in told])
            for sent in told:
                row = ours.get(sent.intent_id)
                if row is not None and not row.refunds.filter(vendor_id=sent.refund_id).exists():
                    self.seen += 1
                    note_return(row.pk, sent, at=self.at)
                    self.mended += 1

    def disputes(self) -> None:
        """Compare each dispute."""
        for rows in self._parts(card_vendor().disputes):
            told = cast("list[Disputed]", rows)
            ours = self._by_intent([said.intent_id for said in told])
            for said in told:
                row = ours.get(said.intent_id)
                if row is not None and not row.disputes.filter(vendor_id=said.dispute_id, status=said.status).exists():
                    self.seen += 1
                    note_disputes(row.pk, [said], at=self.at)
                    self.mended += 1

    def missing_there(self) -> None:
        """Call an officer for what we took as received and the vendor does not list."""
        rows = CardPayment.objects.filter(status__in=RECEIVED, started_at__gte=self.since, finished_at__lt=self.until)
        for row in rows.exclude(intent_id__in=self._met).iterator():
            raise_alert(CardAlertKind.UNKNOWN_THERE, str(row.intent_id), at=self.at, payment=row, ours=row.due)

    def _by_intent(self, intent_ids: list[str]) -> dict[str, CardPayment]:
        return {str(row.intent_id): row for row in CardPayment.objects.filter(intent_id__in=intent_ids)}

    def _parts(self, ask: Callable[..., Part]) -> Iterator[list[Any]]:
        after: str | None = None
        while True:
            with asking():
                part = ask(since=self.since, until=self.until, after=after)
            yield cast("list[Any]", part.rows)
            if part.next is None:
                return
            after = part.next


def _agrees(row: CardPayment, said: Said) -> bool:
    """Tell whether there is nothing to do: most rows, and so the ones that must cost nothing."""
    if said.state == "received":
        amounts = (said.received, said.currency, said.refunded) == (row.due, row.currency, row.refunded)
        return row.status in RECEIVED and row.intent_id == said.intent_id and amounts
    if said.state == "ended":
        return row.status == CardStatus.ENDED
    return row.status in (said.state, CardStatus.ENDED)


@use_case("wallet.begin_card_run")
def begin_run(act: Act, *, since: datetime, until: datetime) -> CardRunResult:
    """Note that a comparison begins."""
    row = CardRun.objects.create(id=new_id(act.at), since=since, until=until, began_at=act.at)
    act.audit(what={"card_run_id": str(row.pk)})
    return CardRunResult(row.pk, 0, 0, 0)


@use_case("wallet.end_card_run")
def end_run(act: Act, *, run_id: str, seen: int, mended: int, alerts: int) -> CardRunResult:
    """Note what a comparison found."""
    row = CardRun.objects.get(pk=run_id)
    row.ended_at, row.seen, row.mended, row.alerts = act.at, seen, mended, alerts
    row.save(update_fields=["ended_at", "seen", "mended", "alerts"])
    act.audit(what={"card_run_id": run_id, "seen": seen, "mended": mended, "alerts": alerts})
    return CardRunResult(row.pk, seen, mended, alerts)
