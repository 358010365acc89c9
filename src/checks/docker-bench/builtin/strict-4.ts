import { CREATED_USER, plural } from '../../../model/index.js'
import { readHistory } from './history.js'
import { memberAt, textAt, textsAt } from './json.js'
import { doesNotApply, notEvaluated, passed, type RuleResult, resultOf } from './rule-result.js'
import { type BenchImage, imageConfigOf } from './state.js'
import { addInstructions, foundSecrets, unverifiedPackages, updateInstructions } from './strict-history.js'

/** The image to judge, and its name in items. */
export interface ImageSubject {
  readonly name: string
  readonly image: BenchImage
}

/** The container that is judged together with the image: its name, and the user set for it. */
export interface ContainerUser {
  readonly name: string
  readonly user: string
}

const BY_HAND = resultOf(
  'NOTE',
  [],
  'This has to be decided by a person, or by another check that the dictionary specifies.',
)

export function strictSection4(
  subject: ImageSubject,
  container: ContainerUser | null,
): Record<string, RuleResult> {
  const history = readHistory(subject.image)
  return {
    '4.1': user(subject, container),
    '4.2': BY_HAND,
    '4.3': BY_HAND,
    '4.4': BY_HAND,
    '4.5': doesNotApply(
      'DOCKER_CONTENT_TRUST is a setting of the client that pulls the image, not a property of the image.',
      'client-variable',
    ),
    '4.6': healthcheck(
      subject,
      history?.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK')?.line,
    ),
    '4.7': updateInstructions(history),
    '4.8': setuidFiles(subject.image),
    '4.9': addInstructions(history),
    '4.10': foundSecrets(history, imageConfigOf(subject.image)),
    '4.11': unverifiedPackages(history),
    '4.12': BY_HAND,
  }
}

/** The image's user, and the container's if there is one: either may be root. */
function user({ image, name }: ImageSubject, container: ContainerUser | null): RuleResult {
  const config = imageConfigOf(image)
  if (config === null) {
    return notEvaluated("The image's configuration is not known.", 'no-subject')
  }
  const subject = [
    { name, user: textAt(config, 'User'), of: 'image' },
    ...(container ? [{ ...container, of: 'container' }] : []),
  ].map((one) => ({ ...one, meaning: meaningOf(one.user, image.files.passwd) }))

  const rootsOrUnknown = subject.flatMap(({ meaning, ...one }) => {
    if (meaning.kind === 'root') {
      return [{ ...one, why: meaning.why, rule: meaning.rule }]
    }
    if (meaning.kind !== 'missing') {
      return []
    }
    return [{ ...one, why: 'a user that is not in /etc/passwd', rule: 'passwd-uid' as const }]
  })
  if (rootsOrUnknown.length > 0) {
    const why = rootsOrUnknown.map((one) => `The ${one.of} specifies ${one.why}.`).join(' ')
    const containerRoot = rootsOrUnknown.find(({ of }) => of === 'container')
    const rule = containerRoot && containerRoot.rule !== 'plain' ? containerRoot.rule : 'image-user'
    const items = [...new Set(rootsOrUnknown.map((one) => one.name))]
    const isOwnKnown = subject.some(({ of, meaning }) => of === 'image' && meaning.kind === 'other')
    if (isOwnKnown && rootsOrUnknown.every(({ of }) => of === 'container')) {
      // Another USER would change nothing: the run options override it.
      return { ...resultOf('WARN', items, why, rule), userOfOptions: true }
    }
    const uid = existingUser(image.files.passwd)
    const result = resultOf('WARN', items, why, rule, placesOfUser(image))
    return uid === null ? result : { ...result, uid }
  }
  if (subject.some(({ meaning }) => meaning.kind === 'unknown')) {
    return notEvaluated("The image's /etc/passwd could not be read, so the user is not known.", 'passwd-uid')
  }
  return passed(`The user is ${subject.map((one) => one.user).join(', ')}, not root.`, 'image-user')
}

function placesOfUser(image: BenchImage) {
  const last = readHistory(image)?.instructions.findLast(({ keyword }) => keyword === 'USER')
  return last ? [{ line: last.line, instruction: 'USER' }] : []
}

/** `HEALTHCHECK NONE` and an empty test count as no health check. */
function healthcheck({ image, name }: ImageSubject, line: number | undefined): RuleResult {
  const config = imageConfigOf(image)
  if (config === null) {
    return notEvaluated("The image's configuration is not known.", 'no-subject')
  }
  const test = textsAt(config, 'Healthcheck', 'Test')
  if (hasTest(test)) {
    return passed('The image has a health check.')
  }
  if ((memberAt(config, 'Healthcheck') ?? null) === null) {
    return resultOf('WARN', [name], 'The image has no health check.')
  }
  const places = line === undefined ? [] : [{ line, instruction: 'HEALTHCHECK' }]
  const why =
    test[0] === 'NONE' ? 'The health check is switched off (NONE).' : 'The health check runs nothing.'
  return resultOf('WARN', [name], why, 'healthcheck-none', places)
}

/** Whether a health check runs a command; the engine ignores every other form (moby, daemon/health.go). */
export function hasTest([form, ...command]: readonly string[]): boolean {
  return (form === 'CMD' || form === 'CMD-SHELL') && (command[0] ?? '').trim() !== ''
}

/** Blanks and invisible characters as `\u{20}`: `/bin/su ` must not pass for `/bin/su`, which may be expected. */
function visible(path: string): string {
  return path.replace(/[\s\p{C}\\]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`)
}

/**
 * capabilities(7) that only affect the container's own network, or memory and time: what ping, dumpcap and
 * servers on port 80 have. With any other one a process can become root, or read or write root's files.
 */
const UNPRIVILEGED_CAPABILITIES = new Set(
  ['net_bind_service', 'net_broadcast', 'net_admin', 'net_raw', 'ipc_lock', 'sys_nice', 'wake_alarm']
    .concat('block_suspend')
    .map((name) => `cap_${name}`),
)

function setuidFiles(image: BenchImage): RuleResult {
  if (image.files.setuid === null) {
    return notEvaluated("Some of the image's files could not be read.", 'setuid-list')
  }
  const files = image.files.setuid.map(({ path, mode, capabilities = [] }) => ({
    path: visible(`/${path.replace(/^\/+/, '')}`),
    strong: capabilities.filter((name) => !UNPRIVILEGED_CAPABILITIES.has(name)),
    isOnlyCapable: (mode & 0o6000) === 0,
  }))
  const capable = files.filter(({ strong }) => strong.length > 0)
  const plainFiles = files.filter(({ strong, isOnlyCapable }) => strong.length === 0 && !isOnlyCapable)
  // A blank in a path is escaped, so that text after a blank is not part of the path.
  const items = [...plainFiles, ...capable].map(({ path, strong }) => [path, ...strong].join(' ')).sort()
  const why = `${plural(plainFiles.length, 'file has', 'files have')} the setuid or setgid bit.`
  const more = `${plural(capable.length, 'file has', 'files have')} capabilities as powerful as the setuid bit.`
  return resultOf('NOTE', items, capable.length === 0 ? why : `${why} ${more}`, 'setuid-list')
}

/** What a USER or `--user` means when the container starts. */
export type UserMeaning =
  | { readonly kind: 'root'; readonly why: string; readonly rule: 'plain' | 'uid-zero' | 'passwd-uid' }
  | { readonly kind: 'other' }
  /** `/etc/passwd` cannot be read: even a number may be the name of an account. */
  | { readonly kind: 'unknown' }
  /** A name that is not in `/etc/passwd`: the container does not start. */
  | { readonly kind: 'missing' }

/**
 * Resolves the user part of `user[:group]` as the engine does (moby/sys/user, GetExecUser): the first line of
 * `/etc/passwd` with that name, or with that uid if it is a number; a number without a line stands for itself. The
 * group changes nothing: uid 0 is root in any group. `root` counts as root whatever the file says.
 *
 * @param passwd text of the image's `/etc/passwd`; empty if it has none, `null` if it could not be read
 */
export function meaningOf(userAndGroup: string, passwd: string | null): UserMeaning {
  const user = userAndGroup.replace(/:.*/s, '').trim()
  if (user === '') {
    return { kind: 'root', why: 'no user', rule: plainUserIf(userAndGroup === '') }
  }
  if (user === 'root') {
    return { kind: 'root', why: 'the user root', rule: plainUserIf(userAndGroup === 'root') }
  }
  const number = /^[+-]?\d+$/.test(user) ? Number(user) : null
  if (number === 0) {
    return { kind: 'root', why: 'uid 0', rule: plainUserIf(userAndGroup === '0') }
  }
  if (passwd === null) {
    return { kind: 'unknown' }
  }
  const found = accountsIn(passwd).find(
    ({ name, uid }) => name === user || (number !== null && uid === number),
  )
  if (!found) {
    return number === null ? { kind: 'missing' } : { kind: 'other' }
  }
  if (found.uid !== 0) {
    return { kind: 'other' }
  }
  return { kind: 'root', why: 'a user with uid 0 in /etc/passwd', rule: 'passwd-uid' }
}

/**
 * The uid for USER if the lines that create a user (src/judge/tasks/bench-actions.ts) would fail, because the image has
 * that name or uid; `null` if they would not, or that is not known.
 */
function existingUser(passwd: string | null): number | null {
  const accounts = accountsIn(passwd ?? '')
  const own = [
    ...accounts.filter(({ name }) => name === CREATED_USER.name),
    ...accounts.filter(({ uid }) => uid === CREATED_USER.uid),
  ].map(({ uid }) => (uid > 0 && uid < 2 ** 31 ? uid : CREATED_USER.uid))
  // Even a number may be the name of an account with uid 0.
  return own.find((uid) => meaningOf(String(uid), passwd).kind === 'other') ?? null
}

/** The rule by which a user is root: `plain` for the three spellings that Docker Bench also recognizes. */
function plainUserIf(isKnown: boolean): 'plain' | 'uid-zero' {
  return isKnown ? 'plain' : 'uid-zero'
}

/** passwd(5): name, password, uid, … A uid that is not a number is read as 0, as the engine does. */
function accountsIn(passwd: string): readonly { readonly name: string; readonly uid: number }[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = ''] = line.trim().split(':')
    return line.trim() === '' ? [] : [{ name, uid: /^[+-]?\d+$/.test(uid) ? Number(uid) : 0 }]
  })
}
