import fc from 'fast-check';

/**
 * Generated cases are the same in every run, so that a failure is that of the change at hand. To look
 * for new ones: `FC_SEED=$RANDOM npm test`.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['FC_SEED'] ?? '20261123') });
