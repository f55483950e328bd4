"""Addresses of this site that are kept with a message, a duty or a result and shown as links."""

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(path: str) -> str:
    """`path` when it leads to a page of this site, else nothing: asked wherever a kept path becomes a link."""
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else ""


def checked_path(path: str) -> str:
    """`path`, or nothing where there is none; `ValueError` for one that leads elsewhere: asked before it is kept."""
    if path != own_path(path):
        raise ValueError("a kept path leads to a page of this site")
    return path
