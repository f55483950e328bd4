"""Addresses of runs and proposals."""

from django.urls import path

from secondment.matching.views import (
    certificates,
    changes,
    comparisons,
    host_choices,
    interventions,
    options,
    placings,
    proposals,
    runs,
    side_rules,
)

app_name = "matching"
urlpatterns = [
    path("", runs.campaign_list, name="campaign_list"),
    path("campaigns/<int:pk>/", runs.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/weights/", runs.run_create, name="run_create"),
    path("campaigns/<int:pk>/preview/", runs.weights_preview, name="weights_preview"),
    path("campaigns/<int:pk>/side-rules/", side_rules.side_rule_list, name="side_rule_list"),
    path("campaigns/<int:pk>/side-rules/<str:kind>/", side_rules.side_rule_add, name="side_rule_add"),
    path(
        "campaigns/<int:pk>/side-rules/<str:kind>/preview/",
        side_rules.side_rule_preview,
        name="side_rule_preview",
    ),
    path("campaigns/<int:pk>/host-choices/", host_choices.host_choice_list, name="host_choice_list"),
    path("side-rules/<int:pk>/edit/", side_rules.side_rule_edit, name="side_rule_edit"),
    path("side-rules/<int:pk>/remove/", side_rules.side_rule_remove, name="side_rule_remove"),
    path("runs/<int:pk>/", runs.run_detail, name="run_detail"),
    path("runs/<int:pk>/plans/", options.plan_options, name="plan_options"),
    path("runs/<int:pk>/plans/choose/", options.plan_choose, name="plan_choose"),
    path("runs/<int:pk>/plans/<str:principle>/", options.blocking_pairs, name="blocking_pairs"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("runs/<int:pk>/stop/", runs.run_stop, name="run_stop"),
    path("proposals/<int:pk>/", proposals.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/unplaced/", proposals.unplaced_list, name="unplaced_list"),
    path("proposals/<int:pk>/shortages/", proposals.shortage_list, name="shortage_list"),
    path("proposals/<int:pk>/groups/", proposals.fairness, name="fairness"),
    path("proposals/<int:pk>/rules/", proposals.side_rule_report, name="side_rule_report"),
    path("proposals/<int:pk>/print/", proposals.proposal_print, name="proposal_print"),
    path("proposals/<int:pk>/certificate/", certificates.proposal_certificate, name="proposal_certificate"),
    path("proposals/<int:pk>/copy/", proposals.proposal_copy, name="proposal_copy"),
    path("proposals/<int:pk>/choose/", proposals.proposal_choose, name="proposal_choose"),
    path("proposals/<int:pk>/compare/", comparisons.proposal_compare, name="proposal_compare"),
    path("proposals/<int:pk>/pairs/<int:pair>/", proposals.pair_detail, name="pair_detail"),
    path("proposals/<int:pk>/posts/<int:post>/", placings.post_candidates, name="post_candidates"),
    path("proposals/<int:pk>/people/<int:nomination>/", placings.person_posts, name="person_posts"),
    path(
        "proposals/<int:pk>/people/<int:nomination>/obstacles/",
        placings.person_obstacles,
        name="person_obstacles",
    ),
    path("proposals/<int:pk>/move/", changes.move_preview, name="move_preview"),
    path("proposals/<int:pk>/assign/", changes.person_assign, name="person_assign"),
    path("proposals/<int:pk>/swap/", changes.pair_swap, name="pair_swap"),
    path("proposals/<int:pk>/unassign/", changes.person_unassign, name="person_unassign"),
    path("proposals/<int:pk>/forbid/", changes.pair_forbid, name="pair_forbid"),
    path("proposals/<int:pk>/rearrange/", changes.person_rearrange, name="person_rearrange"),
    path("proposals/<int:pk>/interventions/", interventions.intervention_list, name="intervention_list"),
    path(
        "proposals/<int:pk>/versions/<int:number>/", interventions.proposal_version, name="proposal_version"
    ),
    path("interventions/<int:pk>/undo/", changes.intervention_undo, name="intervention_undo"),
    path("pairs/<int:pk>/lock/", changes.pair_lock, name="pair_lock"),
    path("locks/<int:pk>/clear/", changes.lock_clear, name="lock_clear"),
]
