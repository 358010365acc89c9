import { describe, expect, test } from '@jest/globals'
import { groupsOf, jarKeys } from '../../../../../src/checks/clair/applications/groups.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import { servedOsv } from '../../../../../src/checks/clair/applications/serve.js'
import { namesOf } from '../../../../../src/checks/clair/applications/subjects.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import {
  type ApplicationItem,
  applicationInventory,
  summaryOf,
} from '../../../../../src/inventory/application/inventory.js'
import { aLayer, anImage, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { recordOr, recordsOf } from '../../../../support/osv/records.js'
import { saying } from '../../../../support/osv/shop.js'

const KNOWN = { installed: [], foreign: [] }

function groupless(name: string): ApplicationItem {
  return { kind: 'jar-without-group', name, version: '1.0', purl: null, places: [] }
}

const about = (...names: readonly string[]) =>
  names.map((name) => recordOr(readRecord(advisory('X-1', 'Maven', name, [{ introduced: '0' }]), 'Maven')))

describe('a jar that does not say its group', () => {
  test('when there are 20,000 of them, then they are looked up in a moment', () => {
    const items = Array.from({ length: 20_000 }, (_, at) => groupless(`org.acme.part${at}.lib-${at}`))
    const began = performance.now()
    const names = [...(namesOf(items).get('Maven') ?? [])]
    const groups = groupsOf(
      items,
      names,
      about(...names.filter((name) => name.startsWith('org.acme.part')).slice(0, 5000)),
    )
    // Names were once copied for each jar, which took minutes.
    expect([names.length, groups.size > 1000, performance.now() - began < 20_000]).toEqual([
      80_000,
      true,
      true,
    ])
  })

  test.each([
    ['spring-beans', ['org.springframework:spring-beans'], 'org.springframework:spring-beans'],
    ['snakeyaml', ['org.yaml:snakeyaml'], 'org.yaml:snakeyaml'],
    ['commons-text', ['org.apache.commons:commons-text'], 'org.apache.commons:commons-text'],
    // Anybody may call a jar so.
    ['core', ['com.acme:core'], undefined],
    ['spring-beans', ['org.springframework:spring-beans', 'com.acme.spring:spring-beans'], undefined],
    ['spring-beans', ['org.springframework:spring-web'], undefined],
  ])('when it is called %s, and advisories are about %j, then it is %s', (name, known, whole) => {
    const groups = groupsOf([groupless(name)], [`:${name}`], about(...known))
    expect([...groups.values()][0]).toBe(whole)
  })

  const JACKSON = 'com.fasterxml.jackson.core:jackson-databind'
  test.each([
    [JACKSON.replace(':', '.'), [JACKSON], JACKSON],
    ['org.acme.core', ['org.acme:core'], 'org.acme:core'],
    // Its own artifact's name has a dot, and another group an artifact of that name.
    ['org.acme.core', ['org.acme:core', 'net.other:org.acme.core'], 'org.acme:core'],
    ['org.acme.core', ['org.acme:core', 'org:acme.core'], undefined],
    ['org.acme.core', ['org.acme:core-api'], undefined],
    [Array.from({ length: 30 }, () => 'a').join('.'), ['a:a.a'], undefined],
  ])(
    'when its group is in its name, %s, and advisories are about %j, then it is %s',
    (name, known, whole) => {
      const groups = groupsOf([groupless(name)], jarKeys(name), about(...known))
      expect([...groups.values()][0]).toBe(whole)
    },
  )

  test('when its group is in its name, then advisories are looked up for each group that may be meant', () => {
    expect([...(namesOf([groupless('org.acme.core')]).get('Maven') ?? [])]).toEqual([
      ':org.acme.core',
      'org:acme.core',
      'org.acme:core',
    ])
  })

  test('when nobody looked it up, then nothing is known', () => {
    expect(groupsOf([groupless('spring-beans')], [], about('org.springframework:spring-beans')).size).toBe(0)
  })

  test('when advisories know it, then it is judged as that, and counted as a package of Maven', () => {
    const files = { 'opt/spring-beans-5.3.17.jar': saying('maven', 'spring-beans', '5.3.17') }
    const image = anImage({ layers: [aLayer({ applications: someApplications({ files }) })] })
    const judged = judgeApplications(advisoriesOf({ Maven: [':spring-beans'] }), image, KNOWN, NO_RATINGS)
    expect(judged?.findings.map(({ package: name, id }) => `${name} ${id}`)).toEqual([
      'maven/org.springframework/spring-beans CVE-2022-22965',
    ])
    const summary = summaryOf(applicationInventory(image, KNOWN), judged ?? undefined)
    expect([summary.judged, summary.unexamined]).toEqual([[{ kind: 'maven', count: 1, versions: [] }], []])
  })

  test('when Clair asks for its SHA-1, then it is told what it is, and nothing of any other', async () => {
    const jars = new Map([['a'.repeat(40), ['org.springframework:spring-beans', '5.3.17'] as const]])
    const lookup = { evidence: Promise.resolve([]), jars: Promise.resolve([jars]) }
    const { search } = servedOsv(lookup, Promise.resolve([]))
    const one = { g: 'org.springframework', a: 'spring-beans', v: '5.3.17' }
    const docs = [{ id: 'org.springframework:spring-beans:5.3.17', ...one }]
    expect(JSON.parse(await search('a'.repeat(40)))).toEqual({ response: { docs } })
    expect(JSON.parse(await search('b'.repeat(40)))).toEqual({ response: { docs: [] } })
  })

  test('when the real records are looked up, then log4j-core is one of them', () => {
    const groups = groupsOf([groupless('log4j-core')], [':log4j-core'], recordsOf('Maven'))
    expect([...groups.values()]).toEqual(['org.apache.logging.log4j:log4j-core'])
  })
})
