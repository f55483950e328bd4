"""A refused action leaves its reason on the form."""

import pytest
from django import forms

from secondment.common.attempts import attempt
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def form() -> NameForm:
    filled = NameForm({"name": "示例"})
    assert filled.is_valid()
    return filled


def refusing(error: Exception):
    def act() -> str:
        raise error

    return act


def test_what_is_done_is_given_back(form: NameForm) -> None:
    assert attempt(form, lambda: "done") == "done"
    assert form.errors == {}


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DomainError("不行。"), "不行。"),
        (DomainError("不行。", basis="某法第一条"), "不行。（依据：某法第一条）"),
    ],
)
def test_refusal_stands_on_the_form(form: NameForm, error: DomainError, text: str) -> None:
    assert attempt(form, refusing(error)) is None
    assert form.errors == {"__all__": [text]}


@pytest.mark.parametrize("error", [NotAllowedError("无权。"), StaleObjectError("已过期。")])
def test_what_typing_cannot_mend_is_refused_outright(form: NameForm, error: DomainError) -> None:
    with pytest.raises(type(error)):
        attempt(form, refusing(error))
