"""The appointment form as in its file: every text unchanged except for outer spaces, plus the photo."""

from dataclasses import dataclass, field

# Tag of the file → field of `AppointmentForm`, in the order the official program writes them.
TEXT_TAGS = {
    "XingMing": "name",
    "XingBie": "sex",
    "ChuShengNianYue": "born",
    "MinZu": "ethnic_group",
    "JiGuan": "ancestral_home",
    "ChuShengDi": "birthplace",
    "RuDangShiJian": "joined_party",
    "CanJiaGongZuoShiJian": "started_work",
    "DaoLingNianYue": "reaches_age_limit",
    "JianKangZhuangKuang": "health",
    "ZhuanYeJiShuZhiWu": "professional_title",
    "ShuXiZhuanYeYouHeZhuanChang": "specialty",
    "QuanRiZhiJiaoYu_XueLi": "full_time_education",
    "QuanRiZhiJiaoYu_XueWei": "full_time_degree",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "full_time_education_school",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "full_time_degree_school",
    "ZaiZhiJiaoYu_XueLi": "on_the_job_education",
    "ZaiZhiJiaoYu_XueWei": "on_the_job_degree",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "on_the_job_education_school",
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "on_the_job_degree_school",
    "XianRenZhiWu": "current_post",
    "NiRenZhiWu": "proposed_post",
    "NiMianZhiWu": "post_to_leave",
    "JianLi": "career",
    "JiangChengQingKuang": "rewards_and_penalties",
    "NianDuKaoHeJieGuo": "annual_grades",
    "RenMianLiYou": "reason",
    "ChengBaoDanWei": "reporting_unit",
    "GaiGeQianRenZhiNianLingJieXian": "age_limit_before_reform",
    "JiSuanNianLingShiJian": "age_counted_on",
    "TianBiaoShiJian": "filled_in_on",
    "TianBiaoRen": "filled_in_by",
    "ShenFenZheng": "identity_number",
    "Version": "version",
}
FAMILY_TAG = "JiaTingChengYuan"
PHOTO_TAG = "ZhaoPian"
FAMILY_TAGS = {
    "ChengWei": "relation",
    "XingMing": "name",
    "ChuShengRiQi": "born",
    "ZhengZhiMianMao": "political_status",
    "GongZuoDanWeiJiZhiWu": "unit_and_post",
}
_OCCASIONAL = {"DaoLingNianYue", "GaiGeQianRenZhiNianLingJieXian"}


def _full_order() -> tuple[str, ...]:
    tags = [*TEXT_TAGS]
    tags.insert(tags.index("ChengBaoDanWei"), FAMILY_TAG)
    tags.insert(tags.index("Version"), PHOTO_TAG)
    return tuple(tags)


# All tags known from the versions seen, and those every version writes.
FULL_TAG_ORDER = _full_order()
STANDARD_TAG_ORDER = tuple(tag for tag in FULL_TAG_ORDER if tag not in _OCCASIONAL)


@dataclass(frozen=True)
class FamilyMember:
    """One row of 家庭主要成员及重要社会关系."""

    relation: str = ""
    name: str = ""
    born: str = ""
    political_status: str = ""
    unit_and_post: str = ""


@dataclass(frozen=True)
class UnknownTag:
    """A tag this version does not know, kept so that it can be written back."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple["UnknownTag", ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a file was laid out, so that an unchanged form is written back byte for byte where possible."""

    has_bom: bool = False
    text_newline: str = "\r\n"
    ending: str = "\r\n"


@dataclass(frozen=True)
class AppointmentForm:
    """One 干部任免审批表; texts with several lines use a bare line feed; `tag_order` is that of the file.

    `n_control_characters` counts what a word processor left behind and XML forbids; such characters are dropped.
    """

    name: str = ""
    sex: str = ""
    born: str = ""
    ethnic_group: str = ""
    ancestral_home: str = ""
    birthplace: str = ""
    joined_party: str = ""
    started_work: str = ""
    reaches_age_limit: str = ""
    health: str = ""
    professional_title: str = ""
    specialty: str = ""
    full_time_education: str = ""
    full_time_degree: str = ""
    full_time_education_school: str = ""
    full_time_degree_school: str = ""
    on_the_job_education: str = ""
    on_the_job_degree: str = ""
    on_the_job_education_school: str = ""
    on_the_job_degree_school: str = ""
    current_post: str = ""
    proposed_post: str = ""
    post_to_leave: str = ""
    career: str = ""
    rewards_and_penalties: str = ""
    annual_grades: str = ""
    reason: str = ""
    family: tuple[FamilyMember, ...] = ()
    reporting_unit: str = ""
    age_limit_before_reform: str = ""
    age_counted_on: str = ""
    filled_in_on: str = ""
    filled_in_by: str = ""
    identity_number: str = ""
    photo: bytes = b""
    version: str = ""
    unknown: tuple[UnknownTag, ...] = ()
    n_control_characters: int = field(default=0, compare=False)
    tag_order: tuple[str, ...] = STANDARD_TAG_ORDER
    layout: Layout = Layout()
