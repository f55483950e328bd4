"""Who meets early signs on which page; that reading leaves an event, and that they stand nowhere else."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import make_post, make_unit
from tests.pages import text_of
from tests.signals.scene import AT, ON, Scene

import secondment
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.jobs.models import Job
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.placements.models import Placement
from secondment.signals.lists import LIST
from secondment.signals.looking import look_at, those_in_post
from secondment.signals.models import EarlySign, Rehearsal
from secondment.signals.queries import visible_to
from secondment.signals.services import (
    answer_sign,
    close_sign,
    execute_rehearsal,
    show_sign,
    speak,
    start_rehearsal,
    write_signs,
)
from secondment.signals.services.rehearsing import month_ends, tried
from secondment.signals.signs import SIGN_BY_CODE
from secondment.units.choices import UnitKind

SOURCE = Path(secondment.__file__).parent


def page(sign: EarlySign) -> str:
    return reverse("signals:sign_detail", args=[sign.pk])


def lines_of(user: User) -> list[str]:
    lines = [one.title for one in waiting_for(user, ON) if one.path.startswith("/signals/")]
    everything = waiting_for(user, ON)
    assert count_waiting(user, ON) == len(everything)
    return lines


def answer(scene: Scene, sign: EarlySign, **given: Any) -> EarlySign:
    values = {"kind": "explained", "words": "分工在走程序", "by": scene.host, **given}
    return answer_sign(sign, **values, on=ON, at=AT)


def show(scene: Scene, sign: EarlySign) -> EarlySign:
    answer(scene, sign)
    return show_sign(sign, words="", by=scene.owner, on=ON, at=AT)


def test_first_the_office_that_is_asked_and_the_departments(scene: Scene) -> None:
    sign = scene.sign()
    sees = {
        name: visible_to(getattr(scene, name)).filter(pk=sign.pk).exists()
        for name in ("owner", "local", "host", "home_clerk", "person", "leader", "inspector")
    }
    assert sees == {
        "owner": True,
        "local": True,
        "host": True,
        "home_clerk": False,
        "person": False,
        "leader": False,
        "inspector": False,
    }
    show(scene, sign)
    for name in ("owner", "local", "host", "home_clerk", "person"):
        assert visible_to(getattr(scene, name)).filter(pk=sign.pk).exists(), name
    for name in ("leader", "inspector"):
        assert not visible_to(getattr(scene, name)).filter(pk=sign.pk).exists(), name


def test_a_sign_to_the_home_unit_is_not_the_hosts(scene: Scene) -> None:
    sign = scene.sign("works_for_home", unit=scene.home, role="home_unit")
    assert visible_to(scene.home_clerk).get() == sign
    assert not visible_to(scene.host).exists()


def test_the_page_has_facts_a_counter_reading_and_the_question_and_leaves_an_event(
    scene: Scene, signed_in: Any
) -> None:
    scene.book("joint")
    write_signs(look_at(those_in_post(ON), ON), at=AT)
    sign = EarlySign.objects.get(code="only_adviser")
    client = signed_in(scene.host)
    text = text_of(client.get(page(sign)))
    for words in (
        "任务书1项任务都是配合、参谋或调研，没有分管任务",
        str(SIGN_BY_CODE["only_adviser"].counter_reading),
        str(SIGN_BY_CODE["only_adviser"].question),
        "这是根据记录提出的问题，不是结论",
        "30 天",
    ):
        assert words in text
    client.get(page(sign))
    [event] = AuditEvent.objects.filter(action="sign.read")
    assert (event.actor_id, event.object_id) == (scene.host.pk, str(sign.pk))


def test_the_person_reads_facts_and_not_what_the_office_said(scene: Scene, signed_in: Any) -> None:
    sign = scene.sign()
    client = signed_in(scene.person)
    assert client.get(page(sign)).status_code == 404
    show(scene, sign)
    text = text_of(client.get(page(sign)))
    assert "分工在走程序" not in text
    assert "提交说明" in text
    assert EarlySign.objects.get().read_on == ON
    panel = text_of(client.get(reverse("placements:my_placement")))
    assert "第 1 条：查看事实" in panel
    client.post(reverse("signals:sign_speak", args=[sign.pk]), {"words": "我提过"})
    assert EarlySign.objects.get().own_words == "我提过"
    assert "我提过" in text_of(signed_in(scene.owner).get(page(sign)))


def test_a_refusal_stays_on_the_form(scene: Scene, signed_in: Any) -> None:
    sign = scene.sign()
    answered = signed_in(scene.host).post(
        reverse("signals:sign_answer", args=[sign.pk]), {"kind": "mended", "words": " "}
    )
    assert "一两句话即可" in text_of(answered)
    show(scene, sign)
    used = signed_in(scene.owner).post(
        reverse("signals:sign_use", args=[sign.pk]), {"kind": "talk", "words": "谈话"}
    )
    assert used.status_code == 200
    assert not sign.uses.exists()


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("answer", {"kind": "mended", "words": "改口了"}, "说明不能再改"),
        ("use", {"kind": "talk", "words": "找本人谈"}, "本人还没有看到事实"),
    ],
)
def test_an_act_from_a_page_that_has_gone_on_is_refused_aloud_and_loses_no_words(
    scene: Scene, signed_in: Any, name: str, given: dict[str, str], reason: str
) -> None:
    sign = scene.sign()
    show(scene, sign)
    answered = signed_in(scene.owner).post(reverse(f"signals:sign_{name}", args=[sign.pk]), given)
    shown = text_of(answered)
    assert reason in shown
    assert f"您填写的内容（没有登记）：{given['words']}" in shown


def test_acts_by_their_buttons(scene: Scene, signed_in: Any) -> None:
    sign, client = scene.sign(), signed_in(scene.owner)
    for name, given in (
        ("answer", {"kind": "to_talk", "words": "镇里说明"}),
        ("show", {"words": ""}),
    ):
        assert client.post(reverse(f"signals:sign_{name}", args=[sign.pk]), given).status_code == 302
    speak(sign, words="我提过", by=scene.person, on=ON, at=AT)
    assert "登记使用" in text_of(client.get(page(sign)))
    for name, given in (("use", {"kind": "draw", "words": "列入抽取"}), ("close", {"words": "已谈"})):
        assert client.post(reverse(f"signals:sign_{name}", args=[sign.pk]), given).status_code == 302
    text = text_of(client.get(page(sign)))
    for words in ("单位说明：需要找本人谈", "镇里说明", "本人说明", "使用：督查抽取", "列入抽取", "已谈"):
        assert words in text


def test_two_reports_stand_side_by_side_for_who_may_read_them(scene: Scene, signed_in: Any) -> None:
    text = "走访六十户，办结诉求十一件，修通两公里路，新增订单三万元，村民认可，镇里认可。"
    for day in (dt.date(2026, 7, 10), dt.date(2026, 10, 9)):
        scene.report(day, text)
    write_signs(look_at(those_in_post(ON), ON), at=AT)
    sign = EarlySign.objects.get(code="copied_reports")
    told = text_of(signed_in(scene.host).get(page(sign)))
    assert told.count(text) == 4
    assert "这条提示问的是单位的工作，不是对本人的看法" in told
    show(scene, sign)
    assert text not in text_of(signed_in(scene.person).get(page(sign)))


def test_of_another_offices_report_only_that_it_is_alike(scene: Scene, signed_in: Any) -> None:
    far = make_unit("远处乡", scene.county, kind=UnitKind.TOWNSHIP)
    other = scene.another()
    other.host_unit, other.post = far, make_post(far)
    other.save()
    text = "走访六十户，办结诉求十一件，修通两公里路，新增订单三万元，村民认可，镇里认可。"
    mine, theirs = (
        scene.report(dt.date(2026, 10, 9), text, placement=one) for one in (scene.placement, other)
    )
    sign = scene.sign("copied_reports")
    sign.facts_kept = [
        {"words": "same", "on": None, "path": "", "texts": [mine.pk, theirs.pk]},
        {"words": "gone", "on": None, "path": "", "texts": [mine.pk, 0]},
    ]
    sign.save()
    told = text_of(signed_in(scene.host).get(page(sign)))
    assert told.count(text) == 1
    assert "这份报告由其他单位填写" in told
    assert other.person.name not in told
    assert text_of(signed_in(scene.owner).get(page(sign))).count(text) == 2


def test_a_sign_whose_file_is_gone_can_still_be_read(scene: Scene, signed_in: Any) -> None:
    sign = scene.sign("forgotten", holds=False)
    assert "已经不成立" in text_of(signed_in(scene.owner).get(page(sign)))


# --- to-do


def test_the_office_is_asked_then_the_department_and_never_the_person(scene: Scene) -> None:
    sign = scene.sign()
    assert lines_of(scene.host) == ["说明预警提示“只当顾问”（1 条）"]
    assert lines_of(scene.owner) == []
    answer(scene, sign)
    assert (lines_of(scene.host), lines_of(scene.owner)) == (
        [],
        ["单位已说明预警提示“只当顾问”（1 条），请研究"],
    )
    show_sign(sign, words="", by=scene.owner, on=ON, at=AT)
    assert lines_of(scene.host) == lines_of(scene.owner) == lines_of(scene.person) == []


def test_the_department_is_asked_for_an_office_without_an_account(scene: Scene) -> None:
    scene.sign("works_for_home", unit=scene.home, role="home_unit")
    assert lines_of(scene.owner) == []
    scene.home_clerk.is_active = False
    scene.home_clerk.save()
    assert lines_of(scene.owner) == ["说明预警提示“身在曹营心在汉”（1 条）"]


def test_what_no_longer_holds_is_not_asked(scene: Scene, signed_in: Any) -> None:
    scene.sign(holds=False)
    scene.sign("absent", due_on=ON - dt.timedelta(days=1))
    scene.sign("meddling", due_on=ON)
    assert lines_of(scene.host) == ["说明预警提示“长期离岗”（1 条）", "说明预警提示“指手画脚”（1 条）"]
    text = text_of(signed_in(scene.host).get(reverse("signals:sign_list")))
    assert "已不成立，不必说明" in text
    assert text.count("逾期未说明") == 1


def test_many_of_a_kind_are_one_line_that_leads_to_their_list(scene: Scene, signed_in: Any) -> None:
    scene.sign()
    scene.sign(placement=scene.another(), due_on=ON)
    scene.sign("absent")
    assert lines_of(scene.host) == ["说明预警提示“只当顾问”（2 条）", "说明预警提示“长期离岗”（1 条）"]
    line = next(one for one in waiting_for(scene.host, ON) if "2 条" in one.title)
    assert (line.due_on, line.state) == (ON, "今天到期")
    assert signed_in(scene.host).get(line.path).context["listing"].n_rows == 2


def test_a_line_about_answers_leads_to_all_of_them_whether_they_still_hold_or_not(
    scene: Scene, signed_in: Any
) -> None:
    answer(scene, scene.sign())
    answer(scene, scene.sign(placement=scene.another(), holds=False))
    line = next(one for one in waiting_for(scene.owner, ON) if one.path.startswith("/signals/"))
    assert "（2 条）" in line.title
    assert signed_in(scene.owner).get(line.path).context["listing"].n_rows == 2


# --- the list


def test_the_list_leaves_as_no_file_and_sorts_no_people(scene: Scene, signed_in: Any) -> None:
    scene.sign()
    assert LIST.sortable == {"raised_on", "due_on"}
    assert not LIST.is_exportable
    assert not LIST.bulk_actions
    client = signed_in(scene.owner)
    for query in ("?export=xlsx", "?print=1"):
        response = client.get(reverse("signals:sign_list") + query)
        assert response["Content-Type"].startswith("text/html")
        assert "导出 Excel" not in text_of(response)
    assert AuditEvent.objects.filter(action="sign.read_list").count() == 1


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("", 2),
        ("?code=absent", 1),
        ("?name=张", 2),
        ("?name=李", 0),
        ("?holds=no", 1),
        ("?holds=yes", 1),
        ("?state=shown", 0),
    ],
)
def test_the_list_is_narrowed(scene: Scene, signed_in: Any, query: str, n: int) -> None:
    scene.sign(holds=False)
    scene.sign("absent")
    response = signed_in(scene.owner).get(reverse("signals:sign_list") + query)
    assert response.context["listing"].n_rows == n


def test_departments_read_counts_and_what_has_no_data_yet(scene: Scene, signed_in: Any) -> None:
    scene.book("joint")
    scene.placement.work_mode = "half"
    scene.placement.save()
    write_signs(look_at(those_in_post(ON), ON), at=AT)
    text = text_of(signed_in(scene.owner).get(reverse("signals:sign_list")))
    assert "2026-11-02 查看在挂人员的结果" in text
    assert text.count("尚无数据来源") == 3
    assert "按约定不脱产或半脱产：1" in text
    assert "提示与未提示" not in text_of(signed_in(scene.host).get(reverse("signals:sign_list")))
    assert "尚无数据来源" in text_of(signed_in(scene.host).get(reverse("signals:sign_kinds")))


def test_nothing_was_looked_at_yet(scene: Scene, signed_in: Any) -> None:
    text = text_of(signed_in(scene.owner).get(reverse("signals:sign_list")))
    assert "还没有查看过" in text
    assert "没有预警提示" in text


def test_the_panel_says_how_many_and_where(scene: Scene, signed_in: Any) -> None:
    address = reverse("placements:placement_detail", args=[scene.placement.pk])
    assert "查看预警提示" not in text_of(signed_in(scene.owner).get(address))
    scene.sign()
    assert "有 1 条。" in text_of(signed_in(scene.owner).get(address))
    assert "查看预警提示" not in text_of(signed_in(scene.leader).get(address))


def test_the_impact_assessment_names_every_sign_with_data(scene: Scene, signed_in: Any) -> None:
    text = text_of(signed_in(scene.owner).get(reverse("signals:impact")))
    for words in (
        "第五十五条",
        "走过场",
        "长期离岗",
        "六个月",
        "本人必须看到事实，并有5个工作日",
        "2026-11-02",
    ):
        assert words in text


# --- nowhere else


def test_no_room_but_the_demo_knows_of_early_signs() -> None:
    """So they stand in no roster, export, search, matching or talent view."""
    naming = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if re.search(r"secondment\.signals|EarlySign|early_signs", path.read_text(encoding="utf-8"))
    }
    assert naming == {"signals", "demo", "config"}


def test_search_and_the_roster_of_placements_say_nothing(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    search, roster = reverse("portal:search"), reverse("placements:placement_list")
    found = client.get(search, {"q": "张三"}).context["groups"]
    before = client.get(roster).content.decode().count("<td")
    scene.sign()
    again = client.get(search, {"q": "张三"}).context["groups"]
    assert [str(one) for one in again] == [str(one) for one in found]
    assert client.get(roster).content.decode().count("<td") == before


# --- thresholds


def test_the_days_that_are_tried() -> None:
    days = month_ends(dt.date(2026, 3, 1))
    assert (days[0], days[-1], len(days)) == (dt.date(2025, 3, 31), dt.date(2026, 2, 28), 12)


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("accepted_percent", "passing_through", (38, 50, 62)),
        ("notices", "works_for_home", (1, 2)),
        ("percent", "copied_reports", (80, 85, 100)),
    ],
)
def test_a_step_around_each_figure(name: str, code: str, expected: tuple[int, ...]) -> None:
    figure = next(one for one in SIGN_BY_CODE[code].figures if one.name == name)
    assert tried(figure, figure.default) == expected


def test_what_each_threshold_would_have_raised(scene: Scene, signed_in: Any) -> None:
    """By the end of July 207 days in post: asked from six months on, and not yet with seven."""
    scene.book("joint")
    job = start_rehearsal(scene.root, by=scene.owner, at=AT)
    assert isinstance(job, Job)
    row = execute_rehearsal(Rehearsal.objects.get(), on=dt.date(2026, 8, 15))
    assert (row.until, row.n_people) == (dt.date(2026, 7, 31), 1)
    charge = [one for one in row.lines if one["sign"] == "takes_no_charge"]
    assert [(one["figure"], one["value"], one["n_raised"], one["n_spared"]) for one in charge] == [
        ("", None, 1, 0),
        ("months", 5, 1, 0),
        ("months", 6, 1, 0),
        ("months", 7, 0, 1),
    ]
    text = text_of(signed_in(scene.owner).get(reverse("signals:thresholds")))
    assert "截止 2026-07-31，1 人" in text
    again = Rehearsal.objects.create(unit=scene.root, by=scene.owner, asked_at=AT)
    execute_rehearsal(again, on=dt.date(2026, 8, 15))
    assert Rehearsal.objects.get() == again


def test_a_trial_is_asked_for_by_its_button(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    assert "还没有试算过" in text_of(client.get(reverse("signals:thresholds")))
    response = client.post(reverse("signals:thresholds_try"), {"unit": scene.root.pk})
    assert response.status_code == 302
    assert client.post(reverse("signals:thresholds_try"), {"unit": scene.home.pk}).status_code == 404


# --- queries


def test_a_look_asks_the_same_at_one_and_at_many(scene: Scene, django_assert_num_queries: Any) -> None:
    def full(*rows: Placement) -> None:
        for one in rows:
            scene.report(dt.date(2026, 10, 9), f"走访六十户，办结诉求{one.pk}件，修通两公里路", placement=one)
            scene.book("joint", placement=one)

    full(scene.placement)
    with django_assert_num_queries(14):
        assert len(look_at(those_in_post(ON), ON).keys) == 1
    full(*(scene.another() for _at in range(5)))
    with django_assert_num_queries(14):
        assert len(look_at(those_in_post(ON), ON).keys) == 6


def test_closed_and_answered_rows_of_the_list_keep_its_queries(scene: Scene, signed_in: Any) -> None:
    close_sign(answer(scene, scene.sign()), words="正常", by=scene.owner, on=ON, at=AT)
    client = signed_in(scene.owner)
    client.get(reverse("signals:sign_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("signals:sign_list"))
    for _at in range(6):
        scene.sign("absent", placement=scene.another())
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("signals:sign_list"))
    assert len(one) == len(many)
