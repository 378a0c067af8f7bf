/**
 * Makes the Python wheel: the files of the tarball with their dependencies (scripts/runtime.js), and what starts them. Two
 * runs write the same bytes, with any Node, at any time and in any time zone.
 *
 * node scripts/wheel.js [--no-build] [DESTINATION]
 *
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { zipSync } from 'fflate';
import { flawsOf, packedFiles } from './packed-files.js';
import { runtimeFiles } from './runtime.js';
import {
  entryPoints,
  licencesOf,
  metadata,
  nodeVersions,
  pythonVersion,
  wheelTags,
} from './wheel-metadata.js';

const root = path.resolve(import.meta.dirname, '..');
const words = process.argv.slice(2);
const [destination = path.join(root, 'build')] = words.filter((word) => !word.startsWith('--'));
if (!words.includes('--no-build')) {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
  const flaws = flawsOf(packedFiles(root));
  if (flaws !== '') {
    process.stderr.write(flaws);
    process.exit(1);
  }
}

const runtime = new Map([...(await runtimeFiles())].map(([name, content]) => [name, bytesOf(content)]));
const manifest = JSON.parse(runtime.get('package.json'));
const version = pythonVersion(manifest.version);
const file = path.join(destination, `vetted_imports-${version}-py3-none-any.whl`);
mkdirSync(destination, { recursive: true });
writeFileSync(file, archive(contents()));
process.stdout.write(`${path.relative(process.cwd(), file)}\n`);

/** @returns What the wheel holds, by path. The list of it comes last, as the specification recommends. */
function contents() {
  const info = `vetted_imports-${version}.dist-info`;
  const licences = licencesOf(runtime);
  const python = ['__init__.py', '__main__.py'].map((name) => [
    `vetted_imports/${name}`,
    readFileSync(path.join(root, 'python/vetted_imports', name)),
  ]);
  const files = [
    ...python,
    ['vetted_imports/node-versions.txt', Buffer.from(nodeVersions(manifest.engines.node))],
    ...[...runtime].map(([name, bytes]) => [`vetted_imports/runtime/${name}`, bytes]),
    [`${info}/METADATA`, Buffer.from(metadata(manifest, licences, runtime.get('README.md')))],
    [`${info}/WHEEL`, Buffer.from(wheelTags)],
    [`${info}/entry_points.txt`, Buffer.from(entryPoints(Object.keys(manifest.bin)))],
    ...licences.files.map((name) => [`${info}/licenses/${name}`, runtime.get(name)]),
  ];
  return [...files, [`${info}/RECORD`, Buffer.from(recordOf(files, `${info}/RECORD`))]];
}

/** @returns Each file with its hash and length; the list itself has none. */
function recordOf(files, own) {
  const rows = files.map(([name, bytes]) => {
    const hash = createHash('sha256').update(bytes).digest('base64url');
    return `${name},sha256=${hash},${String(bytes.length)}\n`;
  });
  return [...rows, `${own},,\n`].join('');
}

/** The time is the first one that a zip can hold, as a zip means it: without a zone. */
function archive(files) {
  const attributes = { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs: 0o100644 << 16 };
  return zipSync(Object.fromEntries(files), attributes);
}

function bytesOf(content) {
  return typeof content === 'string' ? Buffer.from(content) : readFileSync(content.source);
}
