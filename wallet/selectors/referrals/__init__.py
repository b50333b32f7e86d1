"""Referrals as they stand."""
