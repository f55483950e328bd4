"""The register of forms: a room says in its `asked_forms.py` what it asks of whom, why, and who reads it.

An app puts `ASKED_FORMS = [AskedForm(...), ...]` into that module, beside its forms; nothing else is to be registered. Fields and
characters are counted from the forms themselves, people and times from the database; nothing is typed in twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.forms import BaseForm, CharField, Field, HiddenInput, Textarea
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from secondment.accounts.choices import Role

SHORT = 8
"""Characters of a field of one line: a name, a number, a few words."""
MODULE = "asked_forms"


@dataclass(frozen=True, kw_only=True)
class AskedForm:
    """A form or request: who fills it in, why, who reads it, what paper it takes the place of."""

    code: str
    label: str | Promise
    role: Role
    readers: tuple[Role, ...]
    basis: str | Promise
    replaces: str | Promise
    forms: tuple[type[BaseForm], ...] = ()
    """What is filled in when everything goes its normal way."""
    also: tuple[type[BaseForm], ...] = ()
    """Forms of rare acts about the same record: corrections, withdrawals and their reasons."""
    duties: tuple[str, ...] = ()
    """Duties that ask for it; one that nothing asks for is counted by how often it was done."""
    acts: tuple[str, ...] = ()
    """Actions in the trail that hand it in."""
    reads: tuple[str, ...] = ()
    """Actions in the trail that say somebody opened it; none where some page shows it without leaving one."""
    known: int = 0
    """Fields that the system fills in."""
    fields: int | None = None
    characters: int | None = None
    """Said here where a form makes its fields only when it is shown, or where a journey has counted them."""
    one_in: int = 1
    """Of so many records one has something to say, and the others are a tick for all of them."""
    pages: int = 3
    """The to-do list, the page, and the page that says it is in."""
    is_shared: bool = False
    """Whether an office does it for everybody of a period on the same pages."""
    journey: str = ""
    """The test that walks it in a browser, where one does."""

    @property
    def n_fields(self) -> float:
        """Fields of one record, in the normal case."""
        counted = len(list(self._shown())) if self.fields is None else self.fields
        return counted / self.one_in

    @property
    def n_characters(self) -> float:
        """Characters of one record: texts at the length allowed, single lines at a few characters; nothing for what may stay empty."""
        if self.characters is not None:
            return self.characters / self.one_in
        return sum(_characters(field) for field in self._shown() if field.required) / self.one_in

    @property
    def prefilled(self) -> float:
        """The share of its fields that nobody has to fill in (0–1)."""
        every = self.known + (len(list(self._shown())) if self.fields is None else self.fields)
        return self.known / every if every else 0.0

    def _shown(self) -> Iterator[Field]:
        for form in self.forms:
            fields: dict[str, Field] = getattr(form, "base_fields", {})
            yield from (one for one in fields.values() if not isinstance(one.widget, HiddenInput))


def _characters(field: Field) -> int:
    if not isinstance(field, CharField):
        return 0
    if isinstance(field.widget, Textarea):
        return field.max_length or 0
    return min(SHORT, field.max_length or SHORT)


@cache
def asked_forms() -> dict[str, AskedForm]:
    """Everything that any room asks of anybody, by its code."""
    found: dict[str, AskedForm] = {}
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, MODULE):
            for one in import_module(f"{app.name}.{MODULE}").ASKED_FORMS:
                if found.setdefault(one.code, one) is not one:
                    raise ValueError(f"two forms are called {one.code}")
    return found
