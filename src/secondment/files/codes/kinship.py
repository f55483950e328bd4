"""Classes of kinship that matter for recusal (公务员法 art. 74 and the rules on recusal of civil servants)."""

from enum import StrEnum


class Kinship(StrEnum):
    """The closest class decides; `ADOPTIVE_OR_STEP` (2020 revision) is to be confirmed."""

    SPOUSE = "spouse"
    LINEAL = "lineal"
    COLLATERAL = "collateral"
    NEAR_IN_LAW = "in_law"
    ADOPTIVE_OR_STEP = "adoptive_or_step"
