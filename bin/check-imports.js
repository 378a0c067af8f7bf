#!/usr/bin/env node
start().main();

/** A clone of the repository has no `dist/` until it is built; the package from npm has it. */
function start() {
  try {
    return require('../dist/cli.cjs');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || !error.message.includes('dist/cli.cjs')) throw error;
    process.stderr.write(
      'check-imports: dist/ is missing, because this is a clone of the repository that was not built.\n' +
        'Install vetted-imports from npm, or run npm run build in the clone. Nothing was checked.\n',
    );
    process.exit(2);
  }
}
