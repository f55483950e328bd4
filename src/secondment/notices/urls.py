"""Addresses of messages."""

from django.urls import path

from secondment.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("<int:pk>/", views.notice_detail, name="notice_detail"),
    path("address/", views.office_address, name="office_address"),
    path("channels/", views.channel_list, name="channel_list"),
    path("read/", views.notices_read, name="notices_read"),
]
