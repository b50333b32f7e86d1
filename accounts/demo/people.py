"""Two hundred residents and one person for each role."""

from accounts.demo import BEGAN_AT
from accounts.demo.names import NAMES
from accounts.selectors.personas import DOMAIN, PERSONAS
from accounts.selectors.sign_ins import known_emails
from accounts.services.demo_city import Arrival, enrol
from kernel.principal import SYSTEM
from kernel.use_case import Act


def people() -> list[Arrival]:
    """Return everybody, the personas first."""
    personas = [
        Arrival(persona.name, persona.email, is_guest=persona.role == "tourist", language=persona.language)
        for persona in PERSONAS
    ]
    others = [
        Arrival(display_name=name, email=f"resident{number:03}@{DOMAIN}", is_guest=False)
        for number, name in enumerate(NAMES, start=1)
    ]
    return personas + others


def seed_people() -> None:
    """Enrol whoever is not here yet, in one transaction."""
    everybody = people()
    here = known_emails(arrival.email for arrival in everybody)
    missing = [arrival for arrival in everybody if arrival.email not in here]
    if missing:
        enrol(Act(SYSTEM, at=BEGAN_AT), arrivals=missing)
