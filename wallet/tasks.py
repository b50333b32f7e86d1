"""Work of the wallet at fixed times."""

from datetime import timedelta

import structlog
from celery import shared_task

from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services
from wallet.errors import CardsNotOffered
from wallet.services.circulation import check_circulation as hold_against_ledger
from wallet.services.circulation import refresh_circulation

RECONCILED = timedelta(days=5)  # longer than a number for the convenience store lives

_log = structlog.get_logger(__name__)


@shared_task(name="wallet.tasks.expire_lots")
def expire_lots() -> None:
    """Sweep what has passed its last day; scheduled just after JST midnight, harmless at any time."""
    _log.info("lots_expired", amount=services.expire_lots(at=clock.now()))


@shared_task(name="wallet.tasks.release_expired_holds")
def release_expired_holds() -> None:
    """Release the holds whose time is over."""
    _log.info("holds_released", count=services.release_expired_holds(at=clock.now()))


@shared_task(name="wallet.tasks.expire_orders")
def expire_orders() -> None:
    """End the orders that nobody paid, or captured, in time."""
    _log.info("orders_expired", count=services.expire_orders(at=clock.now()))


@shared_task(name="wallet.tasks.book_bank_lines")
def book_bank_lines() -> None:
    """Book what came in by bank and waits; a big statement goes on here after its officer's own request."""
    if looked := services.book_bank_lines(at=clock.now()):
        _log.info("bank_lines_booked", count=looked)


@shared_task(name="wallet.tasks.forget_numbers")
def forget_numbers() -> None:
    """Forget the numbers of codes that were over two days ago."""
    services.forget_numbers(Act(SYSTEM, at=clock.now()))


@shared_task(name="wallet.tasks.forget_old_words")
def forget_old_words() -> None:
    """Forget what was written beside coins more than a year ago."""
    _log.info("words_forgotten", count=services.forget_old_words(at=clock.now()))


@shared_task(name="wallet.tasks.forget_attachments")
def forget_attachments() -> None:
    """Delete the photos and scans of applications whose review is over."""
    _log.info("attachments_forgotten", count=services.forget_attachments(Act(SYSTEM, at=clock.now())))


@shared_task(name="wallet.tasks.sweep_cards")
def sweep_cards() -> None:
    """Look again at card payments that nobody finished, at events that wait, and at refunds that were not answered."""
    at = clock.now()
    _log.info("cards_swept", events=services.process_card_events(at=at), payments=services.sweep_cards(at=at))


@shared_task(name="wallet.tasks.reconcile_cards")
def reconcile_cards() -> None:
    """Compare the card company's books of the last days with ours; a city without cards has nothing to compare."""
    at = clock.now()
    try:
        run = services.reconcile_cards(since=at - RECONCILED, until=at, at=at)
    except CardsNotOffered:
        return
    _log.info("cards_reconciled", seen=run.seen, mended=run.mended, alerts=run.alerts)


@shared_task(name="wallet.tasks.follow_successions")
def follow_successions() -> None:
    """Let what came back to merged accounts follow."""
    _log.info("successions_followed", amount=services.follow_successions(at=clock.now()))


@shared_task(name="wallet.tasks.draw_up_settlement")
def draw_up_settlement() -> None:
    """Draw up the newest period that is over, where that is not done; two officers decide on it."""
    drawn = services.draw_up_due_settlement(at=clock.now())
    if drawn is not None:
        _log.info("settlement_drawn_up", cut_off_on=str(drawn.cut_off_on), net=drawn.net)


@shared_task(name="wallet.tasks.count_circulation")
def count_circulation() -> None:
    """Count the days in which something new was booked; say the weeks that are over."""
    _log.info("circulation_counted", days=refresh_circulation(at=clock.now()))


@shared_task(name="wallet.tasks.check_circulation")
def check_circulation() -> None:
    """Hold what was counted against the whole ledger, and count again what differs."""
    wrong = hold_against_ledger(at=clock.now())
    (_log.warning if wrong else _log.info)("circulation_checked", wrong_days=wrong)


@shared_task(name="wallet.tasks.watch_transfers")
def watch_transfers() -> None:
    """Look for patterns in what residents sent one another."""
    _log.info("transfers_watched", new=services.watch_transfers(Act(SYSTEM, at=clock.now())))


@shared_task(name="wallet.tasks.watch_missed_days")
def watch_missed_days() -> None:
    """Look at the days that are over whole, also at those in which the machine was down."""
    _log.info("days_watched", days=services.watch_missed_days(at=clock.now()))


@shared_task(name="wallet.tasks.remind_of_expiry")
def remind_of_expiry() -> None:
    """Tell whose coins end in thirty days, seven or one; at a civil hour, and once however often it is asked."""
    _log.info("expiry_reminded", messages=services.remind_of_expiry(at=clock.now()))


@shared_task(name="wallet.tasks.move_draws")
def move_draws() -> None:
    """Fix lists, draw, pass on what was not bought, and tell people, for every campaign of which something is due."""
    _log.info("draws_moved", campaigns=services.move_draws(at=clock.now()))
