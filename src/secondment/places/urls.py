"""Addresses of places."""

from django.urls import path

from secondment.places.views import handover, places, writing

app_name = "places"
urlpatterns = [
    path("", places.place_list, name="place_list"),
    path("<int:pk>/", places.place_detail, name="place_detail"),
    path("<int:pk>/history/", places.place_history, name="place_history"),
    path("<int:pk>/map/", places.place_map, name="place_map"),
    path("<int:pk>/edit/", writing.place_edit, name="place_edit"),
    path("<int:pk>/file/", writing.file_keep, name="file_keep"),
    path("files/<int:pk>/", places.file_read, name="file_read"),
    path("<int:pk>/contacts/", writing.contact_add, name="contact_add"),
    path("contacts/<int:pk>/end/", writing.contact_end, name="contact_end"),
    path("<int:pk>/categories/", writing.category_enter, name="category_enter"),
    path("categories/<int:pk>/end/", writing.category_end, name="category_end"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("handovers/<int:pk>/confirm/", handover.handover_confirm, name="handover_confirm"),
    path("handovers/items/<int:pk>/take-back/", handover.item_take_back, name="item_take_back"),
    path("handovers/<int:pk>/promises/", handover.promise_note, name="promise_note"),
    path("promises/<int:pk>/close/", handover.promise_close, name="promise_close"),
]
