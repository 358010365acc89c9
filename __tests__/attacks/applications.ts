import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApplicationRecords } from '../../src/model/packages/application.js'
import { newFolder, ROOT } from '../live/support.js'
import { keys } from '../support/policies.js'
import { type Attacked, anImageWith, attack } from './bundle.js'

/** An image with log4j-core 2.14.1, Django 3.2 and others, advisories that know them, and what Clair says. */
const CASE = join(ROOT, '__tests__/cases/application-packages')

interface SavedImage {
  layers: { applications: { files: ApplicationRecords['files'] } }[]
}

/**
 * Has the bundle read an image with these files, and judge what it found in them in place of the package of this name in
 * the case: by the case's advisories, without an engine or Clair.
 * @param alsoLookedUp names of Maven artifacts that a run on this image asks the advisories about
 */
export async function judged(
  files: Readonly<Record<string, string | Buffer>>,
  instead: string,
  alsoLookedUp: readonly string[] = [],
): Promise<Attacked> {
  const saved = join(newFolder(), 'saved')
  const flags = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' }), '--save-evidence', saved]
  const ran = await attack(['scan', anImageWith({ ...OF_DEBIAN, ...files }), ...flags])
  const evidence = join(newFolder(), 'evidence')
  cpSync(join(CASE, 'evidence'), evidence, { recursive: true })
  const path = join(evidence, 'image-0/image.json')
  const image: SavedImage = JSON.parse(readFileSync(path, 'utf8'))
  const all = image.layers.map(({ applications }) => applications)
  const place = all.find((one) => statementsOf(one).includes(instead))
  if (place === undefined) {
    throw new Error(`the case has no ${instead}; ${ran.output}`)
  }
  const others = Object.entries(place.files).filter(([, file]) => file.says[0]?.name !== instead)
  const [found] = (JSON.parse(readFileSync(join(saved, 'image-0/image.json'), 'utf8')) as SavedImage).layers
  place.files = { ...Object.fromEntries(others), ...found?.applications.files }
  writeFileSync(path, JSON.stringify(image))
  const maven = join(evidence, 'image-0/clair/osv-maven.json')
  const advisories: { names: string[] } = JSON.parse(readFileSync(maven, 'utf8'))
  advisories.names.push(...alsoLookedUp)
  writeFileSync(maven, JSON.stringify(advisories))
  return attack(['replay', evidence, '--checks', 'clair', keys({ 'max-data-age': 87600 })])
}

/** Whether something blocks, and the paths of what does under this id. */
export function blockedBy({ report }: Attacked, id: string): readonly string[] {
  const findings = report.images.flatMap((image) => image.findings)
  const blocking = findings.filter((one) => one.blocks && one.id === id)
  return blocking.flatMap(({ details }) => ('paths' in details ? details.paths : []))
}

function statementsOf({ files }: Pick<ApplicationRecords, 'files'>): readonly string[] {
  return Object.values(files).flatMap((file) => file.says.map(({ name }) => name))
}

const OF_DEBIAN = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status': 'Package: apt\nStatus: install ok installed\nVersion: 2.6.1\nArchitecture: amd64\n',
}
