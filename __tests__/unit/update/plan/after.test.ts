import { expect, test } from '@jest/globals'
import { checkDone } from '../../../../src/update/plan/after.js'
import { planOf } from '../../../../src/update/plan/plan.js'
import { aBinary, anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const apt = aRuledFinding({ id: 'CVE-2026-1', binaries: [aBinary({ name: 'apt', version: '1' })] })
const bash = aRuledFinding({ id: 'CVE-2026-2', binaries: [aBinary({ name: 'bash', version: '1' })] })
const newer = aRuledFinding({ id: 'CVE-2026-3', binaries: [aBinary({ name: 'apt', version: '2' })] })
const { packages } = planOf([anImageVerdict({ findings: [apt, bash] })])
const after = (...findings: ReturnType<typeof aRuledFinding>[]) =>
  aVerdict({ images: [anImageVerdict({ findings })] })

test('when the judge still finds the old version, then the package was not brought up, whatever apt said', () => {
  const { done, notDone } = checkDone(packages, after(apt), 'apt')
  expect(done.map(({ name }) => name)).toEqual(['bash'])
  expect(notDone).toMatchObject([
    { package: { name: 'apt' }, by: 'apt', message: expect.stringContaining('old version') },
  ])
})

test('when another version of it has something else, then it was brought up', () => {
  expect(checkDone(packages, after(newer), 'apt')).toMatchObject({ done: packages, notDone: [] })
})
