"""Form F2 as a Word file: what the reader may read of the person is printed, the rest is left to the hand."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from tests.campaigns.builders import make_scene
from tests.makers import make_region, make_unit, make_user
from tests.office import as_pdf, in_office, pages_of, rows_of
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import Nomination, Preference
from secondment.campaigns.queries import for_forms
from secondment.campaigns.sheets import NOMINATION_FORM, nomination_sheet
from secondment.people.models import AnnualGrade, FamilyFirm, FamilyMember
from secondment.people.sections import EVERYTHING, Section, read_by

BASICS = frozenset({Section.BASICS})


@pytest.fixture
def scene(db: None):
    return make_scene(n_posts=1, name="第一批", starts_on=dt.date(2027, 3, 1), ends_on=dt.date(2029, 3, 1))


@pytest.fixture
def nomination(scene) -> Nomination:
    person = scene.person(
        name="张示例",
        native_place="山东济南",
        growth_region=make_region("370102", "历下区"),
        joined_party_on=dt.date(2006, 5, 1),
        category="party_government",
        full_time_education="大学",
        full_time_degree="工学学士",
        full_time_school="示例大学土木工程专业",
        professional_title="工程师",
        specialty_text="城市规划",
        post_title="一级主任科员",
        rank_since=dt.date(2020, 4, 1),
        grassroots_years="2.5",
        is_reserve=True,
        willingness="willing",
        constraints_text="老人需照料",
    )
    AnnualGrade.objects.create(person=person, year=2022, grade="excellent")
    FamilyMember.objects.create(
        person=person, position=1, title="妻子", name="李甲", work_text="示例局\n科长"
    )
    FamilyFirm.objects.create(person=person, runner="弟弟", name="示例公司", industry="health")
    made = scene.nomination(
        person=person, purpose="urgent", reason="工作扎实", hardship_text="希望离家近", prefers_near=True,
        integrity_opinion="廉洁自律",
    )  # fmt: skip
    Preference.objects.create(nomination=made, campaign_post=scene.posts[0], rank=1)
    return for_forms(Nomination.objects.all()).get()


def rows(nomination: Nomination, sections) -> list[list[str]]:
    (table,) = rows_of(NOMINATION_FORM.fill(nomination_sheet(nomination, sections)))
    return table


def test_everything_is_printed_for_who_reads_everything(scene, nomination) -> None:
    post = scene.posts[0].post
    with override("en"):
        found = rows(nomination, EVERYTHING)
    assert found == [
        ["姓　　名", "张示例", "性　　别", "男", "出生年月", "1985.03"],
        ["民　　族", "汉族", "籍　　贯", "山东济南", "成 长 地", nomination.person.growth_region.full_name],
        ["政治面貌", "中国共产党党员", "入党时间", "2006.05", "参加工作\n时　　间", "2008.07"],
        ["健康状况", "健康", "人员类别", "党政领导干部", "最高学历", "大学本科"],
        ["全 日 制\n教　　育", "大学工学学士\n示例大学土木工程专业", "在　　职\n教　　育", ""],
        ["专业技术\n职　　务", "工程师", "熟悉专业\n有何专长", "城市规划"],
        ["派出单位\n及职务", "示例局一级主任科员"],
        ["职务层次", "县处级副职", "任现职务\n层次时间", "2020.04"],
        ["近三年\n年度考核", "2023年度：\n2024年度：称职\n2025年度：称职"],
        ["基层工作\n年　　限", "2.5年", "优秀年轻\n干　　部", "是", "个人意愿", "愿意"],
        ["拟挂单位\n及职务", f"1.示例市示例村{post.title}\n希望就近安排"],
        ["挂职期限", "2027年3月1日至2029年2月28日"],
        ["培养目的", "急难险重"],
        ["推荐理由", "工作扎实"],
        ["困难及需\n关照事项", "希望离家近\n老人需照料"],
        [
            "回避关系\n申　　报",
            "（亲属姓名、关系、单位职务；经商办企业）\n妻子　李甲　示例局科长\n弟弟经办企业：示例公司（卫生）",
        ],
        ["本人确认", "\n签名：　　　　　　　\n年　　月　　日"],
        ["派出单位\n意　　见\n（含廉政\n意见）", "廉洁自律\n（盖章）　　　　\n年　　月　　日"],
        ["接收单位\n意　　见", "\n（盖章）　　　　\n年　　月　　日"],
        ["组织部门\n意　　见", "\n（盖章）　　　　\n年　　月　　日"],
    ]


def test_who_reads_the_basics_alone_has_the_basics_alone(nomination) -> None:
    sheet = nomination_sheet(nomination, BASICS)
    whole = nomination_sheet(nomination, EVERYTHING)
    empty = {name for name, value in vars(sheet).items() if value == "" != vars(whole)[name]}
    assert empty == {
        "born", "native_place", "growth_place", "joined_party", "started_work", "health", "category", "education",
        "full_time", "professional_title", "rank_since", "grades", "grassroots", "is_reserve", "willingness",
        "relatives",
    }  # fmt: skip
    assert sheet.hardship == "希望离家近"


@pytest.mark.parametrize(
    ("role", "relatives"),
    [(Role.ORGANISATION_DEPARTMENT, True), (Role.HOME_UNIT, False), (Role.LEADER, False)],
)
def test_relatives_are_for_the_organisation_department(nomination, role, relatives) -> None:
    sheet = nomination_sheet(nomination, read_by(role))
    assert bool(sheet.relatives) is relatives
    assert sheet.grades == "2023年度：\n2024年度：称职\n2025年度：称职"


def test_what_is_not_known_stays_empty(scene) -> None:
    scene.nomination(
        person=scene.person(
            born_on=None, started_work_on=None, constraints_text="同一事项", party_text="2009.06；民盟"
        ),
        hardship_text="同一事项",
    )
    sheet = nomination_sheet(for_forms(Nomination.objects.all()).get(), EVERYTHING)
    assert (sheet.born, sheet.started_work, sheet.growth_place, sheet.grassroots) == ("", "", "", "")
    assert (sheet.wishes, sheet.relatives, sheet.full_time, sheet.rank_since) == ("", "", "", "")
    assert (sheet.hardship, sheet.joined_party, sheet.is_reserve) == ("同一事项", "2009.06；民盟", "否")


class TestPages:
    def test_each_reader_has_what_they_may_read(self, scene, nomination, signed_in) -> None:
        url = reverse("campaigns:nomination_form", args=[nomination.pk])
        for user, reads_family in ((scene.owner, True), (scene.home_user, False), (scene.leader, False)):
            client = signed_in(user)
            assert (
                url
                in client.get(reverse("campaigns:nomination_detail", args=[nomination.pk])).content.decode()
            )
            answer = client.get(url)
            assert answer["Content-Disposition"].startswith("attachment")
            (table,) = rows_of(answer.content)
            assert table[0][1] == "张示例"
            assert ("李甲" in table[15][1]) is reads_family
        prints = AuditEvent.objects.filter(action="nomination.print_form", object_id=str(nomination.pk))
        assert prints.count() == 3
        looks = AuditEvent.objects.filter(object_id=str(nomination.person_id))
        assert list(looks.filter(action="person.look_family").values_list("actor", flat=True)) == [
            scene.owner.pk
        ]
        assert looks.filter(action="person.look_assessment").count() == 3

    def test_whose_file_is_kept_elsewhere_has_the_basics(self, scene, nomination, signed_in) -> None:
        nomination.person.unit = make_unit("别处")
        nomination.person.save()
        url = reverse("campaigns:nomination_form", args=[nomination.pk])
        (table,) = rows_of(signed_in(scene.owner).get(url).content)
        assert (table[0][1], table[0][5], table[8][1]) == ("张示例", "", "")
        assert not AuditEvent.objects.filter(action__startswith="person.look_f").exists()

    def test_strangers_host_units_and_the_person_find_none(self, scene, nomination, signed_in) -> None:
        nomination.person.account = make_user(Role.SECONDEE, scene.home)
        nomination.person.save()
        one = reverse("campaigns:nomination_form", args=[nomination.pk])
        many = reverse("campaigns:nomination_forms", args=[scene.campaign.pk])
        for user in (scene.stranger, scene.host_user, nomination.person.account):
            assert signed_in(user).get(one).status_code == 404
            assert signed_in(user).post(many, {"selected": [nomination.pk]}).status_code == 404

    def test_many_have_a_page_each(self, scene, nomination, signed_in) -> None:
        other = scene.nomination(person=scene.person(name="李示例"))
        client = signed_in(scene.home_user)
        url = reverse("campaigns:nomination_forms", args=[scene.campaign.pk])
        page = client.get(reverse("campaigns:nomination_list", args=[scene.campaign.pk])).content.decode()
        assert f'"{url}"' in page
        sheets = rows_of(client.post(url, {"selected": [other.pk, nomination.pk]}).content)
        assert [sheet[0][1] for sheet in sheets] == ["张示例", "李示例"]
        assert AuditEvent.objects.filter(action="nomination.print_form").count() == 2

    def test_nominations_of_another_campaign_are_not_there(self, scene, nomination, signed_in) -> None:
        elsewhere = make_scene()
        theirs = elsewhere.nomination()
        url = reverse("campaigns:nomination_forms", args=[scene.campaign.pk])
        answer = signed_in(scene.owner).post(url, {"selected": [nomination.pk, theirs.pk]})
        assert answer.status_code == 404
        assert not AuditEvent.objects.filter(action="nomination.print_form").exists()

    def test_of_what_was_withdrawn_there_is_none(self, scene, nomination, signed_in) -> None:
        scene.nomination(person=scene.person(name="李示例"))
        Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.WITHDRAWN)
        client, one = signed_in(scene.owner), reverse("campaigns:nomination_form", args=[nomination.pk])
        assert client.get(one).status_code == 404
        page = client.get(reverse("campaigns:nomination_detail", args=[nomination.pk]))
        assert one not in page.content.decode()
        url = reverse("campaigns:nomination_forms", args=[scene.campaign.pk])
        both = {"selected": list(Nomination.objects.values_list("pk", flat=True))}
        assert "推荐已撤回：张示例。请去掉勾选后再下载。" in text_of(client.post(url, both, follow=True))
        assert not AuditEvent.objects.filter(action="nomination.print_form").exists()


def test_the_facts_of_many_cost_what_those_of_one_cost(scene, nomination) -> None:
    for _n in range(4):
        scene.nomination()
    counts = []
    for n in (1, 5):
        with CaptureQueriesContext(connection) as queries:
            for one in for_forms(Nomination.objects.all())[:n]:
                nomination_sheet(one, EVERYTHING)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@in_office
def test_each_form_begins_a_page_in_a_real_program(nomination, tmp_path) -> None:
    usual = nomination_sheet(nomination, EVERYTHING)
    long = replace(usual, reason="赟" * 500, hardship="难" * 500, integrity_opinion="廉" * 200)
    pages = pages_of(as_pdf(tmp_path, {"forms": NOMINATION_FORM.fill(usual, long)})["forms"])
    assert ["挂职干部推荐登记表" in page for page in pages] == [True, False, True, False, False]
    assert "组织部门" in pages[1]
    assert "".join(pages).count("赟") == 500


def test_the_head_names_campaign_programme_and_day(nomination) -> None:
    document = Document(io.BytesIO(NOMINATION_FORM.fill(nomination_sheet(nomination, BASICS))))
    lines = [line.text for line in document.paragraphs if line.text]
    programme = nomination.campaign.programme_version.programme.name
    assert lines == ["挂职干部推荐登记表", f"挂职批次：第一批（{programme}）", "推荐日期：2026年11月23日"]
