"""The address on what is printed: nobody else reaches a machine by its name for itself."""

import pytest
from django.test import RequestFactory

from secondment.common.addresses import public_address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1:8000", ""),
        ("127.8.0.1", ""),
        ("localhost", ""),
        ("localhost:8000", ""),
        ("a.localhost:8000", ""),
        ("[::1]:8000", ""),
        ("10.1.2.3:8000", "http://10.1.2.3:8000/"),
        ("guazhi.example.cn", "http://guazhi.example.cn/"),
    ],
)
def test_only_an_address_that_others_can_open(settings, host: str, address: str) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert public_address(RequestFactory().get("/page/", headers={"host": host})) == address


def test_what_is_set_wins(settings) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], "https://guazhi.example.cn/"
    assert public_address(RequestFactory().get("/")) == "https://guazhi.example.cn/"
