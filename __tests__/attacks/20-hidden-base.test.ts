import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { removeImages, tinyDebian } from '../live/images.js'
import { buildOn, type LiveRegistry, push, removeBuilt, startRegistry } from '../live/registry.js'
import { ROOT, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'

/**
 * The author of an image takes the layers of an allowed base, and hides all of its files in a layer above. The base is
 * proven by its layers all the same; what is looked at is what the image holds at the end.
 */

let registry: LiveRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(async () => {
  removeBuilt()
  removeImages()
  await registry.stop()
})

test('when later layers hide the files of an allowed base, then the report says that they may', async () => {
  const base = `${registry.host}/acme/base:12`
  buildOn(tinyDebian('allowed-base'), base, { 'srv/trusted': 'yes' })
  push(base, registry.noLogin)
  // Another system altogether: the layers of the base are there, and nothing of them is left to see.
  const app = buildOn(base, `${registry.host}/acme/app:1`, {
    'srv/.wh..wh..opq': '',
    'var/lib/dpkg/.wh..wh..opq': '',
    'var/lib/dpkg/status':
      'Package: apt\nStatus: install ok installed\nArchitecture: amd64\nVersion: 9999\nMaintainer: x <x@example.org>\nDescription: x\n\n',
  })
  const ran = await seaworthy([
    'scan',
    app,
    '--checks',
    'security-updates',
    keys({ 'allowed-bases': [base] }),
  ])
  const image = reportOf(ran).images[0]
  process.stdout.write(
    `  attack 20: base ${image?.base?.name} rests on ${image?.base?.restsOn}: ${image?.base?.why}\n`,
  )
  expect(image?.base).toMatchObject({ name: base, restsOn: 'layers', official: true })
  expect(image?.base?.why).toContain('later layers may hide their files')
  expect(image?.findings.filter(({ id }) => id.startsWith('base-') || id === 'unofficial-base')).toEqual([])
})

test('when the threat model is read, then it says what `allowed-bases` does not prove', () => {
  expect(readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8')).toMatch(
    /`allowed-bases`[\s\S]{0,400}later layers/,
  )
})
