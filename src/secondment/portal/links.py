"""Addresses of other rooms' pages, with filters."""

from urllib.parse import urlencode

from django.urls import reverse


def link(name: str, /, *args: object, **query: object) -> str:
    """The address of a page with its filters."""
    url = reverse(name, args=args)
    return f"{url}?{urlencode(query)}" if query else url
