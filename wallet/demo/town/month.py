"""The town's days, one after the other: pay day, morning, noon and evening, the night's work, and twice a month the settlement."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from kernel.clock import jst_midnight
from kernel.problems import DomainError
from wallet import services
from wallet.demo.town.campaigns import begin_week, end_week
from wallet.demo.town.people import OFFICE, PEOPLE_A_SHOP, Keys, Townsperson, officer_id, open_shops, settle_people
from wallet.demo.town.shopping import SENDING, Street
from wallet.services.circulation import refresh_circulation

Tell = Callable[[str, int, int], None]
"""What is under way, how much of it is done, and how much it is."""


@dataclass(frozen=True)
class Plan:
    """How large the town is, from which day how long it lives, and which of all lives it is; ``trips`` of a hundred are made."""

    people: int
    days: int
    seed: int
    first_day: date
    trips_percent: int = 100

    @property
    def shops(self) -> int:
        """A shop for so many people, six at least."""
        return max(6, self.people // PEOPLE_A_SHOP)

    @property
    def campaign(self) -> tuple[date, date]:
        """The first and last day of the city's campaign: a week in the middle, for towns that live for two."""
        first = self.first_day + timedelta(days=self.days // 2)
        return first, first + timedelta(days=min(6, self.days // 4))


@dataclass
class Lived:
    """What came of it: everybody in the order of their numbers, and how often what was done or refused."""

    plan: Plan
    accounts: list[UUID]
    shops: list[UUID]
    done: Counter[str] = field(default_factory=Counter)
    settled: list[str] = field(default_factory=list)
    waiting: UUID | None = None


def live(plan: Plan, tell: Tell = lambda *_: None) -> Lived:
    """Let the town live. The residents' and officers' rows stand in the database already (:func:`people.resident_id`)."""
    keys, opened_at = Keys(), jst_midnight(plan.first_day)
    officers = [Townsperson(-1 - number, officer_id(number), OFFICE) for number in range(2)]
    shops = open_shops(keys, plan.seed, plan.shops, officers[0], opened_at)
    people = []
    for person in settle_people(keys, plan.seed, plan.people, opened_at):
        people.append(person)
        if person.number % 200 == 0:
            tell("people open their wallets", person.number, plan.people)
    street = Street(keys, shops)
    lived = Lived(
        plan, [person.account for person in people if person.account], [shop.account for shop in shops], street.done
    )
    for number in range(plan.days):
        tell("days", number, plan.days)
        _begin_or_end_campaign(plan, street, plan.first_day + timedelta(days=number))
        _live_a_day(plan, street, people, plan.first_day + timedelta(days=number))
        _work_at_night(street, officers, lived, jst_midnight(plan.first_day + timedelta(days=number + 1)))
    tell("days", plan.days, plan.days)
    return lived


def _begin_or_end_campaign(plan: Plan, street: Street, day: date) -> None:
    first, last = plan.campaign
    if day == first:
        street.week = begin_week(street.keys, street.shops, plan.people, first, last)
    elif street.week is not None and day > last:
        street.done["budget_returned_yen"] += end_week(street.keys, street.week, jst_midnight(day))
        street.week = None


def _live_a_day(plan: Plan, street: Street, people: list[Townsperson], day: date) -> None:
    midnight = jst_midnight(day)
    for person in people:
        if (
            day == plan.first_day
            or day.day == person.pay_day
            or (street.week is not None and not person.random.randrange(12))
        ):
            hour = person.random.randrange(9 * 3600, 12 * 3600)
            street.buy_coins(
                person, person.random.choice((3000, 5000, 5000, 10_000)), midnight + timedelta(seconds=hour)
            )
    for person in people:
        if person.random.randrange(1000) < SENDING:
            street.send(person, person.random.choice(people), midnight + timedelta(hours=8))
    trips = sorted(
        (
            trip for person in people for trip in street.go_out(person, midnight, day.weekday())
            if person.random.randrange(100) < plan.trips_percent
        ),
        key=lambda trip: (trip[0], trip[1].number),
    )  # fmt: skip
    for hour in range(24):
        street.catch_up(midnight + timedelta(hours=hour))
        until = midnight + timedelta(hours=hour + 1)
        while trips and trips[0][0] < until:
            at, person, shop, amount = trips.pop(0)
            street.shop_at(person, shop, amount, at)


def _work_at_night(street: Street, officers: list[Townsperson], lived: Lived, at: datetime) -> None:
    """Do what the city does by itself after midnight: expire, release, fold, count; and in the morning settle."""
    street.catch_up(at)
    street.done["expired_yen"] += services.expire_lots(at=at)
    street.done["released"] += services.release_expired_holds(at=at)
    while services.fold_credits():
        pass
    _settle(street, officers, lived, at + timedelta(hours=9))
    refresh_circulation(at=at + timedelta(hours=9))


def _settle(street: Street, officers: list[Townsperson], lived: Lived, at: datetime) -> None:
    """Draw up what is over; two officers decide; the file is written, and the bank carries it out on the pay day."""
    batch = services.draw_up_due_settlement(at=at)
    if batch is not None:
        services.check_settlement(street.keys.act(officers[0], at), batch_id=batch.id)
        services.approve_settlement(street.keys.act(officers[1], at), batch_id=batch.id)
        lived.waiting = batch.id
        try:
            services.write_settlement_file(street.keys.act(officers[1], at), batch_id=batch.id)
        except DomainError as refusal:
            street.done[f"file:{refusal.code}"] += 1
        lived.settled.append(str(batch.cut_off_on))
    if lived.waiting is not None:
        try:
            services.confirm_settlement(street.keys.act(officers[1], at), batch_id=lived.waiting)
        except DomainError:
            return  # the pay day has not come
        lived.waiting = None
        street.done["settled"] += 1
