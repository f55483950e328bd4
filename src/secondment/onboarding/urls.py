"""Addresses of accounts in bulk."""

from django.urls import path

from secondment.accounts.choices import Role
from secondment.onboarding.views import batches, proposing

app_name = "onboarding"
HOME, HOST = Role.HOME_UNIT, Role.HOST_UNIT
urlpatterns = [
    path("", batches.batch_list, name="batch_list"),
    path("units/", proposing.unit_list, name="unit_list"),
    path("units/home/", proposing.units_ask, {"roles": (HOME,)}, name="home_units_ask"),
    path("units/host/", proposing.units_ask, {"roles": (HOST,)}, name="host_units_ask"),
    path("units/both/", proposing.units_ask, {"roles": (HOME, HOST)}, name="both_units_ask"),
    path("<int:pk>/", batches.batch_detail, name="batch_detail"),
    path("<int:pk>/progress/", batches.batch_progress, name="batch_progress"),
    path("<int:pk>/confirm/", batches.batch_confirm, name="batch_confirm"),
    path("<int:pk>/decline/", batches.batch_decline, name="batch_decline"),
    path("<int:pk>/slips/", batches.slips_print, name="slips_print"),
    path("<int:pk>/renew/", batches.codes_renew, name="codes_renew"),
]
