import { AWS_KEY_ID, isSecretName, PROVIDER_TOKENS } from '../../../model/index.js'
import { pinsIn } from './updates.js'

/** A secret that was found: its place, and its name or kind. The value is never kept. */
export interface FoundSecret {
  /** The instruction that contains it: `ENV`, `ARG`, `RUN` … */
  readonly where: string
  /** Name of the variable or option, or the kind of the token. */
  readonly name: string
}

/**
 * Tokens with a recognizable form, and passwords where commands have them. Texts are hostile: whatever may match at
 * many places has a bounded length, so that the time stays proportional to the text.
 */
const TOKENS: readonly (readonly [string, RegExp])[] = [
  ...[AWS_KEY_ID, ...PROVIDER_TOKENS].map(({ kind, form }) => [kind, form] as const),
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{8,300}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['password in a URL', /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@'"$]*:[^\s/@'"${}*]+@/],
  [
    'password for chpasswd',
    /\becho +(?:-\S+ +)?["']?[\w.-]{1,64}:[^\s"'$*!]{1,200}["']? *\| *(?:\S{1,64}\/)?chpasswd\b/,
  ],
  ['password for curl', /\bcurl\b[^\n;&|]{0,300}\s(?:-u|--user)[ =]?["']?[^\s:"'$]{1,64}:[^\s"'$*]+/],
  ['password for sshpass', /\bsshpass +-p *["']?[^\s"'$]+/],
  [
    'password for mysql',
    /(?:^|[\s;&|("'])(?:mysql(?:dump|admin)?|mariadb) [^\n;&|]{0,300}?(?<=\s)-p["']?[^\s"'$*`]+/,
  ],
  ['password for useradd', /\b(?:useradd|usermod) [^\n;&|]{0,300}?(?<=\s)-p[ =]?["']?[^\s"'$*!`]{2,}/],
  [
    'password in a .netrc',
    /\bmachine {1,8}\S{1,200} {1,8}login {1,8}\S{1,200} {1,8}password {1,8}[^\s"'$*]+/,
  ],
  ['Authorization header', /\bAuthorization: *(?:Bearer|Basic|token) +[^\s'"$*]{6,}/i],
  ['token in a header', /\b(?:X-Api-Key|Private-Token|Deploy-Token|X-(?:Auth|Vault)-Token): *[^\s'"$*]{6,}/i],
  // Docker's config.json: user and password in base64. Quotes are escaped in a shell's words.
  ['registry login', /\\?"auth\\?" {0,4}: {0,4}\\?"[A-Za-z0-9+/]{8,}={0,2}\\?"/],
  ['key of an application', /\bbase64:[A-Za-z0-9+/]{43}=/],
]

// The colon is for .npmrc: `//registry.example/:_authToken=…`.
const ASSIGNMENT = /(?:^|[\s;&|("':])([A-Za-z_][A-Za-z0-9_.-]*)=("[^"]*"|'[^']*'|[^\s;&|)]*)/g
const OPTION = /(?:^|\s)(--?[a-z][a-z-]*)(?:=|\s+)("[^"]*"|'[^']*'|[^\s;&|)]+)/g
/** An option in the list of an instruction: `["app", "--password=x"]`, `["app", "--password", "x"]`. */
const LISTED = /"(--?[a-z][a-z-]*)(?:=|",? ?")([^"]+)"/g
/** A member of a JSON document: `{"password": "x"}`. */
const MEMBER = /"([A-Za-z_][A-Za-z0-9_.-]*)" ?: ?("[^"]+")/g
const FORMS = [ASSIGNMENT, OPTION, LISTED, MEMBER]

/** Whether a value can be a secret: not empty, and no variable reference, path, switch or short number. */
function isSecretValue(value: string): boolean {
  const plain = value.replaceAll(/^["']|["']$/g, '')
  return !/^(\$.*|\/.*|\*+|<.*>|true|false|yes|no|on|off|none|null|nil|\d{1,3}|)$/is.test(plain)
}

/** Secrets in an instruction's text, each once: by name, then by form. */
export function secretsIn(where: string, text: string): readonly FoundSecret[] {
  const assigned = FORMS.flatMap((form) => [...text.matchAll(form)])
  const isPinned = pinned(text)
  const namedSecrets = assigned.flatMap(([, name = '', value = '']) =>
    isSecret(name, value) && !isPinned(name, value) ? [name] : [],
  )
  // A variable whose value is a token is one secret, not two.
  const rest = withoutNamed(text, isPinned)
  const tokens = TOKENS.filter(([, form]) => form.test(rest)).map(([kind]) => kind)
  return [...new Set([...namedSecrets, ...tokens])].map((name) => ({ where, name }))
}

/** Secrets in one variable, `NAME=value`, whose value may contain anything. */
export function secretsInVariable(where: string, variable: string): readonly FoundSecret[] {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(variable) ?? []
  if (isSecret(name, value)) {
    return [{ where, name }]
  }
  // A secret in one variable is named by the variable, which is clearer than the kind of the token.
  const members = [...value.matchAll(MEMBER)].some(([, key = '', inside = '']) => isSecret(key, inside))
  return members || isToken(value) ? [{ where, name }] : []
}

/** The text with every value that `secretsIn` would find replaced, for showing it to people. */
export function redact(text: string): string {
  let shown = withoutNamed(text)
  for (const [, form] of TOKENS) {
    shown = shown.replaceAll(new RegExp(form, `g${form.flags}`), '***')
  }
  return shown
}

/** A requirement for pip such as `token-bucket==0.3.0`: name and version (PEP 440). */
const PINNED_BY_PIP = /^[a-z0-9._-]+==[0-9][A-Za-z0-9.+!-]*$/

/** Distinguishes pinned packages from variables: Debian, for example, has a package named `passwd`. */
function pinned(text: string): (name: string, value: string) => boolean {
  // Most texts name nothing that looks like a secret: their commands need not be parsed.
  let pins: ReadonlySet<string> | null = null
  return (name, value) => {
    pins ??= new Set(pinsIn(text))
    // In `sh -c "apt-get install passwd=1:4.13"`, a quotation mark follows the version.
    const assignment = `${name}=${value.replace(/["']$/, '')}`
    return pins.has(assignment) || PINNED_BY_PIP.test(assignment)
  }
}

function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && isSecretValue(value)
}

/** True if the form of a value shows that it is a token. */
export function isToken(value: string): boolean {
  return TOKENS.some(([, form]) => form.test(value))
}

function withoutNamed(text: string, isPinned = pinned(text)): string {
  let shown = text
  for (const form of FORMS) {
    shown = shown.replaceAll(form, (whole: string, name: string, value: string) => {
      if (!isSecret(name, value) || isPinned(name, value)) {
        return whole
      }
      const at = whole.lastIndexOf(value)
      return `${whole.slice(0, at)}***${whole.slice(at + value.length)}`
    })
  }
  return shown
}
