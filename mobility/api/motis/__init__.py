"""A door for programs that speak with MOTIS: its plan, over our journeys."""
