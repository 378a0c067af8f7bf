import * as v from 'valibot';
import { ecosystems } from '../ecosystems/index.ts';
import { longestReason } from '../whitelist/entry.ts';

/** So many packages are asked about in one call. */
const MOST_PACKAGES = 50;

/** No registry has longer names, and no specifier that somebody writes is as long. In UTF-16 code units. */
const LONGEST_NAME = 300;

/** 1 MiB: what is longer was not written by hand. In UTF-16 code units. */
const LONGEST_TEXT = 1024 * 1024;

/** A command that somebody reads before it runs. In UTF-16 code units. */
const LONGEST_COMMAND = 64 * 1024;

/** Linux takes no longer paths (PATH_MAX). In UTF-16 code units. */
const LONGEST_PATH = 4096;

const ecosystem = v.picklist(ecosystems.map(({ id }) => id));
const name = textUpTo(LONGEST_NAME);
const path = textUpTo(LONGEST_PATH);

/** Descriptions of single fields stand in those of the tools: some clients refuse schemas that hold them. */
export const checkPackageInput = v.strictObject({
  packages: v.pipe(
    v.array(v.strictObject({ ecosystem: v.optional(ecosystem), name })),
    v.minLength(1),
    v.maxLength(MOST_PACKAGES),
  ),
  import: v.optional(v.boolean()),
});

export const checkCodeInput = v.strictObject({
  path,
  text: v.pipe(v.string(), v.maxLength(LONGEST_TEXT)),
  newOnly: v.optional(v.boolean()),
});

export const checkCommandInput = v.strictObject({
  command: textUpTo(LONGEST_COMMAND),
  cwd: v.optional(path),
});

export const listApprovedInput = v.strictObject({
  ecosystem: v.optional(ecosystem),
  match: v.optional(name),
  cursor: v.optional(textUpTo(LONGEST_NAME + 100)),
});

export const requestApprovalInput = v.strictObject({
  ecosystem,
  name,
  reason: textUpTo(longestReason),
  usedIn: v.optional(path),
});

export const reviewDependencyInput = v.strictObject({ package: name });

/** What every answer holds: a schema that says more costs each conversation its length. */
const faults = v.array(v.looseObject({ message: v.string(), next: v.string() }));

export const checkPackageOutput = v.looseObject({
  packages: v.array(v.looseObject({ name: v.string(), verdict: v.string(), next: v.string() })),
  faults,
});

export const reportOutput = v.looseObject({
  verdict: v.string(),
  findings: v.array(v.looseObject({ rule: v.string(), severity: v.string(), message: v.string() })),
  faults,
  next: v.string(),
});

export const listApprovedOutput = v.looseObject({
  packages: v.array(v.looseObject({ package: v.string() })),
  next: v.string(),
});

export const requestApprovalOutput = v.looseObject({
  package: v.string(),
  status: v.string(),
  place: v.string(),
  next: v.string(),
});

function textUpTo(length: number) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(length));
}
