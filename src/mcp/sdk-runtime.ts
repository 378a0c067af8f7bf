import process from 'node:process';

/**
 * What the protocol's package loads for Node, in the place of its own (rolldown.config.js): that one brings a validator of JSON
 * Schema along, which compiles schemas to programs and is as large as half of the rest. It would check what people fill into
 * forms, and this server asks nobody to fill in any.
 */
export class DefaultJsonSchemaValidator {
  /** @returns A check that nothing passes. */
  getValidator() {
    return () => ({ valid: false, data: undefined, errorMessage: 'this server shows no forms' });
  }
}

export { process };
