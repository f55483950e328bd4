"""Addresses of the register of forms."""

from django.urls import path

from secondment.burden.views import budgets, forms, requests

app_name = "burden"
urlpatterns = [
    path("", forms.form_list, name="form_list"),
    path("forms/<str:code>/", forms.form_detail, name="form_detail"),
    path("forms/<str:code>/review/", forms.form_review, name="form_review"),
    path("review/", forms.review, name="review"),
    path("budgets/", budgets.budget_list, name="budget_list"),
    path("budgets/<str:role>/", budgets.budget_set, name="budget_set"),
    path("programmes/<int:pk>/", budgets.programme_cost, name="programme_cost"),
    path("programmes/<int:pk>/let-through/", budgets.let_through, name="let_through"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/<int:pk>/", requests.request_detail, name="request_detail"),
    path("requests/<int:pk>/close/", requests.request_close, name="request_close"),
    path("requests/<int:pk>/answer/<int:unit>/", requests.request_answer, name="request_answer"),
]
