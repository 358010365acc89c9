import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { ociEntries, tarOf } from '../unit/io/archive/build.js'
import { ALL_PLANTED, DELETED, PLANTED, PLANTED_LAYERS, REPLACED } from './planted.js'
import { newFolder, type Ran, reportOf, seaworthy } from './support.js'

// Forty credentials in an image as `docker buildx build --output type=oci` writes it. How others fare with the same is in
// docs/truth.md.

let ran: Ran
let evidence: string
beforeAll(async () => {
  const folder = newFolder()
  const archive = join(folder, 'image.tar')
  evidence = join(folder, 'evidence')
  writeFileSync(archive, tarOf(ociEntries(PLANTED_LAYERS)))
  ran = await seaworthy([
    'scan',
    archive,
    '--checks',
    'docker-bench',
    '--save-evidence',
    evidence,
    '--verbose',
  ])
})

/** All texts that the gate leaves below a folder. */
function textsIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => [one.name, readFileSync(join(one.parentPath, one.name), 'latin1')] as const)
}

describe('when forty credentials are in the layers of an image', () => {
  test('then each is found, at its path, by its kind, as deleted or not', () => {
    const [image] = reportOf(ran).images
    const reported = (image?.findings ?? [])
      .filter(({ check }) => check === 'credentials')
      .flatMap(({ id, details }) =>
        'fingerprints' in details ? details.paths.map((path) => `${id} ${path} ${details.state}`) : [],
      )
    const expected = [
      ...PLANTED.map(({ kind, path }) => `${kind} ${path} in-image`),
      ...[...DELETED, ...REPLACED].map(({ kind, path }) => `${kind} ${path} deleted`),
    ]
    expect(ALL_PLANTED).toHaveLength(40)
    expect(expected.filter((one) => !reported.includes(one))).toEqual([])
    expect(image?.verdict).toBe('fail')
  })

  test('then no value is in evidence, a report or the log', () => {
    const texts = [
      ...textsIn(evidence),
      ...textsIn(join(ran.folder, 'report')),
      ['stdout', ran.stdout] as const,
      ['stderr', ran.stderr] as const,
    ]
    expect(texts.map(([name]) => name)).toEqual(
      expect.arrayContaining(['report.json', 'report.html', 'image.json']),
    )
    const written = ALL_PLANTED.flatMap(({ path, secret }) =>
      texts.filter(([, text]) => text.includes(secret)).map(([name]) => `${path} in ${name}`),
    )
    expect(ALL_PLANTED.every(({ secret }) => secret.length >= 14)).toBe(true)
    expect(written).toEqual([])
  })

  test('then a crash while they are read does not show them either', async () => {
    const folder = newFolder()
    const archive = join(folder, 'cut.tar')
    const whole = tarOf(ociEntries(PLANTED_LAYERS))
    writeFileSync(archive, whole.subarray(0, whole.length - 4096))
    const crashed = await seaworthy(['scan', archive, '--checks', 'docker-bench'], {
      NODE_OPTIONS: '--stack-trace-limit=100',
    })
    expect(crashed.code).not.toBe(0)
    const output = `${crashed.stdout}${crashed.stderr}${textsIn(crashed.folder)
      .map(([, text]) => text)
      .join('')}`
    expect(ALL_PLANTED.filter(({ secret }) => output.includes(secret))).toEqual([])
  })
})
