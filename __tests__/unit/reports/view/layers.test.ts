import { expect, test } from '@jest/globals'
import { layerNumber, layerViews } from '../../../../src/reports/view/layers.js'
import { aLine, anImageVerdict, aRuledFinding } from '../../../support/builders.js'

const layers = [
  { diffId: 'sha256:a', createdBy: null },
  { diffId: 'sha256:b', createdBy: 'RUN make' },
  { diffId: 'sha256:a', createdBy: 'COPY . .' },
]

test('when layers are reported, then from the bottom, with their findings and the lines that are certain, each once', () => {
  const line = (at: number, certain: boolean) => aLine({ file: 'Dockerfile', line: at, certain })
  const findings = [
    aRuledFinding({ layer: 'sha256:b', line: line(12, true) }),
    aRuledFinding({ layer: 'sha256:b', line: line(4, true) }),
    aRuledFinding({ layer: 'sha256:b', line: line(4, true) }),
    aRuledFinding({ layer: 'sha256:b', line: line(7, false) }),
    aRuledFinding({
      layer: 'sha256:b',
      line: aLine({ file: 'policies/whitelist.yml', line: 1, certain: true }),
    }),
    aRuledFinding({ layer: null }),
  ]
  const dockerfile = { file: 'Dockerfile', note: null, from: null }
  const [first, second] = layerViews(anImageVerdict({ layers, findings, dockerfile }))
  expect(first).toEqual({ number: 1, count: 0, places: [], createdBy: '' })
  expect(second).toEqual({
    number: 2,
    count: 5,
    places: ['Dockerfile:4', 'Dockerfile:12'],
    createdBy: 'RUN make',
  })
})

test('when a layer is there twice, then the upper one is meant; one that is not there has no number', () => {
  const image = anImageVerdict({ layers })
  expect([layerNumber(image, 'sha256:a'), layerNumber(image, 'sha256:b'), layerNumber(image, 'x')]).toEqual([
    3,
    2,
    null,
  ])
})
