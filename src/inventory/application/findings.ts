import { APPLICATION_KINDS, kindWords } from '../../model/application.js'
import { type ObstacleFinding, obstacle, ofPackages, unexaminedId } from '../../model/finding/obstacle.js'
import {
  type ApplicationInventory,
  type ApplicationItem,
  itemsOf,
  type Looked,
  NOT_LOOKED,
  summaryOf,
} from './inventory.js'

/** How many examples are in a sentence, and how many paths in a finding; the inventory has all of them. */
const NAMED = 3
const LISTED = 20
const LONGEST = 160

/** A finding for each kind of content that was not examined. */
export function unexaminedFindings(
  inventory: ApplicationInventory | null,
  looked: Looked = NOT_LOOKED,
): readonly ObstacleFinding[] {
  const own = inventory === null ? [] : itemsOf(inventory, looked)
  return summaryOf(inventory, looked).unexamined.map((counted) => {
    const items = own.filter(({ kind }) => kind === counted.kind)
    const cut = counted.kind === 'unreadable' ? (inventory?.cut ?? []) : []
    const named = [...items.map(exampleOf), ...cut]
    const more = named.length - NAMED
    const examples = named.slice(0, NAMED).join('; ')
    const why = [
      `not examined: ${kindWords([counted])}`,
      ...(examples === '' ? [] : [`: ${examples}${more > 0 ? `; and ${more} more` : ''}`]),
    ].join('')
    const places = items.flatMap((item) => item.places).map(({ path }) => listed(path))
    const paths = [...new Set(places)].slice(0, LISTED)
    const details = { count: String(counted.count), paths }
    const found = obstacle(unexaminedId(counted.kind), why, details) as ObstacleFinding
    const [first] = items.flatMap((item) => item.places)
    return {
      ...ofPackages(found, { package: null, version: null, binaries: [], links: [] }),
      layer: first?.layer ?? null,
    }
  })
}

function exampleOf({ kind, name, version, places }: ApplicationItem): string {
  const [first] = places
  const where = first === undefined ? '' : `${first.path}${first.inside === null ? '' : `:${first.inside}`}`
  // A runtime's name and version are in the count; a jar without a name has that of its file.
  const isNamed = name !== '' && kind !== 'jar' && APPLICATION_KINDS[kind].group !== 'runtime'
  const what = isNamed ? `${name}${version === null ? '' : ` ${version}`} in ` : ''
  return cut(`${what}${where}`)
}

/** report.json joins lists with commas. */
function listed(path: string): string {
  return cut(path.replaceAll(', ', ',%20'))
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`.toWellFormed()
}
