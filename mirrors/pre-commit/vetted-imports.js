#!/usr/bin/env node
// npm links the commands of a package, and not those of what it depends on: this one starts the tool's.
require('vetted-imports/bin/check-imports.js');
