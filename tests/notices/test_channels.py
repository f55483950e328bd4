"""Messages leave by the ways that an installation names, are tried again, logged, and sent once."""

import datetime as dt
import hashlib
import hmac
import json
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Self

import pytest
from django.urls import reverse
from tests.makers import AT, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.errors import NotAllowedError
from secondment.jobs.daily import NIGHTLY
from secondment.notices import channels as ways
from secondment.notices.channels import ChannelError, Hook, Mail, Outgoing, channels
from secondment.notices.delivering import KEPT_DAYS, WAITS, deliver, send_out, send_urgent
from secondment.notices.models import Delivery, DeliveryState, Notice, OfficeAddress
from secondment.notices.trying import set_address, try_channels

MINUTE = dt.timedelta(minutes=1)
MESSAGE = Outgoing("delivery-1", "org@example.cn", "本周待办：3 项", "https://guazhi.example.cn/todo/")


class Post(BaseHTTPRequestHandler):
    """Keeps what is posted; answers as it is told."""

    status = 204
    seen: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((dict(self.headers), body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[str]:
    Post.seen.clear()
    Post.status = 204
    server = HTTPServer(("127.0.0.1", 0), Post)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/in"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def office(db: None, settings) -> User:
    settings.SMTP_URL, settings.HOOK_URL = "", ""
    return make_user(Role.HOME_UNIT, make_unit())


class Server:
    """Stands where a mail server would."""

    log: list[object] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.log.append((host, port, timeout))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.log.append("closed")

    def starttls(self) -> None:
        self.log.append("tls")

    def login(self, name: str, password: str) -> None:
        self.log.append((name, password))

    def send_message(self, mail: EmailMessage) -> None:
        if "refused" in mail["To"]:
            raise smtplib.SMTPRecipientsRefused({})
        self.log.append((mail["From"], mail["To"], mail["Subject"], mail.get_content()))


@pytest.fixture
def mail(monkeypatch) -> list[object]:
    Server.log.clear()
    monkeypatch.setattr(ways.smtplib, "SMTP", Server)
    monkeypatch.setattr(ways.smtplib, "SMTP_SSL", Server)
    return Server.log


def test_nothing_leaves_an_installation_that_names_no_way(office: User) -> None:
    OfficeAddress.objects.create(account=office, address="a@example.cn")
    assert channels() == {}
    assert send_out([office], title="x", at=AT) == 0
    assert deliver(at=AT) == 0


def test_a_hook_is_posted_signed_json(hook: str) -> None:
    Hook(hook, "secret").send(MESSAGE)
    ((headers, body),) = Post.seen
    assert json.loads(body) == {
        "id": "delivery-1",
        "to": "org@example.cn",
        "title": "本周待办：3 项",
        "url": "https://guazhi.example.cn/todo/",
    }
    seal = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["X-Secondment-Signature"] == f"sha256={seal}"


def test_a_hook_that_refuses_or_is_not_there_says_why(hook: str) -> None:
    Post.status = 500
    with pytest.raises(ChannelError, match="500"):
        Hook(hook, "").send(MESSAGE)
    with pytest.raises(ChannelError, match="URLError"):
        Hook("http://127.0.0.1:9/", "").send(MESSAGE)
    with pytest.raises(ChannelError, match="ValueError"):
        Hook("no address", "").send(MESSAGE)


def test_a_mail_holds_title_and_link_over_tls(mail: list[object]) -> None:
    Mail("smtp://na%40me:pa%2Fss@mail.example.cn:587", "out@example.cn").send(MESSAGE)
    text = "本周待办：3 项\n\nhttps://guazhi.example.cn/todo/\n"
    assert mail == [
        ("mail.example.cn", 587, 10),
        "tls",
        ("na@me", "pa/ss"),
        ("out@example.cn", "org@example.cn", "本周待办：3 项", text),
        "closed",
    ]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+plain"])
def test_a_mail_server_with_tls_from_the_start_or_none_is_not_asked_for_it(
    mail: list[object], scheme: str
) -> None:
    Mail(f"{scheme}://mail.example.cn:465", "out@example.cn").send(MESSAGE)
    assert "tls" not in mail
    assert len(mail) == 3


def test_a_mail_that_is_refused_says_why(mail: list[object]) -> None:
    with pytest.raises(ChannelError, match="SMTPRecipientsRefused"):
        Mail("smtps://x:1", "out@example.cn").send(Outgoing("1", "refused@example.cn", "x", ""))


def test_an_urgent_message_is_read_here_and_leaves_over_every_way(
    office: User, settings, hook: str, mail: list[object]
) -> None:
    settings.HOOK_URL, settings.SMTP_URL = hook, "smtps://mail.example.cn:465"
    settings.PUBLIC_ADDRESS = "https://guazhi.example.cn/"
    OfficeAddress.objects.create(account=office, address="org@example.cn")
    assert send_urgent([office, office], title="重要情况", at=AT, path="/todo/") == 1
    assert Notice.objects.get().recipient == office
    assert sorted(Delivery.objects.values_list("channel", "to")) == [
        ("hook", office.username),
        ("mail", "org@example.cn"),
    ]
    assert deliver(at=AT) == 2
    assert json.loads(Post.seen[0][1])["url"] == "https://guazhi.example.cn/todo/"
    assert set(Delivery.objects.values_list("state", "n_tries", "sent_at")) == {("sent", 1, AT)}
    assert deliver(at=AT + MINUTE) == 0
    assert len(Post.seen) == 1


def test_an_office_without_an_address_gets_no_mail(office: User, settings) -> None:
    settings.SMTP_URL = "smtps://mail.example.cn:465"
    assert send_out([office], title="x", at=AT) == 0


def test_a_message_is_tried_five_times_further_and_further_apart_then_given_up(
    office: User, settings, hook: str
) -> None:
    settings.HOOK_URL = hook
    Post.status = 503
    send_out([office], title="x", at=AT)
    at = AT
    for n, wait in enumerate(WAITS, 1):
        assert deliver(at=at) == 0
        row = Delivery.objects.get()
        assert (row.n_tries, row.next_try_at) == (n, at + wait * MINUTE)
        assert "503" in row.fault
        assert deliver(at=row.next_try_at - dt.timedelta(seconds=1)) == 0
        at = row.next_try_at
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    assert deliver(at=at) == 0
    assert len(Post.seen) == len(WAITS)


def test_a_server_that_comes_back_gets_the_message(office: User, settings, hook: str) -> None:
    settings.HOOK_URL = hook
    Post.status = 503
    send_out([office], title="x", at=AT)
    deliver(at=AT)
    Post.status = 200
    NIGHTLY["notices.deliver"](at=AT + MINUTE)
    row = Delivery.objects.get()
    assert (row.state, row.fault, row.n_tries) == ("sent", "", 2)


def test_of_two_workers_one_sends_it(office: User, settings, hook: str, monkeypatch) -> None:
    settings.HOOK_URL = hook
    send_out([office], title="x", at=AT)
    from secondment.notices import delivering

    row = Delivery.objects.get()
    assert delivering._deliver(row, Hook(hook, ""), AT)
    assert not delivering._deliver(row, Hook(hook, ""), AT)
    assert len(Post.seen) == 1


def test_the_log_is_kept_for_half_a_year(office: User, settings, hook: str) -> None:
    settings.HOOK_URL = hook
    send_out([office], title="x", at=AT)
    deliver(at=AT)
    deliver(at=AT + dt.timedelta(days=KEPT_DAYS))
    assert Delivery.objects.count() == 1
    deliver(at=AT + dt.timedelta(days=KEPT_DAYS, seconds=1))
    assert Delivery.objects.count() == 0


def test_an_office_says_where_it_reads_its_mail(office: User, signed_in) -> None:
    client = signed_in(office)
    page = reverse("notices:office_address")
    assert "尚未设置外发渠道" in text_of(client.get(page))
    client.post(page, {"address": "wrong"})
    assert not OfficeAddress.objects.exists()
    client.post(page, {"address": "a@example.cn"})
    assert OfficeAddress.objects.get().address == "a@example.cn"
    assert "a@example.cn" in client.get(page).content.decode()
    client.post(page, {"address": ""})
    assert not OfficeAddress.objects.exists()
    with pytest.raises(NotAllowedError, match="单位账号"):
        set_address("a@example.cn", by=make_user(Role.SECONDEE, make_unit()), at=AT)


def test_the_administrator_tries_every_way_and_reads_the_answer(
    office: User, settings, signed_in, hook: str, mail: list[object]
) -> None:
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, make_unit())
    client = signed_in(admin)
    page = reverse("notices:channel_list")
    assert "未设置" in text_of(client.get(page))
    settings.HOOK_URL, settings.SMTP_URL = hook, "smtps://mail.example.cn:465"
    send_out([office], title="一条", at=AT)
    assert "一条" in text_of(client.get(page))
    text = text_of(client.post(page, {"address": "a@example.cn"}))
    assert "邮件：已送出测试消息。" in text
    assert "HTTP 接口：已送出测试消息。" in text
    Post.status = 500
    text = text_of(client.post(page, {"address": "refused@example.cn"}))
    assert "邮件：没有送出。SMTPRecipientsRefused" in text
    assert "HTTP 接口：没有送出。HTTPError" in text
    assert [one.channel for one in try_channels("", by=admin, at=AT)] == ["hook"]
    client.post(page, {"address": "wrong"})
    with pytest.raises(NotAllowedError, match="系统管理员"):
        try_channels("", by=office, at=AT)
