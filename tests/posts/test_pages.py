"""Pages of demands: what they show, what a form refuses, and what a list costs."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.files.reading import parse_table
from secondment.posts.choices import PostState
from secondment.posts.exports import posts_workbook
from secondment.posts.labels import (
    condition_facts,
    post_steps,
    recusal_lines,
    requirement_lines,
    term_text,
    timeline_of,
)
from secondment.posts.models import Post
from secondment.posts.queries import draft_for, events_of, usual_direction, usual_start, visible_to
from secondment.units.models import Unit
from tests.makers import ON
from tests.posts.scene import complete_post, make_scene

EMPTY_TASKS = {"tasks-TOTAL_FORMS": "1", "tasks-INITIAL_FORMS": "0"}
KEPT_TASK = {"tasks-TOTAL_FORMS": "1", "tasks-INITIAL_FORMS": "1"}
TASK = {
    "tasks-0-name": "土地流转", "tasks-0-measure": "面积", "tasks-0-target": "500", "tasks-0-measure_unit": "亩",
}  # fmt: skip
FORM = {
    "host_unit": "北车营村", "title": "驻村第一书记", "direction": "down", "headcount": "1", "starts_on": "2027-03-01",
    "ends_on": "2029-03-01", "region": "房山区", "hardship": "1", "grassroots_years": "0", "organ_kind": "other",
    "specialties": ["education", "health"], "contact_name": "甲", "contact_phone": "1", "duties": "职责", "code": "P01",
}  # fmt: skip


@pytest.fixture
def scene(db: None):
    return make_scene()


@pytest.fixture
def clerk(scene, signed_in):
    return signed_in(scene.clerk)


@pytest.fixture
def organiser(scene, signed_in):
    return signed_in(scene.organiser)


def errors_of(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_entering_a_demand(clerk):
    response = clerk.post(reverse("posts:post_create"), FORM | EMPTY_TASKS | TASK)
    post = Post.objects.get()
    assert response.headers["Location"] == reverse("posts:post_detail", args=[post.pk])
    assert (post.region_id, post.specialties, post.hardship) == ("110111", ["education", "health"], 1)
    assert [(row.name, row.target) for row in post.tasks.all()] == [("土地流转", 500)]
    page = clerk.get(response.headers["Location"]).content.decode()
    assert "专业方向：教育、卫生" in page
    assert "提交审核" in page
    assert "审核通过</button>" not in page


def test_the_form_is_filled_with_what_the_unit_uses(scene, clerk):
    complete_post(scene, lodging="周转房", contact_phone="123")
    page = clerk.get(reverse("posts:post_create"), {"unit": scene.village.pk})
    form = page.context["form"]
    assert form["host_unit"].value() == "北车营村 · 青龙湖镇"
    assert form["region"].value() == "北京市房山区青龙湖镇"
    assert (form.instance.lodging, form.instance.contact_phone) == ("周转房", "123")
    assert clerk.get(reverse("posts:post_create")).context["form"]["host_unit"].value() in (None, "")
    other = Unit.objects.exclude(path__startswith=scene.county.path).first()
    assert clerk.get(reverse("posts:post_create"), {"unit": other.pk}).status_code == 404
    for page in ("posts:post_create", "posts:post_list"):
        assert clerk.get(reverse(page), {"unit": "9" * 5_000}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"headcount": "0"}, "headcount", "人数至少为1。不再需要该岗位时，请撤回需求。"),
        ({"ends_on": "2027-02-28"}, "ends_on", "挂职结束日期不能早于到岗日期。"),
        (
            {"host_unit": "示例市"},
            "host_unit",
            "未找到单位“示例市”，请写单位目录中的全称，且须在您的管理范围内。",
        ),
        ({"region": "火星"}, "region", "未找到区划“火星”，请写全称或区划代码（2、4、6或9位）。"),
        ({"code": "P09"}, "code", "本单位已有该编号的岗位，请更换编号。"),
    ],
)
def test_the_form_says_what_is_wrong(scene, clerk, changes, field, message):
    complete_post(scene, code="P09")
    response = clerk.post(reverse("posts:post_create"), FORM | EMPTY_TASKS | changes)
    assert errors_of(response)[field] == [message]


def test_half_a_task_is_refused_and_a_removed_one_goes(scene, clerk):
    url = reverse("posts:post_create")
    half = FORM | EMPTY_TASKS | {"tasks-0-name": "只有名称"}
    assert clerk.post(url, half).context["tasks"].forms[0].errors.keys() == {
        "measure",
        "target",
        "measure_unit",
    }
    post = complete_post(scene)
    data = FORM | KEPT_TASK | TASK | {"version": "1"}
    response = clerk.post(reverse("posts:post_edit", args=[post.pk]), data | {"tasks-0-DELETE": "on"})
    assert response.status_code == 302
    assert not post.tasks.exists()


def test_a_form_opened_before_another_change_is_refused(scene, clerk):
    post = complete_post(scene)
    Post.objects.filter(pk=post.pk).update(version=5)
    data = FORM | KEPT_TASK | TASK | {"version": "1"}
    assert clerk.post(reverse("posts:post_edit", args=[post.pk]), data).status_code == 409
    Post.objects.filter(pk=post.pk).update(state=PostState.APPROVED)
    assert clerk.get(reverse("posts:post_edit", args=[post.pk])).status_code == 409


def test_task_rows_are_added_up_to_five(clerk):
    url = reverse("posts:task_row")
    page = clerk.get(url, {"tasks-TOTAL_FORMS": "3"}).content.decode()
    assert 'name="tasks-3-name"' in page
    assert 'value="4"' in page
    assert "最多五项任务" in clerk.get(url, {"tasks-TOTAL_FORMS": "4"}).content.decode()
    assert "tasks-5-name" not in clerk.get(url, {"tasks-TOTAL_FORMS": "5"}).content.decode()
    assert 'name="tasks-0-name"' in clerk.get(url, {"tasks-TOTAL_FORMS": "x"}).content.decode()


def test_moves_from_the_page(scene, clerk, organiser):
    post = complete_post(scene)
    clerk.post(reverse("posts:post_submit", args=[post.pk]))
    organiser.post(reverse("posts:post_return", args=[post.pk]), {"opinion": ""})
    assert Post.objects.get().state == PostState.SUBMITTED
    organiser.post(reverse("posts:post_return", args=[post.pk]), {"opinion": "请补充"})
    assert (
        "组织部门退回意见：请补充" in clerk.get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    )
    clerk.post(reverse("posts:posts_submit"), {"selected": str(post.pk)})
    organiser.post(reverse("posts:post_approve", args=[post.pk]))
    assert Post.objects.get().state == PostState.APPROVED
    assert organiser.post(reverse("posts:posts_approve"), {"selected": "999999"}).status_code == 404
    again = complete_post(scene, state=PostState.SUBMITTED)
    organiser.post(reverse("posts:posts_approve"), {"selected": str(again.pk)})
    assert Post.objects.get(pk=again.pk).state == PostState.APPROVED
    Post.objects.filter(pk=again.pk).delete()
    copied = clerk.post(reverse("posts:post_copy", args=[post.pk]))
    assert copied.headers["Location"] == reverse("posts:post_edit", args=[Post.objects.latest("pk").pk])
    organiser.post(reverse("posts:post_withdraw", args=[post.pk]))
    page = organiser.get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert "已撤回" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"title": "镇长"}, {"镇长助理"}), ({"title": "p0"}, {"第一书记"}), ({"state": "draft"}, {"镇长助理"}),
        ({"unit": "青龙湖"}, {"第一书记"}), ({"unit": "房山"}, {"第一书记", "镇长助理"}), ({"unit": "火星"}, set()),
        ({"direction": "up"}, {"镇长助理"}), ({"region": "1101"}, {"第一书记", "镇长助理"}),
        ({"region": "青龙湖"}, {"第一书记"}), ({"region": "北京市"}, {"第一书记", "镇长助理"}),
        ({"specialty": "education"}, {"第一书记"}), ({"state": "nonsense"}, set()),
    ],
)  # fmt: skip
def test_filters(scene, clerk, query, found):
    complete_post(
        scene, title="第一书记", code="P01", state=PostState.SUBMITTED, specialties=["education"],
        region=scene.village.region,
    )  # fmt: skip
    complete_post(scene, title="镇长助理", host_unit=scene.county, direction="up", specialties=["other"])
    page = clerk.get(reverse("posts:post_list"), query)
    assert {row.item.title for row in page.context["listing"].rows()} == found


def test_a_unit_key_filters_its_subtree(scene, clerk):
    complete_post(scene)
    url = reverse("posts:post_list")
    assert clerk.get(url, {"unit": scene.township.pk}).context["listing"].n_rows == 1
    assert clerk.get(url, {"unit": scene.root.pk + 10_000}).context["listing"].n_rows == 0


def test_a_unit_filter_that_is_too_wide_is_refused(scene, clerk, monkeypatch):
    complete_post(scene)
    monkeypatch.setattr("secondment.posts.lists.MOST_MATCHES", 0)
    page = clerk.get(reverse("posts:post_list"), {"unit": "村"})
    assert page.context["listing"].n_rows == 0
    assert "请输入更完整的名称" in page.content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(scene, clerk):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(reverse("posts:post_list"), {"size": "100"}).status_code == 200
        return len(queries)

    complete_post(scene)
    cost()  # the first request of a session also starts it
    first = cost()
    for _ in range(40):
        complete_post(scene, specialties=["education"])
    assert cost() == first


def test_the_detail_page_costs_the_same_for_one_and_for_many_tasks(scene, clerk):
    post = complete_post(scene)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get(reverse("posts:post_detail", args=[post.pk]))
        return len(queries)

    cost()  # the first request of a session also starts it
    first = cost()
    for position in range(2, 6):
        post.tasks.create(position=position, name="甲", measure="乙", target=1, measure_unit="个")
    assert cost() == first


def test_template_and_export_are_workbooks(scene, clerk):
    complete_post(scene, code="P01")
    complete_post(scene, code="P02", title="镇长助理")
    for name in ("posts:post_template", "posts:post_export"):
        response = clerk.get(reverse(name), {"title": "第一书记"})
        assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    rows = parse_table(response.content, file="a.xlsx").rows
    assert [(row["岗位编号"], row["期限（月）"]) for row in rows] == [("P01", "24")]


def test_an_export_too_large_is_refused(scene, clerk, monkeypatch):
    complete_post(scene)
    monkeypatch.setattr("secondment.posts.views.exchange.EXPORT_LIMIT", 0)
    assert clerk.get(reverse("posts:post_export")).status_code == 409


def test_import_from_upload_to_confirmation(scene, clerk, organiser):
    post = complete_post(scene, code="P01")
    content = posts_workbook(visible_to(scene.clerk).select_related("host_unit__parent"))
    Post.objects.filter(pk=post.pk).update(title="旧职务")
    response = clerk.post(reverse("posts:post_import"), {"file": SimpleUploadedFile("岗位.xlsx", content)})
    page = clerk.get(response.headers["Location"]).content.decode()
    assert "<del>旧职务</del>" in page
    assert "确认写入 1 条" in page
    assert organiser.get(response.headers["Location"]).status_code == 404
    assert Post.objects.get().title == "旧职务"
    clerk.post(response.headers["Location"] + "confirm/")
    assert Post.objects.get().title == "驻村第一书记"
    assert "已写入或已过期" in clerk.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize("name", ["a.pdf", "a.exe"])
def test_uploads_of_other_kinds_are_refused(clerk, name):
    response = clerk.post(reverse("posts:post_import"), {"file": SimpleUploadedFile(name, b"x")})
    assert errors_of(response)["file"] == ["只能上传 .xlsx、.xls、.csv 或 .txt 文件。"]


def test_uploads_that_are_too_large_are_refused(scene, clerk, monkeypatch):
    monkeypatch.setattr("secondment.documents.forms.LARGEST_LIST", 3)
    large = {"file": SimpleUploadedFile("a.csv", b"12345")}
    assert errors_of(clerk.post(reverse("posts:post_import"), large))["file"] == [
        "文件超过5MB，请拆分后上传。"
    ]
    large["file"].seek(0)
    url = reverse("posts:village_list", args=[complete_post(scene).pk])
    assert errors_of(clerk.post(url, large))["file"] == ["文件超过5MB，请拆分后上传。"]


def test_villages_from_list_to_posts(scene, organiser):
    pattern = complete_post(scene, host_unit=scene.county)
    url = reverse("posts:village_list", args=[pattern.pk])
    assert errors_of(organiser.post(url, {"places": ""}))["places"] == ["请粘贴名单，或上传名单文件。"]
    for name in ("a.pdf", "a.xlsx"):
        response = organiser.post(url, {"file": SimpleUploadedFile(name, b"broken")})
        assert "file" in errors_of(response)
    listing = SimpleUploadedFile("村.csv", "乡镇,村\n青龙湖镇,坨里村\n".encode())
    page = organiser.post(url, {"places": "北车营村", "file": listing})
    assert page.context["form"].initial["places"] == "北车营村\n青龙湖镇 坨里村"
    assert "建立 2 个岗位" in page.content.decode()
    headless = SimpleUploadedFile("村.csv", "青龙湖镇,坨里村\n青龙湖镇,北车营村\n".encode())
    page = organiser.post(url, {"places": "", "file": headless})
    assert page.context["form"].initial["places"] == "青龙湖镇 坨里村\n青龙湖镇 北车营村"
    confirm = reverse("posts:village_create", args=[pattern.pk])
    places = {"places": "北车营村\n青龙湖镇 坨里村"}
    assert organiser.post(confirm, places).status_code == 409
    assert "无法对应" in organiser.post(confirm, {"places": "火星村"}).content.decode()
    organiser.post(confirm, places | {"agrees_new_units": "on", "submits": "on"})
    assert Post.objects.filter(state=PostState.SUBMITTED).count() == 2
    assert organiser.post(confirm, {}).headers["Location"] == url


def test_the_side_bar_counts_what_waits(scene, clerk, organiser):
    complete_post(scene, state=PostState.SUBMITTED)
    assert '<span class="count">1</span>' in organiser.get(reverse("posts:post_list")).content.decode()


def test_usual_values(scene):
    empty = draft_for(scene.village, on=ON)
    assert (empty.region, empty.direction, empty.lodging) == (scene.village.region, "down", "")
    assert usual_start(dt.date(2026, 11, 23)) == dt.date(2027, 4, 1)
    assert usual_start(dt.date(2026, 1, 5)) == dt.date(2026, 7, 1)
    assert usual_direction(Unit(kind="state_enterprise", level="county")) == "enterprise"
    assert usual_direction(Unit(kind="government_organ", level="provincial")) == "up"
    county, township = Unit(kind="region", level="county"), Unit(kind="township", level="township")
    assert (usual_direction(county, township), usual_direction(county, county)) == ("up", "down")
    assert usual_direction(township, county) == "down"
    outside = Unit(kind="township", level="township", is_external=True)
    assert usual_direction(county, outside) == "down"
    assert usual_direction(Unit(kind="region", level="county", is_external=True), township) == "down"
    assert draft_for(None, on=ON).ends_on == dt.date(2029, 4, 1)


def test_a_demand_reads_in_plain_words(scene):
    post = complete_post(
        scene, requires_party_member=True, education_code="20", title_level="420", oldest_age=45, grassroots_years=2,
        experience="有产业经历", abilities=["mass_work"], specialties=["education"], is_principal=True,
        organ_kind="county_party_government", sensitive_work=["finance"], industries=["health"], direction="up",
    )  # fmt: skip
    assert requirement_lines(post) == [
        "须为中共正式党员", "学历：大学本科及以上", "职称：中级及以上", "专业方向：教育", "年龄不超过45周岁", "基层工作经历不少于2年",
        "工作经历：有产业经历", "需要的能力：做群众工作",
    ]  # fmt: skip
    assert recusal_lines(post) == [
        ("正职，按县级党委政府核查地域回避", "公务员法第七十五条"),
        ("涉及财务工作，核查亲属回避", "公务员法第七十四条"),
        ("主管卫生行业，核查亲属经商办企业", "公务员法第七十四条"),
        ("上挂岗位，列入批次时须有批准的选派计划文号", "2024年中央一号文件；整治形式主义为基层减负若干规定"),
    ]
    assert term_text(post) == "2027-03-01 至 2029-02-28（24个月）"
    post.ends_on = dt.date(2029, 3, 5)
    assert term_text(post) == "2027-03-01 至 2029-03-04"
    assert condition_facts(post)[4].value == "甲 000-0000"


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (PostState.DRAFT, ["current", "ahead", "ahead"]), (PostState.RETURNED, ["current", "ahead", "ahead"]),
        (PostState.SUBMITTED, ["done", "current", "ahead"]), (PostState.APPROVED, ["done", "done", "done"]),
    ],
)  # fmt: skip
def test_steps(state, steps):
    assert [step.state for step in post_steps(Post(state=state))] == steps


def test_the_trail_reads_as_sentences(scene, clerk):
    post = complete_post(scene)
    data = FORM | KEPT_TASK | TASK | {"version": "1", "title": "镇长助理"}
    clerk.post(reverse("posts:post_edit", args=[post.pk]), data)
    entry = timeline_of(events_of(post))[0]
    assert (entry.title, entry.by) == ("修改了岗位需求", "示例经办人")
    assert entry.text.startswith("修改内容：岗位编号、挂任职务、分管工作、岗位职责")
    assert entry.text.endswith("重点任务")


def test_list_offers_only_the_actions_the_account_may_take(scene, signed_in):
    complete_post(scene)
    offered = {
        user.username: [
            action.key
            for action in signed_in(user).get(reverse("posts:post_list")).context["listing"].spec.bulk_actions
        ]
        for user in (scene.organiser, scene.clerk, scene.leader)
    }
    assert list(offered.values()) == [["submit", "approve", "forms"], ["submit", "forms"], ["forms"]]
