import { readTestCompose } from '../inputs/test-compose.js'
import { readInside } from '../io/files/files.js'
import { type ComposeFile, isRecord, problemOf, readCompose, runSpecOf, serviceFor } from '../model/index.js'
import type { ProjectText } from './init-health.js'

const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']
const TEST_SERVICES = ['test', 'tests', 'smoke-test', 'sut']
const USES_IMAGE = /\$\{?IMAGE\b/

/** What `seaworthy init` sees in a compose file. */
export interface FoundCompose extends ProjectText {
  /** The service that runs the image; `null` if the file does not show it. */
  readonly service: string | null
  /** Why the gate would not read the run options from there; `null` if it would. */
  readonly refusal: string | null
  /** The service that tests the image; `null` if there is none, or the gate would not run it. */
  readonly test: string | null
  /** Why it would not. */
  readonly testRefusal: string | null
}

/** @param names the files in the folder; one that cannot be read has no services */
export function findCompose(names: readonly string[]): FoundCompose | null {
  const file = NAMES.find((name) => names.includes(name))
  if (file === undefined) {
    return null
  }
  const text = readInside(file) ?? ''
  try {
    return { file, text, ...foundIn(readCompose(text, file), usesImage(text)) }
  } catch (error) {
    return { file, text, service: null, refusal: problemOf(error, file).what, test: null, testRefusal: null }
  }
}

function foundIn(compose: ComposeFile, isForImage: boolean): Omit<FoundCompose, keyof ProjectText> {
  const { file, services } = compose
  const service = appOf(services)
  const refusal = refusalOf(file, () => runSpecOf(compose, serviceFor(compose, service)))
  const test = Object.keys(services).find((name) => TEST_SERVICES.includes(name))
  if (test === undefined) {
    return { service, refusal, test: null, testRefusal: null }
  }
  const whyNot = refusalOf(file, () => readTestCompose(compose, test))?.replace('nothing was started: ', '')
  const unused = isForImage ? null : `no service of ${file} uses $IMAGE, the image to be judged`
  const testRefusal = whyNot ?? unused
  return { service, refusal, test: testRefusal === null ? test : null, testRefusal }
}

/** The only service that is built, else the only one with $IMAGE, else the only one that is no test. */
function appOf(services: ComposeFile['services']): string | null {
  const own = Object.entries(services).filter(([name]) => !TEST_SERVICES.includes(name))
  const built = own.filter(([, one]) => isRecord(one) && 'build' in one)
  const ofImage = own.filter(([, one]) => isRecord(one) && usesImage(String(one.image)))
  return [built, ofImage, own].find(({ length }) => length === 1)?.[0]?.[0] ?? null
}

/** True for a text that names the image which the gate passes to it. */
export function usesImage(text: string): boolean {
  return USES_IMAGE.test(text)
}

function refusalOf(file: string, read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    return problemOf(error, file).what
  }
}
