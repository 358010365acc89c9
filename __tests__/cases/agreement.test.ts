import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { aptStatesOf } from '../../src/checks/security-updates/apt-states.js'
import { readArchive } from '../../src/checks/security-updates/archive/document.js'
import { archiveCanaryProblem } from '../../src/checks/security-updates/canary.js'
import { compareVersions } from '../../src/debian/version.js'
import { decide } from '../../src/gate/decide.js'
import { loadEvidence } from '../../src/gate/evidence/folder.js'
import { listingOf } from '../../src/inventory/listing.js'
import { becauseText } from '../../src/model/because/texts.js'
import { isUpdate, isVulnerability } from '../../src/model/finding/index.js'
import type { FindingOwner } from '../../src/model/provenance/layer-owner.js'
import type { RuledFinding } from '../../src/model/verdict.js'
import { dictionaryCanary } from '../../src/policy/dictionary/canary.js'
import { DEFAULT_DICTIONARY } from '../../src/policy/dictionary/default.js'
import { type ByOwner, limitFor } from '../../src/policy/gate/by-owner.js'
import { readGatePolicy } from '../../src/policy/gate/read.js'
import { DEFAULT_GATE } from '../../src/policy/gate/thresholds.js'
import type { Policy } from '../../src/policy/policy.js'
import { readWhitelist } from '../../src/policy/whitelist/read.js'

/**
 * What two checks say of real images, recorded with Debian's archive and Clair: they must not contradict each
 * other, and each ruling must follow from the table of rulings.
 */
const HERE = import.meta.dirname
const WITH_ARCHIVE = [
  ...['base-bullseye', 'two-checks-one-update', 'base-trixie', 'fix-announced'],
  'act-within-audit',
]

function policyOf(story: string): Policy {
  const text = (name: string) => {
    const path = join(HERE, story, 'policies', name)
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  }
  const [gate, whitelist] = [text('gate.yml'), text('whitelist.yml')]
  return {
    gate: { ...DEFAULT_GATE, ...(gate === null ? {} : readGatePolicy(gate, 'gate.yml')) },
    whitelist: whitelist === null ? { file: null, entries: [] } : readWhitelist(whitelist, 'whitelist.yml'),
    dictionary: DEFAULT_DICTIONARY,
    vex: [],
    baseline: null,
  }
}

function findingsOf(story: string): readonly RuledFinding[] {
  const { today, collected } = loadEvidence(join(HERE, story, 'evidence'))
  return decide(collected, policyOf(story), today).images.flatMap(({ findings }) => findings)
}

/** The highest version that the recorded indexes hold of a binary package, with its source's: read again from their text. */
function offers(
  story: string,
): ReadonlyMap<string, { source: string; sourceVersion: string; version: string }[]> {
  const folder = join(HERE, story, 'evidence/image-0/security-updates')
  const stanzas = readdirSync(folder)
    .filter((name) => name.startsWith('packages-'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n\n'))
  const found = new Map<string, { source: string; sourceVersion: string; version: string }[]>()
  for (const stanza of stanzas) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? ''
    const [name, version] = [field('Package'), field('Version')]
    const [, source = name, sourceVersion = version] = /^(\S+)(?: \((\S+)\))?/.exec(field('Source')) ?? []
    found.set(name, [...(found.get(name) ?? []), { source, sourceVersion, version }])
  }
  return found
}

describe.each(WITH_ARCHIVE)('%s', (story) => {
  const findings = findingsOf(story)
  const clair = findings.filter((one) => one.check === 'clair')
  const updates = findings.filter((one) => one.check === 'security-updates' && one.package !== null)

  test('when the indexes are read by other means, then installable is what they offer', () => {
    const archive = offers(story)
    for (const one of clair) {
      const { fixedVersion } = one
      if (fixedVersion === null || one.agreement === 'refuted') {
        continue
      }
      const reached = one.binaries.some(({ name, version }) =>
        (archive.get(name) ?? []).some(
          (offer) =>
            offer.source === one.package &&
            compareVersions(offer.sourceVersion, fixedVersion) >= 0 &&
            compareVersions(offer.version, version) > 0,
        ),
      )
      expect([one.package, one.id, one.installable]).toEqual([one.package, one.id, reached])
    }
  })

  test('when an update is said to fix a CVE, then Clair’s finding of it is none without a fix, and the other way round', () => {
    for (const update of updates) {
      for (const cve of update.cves ?? []) {
        const same = clair.filter(
          (one) => one.id === cve && one.package === (isUpdate(update) ? update.source : null),
        )
        expect(
          same.map(({ ruling }) => ruling).filter((ruling) => ['unfixed', 'deferred'].includes(ruling)),
        ).toEqual([])
      }
    }
    for (const one of clair.filter(({ installable }) => installable === true)) {
      const names = one.binaries.map(({ name }) => name)
      expect(updates.some(({ package: name }) => names.includes(name ?? ''))).toBe(true)
    }
  })
})

test('when the stories are taken together, then each kind of answer is in them', () => {
  const all = WITH_ARCHIVE.flatMap(findingsOf).filter(({ check }) => check === 'clair')
  expect(all.filter(({ installable }) => installable === true).length).toBeGreaterThan(50)
  expect(all.filter(({ installable }) => installable === false)).toHaveLength(3)
  expect(all.filter(({ ruling }) => ruling === 'deferred').length).toBeGreaterThan(30)
})

describe('the table of rulings', () => {
  const stories = readdirSync(HERE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const all = stories.flatMap((story) => findingsOf(story).map((finding) => ({ story, finding })))
  const clair = all.filter(({ finding }) => isVulnerability(finding))

  test('when a ruling is read, then its because says which rule, whose word and which line', () => {
    for (const { story, finding } of clair) {
      const { ruling, blocks } = finding
      const because = becauseText(finding)
      const sources = {
        act: /CISA's Known Exploited|the vulnerability is not rated|is at or above (?:fail-on|the threshold \S+ \(epss-at-least\))/,
        due: /is at or above fail-on .*; the fix has been available since \d{4}-\d\d-\d\d, and act-within allows \d+ days: due by \d{4}-\d\d-\d\d/,
        accepted:
          /^policies\/whitelist\.yml:\d+ accepts it until \d{4}-\d\d-\d\d: .+ \(.+\)$|^whitelist\.yml:\d+ accepts/,
        deferred:
          /^(no fix in|fix \S+ is announced).*; Debian: (no-dsa|postponed|ignored|unimportant|end-of-life)/,
        unfixed: /^(no fix in Debian|fix \S+ is announced but not in the archive yet: Debian \S+ offers )/,
        noted: /is below fail-on|^refuted: /,
      }[ruling]
      expect([story, finding.id, because]).toEqual([story, finding.id, expect.stringMatching(sources)])
      expect(blocks).toBe(ruling === 'act')
    }
  })

  test('when a finding is looked at without its ruling, then the table gives the same one', () => {
    for (const { story, finding } of clair) {
      const { gate } = policyOf(story)
      const { fixedVersion, installable, debian, severity, agreement, ruling, because, policy, kev, epss } =
        finding
      if (ruling === 'due') {
        expect(finding.due).not.toBeNull()
        continue
      }
      if (ruling === 'accepted') {
        expect(policy).not.toBeNull()
        continue
      }
      const rank = ['unknown', 'negligible', 'low', 'medium', 'high', 'critical']
      const owners = (owner: FindingOwner | null) =>
        owner === null ? [] : [owner === 'base' ? ('base' as const) : ('own' as const)]
      const limitOf = (limit: ByOwner) => limitFor(limit, owners(finding.owner)).limit
      const [failOn, failOnUnfixed] = [limitOf(gate.failOn), limitOf(gate.failOnUnfixed)]
      const atLeast = (rated: string | null) =>
        rated !== null && severity !== 'unknown' && rank.indexOf(severity) >= rank.indexOf(rated)
      const hasFix = fixedVersion !== null && installable !== false
      const isOver = story === 'base-bullseye' // Debian's support of it ended on 2026-08-31.
      const likely = gate.epssAtLeast !== null && (epss?.probability ?? 0) >= gate.epssAtLeast
      const expected =
        agreement === 'refuted'
          ? 'noted'
          : kev === true
            ? 'act'
            : !hasFix && debian !== null && !isOver
              ? 'deferred'
              : !hasFix
                ? atLeast(failOnUnfixed)
                  ? 'act'
                  : 'unfixed'
                : severity === 'unknown' || atLeast(failOn) || likely
                  ? 'act'
                  : 'noted'
      expect([story, finding.id, because, ruling]).toEqual([story, finding.id, because, expected])
    }
    expect(clair.length).toBeGreaterThan(250)
  })
})

test('when evidence is real, then its canaries are found', () => {
  const { today, collected } = loadEvidence(join(HERE, 'base-bullseye/evidence'))
  const [first] = collected
  const evidence = first?.evidence.find(({ check }) => check === 'security-updates')
  if (!first?.image || !evidence) {
    throw new Error('the evidence is not what it was')
  }
  const { reference } = aptStatesOf(listingOf(first.image).root, readArchive(evidence), evidence)
  const context = { reference: first.reference, today, evidence: new Set<string>() }
  expect(archiveCanaryProblem(reference)).toBeNull()
  expect(dictionaryCanary(DEFAULT_DICTIONARY, context)).toEqual({ note: 'canary found' })
})
