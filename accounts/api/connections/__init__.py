"""Services that a person is connected to."""
