"""What a name may hold: every letter of the world, but nothing that is invisible and turns or breaks the line it stands in."""

WITHOUT_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]*$(?!\n)"
"""The end is said twice: Python's ``$`` alone lets one line break pass."""
NAMED = r"^(?=.*\S)" + WITHOUT_CONTROLS.removeprefix("^")
"""The same, with something to be seen in it."""
