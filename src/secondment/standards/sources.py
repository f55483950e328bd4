"""Where the value of an indicator comes from: a closed list, and words that ask for a second thought.

Logs, photographs, meetings, the press and the praise of leaders are no sources: what is counted is made for the count
(domain rules on formalism). Nothing outside this list can be chosen, and nothing here may be added without a basis.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed
from secondment.files.codes.standards import SOURCES
from secondment.standards.choices import IndicatorKind


class Source(models.TextChoices):
    """What an indicator is read from."""

    RATED = listed(SOURCES, "rated")
    TASK_BOOK = listed(SOURCES, "task_book")
    AGREEMENT = listed(SOURCES, "agreement")
    EVIDENCE = listed(SOURCES, "evidence")
    ACCOUNTS = listed(SOURCES, "accounts")
    PRESENCE = listed(SOURCES, "presence")
    CONCLUSION = listed(SOURCES, "conclusion")


COUNTED = (Source.TASK_BOOK, Source.AGREEMENT, Source.EVIDENCE, Source.ACCOUNTS, Source.PRESENCE)
SOURCES_OF: dict[str, tuple[Source, ...]] = {
    IndicatorKind.RATED: (Source.RATED,),
    IndicatorKind.QUANTITATIVE: COUNTED,
    IndicatorKind.GATE: (Source.CONCLUSION, Source.PRESENCE),
    IndicatorKind.VETO: (Source.CONCLUSION, Source.PRESENCE),
}

# traces, pictures, meetings, press and propaganda, praise, clicks
WORDS = (
    *("台账", "痕迹", "留痕", "日志", "笔记", "打卡", "签到", "轨迹", "在线时长"),
    *("照片", "拍照", "截图", "视频"),
    *("会议次数", "开会", "会议记录", "会议纪要", "参会"),
    *("简报", "信息报送", "信息采用", "宣传报道", "新闻报道", "媒体", "报刊", "刊发", "稿件"),
    *("领导批示", "批示", "领导表扬", "领导肯定", "领导认可", "点赞", "转发", "网络投票", "积分排名"),
)
BASIS = _(
    "《整治形式主义为基层减负若干规定》：不以拍照留痕、学习笔记、是否开会等作为评价标准，领导批示、宣传报道不作为督查考核内容；"
    "国办函〔2026〕12号：不得强制打卡签到、积分排名，不得把上传照片、轨迹作为考核依据"
)


def words_in(texts: Iterable[str]) -> list[str]:
    """The words of the list that the texts contain, in the order of the list; a word inside a longer one counts once."""
    whole = "\n".join(texts)
    found = [word for word in WORDS if word in whole]
    return [word for word in found if not any(word != other and word in other for other in found)]
