"""The pages of allowances: the ledger of a month, one person, checking and issuing a list, the workbook."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from tests.allowances.scene import AT, ON, clerk_of, fresh, issued, month
from tests.leave.scene import Scene
from tests.makers import make_person, make_placement, make_post, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.allowances.drafts import Insured
from secondment.allowances.imports import read_allowances
from secondment.allowances.models import FundSpending, FundYear, HealthCheck, Insurance, PayList, TripCount
from secondment.allowances.queries import recorded_by
from secondment.allowances.services import (
    RefusedRecordError,
    make_void,
    record_check,
    record_insurance,
    take_in_workbook,
)
from secondment.allowances.standing import care_of
from secondment.allowances.views.panels import allowance_panel
from secondment.allowances.waiting import lines, next_lists
from secondment.allowances.workbooks import allowance_workbook, read_key, row_key
from secondment.leave.choices import LeaveType
from secondment.placements.choices import PlacementState
from secondment.placements.queries import with_names

D = dt.date
PAGE = "/allowances/"
POLICY = {"insurer": "某财产保险公司", "number": "P1", "starts_on": "2026-01-05", "last_on": "2027-01-04"}


def page_of(scene: Scene) -> str:
    return f"{PAGE}placements/{scene.placement.pk}/"


def another(scene: Scene) -> None:
    """Somebody else from the same home unit."""
    make_placement(
        scene.placement.campaign,
        make_person(scene.home),
        make_post(scene.village),
        starts_on=scene.placement.starts_on,
        ends_on=scene.placement.ends_on,
        state=PlacementState.IN_POST,
    )


def test_the_ledger_of_a_month(scene: Scene, signed_in) -> None:
    scene.granted("2026-10-20", "2026-10-21", type=LeaveType.SICK)
    client = signed_in(clerk_of(scene))
    listing = client.get(f"{PAGE}?until=2026-11-01").context["listing"]
    row = next(listing.rows()).item
    assert (row.yuan_of("living"), row.yuan_of("township"), row.yuan_of("hardship")) == (1600.0, 300.0, None)
    assert row.total == 1900.0
    assert row.care.cover.standing == row.care.checked.standing == "none"
    for query, n in (
        ("insurance=none", 1),
        ("insurance=good", 0),
        ("check=over", 0),
        ("unit=示例镇", 1),
        ("name=王", 0),
    ):
        assert len(list(client.get(f"{PAGE}?until=2026-11-01&{query}").context["listing"].rows())) == n
    assert "本月尚未结束" in text_of(client.get(PAGE))
    assert client.get(f"{PAGE}?export=xlsx").status_code == 200


def test_the_person_reads_and_writes_nothing(scene: Scene, signed_in) -> None:
    client = signed_in(scene.person)
    answer = client.get(PAGE, follow=True)
    assert answer.redirect_chain == [(page_of(scene), 302)]
    text = text_of(answer)
    assert "每月应发" in text
    assert 'name="insurer"' not in answer.content.decode()
    assert client.post(f"{page_of(scene)}check/", {"checked_on": "2026-10-20"}).status_code == 403


@pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTOR])
def test_leaders_and_inspectors_read_no_amounts(scene: Scene, signed_in, role: Role) -> None:
    user = make_user(role, scene.root)
    client = signed_in(user)
    assert client.get(PAGE).status_code == 403
    assert client.get(page_of(scene)).status_code == 404
    assert allowance_panel(user, fresh(scene.placement)) is None


def test_the_panel(scene: Scene, signed_in) -> None:
    text = text_of(signed_in(scene.host).get(f"/placements/{scene.placement.pk}/"))
    assert "2026-11 生活补助：21 天 × 100.00 元 = 2100.00 元" in text
    scene.placement.state = PlacementState.APPOINTED
    assert allowance_panel(scene.host, scene.placement) is None


def test_writing_down(scene: Scene, signed_in) -> None:
    client, page = signed_in(clerk_of(scene)), page_of(scene)
    assert "还没有登记保险" in text_of(client.get(page))
    assert "已登记保险。" in text_of(client.post(f"{page}insurance/", POLICY, follow=True))
    again = client.post(f"{page}insurance/", {**POLICY, "insurer": "某财产保险公司 "}, follow=True)
    assert "没有重复登记" in text_of(again)
    wrong = client.post(f"{page}insurance/", {**POLICY, "number": "P2", "last_on": "2025-01-01"})
    assert wrong.context["insurance_form"].errors["last_on"] == ["保险结束早于开始，请核对保险期间。"]
    assert wrong.context["insurance_form"]["number"].value() == "P2"
    assert client.post(f"{page}insurance/", {}).context["insurance_form"].errors["number"]
    assert "已登记体检。" in text_of(client.post(f"{page}check/", {"checked_on": "2026-10-20"}, follow=True))
    late = client.post(f"{page}check/", {"checked_on": "2026-12-20"})
    assert late.context["check_form"].errors["checked_on"]
    assert "已登记往返次数。" in text_of(
        client.post(f"{page}trips/", {"month": "2026-10", "n": "3"}, follow=True)
    )
    assert client.post(f"{page}trips/", {"month": "2025-10", "n": "3"}).context["trips_form"].errors["month"]
    assert "已登记工作经费。" in text_of(
        client.post(f"{page}fund/", {"year": "2026", "amount": "10000.5"}, follow=True)
    )
    assert client.post(f"{page}fund/", {"year": "2020", "amount": "1"}).context["fund_form"].errors["year"]
    spent = {"spent_on": "2026-10-20", "what": "打印机", "spent": "1500"}
    text = text_of(client.post(f"{page}spending/", spent, follow=True))
    assert "已登记支出。" in text
    assert "10000.50 元，已登记支出 1500.00 元，余 8500.50 元" in text
    rest = {"spent_on": "2026-10-21", "what": "修路", "spent": "8500.50"}
    assert "超支" not in text_of(client.post(f"{page}spending/", rest, follow=True))
    last = {"spent_on": "2026-10-22", "what": "纸张", "spent": "0.01"}
    assert "余 −0.01 元 超支" in text_of(client.post(f"{page}spending/", last, follow=True))
    assert (
        client.post(f"{page}spending/", {**spent, "spent_on": "2026-12-20"})
        .context["spending_form"]
        .errors["spent_on"]
    )
    assert FundYear.objects.get().amount_fen == 1_000_050
    assert TripCount.objects.get().n == 3


def test_making_void(scene: Scene, signed_in) -> None:
    client, page, by = signed_in(clerk_of(scene)), page_of(scene), clerk_of(scene)
    row, _new = record_insurance(
        fresh(scene.placement), Insured("甲", "P9", D(2026, 1, 5), D(2026, 6, 1)), by=by, on=ON, at=AT
    )
    assert "请用几个字写明" in text_of(client.post(f"{PAGE}insurance/{row.pk}/void/", {}, follow=True))
    assert "已作废" in text_of(client.post(f"{PAGE}insurance/{row.pk}/void/", {"words": "填错"}, follow=True))
    check, _new = record_check(fresh(scene.placement), D(2026, 10, 1), by=by, on=ON, at=AT)
    client.post(f"{PAGE}checks/{check.pk}/void/", {"words": "填错"})
    assert HealthCheck.objects.get().is_void
    stranger = signed_in(make_user(Role.HOME_UNIT, scene.village))
    assert stranger.post(f"{PAGE}checks/{check.pk}/void/", {"words": "填错"}).status_code == 404
    assert "P9" in text_of(client.get(page))


def test_a_gap_between_two_insurances_is_shown(scene: Scene, signed_in) -> None:
    for number, first, end in (("1", D(2026, 1, 5), D(2026, 6, 1)), ("2", D(2026, 6, 11), D(2028, 1, 5))):
        record_insurance(
            fresh(scene.placement), Insured("甲", number, first, end), by=clerk_of(scene), on=ON, at=AT
        )
    text = text_of(signed_in(clerk_of(scene)).get(page_of(scene)))
    assert text.count("天没有保险") == 1
    assert "与上一份保险之间有 10 天没有保险。" in text


def test_a_list_is_checked_and_then_issued(scene: Scene, signed_in) -> None:
    client = signed_in(clerk_of(scene))
    shown = client.get(f"{PAGE}lists/new/")
    assert "18 天 × 100.00 元 = 1800.00 元" in text_of(shown)
    asked = {"unit": scene.home.pk, "period": "2026-10-01_2026-11-01", "seen": shown.context["seen"]}
    scene.granted("2026-10-20", type=LeaveType.SICK)
    again = client.post(f"{PAGE}lists/new/", asked)
    assert not PayList.objects.exists()  # it is no longer what was shown
    done = client.post(f"{PAGE}lists/new/", {**asked, "seen": again.context["seen"]}, follow=True)
    assert "已出具发放明细。" in text_of(done)
    made = PayList.objects.get()
    assert made.total_fen == 170000 + 30000
    assert "这一期的发放明细已经出具" in text_of(
        client.get(f"{PAGE}lists/new/?unit={scene.home.pk}&period=2026-10-01_2026-11-01")
    )
    assert "示例厅" in text_of(client.get(f"{PAGE}lists/"))
    assert len(list(client.get(f"{PAGE}lists/?unit=别的").context["listing"].rows())) == 0
    sheet = load_workbook(io.BytesIO(b"".join(client.get(f"{PAGE}lists/{made.pk}/workbook/")))).active
    assert [one.value for one in sheet[4]][-3:] == [
        "17 天 × 100.00 元 = 1700.00 元",
        "应在岗 18 天；减病假 1 天",
        1700,
    ]
    words = Document(io.BytesIO(b"".join(client.get(f"{PAGE}lists/{made.pk}/document/"))))
    assert [one.text for one in words.tables[0].rows[-1].cells][-1] == "2000.00"
    assert "1700.00" in text_of(client.get(page_of(scene)))


def test_who_has_nothing_to_pay(scene: Scene, signed_in) -> None:
    assert signed_in(scene.host).get(f"{PAGE}lists/new/").status_code == 403
    client = signed_in(scene.owner)
    assert client.get(f"{PAGE}lists/new/").status_code == 200
    wrong = client.get(f"{PAGE}lists/new/?unit=0&period=x")
    assert set(wrong.context["form"].errors) == {"unit", "period"}
    scene.placement.starts_on = D(2026, 11, 2)
    scene.placement.save()
    empty = client.get(f"{PAGE}lists/new/?unit={scene.home.pk}&period=2026-10-01_2026-11-01")
    assert "没有应由该单位发放的补助" in text_of(empty)


@pytest.mark.parametrize(
    ("first", "on", "title"),
    [
        ("2026-08", D(2026, 9, 30), None),
        ("2026-08", D(2026, 10, 1), "核对并出具2026年9月补助发放明细"),
        ("2026-09", D(2026, 10, 31), None),
    ],
)
def test_an_office_that_issues_lists_is_told_of_the_next(
    scene: Scene, first: str, on: dt.date, title: str | None
) -> None:
    by = clerk_of(scene)
    issued(scene, month(first), by)
    found = [one.title for one in lines(next_lists(by, on))]
    assert found == ([title] if title else [])
    assert not next_lists(make_user(Role.HOME_UNIT, scene.village), on).exists()


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}lists/new/", "placement"])
def test_queries_do_not_grow(scene: Scene, signed_in, address: str) -> None:
    client = signed_in(clerk_of(scene))
    url = page_of(scene) if address == "placement" else address

    def n_queries() -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    one = n_queries()
    for _number in range(4):
        another(scene)
    scene.granted("2026-10-20", type=LeaveType.SICK)
    assert n_queries() <= one + 1


class TestWorkbook:
    def filled(self, scene: Scene, *values: dict[str, object]) -> bytes:
        """The workbook of the clerk with these cells filled in, a dict for each row."""
        by = clerk_of(scene)
        placements = list(with_names(recorded_by(by)).order_by("pk"))
        book = load_workbook(io.BytesIO(allowance_workbook(placements, care_of(placements, ON))))
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[1]}
        for line, cells in enumerate(values, start=2):
            for head, value in cells.items():
                sheet.cell(line, heads[head], value)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def read(self, scene: Scene, content: bytes, by=None):
        from secondment.files.sandbox.tables import examine_table

        return read_allowances(content, file="a.xlsx", user=by or clerk_of(scene), on=ON, read=examine_table)

    FULL = {
        "保险公司": "某财产保险公司",
        "保险单号": "P1",
        "保险开始": "2026-01-05",
        "保险最后一天": "2027-01-04",
        "体检日期": "2026-10-20",
        "往返月份": "2026-10",
        "往返次数": "3",
    }

    def test_out_and_in(self, scene: Scene) -> None:
        content = self.filled(scene, self.FULL)
        plan = self.read(scene, content)
        assert plan.refused == []
        assert take_in_workbook(plan, by=clerk_of(scene), on=ON, at=AT) == 1
        assert Insurance.objects.get().last_day == D(2027, 1, 4)
        assert HealthCheck.objects.get().checked_on == D(2026, 10, 20)
        assert TripCount.objects.get().n == 3
        again = self.read(scene, content)
        assert again.refused == []
        assert again.to_write == []
        changed = self.read(scene, self.filled(scene, {**self.FULL, "往返次数": "4"}))
        (line,) = changed.to_write
        assert [(str(one.old), str(one.new)) for one in line.differences] == [("3", "4（2026-10）")]
        assert take_in_workbook(changed, by=clerk_of(scene), on=ON, at=AT) == 1

    def test_a_row_with_one_thing_writes_that(self, scene: Scene) -> None:
        by, insured = (
            clerk_of(scene),
            {key: self.FULL[key] for key in ("保险公司", "保险单号", "保险开始", "保险最后一天")},
        )
        for cells in (insured, {"体检日期": "2026-10-20"}, {"往返月份": "2026-10", "往返次数": "3"}):
            plan = self.read(scene, self.filled(scene, cells))
            assert take_in_workbook(plan, by=by, on=ON, at=AT) == 1
        made = (Insurance.objects.get(), HealthCheck.objects.get(), TripCount.objects.get())
        assert [str(one) for one in made] == ["P1", "2026-10-20", "2026-10 3"]

    def test_an_empty_row_is_nothing(self, scene: Scene) -> None:
        plan = self.read(scene, self.filled(scene, {}))
        assert plan.lines == plan.refused == []

    @pytest.mark.parametrize(
        ("cells", "column", "told"),
        [
            ({"保险公司": "甲"}, "保险单号", "没有填写"),
            ({"往返月份": "2026-10"}, "往返次数", "没有填写"),
            ({"往返月份": "2026-10", "往返次数": "40"}, "往返次数", "“40”不在允许的范围内"),
            ({"体检日期": "2026-12-20"}, "体检日期", "体检日期还没有到"),
            ({**FULL, "保险最后一天": "2025-01-04"}, "保险最后一天", "保险结束早于开始"),
            ({"往返月份": "2025-10-01", "往返次数": "1"}, "往返月份", "2025-10不在挂职期内，或还没有到"),
            ({"体检日期": "2026-10-20", "姓名": "别人"}, "行标识", "行标识属于张三，本行写的是“别人”"),
            ({"最近体检": "2026-10-20"}, "最近体检", "“2026-10-20”没有登记过；这一栏由系统填好，填写无效"),
            ({**FULL, "现有保险至": "长期"}, "现有保险至", "“长期”没有登记过；这一栏由系统填好，填写无效"),
            (
                {"体检日期": "2026-10-20", "行标识": "B1.x"},
                "行标识",
                "行标识缺失、被改动，或不是保障汇总表的",
            ),
        ],
    )
    def test_what_is_refused(self, scene: Scene, cells: dict, column: str, told: str) -> None:
        plan = self.read(scene, self.filled(scene, cells))
        assert [(one.field, one.found) for one in plan.refused][:1] == [(column, told)]
        with pytest.raises(RefusedRecordError, match="不能导入，一行也没有写入"):
            take_in_workbook(plan, by=clerk_of(scene), on=ON, at=AT)

    def test_a_workbook_from_before_the_latest_records_is_still_read(self, scene: Scene) -> None:
        take_in_workbook(self.read(scene, self.filled(scene, self.FULL)), by=clerk_of(scene), on=ON, at=AT)
        before = self.filled(scene, {"体检日期": "2026-11-02"})
        later = {**self.FULL, "保险单号": "P2", "保险开始": "2027-01-05", "保险最后一天": "2028-01-04"}
        take_in_workbook(self.read(scene, self.filled(scene, later)), by=clerk_of(scene), on=ON, at=AT)
        assert self.read(scene, before).refused == []

    def test_other_contents_of_a_known_policy(self, scene: Scene) -> None:
        take_in_workbook(self.read(scene, self.filled(scene, self.FULL)), by=clerk_of(scene), on=ON, at=AT)
        plan = self.read(scene, self.filled(scene, {**self.FULL, "保险公司": "另一家"}))
        assert [one.found for one in plan.refused] == ["这份保险单已登记，内容不同"]

    def test_the_same_row_twice(self, scene: Scene) -> None:
        name = {"行标识": row_key(scene.placement.pk), "姓名": "张三"}
        plan = self.read(scene, self.filled(scene, self.FULL, {**name, **self.FULL}))
        assert [one.found for one in plan.refused] == ["与第2行相同"] * 3

    def test_others_rows(self, scene: Scene) -> None:
        content = self.filled(scene, {"体检日期": "2026-10-20"})
        stranger = make_user(Role.HOME_UNIT, scene.village)
        plan = self.read(scene, content, by=stranger)
        assert [one.found for one in plan.refused] == ["这一行的人员不由您的单位登记，或已不在挂"]

    def test_keys(self) -> None:
        assert read_key(row_key(7)) == 7
        assert read_key("") is None
        assert read_key("B7.0000") is None

    def test_by_the_pages(self, scene: Scene, signed_in) -> None:
        client = signed_in(clerk_of(scene))
        assert client.get(reverse("allowances:allowance_sheet")).status_code == 200
        file = SimpleUploadedFile("保障汇总表.xlsx", self.filled(scene, self.FULL))
        review = client.post(reverse("allowances:allowance_import"), {"file": file}, follow=True)
        assert review.context["report"].refused == []
        done = client.post(review.context["confirm_url"], follow=True)
        assert "已写入 1 行。" in text_of(done)

    def test_too_many_for_one(self, scene: Scene, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("secondment.allowances.views.exchange.MOST_PEOPLE", 0)
        answer = signed_in(clerk_of(scene)).get(reverse("allowances:allowance_sheet"), follow=True)
        assert answer.status_code == 409
        assert "一份汇总表最多 0 人" in answer.content.decode()


def test_the_policy_on_paper(scene: Scene, signed_in) -> None:
    by, placement = clerk_of(scene), fresh(scene.placement)
    row, _new = record_insurance(
        placement, Insured("甲", "1", D(2026, 1, 5), D(2028, 1, 5)), by=by, on=ON, at=AT
    )
    page = f"/documents/papers/insurance/{row.pk}/"
    assert "张三，1" in text_of(signed_in(by).get(page))
    assert signed_in(make_user(Role.LEADER, scene.root)).get(page).status_code == 404
    assert "保险单" in text_of(signed_in(by).get(page_of(scene)))


@pytest.mark.parametrize("kind", ["check", "trips", "fund", "spending"])
def test_forms_that_say_nothing_are_shown_again(scene: Scene, signed_in, kind: str) -> None:
    answer = signed_in(clerk_of(scene)).post(f"{page_of(scene)}{kind}/", {})
    assert answer.context[f"{kind}_form"].errors


def test_a_spending_is_made_void(scene: Scene, signed_in) -> None:
    client = signed_in(clerk_of(scene))
    spent = {"spent_on": "2026-10-20", "what": "打印机", "spent": "1500"}
    client.post(f"{page_of(scene)}spending/", spent)
    row = FundSpending.objects.get()
    assert "没有重复登记" in text_of(client.post(f"{page_of(scene)}spending/", spent, follow=True))
    assert "已作废" in text_of(client.post(f"{PAGE}spending/{row.pk}/void/", {"words": "填错"}, follow=True))
    assert str(row) == "打印机"


def test_a_void_insurance_does_not_count(scene: Scene) -> None:
    by, placement = clerk_of(scene), fresh(scene.placement)
    row, _new = record_insurance(
        placement, Insured("甲", "1", D(2026, 1, 5), D(2028, 1, 5)), by=by, on=ON, at=AT
    )
    assert care_of([placement], ON)[placement.pk].cover.standing == "good"
    make_void(row, words="填错", by=by, on=ON, at=AT)
    assert care_of([placement], ON)[placement.pk].cover.standing == "none"


@pytest.mark.parametrize(
    ("ends_on", "standing"),
    [
        (ON, "over"),
        (ON + dt.timedelta(days=1), "soon"),
        (ON + dt.timedelta(days=31), "soon"),
        (ON + dt.timedelta(days=32), "good"),
        (D(2028, 1, 5), "good"),
    ],
)
def test_how_an_insurance_stands(scene: Scene, ends_on: dt.date, standing: str) -> None:
    placement = fresh(scene.placement)
    record_insurance(placement, Insured("甲", "1", D(2026, 1, 5), ends_on), by=clerk_of(scene), on=ON, at=AT)
    assert care_of([placement], ON)[placement.pk].cover.standing == standing


@pytest.mark.parametrize(
    ("day", "standing"),
    [(D(2025, 11, 1), "over"), (D(2025, 11, 2), "soon"), (D(2025, 12, 2), "soon"), (D(2025, 12, 3), "good")],
)
def test_how_a_check_stands(scene: Scene, day: dt.date, standing: str) -> None:
    placement = fresh(scene.placement)
    record_check(placement, day, by=clerk_of(scene), on=ON, at=AT)
    assert care_of([placement], ON)[placement.pk].checked.standing == standing
    placement.ends_on = ON
    care = care_of([placement], ON)[placement.pk]
    assert care.checked.standing == care.cover.standing == "closed"
