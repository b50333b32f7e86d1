"""Splitting an amount among people, in whole yen."""


def shares(amount: int, people: int) -> list[int] | None:
    """Return what each pays; the first ones pay the yen that cannot be split. None where somebody would pay nothing.

    Their sum is the amount, and no two differ by more than one yen.
    """
    each, rest = divmod(amount, people)
    return [each + (number < rest) for number in range(people)] if each else None
