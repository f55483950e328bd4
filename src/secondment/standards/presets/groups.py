"""How much each group counts: presets with their basis."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class GroupPreset:
    """Percent by group; `basis` is kept with the version, in Chinese."""

    code: str
    label: str | Promise
    weights: dict[str, int]
    basis: str


GROUP_PRESETS = {
    preset.code: preset
    for preset in (
        GroupPreset(
            "R1",
            _("R1 机关"),
            {"leaders": 20, "colleagues": 40, "organisation": 40},
            "参照机关考核办法通行做法：分管领导20%、干部职工40%、考核组40%",
        ),
        GroupPreset(
            "R2",
            _("R2 有服务对象的机关"),
            {"leaders": 25, "colleagues": 25, "masses": 15, "home": 5, "organisation": 30},
            "本系统建议：在R1基础上加入服务对象和派出单位",
        ),
        GroupPreset(
            "R3",
            _("R3 驻村"),
            {"leaders": 20, "colleagues": 20, "masses": 30, "home": 5, "organisation": 25},
            "参照驻村干部考核做法：群众评价占30%；乡镇领导、村干部和党员各20%",
        ),
        GroupPreset(
            "R4",
            _("R4 企业"),
            {"leaders": 30, "colleagues": 30, "masses": 10, "home": 5, "organisation": 25},
            "本系统建议：领导和职工各30%，客户及合作方10%",
        ),
    )
}
