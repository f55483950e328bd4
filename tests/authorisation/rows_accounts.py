"""Sign-in, sign-out and language: public by design."""

from tests.authorisation.matrix import Row

ROWS = {
    "accounts:sign_in": Row(public=True),
    "accounts:sign_out": Row(public=True, method="post"),
    "set_language": Row(public=True, method="post"),
}
