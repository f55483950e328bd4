"""表功: self-assessment far above that of others; no form asks for a mark of oneself, and none is added for it."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="claims_merit",
    place=22,
    title=_("表功"),
    meaning=_("自评明显高于他评，把集体成绩记在个人名下。"),
    waits_for=_("述职材料中的自评分；现有表格都不要求自评打分，不为这项提示增加填报"),
    counter_reading=_("打分尺度因人而异，本人负责的工作别人可能不了解。"),
    question=_("这些成绩里，本人具体做了哪一部分？"),
)
