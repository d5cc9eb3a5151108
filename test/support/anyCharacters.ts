import fc from 'fast-check';

/**
 * Texts of any characters of Unicode, most of them rare. fast-check's own (`unit: 'binary'`) makes a table of them all
 * first, which takes a second.
 */
export const anyCharacters = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })))
  .map((points) => String.fromCodePoint(...points));
