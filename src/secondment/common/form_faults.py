"""What has to be corrected in the forms of a page, so that one place above them can name it and lead there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.utils.safestring import SafeData

_WAY = re.compile(r" <a .*</a>")  # stands at the field; here the whole line leads there


@dataclass(frozen=True)
class Fault:
    """A field with an error; `target` is the id of its control."""

    label: str
    text: str
    target: str


@dataclass(frozen=True)
class Faults:
    """Fields to correct, in the order of their forms, and how many errors concern an entire form."""

    fields: tuple[Fault, ...] = ()
    n_whole: int = 0

    @property
    def n(self) -> int:
        """How many places are to be corrected."""
        return len(self.fields) + self.n_whole


def faults_of(values: Mapping[str, Any]) -> Faults:
    """The faults of all bound forms among the values that a page was given."""
    forms = list(dict.fromkeys(form for value in values.values() for form in _forms(value)))
    sets = [one for one in _sets(values.values()) if one.is_bound]
    return Faults(
        tuple(_fault(form, name) for form in forms for name in form.fields if name in _faulty(form)),
        n_whole=sum(_n_whole(form) for form in forms) + sum(len(one.non_form_errors()) for one in sets),
    )


def _forms(value: Any) -> Iterator[BaseForm]:
    if isinstance(value, BaseForm):
        if value.is_bound:
            yield value
    elif isinstance(value, BaseFormSet | list | tuple):
        for one in value:
            yield from _forms(one)
    elif isinstance(value, dict):
        yield from _forms(list(value.values()))


def _sets(values: Any) -> Iterator[BaseFormSet[Any]]:
    for value in values:
        if isinstance(value, BaseFormSet):
            yield value
        elif isinstance(value, dict):
            yield from _sets(value.values())


def _visible(form: BaseForm) -> set[str]:
    return {one.name for one in form.visible_fields()}


def _faulty(form: BaseForm) -> set[str]:
    return form.errors.keys() & _visible(form)


def _n_whole(form: BaseForm) -> int:
    return len(form.non_field_errors()) + sum(len(one.errors) for one in form.hidden_fields())


def _fault(form: BaseForm, name: str) -> Fault:
    """A form that has the same field for several people says in `fault_labels` which one is meant."""
    bound = form[name]
    label = getattr(form, "fault_labels", {}).get(name, bound.label)
    # A group of controls has no id: its first control takes the focus.
    target = bound.id_for_label or f"{bound.auto_id}_0"
    return Fault(str(label), " ".join(map(_words, bound.errors)), target)


def _words(error: object) -> str:
    """An error without the link that `attempts` may have put behind it."""
    return (
        unescape(_WAY.sub("", error))
        if isinstance(error, str) and isinstance(error, SafeData)
        else str(error)
    )
