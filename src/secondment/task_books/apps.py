"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TaskBooksConfig(AppConfig):
    """Task books, the division of work, recusal in official duties."""

    name = "secondment.task_books"

    def ready(self) -> None:
        """Register citable facts, forms on paper, what pages of a placement show more, and what waits."""
        import_module("secondment.task_books.evidence")
        import_module("secondment.task_books.papers")
        import_module("secondment.task_books.sheets")
        import_module("secondment.task_books.handing_over")
        import_module("secondment.task_books.views.panel")
        import_module("secondment.task_books.waiting")
