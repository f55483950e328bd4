"""Addresses of early signs."""

from django.urls import path

from secondment.signals.views import overview, signs, thresholds

app_name = "signals"
urlpatterns = [
    path("", overview.sign_list, name="sign_list"),
    path("kinds/", overview.sign_kinds, name="sign_kinds"),
    path("impact/", overview.impact, name="impact"),
    path("thresholds/", thresholds.thresholds, name="thresholds"),
    path("thresholds/try/", thresholds.thresholds_try, name="thresholds_try"),
    path("<int:pk>/", signs.sign_detail, name="sign_detail"),
    path("<int:pk>/answer/", signs.sign_answer, name="sign_answer"),
    path("<int:pk>/speak/", signs.sign_speak, name="sign_speak"),
    path("<int:pk>/show/", signs.sign_show, name="sign_show"),
    path("<int:pk>/use/", signs.sign_use, name="sign_use"),
    path("<int:pk>/close/", signs.sign_close, name="sign_close"),
]
