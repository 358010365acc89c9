import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { dockerLogins } from '../../src/io/registry/login.js'
import { readReferrers } from '../../src/io/registry/referrers.js'
import { parseReference } from '../../src/model/image/reference.js'
import { forge, statementIn } from '../live/forge.js'
import { type LiveRegistry, startReferrersRegistry, startRegistry } from '../live/registry.js'
import { MANIFEST } from '../live/registry-index.js'
import { anImage, images, removeImages, smallPolicies } from '../live/small-image.js'
import { benchAlone, newFolder, seaworthy } from '../live/support.js'
import type { Statement } from '../support/attested.js'
import { aKey, type KeyFiles } from '../support/keys.js'
import { policyFile } from '../support/policies.js'
import {
  CASE_NAMES,
  type CaseName,
  cosign,
  deleteByOras,
  listedByOras,
  REQUIRED,
  VERIFIERS,
  type VerifierQuery,
} from './verifiers/verifiers.js'

// Verdicts that "seaworthy attest" has signed by a key, and some that it never would, verified by others' own tools as
// script/setup verifiers has built them, each against real registries. docs/attested-verdicts.md has the table.

const NAME = `verifiers-${process.pid}`
const WEEK = 168 * 3_600_000
const { policies, own } = smallPolicies()
let key: KeyFiles
let other: KeyFiles
beforeAll(() => {
  const folder = newFolder()
  key = aKey(folder)
  other = aKey(folder, 'other')
})
afterAll(removeImages)

type Name = Parameters<typeof readReferrers>[0]
type Registry = Pick<LiveRegistry, 'host' | 'noLogin' | 'stop'>

/** Judges and signs. @returns the envelope */
async function attest(
  image: string,
  { noLogin }: Registry,
  by: KeyFiles,
  ...flags: string[]
): Promise<string> {
  const args = ['attest', image, '--checks', 'docker-bench', ...own, '--key', by.privateFile, ...flags]
  const ran = await seaworthy(args, { DOCKER_CONFIG: noLogin })
  expect([ran.code, ran.stdout]).not.toEqual([2, expect.anything()])
  return readFileSync(join(ran.folder, 'report/report.vsa.dsse.json'), 'utf8')
}

/** What a verdict on one image would say of another one. */
function moved(statement: Statement, from: Image, to: Image): Statement {
  const text = JSON.stringify(statement)
  return JSON.parse(
    text.replaceAll(from.manifest, to.manifest).replaceAll(from.config, to.config),
  ) as Statement
}

interface Image {
  readonly name: string
  /** Hexadecimal digits of the digests. */
  readonly manifest: string
  readonly config: string
}

/** An image of its own for each case, since some tools look at every verdict on an image. */
async function imageFor(registry: Registry, tag: string, user?: string): Promise<Image> {
  await anImage(registry.host, `${NAME}/app`, tag, { tag }, user)
  const name = images.at(-1) ?? ''
  const [, digest = ''] = name.split('@')
  const url = `http://${registry.host}/v2/${NAME}/app/manifests/${digest}`
  const { config } = (await (await fetch(url, { headers: { accept: MANIFEST } })).json()) as {
    config: { digest: string }
  }
  return { name, manifest: digest.slice(7), config: config.digest.slice(7) }
}

type Case = Pick<VerifierQuery, 'image' | 'envelope'>

/** Makes all cases in a registry. */
async function makeCases(registry: Registry): Promise<Readonly<Record<CaseName, Case>>> {
  const right = await imageFor(registry, 'right')
  const passed = await attest(right.name, registry, key)
  const statement = statementIn(passed)
  /** The verdict that passed, about another image, with a change. */
  const about = async (
    tag: string,
    change: Partial<Statement['predicate']>,
    alter?: (text: string) => string,
  ) => {
    const image = await imageFor(registry, tag)
    const { predicate, ...rest } = moved(statement, right, image)
    const changed = { ...rest, predicate: { ...predicate, ...change } } as Statement
    return { image: image.name, envelope: await forge(image.name, registry.noLogin, changed, key, alter) }
  }
  const judged = async (tag: string, by: KeyFiles, flags: readonly string[] = [], user?: string) => {
    const { name } = await imageFor(registry, tag, user)
    return { image: name, envelope: await attest(name, registry, by, ...flags) }
  }
  const failed = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }
  const old = { timeVerified: new Date(Date.now() - WEEK - 3_600_000).toISOString() }
  const [second, renewed, revoked] = [
    await imageFor(registry, 'second'),
    await about('renewed', old),
    await judged('revoked', key),
  ]
  const stopped = { ...statementIn(revoked.envelope) }
  Object.assign(stopped.predicate, failed, { timeVerified: new Date().toISOString() })
  return {
    right: { image: right.name, envelope: passed },
    'another digest': {
      image: second.name,
      envelope: await forge(second.name, registry.noLogin, statement, key),
    },
    FAILED: await judged('failed', key, [], '0'),
    'too old': await about('old', old),
    'another policy': await judged('lax', key, [accepting('4.1')]),
    'another signer': await judged('stranger', other),
    altered: await about('altered', failed, asPassed),
    none: { image: (await imageFor(registry, 'none')).name, envelope: null },
    renewed: { ...renewed, envelope: await attest(renewed.image, registry, key) },
    revoked: { ...revoked, envelope: await forge(revoked.image, registry.noLogin, stopped, key) },
  }
}

/** A failed verdict whose text was changed after it was signed, in a bundle or an envelope. */
function asPassed(text: string): string {
  return text.replace(/"payload":"([^"]*)"/, (_, payload: string) => {
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Statement
    Object.assign(statement.predicate, { verificationResult: 'PASSED', verifiedLevels: ['SEAWORTHY_PASS'] })
    return `"payload":"${Buffer.from(JSON.stringify(statement)).toString('base64')}"`
  })
}

function accepting(id: string): string {
  const file = join(newFolder(), 'dictionary.yml')
  writeFileSync(file, benchAlone(['4.2', '4.4', id]))
  return policyFile('dictionary', file)
}

const REGISTRIES = [
  { registry: 'Debian’s docker-registry (a tag)', start: () => startRegistry(), listsTypes: true },
  {
    registry: 'go-containerregistry’s server (the referrers API)',
    start: startReferrersRegistry,
    listsTypes: false,
  },
] as const
const BUILT = VERIFIERS.filter(({ variable }) => variable === null || process.env[variable] !== undefined)

test('when script/setup verifiers was run, then at least the required tools are there', () => {
  const missing = VERIFIERS.filter((one) => !BUILT.includes(one))
  for (const { name } of missing) {
    process.stderr.write(`${name}: not tried, because script/setup verifiers has not built it\n`)
  }
  expect(missing.flatMap(({ variable }) => (REQUIRED.includes(variable ?? '') ? [variable] : []))).toEqual([])
})

describe.each(REGISTRIES)('with $registry', ({ start, listsTypes }) => {
  let registry: Registry
  let cases: Readonly<Record<CaseName, Case>>
  let policy: string
  let uri: string
  beforeAll(async () => {
    registry = await start()
    cases = await makeCases(registry)
    const { predicate } = statementIn(cases.right.envelope ?? '')
    policy = predicate.policy.digest.sha256
    uri = predicate.resourceUri
  }, 600_000)
  afterAll(() => registry?.stop())

  test.each(BUILT.filter(({ choosesByType = false }) => listsTypes || !choosesByType))(
    'when $name judges, then it accepts and refuses what the page says',
    async (verifier) => {
      const wrong: string[] = []
      for (const name of CASE_NAMES) {
        const { image, envelope } = cases[name]
        const resourceUri = uri.replace(cases.right.image.slice(-64), image.slice(-64))
        const query = { image, envelope, publicFile: key.publicFile, policy, policies, resourceUri }
        const answer = await verifier.ask(query)
        const expected = verifier.expected[name]
        const isRight =
          expected === 'accepts' ? answer.isAccepted : !answer.isAccepted && expected.test(answer.text)
        const why = expected === 'accepts' ? '' : `: ${expected.exec(answer.text)?.[0]}`
        process.stderr.write(
          `${verifier.name}, ${name}: ${answer.isAccepted ? 'accepted' : 'refused'}${why}\n`,
        )
        if (!isRight) {
          wrong.push(`${name}: ${answer.isAccepted ? 'accepted' : 'refused'}: ${answer.text}`)
        }
      }
      expect(wrong).toEqual([])
    },
    600_000,
  )

  test('when oras discovers what is attached, then it lists each verdict once', () => {
    const counts = CASE_NAMES.map((name) => [name, new Set(listedByOras(cases[name].image)).size])
    expect(Object.fromEntries(counts)).toMatchObject({ right: 1, none: 0, renewed: 2, revoked: 2 })
  })

  // Debian's registry does not delete unless it is configured to.
  if (!listsTypes) {
    test('when the stale verdict is deleted, then cosign accepts the renewed one', async () => {
      const { image } = cases.renewed
      const name = parseReference(image)
      const options = { logins: dockerLogins({}), signal: new AbortController().signal, timeoutMs: 30_000 }
      const { bundles } = await readReferrers({ ...name, digest: image.slice(-71) } as Name, options)
      const stale = bundles.filter(({ text }) => {
        const { predicate } = statementIn(JSON.stringify(JSON.parse(text ?? '').dsseEnvelope))
        return Date.parse(predicate.timeVerified) < Date.now() - WEEK
      })
      expect(stale).toHaveLength(1)
      deleteByOras(stale[0]?.where ?? '')
      const query = { image, envelope: null, publicFile: key.publicFile, policy, policies, resourceUri: uri }
      expect(await cosign.ask(query)).toMatchObject({ isAccepted: true })
    })
  }
})
