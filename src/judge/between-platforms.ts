import { obstacle } from '../model/finding/obstacle.js'
import { platformName } from '../model/image.js'
import { type Problem, withAdvice } from '../model/problem.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import type { JudgedInput } from './answers.js'

/**
 * Adds what only all platforms of an image show together: that they are of several Debian releases, and, for a
 * release, an unanswered image for each platform that was not examined.
 */
export function withPlatforms(
  inputs: readonly JudgedInput[],
  { release }: Pick<GatePolicy, 'release'>,
): readonly JudgedInput[] {
  return [...withOneRelease(inputs), ...(release === null ? [] : unexamined(inputs))]
}

/** If nobody knows the platforms, a person may provide the list by naming those to be judged. */
function unexamined(inputs: readonly JudgedInput[]): readonly JudgedInput[] {
  return [...Map.groupBy(inputs, ({ reference }) => reference)].flatMap(([reference, same]) => {
    const { notExamined = [], unknown = null } = same.find(({ others }) => others != null)?.others ?? {}
    const isNamed = same.some(({ platform }) => platform != null)
    return [
      ...notExamined.map((platform) => missing(reference, platform, notJudged(reference, platform))),
      ...(unknown === null || isNamed ? [] : [missing(reference, null, notKnown(reference, unknown))]),
    ]
  })
}

function missing(reference: string, platform: string | null, problem: Problem): JudgedInput {
  const nothing = {
    distribution: null,
    codename: null,
    architecture: null,
    packageCount: null,
    packages: null,
    applications: null,
  }
  return { reference, platform, problem, image: null, others: null, ...nothing, answers: [] }
}

function notJudged(where: string, platform: string): Problem {
  const what = `the image is being released, but its platform ${platform} was not examined`
  return withAdvice({ code: 'platform-not-examined', what, where })
}

function notKnown(where: string, why: string): Problem {
  const what = `the image is being released, but its other platforms are not known: ${why}`
  return withAdvice({ code: 'platforms-unknown', what, where })
}

/**
 * Platforms of one image with another Debian release than its first one: people who pull the same name would get
 * different systems. Reported for each that differs, by a check that answered about it.
 */
function withOneRelease(inputs: readonly JudgedInput[]): readonly JudgedInput[] {
  const firsts = new Map<string, JudgedInput>()
  for (const input of inputs) {
    if (input.codename !== null && !firsts.has(input.reference)) {
      firsts.set(input.reference, input)
    }
  }
  return inputs.map((input) => {
    const first = firsts.get(input.reference)
    return first === undefined || input.codename === null || first.codename === input.codename
      ? input
      : differing(input, first)
  })
}

function differing(input: JudgedInput, first: JudgedInput): JudgedInput {
  const finding = obstacle(
    'platforms-of-other-releases',
    `${nameOf(input)} is ${input.distribution}, but ${nameOf(first)} is ${first.distribution}`,
    { codename: input.codename ?? '', others: first.codename ?? '' },
  )
  const answered = input.answers.filter(({ answer }) => answer.state === 'answered')
  const teller =
    answered.find(({ evidence }) => evidence.check === finding.check) ??
    answered.find(({ answer }) => answer.state === 'answered' && answer.bench === undefined)
  return {
    ...input,
    answers: input.answers.map((one) =>
      one === teller && one.answer.state === 'answered'
        ? { ...one, answer: { ...one.answer, findings: [...one.answer.findings, finding] } }
        : one,
    ),
  }
}

function nameOf({ image }: JudgedInput): string {
  return image === null ? '' : platformName(image.platform)
}
