"""表功: self-assessment far above that of others, to be given by assessments."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="claims_merit",
    place=22,
    title=_("表功"),
    meaning=_("自评明显高于他评，把集体成绩记在个人名下。"),
    waits_for=_("考核中的自评与他评"),
    counter_reading=_("打分尺度因人而异，本人负责的工作别人可能不了解。"),
    question=_("这些成绩里，本人具体做了哪一部分？"),
)
