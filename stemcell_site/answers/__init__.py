"""Whole answers to readers, kept by address for as long as the stamp of the database stands.

`middleware` decides, `answer` is what is kept, `addresses` says under which name, `memory` and
`shared` where. `purging` tells the CDN in front.
"""
