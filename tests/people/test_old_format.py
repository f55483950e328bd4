"""The old file format: everything it has a place for comes back, the rest is named, nothing is bent."""

import io
import zipfile

from django.urls import reverse
from tests.people.imported import checked, told

from secondment.audit.models import AuditEvent
from secondment.people.files.appointment_forms.lrm import NOTE, lost_in_lrm
from secondment.people.files.old_format import WORDS, lrm_archive
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_comes_back_is_unchanged_and_what_is_left_out_is_named(person, unit, clerk, client) -> None:
    url = reverse("people:person_export", args=[person.pk])
    response = client.post(url, {"kind": "lrm", "reason": "旧程序使用"})
    found = files(response.content)
    assert set(found) == {"示例甲.lrm", "示例甲.pic", NOTE}
    assert "身份证号、任免表程序版本" in found[NOTE].decode("utf-8-sig")
    assert b"990000198503120019" not in b"".join(found.values())
    assert AuditEvent.objects.get(action="person.export_form").details["kind"] == "lrm"
    assert [one[2] for one in told(checked("旧.zip", response.content, unit, clerk))] == ["unchanged"]


def test_a_sign_the_format_cannot_write_refuses_the_file(person, client) -> None:
    Person.objects.filter(pk=person.pk).update(post_title="示例处𠀋长", photo=None)
    url = reverse("people:person_export", args=[person.pk])
    page = client.post(url, {"kind": "lrm", "reason": "旧程序使用"})
    assert page.status_code == 409
    assert "不在GBK字库中，请改为导出.lrmx" in page.content.decode()


def test_without_a_photo_there_is_none_and_every_loss_has_its_word(person) -> None:
    person.photo = None
    assert "示例甲.pic" not in files(lrm_archive(person, EVERYTHING))
    assert set(lost_in_lrm(_full())) <= set(WORDS)


def _full():
    from dataclasses import fields, replace

    from secondment.people.files.appointment_forms.form import AppointmentForm, UnknownTag

    texts = {one.name: "x" for one in fields(AppointmentForm) if one.type in (str, "str")}
    return replace(AppointmentForm(**texts), unknown=(UnknownTag("a"),))
