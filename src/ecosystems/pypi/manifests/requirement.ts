import type { DependencySource } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { pythonSource } from '../../shared/source-location.ts';

/**
 * One requirement. `name` is as written; null for a URL or path that doesn't tell one. `span` covers the
 * name, else the location. `problem` says what could not be read after the name.
 */
export interface Requirement {
  readonly kind: 'requirement';
  readonly name: string | null;
  readonly span: Span;
  readonly extras: readonly string[];
  readonly source: DependencySource;
  /** The only version that it takes. */
  readonly version: string | null;
  /** It has an environment marker, so some environments do without it. */
  readonly marker: boolean;
  readonly problem: Problem | null;
}

export interface Problem {
  readonly message: string;
  readonly offset: number;
}

/** `project` is the project itself: `.`, `.[dev]`, `file:///${PROJECT_ROOT}`. Offsets count from the start of the text. */
export type RequirementReading =
  Requirement | { readonly kind: 'project' } | { readonly kind: 'unreadable'; readonly problem: Problem };

/**
 * Reads a requirement as PEP 508 writes it, `name[extra] >=1 ; marker` or `name @ URL`
 * (https://packaging.python.org/en/latest/specifications/dependency-specifiers/), and what pip accepts in its
 * place: a URL or a path (https://pip.pypa.io/en/stable/cli/pip_install/#argument-handling). Versions and
 * markers are not checked.
 *
 * @param text The requirement without comments and options.
 */
export function readRequirement(text: string): RequirementReading {
  const start = text.length - text.trimStart().length;
  const body = text.slice(start).trimEnd();
  if (PROJECT.test(body)) return { kind: 'project' };
  const named = readNamed(text, start);
  if (named !== undefined) return named;
  const location = locationIn(body);
  if (location !== undefined) return readLocated(body, location, start);
  return {
    kind: 'unreadable',
    problem: { message: `not a Python requirement: ${excerpt(body)}`, offset: start },
  };
}

/**
 * The folder of the project, also as PDM exports it
 * (https://pdm-project.org/en/latest/usage/dependency/#local-dependencies).
 */
const PROJECT = /^(?:\.\/?|file:\/\/\/\$\{PROJECT_ROOT\}\/?)(?:\[[^\]]*\])?(?:\s*;.*)?$/;

/** Letters, digits and inner `-`, `_`, `.`, as PEP 508 has it. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?/i;

/** A requirement that begins with its name, or undefined where the text begins with a location. */
function readNamed(text: string, start: number): Requirement | undefined {
  const [name] = NAME.exec(text.slice(start)) ?? [];
  if (name === undefined || isLocation(text.slice(start).trimEnd())) return undefined;
  const end = start + name.length;
  const [bracket = ''] = /^\s*\[[^[\]]*\]/.exec(text.slice(end)) ?? [];
  const extrasEnd = end + bracket.length;
  const tail = text.slice(extrasEnd).trim();
  if (bracket === '' && /^[^\s;@<>=!~(]/.test(text.slice(extrasEnd))) return undefined;
  const url = /^@\s*(\S+)/.exec(tail)?.[1];
  // No extra has an equals sign: conda, which may be given the list too, takes `[name=evil]` for another package.
  const readable =
    !/[=:]/.test(bracket) && (tail === '' || url !== undefined || /^(?:[;(<>]|[=!~]=)/.test(tail));
  return {
    kind: 'requirement',
    name,
    span: { start, end },
    extras: extrasIn(bracket),
    source: url === undefined ? { kind: 'registry' } : pythonSource(url),
    version: url === undefined ? exactVersion(tail) : null,
    marker: url === undefined ? tail.includes(';') : /\s;/.test(tail),
    problem: readable
      ? null
      : { message: `not a Python requirement: ${excerpt(text.slice(start).trim())}`, offset: extrasEnd },
  };
}

/**
 * @param clauses What stands behind a name: `==1.0`, `>=1,==1.0 ; marker`.
 * @returns The version that `==` asks for; null without it, and for all that begin alike (`==1.*`).
 */
export function exactVersion(clauses: string): string | null {
  const [versions = ''] = clauses.split(';', 1);
  return /(?:^|[,(])\s*===?\s*(\d[\w.!+-]*)(?![\w.!+*-])/.exec(versions)?.[1] ?? null;
}

/** Does a text that could begin with a name begin with a URL, a path or the name of an archive? */
function isLocation(body: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(body) || /^(?:file:|(?:git|hg|svn|bzr)\+)/i.test(body)) return true;
  const [path = ''] = body.split(/[;@]/, 1);
  return /[/\\]/.test(path) || ARCHIVE.test(path.trim());
}

/** File endings that pip takes for packages. */
const ARCHIVE = /\.(?:whl|zip|tgz|tbz|txz|tlz|tar|tar\.(?:gz|bz2|xz|lz|lzma))(?:\[[^[\]]*\])?$/i;

/** The URL or path at the start of a text, without extras and marker. */
function locationIn(body: string): string | undefined {
  const url = /^(?:[a-z][a-z0-9+.-]*:\/\/|file:|(?:git|hg|svn|bzr)\+)\S*/i.exec(body)?.[0];
  if (url !== undefined) return url.replace(/;$/, '');
  const [path = ''] = body.split(';', 1);
  const bare = path.trim().replace(/\[[^[\]]*\]$/, '');
  return /^[.~/\\]/.test(bare) || /[/\\]/.test(bare) || ARCHIVE.test(bare) ? bare : undefined;
}

function readLocated(body: string, location: string, start: number): Requirement {
  const name = nameIn(location);
  const span = { start: start + (name?.start ?? 0), end: start + (name?.end ?? location.length) };
  return {
    kind: 'requirement',
    name: name === undefined ? null : location.slice(name.start, name.end),
    span,
    extras: extrasIn(/\[([^[\]]*)\]/.exec(location)?.[0] ?? body.slice(location.length)),
    source: pythonSource(location),
    version: null,
    marker: body.slice(location.length).includes(';'),
    problem: null,
  };
}

/** The name that a location tells: `#egg=name`, or the file name of a wheel (PEP 427) or sdist (PEP 625). */
function nameIn(location: string): Span | undefined {
  const egg = /[#&]egg=/.exec(location);
  if (egg !== null) return namedSpan(location, egg.index + egg[0].length);
  const [path = ''] = location.split(/[?#]/, 1);
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const start = path.length - file.length;
  if (file.endsWith('.whl')) return namedSpan(location, start, start + file.indexOf('-'));
  if (!ARCHIVE.test(file)) return undefined;
  const version = file.search(/-\d[^-]*$/);
  return version === -1 ? undefined : namedSpan(location, start, start + version);
}

/** @param end Where the name has to end; without it, the name ends where its letters do. */
function namedSpan(location: string, start: number, end?: number): Span | undefined {
  const part = location.slice(start, end);
  const [name] = NAME.exec(part) ?? [];
  if (name === undefined || (end !== undefined && name !== part)) return undefined;
  return { start, end: start + name.length };
}

function extrasIn(brackets: string): readonly string[] {
  const inside = /\[([^[\]]*)\]/.exec(brackets)?.[1] ?? '';
  return inside
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '');
}

function excerpt(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
