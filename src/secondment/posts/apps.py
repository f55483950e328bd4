"""App configuration."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Host posts and what they require."""

    name = "secondment.posts"
