"""The one text a year: when it is asked for, who writes it, until when it may be corrected, who is told."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from secondment.accounts.models import User
from secondment.assessments import services
from secondment.assessments.choices import SummaryKind, SummarySource
from secondment.assessments.models import Summary
from secondment.assessments.parameters import most_characters
from secondment.assessments.services.errors import ReasonMissingError, SummaryError
from secondment.assessments.services.importing import import_summaries
from secondment.assessments.services.reminding import remind_of_summaries
from secondment.assessments.sheets import summary_sheet, year_sheet
from secondment.assessments.summary_imports import read_summaries
from secondment.assessments.summary_workbooks import open_texts, row_key, summary_workbook
from secondment.assessments.writing import DUTIES, Asked, asked_of, last_year_of
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import waiting_for
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.assessments.conftest import Scene
from tests.makers import make_unit, make_user
from tests.pages import text_of

DECEMBER = dt.date(2025, 12, 1)
AT = dt.datetime(2025, 12, 2, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2025, 12, 2)
DAY = dt.timedelta(days=1)
TEXT = "办成三件实事，产业刚起步；下一年把合作社账目理顺。"


def own(scene: Scene, on: dt.date = ON) -> Asked:
    return asked_of(scene.placements[0], on)[-1]


def write(scene: Scene, text: str = TEXT, by: User | None = None, **more: Any) -> Summary:
    return services.write_summary(own(scene), text, by=by or scene.secondee, on=ON, at=AT, **more)


def term(starts_on: dt.date, ends_on: dt.date, scene: Scene, **fields: Any) -> Placement:
    return scene.add(starts_on=starts_on, ends_on=ends_on, **fields)


def asked(placement: Placement, on: dt.date = dt.date(2030, 1, 1)) -> list[tuple[str, int]]:
    return [(one.kind.value, one.year) for one in asked_of(placement, on)]


def owed(kind: SummaryKind = SummaryKind.YEAR) -> Obligation:
    return Obligation.objects.get(kind=DUTIES[kind].kind)


def test_each_full_year_asks_for_a_summary_and_the_last_one_for_the_appraisal(scene: Scene) -> None:
    assert asked(term(dt.date(2025, 1, 30), dt.date(2027, 1, 30), scene)) == [("year", 2025), ("final", 2026)]
    assert asked(term(dt.date(2025, 3, 1), dt.date(2028, 3, 2), scene)) == [
        ("year", 2025),
        ("year", 2026),
        ("year", 2027),
        ("final", 2028),
    ]


@pytest.mark.parametrize(
    ("starts_on", "is_asked"), [(dt.date(2025, 7, 2), True), (dt.date(2025, 7, 3), False)]
)
def test_half_of_the_year_has_to_belong_to_the_term(scene: Scene, starts_on: dt.date, is_asked: bool) -> None:
    """From 2 July on 183 of 365 days are left, from the 3rd 182."""
    assert (("year", 2025) in asked(term(starts_on, dt.date(2027, 7, 1), scene))) is is_asked


@pytest.mark.parametrize(("ends_on", "year"), [(dt.date(2027, 3, 1), 2026), (dt.date(2027, 3, 2), 2027)])
def test_a_term_that_ends_within_sixty_days_of_new_year_asks_for_the_appraisal_only(
    scene: Scene, ends_on: dt.date, year: int
) -> None:
    placement = term(dt.date(2025, 1, 1), ends_on, scene)
    assert last_year_of(Period(placement.starts_on, ends_on)) == year
    assert asked(placement)[-1] == ("final", year)
    assert (("year", 2026) in asked(placement)) is (year == 2027)


def test_a_short_term_asks_for_the_appraisal_of_its_own_year(scene: Scene) -> None:
    assert asked(term(dt.date(2026, 1, 10), dt.date(2026, 2, 10), scene)) == [("final", 2026)]


def test_nothing_is_asked_before_it_opens_or_from_before_it_was_recorded(scene: Scene) -> None:
    placement = term(dt.date(2025, 1, 1), dt.date(2027, 1, 1), scene)
    assert asked(placement, DECEMBER - DAY) == []
    assert asked(placement, DECEMBER) == [("year", 2025)]
    assert asked(placement, dt.date(2026, 11, 1)) == [("year", 2025)]
    assert asked(placement, dt.date(2026, 11, 2)) == [("year", 2025), ("final", 2026)]
    placement.recorded_on = dt.date(2026, 1, 1)
    assert asked(placement, dt.date(2026, 11, 2)) == [("final", 2026)]


def test_who_never_began_is_asked_for_nothing(scene: Scene) -> None:
    assert asked(term(dt.date(2025, 1, 1), dt.date(2027, 1, 1), scene, state=PlacementState.APPOINTED)) == []


def test_what_is_handed_in_closes_the_duty_with_its_day(scene: Scene) -> None:
    bring_up_to_date(on=DECEMBER, subjects=[scene.placements[0]], duties=DUTIES.values())
    assert (owed().account, owed().opens_on, owed().due_on) == (
        scene.secondee,
        DECEMBER,
        dt.date(2025, 12, 31),
    )
    assert [one.title for one in waiting_for(scene.secondee, ON)] == ["2025年个人总结"]
    summary = write(scene, f"  {TEXT}\r\n第二行  ")
    assert (summary.text, summary.kind, summary.year, summary.source) == (
        f"{TEXT}\n第二行",
        SummaryKind.YEAR,
        2025,
        SummarySource.OWN,
    )
    assert (owed().state, owed().closed_on) == (ObligationState.MET, ON)
    assert AuditEvent.objects.filter(action="summary.write").count() == 1


def test_what_was_written_before_anybody_asked_meets_the_duty(scene: Scene) -> None:
    write(scene)
    bring_up_to_date(on=dt.date(2025, 12, 31), subjects=[scene.placements[0]], duties=DUTIES.values())
    assert (owed().state, owed().closed_on) == (ObligationState.MET, ON)


def test_a_late_summary_meets_its_own_year_and_not_the_next(scene: Scene) -> None:
    services.write_summary(
        own(scene), TEXT, by=scene.secondee, on=dt.date(2026, 1, 9), at=AT + dt.timedelta(days=38)
    )
    bring_up_to_date(
        on=dt.date(2026, 12, 1),
        subjects=[scene.placements[0]],
        duties=DUTIES.values(),
        since=dt.date(2025, 1, 1),
    )
    rows = (
        Obligation.objects.filter(kind="year_summary").order_by("due_on").values_list("due_on__year", "state")
    )
    assert list(rows) == [(2025, "met"), (2026, "open")]


def test_an_appraisal_meets_the_end_it_was_written_for(scene: Scene) -> None:
    placement = scene.placements[0]
    Placement.objects.filter(pk=placement.pk).update(ends_on=dt.date(2026, 1, 20))
    placement.refresh_from_db()
    write(scene)
    bring_up_to_date(on=ON, subjects=[placement], duties=DUTIES.values())
    assert (owed(SummaryKind.FINAL).state, owed(SummaryKind.FINAL).due_on) == ("met", dt.date(2025, 12, 21))


def test_the_same_text_again_changes_nothing_and_another_corrects_it(scene: Scene) -> None:
    first = write(scene)
    assert write(scene).version == first.version
    assert write(scene, "改过的总结。", version=first.version).text == "改过的总结。"
    assert Summary.objects.count() == 1
    assert list(
        AuditEvent.objects.filter(action__startswith="summary")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == [
        "summary.write",
        "summary.correct",
    ]
    with pytest.raises(StaleObjectError):
        write(scene, "旧页面里的总结。", version=first.version)


@pytest.mark.parametrize(("n", "is_sound"), [(499, True), (500, True), (501, False)])
def test_no_text_is_longer_than_the_programme_allows(scene: Scene, n: int, is_sound: bool) -> None:
    assert most_characters(scene.placements[0]) == 500
    if is_sound:
        assert len(write(scene, "字" * n).text) == n
    else:
        with pytest.raises(SummaryError, match="正文有501字，超过500字"):
            write(scene, "字" * n)


def test_an_empty_text_is_refused(scene: Scene) -> None:
    with pytest.raises(SummaryError, match="没有填写正文") as refused:
        write(scene, "  ")
    assert refused.value.field == "text"


def test_the_first_office_that_opens_it_closes_it(scene: Scene) -> None:
    summary = write(scene)
    services.read_summary(summary, by=scene.secondee, at=AT)
    services.read_summary(summary, by=make_user(), at=AT)
    assert Summary.objects.get().read_at is None
    read = services.read_summary(summary, by=scene.host_clerk, at=AT)
    services.read_summary(Summary.objects.get(), by=scene.owner, at=AT)
    assert (read.read_by, Summary.objects.get().read_by) == (scene.host_clerk, scene.host_clerk)
    assert AuditEvent.objects.filter(action="summary.read").count() == 1
    with pytest.raises(SummaryError, match="已有单位查阅，不能再改"):
        write(scene, "又改了。")
    assert write(scene).text == TEXT


def test_two_offices_at_the_same_moment_make_one_reading(scene: Scene) -> None:
    summary = write(scene)
    stale = Summary.objects.get(pk=summary.pk)
    services.read_summary(summary, by=scene.host_clerk, at=AT)
    services.read_summary(stale, by=scene.owner, at=AT)
    assert stale.read_by == scene.host_clerk


def test_a_clerk_who_typed_it_in_reads_nothing_new(scene: Scene) -> None:
    summary = write(scene, by=scene.home_clerk)
    services.read_summary(summary, by=scene.home_clerk, at=AT)
    assert (summary.source, summary.read_at) == (SummarySource.CLERK, None)
    assert write(scene, "补一句。", by=scene.owner).source == SummarySource.CLERK


def test_nobody_writes_over_what_the_secondee_wrote(scene: Scene) -> None:
    write(scene)
    with pytest.raises(NotAllowedError):
        write(scene, "代写。", by=scene.owner)
    with pytest.raises(NotAllowedError):
        write(scene, "代写。", by=make_user())


def test_a_text_is_given_back_with_a_reason_and_can_be_corrected_then(scene: Scene) -> None:
    summary = write(scene)
    with pytest.raises(SummaryError, match="还没有单位查阅"):
        services.return_summary(summary, reason="数字有误", by=scene.host_clerk, at=AT)
    services.read_summary(summary, by=scene.host_clerk, at=AT)
    with pytest.raises(ReasonMissingError):
        services.return_summary(summary, reason=" ", by=scene.host_clerk, at=AT)
    with pytest.raises(NotAllowedError):
        services.return_summary(summary, reason="数字有误", by=scene.secondee, at=AT)
    services.return_summary(summary, reason="数字有误", by=scene.host_clerk, at=AT)
    notice = Notice.objects.get()
    assert (notice.recipient, str(notice.title), notice.body) == (
        scene.secondee,
        "年度个人总结（2025）退回更正",
        "数字有误",
    )
    corrected = write(scene, "数字已核对。")
    assert (corrected.return_reason, corrected.read_at) == ("", None)


def test_giving_back_tells_nobody_who_has_no_account(scene: Scene) -> None:
    asked_text = asked_of(scene.placements[1], ON)[-1]
    summary = services.write_summary(asked_text, TEXT, by=scene.home_clerk, on=ON, at=AT)
    services.read_summary(summary, by=scene.owner, at=AT)
    services.return_summary(summary, reason="数字有误", by=scene.owner, at=AT)
    assert not Notice.objects.exists()


def reminders(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days on which the daily work told somebody."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [day for day in days if remind_of_summaries(on=day, at=AT)]


def test_a_secondee_is_reminded_when_it_opens_and_a_week_before_its_day(scene: Scene) -> None:
    bring_up_to_date(on=dt.date(2025, 11, 20), subjects=[scene.placements[0]], duties=DUTIES.values())
    assert reminders(dt.date(2025, 11, 20), dt.date(2026, 1, 20)) == [DECEMBER, dt.date(2025, 12, 24)]
    assert set(Notice.objects.values_list("recipient", flat=True)) == {scene.secondee.pk}


def test_who_has_written_is_not_reminded_again(scene: Scene) -> None:
    bring_up_to_date(on=DECEMBER, subjects=[scene.placements[0]], duties=DUTIES.values())
    write(scene)
    assert reminders(DECEMBER, dt.date(2026, 1, 20)) == []


def test_somebody_asked_a_few_days_before_is_reminded_once(scene: Scene) -> None:
    late = dt.date(2025, 12, 28)
    bring_up_to_date(on=late, subjects=[scene.placements[0]], duties=DUTIES.values())
    assert reminders(late, dt.date(2026, 1, 20)) == [late]


def test_the_assessment_leads_to_it_and_the_form_prints_it(scene: Scene, signed_in: Any) -> None:
    scene.open()
    summary = write(scene)
    page = signed_in(scene.host_clerk).get(
        reverse("assessments:evaluation_detail", args=[scene.evaluation().pk])
    )
    assert reverse("assessments:summary_detail", args=[summary.pk]) in page.content.decode()
    assert year_sheet(scene.evaluation(), frozenset()).summary == TEXT
    assert year_sheet(scene.evaluation(1), frozenset()).summary == ""
    services.print_forms([scene.evaluation(), scene.evaluation(1)], by=scene.owner, on=ON, at=AT)
    assert Summary.objects.get().read_by == scene.owner
    assert summary_sheet(summary).kind == "年度个人总结"


def plan_of(scene: Scene, user: User, *rows: str, on: dt.date = ON):
    content = "\n".join(["行标识,姓名,派出单位,接收单位,年度,类型,正文", *rows]).encode()
    return read_summaries(content, file="汇总表.csv", user=user, on=on)


def row_of(asked: Asked, text: str, name: str = "") -> str:
    return f"{row_key(asked)},{name or asked.placement.person.name},,,{asked.year},,{text}"


def test_the_workbook_holds_who_has_not_written_and_comes_back(scene: Scene) -> None:
    write(scene)
    texts = list(open_texts(scene.home_clerk, scene.placements, ON))
    assert {asked.placement.pk for asked, _before in texts if asked.year == 2025} == {
        one.pk for one in scene.placements[1:]
    }
    content = summary_workbook(texts)
    assert read_summaries(content, file="汇总表.xlsx", user=scene.home_clerk, on=ON).to_write == []
    asked_text = asked_of(scene.placements[1], ON)[-1]
    plan = plan_of(scene, scene.home_clerk, row_of(asked_text, TEXT), row_of(texts[0][0], ""))
    assert import_summaries(plan, by=scene.home_clerk, on=ON, at=AT) == 1
    made = Summary.objects.get(placement=scene.placements[1])
    assert (made.text, made.source) == (TEXT, SummarySource.WORKBOOK)
    again = plan_of(scene, scene.home_clerk, row_of(asked_text, TEXT))
    assert (again.to_write, again.refused, len(again.lines)) == ([], [], 1)


def test_rows_that_cannot_be_taken_in_are_named(scene: Scene) -> None:
    write(scene)
    other = asked_of(scene.placements[1], ON)[-1]
    stranger = scene.add(host=make_unit("别县别村"))
    Placement.objects.filter(pk=stranger.pk).update(
        home_unit=make_unit("别的厅"), owner_unit=make_unit("别的部")
    )
    plan = plan_of(
        scene,
        scene.home_clerk,
        row_of(own(scene), "代写。"),
        row_of(other, "字" * 501),
        row_of(other, TEXT, name="李别人"),
        f"Y{other.placement.pk}.2025.0123456789abcdef,某,,,,,{TEXT}",
        row_of(asked_of(stranger, ON)[-1], TEXT),
        row_of(Asked(other.placement, SummaryKind.YEAR, 2031, ON, ON, ON), TEXT),
        row_of(other, TEXT),
    )
    found = [(one.line, one.field, one.found) for one in plan.refused]
    assert found == [
        (2, "正文", "本人已在系统中填写"),
        (3, "正文", "正文有501字，超过500字"),
        (4, "姓名", f"行标识属于{other.placement.person.name}，本行写的是“李别人”"),
        (5, "行标识", "行标识缺失、被改动，或不是个人总结汇总表的"),
        (6, "行标识", "这一行的人员不由您的单位代录"),
        (7, "年度", "这一年不需要写，或者还没有到时间"),
        (8, "姓名", "与第3行重复"),
    ]
    with pytest.raises(SummaryError, match="一行也没有写入"):
        import_summaries(plan, by=scene.home_clerk, on=ON, at=AT)


def test_a_correction_of_a_row_shows_the_text_before(scene: Scene) -> None:
    asked_text = asked_of(scene.placements[1], ON)[-1]
    services.write_summary(asked_text, "初稿。", by=scene.home_clerk, on=ON, at=AT)
    [line] = plan_of(scene, scene.home_clerk, row_of(asked_text, TEXT)).lines
    assert [(one.old, one.new) for one in line.differences] == [("初稿。", TEXT)]


@pytest.fixture
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read on a day in December."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: ON)


@pytest.mark.usefixtures("december")
def test_the_page_takes_it_in_once_and_says_under_which_number(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.secondee)
    mine = text_of(client.get(reverse("assessments:my_summaries")))
    assert "2025 年度个人总结" in mine
    path = reverse("assessments:summary_write", args=[scene.placements[0].pk, 2025])
    page = client.get(path)
    assert f'data-draft="{path}"' in page.content.decode()
    answer = client.post(path, {"text": TEXT}, follow=True)
    summary = Summary.objects.get()
    assert f"已提交，编号 {summary.pk}" in text_of(answer)
    assert "没有填写正文" in text_of(client.post(path, {"text": ""}))
    assert (
        client.get(reverse("assessments:summary_write", args=[scene.placements[0].pk, 2031])).status_code
        == 404
    )


def test_an_office_opens_it_gives_it_back_and_prints_it(scene: Scene, signed_in: Any) -> None:
    summary = write(scene)
    client = signed_in(scene.host_clerk)
    assert TEXT in text_of(client.get(reverse("assessments:summary_detail", args=[summary.pk])))
    assert Summary.objects.get().read_by == scene.host_clerk
    path = reverse("assessments:summary_return", args=[summary.pk])
    assert "不因篇幅、文字退回" in text_of(client.get(path))
    assert client.post(path, {"reason": "任务数有误"}).status_code == 302
    assert "任务数有误" in text_of(
        signed_in(scene.secondee).get(reverse("assessments:summary_detail", args=[summary.pk]))
    )
    printed = client.get(reverse("assessments:summary_print", args=[summary.pk]))
    assert printed["Content-Disposition"].endswith(".docx") or "docx" in printed["Content-Disposition"]


def test_the_list_and_the_panel_show_how_far_it_is(scene: Scene, signed_in: Any) -> None:
    write(scene)
    client = signed_in(scene.owner)
    rows = text_of(client.get(reverse("assessments:summary_list"), {"read": "no", "name": "张"}))
    assert "张示例" in rows
    assert "未查阅" in rows
    assert "张示例" not in text_of(client.get(reverse("assessments:summary_list"), {"read": "yes"}))
    assert "张示例" in text_of(client.get(reverse("assessments:summary_list"), {"unit": "示例厅"}))
    place = reverse("placements:placement_detail", args=[scene.placements[0].pk])
    assert "年度个人总结" in text_of(client.get(place))


def test_too_many_people_are_asked_for_office_by_office(
    scene: Scene, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, most = (
        reverse("assessments:summary_sheet"),
        "secondment.assessments.views.summary_exchange.MOST_PEOPLE",
    )
    monkeypatch.setattr(most, 5)
    assert signed_in(scene.owner).get(path).status_code == 200
    monkeypatch.setattr(most, 4)
    refused = signed_in(scene.owner).get(path)
    assert refused.status_code == 409
    assert "请由各单位分别下载" in refused.content.decode()
