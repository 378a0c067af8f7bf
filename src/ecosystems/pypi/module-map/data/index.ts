import { azure } from './azure.ts';
import { distributionsAF } from './distributions-a-f.ts';
import { distributionsGO } from './distributions-g-o.ts';
import { distributionsP } from './distributions-p.ts';
import { distributionsPython } from './distributions-python.ts';
import { distributionsQZ } from './distributions-q-z.ts';
import { google } from './google.ts';
import { namespaces } from './namespaces.ts';
import { platforms } from './platforms.ts';
import { telemetry } from './telemetry.ts';
import { web } from './web.ts';

/**
 * Which distributions provide which modules, where the names differ or where distributions share a
 * namespace. One line for each group of distributions: names (canonical spelling, the usual one first,
 * then others that provide the same modules), ` : `, dotted modules. `*` stands for the rest of a name:
 * `google-cloud-* : google.cloud.*`. To add one, add a line in alphabetical order; each module stands once.
 */
export const shippedModules: readonly string[] = [
  google,
  azure,
  telemetry,
  platforms,
  namespaces,
  web,
  distributionsAF,
  distributionsGO,
  distributionsP,
  distributionsPython,
  distributionsQZ,
];
