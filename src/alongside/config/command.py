"""The `alongside` command: everything an installation needs, from first setup to a new encryption key."""

import argparse
import os
import sys

from alongside.config import home


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    public = os.environ.get("ALONGSIDE_PUBLIC_URL", "").startswith("https://")
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", "alongside.config.settings." + ("prod" if public else "dev")
    )
    try:
        return arguments.run(arguments) or 0
    except home.KeysMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside", description="One person helps another.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    def verb(name, run, text):
        added = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    verb("setup", _setup, "make keys, bring the database and the static files up to date")
    serve = verb("serve", _serve, "serve people, with the background worker beside")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    serve.add_argument("--workers", type=int, default=2, help="server processes (default 2)")
    serve.add_argument("--threads", type=int, default=4, help="threads in each of them (default 4)")
    worker = verb("worker", _worker, "run only the background worker: mail and other work after commit")
    worker.add_argument("--with-server", action="store_true", help=argparse.SUPPRESS)
    verb("demo", _demo, "furnish the house with people and journeys of the demo, if it is empty")
    verb("createadmin", _createadmin, "make an organisation and its first administrator").add_argument(
        "rest", nargs=argparse.REMAINDER
    )
    rotate = verb("rotatekeys", _rotatekeys, "add a new encryption key and seal every word anew with it")
    rotate.add_argument("--anyway", action="store_true", help="even while Alongside seems to be running")
    verb("bounce", _bounce, "read a mail server's report of a letter that did not arrive from stdin")
    verb("check", _check, "look for mistakes in the settings")
    verb("manage", _manage, "any of Django's own commands").add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _setup(arguments) -> None:
    from alongside.config import first_start

    first_start.set_up()


def _serve(arguments) -> int:
    os.environ["PORT"] = str(arguments.port)
    from alongside.config import first_start, serving

    if serving.is_taken(arguments.host, arguments.port):
        sys.stderr.write(
            f"Port {arguments.port} is taken by another program. Choose another: PORT={arguments.port + 1}\n"
        )
        return 1
    first_start.set_up()
    first_start.furnish_demo()
    return serving.serve(
        host=arguments.host, port=arguments.port, workers=arguments.workers, threads=arguments.threads
    )


def _worker(arguments) -> None:
    from alongside.config import worker

    worker.work(with_server=arguments.with_server)


def _demo(arguments) -> None:
    os.environ["ALONGSIDE_DEMO"] = "1"
    from alongside.config import first_start

    first_start.set_up()
    first_start.furnish_demo()


def _createadmin(arguments) -> None:
    from alongside.config import first_start

    first_start.set_up()
    _django("createadmin", *arguments.rest)


def _rotatekeys(arguments) -> int:
    from alongside.config import first_start

    first_start.set_up()
    first_start.start_django()
    from alongside.config import heartbeat

    if heartbeat.is_alive() and not arguments.anyway:
        sys.stderr.write("Alongside is running. Stop it first: it would not know the new key.\n")
        return 1
    name = home.add_key()
    from django.conf import settings

    settings.ENCRYPTION_KEYRING = home.read_keyring()
    _django("reseal")
    sys.stdout.write(
        f"Key {name} seals all words now. Keep a copy of {home.keyring_file()} in a safe place.\n"
    )
    return 0


def _bounce(arguments) -> None:
    _django("bounce")


def _check(arguments) -> None:
    deploy = os.environ["DJANGO_SETTINGS_MODULE"].endswith(".prod")
    _django("check", *(["--deploy"] if deploy else []))


def _manage(arguments) -> None:
    _django(*arguments.rest)


def _django(*words: str) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alongside", *words])


if __name__ == "__main__":
    sys.exit(main())
