import { isRecord, isSecretName, jsonIn } from '../../../../model/index.js'
import { isPlaceholder } from './examples.js'
import { type FoundKey, keysIn, PRIVATE_KEY_LABEL } from './keys.js'

/** A credential that was found in a file of a known name, with its index in the text. */
type FoundCredential = readonly [found: FoundKey, offset: number]

type Reader = (text: string) => readonly FoundCredential[]

/**
 * Files in which people state where a package manager finds packages, perhaps in a registry that needs a login: of pip, uv,
 * Poetry, PDM and Pipenv; conda; Bundler; npm, Yarn, pnpm; Composer; Go.
 */
const SOURCES_OF_PACKAGES = new RegExp(
  `(?:^|/)(?:${[
    String.raw`(?:requirements|constraints)[\w.-]*\.(?:txt|in)|uv\.(?:toml|lock)|pyproject\.toml|pylock[\w.-]*\.toml`,
    String.raw`(?:poetry|pdm|pipfile)\.lock|pipfile|\.?condarc|environment\.ya?ml|gemfile(?:\.lock)?|gems\.(?:rb|locked)`,
    String.raw`package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|composer\.(?:json|lock)|go/env`,
  ].join('|')})$`,
)

/** Files of known names, by a pattern for the path in lower case, with the function that reads each. */
const READERS: readonly (readonly [name: RegExp, read: Reader])[] = [
  // apt_auth.conf(5): apt's logins, in the form of a netrc.
  [/(?:^|\/)[._]netrc$|^etc\/apt\/auth\.conf(?:\.d\/[^/]+)?$/, readNetrc],
  // Sources, and proxies in apt.conf(5).
  [/^etc\/apt\/(?:sources\.list|apt\.conf)(?:\.d\/[^/]+)?$/, readSources],
  [SOURCES_OF_PACKAGES, readSources],
  [/(?:^|\/)(?:\.npmrc|npmrc)$/, readNpmrc],
  [
    /(?:^|\/)\.yarnrc(?:\.yml)?$/,
    (text) => assignments(text, /^\s*"?(npmAuth\w*)"?\s*[:=]?\s+"?(.+?)"?\s*$/gm),
  ],
  [/(?:^|\/)(?:\.pypirc|pip\.conf|\.?my\.cnf|\.s3cfg|\.boto|\.?wgetrc|gradle\.properties)$/, readVariables],
  [/(?:^|\/)\.aws\/credentials$/, readVariables],
  [/(?:^|\/)\.cargo\/credentials(?:\.toml)?$/, readVariables],
  [/(?:^|\/)\.?gem\/credentials$/, readGemCredentials],
  // Poetry; Ivy and sbt; Terraform.
  [/(?:^|\/)(?:pypoetry\/auth\.toml|\.(?:ivy2|sbt)\/\.credentials|\.terraformrc)$/, readVariables],
  [/(?:^|\/)\.?bundle\/config$/, readBundlerConfig],
  [/(?:^|\/)nuget\.config$/, readNugetConfig],
  [/(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.dockerc(?:fg|onfig\.json)$/, readDockerConfig],
  [/(?:^|\/)\.kube\/config$|\.?kubeconfig$|(?:^|\/)etc\/kubernetes\/[\w-]+\.conf$/, readKubeConfig],
  [/(?:^|\/)\.git\/config$|(?:^|\/)\.git-credentials$|(?:^|\/)\.gitconfig$/, readGitConfig],
  [/(?:^|\/)\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$)[\w.-]+)?$/, readVariables],
  [
    /(?:^|\/)(?![\w-]*(?:example|sample|template|dist|default))[\w-]+\.env$|^etc\/environment$/,
    readVariables,
  ],
  [/\.tfstate(?:\.backup)?$/, readSecretMembers],
  [
    /(?:^|\/)(?:application_default_credentials|credentials\.tfrc|accesstokens|msal_token_cache)\.json$/,
    readSecretMembers,
  ],
  [/(?:^|\/)auth\.json$/, readComposerAuth],
  // The user's, Maven's own, and that of Maven's official image.
  [/(?:^|\/)(?:\.m2|maven\/(?:conf|ref))\/settings[\w-]*\.xml$/, readMavenSettings],
  [/(?:^|\/)\.pgpass$/, readPgpass],
]

const SHELL_HISTORY_PATH =
  /(?:^|\/)\.(?:ba|z|k|a)?sh_history$|(?:^|\/)\.(?:python|node_repl|mysql|psql|sqlite|rediscli|lesshst)_?history$/
const GIT_HEAD_PATH = /(?:^|\/)\.git\/HEAD$/

/** Credentials in a file of a known name; empty for other names. @param path without a leading slash */
export function credentialsByName(path: string, text: string): readonly FoundCredential[] {
  const lower = path.toLowerCase()
  return READERS.filter(([name]) => name.test(lower)).flatMap(([, reader]) => reader(text))
}

/** A file that does not belong in an image, whatever its content is. */
export function unwantedByName(path: string): FoundKey | null {
  if (SHELL_HISTORY_PATH.test(path)) {
    return { kind: 'shell-history', what: 'history of a shell', fingerprint: null }
  }
  return GIT_HEAD_PATH.test(path)
    ? { kind: 'git-folder', what: 'folder of git with all versions', fingerprint: null }
    : null
}

export function hasKnownName(path: string): boolean {
  const lower = path.toLowerCase()
  return READERS.some(([name]) => name.test(lower)) || unwantedByName(path) !== null
}

/** Limit for names and hosts from the image that are shown. */
const MAX_SHOWN_NAME = 60

function passwordAt(name: string, at: number): FoundCredential {
  const shown = name.length > MAX_SHOWN_NAME ? `${name.slice(0, MAX_SHOWN_NAME)}…`.toWellFormed() : name
  return [{ kind: 'password', what: shown === '' ? 'password' : `password: ${shown}`, fingerprint: null }, at]
}

/** @param pattern its groups are a name and a value */
function assignments(text: string, pattern: RegExp, defaultName = ''): readonly FoundCredential[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [, name = defaultName, value = ''] = match
    return isPlaceholder(value) ? [] : [passwordAt(name, match.index)]
  })
}

/** The GNU manual of inetutils, "The .netrc file". */
function readNetrc(text: string): readonly FoundCredential[] {
  const pattern = /\b(?:machine\s+(\S{1,200})|default)\s[^#]{0,300}?\bpassword\s+(\S{1,300})/g
  return assignments(text, pattern, 'default')
}

/** npmrc(5), "Auth related configuration". */
function readNpmrc(text: string): readonly FoundCredential[] {
  const auth =
    /^[ \t]*((?:\/\/[^\s=]{1,200}:)?(?:_authToken|_password|_auth))[ \t]*=[ \t]*(.{1,2000}?)[ \t]*$/gm
  return assignments(text, auth)
}

const VARIABLE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*[=:][ \t]*(.{0,2000}?)[ \t]*$/gm

/** Assignments to names that stand for a secret, and URLs with a password. */
function readVariables(text: string): readonly FoundCredential[] {
  const secrets = [...text.matchAll(VARIABLE)].flatMap((match) => {
    const [, name = '', value = ''] = match
    const unquoted = /^(["'])(.*?)\1/.exec(value)?.[2] ?? value.replace(/\s#.*$/, '')
    return isSecretName(name) && !isPlaceholder(unquoted) ? [passwordAt(name, match.index)] : []
  })
  return [...secrets, ...credentialsInUrls(text)]
}

/** URLs with a password (RFC 3986, 3.2.1): of a package index, a database, a remote repository. */
function credentialsInUrls(text: string): readonly FoundCredential[] {
  const pattern = /\b[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/:@'"]{0,200}):([^\s/@'"]{1,500})@([^\s/'":]{1,200})/g
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [, , value = '', host = ''] = match
    return isPlaceholder(value) ? [] : [passwordAt(host, match.index)]
  })
}

/** Words that stand for a password in the comments and examples of such files. */
const EXAMPLE_PASSWORD = /:(?:pass(?:word|wd)?|pwd?|token|secret|api[-_]?key)@/gi

/** Addresses of repositories and proxies. */
function readSources(text: string): readonly FoundCredential[] {
  return credentialsInUrls(text.replaceAll(EXAMPLE_PASSWORD, (example) => example.replaceAll(/\w/g, '*')))
}

function readGitConfig(text: string): readonly FoundCredential[] {
  const header = /^[ \t]*extraheader[ \t]*=[ \t]*(authorization): *(?:basic|bearer|token) +(\S{8,2000})/gim
  return [...credentialsInUrls(text), ...assignments(text, header)]
}

function readDockerConfig(text: string): readonly FoundCredential[] {
  const document = jsonIn(text)
  const auths = isRecord(document) ? (isRecord(document.auths) ? document.auths : document) : {}
  return Object.entries(auths).flatMap(([host, entry]) => {
    if (!isRecord(entry)) {
      return []
    }
    const { auth, identitytoken, registrytoken, password } = entry
    const decoded = typeof auth === 'string' ? Buffer.from(auth, 'base64').toString('utf8') : ''
    const values = [decoded.slice(decoded.indexOf(':') + 1), identitytoken, registrytoken, password]
    const isReal = values.some((value) => typeof value === 'string' && !isPlaceholder(value))
    return isReal ? [passwordAt(host, Math.max(0, text.indexOf(JSON.stringify(host))))] : []
  })
}

/** kubeconfig(5): users with a token, a password or a key. */
function readKubeConfig(text: string): readonly FoundCredential[] {
  const secret = /^[ \t-]*"?(token|password|id-token|refresh-token)"?:[ \t]*"?(.{1,4000}?)"?,?[ \t]*$/gm
  const keys = [...text.matchAll(/"?client-key-data"?:\s*"?([A-Za-z0-9+/=]{40,20000})/g)].flatMap((match) => {
    const pem = Buffer.from(match[1] ?? '', 'base64').toString('latin1')
    return pem.includes(PRIVATE_KEY_LABEL)
      ? keysIn(pem).map(([key]): FoundCredential => [key, match.index])
      : []
  })
  return [...assignments(text, secret), ...keys]
}

const MAX_JSON_VALUES = 100_000

/** Members of a JSON document, at any depth, whose names stand for a secret. */
function readSecretMembers(text: string): readonly FoundCredential[] {
  return secretMembers(text, (name) => isSecretName(name) || name === 'secret')
}

/** Composer, "auth.json": `http-basic`, `github-oauth`, `gitlab-token`, `bearer`. */
function readComposerAuth(text: string): readonly FoundCredential[] {
  const document = jsonIn(text)
  if (!isRecord(document)) {
    return []
  }
  const isComposerAuth = Object.keys(document).some((key) =>
    /^(?:http-basic|\w+-oauth|\w+-token|bearer)$/.test(key),
  )
  return isComposerAuth ? secretMembers(text, () => true, new Set(['username', 'consumer-key'])) : []
}

function secretMembers(
  text: string,
  isSecret: (name: string) => boolean,
  publicNames: ReadonlySet<string> = new Set(),
): readonly FoundCredential[] {
  const members: FoundCredential[] = []
  const queue: (readonly [name: string, value: unknown])[] = [['', jsonIn(text)]]
  for (let n = 0; n < queue.length && n < MAX_JSON_VALUES; n++) {
    const [name, value] = queue[n] ?? ['', null]
    if (Array.isArray(value)) {
      value.forEach((element: unknown) => void queue.push([name, element]))
    } else if (isRecord(value)) {
      Object.entries(value).forEach((member) => void queue.push(member))
    } else if (typeof value === 'string' && name !== '' && isSecret(name) && !publicNames.has(name)) {
      if (!isPlaceholder(value)) {
        members.push(passwordAt(name, Math.max(0, text.indexOf(JSON.stringify(name)))))
      }
    }
  }
  return members
}

/** Maven, "Settings Reference"; encrypted values are in braces. Its own file has examples in comments. */
function readMavenSettings(text: string): readonly FoundCredential[] {
  const shown = text.replaceAll(/<!--.*?-->/gs, (comment) => comment.replaceAll(/[^\n]/g, ' '))
  return assignments(shown, /<(password|passphrase)>\s*([^<]{1,500}?)\s*<\//g)
}

/** NuGet, "nuget.config reference"; `Password` is encrypted for one user of one Windows machine. */
function readNugetConfig(text: string): readonly FoundCredential[] {
  return assignments(text, /<add\s+key\s*=\s*"(ClearTextPassword)"\s+value\s*=\s*"([^"]{1,500})"/gi)
}

/** RubyGems, "API key": each server's or account's, as `:rubygems_api_key: KEY`. */
function readGemCredentials(text: string): readonly FoundCredential[] {
  return assignments(text, /^[ \t]*:?(\w[\w.:/-]{0,200}?):[ \t]+["']?([^\s"']{8,500})["']?[ \t]*$/gm)
}

/**
 * bundle-config(1): `BUNDLE_GEMS__ACME__COM: "user:password"`. The names of hosts, with two underscores for each dot; other
 * settings with two underscores are options for building, folders and addresses.
 */
function readBundlerConfig(text: string): readonly FoundCredential[] {
  const login =
    /^[ \t]*(BUNDLE_(?!BUILD__|LOCAL__)[A-Z0-9_]{1,100}?__[A-Z0-9_]{1,100}):[ \t]*["']?([^\s"':/-][^\s"':/]{0,200}:[^\s"'/]{1,300})["']?[ \t]*$/gm
  return [...assignments(text, login), ...credentialsInUrls(text)]
}

/** PostgreSQL, "The Password File": host, port, database, user, password. */
function readPgpass(text: string): readonly FoundCredential[] {
  const line = /^(?!#)((?:\\.|[^:\n\\]){1,200}):[^:\n]{1,10}:[^:\n]{1,100}:[^:\n]{1,100}:(.{1,200})$/gm
  return assignments(text, line)
}
