"""Database and uploads, put away together and put back.

A backup is a folder: the database (`sqlite.py`: one file; `postgresql.py`: one file for each
table), `media/`, and last `manifest.json`, which says what all of it must be. It comes into its
place in one step, whole. What can be made again from the database (the search index, static files)
is not in it.
"""
