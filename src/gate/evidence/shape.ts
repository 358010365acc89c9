import * as z from 'zod'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import { PROGRAM_FORMS } from '../../model/account.js'
import { APPLICATION_KIND_IDS, type ApplicationRecords } from '../../model/application.js'
import { CHECK_IDS } from '../../model/checks.js'
import { CREDENTIAL_KINDS, type CredentialRecords, NOTED_CREDENTIAL_KINDS } from '../../model/credential.js'
import { isDate } from '../../model/dates.js'
import type { Image, PackageRecords } from '../../model/image.js'
import { PROBLEM_CODES } from '../../model/problem-codes.js'
import type { ProgramRecords } from '../../model/programs.js'

const text = z.string()
const problem = z.object({
  code: z.enum(PROBLEM_CODES, 'this version of Seaworthy does not recognize the problem code'),
  what: text,
  where: text,
  todo: text,
  unreachable: z.array(text).readonly().optional(),
})
const source = z.object({
  name: text,
  url: text,
  fetchedAt: text.nullable(),
  date: text.nullable(),
  sha256: text.nullable(),
  rows: z.number().nullable(),
  signedBy: text.optional(),
  attestedBy: text.optional(),
  instead: text.optional(),
})
const evidence = z.object({
  check: z.enum(CHECK_IDS),
  documents: z.array(text),
  sources: z.array(source),
  problem: problem.nullable(),
  tookMs: z.number(),
})

const otherPlatformsSchema = z.object({
  notExamined: z.array(text),
  skipped: z.array(text),
  unknown: text.nullable(),
})

/** evidence.json: what was collected, without the documents themselves. */
export const indexShape = z.object({
  format: z.literal(1),
  today: text.refine(isDate, 'it is not a date (YYYY-MM-DD)'),
  /** Of the run's policy, by name. */
  inputs: z.record(text, text).optional(),
  images: z
    .array(
      z.object({
        reference: text,
        /** The requested platform, and the other ones. */
        platform: text.nullable(),
        others: otherPlatformsSchema.nullable(),
        problem: problem.nullable(),
        opened: z.boolean(),
        evidence: z
          .array(evidence)
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

const records = z.object({
  holds: z.array(text),
  hides: z.array(text),
  sums: z.record(text, z.record(text, text)),
  programs: z.record(text, text.nullable()),
  changelogs: z.record(text, text),
  outdated: z.record(text, z.object({ files: z.number(), untouched: z.number() })),
  grown: z
    .record(
      text,
      z.object({
        count: z.number(),
        lines: z.array(text),
        again: z.record(text, z.number()).exactOptional(),
        changed: z.number().exactOptional(),
      }),
    )
    .exactOptional(),
  documents: z.array(text).exactOptional(),
}) satisfies z.ZodType<PackageRecords>

const applications = z.object({
  files: z.record(
    text,
    z.object({
      md5: text.nullable(),
      says: z.array(
        z.object({
          kind: z.enum(APPLICATION_KIND_IDS),
          name: text,
          version: text.nullable(),
          inside: text.nullable(),
          arch: text.exactOptional(),
          isFromCheckout: z.literal(true).exactOptional(),
          isLoose: z.literal(true).exactOptional(),
          sha1: text.exactOptional(),
        }),
      ),
    }),
  ),
  owned: z.record(text, z.record(text, text.nullable())),
  diverted: z.record(text, text).nullable(),
  areListsCut: z.boolean().exactOptional(),
  cut: text.nullable(),
  cutAt: text.exactOptional(),
  hasPrograms: z.literal(true).exactOptional(),
}) satisfies z.ZodType<ApplicationRecords>

const credentials = z.object({
  files: z.record(
    text,
    z.array(
      z.object({
        found: z.array(
          z.object({
            kind: z.enum([...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS]),
            what: text,
            fingerprint: text.nullable(),
            line: z.int().nullable(),
          }),
        ),
        isOfPackage: z.boolean(),
        isReplaced: z.boolean(),
      }),
    ),
  ),
  accounts: z.record(
    text,
    z.array(
      z.object({
        name: text,
        uid: z.int().nullable(),
        password: z.enum(['empty', 'hashed', 'locked', 'shadow']),
      }),
    ),
  ),
  unread: z.object({ files: z.int(), bytes: z.int() }),
  cut: text.nullable(),
}) satisfies z.ZodType<CredentialRecords>

const programs = z.object({
  groups: z.array(
    z.object({
      form: z.enum(PROGRAM_FORMS),
      isExecutable: z.boolean(),
      listings: z.array(
        z.object({
          list: text,
          content: z.enum(['same', 'unsummed', 'replaced', 'other']),
          since: z.number(),
        }),
      ),
      record: text.nullable(),
      paths: z.array(text),
    }),
  ),
  sha256: z.record(text, text),
  cut: text.nullable(),
}) satisfies z.ZodType<ProgramRecords>

/** image.json: the image as it was read. */
export const imageShape = z.object({
  reference: text,
  digest: text,
  platform: z.object({ os: text, architecture: text, variant: text.nullable() }),
  config: z.record(text, z.unknown()),
  history: z.array(
    z.object({
      createdBy: text.nullable(),
      comment: text.nullable(),
      created: text.nullable(),
      emptyLayer: z.boolean(),
    }),
  ),
  layers: z.array(
    z.object({
      diffId: text,
      size: z.number(),
      files: z.record(text, text),
      unreadable: z.record(text, text),
      removed: z.array(text),
      opaque: z.array(text),
      setuid: z.array(
        z.object({
          path: text,
          mode: z.number(),
          uid: z.number(),
          gid: z.number(),
          capabilities: z.array(text).optional(),
        }),
      ),
      records: records.optional(),
      applications: applications.optional(),
      toc: z
        .object({ format: z.enum(['eStargz', 'zstd:chunked']), digest: text, packed: text, position: text })
        .optional(),
      programs: programs.optional(),
      credentials: credentials.optional(),
    }),
  ),
}) satisfies z.ZodType<Image>

/** dockerfiles.json: Dockerfiles that were considered for the image. */
export const dockerfilesShape = z.array(
  z.object({
    file: text,
    text: text.nullable(),
    named: z.boolean(),
    problem: text.nullable(),
    note: text.optional(),
  }),
) satisfies z.ZodType<DockerfileDocument[]>
