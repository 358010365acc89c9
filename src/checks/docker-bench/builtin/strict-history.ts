import { type HistoryPlace, type Json, oneLine, plural } from '../../../model/index.js'
import type { HistoryInstruction, ReadHistory } from './history.js'
import type { Improvement } from './improvements.js'
import { membersAt, textsAt } from './json.js'
import { doesNotApply, notEvaluated, passed, type RuleResult, resultOf } from './rule-result.js'
import { isToken, redact, secretsIn, secretsInVariable } from './secrets.js'
import { commandsIn } from './shell-arguments.js'
import { updatesAlone } from './updates.js'

/** The rules of section 4 that read the history. */

/** Items are for people and for the dictionary: one line, not a whole script. */
const MAX_ITEM_LENGTH = 120

/** 4.7: a RUN that refreshes the package lists and installs nothing. */
export function updateInstructions(history: ReadHistory | null): RuleResult {
  const found = runsOf(history).filter(({ text }) => updatesAlone(text))
  return judgeHistory(history, found, 'update-by-run', {
    none: 'Every RUN that refreshes the package lists also installs packages.',
    one: 'refreshes the package lists but installs no packages',
    some: 'refresh the package lists but install no packages',
  })
}

/**
 * 4.9: ADD as an instruction. Those of the base count too. Only a registry can prove which layers belong to the base,
 * and the result must not depend on whether one answers (docs/decisions/0028-two-results-one-that-counts.md).
 */
export function addInstructions(history: ReadHistory | null): RuleResult {
  const found = instructionsOf(history).filter(({ keyword }) => keyword === 'ADD')
  return judgeHistory(history, found, 'add-by-instruction', {
    none: 'No ADD instruction.',
    one: 'is an ADD instruction',
    some: 'are ADD instructions',
  })
}

/** 4.10: secrets that anyone who can pull the image can read. Names only, never values. */
export function foundSecrets(history: ReadHistory | null, config: Json | null): RuleResult {
  if (config === null && history === null) {
    return notEvaluated("Neither the image's configuration nor its history is known.", 'secret-scan')
  }
  const environment = textsAt(config, 'Env').flatMap((variable) => secretsInVariable('ENV', variable))
  // Values that `docker commit` or `docker import` set are in no line of the history.
  const configSecrets = (['Entrypoint', 'Cmd'] as const).flatMap((key) =>
    secretsIn(key.toUpperCase(), JSON.stringify(textsAt(config, key))),
  )
  const healthcheckSecrets = secretsIn('HEALTHCHECK', JSON.stringify(textsAt(config, 'Healthcheck', 'Test')))
  const labels = membersAt(config, 'Labels').map(([name, value]) => `${name}=${value}`)
  const labelSecrets = labels.flatMap((label) => secretsInVariable('LABEL', label))
  const tokens = [...textsAt(config, 'Env'), ...labels]
    .map((variable) => variable.slice(variable.indexOf('=') + 1))
    .filter(isToken)
  const places: HistoryPlace[] = []
  const historySecrets = instructionsOf(history).flatMap(({ line, keyword, text, buildArguments }) => {
    const found = [...secretsIn('ARG', buildArguments), ...secretsIn(keyword, text)]
    if (found.length > 0) {
      places.push({ line, instruction: keyword })
    }
    if (keyword !== 'ENV' && keyword !== 'LABEL') {
      return found
    }
    // A secret identified by its variable's name is one finding, not two.
    return secretsIn(
      keyword,
      tokens.reduce((left, value) => left.replaceAll(value, '***'), text),
    )
  })
  const all = [...environment, ...historySecrets, ...configSecrets, ...healthcheckSecrets, ...labelSecrets]
  const items = [...new Set(all.map(({ where, name }) => `${where} ${name}`))]
  if (items.length > 0) {
    const why = `${plural(items.length, 'value looks like a secret', 'values look like secrets')}.`
    return resultOf('NOTE', items, why, 'secret-scan', places)
  }
  if (config === null) {
    return withoutLines('secret-scan')
  }
  if (!isWhole(history)) {
    // Neither PASS nor a result that asks for a better history: the credentials check reads the files themselves, which
    // are better evidence.
    return doesNotApply(
      "The image's history does not show how its layers were made. Nothing in its configuration looks like a secret, and the credentials check searches its files.",
      'secret-scan',
    )
  }
  return resultOf('NOTE', [], 'Nothing looks like a secret.', 'secret-scan')
}

/** 4.11: options that make apt install unsigned packages. */
export function unverifiedPackages(history: ReadHistory | null): RuleResult {
  const found = runsOf(history).filter(({ text }) => skipsVerification(text))
  if (found.length === 0 && !isWhole(history)) {
    return withoutLines('unverified-packages')
  }
  const why = `${plural(found.length, 'instruction installs', 'instructions install')} packages without checking signatures.`
  return resultOf('NOTE', found.map(itemOf), why, 'unverified-packages', found.map(placeOf))
}

/** apt-get(8): options that turn off the signature check. */
const UNVERIFIED_OPTION = /^--(allow-unauthenticated|allow-insecure-repositories|force-yes|no-gpg-checks?)$/
/** apt.conf(5), apt-secure(8) and sources.list(5): settings that do so, in a script; `"` may be escaped. */
const UNVERIFIED_SETTING = new RegExp(
  // A whole name, or one after printf's line break, which ends in a letter: `safe.trusted=true` belongs to
  // another program.
  String.raw`(?:(?<![\w.-])|\\n)(?:(?:AllowUnauthenticated|Allow(?:Insecure|Weak|DowngradeToInsecure)Repositories)[= ]+|` +
    String.raw`(?:trusted|allow-insecure)(?:=|: *))\\?["']?(?:true|yes|with|on|enable|1)\b`,
  'i',
)

/** Options of a source inside the image itself: installing from it is like dpkg, which checks no signature. */
const LOCAL_SOURCE_OPTIONS = /\[[^\][\n]{0,200}\][ \t]+(?=(?:file|copy|cdrom):)/gi

function skipsVerification(script: string): boolean {
  if (UNVERIFIED_SETTING.test(script.replaceAll(LOCAL_SOURCE_OPTIONS, ''))) {
    return true
  }
  return commandsIn(script).some((args) => args.some((arg) => UNVERIFIED_OPTION.test(arg)))
}

function judgeHistory(
  history: ReadHistory | null,
  found: readonly HistoryInstruction[],
  improvement: Improvement,
  texts: { readonly none: string; readonly one: string; readonly some: string },
): RuleResult {
  if (found.length > 0) {
    const why = `${plural(found.length, 'history line')} ${found.length === 1 ? texts.one : texts.some}.`
    return resultOf('INFO', found.map(itemOf), why, improvement, found.map(placeOf))
  }
  return isWhole(history) ? passed(texts.none, improvement) : withoutLines('history-missing')
}

function withoutLines(improvement: Improvement): RuleResult {
  return notEvaluated("The image's history does not show how all of its layers were made.", improvement)
}

/** Whether the history covers all layers. A flattened image (docker export, docker import) has only one line. */
function isWhole(history: ReadHistory | null): boolean {
  return history?.complete === true && history.instructions.some(({ keyword }) => keyword !== '')
}

function instructionsOf(history: ReadHistory | null): readonly HistoryInstruction[] {
  return history?.instructions ?? []
}

function runsOf(history: ReadHistory | null): readonly HistoryInstruction[] {
  return instructionsOf(history).filter(({ keyword }) => keyword === 'RUN')
}

function placeOf({ line, keyword: instruction }: HistoryInstruction): HistoryPlace {
  return { line, instruction }
}

function itemOf({ keyword, text }: HistoryInstruction): string {
  // Secrets are masked before the text is shortened: a cut could leave half of a secret.
  const line = `${keyword} ${oneLine(redact(text))}`
  return line.length > MAX_ITEM_LENGTH ? `${line.slice(0, MAX_ITEM_LENGTH - 1)}…` : line
}
