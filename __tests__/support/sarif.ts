import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } }
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly {
    readonly executionSuccessful: boolean
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[]
  }[]
  readonly results: readonly SarifResult[]
  readonly properties: {
    readonly dockerBench?: {
      readonly judgedBy: string
      readonly counts: string
      readonly results: Readonly<Record<string, string>>
    }
  }
}
export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string }
}
export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string }
      readonly region: { readonly startLine: number; readonly endLine?: number }
    }
  }[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly { readonly justification: string }[]
}

export function readSarif(text: string): { readonly version: string; readonly runs: readonly SarifRun[] } {
  return JSON.parse(text)
}

/** What GitHub would refuse, cut or take for another alert, by "SARIF support for code scanning" of its docs. */
export function githubErrors(text: string): string[] {
  const { version, runs } = readSarif(text)
  const errors: string[] = []
  const want = (holds: boolean, error: string) => {
    if (!holds) {
      errors.push(error)
    }
  }
  want(version === '2.1.0', 'the version is not 2.1.0')
  want(runs.length >= 1 && runs.length <= 20, `${runs.length} runs`)
  const categories = runs.map(({ automationDetails }) => automationDetails.id.replace(/[^/]*$/, ''))
  want(new Set(categories).size === runs.length, 'two runs with one category')
  want(!categories.includes(''), 'a run without category')
  for (const { tool, results } of runs) {
    const { rules } = tool.driver
    want(results.length <= 5000, `${results.length} results, of which 5,000 are shown`)
    want(rules.length <= 25_000, `${rules.length} rules`)
    want(new Set(rules.map(({ id }) => id)).size === rules.length, 'a rule is there twice')
    for (const rule of rules) {
      want(rule.properties.tags.length <= 10, `${rule.id}: ${rule.properties.tags.length} tags, 10 are shown`)
      want(rule.name.length <= 255, `${rule.id}: a name of ${rule.name.length}`)
      want(rule.shortDescription.text.length <= 1024, `${rule.id}: a long description`)
      want(rule.fullDescription.text.length <= 1024, `${rule.id}: a long description`)
      want(rule.help.text !== '' && rule.help.markdown !== '', `${rule.id}: no help`)
      const score = rule.properties['security-severity']
      want(score === undefined || (Number(score) > 0 && Number(score) <= 10), `${rule.id}: severity ${score}`)
    }
    const prints = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash ?? '')
    want(new Set(prints).size === prints.length, 'two results with one fingerprint')
    want(
      prints.every((print) => /^[0-9a-f]{16}:\d+$/.test(print)),
      'a fingerprint of another form',
    )
    for (const result of results) {
      want(rules[result.ruleIndex]?.id === result.ruleId, `${result.ruleId}: another rule's index`)
      want(['error', 'warning', 'note'].includes(result.level), `level ${result.level}`)
      want(result.message.text !== '', 'an empty message')
      want(result.locations.length === 1, `${result.locations.length} locations`)
      for (const { physicalLocation } of result.locations) {
        const { uri } = physicalLocation.artifactLocation
        const isRelative =
          uri !== '' && !/^[/\\]|^[a-z][a-z0-9+.-]*:/i.test(uri) && !uri.split('/').includes('..')
        want(isRelative, `${uri} is not relative`)
        want(URL.canParse(uri, 'file:///repository/'), `${uri} is no reference`)
        const { startLine, endLine = startLine } = physicalLocation.region
        want(startLine >= 1 && endLine >= startLine, `lines ${startLine} to ${endLine}`)
      }
    }
  }
  return errors
}

/** What Microsoft's SARIF multitool has to say, by level. Its exit code is 0 whatever it finds. */
export function multitool(text: string): Readonly<Record<'error' | 'warning' | 'note', string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'sarif-'))
  try {
    const [file, output] = [join(folder, 'report.sarif'), join(folder, 'validated.sarif')]
    writeFileSync(file, text)
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, '../../node_modules/.bin/sarif-multitool'), 'validate', file].concat(
        '--output',
        output,
        '--log',
        'ForceOverwrite',
      ),
      { stdio: 'pipe' },
    )
    const { runs } = JSON.parse(readFileSync(output, 'utf8')) as {
      runs: {
        results: { ruleId: string; level?: string; message: { id?: string; arguments?: string[] } }[]
      }[]
    }
    const found = { error: [] as string[], warning: [] as string[], note: [] as string[] }
    for (const { ruleId, level = 'warning', message } of runs.flatMap((run) => run.results)) {
      if (level in found) {
        found[level as keyof typeof found].push(`${ruleId} ${message.id}: ${message.arguments?.join(' ')}`)
      }
    }
    return found
  } finally {
    rmSync(folder, { recursive: true })
  }
}
