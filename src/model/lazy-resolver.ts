import type { Resolver } from './language.ts';

/** A resolver whose modules are loaded when it is first asked: a commit without this language needs none. */
export function lazyResolver(load: () => Promise<Resolver>): Resolver {
  let loading: Promise<Resolver> | undefined;
  let loaded: Resolver | undefined;
  return {
    async resolve(request, trace) {
      loaded ??= await (loading ??= load());
      return loaded.resolve(request, trace);
    },
    async providers(specifier) {
      loaded ??= await (loading ??= load());
      return loaded.providers(specifier);
    },
    async unread(request) {
      loaded ??= await (loading ??= load());
      return loaded.unread(request);
    },
  };
}
