import type { Credential } from '../../model/registry.ts';
import { authorizationOf } from '../shared/registry-source.ts';
import type { PythonSettings } from './registry-settings.ts';

/** Where the names of an index stand: archives lie beside (https://peps.python.org/pep-0503/, devpi's `+simple`). */
const names = /\/\+?simple\/$/;

/**
 * Indexes keep their archives beside the list of names, as `…/pypi/files/` beside `…/pypi/simple/`. pip sends the login of
 * an index to its whole host (https://pip.pypa.io/en/stable/topics/authentication/); a host with several tenants would see
 * that of another one, so here it goes to the folder of the index alone.
 *
 * @returns The login of an index, for its archives too.
 */
export function withArchives({ prefix, authorization }: Credential): Credential {
  return { prefix: prefix.replace(names, '/'), authorization };
}

/**
 * `UV_INDEX_<NAME>_USERNAME` and `…_PASSWORD` (https://docs.astral.sh/uv/concepts/authentication/http/) go where the
 * user's own settings say that this name leads: a repository could choose another place.
 */
export function namedCredentials(
  settings: readonly PythonSettings[],
  environment: ReadonlyMap<string, string>,
): readonly Credential[] {
  return settings
    .flatMap(({ named }) => [...named])
    .flatMap(([name, { url }]) => {
      const prefix = `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
      const [user, password] = [environment.get(`${prefix}_USERNAME`), environment.get(`${prefix}_PASSWORD`)];
      if (user === undefined && password === undefined) return [];
      return [
        withArchives({ prefix: `${url}/`, authorization: authorizationOf(user ?? '', password ?? '') }),
      ];
    });
}
