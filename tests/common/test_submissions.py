"""A form sent again is acted on once, and every answer leads to the outcome of the first."""

import datetime as dt
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.models import MissedPages
from secondment.audit.models import AuditEvent
from secondment.common import middleware
from secondment.common.errors import NotAllowedError
from secondment.common.models import Submission
from secondment.common.submissions import (
    AHEAD,
    KEPT,
    KEY,
    AlreadyDoneError,
    Sending,
    account_of_key,
    fingerprint_of,
    forget_submissions,
    keep_outcome,
    new_key,
    sending,
    spend_key,
)
from secondment.directory.views import units
from secondment.jobs.tasks import forget_old_submissions
from secondment.units.models import Unit
from tests.makers import AT, make_unit, make_user
from tests.pages import text_of

DONE = "该表单此前已提交办理，未重复办理。"


@pytest.fixture
def scene(db: None, signed_in):
    """A keeper's client, the address of a new unit below the root, and what is typed there."""
    root = make_unit("示例省", kind="region", level="provincial")
    client = signed_in(make_user(Role.ORGANISATION_DEPARTMENT, root))
    url = reverse("directory:unit_create", args=[root.pk])
    typed = {"name": "教育厅", "kind": "government_organ", "level": "provincial", "position": "0"}
    return client, url, typed


def key_of(page: bytes, action: str = "") -> str:
    """The key of the first form of the page, or of the one with this action."""
    form = page.decode().split(f'action="{action}"', 1)[-1] if action else page.decode().split("<main", 1)[-1]
    return re.search(rf'name="{KEY}" value="([^"]+)"', form).group(1)


@pytest.mark.parametrize("refusal", [NotAllowedError("示例"), Http404()])
@pytest.mark.parametrize("is_sent_twice", [True, False])
def test_an_impatient_hand_leaves_no_trail_of_a_refusal(scene, monkeypatch, refusal, is_sent_twice) -> None:
    """What the first act has changed may forbid the second; that is no attempt at what is forbidden."""
    client, url, typed = scene

    def refuse(*_given: object, **_named: object) -> None:
        if is_sent_twice:
            keep_first(client, url, sent)
        raise refusal

    sent = typed | {KEY: key_of(client.get(url).content)}
    monkeypatch.setattr(units, "add_unit", refuse)
    answer = client.post(url, sent)
    left = (AuditEvent.objects.filter(action="account.refuse.refused").count(), MissedPages.objects.count())
    is_404 = isinstance(refusal, Http404)
    if is_sent_twice:
        assert (answer.status_code, answer.headers["Location"], left) == (302, "/units/1/", (0, 0))
    else:
        assert (answer.status_code, left) == ((404, (0, 1)) if is_404 else (403, (1, 0)))


def keep_first(client: Client, url: str, sent: dict[str, str]) -> None:
    """Another request with the same form has acted meanwhile."""
    account = int(client.session["_auth_user_id"])
    fingerprint = fingerprint_of(RequestFactory().post(url, sent), account)
    Submission.objects.create(fingerprint=fingerprint, at=AT, location="/units/1/")


def test_form_sent_twice_makes_one_and_leads_to_the_same_page(scene) -> None:
    client, url, typed = scene
    sent = typed | {KEY: key_of(client.get(url).content)}
    first, second = client.post(url, sent), client.post(url, sent)
    made = Unit.objects.get(name="教育厅")
    assert first.headers["Location"] == reverse("directory:unit_detail", args=[made.pk])
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert AuditEvent.objects.filter(action="unit.create", object_id=str(made.pk)).count() == 1
    assert DONE in client.get(first.headers["Location"]).content.decode()


def test_what_was_changed_after_going_back_is_a_new_act(scene) -> None:
    client, url, typed = scene
    key = {KEY: key_of(client.get(url).content)}
    client.post(url, typed | key)
    client.post(url, typed | key | {"name": "财政厅"})
    assert Unit.objects.filter(name__in=["教育厅", "财政厅"]).count() == 2


def test_errors_on_the_form_leave_the_key_unspent(scene) -> None:
    client, url, typed = scene
    key = {KEY: key_of(client.get(url).content)}
    assert client.post(url, typed | key | {"name": ""}).status_code == 200
    assert not Submission.objects.exists()
    assert client.post(url, typed | key).status_code == 302
    assert Submission.objects.get().location == reverse(
        "directory:unit_detail", args=[Unit.objects.get(name="教育厅").pk]
    )


def test_request_without_a_key_is_acted_on_as_it_comes(scene) -> None:
    client, url, typed = scene
    assert client.post(url, typed).status_code == 302
    assert "同一上级单位下已有同名单位" in client.post(url, typed).content.decode()
    assert not Submission.objects.exists()


def test_key_serves_the_account_that_was_shown_the_page(scene, signed_in) -> None:
    client, url, typed = scene
    key = key_of(client.get(url).content)
    other = make_user(Role.ORGANISATION_DEPARTMENT, Unit.objects.get(name="示例省"))
    signed_in(other).post(url, typed | {KEY: key})
    assert not Submission.objects.exists()
    request = RequestFactory().post(url, typed | {KEY: key})
    assert fingerprint_of(request, other.pk) == ""
    assert account_of_key(key) != other.pk
    assert account_of_key(key[:-1]) is account_of_key(new_key()) is account_of_key("") is None


def test_files_are_part_of_what_was_sent_and_can_still_be_read() -> None:
    with sending(7):
        key = new_key()
    found = []
    for content in (b"a", b"b", b"b"):
        file = SimpleUploadedFile("a.csv", content)
        request = RequestFactory().post("/x/", {KEY: key, "file": file})
        found.append(fingerprint_of(request, 7))
        assert request.FILES["file"].read() == content
    assert found[0] != found[1] == found[2]


def test_look_or_download_may_be_asked_for_again(scene, signed_in) -> None:
    """Its answer is no redirect, so the key is given back although the look left an event."""
    root = Unit.objects.get(name="示例省")
    client = signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, root))
    url = reverse("accounts:account_create")
    sent = {"username": "newcomer", "name": "示例", "unit": root.name, KEY: key_of(client.get(url).content)}
    assert client.post(url, sent).status_code == 200
    assert AuditEvent.objects.filter(action="account.create").count() == 1
    assert not Submission.objects.exists()


def test_key_is_spent_with_the_act_or_not_at_all(db: None) -> None:
    with sending(7) as current:
        current.fingerprint = "a" * 64
        with transaction.atomic():
            spend_key(at=AT)
            transaction.set_rollback(True)
    assert not Submission.objects.exists()
    for n in range(2):
        with sending(7) as current:
            current.fingerprint = "a" * 64
            if n:
                with pytest.raises(AlreadyDoneError):
                    spend_key(at=AT)
            else:
                spend_key(at=AT)
                spend_key(at=AT)  # the same request acts on
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(("more", "n"), [({}, 1), ({AHEAD: "1"}, 0)])
def test_who_sends_again_is_told_once_and_who_sent_once_is_not(scene, more, n) -> None:
    """A draft is sent by its script and then by the page, which is led to the outcome: nobody sent it twice."""
    client, url, typed = scene
    sent = typed | {KEY: key_of(client.get(url).content)}
    client.post(url, sent)
    assert text_of(client.post(url, sent | more, follow=True)).count(DONE) == n
    assert Unit.objects.filter(name="教育厅").count() == 1


def test_act_whose_answer_was_cut_off_is_told_and_not_repeated(scene, monkeypatch) -> None:
    """The process died between act and answer: the key is spent and leads nowhere."""
    client, url, typed = scene
    monkeypatch.setattr(middleware, "LOOKS", 1)
    monkeypatch.setattr(middleware, "SECONDS_APART", 0)
    sent = typed | {KEY: key_of(client.get(url).content)}
    client.post(url, sent)
    Submission.objects.update(location="")
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "已提交办理，未重复办理" in answer.content.decode()
    assert Unit.objects.filter(name="教育厅").count() == 1


@pytest.mark.parametrize("location", ["/units/", "", None])
def test_second_of_two_at_once_waits_for_the_first(db: None, monkeypatch, location) -> None:
    """What the first was answered while the second waited; `None`: a page, so its key was given back."""
    monkeypatch.setattr(middleware, "LOOKS", 2)
    first = Submission.objects.create(fingerprint="a" * 64, at=AT)

    def first_answers(_seconds: float) -> None:
        if location != "":
            keep_outcome(Sending(7, first.fingerprint), location or "")

    monkeypatch.setattr(middleware.time, "sleep", first_answers)
    monkeypatch.setattr(middleware.messages, "info", lambda *_given: None)
    request = RequestFactory().post("/units/1/new/?a=1")
    request.sending = Sending(7, first.fingerprint)
    answer = middleware.SubmissionMiddleware(lambda request: None).process_exception(
        request, AlreadyDoneError()
    )
    expected = {"/units/": (302, "/units/"), "": (409, None), None: (307, "/units/1/new/?a=1")}
    assert (answer.status_code, answer.headers.get("Location")) == expected[location]


def test_forms_are_forgotten_after_three_days(db: None) -> None:
    for name, age in (("a", KEPT), ("b", KEPT + dt.timedelta(seconds=1))):
        Submission.objects.create(fingerprint=name, at=AT - age)
    forget_old_submissions(on=AT.date(), at=AT)
    assert [row.pk for row in Submission.objects.all()] == ["a"]
    assert forget_submissions(at=AT + dt.timedelta(seconds=1)) == 1


N_PARALLEL = 20


def send_in_parallel(client: Client, url: str, sent: dict[str, str], n: int = N_PARALLEL) -> list[tuple]:
    """What `n` browsers of one session are answered when they send the same form at the same instant."""
    start = Barrier(n, timeout=60)

    def send(_number: int) -> tuple[int, str]:
        own = Client()
        own.cookies = client.cookies
        start.wait()
        try:
            answer = own.post(url, sent)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(send, range(n)))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection; see below")
@pytest.mark.django_db(transaction=True)
def test_twenty_sent_at_once_to_a_server_make_one() -> None:
    assert_twenty_make_one()


def assert_twenty_make_one() -> None:
    """Also run in a process of its own on a database file."""
    root = make_unit("示例省", kind="region", level="provincial")
    client = Client()
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("directory:unit_create", args=[root.pk])
    typed = {"name": "教育厅", "kind": "government_organ", "level": "provincial", "position": "0"}
    sent = typed | {KEY: key_of(client.get(url).content)}
    answers = send_in_parallel(client, url, sent)
    made = Unit.objects.get(name="教育厅")
    assert set(answers) == {(302, reverse("directory:unit_detail", args=[made.pk]))}
    assert AuditEvent.objects.filter(action="unit.create", object_id=str(made.pk)).count() == 1


SCRIPT = """
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from tests.common.test_submissions import assert_twenty_make_one
assert_twenty_make_one()
print("one")
"""


def test_twenty_sent_at_once_to_a_database_file_make_one(prepared_data: Path) -> None:
    environment = {
        "SECONDMENT_DATA_DIR": str(prepared_data),
        "DJANGO_SETTINGS_MODULE": "secondment.config.settings",
        "PYTHONPATH": ":".join([*sys.path, str(Path(__file__).parents[2])]),
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=False)  # noqa: S603 -- our own
    assert (done.stdout, done.returncode) == (b"one\n", 0), done.stderr.decode()[-2000:]
