"""Forms F5 and F16 as Word files: what is known is printed, opinions and seals are left to the hand."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from tests.makers import AT, make_user
from tests.office import as_pdf, in_office, pages_of, rows_of
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.placements import services
from secondment.placements.choices import PlacementState, TermChangeKind
from secondment.placements.models import Placement, TermChange
from secondment.placements.services.endings import Change
from secondment.placements.sheets import ARRIVAL_FORM, TERM_CHANGE, arrival_sheet, term_change_sheet

ON = dt.date(2026, 11, 23)


def sheet_of(scene, kind=TermChangeKind.EXTENDED, ends_on=dt.date(2029, 3, 1), **texts):
    change = Change(kind, ends_on, "换届需要", ON, **texts)
    return term_change_sheet(scene.first, change, old_ends_on=scene.first.ends_on, on=ON)


def test_an_extension_takes_effect_when_the_old_term_is_over(scene) -> None:
    sheet = sheet_of(scene)
    assert (sheet.kind, sheet.kinds) == ("延期", "☑延期　□提前结束　□召回　□撤换")
    assert (sheet.old_term, sheet.new_term) == ("2026年12月1日至\n2028年11月30日", "挂职至2029年2月28日")
    assert sheet.takes_effect_on == dt.date(2028, 12, 1)


@pytest.mark.parametrize(
    ("kind", "ticked"),
    [
        (TermChangeKind.EARLY, "□延期　☑提前结束　□召回　□撤换"),
        (TermChangeKind.RECALLED, "□延期　□提前结束　☑召回　□撤换"),
        (TermChangeKind.REPLACED, "□延期　□提前结束　□召回　☑撤换"),
    ],
)
def test_an_early_end_takes_effect_on_the_first_day_back(scene, kind, ticked) -> None:
    sheet = sheet_of(scene, kind, dt.date(2027, 7, 1))
    assert (sheet.kinds, sheet.takes_effect_on) == (ticked, dt.date(2027, 7, 1))
    assert sheet.new_term == "挂职至2027年6月30日"


def test_the_form_is_chinese_for_every_reader(scene) -> None:
    with override("en"):
        assert sheet_of(scene).kind == "延期"


def test_the_file_prints_what_is_known(scene) -> None:
    sheets = [sheet_of(scene, own_opinion="同意", number="示组〔2028〕5号"), sheet_of(scene)]
    document = Document(io.BytesIO(TERM_CHANGE.fill(*sheets)))
    first, second = ([cell.text for row in table.rows for cell in row.cells] for table in document.tables)
    assert [line.text for line in document.paragraphs if line.text][:1] == ["挂职延期审批表"]
    person, post = scene.first.person, scene.first.post
    for text in (person.name, f"{scene.home.name}{person.post_title}", f"{scene.host.name}{post.title}"):
        assert text in first
    assert "2028年12月1日" in first
    assert next(text for text in first if text.startswith("同意\n签名："))
    assert next(text for text in first if text.startswith("审批文号：示组〔2028〕5号\n（盖章）"))
    assert [text for text in second if text.startswith(("同意", "审批文号"))] == []


@in_office
def test_each_person_has_a_page_in_a_real_program(scene, tmp_path) -> None:
    usual = [sheet_of(scene, own_opinion="同意"), sheet_of(scene)]
    long = replace(usual[0], reason="赟" * 300, home_opinion="派" * 200, host_opinion="接" * 200)
    files = {"usual": TERM_CHANGE.fill(*usual), "long": TERM_CHANGE.fill(long, usual[1])}
    pages = {name: pages_of(path) for name, path in as_pdf(tmp_path, files).items()}
    assert ["挂职延期审批表" in page for page in pages["usual"]] == [True, True]
    assert ["挂职延期审批表" in page for page in pages["long"]] == [True, False, True]
    assert "".join(pages["long"]).count("赟") == 300


TYPED = {"sent": "1", "kind": "early", "ends_on": "2026-01-31", "reason": "家庭困难", "draft": "1"}


@pytest.fixture
def out(scene):
    """Both people in post since a year that is over."""
    for one in (scene.first, scene.second):
        one.state = PlacementState.IN_POST
        one.starts_on, one.ends_on = dt.date(2025, 1, 1), dt.date(2027, 1, 1)
        one.save()
    return scene


def texts_of(response) -> list[list[str]]:
    """The cells of each sheet of a file that was sent."""
    tables = Document(io.BytesIO(response.content)).tables
    return [[cell.text for row in table.rows for cell in row.cells] for table in tables]


def change(scene, placement, *, ends_on=dt.date(2026, 6, 1), number="") -> TermChange:
    form = Change(TermChangeKind.EARLY, ends_on, "工作需要", ON, number=number)
    services.change_term(placement, form, by=scene.owner, on=ON, at=AT)
    return placement.term_changes.get(ends_on=ends_on)


class TestDraft:
    def test_the_form_comes_before_the_approval_and_records_nothing(self, out, signed_in) -> None:
        url = reverse("placements:placement_change", args=[out.first.pk])
        answer = signed_in(out.owner).post(url, TYPED)
        assert answer["Content-Disposition"].startswith("attachment")
        (sheet,) = texts_of(answer)
        assert "挂职至2026年1月31日" in sheet
        assert "家庭困难" in sheet
        assert not TermChange.objects.exists()
        assert Placement.objects.get(pk=out.first.pk).ends_on == dt.date(2027, 1, 1)
        assert AuditEvent.objects.get(action="placement.print_change_form").object_id == str(out.first.pk)

    def test_many_have_a_page_each(self, out, signed_in) -> None:
        chosen = {"selected": [out.second.pk, out.first.pk]}
        answer = signed_in(out.owner).post(reverse("placements:placements_change"), TYPED | chosen)
        assert [sheet[1] for sheet in texts_of(answer)] == ["张示例", "李示例"]
        assert AuditEvent.objects.filter(action="placement.print_change_form").count() == 2

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"reason": ""}, "理由"),
            ({"ends_on": "2027-01-01"}, "最后一天应在报到之后、原定的2026-12-31之前"),
            ({"draft": None}, "审批日期"),
        ],
    )
    def test_what_would_be_refused_later_is_refused_before_it_is_signed(
        self, out, signed_in, typed, said
    ) -> None:
        data = {key: value for key, value in (TYPED | typed).items() if value is not None}
        answer = signed_in(out.owner).post(reverse("placements:placement_change", args=[out.first.pk]), data)
        assert "Content-Disposition" not in answer
        assert said in text_of(answer)
        assert not TermChange.objects.exists()

    def test_the_owner_alone(self, out, signed_in) -> None:
        url = reverse("placements:placement_change", args=[out.first.pk])
        for user in (out.home_clerk, out.host_clerk, out.secondee):
            assert signed_in(user).post(url, TYPED).status_code == 403
        assert signed_in(make_user(Role.ORGANISATION_DEPARTMENT)).post(url, TYPED).status_code == 404


class TestRecorded:
    def test_everyone_of_the_placement_has_the_form(self, out, signed_in) -> None:
        kept = change(out, out.first, number="示组〔2026〕5号")
        url = reverse("placements:change_form", args=[out.first.pk, kept.pk])
        for user in (out.owner, out.home_clerk, out.host_clerk, out.secondee):
            (sheet,) = texts_of(signed_in(user).get(url))
            assert any(text.startswith("审批文号：示组〔2026〕5号") for text in sheet)
            assert "2025年1月1日至\n2026年12月31日" in sheet
        page = signed_in(out.owner).get(reverse("placements:placement_detail", args=[out.first.pk]))
        assert url in page.content.decode()

    def test_of_another_placement_it_is_not_there(self, out, signed_in) -> None:
        kept = change(out, out.first)
        url = reverse("placements:change_form", args=[out.second.pk, kept.pk])
        assert signed_in(out.owner).get(url).status_code == 404

    def test_the_last_form_of_each_chosen_row(self, out, signed_in) -> None:
        change(out, out.first)
        change(out, out.first, ends_on=dt.date(2026, 5, 1))
        url, both = reverse("placements:change_forms"), {"selected": [out.first.pk, out.second.pk]}
        refused = signed_in(out.owner).post(url, both, follow=True)
        assert "没有登记过期限变更：李示例。" in text_of(refused)
        change(out, out.second)
        sheets = texts_of(signed_in(out.owner).post(url, both))
        assert [next(text for text in sheet if text.startswith("挂职至")) for sheet in sheets] == [
            "挂职至2026年4月30日",
            "挂职至2026年5月31日",
        ]

    def test_the_number_of_queries_stays(self, out, django_assert_num_queries) -> None:
        change(out, out.first)
        change(out, out.second)
        from secondment.placements.queries import latest_changes

        with django_assert_num_queries(1):
            assert set(latest_changes([out.first, out.second])) == {out.first.pk, out.second.pk}


class TestArrival:
    """Form F5: what is known of the arrival, and lines for the rest."""

    def test_before_the_arrival_the_rest_is_left_to_the_hand(self, scene) -> None:
        scene.first.state, scene.first.notice_number = PlacementState.APPOINTED, "示组通〔2026〕8号"
        scene.first.report_by = dt.date(2026, 12, 4)
        scene.first.post.contact_leader = "王示例"
        with override("en"):
            sheet = arrival_sheet(scene.first)
        assert rows_of(ARRIVAL_FORM.fill(sheet)) == [
            [
                ["姓　　名", "张示例", "通知文号", "示组通〔2026〕8号"],
                ["挂职项目", scene.first.programme_version.programme.name],
                ["派出单位\n及职务", "示例厅一级主任科员"],
                ["挂任单位\n及职务", "示例村驻村第一书记"],
                ["挂职期限", "2026年12月1日至2028年11月30日"],
                ["报到期限", "2026年12月4日", "报到日期", ""],
                ["分　　工", ""],
                ["联系领导", "王示例", "带教导师", ""],
                ["组织关系\n所在支部", "", "组织关系\n转入日期", ""],
                ["脱产方式", "全脱产", "办公住宿", "□已落实　□未落实"],
                ["保险单号", ""],
                ["本人确认", "\n签名：　　　　　　　\n年　　月　　日"],
                ["接收单位\n意见", "\n（盖章）　　　　\n年　　月　　日"],
            ]
        ]

    def test_a_title_that_names_the_unit_is_not_printed_twice(self, scene) -> None:
        scene.first.person.post_title = "示例省示例厅一级主任科员"
        scene.first.post.title = "示例村驻村第一书记"
        for sheet in (arrival_sheet(scene.first), sheet_of(scene)):
            assert (sheet.home_post, sheet.host_post) == ("示例省示例厅一级主任科员", "示例村驻村第一书记")

    def test_afterwards_everything_is_printed(self, scene) -> None:
        scene.first.post.contact_leader, scene.first.contact_leader = "王示例", "李领导"
        scene.first.reported_on, scene.first.party_in_on = dt.date(2026, 12, 3), dt.date(2026, 12, 8)
        scene.first.duties, scene.first.mentor, scene.first.party_branch = "分管农业", "赵示例", "村党支部"
        scene.first.lodging_arranged, scene.first.insurance_number = True, "BX-1"
        (rows,) = rows_of(ARRIVAL_FORM.fill(arrival_sheet(scene.first)))
        assert rows[5:11] == [
            ["报到期限", "", "报到日期", "2026年12月3日"],
            ["分　　工", "分管农业"],
            ["联系领导", "李领导", "带教导师", "赵示例"],
            ["组织关系\n所在支部", "村党支部", "组织关系\n转入日期", "2026年12月8日"],
            ["脱产方式", "全脱产", "办公住宿", "☑已落实"],
            ["保险单号", "BX-1"],
        ]

    def test_everyone_of_the_placement_has_it(self, out, signed_in) -> None:
        url = reverse("placements:arrival_form", args=[out.first.pk])
        for user in (out.owner, out.home_clerk, out.host_clerk, out.secondee):
            assert texts_of(signed_in(user).get(url))[0][1] == "张示例"
        assert AuditEvent.objects.filter(action="placement.print_arrival").count() == 4
        page = signed_in(out.host_clerk).get(reverse("placements:placement_detail", args=[out.first.pk]))
        assert url in page.content.decode()
        assert signed_in(make_user(Role.HOST_UNIT)).get(url).status_code == 404

    @pytest.mark.parametrize("state", [PlacementState.DECIDED, PlacementState.CANCELLED])
    def test_without_a_notice_there_is_none(self, out, signed_in, state) -> None:
        Placement.objects.filter(pk=out.first.pk).update(state=state)
        url, client = reverse("placements:arrival_form", args=[out.first.pk]), signed_in(out.owner)
        assert client.get(url).status_code == 404
        page = client.get(reverse("placements:placement_detail", args=[out.first.pk]))
        assert url not in page.content.decode()
        both = {"selected": [out.first.pk, out.second.pk]}
        refused = client.post(reverse("placements:arrival_forms"), both, follow=True)
        assert "没有报到回执：张示例。请去掉勾选后再下载。" in text_of(refused)
        assert not AuditEvent.objects.filter(action="placement.print_arrival").exists()

    def test_many_have_a_page_each(self, out, signed_in) -> None:
        url, both = reverse("placements:arrival_forms"), {"selected": [out.first.pk, out.second.pk]}
        for user in (out.owner, out.host_clerk):
            client = signed_in(user)
            page = client.get(reverse("placements:placement_list")).content.decode()
            assert f'"{url}"' in page
            assert [sheet[1] for sheet in texts_of(client.post(url, both))] == ["张示例", "李示例"]
        assert (
            f'"{url}"'
            not in signed_in(out.home_clerk).get(reverse("placements:placement_list")).content.decode()
        )
        assert signed_in(out.secondee).post(url, both).status_code == 404

    @in_office
    def test_each_receipt_has_a_page_in_a_real_program(self, scene, tmp_path) -> None:
        usual = arrival_sheet(scene.first)
        files = {"receipts": ARRIVAL_FORM.fill(replace(usual, duties="赟" * 300), usual)}
        pages = pages_of(as_pdf(tmp_path, files)["receipts"])
        assert ["挂职干部报到回执" in page for page in pages] == [True, True]
        assert pages[0].count("赟") == 300
