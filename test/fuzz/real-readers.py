"""Reads texts with the readers that Python's tools use, for real-readers.ts: a line of JSON in, a line of JSON out."""

import configparser
import io
import json
import re
import sys

READERS = {'json': json.loads}


def reader(function):
    READERS[function.__name__] = function
    return function


def opened(text):
    """A file of the text, as `open(path, encoding='utf-8')` gives it."""
    return io.TextIOWrapper(io.BytesIO(text.encode('utf-8', 'surrogatepass')), encoding='utf-8', errors='surrogatepass')


class Parser(configparser.ConfigParser):
    """With the sections of Python before 3.9, and without its fault for what stands twice."""

    SECTCRE = re.compile(r'\[(?P<header>[^]]+)\]')


@reader
def ini(text):
    parser = Parser(strict=False)
    parser.read_file(opened(text))
    return {section: {key: values(parser, section, key) for key in parser.options(section)} for section in parser.sections()}


def values(parser, section, key):
    try:
        meaning = parser.get(section, key)
    except configparser.InterpolationError:
        meaning = None
    return [parser.get(section, key, raw=True), meaning]


class SetuptoolsParser(Parser):
    """As `Distribution._parse_config_files` of setuptools makes it."""

    def optionxform(self, optionstr):
        return optionstr


def setuptools(text):
    """The names in lists of requirements, as `setuptools.config.setupcfg` splits them."""
    parser = SetuptoolsParser(strict=False)
    parser.read_file(opened(text))
    names = []
    for section in ('options', 'options.extras_require'):
        options = dict(parser.items(section)) if parser.has_section(section) else {}
        for key, value in options.items():
            is_list = section != 'options' or key.replace('-', '_') in LISTS
            if is_list and not value.lstrip().startswith('file:'):
                names.extend(names_in(value))
    return names


LISTS = {'install_requires', 'setup_requires', 'tests_require'}


def names_in(value):
    for line in value.splitlines() if '\n' in value else value.split(';'):
        requirement = re.sub(r'(^|\s)#.*', '', line).strip()
        if requirement:
            # What it refuses setuptools refuses with the whole file.
            yield Requirement(requirement).name


try:
    from packaging.requirements import Requirement

    reader(setuptools)

except ImportError:
    pass

try:
    import tomllib

    READERS['toml'] = tomllib.loads

except ImportError:
    pass

try:
    import yaml

    @reader
    def pyyaml(text):
        return yaml.load(text, Loader=yaml.BaseLoader)

except ImportError:
    pass


def plain(value):
    """Without what JSON can't say: dates, numbers that are none, keys that are no strings."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError('a key that is no string')
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str) or value is None else True


def main():
    print(json.dumps(sorted(READERS)), flush=True)
    for line in sys.stdin:
        name, text = json.loads(line)
        try:
            answer = {'value': plain(READERS[name](text))}
        except BaseException as error:
            answer = {'error': f'{type(error).__name__}: {error}'[:200]}
        print(json.dumps(answer), flush=True)


main()
