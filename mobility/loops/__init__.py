"""Work of getting about that goes on as long as the city lives."""
