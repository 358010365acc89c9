import { describe, expect, test } from '@jest/globals'
import { imageTasks } from '../../../../src/judge/tasks/actions.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aLine, anImageVerdict, aRuledApplication, aRuledFinding } from '../../../support/builders.js'

const things = (...findings: RuledFinding[]) => imageTasks(anImageVerdict({ findings }))
const line = aLine({ file: 'Dockerfile', line: 4 })

describe('things to do about packages of an application', () => {
  test('when one package has several weaknesses, then its file is to be changed once, to what settles all', () => {
    const second = aRuledApplication({
      id: 'CVE-2019-10744',
      ids: ['CVE-2019-10744'],
      fixedVersion: '4.17.12',
      severity: 'critical',
      line,
    })
    const [action, ...more] = things(aRuledApplication({ line }), second)
    expect(more).toEqual([])
    expect(action).toMatchObject({
      kind: 'decide',
      title: 'Change package.json: npm/lodash 4.17.4 → 4.17.21',
      command: null,
      dockerfile: null,
      where: { file: 'Dockerfile', line: 4 },
      packages: [],
    })
    expect(action?.why).toContain('fixes 2 CVEs: 1 critical, 1 high')
    expect(action?.why).toContain('Debian updates do not include this fix')
  })

  test('when no version settles all, then the highest of the fixes is named', () => {
    const second = aRuledApplication({ id: 'CVE-2019-10744', fixedVersion: '4.17.12', settles: null })
    const [action] = things(aRuledApplication({ settles: null }), second)
    expect(action?.title).toBe('Change package.json: npm/lodash 4.17.4 → the highest of 4.17.21, 4.17.12')
  })

  test('when packages of two ecosystems and of Debian act, then each is a thing, and apt takes its own alone', () => {
    const django = aRuledApplication({
      package: 'pypi/django',
      kind: 'pypi',
      purl: 'pkg:pypi/django@3.2.0',
      version: '3.2.0',
      settles: '3.2.25',
    })
    const all = things(aRuledFinding(), aRuledApplication(), django)
    expect(all.map(({ kind, title }) => [kind, title])).toEqual([
      ['update', 'Update 2 packages'],
      ['decide', 'Change package.json: npm/lodash 4.17.4 → 4.17.21'],
      ['decide', 'Change requirements.txt: pypi/django 3.2.0 → 3.2.25'],
    ])
    expect(all[0]?.command).not.toContain('lodash')
  })

  test('when it is malware, or nothing fixes it, then it is to be removed', () => {
    const malware = aRuledApplication({ id: 'MAL-2025-46969', malware: true, package: 'npm/chalk' })
    const unfixed = aRuledApplication({ fixedVersion: null, installable: null })
    expect(things(unfixed, malware).map(({ title }) => title)).toEqual([
      'Remove npm/chalk, and treat everything that it could access as compromised: it is malicious according to MAL-2025-46969',
      'No fix exists: remove npm/lodash, accept CVE-2021-23337 with max-severity: high, or add a VEX statement',
    ])
  })
})

describe('things to do about vendors’ packages', () => {
  const postgres = (more: Partial<ReturnType<typeof aRuledApplication>> = {}) =>
    aRuledApplication({
      package: 'program/postgresql',
      kind: 'bitnami',
      purl: 'pkg:bitnami/postgresql@15.4.0',
      version: '15.4',
      fixedVersion: '15.5',
      settles: '15.19',
      vendor: { title: 'apt.postgresql.org', packages: ['libpq5', 'postgresql-15'] },
      ...more,
    })

  test('when a vendor’s program has a fix, then the task is the vendor’s update, never Debian’s package', () => {
    const [action, ...more] = things(postgres())
    expect(more).toEqual([])
    const command =
      "apt-get update && apt-get install -y --only-upgrade 'libpq5=*.pgdg*[0-9]' 'postgresql-15=*.pgdg*[0-9]'"
    expect(action).toMatchObject({
      kind: 'decide',
      title: 'Update libpq5, postgresql-15 from apt.postgresql.org: program/postgresql 15.4 → 15.19',
      command,
      packages: [],
    })
    expect(action?.dockerfile?.replaceAll(/\\\n */g, '')).toBe(
      `RUN ${command} && rm -rf /var/lib/apt/lists/*`,
    )
    expect(action?.why).toBe(
      "fixes 1 CVE, high (15.19 is the lowest version without known vulnerabilities); Debian's packages of that name are others",
    )
  })

  test('when the fix is in another branch, then its package may be another one', () => {
    const branch = { title: 'PostgreSQL 15', end: '2026-01-01', hasFix: false }
    expect(things(postgres({ branch, settles: '16.1' }))[0]?.why).toContain(
      "apt.postgresql.org may have that branch as another package, or in another repository; Debian's",
    )
  })

  test('when Debian has no package of that name, then no version is needed', () => {
    const vendor = { title: 'repo.mongodb.org', packages: ['mongodb-org-server'] }
    expect(things(postgres({ vendor }))[0]?.command).toBe(
      'apt-get update && apt-get install -y --only-upgrade mongodb-org-server',
    )
  })

  test('when a name is none of a package, or the image has no apt, then there is no command', () => {
    const vendor = { title: 'nginx.org', packages: ['nginx; rm -rf /'] }
    expect(things(postgres({ vendor }))[0]).toMatchObject({ command: null, dockerfile: null })
    const update = aRuledFinding({ check: 'security-updates', id: 'security-update' })
    const tasks = things(postgres(), { ...update, hasApt: false } as RuledFinding)
    expect(tasks.find(({ kind }) => kind === 'decide')).toMatchObject({ command: null, dockerfile: null })
  })

  test('when a vendor’s program and one from source have fixes, then they are two tasks', () => {
    const { vendor: _, ...source } = postgres()
    expect(things(postgres(), source).map(({ title }) => title)).toEqual([
      'Update libpq5, postgresql-15 from apt.postgresql.org: program/postgresql 15.4 → 15.19',
      "Change the Dockerfile's line that installs it: program/postgresql 15.4 → 15.19",
    ])
  })
})
