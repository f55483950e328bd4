"""Addresses of talks."""

from django.urls import path

from secondment.talks.views import (
    acts,
    anonymous,
    exchange,
    gathering_people,
    gatherings,
    overview,
    suggestions,
    talks,
)

app_name = "talks"
here, events = "import/", "events/"
urlpatterns = [
    path("", overview.talk_list, name="talk_list"),
    path("items/", overview.item_list, name="item_list"),
    path("new/", talks.talk_new, name="talk_new"),
    path("<int:pk>/", talks.talk_detail, name="talk_detail"),
    path("<int:pk>/form/", talks.talk_form, name="talk_form"),
    path("<int:pk>/withdraw/", acts.withdraw, name="talk_withdraw"),
    path("<int:pk>/items/", acts.add_item, name="item_add"),
    path("items/<int:pk>/close/", acts.close_item, name="item_close"),
    path("items/<int:pk>/reopen/", acts.reopen_item, name="item_reopen"),
    path(events, gatherings.gatherings, name="gathering_list"),
    path(f"{events}new/", gatherings.gathering_new, name="gathering_new"),
    path(f"{events}<int:pk>/", gatherings.gathering_detail, name="gathering_detail"),
    path(f"{events}<int:pk>/change/", gatherings.gathering_change, name="gathering_change"),
    path(f"{events}<int:pk>/send/", gatherings.gathering_send, name="gathering_send"),
    path(f"{events}<int:pk>/cancel/", gatherings.gathering_cancel, name="gathering_cancel"),
    path(f"{events}<int:pk>/reinstate/", gatherings.gathering_reinstate, name="gathering_reinstate"),
    path(f"{events}<int:pk>/people/", gathering_people.people_choose, name="people_choose"),
    path(f"{events}<int:pk>/people/add/", gathering_people.people_add, name="people_add"),
    path(f"{events}<int:pk>/people/remove/", gathering_people.people_remove, name="people_remove"),
    path(f"{events}<int:pk>/attendance/", gathering_people.attendance, name="attendance"),
    path(
        f"{events}<int:pk>/attendance/reopen/", gathering_people.attendance_reopen, name="attendance_reopen"
    ),
    path(f"{events}<int:pk>/material/", gathering_people.material_keep, name="material_keep"),
    path(f"{events}material/<int:pk>/", gathering_people.material_read, name="material_read"),
    path(f"{events}material/<int:pk>/drop/", gathering_people.material_drop, name="material_drop"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path("suggestions/new/", suggestions.suggestion_new, name="suggestion_new"),
    path("suggestions/<int:pk>/", suggestions.suggestion_detail, name="suggestion_detail"),
    path("suggestions/<int:pk>/answer/", suggestions.suggestion_answer, name="suggestion_answer"),
    path("suggestions/anonymous/", anonymous.anonymous_new, name="anonymous_new"),
    path("suggestions/anonymous/answer/", anonymous.anonymous_answer, name="anonymous_answer"),
    path("sheet/", exchange.sheet, name="talk_sheet"),
    path(here, exchange.PAGES.upload, name="talk_import"),
    path(f"{here}<uuid:file>/", exchange.PAGES.review, name="talk_import_review"),
    path(f"{here}<uuid:file>/aside/", exchange.PAGES.set_aside, name="talk_import_aside"),
    path(f"{here}<uuid:file>/faults/", exchange.PAGES.faults, name="talk_import_faults"),
    path(f"{here}<uuid:file>/confirm/", exchange.PAGES.confirm, name="talk_import_confirm"),
]
