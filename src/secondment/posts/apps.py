"""App configuration."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Host posts and what they require."""

    name = "secondment.posts"

    def ready(self) -> None:
        """Register what depends on units, and the form on paper."""
        from secondment.posts import dependents, papers  # noqa: F401 -- importing registers
