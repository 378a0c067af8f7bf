import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  array,
  boolean,
  literal,
  nullable,
  nullish,
  number,
  object,
  optional,
  picklist,
  safeParse,
  string,
  unknown,
  variant,
} from 'valibot';
import type { BaseIssue, BaseSchema } from 'valibot';
import type { Machine, RegistryAnswer } from '../model/registry.ts';
import { parseJson } from '../documents/values.ts';
import { TOOL } from '../model/tool.ts';

/** What an entry is about. `identity` tells apart what different credentials may see. */
export interface CacheKey {
  /** The registry's URL, or that of a file whose content never changes. */
  readonly place: string;
  /** The `Authorization` that goes with the request, or null. Only its digest is stored, in a file name. */
  readonly identity: string | null;
  readonly name: string;
}

/** An answer that may be kept. */
export type StoredAnswer = Extract<RegistryAnswer, { kind: 'present' | 'absent' | 'withdrawn' }>;

/** A kept answer with the times that go with it, ISO 8601 in UTC. */
export interface CacheEntry {
  readonly answer: StoredAnswer;
  readonly asOf: string;
  /** When this name was first seen not to exist. Kept for good. */
  readonly absentOn: string | null;
}

/** Raised when the format changes: older files are then ignored. */
const format = 3;

/**
 * Distilled answers on disk: a file for each (place, credentials, name), readable by the user only, written
 * beside and renamed, and read with suspicion: what does not fit is as good as not there. Several copies
 * of this tool may share a folder.
 */
export class Cache {
  readonly #folder: string | null;

  /** @param folder Absolute; null keeps nothing. */
  constructor(folder: string | null) {
    this.#folder = folder;
  }

  async readAnswer(key: CacheKey): Promise<CacheEntry | null> {
    return this.#read(key, entrySchema);
  }

  async writeAnswer(key: CacheKey, entry: CacheEntry): Promise<void> {
    await this.#write(key, entry);
  }

  /** Reads any value that was kept for a key, as its schema checks it. */
  async readValue<T>(key: CacheKey, schema: Schema<T>): Promise<T | null> {
    return this.#read(key, schema);
  }

  async writeValue(key: CacheKey, value: unknown): Promise<void> {
    await this.#write(key, value);
  }

  async #read<T>(key: CacheKey, schema: Schema<T>): Promise<T | null> {
    const path = this.#path(key);
    const text = path === null ? null : await textOf(path);
    if (text === null) return null;
    const file = safeParse(fileSchema, parseJson(text));
    if (!file.success || file.output.place !== key.place || file.output.name !== key.name) return null;
    const value = safeParse(schema, file.output.value);
    return value.success ? value.output : null;
  }

  async #write(key: CacheKey, value: unknown): Promise<void> {
    const path = this.#path(key);
    if (this.#folder === null || path === null) return;
    const temporaryPath = `${path}.${randomBytes(6).toString('hex')}`;
    const text = JSON.stringify({ format, place: key.place, name: key.name, value });
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(temporaryPath, text, { mode: 0o600, flag: 'wx' });
      await rename(temporaryPath, path);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await rm(temporaryPath, { force: true }).catch((reason: unknown) => reason);
    }
  }

  #path({ place, identity, name }: CacheKey): string | null {
    if (this.#folder === null) return null;
    const digest = createHash('sha256')
      .update(JSON.stringify([place, identity, name]))
      .digest('hex');
    return join(this.#folder, `${digest}.json`);
  }
}

/** The folder for caches that the platform has for this user, and in it the one of this tool. */
export function cacheFolder({ environment, home, platform }: Machine): string {
  const tool = TOOL;
  const xdg = environment.get('XDG_CACHE_HOME');
  if (xdg?.startsWith('/') === true) return join(xdg, tool);
  if (platform === 'win32')
    return join(environment.get('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), tool, 'Cache');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', tool) : join(home, '.cache', tool);
}

export type Schema<T> = BaseSchema<unknown, T, BaseIssue<unknown>>;

const fileSchema = object({ format: literal(format), place: string(), name: string(), value: unknown() });

const createdSchema = variant('state', [
  object({ state: literal('present'), value: string(), asOf: string() }),
  object({ state: literal('absent'), asOf: string() }),
  object({ state: literal('unknown'), reason: string() }),
  object({ state: literal('notAsked'), reason: string() }),
]);

const factsSchema = object({
  created: createdSchema,
  versions: nullable(object({ count: number(), exact: boolean() })),
  latest: nullable(string()),
  latestCommit: optional(string()),
  deprecated: nullable(string()),
  status: picklist(['active', 'archived', 'deprecated', 'quarantined']),
  isSecurityHolding: boolean(),
  latestIsSecurityHolding: boolean(),
  installScripts: nullable(boolean()),
  repository: nullable(string()),
  owners: array(string()),
  attested: nullable(boolean()),
  yanked: boolean(),
});

const archiveSchema = object({
  url: string(),
  filename: string(),
  version: string(),
  size: nullable(number()),
  metadata: boolean(),
  variants: optional(array(string())),
});

const entrySchema: Schema<CacheEntry> = object({
  asOf: string(),
  absentOn: nullable(string()),
  answer: variant('kind', [
    object({
      kind: literal('present'),
      facts: factsSchema,
      archive: nullable(archiveSchema),
      versionArchive: nullish(object({ version: string(), archive: nullable(archiveSchema) })),
      etag: nullable(string()),
    }),
    object({ kind: literal('absent') }),
    object({ kind: literal('withdrawn'), on: nullable(string()) }),
  ]),
});

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
