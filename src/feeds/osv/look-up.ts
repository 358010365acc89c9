import { type Problem, problemOf, type Source } from '../../model/index.js'
import { firstAvailable } from '../addresses.js'
import type { Ecosystem } from '../formats/osv/ecosystem.js'
import type { OsvRecord } from '../formats/osv/record.js'
import { getOsv, keptOsv, type OpenedOsv, type OsvLocation, type OsvOptions } from './get.js'

/** What OSV has about one ecosystem's packages, or why that is not known. */
export type OsvAnswer =
  | {
      readonly records: ReadonlyMap<string, readonly OsvRecord[]>
      readonly source: Source
      readonly state: OpenedOsv['state']
      readonly why: string
    }
  | { readonly problem: Problem }

/**
 * Looks up an image's packages by ecosystem; only its own ecosystems are read. An unavailable one is a
 * problem of its own, and the others are answered.
 * @param wanted package names as in the image, by ecosystem
 * @param addresses in the order in which they are tried
 * @returns records by the requested names
 */
export async function lookUpOsv(
  wanted: ReadonlyMap<Ecosystem, Iterable<string>>,
  addresses: readonly OsvLocation[],
  options: OsvOptions,
): Promise<ReadonlyMap<Ecosystem, OsvAnswer>> {
  const all = [...wanted].map(async ([ecosystem, names]) => {
    const answer = await answerOf(ecosystem, names, addresses, options)
    return [ecosystem, answer] as const
  })
  return new Map(await Promise.all(all))
}

async function answerOf(
  ecosystem: Ecosystem,
  names: Iterable<string>,
  addresses: readonly OsvLocation[],
  options: OsvOptions,
): Promise<OsvAnswer> {
  try {
    const { part, source, state, why } = await openOsv(ecosystem, addresses, options)
    try {
      return { records: part.lookUp(names), source, state, why }
    } finally {
      await part.close()
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { problem: problemOf(error, `osv-${ecosystem}`) }
  }
}

/**
 * Opens an ecosystem from the first address that provides it; if none does, from a cached copy. The caller
 * closes it.
 * @throws SeaworthyError with the errors of all addresses
 */
export async function openOsv(
  ecosystem: Ecosystem,
  addresses: readonly OsvLocation[],
  options: OsvOptions,
): Promise<OpenedOsv> {
  return firstAvailable(addresses, options, {
    get: (address, some) => getOsv(ecosystem, address, some),
    kept: (address, why) => keptOsv(ecosystem, address, options, why),
  })
}
