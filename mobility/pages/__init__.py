"""Pages of getting about: desks of the city's officers."""
