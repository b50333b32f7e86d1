"""Figures as a table for people and as ``bench/results/*.json`` for comparison."""

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def figure(
    name: str,
    value: float,
    unit: str,
    *,
    yardstick: float,
    n: int,
    p50: float | None = None,
    p99: float | None = None,
    **notes: Any,
) -> dict[str, Any]:
    """Return one figure: ``ratio`` is value to yardstick, p50 and p99 are milliseconds."""
    numbers = {"figure": round(value, 3), "yardstick": round(yardstick, 3), "ratio": round(value / yardstick, 3)}
    return {
        "name": name,
        "unit": unit,
        **numbers,
        "n": n,
        "p50": p50 and round(p50, 2),
        "p99": p99 and round(p99, 2),
        **notes,
    }


def write(bench: str, figures: list[dict[str, Any]]) -> None:
    """Keep one benchmark's figures."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{bench}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def table(figures: list[dict[str, Any]]) -> str:
    """Return the figures as lines for the terminal."""
    lines = [f"{'name':34} {'figure':>12} {'yardstick':>12} {'ratio':>7} {'goal':>7}  {'p50':>8} {'p99':>8}"]
    for row in figures:
        goal = f"{row['goal']:>7}" if "goal" in row else " " * 7
        times = "  ".join(f"{row[name]:>7}" if row[name] is not None else " " * 7 for name in ("p50", "p99"))
        lines.append(f"{row['name']:34} {row['figure']:>12} {row['yardstick']:>12} {row['ratio']:>7} {goal}  {times}")
    return "\n".join(lines)
