import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as z from 'zod'
import { gateSchema } from '../../../src/policy/gate/read.js'
import { whitelistSchema } from '../../../src/policy/whitelist/schema.js'

function committed(name: string): object {
  return JSON.parse(readFileSync(`policies/schema/${name}.schema.json`, 'utf8'))
}

/** Whether an editor with the committed JSON Schema would be content. */
function accepts(name: string, value: unknown): boolean {
  return new Ajv2020({ strict: false, formats: { date: true } }).compile(committed(name))(value)
}

const ENTRY = { id: 'CVE-2011-3374', package: 'apt', reason: 'x', owner: 'y', expires: '2027-03-31' }

describe('policies/schema', () => {
  test.each([
    ['whitelist', whitelistSchema],
    ['gate', gateSchema],
  ])('when %s.json is compared with the code, then it says the same', (name, schema) => {
    expect(committed(name)).toEqual(z.toJSONSchema(schema, { io: 'input' }))
  })

  test('when an editor reads numbers and truth values, then the schema takes them', () => {
    expect(accepts('whitelist', { version: 1, entries: [{ ...ENTRY, 'any-package': true }] })).toBe(true)
    expect(accepts('gate', { version: 1, 'fail-on-new-only': false, 'fail-on-unfixed': 'never' })).toBe(true)
  })

  test.each([
    ['an unknown key', { version: 1, entries: [{ ...ENTRY, expire: 'x' }] }],
    ['another version', { version: 2, entries: [] }],
    ['an entry without owner', { version: 1, entries: [{ ...ENTRY, owner: undefined }] }],
    ['an unknown severity', { version: 1, entries: [{ ...ENTRY, 'max-severity': 'unknown' }] }],
  ])('when there is %s, then the schema refuses it', (_, value) => {
    expect(accepts('whitelist', JSON.parse(JSON.stringify(value)))).toBe(false)
  })
})
