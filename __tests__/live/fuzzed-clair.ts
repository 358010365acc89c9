import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { CLAIR_ECOSYSTEMS } from '../../src/checks/clair/applications/ecosystems.js'
import { readRecord } from '../../src/feeds/formats/osv/record.js'
import { freePort } from '../support/free-port.js'
import { jarOf } from '../support/hostile-zip.js'
import { fuzzedRecords } from '../support/osv/fuzz.js'
import { goProgram } from '../support/programs.js'
import { gem, wheel } from './application-images.js'
import { type Neighbourhood, type Records, startNeighbour } from './external-services.js'
import { docker, newFolder, reportOf, seaworthy, TRACKER } from './support.js'

/** Packages about which the sample has advisories, in all four ecosystems. */
export function fuzzedPackages() {
  return [
    {
      'a/log4j-core-2.14.1.jar': jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
      'a/jackson-databind-2.13.2.jar': jarOf('com.fasterxml.jackson.core', 'jackson-databind', '2.13.2'),
      ...wheel('Django', '3.2'),
      ...wheel('requests', '2.19.0'),
      ...wheel('Jinja2', '2.10'),
      ...gem('rack', '2.2.3'),
      ...gem('activesupport', '6.0.3.rc1'),
      'bin/app': goProgram('go1.22.1', [
        'path\texample.com/app',
        'mod\texample.com/app\t(devel)\t',
        'dep\tgolang.org/x/text\tv0.3.7\th1:x',
        'dep\tgithub.com/gin-gonic/gin\tv1.6.0\th1:x',
      ]),
    },
  ] as const
}

/** Gives such records to a Clair as the gate would, and has it judge an image with the packages that they name. */
export async function expectToLive(
  place: Neighbourhood,
  image: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<void> {
  const each = Math.ceil(count / CLAIR_ECOSYSTEMS.length)
  const records: Records = new Map(
    CLAIR_ECOSYSTEMS.map((ecosystem) => {
      const read = fuzzedRecords(ecosystem, each, seed)
        .map((raw) => readRecord(JSON.parse(JSON.stringify(raw)), ecosystem))
        .flatMap((one) => (one === 'withdrawn' || 'error' in one ? [] : [one]))
      // Most can be read: what is refused before it gets to Clair proves nothing of Clair.
      expect(read.length).toBeGreaterThan(each / 3)
      return [ecosystem, read] as const
    }),
  )
  const database = `fuzzed_${count}_${seed}`
  place.addDatabase(database)
  const tracker = readFileSync(TRACKER, 'utf8')
  // Throws where an ecosystem's advisories are not stored.
  const { url, id } = await startNeighbour(place, { database, tracker, records })
  const layerUrl = `http://${place.gateway}:${await freePort()}`
  const flags = ['--clair-url', url, '--layer-url', layerUrl, '--cache-dir', join(newFolder(), 'cache')]
  const report = reportOf(await seaworthy(['scan', image, ...flags]))
  expect(report.images[0]?.checks[0]).toMatchObject({ state: 'answered', problem: null })
  // It has matched packages with them: without --osv its own word stands.
  expect(JSON.stringify(report.images[0]?.findings)).toContain(`FUZZ-${seed}-`)
  expect(docker('inspect', '-f', '{{.State.Running}} {{.RestartCount}}', id).trim()).toBe('true 0')
}
