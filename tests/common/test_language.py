"""Chinese unless the reader has chosen otherwise."""

from django.conf import settings
from django.test import Client


def page(cookie: str | None = None) -> tuple[str, str]:
    client = Client(headers={"accept-language": "en-US"})
    if cookie is not None:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get("/accounts/sign-in/")
    return response.headers["Content-Language"], response.content.decode()


def test_browser_language_does_not_decide(db: None) -> None:
    language, text = page()
    assert language == "zh-hans"
    assert '<html lang="zh-hans"' in text


def test_chosen_language_is_kept_and_unknown_ones_are_ignored(db: None) -> None:
    assert page("en")[0] == "en"
    assert page("xx")[0] == "zh-hans"
