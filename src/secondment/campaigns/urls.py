"""Addresses of programmes, campaigns, nominations and eligibility."""

from django.urls import path

from secondment.campaigns.views import (
    campaigns,
    findings,
    hosts,
    nominations,
    offers,
    preferences,
    programmes,
    quotas,
)

app_name = "campaigns"
urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme_detail"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/versions/<int:pk>/", programmes.version_detail, name="version_detail"),
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", campaigns.campaign_create, name="campaign_create"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<int:pk>/move/<str:action>/", campaigns.campaign_move, name="campaign_move"),
    path("campaigns/<int:pk>/cancel/", campaigns.campaign_cancel, name="campaign_cancel"),
    path("campaigns/<int:pk>/quotas/", quotas.quota_list, name="quota_list"),
    path("campaigns/<int:pk>/quotas/edit/", quotas.quota_edit, name="quota_edit"),
    path("campaigns/<int:pk>/quotas/upload/", quotas.quota_upload, name="quota_upload"),
    path("campaigns/<int:pk>/posts/", offers.offer_list, name="offer_list"),
    path("campaigns/<int:pk>/posts/add/", offers.offer_add, name="offer_add"),
    path("campaigns/<int:pk>/posts/remove/", offers.offer_remove, name="offer_remove"),
    path("campaigns/<int:pk>/posts/<int:priority>/", offers.offer_change, name="offer_change"),
    path("campaigns/<int:pk>/nominations/", nominations.nomination_list, name="nomination_list"),
    path("campaigns/<int:pk>/nominate/", nominations.nominate_choose, name="nominate"),
    path("campaigns/<int:pk>/nominate/preview/", nominations.nominate_preview, name="nominate_preview"),
    path("campaigns/<int:pk>/nominate/confirm/", nominations.nominate_confirm, name="nominate_confirm"),
    path("campaigns/<int:pk>/nominate/upload/", nominations.nominate_upload, name="nominate_upload"),
    path("campaigns/<int:pk>/nominate/template/", nominations.nominate_template, name="nominate_template"),
    path("nominations/<int:pk>/", nominations.nomination_detail, name="nomination_detail"),
    path("nominations/<int:pk>/withdraw/", nominations.nomination_withdraw, name="nomination_withdraw"),
    path("nominations/<int:pk>/preferences/", preferences.preferences, name="preferences"),
    path("nominations/mine/", preferences.my_nominations, name="my_nominations"),
    path("campaigns/<int:pk>/share/", hosts.candidates_share, name="candidates_share"),
    path("campaign-posts/<int:pk>/candidates/", hosts.candidates, name="candidates"),
    path("campaigns/<int:pk>/findings/", findings.finding_list, name="finding_list"),
    path("campaigns/<int:pk>/findings/rules/", findings.finding_rules, name="finding_rules"),
    path("campaigns/<int:pk>/check/", findings.eligibility_check, name="eligibility_check"),
    path("campaigns/checks/<uuid:job>/", findings.check_progress, name="check_progress"),
    path("findings/<int:pk>/exempt/", findings.exemption_create, name="exemption_create"),
    path("exemptions/<int:pk>/revoke/", findings.exemption_revoke, name="exemption_revoke"),
]
