import { describe, expect, test } from '@jest/globals'
import { readJudging } from '../../../src/inputs/policies.js'
import { readRequest } from '../../../src/inputs/request.js'
import { STRUCK_INPUTS } from '../../../src/inputs/struck.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { readUpdatePlan, readUpdateRequest } from '../../../src/inputs/update.js'

describe('INPUTS', () => {
  test('when they are listed, then names are unique, of one form, and each says what it is', () => {
    const names = INPUTS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([])
    expect(INPUTS.filter(({ help }) => help.trim() === '')).toEqual([])
  })

  test('when a scan and a replay read their inputs, then they ask for names that exist, and for each of them', () => {
    const readNames = new Set<string>()
    const inputs = (name: string) => {
      readNames.add(name)
      const unset = STRUCK_INPUTS.has(name) ? '' : `no input ${name}`
      return INPUTS.find((input) => input.name === name)?.default ?? unset
    }
    readJudging(inputs, '2026-11-24')
    const judging = [...readNames]
    readRequest(['app:1'], inputs)
    readUpdatePlan(['app:1'], inputs)
    readUpdateRequest(['app:1'], inputs)
    const known = INPUTS.map(({ name }) => name)
    expect([...readNames].filter((name) => !known.includes(name))).toEqual([...STRUCK_INPUTS.keys()])
    // The images are arguments, and verbose is of the terminal.
    expect(known.filter((name) => !readNames.has(name)).sort()).toEqual(['image', 'verbose'])
    // What judging reads, a replay takes; it judges without collecting. It has osv from the evidence alone.
    const replay = INPUTS.filter((input) => input.replay).map(({ name }) => name)
    expect(judging.filter((name) => !['debug', 'osv'].includes(name) && !replay.includes(name))).toEqual([])
    expect(replay.filter((name) => name !== 'verbose' && !judging.includes(name))).toEqual([])
  })
})
