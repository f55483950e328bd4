"""What a standard may begin with: three templates, and four ways to weigh the groups that judge."""

from secondment.standards.presets.enterprise import ENTERPRISE
from secondment.standards.presets.groups import GROUP_PRESETS, GroupPreset
from secondment.standards.presets.party_government import PARTY_GOVERNMENT
from secondment.standards.presets.specialist import SPECIALIST
from secondment.standards.presets.template import LEVEL_NAMES, LEVEL_SCORES, Template

TEMPLATES = (PARTY_GOVERNMENT, SPECIALIST, ENTERPRISE)

__all__ = ["GROUP_PRESETS", "LEVEL_NAMES", "LEVEL_SCORES", "TEMPLATES", "GroupPreset", "Template"]
