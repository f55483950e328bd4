"""Address of the to-do list."""

from django.urls import path

from secondment.obligations import views

app_name = "obligations"
urlpatterns = [path("", views.todo, name="todo")]
