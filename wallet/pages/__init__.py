"""Pages of the wallet that the server renders: desks of the city's officers."""
