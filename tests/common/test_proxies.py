"""Behind a proxy: the visitor's address and scheme, believed from trusted proxies and from nobody else."""

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from secondment.accounts.http import client_address
from secondment.accounts.models import SignInTries
from secondment.common.proxies import TrustedProxyMiddleware

URL = "/accounts/sign-in/"
HOST = "secondment.example.cn"
PROXY = "10.0.0.1"
VISITOR = "203.0.113.7"


@pytest.fixture
def behind_a_proxy(settings) -> None:
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/30"), ip_network("fd00::1"))
    settings.ALLOWED_HOSTS = [HOST]


@pytest.fixture
def told(behind_a_proxy: None) -> Callable[..., tuple[str, bool]]:
    """What the product takes for the visitor's address, and whether over https."""

    def look(peer: str, **headers: str) -> tuple[str, bool]:
        seen: list[HttpRequest] = []
        middleware = TrustedProxyMiddleware(lambda request: seen.append(request) or HttpResponse())
        middleware(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))
        return client_address(seen[0]), seen[0].is_secure()

    return look


@pytest.mark.parametrize(
    ("peer", "claimed", "address"),
    [
        (PROXY, VISITOR, VISITOR),
        (PROXY, f"1.1.1.1, {VISITOR}", VISITOR),  # the visitor invented the first
        (PROXY, f"{VISITOR}, 10.0.0.3", VISITOR),  # two proxies, both trusted
        (PROXY, f"{VISITOR},10.0.0.4", "10.0.0.4"),  # the second proxy is one address beyond the network
        (PROXY, "10.0.0.2", "10.0.0.2"),  # the proxy's own machine
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{VISITOR}, <script>", PROXY),
        ("10.0.0.4", VISITOR, "10.0.0.4"),  # nobody's proxy
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.1", f"::ffff:{VISITOR}", VISITOR),
        ("::ffff:10.0.0.4", VISITOR, "10.0.0.4"),
        (PROXY, f"fe80::1%{'a' * 200}", "fe80::1"),  # a zone says nothing to anybody else
        ("", VISITOR, ""),  # a socket without addresses
    ],
)
def test_only_trusted_proxies_name_the_visitor(
    told: Callable[..., tuple[str, bool]], peer: str, claimed: str, address: str
) -> None:
    assert told(peer, HTTP_X_FORWARDED_FOR=claimed) == (address, False)


@pytest.mark.parametrize(
    ("peer", "scheme", "is_secure"),
    [
        (PROXY, "https", True),
        (PROXY, "HTTPS", True),
        (PROXY, "http", False),
        (PROXY, "ftp", False),
        ("10.0.0.4", "https", False),
    ],
)
def test_only_trusted_proxies_say_https(
    told: Callable[..., tuple[str, bool]], peer: str, scheme: str, is_secure: bool
) -> None:
    assert told(peer, HTTP_X_FORWARDED_PROTO=scheme)[1] is is_secure


def test_a_trusted_proxy_can_also_say_that_its_visitor_came_without_https(
    told: Callable[..., tuple[str, bool]],
) -> None:
    assert told(PROXY, **{"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "http"}) == (PROXY, False)


def test_nobody_is_trusted_unless_the_settings_say_so() -> None:
    assert django_settings.TRUSTED_PROXIES == ()


@pytest.mark.parametrize("https", [True, False])
@pytest.mark.usefixtures("db", "behind_a_proxy")
def test_a_form_goes_through_a_proxy_with_tls(settings, https: bool) -> None:
    """Browsers send the origin they see, which is https; no redirect, no refusal, with and without SECONDMENT_HTTPS."""
    settings.SECURE_SSL_REDIRECT = https
    through_proxy = {
        "HTTP_HOST": HOST,
        "REMOTE_ADDR": PROXY,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_FOR": VISITOR,
    }
    client = Client(enforce_csrf_checks=True)
    page = client.get(URL, **through_proxy)
    assert page.status_code == 200
    form = {"username": "nobody", "password": "wrong", "csrfmiddlewaretoken": page.cookies["csrf"].value}
    sent = {"HTTP_ORIGIN": f"https://{HOST}", "HTTP_REFERER": f"https://{HOST}{URL}"}
    assert client.post(URL, form, **through_proxy, **sent).status_code == 200
    assert {tries.address for tries in SignInTries.objects.exclude(address="")} == {VISITOR}


@pytest.mark.usefixtures("db", "behind_a_proxy")
def test_a_visitor_who_plays_proxy_is_sent_to_https_and_gives_no_false_address(settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    claims = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "1.1.1.1"}
    response = Client().get(URL, HTTP_HOST=HOST, REMOTE_ADDR=VISITOR, **claims)
    assert (response.status_code, response["Location"]) == (301, f"https://{HOST}{URL}")
