"""One benchmark in this process, which has the environment of a scratch site: its figures, a line
each, go to the runner.
"""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    for line in import_module(f"bench.{sys.argv[1]}").run():
        print(json.dumps(line), flush=True)
