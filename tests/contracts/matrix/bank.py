"""Topping up by bank transfer: everybody has a code of their own where the city has an account; the city of this test has none."""

ROOT = "api/v1/wallet/"
NOT_OFFERED = "401 409 409 409 409 409 409 409"

ROWS = {
    ("GET", ROOT + "bank_transfer"): NOT_OFFERED,
    ("POST", ROOT + "bank_transfer"): NOT_OFFERED,
}
MADE = {}
BODIES = {}
