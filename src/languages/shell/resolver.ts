import { findEcosystem, packageOf } from '../../ecosystems/index.ts';
import type { Project, ProgramRequest, Resolution, Resolver, ResolveRequest } from '../../model/language.ts';
import type { Origin, Step } from '../../model/reference.ts';

/** Finds the packages behind programs that runners start (npx, bunx); everything else in commands says its package itself. */
export function createResolver({ files, trusted }: Project): Resolver {
  return {
    async resolve({ file, specifier, names, program }, trace) {
      const origin = program && (await originOf({ file, specifier, program }, { files, trusted }, trace));
      return [{ origin: origin ?? NO_PROGRAM, names: names ?? [] } satisfies Resolution];
    },
    providers: () => Promise.resolve([]),
    unread: () => Promise.resolve([]),
  };
}

const NO_PROGRAM: Origin = { kind: 'unknown', reason: 'it is not a program that a runner starts' };

type ProgramOf = Pick<ResolveRequest, 'file' | 'specifier'> & { readonly program: ProgramRequest };

async function originOf(
  { file, specifier, program: { ecosystem, isAsked } }: ProgramOf,
  project: Pick<Project, 'files' | 'trusted'>,
  trace: ((step: Step) => void) | undefined,
): Promise<Origin> {
  const programs = await findEcosystem(ecosystem)?.installCommands?.programs?.();
  const owner = (await programs?.find(specifier, { file, ...project })) ?? null;
  if (owner?.kind === 'project') {
    trace?.({ text: `the project has the program ${specifier} itself`, file: owner.file, line: null });
    return { kind: 'local', file: owner.file };
  }
  if (owner === null && isAsked)
    return {
      kind: 'unknown',
      reason: `no package that the project declares is known for the program ${specifier}`,
    };
  const name = owner?.name ?? specifier;
  trace?.({
    text: owner === null ? `the runner fetches ${name}` : `${name} has the program ${specifier}`,
    file: null,
    line: null,
  });
  return { kind: 'package', package: packageOf(ecosystem, name), alternatives: [] };
}
