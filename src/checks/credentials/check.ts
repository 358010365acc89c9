import {
  credentialFindings,
  credentialLimits,
  credentialNotes,
} from '../../inventory/credentials/findings.js'
import { type Evidence, incomplete } from '../../model/index.js'
import type { Collector, Interpreter } from '../check.js'

/** Nothing is collected: what was found while the layers were read is part of the image. */
export const credentialsCollector: Collector<unknown, unknown> = {
  id: 'credentials',
  cacheFiles: null,
  collect: (images) => {
    const nothing: Evidence = { check: 'credentials', documents: {}, sources: [], problem: null, tookMs: 0 }
    return { evidence: Promise.resolve(images.map(() => nothing)) }
  },
}

/** Credentials in the layers, and accounts that are open (docs/decisions/0095-credentials.md). */
export const credentialsInterpreter: Interpreter<'credentials'> = {
  id: 'credentials',
  interpret(_, image) {
    if (image.layers.some(({ credentials }) => credentials === undefined)) {
      throw incomplete('the layers were not searched for credentials', 'image.json')
    }
    return {
      check: 'credentials',
      state: 'answered',
      findings: credentialFindings(image),
      notes: credentialNotes(image),
      limits: credentialLimits(image),
    }
  },
}
