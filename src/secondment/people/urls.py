"""Addresses of this room, below `people/`."""

from django.urls import path

from secondment.people.views import contacts, duplicates, edit, exports, imports, persons, supplement

app_name = "people"
urlpatterns = [
    path("", persons.person_list, name="person_list"),
    path("find/", persons.identity_find, name="identity_find"),
    path("new/", edit.person_create, name="person_create"),
    path("forms/", exports.forms_export, name="forms_export"),
    path("identities/", exports.identities_export, name="identities_export"),
    path("supplement/", supplement.supplement, name="supplement"),
    path("supplement/download/", supplement.supplement_download, name="supplement_download"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_create, name="import_create"),
    path("imports/template/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/withdraw/", imports.import_withdraw, name="import_withdraw"),
    path("mine/contacts/", contacts.own_contacts, name="own_contacts"),
    path("pairs/", duplicates.pair_list, name="pair_list"),
    path("pairs/<int:pk>/", duplicates.pair_detail, name="pair_detail"),
    path("pairs/<int:pk>/merge/", duplicates.pair_merge, name="pair_merge"),
    path("pairs/<int:pk>/apart/", duplicates.pair_tell_apart, name="pair_tell_apart"),
    path("pairs/<int:pk>/undo/", duplicates.pair_undo, name="pair_undo"),
    path("<int:pk>/", persons.person_detail, name="person_detail"),
    path("<int:pk>/photo/", persons.person_photo, name="person_photo"),
    path("<int:pk>/emergency/", contacts.person_emergency, name="person_emergency"),
    path("<int:pk>/reveal/", persons.person_reveal, name="person_reveal"),
    path("<int:pk>/export/", exports.person_export, name="person_export"),
    path("<int:pk>/account/", persons.account_link, name="account_link"),
    path("<int:pk>/account/unlink/", persons.account_unlink, name="account_unlink"),
    path("<int:pk>/abilities/", edit.ability_add, name="ability_add"),
    path("<int:pk>/edit/<slug:part>/", edit.person_edit, name="person_edit"),
]
