"""Addresses of forms on paper."""

from django.urls import path

from secondment.documents.papers import views

app_name = "documents"
urlpatterns = [
    path("papers/", views.paper_list, name="paper_list"),
    path("papers/store/", views.papers_store, name="papers_store"),
    path("papers/<slug:code>/<int:key>/", views.paper, name="paper"),
    path("papers/<slug:code>/<int:key>/expect/", views.paper_expect, name="paper_expect"),
    path("papers/<slug:code>/<int:key>/<int:version>/", views.paper_scan, name="paper_scan"),
]
