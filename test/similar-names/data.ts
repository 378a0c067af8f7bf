import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { array, object, optional, parse, string } from 'valibot';
import { packageOf } from '../../src/ecosystems/index.ts';

const folder = new URL('../../../shared/data/', import.meta.url);

/** @returns The lines of a file of measured data, or none where the machine doesn't have it. */
export function lines(file: string): string[] {
  const path = fileURLToPath(new URL(file, folder));
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

const squat = object({ ecosystem: string(), malicious_package: string(), target_package: string() });

/** @returns Real typosquats with their targets, names in canonical spelling. */
export function rows(file: string): { ecosystem: string; name: string; target: string }[] {
  return lines(file)
    .map((line) => parse(squat, JSON.parse(line)))
    .map((row) => ({
      ecosystem: row.ecosystem,
      name: packageOf(row.ecosystem, row.malicious_package).name,
      target: packageOf(row.ecosystem, row.target_package).name,
    }));
}

const fake = object({ name: string(), kind: string(), base: array(string()), split: optional(string()) });

/** @returns Invented Python names of one kind, with the real ones that they were derived from. */
export function inventedNames(kind: string): { name: string; base: string[] }[] {
  return lines('fake_python_names.jsonl')
    .map((line) => parse(fake, JSON.parse(line)))
    .filter((row) => row.kind === kind);
}
