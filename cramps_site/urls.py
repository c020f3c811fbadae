"""Every address of the site. What a part answers below its prefix stands in that part's own `urls`."""

from django.urls import include, path, register_converter

from articles.admin.site import desk_site
from articles.answers import pictures
from cramps_site import errors, health, robots, security

register_converter(pictures.PicturePathConverter, "picture")

urlpatterns = [
    path("admin/", desk_site.urls),
    # Before the addresses of articles, the last of which answers whatever is left.
    path("api/v1/triage/", include("triage.api.urls")),
    path("api/", include("articles.api.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("robots.txt", robots.robots),
    path(".well-known/security.txt", security.security),
    path("media/<picture:path>", pictures.picture),
    path("", include("triage.pages.urls")),
    path("", include("articles.reader.urls")),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
