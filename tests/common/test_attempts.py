"""A refused action leaves its reason on the form."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from secondment.common.attempts import attempt, attempt_button
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


@pytest.mark.parametrize(("field", "place"), [("name", "name"), ("elsewhere", "__all__"), ("", "__all__")])
def test_refusal_stands_at_the_field_that_it_names(form: NameForm, field: str, place: str) -> None:
    assert attempt(form, refusing(DomainError("太长。", field=field))) is None
    assert form.errors == {place: ["太长。"]}


@pytest.fixture
def request_with_messages():
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    return request


def told(request) -> list[str]:
    return [str(one) for one in get_messages(request)]


def test_a_button_gives_what_it_does(request_with_messages) -> None:
    assert attempt_button(request_with_messages, lambda: "done") == "done"
    assert told(request_with_messages) == []


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DomainError("不行。"), "不行。"),
        (DomainError("不行。", basis="某法第一条"), "不行。（依据：某法第一条）"),
        (
            DomainError("不行。", way=("去办", "/posts/")),
            '不行。 <a class="btn btn-sm" href="/posts/">去办</a>',
        ),
    ],
)
def test_a_refused_button_leaves_its_reason_for_the_page_that_follows(
    request_with_messages, error: DomainError, text: str
) -> None:
    assert attempt_button(request_with_messages, refusing(error)) is None
    assert told(request_with_messages) == [text]


@pytest.mark.parametrize("error", [NotAllowedError("无权。"), StaleObjectError("已过期。")])
def test_a_button_without_right_or_out_of_date_has_a_page_of_its_own(
    request_with_messages, error: DomainError
) -> None:
    with pytest.raises(type(error)):
        attempt_button(request_with_messages, refusing(error))
