import * as z from 'zod'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import {
  APPLICATION_KIND_IDS,
  type ApplicationRecords,
  CHECK_IDS,
  CREDENTIAL_KINDS,
  type CredentialRecords,
  type Image,
  isDate,
  NOTED_CREDENTIAL_KINDS,
  type PackageRecords,
  PROBLEM_CODES,
  PROGRAM_FORMS,
  type ProgramRecords,
} from '../../model/index.js'

const textShape = z.string()
const problemShape = z.object({
  code: z.enum(PROBLEM_CODES, 'this version of Seaworthy does not recognize the problem code'),
  what: textShape,
  where: textShape,
  todo: textShape,
  unreachable: z.array(textShape).readonly().optional(),
})
const sourceShape = z.object({
  name: textShape,
  url: textShape,
  fetchedAt: textShape.nullable(),
  date: textShape.nullable(),
  sha256: textShape.nullable(),
  rows: z.number().nullable(),
  signedBy: textShape.optional(),
  attestedBy: textShape.optional(),
  instead: textShape.optional(),
})
const evidenceShape = z.object({
  check: z.enum(CHECK_IDS),
  documents: z.array(textShape),
  sources: z.array(sourceShape),
  problem: problemShape.nullable(),
  tookMs: z.number(),
})

const otherPlatformsShape = z.object({
  notExamined: z.array(textShape),
  skipped: z.array(textShape),
  unknown: textShape.nullable(),
})

/** evidence.json: what was collected, without the documents themselves. */
export const indexShape = z.object({
  format: z.literal(1),
  today: textShape.refine(isDate, 'it is not a date (YYYY-MM-DD)'),
  /** Of the run's policy, by name. */
  inputs: z.record(textShape, textShape).optional(),
  images: z
    .array(
      z.object({
        reference: textShape,
        /** The requested platform, and the other ones. */
        platform: textShape.nullable(),
        others: otherPlatformsShape.nullable(),
        problem: problemShape.nullable(),
        opened: z.boolean(),
        evidence: z
          .array(evidenceShape)
          .refine(
            (all) => new Set(all.map(({ check }) => check)).size === all.length,
            'a check appears twice',
          ),
        /** How many are in dockerfiles.json. */
        dockerfiles: z.int().min(0),
      }),
    )
    .min(1, 'there are no images'),
})
export type Index = z.infer<typeof indexShape>

const recordsShape = z.object({
  holds: z.array(textShape),
  hides: z.array(textShape),
  sums: z.record(textShape, z.record(textShape, textShape)),
  programs: z.record(textShape, textShape.nullable()),
  changelogs: z.record(textShape, textShape),
  outdated: z.record(textShape, z.object({ files: z.number(), untouched: z.number() })),
  grown: z
    .record(
      textShape,
      z.object({
        count: z.number(),
        lines: z.array(textShape),
        again: z.record(textShape, z.number()).exactOptional(),
        changed: z.number().exactOptional(),
      }),
    )
    .exactOptional(),
  documents: z.array(textShape).exactOptional(),
}) satisfies z.ZodType<PackageRecords>

const applicationsShape = z.object({
  files: z.record(
    textShape,
    z.object({
      md5: textShape.nullable(),
      says: z.array(
        z.object({
          kind: z.enum(APPLICATION_KIND_IDS),
          name: textShape,
          version: textShape.nullable(),
          inside: textShape.nullable(),
          arch: textShape.exactOptional(),
          isFromCheckout: z.literal(true).exactOptional(),
          isLoose: z.literal(true).exactOptional(),
          sha1: textShape.exactOptional(),
        }),
      ),
    }),
  ),
  owned: z.record(textShape, z.record(textShape, textShape.nullable())),
  diverted: z.record(textShape, textShape).nullable(),
  areListsCut: z.boolean().exactOptional(),
  cut: textShape.nullable(),
  cutAt: textShape.exactOptional(),
  hasPrograms: z.literal(true).exactOptional(),
}) satisfies z.ZodType<ApplicationRecords>

const credentialsShape = z.object({
  files: z.record(
    textShape,
    z.array(
      z.object({
        found: z.array(
          z.object({
            kind: z.enum([...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS]),
            what: textShape,
            fingerprint: textShape.nullable(),
            line: z.int().nullable(),
          }),
        ),
        isOfPackage: z.boolean(),
        isReplaced: z.boolean(),
      }),
    ),
  ),
  accounts: z.record(
    textShape,
    z.array(
      z.object({
        name: textShape,
        uid: z.int().nullable(),
        password: z.enum(['empty', 'hashed', 'locked', 'shadow']),
      }),
    ),
  ),
  unread: z.object({ files: z.int(), bytes: z.int() }),
  cut: textShape.nullable(),
}) satisfies z.ZodType<CredentialRecords>

const programsShape = z.object({
  groups: z.array(
    z.object({
      form: z.enum(PROGRAM_FORMS),
      isExecutable: z.boolean(),
      listings: z.array(
        z.object({
          list: textShape,
          content: z.enum(['same', 'unsummed', 'replaced', 'other']),
          since: z.number(),
        }),
      ),
      record: textShape.nullable(),
      paths: z.array(textShape),
    }),
  ),
  sha256: z.record(textShape, textShape),
  cut: textShape.nullable(),
}) satisfies z.ZodType<ProgramRecords>

/** image.json: the image as it was read. */
export const imageShape = z.object({
  reference: textShape,
  digest: textShape,
  platform: z.object({ os: textShape, architecture: textShape, variant: textShape.nullable() }),
  config: z.record(textShape, z.unknown()),
  history: z.array(
    z.object({
      createdBy: textShape.nullable(),
      comment: textShape.nullable(),
      created: textShape.nullable(),
      emptyLayer: z.boolean(),
    }),
  ),
  layers: z.array(
    z.object({
      diffId: textShape,
      size: z.number(),
      files: z.record(textShape, textShape),
      unreadable: z.record(textShape, textShape),
      removed: z.array(textShape),
      opaque: z.array(textShape),
      setuid: z.array(
        z.object({
          path: textShape,
          mode: z.number(),
          uid: z.number(),
          gid: z.number(),
          capabilities: z.array(textShape).optional(),
        }),
      ),
      records: recordsShape.optional(),
      applications: applicationsShape.optional(),
      toc: z
        .object({
          format: z.enum(['eStargz', 'zstd:chunked']),
          digest: textShape,
          packed: textShape,
          position: textShape,
        })
        .optional(),
      programs: programsShape.optional(),
      credentials: credentialsShape.optional(),
    }),
  ),
}) satisfies z.ZodType<Image>

/** dockerfiles.json: Dockerfiles that were considered for the image. */
export const dockerfilesShape = z.array(
  z.object({
    file: textShape,
    text: textShape.nullable(),
    named: z.boolean(),
    problem: textShape.nullable(),
    note: textShape.optional(),
  }),
) satisfies z.ZodType<DockerfileDocument[]>
