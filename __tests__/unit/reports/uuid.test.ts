import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { uuidOf } from '../../../src/reports/uuid.js'

test('when a text is given then it is a UUID of version 8 (RFC 9562), always the same', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(uuidOf(text)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(uuidOf(text)).toBe(uuidOf(text))
    }),
  )
})

test('when texts differ by one character then their UUIDs differ', () => {
  const all = Array.from({ length: 20_000 }, (_, index) => uuidOf(`report ${index}`))
  expect(new Set(all).size).toBe(all.length)
})
