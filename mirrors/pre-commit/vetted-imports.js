#!/usr/bin/env node
// npm links the commands of a package, and not those of what it depends on: this one starts the tool's.
const path = require('node:path');
require(path.join(path.dirname(require.resolve('vetted-imports/package.json')), 'bin/check-imports.js'));
