import { join } from 'node:path'
import { parseDockerfile } from '../dockerfile/parse.js'
import { exists, isFolderOrNew, listFolder, readInside, readText } from '../io/files/files.js'
import { addDays, isOfficialName, parseReference, SeaworthyError, untagged } from '../model/index.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { EMPTY_WHITELIST } from '../policy/whitelist/edit.js'
import { yamlText } from '../policy/yaml/edit.js'
import { readDockerfiles } from './dockerfiles.js'
import { isEmptyBase, notDebianText } from './init-base.js'
import { type FoundCompose, findCompose, usesImage } from './init-compose.js'
import { healthText } from './init-health.js'
import { gitIgnoreFile, type InitFile, ignoreFile } from './init-ignore.js'
import {
  type Examples,
  fileOption,
  keepEdited,
  knowsBase,
  otherWorkflows,
  ownReleaseWorkflow,
  RELEASE_WORKFLOW,
  type WorkflowValues,
  workflowsFor,
} from './init-workflows.js'

/** What `seaworthy init` sees in a folder, and the files that it would write. Nothing is asked that can be seen. */

/** How long the verdict is only reported; gate.yml allows 90 days. */
const AUDIT_DAYS = 30

const GATE = 'policies/gate.yml'
const WHITELIST = 'policies/whitelist.yml'
/** Where the examples expect a copy of Seaworthy, as long as there is no release. */
const COPY = 'seaworthy'
const REPORTS = 'seaworthy-report'
const TEST_FILES = ['script/test', 'test.sh', 'smoke-test.sh']
const TEST_FOLDERS = ['tests', 'test']
/** Scripts in a folder of tests: smoke.sh, test.sh, api_test.sh, test-start.sh. Others may only be parts of one. */
const TEST_SCRIPT = /^(?:smoke|tests?|[\w.-]+[_-]tests?|(?:smoke|tests?)[_-][\w.-]+)\.sh$/
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
}
/** CI systems whose own file is in the folder, each with our example. */
const OTHER_CI = {
  '.gitlab-ci.yml': 'examples/gitlab/.gitlab-ci.yml',
  Jenkinsfile: 'examples/jenkins/Jenkinsfile',
}

export interface Project extends WorkflowValues {
  readonly compose: FoundCompose | null
  readonly managers: readonly string[]
  /** Our example for a CI system other than GitHub Actions. */
  readonly otherCi: string | null
  /** What a HEALTHCHECK could ask; `null` if the Dockerfile has one. */
  readonly health: string | null
  /** A script that may test the image, but does not name it; `null` if there is a test. */
  readonly unusedTest: UnusedTest | null
}

/** @throws SeaworthyError `bad-input` without a Dockerfile, `file-unreadable`, `policy-invalid` */
export function readProject(): Project {
  const [first] = readDockerfiles(null).toSorted((a, b) => a.file.length - b.file.length)
  if (first === undefined) {
    const what = 'this folder contains no Dockerfile'
    const todo = "run the command in the folder that contains your image's Dockerfile"
    throw new SeaworthyError({ code: 'bad-input', what, where: 'seaworthy init', todo })
  }
  const names = listFolder('.')
  const found = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).flatMap(([name, value]) => (names.includes(name) ? [value] : []))
  const compose = findCompose(names)
  const scripts = findScripts()
  const test = compose === null || compose.test === null ? scripts.test : `${compose.file}#${compose.test}`
  const head = readText('.git/refs/remotes/origin/HEAD') ?? ''
  return {
    dockerfile: first.file,
    base: baseOf(first.text ?? ''),
    compose,
    managers: [...new Set(found(MANAGERS))],
    test,
    health: healthText({ file: first.file, text: first.text ?? '' }, [
      ...(compose === null ? [] : [compose]),
      ...scripts.found,
      ...otherWorkflows(),
    ]),
    unusedTest: test === null ? scripts.unused : null,
    otherCi: names.includes('.github') ? null : (found(OTHER_CI)[0] ?? null),
    branch: /refs\/remotes\/origin\/([\w./-]+)/.exec(head)?.[1] ?? 'main',
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

interface UnusedTest {
  readonly file: string
  /** The command that runs it, still without an argument. */
  readonly command: string
}

/** The scripts of a folder that may test the image. */
function findScripts() {
  const inFolders = TEST_FOLDERS.filter((name) => isFolderOrNew(name)).flatMap((folder) =>
    listFolder(folder)
      .filter((name) => TEST_SCRIPT.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const texts = [...TEST_FILES, ...inFolders].map((file) => ({ file, text: readInside(file) }))
  const found = texts.flatMap(({ file, text }) => (text === null ? [] : [{ file, text }]))
  const used = found.find(({ text }) => usesImage(text))
  const [first] = found
  return {
    found,
    /** A script that tests the image whose name the gate passes to it (docs/releases.md), as a command. */
    test: used === undefined ? null : commandOf(used),
    /** If there is none: a script that does not name that image, and may take it as an argument. */
    unused:
      used === undefined && first !== undefined ? { file: first.file, command: commandOf(first) } : null,
  }
}

/** By its interpreter: so a script works without the execute bit, and without a folder in front of its name. */
function commandOf({ file, text }: { readonly file: string; readonly text: string }): string {
  return `${interpreterOf(text)} ${file}`
}

/** What the first line (`#!/bin/bash -e`, `#!/usr/bin/env bash`) names, with its options; `sh` if it names nothing. */
function interpreterOf(text: string): string {
  const [, line = ''] = /^#! *([\w./+ -]+?)\s*$/m.exec(text.split('\n', 1)[0] ?? '') ?? []
  const [program = '', ...options] = line.split(/ +/).filter((part) => !/^(?:.*\/env|-S)$/.test(part))
  const name = program.split('/').at(-1) ?? ''
  return /^\w/.test(name) ? [name, ...options].join(' ') : 'sh'
}

/**
 * The files, as they would be. What is there stays as it is, except for keys that are missing in gate.yml, a test that is
 * missing in a workflow, and patterns that are missing in the ignore files.
 */
export function initFiles(project: Project, examples: Examples, today: string): InitFile[] {
  const gate = readInside(GATE)
  const whitelist = readInside(WHITELIST)
  const workflows = project.otherCi === null ? Object.entries(workflowsFor(project, examples)) : []
  // Reports, and copies of Seaworthy: the one that is committed, and the one that the examples check out.
  const own = [REPORTS, '.seaworthy', ...(needsCopy(project, examples) ? [COPY] : [])]
  const ofGate = [
    { file: GATE, before: gate, after: gate === null ? newGate(project, today) : withMissing(gate, project) },
    { file: WHITELIST, before: whitelist, after: whitelist ?? EMPTY_WHITELIST },
    ...workflows.map(([file, text]) => {
      const before = readInside(file)
      return { file, before, after: keepEdited(before, text, project.test) }
    }),
  ]
  return [
    ...ofGate.map((one) => ({ ...one, isOfGate: true })),
    ...[ignoreFile(project, own)].flatMap((one) => one ?? []),
    gitIgnoreFile([REPORTS]),
  ]
}

function newGate(project: Project, today: string): string {
  const { managers } = project
  return `# What the gate requires. Every key is explained in Seaworthy's policies/gate.yml; defaults apply to those that are not set.
version: 1

# Until this day, a verdict other than "pass" is reported but blocks nothing, except a release. Fix the tasks, then remove the two lines and this comment.
mode: audit
audit-until: ${addDays(today, AUDIT_DAYS)}

${basesLines(project)}# ${managers.length === 0 ? 'Application packages that the image contains are' : `Application packages (${managers.join(', ')}) are`} judged too. act: they block like Debian packages; report: only malware and known exploited ones do.
# application: act
${project.compose === null ? RUN_OPTIONS : composeLines(project)}`
}

/** Run options to fill in by hand: without a compose file, nothing in the folder shows them. */
const RUN_OPTIONS = `
# How the image is run, for section 5 of Docker Bench, which is not judged without it: options of docker run, without the image.
# run-options: --read-only --cap-drop ALL --publish 127.0.0.1:8080:8080
`

/** Nothing for one of Docker's official images: there a comment reads like a warning. */
function basesLines({ dockerfile, base }: Project): string {
  const isOfficial = base !== null && parseReference(base) !== null && isOfficialName(base, [])
  return isOfficial || isEmptyBase(base)
    ? ''
    : `# ${dockerfile} builds on ${base ?? 'an image that it does not name'}. A base that is not one of Docker's official images blocks; to allow it, list it here:
# allowed-bases: ["${listedBase(base) ?? 'ghcr.io/acme/*'}"]

`
}

/** The name to list for a base; `null` if there is none, or a variable is in it. */
function listedBase(base: string | null): string | null {
  return base === null || parseReference(base) === null ? null : untagged(base)
}

function composeLines({ compose }: Project): string {
  if (compose === null || compose.refusal !== null) {
    return ''
  }
  const service = compose.service === null ? '' : `compose-service: ${yamlText(compose.service)}\n`
  return `\n# How the image is run, for section 5 of Docker Bench.\ncompose-file: ${yamlText(compose.file)}\n${service}`
}

function withMissing(gate: string, project: Project): string {
  const { composeFile, runOptions } = readGatePolicy(gate, GATE)
  const lines = composeLines(project)
  return composeFile === undefined && runOptions === undefined && lines !== ''
    ? `${gate.trimEnd()}\n${lines}`
    : gate
}

function composeText({ file, refusal }: NonNullable<Project['compose']>): string {
  return refusal === null ? file : `${file}, which gate.yml does not name yet: ${refusal}`
}

/** What was seen, a line each, and what comes next. @param docs our pages, where they can be read */
export function initSummary(
  project: Project,
  examples: Examples,
  docs: string,
): { readonly observed: string[]; readonly next: string[] } {
  const { dockerfile, base, compose, managers, test, health, otherCi, branch } = project
  const file = fileOption(dockerfile)
  const ownRelease = ownReleaseWorkflow()
  const quickStart = `${docs}/quick-start.md`
  return {
    observed: [
      `Dockerfile: ${dockerfile}, on ${base ?? 'an image that it does not name'}`,
      ...[notDebianText(base)].flatMap((line) => line ?? []),
      `compose file: ${compose === null ? 'none; to judge how the image is run, set run-options in gate.yml' : composeText(compose)}`,
      `application packages: ${managers.length === 0 ? 'no manifests seen in this folder; the image is examined anyway' : managers.join(', ')}`,
      `regression test: ${test ?? `none seen; set the input "test" (${docs}/findings/regression-test.md)`}`,
      ...(compose === null || compose.testRefusal === null
        ? []
        : [`no test by ${compose.file} (${docs}/start.md#compose-tests): ${compose.testRefusal}`]),
      ...(health === null ? [] : [`health check: ${health} (${docs}/findings/docker-bench.md#check-46)`]),
      ...(otherCi !== null || ownRelease === null
        ? []
        : [
            `releases: ${ownRelease} runs for tags, so no ${RELEASE_WORKFLOW} was written; add the gate to it (${docs}/releases.md)`,
          ]),
      ...(otherCi === null ? [] : [`no workflow for GitHub was written; for this CI system, see ${otherCi}`]),
    ],
    next: [
      ...(needsCopy(project, examples) && !exists(join(COPY, 'action.yml'))
        ? [`copy Seaworthy to the folder ${COPY} (${quickStart}#without-a-release)`]
        : []),
      ...(otherCi === null && ownRelease === null && !knowsBase(project)
        ? [
            isEmptyBase(base)
              ? `build on a Debian-based image, and replace BASE in ${RELEASE_WORKFLOW} with it`
              : `replace BASE in ${RELEASE_WORKFLOW} with the image that ${dockerfile} builds on`,
          ]
        : []),
      ...testLines(project, docs),
      `docker build --tag app:pr${file} . && seaworthy scan app:pr${test === null ? '' : ` --test '${test}'`}`,
      `commit all of it to ${branch}, because a pull request is judged by what is there (${quickStart})`,
    ],
  }
}

/** What is still needed for a test; nothing if there is one. */
function testLines({ test, unusedTest }: Project, docs: string): readonly string[] {
  if (test !== null) {
    return []
  }
  return [
    ...(unusedTest === null
      ? []
      : [
          `${unusedTest.file} does not use $IMAGE: set test: ${unusedTest.command} "$IMAGE" if it takes the image as an argument`,
        ]),
    `your first major release (v1.0.0) needs a test (${docs}/findings/regression-test.md)`,
  ]
}

/** Examples of a release name its commit instead. */
function needsCopy({ otherCi }: Project, { pullRequest }: Examples): boolean {
  return otherCi === null && pullRequest.includes(`/${COPY}\n`)
}
