from django.core.management.base import BaseCommand

from alongside.config.sentences import sentences


class Command(BaseCommand):
    help = "Print every sentence a person can read, by the file that says it."

    def handle(self, *args, **options):
        for file, said in sentences().items():
            self.stdout.write(f"\n{file}")
            for sentence in said:
                self.stdout.write(f"  {' '.join(sentence.split())}")
