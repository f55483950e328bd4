"""The register holds every form that asks somebody to write, every duty, and nothing that does not exist."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.forms import BaseForm, CharField, DecimalField, FileField, Form, HiddenInput

import secondment
from secondment.accounts.choices import Role
from secondment.audit.actions import SENTENCES
from secondment.obligations import register
from secondment.obligations.duties import DUTIES
from secondment.obligations.register import AskedForm, asked_forms

ADMINISTRATION = ("accounts", "backups", "jobs", "notices", "onboarding", "common", "workforce")
"""Rooms in which an installation is kept, or put questions to: nobody is asked for a report there."""
WRITING = (CharField, DecimalField, FileField)
KNOWN_LABELS = {
    "姓名",
    "性别",
    "出生年月",
    "派出单位",
    "接收单位",
    "挂任职务",
    "挂职时间",
    "职级",
    "政治面貌",
}
"""What the system knows of whoever is in post."""


def every_form() -> Iterator[type[BaseForm]]:
    for found in pkgutil.walk_packages(secondment.__path__, "secondment."):
        if not any(part in found.name for part in (".migrations", ".management", ".cli", ".config", ".demo")):
            importlib.import_module(found.name)
    waiting, seen = [BaseForm], set()
    while waiting:
        for one in waiting.pop().__subclasses__():
            if one not in seen:
                seen.add(one)
                waiting.append(one)
                if one.__module__.startswith("secondment."):
                    yield one


def is_filter(form: type[BaseForm]) -> bool:
    return form.__name__.endswith(("Filter", "FilterForm", "PeriodForm"))


def asks_for_writing(form: type[BaseForm]) -> bool:
    fields = getattr(form, "base_fields", {}).values()
    return any(isinstance(one, WRITING) and not isinstance(one.widget, HiddenInput) for one in fields)


def unregistered() -> list[str]:
    registered = {one for asked in asked_forms().values() for one in (*asked.forms, *asked.also)}
    return [
        f"{one.__module__}.{one.__name__}"
        for one in every_form()
        if asks_for_writing(one)
        and not is_filter(one)
        and one.__module__.split(".")[1] not in ADMINISTRATION
        and not any(issubclass(one, known) or issubclass(known, one) for known in registered)
    ]


def test_every_form_that_asks_for_writing_is_registered() -> None:
    assert unregistered() == []


def test_a_form_that_is_not_registered_is_found() -> None:
    made = type("SurplusForm", (Form,), {"text": CharField(), "__module__": "secondment.talks.forms"})
    assert asks_for_writing(made)
    assert unregistered() == ["secondment.talks.forms.SurplusForm"]
    made.__module__ = "tests"  # classes stay for a while


def test_every_duty_is_asked_for_by_one_form() -> None:
    named = [kind for one in asked_forms().values() for kind in one.duties]
    assert sorted(named) == sorted(DUTIES)


def test_actions_of_the_register_exist() -> None:
    named = {action for one in asked_forms().values() for action in (*one.acts, *one.reads)}
    assert named <= SENTENCES.keys()


def test_every_form_has_a_reader_a_basis_and_a_sender_who_reads_something_else() -> None:
    for one in asked_forms().values():
        assert one.readers, one.code
        assert str(one.basis), one.code
        assert str(one.replaces), one.code
        assert one.acts, one.code
        assert 0 <= one.prefilled <= 1


def test_what_the_system_knows_is_not_asked() -> None:
    """In the forms of both units and of secondees, about whoever is in post."""
    asked = [one for one in asked_forms().values() if one.role != Role.ORGANISATION_DEPARTMENT]
    labels = {
        (one.code, str(field.label))
        for one in asked
        if one.code != "places.facts"  # a contact in the village is no secondee
        for form in one.forms
        for field in getattr(form, "base_fields", {}).values()
        if not isinstance(field.widget, HiddenInput)
    }
    assert {pair for pair in labels if pair[1] in KNOWN_LABELS} == set()


class Example(Form):
    text = CharField(max_length=300, widget=register.Textarea)
    name = CharField(max_length=40)
    few = CharField(max_length=4)
    endless = CharField(widget=register.Textarea)
    reply = CharField(required=False)
    version = CharField(widget=HiddenInput)
    scan = FileField()


def asked(**fields: object) -> AskedForm:
    values = {"code": "x", "label": "x", "role": Role.HOST_UNIT, "readers": (), "basis": "", "replaces": ""}
    return AskedForm(**{**values, "forms": (Example,), **fields})  # type: ignore[arg-type]


def test_fields_and_characters_are_counted_from_the_form() -> None:
    """Hidden fields are nobody's; texts count as long as they may be, lines eight characters, what may stay empty nothing."""
    one = asked(known=6)
    assert (one.n_fields, one.n_characters) == (6, 300 + 8 + 4 + 0)
    assert one.prefilled == 0.5


def test_what_a_journey_counted_takes_the_place_of_the_form() -> None:
    one = asked(fields=2, characters=110, one_in=5)
    assert (one.n_fields, one.n_characters) == (0.4, 22)
    assert asked(fields=0).prefilled == 0.0


def test_two_forms_of_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from secondment.leave import asked_forms as leave

    asked_forms.cache_clear()
    monkeypatch.setattr(leave, "ASKED_FORMS", [*leave.ASKED_FORMS, asked(code="talks.talk")])
    with pytest.raises(ValueError, match=r"talks\.talk"):
        asked_forms()
    monkeypatch.undo()
    asked_forms.cache_clear()
