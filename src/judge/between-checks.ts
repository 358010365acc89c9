import { judgedAs } from '../debian/signed.js'
import { compareVersions, isValidVersion } from '../debian/version.js'
import {
  binaryKey,
  type Finding,
  type InstalledPackage,
  isUpdate,
  isVulnerability,
  obstacle,
  platformName,
  type UpdateFinding,
  withAdvice,
} from '../model/index.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import type { JudgedInput } from './answers.js'

/**
 * Whether the fix of each vulnerability can be installed, by what the archive offers. The findings of
 * `security-updates` are everything that apt would install for this release and architecture, so the two checks
 * cannot contradict each other. A fix that the tracker names and no update has is not in the archive yet. Left
 * unchanged: packages in no index that was read (another dpkg database than the image's own, what dpkg does not list,
 * components that the image does not name), an update built from another source package, whose versions say nothing
 * about the fix, and a fix that the archive has under another name: kernels and libraries have their version in theirs.
 * @param updates findings of `security-updates`
 * @param installed packages of the image's own dpkg database that are in its indexes
 * @param underOtherNames versions of source packages of which no installed name is built
 */
export function withArchive(
  findings: readonly Finding[],
  updates: readonly Finding[],
  installed: readonly InstalledPackage[],
  underOtherNames: ReadonlyMap<string, string> = new Map(),
): Finding[] {
  const installedByKey = new Map(installed.map((one) => [binaryKey(one), one]))
  // An update that the gate does not require also has the fix.
  const updateFindings = updates.filter((one) => isUpdate(one))
  const offers = new Map(
    updateFindings.flatMap((one) => one.binaries.map((binary) => [binaryKey(binary), one] as const)),
  )
  return findings.map((finding) => {
    const { fixedVersion, agreement } = finding
    if (!isVulnerability(finding) || fixedVersion === null || !isValidVersion(fixedVersion)) {
      return finding
    }
    if (finding.packageDb !== null || agreement === 'refuted') {
      return finding
    }
    const affectedBinaries = finding.binaries.flatMap((one) => installedByKey.get(binaryKey(one)) ?? [])
    if (affectedBinaries.length === 0) {
      return finding
    }
    const updatedSources = affectedBinaries.flatMap((one) =>
      offeredSources(one, offers.get(binaryKey(one)), finding.package),
    )
    const otherName = finding.release === null ? underOtherNames.get(finding.package ?? '') : undefined
    if (
      updatedSources.length === 0 &&
      otherName !== undefined &&
      compareVersions(otherName, fixedVersion) >= 0
    ) {
      return finding
    }
    const versions = updatedSources.flatMap((one) =>
      one.version === null ? [] : [{ ...one, version: one.version }],
    )
    if (versions.length < updatedSources.length) {
      return finding
    }
    const installable = versions.some(
      ({ version, isInstallable }) => isInstallable && compareVersions(version, fixedVersion) >= 0,
    )
    const rising = versions.map(({ version }) => version).sort(compareVersions)
    return { ...finding, installable, archiveOffers: installable ? null : (rising.at(-1) ?? null) }
  })
}

/**
 * The versions of the source package that the update of this binary package is built from; `null`: its source is a
 * different one.
 */
function offeredSources(
  installedPackage: InstalledPackage,
  update: UpdateFinding | undefined,
  sourceName: string | null,
): readonly { readonly version: string | null; readonly isInstallable: boolean }[] {
  if (update === undefined) {
    return []
  }
  const { fixedVersion: version, fixedSource, fixedSourceVersion: sourceVersion } = update
  // False if the file of the update is gone from the mirrors.
  const isInstallable = update.installable !== false
  if (sourceVersion === null) {
    return [{ version: null, isInstallable }]
  }
  const updatedPackage = { ...installedPackage, version, source: fixedSource ?? update.source, sourceVersion }
  const versions = judgedAs(updatedPackage).filter((judged) => judged.source === sourceName)
  return versions.length === 0
    ? [{ version: null, isInstallable }]
    : versions.map((judged) => ({ version: judged.sourceVersion, isInstallable }))
}

/**
 * Updates with what KEV says about the CVEs that they fix. A CVE that was not looked up is not known to be harmless:
 * if it is not listed, it stays `null`.
 * @param findings of `security-updates`
 * @param isListed whether KEV lists a CVE
 */
export function withKev(findings: readonly Finding[], isListed: (id: string) => boolean | null): Finding[] {
  return findings.map((finding) => {
    if (!isUpdate(finding)) {
      return finding
    }
    const exploited = (finding.cves ?? []).filter((id) => isListed(id) === true)
    return exploited.length === 0 ? finding : { ...finding, kev: true, exploited }
  })
}

/** For a release, adds an unanswered image for each platform that was not examined. */
export function withPlatforms<Input extends JudgedInput>(
  inputs: readonly Input[],
  { release }: Pick<GatePolicy, 'release'>,
): readonly (Input | JudgedInput)[] {
  return release === null ? inputs : [...inputs, ...unexaminedPlatforms(inputs)]
}

/** If the registry does not show the image's platforms, the user provides the list by naming those to be judged. */
function unexaminedPlatforms(inputs: readonly JudgedInput[]): readonly JudgedInput[] {
  return [...Map.groupBy(inputs, ({ reference }) => reference)].flatMap(([reference, inputsOfImage]) => {
    // Each platform says it, and what any of them says counts.
    const all = inputsOfImage.flatMap(({ others }) => others ?? [])
    const notExamined = new Set(all.flatMap((one) => one.notExamined))
    const unknown = all.find((one) => one.unknown !== null)?.unknown ?? null
    const isNamed = inputsOfImage.some(({ platform }) => platform != null)
    const whyUnknown = `its other platforms are not known: ${unknown}`
    return [
      ...[...notExamined].map((platform) => {
        const what = `its platform ${platform} was not examined`
        return unopenedImage(reference, platform, 'platform-not-examined', what)
      }),
      ...(unknown === null || isNamed
        ? []
        : [unopenedImage(reference, null, 'platforms-unknown', whyUnknown)]),
    ]
  })
}

function unopenedImage(
  reference: string,
  platform: string | null,
  code: 'platform-not-examined' | 'platforms-unknown',
  why: string,
): JudgedInput {
  const what = `the image is being released, but ${why}`
  return {
    ...{ reference, platform, problem: withAdvice({ code, what, where: reference }), answers: [] },
    ...{ image: null, others: null, distribution: null, codename: null, architecture: null },
    ...{ packageCount: null, packages: null, applications: null },
  }
}

/**
 * Adds a finding to each platform of an image whose Debian release differs from that of its first platform: people who
 * pull the same name would get different systems. The finding is added to a check that has answered.
 */
export function withOneRelease<Input extends JudgedInput>(inputs: readonly Input[]): readonly Input[] {
  return inputs.map((input) => {
    const first = inputs.find((one) => one.codename !== null && one.reference === input.reference)
    const [codename, others] = [input.codename, first?.codename ?? null]
    return first === undefined || codename === null || others === null || others === codename
      ? input
      : withReleaseFinding(input, first, { codename, others })
  })
}

function withReleaseFinding<Input extends JudgedInput>(
  input: Input,
  first: JudgedInput,
  details: { readonly codename: string; readonly others: string },
): Input {
  const why = `${nameOf(input)} is ${input.distribution}, but ${nameOf(first)} is ${first.distribution}`
  const finding = obstacle('platforms-of-other-releases', why, details)
  const answered = input.answers.filter(({ answer }) => answer.state === 'answered')
  const reportingCheck =
    answered.find(({ evidence }) => evidence.check === finding.check) ??
    answered.find(({ answer }) => !('bench' in answer))
  return {
    ...input,
    answers: input.answers.map((one) =>
      one === reportingCheck && one.answer.state === 'answered'
        ? { ...one, answer: { ...one.answer, findings: [...one.answer.findings, finding] } }
        : one,
    ),
  }
}

function nameOf({ image }: JudgedInput): string {
  return image === null ? '' : platformName(image.platform)
}
