import { pypi } from '../names.ts';
import type { Dependency, DependencySource, RegistryLine } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { channelName, isUsualChannel, takesAway } from './channels.ts';
import { distributionOf } from './conda-names.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { foreign, withoutCredentials, withoutFragment } from '../../shared/source-location.ts';
import type { MatchSpec } from './match-spec.ts';
import { readMatchSpec } from './match-spec.ts';
import type { MappedText } from './python-dependencies.ts';
import type { TextNode } from '../../../documents/document.ts';

/**
 * Adds what a match specification of conda asks for. `conda install --file` reads such lines, too
 * (https://docs.conda.io/projects/conda/en/stable/commands/install.html). What pip has installed in an environment stands in
 * its list with the build `pypi_0`, under its name on PyPI.
 */
export function addMatchSpec(draft: ManifestBuilder, { text, spanOf }: MappedText): void {
  const spec = text.trimEnd();
  const start = spec.length - spec.trimStart().length;
  const colons = spec.indexOf('::');
  // A channel may stand as its address: `https://conda.example/own::numpy`.
  const isPlace = colons === -1 || spec.includes('/', colons);
  if (isPlace && /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|[~./\\])/i.test(spec)) {
    addPlace(draft, spec.slice(start), spanOf({ start, end: spec.length }));
    return;
  }
  const matchSpec = readMatchSpec(spec);
  if (matchSpec === null) {
    // What a template engine fills in is no specification yet.
    if (!hasPlaceholder(spec))
      draft.broken.push({
        message: 'not a conda package specification',
        offset: spanOf({ start: 0, end: spec.length }).start,
      });
    return;
  }
  const source = sourceOf(matchSpec);
  const isOfPip = /=pypi_\d+$/.test(spec);
  for (const { name, span } of matchSpec.names) {
    if (isOfPip) addDistribution(draft, { name, specifier: name, span: spanOf(span), source });
    else addConda(draft, { name, span: spanOf(span), source });
  }
}

/** An archive says more than a channel, and a channel in brackets more than one before the name. */
function sourceOf({ channels, urls: [url] }: MatchSpec): DependencySource {
  if (url !== undefined) return foreign('a URL', withoutFragment(url));
  return channelSource(channels.find((channel) => !isUsualChannel(channel)));
}

/** Adds a package that stands as its URL or path. */
function addPlace(draft: ManifestBuilder, specifier: string, span: Span): void {
  const source = specifier.includes('://')
    ? foreign('a URL', withoutFragment(specifier))
    : foreign('a path', specifier);
  draft.dependencies.push({ ecosystem: pypi.id, name: null, specifier, source, span, optional: false });
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
  addDistribution(draft, { name: distribution, specifier: name, span, source, ...(isConda && { isConda }) });
}

/** @param line The name of the distribution, and the one that stands in the manifest. */
function addDistribution(
  draft: ManifestBuilder,
  { name, ...line }: Omit<Dependency, 'ecosystem' | 'optional' | 'name'> & { readonly name: string },
): void {
  draft.dependencies.push({ ecosystem: pypi.id, name: pypi.canonical(name), optional: false, ...line });
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
