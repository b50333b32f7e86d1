"""Reads of the accounts floor that other floors may use."""

from accounts.selectors.consented_facts import (
    Asking,
    Facts,
    access_facts_of,
    access_facts_of_all,
    agreed_classes,
    asked_by_the_city,
)
from accounts.selectors.devices import DeviceView, device_labels, sign_standing, signs_standing, workplaces_of
from accounts.selectors.night import share_a_phone
from accounts.selectors.organisations import (
    Belonging,
    OrganisationView,
    offices_of,
    organisations_of,
    organisations_of_kind,
    people_of,
    reader_names,
)
from accounts.selectors.personas import SeededPersona, seeded_personas, seeded_residents
from accounts.selectors.principals import ResidentPrincipal, principal_of

__all__ = [
    "Asking",
    "Belonging",
    "DeviceView",
    "Facts",
    "OrganisationView",
    "ResidentPrincipal",
    "SeededPersona",
    "access_facts_of",
    "access_facts_of_all",
    "agreed_classes",
    "asked_by_the_city",
    "device_labels",
    "offices_of",
    "organisations_of",
    "organisations_of_kind",
    "people_of",
    "principal_of",
    "reader_names",
    "seeded_personas",
    "seeded_residents",
    "share_a_phone",
    "sign_standing",
    "signs_standing",
    "workplaces_of",
]
