"""What the environment says, checked: a value that cannot work is refused in one sentence."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from secondment.config.refusals import StartRefusedError


def trusted_networks(texts: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """The proxies that are believed, as addresses (10.0.0.1) or networks (10.0.0.0/24)."""
    return tuple(_network(text.strip()) for text in texts if text.strip())


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise StartRefusedError(
            f"SECONDMENT_TRUSTED_PROXIES 中的“{text}”不是网络地址，请写成 10.0.0.1 或 10.0.0.0/24，多个用逗号分开。",
            f"“{text}” in SECONDMENT_TRUSTED_PROXIES is no network address; write 10.0.0.1 or 10.0.0.0/24, separated by commas.",
        ) from None
