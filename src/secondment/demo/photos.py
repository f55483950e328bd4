"""Portraits of no one: a plain figure on a neutral background."""

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
    content = io.BytesIO()
    picture.quantize(16).save(content, "PNG", optimize=True)
    return content.getvalue()
