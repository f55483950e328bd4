"""Findings in words: what was found and what can be done, without names of relatives or health notes."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from secondment.algorithms.eligibility import Finding, Result
from secondment.campaigns.rule_catalogue import Text
from secondment.people.choices import Grade, Kinship, Occupation, PenaltyKind
from secondment.tables.codes import education, specialties
from secondment.tables.codes.code_list import UnknownCodeError
from secondment.tables.codes.titles import TitleLevel


@dataclass(frozen=True)
class Wording:
    """The sentence of a fact, and what to do when the rule is not met."""

    fact: Text
    remedy: Text = ""


CHANGE_POST = _("请改派其他岗位；确需到该岗位的，按程序报批后登记例外。")
CHANGE_PERSON = _("请另推荐人选；确需派出的，按程序报批后登记例外。")
FIX_RECORD = _("请派出单位在干部信息中补全或更正后重新审查。")

WORDINGS: Mapping[str, Wording] = {
    "H1.none": Wording(_("未发现与所列岗位有亲属回避关系")),
    "H1.leads": Wording(_("有亲属（%(kinship)s）在接收单位任领导职务"), CHANGE_POST),
    "H1.leads_sensitive": Wording(
        _("有亲属（%(kinship)s）在接收单位任领导职务，而该岗位从事组织、人事、纪检监察、审计或财务工作"),
        CHANGE_POST,
    ),
    "H1.leads_above": Wording(_("有亲属（%(kinship)s）在接收单位的直接上级单位任领导职务"), CHANGE_POST),
    "H1.works_there": Wording(
        _("有亲属（%(kinship)s）在接收单位工作"),
        _("请向接收单位核实是否同一领导直接隶属或有直接上下级领导关系。"),
    ),
    "H1.unrecognised": Wording(
        _("有 %(n)d 名家庭成员的亲属关系未能识别，无法判断是否需要回避"),
        _("请派出单位在干部信息的家庭成员中选择亲属类别后重新审查。"),
    ),
    "H2.none": Wording(_("未发现亲属经商办企业与岗位主管行业冲突")),
    "H2.regulates": Wording(_("近亲属经营的企业属于该岗位主管的行业（%(industry)s）"), CHANGE_POST),
    "H2.elsewhere": Wording(
        _("近亲属经营的企业属于该岗位主管的行业（%(industry)s），但登记在其他地区"),
        _("请核实企业业务是否涉及接收地。"),
    ),
    "H3.none": Wording(_("未发现需要地域回避的岗位")),
    "H3.grown_principal": Wording(_("该正职岗位在本人成长地"), CHANGE_POST),
    "H3.grown_deputy": Wording(_("该岗位在本人成长地，但不是正职"), _("请在讨论时说明理由。")),
    "H3.origin_principal": Wording(
        _("该正职岗位在本人籍贯地，成长地未填"), _("请派出单位核实并补填成长地后重新审查。")
    ),
    "H3.origin_deputy": Wording(
        _("该岗位在本人籍贯地，成长地未填，但不是正职"), _("请派出单位核实并补填成长地。")
    ),
    "H3b.none": Wording(_("所列岗位不在本人籍贯或成长地乡镇")),
    "H3b.native": Wording(_("该村在本人籍贯或成长地所在乡镇"), CHANGE_POST),
    "H4.none": Wording(_("没有影响期内的处分，未被立案审查调查")),
    "H4.investigation": Wording(_("正被立案审查调查"), _("请另推荐人选；结案后可重新审查。")),
    "H4.penalty": Wording(
        _("%(kind)s处分影响期至 %(until)s"), _("请另推荐人选；影响期在挂职开始前届满的，到期后重新审查。")
    ),
    "H5.free": Wording(_("挂职期间没有其他挂职任务")),
    "H5.overlap": Wording(
        _("已有挂职任务 %(start)s 至 %(until)s，与本批次重叠"), _("请另推荐人选，或先办结原挂职任务。")
    ),
    "H6.fits": Wording(_("本批次期限 %(months)s 个月，在 %(shortest)s 至 %(longest)s 个月之内")),
    "H6.too_long": Wording(
        _("本批次期限 %(months)s 个月，超过 %(longest)s 个月"), _("请核对批次起止日期，或在讨论时说明理由。")
    ),
    "H6.too_short": Wording(
        _("本批次期限 %(months)s 个月，不足 %(shortest)s 个月"), _("请核对批次起止日期，或在讨论时说明理由。")
    ),
    "H6.beyond_limit": Wording(
        _("本批次期限 %(months)s 个月，超过上限 %(limit)s 个月"), _("请缩短批次期限。")
    ),
    "H7.none": Wording(_("没有缺少计划文号的上挂")),
    "H7.no_plan": Wording(
        _("从县级及以下单位上挂，本批次没有选派计划文号"), _("请在批次中填写经批准的选派计划文号。")
    ),
    "H8.none": Wording(_("未发现夫妻双方同时驻村")),
    "H8.nominated": Wording(_("配偶在本批次同时被推荐"), _("请与派出单位商定只派一方驻村。")),
    "H8.in_village": Wording(_("配偶在同一时期已派到村任职"), _("请与派出单位商定只派一方驻村。")),
    "H9a.age": Wording(_("挂职开始时 %(age)s 周岁，上限 %(limit)s 周岁"), CHANGE_PERSON),
    "H9b.education": Wording(_("最高学历%(education)s，要求%(least)s及以上"), CHANGE_PERSON),
    "H9b.unknown": Wording(_("最高学历未填或不能识别"), FIX_RECORD),
    "H10.good": Wording(_("最近 %(n)s 年年度考核均为称职（合格）及以上")),
    "H10.grade": Wording(_("%(year)s 年度考核为%(grade)s"), CHANGE_PERSON),
    "H10.missing": Wording(_("最近 %(n)s 年年度考核只有 %(found)s 年记录"), FIX_RECORD),
    "H10.outdated": Wording(_("年度考核记录只到 %(year)s 年"), FIX_RECORD),
    "H11a.member": Wording(_("中共正式党员")),
    "H11a.not_member": Wording(_("不是中共正式党员"), CHANGE_PERSON),
    "H11b.years": Wording(_("挂职开始时工作满 %(years)s 年，要求 %(least)s 年"), CHANGE_PERSON),
    "H11b.unknown": Wording(_("参加工作时间未填"), FIX_RECORD),
    "H11c.allowed": Wording(_("不属于不选派的职业")),
    "H11c.left_out": Wording(_("属于不选派的职业：%(occupation)s"), CHANGE_PERSON),
    "H12.retires": Wording(
        _("法定退休时间 %(retires)s，挂职至 %(until)s"), _("请缩短期限或另推荐人选，或在讨论时说明理由。")
    ),
    "H12.unknown": Wording(_("出生日期或性别不能识别，无法计算退休时间"), FIX_RECORD),
    "R1.none": Wording(_("符合所列岗位的年龄要求")),
    "R1.age": Wording(_("挂职开始时 %(age)s 周岁，岗位要求不超过 %(limit)s 周岁"), CHANGE_POST),
    "R2.none": Wording(_("符合所列岗位的学历要求")),
    "R2.education": Wording(_("最高学历%(education)s，岗位要求%(least)s及以上"), CHANGE_POST),
    "R3.none": Wording(_("符合所列岗位的职称要求")),
    "R3.title": Wording(_("职称级别%(title)s，岗位要求%(least)s及以上"), CHANGE_POST),
    "R4.none": Wording(_("符合所列岗位的基层工作年限要求")),
    "R4.years": Wording(_("基层工作 %(years)s 年，岗位要求 %(least)s 年"), CHANGE_POST),
    "R5.none": Wording(_("符合所列岗位的党员要求")),
    "R5.not_member": Wording(_("岗位要求中共正式党员，本人不是"), CHANGE_POST),
}


def wording_of(finding: Finding) -> tuple[str, str]:
    """(fact, remedy) in the current language; a passed rule needs no remedy."""
    remedy = "" if finding.result is Result.PASS else remedy_sentence(finding.fact)
    return fact_sentence(finding.fact, finding.values), remedy


def fact_sentence(code: str, values: Mapping[str, object]) -> str:
    """What was found, in the current language; a code of a rule that is no more stands for itself."""
    if code not in WORDINGS:
        return code
    return str(WORDINGS[code].fact) % {name: _value_text(name, value) for name, value in values.items()}


def remedy_sentence(code: str) -> str:
    """What can be done about it, in the current language."""
    return str(WORDINGS[code].remedy) if code in WORDINGS else ""


def education_text(code: str) -> str:
    """The education of a code; nothing known reads 未填."""
    return _label(education.label_of, code)


def title_text(code: str) -> str:
    """The level of a professional title; nothing reads 无."""
    return TitleLevel(code).label if code in set(TitleLevel) else str(_("无"))


def _label(label_of: Callable[[str], str], code: str) -> str:
    try:
        return label_of(code)
    except UnknownCodeError:
        return code or str(_("未填"))


_TEXTS: Mapping[str, Callable[[str], str]] = {
    "kinship": lambda code: str(Kinship(code).label),
    "industry": lambda code: _label(specialties.label_of, code),
    "kind": lambda code: str(PenaltyKind(code).label),
    "grade": lambda code: str(Grade(code).label),
    "occupation": lambda code: str(Occupation(code).label),
    "education": education_text,
    "title": title_text,
}


def _value_text(name: str, value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if name == "least" and isinstance(value, str):
        return title_text(value) if value in set(TitleLevel) else education_text(value)
    return _TEXTS[name](value) if name in _TEXTS and isinstance(value, str) else str(value)
