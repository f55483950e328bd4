"""Choices that are codes of a list: each label stands in the list alone, in both languages."""

from typing import TYPE_CHECKING, cast

from django.utils.functional import lazy
from django.utils.translation import get_language

from secondment.files.codes.code_list import CodeList

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _label(codes: CodeList, code: str) -> str:
    return codes.label_in(code, get_language())


def _lazily(codes: CodeList, code: str) -> "_StrPromise":
    return cast("_StrPromise", lazy(_label, str)(codes, code))


def listed(codes: CodeList, code: str) -> tuple[str, "_StrPromise"]:
    """A member of a `TextChoices`: the code, and its label in the language of the page."""
    return code, _lazily(codes, code)


def listed_number(codes: CodeList, code: int) -> tuple[int, "_StrPromise"]:
    """As `listed`, for `IntegerChoices`."""
    return code, _lazily(codes, str(code))
