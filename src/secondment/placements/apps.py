"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """One person, one post, one term."""

    name = "secondment.placements"

    def ready(self) -> None:
        """Register with lower rooms who is sent where, and what depends on people, units and terms."""
        from secondment.obligations.services import follow_term
        from secondment.people.whereabouts import register_whereabouts
        from secondment.placements import queries
        from secondment.placements.ports import TERM_FOLLOWERS

        dependents = import_module("secondment.placements.dependents")
        import_module("secondment.people.services.merging").OBSTACLES.append(dependents.two_places_at_once)
        import_module("secondment.placements.parameters")
        import_module("secondment.placements.papers")
        import_module("secondment.placements.steps")
        import_module("secondment.placements.term_ends")
        import_module("secondment.placements.waiting")
        register_whereabouts(queries)
        TERM_FOLLOWERS.append(follow_term)
        import_module("secondment.standards.ports").register_owners(queries.owners_seen)
