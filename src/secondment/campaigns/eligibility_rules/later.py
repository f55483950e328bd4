"""Rules of daily management and of assessment: figures of a programme for the rooms that carry them out."""

from django.utils.translation import gettext_lazy as _

from secondment.campaigns.eligibility_rules.rule import (
    BUILT_IN,
    DAYS,
    IN_ASSESSMENT,
    IN_DAILY_WORK,
    MONTHS,
    OWN_RULES,
    PERCENT,
    POINTS,
    Choice,
    Figure,
    Rule,
)

ASSESSING_PARTIES = (
    ("longer_side", _("按当年挂职时间确定一方考核，听取另一方意见")),
    ("home", _("派出单位考核，以接收地组织部门意见为依据")),
)

APPEALABLE = (
    ("any", _("各等次均受理（不称职以外为本单位规定）")),
    ("incompetent", _("只受理不称职（法定）")),
)

LATER_RULES = (
    Rule(
        code="H13",
        title=_("派出单位不另派工作"),
        help=_("脱产挂职期间，派出单位不得安排本单位工作。"),
        basis="《关于做好选派机关优秀干部到村任第一书记工作的通知》（2015年）",
        carried_out=IN_DAILY_WORK,
    ),
    Rule(
        code="H14",
        title=_("挂职期间原职务变动"),
        help=_("变动原职务须事先征得组织部门同意。"),
        basis="本单位规定",
        mode="block",
        carried_out=IN_DAILY_WORK,
    ),
    Rule(
        code="H15",
        title=_("年度考核主体"),
        help=_("由哪一方考核，另一方必须提出意见。"),
        basis="《公务员考核规定》第二十六条第二款",
        mode="block",
        carried_out=IN_ASSESSMENT,
        parameters=(
            Choice("assessing_party", _("考核主体"), "longer_side", ASSESSING_PARTIES),
            Figure("host_share", _("接收单位考核，当年挂职工作日不少于全年的"), 50, 1, 100, PERCENT),
        ),
    ),
    Rule(
        code="H16",
        title=_("不定等次与不得评优"),
        help=_(
            "病事假超过规定期限（一般为半年）不定等次；立案审查期间不写评语、不定等次；受警告处分不得评为优秀。"
        ),
        basis="《公务员考核规定》第二十七条至第二十九条",
        mode="block",
        carried_out=IN_ASSESSMENT,
        parameters=(Figure("leave_share", _("病事假上限占全年"), 50, 1, 100, PERCENT),),
    ),
    Rule(
        code="H17",
        title=_("优秀比例"),
        help=_("优秀等次人数按参加考核人数分类计算，尾数舍去。"),
        basis="《公务员考核规定》；《党政领导干部考核工作条例》",
        mode="block",
        is_confirmed=False,
        carried_out=IN_ASSESSMENT,
        parameters=(
            Figure("civil_percent", _("公务员"), 20, 0, 100, PERCENT),
            Figure("civil_approved_percent", _("公务员（经批准）"), 25, 0, 100, PERCENT),
            Figure("leader_percent", _("领导干部"), 25, 0, 100, PERCENT),
            Figure("leader_good_team_percent", _("领导干部（班子优秀）"), 30, 0, 100, PERCENT),
            Figure("leader_fair_team_percent", _("领导干部（班子一般）"), 20, 0, 100, PERCENT),
            Figure("leader_poor_team_percent", _("领导干部（班子较差）"), 15, 0, 100, PERCENT),
        ),
    ),
    Rule(
        code="H18",
        title=_("考核结果公示与申诉"),
        help=_("优秀等次在本单位公示；结果书面告知本人签字；不服可申请复核、提出申诉。"),
        basis="《公务员考核规定》；《公务员法》第九十五条、第九十六条",
        mode="block",
        carried_out=IN_ASSESSMENT,
        parameters=(
            Figure("posted_workdays", _("优秀公示"), 5, 1, 30, _("个工作日")),
            Choice("appealable", _("受理复核申诉的等次"), "any", APPEALABLE),
            Figure("review_days", _("申请复核，签收结果后"), 30, 30, 180, DAYS),
            Figure("review_decided_days", _("复核决定，提出后"), 30, 1, 30, DAYS),
            Figure("appeal_after_review_days", _("提出申诉，签收复核决定后"), 15, 15, 180, DAYS),
            Figure("appeal_days", _("不经复核直接申诉，签收结果后"), 30, 30, 180, DAYS),
            Figure("appeal_decided_days", _("申诉决定，提出后"), 60, 1, 60, DAYS),
            Figure("appeal_extension_days", _("申诉延长办理，最多"), 30, 0, 30, DAYS),
        ),
    ),
    Rule(
        code="H19",
        title=_("等次由考核主体确定"),
        help=_("得分仅供参考，等次由考核主体写明理由后确定，系统不自动定等次。"),
        basis="《党政领导干部考核工作条例》",
        mode="block",
        carried_out=IN_ASSESSMENT,
        is_fixed=True,
    ),
    Rule(
        code="H20",
        title=_("无故脱岗"),
        help=_("第一次不得评优，第三次建议不称职；连续或累计超过法定天数的预警。"),
        basis="《公务员法》第八十八条；乡镇驻村干部管理办法",
        carried_out=IN_DAILY_WORK,
        parameters=(
            Figure("absences_no_excellent", _("不得评优"), 1, 1, 10, _("次")),
            Figure("absences_incompetent", _("建议不称职"), 3, 1, 10, _("次")),
            Figure("days_running", _("连续预警"), 15, 1, 60, DAYS),
            Figure("days_in_year", _("全年累计预警"), 30, 1, 120, DAYS),
        ),
    ),
    Rule(
        code="H21",
        title=_("请假过多建议召回"),
        help=_("全年请假超过规定天数的，建议召回另派。"),
        basis=OWN_RULES,
        is_confirmed=False,
        mode="off",
        carried_out=IN_DAILY_WORK,
        parameters=(Figure("leave_days", _("全年请假"), 30, 1, 180, DAYS),),
    ),
    Rule(
        code="H22",
        title=_("不增加基层负担"),
        help=_("没有定位打卡、签到、在线时长、活跃排名和拍照留痕功能。"),
        basis="《整治形式主义为基层减负若干规定》；整治“指尖上的形式主义”有关要求",
        mode="block",
        carried_out=BUILT_IN,
        is_fixed=True,
    ),
    Rule(
        code="H23",
        title=_("民主测评"),
        help=_(
            "每人每个考核年度至多测评一次；期满前不久封存的测评，期满考核直接采用。平时、中期、专项考核不测评。"
            "各组参评人数和有效票比例按此计算，人数为 0 的全员参评。"
        ),
        basis="《党政领导干部考核工作条例》；本单位规定",
        mode="block",
        is_confirmed=False,
        carried_out=IN_ASSESSMENT,
        parameters=(
            Figure("reuse_months", _("期满考核直接采用的测评，封存距期满不超过"), 6, 0, 12, MONTHS),
            Figure("turnout_thirds", _("有效票占参评人数不低于（0 为不规定）"), 2, 0, 3, _("/3")),
            Figure("leaders", _("每个接收单位参评领导"), 0, 0, 200, _("人")),
            Figure("colleagues", _("每个接收单位参评同事"), 15, 0, 200, _("人")),
            Figure("masses", _("每个接收单位参评群众（服务对象）"), 20, 0, 500, _("人")),
            Figure("home", _("每个派出单位参评人员"), 10, 0, 200, _("人")),
        ),
    ),
    Rule(
        code="H24",
        title=_("平时考核"),
        help=_(
            "接收单位每季度一行评定等次，不另写材料。提示：评定并提示；否决：好等次不够、有一般或较差的，当年不得评优。"
        ),
        basis="《公务员平时考核办法（试行）》；《党政领导干部考核工作条例》",
        mode="off",
        is_confirmed=False,
        carried_out=IN_ASSESSMENT,
        parameters=(
            Figure("most_good_percent", _("好等次不超过"), 40, 1, 100, PERCENT),
            Figure("least_good_percent", _("年度评优，好等次不少于当年各季度的"), 50, 1, 100, PERCENT),
        ),
    ),
    Rule(
        code="H25",
        title=_("中期评估"),
        help=_(
            "任期过半时，由接收单位和主办组织部门各提一次建议：继续、调整或召回。只提建议，另按程序办理。"
        ),
        basis=OWN_RULES,
        mode="off",
        is_confirmed=False,
        carried_out=IN_ASSESSMENT,
    ),
    Rule(
        code="H26",
        title=_("参考分数段"),
        help=_("得分落在哪一段，只供会议参考，不自动成为等次。"),
        basis=OWN_RULES,
        is_confirmed=False,
        is_fixed=True,
        carried_out=IN_ASSESSMENT,
        parameters=(
            Figure("excellent_from", _("优秀段，不低于"), 90, 3, 100, POINTS),
            Figure("competent_from", _("称职（合格）段，不低于"), 70, 2, 99, POINTS),
            Figure("basic_from", _("基本称职（基本合格）段，不低于"), 60, 1, 98, POINTS),
        ),
    ),
)
