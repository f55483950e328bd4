"""补充信息表: only what is missing is asked for, only that is taken, and what else was changed is named."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.makers import make_person, make_unit, make_user
from tests.people.imported import checked, csv, imported, make_clerk, told

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.files.codes.abilities import ABILITIES
from secondment.people.errors import TooManyError
from secondment.people.files.supplement import supplement_workbook
from secondment.people.gaps import count_gaps, gap_label, gaps_of, with_gaps
from secondment.people.models import Person
from secondment.people.services import exports
from secondment.units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
ABILITY_KEYS = {f"ability_{code}" for code in ABILITIES.codes}
DAY = dt.date(2026, 3, 1)
FULL = {
    "phone": "000-1",
    "native_place": "示例省",
    "started_work_on": dt.date(2008, 7, 1),
    "post_title": "科员",
    "rank": "142",
    "education_code": "21",
    "training_purpose": "stepwise",
    "identity_sealed": b"x",
    "identity_masked": "990000********0019",
}


def make_complete(unit: Unit, **fields) -> Person:
    """Somebody who lacks nothing."""
    person = make_person(unit, **(FULL | fields))
    person.specialties.create(tag="agriculture")
    person.annual_grades.create(year=2025, grade="competent")
    for ability in ABILITIES.codes:
        person.abilities.create(ability=ability, value=80, source="organisation", as_of=DAY)
    return person


def lacking() -> list[Person]:
    people = with_gaps(Person.objects.select_related("unit__parent").prefetch_related("abilities"))
    return list(people.order_by("pk"))


def cells(content: bytes) -> list[list[str]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def filled(rows: list[list[str]], **texts: str) -> bytes:
    """The sheet as a clerk sends it back: the first person's cells with these headers have other texts."""
    head, first, *others = rows
    first = [texts.get(title, text) for title, text in zip(head, first, strict=True)]
    return csv(*(",".join(map(str, row)) for row in (head, first, *others)))


class TestGaps:
    def test_who_lacks_nothing_is_not_asked(self, province) -> None:
        make_complete(province)
        assert lacking() == []

    @pytest.mark.parametrize(
        ("fields", "gaps"),
        [
            ({"phone": ""}, {"phone"}),
            ({"sex": ""}, {"sex"}),
            ({"born_on": None}, {"born"}),
            ({"identity_sealed": None}, {"identity_number"}),
            ({"ethnicity": ""}, {"ethnic_group"}),
            ({"native_place": ""}, {"ancestral_home"}),
            ({"political_status": ""}, {"political_status"}),
            ({"started_work_on": None}, {"started_work"}),
            ({"post_title": ""}, {"current_post"}),
            ({"rank": ""}, {"rank"}),
            ({"rank": "", "grade_rank": "四级调研员"}, set()),
            ({"rank": "", "professional_title": "讲师"}, set()),
            ({"education_code": ""}, {"education"}),
            ({"training_purpose": ""}, {"training_purpose"}),
            ({"phone": "", "state": "retired"}, set()),
        ],
    )
    def test_each_fact_that_is_missing(self, province, fields: dict[str, object], gaps: set[str]) -> None:
        make_complete(province, **fields)
        assert [gaps_of(one) for one in lacking()] == ([gaps] if gaps else [])

    def test_rows_that_are_missing(self, province) -> None:
        person = make_complete(province)
        person.specialties.all().delete()
        person.annual_grades.all().delete()
        person.abilities.filter(ability="mass_work").delete()
        (one,) = lacking()
        assert gaps_of(one) == {
            *("specialties", "annual_grades", "ability_mass_work"),
            *("ability_source", "ability_on"),
        }
        assert count_gaps(with_gaps(Person.objects.all())) == {
            "specialties": 1,
            "annual_grades": 1,
            "ability_mass_work": 1,
        }


def test_every_gap_has_its_words(province) -> None:
    blank = dict.fromkeys(("sex", "ethnicity", "political_status", "rank", "education_code"), "")
    make_person(province, **blank, born_on=None, started_work_on=None)
    assert [gap_label(key) for key in count_gaps(with_gaps(Person.objects.all()))] == [
        *("性别", "出生日期", "身份证号", "联系电话", "民族", "籍贯", "政治面貌", "参加工作时间", "现任职务"),
        *("职务层次", "最高学历", "专业领域", "年度考核", "培养目的", "抓党建、带队伍", "推动经济社会发展"),
        *("协调重大利益关系", "做群众工作", "维护和谐安全稳定"),
    ]


class TestWorkbook:
    def test_columns_without_a_gap_are_left_out_and_only_gaps_are_open(self, province) -> None:
        make_complete(province, name="示例甲", phone="")
        make_complete(province, name="示例乙", native_place="")
        content = supplement_workbook(lacking())
        assert cells(content)[0] == ["姓名", "所在单位", "联系电话", "籍贯", "补充编号"]
        assert [row[:4] for row in cells(content)[1:]] == [
            ["示例甲", province.name, "", "示例省"],
            ["示例乙", province.name, "000-1", ""],
        ]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet, styles = (
                archive.read(f"xl/{one}.xml").decode() for one in ("worksheets/sheet1", "styles")
            )
        assert "<sheetProtection" in sheet
        assert styles.count('locked="0"') == 1

        def style(cell: str) -> str:
            return sheet.split(f'<c r="{cell}"')[1].split('s="')[1].split('"')[0]

        assert style("C2") == style("D3") != style("C3") == style("D2") == style("A2")

    def test_a_known_ability_names_its_own_source(self, province) -> None:
        person = make_complete(province)
        person.abilities.filter(ability="mass_work").delete()
        head, row = cells(supplement_workbook(lacking()))
        assert head == ["姓名", "所在单位", "做群众工作", "能力评价来源", "能力评价日期", "补充编号"]
        assert row[2:5] == ["", "", ""]
        person.abilities.filter(ability="development").delete()
        make_complete(province).abilities.filter(ability="development").delete()
        head, _first, second = cells(supplement_workbook(lacking()))
        assert second[head.index("做群众工作")] == "80（组织评价2026-03-01）"


class TestImport:
    def test_out_filled_in_and_again_no_change(self, province) -> None:
        person = make_complete(province, name="示例甲", phone="")
        person.abilities.filter(ability="mass_work").delete()
        make_complete(province, name="示例乙", phone="").abilities.filter(ability="interests").delete()
        rows = cells(supplement_workbook(lacking()))
        assert [one[2] for one in told(checked("a.csv", filled(rows), province))] == ["unchanged"] * 2
        texts = {
            "联系电话": "000-2",
            "做群众工作": "好",
            "能力评价来源": "自评",
            "能力评价日期": "2026-03-02",
        }
        content = filled(rows, **texts)
        assert imported("a.csv", content, province).n_changed == 1
        person.refresh_from_db()
        assert person.phone == "000-2"
        assert person.abilities.get(ability="mass_work").value == 92
        assert [one[2] for one in told(checked("a.csv", content, province))] == ["unchanged"] * 2
        assert person.abilities.count() == 5

    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("姓名", "示例丙"),
            ("籍贯", "另一省"),
            ("推动经济社会发展", "好（自评2026-03-02）"),
            ("专业领域", "教育"),
            ("年度考核结果", "2025年度优秀"),
            ("身份证号", "990000198503120035"),
        ],
    )
    def test_a_locked_cell_that_was_changed_is_named(self, province, title: str, text: str) -> None:
        make_complete(province, name="示例甲", phone="")
        other = make_complete(
            province, name="示例乙", native_place="", identity_sealed=None, identity_masked=""
        )
        other.specialties.all().delete()
        other.annual_grades.all().delete()
        other.abilities.filter(ability="development").delete()
        rows = cells(supplement_workbook(lacking()))
        first, second = told(checked("a.csv", filled(rows, 联系电话="000-2", **{title: text}), province))
        told_of = f"{title}：这一格已锁定，表中的内容与系统中的不同；补充信息表只填空格；要更改的，请到该人员的页面修改"
        assert (first[2], first[3], second[2]) == ("refused", [told_of], "unchanged")

    def test_a_gap_that_somebody_filled_meanwhile_is_not_overwritten(self, province) -> None:
        make_complete(province, name="示例甲", phone="")
        content = filled(cells(supplement_workbook(lacking())), 联系电话="000-2")
        Person.objects.update(phone="000-3")
        ((_source, _name, outcome, problems),) = told(checked("a.csv", content, province))
        assert (outcome, problems[0][:4]) == ("refused", "联系电话")
        Person.objects.update(phone="000-2")
        assert told(checked("a.csv", content, province))[0][2] == "unchanged"

    def test_a_new_identity_number_may_tell_the_day_of_a_known_month(self, province) -> None:
        make_complete(
            province,
            name="示例甲",
            sex="1",
            born_on=dt.date(1985, 3, 1),
            identity_sealed=None,
            identity_masked="",
        )
        content = filled(cells(supplement_workbook(lacking())), 身份证号="990000198503120019")
        assert imported("a.csv", content, province).n_changed == 1
        person = Person.objects.get()
        assert (person.identity_masked, person.born_on) == ("990000********0019", dt.date(1985, 3, 12))

    @pytest.mark.parametrize("code", ["不是编号", "00000000000000000000000000000000"])
    def test_a_code_of_nobody_is_refused(self, province, code: str) -> None:
        make_complete(province, name="示例甲", phone="")
        content = filled(cells(supplement_workbook(lacking())), 补充编号=code, 联系电话="000-2")
        assert told(checked("a.csv", content, province))[0][3] == [
            "补充编号：导入单位及其下级单位中没有这个人员；请用系统导出的原表填写，或换一个导入单位"
        ]

    def test_people_of_others_are_nobody(self, province) -> None:
        one, other = make_unit("甲局", province), make_unit("乙局", province)
        make_complete(one, name="示例甲", phone="")
        content = filled(cells(supplement_workbook(lacking())), 联系电话="000-2", 所在单位="乙局")
        clerk = make_clerk(other, Role.HOME_UNIT)
        assert told(checked("a.csv", content, other, clerk))[0][3][0].startswith("补充编号：")
        # of one's own, but outside of the unit that is imported into
        both = make_clerk(province)
        assert told(checked("a.csv", content, other, both))[0][3][0].startswith("补充编号：")


class TestPages:
    def test_counts_and_units_first_then_the_file(self, client, province) -> None:
        below = make_unit("示例局", province)
        make_complete(province, phone="")
        make_complete(below, phone="", native_place="")
        clerk = make_user(Role.ORGANISATION_DEPARTMENT, province)
        client.force_login(clerk)
        response = client.get(reverse("people:supplement"))
        assert (response.context["n_people"], response.context["gaps"]) == (2, [("联系电话", 2), ("籍贯", 1)])
        assert f"{reverse('people:supplement')}?unit={below.pk}" in response.content.decode()
        narrow = client.get(reverse("people:supplement"), {"unit": below.pk})
        assert (narrow.context["unit"], narrow.context["n_people"]) == (below, 1)
        assert "没有这样的下级单位" in narrow.content.decode()
        file = client.get(reverse("people:supplement_download"), {"unit": below.pk})
        assert cells(b"".join(file.streaming_content) if file.streaming else file.content)[0] == [
            *("姓名", "所在单位", "联系电话", "籍贯", "补充编号")
        ]
        assert AuditEvent.objects.get(action="people.export_supplement").details == {"rows": 1}
        assert "补充信息表" in client.get(reverse("people:person_list")).content.decode()

    def test_nothing_missing(self, client, province) -> None:
        make_complete(province)
        client.force_login(make_user(Role.HOME_UNIT, province))
        page = client.get(reverse("people:supplement"))
        assert "信息齐全" in page.content.decode()

    def test_units_of_others_are_not_found(self, client, province) -> None:
        other = make_unit("他省")
        client.force_login(make_user(Role.HOME_UNIT, province))
        for name in ("supplement", "supplement_download"):
            for unit in (other.pk, "x"):
                assert client.get(reverse(f"people:{name}"), {"unit": unit}).status_code == 404

    @pytest.mark.parametrize(("n", "is_refused"), [(4, False), (5, False), (6, True)])
    def test_a_sheet_has_an_end(self, monkeypatch, province, n: int, is_refused: bool) -> None:
        monkeypatch.setattr(exports, "MOST_SUPPLEMENTED", 5)
        clerk = make_user(Role.ORGANISATION_DEPARTMENT, province)

        def ask() -> None:
            exports.allow_supplement(province, n, by=clerk, at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))

        if is_refused:
            with pytest.raises(TooManyError, match="最多 5 人"):
                ask()
        else:
            ask()

    @pytest.mark.parametrize("n", [1, 8])
    def test_a_fixed_number_of_queries(self, client, django_assert_num_queries, province, n: int) -> None:
        for _at in range(n):
            make_complete(province, phone="")
        client.force_login(make_user(Role.ORGANISATION_DEPARTMENT, province))
        url = reverse("people:supplement_download")
        client.get(url)
        with django_assert_num_queries(16):
            client.get(url)
