"""The six structures of the force, each a question with its dimensions; the first dimension is drawn."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import Ability


@dataclass(frozen=True)
class Question:
    """One page: what it asks, by which dimensions it is answered, and the classes its sentence is about.

    With `leads_with_most` the sentence is about the dimension in which those classes have the greatest share.

    `told` names classes of the first dimension that the sentence adds up, and `told_words` what they are called together.
    """

    key: str
    title: Promise
    asks: Promise
    dimensions: tuple[str, ...]
    told: tuple[str, ...]
    told_words: Promise
    note: Promise | str = ""
    leads_with_most: bool = False


QUESTIONS = (
    Question(
        "age",
        _("年龄结构"),
        _("各年龄段各有多少人，男女各多少？"),
        ("age", "sex", "years_in_rank"),
        ("to_30", "from_31_to_35"),
        _("35岁及以下"),
    ),
    Question(
        "specialty",
        _("专业结构"),
        _("哪些专业领域有人，哪些缺人？"),
        ("specialty", "title", "category"),
        ("agriculture",),
        _("农林水"),
        _("一人可有多个专业领域，每个各计一次，各类人数之和可大于总人数。"),
    ),
    Question(
        "knowledge",
        _("知识结构"),
        _("学过什么、知识面有多宽、在基层干过多久？"),
        ("discipline", "breadth", "grass_roots"),
        ("agronomy", "engineering", "science"),
        _("理、工、农学"),
        _("学科门类取自所填学位；未填基层工作年限的按0年计。"),
    ),
    Question(
        "education",
        _("学历结构"),
        _("全日制与在职教育各到什么层次？"),
        ("education", "education_full_time", "education_on_job", "education_mode", "degree"),
        ("postgraduate", "undergraduate"),
        _("大学本科及以上"),
    ),
    Question(
        "ability",
        _("能力结构"),
        _("五项能力有多少人评过、评得怎样？"),
        tuple(f"ability_{code}" for code in Ability.values),
        ("fair", "rather_poor"),
        _("一般和较差"),
        _(
            "取截至日期前最近一次评价；同一天的，考核测评先于组织评价，组织评价先于本人自评。没有评价的计入未填，不推算。"
        ),
        leads_with_most=True,
    ),
    Question(
        "potential",
        _("发展潜力"),
        _("与发展有关的事实有哪些？"),
        ("excellent_years", "reserve", "years_in_rank", "posts_held", "grass_roots"),
        ("times_2", "times_3"),
        _("近三年两次以上优秀"),
        _("只并列事实，不合成分数，不给任何人排名。"),
    ),
)
BY_KEY = {one.key: one for one in QUESTIONS}
