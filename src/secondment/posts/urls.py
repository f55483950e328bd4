"""Addresses of the demand for posts."""

from django.urls import path

from secondment.posts.views import exchange, flow, posts, sheets, villages

app_name = "posts"
urlpatterns = [
    path("", posts.post_list, name="post_list"),
    path("new/", posts.post_create, name="post_create"),
    path("new/task/", posts.task_row, name="task_row"),
    path("submit/", flow.posts_submit, name="posts_submit"),
    path("approve/", flow.posts_approve, name="posts_approve"),
    path("forms/", sheets.demand_forms, name="demand_forms"),
    path("template/", exchange.post_template, name="post_template"),
    path("export/", exchange.post_export, name="post_export"),
    path("import/", exchange.PAGES.upload, name="post_import"),
    path("import/<uuid:file>/", exchange.PAGES.review, name="post_import_review"),
    path("import/<uuid:file>/confirm/", exchange.PAGES.confirm, name="post_import_confirm"),
    path("<int:pk>/", posts.post_detail, name="post_detail"),
    path("<int:pk>/form/", sheets.demand_form, name="demand_form"),
    path("<int:pk>/edit/", posts.post_edit, name="post_edit"),
    path("<int:pk>/copy/", posts.post_copy, name="post_copy"),
    path("<int:pk>/submit/", flow.post_submit, name="post_submit"),
    path("<int:pk>/approve/", flow.post_approve, name="post_approve"),
    path("<int:pk>/return/", flow.post_return, name="post_return"),
    path("<int:pk>/withdraw/", flow.post_withdraw, name="post_withdraw"),
    path("<int:pk>/villages/", villages.village_list, name="village_list"),
    path("<int:pk>/villages/create/", villages.village_create, name="village_create"),
]
