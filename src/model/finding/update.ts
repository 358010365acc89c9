import * as z from 'zod'
import { AptSourceSchema, isSafeSource } from '../packages/apt-source.js'
import { type TypeOf, text, textOrNull, texts } from '../schemas.js'
import type { CommonFinding } from './common.js'
import { type BlocksByPolicy, type Description, describing, type FindingRow, sectionIn } from './row.js'

export const UPDATE_IDS = ['security-update', 'ordinary-update'] as const
export type UpdateId = (typeof UPDATE_IDS)[number]

/**
 * Where an update comes from. `rebuilt`: the archive has another build with an equal version; nothing says what
 * differs.
 */
export const UPDATE_ORIGINS = ['security', 'point-release', 'updates', 'rebuilt'] as const
export type UpdateOrigin = (typeof UPDATE_ORIGINS)[number]

/** Why `apt-get upgrade` keeps back a pending package. */
export const HOLDERS = [
  'hold',
  'phased',
  'half-installed',
  'depends',
  'conflicts',
  'breaks',
  'recommends',
  'multi-arch',
] as const
export type Holder = (typeof HOLDERS)[number]

const RebuildSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.enum(['brings', 'leaves']), version: text }),
  z.strictObject({ what: z.literal('not-of-base') }),
])
/** Whether today's base has the update. `not-of-base`: the image's own layers added the package. */
export type Rebuild = TypeOf<typeof RebuildSchema>

export const UpdateSchema = z.strictObject({
  origin: z.enum(UPDATE_ORIGINS),
  architecture: text,
  indexes: texts.describe('Names of the indexes that contain the candidate'),
  source: text,
  sourceVersion: text,
  fixedSource: textOrNull.describe("The candidate's source package, if it is a different one"),
  fixedSourceVersion: textOrNull,
  asConfigured: textOrNull.describe(
    "The version that the image's apt would install; null if it would keep the installed one",
  ),
  aptSource: AptSourceSchema.refine(isSafeSource)
    .nullable()
    .describe(
      "What the image's apt has to read to get it, if it is from a component that its sources lack; otherwise null",
    ),
  deb: z
    .strictObject({ url: text, sha256: text })
    .nullable()
    .describe('Where the archive has the package, according to its signed index'),
  heldBack: z
    .strictObject({ by: z.enum(HOLDERS), text })
    .nullable()
    .describe('Why `apt-get upgrade` would keep it back; null if it would not, or if that is not known'),
  hasApt: z.boolean().describe('False for an image without a usable apt (distroless)'),
  rebuild: RebuildSchema.nullable().describe("null if the packages of today's base were not read"),
  exploited: texts.describe('The CVEs that it fixes and that KEV lists'),
})

/** An installed package with another version in Debian's archive; not `installable` if its file is gone. */
export interface UpdateFinding extends CommonFinding, TypeOf<typeof UpdateSchema> {
  readonly check: typeof UPDATE.check
  readonly id: UpdateId
  readonly package: string
  readonly version: string
  readonly fixedVersion: string
}

export const UPDATES_PAGE = sectionIn('docs/findings/security-updates.md')
export const SUPPORTED = 'Build on a release that Debian supports'

/** What the rows of updates, in kinds.ts, have in common. */
export const UPDATE = {
  check: 'security-updates',
  about: 'package',
  page: UPDATES_PAGE,
  describe: ({ id, package: name, fixedVersion, installable }: UpdateFinding): Description => ({
    name: 'MissingUpdate',
    title: "A package is older than the version in Debian's archive",
    help: 'Update the package, or rebuild on a current base image.',
    helpUri: null,
    subject: `${id}: ${id}`,
    todo:
      installable === false
        ? `${SUPPORTED}: the mirrors no longer have ${name} ${fixedVersion}`
        : `Update ${name} to ${fixedVersion}`,
  }),
} as const

/** A row for findings about the image's release, or about its base. */
export function releaseRow<Details extends z.ZodObject>(
  about: FindingRow<BlocksByPolicy>['about'],
  blocks: BlocksByPolicy,
  details: Details,
  todo: string | ((details: TypeOf<Details>) => string) = SUPPORTED,
) {
  return describing({
    about,
    blocks,
    page: UPDATES_PAGE,
    details,
    name: 'DebianRelease',
    help: "Build on the current stable release of Debian, with its security suite in apt's sources.",
    helpUri: null,
    todo,
  })
}
