"""What the impact assessment says about risks: each with what the product does against it."""

from django.utils.translation import gettext as _

from secondment.signals.rules import OWN_WORKDAYS
from secondment.signals.services.raising import ANSWER_WORKDAYS


def risks() -> list[tuple[str, str, str]]:
    """Risk, how grave, measure."""
    low, middle, high = _("低"), _("中"), _("高")
    days = {"answer": ANSWER_WORKDAYS, "own": OWN_WORKDAYS}
    return [
        (
            _("把提示当成结论，影响考核、任用"),
            high,
            _(
                "提示同时给出合理解释和要问的问题；不进干部名册、导出、检索、人才视图和匹配；使用必须由人登记用途和理由。"
            ),
        ),
        (
            _("本人不知情，没有机会说明"),
            high,
            _("用于谈话、督查抽取、报告之前，本人必须看到事实，并有%(own)s个工作日可以说明，否则系统拒绝。")
            % days,
        ),
        (
            _("记录不全造成误提示"),
            middle,
            _(
                "先问能说明的单位（%(answer)s个工作日内）；新到岗、病假、不脱产、经批准的公务不提示，并在页面列出人数；阈值可以试算、调整。"
            )
            % days,
        ),
        (
            _("按人汇总、排名，形成“黑名单”"),
            middle,
            _("没有按人排序、计数的页面；计数页只有人数，没有姓名。"),
        ),
        (
            _("知悉范围过大"),
            middle,
            _("只有被问的单位和主办组织部门能看；告知本人后，另一方单位和本人能看；每次查看留下日志。"),
        ),
        (
            _("长期留存"),
            low,
            _("六个月后自动删除，更正数据后次日重新查看，不再成立的不必说明。"),
        ),
        (
            _("泄露说明中的健康、家庭情况"),
            low,
            _("单位说明和本人说明加密保存，密钥不在数据库中。"),
        ),
    ]
