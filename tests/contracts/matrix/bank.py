"""Topping up by bank transfer: everybody who is signed in has a code of their own, and sees the city's account."""

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"

ROWS = {
    ("GET", ROOT + "bank_transfer"): OWN,
    ("POST", ROOT + "bank_transfer"): OWN,
}
MADE = {}
BODIES = {}
