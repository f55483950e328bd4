"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Synthetic people on real places."""

    name = "secondment.demo"

    def ready(self) -> None:
        """Offer the page of the truth beside computations."""
        from secondment.demo.truth import has_truth
        from secondment.measurement.ports import PageBeside, add_page_beside

        add_page_beside(PageBeside(_("与真实水平对照（演示）"), "demo:truth", has_truth))
