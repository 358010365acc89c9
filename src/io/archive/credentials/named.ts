import type { Credential } from '../../../model/credential.js'
import { isRecord, jsonIn } from '../../../model/json.js'
import { isSecretName } from '../../../model/secret-name.js'
import { isPlaceholder } from './examples.js'
import { KEY_MARK, keysIn } from './keys.js'

/** A credential in a file whose name says what is in it. */
export type FoundNamed = readonly [found: Omit<Credential, 'line'>, at: number]

type Reader = (text: string) => readonly FoundNamed[]

/** Files that are known by their name, and what reads each: the last names of the path, in lower case. */
const READERS: readonly (readonly [name: RegExp, read: Reader])[] = [
  [/(?:^|\/)[._]netrc$/, netrc],
  [/(?:^|\/)(?:\.npmrc|npmrc)$/, npmrc],
  [
    /(?:^|\/)\.yarnrc(?:\.yml)?$/,
    (text) => assignments(text, /^\s*"?(npmAuth\w*)"?\s*[:=]?\s+"?(.+?)"?\s*$/gm),
  ],
  [/(?:^|\/)(?:\.pypirc|pip\.conf|\.?my\.cnf|\.s3cfg|\.boto)$/, variables],
  [/(?:^|\/)\.aws\/credentials$/, variables],
  [/(?:^|\/)\.(?:cargo|gem)\/credentials(?:\.toml)?$/, variables],
  [/(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.dockerc(?:fg|onfig\.json)$/, dockerConfig],
  [/(?:^|\/)\.kube\/config$|\.?kubeconfig$|(?:^|\/)etc\/kubernetes\/[\w-]+\.conf$/, kubeConfig],
  [/(?:^|\/)\.git\/config$|(?:^|\/)\.git-credentials$|(?:^|\/)\.gitconfig$/, git],
  [/(?:^|\/)\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$)[\w.-]+)?$/, variables],
  [/\.tfstate(?:\.backup)?$/, members],
  [
    /(?:^|\/)(?:application_default_credentials|credentials\.tfrc|accesstokens|msal_token_cache)\.json$/,
    members,
  ],
  [/(?:^|\/)auth\.json$/, composer],
  [/(?:^|\/)\.m2\/settings\.xml$/, maven],
  [/(?:^|\/)\.pgpass$/, pgpass],
]

const HISTORY =
  /(?:^|\/)\.(?:ba|z|k|a)?sh_history$|(?:^|\/)\.(?:python|node_repl|mysql|psql|sqlite|rediscli|lesshst)_?history$/
const GIT_FOLDER = /(?:^|\/)\.git\/HEAD$/

/** What a file of this name has; empty if its name says nothing. @param path without a leading slash */
export function namedIn(path: string, text: string): readonly FoundNamed[] {
  const lower = path.toLowerCase()
  return READERS.filter(([name]) => name.test(lower)).flatMap(([, read]) => read(text))
}

/** What seldom belongs in an image, whatever is in it. */
export function notedByName(path: string): Omit<Credential, 'line'> | null {
  if (HISTORY.test(path)) {
    return { kind: 'shell-history', what: 'history of a shell', fingerprint: null }
  }
  return GIT_FOLDER.test(path)
    ? { kind: 'git-folder', what: 'folder of git with all versions', fingerprint: null }
    : null
}

export function hasKnownName(path: string): boolean {
  const lower = path.toLowerCase()
  return READERS.some(([name]) => name.test(lower)) || notedByName(path) !== null
}

/** Of text from outside: a host, a name. */
const LONGEST_NAME = 60

function password(of: string, at: number): FoundNamed {
  const shown = of.length > LONGEST_NAME ? `${of.slice(0, LONGEST_NAME)}…`.toWellFormed() : of
  return [{ kind: 'password', what: shown === '' ? 'password' : `password: ${shown}`, fingerprint: null }, at]
}

/** @param form its groups are a name and a value */
function assignments(text: string, form: RegExp): readonly FoundNamed[] {
  return [...text.matchAll(form)].flatMap((match) => {
    const [, name = '', value = ''] = match
    return isPlaceholder(value) ? [] : [password(name, match.index)]
  })
}

/** The GNU manual of inetutils, "The .netrc file". */
function netrc(text: string): readonly FoundNamed[] {
  return [
    ...text.matchAll(/\b(?:machine\s+(\S{1,200})|default)\s[^#]{0,300}?\bpassword\s+(\S{1,300})/g),
  ].flatMap((match) => (isPlaceholder(match[2] ?? '') ? [] : [password(match[1] ?? 'default', match.index)]))
}

/** npmrc(5), "Auth related configuration". */
function npmrc(text: string): readonly FoundNamed[] {
  return assignments(
    text,
    /^[ \t]*((?:\/\/[^\s=]{1,200}:)?(?:_authToken|_password|_auth))[ \t]*=[ \t]*(.{1,2000}?)[ \t]*$/gm,
  )
}

const VARIABLE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*[=:][ \t]*(.{0,2000}?)[ \t]*$/gm

/** Lines that give a value to a name that means a secret, and addresses with a password. */
function variables(text: string): readonly FoundNamed[] {
  const secrets = [...text.matchAll(VARIABLE)].flatMap((match) => {
    const [, name = '', value = ''] = match
    const plain = /^(["'])(.*?)\1/.exec(value)?.[2] ?? value.replace(/\s#.*$/, '')
    return isSecretName(name) && !isPlaceholder(plain) ? [password(name, match.index)] : []
  })
  return [...secrets, ...addresses(text)]
}

/** Addresses with a password (RFC 3986, 3.2.1): of a package index, a database, a remote repository. */
function addresses(text: string): readonly FoundNamed[] {
  const form = /\b[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/:@'"]{0,200}):([^\s/@'"]{1,500})@([^\s/'":]{1,200})/g
  return [...text.matchAll(form)].flatMap((match) => {
    const [, , value = '', host = ''] = match
    return isPlaceholder(value) ? [] : [password(host, match.index)]
  })
}

function git(text: string): readonly FoundNamed[] {
  const header = /^[ \t]*extraheader[ \t]*=[ \t]*(authorization): *(?:basic|bearer|token) +(\S{8,2000})/gim
  return [...addresses(text), ...assignments(text, header)]
}

function dockerConfig(text: string): readonly FoundNamed[] {
  const document = jsonIn(text)
  const auths = isRecord(document) ? (isRecord(document.auths) ? document.auths : document) : {}
  return Object.entries(auths).flatMap(([host, entry]) => {
    if (!isRecord(entry)) {
      return []
    }
    const { auth, identitytoken, registrytoken, password: plain } = entry
    const decoded = typeof auth === 'string' ? Buffer.from(auth, 'base64').toString('utf8') : ''
    const values = [decoded.slice(decoded.indexOf(':') + 1), identitytoken, registrytoken, plain]
    const isReal = values.some((value) => typeof value === 'string' && !isPlaceholder(value))
    return isReal ? [password(host, Math.max(0, text.indexOf(JSON.stringify(host))))] : []
  })
}

/** kubeconfig(5): users with a token, a password or a key. */
function kubeConfig(text: string): readonly FoundNamed[] {
  const secrets = assignments(
    text,
    /^[ \t-]*"?(token|password|id-token|refresh-token)"?:[ \t]*"?(.{1,4000}?)"?,?[ \t]*$/gm,
  )
  const keys = [...text.matchAll(/"?client-key-data"?:\s*"?([A-Za-z0-9+/=]{40,20000})/g)].flatMap((match) => {
    const pem = Buffer.from(match[1] ?? '', 'base64').toString('latin1')
    return pem.includes(KEY_MARK) ? keysIn(pem).map(([key]): FoundNamed => [key, match.index]) : []
  })
  return [...secrets, ...keys]
}

const MOST_MEMBERS = 100_000

/** Members of a JSON document, at any depth, whose name says that they are a secret. */
function members(text: string): readonly FoundNamed[] {
  return inMembers(text, (name) => isSecretName(name) || name === 'secret')
}

/** Composer, "auth.json": `http-basic`, `github-oauth`, `gitlab-token`, `bearer`. */
function composer(text: string): readonly FoundNamed[] {
  const document = jsonIn(text)
  if (!isRecord(document)) {
    return []
  }
  const isOwn = Object.keys(document).some((key) => /^(?:http-basic|\w+-oauth|\w+-token|bearer)$/.test(key))
  return isOwn ? inMembers(text, () => true, new Set(['username', 'consumer-key'])) : []
}

function inMembers(
  text: string,
  isSecret: (name: string) => boolean,
  others: ReadonlySet<string> = new Set(),
): readonly FoundNamed[] {
  const found: FoundNamed[] = []
  const open: (readonly [name: string, value: unknown])[] = [['', jsonIn(text)]]
  for (let n = 0; n < open.length && n < MOST_MEMBERS; n++) {
    const [name, value] = open[n] ?? ['', null]
    if (Array.isArray(value)) {
      value.forEach((one: unknown) => void open.push([name, one]))
    } else if (isRecord(value)) {
      Object.entries(value).forEach((one) => void open.push(one))
    } else if (typeof value === 'string' && name !== '' && isSecret(name) && !others.has(name)) {
      if (!isPlaceholder(value)) {
        found.push(password(name, Math.max(0, text.indexOf(JSON.stringify(name)))))
      }
    }
  }
  return found
}

/** Maven, "Settings Reference": what it has encrypted is in braces. */
function maven(text: string): readonly FoundNamed[] {
  return assignments(text, /<(password|passphrase)>\s*([^<]{1,500}?)\s*<\//g)
}

/** PostgreSQL, "The Password File": host, port, database, user, password. */
function pgpass(text: string): readonly FoundNamed[] {
  return assignments(
    text,
    /^(?!#)((?:\\.|[^:\n\\]){1,200}):[^:\n]{1,10}:[^:\n]{1,100}:[^:\n]{1,100}:(.{1,200})$/gm,
  )
}
