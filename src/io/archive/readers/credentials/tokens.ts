import { AWS_KEY_ID, PROVIDER_TOKENS, type TokenForm } from '../../../../model/index.js'
import { isPlaceholder } from './examples.js'
import { fingerprintOfToken } from './fingerprint.js'
import type { FoundKey } from './keys.js'

/** The key of Azure's storage emulator, which is public: it is in the documentation. */
const AZURE_EMULATOR_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'

type FoundToken = readonly [found: FoundKey, offset: number]

/**
 * Length of the shortest token, and of the shortest text that precedes a secret: `hooks.slack.com`,
 * `secretAccessKey`. A run is a sequence of characters that tokens consist of.
 */
const MIN_RUN_LENGTH = 15
/** Bytes searched after a mark: a URL continues after its host, and an AWS secret is near its key id. */
const SEARCH_BYTES_AFTER = 400
/** Bytes that are searched before a host or folder of a URL: `canary.discordapp.com/api/v10`. */
const SEARCH_BYTES_BEFORE = 64
/** The last character of all hosts, the `m` of `.com`. */
const LAST_BYTE_OF_HOST = 0x6d
const SLASH = 0x2f
const MAX_TOKEN_LENGTH = 1024

const AWS_SECRET =
  /["']?\b(?:aws_?)?secret_?access_?key["']?\s{0,8}[=:]\s{0,8}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i
const AWS_SECRET_NAMES = [
  'aws_secret',
  'AWS_SECRET',
  'secretAccessKey',
  'SecretAccessKey',
  'secret_access_key',
]
/** The secret that belongs to a key id of AWS; 40 hexadecimal digits are a hash instead. */
const AWS_SECRET_VALUE =
  /(?<![A-Za-z0-9/+=_-])(?![0-9a-f]{40})(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/

/** A text by which a token is recognized, with the token's form; `null`: a secret of AWS. */
type Mark<Text = string> = readonly [mark: Text, form: TokenForm | null]
/** Marks at the beginning of a run, by their first two characters. */
const MARKS_BY_FIRST_PAIR = new Map<number, Mark[]>()
/** Hosts: a run ends with one, and the token comes after it. */
const HOST_MARKS: Mark<Buffer>[] = []
/** Folders of a URL, which come before a run. */
const FOLDER_MARKS: Mark<Buffer>[] = []
/** Marks that need not be in a run of this length. */
const SHORT_MARKS: Mark<Buffer>[] = []
for (const [mark, form] of [
  ...PROVIDER_TOKENS.flatMap((form) => form.marks.map((mark): Mark => [mark, form])),
  ...[...AWS_KEY_ID.marks, ...AWS_SECRET_NAMES].map((mark): Mark => [mark, null]),
]) {
  const marks = mark.endsWith('.com')
    ? HOST_MARKS
    : mark.endsWith('/')
      ? FOLDER_MARKS
      : mark.endsWith('=')
        ? SHORT_MARKS
        : null
  if (marks === null) {
    const pair = (mark.charCodeAt(0) << 8) | mark.charCodeAt(1)
    MARKS_BY_FIRST_PAIR.set(pair, [...(MARKS_BY_FIRST_PAIR.get(pair) ?? []), [mark, form]])
  } else {
    marks.push([Buffer.from(mark), form])
  }
}
const IS_MARK_FIRST_PAIR = new Uint8Array(65_536)
for (const pair of MARKS_BY_FIRST_PAIR.keys()) {
  IS_MARK_FIRST_PAIR[pair] = 1
}
const IS_TOKEN_CHARACTER = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.') {
  IS_TOKEN_CHARACTER[character.charCodeAt(0)] = 1
}

/**
 * Tokens of providers, and secret keys of AWS. Most bytes are skipped: a run of at least 15 characters covers
 * at least one of any 15 consecutive bytes, so outside of runs only every 15th byte is tested.
 */
export function tokensIn(bytes: Buffer): readonly FoundToken[] {
  const tokens: FoundToken[] = []
  const foundOffsets = new Set<number>()
  const searchRange = (form: TokenForm | null, from: number, to: number) => {
    const text = bytes.toString('latin1', from, to)
    const match = form === null ? awsSecretIn(text) : tokenIn(form, text)
    if (match !== null && !foundOffsets.has(from + match.at)) {
      foundOffsets.add(from + match.at)
      addToken(tokens, match, from + match.at)
    }
  }
  for (const [mark, form] of SHORT_MARKS) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      searchRange(form, Math.max(0, at - 1), at + SEARCH_BYTES_AFTER)
    }
  }
  eachRun(bytes, (from, to) => {
    const pair = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0)
    if (IS_MARK_FIRST_PAIR[pair] === 1) {
      const head = bytes.toString('latin1', from, from + 20)
      for (const [, form] of MARKS_BY_FIRST_PAIR.get(pair)?.filter(([mark]) => head.startsWith(mark)) ?? []) {
        // A token is within its run; the secret of AWS may be after it.
        const end = Math.min(to, from + MAX_TOKEN_LENGTH)
        searchRange(form, from, form === null ? end + SEARCH_BYTES_AFTER : end)
      }
    }
    if (bytes[to - 1] === LAST_BYTE_OF_HOST) {
      for (const [mark, form] of HOST_MARKS) {
        if (hasMarkAt(bytes, mark, to - mark.length)) {
          searchRange(form, Math.max(from, to - SEARCH_BYTES_BEFORE), to + SEARCH_BYTES_AFTER)
        }
      }
    }
    if (bytes[from - 1] === SLASH) {
      for (const [mark, form] of FOLDER_MARKS) {
        if (hasMarkAt(bytes, mark, from - mark.length)) {
          searchRange(form, Math.max(0, from - SEARCH_BYTES_BEFORE), from + SEARCH_BYTES_AFTER)
        }
      }
    }
  })
  return tokens
}

function hasMarkAt(bytes: Buffer, mark: Buffer, at: number): boolean {
  return at >= 0 && bytes.compare(mark, 0, mark.length, at, at + mark.length) === 0
}

interface Match {
  readonly kind: 'token' | 'cloud-credential'
  readonly what: string
  readonly value: string
  readonly at: number
}

function tokenIn({ kind, form }: TokenForm, text: string): Match | null {
  const match = form.exec(text)
  return match === null ? null : { kind: 'token', what: kind, value: match[0], at: match.index }
}

function awsSecretIn(text: string): Match | null {
  const kind = { kind: 'cloud-credential', what: 'AWS secret access key' } as const
  const namedMatch = AWS_SECRET.exec(text)
  if (namedMatch?.[1] !== undefined) {
    return { ...kind, value: namedMatch[1], at: namedMatch.index + namedMatch[0].indexOf(namedMatch[1]) }
  }
  const keyIdMatch = AWS_KEY_ID.form.exec(text)
  if (keyIdMatch === null || keyIdMatch.index > 0 || isPlaceholder(keyIdMatch[0].slice(4))) {
    return null
  }
  const secretMatch = AWS_SECRET_VALUE.exec(text.slice(keyIdMatch[0].length))
  return secretMatch === null
    ? null
    : { ...kind, value: secretMatch[0], at: keyIdMatch[0].length + secretMatch.index }
}

function addToken(tokens: FoundToken[], { kind, what, value }: Match, at: number): void {
  // Compares without the token's fixed prefix, such as `ghp_`, `xoxb-` or `sk_live_`.
  const withoutPrefix = value.replace(/^[A-Za-z]{2,10}(?:_[a-z]+)?[_.-]/, '')
  const isExample = isPlaceholder(withoutPrefix) || isPlaceholder(withoutPrefix.slice(-16))
  if (!isExample && !value.includes(AZURE_EMULATOR_KEY)) {
    tokens.push([{ kind, what, fingerprint: fingerprintOfToken(what, value) }, at])
  }
}

/** Calls `onRun` for each sequence of at least `MIN_RUN_LENGTH` characters of a token. */
function eachRun(bytes: Buffer, onRun: (from: number, to: number) => void): void {
  const { length } = bytes
  let at = MIN_RUN_LENGTH - 1
  while (at < length) {
    if (IS_TOKEN_CHARACTER[bytes[at] ?? 0] === 0) {
      at += MIN_RUN_LENGTH
      continue
    }
    let from = at
    const lowestStart = at - MIN_RUN_LENGTH
    while (from > 0 && from - 1 > lowestStart && IS_TOKEN_CHARACTER[bytes[from - 1] ?? 0] === 1) {
      from--
    }
    let to = at + 1
    while (to < length && IS_TOKEN_CHARACTER[bytes[to] ?? 0] === 1) {
      to++
    }
    if (to - from >= MIN_RUN_LENGTH) {
      onRun(from, to)
    }
    at = to + MIN_RUN_LENGTH
  }
}
