"""A code's picture as SVG, for paper: squares of one unit, and four units of quiet as the standard asks (ISO/IEC 18004)."""

import qrcode

QUIET = 4


def qr_svg(text: str) -> str:
    """Return the picture; runs of dark squares are one piece, so that no printer draws hairlines between them."""
    rows = modules(text)
    size = len(rows) + 2 * QUIET
    runs = "".join(
        f"M{start + QUIET} {number + QUIET}h{length}v1h-{length}z"
        for number, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{runs}"/></svg>'


def modules(text: str) -> list[list[bool]]:
    """Return the squares, dark ones True; a seventh of them may be scratched (error correction M)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text.encode(), optimize=0)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found
