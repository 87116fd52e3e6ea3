from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.demo.furnish import furnish
from alongside.demo.queries import is_empty


class Command(BaseCommand):
    help = "Furnish the house with the demo's people and journeys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when somebody is here already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            if not options["if_empty"]:
                self.stderr.write("Somebody is here already; a demo is furnished in an empty house only.")
            return
        furnish()
        self.stdout.write("Furnished with demo people and their journeys.")
