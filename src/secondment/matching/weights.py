"""The nine components of the fit as users weigh them: integers from 0 to 100."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.algorithms.fit import COMPONENTS
from secondment.campaigns.models import Campaign
from secondment.campaigns.parameter_readers import weights

FORMULAS: Mapping[str, Promise] = {
    "specialty": _("岗位所列专业中符合 c 项、共 w 项：一项不符为 0，否则 0.6 + 0.4 × c ÷ w"),
    "needed_abilities": _("岗位所需各项能力得分（0—1）的平均"),
    "growth": _("本人低于自身平均的能力短板中，岗位能锻炼到的比例"),
    "rank": _("职级相差 d 档：1 − d ÷ 3，相差三档及以上为 0"),
    "experience": _("基层工作年限 ÷（岗位要求年限 + 3），最高为 1"),
    "person_preference": _("第 r 志愿：1 −（r − 1）÷ 可填志愿数；未填该岗位为 0"),
    "host_preference": _("接收单位意向第 r 位、共列 n 人：1 −（r − 1）÷ n；未列入为 0"),
    "distance": _("本人希望就近的：同县 1，同市（直辖市内）0.7，同省 0.4，其他 0；省内地市不明的不评定"),
    "continuity": _("派出单位曾向该接收单位派人为 1，曾向同县派人为 0.5，其他 0"),
}


def weights_of(campaign: Campaign) -> dict[str, int]:
    """The campaign's own weights, else those of its programme, else the defaults."""
    stated = campaign.weights or weights(campaign)
    return {name: int(stated.get(name, 0)) for name in COMPONENTS}
