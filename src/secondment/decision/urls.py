"""Addresses of consultation and decision; they begin as those of matching do, where people have them marked."""

from django.urls import path

from secondment.decision.views import consultations, deciding, overview, postings, replies, results, versions

app_name = "decision"
urlpatterns = [
    path("decisions/", overview.decision_list, name="decision_list"),
    path("decisions/<int:pk>/", overview.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/consultation/", consultations.consultation_start, name="consultation_start"),
    path("decisions/<int:pk>/review/", overview.review_resume, name="review_resume"),
    path("decisions/<int:pk>/notification/", postings.notification_publish, name="notification_publish"),
    path(
        "decisions/<int:pk>/notification/withdrawal/",
        postings.notification_withdraw,
        name="notification_withdraw",
    ),
    path(
        "decisions/<int:pk>/notification/file/", postings.notification_download, name="notification_download"
    ),
    path("decisions/<int:pk>/objections/", postings.objection_record, name="objection_record"),
    path("decisions/<int:pk>/talks/", deciding.talks_record, name="talks_record"),
    path("decisions/<int:pk>/replies/", replies.replies, name="replies"),
    path("decisions/<int:pk>/people/", replies.people, name="people"),
    path("decisions/<int:pk>/new/", deciding.decision_record, name="decision_record"),
    path("decisions/<int:pk>/correction/", results.decision_correct, name="decision_correct"),
    path("decisions/<int:pk>/results/", results.result_list, name="result_list"),
    path("decisions/<int:pk>/results/publish/", results.results_publish, name="results_publish"),
    path("decisions/versions/<int:pk>/", versions.decision_version, name="decision_version"),
    path("decisions/versions/<int:pk>/withdrawal/", versions.decision_withdraw, name="decision_withdraw"),
    path("decisions/results/<int:pk>/", results.result_detail, name="result_detail"),
    path("decisions/<int:pk>/minutes/", deciding.minutes_record, name="minutes_record"),
    path("decisions/consultations/<int:pk>/", consultations.consultation_detail, name="consultation_detail"),
    path(
        "decisions/consultations/<int:pk>/handling/", consultations.objection_handle, name="objection_handle"
    ),
    path("decisions/objections/<int:pk>/", postings.objection_resolve, name="objection_resolve"),
]
