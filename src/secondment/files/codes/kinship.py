"""Classes of kinship that matter for recusal (公务员法 art. 74 and the rules on recusal of civil servants)."""

from enum import StrEnum


class Kinship(StrEnum):
    """The closest class decides; `ADOPTIVE_OR_STEP` (2020 revision) is to be confirmed."""

    SPOUSE = "spouse"
    LINEAL = "lineal"
    COLLATERAL = "collateral"
    NEAR_IN_LAW = "in_law"
    ADOPTIVE_OR_STEP = "adoptive_or_step"

    @property
    def label(self) -> str:
        """The words of the rule."""
        return _LABELS[self.value]


_LABELS = {
    "spouse": "夫妻",
    "lineal": "直系血亲",
    "collateral": "三代以内旁系血亲",
    "in_law": "近姻亲",
    "adoptive_or_step": "养父母子女、形成抚养关系的继父母子女",
}
