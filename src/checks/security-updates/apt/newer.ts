import { packageKey, stanzaKey } from '../../../debian/package-key.js'
import { compareVersions } from '../../../debian/version.js'
import {
  type Binary,
  type InstalledPackage,
  SeaworthyError,
  type UpdateFinding,
} from '../../../model/index.js'
import type { AptIndex, AptState } from './state.js'

/**
 * How a newer version is treated: it is an update, or the reason why it is not. What keeps an update back (a
 * pin, a hold, phasing) is never such a reason.
 */
export type NewerVersionKind = 'update' | 'other-architecture' | 'not-automatic' | 'vendors'

/** A version in an index of the release that is newer than an installed package of the same name. */
export interface NewerVersion extends Binary {
  readonly installed: string
  /** Name of the index, such as `bookworm-security/contrib amd64`. */
  readonly index: string
  readonly kind: NewerVersionKind
}

/**
 * Every installed package × every index × every newer version there, each with its kind.
 * @param apt the reference state, which has no pins
 * @param updates the findings; one with a higher version covers the lower ones of the same package
 * @throws SeaworthyError `update-unexplained` for a version without a kind: the comparison is then wrong
 */
export function newerVersions(
  apt: AptState,
  updates: readonly Pick<UpdateFinding, 'package' | 'architecture'>[],
  isVendors: (one: InstalledPackage) => boolean,
): NewerVersion[] {
  const [native] = apt.architectures
  const byName = Map.groupBy(apt.installed, (one) => one.package.name)
  const updated = new Set(updates.map(({ package: name, architecture }) => `${name} ${architecture}`))
  const kindOfNewer = (key: string, one: InstalledPackage, index: AptIndex): NewerVersionKind | null => {
    const { name, architecture } = one
    if (updated.has(`${name} ${architecture}`)) {
      return 'update'
    }
    if (key !== packageKey(name, architecture, native)) {
      return 'other-architecture'
    }
    if (isVendors(one)) {
      return 'vendors'
    }
    return index.notAutomatic || index.butAutomaticUpgrades ? 'not-automatic' : null
  }
  return apt.indexes.flatMap((index) =>
    index.packages.flatMap((stanza) => {
      const { fields } = stanza
      const name = (fields.get('package') ?? '').toLowerCase()
      const version = fields.get('version') ?? ''
      const key = stanzaKey(stanza, native)
      const older = (byName.get(name) ?? []).filter(
        (one) => compareVersions(one.package.version, version) < 0,
      )
      return older.map(({ package: one }): NewerVersion => {
        const { architecture, version: installed } = one
        const kind = kindOfNewer(key, one, index)
        if (kind === null) {
          const what = `${index.name} has version ${version} of the installed ${name} ${installed}, but the comparison reports neither an update nor a reason`
          throw new SeaworthyError({ code: 'update-unexplained', what, where: index.name })
        }
        return { name, architecture, installed, version, index: index.name, kind }
      })
    }),
  )
}

const NOT_UPDATED_TEXTS: Readonly<
  Record<Exclude<NewerVersionKind, 'update'>, (one: NewerVersion) => string>
> = {
  'other-architecture': ({ architecture }) => `installed for ${architecture}`,
  vendors: ({ installed }) => `${installed} is a vendor's package`,
  'not-automatic': () => 'apt does not choose packages from this suite by itself',
}

/** One text for each newer version that is no update: `foo 2 in bookworm/main i386 (installed for amd64)`. */
export function notUpdatedTexts(newer: readonly NewerVersion[]): string[] {
  const texts = newer.flatMap((one) => {
    const { name, version, index, kind } = one
    return kind === 'update' ? [] : [`${name} ${version} in ${index} (${NOT_UPDATED_TEXTS[kind](one)})`]
  })
  return [...new Set(texts)]
}
