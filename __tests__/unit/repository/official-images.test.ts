import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
// @ts-expect-error a script has no types
import { tableOf } from '../../../script/renew-official-images.mjs'
import { OFFICIAL_IMAGES } from '../../../src/model/provenance/official-images.js'

const text = readFileSync('src/model/provenance/official-images.ts', 'utf8')
const [, day = ''] = /on (\d{4}-\d\d-\d\d)\./.exec(text) ?? []

test('when the script writes the names again, then the table is as it stands', () => {
  expect(tableOf([...OFFICIAL_IMAGES], day)).toBe(text)
})

test('when a name that everybody knows is missing, or one is not a name, then it writes nothing', () => {
  expect(() => tableOf(['debian'], day)).toThrow('python')
  expect(() => tableOf([...OFFICIAL_IMAGES, "x']\nevil("], day)).toThrow('not a name')
})
