"""Pictures that people send, drawn anew: what shows stays, what was written beside it goes.

A photo says where and when it was taken and with what, and carries a small copy of what was cut away (EXIF, XMP, comments, texts, a
second picture behind the first). Nobody can list all such places, so nothing is taken out: the picture is unpacked and written
again, upright, and comes along with its dots alone. Its colour profile goes too.
"""

from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps, JpegImagePlugin

_ONE_AT_A_TIME = Lock()  # sixty million dots are half a gigabyte while they are turned
_SHOWS = frozenset({"transparency"})  # what of the words beside a picture its look depends on


def drawn_anew(content: bytes, *, most_pixels: int) -> bytes | None:
    """Draw a JPEG or PNG anew, in its own kind and as fine as it came; None for what cannot be drawn, or has too many dots."""
    with _ONE_AT_A_TIME:
        try:
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
                return _drawn(image) if image.width * image.height <= most_pixels else None
        except Exception:  # noqa: BLE001 - a broken picture may raise whatever the part that stumbled over it raises
            return None


def _drawn(image: Image.Image) -> bytes:
    image.load()
    image.getexif()  # read while it is there
    image.info = {name: said for name, said in image.info.items() if name in _SHOWS}
    ImageOps.exif_transpose(image, in_place=True)
    out = BytesIO()
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        fineness = JpegImagePlugin.get_sampling(image)
        image.save(out, "JPEG", qtables=image.quantization, subsampling=fineness, optimize=True)
    else:
        image.save(out, "PNG")
    return out.getvalue()
