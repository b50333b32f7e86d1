"""What a person at the terminal is told when the city cannot start."""


class Trouble(Exception):
    """The city cannot start or go on; the message is one sentence that says why and what helps."""
