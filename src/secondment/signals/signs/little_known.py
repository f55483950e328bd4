"""不了解比例高: many raters who do not know the person, to be given by assessments."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="little_known",
    place=24,
    title=_("不了解比例高"),
    meaning=_("测评中选“不了解”的比例偏高。"),
    waits_for=_("考核中的民主测评"),
    counter_reading=_("刚到岗，或者参评人员本来就少打交道。"),
    question=_("本人平时在哪里办公，走访过哪些地方？"),
)
