import type { Credential } from '../../../model/credential.js'
import { AWS_KEY_ID, PROVIDER_TOKENS } from '../../../model/token-forms.js'
import { isPlaceholder } from './examples.js'
import { fingerprintOfToken } from './fingerprint.js'

/** The key of Azure's emulator of storage, which its documentation gives to everybody. */
const OF_EMULATOR = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'

type FoundToken = readonly [found: Omit<Credential, 'line'>, at: number]

/** Of the shortest token, and of what stands in front of the shortest secret: `hooks.slack.com`, `secretAccessKey`. */
const SHORTEST = 15
/** Around a run: an address goes on behind it, and a key's other half is near. */
const AROUND = 400
/** A token is at most this long. */
const LONGEST = 1024

const AWS_SECRET =
  /["']?\b(?:aws_?)?secret_?access_?key["']?\s{0,8}[=:]\s{0,8}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i
const AWS_NAMES = ['aws_secret', 'AWS_SECRET', 'secretAccessKey', 'SecretAccessKey', 'secret_access_key']
/** The other half of a key id; hexadecimal digits are the hash of something. */
const AWS_HALF =
  /(?<![A-Za-z0-9/+=_-])(?![0-9a-f]{40})(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/

/** They are not at the begin of a run of at least `SHORTEST`. */
const ANYWHERE = /^(?:AccountKey=|\/webhooks\/|\.webhook)/
/** Marks that are at the begin of a run of a token's characters, by their first two characters. */
const STARTS = new Map<number, string[]>()
/** Marks that may be anywhere. */
const INSIDE: Buffer[] = []
for (const mark of [...[...PROVIDER_TOKENS, AWS_KEY_ID].flatMap(({ marks }) => marks), ...AWS_NAMES]) {
  if (ANYWHERE.test(mark)) {
    INSIDE.push(Buffer.from(mark))
  } else {
    const pair = (mark.charCodeAt(0) << 8) | mark.charCodeAt(1)
    STARTS.set(pair, [...(STARTS.get(pair) ?? []), mark])
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
  const look = (from: number, to: number) => {
    const text = bytes.toString('latin1', from, to)
    for (const { kind, form } of PROVIDER_TOKENS) {
      const match = form.exec(text)
      if (match !== null && !taken.has(from + match.index)) {
        taken.add(from + match.index)
        add(found, 'token', kind, match[0], from + match.index)
      }
    }
    const secret = secretOfAws(text)
    if (secret !== null && !taken.has(from + secret.at)) {
      taken.add(from + secret.at)
      add(found, 'cloud-credential', 'AWS secret access key', secret.value, from + secret.at)
    }
  }
  for (const mark of INSIDE) {
    // Each text has one of its marks: what begins behind the last mark is not the token of that one again.
    let from = 0
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      look(Math.max(from, at - 256), at + AROUND)
      from = at + 1
    }
  }
  eachRun(bytes, (from, to) => {
    const pair = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0)
    if (IS_START[pair] === 1) {
      const head = bytes.toString('latin1', from, from + 20)
      if (STARTS.get(pair)?.some((mark) => head.startsWith(mark)) === true) {
        look(from, Math.min(to, from + LONGEST) + AROUND)
      }
    }
  })
  return found
}

function secretOfAws(text: string): { readonly value: string; readonly at: number } | null {
  const named = AWS_SECRET.exec(text)
  if (named?.[1] !== undefined) {
    return { value: named[1], at: named.index + named[0].indexOf(named[1]) }
  }
  const id = AWS_KEY_ID.form.exec(text)
  if (id === null || id.index > 0 || isPlaceholder(id[0].slice(4))) {
    return null
  }
  const half = AWS_HALF.exec(text.slice(id[0].length))
  return half === null ? null : { value: half[0], at: id[0].length + half.index }
}

function add(
  found: FoundToken[],
  kind: 'token' | 'cloud-credential',
  what: string,
  value: string,
  at: number,
): void {
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
