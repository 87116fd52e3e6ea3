"""The `alongside` command: everything an installation needs, from first setup to a new encryption key."""

import os
import signal
import sys

try:
    import argparse
    from importlib import metadata

    from alongside.config import home, surroundings
except KeyboardInterrupt:
    # most of the first moment is spent here, and Ctrl-C ends it as it ends the rest
    sys.exit(130)

DJANGOS = ("createadmin", "manage")
"""Commands that take Django's own options: what follows them is handed on as it is."""


def main(argv: list[str] | None = None) -> int:
    """Run one command. Whatever is wrong around Alongside ends in one sentence, and Ctrl-C in nothing at all."""
    os.umask(0o077)
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = surroundings.sentence_for(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        return 1


def _run(words: list[str]) -> int:
    public = os.environ.get("ALONGSIDE_PUBLIC_URL", "").startswith("https://")
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", "alongside.config.settings." + ("prod" if public else "dev")
    )
    if words[:1] and words[0] in DJANGOS:
        arguments = argparse.Namespace(
            run=(_createadmin if words[0] == "createadmin" else _manage), rest=words[1:]
        )
    else:
        arguments = _parser().parse_args(words)
    surroundings.check()
    home.close_to_others()
    return arguments.run(arguments) or 0


def _port(given: str) -> int:
    if not given.isdigit() or not 1 <= int(given) <= 65_535:
        raise argparse.ArgumentTypeError(f"a number from 1 to 65535, not “{given}”")
    return int(given)


def _epilog() -> str:
    mail = (
        os.environ.get("EMAIL_HOST")
        or f"no mail server is set (EMAIL_HOST): emails are saved in {home.home() / 'mail'}"
    )
    database = "the database of DATABASE_URL, and" if os.environ.get("DATABASE_URL") else "SQLite and"
    return (
        f"Data:   {database} keys in {home.home()} (set ALONGSIDE_HOME to change it)\n"
        f"Emails: {mail}\nHow to run it: docs/how-to/run-it.md"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside",
        description="One person helps another along an agreed journey.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Alongside {metadata.version('alongside')}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    def verb(name, run, text):
        added = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    setup = verb("setup", _setup, "make keys, bring the database and the static files up to date")
    setup.add_argument(
        "--systemd",
        metavar="FOLDER",
        nargs="?",
        const="",
        help="write systemd units, too: into the folder where systemd looks, or this one",
    )
    serve = verb("serve", _serve, "serve people, with the background worker beside")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=None, help="8000, or what PORT says")
    serve.add_argument("--workers", type=int, default=2, help="server processes (default 2)")
    serve.add_argument("--threads", type=int, default=4, help="threads in each of them (default 4)")
    worker = verb("worker", _worker, "run only the background worker: mail and other work after commit")
    worker.add_argument("--with-server", action="store_true", help=argparse.SUPPRESS)
    verb("demo", _demo, "fill an empty installation with people and journeys of the demo")
    verb(
        "createadmin",
        _createadmin,
        "make an organisation and its first administrator (--help for its options)",
    )
    verb("upgrade", _upgrade, "back up, prove the backup, and bring the data up to this version")
    rotate = verb("rotatekeys", _rotatekeys, "add a new encryption key and seal every word again with it")
    rotate.add_argument("--anyway", action="store_true", help="even while Alongside seems to be running")
    backup = verb("backup", _backup, "copy everything, while it runs, into one encrypted file")
    backup.add_argument("--to", metavar="FOLDER", help="instead of the folder of the nightly backups")
    restore = verb("restore", _restore, "bring a backup into an empty home")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--key", metavar="FILE", help="the backup key, when it is not in the home's keys")
    drill = verb("drill", _drill, "restore the newest backup as a test, into a folder that is thrown away")
    drill.add_argument("--folder", metavar="FOLDER", help="instead of the folder of the nightly backups")
    figures = verb("figures", _figures, "work out the figures of programmes now, as is done every night")
    figures.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    figures.add_argument("--master", default="local[2]", help="the address of Spark (default local[2])")
    _add_keys(verbs)
    verb("bounce", _bounce, "read a mail server's report of an email that did not arrive from stdin")
    verb("check", _check, "look for mistakes in the settings, in the modes of files and in the ledger")
    verb("manage", _manage, "any of Django's own commands")
    return parser


def _setup(arguments) -> None:
    # root writes the units of an installation that is somebody else's, and no file into it
    if arguments.systemd is None or not home.is_anothers():
        from alongside.config import first_start

        first_start.set_up()
    if arguments.systemd is not None:
        _write_units(arguments.systemd)


def _write_units(given: str) -> None:
    from pathlib import Path

    from alongside.config import units

    folder = Path(given).expanduser().resolve() if given else units.folder_of_units()
    written, left = units.write(folder)
    for path in written:
        sys.stdout.write(f"Wrote {path}\n")
    for path in left:
        sys.stdout.write(f"Left {path} as it is: it has been changed. Remove it to have it written anew.\n")
    own = "" if os.geteuid() == 0 else " --user"
    sys.stdout.write(
        f"Enter your settings in {folder / units.SETTINGS}. Then start it, now and whenever the machine starts:\n"
        f"    systemctl{own} daemon-reload && systemctl{own} enable --now alongside\n"
    )


def _serve(arguments) -> int:
    before = _interrupts(signal.SIG_DFL)
    try:
        return _set_up_and_serve(arguments, before)
    finally:
        _interrupts(before)


def _interrupts(handler):
    """What Ctrl-C does from now on; what it did before.

    While a start reads modules and makes tables it ends the process there and then, which everything that is saved has to
    survive anyway: an exception was swallowed in 4 of 110 starts, by whatever callback or C code it came upon.
    """
    return signal.signal(signal.SIGINT, handler)


def _set_up_and_serve(arguments, before) -> int:
    port = arguments.port or surroundings.number("PORT", 8000)
    os.environ["PORT"] = str(port)
    if in_clear := surroundings.open_to_a_network(arguments.host):
        raise surroundings.Wrong(in_clear)
    from alongside.config import first_start, serving

    with home.claimed("serving") as mine:
        if not mine:
            raise surroundings.Wrong(
                f"Alongside is running with the data in {home.home()} already. "
                "Stop it first, or choose another folder: ALONGSIDE_HOME=/some/folder alongside serve"
            )
        if serving.is_taken(arguments.host, port):
            raise surroundings.Wrong(
                f"Port {port} is taken by another program. Choose another: PORT={port + 1} alongside serve"
            )
        home.remember_address(serving.address_of(arguments.host, port))
        first_start.set_up()
        first_start.furnish_demo()
        _interrupts(before)
        return serving.serve(
            host=arguments.host, port=port, workers=arguments.workers, threads=arguments.threads
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
    if {"-h", "--help"} & set(arguments.rest):
        return _django("createadmin", "--help")
    from alongside.config import first_start

    first_start.set_up()
    return _django("createadmin", *arguments.rest)


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
    from alongside.backups import own_keys

    own_keys.plant()
    _django("reseal")
    sys.stdout.write(
        f"Key {name} seals all words now. Keep a copy of {home.keyring_file()} in a safe place.\n"
    )
    return 0


def _add_keys(verbs) -> None:
    text = "print the keys, or retire an old one"
    of_keys = verbs.add_parser("keys", help=text, description=text).add_subparsers(
        required=True, metavar="WHAT"
    )
    printed = of_keys.add_parser("print", help="write all keys into a PDF, to be printed and locked away")
    printed.add_argument("file", metavar="FILE", nargs="?", default="alongside-keys.pdf")
    printed.set_defaults(run=_print_keys)
    retired = of_keys.add_parser("retire", help="remove an old key once nothing is sealed with it")
    retired.add_argument("name", metavar="NAME")
    retired.set_defaults(run=_retire_key)


def _backup(arguments) -> int:
    _ready()
    from alongside.backups import commands

    return commands.backup(arguments)


def _figures(arguments) -> int:
    _ready()
    from alongside.programmes import commands

    return commands.figures(arguments)


def _upgrade(arguments) -> int:
    from alongside.config import upgrade

    return upgrade.upgrade()


def _restore(arguments) -> int:
    if home.read_keyring() is None or home.read_secret_key() is None:
        sys.stderr.write(
            f"Nothing was restored. The keys are missing: put them back into {home.keyring_file().parent} first.\n"
        )
        return 1
    from alongside.config import first_start

    first_start.start_django()
    from alongside.backups import commands

    return commands.restore(arguments)


def _drill(arguments) -> int:
    _ready()
    from alongside.backups import commands

    return commands.drill(arguments)


def _print_keys(arguments) -> int:
    _ready()
    from alongside.backups import commands

    return commands.print_keys(arguments)


def _retire_key(arguments) -> int:
    _ready()
    from alongside.backups import commands

    refused = commands.retire_key(arguments)
    if not refused:
        from alongside.backups import own_keys

        home.remove_key(arguments.name)
        own_keys.forget(arguments.name)
        sys.stdout.write(f"Key {arguments.name} is gone from the keyring.\n")
    return refused


def _ready() -> None:
    from alongside.config import first_start

    first_start.set_up()
    first_start.start_django()


def _bounce(arguments) -> None:
    _django("bounce")


def _check(arguments) -> int:
    deploy = os.environ["DJANGO_SETTINGS_MODULE"].endswith(".prod")
    _django("check", *(["--deploy"] if deploy else []))
    open_to_others = home.open_to_others()
    for path in open_to_others:
        sys.stderr.write(
            f"{path} can be read by others on this machine. Its owner closes it: chmod go= {path}\n"
        )
    _django("checkledger")
    return 1 if open_to_others else 0


def _manage(arguments) -> None:
    _django(*arguments.rest)


def _django(*words: str) -> None:
    """As `execute_from_command_line`, which would print some errors itself and end the process."""
    from alongside.config import first_start

    if words[:1] and "--help" not in words:
        first_start.start_django()
        from django.core.management import call_command, get_commands

        if words[0] in get_commands():
            call_command(*words)
            return
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alongside", *words])


if __name__ == "__main__":
    sys.exit(main())
