"""A camera for the browser: what another screen shows, as the video that Chromium takes for its camera."""

from io import BytesIO
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 640, 640


def film(screenshot: bytes, file: Path, *, frames: int = 2) -> Path:
    """Write a Y4M video (grey, 4:2:0) that shows the screenshot in the middle of a light desk."""
    picture = Image.open(BytesIO(screenshot)).convert("L")
    picture.thumbnail((WIDTH * 4 // 5, HEIGHT * 4 // 5))
    desk = Image.new("L", (WIDTH, HEIGHT), 225)
    desk.paste(picture, ((WIDTH - picture.width) // 2, (HEIGHT - picture.height) // 2))
    frame = b"FRAME\n" + desk.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    file.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * frames)
    return file
