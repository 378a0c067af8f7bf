import { posix } from 'node:path';
import type { TrackedNames } from '../../shared/tracked-names.ts';
import { folderOf, inFolder } from '../../../text/paths.ts';
import { isDeclaration, isProgram } from './targets.ts';

/**
 * What stands beside a module under its name and is never made into one: its tests, stories and documents, styles, images,
 * fonts, markup and data.
 */
const BESIDE = new RegExp(
  `\\.(?:${[
    'snap|md|mdx|markdown|txt|rst|adoc|map|log|lock|orig|rej|bak|patch|diff|tsbuildinfo',
    'css|scss|sass|less|styl|stylus|pcss|postcss|sss',
    'svg|png|jpe?g|gif|webp|avif|ico|bmp|pdf|mp[34]|webm|ogg|wav|woff2?|ttf|otf|eot|psd|fig',
    'html?|xhtml|wxml|wxss|axml|acss|json5?|jsonc|ya?ml|toml|csv|tsv|xml|po|pot|sh|bash|ps1|bat|zip|gz|tgz',
    'py|pyi|rb|php|java|kt|swift|cs|lua|pl|ex|exs|sql',
  ].join('|')})$`,
  'i',
);

/** Styles are made of styles (https://sass-lang.com, https://lesscss.org, https://stylus-lang.com, https://postcss.org). */
const STYLE = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)$/;

/**
 * Descriptions of interfaces and grammars, whose compilers write modules that are called like them with something added
 * (https://protobuf.dev/reference/javascript/javascript-generated/, https://github.com/antlr/antlr4/blob/master/doc/javascript-target.md,
 * https://thrift.apache.org, https://flatbuffers.dev, https://the-guild.dev/graphql/codegen; 2026-11-30).
 */
const DESCRIPTION =
  /\.(?:proto|g4|thrift|fbs|capnp|graphqls?|gql|pegjs|peggy|ne|jison|wit|avdl|avsc|prisma|idl|webidl)$/;

/** Files for one platform alone: https://reactnative.dev/docs/platform-specific-code, https://necolas.github.io/react-native-web/docs/setup/ */
const PLATFORM =
  /^\.(?:web|native|ios|android|windows|macos|tv|tvos|visionos|electron|desktop|mobile|browser|node)\.[cm]?[jt]sx?$/;

/**
 * Looks for what a module is built from, beside the place where it would be.
 *
 * @param path Where the module would be, from the root, with or without an ending.
 * @returns The source, relative to the root; undefined where nothing there can be one.
 */
export async function builtFrom(path: string, names: TrackedNames): Promise<string | undefined> {
  const folder = folderOf(path);
  const name = posix.basename(path);
  const neighbours = path === '' ? [] : await names.inFolder(folder);
  const source = [...neighbours].find((file) => builds(file, name));
  if (source !== undefined) return inFolder(folder, source);
  const index = [...(await names.inFolder(path))].find((file) => builds(file, 'index'));
  return index === undefined ? undefined : inFolder(path, index);
}

/** Is a file of the folder a source of what is called `name`? */
function builds(file: string, name: string): boolean {
  const ending = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  if (file.startsWith(`${name}.`) && isSource(file.slice(name.length))) return true;
  if (ending !== '' && file.startsWith(`${stem}.`) && isSource(file.slice(stem.length))) return true;
  if (STYLE.test(name)) return STYLE.test(file) && withoutEnding(file) === withoutEnding(name);
  const described = DESCRIPTION.test(file) ? withoutEnding(file).toLowerCase() : '';
  return described !== '' && stem.toLowerCase().startsWith(described);
}

/** @param suffix What a file's name has behind that of the module: `.pegjs`, `.ts.hbs`, `.ios.tsx`. */
function isSource(suffix: string): boolean {
  if (isProgram(suffix) || isDeclaration(suffix)) return PLATFORM.test(suffix);
  return !BESIDE.test(suffix) && !/\.(?:test|spec|stories|story|bench|e2e|cy)\./.test(`${suffix}.`);
}

function withoutEnding(file: string): string {
  return file.slice(0, file.length - posix.extname(file).length);
}
