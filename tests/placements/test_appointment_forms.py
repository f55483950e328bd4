"""Form F3 filled in from the decision: what was decided is printed, one file for all, many by a job."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from docx import Document
from tests.makers import AT, make_person, make_placement, make_post, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.documents.models import StoredFile
from secondment.jobs.models import Job
from secondment.people.files.filled_form import form_of
from secondment.people.rules import sections_of
from secondment.placements.models import Placement
from secondment.placements.services import appointment_forms as forms

ON = dt.date(2026, 11, 23)


def read(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


def filled(scene, placement: Placement | None = None):
    placement = placement or scene.first
    form = form_of(placement.person, sections_of(scene.owner, placement.person))
    return forms.decided_form(placement, form, by=scene.owner, on=ON)


def test_the_form_says_what_was_decided(scene) -> None:
    form = filled(scene)
    assert form.proposed_post == "示例村驻村第一书记（挂职）"
    assert form.post_to_leave == ""
    assert form.reason == (
        "根据第一批选派工作安排，经集体研究决定（示例决定〔2026〕1号），选派挂职，"
        "时间2026年12月1日至2028年11月30日。挂职期间人事关系不变，保留原职务。"
    )
    assert form.reporting_unit == "示例厅"
    assert (form.filled_in_by, form.filled_in_on, form.age_counted_on) == (
        "示例用户",
        "20261123",
        "20261123",
    )


def test_a_post_that_says_secondment_is_not_called_so_twice(scene) -> None:
    scene.first.post.title = "副镇长（挂职）"
    assert filled(scene).proposed_post == "示例村副镇长（挂职）"


def test_a_single_placement_without_number_has_its_reason(scene) -> None:
    scene.first.campaign, scene.first.decision_number = None, ""
    assert filled(scene).reason.startswith("经集体研究决定，选派挂职，时间2026年12月1日至")


def test_one_file_for_all_with_a_trail_for_each(scene, signed_in) -> None:
    data = {"selected": [scene.first.pk, scene.second.pk]}
    response = signed_in(scene.owner).post(reverse("placements:appointment_forms"), data)
    text = read(response.content)
    assert [text.count(name) >= 1 for name in ("张示例", "李示例")] == [True, True]
    assert "示例村驻村工作队员（挂职）" in text
    assert f"填表人：{scene.owner.name}　　　填表时间：" in text
    assert text.count("干 部 任 免 审 批 表") == 2
    events = AuditEvent.objects.filter(action="person.export_form")
    assert {one.details["reason"] for one in events} == {"按选派决定填写任免审批表（示例决定〔2026〕1号）"}
    assert events.count() == 2
    assert "%E7%AD%892%E4%BA%BA" in response.headers["Content-Disposition"]  # 等2人


def test_the_page_of_a_placement_offers_it_to_those_who_keep_the_file(scene, signed_in) -> None:
    address = reverse("placements:appointment_form", args=[scene.first.pk])
    for user, status in ((scene.owner, 200), (scene.home_clerk, 200), (scene.host_clerk, 403)):
        client = signed_in(user)
        page = client.get(reverse("placements:placement_detail", args=[scene.first.pk])).content.decode()
        assert (address in page) == (status == 200)
        assert client.get(address).status_code == status
    stranger = make_user(Role.HOME_UNIT, make_unit())
    assert signed_in(stranger).get(address).status_code == 404


@pytest.fixture
def many(scene):
    for _ in range(forms.FILLED_AT_ONCE - 1):
        make_placement(scene.campaign, make_person(scene.home), make_post(scene.host))
    return scene


def test_many_are_filled_by_a_job_and_kept_for_the_account(
    many, signed_in, django_capture_on_commit_callbacks
) -> None:
    client, keys = signed_in(many.owner), list(Placement.objects.values_list("pk", flat=True))
    assert len(keys) == forms.FILLED_AT_ONCE + 1
    address = reverse("placements:appointment_forms")
    assert client.post(address, {"selected": keys[1:]})["Content-Type"].startswith("application/vnd.openxml")
    assert not Job.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"selected": keys}).status_code == 302
    job = Job.objects.get()
    assert job.state == "done"
    assert job.result["path"] == reverse("placements:forms_file", args=[StoredFile.objects.get().pk])
    assert read(client.get(job.result["path"]).content).count("干 部 任 免 审 批 表") == 11
    colleague = make_user(Role.ORGANISATION_DEPARTMENT, many.root)
    assert signed_in(colleague).get(job.result["path"]).status_code == 404


def test_the_kept_file_is_gone_after_a_day(scene) -> None:
    key = forms.keep_forms([scene.first], b"content", by=scene.owner, at=AT)
    stored = StoredFile.objects.get(pk=key)
    assert stored.name == "干部任免审批表（张示例）.docx"
    assert forms.open_forms(stored, at=AT + dt.timedelta(hours=23)) == b"content"
    with pytest.raises(Exception, match="上传"):
        forms.open_forms(stored, at=AT + dt.timedelta(hours=24))
