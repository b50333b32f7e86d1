"""Measurements, each beside a yardstick in the same run; ``make bench`` runs them all."""
