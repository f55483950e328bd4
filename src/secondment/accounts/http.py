"""A request whose user is known: every page but the public ones requires sign-in."""

from django.http import HttpRequest

from secondment.accounts.models import User


class SignedInRequest(HttpRequest):
    """What views receive: `user` is a `User`, because the middleware lets nobody else through."""

    user: User
