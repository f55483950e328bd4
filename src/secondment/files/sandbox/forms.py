"""Forms with named cells, looked at and filled apart: a file of few bytes may unpack to more than the machine has."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from secondment.files.named_cells import Form, FormError
from secondment.files.problems import BadInputError
from secondment.files.sandbox.limits import LIST, Limits
from secondment.files.sandbox.reading import read_apart


@dataclass(frozen=True)
class FormNames:
    """The names of a form: those that lead to one cell, those that do not, and those whose cell computes something."""

    cells: tuple[str, ...]
    broken: tuple[str, ...]
    computed: tuple[str, ...]


def form_names_apart(content: bytes, *, limits: Limits = LIST) -> FormNames:
    """What can be filled in; raises `FormError`."""
    said = _asked(content, limits, values=None)
    return FormNames(**{name: tuple(found) for name, found in said.items()})


def fill_form_apart(content: bytes, values: Mapping[str, int], *, limits: Limits = LIST) -> bytes:
    """The workbook with these numbers; raises `FormError`."""
    return b64decode(_asked(content, limits, values=dict(values)))


def form_items(content: bytes, values: Mapping[str, int] | None, **_file: str) -> Iterator[Any]:
    """The names, or with values the filled workbook; else why the file is no form."""
    try:
        form = Form(content)
        if values is None:
            names = FormNames(tuple(form.cells), tuple(form.broken), tuple(form.with_formulas()))
            yield ["done", asdict(names)]
        else:
            yield ["done", b64encode(form.filled(values)).decode()]
    except FormError as error:
        yield ["refused", error.code]


def _asked(content: bytes, limits: Limits, values: Mapping[str, int] | None) -> Any:
    try:
        ((what, said),) = read_apart(form_items, content, file="", limits=limits, values=values)
    except BadInputError as error:
        is_costly = error.problems[0].fault.code == "too_costly"
        raise FormError("too costly" if is_costly else "not a workbook") from error
    if what == "refused":
        raise FormError(said)
    return said
