"""Every rule a programme may set: what it says, when it is checked, and which figures it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import Kinship, Occupation
from secondment.people.sections import Section

Text = str | Promise
Value = int | str | list[str]


class Stage(StrEnum):
    """When a rule is carried out."""

    ELIGIBILITY = "eligibility"
    DAILY = "daily"
    ASSESSMENT = "assessment"
    BUILT_IN = "built_in"


STAGE_LABELS: Mapping[Stage, Text] = {
    Stage.ELIGIBILITY: _("资格审查"),
    Stage.DAILY: _("在日常管理阶段执行"),
    Stage.ASSESSMENT: _("在考核阶段执行"),
    Stage.BUILT_IN: _("系统内置"),
}


@dataclass(frozen=True)
class Figure:
    """One whole number a rule compares with."""

    name: str
    label: Text
    default: int
    low: int
    high: int
    unit: Text = ""


@dataclass(frozen=True)
class Choice:
    """One value, or several when `is_many`, out of `options`."""

    name: str
    label: Text
    default: str | tuple[str, ...]
    options: tuple[tuple[str, Text], ...]
    is_many: bool = False


@dataclass(frozen=True)
class RuleDefinition:
    """A rule as programmes know it; `is_fixed` rules cannot be switched off.

    `facts` are the sections of a person that a finding tells of: who may not read them is told no more than
    that there is a finding.
    """

    code: str
    title: Text
    help: Text
    mode: str
    basis: str
    is_confirmed: bool = True
    stage: Stage = Stage.ELIGIBILITY
    parameters: tuple[Figure | Choice, ...] = ()
    is_fixed: bool = False
    facts: frozenset[Section] = frozenset({Section.FILE})


KINSHIPS = tuple(one for one in Kinship.choices if one[0] != Kinship.UNRECOGNISED)
OCCUPATIONS = tuple(one for one in Occupation.choices if one[0] != Occupation.OTHER)
EDUCATIONS = (
    ("11", _("博士研究生")),
    ("10", _("研究生")),
    ("20", _("大学本科")),
    ("30", _("大学专科")),
)
REGION_DIGITS = (("2", _("同一省级地区")), ("4", _("同一市级地区")), ("6", _("同一县级地区")))
ASSESSING_PARTIES = (
    ("longer_side", _("当年工作半年以上的单位考核，听取另一方意见")),
    ("home", _("派出单位考核，以接收地组织部门意见为依据")),
)
MONTHS, YEARS, DAYS, PERCENT = _("个月"), _("岁"), _("天"), _("%")

_FAMILY, _CAMPAIGN = frozenset({Section.FAMILY}), frozenset[Section]()

RULES: tuple[RuleDefinition, ...] = (
    RuleDefinition(
        "H1",
        _("亲属回避"),
        _(
            "有回避关系的亲属在接收单位或其直接上级单位任领导职务的，不得到该岗位。亲属在该单位但不任领导职务的，提示核实。"
        ),
        "block",
        "《公务员法》第七十四条；《公务员回避规定》",
        parameters=(
            Choice(
                "kinships",
                _("须回避的亲属关系"),
                ("spouse", "lineal", "collateral", "in_law", "adoptive_or_step"),
                KINSHIPS,
                is_many=True,
            ),
        ),
        facts=_FAMILY,
    ),
    RuleDefinition(
        "H2",
        _("亲属经商办企业回避"),
        _(
            "配偶、子女及其配偶经营的企业属于岗位主管行业，且岗位为领导职务的，不得到该岗位。企业在其他地区的，提示核实。"
        ),
        "block",
        "《公务员法》第七十四条第三款",
        parameters=(Choice("firm_region_digits", _("视为同一地区的范围"), "4", REGION_DIGITS),),
        facts=_FAMILY,
    ),
    RuleDefinition(
        "H3",
        _("地域回避"),
        _("不在本人成长地担任县、乡党政正职和县级纪检、组织、法院、检察院、公安机关正职。市级和副职提示。"),
        "block",
        "《公务员法》第七十五条；《公务员回避规定》",
    ),
    RuleDefinition(
        "H3b",
        _("不回本乡驻村"),
        _("不派到本人籍贯或成长地所在乡镇的村。"),
        "off",
        "各地通行做法",
        is_confirmed=False,
    ),
    RuleDefinition(
        "H4",
        _("处分影响期与立案审查"),
        _(
            "处分影响期内（警告6个月、记过12个月、记大过18个月、降级撤职24个月）或正被立案审查调查的，不得选派。"
        ),
        "block",
        "《公职人员政务处分法》；《公务员考核规定》第二十八条",
        facts=frozenset({Section.PENALTIES, Section.INVESTIGATION}),
    ),
    RuleDefinition(
        "H5",
        _("不得重复挂职"),
        _("同一时期只能有一个挂职任务，起止日期不得重叠。"),
        "block",
        "本单位规定",
        facts=frozenset({Section.PLACEMENTS}),
    ),
    RuleDefinition(
        "H6",
        _("挂职期限"),
        _("批次的挂职期限应在规定范围内；超过最长上限的一律否决。"),
        "warn",
        "项目文件对挂职期限的规定",
        parameters=(
            Figure("shortest_months", _("最短"), 6, 1, 60, MONTHS),
            Figure("longest_months", _("最长"), 24, 1, 60, MONTHS),
            Figure("limit_months", _("否决上限"), 36, 1, 60, MONTHS),
        ),
        facts=_CAMPAIGN,
    ),
    RuleDefinition(
        "H7",
        _("上挂须有计划文号"),
        _("从县级及以下单位上挂，须有经批准的选派计划文号，防止变相借调。"),
        "block",
        "中办、国办《整治形式主义为基层减负若干规定》；2024年中央一号文件",
        facts=_CAMPAIGN,
    ),
    RuleDefinition(
        "H8",
        _("夫妻不同时驻村"),
        _("夫妻双方不同时派到村任职。"),
        "off",
        "云南省2021年驻村干部选派规定",
        is_confirmed=False,
        facts=_FAMILY,
    ),
    RuleDefinition(
        "H9a",
        _("年龄"),
        _("按挂职开始日计算的周岁不超过本层级上限。"),
        "warn",
        "贵州省挂职干部管理办法（黔组发〔2013〕8号）",
        parameters=(
            Figure("oldest_bureau", _("厅局级及以上"), 50, 18, 70, YEARS),
            Figure("oldest_county", _("县处级"), 45, 18, 70, YEARS),
            Figure("oldest_township", _("乡科级及以下"), 40, 18, 70, YEARS),
        ),
    ),
    RuleDefinition(
        "H9b",
        _("学历"),
        _("最高学历不低于规定层次。"),
        "warn",
        "贵州省挂职干部管理办法（黔组发〔2013〕8号）",
        parameters=(Choice("least_education", _("最低学历"), "20", EDUCATIONS),),
    ),
    RuleDefinition(
        "H10",
        _("近年年度考核"),
        _("最近几年年度考核均为称职（合格）及以上。缺记录或不定等次的，提示核实。"),
        "block",
        "沙市区挂职干部选派条件",
        parameters=(Figure("n_grades", _("考核年数"), 2, 1, 5, _("年")),),
        facts=frozenset({Section.ASSESSMENT}),
    ),
    RuleDefinition(
        "H11a", _("中共正式党员"), _("须为中共正式党员。"), "off", "驻村第一书记选派条件", is_confirmed=False
    ),
    RuleDefinition(
        "H11b",
        _("工作年限"),
        _("按挂职开始日计算的工作年限不少于规定年数。"),
        "off",
        "《关于做好选派机关优秀干部到村任第一书记工作的通知》（2015年）",
        parameters=(Figure("least_work_years", _("最少工作年限"), 2, 0, 20, _("年")),),
    ),
    RuleDefinition(
        "H11c",
        _("不选派的职业"),
        _("不从所列职业中选派。"),
        "off",
        "云南省2021年驻村干部选派规定",
        parameters=(
            Choice(
                "occupations_left_out",
                _("不选派"),
                ("school_teacher", "hospital_staff"),
                OCCUPATIONS,
                is_many=True,
            ),
        ),
    ),
    RuleDefinition(
        "H12",
        _("剩余任职时间"),
        _("法定退休时间不早于挂职期满。"),
        "warn",
        "本单位规定；全国人大常委会关于实施渐进式延迟法定退休年龄的决定",
    ),
    RuleDefinition("R1", _("岗位年龄要求"), _("不超过岗位提出的年龄上限。"), "warn", "岗位需求表"),
    RuleDefinition("R2", _("岗位学历要求"), _("不低于岗位提出的最低学历。"), "warn", "岗位需求表"),
    RuleDefinition("R3", _("岗位职称要求"), _("不低于岗位提出的最低职称级别。"), "warn", "岗位需求表"),
    RuleDefinition("R4", _("岗位基层经历要求"), _("基层工作年限不少于岗位要求。"), "warn", "岗位需求表"),
    RuleDefinition("R5", _("岗位党员要求"), _("岗位要求中共正式党员的，须符合。"), "block", "岗位需求表"),
    RuleDefinition(
        "H13",
        _("派出单位不另派工作"),
        _("脱产挂职期间，派出单位不得安排本单位工作。"),
        "warn",
        "《关于做好选派机关优秀干部到村任第一书记工作的通知》（2015年）",
        stage=Stage.DAILY,
    ),
    RuleDefinition(
        "H14",
        _("挂职期间原职务变动"),
        _("变动原职务须事先征得组织部门同意。"),
        "block",
        "本单位规定",
        stage=Stage.DAILY,
    ),
    RuleDefinition(
        "H15",
        _("年度考核主体"),
        _("由哪一方考核，另一方必须提出意见。"),
        "block",
        "《公务员考核规定》第二十六条第二款",
        stage=Stage.ASSESSMENT,
        parameters=(Choice("assessing_party", _("考核主体"), "longer_side", ASSESSING_PARTIES),),
    ),
    RuleDefinition(
        "H16",
        _("不定等次与不得评优"),
        _("病事假超过半年不定等次；立案审查期间不写评语、不定等次；受警告处分不得评为优秀。"),
        "block",
        "《公务员考核规定》第二十七条至第二十九条",
        stage=Stage.ASSESSMENT,
        parameters=(Figure("leave_share", _("病事假上限占全年"), 50, 1, 100, PERCENT),),
    ),
    RuleDefinition(
        "H17",
        _("优秀比例"),
        _("优秀等次人数按参加考核人数分类计算，尾数舍去。"),
        "block",
        "《公务员考核规定》；《党政领导干部考核工作条例》",
        is_confirmed=False,
        stage=Stage.ASSESSMENT,
        parameters=(
            Figure("civil_percent", _("公务员"), 20, 0, 100, PERCENT),
            Figure("civil_approved_percent", _("公务员（经批准）"), 25, 0, 100, PERCENT),
            Figure("leader_percent", _("领导干部"), 25, 0, 100, PERCENT),
            Figure("leader_good_team_percent", _("领导干部（班子优秀）"), 30, 0, 100, PERCENT),
            Figure("leader_fair_team_percent", _("领导干部（班子一般）"), 20, 0, 100, PERCENT),
            Figure("leader_poor_team_percent", _("领导干部（班子较差）"), 15, 0, 100, PERCENT),
        ),
    ),
    RuleDefinition(
        "H18",
        _("考核结果公示与申诉"),
        _("优秀等次在本单位公示；结果书面告知本人签字；不服可申请复核、提出申诉。"),
        "block",
        "《公务员考核规定》；《公务员法》第九十五条、第九十六条",
        stage=Stage.ASSESSMENT,
        parameters=(Figure("posted_workdays", _("优秀公示"), 5, 1, 30, _("个工作日")),),
    ),
    RuleDefinition(
        "H19",
        _("等次由人确定"),
        _("得分只作参考，等次由考核主体写明理由后确定，系统不自动定等次。"),
        "block",
        "《党政领导干部考核工作条例》",
        stage=Stage.ASSESSMENT,
        is_fixed=True,
    ),
    RuleDefinition(
        "H20",
        _("无故脱岗"),
        _("第一次不得评优，第三次建议不称职；连续或累计超过法定天数的预警。"),
        "warn",
        "《公务员法》第八十八条；乡镇驻村干部管理办法",
        stage=Stage.DAILY,
        parameters=(
            Figure("absences_no_excellent", _("不得评优"), 1, 1, 10, _("次")),
            Figure("absences_incompetent", _("建议不称职"), 3, 1, 10, _("次")),
            Figure("days_running", _("连续预警"), 15, 1, 60, DAYS),
            Figure("days_in_year", _("全年累计预警"), 30, 1, 120, DAYS),
        ),
    ),
    RuleDefinition(
        "H21",
        _("请假过多建议召回"),
        _("全年请假超过规定天数的，建议召回另派。"),
        "off",
        "白河县2017年驻村管理规定",
        stage=Stage.DAILY,
        parameters=(Figure("leave_days", _("全年请假"), 30, 1, 180, DAYS),),
    ),
    RuleDefinition(
        "H22",
        _("不增加基层负担"),
        _("没有定位打卡、签到、在线时长、活跃排名和拍照留痕功能。"),
        "block",
        "《整治形式主义为基层减负若干规定》；整治“指尖上的形式主义”有关要求",
        stage=Stage.BUILT_IN,
        is_fixed=True,
    ),
)
RULE_BY_CODE: Mapping[str, RuleDefinition] = {rule.code: rule for rule in RULES}
ELIGIBILITY_RULES = tuple(rule.code for rule in RULES if rule.stage is Stage.ELIGIBILITY)
