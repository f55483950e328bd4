"""What narrows a list, in words: a printed list has no filters above it and must say what it shows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BoundField, ChoiceField, ModelChoiceField

from secondment.common.sentences import listed


def chosen_filters(form: BaseForm | None) -> Iterator[tuple[str, str]]:
    """Label and chosen words of every filter that narrows the list."""
    if form is None:
        return
    for name in form.changed_data:
        yield str(form[name].label), listed(_words(form[name]))


def _words(bound: BoundField) -> list[str]:
    value = bound.form.cleaned_data.get(bound.name) if bound.form.is_valid() else bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    field = bound.field
    is_listed = isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField)
    labels = dict(_labels(getattr(field, "choices", ()))) if is_listed else {}
    return [labels.get(str(one), str(one)) for one in values]


def _labels(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    """Value and label of every choice, those in groups included."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _labels(label)
        else:
            yield str(value), str(label)
