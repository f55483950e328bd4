"""Values of the environment that cannot work are refused in a sentence in both languages."""

from ipaddress import ip_network

import pytest

from secondment.config.environment import trusted_networks
from secondment.config.refusals import StartRefusedError


def test_proxies_are_addresses_and_networks() -> None:
    texts = ["10.0.0.1", " 10.1.0.9/24 ", "fd00::/8", ""]
    assert trusted_networks(texts) == (
        ip_network("10.0.0.1/32"),
        ip_network("10.1.0.0/24"),
        ip_network("fd00::/8"),
    )


def test_a_proxy_that_is_no_address_is_named() -> None:
    with pytest.raises(
        StartRefusedError, match=r"“nginx”不是网络地址.*“nginx” in SECONDMENT_TRUSTED_PROXIES is no"
    ):
        trusted_networks(["10.0.0.1", "nginx"])
