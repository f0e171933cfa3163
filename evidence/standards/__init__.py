"""What other people ask of health information, and what a program can tell of one of our pages.

One module for each standard: pure, from `facts.Facts` to items. `telling` is the step of rendering.
"""
