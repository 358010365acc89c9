import fc from 'fast-check'

/** UTF-16's surrogates, which are no characters. */
const SURROGATES = { from: 0xd800, count: 0x800 }

/**
 * Any character of Unicode, for `fc.string({ unit })`. What `unit: 'binary'` gives, chance for chance: but that one
 * looks up where a character came from in a map of all 1.1 million, which each suite makes again (0.6 s and 120 MB).
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(
  (index) => String.fromCodePoint(index < SURROGATES.from ? index : index + SURROGATES.count),
  (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined
    if (code === undefined || text !== String.fromCodePoint(code)) {
      throw new Error('not one character')
    }
    if (code >= SURROGATES.from && code < SURROGATES.from + SURROGATES.count) {
      throw new Error('a surrogate')
    }
    return code < SURROGATES.from ? code : code - SURROGATES.count
  },
)
