import { parseDockerfile } from '../dockerfile/parse.js'
import { listFolder, readInside, readText } from '../io/files/files.js'
import { addDays } from '../model/dates.js'
import { isRecord } from '../model/json.js'
import { SeaworthyError } from '../model/problem.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { EMPTY_WHITELIST } from '../policy/whitelist/edit.js'
import { yamlText } from '../policy/yaml/edit.js'
import { readYaml } from '../policy/yaml/read.js'
import { readDockerfiles } from './dockerfiles.js'

/** What `seaworthy init` sees in a folder, and the files that it would write. Nothing is asked that can be seen. */

/** How long the verdict is only reported; gate.yml allows 90 days. */
const AUDIT_DAYS = 30

const GATE = 'policies/gate.yml'
const WHITELIST = 'policies/whitelist.yml'
const WORKFLOW = '.github/workflows/image-gate.yml'
const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']
const TEST_SERVICES = ['test', 'tests', 'smoke-test', 'sut']
const TEST_FILES = ['script/test', 'test.sh', 'smoke-test.sh', 'tests/smoke.sh', 'test/smoke.sh']
const MANAGERS = {
  'package.json': 'npm',
  'requirements.txt': 'PyPI',
  'pyproject.toml': 'PyPI',
  'pom.xml': 'Maven',
  'build.gradle': 'Maven',
  'go.mod': 'Go',
  Gemfile: 'RubyGems',
  'composer.json': 'Composer',
  'Cargo.toml': 'Rust',
} as const satisfies Readonly<Record<string, string>>
/** CI systems whose own file is in the folder, each with our example. */
const OTHER_CI = {
  '.gitlab-ci.yml': 'examples/gitlab/.gitlab-ci.yml',
  Jenkinsfile: 'examples/jenkins/Jenkinsfile',
} as const satisfies Readonly<Record<string, string>>

export interface Project {
  readonly dockerfile: string
  /** The image that its last stage builds on. */
  readonly base: string | null
  readonly compose: { readonly file: string; readonly service: string | null } | null
  readonly managers: readonly string[]
  /** The value of the input `test`. */
  readonly test: string | null
  /** Our example for a CI system other than GitHub Actions. */
  readonly otherCi: string | null
  readonly branch: string
}

export interface InitFile {
  readonly file: string
  readonly before: string | null
  readonly after: string
}

/** @throws SeaworthyError `bad-input` without a Dockerfile, `file-unreadable`, `policy-invalid` */
export function readProject(): Project {
  const [first] = readDockerfiles(null).toSorted((a, b) => a.file.length - b.file.length)
  if (first === undefined) {
    throw new SeaworthyError({
      code: 'bad-input',
      what: 'this folder contains no Dockerfile',
      where: 'seaworthy init',
      todo: "run the command in the folder that contains your image's Dockerfile",
    })
  }
  const names = listFolder('.')
  const compose = COMPOSE.find((name) => names.includes(name)) ?? null
  const services = compose === null ? [] : servicesIn(compose)
  const test = services.find(({ name }) => TEST_SERVICES.includes(name))
  const builtServices = services.filter(({ builds, name }) => builds && !TEST_SERVICES.includes(name))
  return {
    dockerfile: first.file,
    base: baseOf(first.text ?? ''),
    compose:
      compose === null
        ? null
        : { file: compose, service: builtServices.length === 1 ? (builtServices[0]?.name ?? null) : null },
    managers: [
      ...new Set(Object.entries(MANAGERS).flatMap(([name, kind]) => (names.includes(name) ? [kind] : []))),
    ],
    test: test === undefined ? scriptOf() : `${compose}#${test.name}`,
    otherCi: names.includes('.github')
      ? null
      : (Object.entries(OTHER_CI).find(([name]) => names.includes(name))?.[1] ?? null),
    branch:
      /refs\/remotes\/origin\/([\w./-]+)/.exec(readText('.git/refs/remotes/origin/HEAD') ?? '')?.[1] ??
      'main',
  }
}

/** The last stage's base, through the stages that it builds on. */
function baseOf(dockerfile: string): string | null {
  const stages = parseDockerfile(dockerfile)
  let base = stages.at(-1)?.base ?? null
  for (const { name, base: below } of stages.toReversed()) {
    base = name !== null && name === base?.toLowerCase() ? below : base
  }
  return base
}

function servicesIn(compose: string): { readonly name: string; readonly builds: boolean }[] {
  const { value } = readYaml(readInside(compose) ?? '', compose)
  const services = isRecord(value) && isRecord(value.services) ? value.services : {}
  return Object.entries(services).map(([name, one]) => ({ name, builds: isRecord(one) && 'build' in one }))
}

/** A script that tests the image whose name the gate passes to it (docs/releases.md). */
function scriptOf(): string | null {
  const file = TEST_FILES.find((name) => /\$\{?IMAGE\b/.test(readInside(name) ?? ''))
  return file === undefined ? null : `sh ${file}`
}

/** The files, as they would be. What is there stays as it is, except for keys that are missing in gate.yml. */
export function initFiles(surroundings: Project, example: string, today: string): InitFile[] {
  const gate = readInside(GATE)
  const whitelist = readInside(WHITELIST)
  const files = [
    {
      file: GATE,
      before: gate,
      after: gate === null ? newGate(surroundings, today) : withMissing(gate, surroundings),
    },
    { file: WHITELIST, before: whitelist, after: whitelist ?? EMPTY_WHITELIST },
  ]
  return surroundings.otherCi === null
    ? [...files, { file: WORKFLOW, before: readInside(WORKFLOW), after: workflow(surroundings, example) }]
    : files
}

function newGate(surroundings: Project, today: string): string {
  const { dockerfile, base, managers } = surroundings
  return `# What the gate requires. Every key is explained in Seaworthy's policies/gate.yml; defaults apply to those that are not set.
version: 1

# Until this day, a verdict other than "pass" is reported but blocks nothing, except a release. Fix the tasks, then remove both lines.
mode: audit
audit-until: ${addDays(today, AUDIT_DAYS)}

# ${dockerfile} builds on ${base ?? 'an image that it does not name'}. A base that is not one of Docker's official images blocks; to allow it, list it here:
# allowed-bases: ["ghcr.io/acme/*"]

# ${managers.length === 0 ? 'Application packages that the image contains are' : `Application packages (${managers.join(', ')}) are`} judged too. act: they block like Debian packages; report: only malware and known exploited ones do.
# application: act
${composeLines(surroundings)}`
}

function composeLines({ compose }: Project): string {
  if (compose === null) {
    return ''
  }
  const service = compose.service === null ? '' : `compose-service: ${yamlText(compose.service)}\n`
  return `\n# How the image is run, for section 5 of Docker Bench.\ncompose-file: ${yamlText(compose.file)}\n${service}`
}

function withMissing(gate: string, surroundings: Project): string {
  const { composeFile, runOptions } = readGatePolicy(gate, GATE)
  return composeFile === undefined && runOptions === undefined && surroundings.compose !== null
    ? `${gate.trimEnd()}\n${composeLines(surroundings)}`
    : gate
}

/** Our example for pull requests, with its guard, for this Dockerfile, branch and test. */
function workflow({ dockerfile, branch, test }: Project, example: string): string {
  const file = dockerfile === 'Dockerfile' ? '' : ` --file ${dockerfile}`
  return example
    .replace('docker build --tag app:pr .', `docker build --tag app:pr${file} .`)
    .replace('branches: [main]', `branches: [${branch}]`)
    .replace(
      '          image: app:pr\n',
      `          image: app:pr\n${test === null ? '' : `          test: ${yamlText(test)}\n`}`,
    )
}

/** What was found in the project, a line each, and the next steps. */
export function initSummary(
  surroundings: Project,
  isCopied: boolean,
): { readonly surroundings: string[]; readonly next: string[] } {
  const { dockerfile, base, compose, managers, test, otherCi } = surroundings
  const file = dockerfile === 'Dockerfile' ? '' : ` --file ${dockerfile}`
  return {
    surroundings: [
      `Dockerfile: ${dockerfile}, on ${base ?? 'an image that it does not name'}`,
      `compose file: ${compose === null ? 'none' : compose.file}`,
      `application packages: ${managers.length === 0 ? 'none seen' : managers.join(', ')}`,
      `regression test: ${test ?? 'none seen; set the input "test" (docs/releases.md)'}`,
      ...(otherCi === null ? [] : [`no workflow for GitHub was written; for this CI system, see ${otherCi}`]),
    ],
    next: [
      ...(isCopied || otherCi !== null
        ? []
        : ['copy Seaworthy to the folder seaworthy (docs/quick-start.md#without-a-release)']),
      `docker build --tag app:pr${file} . && seaworthy scan app:pr`,
    ],
  }
}
