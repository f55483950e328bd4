"""Addresses of consultation and decision, part of `matching.urls`."""

from django.urls import path

from secondment.matching.decision import views

urlpatterns = [
    path("decisions/", views.decision_list, name="decision_list"),
    path("campaigns/<int:pk>/decision/", views.decision_detail, name="decision_detail"),
    path("campaigns/<int:pk>/consultation/", views.consultation_start, name="consultation_start"),
    path("campaigns/<int:pk>/review/", views.review_resume, name="review_resume"),
    path("campaigns/<int:pk>/notification/", views.notification_publish, name="notification_publish"),
    path("campaigns/<int:pk>/notification/file/", views.notification_download, name="notification_download"),
    path("campaigns/<int:pk>/objections/", views.objection_record, name="objection_record"),
    path("campaigns/<int:pk>/talks/", views.talks_record, name="talks_record"),
    path("campaigns/<int:pk>/decision/new/", views.decision_record, name="decision_record"),
    path("consultations/<int:pk>/", views.consultation_detail, name="consultation_detail"),
    path("consultations/<int:pk>/handling/", views.objection_handle, name="objection_handle"),
    path("objections/<int:pk>/", views.objection_resolve, name="objection_resolve"),
]
