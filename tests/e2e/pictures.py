"""Screens beside one another, as the README shows them."""

from pathlib import Path

from PIL import Image

HEIGHT, GAP, DESK = 900, 32, (233, 238, 240)


def beside(screens: list[Path], file: Path) -> None:
    """Write one picture of several screenshots, all of one height."""
    pictures = [Image.open(screen).convert("RGB") for screen in screens]
    scaled = [picture.resize((picture.width * HEIGHT // picture.height, HEIGHT)) for picture in pictures]
    desk = Image.new("RGB", (sum(each.width + GAP for each in scaled) + GAP, HEIGHT + 2 * GAP), DESK)
    left = GAP
    for each in scaled:
        desk.paste(each, (left, GAP))
        left += each.width + GAP
    desk.quantize(128).save(file, optimize=True)
