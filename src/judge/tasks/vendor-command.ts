import { isSafeName, onlyUpgrade } from '../../debian/apt/command.js'
import { type ApplicationFinding, patternOf } from '../../model/index.js'

/**
 * The command that updates a vendor's packages from the vendor's repository, and never to Debian's packages of the same
 * names: if the image has no such repository, apt installs nothing, and says so. `null` if a package's name is not
 * valid.
 */
export function vendorCommand({ title, packages }: NonNullable<ApplicationFinding['vendor']>): string | null {
  const pattern = patternOf(title)
  const specifications = packages.map((name) => (pattern === null ? name : `'${name}=${pattern}'`))
  return specifications.length > 0 && packages.every(isSafeName)
    ? `apt-get update && ${onlyUpgrade(specifications)}`
    : null
}
