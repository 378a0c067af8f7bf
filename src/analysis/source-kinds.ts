import type { Contained, ContainerFormat, Language, Segment } from '../model/language.ts';

/** The languages and containers that program text is read in. */
export interface SourceKinds {
  readonly languages: readonly Language[];
  readonly containers: readonly ContainerFormat[];
}

/** How the program text of one file is found. */
export type TextKind =
  | { readonly kind: 'language'; readonly language: Language; readonly dialect: string }
  | { readonly kind: 'container'; readonly format: ContainerFormat }
  | { readonly kind: 'script' };

/**
 * Tells by its name how a file is read. A file without an extension may be a script: its `#!` line
 * decides.
 *
 * @returns undefined for a file that holds no program text of a known language.
 */
export function kindOf(path: string, { languages, containers }: SourceKinds): TextKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return dot < 0 ? { kind: 'script' } : undefined;
  const extension = name.slice(dot + 1).toLowerCase();
  const language = languages.find(({ extensions }) => extensions.includes(extension));
  if (language) return { kind: 'language', language, dialect: extension };
  const format = containers.find(({ extensions }) => extensions.includes(extension));
  return format && { kind: 'container', format };
}

/** @returns The program text that a file holds, in pieces of one language each. */
export async function contentsOf(
  text: string,
  kind: TextKind,
  { languages }: SourceKinds,
): Promise<Contained> {
  switch (kind.kind) {
    case 'container':
      return (await kind.format.container()).contents(text);
    case 'language':
      return whole(text, kind.language, kind.dialect);
    case 'script': {
      const interpreter = /^#!.*/.exec(text)?.[0];
      const language = interpreter && languages.find((candidate) => candidate.interpreter.test(interpreter));
      return language ? whole(text, language, language.extensions[0] ?? '') : { segments: [], broken: null };
    }
  }
}

function whole(text: string, language: Language, dialect: string): Contained {
  const segment: Segment = { language: language.id, text, dialect, at: { kind: 'offset', start: 0 } };
  return { segments: [segment], broken: null };
}
