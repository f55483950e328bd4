"""Choices that are codes of a list: each label is defined in the list only, in both languages."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language

from secondment.files.codes.code_list import CodeList

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _label(codes: CodeList, code: str) -> str:
    return codes.label_in(get_language(), code)


def _lazily(codes: CodeList, code: str) -> "_StrPromise":
    return cast("_StrPromise", lazy(_label, str)(codes, code))


def listed(codes: CodeList, code: str) -> tuple[str, "_StrPromise"]:
    """A member of a `TextChoices`: the code, and its label in the language of the page."""
    return code, _lazily(codes, code)


def listed_number(codes: CodeList, code: int) -> tuple[int, "_StrPromise"]:
    """As `listed`, for `IntegerChoices`."""
    return code, _lazily(codes, str(code))


def listed_choices(name: str, codes: CodeList, chosen: Iterable[str] = ()) -> type[models.TextChoices]:
    """The codes of a list, or the chosen ones, where no code is named in our own code."""
    members = {code: listed(codes, code) for code in chosen or codes.codes}
    make: Any = models.TextChoices
    return cast("type[models.TextChoices]", make(name, members))
