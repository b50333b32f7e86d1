"""Payouts: in which cases, by whom, how they are paid, and what comes back."""
