import { LINE_BREAKS } from './logical-lines.ts';

/** Cell magics of IPython and of well-known extensions whose body is Python. */
export const pythonMagics =
  /^(?:time|timeit|capture|prun|debug|memit|mprun|lprun|snakeviz|scalene|heat|skip|ipytest|pypy|python[23]?|pyspark|px|local|wandb|script|writefile|file)$/;

/** Cell magics whose body is another language, markup, or text for a file. */
export const foreignMagics =
  /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|html|HTML|svg|SVG|latex|markdown|javascript|js|css|perl|ruby|R|julia|octave|matlab|java|scala|cpp|cu|cuda|cython|fortran|rust|sql|sparksql|bigquery|bq|duckdb|kql|cypher|sparql|mermaid|graphviz|dot|configure|writetemplate|ai|chat)$/;

/** Those of them that run the body in a shell. */
export const shellMagics = /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|script)$/;

/**
 * Line magics that run the Python behind their options, with the letters of those options that take a value, of IPython
 * (https://github.com/ipython/ipython/blob/9.17.1/IPython/core/magics/execution.py), line_profiler
 * (https://github.com/pyutils/line_profiler) and memory_profiler (https://github.com/pythonprofilers/memory_profiler),
 * 2026-11.
 */
export const runningMagics: ReadonlyMap<string, string> = new Map([
  ['time', ''],
  ['timeit', 'nrpv'],
  ['prun', 'DlsT'],
  ['memit', 'rti'],
  ['mprun', 'fT'],
  ['lprun', 'fmDTu'],
  ['debug', 'b'],
]);

/** Those of `%run` whose value is no module. */
export const runOptions = 'NbDlsT';

const letter = `[^\\s${LINE_BREAKS}]`;
const quoted = `(?:"(?:(?!import)[^"${LINE_BREAKS}]){0,200}"|'(?:(?!import)[^'${LINE_BREAKS}]){0,200}')`;
/** In quotes, or a word: what holds `import` is no value, wherever its quotes end. */
const optionValue = `(?:${quoted}|(?!${quoted})${letter}+)`;

/**
 * @param valued The letters of options that take a value, attached to them or in the next word.
 * @param module The letter of an option that names a module: none of these.
 * @returns A pattern for the options before what a magic runs, as `getopt` reads them.
 */
export function optionsBefore(valued: string, module = ''): string {
  const long = String.raw`--(?:breakpoint(?:=|[ \t]+)${letter}+|[a-z]+(?:-[a-z]+)+|(?=[ \t]))(?=[ \t])`;
  if (valued === '') return String.raw`(?:[ \t]+${long})*`;
  const flag = String.raw`[^\W${valued}${module}]`;
  const withValue = `-${flag}*[${valued}](?:${letter}+|[ \\t]+${optionValue})`;
  return String.raw`(?:[ \t]+(?:${long}|${withValue}|-${flag}+(?!${letter})))*`;
}

/**
 * The line magics of IPython (https://ipython.readthedocs.io/en/stable/interactive/magics.html, 2026-11), and `uv`: they
 * may lack their sign (automagic).
 */
export const lineMagics =
  'alias|alias_magic|autoawait|autocall|automagic|autoreload|autosave|aimport|bookmark|cat|cd|clear|colors|conda|config|connect_info|cp|debug|dhist|dirs|doctest_mode|ed|edit|env|gui|hist|history|killbgscripts|ldir|less|lf|lk|ll|load|load_ext|loadpy|logoff|logon|logstart|logstate|logstop|ls|lsmagic|lx|macro|magic|mamba|man|matplotlib|micromamba|mkdir|more|mv|notebook|page|pastebin|pdb|pdef|pdoc|pfile|pinfo|pinfo2|pip|popd|precision|prun|psearch|psource|pushd|pwd|pycat|pylab|qtconsole|quickref|recall|rehashx|reload_ext|rep|rerun|reset|reset_selective|rm|rmdir|run|save|sc|set_env|store|sx|system|tb|time|timeit|unalias|unload_ext|uv|who|who_ls|whos|xdel|xmode';
