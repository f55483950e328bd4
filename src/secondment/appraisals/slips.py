"""Slips as they are printed: ten on an A4 page, with a QR code that leads to the ballot. They name nobody."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from secondment.appraisals.box.codes import in_groups

A_PAGE = 10


@dataclass(frozen=True)
class Slip:
    """One slip."""

    code: str
    picture: SafeString


def slips_of(codes: list[str], address: str) -> list[list[Slip]]:
    """Page by page, in the order of the codes, which is that of chance."""
    slips = [Slip(in_groups(code), picture_of(f"{address}vote/#{in_groups(code)}")) for code in codes]
    return [slips[first : first + A_PAGE] for first in range(0, len(slips), A_PAGE)]


def picture_of(text: str) -> SafeString:
    """A QR code as a drawing inside the page; `segno` is loaded where slips are printed only."""
    import segno

    drawing = segno.make_qr(text, error="m").svg_inline(
        omitsize=True, border=3, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 -- made here, of a text that is not in it


def code_from(scanned: str) -> str:
    """The code of what a scanner typed: the whole address of a slip, or the code alone."""
    return scanned.rpartition("#")[2]
