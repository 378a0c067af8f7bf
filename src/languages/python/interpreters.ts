/**
 * Programs that read a file as Python, without their version: whatever is called …python (`micropython`, `bpython`,
 * `vpython` of Chromium, `platform-python` of RHEL), and what has a name of its own
 * (https://docs.python.org/3/using/windows.html#launcher, https://www.jython.org, https://ironpython.net, https://pypy.org,
 * https://www.graalvm.org/python, https://www.sagemath.org, https://fades.readthedocs.io; 2026-11).
 */
const programs = ['[\\w-]{0,20}python', 'py', 'jython', 'ipy', 'pypy', 'graalpy', 'sage', 'fades'];

/**
 * What stands behind the name: `w` for one without a console, the version, the marks of a free-threaded or debug build
 * (https://docs.python.org/3/using/configure.html), and what distributions add for those (`python3-dbg` of Debian,
 * `python3-debug` of Fedora, `python3-intel64` of python.org).
 */
const build = '[w]?[\\d.]*[tdw]*(?:-(?:dbg|debug|intel64))?(?:\\.exe)?';

/** Tools that have a file run in an environment that they make. */
const runners = ['uv', 'pipx', 'poetry', 'pdm', 'hatch', 'rye', 'pipenv'];

/** What stands in front of a program: nothing, a folder, `env`, or `env -S` with what is to be split. */
const start = '(?:^|[\\s/!=]|-\\w*S)';

/** Matches the words of a `#!` line, or of what stands for one, that has its file read as Python. */
export const interpreter = new RegExp(
  `${start}(?:(?:${programs.join('|')})${build}|(?:${runners.join('|')})\\s+(?:-\\S+\\s+)*run)(?:\\s|$)`,
);
