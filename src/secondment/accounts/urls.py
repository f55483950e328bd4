"""Addresses of sign-in and sign-out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from secondment.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
]
