import type { Resolver } from '../model/language.ts';

/** A resolver whose modules are loaded when it is first asked: a commit without this language needs none. */
export function lazyResolver(load: () => Promise<Resolver>): Resolver {
  let loaded: Promise<Resolver> | undefined;
  return {
    async resolve(request, trace) {
      loaded ??= load();
      return (await loaded).resolve(request, trace);
    },
    async unread(request) {
      loaded ??= load();
      return (await loaded).unread(request);
    },
  };
}
