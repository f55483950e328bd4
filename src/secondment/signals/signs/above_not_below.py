"""上热下冷: leaders rate high and the masses low, to be given by assessments."""

from django.utils.translation import gettext_lazy as _

from secondment.signals.sign import Sign

SIGN = Sign(
    code="above_not_below",
    place=25,
    title=_("上热下冷"),
    meaning=_("领导评价高，干部群众评价低。"),
    waits_for=_("考核中的民主测评"),
    counter_reading=_("有的工作得罪人但应当做，群众一时不理解。"),
    question=_("群众主要对哪件事有意见？"),
)
