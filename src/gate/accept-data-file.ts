import type { Head } from '../feeds/published/data-file.js'
import { attestedBy } from '../feeds/published/released.js'
import type { ReadInput } from '../inputs/row.js'
import { readText } from '../io/files/files.js'
import { SeaworthyError } from '../model/index.js'

/** The attestation of a data file, and who has to have made it. */
export interface Signature {
  /** Path of the bundle. */
  readonly bundle: string
  /** URL of the repository whose workflow feeds.yml made the file. */
  readonly repository: string
}

/** Prints who made a data file. @throws SeaworthyError if its signature is not by that repository's workflow */
export async function accept(
  head: Head,
  signature: Signature | null,
  inputs: ReadInput,
  { print }: { readonly print: (text: string) => void },
) {
  if (signature === null) {
    return print('nothing proves who made this file; to verify it, pass --bundle and --published-by\n')
  }
  const bundle = readText(signature.bundle, MAX_BUNDLE_BYTES)
  const root = inputs('data-trusted-root').trim()
  const text = root === '' ? null : readText(root)
  if (bundle === null || (root !== '' && text === null)) {
    const where = bundle === null ? signature.bundle : root
    throw new SeaworthyError({ code: 'bad-input', what: 'there is no such file', where })
  }
  const by = await attestedBy(head, bundle, `${signature.repository.replace(/\/+$/, '')}/releases`, text)
  print(`attested by ${by}\n`)
}
/** In bytes; a bundle of GitHub has some 12 KB. */
const MAX_BUNDLE_BYTES = 2 ** 20
