"""Pages of standards: who sees what, the editor, pairwise comparison, files, queries."""

from typing import Any

import pytest
from django.test import Client
from tests.makers import AT, make_unit, make_user
from tests.pages import text_of
from tests.standards.scene import LATER, Scene

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.obligations.waiting import waiting_for
from secondment.standards import services
from secondment.standards.choices import VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.standards.queries import visible_to

NOT_OWN = {Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER, Role.INSPECTOR, Role.SECONDEE}


def page(version: StandardVersion, name: str = "") -> str:
    return f"/standards/versions/{version.pk}/{name}"


def press(client: Client, version: StandardVersion, name: str, **data: Any) -> Any:
    """Post what a form of the page posts: the version of the draft goes with it."""
    version.refresh_from_db()
    return client.post(page(version, name), {"version": version.version, **data})


@pytest.mark.parametrize("role", sorted(NOT_OWN))
def test_others_read_what_was_signed_and_no_draft(scene: Scene, role: Role, signed_in: Any) -> None:
    reader = make_user(role, scene.unit)
    signed = scene.signed(name="在用")
    draft = services.start_version(signed, note="改", by=scene.writer, at=AT)
    client = signed_in(reader)
    shown = text_of(client.get(page(signed)))
    assert "执行上级决策有偏差" in shown
    assert "另起新版" not in shown
    assert client.get(page(draft)).status_code == 404
    assert client.get(page(draft, "edit/")).status_code == 404
    assert client.get(page(signed, "next/")).status_code == 403
    assert client.get(f"/standards/{signed.standard_id}/").status_code == 200


def test_strangers_see_nothing(scene: Scene, signed_in: Any) -> None:
    signed = scene.signed()
    stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别处"))
    client = signed_in(stranger)
    assert client.get(page(signed)).status_code == 404
    assert client.get(f"/standards/{signed.standard_id}/").status_code == 404
    assert list(visible_to(stranger)) == []
    assert list(visible_to(make_user())) == []


def test_a_leader_above_reads_what_departments_below_signed(scene: Scene) -> None:
    signed = scene.signed(owner=scene.unit)
    assert list(visible_to(scene.leader)) == [signed.standard]


def test_an_empty_installation_offers_the_three_templates(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.writer)
    shown = text_of(client.get("/standards/"))
    assert "从预置标准开始" in shown
    assert "党政领导干部 19 项" in shown
    assert "企业领导人员 14 项" in shown
    form = client.get("/standards/new/?template=T2")
    assert "专业技术干部挂职测评标准" in form.content.decode()
    scene.draft()
    assert "从预置标准开始" not in text_of(client.get("/standards/"))
    assert "从预置标准开始" not in text_of(signed_in(scene.home).get("/standards/"))


@pytest.mark.parametrize(("beginning", "n"), [("template:T1", 19), ("nothing", 0), ("version", 16)])
def test_a_standard_begins_in_the_browser(scene: Scene, signed_in: Any, beginning: str, n: int) -> None:
    if beginning == "version":
        beginning = f"version:{scene.signed(1).pk}"
    client = signed_in(scene.writer)
    data = {
        "name": "新标准",
        "owner": scene.root.pk,
        "category": "enterprise",
        "programme": "",
        "beginning": beginning,
    }
    answer = client.post("/standards/new/", data)
    version = StandardVersion.objects.get(standard__name="新标准")
    assert answer.url == page(version, "edit/")
    assert version.indicators.count() == n
    again = client.post("/standards/new/", data | {"category": "specialist"})
    assert "已有名为“新标准”的标准" in text_of(again)


def test_the_editor_says_what_is_missing_and_saves_each_part(scene: Scene, signed_in: Any) -> None:
    version = scene.draft(name="标准")
    client = signed_in(scene.writer)
    assert "内容完整，可以送签" in text_of(client.get(page(version, "edit/")))
    weights = {f"w_{one.code}": one.weight for one in version.indicators.all() if one.weight}
    answer = client.post(
        page(version, "edit/"),
        {**weights, "w_politics": 11, "part": "weights", "version": version.version},
    )
    assert answer.url == page(version, "edit/#weights")
    shown = text_of(client.get(page(version, "edit/")))
    assert "现为 99，还差 1（德 19、能 20、勤 15、绩 30、廉 15）" in shown
    version.refresh_from_db()
    answer = client.post(
        page(version, "edit/"),
        {"part": "groups", "version": version.version, "group_leaders": 100, "group_basis": "办法"},
    )
    version.refresh_from_db()
    assert version.group_weights == {"leaders": 100}
    levels = {f"name_{n}": name for n, name in enumerate("甲乙丙丁")}
    levels |= {f"score_{n}": score for n, score in enumerate((10, 20, 30, 40))}
    client.post(page(version, "edit/"), {"part": "levels", "version": version.version, **levels})
    version.refresh_from_db()
    assert (version.level_names, version.level_scores) == (["甲", "乙", "丙", "丁"], [10, 20, 30, 40])
    falling = levels | {"score_3": 5, "part": "levels", "version": version.version}
    assert "逐档上升" in text_of(client.post(page(version, "edit/"), falling))


def test_an_outdated_part_is_not_saved(scene: Scene, signed_in: Any) -> None:
    version = scene.draft()
    services.set_weights(version, {"politics": 12}, by=scene.writer, at=AT)
    data = {"part": "groups", "version": version.version, "group_leaders": 100, "group_basis": "x"}
    assert signed_in(scene.writer).post(page(version, "edit/"), data).status_code == 409


@pytest.mark.parametrize("name", ["edit/", "compare/", "indicators/add/", "indicators/politics/"])
def test_what_is_submitted_is_not_edited(scene: Scene, signed_in: Any, name: str) -> None:
    version = services.submit_version(scene.draft(), by=scene.writer, at=AT)
    assert signed_in(scene.writer).get(page(version, name)).url == page(version)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12", "合计 100"),
        ("11", "合计 99 还差 1"),
        ("13", "合计 101 多出 1"),
        ("x", "还差 12"),
        ("500", "多出 88"),
    ],
)
def test_the_sum_follows_what_is_typed(scene: Scene, signed_in: Any, typed: str, said: str) -> None:
    version = scene.draft()
    weights = {f"w_{one.code}": str(one.weight) for one in version.indicators.all()}
    shown = text_of(signed_in(scene.writer).get(page(version, "sum/"), {**weights, "w_politics": typed}))
    assert said in shown


def test_an_indicator_is_added_changed_moved_and_removed(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(), signed_in(scene.writer)
    form = text_of(client.get(page(version, "indicators/add/?part=achievement&kind=quantitative")))
    assert "计分规则" in form
    assert "群众票措辞" not in form
    data = {
        "kind": "quantitative",
        "part": "achievement",
        "title": "技改降本",
        "source": "accounts",
        "weight": 5,
        "points": "0:0；100:100",
        "unit_of_measure": "万元",
        "version": version.version,
    }
    answer = client.post(page(version, "indicators/add/"), data)
    assert answer.url == page(version, "edit/#indicator-achievement-1")
    row = version.indicators.get(code="achievement-1")
    assert (row.points, row.unit_of_measure, row.source) == ([[0, 0], [100, 100]], "万元", "accounts")
    version.refresh_from_db()
    bad = client.post(page(version, "indicators/achievement-1/"), data | {"points": "很多"})
    assert "“很多”不是“数值:得分”" in text_of(bad)
    press(client, version, "indicators/achievement-1/move/", to="up")
    part = [one.code for one in version.indicators.filter(part="achievement")]
    assert part == ["task_book", "practical_matters", "achievement-1", "lasting"]
    press(client, version, "indicators/achievement-1/move/", to="down")
    asked = text_of(client.get(page(version, "indicators/achievement-1/remove/")))
    assert "技改降本" in asked
    assert "权重 5" in asked
    assert version.indicators.filter(code="achievement-1").exists()
    press(client, version, "indicators/achievement-1/remove/")
    assert not version.indicators.filter(code="achievement-1").exists()
    assert client.get(page(version, "indicators/achievement-1/")).status_code == 404
    assert client.get(page(version, "indicators/achievement-1/remove/")).status_code == 404


def test_a_word_of_formalism_asks_for_a_reason_at_its_field(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(), signed_in(scene.writer)
    assert "确认理由" not in text_of(client.get(page(version, "indicators/politics/")))
    data = {
        "kind": "rated",
        "part": "diligence",
        "title": "宣传报道情况",
        "source": "rated",
        "version": version.version,
        **{f"anchor_{n}": "表现" for n in range(4)},
    }
    asked = text_of(client.post(page(version, "indicators/add/"), data))
    assert "其中有“宣传报道”" in asked
    assert "整治形式主义为基层减负若干规定" in asked
    client.post(page(version, "indicators/add/"), data | {"word_reason": "本岗位即宣传岗"})
    assert Indicator.objects.get(title="宣传报道情况").word_reason == "本岗位即宣传岗"
    assert "措辞确认理由：本岗位即宣传岗" in text_of(client.get(page(version)))


def test_the_fields_follow_the_kind_that_is_chosen(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(), signed_in(scene.writer)
    shown = client.get(page(version, "indicators/politics/"), {"kind": "veto", "title": "新名"})
    assert "新名" in shown.content.decode()
    assert "不写评语、不定等次" in text_of(shown)
    assert "行为描述" not in text_of(shown)
    unknown = client.get(page(version, "indicators/add/"), {"kind": "magic", "part": "nowhere"})
    assert "行为描述" in text_of(unknown)


def test_a_preset_of_groups_by_one_click(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(), signed_in(scene.writer)
    press(client, version, "groups/R1/")
    version.refresh_from_db()
    assert version.group_weights == {"leaders": 20, "colleagues": 40, "organisation": 40}
    assert "考核组40%" in version.group_basis
    assert press(client, version, "groups/R9/").status_code == 404


def test_pairs_are_tried_and_taken_over(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(), signed_in(scene.writer)
    shown = text_of(client.get(page(version, "compare/")))
    assert "政治素质 与 品德作风和群众观念" in shown
    assert "一致性比率 0.0" in shown  # of the present weights
    counts = {"parts": 10, "virtue": 1, "ability": 10, "diligence": 3, "achievement": 3, "integrity": 1}
    data: dict[str, Any] = {f"{of}_{n}": 1 for of, many in counts.items() for n in range(many)}
    data["version"] = version.version
    tried = text_of(client.post(page(version, "compare/"), data | {"virtue_0": 3}))
    assert "一致性比率 0.000" in tried
    assert "政治素质 15" in tried
    crooked = data | {"diligence_0": 9, "diligence_1": -9, "diligence_2": 9}
    refused = text_of(client.post(page(version, "compare/"), crooked | {"take": "1"}))
    assert "最矛盾的一处" in refused
    assert version.indicators.get(code="politics").weight == 12
    answer = client.post(page(version, "compare/"), data | {"virtue_0": 3, "take": "1"})
    assert answer.url == page(version, "edit/#weights")
    assert version.indicators.get(code="politics").weight == 15
    empty = scene.draft(None)
    assert "不足两项" in text_of(client.get(page(empty, "compare/")))


def test_from_draft_to_signature_and_next_version_in_the_browser(scene: Scene, signed_in: Any) -> None:
    version = scene.draft(name="标准")
    writer, signer = signed_in(scene.writer), signed_in(scene.signer)
    press(writer, version, "submit/")
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    assert "须由本部门另一位同志签批" in text_of(writer.get(page(version)))
    assert [one.title for one in waiting_for(scene.signer, AT.date())] == ["签批测评标准“标准”第 1 版"]
    assert waiting_for(scene.writer, AT.date()) == []
    press(signer, version, "return/", reason="改群众票")
    version.refresh_from_db()
    assert version.remark == "改群众票"
    assert "签批人退回：改群众票" in text_of(writer.get(page(version, "edit/")))
    assert [one.title for one in waiting_for(scene.writer, AT.date())] == [
        "修改被退回的测评标准“标准”第 1 版"
    ]
    press(writer, version, "submit/")
    press(writer, version, "recall/")
    press(writer, version, "submit/")
    press(signer, version, "sign/")
    version.refresh_from_db()
    assert version.state == VersionState.SIGNED
    answer = press(writer, version, "next/", reason="调整")
    draft = StandardVersion.objects.get(number=2)
    assert answer.url == page(draft, "edit/")
    assert "查看在办版本" in text_of(writer.get(page(version)))
    services.set_weights(draft, {"politics": 10, "conduct": 10}, by=scene.writer, at=LATER)
    shown = text_of(writer.get(page(draft)))
    assert "与第 1 版的差别" in shown
    assert "政治素质 · 权重" in shown
    press(writer, draft, "drop/")
    assert not StandardVersion.objects.filter(number=2).exists()
    press(writer, version, "retire/", reason="废止")
    version.refresh_from_db()
    assert version.state == VersionState.RETIRED
    assert "停用理由" in text_of(writer.get(page(version)))


def test_a_refusal_stays_on_the_page(scene: Scene, signed_in: Any) -> None:
    version, client = scene.draft(None), signed_in(scene.writer)
    press(client, version, "submit/")
    assert "还没有计分的指标" in text_of(client.get(page(version)))
    assert press(client, version, "drop/").url == "/standards/"
    assert not Standard.objects.exists()
    signed = scene.signed()
    press(client, signed, "drop/")
    assert "已签批" in text_of(client.get(page(signed)))


def test_files_leave_with_an_event(scene: Scene, signed_in: Any) -> None:
    signed = scene.signed(name="标准")
    client = signed_in(scene.home)
    assert client.get(page(signed, "workbook/"))["Content-Disposition"]
    assert client.get(page(signed, "form/")).status_code == 200
    assert {"standard.export_workbook", "standard.print_form"} <= set(
        AuditEvent.objects.values_list("action", flat=True)
    )
    assert client.get("/standards/template/").status_code == 403
    assert signed_in(scene.writer).get("/standards/template/").status_code == 200


@pytest.mark.parametrize("state", ["signed", "draft", "submitted", "retired"])
def test_the_list_is_narrowed_by_state(scene: Scene, signed_in: Any, state: str) -> None:
    scene.draft(2, name="甲draft", category="enterprise")
    services.submit_version(scene.draft(1, name="甲submitted", category="specialist"), by=scene.writer, at=AT)
    retired = scene.signed(name="甲retired")
    services.retire_version(retired, reason="旧", by=scene.writer, at=LATER)
    scene.signed(name="甲signed")
    shown = text_of(signed_in(scene.writer).get(f"/standards/?state={state}"))
    assert f"甲{state}" in shown
    assert shown.count("甲") == 1


@pytest.mark.parametrize("n", [1, 6])
def test_the_list_costs_the_same_for_one_and_many(
    scene: Scene, signed_in: Any, n: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(n):
        scene.draft(None, name=f"第{number}")
    client = signed_in(scene.writer)
    client.get("/standards/")
    with django_assert_max_num_queries(16):
        client.get("/standards/")


@pytest.mark.parametrize("template", [None, 0])
def test_a_version_costs_the_same_with_few_and_many_indicators(
    scene: Scene, signed_in: Any, template: int | None, django_assert_max_num_queries: Any
) -> None:
    version, client = scene.draft(template), signed_in(scene.writer)
    client.get(page(version))
    with django_assert_max_num_queries(17):
        client.get(page(version))
    with django_assert_max_num_queries(17):
        client.get(page(version, "edit/"))
