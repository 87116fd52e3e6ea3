from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from alongside.config import generated_docs


class Command(BaseCommand):
    help = "Write the reference pages from the code, or with --check say whether they are fresh."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        with translation.override("en-gb"):
            wanted = generated_docs.pages()
        stale = [file for file, text in wanted.items() if not file.exists() or file.read_text() != text]
        if options["check"]:
            if stale:
                names = ", ".join(file.name for file in stale)
                raise CommandError(f"Stale: {names}. `make fix` writes them anew.")
            return
        for file in stale:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[file])
            self.stdout.write(f"wrote {file.name}")
