"""Reads of the accounts floor that other floors may use."""

from accounts.selectors.devices import workplaces_of
from accounts.selectors.organisations import (
    Belonging,
    OrganisationView,
    organisations_of,
    organisations_of_kind,
)
from accounts.selectors.personas import SeededPersona, seeded_personas, seeded_residents
from accounts.selectors.principals import ResidentPrincipal, principal_of

__all__ = [
    "Belonging",
    "OrganisationView",
    "ResidentPrincipal",
    "SeededPersona",
    "organisations_of",
    "organisations_of_kind",
    "principal_of",
    "seeded_personas",
    "seeded_residents",
    "workplaces_of",
]
