import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startFeedServer } from '../../src/checks/clair/services/server.js'
import { readRecord } from '../../src/feeds/formats/osv/record.js'
import { osvFolder } from '../live/application-images.js'
import { type Neighbourhood, startNeighbour, startNeighbourhood } from '../live/external-services.js'
import { BOOKWORM, databaseOf } from '../live/images.js'
import { NO_FEEDS, newFolder, TRACKER } from '../live/support.js'
import { freePort } from '../support/free-port.js'
import { advisory } from '../support/osv/advisory.js'
import { recordOr } from '../support/osv/records.js'
import { keys } from '../support/policies.js'
import { END, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { type Attacked, attack } from './bundle.js'

/**
 * A team's Clair, which many use, knows a vulnerability that no other data of the gate has. Clair indexes a manifest
 * once, and nothing proves that it is about the layers that it names: whoever may send it one has it index an image
 * without the layer of the application first. A real Clair.
 */

const ONLY_CLAIRS = advisory('PYSEC-2099-1', 'PyPI', 'shop', [{ introduced: '0' }, { fixed: '2.0' }], {})
const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const stanza = (version: string) =>
  `Package: hostname\nStatus: install ok installed\nVersion: ${version}\nArchitecture: amd64\nMaintainer: x\nDescription: x\n\n`
const layerOf = (files: Readonly<Record<string, string>>) =>
  tarOf(Object.entries(files).map(([path, body]) => ({ path, body })))

const BASE = layerOf({ 'etc/os-release': BOOKWORM, ...databaseOf(stanza('3.23+nmu1')) })
const APPLICATION = layerOf({
  'srv/shop-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n',
})
/** A layer of another image. */
const OTHER = layerOf({
  'srv/shop-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n',
  'srv/x': 'x',
})

let place: Neighbourhood
let url: string
let archive: string
let osv: string
beforeAll(async () => {
  place = await startNeighbourhood()

  const record = recordOr(readRecord(ONLY_CLAIRS, 'PyPI'))
  const tracker = readFileSync(TRACKER, 'utf8')
  const records = new Map([['PyPI', [record]]] as const)
  ;({ url } = await startNeighbour(place, { database: 'postgres', tracker, records }))
  osv = osvFolder()
  archive = join(newFolder(), 'app.tar')
  writeFileSync(archive, Buffer.concat([...ociEntries([BASE, APPLICATION]).map(entryOf), END]))
})
afterAll(() => place?.stop())

interface Scanned extends Attacked {
  /** What Clair was asked. */
  readonly manifest: { readonly hash: string; readonly layers: readonly string[] }
}

async function scan(): Promise<Scanned> {
  const evidence = join(newFolder(), 'evidence')
  const layerUrl = `http://${place.gateway}:${await freePort()}`
  const policy = keys({ 'require-release': 'supported', 'max-data-age': 87600 })
  const services = ['--checks', 'clair', '--clair-url', url, '--layer-url', layerUrl, policy]
  const data = ['--tracker', TRACKER, '--osv', osv, ...NO_FEEDS]
  const ran = await attack(['scan', archive, ...services, ...data, '--save-evidence', evidence])
  const found = JSON.parse(
    readFileSync(join(evidence, 'image-0/clair/manifest.json'), 'utf8'),
  ) as Scanned['manifest']
  return { ...ran, manifest: found }
}

/** Has Clair forget a manifest, as an operator does who is told to, or as anyone else who may use it. */
async function forget(hash: string): Promise<void> {
  const { status } = await fetch(`${url}/indexer/api/v1/index_report/${hash}`, { method: 'DELETE' })
  expect(status).toBe(204)
}

/** Has Clair index these layers under the digest of the image. */
async function indexUnder(hash: string, layers: readonly string[]): Promise<void> {
  const layer = async (digest: string) => {
    return digest === sha256(OTHER) ? OTHER : Promise.reject(new Error(digest))
  }
  const served = { layer, tracker: null, releases: null, osv: null }
  const server = await startFeedServer(place.gateway, 0, served, true)
  const body = JSON.stringify({
    hash,
    layers: layers.map((one) => ({ hash: one, uri: `${server.url}/layer/${one}` })),
  })
  const answer = await fetch(`${url}/indexer/api/v1/index_report`, { method: 'POST', body })
  expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining('IndexFinished')])
  await server.close()
}

function expectRefused({ code, report, output }: Attacked, what: RegExp): void {
  expect(code).toBe(2)
  expect(report.verdict).toBe('incomplete')
  expect(report.unanswered[0]?.problem).toMatchObject({ code: 'clair-other-layers' })
  expect(report.unanswered[0]?.problem.what).toMatch(what)
  expect(output).toContain('/indexer/api/v1/index_report/')
}

let honest: Scanned
test('when Clair has indexed the image, then what it alone reports blocks', async () => {
  honest = await scan()
  expect([honest.code, honest.report.verdict]).toEqual([1, 'fail'])
  const [finding] = honest.report.images[0]?.findings ?? []
  expect(finding).toMatchObject({ id: 'PYSEC-2099-1', package: 'pypi/shop', blocks: true })
  // Clair keeps layers as long as a manifest has them: this one stays, so that nothing is fetched below but OTHER.
  await indexUnder(sha256(Buffer.from('another image')), honest.manifest.layers)
})

test('when Clair was made to index the image without the application’s layer, then there is no verdict', async () => {
  const { hash, layers } = honest.manifest
  const [base = '', , canary = ''] = layers
  await forget(hash)
  await indexUnder(hash, [base, canary])
  const attacked = await scan()
  process.stdout.write(`  attack 47: exit ${attacked.code}, ${attacked.report.verdict}\n`)
  expectRefused(
    attacked,
    /lacks 1 of the application packages in it: shop 1\.0 in srv\/shop-1\.0\.dist-info\/METADATA$/,
  )
  expect(attacked.report.unanswered[0]?.problem.where).toBe(`Clair, manifest ${hash}`)
})

test('when it was made to index a layer of another image, then there is no verdict either', async () => {
  const { hash, layers } = honest.manifest
  const [base = '', , canary = ''] = layers
  await forget(hash)
  await indexUnder(hash, [base, sha256(OTHER), canary])
  expectRefused(await scan(), /Clair lists packages of layers that this image does not have: shop in sha256:/)
})

test('when it was made to index the application’s layer alone, then Debian’s packages show that', async () => {
  const { hash, layers } = honest.manifest
  const [, application = '', canary = ''] = layers
  await forget(hash)
  await indexUnder(hash, [application, canary])
  const { code, report } = await scan()
  expect([code, report.unanswered[0]?.problem.code]).toEqual([2, 'clair-missed-packages'])
})

test('when the manifest is deleted, as the advice says, then the next try has the right verdict', async () => {
  await forget(honest.manifest.hash)
  const again = await scan()
  expect([again.code, again.report.verdict]).toEqual([1, 'fail'])
  expect(again.manifest).toEqual(honest.manifest)
})
