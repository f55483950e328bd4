"""A post as the nominee is shown it: where, what for, how long, who held it before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.campaigns.models import Campaign, CampaignPost
from secondment.common.components import Fact
from secondment.people.whereabouts import whereabouts
from secondment.posts.models import Post, PostTask
from secondment.units.queries import place_of


@dataclass(frozen=True)
class OfferedPost:
    """A post of the campaign with its facts and tasks."""

    pk: int
    post: Post
    place: str
    facts: Sequence[Fact]
    tasks: Sequence[str]

    @property
    def label(self) -> str:
        """How the list of posts names it."""
        return f"{self.place} {self.post.title}"


def offered_posts(campaign: Campaign) -> list[OfferedPost]:
    """Every post of the campaign, by host unit; three queries whatever their number."""
    rows = list(
        CampaignPost.objects.filter(campaign=campaign)
        .select_related("post__host_unit__parent", "post__region")
        .prefetch_related("post__tasks")
        .order_by("post__host_unit__path", "pk")
    )
    before = _predecessors(rows)
    return [
        OfferedPost(
            one.pk,
            one.post,
            place_of(one.post.host_unit),
            _facts(one.post, campaign, before.get(one.post_id, "")),
            [_task(task) for task in one.post.tasks.all()],
        )
        for one in rows
    ]


def _predecessors(rows: Sequence[CampaignPost]) -> dict[int, str]:
    """The last person in each post; later terms come last."""
    held = whereabouts().received().filter(post__in=[one.post_id for one in rows])
    return dict(held.order_by("starts_on", "pk").values_list("post_id", "person__name"))


def _task(task: PostTask) -> str:
    """What is to be reached, in one line."""
    return f"{task.name}：{task.measure} {task.target.normalize():f}{task.measure_unit}"


def _facts(post: Post, campaign: Campaign, before: str) -> list[Fact]:
    term = _("%(first)s 至 %(last)s") % {"first": campaign.starts_on, "last": campaign.last_day}
    return [
        Fact(_("工作地点"), post.region.full_name if post.region else ""),
        Fact(_("挂职时间"), term),
        Fact(_("前任"), before),
        Fact(_("食宿交通"), post.lodging),
        Fact(_("职责"), post.duties, is_wide=True),
    ]
