/** The interpreters of Python, and the tools that run one, in a `#!` line or a command. */
export const interpreter =
  /(?:^|[\s/!=]|-\w*S)(?:(?:[ij]|micro)?python|pypy|graalpy|sage)[\d.]*[tdw]?(?:\.exe)?(?:\s|$)|(?:^|[\s/!=]|-\w*S)(?:uv|pipx|poetry|pdm|hatch|rye|pipenv)\s+(?:-\S+\s+)*run(?:\s|$)/;
