import { expect, test } from '@jest/globals'
import { ECOSYSTEM_OF, namesPackage } from '../../src/feeds/formats/osv/ecosystem.js'
import { recordsOf } from '../support/osv/records.js'
import { ALL } from './all.js'
import { FURTHER } from './further.js'
import { GROUPS, type Mutation, partsOf } from './mutation.js'
import { compare } from './others/other.js'

/** Each option of `docker run` has a form of its own. */
const LEAST = { form: 3, option: 1 } as const

const formOf = (id: string) => id.split('/').slice(0, 2).join('/')

const LISTS = [...ALL, ...FURTHER]

test('when mutations are listed, then each id is of its own and names group, form and number', () => {
  const ids = LISTS.map(({ id }) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(ids.filter((id) => !/^[a-z]+\/[a-z0-9.-]+\/[1-9]\d*$/.test(id))).toEqual([])
  for (const one of LISTS) {
    expect(partsOf(one)).toEqual({ group: one.id.split('/')[0], form: one.id.split('/')[1] })
  }
})

test('when the further mutations are counted, then there are thirty, of every group, and none is excused', () => {
  expect(FURTHER).toHaveLength(30)
  const few = GROUPS.filter((group) => FURTHER.filter((one) => partsOf(one).group === group).length < 4)
  expect(few).toEqual([])
  expect(FURTHER.filter(({ byDesign }) => byDesign !== undefined).map(({ id }) => id)).toEqual([])
  expect(FURTHER.filter(({ runOptions }) => runOptions !== undefined).length).toBeLessThanOrEqual(2)
})

test('when the mutations of a form are counted, then there are enough, numbered from 1', () => {
  const forms = Map.groupBy(ALL, ({ id }) => formOf(id))
  const short = [...forms].filter(
    ([, some]) => some.length < (some.every(({ runOptions }) => runOptions) ? LEAST.option : LEAST.form),
  )
  expect(short.map(([form]) => form)).toEqual([])
  for (const [form, some] of forms) {
    const numbers = some.map(({ id }) => Number(id.split('/')[2])).sort((a, b) => a - b)
    expect([form, numbers]).toEqual([form, numbers.map((_, at) => at + 1)])
  }
})

test('when a mutation is listed, then it changes something, and says what a finding has to name', () => {
  const changes = ({ lines, lower, without, runOptions }: Mutation) =>
    [lines, lower, without].some((some) => some !== undefined && some.length > 0) || runOptions !== undefined
  expect(LISTS.filter((one) => !changes(one)).map(({ id }) => id)).toEqual([])
  const named = LISTS.filter(({ subject }) => Object.values(subject).some((name) => name !== ''))
  expect(LISTS.filter((one) => !named.includes(one)).map(({ id }) => id)).toEqual([])
  expect(LISTS.filter(({ what }) => what.trim().length < 10).map(({ id }) => id)).toEqual([])
})

test('when a mutation cannot be seen by design, then its whole form cannot, with the reason', () => {
  const mixed = [...Map.groupBy(ALL, ({ id }) => formOf(id))].filter(
    ([, some]) => new Set(some.map(({ byDesign }) => byDesign !== undefined)).size > 1,
  )
  expect(mixed.map(([form]) => form)).toEqual([])
  expect(ALL.filter(({ byDesign }) => byDesign?.trim() === '').map(({ id }) => id)).toEqual([])
})

test('when a mutation is about an application package, then an advisory of the sample has a fix for it', () => {
  const packages = new Set(LISTS.map(({ subject }) => subject.package ?? ''))
  const typed = [...packages].flatMap((text) => {
    const [type = '', ...rest] = text.split('/')
    return type in ECOSYSTEM_OF && rest.length > 0
      ? [{ text, ecosystem: ECOSYSTEM_OF[type as keyof typeof ECOSYSTEM_OF], rest }]
      : []
  })
  const unknown = typed.filter(({ ecosystem, rest }) => {
    const name = rest.join(ecosystem === 'Maven' ? ':' : '/')
    const entries = recordsOf(ecosystem).flatMap(({ affected }) => affected)
    return !entries.some(
      (entry) =>
        namesPackage(ecosystem, entry.name, name) && JSON.stringify(entry.ranges).includes('"fixed"'),
    )
  })
  expect(typed.length).toBeGreaterThan(50)
  expect(unknown.map(({ text }) => text)).toEqual([])
})

test('when another tool is asked about mutations, then only what is new counts, and an information is no warning', () => {
  const root = { text: '4.1', warns: true }
  const added = { text: '4.9', warns: false }
  expect(compare([root, added], [root])).toEqual({ fate: 'informed', by: '4.9' })
  expect(compare([root, added], [added])).toEqual({ fate: 'killed', by: '4.1' })
  expect(compare([{ ...added, warns: true }], [added])).toEqual({ fate: 'killed', by: '4.9' })
  expect(compare([added], [root, added])).toEqual({ fate: 'survived', by: '' })
})
