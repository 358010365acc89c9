import type { Verdict } from '../model/verdict.js'
import type { LeftOut } from './plan/outcome.js'
import { type PackageUpdate, planOf } from './plan/plan.js'

/**
 * Which packages the patched image really has brought up: an apt-get that ends well and does nothing has updated
 * nothing, whatever it says.
 */
export function checkDone(
  packages: readonly PackageUpdate[],
  after: Verdict,
  by: LeftOut['by'],
): { readonly done: readonly PackageUpdate[]; readonly notDone: readonly LeftOut[] } {
  const keyOf = ({ name, architecture, from }: PackageUpdate) => JSON.stringify([name, architecture, from])
  const still = new Set(planOf(after.images).packages.map(keyOf))
  const said = 'the build ended well, but the old version is still there'
  return {
    done: packages.filter((one) => !still.has(keyOf(one))),
    notDone: packages.filter((one) => still.has(keyOf(one))).map((one) => ({ package: one, by, said })),
  }
}
