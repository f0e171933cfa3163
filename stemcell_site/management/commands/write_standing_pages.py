from django.core.management.base import BaseCommand

from stemcell_site import standing


class Command(BaseCommand):
    help = "Write the error page and the maintenance page as files, for a web server in front."

    def handle(self, *args, **options) -> None:
        pages = standing.write_pages()
        self.stdout.write(f"Wrote {' and '.join(str(page) for page in pages)}.")
