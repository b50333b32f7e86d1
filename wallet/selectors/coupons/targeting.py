"""Coupons for an audience: who is offered one is asked of the accounts floor at the moment of looking, and kept nowhere.

The wallet stays pseudonymous: it hands over an audience and a person's own request, and gets facts that they agreed to show for
this purpose alone. An officer learns how many about, in tens, and never a number below ten.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from accounts.selectors import Facts, access_facts_of, access_facts_of_all, asked_by_the_city
from kernel.principal import Principal
from wallet.engine.coupons import Audience
from wallet.errors import AudienceNotAsked
from wallet.models import Coupon

TARGETING = "wallet.targeted_coupons"
FEWEST = 10


def targeted_for(principal: Principal, *, at: datetime) -> dict[UUID, Audience]:
    """Return the coupons that are out for an audience to which the reader belongs, as far as they agreed to be chosen.

    One small query where no such coupon is out; else the reading stands in the person's access log.
    """
    rows = Coupon.objects.filter(audience__isnull=False, paused_at=None, ends_at__gt=at)
    out = {key: msgspec.convert(said, Audience) for key, said in rows.values_list("pk", "audience")}
    asking = asked_by_the_city(TARGETING) if out and principal.subject is not None else None
    if asking is None or principal.subject is None:
        return {}
    facts = access_facts_of(principal.subject, asking, purpose=TARGETING, at=at)
    return {} if facts is None else {key: audience for key, audience in out.items() if is_in(audience, facts)}


def count_audience(audience: Audience, *, reason: str, at: datetime) -> int | None:
    """Return about how many people would be offered a coupon, rounded down to tens; None for fewer than ten.

    :raises AudienceNotAsked: where the city has not asked anybody yet.
    """
    asking = asked_by_the_city(TARGETING)
    if asking is None:
        raise AudienceNotAsked
    people = access_facts_of_all(asking, audience.classes, purpose=TARGETING, reason=reason, at=at)
    return withheld(sum(is_in(audience, facts) for facts in people))


def is_asked() -> bool:
    """Tell whether the city asks people to agree to being chosen."""
    return asked_by_the_city(TARGETING) is not None


def withheld(count: int) -> int | None:
    """Return a number of people as officers may read it: in tens, None below ten."""
    return None if count < FEWEST else count - count % FEWEST


def is_in(audience: Audience, facts: Facts) -> bool:
    """Tell whether somebody belongs to an audience."""
    return audience.includes(level=facts.level, age=facts.age, address=facts.address, has_children=facts.has_children)
