"""Addresses of reviews of abilities."""

from django.urls import path

from secondment.growth.views import exchange, reviews, shown

app_name = "growth"
here = "import/"
urlpatterns = [
    path("", reviews.review_list, name="review_list"),
    path("<int:pk>/", reviews.review, name="review"),
    path("people/<int:pk>/", shown.placement_growth, name="placement_growth"),
    path("groups/", shown.groups, name="groups"),
    path("sheet/", exchange.sheet, name="sheet"),
    path(here, exchange.PAGES.upload, name="review_import"),
    path(f"{here}<uuid:file>/", exchange.PAGES.review, name="review_import_review"),
    path(f"{here}<uuid:file>/aside/", exchange.PAGES.set_aside, name="review_import_aside"),
    path(f"{here}<uuid:file>/faults/", exchange.PAGES.faults, name="review_import_faults"),
    path(f"{here}<uuid:file>/confirm/", exchange.PAGES.confirm, name="review_import_confirm"),
]
