"""Ways out of the system: mail and an HTTP hook, both off until the installation names them."""

import hashlib
import hmac
import json
import smtplib
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 10
MAIL, HOOK = "mail", "hook"
SIGNATURE = "X-Secondment-Signature"


class ChannelError(Exception):
    """A message did not go out; the text says why and goes into the log."""


@dataclass(frozen=True)
class Outgoing:
    """What goes out: never more than a title and a link, since it leaves the system."""

    key: str
    to: str
    title: str
    url: str


class Channel(Protocol):
    """A way out."""

    def send(self, message: Outgoing) -> None:
        """Send it, or raise `ChannelError`."""
        ...


@dataclass(frozen=True)
class Mail:
    """SMTP: `smtp://name:password@host:port` with STARTTLS, `smtps://…` with TLS from the start, `smtp+plain://…` without."""

    url: str
    sender: str

    def send(self, message: Outgoing) -> None:
        """One mail."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, message.to, message.title
        mail["Date"], mail["Message-ID"] = formatdate(), f"<{message.key}@secondment>"
        mail.set_content(f"{message.title}\n\n{message.url}\n")
        where = urlsplit(self.url)
        kind = smtplib.SMTP_SSL if where.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(where.hostname or "", where.port or 0, timeout=TIMEOUT_SECONDS) as server:
                if where.scheme == "smtp":
                    server.starttls()
                if where.username:
                    server.login(unquote(where.username), unquote(where.password or ""))
                server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Hook:
    """A POST of JSON, signed with HMAC-SHA-256 over its bytes; any answer of 2xx is taken as sent."""

    url: str
    secret: str

    def send(self, message: Outgoing) -> None:
        """One request."""
        fields = {"id": message.key, "to": message.to, "title": message.title, "url": message.url}
        body = json.dumps(fields, ensure_ascii=False).encode()
        seal = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json; charset=utf-8", SIGNATURE: f"sha256={seal}"}
        try:
            request = urllib.request.Request(self.url, body, headers)  # noqa: S310 -- named by the installation's own settings
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 -- as above
                pass
        except (OSError, ValueError) as error:
            raise ChannelError(f"{type(error).__name__}: {error}") from error


def channels() -> dict[str, Channel]:
    """The ways out that this installation names."""
    found: dict[str, Channel] = {}
    if settings.SMTP_URL:
        found[MAIL] = Mail(settings.SMTP_URL, settings.SMTP_SENDER)
    if settings.HOOK_URL:
        found[HOOK] = Hook(settings.HOOK_URL, settings.HOOK_SECRET)
    return found
