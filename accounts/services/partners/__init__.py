"""Partner services: who may ask, who said yes, and the tokens that came of it."""
