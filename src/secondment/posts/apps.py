"""App configuration."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Host posts and what they require."""

    name = "secondment.posts"

    def ready(self) -> None:
        """Register what depends on units, and the form on paper and as Word."""
        from secondment.posts import dependents, papers, sheets  # noqa: F401 -- importing registers
