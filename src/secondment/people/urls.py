from django.urls import path
app_name="people"
urlpatterns=[path("imports/<int:pk>/", lambda r: None, name="import_detail")]
