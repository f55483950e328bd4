"""Uploads are sealed, open for their purpose and account only, and go after a day or once used."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from tests.makers import AT, make_user

from secondment.documents.errors import OvertakenError, UploadGoneError
from secondment.documents.models import StoredFile
from secondment.documents.services import discard_content, lay_down, store_file
from secondment.documents.tasks import discard_expired_uploads, discard_lost_contents
from secondment.documents.uploads import keep_upload, open_upload, used_up

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def kept(content: bytes = b"secret list") -> StoredFile:
    return keep_upload("a.csv", content, purpose="posts", by=make_user(), at=AT)


def test_an_upload_lies_sealed_and_opens_for_its_purpose() -> None:
    stored = kept()
    with stored.content.open("rb") as raw:
        assert b"secret" not in raw.read()
    assert open_upload(stored, purpose="posts", at=AT) == b"secret list"
    assert (stored.name, stored.expires_at) == ("a.csv", AT + DAY)
    with pytest.raises(UploadGoneError):
        open_upload(stored, purpose="directory", at=AT)


def test_after_a_day_it_neither_opens_nor_stays(django_capture_on_commit_callbacks) -> None:
    stored, young = kept(), kept()
    StoredFile.objects.filter(pk=young.pk).update(expires_at=AT + 2 * DAY)
    with pytest.raises(UploadGoneError):
        open_upload(stored, purpose="posts", at=AT + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        discard_expired_uploads(on=AT.date(), at=AT + DAY)
    assert not default_storage.exists(stored.content.name)
    assert default_storage.exists(young.content.name)
    assert StoredFile.objects.get(pk=stored.pk).expires_at is None


def test_a_used_upload_is_gone(django_capture_on_commit_callbacks) -> None:
    stored = kept()
    with django_capture_on_commit_callbacks(execute=True):
        discard_content(stored)
    with pytest.raises(UploadGoneError):
        open_upload(stored, purpose="posts", at=AT)
    stored.refresh_from_db()
    with pytest.raises(UploadGoneError):
        open_upload(stored, purpose="posts", at=AT)


def test_of_two_who_confirm_an_upload_one_writes(django_capture_on_commit_callbacks) -> None:
    """Both have read it; the second comes when the first is through."""
    stored, written = kept(), []
    same = StoredFile.objects.get(pk=stored.pk)
    with django_capture_on_commit_callbacks(execute=True), used_up(stored, at=AT):
        written.append("first")
    with pytest.raises(UploadGoneError), used_up(same, at=AT):
        written.append("second")
    assert written == ["first"]
    assert not default_storage.exists(stored.content.name)


def test_rows_that_stand_there_meanwhile_are_said_and_the_upload_stays(
    django_capture_on_commit_callbacks,
) -> None:
    stored, taken = kept(), make_user(username="taken")
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(OvertakenError),
        used_up(stored, at=AT),
    ):
        make_user(username=taken.username)
    assert open_upload(stored, purpose="posts", at=AT) == b"secret list"


def test_files_of_another_kind_are_no_uploads() -> None:
    stored = store_file("通知.docx", b"PK", content_type="application/zip", by=make_user(), at=AT)
    with pytest.raises(UploadGoneError):
        open_upload(stored, purpose="posts", at=AT)


def test_a_death_between_the_commit_and_the_deletion_leaves_it_to_the_daily_work(
    django_capture_on_commit_callbacks,
) -> None:
    stored = kept()
    discard_content(stored)  # the process dies here
    assert default_storage.exists(stored.content.name)
    with pytest.raises(UploadGoneError):
        open_upload(StoredFile.objects.get(pk=stored.pk), purpose="posts", at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        discard_expired_uploads(on=AT.date(), at=AT)
    assert not default_storage.exists(stored.content.name)
    assert StoredFile.objects.get(pk=stored.pk).expires_at is None


def test_contents_without_a_row_go_after_a_day(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    discard_lost_contents(on=AT.date(), at=AT)  # nothing was ever laid down
    stored = store_file("a", b"kept", content_type="text/plain", by=make_user(), at=AT)
    lost = lay_down("b", b"lost", content_type="text/plain", by=stored.owner, at=AT)
    laid_at = default_storage.get_modified_time(lost.content.name)
    discard_lost_contents(on=AT.date(), at=laid_at + DAY - dt.timedelta(microseconds=1))
    assert default_storage.exists(lost.content.name)
    discard_lost_contents(on=AT.date(), at=laid_at + DAY)
    assert not default_storage.exists(lost.content.name)
    discard_lost_contents(on=AT.date(), at=laid_at + 9 * DAY)
    assert default_storage.exists(stored.content.name)
