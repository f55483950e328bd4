"""花架子: an accepted task that is gone when looked at again, to be found by inspections."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="showpiece",
    place=23,
    title=_("花架子"),
    meaning=_("已经验收的任务，复查时找不到实物或者已经废弃。"),
    waits_for=_("督查复查"),
    counter_reading=_("可能因灾毁、征收或者移交后停用。"),
    question=_("验收后由谁管护，什么时候停用的？"),
)
