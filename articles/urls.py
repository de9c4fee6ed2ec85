from django.urls import path

from . import views

urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("upload/preview/", views.upload_preview, name="upload_preview"),
    path("uploads/<int:pk>/", views.upload_status, name="upload_status"),
    path("uploads/<int:pk>/again/", views.upload_again, name="upload_again"),
    path("articles/", views.article_list, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
]
