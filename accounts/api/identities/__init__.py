"""How surely I am known, and how to be known more surely."""
