"""Whole journeys over all modes: what is asked, the ways at both ends, what rides between, and which are worth showing."""

from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.planning import Answer, plan
from mobility.engine.journeys.plans import Leg, Plan

__all__ = ["Answer", "Ask", "Leg", "Plan", "Spot", "plan"]
