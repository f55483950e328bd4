"""The post of a placement that no demand asked for."""

import datetime as dt

from secondment.accounts.models import User
from secondment.placements.queries import active
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.posts.queries import usual_direction
from secondment.units.models import Unit


def post_for(host: Unit, title: str, starts_on: dt.date, ends_on: dt.date, *, home: Unit, by: User) -> Post:
    """An approved post of that title with a place for the term, else a new one; joins the caller's transaction."""
    for post in Post.objects.filter(host_unit=host, title=title, state=PostState.APPROVED):
        there = active().filter(post=post, starts_on__lt=ends_on, ends_on__gt=starts_on).count()
        if there < post.headcount:
            return post
    return Post.objects.create(
        host_unit=host,
        title=title,
        direction=usual_direction(host, home),
        region=host.region,
        starts_on=starts_on,
        ends_on=ends_on,
        state=PostState.APPROVED,
        created_by=by,
    )
