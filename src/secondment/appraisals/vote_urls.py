"""Addresses of ballots: short, because they are typed from a slip."""

from django.urls import path

from secondment.appraisals.views import ballot

app_name = "vote"
urlpatterns = [
    path("", ballot.code, name="code"),
    path("hall/", ballot.hall, name="hall"),
    path("review/", ballot.review, name="review"),
    path("cast/", ballot.cast, name="cast"),
    path("receipts/", ballot.receipt_check, name="receipt_check"),
    path("receipts/<uuid:box>/", ballot.receipt_list, name="receipt_list"),
]
