import type { Credential } from '../../../model/credential.js'
import { AWS_KEY_ID, PROVIDER_TOKENS, type TokenForm } from '../../../model/token-forms.js'
import { isPlaceholder } from './examples.js'
import { fingerprintOfToken } from './fingerprint.js'

/** The key of Azure's emulator of storage, which its documentation gives to everybody. */
const OF_EMULATOR = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'

type FoundToken = readonly [found: Omit<Credential, 'line'>, at: number]

/** Of the shortest token, and of what stands in front of the shortest secret: `hooks.slack.com`, `secretAccessKey`. */
const SHORTEST = 15
/** Around a run: an address goes on behind it, and a key's other half is near. */
const AROUND = 400
/** In front of the mark of an address: `canary.discordapp.com/api/v10`. */
const BEFORE = 64
/** The `m` of `.com`. */
const LAST_OF_HOST = 0x6d
const SLASH = 0x2f
/** A token is at most this long. */
const LONGEST = 1024

const AWS_SECRET =
  /["']?\b(?:aws_?)?secret_?access_?key["']?\s{0,8}[=:]\s{0,8}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i
const AWS_NAMES = ['aws_secret', 'AWS_SECRET', 'secretAccessKey', 'SecretAccessKey', 'secret_access_key']
/** The other half of a key id; hexadecimal digits are the hash of something. */
const AWS_HALF =
  /(?<![A-Za-z0-9/+=_-])(?![0-9a-f]{40})(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/

/** A mark with the form that it announces; `null`: a secret of AWS. */
type Mark<Text = string> = readonly [mark: Text, form: TokenForm | null]
/** Marks that are at the begin of a run of a token's characters, by their first two characters. */
const STARTS = new Map<number, Mark[]>()
/** Hosts: a run ends with one, and the token goes on behind it. */
const HOSTS: Mark<Buffer>[] = []
/** Folders of an address, in front of a run. */
const FOLDERS: Mark<Buffer>[] = []
/** Marks that are too short for a run. */
const SHORT: Mark<Buffer>[] = []
for (const [mark, form] of [
  ...PROVIDER_TOKENS.flatMap((form) => form.marks.map((mark): Mark => [mark, form])),
  ...[...AWS_KEY_ID.marks, ...AWS_NAMES].map((mark): Mark => [mark, null]),
]) {
  const list = mark.endsWith('.com')
    ? HOSTS
    : mark.endsWith('/')
      ? FOLDERS
      : mark.endsWith('=')
        ? SHORT
        : null
  if (list === null) {
    const pair = (mark.charCodeAt(0) << 8) | mark.charCodeAt(1)
    STARTS.set(pair, [...(STARTS.get(pair) ?? []), [mark, form]])
  } else {
    list.push([Buffer.from(mark), form])
  }
}
const IS_START = new Uint8Array(65_536)
for (const pair of STARTS.keys()) {
  IS_START[pair] = 1
}
const IS_TOKEN = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.') {
  IS_TOKEN[character.charCodeAt(0)] = 1
}

/**
 * Tokens of providers in a text, and keys of AWS. Most bytes of most files are never looked at: between two places that
 * are fifteen apart and no character of a token, there is no token.
 */
export function tokensIn(bytes: Buffer): readonly FoundToken[] {
  const found: FoundToken[] = []
  const taken = new Set<number>()
  const look = (form: TokenForm | null, from: number, to: number) => {
    const text = bytes.toString('latin1', from, to)
    const one = form === null ? secretOfAws(text) : tokenOf(form, text)
    if (one !== null && !taken.has(from + one.at)) {
      taken.add(from + one.at)
      add(found, one, from + one.at)
    }
  }
  for (const [mark, form] of SHORT) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      look(form, Math.max(0, at - 1), at + AROUND)
    }
  }
  eachRun(bytes, (from, to) => {
    const pair = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0)
    if (IS_START[pair] === 1) {
      const head = bytes.toString('latin1', from, from + 20)
      for (const [, form] of STARTS.get(pair)?.filter(([mark]) => head.startsWith(mark)) ?? []) {
        // A token is within its run; the other half of a key of AWS is near it.
        look(form, from, Math.min(to, from + LONGEST) + (form === null ? AROUND : 0))
      }
    }
    if (bytes[to - 1] === LAST_OF_HOST) {
      for (const [mark, form] of HOSTS) {
        if (hasAt(bytes, mark, to - mark.length)) {
          look(form, Math.max(from, to - BEFORE), to + AROUND)
        }
      }
    }
    if (bytes[from - 1] === SLASH) {
      for (const [mark, form] of FOLDERS) {
        if (hasAt(bytes, mark, from - mark.length)) {
          look(form, Math.max(0, from - BEFORE), from + AROUND)
        }
      }
    }
  })
  return found
}

function hasAt(bytes: Buffer, mark: Buffer, at: number): boolean {
  return at >= 0 && bytes.compare(mark, 0, mark.length, at, at + mark.length) === 0
}

interface Match {
  readonly kind: 'token' | 'cloud-credential'
  readonly what: string
  readonly value: string
  readonly at: number
}

function tokenOf({ kind, form }: TokenForm, text: string): Match | null {
  const match = form.exec(text)
  return match === null ? null : { kind: 'token', what: kind, value: match[0], at: match.index }
}

function secretOfAws(text: string): Match | null {
  const kind = { kind: 'cloud-credential', what: 'AWS secret access key' } as const
  const named = AWS_SECRET.exec(text)
  if (named?.[1] !== undefined) {
    return { ...kind, value: named[1], at: named.index + named[0].indexOf(named[1]) }
  }
  const id = AWS_KEY_ID.form.exec(text)
  if (id === null || id.index > 0 || isPlaceholder(id[0].slice(4))) {
    return null
  }
  const half = AWS_HALF.exec(text.slice(id[0].length))
  return half === null ? null : { ...kind, value: half[0], at: id[0].length + half.index }
}

function add(found: FoundToken[], { kind, what, value }: Match, at: number): void {
  // Behind its fixed beginning: `ghp_`, `xoxb-`, `sk_live_`.
  const own = value.replace(/^[A-Za-z]{2,10}(?:_[a-z]+)?[_.-]/, '')
  if (isPlaceholder(own) || isPlaceholder(own.slice(-16)) || value.includes(OF_EMULATOR)) {
    return
  }
  found.push([{ kind, what, fingerprint: fingerprintOfToken(what, value) }, at])
}

/** Each run of at least `SHORTEST` characters of a token. */
function eachRun(bytes: Buffer, call: (from: number, to: number) => void): void {
  const { length } = bytes
  let at = SHORTEST - 1
  while (at < length) {
    if (IS_TOKEN[bytes[at] ?? 0] === 0) {
      at += SHORTEST
      continue
    }
    let from = at
    const low = at - SHORTEST
    while (from > 0 && from - 1 > low && IS_TOKEN[bytes[from - 1] ?? 0] === 1) {
      from--
    }
    let to = at + 1
    while (to < length && IS_TOKEN[bytes[to] ?? 0] === 1) {
      to++
    }
    if (to - from >= SHORTEST) {
      call(from, to)
    }
    at = to + SHORTEST
  }
}
