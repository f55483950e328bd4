"""Addresses of task books."""

from django.urls import path

from secondment.task_books.views import (
    accepting,
    books,
    dividing,
    many,
    profiles,
    proposing,
    signing,
    writing,
)
from secondment.task_books.views.exchange import PAGES, book_template

app_name = "task_books"
urlpatterns = [
    path("", books.book_list, name="book_list"),
    path("write/", many.books_write, name="books_write"),
    path("task-row/", writing.task_row, name="task_row"),
    path("template/", book_template, name="book_template"),
    path("import/", PAGES.upload, name="book_import"),
    path("import/<uuid:file>/", PAGES.review, name="book_import_review"),
    path("import/<uuid:file>/aside/", PAGES.set_aside, name="book_import_aside"),
    path("import/<uuid:file>/faults/", PAGES.faults, name="book_import_faults"),
    path("import/<uuid:file>/confirm/", PAGES.confirm, name="book_import_confirm"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("<int:pk>/", books.book_detail, name="book_detail"),
    path("<int:pk>/profile/", profiles.profile, name="profile"),
    path("<int:pk>/edit/", writing.book_edit, name="book_edit"),
    path("<int:pk>/change/", writing.book_change, name="book_change"),
    path("<int:pk>/propose/", proposing.task_propose, name="task_propose"),
    path("<int:pk>/division/", dividing.division_write, name="division_write"),
    path("<int:pk>/recusal/", dividing.recusal_declare, name="recusal_declare"),
    path("<int:pk>/recusal/nothing/", dividing.recusal_nothing, name="recusal_nothing"),
    path("<int:pk>/recusal/facts/", dividing.recusal_facts, name="recusal_facts"),
    path("versions/<int:pk>/", books.version_detail, name="version_detail"),
    path("versions/<int:pk>/form/", books.book_form, name="book_form"),
    path("versions/<int:pk>/send/", signing.book_send, name="book_send"),
    path("versions/<int:pk>/recall/", signing.book_recall, name="book_recall"),
    path("versions/<int:pk>/return/", signing.book_return, name="book_return"),
    path("versions/<int:pk>/sign/", signing.book_sign, name="book_sign"),
    path("versions/<int:pk>/paper/", signing.book_sign_on_paper, name="book_sign_on_paper"),
    path("versions/<int:pk>/drop/", signing.book_drop, name="book_drop"),
    path("tasks/<int:pk>/accept/", accepting.task_accept, name="task_accept"),
    path("tasks/<int:pk>/refuse/", accepting.task_refuse, name="task_refuse"),
    path("tasks/<int:pk>/take-back/", accepting.task_take_back, name="task_take_back"),
    path("tasks/<int:pk>/note/", accepting.task_note, name="task_note"),
    path("proposals/<int:pk>/take/", proposing.proposal_take, name="proposal_take"),
    path("proposals/<int:pk>/decline/", proposing.proposal_decline, name="proposal_decline"),
]
