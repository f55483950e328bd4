"""Every address of the product, one line an app."""

from django.urls import include, path

handler500 = "secondment.common.views.server_error"
urlpatterns = [
    path("", include("secondment.portal.urls")),
    path("jobs/", include("secondment.jobs.urls")),
    path("backups/", include("secondment.backups.urls")),
    path("notices/", include("secondment.notices.urls")),
    path("todo/", include("secondment.obligations.urls")),
    path("start/", include("secondment.onboarding.start_urls")),
    path("accounts/batches/", include("secondment.onboarding.urls")),
    path("accounts/", include("secondment.accounts.urls")),
    path("people/", include("secondment.people.urls")),
    path("matching/", include("secondment.matching.urls")),
    path("matching/", include("secondment.decision.urls")),
    path("placements/", include("secondment.placements.urls")),
    path("leave/", include("secondment.leave.urls")),
    path("places/", include("secondment.places.urls")),
    path("standards/", include("secondment.standards.urls")),
    path("task-books/", include("secondment.task_books.urls")),
    path("talks/", include("secondment.talks.urls")),
    path("allowances/", include("secondment.allowances.urls")),
    path("daily/", include("secondment.daily_work.urls")),
    path("burden/", include("secondment.burden.urls")),
    path("signals/", include("secondment.signals.urls")),
    path("findings/", include("secondment.findings.urls")),
    path("appeals/", include("secondment.appeals.urls")),
    path("appraisals/", include("secondment.appraisals.urls")),
    path("assessments/", include("secondment.assessments.urls")),
    path("growth/", include("secondment.growth.urls")),
    path("", include("secondment.common.urls")),
    path("units/", include("secondment.directory.urls")),
    path("documents/", include("secondment.documents.urls")),
    path("posts/", include("secondment.posts.urls")),
    path("", include("secondment.campaigns.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
