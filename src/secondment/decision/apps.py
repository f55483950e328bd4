"""App configuration."""

from importlib import import_module

from django.apps import AppConfig

from secondment.campaigns.choices import CampaignState


class DecisionConfig(AppConfig):
    """Consultation, public notification, talks, collective decision."""

    name = "secondment.decision"

    def ready(self) -> None:
        """Register the page of a campaign while it is decided on, and how its consultations end with it."""
        import_module("secondment.decision.parameters")
        import_module("secondment.decision.steps")
        ports = import_module("secondment.campaigns.ports")
        consultation = import_module("secondment.decision.services.consultation")
        ports.register_ending(consultation.end_consultation)
        results = import_module("secondment.decision.result_queries")
        ports.register_result_page(results.page_of)
        for state in (CampaignState.CONSULTATION, CampaignState.NOTIFICATION, CampaignState.DECIDED):
            ports.register_page(state, "decision:decision_detail")
