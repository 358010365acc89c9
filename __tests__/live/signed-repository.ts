import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCleartextMessage, generateKey, readPrivateKey, sign } from 'openpgp'

/**
 * Makes a flat repository of the packages in a folder, signed with a key of its own: `deb [signed-by=…/key.asc]
 * file:… ./`.
 */
export async function signRepository(folder: string, origin: string): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  const stanzas = files.sort().map((file) => {
    const path = join(folder, file)
    const control = execFileSync('dpkg-deb', ['-f', path], { encoding: 'utf8' }).trimEnd()
    return `${control}\nFilename: ./${file}\nSize: ${statSync(path).size}\nSHA256: ${sha256(readFileSync(path))}\n`
  })
  const index = stanzas.join('\n')
  writeFileSync(join(folder, 'Packages'), index)
  const date = new Date().toUTCString().replace('GMT', 'UTC')
  const release = `Origin: ${origin}\nLabel: ${origin}\nSuite: ${origin}\nDate: ${date}\nSHA256:\n ${sha256(index)} ${Buffer.byteLength(index)} Packages\n`
  const user = { name: origin, email: `${origin}@example.org` }
  const key = await generateKey({ userIDs: [user], format: 'armored' })
  const message = await createCleartextMessage({ text: release })
  const signed = await sign({ message, signingKeys: await readPrivateKey({ armoredKey: key.privateKey }) })
  writeFileSync(join(folder, 'InRelease'), signed)
  writeFileSync(join(folder, 'key.asc'), key.publicKey)
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
