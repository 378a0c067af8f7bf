import { loadInstalls, mayInstall } from '../../src/languages/shared/installs.ts';
import type { ImportTarget } from '../../src/model/reference.ts';
import type { CommandDialect } from '../../src/shell/templates.ts';

/**
 * A command, and what it installs: the names as they are written; `tsc (program)` for what a runner looks for in the project
 * first; `? word` for what nobody can tell; `word (what)` for what is taken from elsewhere. `⏎` ends a line.
 */
export type CommandRow = readonly [command: string, installs: string];

/** @returns What the commands of a text install, as the tables write it. */
export async function installsIn(command: string, dialect: CommandDialect = 'sh'): Promise<string> {
  const text = command.replaceAll('⏎', '\n');
  const { imports } = (await loadInstalls())(text, dialect);
  if (imports.length > 0 && !mayInstall(text)) throw new Error('the quick look passes over it');
  const shown = imports.map(({ target, span }) => {
    const written = text.slice(span.start, span.end).replaceAll('\n', '⏎');
    const name = target.kind === 'unclear' ? target.expression : target.kind === 'literal' ? '' : target.name;
    const at = written === name.replaceAll('\n', '⏎') ? '' : ` at “${written}”`;
    return `${shownTarget(target)}${at}`;
  });
  return shown.join(', ');
}

function shownTarget(target: ImportTarget): string {
  switch (target.kind) {
    case 'package':
      return target.name;
    case 'program':
      return `${target.name} (program${target.isAsked ? '' : ', fetched'})`;
    case 'unclear':
      return target.line === undefined
        ? `? ${target.expression}`
        : `${target.expression} (${whatOf(target.line)})`;
    case 'literal':
      return target.specifier;
  }
}

function whatOf(line: NonNullable<Extract<ImportTarget, { kind: 'unclear' }>['line']>): string {
  if (line.kind === 'registry') return line.registry.what;
  return line.dependency.source.kind === 'foreign'
    ? line.dependency.source.what
    : line.dependency.source.kind;
}
