"""Reads texts with the readers that Python's tools use, for real-readers.ts: a line of JSON in, a line of JSON out."""

import configparser
import io
import json
import os
import re
import sys
import tempfile

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


try:
    from setuptools.dist import Distribution

    try:
        from packaging.requirements import Requirement
    except ImportError:
        from setuptools.extern.packaging.requirements import Requirement

    @reader
    def setuptools(text):
        """The names in lists of requirements, as `setuptools.config.setupcfg` splits them."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'setup.cfg')
            with open(path, 'wb') as file:
                file.write(text.encode('utf-8', 'surrogatepass'))
            distribution = Distribution()
            distribution._parse_config_files([path])
        options = distribution.get_option_dict('options')
        keys = ['install_requires', 'setup_requires', 'tests_require']
        lists = [options[key][1] for key in keys if key in options]
        lists += [value for _, value in distribution.get_option_dict('options.extras_require').values()]
        names = []
        for value in lists:
            if value.lstrip().startswith('file:'):
                continue
            lines = value.splitlines() if '\n' in value else value.split(';')
            for line in lines:
                requirement = re.sub(r'(^|\s)#.*', '', line).strip()
                if requirement:
                    names.append(Requirement(requirement).name)
        return names

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

try:
    from ruamel.yaml import YAML

    @reader
    def ruamel(text):
        return YAML(typ='base', pure=True).load(text)

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
