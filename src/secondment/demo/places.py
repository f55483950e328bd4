"""Real places and organisations of the demo, by their public names; the people in them are invented."""

from dataclasses import dataclass

from secondment.units.choices import UnitKind


@dataclass(frozen=True)
class Organisation:
    """A sending organisation: name, kind, and the specialties its people tend to have."""

    name: str
    kind: UnitKind
    specialties: tuple[str, ...]


def _organisations(kind: UnitKind, table: str) -> tuple[Organisation, ...]:
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(Organisation(name, kind, tuple(tags)) for name, *tags in rows)


# A county-level farming district of Beijing and how many of the 234 and 117 villages the demo puts there.
FARMING_DISTRICTS = {
    "110105": ("朝阳区", 0, 3),
    "110106": ("丰台区", 0, 3),
    "110108": ("海淀区", 0, 3),
    "110109": ("门头沟区", 36, 8),
    "110111": ("房山区", 40, 16),
    "110112": ("通州区", 6, 12),
    "110113": ("顺义区", 8, 12),
    "110114": ("昌平区", 12, 10),
    "110115": ("大兴区", 10, 14),
    "110116": ("怀柔区", 36, 8),
    "110117": ("平谷区", 24, 10),
    "110118": ("密云区", 38, 10),
    "110119": ("延庆区", 24, 8),
}

ORGANISATIONS = (
    *_organisations(
        UnitKind.PARTY_ORGAN,
        """
        市委办公厅 party_affairs politics_law
        市纪委市监委 politics_law party_affairs
        市委宣传部 culture_tourism party_affairs
        市委统战部 party_affairs
        市委政法委 politics_law
        市委社会工作部 party_affairs politics_law
        市直机关工委 party_affairs
        市委研究室 economy_finance party_affairs
        市委党校 party_affairs education
        市委网信办 information_technology culture_tourism
        """,
    ),
    *_organisations(
        UnitKind.PEOPLES_ORGANISATION,
        """
        市总工会 party_affairs
        团市委 party_affairs education
        市妇联 party_affairs
        市科协 industry_technology
        市残联 party_affairs health
        市工商联 commerce_foreign economy_finance
        市文联 culture_tourism
        市红十字会 health
        """,
    ),
    *_organisations(
        UnitKind.GOVERNMENT_ORGAN,
        """
        市政府办公厅 party_affairs economy_finance
        市发展改革委 economy_finance planning_construction
        市教委 education
        市科委 industry_technology information_technology
        市经济和信息化局 industry_technology information_technology
        市民族宗教委 party_affairs
        市公安局 politics_law
        市民政局 party_affairs politics_law
        市司法局 politics_law
        市财政局 accounting_audit economy_finance
        市人力资源社会保障局 party_affairs economy_finance
        市规划自然资源委 planning_construction environment
        市生态环境局 environment
        市住房城乡建设委 planning_construction
        市城市管理委 planning_construction environment
        市交通委 planning_construction
        市水务局 agriculture environment
        市农业农村局 agriculture
        市商务局 commerce_foreign
        市文化和旅游局 culture_tourism
        市卫生健康委 health
        市退役军人局 party_affairs
        市应急局 emergency
        市审计局 accounting_audit
        市外办 commerce_foreign
        市国资委 economy_finance accounting_audit
        市市场监管局 politics_law economy_finance
        市广电局 culture_tourism
        市文物局 culture_tourism
        市体育局 education
        市统计局 economy_finance
        市园林绿化局 agriculture environment
        市医保局 health economy_finance
        市信访办 politics_law
        市政务服务和数据局 information_technology
        市税务局 accounting_audit
        """,
    ),
    *_organisations(
        UnitKind.STATE_ENTERPRISE,
        """
        首钢集团 industry_technology
        北汽集团 industry_technology
        京东方科技集团 industry_technology information_technology
        北京控股集团 economy_finance planning_construction
        首都农业食品集团 agriculture commerce_foreign
        北京银行 economy_finance
        北京农商银行 economy_finance agriculture
        首创集团 planning_construction environment
        北京建工集团 planning_construction
        北京城建集团 planning_construction
        北京排水集团 environment
        北京自来水集团 environment
        北京燃气集团 industry_technology emergency
        北京热力集团 industry_technology
        北京公交集团 planning_construction
        北京地铁公司 planning_construction
        首旅集团 culture_tourism commerce_foreign
        北京电控集团 industry_technology
        王府井集团 commerce_foreign
        北京祥龙资产公司 economy_finance
        """,
    ),
    *_organisations(
        UnitKind.UNIVERSITY,
        """
        北京工业大学 industry_technology information_technology
        首都医科大学 health
        首都师范大学 education
        首都经济贸易大学 economy_finance
        北京建筑大学 planning_construction
        北京农学院 agriculture
        北京工商大学 commerce_foreign accounting_audit
        北京信息科技大学 information_technology
        北京联合大学 education culture_tourism
        北京服装学院 culture_tourism
        首都体育学院 education
        北京石油化工学院 industry_technology
        """,
    ),
    *_organisations(
        UnitKind.PUBLIC_INSTITUTION,
        """
        市农林科学院 agriculture
        市社会科学院 economy_finance
        市疾控中心 health
        首都图书馆 culture_tourism
        """,
    ),
)

# Host units of the 什邡 campaign after the earthquake of 2008-05-12: city organs and real townships.
SHIFANG = "510682"
SHIFANG_ORGANS = (
    "市委办公室",
    "市委组织部",
    "市发展和改革局",
    "市教育局",
    "市民政局",
    "市财政局",
    "市规划和建设局",
    "市交通局",
    "市水务局",
    "市农业局",
    "市卫生局",
    "市文化体育局",
    "市旅游局",
    "市环境保护局",
)
