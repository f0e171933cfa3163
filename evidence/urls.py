from django.urls import path

from evidence import claim_views, map_downloads, map_views, views

urlpatterns = [
    path("claims/", claim_views.claim_list, name="claim_list"),
    path("evidence/", map_views.evidence_map, name="evidence_map"),
    path("evidence/map.svg", map_downloads.map_svg, name="evidence_map_svg"),
    path("evidence/map.csv", map_downloads.map_csv, name="evidence_map_csv"),
    path("evidence/map.json", map_downloads.map_json, name="evidence_map_json"),
    path("evidence/<slug:therapy>/<slug:disease>/", map_views.map_cell, name="evidence_cell"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/<slug:key>/", views.source, name="source"),
]
