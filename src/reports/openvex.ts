import { becauseText, type ImageVerdict, idsOf, type RuledFinding, type Verdict } from '../model/index.js'
import { VEX_CONTEXT } from '../policy/vex/read.js'
import { visible } from './escape.js'
import { adviceOf, configHash, findingPurls, imagePurl, rulingText, vulnerabilitiesOf } from './product.js'
import { uuidOf } from './uuid.js'
import type { Tool } from './view/pages.js'

const LENGTH = 2000

/**
 * report.openvex.json (OpenVEX 0.2.0): a statement for each vulnerability of each package. An accepted risk is not
 * `not_affected`: that is stated only if somebody stated it. `null` if there is nothing to state, since a document
 * without statements is invalid.
 */
export function renderOpenVex(verdict: Verdict, tool: Tool): string | null {
  const statements = verdict.images.flatMap(statementsOf)
  if (statements.length === 0) {
    return null
  }
  const rest = {
    // The tool's own name is not the role of the person or team that it speaks for.
    ...(verdict.vexAuthor === null
      ? { author: tool.name, role: 'Release gate (automated)' }
      : { author: visible(verdict.vexAuthor) }),
    timestamp: `${verdict.today}T00:00:00Z`,
    version: 1,
    tooling: `${tool.name} ${tool.version}`,
    statements,
  }
  const id = `urn:uuid:${uuidOf(JSON.stringify(rest))}`
  return `${JSON.stringify({ '@context': VEX_CONTEXT, '@id': id, ...rest }, null, 2)}\n`
}

function statementsOf(image: ImageVerdict): object[] {
  const product = productOf(image)
  if (product === null) {
    return []
  }
  // Two findings with one CVE and package, for example of two architectures, may say exactly the same.
  const all = vulnerabilitiesOf(image).map((finding) => ({
    vulnerability: namesOf(finding),
    products: [{ ...product, ...subcomponents(findingPurls(finding, image)) }],
    ...statusOf(finding),
  }))
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

function namesOf(finding: RuledFinding): object {
  const aliases = idsOf(finding).filter((id) => id !== finding.id)
  return {
    name: visible(finding.id),
    ...(aliases.length === 0 ? {} : { aliases: aliases.map((one) => visible(one)) }),
  }
}

function productOf(image: ImageVerdict): object | null {
  const purl = imagePurl(image)
  const hash = configHash(image)
  if (hash === null) {
    return null
  }
  // An archive has no name with a meaning elsewhere, but the SHA-256 of its config is one.
  const names = purl === null ? { '@id': `urn:sha256:${hash}` } : { '@id': purl, identifiers: { purl } }
  return { ...names, hashes: { 'sha-256': hash } }
}

function subcomponents(purls: readonly string[]): object {
  return purls.length === 0
    ? {}
    : { subcomponents: purls.map((purl) => ({ '@id': purl, identifiers: { purl } })) }
}

function statusOf(finding: RuledFinding): object {
  const because = visible(becauseText(finding), LENGTH)
  const notes = { status_notes: `${rulingText(finding)}: ${because}` }
  if (finding.agreement === 'refuted' || finding.statement?.status === 'fixed') {
    return { status: 'fixed', ...notes }
  }
  if (finding.statement !== null) {
    const { justification } = finding.statement
    return {
      status: 'not_affected',
      ...notes,
      ...(justification === null ? {} : { justification }),
      impact_statement: because,
    }
  }
  return { status: 'affected', ...notes, action_statement: visible(adviceOf(finding), LENGTH) }
}
