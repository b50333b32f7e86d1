"""Where numba keeps what it compiled: below MACHI_HOME, where whoever runs the city may write; the code itself may be read-only."""

from pathlib import Path

from kernel import environment

NAME = "NUMBA_CACHE_DIR"


def keep_compiled(home: Path) -> None:
    """Say so, before numba is imported. This function will leave a place that was chosen already."""
    if not environment.inherited().get(NAME):
        environment.adopt({NAME: str(home / "compiled")})
