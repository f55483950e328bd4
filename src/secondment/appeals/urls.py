"""Addresses of reviews and appeals."""

from django.urls import path

from secondment.appeals.views import acts, appeals, proofs, recomputing, results

app_name = "appeals"
urlpatterns = [
    path("", appeals.appeal_list, name="appeal_list"),
    path("<int:pk>/", appeals.appeal_detail, name="appeal_detail"),
    path("<int:pk>/letter/", appeals.letter, name="letter"),
    path("<int:pk>/extend/", acts.appeal_extend, name="appeal_extend"),
    path("<int:pk>/decide/", acts.appeal_decide, name="appeal_decide"),
    path("<int:pk>/withdraw/", acts.appeal_withdraw, name="appeal_withdraw"),
    path("<int:pk>/receive/", acts.outcome_receive, name="outcome_receive"),
    path("results/<int:pk>/new/<slug:kind>/", acts.appeal_new, name="appeal_new"),
    path("results/<int:pk>/", results.result, name="result"),
    path("results/<int:pk>/notice/", results.notice, name="notice"),
    path("results/<int:pk>/forms/<slug:code>/", results.form, name="form"),
    path("results/<int:pk>/recompute/", recomputing.recompute, name="recompute"),
    path("recomputed/<int:pk>/", recomputing.recomputed, name="recomputed"),
    path("proofs/", proofs.proof_list, name="proof_list"),
    path("proofs/new/", proofs.proof_new, name="proof_new"),
    path("proofs/<int:pk>/", proofs.proof_detail, name="proof_detail"),
    path("proofs/<int:pk>/open/", proofs.proof_open, name="proof_open"),
    path("proofs/<int:pk>/file/", proofs.proof_file, name="proof_file"),
]
