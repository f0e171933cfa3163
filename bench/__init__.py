"""Benchmarks: `make bench`, or `python -m bench search web --pages 1000,10000`.

Each measures the site beside a yardstick in the same run, on a scratch copy of a made-up site.
"""
