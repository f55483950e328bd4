"""Addresses of the to-do list and of duties."""

from django.urls import path

from secondment.obligations.views import duties, holidays, todo

app_name = "obligations"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("month/", todo.todo_month, name="todo_month"),
    path("calendar/", todo.calendar_feed, name="calendar_feed"),
    path("calendar/make/", todo.calendar_feed_make, name="calendar_feed_make"),
    path("calendar/revoke/", todo.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("calendar/<str:token>.ics", todo.calendar_read, name="calendar_read"),
    path("holidays/", holidays.holiday_list, name="holiday_list"),
    path("holidays/import/", holidays.holiday_import, name="holiday_import"),
    path("duties/", duties.duty_list, name="duty_list"),
    path("duties/late/", duties.late_offices, name="late_offices"),
    path("duties/<int:pk>/", duties.duty_detail, name="duty_detail"),
    path("duties/<int:pk>/again/", duties.duty_owe_again, name="duty_owe_again"),
]
