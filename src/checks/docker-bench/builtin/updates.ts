import { commandsIn, withoutHereDocuments } from './shell-arguments.js'

const APT = new Set(['apt-get', 'apt', 'aptitude'])
/** apt-get(8), apt(8), aptitude(8): commands that use the package lists to fetch packages. */
const USES_LISTS = new Set(
  (
    'install reinstall upgrade dist-upgrade full-upgrade safe-upgrade build-dep satisfy source download ' +
    'dselect-upgrade'
  ).split(' '),
)
/** Programs that use the lists to install packages. */
const INSTALLERS = new Set(['mk-build-deps', 'gdebi', 'unattended-upgrade', 'unattended-upgrades'])
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'busybox'])
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '}'])
const WRAPPERS = new Set(
  'sudo env exec command eval time nice ionice eatmydata timeout xargs retry chroot'.split(' '),
)
/** Options of apt whose value is a separate word. */
const WITH_VALUE = /^(-[octa]|--option|--config-file|--target-release|--default-release|--host-architecture)$/
const MAX_SCRIPT_DEPTH = 3

/**
 * Whether a RUN leaves package lists behind that nothing in it uses: no command after its last `apt-get
 * update` (or apt's, aptitude's) installs anything. The layer is then cached with lists that get old.
 * Installs in a script that the RUN calls cannot be seen.
 */
export function updatesAlone(script: string): boolean {
  return isLastUpdateUsed(script) === false
}

/** Whether something is installed after the last update; `null` if there is no update. */
export function isLastUpdateUsed(script: string): boolean | null {
  const steps = stepsIn(script, MAX_SCRIPT_DEPTH)
  const last = steps.lastIndexOf('update')
  return last < 0 ? null : steps.slice(last).includes('install')
}

type Step = 'update' | 'install'

function stepsIn(script: string, depth: number): Step[] {
  return commandsIn(withoutHereDocuments(script)).flatMap((args) => {
    const [program = '', ...rest] = withoutWrappers(args)
    const name = withoutFolder(program)
    if (SHELLS.has(name) && depth > 0) {
      const at = rest.findIndex((arg) => /^-\w*c$/.test(arg))
      return at < 0 ? [] : rest.slice(at + 1, at + 2).flatMap((inner) => stepsIn(inner, depth - 1))
    }
    if (INSTALLERS.has(name)) {
      return ['install']
    }
    if (!APT.has(name)) {
      return []
    }
    const verb = verbOf(rest)
    if (verb === 'update') {
      return ['update']
    }
    return USES_LISTS.has(verb) ? ['install'] : []
  })
}

/** A pinned package (apt-get(8), "install"): its name, an optional architecture, and its version (deb-version(7)). */
const PIN = /^[a-z0-9][a-z0-9+.-]+(?::[a-z0-9-]+)?=[0-9][A-Za-z0-9.+:~-]*$/

/** Words in apt commands that look like variables: `passwd=1:4.13+dfsg1-1`. Scripts in quotes are read too. */
export function pinsIn(text: string, depth = MAX_SCRIPT_DEPTH): string[] {
  return commandsIn(text).flatMap((args) => {
    const inner = depth > 0 ? args : []
    const apt = args.findIndex((arg) => APT.has(withoutFolder(arg)))
    const pins = apt < 0 ? [] : args.slice(apt).filter((arg) => PIN.test(arg))
    return [...pins, ...inner.flatMap((arg) => pinsIn(arg, depth - 1))]
  })
}

/**
 * The command that finally runs: without `if`, `sudo -E`, `VAR=x`, `timeout 60`, `2>/dev/null` … A word after
 * a wrapper's option may be its value: it is treated as one unless it is a known program.
 */
function withoutWrappers(args: readonly string[]): readonly string[] {
  let wrapped = false
  for (const [index, arg] of args.entries()) {
    if (KEYWORDS.has(arg) || /^\w+=/.test(arg) || /^\d*[<>&]/.test(arg)) {
      continue
    }
    const name = withoutFolder(arg)
    if (APT.has(name) || SHELLS.has(name) || INSTALLERS.has(name)) {
      return args.slice(index)
    }
    const isArgument = /^(-.*|\d+[smhd]?)$/.test(arg) || args[index - 1]?.startsWith('-') === true
    if (WRAPPERS.has(name)) {
      wrapped = true
    } else if (!wrapped || !isArgument) {
      return args.slice(index)
    }
  }
  return []
}

function verbOf(args: readonly string[]): string {
  let isValue = false
  for (const arg of args) {
    if (!isValue && !arg.startsWith('-')) {
      return arg
    }
    isValue = !isValue && WITH_VALUE.test(arg)
  }
  return ''
}

function withoutFolder(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1)
}
