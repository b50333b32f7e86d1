"""A picture that is drawn anew shows what it showed, and says nothing else."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from kernel.pictures import drawn_anew

SECRET = b"Mihon-secret"
ORIENTATION, MAKER, GPS = ExifTags.Base.Orientation, ExifTags.Base.Make, ExifTags.IFD.GPSInfo
NORTH = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (32.0, 12.0, 43.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def anew(content: bytes, most_pixels: int = 1_000_000) -> bytes | None:
    return drawn_anew(content, most_pixels=most_pixels)


def two_halves(mode: str = "RGB") -> Image.Image:
    """Draw a picture 64 wide and 48 high, red on the left and blue on the right."""
    image = Image.new("RGB", (64, 48), RED)
    image.paste(BLUE, (32, 0, 64, 48))
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    said = Image.Exif()
    said[ORIENTATION], said[MAKER] = orientation, SECRET.decode()
    said.get_ifd(GPS).update(NORTH)
    return said


def saved(image: Image.Image, kind: str, **said: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **said)
    return out.getvalue()


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    image = Image.open(BytesIO(content))
    image.load()
    return image


def near(dot: object, colour: tuple[int, int, int]) -> bool:
    return isinstance(dot, tuple) and all(abs(one - other) < 16 for one, other in zip(dot, colour, strict=False))


def test_a_photo_loses_place_maker_words_and_profile():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    taken = saved(two_halves(), "JPEG", exif=exif(), xmp=XMP, comment=SECRET, icc_profile=profile, quality=92)
    assert opened(taken).getexif().get_ifd(GPS)[ExifTags.GPS.GPSLatitude] == (32.0, 12.0, 43.0)
    assert taken.count(SECRET) == 3

    drawn = anew(taken)
    image = opened(drawn)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 48))
    assert not image.getexif()
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET not in drawn
    assert b"Exif" not in drawn
    assert near(image.getpixel((8, 24)), RED)
    assert near(image.getpixel((56, 24)), BLUE)
    assert image.quantization == opened(taken).quantization  # as fine as it came


def test_a_photo_that_was_held_sideways_stands_upright():
    image = opened(anew(saved(two_halves(), "JPEG", exif=exif(orientation=6))))
    assert image.size == (48, 64)
    assert near(image.getpixel((24, 8)), RED)
    assert near(image.getpixel((24, 56)), BLUE)
    sideways = saved(two_halves(), "PNG", exif=exif(orientation=6))
    assert opened(anew(sideways)).size == (48, 64)


def test_a_picture_loses_its_texts_and_what_it_knows():
    words = PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    words.add_text("Packed", SECRET.decode(), zip=True)
    taken = saved(two_halves(), "PNG", pnginfo=words, exif=exif(), dpi=(300, 300))
    drawn = anew(taken)
    image = opened(drawn)
    assert image.info == {}
    assert not image.getexif()
    assert list(image.get_flattened_data()) == list(two_halves().get_flattened_data())
    assert {name for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"pHYs", SECRET) if name in drawn} == set()


def test_what_is_hidden_behind_a_picture_does_not_come_along():
    behind = saved(two_halves(), "JPEG") + SECRET
    second = saved(two_halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))], exif=exif())
    for content in (behind, second):
        drawn = anew(content)
        assert opened(drawn).format == "JPEG"
        assert SECRET not in drawn
        assert drawn.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_shows_what_it_showed(mode):
    image = two_halves("L").point(lambda grey: grey * 200, "I").convert("I;16") if mode == "I;16" else two_halves(mode)
    assert opened(anew(saved(image, "PNG"))).tobytes() == opened(saved(image, "PNG")).tobytes()


def test_what_is_see_through_stays_so():
    image = two_halves("P")
    seen = opened(anew(saved(image, "PNG", transparency=image.getpixel((0, 0))))).convert("RGBA")
    assert (seen.getpixel((0, 0))[3], seen.getpixel((63, 0))[3]) == (0, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_photos_and_those_for_the_press_are_drawn_too(mode):
    taken = saved(two_halves(mode), "JPEG", exif=exif())
    image = opened(anew(taken))
    assert image.mode == mode
    assert near(image.convert("RGB").getpixel((8, 24)), opened(taken).convert("RGB").getpixel((8, 24)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        saved(two_halves(), "JPEG")[:-200],
        saved(two_halves(), "PNG")[:-30],
        saved(two_halves(), "WEBP", exif=exif()),
        saved(two_halves(), "GIF"),
        b"%PDF-1.7",
    ],
)
def test_what_is_broken_or_of_another_kind_is_not_drawn(content):
    assert anew(content) is None


def test_too_many_dots_are_not_unpacked():
    small = saved(Image.new("1", (2_000, 2_000)), "PNG")
    assert anew(small, 4_000_000) is not None
    assert anew(small, 3_999_999) is None
