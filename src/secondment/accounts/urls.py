"""Addresses of sign-in, the own password, and the administrators' pages."""

from django.urls import path

from secondment.accounts.views import accounts, handover, kept, password, requests, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.SignInView.as_view(), name="sign_in"),
    path("sign-out/", sign_in.SignOutView.as_view(), name="sign_out"),
    path("password/", password.password_change, name="password_change"),
    path("kept/", kept.kept_list, name="kept_list"),
    path("kept/<int:pk>/discard/", kept.kept_discard, name="kept_discard"),
    path("session/renew/", kept.session_renew, name="session_renew"),
    path("", accounts.account_list, name="account_list"),
    path("new/", accounts.account_create, name="account_create"),
    path("<int:pk>/", accounts.account_detail, name="account_detail"),
    path("handover/", handover.own_hand_over, name="own_hand_over"),
    path("<int:pk>/handover/", handover.account_hand_over, name="account_hand_over"),
    path("<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("<int:pk>/disable/", accounts.account_disable, name="account_disable"),
    path("<int:pk>/enable/", accounts.account_enable, name="account_enable"),
    path("<int:pk>/ask/<str:deed>/", requests.request_new, name="request_new"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/<int:pk>/confirm/", requests.request_confirm, name="request_confirm"),
    path("requests/<int:pk>/decline/", requests.request_decline, name="request_decline"),
    path("<int:pk>/grant/", accounts.role_grant, name="role_grant"),
    path("<int:pk>/revoke/<int:assignment>/", accounts.role_revoke, name="role_revoke"),
]
