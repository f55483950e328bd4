"""Notices: units named once and in full, titles in correct Chinese, copies, and the pages they print on."""

import datetime as dt
from itertools import count

import pytest
from tests.makers import make_person, make_placement, make_post, make_region, make_unit
from tests.office import as_pdf, in_office, pages_of

from secondment.documents.official import letter_bytes
from secondment.placements.letters import MOST_COPIED, LetterFacts, joint_letter, notice_letter
from secondment.placements.models import Placement
from secondment.placements.queries import offices_above, with_names
from secondment.units.choices import UnitKind
from secondment.units.official_names import seconded_to

FACTS = LetterFacts("京组挂〔2026〕1号", dt.date(2026, 11, 23), dt.date(2026, 12, 8), "市财政局")
OFFICE = UnitKind.ORGANISATION_DEPARTMENT


@pytest.fixture
def village(db: None) -> Placement:
    """From a bureau that its people's posts name, to a village of a town of a district."""
    region = make_region("11", "示例市")
    city = make_unit("示例市", kind=UnitKind.REGION, region=region)
    owner = make_unit("市委组织部", city, kind=OFFICE)
    district_region = make_region("1101", "石门区", parent=region)
    district = make_unit("石门区", city, kind=UnitKind.REGION, region=district_region)
    make_unit("区委组织部", district, kind=OFFICE)
    town = make_unit("斋堂镇", district, kind=UnitKind.TOWNSHIP)
    host = make_unit("双树村", town, kind=UnitKind.VILLAGE)
    bureau = make_unit("市医保局", city)
    person = make_person(bureau, name="张示例", post_title="市医保局财务处副处长")
    placement = make_placement(None, person, make_post(host, title="第一书记（挂职）"), owner_unit=owner)
    placement.campaign.name = "2027年第一书记选派"
    placement.campaign.save()
    return named(placement)


def named(placement: Placement) -> Placement:
    return with_names(Placement.objects.filter(pk=placement.pk)).get()


def above(*placements: Placement) -> LetterFacts:
    return LetterFacts(
        FACTS.number, FACTS.signed_on, FACTS.report_by, FACTS.copies, offices_above(placements)
    )


def test_a_notice_names_units_once_and_the_issuer_in_full(village) -> None:
    letter = notice_letter(village, above(village))
    assert letter.addressee == "市医保局，斋堂镇双树村"
    assert letter.paragraphs[0].startswith(
        "经研究决定，选派市医保局财务处副处长张示例同志到斋堂镇双树村挂任第一书记，挂职时间自"
    )
    assert letter.signer == "中共示例市委组织部"
    assert letter.imprint is not None
    assert letter.imprint.copies == "市财政局，中共示例市石门区委组织部、斋堂镇"


def test_a_title_that_names_another_place_is_not_cut(village) -> None:
    village.post.title = "驻斋堂镇双树村工作队队长"
    assert (
        "选派市医保局财务处副处长张示例同志到斋堂镇双树村挂任驻斋堂镇双树村工作队队长，"
        in (notice_letter(village, FACTS).paragraphs[0])
    )


def test_copies_above_are_left_out_unless_asked_for(village) -> None:
    assert notice_letter(village, FACTS).imprint.copies == "市财政局"
    only = LetterFacts(FACTS.number, FACTS.signed_on, FACTS.report_by, "市财政局。")
    assert notice_letter(village, only).imprint.copies == "市财政局"
    none = LetterFacts(FACTS.number, FACTS.signed_on, FACTS.report_by)
    assert notice_letter(village, none).imprint.copies == ""


def test_the_joint_notice_names_the_work_once(village) -> None:
    letter = joint_letter(village.campaign, [village], above(village))
    assert letter.title == "关于做好2027年第一书记选派工作的通知"
    assert letter.annex is not None
    assert letter.annex.title == "2027年第一书记选派人员名单"
    assert letter.annex.rows[0][2:4] == ["市医保局财务处副处长", "斋堂镇双树村第一书记"]


@pytest.mark.parametrize(("n", "is_group"), [(MOST_COPIED, False), (MOST_COPIED + 1, True)])
def test_many_offices_above_are_copied_in_as_a_group(village, n: int, is_group: bool) -> None:
    offices = {village.host_unit_id: [f"第{number}局" for number in range(n)]}
    facts = LetterFacts(FACTS.number, FACTS.signed_on, FACTS.report_by, "", offices)
    copies = joint_letter(village.campaign, [village], facts).imprint.copies
    assert (copies == "各接收单位的上级党委、组织部门") == is_group
    assert ("第0局、第1局" in copies) != is_group


def test_offices_above_are_read_by_one_query(village, django_assert_num_queries) -> None:
    town = village.host_unit.parent
    others = [
        named(make_placement(None, None, make_post(make_unit(f"第{n}村", town, kind=UnitKind.VILLAGE))))
        for n in range(3)
    ]
    with django_assert_num_queries(1):
        offices_above([village])
    with django_assert_num_queries(1):
        assert len(offices_above([village, *others])) == 4


@in_office
def test_no_signature_stands_alone_and_every_page_has_text(village, tmp_path) -> None:
    """Letters of every length: the page with the signature begins with text of the letter."""
    numbers = count()
    letters = {}
    for title in (
        "第一书记（挂职）",
        "第一书记、党总支副书记兼示范区筹备工作领导小组办公室副主任（挂职）" * 2,
    ):
        for copies in ("", "市财政局、" * 20):
            village.post.title = title
            facts = LetterFacts(FACTS.number, FACTS.signed_on, FACTS.report_by, copies)
            letters[f"{next(numbers)}"] = letter_bytes(notice_letter(village, facts))
            letters[f"{next(numbers)}"] = letter_bytes(joint_letter(village.campaign, [village] * 40, facts))
    for pdf in as_pdf(tmp_path, letters).values():
        pages = ["".join(page.split()) for page in pages_of(pdf)]
        (signed,) = [page for page in pages if "2026年11月23日" in page and "特此通知。" in page]
        text = signed[: signed.index("特此通知。")]
        assert len(text) >= 28  # a line of the letter at least
        assert all(len(page) > 20 for page in pages)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("第一书记（挂职）", "甲村第一书记"),
        ("第一书记(挂职)", "甲村第一书记"),
        ("第一书记", "甲村第一书记"),
        ("挂职办主任", "甲村挂职办主任"),
    ],
)
def test_a_post_on_secondment_says_so_once(db, title: str, written: str) -> None:
    assert seconded_to(make_unit("甲村"), title) == written
