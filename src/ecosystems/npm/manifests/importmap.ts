import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addDependency } from './npm-dependencies.ts';

/** A line of `pin`, and those that it goes on in. */
const PIN = /^[\ufeff \t]*pin[ \t(]+(["'])([^"'\n]+)\1((?:[^\n]*,[ \t]*\r?\n)*[^\n]*)/gm;

/** A name without its closing quote. */
const ENDLESS = /^[\ufeff \t]*pin[ \t(]+(["'])(?![^"'\n]*["'])/gm;

/** Where Rails keeps programs of the project's own; what `bin/importmap pin` downloads stands in vendor/javascript. */
const ownFolders = ['app/javascript', 'app/assets/javascripts', 'lib/assets/javascripts'];

/**
 * Reads the pins of a Rails application (https://github.com/rails/importmap-rails#readme): names that programs import, and
 * the file or the address that each stands for.
 */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest();
  for (const { 0: line, 1: quote = '', 2: pinned = '', 3: options = '', index } of text.matchAll(PIN)) {
    const specifier = /^(?:@[^/]+\/)?[^/]+/.exec(pinned)?.[0] ?? pinned;
    const start = index + line.indexOf(quote) + 1;
    const to = /\bto:\s*(["'])([^"'\n]+)\1/.exec(options)?.[2];
    addDependency(draft, {
      specifier,
      value: valueOf(to),
      files: ownFolders.map((folder) => `../${folder}/${to ?? `${pinned}.js`}`),
      span: { start, end: start + specifier.length },
      optional: false,
    });
  }
  for (const { 0: line, index } of text.matchAll(ENDLESS))
    draft.broken.push({ message: 'the name has no end', offset: index + line.length - 1 });
  return Promise.resolve(normalise(draft));
}

/** @returns What package.json would say of an address: a package under its own name, or where it comes from. */
function valueOf(to: string | undefined): string {
  if (to === undefined || !/^https?:/i.test(to)) return '';
  const served =
    /\/npm:((?:@[^/@]+\/)?[^/@]+)/.exec(to) ??
    /^https?:\/\/(?:unpkg\.com|cdn\.jsdelivr\.net\/npm|esm\.sh|cdn\.skypack\.dev)\/((?:@[^/@]+\/)?[^/@?]+)/.exec(
      to,
    );
  return served?.[1] === undefined ? to : `npm:${served[1]}`;
}
