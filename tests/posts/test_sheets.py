"""Form F1 as a Word file: the demand as it was entered; opinions and seals are left to the hand."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from secondment.audit.models import AuditEvent
from secondment.posts.choices import PostState
from secondment.posts.sheets import DEMAND_FORM, TaskRow, demand_sheet
from tests.makers import ON
from tests.office import as_pdf, in_office, pages_of, rows_of
from tests.pages import text_of
from tests.posts.scene import complete_post, make_scene, task


@pytest.fixture
def scene(db: None):
    return make_scene()


@pytest.fixture
def post(scene):
    post = complete_post(
        scene,
        title="驻村第一书记",
        code="P01",
        rank="132",
        headcount=2,
        starts_on=dt.date(2027, 3, 1),
        ends_on=dt.date(2029, 3, 1),
        hardship=2,
        oldest_age=45,
        requires_party_member=True,
        lodging="村委会周转房",
        contact_leader="王示例",
        mentor="赵示例",
    )
    dated = task(
        "道路硬化", measure="完成里程", target="1.50", measure_unit="公里", due_on=dt.date(2028, 6, 30)
    )
    dated.post, dated.position = post, 2
    dated.save()
    return post


def test_the_form_prints_what_was_entered(scene, post) -> None:
    scene.village.credit_code = "11110111000000000X"
    post.host_unit = scene.village
    (rows,) = rows_of(DEMAND_FORM.fill(demand_sheet(post, on=ON)))
    assert rows[:15] == [
        ["需求单位", "北车营村", "统一社会\n信用代码", "11110111000000000X"],
        ["单位层级", "村级", "单位性质", "村社区", "岗位编号", "P01"],
        ["挂任职务", "驻村第一书记", "职务层次", "县处级副职"],
        ["挂职方向", "下挂", "需求人数", "2人", "艰苦程度", "艰苦"],
        ["挂职期限", "2027年3月1日至2029年2月28日（24个月）"],
        ["工作地点", "北京市房山区（110111）"],
        ["岗位职责", "协助分管农业"],
        ["重点任务", "衡量指标及目标值", "完成时限"],
        ["1.土地流转", "新增流转面积：500亩", ""],
        ["2.道路硬化", "完成里程：1.5公里", "2028年6月30日"],
        ["人选要求", "1.须为中共正式党员；2.年龄不超过45周岁"],
        ["食宿交通\n条件", "村委会周转房"],
        ["联系领导", "王示例", "带教导师", "赵示例"],
        ["联系人\n及电话", "甲　000-0000"],
        ["需求单位\n意见", "\n（盖章）　　　　\n年　　月　　日"],
    ]


def test_what_is_not_known_stays_empty(scene) -> None:
    bare = complete_post(scene, region=None, contact_name="", contact_phone="", ends_on=dt.date(2029, 2, 10))
    bare.tasks.all().delete()
    sheet = demand_sheet(bare, on=ON)
    assert (sheet.place, sheet.contact, sheet.tasks, sheet.requirements, sheet.rank) == ("", "", (), (), "")
    assert sheet.term.endswith("至2029年2月9日")
    (rows,) = rows_of(DEMAND_FORM.fill(sheet))
    assert ["人选要求", ""] in rows


def test_the_form_says_how_far_the_demand_is_and_is_chinese_for_every_reader(scene, post) -> None:
    post.state = PostState.WITHDRAWN
    with override("en"):
        sheet = demand_sheet(post, on=ON)
    assert (sheet.state, sheet.direction, sheet.requirements[0]) == ("已撤回", "下挂", "须为中共正式党员")
    lines = [line.text for line in Document(io.BytesIO(DEMAND_FORM.fill(sheet))).paragraphs if line.text]
    assert lines[0] == "挂职岗位需求表"
    assert lines[1].startswith("填表日期：2026年11月23日")
    assert lines[1].endswith("审核状态：已撤回")


def test_everyone_who_reads_the_demand_has_the_form(scene, post, signed_in) -> None:
    url = reverse("posts:demand_form", args=[post.pk])
    for user in (scene.organiser, scene.clerk, scene.leader):
        answer = signed_in(user).get(url)
        assert "attachment" in answer["Content-Disposition"]
        assert rows_of(answer.content)[0][0][1] == "北车营村"
        assert url in signed_in(user).get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert AuditEvent.objects.filter(action="post.print_form", object_id=str(post.pk)).count() == 3
    assert signed_in(scene.stranger).get(url).status_code == 404
    assert signed_in(scene.organiser).get(reverse("posts:demand_form", args=[post.pk + 1])).status_code == 404


def test_many_have_a_page_each(scene, post, signed_in) -> None:
    other = complete_post(scene, host_unit=scene.township, title="副镇长")
    url, both = reverse("posts:demand_forms"), {"selected": [post.pk, other.pk]}
    leader = signed_in(scene.leader)
    assert "岗位需求表" in text_of(leader.get(reverse("posts:post_list")))
    sheets = rows_of(leader.post(url, both).content)
    assert [sheet[2][1] for sheet in sheets] == ["副镇长", "驻村第一书记"]
    assert AuditEvent.objects.filter(action="post.print_form").count() == 2
    assert signed_in(scene.stranger).post(url, both).status_code == 404
    assert leader.post(url, {"selected": [post.pk, other.pk + 1]}).status_code == 404


def test_tasks_are_read_once_for_all(scene, post, signed_in) -> None:
    complete_post(scene, host_unit=scene.township)
    client, url = signed_in(scene.organiser), reverse("posts:demand_forms")
    counts = []
    for keys in ([post.pk], list(scene.village.posts.model.objects.values_list("pk", flat=True))):
        with CaptureQueriesContext(connection) as queries:
            client.post(url, {"selected": keys})
        counts.append(sum('FROM "posts_posttask"' in query["sql"] for query in queries))
    assert counts == [1, 1]


@in_office
def test_each_demand_has_a_page_in_a_real_program(scene, post, tmp_path) -> None:
    sheet = demand_sheet(post, on=ON)
    five = replace(
        sheet, tasks=tuple(TaskRow(f"任务{n}", "新增流转面积", "500亩", "2028年6月30日") for n in range(5))
    )
    long = replace(five, duties="赟" * 600)
    files = {"usual": DEMAND_FORM.fill(five, sheet), "long": DEMAND_FORM.fill(long, sheet)}
    pages = {name: pages_of(path) for name, path in as_pdf(tmp_path, files).items()}
    assert ["挂职岗位需求表" in page for page in pages["usual"]] == [True, True]
    assert ["挂职岗位需求表" in page for page in pages["long"]] == [True, False, True]
    assert "".join(pages["long"]).count("赟") == 600
