"""当特使: hospitality beyond the ordinary, to be found by inspections."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="special_envoy",
    place=21,
    title=_("当特使"),
    meaning=_("接待、陪同超出一般工作需要，把挂职干部当作上级来客。"),
    waits_for=_("督查中的接待事项"),
    counter_reading=_("单位可能只是热情，或者同一天另有接待任务。"),
    question=_("这次接待按什么标准安排，由谁审批？"),
)
