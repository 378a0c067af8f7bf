/**
 * What a value may be to a program that loads modules: `loader` for Node's `require` and what is called like it, `maker`
 * for `createRequire`, `module` for an object of a module (https://nodejs.org/api/modules.html#the-module-object),
 * `modules` for a collection of such, `class` for what `node:module` exports, `meta` for `import.meta`; `host` and
 * `process` for the objects that hold them. `r.loader` is an object whose member `r` is a loader.
 */
export type Role = string;

const NONE: ReadonlyMap<string, Role> = new Map();

/** For each role: what the members of such a value are. Any member of a collection is one of what it collects. */
const MEMBERS: ReadonlyMap<Role, ReadonlyMap<string, Role>> = new Map([
  [
    'module',
    new Map([
      ['require', 'loader'],
      ['parent', 'module'],
      ['children', 'modules'],
      ['constructor', 'class'],
    ]),
  ],
  [
    'class',
    new Map([
      ['_load', 'loader'],
      ['prototype', 'module'],
      ['Module', 'class'],
      ['default', 'class'],
    ]),
  ],
  [
    'loader',
    new Map([
      ['resolve', 'loader'],
      ['main', 'module'],
      ['cache', 'modules'],
    ]),
  ],
  [
    'host',
    new Map([
      ['require', 'loader'],
      ['module', 'module'],
      ['process', 'process'],
    ]),
  ],
  ['process', new Map([['mainModule', 'module']])],
  [
    'meta',
    new Map([
      ['require', 'loader'],
      ['resolve', 'loader'],
    ]),
  ],
]);

/** What the names are that no program has to declare. */
export const GLOBAL_ROLES: ReadonlyMap<string, Role> = new Map([
  ['require', 'loader'],
  ['createRequire', 'maker'],
  ['module', 'module'],
  ['globalThis', 'host'],
  ['global', 'host'],
  ['window', 'host'],
  ['self', 'host'],
  ['process', 'process'],
]);

/**
 * @param name - What the member is called; undefined where only the program's run tells.
 * @returns What a member of a value is.
 */
export function rolesOfMember(roles: Iterable<Role>, name: string | undefined): readonly Role[] {
  const members = [...roles].flatMap((role) => roleOfMember(role, name) ?? []);
  return name === 'createRequire' ? [...members, 'maker'] : members;
}

function roleOfMember(role: Role, name: string | undefined): Role | undefined {
  if (role === 'modules') return 'module';
  if (name === undefined) return undefined;
  const prefix = `${name}.`;
  return role.startsWith(prefix) ? role.slice(prefix.length) : (MEMBERS.get(role) ?? NONE).get(name);
}

/** How deep members of members are followed. */
const DEEPEST = 3;

/** @returns What an object is to whose member a value of these roles is given. */
export function rolesOfOwner(roles: Iterable<Role>, key: string): readonly Role[] {
  return [...roles].filter((role) => role.split('.').length <= DEEPEST).map((role) => `${key}.${role}`);
}
