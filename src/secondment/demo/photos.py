"""Pictures of nothing real: portraits of no one, and a sheet with the seal of no office."""

import io

from PIL import Image, ImageDraw

SIZE = (90, 120)
GROUNDS = ("#dfe6ee", "#e6e2da", "#dde8e3", "#e8e0e4")
COATS = {"1": "#2f4a68", "2": "#7a4b5c"}
SKIN, HAIR = "#e9c9ad", "#2b2724"


def portrait(sex: str, number: int) -> bytes:
    """A small PNG; `number` chooses the ground."""
    picture = Image.new("RGB", SIZE, GROUNDS[number % len(GROUNDS)])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 84, 82, 156), fill=COATS[sex])
    if sex == "2":
        draw.ellipse((22, 22, 68, 92), fill=HAIR)
    draw.rectangle((39, 72, 51, 90), fill=SKIN)
    draw.ellipse((24, 20, 66, 60), fill=HAIR)
    draw.ellipse((27, 30, 63, 80), fill=SKIN)
    return _png(picture)


def stamped_sheet() -> bytes:
    """A sheet of lines with a red ring, as a small PNG."""
    picture = Image.new("RGB", (210, 297), "#ffffff")
    draw = ImageDraw.Draw(picture)
    for height in range(40, 220, 12):
        draw.line((25, height, 185, height), fill="#9aa4ae")
    draw.ellipse((120, 215, 180, 275), outline="#c0202a", width=4)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.quantize(16).save(content, "PNG", optimize=True)
    return content.getvalue()
