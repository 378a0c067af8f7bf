import { pypi } from '../names.ts';
import type { DependencySource, RegistryLine } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { channelName, isUsualChannel, takesAway } from './channels.ts';
import { distributionOf } from './conda-names.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { foreign, withoutCredentials, withoutFragment } from '../../shared/source-location.ts';
import type { MappedText } from './python-dependencies.ts';
import type { TextNode } from '../../../documents/document.ts';
import { partSpan } from '../../../documents/document.ts';

/**
 * Adds what a conda match specification asks for, `channel::name=version=build`
 * (https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html#package-match-specifications).
 */
export function addMatchSpec(draft: ManifestBuilder, node: TextNode): void {
  const spec = node.value.trimEnd();
  const start = spec.length - spec.trimStart().length;
  const colons = spec.indexOf('::');
  // A channel may stand as its address: `https://conda.example/own::numpy`.
  const isPlace = colons === -1 || spec.includes('/', colons);
  if (isPlace && /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|[~./\\])/i.test(spec)) {
    addPlace(draft, node, { start, end: spec.length });
    return;
  }
  const from = colons === -1 ? start : colons + 2;
  const [blank = '', name] = /^\s*([a-z0-9_.-]+)/i.exec(spec.slice(from)) ?? [];
  if (name === undefined) {
    // What a template engine fills in is no specification yet.
    if (!hasPlaceholder(spec))
      draft.broken.push({ message: 'not a conda package specification', offset: node.span.start });
    return;
  }
  const end = from + blank.length;
  const channel = colons === -1 ? undefined : spec.slice(start, colons).trim();
  addConda(draft, {
    name,
    span: partSpan(node, { start: end - name.length, end }),
    source: channelSource(channel),
  });
}

/** Adds a package that stands as its URL or path. */
function addPlace(draft: ManifestBuilder, node: TextNode, part: Span): void {
  const specifier = node.value.slice(part.start, part.end);
  const source = specifier.includes('://')
    ? foreign('a URL', withoutFragment(specifier))
    : foreign('a path', specifier);
  const span = partSpan(node, part);
  draft.dependencies.push({ ecosystem: pypi.id, name: null, specifier, source, span, optional: false });
}

/**
 * Adds what a line of a list of conda's asks for: `channel::name`, `name=version=build`. `conda install --file` reads such
 * lists, too (https://docs.conda.io/projects/conda/en/stable/commands/install.html). What pip has installed in an environment
 * stands in its list with the build `pypi_0`, under its name on PyPI.
 */
export function addCondaLine(draft: ManifestBuilder, { text, spanOf }: MappedText): void {
  const [head = '', channel, name] = /^\s*(?:([\w./-]+)::)?([a-z0-9_][a-z0-9_.-]*)/i.exec(text) ?? [];
  if (name === undefined) return;
  const span = spanOf({ start: head.length - name.length, end: head.length });
  const source = channelSource(channel);
  if (!/=pypi_\d+\s*$/.test(text)) addConda(draft, { name, span, source });
  else {
    const canonical = pypi.canonical(name);
    draft.dependencies.push({
      ecosystem: pypi.id,
      name: canonical,
      specifier: name,
      source,
      span,
      optional: false,
    });
  }
}

/** Adds a conda package under the name of its PyPI distribution, if it has one. */
export function addConda(
  draft: ManifestBuilder,
  {
    name,
    span,
    source,
    isConda = true,
  }: { name: string; span: TextNode['span']; source: DependencySource; isConda?: boolean },
): void {
  const distribution = distributionOf(name);
  if (distribution === undefined) return;
  const canonical = pypi.canonical(distribution);
  draft.dependencies.push({
    ecosystem: pypi.id,
    name: canonical,
    specifier: name,
    source,
    span,
    optional: false,
    ...(isConda && { isConda }),
  });
}

/** @returns The source behind a channel that a dependency names for itself. */
export function channelSource(channel: string | undefined): DependencySource {
  if (channel === undefined || isUsualChannel(channel)) return { kind: 'registry' };
  return foreign('another channel', channel);
}

/** Adds a channel that serves the programs of a build alone, and no package of the manifest. */
export function addChannelOfBuild(draft: ManifestBuilder, node: TextNode): void {
  if (node.value.trim() !== '' && !isUsualChannel(node.value)) draft.registries.push(channelLine(node));
}

/** Adds a channel of the manifest: one of those that everybody has is no line to be looked at. */
export function addChannel(draft: ManifestBuilder, node: TextNode): void {
  if (node.value.trim() === '') return;
  const isUsual = isUsualChannel(node.value);
  if (!takesAway(node.value)) draft.channels.push(isUsual ? '' : channelName(node.value));
  if (isUsual) return;
  draft.registries.push(channelLine(node));
}

function channelLine(node: TextNode): RegistryLine {
  return { what: 'a channel', value: withoutCredentials(node.value), span: node.span };
}
