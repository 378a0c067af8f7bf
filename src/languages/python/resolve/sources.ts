/** A format of which a tool makes modules, and what it calls them. */
interface SourceFormat {
  readonly ending: RegExp;
  /** By the name of the source without its ending. */
  readonly modules: (stem: string) => readonly string[];
  /** Whether the module may lie in another folder than its source. */
  readonly isAnywhere: boolean;
  readonly source: string;
  readonly date: string;
}

const stemItself = (stem: string) => [stem];

/** Formats of which tools make modules of Python. */
const FORMATS: readonly SourceFormat[] = [
  {
    // A template of a module stands under the module's name: _version.py.in, settings.py.j2, models.pyx.tp, apps.py-tpl
    ending: /\.(?:py|pyi|pyx)[.-][\w.-]+$/,
    modules: stemItself,
    isAnywhere: false,
    source: 'https://mesonbuild.com/Configuration.html',
    date: '2026-11-30',
  },
  {
    ending: /\.(?:c|cc|cpp|cxx|cu|m|mm)$/,
    modules: stemItself,
    isAnywhere: false,
    source: 'https://docs.python.org/3/extending/building.html',
    date: '2026-11-30',
  },
  {
    ending: /\.(?:rs)$/,
    modules: stemItself,
    isAnywhere: false,
    source: 'https://www.maturin.rs/project_layout.html',
    date: '2026-11-30',
  },
  {
    ending: /\.(?:f|f77|f90|f95|pyf)$/,
    modules: stemItself,
    isAnywhere: false,
    source: 'https://numpy.org/doc/stable/f2py/usage.html',
    date: '2026-11-30',
  },
  {
    ending: /\.i$/,
    modules: (stem) => [stem, `_${stem}`],
    isAnywhere: false,
    source: 'https://www.swig.org/Doc4.3/Python.html#Python_nn6',
    date: '2026-11-30',
  },
  {
    ending: /\.ui$/,
    modules: (stem) => [`ui_${stem}`, `Ui_${stem}`, `${stem}_ui`, `${stem}UI`, stem],
    isAnywhere: true,
    source: 'https://doc.qt.io/qtforpython-6/tools/pyside-uic.html',
    date: '2026-11-30',
  },
  {
    ending: /\.qrc$/,
    modules: (stem) => [`${stem}_rc`, `rc_${stem}`, `qrc_${stem}`, stem],
    isAnywhere: true,
    source: 'https://doc.qt.io/qtforpython-6/tools/pyside-rcc.html',
    date: '2026-11-30',
  },
  {
    ending: /\.g4$/,
    modules: (stem) =>
      ['', 'Lexer', 'Parser', 'Listener', 'Visitor', 'ParserListener', 'ParserVisitor'].map(
        (suffix) => stem.replace(/(?:Lexer|Parser)$/, '') + suffix,
      ),
    isAnywhere: true,
    source: 'https://github.com/antlr/antlr4/blob/dev/doc/python-target.md',
    date: '2026-11-30',
  },
  {
    // Python loads it by a hook of its own.
    ending: /\.(?:hy|coco|xsh)$/,
    modules: stemItself,
    isAnywhere: false,
    source: 'https://hylang.org/hy/doc/v1.0.0/interop',
    date: '2026-11-30',
  },
];

/**
 * @param name Of a module.
 * @param siblings Names of the files beside it.
 * @returns The file of which a tool makes the module, if there is one.
 */
export function sourceOf(
  name: string,
  siblings: ReadonlySet<string>,
  { paths }: { readonly paths: readonly string[] },
): string | undefined {
  const isMade = (file: string, formats: readonly SourceFormat[]) =>
    formats.some(
      ({ ending, modules }) => ending.test(file) && modules(file.replace(ending, '')).includes(name),
    );
  const sibling = [...siblings].find((file) => isMade(file, FORMATS));
  if (sibling !== undefined) return sibling;
  const distant = FORMATS.filter(({ isAnywhere }) => isAnywhere);
  return paths.find((path) => isMade(path.slice(path.lastIndexOf('/') + 1), distant));
}
