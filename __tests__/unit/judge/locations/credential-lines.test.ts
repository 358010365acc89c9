import { expect, test } from '@jest/globals'
import { placeFindings } from '../../../../src/judge/locations/place-findings.js'
import { BARE } from '../../../../src/model/finding/common.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import type { HistoryLine } from '../../../../src/model/image/image.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aLayer, anImage, anImageVerdict, aRuledFinding } from '../../../support/builders.js'

const layer = (number: number) => aLayer({ diffId: `sha256:${String(number).repeat(64)}` })
const line = (createdBy: string): HistoryLine => {
  return { createdBy, comment: null, created: null, emptyLayer: false }
}

test('when a credential is in a layer that COPY made, then its line is that instruction, and that it is a copy is known', () => {
  const text = 'FROM debian:12\nCOPY . .\nRUN touch /x\n'
  const image = anImage({
    history: [
      line('/bin/sh -c #(nop) ADD file:0 in / '),
      line('COPY . . # buildkit'),
      line('RUN /bin/sh -c touch /x # buildkit'),
    ],
    layers: [layer(0), layer(1), layer(2)],
  })
  const lineFor = (at: number) => {
    const details = { count: '1', paths: ['.env'], fingerprints: ['none'], state: 'in-image' } as const
    const found = { ...BARE, ...obstacle('token', '1 token: /.env', details), layer: layer(at).diffId }
    const finding = { ...aRuledFinding(), ...found } as RuledFinding
    const placed = placeFindings(anImageVerdict({ findings: [finding] }), image, [
      { file: 'Dockerfile', text, named: false, problem: null },
    ])
    return placed.findings[0]?.line
  }
  expect(lineFor(1)).toMatchObject({ file: 'Dockerfile', line: 2, certain: true, isCopy: true })
  expect(lineFor(2)).toMatchObject({ line: 3 })
  expect(lineFor(2)).not.toHaveProperty('isCopy')
})
