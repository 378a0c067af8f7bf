import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** What an installation brings along: the package, what it needs at run time, and what runs at install time. */
export default {
  id: 'size',
  title: 'What an installation brings along',
  missing() {
    return existsSync(path.join(root, 'dist/types')) ? null : 'there is no build; run npm run build';
  },
  run() {
    const { size, unpackedSize, files } = packed();
    const packages = runtimePackages();
    const sizes = packages.map(({ folder }) => sizeOf(path.join(root, folder)));
    const total = sizes.reduce((sum, bytes) => sum + bytes, unpackedSize);
    const unexpected = files.filter((file) => !isExpected(file));
    const scripts = packages.filter(({ folder, marked }) => marked || hasInstallScript(folder));
    const rows = [
      { name: 'tarball', value: size / 1e6, unit: 'MB', note: `${files.length} files` },
      {
        name: 'files in it that are not on the list of its contents',
        value: unexpected.length,
        unit: '',
        budget: 0,
      },
      { name: 'the package, unpacked', value: unpackedSize / 1e6, unit: 'MB' },
      { name: 'with everything that it needs, TypeScript too', value: total / 1e6, unit: 'MB' },
      { name: 'packages that it needs', value: packages.length, unit: '' },
      {
        name: 'of these, with a script that runs at install time',
        value: scripts.length,
        unit: '',
        budget: 0,
      },
    ];
    return { rows, exceptions: [...unexpected, ...scripts.map(({ folder }) => folder)] };
  },
};

/** The tarball as `npm pack` would make it. @returns {{ size: number, unpackedSize: number, files: string[] }} */
function packed() {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ size, unpackedSize, files }] = JSON.parse(output);
  return { size, unpackedSize, files: files.map((/** @type {{ path: string }} */ file) => file.path) };
}

/** @param {string} file */
function isExpected(file) {
  /** @type {string[]} */
  const contents = JSON.parse(readFileSync(path.join(root, 'scripts/package-contents.json'), 'utf8'));
  return contents.some((source) => new RegExp(`^(?:${source})$`).test(file));
}

/** What the lockfile does not mark as for development alone, peers of runtime packages included. */
function runtimePackages() {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && !dev && !devOptional)
    .map(([folder, { hasInstallScript: marked = false }]) => ({ folder, marked }));
}

/** @param {string} folder */
function hasInstallScript(folder) {
  const { scripts = {} } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return ['preinstall', 'install', 'postinstall'].some((name) => name in scripts);
}

/** @param {string} folder @returns {number} Bytes, without packages that stand in its own node_modules. */
function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const file = path.join(folder, entry.name);
      return sum + (entry.isDirectory() ? sizeOf(file) : statSync(file).size);
    }, 0);
}
