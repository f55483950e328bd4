"""What sentences are read as, one by one."""

import pytest

from secondment.files.person_search.conditions import Clash, Remark, Unknown
from secondment.files.person_search.reading import Vocabulary, read_sentence, text_without

NAMES = Vocabulary(
    units={"市水务局": ("7",), "水利局": ("8", "9"), "示例大学": ("11",)},
    people=frozenset({"张三丰", "李四"}),
    alike=("城关镇水利局",),
)
COMMUNIST, PARTIES = "01,02", "04,05,06,07,08,09,10,11"

SENTENCES: dict[str, dict[str, str]] = {
    # the sentence of the box
    "35岁以下 女 农学 未挂职 基层两年以上": {
        "age_to": "35", "sex": "2", "specialty": "agriculture", "out": "0", "grassroots_from": "2",
    },
    "35岁以下女农学未挂职基层两年以上": {
        "age_to": "35", "sex": "2", "specialty": "agriculture", "out": "0", "grassroots_from": "2",
    },
    "３５岁以下，女；　农学": {"age_to": "35", "sex": "2", "specialty": "agriculture"},
    "请帮我查找具有两年以上基层工作经历的女干部": {"grassroots_from": "2", "sex": "2"},
    # age
    "35岁以下": {"age_to": "35"},
    "35岁及以下": {"age_to": "35"},
    "35岁(含)以下": {"age_to": "35"},
    "不超过35岁": {"age_to": "35"},
    "不高于35岁": {"age_to": "35"},
    "≤35岁": {"age_to": "35"},
    "<=35岁": {"age_to": "35"},
    "35周岁以内": {"age_to": "35"},
    "年龄35以下": {"age_to": "35"},
    "年龄在35岁以下": {"age_to": "35"},
    "不满35岁": {"age_to": "34"},
    "未满35周岁": {"age_to": "34"},
    "小于35岁": {"age_to": "34"},
    "<35岁": {"age_to": "34"},
    "35岁以上": {"age_from": "35"},
    "四十岁以上": {"age_from": "40"},
    "年满40岁": {"age_from": "40"},
    "不小于40岁": {"age_from": "40"},
    "超过35岁": {"age_from": "36"},
    "大于35岁": {"age_from": "36"},
    ">35岁": {"age_from": "36"},
    "40-45岁": {"age_from": "40", "age_to": "45"},
    "40岁到45岁": {"age_from": "40", "age_to": "45"},
    "40至45周岁": {"age_from": "40", "age_to": "45"},
    "45~40岁": {"age_from": "40", "age_to": "45"},
    "四十到四十五岁": {"age_from": "40", "age_to": "45"},
    "三十多岁": {"age_from": "30", "age_to": "39"},
    "36岁": {"age_from": "36", "age_to": "36"},
    "不是35岁以下": {"age_from": "36"},
    "30岁以上 40岁以下": {"age_from": "30", "age_to": "40"},
    # birth
    "80后": {"born_from": "1980-01-01", "born_to": "1989-12-31"},
    "八零后": {"born_from": "1980-01-01", "born_to": "1989-12-31"},
    "85后": {"born_from": "1985-01-01", "born_to": "1989-12-31"},
    "90后": {"born_from": "1990-01-01", "born_to": "1999-12-31"},
    "00后": {"born_from": "2000-01-01", "born_to": "2009-12-31"},
    "80年代出生": {"born_from": "1980-01-01", "born_to": "1989-12-31"},
    "1985年以后出生": {"born_from": "1985-01-01"},
    "1985年出生": {"born_from": "1985-01-01", "born_to": "1985-12-31"},
    "1985年前出生": {"born_to": "1984-12-31"},
    "1985年2月出生": {"born_from": "1985-02-01", "born_to": "1985-02-28"},
    "1985年9月1日以后出生": {"born_from": "1985-09-01"},
    "出生于1984年12月": {"born_from": "1984-12-01", "born_to": "1984-12-31"},
    # sex, ethnic group, party
    "男": {"sex": "1"},
    "女性": {"sex": "2"},
    "女同志": {"sex": "2"},
    "少数民族": {"ethnicity": "-01"},
    "藏族": {"ethnicity": "04"},
    "藏族或蒙古族": {"ethnicity": "04,02"},
    "汉族": {"ethnicity": "01"},
    "非汉族": {"ethnicity": "-01"},
    "党员": {"party": COMMUNIST},
    "中共党员": {"party": COMMUNIST},
    "正式党员": {"party": "01"},
    "预备党员": {"party": "02"},
    "非中共党员": {"party": f"-{COMMUNIST}"},
    "非党员": {"party": f"-{COMMUNIST}"},
    "党外干部": {"party": f"-{COMMUNIST}"},
    "民盟": {"party": "05"},
    "民主党派": {"party": PARTIES},
    "群众": {"party": "13"},
    # rank and grade
    "副处级": {"rank_from": "132", "rank_to": "132"},
    "县处级副职": {"rank_from": "132", "rank_to": "132"},
    "处级": {"rank_from": "132", "rank_to": "131"},
    "科级": {"rank_from": "142", "rank_to": "141"},
    "正科以上": {"rank_from": "141"},
    "科级以上": {"rank_from": "142"},
    "处级以下": {"rank_to": "131"},
    "副处及以下": {"rank_to": "132"},
    "七级职员": {"rank": "241"},
    "三级调研员": {"grade": "05"},
    "三级调研员以上": {"grade": "01,02,03,04,05"},
    "调研员": {"grade": "03,04,05,06"},
    "主任科员": {"grade": "07,08,09,10"},
    "二级主任科员以下": {"grade": "08,09,10,11,12"},
    # education and degree
    "本科以上": {"education": "1,2"},
    "大学本科及以上学历": {"education": "1,2"},
    "本科": {"education": "2"},
    "大专以下": {"education": "3,4"},
    "研究生": {"education": "1"},
    "硕士研究生": {"education": "14"},
    "硕士研究生以上": {"education": "11,14"},
    "高中": {"education": "high_school_or_less"},
    "全日制本科": {"full_time": "2"},
    "全日制本科以上": {"full_time": "1,2"},
    "全日制硕士": {"full_time": "14"},
    "在职研究生": {"on_job": "1"},
    "硕士": {"degree": "3"},
    "硕士以上": {"degree": "2,3"},
    "博士学位": {"degree": "2"},
    "本科 硕士": {"education": "2", "degree": "3"},
    # specialties and disciplines
    "农林水": {"specialty": "agriculture"},
    "农学或医学": {"specialty": "agriculture,health"},
    "农学、法学": {"specialty": "agriculture,politics_law"},
    "水利工程专业": {"specialty": "agriculture"},
    "土木工程": {"specialty": "planning_construction"},
    "汉语言文学": {"study": "汉语言文学"},
    "食品科学专业": {"study": "食品科学"},
    "女食品科学专业": {"sex": "2", "study": "食品科学"},
    "专长含水土保持": {"study": "水土保持"},
    "职务含科长": {"post": "科长"},
    "不是农学或医学": {"specialty": "-agriculture,health"},
    "除农学、医学以外": {"specialty": "-agriculture,health"},
    "不含农学、医学": {"specialty": "-agriculture,health"},
    "非农学、女": {"specialty": "-agriculture", "sex": "2"},
    # units, category, lists
    "市水务局": {"unit": "7"},
    "市水务局（含下级）的女干部": {"unit": "7", "sex": "2"},
    "水利局": {"unit": "8,9"},
    "除市水务局外，女": {"unit": "-7", "sex": "2"},
    "不在示例大学": {"unit": "-11"},
    "党政领导干部": {"category": "party_government"},
    "专技人员": {"category": "specialist"},
    "优秀年轻干部": {"reserve": "1"},
    "后备干部": {"reserve": "1"},
    "非后备干部": {"reserve": "0"},
    "在职": {"state": "active"},
    "已退休": {"state": "retired"},
    # secondment
    "未挂职": {"out": "0"},
    "在外挂职": {"out": "1"},
    "正在挂职": {"out": "1"},
    "挂过职": {"seconded": "1"},
    "有挂职经历": {"seconded": "1"},
    "从未挂职": {"seconded": "0"},
    "没有挂过职": {"seconded": "0"},
    # years
    "基层工作满2年": {"grassroots_from": "2"},
    "基层两年半以上": {"grassroots_from": "2.5"},
    "基层经历不满2年": {"grassroots_below": "2"},
    "基层经历超过2年": {"grassroots_from": "2.1"},
    "基层经历2年以下": {"grassroots_below": "2.1"},
    "有基层经历": {"grassroots_from": "0.1"},
    "无基层经历": {"grassroots_below": "0.1"},
    "任现职满3年": {"in_rank_from": "3"},
    "任现职务层次不满三年": {"in_rank_below": "3"},
    "现职级满一年半": {"in_rank_from": "1.5"},
    # grades, abilities, willingness, purpose, title
    "近三年有优秀": {"excellent": "1,2,3"},
    "两年优秀": {"excellent": "2,3"},
    "近三年年度考核两次优秀": {"excellent": "2,3"},
    "近三年均为优秀": {"excellent": "3"},
    "近三年无优秀": {"excellent": "0"},
    "做群众工作 好": {"ability_mass_work": "85-100"},
    "群众工作较差": {"ability_mass_work": "0-59"},
    "群众工作较好以上": {"ability_mass_work": "75-100"},
    "群众工作一般及以下": {"ability_mass_work": "0-74"},
    "群众工作能力85以上": {"ability_mass_work": "85-100"},
    "协调利益70-80分": {"ability_interests": "70-80"},
    "推动发展不低于60分": {"ability_development": "60-100"},
    "愿意": {"willingness": "willing"},
    "服从组织安排": {"willingness": "obedient"},
    "缺基层经历": {"purpose": "grassroots"},
    "高级职称": {"title": "411,412"},
    "副高以上": {"title": "411,412"},
    "中级职称以上": {"title": "411,412,420"},
    "中级": {"title": "420"},
    # names
    "张三丰": {"q": "张三丰"},
    "张三丰、李四": {"q": "张三丰,李四"},
    "姓名王五 男": {"q": "王五", "sex": "1"},
    # nothing
    "": {},
    "   ，；。 ": {},
    "的": {},
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_becomes_these_conditions_and_nothing_is_left(text: str) -> None:
    reading = read_sentence(text, NAMES)
    assert reading.parameters == SENTENCES[text]
    assert reading.unread == ()


# sentence → its conditions, what was not understood, what is offered instead
NOT_UNDERSTOOD = {
    "女博土": ({}, ["女博土"], ["博士"]),
    "35岁以下 火星": ({"age_to": "35"}, ["火星"], [""]),
    "城水利局": ({}, ["城水利局"], ["城关镇水利局"]),
    "城关水利局": ({}, ["城关水利局"], ["城关镇水利局"]),
    "王五 女": ({"sex": "2"}, ["王五"], [""]),
    "优秀青年干部": ({}, ["优秀青年"], ["优秀年轻干部"]),
    "35岁左右": ({"age_from": "35", "age_to": "35"}, ["左右"], [""]),
    "1985年以后": ({}, ["1985年以后"], [""]),
    "1985年13月出生": ({}, ["1985年13月出生"], [""]),
    "十百岁": ({}, ["十百岁"], [""]),
    "999岁以下": ({}, ["999岁以下"], [""]),
    "<script>alert(1)</script>": ({}, ["<script>alert", "1", "<", "script>"], ["", "", "", ""]),
    "'; DROP TABLE people_person; --": ({}, ["DROP", "TABLE", "people_person", "--"], ["", "", "", ""]),
    "%_\\": ({}, ["%_\\"], [""]),
    "asdfgh": ({}, ["asdfgh"], [""]),
    "😀女": ({}, ["😀女"], ["女性"]),
    "近三年五次优秀": ({}, ["近三年五次优秀"], [""]),
}  # fmt: skip


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_named(text: str) -> None:
    reading = read_sentence(text, NAMES)
    named = [one.span.of(text) for one in reading.unread]
    assert (reading.parameters, named, [one.closest for one in reading.unread]) == NOT_UNDERSTOOD[text]


CLASHES = {
    "男 女": ({"sex": "1,2"}, Clash.BOTH),
    "40岁以上 35岁以下": ({"age_from": "40", "age_to": "35"}, Clash.NOBODY),
    "40岁以下 35岁以下": ({"age_to": "35"}, Clash.NARROWED),
    "处级以上 科级以下": ({"rank_from": "132", "rank_to": "141"}, Clash.NOBODY),
    "基层两年以上 无基层经历": ({"grassroots_from": "2", "grassroots_below": "0.1"}, Clash.NOBODY),
    "女或农学": ({"sex": "2", "specialty": "agriculture"}, Clash.OR_ACROSS),
    "在外挂职 未挂职": ({"out": "1"}, Clash.NOBODY),
    "优秀年轻干部 非后备": ({"reserve": "1"}, Clash.NOBODY),
    "群众工作好 群众工作较差": ({"ability_mass_work": "85-59"}, Clash.NOBODY),
    "群众工作较好以上 群众工作好": ({"ability_mass_work": "85-100"}, Clash.NARROWED),
    "党员 非党员": ({"party": COMMUNIST}, Clash.NOBODY),
    "1990年以后出生 1985年前出生": ({"born_from": "1990-01-01", "born_to": "1984-12-31"}, Clash.NOBODY),
}


@pytest.mark.parametrize("text", CLASHES)
def test_conditions_that_do_not_go_together_are_named(text: str) -> None:
    reading = read_sentence(text)
    assert (reading.parameters, [one.kind for one in reading.clashes]) == (
        CLASHES[text][0],
        [CLASHES[text][1]],
    )


def test_the_same_limits_twice_do_not_clash() -> None:
    assert read_sentence("35岁以下 不超过35岁 女 女性").clashes == ()


def test_what_is_left_of_a_kind_when_one_of_it_is_excluded() -> None:
    assert read_sentence("农学、医学、非医学").parameters == {"specialty": "agriculture"}


REMARKS = {
    "未挂职": Remark.NOW_NOT_OUT,
    "农学": Remark.BY_TAG,
    "农林水": None,
    "哲学": Remark.BY_TEXT,
    "副处级": Remark.BY_LEVEL,
    "水利局": Remark.SEVERAL_UNITS,
    "市水务局": None,
}


@pytest.mark.parametrize("text", REMARKS)
def test_a_word_with_two_readings_says_which_was_taken(text: str) -> None:
    assert {one.remark for one in read_sentence(text, NAMES).conditions} == {REMARKS[text]}


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ("非", "非", Unknown.NOTHING_NEGATED),
        ("女 非", "非", Unknown.NOTHING_NEGATED),
        ("非 不是", "非", Unknown.NOTHING_NEGATED),
        ("女以外", "以外", Unknown.NOTHING_NEGATED),
        ("不是40-45岁", "40-45岁", Unknown.NOTHING_NEGATED),
        ("非副处级以上", "副处级以上", Unknown.NOTHING_NEGATED),
        ("不是群众工作好", "群众工作好", Unknown.NOTHING_NEGATED),
        ("群众工作", "群众工作", Unknown.NEEDS_LEVEL),
    ],
)
def test_why_a_part_became_no_condition(text: str, named: str, why: Unknown) -> None:
    found = read_sentence(text).unread[0]
    assert (found.span.of(text), found.why) == (named, why)


def test_what_is_too_long_is_read_to_its_limit_and_the_rest_is_named() -> None:
    text = "女 " + "甲" * 10_000
    reading = read_sentence(text)
    assert reading.parameters == {"sex": "2"}
    assert [one.why for one in reading.unread] == [Unknown.WORD, Unknown.TOO_LONG]
    assert (reading.unread[-1].span.start, reading.unread[-1].span.end) == (500, 10_002)


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("35岁以下 女 农学", ("sex",), "35岁以下 农学"),
        ("40-45岁 女", ("age_from", "age_to"), "女"),
        ("40-45岁 女", ("age_from",), "40-45岁 女"),
        ("非中共党员 女", ("party",), "女"),
        ("女", ("age_to",), "女"),
        ("农学、医学 女", ("specialty",), "、 女"),
    ],
)
def test_a_condition_that_is_taken_off_leaves_the_text_as_well(
    text: str, names: tuple[str, ...], left: str
) -> None:
    assert text_without(read_sentence(text), *names) == left
