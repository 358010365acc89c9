import { createHash } from 'node:crypto'
import { createCleartextMessage, generateKey, readKey, readPrivateKey, sign } from 'openpgp'
import { verifyClearsigned } from '../../../src/checks/security-updates/archive/verify.js'
import { tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import type { AptResult } from './apt.js'
import { stanzaText } from './apt-files.js'
import { askOurs } from './compare.js'
import { inContainer, putTar } from './engine.js'
import type { SuiteLab } from './suite.js'

/** A repository on the container's own disk, whose signature apt checks, and so do we. */
interface SignedCase {
  readonly name: string
  /** What is done to the signed text. */
  readonly tamper?: (text: string) => string
  readonly otherKey?: boolean
  readonly options?: string
}

const CASES: readonly SignedCase[] = [
  { name: 'good' },
  { name: 'other-key', otherKey: true },
  { name: 'tampered', tamper: (text) => text.replace('Label: lab', 'Label: bad') },
  { name: 'unsigned', tamper: (text) => /Origin:[\s\S]*?(?=-----BEGIN PGP SIG)/.exec(text)?.[0] ?? '' },
  { name: 'trusted', otherKey: true, options: 'trusted=yes ' },
]

const STATUS = ['lab-signed', 'lab-same'].map((Package) =>
  stanzaText({
    Package,
    Status: 'install ok installed',
    Version: '1',
    Architecture: 'amd64',
    'Installed-Size': '1',
    Maintainer: 'lab <lab@example.org>',
    Description: 'lab',
  }),
)
const PACKAGES = stanzaText({
  Package: 'lab-signed',
  Version: '2',
  Architecture: 'amd64',
  'Installed-Size': '1',
  Maintainer: 'lab <lab@example.org>',
  Filename: './x.deb',
  Size: '1',
  SHA256: '0'.repeat(64),
  Description: 'lab',
})

const SCRIPT = `
for d in /signed/*; do
  mkdir -p $d/var/lib/apt/lists/partial $d/var/cache/apt/archives/partial $d/etc/apt
  export APT_CONFIG=$d/oracle.conf
  apt-get update >$d/update 2>&1
  echo "@case \${d##*/}"
  apt list --upgradable 2>/dev/null
done
`

/** How apt and we differ about which of these repositories count; nothing where they agree. */
export async function signedDifferences(lab: SuiteLab): Promise<string[]> {
  const [key, other] = await Promise.all([newKey(), newKey()])
  const now = new Date()
  const release = stanzaText({
    Origin: 'lab',
    Label: 'lab',
    Suite: 'lab',
    Codename: 'lab',
    Date: now.toUTCString().replace('GMT', 'UTC'),
    Architectures: 'amd64',
    Components: 'main',
    SHA256: `\n ${sha256(PACKAGES)} ${PACKAGES.length} main/binary-amd64/Packages`,
  }).trimEnd()
  const keyring = [await readKey({ armoredKey: key.publicKey })]
  const repositories = await Promise.all(
    CASES.map(async ({ name, tamper, otherKey, options }) => {
      const signed = await clearsign(`${release}\n`, (otherKey ? other : key).privateKey)
      const inRelease = tamper?.(signed) ?? signed
      const dateOf = () => now
      const verified = await verifyClearsigned(inRelease, keyring, { now, dateOf }, name).then(
        () => true,
        () => false,
      )
      return { name, inRelease, options: options ?? '', counts: verified || options !== undefined }
    }),
  )
  const files = repositories.flatMap(({ name, inRelease, options }) => [
    { path: `signed/${name}/dists/lab/InRelease`, text: inRelease },
    { path: `signed/${name}/dists/lab/main/binary-amd64/Packages`, text: PACKAGES },
    { path: `signed/${name}/etc/apt/sources.list`, text: sourceOf(name, options) },
    { path: `signed/${name}/var/lib/dpkg/status`, text: STATUS.join('') },
    { path: `signed/${name}/lab.asc`, text: key.publicKey },
    {
      path: `signed/${name}/oracle.conf`,
      text: `Dir "/signed/${name}";\nDir::State::status "/signed/${name}/var/lib/dpkg/status";\nAPT::Sandbox::User "root";\n`,
    },
  ])
  await putTar(lab.container, tarOf(files))
  const output = await inContainer(lab.container, SCRIPT)
  return repositories.flatMap(({ name, options, counts }) => {
    const part = output.split(`@case ${name}\n`)[1]?.split('@case ')[0] ?? ''
    const apt = /^lab-signed\/.* 2 amd64 \[upgradable from: 1\]$/m.test(part)
    const uri = `file:/signed/${name}/`
    const index = { uri, suite: 'lab', component: 'main', architecture: 'amd64', release, packages: PACKAGES }
    const root = {
      files: { 'etc/apt/sources.list': sourceOf(name, options), 'var/lib/dpkg/status': STATUS.join('') },
    }
    const ours: AptResult = askOurs({ ...root, served: counts ? [index] : [], architectures: ['amd64'] })
    const isSame = apt === (ours.pending.join() === 'lab-signed:amd64 1 2')
    // A case that is to be refused must be refused by both, or the test says nothing.
    const isMeant = apt === (name === 'good' || name === 'trusted')
    return isSame && isMeant
      ? []
      : [`${name}: apt ${apt ? 'counts' : 'drops'} it, ours: ${ours.pending.join()}`]
  })
}

const sourceOf = (name: string, options: string) =>
  `deb [${options}signed-by=/signed/${name}/lab.asc] file:/signed/${name} lab main\n`

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function newKey() {
  const userIDs = [{ name: 'lab', email: 'lab@example.org' }]
  // An hour ago: the container's clock may be a little behind.
  return generateKey({ type: 'rsa', rsaBits: 2048, userIDs, date: new Date(Date.now() - 3_600_000) })
}

async function clearsign(text: string, armoredKey: string): Promise<string> {
  const message = await createCleartextMessage({ text })
  return await sign({ message, signingKeys: await readPrivateKey({ armoredKey }) })
}
