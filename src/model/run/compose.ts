import { CORE_SCHEMA, load, mergeTag } from 'js-yaml'
import { familiarName, parseReference, referenceName, untagged } from '../image/reference.js'
import { isRecord, type Json } from '../json.js'
import { composeValue } from './compose-values.js'
import { badOptions } from './spec.js'

/**
 * A compose file as it is written. What it says is up to its views: run options of a service (compose-service.ts), and
 * what is started of it as a test (compose-test.ts).
 */
export interface ComposeFile {
  /** Its name in messages. */
  readonly file: string
  readonly lines: readonly string[]
  readonly root: Json
  readonly services: Json
}

/** @throws SeaworthyError `bad-run-options` */
export function readCompose(yaml: string, file: string): ComposeFile {
  const root = composeValue.mapping(parsed(yaml, file), file)
  const { services } = root
  if (!isRecord(services)) {
    throw badOptions('services is not a mapping (key: value)', file)
  }
  return { file, lines: yaml.split('\n'), root, services }
}

function parsed(yaml: string, file: string): unknown {
  try {
    return load(yaml, { schema: CORE_SCHEMA.withTags(mergeTag) })
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw badOptions(`not YAML: ${why}`, file)
  }
}

/**
 * The service that runs the image: the named one, else the only one, or the only one that runs one of the judged images.
 * @throws SeaworthyError `bad-run-options` if there is none, or more than one
 */
export function serviceFor(
  { file, services }: ComposeFile,
  named: string | null,
  judged: readonly string[] = [],
): string {
  const names = Object.keys(services)
  if (named !== null) {
    if (Object.hasOwn(services, named)) {
      return named
    }
    throw badOptions(`there is no service ${JSON.stringify(named)} (available: ${names.join(', ')})`, file)
  }
  const runsOne = (nameOf: (image: string) => string) => {
    const judgedNames = judged.map(nameOf)
    return names.filter((name) => judgedNames.includes(nameOf(imageOf(services[name]))))
  }
  const exactMatches = runsOne(wholeName)
  const nameMatches = runsOne((image) => familiarName(untagged(wholeName(image))))
  const found = [names, exactMatches, nameMatches].find(({ length }) => length === 1)?.[0]
  if (found !== undefined) {
    return found
  }
  if (names.length === 0) {
    throw badOptions('the file defines no services', file)
  }
  const [which, among] = nameMatches.length === 0 ? ['', names] : [' that run this image', nameMatches]
  throw badOptions(
    `the file defines several services${which}; select one with compose-service: ${among.join(', ')}`,
    file,
  )
}

/** The image that a service runs; '' if it names none. A tag may be a variable without a default. */
function imageOf(service: unknown): string {
  const { image = '' } = isRecord(service) ? service : {}
  try {
    return composeValue.text(image, 'image')
  } catch {
    return String(image)
  }
}

/**
 * The image that a service runs; `null` if the file does not show that: it is built, or its repository has a variable.
 */
export function plainImageOf({ services }: ComposeFile, name: string): string | null {
  const service = services[name]
  const { image = '', build } = isRecord(service) ? service : {}
  const repository = untagged(String(image))
  if (build != null || parseReference(repository) === null) {
    return null
  }
  return parseReference(String(image)) === null ? repository : String(image)
}

/**
 * True if a reference names another repository, whatever the registries: the image may have been built under a shorter
 * name (`app`) than it is deployed from (`ghcr.io/acme/app`), or be deployed from a mirror. An image id has no name.
 */
export function isOtherRepository(image: string, judged: string): boolean {
  const [one, other] = [image, judged].map((text) => {
    const { repository = '' } = IMAGE_ID.test(text) ? {} : (parseReference(text) ?? {})
    return repository.replace(/^library\//, '')
  })
  const isPartOf = (a = '', b = '') => `/${b}`.endsWith(`/${a}`)
  return one !== '' && other !== '' && !isPartOf(one, other) && !isPartOf(other, one)
}

/** As the engine lists it, in full or in short. */
const IMAGE_ID = /^(?:sha256:)?[0-9a-f]{12,64}$/

/** With its registry and tag, as the engine expands it; any other text as it is. */
function wholeName(image: string): string {
  const name = parseReference(image)
  return name === null ? image : referenceName({ ...name, digest: null })
}
