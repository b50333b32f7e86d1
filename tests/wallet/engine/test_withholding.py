"""What is withheld cannot be computed: an attacker with everything that is said, and exact arithmetic, learns no cell under ten."""

import random
from fractions import Fraction

import pytest

from wallet.engine.withholding import Tally, hidden_in_line, withheld


def tally(people: range, yen: int = 100) -> Tally:
    made = Tally()
    made.add(yen, 0, len(people), people)
    return made


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for number, row in enumerate(rows):
            if number != found and row[column]:
                times = row[column] / pivot[column]
                rows[number] = [value - times * under for value, under in zip(row, pivot, strict=True)]
        found += 1
    return found


def computable(cells, hidden, unsaid_rows, unsaid_columns) -> set:
    """Return the withheld cells and totals that follow from what is said: those whose unit vector lies in the equations' span."""
    unknown = (
        sorted(hidden) + sorted((name, "*") for name in unsaid_rows) + sorted(("*", name) for name in unsaid_columns)
    )
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    equations: list[dict] = [{(row, "*"): 1 for row in rows}, {("*", column): 1 for column in columns}]
    equations += [{**{(row, column): 1 for column in columns}, (row, "*"): -1} for row in rows]
    equations += [{**{(row, column): 1 for row in rows}, ("*", column): -1} for column in columns]
    matrix = [[Fraction(equation.get(name, 0)) for name in unknown] for equation in equations]
    known = rank(matrix)
    return {
        name
        for number, name in enumerate(unknown)
        if rank([*matrix, [Fraction(int(at == number)) for at in range(len(unknown))]]) == known
    }


def margins(cells, side: int) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for pair, each in cells.items():
        found.setdefault(pair[side], Tally()).add(each.yen, 0, each.payments, each.people)
    return found


def said_of(cells):
    """Return the withheld cells, rows and columns of one table with its totals."""
    unsaid, hidden = withheld({"row": margins(cells, 0), "column": margins(cells, 1)}, {("row", "column"): cells})
    return hidden["row", "column"], unsaid["row"], unsaid["column"]


def people_of(cells, name) -> int:
    """Return how many people a cell or total is of."""
    row, column = name
    if "*" not in name:
        return len(cells[name].people)
    return len(margins(cells, 0)[row].people if column == "*" else margins(cells, 1)[column].people)


def test_ten_people_are_said_and_nine_are_not():
    assert hidden_in_line({"A": tally(range(10)), "B": tally(range(20, 40))}) == set()
    assert hidden_in_line({"A": tally(range(9)), "B": tally(range(20, 40)), "C": tally(range(50, 95))}) == {"A", "B"}


def test_a_single_small_cell_takes_another_with_it_that_is_cheapest():
    line = {"A": tally(range(3)), "B": tally(range(100)), "C": tally(range(200, 215))}
    assert hidden_in_line(line) == {"A", "C"}


def test_two_small_cells_of_the_same_few_people_are_no_hiding_place():
    line = {"A": tally(range(3)), "B": tally(range(4)), "C": tally(range(200, 215)), "D": tally(range(300, 400))}
    assert hidden_in_line(line) == {"A", "B", "C"}


def test_the_naive_answer_falls_to_a_subtraction_and_ours_does_not():
    cells = {
        (r, c): tally(range(n * 100, n * 100 + 30)) for n, (r, c) in enumerate((r, c) for r in "XYZ" for c in "abc")
    }
    cells["X", "a"] = tally(range(5))
    assert computable(cells, {("X", "a")}, set(), set()) == {("X", "a")}
    hidden, rows, columns = said_of(cells)
    assert ("X", "a") in hidden
    assert len(hidden) == 4
    assert computable(cells, hidden, rows, columns) == set()


@pytest.mark.parametrize("seed", range(100))
def test_nothing_under_ten_people_follows_from_what_is_said(seed):
    dice = random.Random(seed)
    rows, columns = dice.randrange(1, 7), dice.randrange(1, 7)
    cells = {
        (f"r{row}", f"c{column}"): tally(range(start, start + dice.choice((1, 2, 5, 9, 10, 12, 30, 90))))
        for row in range(rows)
        for column in range(columns)
        if dice.random() < dice.choice((0.3, 0.7, 1))
        for start in [dice.randrange(400)]
    }
    whole = Tally()
    for each in cells.values():
        whole.add(0, 0, each.payments, each.people)
    if not whole.is_safe:
        return
    hidden, unsaid_rows, unsaid_columns = said_of(cells)
    assert {pair for pair, each in cells.items() if len(each.people) < 10} <= hidden
    found = computable(cells, hidden, unsaid_rows, unsaid_columns)
    assert {name: people_of(cells, name) for name in found if people_of(cells, name) < 10} == {}
    for side, unsaid in ((0, unsaid_rows), (1, unsaid_columns)):
        for name in {pair[side] for pair in hidden} - unsaid:
            people = set().union(*(cells[pair].people for pair in hidden if pair[side] == name))
            assert len(people) >= 10
