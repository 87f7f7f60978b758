"""A picture that came as a file (a scanned letter) as PNG pages: decoded, shrunk and written anew.

Runs in the parser child only. What leaves it is made of pixels alone: no metadata, no place, no colour profile.
"""

import contextlib
import io
import struct
import warnings
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin

from schoolsafe.intake import errors, png
from schoolsafe.intake.limits import PDF, SCAN

Image.MAX_IMAGE_PIXELS = None
"""We count ourselves, and refuse instead of warning."""
_KINDS: Final = ("PNG", "JPEG", "TIFF")
PLUGINS: Final = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin)
"""Loaded by name: once the child is locked in, the library can look for none."""
_DAMAGE: Final = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, AttributeError, ArithmeticError, EOFError, RuntimeError,
    struct.error,
)  # fmt: skip
_GREY: Final = frozenset({"1", "L", "I", "F", "LA", "I;16", "I;16B"})


def pages(data: bytes) -> list[bytes]:
    """Each page of a picture as PNG.

    Raises:
        DamagedPicture: it cannot be decoded. PictureTooLarge: more pixels than a scan has.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_KINDS) as image:
                return _frames(image)
    except _DAMAGE:
        raise errors.DamagedPicture from None


def warm_up() -> None:
    """Uses every part once, so that what is loaded on first use is loaded."""
    small = Image.new("1", (9, 9))
    for kind, options in (
        ("PNG", {}),
        ("JPEG", {}),
        ("TIFF", {"compression": "group4"}),
        ("TIFF", {}),
    ):
        kept = io.BytesIO()
        (small if options else small.convert("RGB")).save(kept, kind, **options)
        with contextlib.suppress(errors.UnreadableFile):
            pages(kept.getvalue())


def _frames(image: Image.Image) -> list[bytes]:
    found: list[bytes] = []
    pixels = 0
    for number in range(SCAN.pages):
        try:
            image.seek(number)
        except EOFError:
            break
        pixels += image.width * image.height
        if pixels > SCAN.pixels or sum(map(len, found)) > PDF.picture_bytes:
            if found:
                break
            raise errors.PictureTooLarge(limit=SCAN.pixels // 1_000_000)
        found.append(_page(image))
        if image.format != "TIFF":
            break
    return found


def is_page(data: bytes) -> bool:
    """Whether a picture is large enough to be a page and not a logo.

    Raises:
        DamagedPicture: it cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as image:
            return min(image.size) >= SCAN.least_side
    except _DAMAGE:
        raise errors.DamagedPicture from None


def _page(image: Image.Image) -> bytes:
    most = (PDF.pixels / max(1, image.width * image.height)) ** 0.5
    scale = min(1.0, most, PDF.side / image.width, PDF.side / image.height)
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    mode = "L" if image.mode in _GREY else "RGB"
    image.draft(mode, size)
    if image.mode == "1":
        plain = image.convert("L")
    elif image.mode in {"RGBA", "LA", "PA", "P"}:
        clear = image.convert("RGBA")
        plain = Image.new("RGBA", clear.size, "white")
        plain.alpha_composite(clear)
        plain = plain.convert("RGB")
        mode = "RGB"
    else:
        plain = image.convert(mode)
    small = ImageOps.exif_transpose(plain.resize(size, Image.Resampling.BOX, reducing_gap=2.0))
    channels = 1 if mode == "L" else 3
    return png.written(
        small.tobytes(), small.width, small.height, stride=small.width * channels, channels=channels
    )
