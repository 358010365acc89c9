import { type LineError, toNewNumbering } from '../../model/index.js'
import { policyError } from '../errors.js'
import { shapeErrors } from '../shape.js'
import { formerKeyErrors, type StruckKeys, withoutKeys } from '../struck.js'
import type { SpanLimit } from '../whitelist/read.js'
import { type Path, readYaml, type YamlDocument } from '../yaml/read.js'
import { acceptanceErrors } from './accepting.js'
import { BUILTINS, type Builtins } from './builtins.js'
import type { Dictionary } from './dictionary.js'
import { dictionaryErrors } from './errors.js'
import { type ExtendedBuiltin, extendedBy, mergeOnto } from './extends.js'
import { dictionarySchema, type RawDictionary, type RawExpectation, toExpectation } from './schema.js'

/** Keys that there used to be. */
const STRUCK_KEYS: StruckKeys = new Map([
  ['runtime_checks', 'move its entries to the key checks'],
  ['engine', 'set bench-engine instead, and remove this line'],
])

export interface Reading {
  readonly builtins?: Builtins
  /** `null`: how long accepted results hold is not checked. */
  readonly limit?: SpanLimit | null
}

/**
 * Reads policies/dictionary.yml: one that stands alone, or one that extends a built-in one.
 * @throws SeaworthyError `policy-invalid` with every error of the file and its line
 */
export function readDictionary(
  text: string,
  file: string,
  { builtins = BUILTINS, limit = null }: Reading = {},
): Dictionary {
  const document = readYaml(text, file)
  const extendedName = extendedBy(document, builtins)
  // A built-in dictionary extends no other: it is read without any built-in ones.
  const base =
    extendedName === null
      ? null
      : readDictionary(extendedName.text, extendedName.file, { builtins: {}, limit: null })
  const errors: LineError[] = [
    ...formerKeyErrors(document, STRUCK_KEYS),
    ...shapeErrors(
      withoutKeys(document, (key) => STRUCK_KEYS.has(key)),
      dictionarySchema,
    ),
    ...dictionaryErrors(document, file, { base, builtins }),
    ...(base === null || extendedName === null
      ? []
      : acceptanceErrors(document, base, extendedName.name, limit)),
  ]
  if (errors.length > 0) {
    throw policyError(errors)
  }
  return toDictionary(dictionarySchema.parse(document.value), document, file, base, extendedName)
}

function toDictionary(
  raw: RawDictionary,
  document: YamlDocument,
  file: string,
  base: Dictionary | null,
  named: ExtendedBuiltin | null,
): Dictionary {
  const numbering = raw.numbering ?? base?.numbering ?? 'dbs-1.6.1'
  const fallback = raw.defaults?.expect ?? base?.defaults.expect ?? ['PASS']
  const entriesAt = (path: Path, entries: Readonly<Record<string, RawExpectation>> = {}) =>
    Object.entries(entries).map(([id, entry]) => {
      const entryPath = [...path, id]
      const entryBase = { id: toNewNumbering(id, numbering), writtenId: id, path: entryPath }
      return { ...entryBase, ...toExpectation(entry, fallback), place: document.placeOf(entryPath) }
    })
  const own: Dictionary = {
    file,
    extended: null,
    notices: [],
    numbering,
    defaults: {
      expect: fallback,
      unlisted: raw.defaults?.unlisted ?? base?.defaults.unlisted ?? 'action',
      missing: raw.defaults?.missing ?? base?.defaults.missing ?? 'action',
    },
    notApplicable: Object.entries(raw.not_applicable ?? {}).map(([id, value]) => ({
      id: toNewNumbering(id, numbering),
      ...(typeof value === 'string'
        ? { reason: value.trim(), owner: null, expires: null }
        : { reason: value.reason.trim(), owner: value.owner.trim(), expires: value.expires }),
      except: [],
      place: document.placeOf(['not_applicable', id]),
    })),
    entries: entriesAt(['checks'], raw.checks),
    overrides: (raw.overrides ?? []).map(({ images, checks }, index) => ({
      images,
      entries: entriesAt(['overrides', index, 'checks'], checks),
      place: document.placeOf(['overrides', index]),
    })),
  }
  return base === null || named === null ? own : mergeOnto(base, own, named, document.placeOf(['extends']))
}
