"""App configuration."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Host posts and what they require."""

    name = "secondment.posts"

    def ready(self) -> None:
        """Register what depends on units."""
        from secondment.posts import dependents  # noqa: F401 -- importing registers
