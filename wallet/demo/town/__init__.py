"""A made-up town that lives for some weeks through the wallet's own services; a seed repeats it exactly.

It is for a database of its own (``manage.py simulate_town``), never for a city's. Who is who follows from a number, what they do
from the seed and that number, so that the same seed makes the same books, ids aside.
"""

from wallet.demo.town.month import Lived, Plan, live

__all__ = ["Lived", "Plan", "live"]
