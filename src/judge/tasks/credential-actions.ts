import { type Action, at, isBench, listText, type RuledFinding } from '../../model/index.js'

/** The names that builders look for, with a prefix or suffix as usual for several. */
const DOCKERFILE = /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.Dockerfile$/i
const SECRETS = '4.10'
/** A name that is its own pattern in .dockerignore. */
const PLAIN_NAME = /^[\w.+@-]{1,100}$/

/**
 * Credentials in a copy of the Dockerfile that is in the image: while 4.10 blocks, they are the secrets that it has found
 * in the instructions.
 */
export function inCopiedDockerfile(findings: readonly RuledFinding[]): readonly RuledFinding[] {
  const isFound = findings.some((one) => isBench(one) && one.id === SECRETS)
  return findings.filter((finding) => {
    const paths = credentialPaths(finding)
    return isFound && paths.length > 0 && paths.every((path) => DOCKERFILE.test(path))
  })
}

/** The task for 4.10 with the copies of its secrets: one secret, in both places. */
export function withCopies(task: Action, copies: readonly RuledFinding[]): Action {
  if (copies.length === 0 || !task.findings.some(({ id }) => id === SECRETS)) {
    return task
  }
  const places = copies.map((one) => {
    return `${'why' in one ? one.why : one.id}${one.line === null ? '' : `, from ${at(one.line)}`}`
  })
  return {
    ...task,
    why: `${task.why} The image has the Dockerfile too: ${places.join('; ')}${ignoreAdvice(copies)}`,
    checks: [...new Set([...task.checks, ...copies.map(({ check }) => check)])],
    findings: [...task.findings, ...copies],
  }
}

/** How a file that an instruction copies from the build context is kept out; '' if there is none. */
export function ignoreAdvice(findings: readonly RuledFinding[]): string {
  const names = findings
    .filter(({ line }) => line?.isCopy)
    .flatMap(credentialPaths)
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
  if (names.length === 0) {
    return ''
  }
  const plain = new Set(names.filter((name) => PLAIN_NAME.test(name)))
  const patterns = [...plain].map((name) => `**/${name}`)
  return patterns.length === 0
    ? '; list the files in .dockerignore'
    : `; list ${listText(patterns)} in .dockerignore`
}

function credentialPaths(finding: RuledFinding): readonly string[] {
  return 'details' in finding && 'fingerprints' in finding.details ? finding.details.paths : []
}
