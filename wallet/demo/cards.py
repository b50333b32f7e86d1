"""Cards in the demo city: one resident holds a number for the convenience store, another's card was stolen before it came here."""

import msgspec

from accounts.selectors import ResidentPrincipal, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.use_case import Act
from wallet.engine.card_results import CardTopUp
from wallet.gateways.cards import fake_vendor, is_fake
from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.words import Method
from wallet.selectors.cards_taken import card_payment, has_card_payments
from wallet.services import look_for, start_top_up
from wallet.services.cards import look_at_disputes

HEROINE = "hanako@machi.example"
NEIGHBOURS = 40


def seed_cards() -> None:
    """Begin a few top-ups at the fake company, once; with a real one nothing is made up."""
    if not is_fake() or has_card_payments():
        return
    company = fake_vendor(posts=False)
    heroine = next((each.resident_id for each in seeded_personas() if each.persona.email == HEROINE), None)
    if heroine is not None:
        number = _begin(principal_of(heroine), 3000, "konbini")
        company.choose_konbini(str(card_payment(number.id).session_id))
        look_for(principal_of(heroine), number.id, at=clock.now())
    personas = {each.resident_id for each in seeded_personas()}  # whoever is tried out keeps a wallet that works
    others = [user.resident_id for user in seeded_residents(NEIGHBOURS) if user.resident_id not in personas]
    for position, resident_id in enumerate(others[-3:]):
        person = principal_of(resident_id)
        bought = _begin(person, 5000, "card")
        is_stolen = position == 0
        company.enter_card(str(card_payment(bought.id).session_id), paying.DISPUTED if is_stolen else paying.GOOD)
        paid = look_for(person, bought.id, at=clock.now())
        if is_stolen:
            look_at_disputes(paid, at=clock.now())


def _begin(person: ResidentPrincipal, amount: int, method: Method) -> CardTopUp:
    act = Act(person, at=clock.now(), key=f"demo-card-{person.actor}")
    return msgspec.json.decode(start_top_up(act, amount=amount, method=method).body, type=CardTopUp)
