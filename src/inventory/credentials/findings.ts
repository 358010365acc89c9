import {
  type Account,
  type AccountKind,
  asMember,
  type Credential,
  type CredentialKind,
  firstOf,
  type Image,
  mergeLayers,
  NO_FINGERPRINT,
  type ObstacleFinding,
  obstacle,
  parentOf,
  plural,
  shortened,
} from '../../model/index.js'

/** Examples in a sentence, and paths of one finding: an entry accepts a finding by all of its paths. */
const MAX_NAMED = 3
const MAX_PATHS = 1000

interface PlacedCredential {
  readonly path: string
  readonly credential: Credential
  readonly layer: string
  /** False: a later layer, or a later entry of the same one, hides the file. */
  readonly isVisible: boolean
}

/**
 * Credentials in files of all layers, one finding for each kind, folder and layer, and accounts of the merged file
 * system. Files of packages count as docs/findings/credentials.md says.
 */
export function credentialFindings(image: Image): readonly ObstacleFinding[] {
  const groups = Map.groupBy(placedIn(image), ({ path, credential: { kind }, layer, isVisible }) =>
    JSON.stringify([kind, layer, isVisible, parentOf(path)]),
  )
  const fileFindings = [...groups.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / MAX_PATHS) }, (_, at) =>
      findingOf(all.slice(at * MAX_PATHS, (at + 1) * MAX_PATHS)),
    ),
  )
  return [...fileFindings.flat(), ...accountFindings(image)]
}

function placedIn({ layers }: Pick<Image, 'layers'>): readonly PlacedCredential[] {
  const root = mergeLayers(layers)
  return layers.flatMap(({ credentials, diffId }) =>
    Object.entries(credentials?.files ?? {}).flatMap(([path, files]) =>
      files
        .filter(({ isOfPackage }) => !isOfPackage)
        .flatMap((file) =>
          file.found
            .filter(({ kind }) => !isExample(path, kind))
            .map((credential): PlacedCredential => {
              const visible = root.credentials.get(path)
              const isVisible = visible?.file === file && visible.diffId === diffId
              return { path, credential, layer: diffId, isVisible }
            }),
        ),
    ),
  )
}

function findingOf(all: readonly PlacedCredential[]): readonly ObstacleFinding[] {
  const [first] = all
  if (first === undefined) {
    return []
  }
  const { kind } = first.credential
  const shown = all.map(({ path, credential: { what, line } }) => {
    return `/${shortened(path)}${line === null ? '' : `, line ${line}`} (${shortened(what)})`
  })
  const where = first.isVisible ? '' : ' in a lower layer, which later ones only hide'
  const why = `${plural(all.length, ...NOUNS[kind])}${where}: ${firstOf(shown, MAX_NAMED).join('; ')}`
  const paths = all.map(({ path }) => path)
  const fingerprints = all.map(({ credential: { fingerprint } }) => fingerprint)
  return [
    credentialFinding(kind, why, { paths, fingerprints, layer: first.layer, isVisible: first.isVisible }),
  ]
}

const NOUNS: Readonly<Record<CredentialKind, readonly [one: string, many: string]>> = {
  'private-key': ['private key', 'private keys'],
  'ssh-host-key': ['private key of an SSH server', 'private keys of an SSH server'],
  keystore: ['keystore with a private key', 'keystores with a private key'],
  'cloud-credential': ['cloud credential', 'cloud credentials'],
  token: ['token', 'tokens'],
  password: ['password', 'passwords'],
  'encrypted-key': ['private key with a password', 'private keys with a password'],
  'snakeoil-key': ['key of ssl-cert', 'keys of ssl-cert'],
  'shell-history': ['shell history', 'shell histories'],
  'git-folder': ['folder of git', 'folders of git'],
}

function credentialFinding(
  kind: CredentialKind | AccountKind,
  why: string,
  of: {
    readonly paths: readonly string[]
    readonly fingerprints: readonly (string | null)[]
    readonly layer: string
    readonly isVisible: boolean
  },
): ObstacleFinding {
  const details = {
    count: String(of.paths.length),
    paths: of.paths.map(asMember),
    fingerprints: of.fingerprints.map((one) => one ?? NO_FINGERPRINT),
    state: of.isVisible ? ('in-image' as const) : ('deleted' as const),
  }
  return { ...obstacle(kind, why, details), layer: of.layer }
}

function accountFindings(image: Image): readonly ObstacleFinding[] {
  const { accounts } = mergeLayers(image.layers)
  return [...accounts].flatMap(([path, { accounts: all, diffId: layer }]) =>
    OPEN_ACCOUNTS.flatMap(([kind, what, isOpen]) =>
      all.filter(isOpen).map(({ name }) => {
        const about = { paths: [path], fingerprints: [`account:${name}`], layer, isVisible: true }
        return credentialFinding(kind, `account ${shortened(name)} ${what} (/${path})`, about)
      }),
    ),
  )
}

const OPEN_ACCOUNTS: readonly (readonly [AccountKind, what: string, isOpen: (one: Account) => boolean])[] = [
  ['empty-password', 'has an empty password', ({ password }) => password === 'empty'],
  ['second-root', 'has UID 0, as root has', ({ uid, name }) => uid === 0 && name !== 'root'],
  ['password-hash', 'has a password', ({ password }) => password === 'hashed'],
]

/** Folders that package managers fill. */
const IN_PACKAGE =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems|vendor|\.m2\/repository|\.cargo\/registry|go\/(?:src|pkg\/mod))\/(.*)$/
/** What is in a package to be shown or tried. */
const EXAMPLE =
  /(?:^|[/_.-])(?:tests?|testing|specs?|testdata|fixtures?|examples?|samples?|docs?|demos?|mocks?|dummy\w*)(?:[/_.-]|$)|(?:^|\/)(?:readme|changelog|changes|history)[^/]*$|\.(?:md|rst|d\.ts|map)$/i
const COUNTED_IN_PACKAGES: ReadonlySet<CredentialKind> = new Set(['private-key', 'token', 'cloud-credential'])

/**
 * Whether a credential at this path is an example in a package, which grants no access. @param path without a leading
 * slash
 */
function isExample(path: string, kind: CredentialKind): boolean {
  const [, inside] = IN_PACKAGE.exec(path) ?? []
  return inside !== undefined && (!COUNTED_IN_PACKAGES.has(kind) || EXAMPLE.test(inside))
}

/**
 * What no one looks for in an image, though it does not block: a folder of git, which `COPY . .` takes along. The finding
 * about it is only noted, and reports fold these.
 */
export function credentialNotes(image: Pick<Image, 'layers'>): readonly string[] {
  const heads = placedIn(image).filter(({ credential }) => credential.kind === 'git-folder')
  const folders = [...new Set(heads.map(({ path }) => `/${shortened(parentOf(path))}`))]
  return folders.length === 0
    ? []
    : [`the image has a folder of git: ${firstOf(folders, MAX_NAMED).join('; ')} (add .git to .dockerignore)`]
}

const MB = 1_000_000

/** What was not searched: it never blocks. */
export function credentialLimits({ layers }: Pick<Image, 'layers'>): readonly string[] {
  const all = layers.flatMap(({ credentials }) => credentials ?? [])
  const files = all.reduce((sum, { unread }) => sum + unread.files, 0)
  const bytes = all.reduce((sum, { unread }) => sum + unread.bytes, 0)
  const unreadReasons = all.flatMap(({ cut }) => cut ?? [])
  return [
    ...(files === 0
      ? []
      : [
          `not examined: ${plural(files, 'file')} of no Debian package (${Math.ceil(bytes / MB)} MB): binaries, archives, and texts over 1 MB`,
        ]),
    ...unreadReasons.slice(0, 1).map((why) => `not all credentials are listed: ${why}`),
  ]
}
