"""Writes to demands for posts, one function per action of a user."""

from secondment.posts.services.editing import change_post, copy_post, create_post
from secondment.posts.services.flow import (
    approve_posts,
    owe_decision,
    return_post,
    submit_posts,
    withdraw_post,
)
from secondment.posts.services.importing import import_posts
from secondment.posts.services.villages import create_village_posts

__all__ = [
    "approve_posts",
    "change_post",
    "copy_post",
    "create_post",
    "create_village_posts",
    "import_posts",
    "owe_decision",
    "return_post",
    "submit_posts",
    "withdraw_post",
]
