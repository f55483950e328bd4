"""Addresses of other rooms' pages; nothing where an installation does not have the page."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def link(name: str, /, *args: object, **query: object) -> str:
    """The address of a page with its filters, or "" where this installation does not have it."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url
