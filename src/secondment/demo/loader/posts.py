"""Host posts with their tasks."""

import datetime as dt
from collections.abc import Sequence

from secondment.accounts.models import User
from secondment.demo.facts import DemoPost
from secondment.demo.loader.people import phone
from secondment.posts.choices import PostState
from secondment.posts.models import Post, PostTask
from secondment.posts.services import owe_decision
from secondment.units.models import Unit

BATCH = 1000
FIRST_NUMBER = 10_000_000  # behind those of the people
SAME_NAMES = [
    "code",
    "title",
    "direction",
    "starts_on",
    "ends_on",
    "duties",
    "rank",
    "hardship",
    "education_code",
    "title_level",
    "oldest_age",
    "grassroots_years",
    "requires_party_member",
    "is_principal",
    "organ_kind",
    "lodging",
    "contact_leader",
    "contact_name",
    "mentor",
    "state",
    "opinion",
]
LISTS = ("specialties", "abilities", "sensitive_work", "industries")


def load_posts(
    posts: Sequence[DemoPost], units: dict[str, Unit], *, by: User, on: dt.date
) -> dict[str, Post]:
    """Save all posts, and owe a decision on those handed in; returns them by key."""
    saved = {
        post.key: _post(post, units, by, phone(number))
        for number, post in enumerate(posts, start=FIRST_NUMBER)
    }
    Post.objects.bulk_create(saved.values(), batch_size=BATCH)
    PostTask.objects.bulk_create(
        (task for post in posts for task in _tasks(post, saved[post.key])), batch_size=BATCH
    )
    for row in saved.values():
        if row.state == PostState.SUBMITTED:
            owe_decision(row, on=on)
    return saved


def _post(post: DemoPost, units: dict[str, Unit], by: User, phone: str) -> Post:
    return Post(
        contact_phone=phone,
        host_unit=units[post.unit],
        region_id=post.region or None,
        created_by=by,
        **{name: getattr(post, name) for name in SAME_NAMES},
        **{name: list(getattr(post, name)) for name in LISTS},
    )


def _tasks(post: DemoPost, row: Post) -> list[PostTask]:
    return [
        PostTask(
            post=row,
            position=number,
            name=task.name,
            measure=task.measure,
            target=task.target,
            measure_unit=task.measure_unit,
            due_on=row.last_day,
        )
        for number, task in enumerate(post.tasks, start=1)
    ]
