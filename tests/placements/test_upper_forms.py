"""The upper level's own form: names of a registry, faults with the nearest name, filled for a period and from a report."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from tests.makers import AT, make_campaign, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.files.named_cells import FormError
from secondment.placements.form_names import all_names
from secondment.placements.models import Placement, StatisticsForm, StatisticsReport
from secondment.placements.services import upper_forms
from secondment.placements.services.errors import UpperFormError
from secondment.placements.services.reporting import freeze_report
from secondment.placements.services.upper_forms import fill_form, form_of, keep_form
from secondment.placements.statistics import DIMENSIONS, Measure, Period, count, tables_of, total_of

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ASKED = {"first": "2026-01-01", "last": "2026-12-31"}
NAMES = {
    "在挂_期初": "B1",
    "派出": "B2",
    "结束": "B3",
    "在挂_期末": "B4",
    "派出_女": "B5",
    "派出_县处级": "B6",
}


def form(names: dict[str, str] | None = None, formula: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"], sheet["C9"] = "上级的表", "=SUM(B1:B4)"
    if formula:
        sheet[formula] = "=1+1"
    for name, place in (NAMES if names is None else names).items():
        book.defined_names[name] = DefinedName(name, attr_text=f"表!${place[0]}${place[1:]}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def office(db: None):
    """Two in post: a man since before the year, a woman (head of a county) sent in it."""
    root = make_unit("示例市委组织部")
    user = make_user(Role.ORGANISATION_DEPARTMENT, root)
    campaign, home, post = (
        make_campaign(root),
        make_unit("示例局", root),
        make_post(make_unit("示例镇", root)),
    )
    for sex, rank, day in (("1", "132", dt.date(2025, 6, 1)), ("2", "131", dt.date(2026, 6, 1))):
        person = make_person(home, sex=sex, rank=rank)
        make_placement(campaign, person, post, starts_on=day, ends_on=dt.date(2028, 1, 1), state="in_post")
    return user, root


def counted():
    return count(Placement.objects.all(), YEAR, lambda _path: True)


def values(content: bytes) -> dict[str, object]:
    sheet = load_workbook(io.BytesIO(content))["表"]
    return {place: sheet[place].value for place in (*NAMES.values(), "A1", "C9")}


def refused(content: bytes, office) -> list[str]:
    with pytest.raises(UpperFormError) as error:
        keep_form("表.xlsx", content, office[1], by=office[0], at=AT)
    assert not StatisticsForm.objects.exists()
    return [str(reason) for reason in error.value.reasons]


@pytest.mark.usefixtures("office")
class TestNames:
    def test_each_figure_of_each_table_has_a_name_that_gives_it(self) -> None:
        names, people = all_names(), counted()
        for measure, n in total_of(people).items():
            assert [
                f.count(people) for name, f in names.short if f.measure == measure and not f.dimension
            ] == [n]
        for table in tables_of(people):
            for row in table.rows:
                for measure in Measure:
                    if measure in table.dimension.measures:
                        wanted = (measure, table.dimension.key, frozenset({row.code}))
                        (figure,) = [
                            f for _name, f in names.short if (f.measure, f.dimension, f.codes) == wanted
                        ]
                        assert figure.count(people) == row.figures.get(measure, 0)

    def test_every_shown_name_is_found_and_no_two_are_one(self) -> None:
        names = all_names()
        assert [names.find(name) for name, _figure in names.short] == [
            figure for _name, figure in names.short
        ]
        assert len({figure for _name, figure in names.short}) == len(names.short)
        assert all(name.replace("_", "").isalnum() for name, _figure in names.short)

    @pytest.mark.parametrize(
        ("name", "is_known"),
        [
            ("派出", True),
            ("派出_女", True),
            ("派出女", True),
            ("派出_性别_女", True),
            ("派出_年龄_期末_36_40岁", True),
            ("派出_县处级", True),
            ("派出_县处级正职", True),
            ("派出_接收单位层级_县级", True),
            ("派出_县级", False),  # of home or of host?
            ("派出_未填", False),
            ("派出_性别_未填", True),
            ("结束_去向_未填", True),
            ("派出_去向_未填", False),
            ("女", False),
        ],
    )
    def test_a_word_of_two_divisions_needs_the_division(self, name: str, is_known: bool) -> None:
        assert (all_names().find(name) is not None) is is_known

    def test_names_are_chinese_for_every_reader(self) -> None:
        from django.utils.translation import override

        here = [name for name, _figure in all_names().short]
        with override("en"):
            assert [name for name, _figure in all_names().short] == here

    def test_programmes_are_names(self) -> None:
        (dimension,) = [one for one in DIMENSIONS if one.key == "programme"]
        assert dimension.names is not None
        for name in dimension.names().values():
            assert all_names().find(f"派出_挂职项目_{name}")


class TestFilling:
    def test_named_cells_are_filled_and_the_rest_is_kept(self, office) -> None:
        user, root = office
        kept = keep_form("表.xlsx", form(), root, by=user, at=AT)
        found = values(fill_form(kept, counted(), by=user, at=AT))
        assert found == {
            "B1": 1, "B2": 1, "B3": 0, "B4": 2, "B5": 1, "B6": 1, "A1": "上级的表", "C9": "=SUM(B1:B4)",
        }  # fmt: skip
        assert AuditEvent.objects.get(action="statistics.keep_form").details == {"n": 6}
        assert AuditEvent.objects.get(action="statistics.fill_form").details == {"n": 6}

    def test_names_that_have_nothing_to_do_with_it_stay(self, office) -> None:
        user, root = office
        kept = keep_form("表.xlsx", form({"派出": "B2", "单位列表": "B5"}), root, by=user, at=AT)
        found = values(fill_form(kept, counted(), by=user, at=AT))
        assert (found["B2"], found["B5"]) == (1, None)

    def test_the_latest_is_in_use_and_each_unit_has_its_own(self, office) -> None:
        user, root = office
        assert form_of(root) is None
        for name in ("一.xlsx", "二.xlsx"):
            keep_form(name, form(), root, by=user, at=AT)
        found = form_of(root)
        assert found is not None
        assert found.file.name == "二.xlsx"
        assert form_of(make_unit("别处")) is None

    def test_others_keep_none(self, office) -> None:
        for role in (Role.LEADER, Role.HOME_UNIT):
            with pytest.raises(NotAllowedError):
                keep_form("表.xlsx", form(), office[1], by=make_user(role, office[1]), at=AT)


class TestFaults:
    def test_unknown_names_are_told_the_nearest(self, office) -> None:
        assert refused(form({"派出_县处极": "B1", "在挂_期未": "B2", "派出": "B3"}), office) == [
            "“派出_县处极”不是可用的名称，是否为“派出_县处级”？",
            "“在挂_期未”不是可用的名称，是否为“在挂_期末”？",
        ]

    def test_a_name_that_begins_as_ours_and_is_near_none(self, office) -> None:
        assert refused(form({"派出_abcdefghijklmnop": "B1"}), office) == [
            "“派出_abcdefghijklmnop”不是可用的名称，请对照“可用的名称”改正。"
        ]

    def test_cells_that_compute_and_names_without_a_cell(self, office) -> None:
        assert refused(form({"派出": "B2", "结束": "B3"}, formula="B2"), office) == [
            "“派出”指向的单元格里是公式，公式予以保留，请把名称改到要填数的单元格。"
        ]
        book = load_workbook(io.BytesIO(form()))
        book.defined_names["结束"].attr_text = "表!$A$1:$B$2"
        out = io.BytesIO()
        book.save(out)
        assert refused(out.getvalue(), office) == ["“结束”没有指向本文件中的一个单元格，请重新指定。"]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"text", "不能读取这个文件"),
            (b"x" * 5_000_001, "文件太大。表样不超过 5 MB。"),
        ],
    )
    def test_files_that_are_no_form(self, office, content: bytes, words: str) -> None:
        (reason,) = refused(content, office)
        assert words in reason

    def test_one_that_costs_too_much_to_read(self, office, monkeypatch) -> None:
        def read(_content: bytes) -> None:
            raise FormError("too costly")

        monkeypatch.setattr(upper_forms, "form_names_apart", read)
        (reason,) = refused(form(), office)
        assert "文件内容过多，不能读取" in reason

    @pytest.mark.parametrize("names", [{}, {"单位列表": "B5"}])
    def test_a_form_without_names(self, office, names: dict[str, str]) -> None:
        (reason,) = refused(form(names), office)
        assert "没有可填写的名称" in reason


class TestPages:
    def upload(self, client, content: bytes, name: str = "上级表.xlsx"):
        url = reverse("placements:statistics_form_keep")
        return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)

    def test_from_the_upload_to_the_filled_form(self, office, signed_in) -> None:
        client = signed_in(office[0])
        page = client.get(reverse("placements:statistics"), ASKED)
        assert "上传一次" in text_of(page)
        assert client.get(reverse("placements:statistics_form_filled"), ASKED).status_code == 404
        assert "表样已保存" in text_of(self.upload(client, form()))
        assert "上级表.xlsx" in text_of(client.get(reverse("placements:statistics"), ASKED))
        answer = client.get(reverse("placements:statistics_form_filled"), ASKED)
        assert values(answer.content)["B4"] == 2
        assert "%E4%B8%8A%E7%BA%A7%E8%A1%A8%202026-01-01" in answer.headers["Content-Disposition"]
        assert client.get(reverse("placements:statistics_form_filled")).status_code == 404
        assert "现用表样：上级表.xlsx" in text_of(client.get(reverse("placements:statistics_form_keep")))

    def test_faults_stand_at_the_file(self, office, signed_in) -> None:
        text = text_of(self.upload(signed_in(office[0]), form({"派出_县处极": "B1"})))
        assert "没有保存" in text
        assert "是否为“派出_县处级”？" in text
        answer = self.upload(signed_in(office[0]), b"text").content.decode()
        assert answer.count("<br>不能读取这个文件") == 0
        assert "不能读取这个文件" in answer

    def test_a_report_keeps_its_form_and_its_figures(self, office, signed_in) -> None:
        user, root = office
        plain = freeze_report(counted(), YEAR, root, by=user, at=AT)
        keep_form("一.xlsx", form(), root, by=user, at=AT)
        report = freeze_report(counted(), YEAR, root, by=user, at=AT)
        keep_form("二.xlsx", form({"派出": "B1"}), root, by=user, at=AT)
        Placement.objects.all().update(state="cancelled")
        client = signed_in(user)
        assert client.get(reverse("placements:report_form", args=[plain.pk])).status_code == 404
        assert values(client.get(reverse("placements:report_form", args=[report.pk])).content)["B4"] == 2
        detail = client.get(reverse("placements:report_detail", args=[report.pk]))
        assert reverse("placements:report_form", args=[report.pk]) in detail.content.decode()
        stranger = signed_in(make_user(Role.ORGANISATION_DEPARTMENT))
        assert stranger.get(reverse("placements:report_form", args=[report.pk])).status_code == 404
        assert StatisticsReport.objects.count() == 2

    def test_the_page_of_names_lists_all(self, office, signed_in) -> None:
        text = text_of(signed_in(office[0]).get(reverse("placements:statistics_names")))
        assert all(name in text for name, _figure in all_names().short)
