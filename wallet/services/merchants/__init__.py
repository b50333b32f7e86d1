"""Merchants: what their shops tell, who works there, how a business joins, and how a day is closed."""
