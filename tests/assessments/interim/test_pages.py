"""Pages of quarters, mid-terms and special assessments; the workbook of a quarter out and in."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.assessments.interim.scene import AT, ON, SEPTEMBER, grade, make_scene, other_programme
from tests.assessments.interim.test_special import order
from tests.daily_work.scene import Scene
from tests.pages import text_of

from secondment.assessments.interim.imports import read_grades
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade
from secondment.assessments.interim.queries import grades_ending
from secondment.assessments.interim.routine import is_asked
from secondment.assessments.interim.services.workbooks import take_in_grades
from secondment.assessments.interim.workbooks import read_key, routine_workbook, row_key
from secondment.files.sandbox.tables import examine_table
from secondment.findings.models import Finding
from secondment.obligations.periods import Period
from secondment.placements.evidence import facts_of

SignedIn = Callable[[Any], Client]
QUARTER = Period(dt.date(2026, 7, 1), SEPTEMBER)
SHEET = "/assessments/routine/sheet/?until=2026-10-01"


def data(scene: Scene, *codes: str, words: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for one, code in zip(scene.people, codes, strict=False):
        found |= {f"grade_{one.pk}": code, f"words_{one.pk}": words, f"seen_{one.pk}": "0"}
    return found


def test_a_quarter_on_one_page(scene: Scene, signed_in: SignedIn) -> None:
    client = signed_in(scene.host_clerk())
    assert "0/2 人已评定" in text_of(client.get(SHEET))
    answer = client.post(SHEET, data(scene, "good", "fairly_good"))
    assert answer.status_code == 302
    page = text_of(client.get(SHEET))
    assert "2/2 人已评定" in page
    assert "本页 2 人中好等次 1 人，超过 40%" in page
    assert list(RoutineGrade.objects.order_by("placement").values_list("grade", flat=True)) == [
        "good",
        "fairly_good",
    ]


def test_the_usual_quarter_is_the_one_that_is_over(scene: Scene, signed_in: SignedIn) -> None:
    client = signed_in(scene.host_clerk())
    assert "2026年第3季度平时考核" in text_of(client.get("/assessments/routine/sheet/"))
    assert client.get("/assessments/routine/sheet/?until=2026-09-01").status_code == 404
    early = text_of(client.get("/assessments/routine/sheet/?until=2027-01-01"))
    assert "季末一周内或季后再评定" in early


def test_the_last_week_shows_the_running_quarter(
    scene: Scene, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: dt.date(2026, 9, 24))
    page = text_of(signed_in(scene.host_clerk()).get("/assessments/routine/sheet/"))
    assert "2026年第3季度平时考核" in page
    assert "再评定" not in page


def test_what_is_wrong_stands_where_it_was_typed(scene: Scene, signed_in: SignedIn) -> None:
    client = signed_in(scene.host_clerk())
    page = text_of(client.post(SHEET, data(scene, "fair", "")))
    assert "请用几个字写明原因" in page
    assert "请选择等次" in text_of(client.post(SHEET, data(scene, "", words="勤恳")))
    assert "请至少评定一人" in text_of(client.post(SHEET, data(scene, "", "")))
    assert not RoutineGrade.objects.exists()


def test_nobody_is_asked_for_where_it_is_off(db: None, signed_in: SignedIn) -> None:
    off = make_scene(1, routine="off", midterm="off")
    page = text_of(signed_in(off.host_clerk()).get(SHEET))
    assert "这个季度没有需要评定的挂职干部" in page


def test_a_page_asks_as_often_for_one_as_for_many(scene: Scene, signed_in: SignedIn) -> None:
    def asked() -> int:
        client = signed_in(clerk)
        client.get(SHEET)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SHEET).status_code == 200
        return len(queries)

    clerk = scene.host_clerk()
    few = asked()
    for _at in range(5):
        scene.add()
    assert asked() == few


def test_lists_and_the_page_of_a_placement(scene: Scene, signed_in: SignedIn) -> None:
    grade(scene, "good", "poor", words="脱岗")
    client = signed_in(scene.home_clerk())
    page = text_of(client.get("/assessments/routine/"))
    assert "较差" in page
    assert "2026年第3季度" in page
    assert "共 1 条" in text_of(client.get("/assessments/routine/?grade=good"))
    assert "2026年第3季度" not in text_of(client.get("/assessments/routine/?year=2025"))
    detail = text_of(client.get(f"/placements/{scene.people[1].pk}/"))
    assert "平时考核和中期评估" in detail
    assert "脱岗" in detail
    assert client.get("/assessments/special/").status_code == 403


def test_quarters_can_be_cited(scene: Scene) -> None:
    grade(scene, "good")
    facts = facts_of(scene.host_clerk(), scene.people[0], dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    cited = [one for one in facts if one.kind == "routine"]
    assert [(one.key, str(one.label), one.on) for one in cited] == [
        ("2026-09-30", "2026年第3季度平时考核：好", dt.date(2026, 9, 30))
    ]


def test_a_midterm_on_its_page(scene: Scene, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    placement = scene.people[0]
    address = reverse("assessments:midterm_detail", args=[placement.pk])
    client = signed_in(scene.host_clerk())
    assert "填写建议" not in text_of(client.get(address))
    said = {"side": "host", "proposal": "recall", "text": "长期脱岗。", "signer": "李示例"}
    assert client.post(address, said).status_code == 403
    monkeypatch.setattr(timezone, "localdate", lambda *given: dt.date(2027, 1, 5))
    assert "有 1 处需要改正" in text_of(client.post(address, said | {"text": ""}))
    assert client.post(address, said).status_code == 302
    owner = text_of(signed_in(scene.owner).get(address))
    assert "建议召回" in owner
    assert "办理期限变更" in owner
    assert "办理期限变更" not in text_of(client.get(address))
    assert "建议召回" in text_of(client.get("/assessments/midterm/"))
    assert MidtermOpinion.objects.get().signer == "李示例"
    assert signed_in(scene.host_clerk(1)).get(address).status_code == 404


def test_a_special_assessment_on_its_pages(scene: Scene, signed_in: SignedIn) -> None:
    grade(scene, "good", "good")
    client = signed_in(scene.owner)
    new = {
        "owner": scene.root.pk,
        "title": "防汛专项考核",
        "reason": "防汛表现",
        "assessors": "王示例",
        "due_on": "2026-11-01",
        "placements": [scene.people[0].pk],
    }
    assert "考核组不少于2人" in text_of(client.post("/assessments/special/new/", new))
    answer = client.post("/assessments/special/new/", new | {"assessors": "王示例、李示例"})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "还没有评语" in text_of(client.get(page))
    assert "还有1人没有评语" in text_of(client.post(f"{page}close/", follow=True))
    write = f"{page}people/{scene.people[0].pk}/"
    assert "2026年第3季度平时考核：好" in text_of(client.get(write))
    finding = {
        "side": "department",
        "theme": "results",
        "text": "值守大坝。",
        "signer": "王示例",
        "signed_on": "2026-10-08",
        "facts": ["routine/2026-09-30"],
    }
    assert client.post(write, finding).status_code == 302
    assert "值守大坝" in text_of(client.get(page))
    assert Finding.objects.get().side == "department"
    assert client.get(f"{page}people/{scene.people[1].pk}/").status_code == 404
    assert "专项考核已结束" in text_of(client.post(f"{page}close/", follow=True))
    assert client.get(write).status_code == 403
    assert "已恢复办理" in text_of(client.post(f"{page}reopen/", follow=True))
    assert "防汛专项考核" in text_of(client.get("/assessments/special/?title=防汛"))


def test_a_stranger_meets_no_special_assessment(scene: Scene, signed_in: SignedIn) -> None:
    special = order(scene)
    assert signed_in(scene.host_clerk()).get(f"/assessments/special/{special.pk}/").status_code == 404


def book(scene: Scene, *codes: str) -> bytes:
    people = scene.people
    standing = {one.pk: RoutineGrade(grade=code, words="") for one, code in zip(people, codes, strict=False)}
    return routine_workbook(people, QUARTER, standing)


def plan_of(scene: Scene, content: bytes, user: Any):
    return read_grades(content, file="平时考核.xlsx", user=user, on=ON, read=examine_table)


def test_a_workbook_comes_back(scene: Scene) -> None:
    clerk = scene.host_clerk()
    plan = plan_of(scene, book(scene, "good", "fairly_good"), clerk)
    assert plan.refused == []
    assert take_in_grades(plan, by=clerk, on=ON, at=AT) == 2
    assert set(RoutineGrade.objects.values_list("grade", "source")) == {
        ("good", "workbook"),
        ("fairly_good", "workbook"),
    }
    again = plan_of(
        scene, routine_workbook(scene.people, QUARTER, grades_ending(scene.people, SEPTEMBER)), clerk
    )
    assert again.to_write == []


def test_rows_left_empty_are_nobody(scene: Scene) -> None:
    assert plan_of(scene, book(scene), scene.host_clerk()).to_write == []


def test_a_row_without_its_reason_is_named(scene: Scene) -> None:
    plan = plan_of(scene, book(scene, "good", "poor"), scene.host_clerk())
    assert len(plan.refused) == 1
    with pytest.raises(Exception, match="一行也没有写入"):
        take_in_grades(plan, by=scene.host_clerk(), on=ON, at=AT)
    assert not RoutineGrade.objects.exists()


def test_rows_of_others_are_refused(scene: Scene) -> None:
    plan = plan_of(scene, book(scene, "good"), scene.host_clerk(1))
    assert len(plan.refused) == 1


def test_keys_are_sealed(scene: Scene) -> None:
    key = row_key(7, SEPTEMBER)
    assert read_key(key) == (7, SEPTEMBER)
    assert read_key(key.replace("P2026", "P2027")) is None
    assert read_key("") is None


def test_the_workbook_leaves_as_a_file(scene: Scene, signed_in: SignedIn) -> None:
    answer = signed_in(scene.host_clerk()).get("/assessments/routine/workbook/?until=2026-10-01")
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("sheet")
    assert not is_asked(other_programme(scene, routine="off"))
