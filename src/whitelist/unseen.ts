/** Control, format and bidirectional characters, and surrogates without a partner: nobody sees them, so we write them escaped. */
export const unseen =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\0-\x1f\x7f-\xa0\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/u;

/**
 * Characters that make a reader see other text than is there: controls but for tab and line break, and those that
 * reorder what is shown (Unicode Standard Annex 9). A file that holds one as it is, and not as an escape, is refused.
 */
export const misleading =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\r(?!\n)/;
