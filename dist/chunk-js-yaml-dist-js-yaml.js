import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  of_pipeline
} from "./chunk-of-node-stream-promises.js";
import {
  RELEASE_KINDS,
  createOnce,
  escapeMarkdown,
  escapeTerminal,
  escapeWorkflowData,
  escapeWorkflowProperty,
  familiarName,
  githubProblem,
  isSameAtHead,
  parseReference,
  readPages,
  referenceTitle,
  statusOf,
  untagged,
  visible
} from "./chunk-io-github-client.js";
import {
  of_createHash,
  of_hash,
  of_isAbsolute,
  of_posix,
  of_relative
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_createReadStream
} from "./chunk-of-node-fs.js";
import {
  isRecord
} from "./chunk-model-json.js";
import {
  PlaceSchema,
  ProblemSchema,
  SeaworthyError,
  ZodArray,
  ZodObject,
  ZodOptional,
  ZodRecord,
  _enum,
  array,
  boolean,
  capitalised,
  compareNumbers,
  compareText,
  count,
  day,
  defaultAdvice,
  discriminatedUnion,
  firstOf,
  groupsBy,
  int,
  listText,
  literal,
  networkProblem,
  number,
  object,
  oneLine,
  percentDecoded,
  plural,
  readOrNull,
  record,
  sorted,
  strictObject,
  string,
  text,
  textOrNull,
  texts,
  union,
  unknown,
  withoutEnd
} from "./chunk-zod-v4-core-schemas.js";

var PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/, OtherPlatformsSchema = strictObject({
  notExamined: texts.describe("Linux platforms that were not examined"),
  skipped: texts.describe(
    "Attestations, images for other operating systems, and listed images that are missing"
  ),
  unknown: textOrNull.describe("Why it is not known whether the image has other platforms")
}), MAX_PLATFORMS = 40, LENGTH = 60, UNSAID = "no platform";
function platformNameOf(platform) {
  if (platform === null)
    return UNSAID;
  let { architecture, variant } = platform;
  return [platform.os.toLowerCase() || "linux", architecture, ...variant ? [variant] : []].join("/").slice(0, LENGTH);
}
function parsePlatform(text2) {
  if (!PLATFORM.test(text2))
    return null;
  let [os = "", architecture = "", variant = null] = text2.split("/");
  return { os, architecture, variant };
}
function isPlatform(text2, wanted) {
  let [has, needs] = [parsePlatform(text2), parsePlatform(wanted)];
  if (has === null || needs === null || has.os !== needs.os || has.architecture !== needs.architecture)
    return !1;
  let variant = ({ architecture, variant: variant2 }) => variant2 ?? (architecture === "arm64" ? "v8" : null);
  return needs.variant === null || variant(has) === variant(needs);
}
var ARCHITECTURES =   new Map([
  ["i386", ["386", ""]],
  ["x86_64", ["amd64"]],
  ["x86-64", ["amd64"]],
  ["aarch64", ["arm64"]],
  ["armhf", ["arm", "v7"]],
  ["armel", ["arm", "v6"]]
]), DEFAULT_VARIANTS = { amd64: "v1", arm64: "v8", arm: "v7" };
function isSamePlatform(one, other2) {
  return normalized(one) === normalized(other2);
}
function normalized(platform) {
  let [os = "", name2 = "", named = ""] = platform.toLowerCase().split("/"), [architecture, variant = named] = ARCHITECTURES.get(name2) ?? [name2], shown3 = /^\d+$/.test(variant) ? `v${variant}` : variant;
  return [os, architecture, shown3 || (DEFAULT_VARIANTS[architecture] ?? "")].join("/");
}
function isRunnable(platform, isOther) {
  return !(platform?.os === "unknown" && platform.architecture === "unknown") && !(platform === null && isOther);
}
var OTHER_SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "dragonfly",
  "freebsd",
  "illumos",
  "ios",
  "js",
  "netbsd",
  "openbsd",
  "plan9",
  "solaris",
  "wasip1",
  "windows"
];
function mayBeDebian({ platform, isImage }) {
  return isImage && !OTHER_SYSTEMS.includes(platform.split("/")[0] ?? "");
}
function othersOf(named, examined) {
  let unexamined2 = named.filter(({ digest }) => !examined.has(digest)), missing = unexamined2.filter((one) => mayBeDebian(one) && !one.isWhole), attestations = unexamined2.filter(({ isImage }) => !isImage).length, textOf3 = (one) => named.filter(({ platform }) => platform === one.platform).length > 1 || one.platform === UNSAID ? `${one.platform} (${one.digest.slice(0, 19)})` : one.platform;
  return {
    notExamined: unexamined2.filter((one) => mayBeDebian(one) && one.isWhole).map(textOf3),
    skipped: [
      ...unexamined2.filter((one) => one.isImage && !mayBeDebian(one)).map(textOf3),
      ...missing.map((one) => `${textOf3(one)} (requested but missing)`),
      ...attestations === 0 ? [] : [attestations === 1 ? "1 attestation" : `${attestations} attestations`]
    ],
    unknown: null
  };
}
function choiceText(choice) {
  return choice === null ? null : choice === "all" ? "all platforms" : choice.join(", ");
}

var CREDENTIAL_KINDS = [
  "private-key",
  "ssh-host-key",
  "keystore",
  "cloud-credential",
  "token",
  "password"
], NOTED_CREDENTIAL_KINDS = [
  "encrypted-key",
  "snakeoil-key",
  "shell-history",
  "git-folder"
], ACCOUNT_KINDS = ["empty-password", "second-root", "password-hash"], CredentialSchema = object({
  kind: _enum([...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS]),
  what: text,
  fingerprint: textOrNull,
  line: int().nullable()
}), CredentialFileSchema = object({
  found: array(CredentialSchema),
  isOfPackage: boolean(),
  isReplaced: boolean()
}), AccountSchema = object({
  name: text,
  uid: int().nullable(),
  password: _enum(["empty", "hashed", "locked", "shadow"])
}), UnreadSchema = object({ files: int(), bytes: int() }), CredentialRecordsSchema = object({
  files: record(text, array(CredentialFileSchema)),
  accounts: record(text, array(AccountSchema)),
  unread: UnreadSchema,
  cut: textOrNull
});

var CLAIR_SIDES = ["debian", "judged", "not-examined", "refuted", "unexplained"], ListedByClairSchema = strictObject({
  name: text,
  version: text,
  path: text,
  side: _enum(CLAIR_SIDES).exclude(["debian", "judged"]),
  reason: text
}), MAX_LISTED = 1e3, ClairAccountSchema = strictObject({
  packages: count.describe("Sum of `sides`; the canaries are not counted"),
  sides: strictObject({
    debian: count.describe("In a dpkg database: the security tracker covers it"),
    judged: count.describe("Compared with advisories"),
    "not-examined": count.describe("A finding says that it was not examined"),
    refuted: count.describe("Not a package of the application, for a reason that the image shows"),
    unexplained: count.describe("None of these")
  }),
  listed: array(ListedByClairSchema).describe(`The packages that were not judged, at most ${MAX_LISTED}`)
}), APPLICATION_KINDS = {
  npm: { group: "package", one: "npm", many: "npm" },
  pypi: { group: "package", one: "PyPI", many: "PyPI" },
  maven: { group: "package", one: "Maven", many: "Maven" },
  gem: { group: "package", one: "RubyGems", many: "RubyGems" },
  golang: { group: "package", one: "Go", many: "Go" },
  composer: { group: "package", one: "Composer", many: "Composer" },
  cargo: { group: "package", one: "Cargo", many: "Cargo" },
  nodejs: { group: "runtime", one: "Node.js", many: "Node.js" },
  cpython: { group: "runtime", one: "CPython", many: "CPython" },
  ruby: { group: "runtime", one: "Ruby", many: "Ruby" },
  php: { group: "runtime", one: "PHP", many: "PHP" },
  jdk: { group: "runtime", one: "JDK", many: "JDK" },
  bitnami: { group: "judged program", one: "program", many: "programs" },
  program: { group: "program", one: "program", many: "programs" },
  jar: {
    group: "other",
    one: "code archive without a package name",
    many: "code archives without a package name"
  },
  rust: { group: "other", one: "Rust program", many: "Rust programs" },
  dotnet: { group: "other", one: ".NET program", many: ".NET programs" },
  conda: { group: "other", one: "conda package", many: "conda packages" },
  hex: { group: "other", one: "Erlang or Elixir application", many: "Erlang or Elixir applications" },
  cran: { group: "other", one: "R package", many: "R packages" },
  phar: { group: "other", one: "PHP archive (phar)", many: "PHP archives (phar)" },
  "jar-without-group": { group: "other", one: "jar without a group", many: "jars without a group" },
  undecided: {
    group: "other",
    one: "package with a version that can't be compared",
    many: "packages with versions that can't be compared"
  },
  unreadable: { group: "other", one: "unreadable file", many: "unreadable files" },
  cut: { group: "other", one: "layer read only in part", many: "layers read only in part" },
  "unknown-owner": { group: "other", one: "package of unknown owner", many: "packages of unknown owner" },
  "clair-only": {
    group: "other",
    one: "package that only Clair lists",
    many: "packages that only Clair lists"
  },
  "not-installed": {
    group: "other",
    one: "package file that is not installed",
    many: "package files that are not installed"
  },
  inventory: {
    group: "other",
    one: "application packages (not in this evidence)",
    many: "application packages (not in this evidence)"
  }
}, UNREAD_KINDS = ["unreadable", "cut", "unknown-owner"];
function isUnread(kind) {
  return UNREAD_KINDS.some((one) => one === kind);
}
var APPLICATION_KIND_IDS = Object.keys(APPLICATION_KINDS), PURL_TYPES = APPLICATION_KIND_IDS.filter(isPurlType);
function isPurlType(kind) {
  let { group } = APPLICATION_KINDS[kind];
  return group === "package" || group === "judged program";
}
var ApplicationStatementSchema = object({
  kind: _enum(APPLICATION_KIND_IDS),
  name: text,
  version: textOrNull,
  inside: textOrNull,
  arch: text.exactOptional(),
  isFromCheckout: literal(!0).exactOptional(),
  isLoose: literal(!0).exactOptional(),
  sha1: text.exactOptional()
}), ApplicationFileSchema = object({
  md5: textOrNull,
  says: array(ApplicationStatementSchema)
}), ApplicationRecordsSchema = object({
  files: record(text, ApplicationFileSchema),
  owned: record(text, record(text, textOrNull)),
  diverted: record(text, text).nullable(),
  areListsCut: boolean().exactOptional(),
  cut: textOrNull,
  cutAt: text.exactOptional(),
  hasPrograms: literal(!0).exactOptional()
}), KindCountSchema = strictObject({
  kind: _enum(APPLICATION_KIND_IDS),
  count,
  versions: texts.describe("Installed versions, for runtimes only")
});
function kindText(counts) {
  let textOf3 = (group, text2) => counts.flatMap((one) => {
    let row = APPLICATION_KINDS[one.kind];
    return row.group === group ? [text2(one, row)] : [];
  }), packages2 = textOf3("package", ({ count: count2 }, { one }) => `${count2} ${one}`), isOne = packages2.length === 1 && counts.some(({ kind, count: count2 }) => APPLICATION_KINDS[kind].group === "package" && count2 === 1), runtimes = textOf3(
    "runtime",
    ({ versions: versions3 }, { one }) => versions3.map((version) => `${one} ${version}`).join(", ")
  ), programs = ["judged program", "program"].flatMap(
    (group) => textOf3(group, ({ versions: versions3 }) => versions3.join(", "))
  ), others = textOf3(
    "other",
    ({ kind, count: count2 }, { one, many }) => kind === "inventory" ? one : `${count2} ${count2 === 1 ? one : many}`
  );
  return [...packages2.length === 0 ? [] : [`${packages2.join(", ")} ${isOne ? "package" : "packages"}`], ...runtimes, ...programs, ...others].join(", ");
}

var VULNERABILITY_ID = /^(?:CVE-\d{4}-\d{4,}|TEMP-\d{7}-[0-9A-F]{6}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:GO|MAL|PYSEC)-\d{4}-\d+)$/, UNOWNED_ID = "unowned-program", PROGRAM_END_ID = "program-end-of-life", UNEXAMINED_ID = new RegExp(
  `^(?:not-examined-(?:${APPLICATION_KIND_IDS.join("|")})|${UNOWNED_ID}|${PROGRAM_END_ID})$`
), FORMER_IDS =   new Map([
  ["not-examined-nodejs", "node"],
  ["not-examined-cpython", "python"],
  ["not-examined-ruby", "ruby"],
  ["not-examined-php", "php"],
  ["not-examined-jdk", "openjdk"]
]);
function isUnexamined(check, id3) {
  return UNEXAMINED_ID.test(id3) && CHECKS[check].entries.id.test(id3);
}
function formerProgram(check, id3) {
  return isUnexamined(check, id3) ? FORMER_IDS.get(id3) ?? null : null;
}
function isAboutProgram(check, id3) {
  return isUnexamined(check, id3) && (id3 === PROGRAM_END_ID || id3 === "not-examined-program");
}
var BY_ID_ALONE = ["package-database-doubtful"];
function isAcceptedByIdAlone(check, id3) {
  return BY_ID_ALONE.includes(id3) && CHECKS[check].entries.id.test(id3);
}
var BY_PATH_IDS = [
  ...UNREAD_KINDS.map((kind) => `not-examined-${kind}`),
  UNOWNED_ID
];
function isAcceptedByPath(check, id3) {
  return hasFingerprint(check) || isUnexamined(check, id3) && BY_PATH_IDS.includes(id3);
}
function hasFingerprint(check) {
  return CHECKS[check].byFingerprint;
}
function hasContent(id3) {
  return id3 === UNOWNED_ID;
}
var CREDENTIAL_IDS = [...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS, ...ACCOUNT_KINDS], UNRATED = { rated: !1, mostDays: null, soonDays: 14 }, CHECKS = {
  "security-updates": {
    question: "Are all security updates installed?",
    counts: "updates",
    runs: "by-default",
    acceptable: !0,
    byFingerprint: !1,
    evidence: ["base-image"],
    entries: {
      id: /^(?:no-security-support|other-release|support-ended|package-database-doubtful)$/,
      idError: 'is not one of no-security-support, other-release, support-ended and package-database-doubtful; to accept an update, specify its package and omit the "id" key',
      idOptional: !0,
      hasPackage: !0,
      rated: !1,
      mostDays: 30,
      soonDays: 7
    }
  },
  clair: {
    question: "Are there known vulnerabilities to fix?",
    counts: "vulnerabilities",
    runs: "by-default",
    acceptable: !0,
    byFingerprint: !1,
    evidence: ["vulnerability-scan"],
    entries: {
      id: new RegExp(`${VULNERABILITY_ID.source}|${UNEXAMINED_ID.source}`),
      idError: "is not a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, a not-examined-… id, unowned-program or program-end-of-life (see docs/application-packages.md)",
      idOptional: !1,
      hasPackage: !0,
      rated: !0,
      mostDays: null,
      soonDays: 14
    }
  },
  "docker-bench": {
    question: "Is it configured as expected?",
    counts: "results",
    runs: "by-default",
    acceptable: !0,
    byFingerprint: !1,
    evidence: [],
    entries: {
      id: /^\d+(?:\.\d+)*$/,
      idError: "is not the id of a Docker Bench check, such as 4.1",
      idOptional: !1,
      hasPackage: !1,
      ...UNRATED
    }
  },
  credentials: {
    question: "Are there secrets in the image?",
    counts: "secrets",
    runs: "always",
    acceptable: !0,
    byFingerprint: !0,
    evidence: [],
    entries: {
      id: new RegExp(`^(?:${CREDENTIAL_IDS.join("|")})$`),
      idError: `is none of ${CREDENTIAL_IDS.join(", ")} (see docs/findings/credentials.md)`,
      idOptional: !1,
      hasPackage: !1,
      ...UNRATED
    }
  },
  "regression-test": {
    question: "Does the application still work?",
    counts: "outcome",
    runs: "where-given",
    acceptable: !1,
    byFingerprint: !1,
    evidence: [],
    entries: {
      id: /^(?!)/,
      idError: "cannot be accepted, because no entry can accept a failing regression test",
      idOptional: !1,
      hasPackage: !0,
      ...UNRATED
    }
  }
}, CHECK_IDS = Object.keys(CHECKS), DEFAULT_CHECK_IDS = CHECK_IDS.filter((check) => CHECKS[check].runs === "by-default");
function runsIfRequested(check) {
  return CHECK_IDS.includes(check) && CHECKS[check].runs === "where-given";
}
function runsAlways(check) {
  return CHECK_IDS.includes(check) && CHECKS[check].runs === "always";
}
var CHOSEN_CHECK_IDS = CHECK_IDS.filter((check) => !runsAlways(check));

function cached(of3) {
  let results =   new WeakMap();
  return (value) => {
    let { result } = results.get(value) ?? { result: of3(value) };
    return results.set(value, { result }), result;
  };
}

var PROGRAM_FORMS = ["elf", "archive", "assembly", "script"], ACCOUNT_SIDES = ["judged", "not-examined", "copied", "unowned"], AccountedProgramSchema = strictObject({
  path: text,
  form: _enum(PROGRAM_FORMS),
  side: _enum(ACCOUNT_SIDES).exclude(["judged"]),
  reason: text,
  layer: text.describe("diff_id of the layer that the file comes from"),
  sha256: textOrNull.describe("SHA-256 of the content; null if it was not computed")
}), ImageAccountSchema = strictObject({
  programs: count.describe(
    "ELF files, archives of code, .NET assemblies, and scripts that are executable or that the image starts; source code that an interpreter reads is not counted"
  ),
  sides: strictObject({ judged: count, "not-examined": count, copied: count, unowned: count }).describe("Each program is on exactly one side, so the sum is `programs`"),
  judged: strictObject({ debian: count, parts: count, packages: count }).describe(
    "Files of Debian packages, parts of application packages, and programs that are packages themselves"
  ),
  listed: array(AccountedProgramSchema).describe("All programs that are not judged, by path")
}).describe("Whose the image's programs are; null if the evidence does not say"), NOT_HASHED = "unknown";

var ProgramListingSchema = object({
  list: text,
  content: _enum(["same", "unsummed", "replaced", "other"]),
  since: number()
});
function isOwnFileOfPackage({ content }) {
  return content === "same" || content === "unsummed";
}
var ProgramGroupSchema = object({
  form: _enum(PROGRAM_FORMS),
  isExecutable: boolean(),
  listings: array(ProgramListingSchema),
  record: textOrNull,
  paths: texts
}), ProgramRecordsSchema = object({
  groups: array(ProgramGroupSchema),
  sha256: record(text, text),
  cut: textOrNull
}), programsIn = cached(({ groups, sha256: sha2563 }) => new Map(
  groups.flatMap(
    ({ paths, ...common }) => paths.map((path) => [
      path,
      { ...common, sha256: Object.hasOwn(sha2563, path) ? sha2563[path] ?? null : null }
    ])
  )
));
function programRecords(programs, cut) {
  let groups =   new Map(), hashes = [];
  for (let [path, { sha256: sha2563, ...common }] of programs) {
    let { form, isExecutable, listings, record: record2 } = common, key = JSON.stringify([form, isExecutable, record2, ...listings.map(Object.values)]), group = groups.get(key) ?? { ...common, paths: [] };
    group.paths.push(path), groups.set(key, group), sha2563 !== null && hashes.push([path, sha2563]);
  }
  return { groups: [...groups.values()], sha256: Object.fromEntries(hashes), cut };
}

var PlatformSchema = object({ os: text, architecture: text, variant: textOrNull }), HistoryLineSchema = object({
  createdBy: textOrNull,
  comment: textOrNull,
  created: textOrNull,
  emptyLayer: boolean()
}), SetuidFileSchema = object({
  path: text,
  mode: number(),
  uid: number(),
  gid: number(),
  capabilities: texts.optional()
}), AddedLinesSchema = object({
  count: number(),
  lines: texts,
  again: record(text, number()).exactOptional(),
  changed: number().exactOptional()
}), PackageRecordsSchema = object({
  holds: texts,
  hides: texts,
  sums: record(text, record(text, text)),
  programs: record(text, textOrNull),
  changelogs: record(text, text),
  outdated: record(text, object({ files: number(), untouched: number() })),
  grown: record(text, AddedLinesSchema).exactOptional(),
  documents: texts.exactOptional()
}), LayerTocSchema = object({
  format: _enum(["eStargz", "zstd:chunked"]),
  digest: text,
  packed: text,
  position: text
}), LayerFactsSchema = object({
  diffId: text,
  size: number(),
  files: record(text, text),
  unreadable: record(text, text),
  removed: texts,
  opaque: texts,
  setuid: array(SetuidFileSchema),
  records: PackageRecordsSchema.optional(),
  applications: ApplicationRecordsSchema.optional(),
  toc: LayerTocSchema.optional(),
  programs: ProgramRecordsSchema.optional(),
  credentials: CredentialRecordsSchema.optional()
}), ImageSchema = object({
  reference: text,
  nameInArchive: text.exactOptional(),
  digest: text,
  platform: PlatformSchema,
  config: record(text, unknown()),
  history: array(HistoryLineSchema),
  layers: array(LayerFactsSchema)
});
function platformName({ os, architecture, variant }) {
  return [os, architecture, variant].filter((part2) => part2 !== null).join("/");
}

var RATED_SEVERITIES = ["negligible", "low", "medium", "high", "critical"], SEVERITIES = ["unknown", ...RATED_SEVERITIES];
function compareSeverity(a, b) {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
function isAtLeast(severity3, threshold2) {
  return severity3 !== "unknown" && compareSeverity(severity3, threshold2) >= 0;
}
function severityOfScore(score) {
  return score >= 4 ? score >= 9 ? "critical" : score >= 7 ? "high" : "medium" : score > 0 ? "low" : "negligible";
}
function severityOfUrgency(urgency) {
  let label = withoutEnd(urgency, "*").trim(), same = ["low", "medium", "high"].find((one) => one === label);
  return label === "unimportant" ? "negligible" : same ?? "unknown";
}

var RULINGS = ["act", "due", "accepted", "deferred", "unfixed", "noted"], VERDICTS = ["pass", "fail", "incomplete"], WORST_FIRST = ["fail", "incomplete", "pass"];
function worst(statuses) {
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? "pass";
}
function compareVerdicts(a, b) {
  return WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict);
}
var GoneFindingSchema = strictObject({
  check: _enum(CHECK_IDS),
  id: text,
  package: textOrNull,
  severity: _enum(SEVERITIES),
  ruling: _enum(RULINGS)
}), NOTICE_KINDS = [
  "default",
  "expired",
  "expiring",
  "unused",
  "duplicate",
  "shadowed",
  "broad",
  "not-applied",
  "no-baseline",
  "audit",
  "newer",
  "laxer",
  "proposed",
  "ends-audit",
  "unbound",
  "run-differs",
  "base"
], PolicyNoticeSchema = strictObject({
  kind: _enum(NOTICE_KINDS),
  place: PlaceSchema.nullable(),
  text
}), MODES = ["enforce", "audit"], EXIT_CODES = { pass: 0, fail: 1, incomplete: 2 };
function exitCode({ verdict, mode }) {
  return mode === "audit" ? 0 : EXIT_CODES[verdict];
}
function withSiblings(images) {
  let name2 = ({ platform }) => platform && platformName(platform);
  return images.map((image) => ({
    ...image,
    isOneOfSeveral: images.some((one) => one.reference === image.reference && name2(one) !== name2(image))
  }));
}

var RunServiceSchema = strictObject({
  name: text,
  indent: count.describe("How many blanks precede the service's keys"),
  lines: record(string(), count).describe(
    "Line of each key that section 5 is about, by its path below the service: privileged, deploy.resources.limits; security_opt.seccomp is an item of that list"
  )
}).meta({ id: "RunService" }), KEYS = new Set(
  "cap_add cap_drop cgroup cgroup_parent cpu_quota cpu_shares cpus deploy deploy.resources.limits deploy.resources.limits.cpus deploy.resources.limits.memory deploy.resources.limits.pids deploy.resources.reservations.devices device_cgroup_rules devices gpus ipc mem_limit network_mode pid pids_limit ports privileged read_only restart security_opt security_opt.apparmor security_opt.label security_opt.no-new-privileges security_opt.seccomp tmpfs ulimits user userns_mode uts volumes".split(" ")
);
function isRunKey(path) {
  return KEYS.has(path);
}

var DebianNoteSchema = strictObject({
  kind: _enum(["no-dsa", "postponed", "ignored", "unimportant", "end-of-life"]),
  words: text.describe("Debian's own words; empty if the tracker has none")
}), BinarySchema = strictObject({ name: text, version: text, architecture: text });
function binaryKey({ name: name2, version, architecture }) {
  return `${name2}:${architecture}=${version}`;
}
var BARE = {
  cves: [],
  package: null,
  version: null,
  fixedVersion: null,
  fixDay: null,
  installable: null,
  severity: "unknown",
  severitySource: null,
  binaries: [],
  layer: null,
  links: [],
  debian: null,
  kev: null,
  cvss: null,
  epss: null,
  agreement: null
};

var BENCH_STATUSES = ["PASS", "NOTE", "INFO", "WARN"], BENCH_STATES = ["evaluated", "not-evaluated", "not-applicable"], EngineResultSchema = strictObject({
  word: _enum(BENCH_STATUSES).nullable().describe("null: not examined, or not applicable"),
  items: texts
}).meta({ id: "EngineResult" }), BENCH_RULES = ["docker-bench", "built-in"], KEEP_RUNNING_ADVICE = "add what the image lacks to its run options (run-options or compose-file in gate.yml); or, if it ends by design or needs a service that is not there, set start: false in gate.yml";
function endedText({ why: why3, lastLine }) {
  let last = lastLine === null ? "" : `; its last line: ${lastLine.replace(/\.+$/, "")}`;
  return `the image did not keep running: ${why3}${last}`;
}
var COUNTED_BY = ["agreed", "known-wrong", "stricter", "only"], CountsSchema = discriminatedUnion("by", [
  strictObject({
    by: _enum(COUNTED_BY).exclude(["known-wrong"]),
    whose: _enum(BENCH_RULES)
  }),
  strictObject({
    by: literal("known-wrong"),
    whose: literal("built-in"),
    reason: text.describe("How Docker Bench's result is known to be wrong"),
    page: text.describe("Page with details")
  })
]), HistoryPlaceSchema = strictObject({
  line: count.describe("Index in the image's history, oldest first, from 0"),
  instruction: text.describe("The Dockerfile instruction's keyword, such as RUN")
}), ComparedSchema = strictObject({
  state: _enum(BENCH_STATES),
  why: text.describe("One sentence: what was seen, or why nothing was"),
  builtin: EngineResultSchema.nullable().describe("Result of the built-in rules; null if they did not run"),
  dbs: EngineResultSchema.nullable().describe("Docker Bench's own result; null if it has no usable result"),
  whyNoDbs: textOrNull.describe("Why Docker Bench, which was asked, has no usable result; otherwise null"),
  counts: CountsSchema.nullable().describe("null if neither has a result that could count"),
  dbsTitle: textOrNull.describe("Docker Bench's own title of the check; null if it was not asked"),
  evidence: texts.describe(
    "Names of the tests whose findings are the items, for ids that Docker Bench itself does not check"
  ),
  host: texts.describe("What the host's kernel offers: apparmor, selinux, seccomp")
}), NO_RESULT = {
  builtin: null,
  dbs: null,
  counts: null,
  whyNoDbs: null,
  dbsTitle: null,
  evidence: [],
  host: []
}, OUTCOMES = [
  "match",
  "worse",
  "better",
  "missing",
  "new",
  "vacuous",
  "not-applicable",
  "not-evaluated"
], AcceptedSchema = strictObject({ place: PlaceSchema, owner: text, reason: text, expires: day }), DictionaryResultSchema = strictObject({
  outcome: _enum(OUTCOMES),
  expected: text.describe("What was expected, in words; empty if nothing was"),
  reported: EngineResultSchema.nullable().describe("What was compared: the result that counts"),
  unexpected: texts.describe("Items that the entry does not allow, although the result is the expected one"),
  accepted: AcceptedSchema.nullable().describe(
    "Who is responsible for it, if it is as expected but worse than it should be"
  )
}), BenchSchema = strictObject({
  ...ComparedSchema.shape,
  ours: strictObject({ title: text, advice: text }).nullable().describe("How it should be, and what to do, in our words; null if there is no such result"),
  subject: textOrNull.describe(
    "Name of the image or container that was judged; null if there was none, or several"
  ),
  improvement: textOrNull.describe(
    "Why the built-in rules' result differs from Docker Bench's, in words; null if there are not two that differ"
  ),
  places: array(HistoryPlaceSchema).describe("Lines of the history that cause it, as far as they are known"),
  optionsAt: PlaceSchema.optional().describe(
    "For a check of the run options: the line that sets these, if it is known"
  ),
  service: RunServiceSchema.optional().describe(
    "For a bad result about run options that a compose file sets: the service of that file"
  ),
  bindings: texts.optional().describe(
    "For 5.14: the ports published on all addresses, each as it would be bound to a local one. For 5.9: the binding that the built-in dictionary expects, if one port is published"
  ),
  uid: count.optional().describe("For 4.1: the uid to put into USER, if the image has such an unprivileged user already"),
  userOfOptions: literal(!0).optional().describe("For 4.1: the run options set the user that is root; the image's own user is not"),
  health: strictObject({
    path: text.describe("A program of the image"),
    port: count.describe("The service's port in the container"),
    urlPath: text.optional().describe("The path that the container's own health check asks, if it shows one")
  }).optional().describe("For 4.6: the request that a health check could make, if the image has a program for it"),
  output: textOrNull.describe("The last output of the container that was started"),
  ofBase: textOrNull.describe(
    "The base whose layers caused all of it; null if the image's own did in part, or if that is not known"
  ),
  compared: DictionaryResultSchema.nullable().describe("null until it has been compared with the dictionary")
}), RESULT = { check: "docker-bench", blocks: "dictionary", about: "result" };
function benchFinding(result, more = {}) {
  let { id: id3, state, why: why3, builtin: builtin2, dbs: dbs2, whyNoDbs, counts, dbsTitle, evidence, host } = result;
  return {
    ours: null,
    subject: null,
    improvement: null,
    places: [],
    output: null,
    ofBase: null,
    compared: null,
    ...more,
    check: RESULT.check,
    id: id3,
    state,
    why: singleLine(why3),
    builtin: plainly(builtin2),
    dbs: plainly(dbs2),
    whyNoDbs: whyNoDbs === null ? null : singleLine(whyNoDbs),
    counts,
    dbsTitle: dbsTitle === null ? null : singleLine(dbsTitle),
    evidence,
    host,
    ...BARE
  };
}
function countedResult(finding) {
  return finding.compared?.reported ?? resultThatCounts(finding);
}
function resultThatCounts({
  builtin: builtin2,
  dbs: dbs2,
  counts
}) {
  return counts === null || counts.whose === "built-in" ? builtin2 : dbs2;
}
function isStricter(one, other2) {
  return BENCH_STATUSES.indexOf(one) > BENCH_STATUSES.indexOf(other2);
}
function plainly(result) {
  return result === null ? null : { word: result.word, items: result.items.map(singleLine).filter((one) => one !== "") };
}
function singleLine(text2) {
  return text2.replace(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
}

var DEBIAN_ARCHIVE = "http://deb.debian.org/debian", SECURITY_ARCHIVE = "http://security.debian.org/debian-security", AptSourceSchema = strictObject({
  uri: text.describe("Address above dists/, without a slash at the end"),
  suite: text,
  component: text,
  signedBy: text.describe("Keyring files or fingerprints, separated by commas"),
  style: _enum(["deb822", "one-line"]).describe("How the image writes its own sources")
});
function sourceLine({ uri, suite, component, signedBy }) {
  return `deb [signed-by=${signedBy}] ${uri} ${suite} ${component}`;
}
function readSourceLines(text2) {
  return [...text2.matchAll(/\bdeb \[signed-by=([^\s\]']+)\] ([^\s']+) ([^\s']+) ([^\s']+)/g)].map(([, signedBy = "", uri = "", suite = "", component = ""]) => ({ uri, suite, component, signedBy, style: "one-line" })).filter(isSafeSource);
}
function isSafeSource({ uri, suite, component, signedBy }) {
  return /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._~+%/-]*)?$/.test(uri) && [suite, component].every((part2) => /^[a-z][a-z0-9-]*$/.test(part2)) && signedBy.split(",").every((part2) => /^(?:\/[A-Za-z0-9._+/-]+|[0-9A-Fa-f]{16,64}!?)$/.test(part2));
}

function sectionIn(page) {
  return ({ id: id3 }) => `${page}#${id3}`;
}
function asMember(text2) {
  return text2.replaceAll(", ", ",%20");
}
function describing(row) {
  let { name: name2, help, helpUri, todo } = row;
  return { ...row, describe: (finding) => ({
    name: name2,
    title: finding.why,
    help,
    helpUri,
    subject: `${finding.why}: ${finding.id}`,
    todo: typeof todo == "function" ? todo(finding.details) : todo
  }) };
}
function kindsOf(check, rows2) {
  return Object.fromEntries(Object.entries(rows2).map(([id3, row]) => [id3, { ...row, check }]));
}

var UPDATE_IDS = ["security-update", "ordinary-update"], UPDATE_ORIGINS = ["security", "point-release", "updates", "rebuilt"], HOLDERS = [
  "hold",
  "phased",
  "half-installed",
  "depends",
  "conflicts",
  "breaks",
  "recommends",
  "multi-arch"
], RebuildSchema = discriminatedUnion("what", [
  strictObject({ what: _enum(["brings", "leaves"]), version: text }),
  strictObject({ what: literal("not-of-base") })
]), UpdateSchema = strictObject({
  origin: _enum(UPDATE_ORIGINS),
  architecture: text,
  indexes: texts.describe("Names of the indexes that contain the candidate"),
  source: text,
  sourceVersion: text,
  fixedSource: textOrNull.describe("The candidate's source package, if it is a different one"),
  fixedSourceVersion: textOrNull,
  asConfigured: textOrNull.describe(
    "The version that the image's apt would install; null if it would keep the installed one"
  ),
  aptSource: AptSourceSchema.refine(isSafeSource).nullable().describe(
    "What the image's apt has to read to get it, if it is from a component that its sources lack; otherwise null"
  ),
  deb: strictObject({ url: text, sha256: text }).nullable().describe("Where the archive has the package, according to its signed index"),
  heldBack: strictObject({ by: _enum(HOLDERS), text }).nullable().describe("Why `apt-get upgrade` would keep it back; null if it would not, or if that is not known"),
  hasApt: boolean().describe("False for an image without a usable apt (distroless)"),
  rebuild: RebuildSchema.nullable().describe("null if the packages of today's base were not read"),
  exploited: texts.describe("The CVEs that it fixes and that KEV lists")
}), UPDATES_PAGE = sectionIn("docs/findings/security-updates.md"), SUPPORTED = "Build on a release that Debian supports", UPDATE = {
  check: "security-updates",
  about: "package",
  page: UPDATES_PAGE,
  describe: ({ id: id3, package: name2, fixedVersion, installable }) => ({
    name: "MissingUpdate",
    title: "A package is older than the version in Debian's archive",
    help: "Update the package, or rebuild on a current base image.",
    helpUri: null,
    subject: `${id3}: ${id3}`,
    todo: installable === !1 ? `${SUPPORTED}: the mirrors no longer have ${name2} ${fixedVersion}` : `Update ${name2} to ${fixedVersion}`
  })
};
function releaseRow(about, blocks, details, todo = SUPPORTED) {
  return describing({
    about,
    blocks,
    page: UPDATES_PAGE,
    details,
    name: "DebianRelease",
    help: "Build on the current stable release of Debian, with its security suite in apt's sources.",
    helpUri: null,
    todo
  });
}

var JUSTIFICATIONS = [
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist"
];

var LAYER_OWNERS = ["base", "own"], FINDING_OWNERS = ["base", "intermediate", "own"];

var severity = _enum(SEVERITIES).meta({ id: "Severity" }), RatedSchema = strictObject({
  severity,
  source: textOrNull,
  score: number().nullable().describe("null if no score gave the severity"),
  takenFor: _enum([...SEVERITIES, "noted"]).nullable().describe("What unknown-severity makes of an unrated finding; null if that does not matter")
}).meta({ id: "Rated" }), of = _enum(LAYER_OWNERS).nullable().optional(), release = text.optional().describe("The kind of release that has this value of its own");
function reason(name2, shape) {
  return strictObject({ reason: literal(name2), ...shape });
}
var RULING_REASONS = [
  reason("host-kernel", {
    packages: texts.describe("The installed packages of the kernel's source, none of which is a program")
  }),
  reason("refuted", {
    version: textOrNull,
    fixedVersion: textOrNull,
    explanation: textOrNull.describe("The reason for an application package; otherwise null")
  }),
  reason("clair-alone", {
    explanation: text.describe("Only Clair reports it, and why Seaworthy does not")
  }),
  reason("kev", { fixes: texts.nullable().describe("The CVEs that an update fixes") }),
  reason("no-fix", { codename: textOrNull }),
  reason("no-version-fixes", {}),
  reason("fix-elsewhere", { version: text, branch: text, end: text }),
  reason("malware", {}),
  reason("application-report", {
    key: _enum(["application", "programs"]).describe('The key that is "report"')
  }),
  reason("fix-announced", { version: text, codename: textOrNull, offered: textOrNull }),
  reason("fix-offered", { version: text }),
  reason("fix-lost", { version: text }),
  reason("debian", {
    note: DebianNoteSchema,
    ended: strictObject({ codename: text, day }).nullable().describe(
      "The day on which Debian's support of the release ended, so that its statement no longer counts"
    )
  }),
  reason("unrated", {}),
  reason("not-rated", {}),
  reason("at-or-above", {
    rated: RatedSchema,
    input: _enum(["fail-on", "fail-on-unfixed", "fail-on-deferred"]),
    threshold: severity,
    of
  }),
  reason("below", { rated: RatedSchema, threshold: severity, of }),
  reason("due", { day, from: day, days: count }),
  reason("was-due", { day, from: day, days: count }),
  reason("likely", { probability: number(), threshold: number() })
], WHITELIST_REASONS = [
  reason("accepted", { place: PlaceSchema, until: day, why: text, owner: text }),
  reason("entry-expired", { place: PlaceSchema, on: day }),
  reason("override-elsewhere", { place: PlaceSchema, images: texts }),
  reason("entry-not-despite", { place: PlaceSchema, despite: _enum(["kev", "malware"]) }),
  reason("entry-too-mild", {
    place: PlaceSchema,
    most: severity,
    isUnrated: boolean().describe('The vulnerability has no severity, so that only "critical" would cover it')
  }),
  reason("entry-other-content", { place: PlaceSchema }),
  reason("accepted-in-part", { accepted: count, of: count })
], UPDATE_REASONS = [
  reason("security-update", { version: text }),
  reason("ordinary-update", { origin: _enum(UPDATE_ORIGINS) }),
  reason("fixes", { cves: texts }),
  reason("held-back", { text }),
  reason("file-lost", {}),
  reason("any-update", { release: text }),
  reason("as-found", { why: text.describe("The finding's own sentence") }),
  reason("require-release", { wanted: text, release }),
  reason("still-supported", {}),
  reason("grace", {
    stable: text.describe("The release of Debian that took its place is new"),
    from: day,
    day
  }),
  reason("unexamined", { release }),
  reason("unread", { is: _enum(["act", "noted"]).describe("What `unread` is set to") }),
  reason("application-off", {
    isOffByOsv: literal(!0).exactOptional().describe("No policy says so, but the input osv is set to none")
  }),
  reason("spared", { why: text })
], DictionaryPlaceSchema = strictObject({
  file: text,
  line: count.nullable().describe("null: from the built-in dictionary, which nobody can open")
}).meta({ id: "DictionaryPlace" }), ItemsDifferenceSchema = discriminatedUnion("differ", [
  strictObject({ differ: literal("cut") }),
  strictObject({ differ: literal("too-many"), found: texts, expected: count, orFewer: boolean() }),
  strictObject({ differ: literal("too-few"), found: count, expected: count }),
  strictObject({ differ: _enum(["not-expected", "gone"]), items: texts })
]), place = DictionaryPlaceSchema, DICTIONARY_REASONS = [
  reason("no-result", { place: place.nullable() }),
  reason("left-out", { words: text }),
  reason("not-applicable", { why: text }),
  reason("host-lacks", { feature: text }),
  reason("tied", { places: array(place) }),
  reason("unlisted", { file: textOrNull }),
  reason("nobody-looked", { why: text }),
  reason("other-title", { place }),
  reason("other-word", { word: _enum(BENCH_STATUSES), place, expected: text, outdated: boolean() }),
  reason("evidence-lacking", { place, evidence: text }),
  reason("check-not-run", { check: _enum(CHECK_IDS) }),
  reason("only-builtin-looks", {}),
  reason("evidence-found", { evidence: text, count, place }),
  reason("nobody-looks", {}),
  reason("other-items", { place, difference: ItemsDifferenceSchema, outdated: boolean() }),
  reason("as-expected", { place }),
  reason("of-base", { base: text }),
  reason("start-test", { why: text })
], VexShortfallSchema = discriminatedUnion("short", [
  strictObject({ short: _enum(["leaves-out", "no-justification", "kev", "malware"]) }),
  strictObject({ short: literal("to-come"), day }),
  strictObject({ short: literal("too-old"), day, days: count }),
  strictObject({ short: literal("overruled"), by: PlaceSchema })
]), VEX_REASONS = [
  reason("stated", {
    place: PlaceSchema,
    status: text,
    justification: _enum(JUSTIFICATIONS).nullable(),
    words: text,
    author: text,
    day,
    until: day
  }),
  reason("stated-in-vain", { place: PlaceSchema, status: text, shortfall: VexShortfallSchema })
], BASELINE_REASONS = [
  reason("kev-new-or-not", {}),
  reason("malware-new-or-not", {}),
  reason("entry-alone", {}),
  reason("in-baseline", {})
], DictionaryReasonSchema = discriminatedUnion("reason", DICTIONARY_REASONS), ReasonSchema = discriminatedUnion("reason", [
  ...RULING_REASONS,
  ...WHITELIST_REASONS,
  ...UPDATE_REASONS,
  ...DICTIONARY_REASONS,
  ...VEX_REASONS,
  ...BASELINE_REASONS
]).meta({ id: "Reason" }), ReturnReasonSchema = discriminatedUnion("reason", [
  reason("kev", {}),
  reason("archive-offers", {
    codename: textOrNull,
    fix: textOrNull.describe("The announced version; null if there is none")
  }),
  reason("support-ends", { codename: textOrNull, end: textOrNull })
]);

var FEEDS = ["cvss", "epss", "kev"], SOURCE_NAMES = {
  cvss: "nvd-cvss",
  epss: "epss",
  kev: "cisa-kev"
}, FEEDS_DOCUMENT = "feeds.json";
function hasFeed(documents, name2) {
  return Object.hasOwn(documents, FEEDS_DOCUMENT) && Object.hasOwn(documents, `${name2}.json`);
}
var FEED_TITLES = {
  cvss: "NVD CVSS data",
  epss: "EPSS",
  kev: "CISA's KEV list",
  osv: "OSV",
  tracker: "Debian's security tracker",
  ends: "ends of life"
}, MAX_FEED_DAYS = 30, MAX_OSV_DAYS = 30;

function feedError(code, feed, what, where = feed, hours = null) {
  let without = feed === "osv" ? "application: off in gate.yml" : `${feed}: none`;
  return new SeaworthyError({
    code,
    what: `${FEED_TITLES[feed]}: ${what}`,
    where,
    todo: `${adviceOn(code, feed, hours)}; to judge without this data, set ${without}`
  });
}
function offBy(isOffByOsv = !1) {
  return isOffByOsv ? "the input osv is set to none" : "application is off";
}
function adviceOn(code, feed, hours) {
  if (code === "feed-not-kept")
    return feed === "osv" ? 'set "osv" to the address that "seaworthy feeds status" shows for this data; if it shows none, run "seaworthy feeds osv ADDRESS" where ADDRESS can be reached, and carry the data here ("feeds export", "feeds import")' : defaultAdvice("tracker-not-kept");
  let other2 = feed === "osv" ? 'set "osv" to another URL, or to a folder with the same layout as the OSV bucket' : `set "${feed}" to another URL, or to a file`, raise = hours === null ? "raise max-data-age" : `raise max-data-age to at least ${hours} (hours)`;
  return code === "feed-stale" && feed === "osv" ? `${other2}, or ${raise}` : other2;
}
function malformed(feed, what) {
  return feedError("feed-malformed", feed, what);
}

function comparePlaces(a, b) {
  return compareText(a.file, b.file) || a.line - b.line;
}
function policyLine({ file: file2, line: line2 }) {
  return { file: file2, line: line2, endLine: line2, certain: !0, why: "this policy line decides the ruling" };
}
var LineSchema = strictObject({
  ...PlaceSchema.shape,
  endLine: count,
  certain: boolean().describe(
    "False: the exact line is not known, and this is the closest known line; `why` explains the uncertainty"
  ),
  why: text
});
function at({ file: file2, line: line2 }) {
  return `${file2}:${line2}`;
}
function atLine(line2) {
  return line2.certain ? at(line2) : `near ${at(line2)}`;
}

var TEXTS = {
  "host-kernel": ({ packages: packages2 }) => `a container uses its host's kernel, and ${listText(packages2)} ${packages2.length === 1 ? "contains" : "contain"} no kernel program`,
  refuted: ({ version, fixedVersion, explanation }) => `refuted: ${explanation ?? `${`the source package's version ${version ?? ""} is at or above the fix ${fixedVersion ?? ""}`.trim()}; Clair compared the binary package's version`}`,
  "clair-alone": ({ explanation }) => explanation,
  kev: ({ fixes }) => `${fixes === null ? "" : `fixes ${fixes.join(", ")}, `}${KEV}`,
  "no-fix": ({ codename }) => `no fix in ${releaseName(codename)}`,
  "no-version-fixes": () => "no advisory lists a fixed version",
  "fix-elsewhere": ({ version, branch, end }) => `no advisory lists a fix in ${branch}, which is maintained until ${end}; ${version} has it`,
  malware: () => "an advisory says that the package itself is malicious",
  "application-report": ({ key }) => `${key} is report`,
  "fix-announced": ({ version, codename, offered }) => `fix ${version} is announced but not in the archive yet: ${releaseName(codename)} offers ${offered ?? "nothing newer"}`,
  "fix-offered": ({ version }) => `fix ${version} can be installed`,
  "fix-lost": ({ version }) => `the mirrors no longer have the file for the fix ${version}`,
  debian: ({ note, ended }) => `${debianText(note)}${ended === null ? "" : `, and Debian's support for ${ended.codename} ended on ${ended.day}`}`,
  unrated: () => `a fix can be installed, and ${UNRATED2}`,
  "not-rated": () => UNRATED2,
  "at-or-above": ({ rated, input, threshold: threshold2, of: of3 }) => `${ratedText(rated)} is at or above ${input} ${byOwner(of3)}${threshold2}`,
  below: ({ rated, threshold: threshold2, of: of3 }) => `${ratedText(rated)} is below fail-on ${byOwner(of3)}${threshold2}`,
  due: (one) => `${timeText(one, "allows")}: due by ${one.day}`,
  "was-due": (one) => `${timeText(one, "allowed")}: it was due by ${one.day}`,
  likely: (one) => `${epssText(one)} is at or above the threshold ${one.threshold} (epss-at-least)`,
  accepted: ({ place: place3, until, why: why3, owner: owner2 }) => `${at(place3)} accepts it until ${until}: ${oneLine(why3)} (${oneLine(owner2)})`,
  "entry-expired": ({ place: place3, on }) => `the entry at ${at(place3)} expired on ${on}`,
  "override-elsewhere": ({ place: place3, images }) => `the override at ${at(place3)} applies only to ${images.join(", ")}`,
  "entry-not-despite": ({ place: place3, despite }) => `the entry at ${at(place3)} does not set despite: ${despite}`,
  "entry-too-mild": ({ place: place3, most, isUnrated }) => `the entry at ${at(place3)} accepts severities only up to ${most}${isUnrated ? " (an unrated vulnerability needs max-severity: critical)" : ""}`,
  "entry-other-content": ({ place: place3 }) => `the entry at ${at(place3)} is for other content (sha256)`,
  "accepted-in-part": ({ accepted, of: of3 }) => `the whitelist accepts the other ${accepted} of ${of3} paths`,
  "security-update": ({ version }) => `Debian has a security update: ${version}`,
  "ordinary-update": ({ origin }) => `an ordinary update (${origin})`,
  fixes: ({ cves }) => `fixes ${listText(cves, 1)}`,
  "held-back": ({ text: text2 }) => `apt-get upgrade would hold it back: ${text2}`,
  "file-lost": () => "the mirrors no longer have the update's file",
  "any-update": ({ release: release2 }) => `a ${release2} release must include every update (policies/gate.yml)`,
  "as-found": ({ why: why3 }) => why3,
  "require-release": ({ wanted, release: release2 }) => `require-release is ${wanted}${releaseText(release2)}`,
  "still-supported": () => "Debian supports it",
  grace: ({ stable, from: from2, day: day2 }) => `${stable} was released on ${from2}, so the previous stable release is accepted until ${day2}`,
  unexamined: ({ release: release2 }) => release2 === void 0 ? "fail-on-unexamined is true" : `unexamined is fail${releaseText(release2)}`,
  unread: ({ is }) => `unread is ${is}`,
  "application-off": ({ isOffByOsv }) => offBy(isOffByOsv),
  spared: ({ why: why3 }) => why3,
  "no-result": ({ place: place3 }) => place3 === null ? "there is no result" : `${atDictionary(place3)} expects a result, but there is no result`,
  "left-out": ({ words }) => `not judged: ${words}`,
  "not-applicable": ({ why: why3 }) => `not applicable: ${why3}`,
  "host-lacks": ({ feature }) => `not applicable: the host has no ${feature}`,
  tied: ({ places }) => `${places.map(atDictionary).join(" and ")} match this image equally well, so the gate cannot choose between them`,
  unlisted: ({ file: file2 }) => `${file2 ?? "the built-in dictionary"} does not list this check`,
  "nobody-looked": ({ why: why3 }) => `not examined: ${why3}`,
  "other-title": ({ place: place3 }) => `its title differs from the one in ${atDictionary(place3)}: the numbering differs`,
  "other-word": ({ word, place: place3, expected: expected2, outdated }) => `${word}, but ${atDictionary(place3)} expects ${expected2}${outdated ? OUTDATED : ""}`,
  "evidence-lacking": ({ place: place3, evidence }) => `${atDictionary(place3)} requires ${evidence}, which this run does not provide`,
  "check-not-run": ({ check }) => `not judged: the ${check} check decides it and did not run`,
  "only-builtin-looks": () => "Docker Bench never examines this; the built-in rules did not run",
  "evidence-found": ({ evidence, count: count2, place: place3 }) => `${evidence} found ${count2}, but ${atDictionary(place3)} allows none`,
  "nobody-looks": () => "no check examines it, and the dictionary requires no evidence",
  "other-items": ({ place: place3, difference, outdated }) => `${atDictionary(place3)}: ${differenceText(difference)}${outdated ? OUTDATED : ""}`,
  "as-expected": ({ place: place3 }) => `as ${atDictionary(place3)} expects`,
  "of-base": ({ base }) => `all of this comes from the base ${familiarName(base)}, whose maintainers must change it`,
  "start-test": ({ why: why3 }) => `start test: ${why3}`,
  stated: ({ place: place3, status, justification, words, author, day: day2, until }) => {
    let why3 = [justification, oneLine(words)].filter((part2) => part2 !== null && part2 !== "").join(", ");
    return `${at(place3)} states "${status}"${why3 === "" ? "" : `: ${why3}`} (${oneLine(author)}, ${day2}; valid until ${until})`;
  },
  "stated-in-vain": ({ place: place3, status, shortfall: shortfall2 }) => `${at(place3)} states "${status}", but ${shortfallText(shortfall2)}`,
  "kev-new-or-not": () => "fail-on-new-only does not apply to vulnerabilities in KEV",
  "malware-new-or-not": () => "fail-on-new-only does not apply to malware",
  "entry-alone": () => "fail-on-new-only does not apply: only a whitelist entry with this id can accept it",
  "in-baseline": () => "it already blocked the release in the baseline, so fail-on-new-only lets it pass"
};
function releaseText(release2) {
  return release2 === void 0 ? "" : ` for a ${release2} release`;
}
var KEV = "in CISA's Known Exploited Vulnerabilities", UNRATED2 = "the vulnerability is not rated", OUTDATED = ": the entry is outdated", RETURNS = {
  kev: () => "CISA lists it as exploited (KEV)",
  "archive-offers": ({ codename, fix }) => `the archive of ${releaseName(codename)} offers ${fix === null ? "a fix" : `the fix ${fix}`}`,
  "support-ends": ({ codename, end }) => `support for ${releaseName(codename)} has ended${end === null ? "" : ` (after ${end})`}`
};
function reasonText(texts2, one) {
  return texts2[one.reason](one);
}
function sentence(because2) {
  return because2.map((one) => reasonText(TEXTS, one)).join("; ");
}
function becauseText({ because: because2 }) {
  return sentence(because2);
}
function reasonsNextToVersions({
  because: because2,
  fixedVersion
}) {
  let [first, ...rest] = because2;
  if (first?.reason === "unrated")
    return [UNRATED2, ...rest.map((one) => sentence([one]))].join("; ");
  let isInColumn = first?.reason === "fix-offered" && first.version === fixedVersion;
  return sentence(isInColumn && rest.length > 0 ? rest : because2);
}
function reasonsNextToResult(because2) {
  return because2.map((one) => isInTable(one) ? reasonText(IN_TABLE, one) : sentence([one])).map((text2) => text2.replace(/\.$/, "")).filter((text2) => text2 !== "").join("; ");
}
var IN_TABLE = {
  "no-result": () => "",
  "left-out": ({ words: text2 }) => oneLine(text2),
  "not-applicable": ({ why: why3 }) => why3,
  "host-lacks": ({ feature }) => `the host has no ${feature}`,
  unlisted: () => "",
  "nobody-looked": ({ why: why3 }) => why3,
  "other-word": () => "",
  "evidence-found": ({ evidence, count: count2 }) => `${evidence} found ${count2}`,
  "other-items": ({ difference }) => differenceText(difference),
  "as-expected": () => "",
  "start-test": ({ why: why3 }) => why3
};
function isInTable(one) {
  return Object.hasOwn(IN_TABLE, one.reason);
}
function returnText(one) {
  return reasonText(RETURNS, one);
}
function namesLine(because2, place3) {
  return because2.some(
    (one) => "place" in one && one.place?.file === place3.file && one.place.line === place3.line
  );
}
var byOwner = (owner2 = null) => owner2 === null ? "" : `${owner2}=`;
function timeText({ from: from2, days }, gives) {
  return `the fix has been available since ${from2}, and act-within ${gives} ${plural(days, "day")}`;
}
function atDictionary({ file: file2, line: line2 }) {
  return line2 === null ? file2 : at({ file: file2, line: line2 });
}
function releaseName(codename) {
  return codename === null ? "this Debian release" : `Debian ${codename}`;
}
function ratedText({ severity: severity3, source: source2, score, takenFor }) {
  if (takenFor !== null)
    return `not rated (treated as ${takenFor}, set by unknown-severity)`;
  let name2 = SCORER_NAMES[source2 ?? ""];
  return name2 === void 0 ? severity3 : score === null ? `${severity3} (${name2})` : `${severity3} (${name2} ${score})`;
}
var SCORER_NAMES = {
  nvd: "NVD",
  cna: "CNA",
  "cisa-adp": "CISA",
  "debian-tracker": "Debian",
  clair: "Clair",
  osv: "OSV"
};
function epssText({ probability }) {
  return `EPSS ${(probability * 100).toFixed(1)}%`;
}
function debianText(note) {
  let text2 = oneLine(note.words);
  return text2 === "" ? `Debian: ${note.kind}` : `Debian: ${note.kind} "${text2}"`;
}
function differenceText(one) {
  switch (one.differ) {
    case "cut":
      return "the list of items was truncated";
    case "too-many":
      return `${plural(one.found.length, "item")} (${listText(one.found)}) ${one.found.length === 1 ? "was" : "were"} found instead of ${one.orFewer ? "at most " : ""}${one.expected}`;
    case "too-few":
      return `${plural(one.found, "item was", "items were")} found instead of ${one.expected}`;
    case "not-expected":
      return `not expected: ${listText(one.items)}`;
    case "gone":
      return `no longer found: ${listText(one.items)}`;
  }
}
function shortfallText(one) {
  switch (one.short) {
    case "leaves-out":
      return "the statement does not cover all of the package's binary packages";
    case "no-justification":
      return "the statement has no justification";
    case "kev":
      return "the statement does not apply to vulnerabilities in KEV";
    case "malware":
      return "the statement does not apply to malware";
    case "to-come":
      return `the statement is dated ${one.day}, which is in the future`;
    case "too-old":
      return `the statement is dated ${one.day} and is valid for only ${one.days} days`;
    case "overruled":
      return `${at(one.by)} overrides it`;
  }
}

var NUMBERINGS = ["dbs-1.6.1", "dbs-1.6.0"], NEW = { "1.1": 18, "1.2": 2, 2: 18, 3: 24, 4: 12, 5: 32, 6: 2, 7: 9 }, OLD = { ...NEW, 5: 31, 7: 10 };
function isCheckId(id3, numbering) {
  let lastDot = id3.lastIndexOf("."), group = id3.slice(0, Math.max(lastDot, 0)), count2 = (numbering === "dbs-1.6.1" ? NEW : OLD)[group], number2 = id3.slice(lastDot + 1);
  return count2 !== void 0 && /^[1-9]\d?$/.test(number2) && Number(number2) <= count2;
}
function isIdOrSection(id3, numbering) {
  return /^[1-7]$/.test(id3) || id3 === "1.1" || id3 === "1.2" || isCheckId(id3, numbering);
}
function toNewNumbering(id3, numbering) {
  return numbering === "dbs-1.6.1" || !isCheckId(id3, numbering) ? id3 : id3 === "7.1" ? "5.1" : moved(id3, 1);
}
function fromNewNumbering(id3, numbering) {
  return numbering === "dbs-1.6.1" ? id3 : id3 === "5.1" ? "7.1" : moved(id3, -1);
}
function moved(id3, by) {
  let [section, number2] = id3.split(".");
  return number2 === void 0 || section !== "5" && section !== "7" ? id3 : `${section}.${Number(number2) + (section === "5" ? by : -by)}`;
}
function isWithin(id3, section) {
  return id3 === section || id3.startsWith(`${section}.`);
}
function isOfRun(id3) {
  return isWithin(id3, "5") && id3 !== "5.1";
}
var START_TEST = "start-test", CREATED_USER = { name: "app", uid: 10001 };
function pageOfId(id3) {
  return `docs/findings/docker-bench.md#${id3 === START_TEST ? id3 : `check-${id3.replace(".", "")}`}`;
}
function compareIds(a, b) {
  return a === START_TEST || b === START_TEST ? +(a === START_TEST) - +(b === START_TEST) : compareNumbers(a.split(".").map(Number), b.split(".").map(Number), -1);
}

function parseCve(id3) {
  let [, year, number2] = /^CVE-(\d{4})-(\d{4}|[1-9]\d{4,14})$/.exec(id3) ?? [];
  return year === void 0 || number2 === void 0 ? null : { year: Number(year), number: Number(number2) };
}
function cveId({ year, number: number2 }) {
  return `CVE-${year}-${String(number2).padStart(4, "0")}`;
}
function cvesIn(text2) {
  let found = text2.match(/CVE-\d{4}-\d{4,15}(?!\d)/g) ?? [];
  return [...new Set(found)].filter((id3) => parseCve(id3) !== null).sort();
}
function trackerPage(id3) {
  return /^CVE-\d{4}-\d{4,19}$/.test(id3) ? `https://security-tracker.debian.org/tracker/${id3}` : null;
}

function isDate(text2) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text2))
    return !1;
  let time = Date.parse(`${text2}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text2;
}
function addDays(date, days) {
  let result = dayOf(timeOf(date) + days * 864e5);
  if (!isDate(result))
    throw new RangeError(`${date} plus ${days} days is outside the years 0000 to 9999`);
  return result;
}
function daysBetween(from2, to) {
  return (timeOf(to) - timeOf(from2)) / 864e5;
}
function hoursBetween(from2, to) {
  return Math.ceil((to.getTime() - Date.parse(from2)) / 36e5);
}
function timeOf(date) {
  if (!isDate(date))
    throw new RangeError(`${JSON.stringify(date)} is not a date (YYYY-MM-DD)`);
  return Date.parse(`${date}T00:00:00Z`);
}
function dayOf(time) {
  return new Date(time).toISOString().slice(0, -14);
}

var SourceSchema = strictObject({
  name: text,
  url: text,
  fetchedAt: textOrNull.describe("When the data was read (ISO 8601, UTC)"),
  date: textOrNull.describe("The data's own date (ISO 8601, UTC)"),
  sha256: textOrNull,
  rows: count.nullable(),
  signedBy: text.optional().describe("Fingerprint of the key whose signature authenticates the data: 40 hex digits"),
  attestedBy: text.optional().describe(
    "Workflow whose attestation authenticates the data, as the attestation's certificate identifies it"
  ),
  instead: text.optional().describe(
    "Which address or copy was used instead of the first address, and why; absent if the first address was used"
  )
}).describe("Where the data came from"), ELSEWHERE_SOURCE = "debian-archive-elsewhere";

var DEBIAN_NAME = "[a-z0-9*][a-z0-9+.*-]+", APPLICATION_NAME = "(?:pkg:)?(?:npm|pypi|maven|gem|golang|composer|cargo)/[A-Za-z0-9@*%~_.+/:-]+", PROGRAM_NAME = "(?:program|(?:pkg:)?bitnami)/[a-z0-9*-]+(?:@[A-Za-z0-9*.+~-]+)?", PACKAGES = new RegExp(`^(?:\\*|${DEBIAN_NAME}|${APPLICATION_NAME}|${PROGRAM_NAME})$`);
function acceptsPackageName({
  check,
  id: id3,
  package: name2
}) {
  return CHECKS[check].entries.id.test(id3) && (name2 === null || PACKAGES.test(name2) && !name2.includes("*"));
}
function neededSeverity({
  check,
  id: id3,
  severity: severity3
}) {
  return severity3 !== "unknown" ? severity3 : CHECKS[check].entries.rated && !isUnexamined(check, id3) ? "critical" : "negligible";
}
function mostSevere(findings) {
  return findings.reduce(
    (worst2, one) => compareSeverity(neededSeverity(one), neededSeverity(worst2)) > 0 ? one : worst2
  );
}
function neededDespite({ kev, malware }) {
  return malware === !0 ? "malware" : kev === !0 ? "kev" : null;
}
function neededKeys(finding) {
  let severity3 = neededSeverity(finding), despite = neededDespite(finding);
  return [
    ...["negligible", "low"].includes(severity3) ? [] : [`max-severity: ${severity3}`],
    ...despite === null ? [] : [`despite: ${despite}`]
  ];
}
function withNeededKeys(finding) {
  let keys = neededKeys(finding);
  return keys.length === 0 ? "" : ` with ${keys.join(" and ")}`;
}

var KNOWN_PROGRAMS = {
  node: { title: "Node.js", bitnami: "node" },
  python: { title: "Python", bitnami: "python" },
  ruby: { title: "Ruby", bitnami: "ruby" },
  php: { title: "PHP", bitnami: "php" },
  go: { title: "Go", bitnami: "golang" },
  openjdk: { title: "OpenJDK", bitnami: "java" },
  nginx: { title: "nginx", bitnami: "nginx" },
  openresty: { title: "OpenResty", bitnami: "openresty" },
  httpd: { title: "Apache httpd", bitnami: "apache" },
  redis: { title: "Redis", bitnami: "redis" },
  valkey: { title: "Valkey", bitnami: "valkey" },
  memcached: { title: "Memcached", bitnami: "memcached" },
  haproxy: { title: "HAProxy", bitnami: "haproxy" },
  postgresql: { title: "PostgreSQL", bitnami: "postgresql" },
  mariadb: { title: "MariaDB", bitnami: "mariadb" },
  mysql: { title: "MySQL", bitnami: null },
  mongodb: { title: "MongoDB", bitnami: "mongodb" },
  varnish: { title: "Varnish", bitnami: "varnish" },
  tomcat: { title: "Apache Tomcat", bitnami: "tomcat" },
  erlang: { title: "Erlang/OTP", bitnami: null },
  rabbitmq: { title: "RabbitMQ", bitnami: "rabbitmq" },
  elixir: { title: "Elixir", bitnami: null },
  couchdb: { title: "Apache CouchDB", bitnami: "couchdb" },
  cassandra: { title: "Apache Cassandra", bitnami: "cassandra" },
  neo4j: { title: "Neo4j", bitnami: "neo4j" },
  elasticsearch: { title: "Elasticsearch", bitnami: "elasticsearch" },
  jenkins: { title: "Jenkins", bitnami: "jenkins" },
  kibana: { title: "Kibana", bitnami: "kibana" },
  grafana: { title: "Grafana", bitnami: "grafana" },
  wordpress: { title: "WordPress", bitnami: "wordpress" },
  drupal: { title: "Drupal", bitnami: "drupal" },
  nextcloud: { title: "Nextcloud", bitnami: "nextcloud" },
  vault: { title: "HashiCorp Vault", bitnami: "vault" },
  consul: { title: "HashiCorp Consul", bitnami: "consul" },
  perl: { title: "Perl", bitnami: null },
  rust: { title: "Rust", bitnami: null },
  julia: { title: "Julia", bitnami: null }
};
function knownProgram(name2) {
  return Object.hasOwn(KNOWN_PROGRAMS, name2) ? KNOWN_PROGRAMS[name2] : null;
}
var GO = "go", PROGRAM_BY_BITNAMI_NAME = new Map(
  Object.keys(KNOWN_PROGRAMS).flatMap((name2) => {
    let { bitnami } = KNOWN_PROGRAMS[name2];
    return bitnami === null ? [] : [[bitnami, name2]];
  })
);
function programOfBitnami(name2) {
  return PROGRAM_BY_BITNAMI_NAME.get(name2) ?? null;
}
function bitnamiVersion(name2, version) {
  let [, java, update] = /^(\d{1,2})u(\d+)$/.exec(version) ?? [];
  if (java !== void 0)
    return `${java}.0.${update}`;
  if (!/^\d+(?:\.\d+)*$/.test(version))
    return version;
  let numbers = version.split("."), maxParts = name2 === "openresty" ? 4 : 3;
  return [...numbers, "0", "0"].slice(0, Math.max(3, Math.min(maxParts, numbers.length))).join(".");
}
function projectVersion(name2, version) {
  let [, first = "", second = "", third = ""] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  return name2 === "postgresql" && Number(first) >= 10 ? `${first}.${third === "0" ? second : Number(second) + 1}` : name2 === "openjdk" && second === "0" ? first === "8" ? `8u${third}` : third === "0" ? first : version : version;
}
function programText(name2, version) {
  return `${knownProgram(name2)?.title ?? name2} ${version ?? "of unknown version"}`;
}

var BranchSchema = strictObject({
  title: text.describe('Such as "Node.js 18"'),
  end: textOrNull.describe("The day of its end, YYYY-MM-DD; null: none is known"),
  hasFix: boolean().describe("Whether the fix is in this branch")
}), ApplicationSchema = strictObject({
  subject: literal("application"),
  kind: _enum(PURL_TYPES).describe("Type in the package URL"),
  purl: text.describe("Package URL, with the version if it is known"),
  ids: texts.describe("All ids with this meaning, beginning with the one of the finding"),
  own: text.describe(
    "Id of the record in the ecosystem's own database, which stays the same when the record gets a CVE"
  ),
  paths: texts.describe("Its paths, as a container sees them; limited"),
  morePaths: count.describe("How many more there are"),
  layers: texts.describe("diff_ids of the layers that added it, oldest first"),
  baseTag: strictObject({ from: text, to: text }).optional().describe("For the base's program: the base, and its tag with the version that settles everything known"),
  newest: textOrNull.describe(
    "The newest version that fixes it; `fixedVersion` is the smallest above the installed one"
  ),
  settles: textOrNull.describe("The smallest version above the installed one that no advisory affects"),
  branch: BranchSchema.optional().describe("For a program: the branch of its version, if it is listed"),
  vendor: strictObject({ title: text, packages: texts }).optional().describe("For a program: the vendor's packages that it is from"),
  malware: boolean().describe("An advisory says that the package itself is malicious"),
  explanation: textOrNull.describe(
    "Why Clair and the advisory's own ranges disagree, in one sentence; null if they agree, or Clair was not asked"
  ),
  summary: text.describe("The advisory's own words; empty if it has none")
}), MANIFESTS = {
  npm: "package.json",
  pypi: "requirements.txt",
  maven: "pom.xml",
  gem: "Gemfile",
  golang: "go.mod",
  cargo: "Cargo.toml",
  composer: "composer.json",
  bitnami: "the Dockerfile's line that installs it"
};
function manifestFile({
  kind,
  package: name2,
  vendor
}) {
  return vendor !== void 0 ? `the version of ${listText(vendor.packages)} from ${vendor.title}` : name2 === "golang/stdlib" ? "the Go version in go.mod and in the builder image" : MANIFESTS[kind];
}
function changeText(finding) {
  let { vendor } = finding;
  return vendor === void 0 ? `Change ${manifestFile(finding)}` : `Update ${listText(vendor.packages)} from ${vendor.title}`;
}
function packageOfPurl(purl) {
  let [path = ""] = purl.replace(/^pkg:/, "").split(/[?#]/, 1), at2 = path.lastIndexOf("@"), name2 = percentDecoded(at2 > 0 ? path.slice(0, at2) : path);
  if (name2 === null)
    return path;
  let [, bitnami = ""] = /^bitnami\/(.+)$/.exec(name2) ?? [];
  return bitnami === "" ? name2 : `program/${programOfBitnami(bitnami) ?? bitnami}`;
}

var OFFICIAL_IMAGES =   new Set([
  "adminer",
  "aerospike",
  "almalinux",
  "alpine",
  "alt",
  "amazoncorretto",
  "amazonlinux",
  "api-firewall",
  "arangodb",
  "archlinux",
  "azul-zulu",
  "backdrop",
  "bash",
  "bonita",
  "buildpack-deps",
  "busybox",
  "caddy",
  "cassandra",
  "chronograf",
  "cirros",
  "clearlinux",
  "clefos",
  "clickhouse",
  "clojure",
  "composer",
  "convertigo",
  "couchbase",
  "couchdb",
  "crate",
  "dart",
  "debian",
  "docker",
  "drupal",
  "eclipse-mosquitto",
  "eclipse-temurin",
  "eggdrop",
  "elasticsearch",
  "elixir",
  "emqx",
  "erlang",
  "espocrm",
  "fedora",
  "flink",
  "fluentd",
  "friendica",
  "gazebo",
  "gcc",
  "geonetwork",
  "ghost",
  "golang",
  "gradle",
  "groovy",
  "haproxy",
  "haskell",
  "haxe",
  "hello-world",
  "hitch",
  "httpd",
  "hylang",
  "ibm-semeru-runtimes",
  "ibmjava",
  "influxdb",
  "irssi",
  "jetty",
  "joomla",
  "jruby",
  "julia",
  "kapacitor",
  "kibana",
  "kong",
  "krakend",
  "lightstreamer",
  "liquibase",
  "logstash",
  "mageia",
  "mariadb",
  "matomo",
  "maven",
  "mediawiki",
  "memcached",
  "mongo",
  "mongo-express",
  "monica",
  "mysql",
  "nats",
  "neo4j",
  "neurodebian",
  "nextcloud",
  "nginx",
  "nim",
  "node",
  "notary",
  "odoo",
  "open-liberty",
  "openjdk",
  "oraclelinux",
  "orientdb",
  "percona",
  "perl",
  "photon",
  "php",
  "php-zendserver",
  "phpmyadmin",
  "plone",
  "postfixadmin",
  "postgres",
  "pypy",
  "python",
  "r-base",
  "rabbitmq",
  "rakudo-star",
  "redis",
  "redmine",
  "registry",
  "rethinkdb",
  "rocket.chat",
  "rockylinux",
  "ros",
  "ruby",
  "rust",
  "sapmachine",
  "satosa",
  "silverpeas",
  "solr",
  "sonarqube",
  "spark",
  "spiped",
  "storm",
  "swift",
  "swipl",
  "teamspeak",
  "telegraf",
  "tomcat",
  "tomee",
  "traefik",
  "ubuntu",
  "unit",
  "varnish",
  "websphere-liberty",
  "wordpress",
  "xwiki",
  "yourls",
  "znc",
  "zookeeper"
]);

var BASE_EVIDENCE = ["layers", "at-hand", "label", "history", "os-release", "nothing"], OFFICIAL_MIRRORS = ["public.ecr.aws/docker/library/", "mirror.gcr.io/library/"], OFFICIAL = "docker.io/library/";
function dockerHubName(name2, mirrors) {
  let prefix = [...OFFICIAL_MIRRORS, ...mirrors].filter((one) => name2.startsWith(one)).reduce((longest2, one) => one.length > longest2.length ? one : longest2, "");
  return prefix === "" ? name2 : OFFICIAL + name2.slice(prefix.length);
}
function partBelow(name2, mirrors) {
  let reference = parseReference(dockerHubName(name2, mirrors)), [, part2] = /^library\/([^/]+)$/.exec(reference?.repository ?? "") ?? [];
  return reference?.registry === "docker.io" ? part2 ?? null : null;
}
function isOfficialName(name2, mirrors) {
  let part2 = partBelow(name2, mirrors);
  return part2 !== null && OFFICIAL_IMAGES.has(part2);
}
function isOfficialBeginning({ name: name2, grade }, mirrors) {
  return grade === "proven" ? partBelow(name2, mirrors) !== null : isOfficialName(name2, mirrors);
}
function nameAgainstLabel({ name: name2, restsOn, from: from2, beginnings }) {
  return restsOn !== "label" || name2 === null || from2 === void 0 || beginnings.some((one) => one.name === name2) || untagged(from2.name) === untagged(name2) ? null : from2.name;
}
function authorsBaseName(base) {
  let { name: name2, layers, from: from2, intermediate } = base, isSame = nameAgainstLabel(base) !== null || from2?.layers === layers && layers > 0;
  return intermediate?.name ?? (isSame && from2 !== void 0 ? from2.name : name2);
}
function withOtherRelease(text2, { name: name2, from: from2, otherRelease }) {
  if (otherRelease === void 0)
    return text2;
  let { statedBy, name: stated, codename } = otherRelease, but = `but the image is ${codename}`;
  if (text2 !== null && stated === name2)
    return `${text2}, ${but}`;
  let place3 = statedBy === "FROM" && from2 !== void 0 ? ` (${from2.file}:${from2.line})` : "", names = `${statedBy === "FROM" ? "FROM" : "its label"} names ${familiarName(stated)}${place3}, ${but}`;
  return text2 === null ? names : `${text2}; ${names}`;
}
function baseSentence(base) {
  let name2 = base.name === null ? null : familiarName(base.name), tag = base.tag === null ? "the base tag" : `the tag ${familiarName(base.tag)}`, ground = {
    layers: `built on ${name2}: the image begins with the layers that the registry has for it (later layers may hide their files)`,
    "at-hand": `built on ${name2} (at hand, not proven): the image begins with the layers of the engine's image of that name`,
    label: `built on ${name2}, according to its label`,
    history: `built on ${name2}, according to its history`,
    "os-release": `built on ${name2}, according to its os-release file`,
    nothing: "the image's base is not known"
  }[base.restsOn];
  return [
    withOtherRelease(ground, base),
    ...base.contradicted ? [
      `its label names the base ${familiarName(base.claimed ?? "")}, but the image does not have that base's layers`
    ] : [],
    ...base.restsOn !== "layers" && base.proven[0] !== void 0 ? [`the image begins with the layers of ${familiarName(base.proven[0])}`] : [],
    ...otherBeginnings(base),
    ...base.osRelease === void 0 ? [] : [`its os-release file is that of ${base.osRelease}`],
    ...base.from === void 0 || base.from.name === base.name || base.otherRelease?.statedBy === "FROM" ? [] : [`FROM names ${familiarName(base.from.name)} (${base.from.file}:${base.from.line})`],
    ...base.movedOn === null ? [] : [`${tag} has ${base.movedOn ? "moved on" : "not changed"}`],
    ...base.unanswered === null ? [] : [`the registry gave no usable answer: ${base.unanswered}`]
  ].join("; ");
}
function otherBeginnings({ name: name2, proven, beginnings }) {
  return beginnings.filter((one) => one.name !== name2 && !proven.includes(one.name)).map(
    (one) => `the image begins with the layers of ${familiarName(one.name)} (${GRADES[one.grade]})`
  );
}
var GRADES = {
  proven: "proven",
  "at-hand": "at hand, not proven"
};

var BaseSchema = strictObject({
  restsOn: _enum(BASE_EVIDENCE).nullable().describe("null: the evidence says nothing about the base"),
  base: textOrNull,
  tag: textOrNull
}), BASE_OBSTACLES = {
  "unofficial-base": releaseRow(
    "base",
    "bases",
    strictObject({
      ...BaseSchema.shape,
      allowing: _enum(["enough", "unproven"]).describe("What listing it in allowed-bases would do: a registry proves it, or has not yet")
    }),
    ({ base: name2, allowing }) => `Build on one of Docker's official images, or ${`allow this base in gate.yml (allowed-bases${name2 === null ? "" : `: ${untagged(familiarName(name2))}`})`}${allowing === "enough" ? "" : " and let the gate read it from its registry"}`
  ),
  "intermediate-base": releaseRow("base", "never", BaseSchema),
  "base-label-contradicted": releaseRow(
    "base",
    "listed-bases",
    BaseSchema,
    "Correct the label that names the base"
  ),
  "base-not-known": releaseRow(
    "base",
    "listed-bases",
    strictObject({
      ...BaseSchema.shape,
      stranger: text.optional().describe("The base that the label names, if its registry was not asked: nothing else names it")
    }),
    ({ stranger }) => stranger === void 0 ? "Prove what the image is built on: build it with the labels org.opencontainers.image.base.name and .digest" : askStranger(stranger)
  ),
  "base-moved-on": releaseRow("base", "never", BaseSchema)
};
function askStranger(name2) {
  let registry = parseReference(name2)?.registry ?? name2, [listed = name2] = familiarName(name2).split("@");
  return `Let the gate ask ${registry} for the base, if you trust it (a label alone is not a sufficient reason): log in to it, or list ${listed} in allowed-bases`;
}

var HEALTH_PROGRAMS = ["curl", "wget", "node", "python3", "php", "ruby"], PLAIN_PROGRAM = new RegExp(
  String.raw`^/(?:usr/(?:local/)?)?bin/(${HEALTH_PROGRAMS.join("|")})[\d.]{0,8}$`
);
function healthProgram(path) {
  let [, name2] = PLAIN_PROGRAM.exec(path) ?? [];
  return HEALTH_PROGRAMS.find((one) => one === name2) ?? null;
}
var HEALTH_PATH = String.raw`(?:/[\w.-]{1,40}){0,4}/_?(?:health(?:z|y|[-_]?check)?|live(?:z|ness)?|readyz?|readiness|status|ping)(?:/[\w-]{1,40}){0,2}`, PLAIN_HEALTH_PATH = new RegExp(`^${HEALTH_PATH}$`), HEALTH_URL = new RegExp(
  String.raw`(?:(?<![\w.-])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[^\s/"'\\]{1,30})?|//[^\s/"'\\]{1,100}:(?<port>\d{1,5}))(?<path>${HEALTH_PATH})(?![\w/?%$~+-]|\.\w)`,
  "g"
);
function isHealthPath(path) {
  return PLAIN_HEALTH_PATH.test(path);
}
function healthPathIn(text2, ports) {
  return [...text2.matchAll(HEALTH_URL)].map(({ groups }) => groups ?? {}).find(({ port }) => port === void 0 || ports.includes(Number(port)))?.path ?? null;
}
var PLAIN_BINDING = /^(?:\[::1\]|127\.0\.0\.1):[\d-]{0,11}:\d{1,5}(?:\/\w{1,4})?$/;
function isPlainBinding(binding) {
  return PLAIN_BINDING.test(binding);
}

function credentialRows() {
  let kinds = [...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS, ...ACCOUNT_KINDS];
  return Object.fromEntries(kinds.map((kind) => [kind, rowOf(kind)]));
}
var NOTED_KINDS =   new Set([...NOTED_CREDENTIAL_KINDS, "password-hash"]), ACCOUNT_KIND_SET = new Set(ACCOUNT_KINDS);
function rowOf(kind) {
  let isAccount = ACCOUNT_KIND_SET.has(kind);
  return describing({
    about: "application",
    blocks: NOTED_KINDS.has(kind) ? "never" : "always",
    page: sectionIn("docs/findings/credentials.md"),
    details: DetailsSchema,
    name: isAccount ? "Account" : "Credential",
    help: isAccount ? "Whoever reaches a login of this image can use such an account." : "Everyone who can pull the image has what is in its layers, deleted files too.",
    helpUri: null,
    todo: TODO[kind]
  });
}
var DetailsSchema = strictObject({
  count: text,
  paths: texts,
  fingerprints: texts.describe('Of each path in turn; "none" where there is none'),
  state: _enum(["in-image", "deleted"]).describe("in-image: a container sees the files; deleted: only whoever reads the layer does")
}), NO_FINGERPRINT = "none", OUT_OF_LAYER = "take it out of the layer (multi-stage build, RUN --mount=type=secret, .dockerignore; deleting it in a later instruction is not enough), and rebuild", TODO = {
  "private-key": `Replace this key everywhere, ${OUT_OF_LAYER}`,
  "ssh-host-key": `Make the SSH server's keys when a container first starts, not in the image: ${OUT_OF_LAYER}`,
  keystore: `Replace the private key in this keystore everywhere, ${OUT_OF_LAYER}`,
  "cloud-credential": `Revoke this cloud credential, ${OUT_OF_LAYER}`,
  token: `Revoke this token, ${OUT_OF_LAYER}`,
  password: `Change this password, ${OUT_OF_LAYER}`,
  "encrypted-key": "Check whether this key belongs in the image: only its password protects it",
  "snakeoil-key": "Make the key of ssl-cert when a container first starts: all containers of the image share it",
  "shell-history": "Remove the history of a shell from the layer: commands may show more than they should",
  "git-folder": "Keep .git out of the image with .dockerignore: it has all earlier versions of all files",
  "empty-password": "Lock the account (passwd --lock), or set a password when a container starts",
  "second-root": "Remove the second account with UID 0, or give it another UID",
  "password-hash": "Check whether the account needs a password that everyone with the image can try to guess"
};

var ORIGINS = [
  "stable",
  "backports",
  "testing",
  "sid",
  "experimental",
  "third-party",
  "unknown"
];

var SUPERSEDED_AT_RELEASE =   new Set(["nginx", "wordpress", "neo4j", "rust"]), NOTICE_DAYS = 90, STALE_DAYS = 180, DAY_MS = 864e5, END_STATES = ["past", "recent", "soon", "supported", "unknown"];
function branchOf(name2, version, { date, programs }, today) {
  let cycles = programs.get(name2), numbers = numbersOf(version), [first] = cycles ?? [];
  if (cycles === void 0 || first === void 0 || numbers.length === 0)
    return null;
  let cycle = cycleIn(cycles, version), oldest = cycles.map((one) => numbersOf(one.name)).sort(compareNumbers)[0] ?? [], isOlder = cycle === null && compareNumbers(numbers.slice(0, oldest.length), oldest) < 0, end = cycle === null ? isOlder : cycle.end, state = stateOf(name2, end, date, today);
  return { cycle, state, day: typeof end == "string" ? end : null, newest: first.name };
}
function stateOf(name2, end, date, today) {
  if (typeof end == "boolean")
    return end ? "past" : "unknown";
  if (daysBetween2(date, today) > STALE_DAYS && end > date)
    return "unknown";
  let daysLeft = daysBetween2(today, end);
  return daysLeft > 0 ? daysLeft <= NOTICE_DAYS ? "soon" : "supported" : SUPERSEDED_AT_RELEASE.has(name2) && -daysLeft < NOTICE_DAYS ? "recent" : "past";
}
function cycleIn(cycles, version) {
  let numbers = numbersOf(version);
  return cycles.filter((one) => {
    let branch = numbersOf(one.name);
    return branch.length <= numbers.length && compareNumbers(numbers.slice(0, branch.length), branch) === 0;
  }).sort((a, b) => numbersOf(b.name).length - numbersOf(a.name).length)[0] ?? null;
}
function releasedVersion(name2, fixed, { programs }) {
  let cycle = cycleIn(programs.get(name2) ?? [], fixed), latest = cycle?.latest ?? null;
  if (cycle === null || latest === null)
    return fixed;
  let [fixedNumbers, newest, branch] = [fixed, latest, cycle.name].map(numbersOf);
  return fixedNumbers === void 0 || newest === void 0 || branch === void 0 || fixedNumbers.length === branch.length + 1 && newest.length === fixedNumbers.length || compareNumbers(fixedNumbers, newest) >= 0 ? fixed : latest.replace(/(?:\+.*|-b\d+)$/, "");
}
function dataAge({ date }, today) {
  let days = daysBetween2(date, today);
  return days > NOTICE_DAYS ? { days, isStale: days > STALE_DAYS } : null;
}
function numbersOf(version) {
  let [, java, update] = /^(\d+)u(\d+)/.exec(version) ?? [], [numericVersion = ""] = /^\d+(?:\.\d+)*/.exec(java === void 0 ? version : `${java}.0.${update}`) ?? [];
  return numericVersion === "" ? [] : numericVersion.split(".").map(Number);
}
function daysBetween2(from2, to) {
  return Math.round((Date.parse(to) - Date.parse(from2)) / DAY_MS);
}
function endsText({ date, programs }, isWanted = () => !0) {
  let lines = [...programs].filter(([name2]) => isWanted(name2)).sort(([a], [b]) => compareText(a, b)).map(([name2, cycles]) => {
    let fields = cycles.map(({ name: cycle, end, latest }) => `${cycle}:${end === !0 ? "yes" : end === !1 ? "no" : end}:${latest ?? ""}`);
    return [name2, ...fields].join(" ");
  });
  return `${[date, ...lines].join(`
`)}
`;
}
var DAY = /^\d{4}-\d\d-\d\d$/, CYCLE = /^(\d[\d.]{0,20}):(\d{4}-\d\d-\d\d|yes|no):([\w.+-]{0,40})$/;
function readEnds(text2) {
  let [date = "", ...lines] = text2.trimEnd().replaceAll(`
 `, " ").split(`
`), programs = lines.map((line2) => {
    let [name2 = "", ...fields] = line2.split(" ");
    return [name2, fields.map(readCycle)];
  });
  return DAY.test(date) && !Number.isNaN(Date.parse(date)) && programs.every(
    ([name2, cycles]) => /^[a-z0-9-]+$/.test(name2) && cycles.length > 0 && !cycles.includes(null)
  ) ? { date, programs: new Map(programs) } : null;
}
function readCycle(field) {
  let [, name2, end, latest] = CYCLE.exec(field) ?? [];
  return name2 === void 0 || end === void 0 ? null : { name: name2, end: end === "yes" ? !0 : end === "no" ? !1 : end, latest: latest || null };
}

var PROGRAM_OBSTACLES = {
  "program-doubtful": describing({
    about: "package",
    blocks: "never",
    page: sectionIn("docs/programs.md"),
    details: strictObject({
      versions: texts.describe("By the text next to the program, and by its bytes"),
      paths: texts
    }),
    name: "ProgramDoubtful",
    help: "Install the program as its project builds it, with the files of one version.",
    helpUri: null,
    todo: "Find out which version it is, and install the files of one version only"
  }),
  "program-end-of-life": describing({
    about: "package",
    blocks: "ended",
    page: sectionIn("docs/programs.md"),
    details: strictObject({
      title: text.describe("As people know the program"),
      branch: textOrNull.describe("null: its version is in no branch that is listed"),
      state: _enum(END_STATES),
      day: textOrNull.describe("The end, YYYY-MM-DD; null: not known"),
      newest: text.describe("The newest branch"),
      unfixed: text.describe("How many of its vulnerabilities have no fix in the branch"),
      paths: texts
    }),
    name: "ProgramEndOfLife",
    help: "Its project no longer fixes vulnerabilities in this branch. Use a branch that is maintained.",
    helpUri: null,
    todo: ({ title: title2, branch, state, newest }) => {
      let target = `a maintained branch of ${title2}: the newest is ${newest}`;
      switch (state) {
        case "unknown":
          return `Find out until when ${title2}${branch === null ? "" : ` ${branch}`} is maintained, or move to ${target}`;
        case "soon":
          return `Plan to move to ${target}`;
        default:
          return `Move to ${target}`;
      }
    }
  })
};

var TESTED_BY = ["command", "compose"], TEST_STATES = ["passed", "failed", "no-answer", "not-run"], RegressionTestSchema = strictObject({
  state: _enum(TEST_STATES),
  by: _enum(TESTED_BY).nullable().describe('What the input "test" names'),
  ended: textOrNull.describe('How the test ended, such as "exit 0"'),
  seconds: number().nullable()
}).describe(
  "The application's regression test; if the test did not finish, all fields except `state` are null"
), NO_TEST_FACTS = { by: null, ended: null, seconds: null, output: null }, NOT_RUN = { state: "not-run", ...NO_TEST_FACTS }, NO_ANSWER = { state: "no-answer", ...NO_TEST_FACTS };
function endOfTest(test) {
  let { state, ended, seconds: seconds3, output, isImageUnused } = test;
  return ended === null || seconds3 === null ? null : {
    ok: state === "passed",
    ended,
    seconds: seconds3,
    output: output ?? "",
    ...isImageUnused && { isImageUnused }
  };
}

var DetailsSchema2 = strictObject({
  by: _enum(TESTED_BY).nullable(),
  ended: text,
  command: _enum(["not-found", "not-executable", "no-script"]).optional().describe(
    "The test exited with 127 or 126: a command of it was not found, or could not be executed; or with 2, and a shell said that it could not open its script"
  ),
  container: strictObject({ exitCode: int() }).optional().describe("The container of the image that ended by itself while it was tested")
});
function taskOf({ command: command2, container }) {
  if (container !== void 0)
    return `The image does not start: fix what ends its container with exit code ${container.exitCode}, and rebuild the image`;
  switch (command2) {
    case "not-found":
      return "Fix the command of the regression test: exit code 127 says that a command was not found, on this machine or in the image";
    case "not-executable":
      return "Fix the command of the regression test: exit code 126 says that a command is not executable (chmod +x, or name its interpreter)";
    case "no-script":
      return "Fix the command of the regression test: the shell could not open the script that it names, on this machine or in the image";
    default:
      return "Fix what makes the regression test fail, and rebuild the image";
  }
}
var REGRESSION_TEST_ROWS = {
  "regression-test-failed": describing({
    about: "application",
    blocks: "always",
    page: sectionIn("docs/findings/regression-test.md"),
    details: DetailsSchema2,
    name: "RegressionTest",
    help: "Fix the application or its test. No whitelist entry accepts a failing test.",
    helpUri: null,
    todo: taskOf
  })
};

function unexaminedId(kind) {
  return `not-examined-${kind}`;
}
function unexaminedRows() {
  let rows2 = APPLICATION_KIND_IDS.map((kind) => [unexaminedId(kind), unexaminedRow(kind)]);
  return Object.fromEntries(rows2);
}
function unexaminedRow(kind) {
  return describing({
    about: "package",
    blocks: kind === "not-installed" ? "never" : isUnread(kind) ? "unread" : "unexamined",
    page: () => "docs/application-packages.md#what-was-not-examined",
    details: DetailsSchema3,
    name: "NotExamined",
    help: isUnread(kind) ? "The gate judges content of this kind, but could not read this. Make it readable, remove it, or accept its paths." : "The image contains this, but no advisories were read for it. Examine it by other means, or accept it.",
    helpUri: null,
    todo: todoOf(kind)
  });
}
var DetailsSchema3 = strictObject({
  count: text,
  paths: texts.describe("Some of them; for a kind that is accepted by path, all"),
  folder: textOrNull.describe("The folder that all paths are in; null: they are in several"),
  cause: textOrNull.describe("Why it could not be read; null: it is not of a kind that is judged"),
  spared: textOrNull.describe("Why it is only noted although such content blocks; null: nothing says so")
});
function todoOf(kind) {
  let id3 = unexaminedId(kind), accept = `accept each path in a whitelist entry with the id ${id3}`, todos = {
    unreadable: `Replace or remove the files that the gate can't read, or examine them by other means and ${accept}`,
    cut: `Remove what the image does not need until it is within the limit, or examine the rest by other means and ${accept}`,
    "unknown-owner": `Keep dpkg's lists of files (/var/lib/dpkg/info) in the image, or examine the packages by other means and ${accept}`
  };
  return isUnread(kind) ? todos[kind] : `Examine ${APPLICATION_KINDS[kind].many} by other means, and accept this finding in a whitelist entry with the id ${id3}`;
}
var NAMED = 3, MAX_PATH_LENGTH = 160;
function unreadSentence(kind, { count: count2, paths, cause }) {
  let { one, many } = APPLICATION_KINDS[kind], what = `not examined: ${count2} ${count2 === "1" ? one : many}${cause === null ? "" : ` (${cause})`}`;
  return paths.length === 0 ? `${what}, in folders that are not listed` : `${what}${kind === "cut" ? ", from here on" : ""}: ${pathsText(paths)}`;
}
function pathsText(paths) {
  return firstOf(paths, NAMED).map(shortened).join("; ");
}
function shortened(text2) {
  return text2.length <= MAX_PATH_LENGTH ? text2 : `${text2.slice(0, MAX_PATH_LENGTH)}…`.toWellFormed();
}

var VulnerabilitySchema = strictObject({
  facts: record(text, text).describe("The original words of Clair and the tracker, kept next to ours. Nothing is decided by them"),
  packageDb: textOrNull.describe(
    "Path of the dpkg database that lists the package, in the image; null: the image's own"
  ),
  essential: texts.optional().describe("Its binaries that cannot be removed, because they are Essential or Protected; absent: none"),
  release: textOrNull.describe("The release whose tracker row it is judged by; null: the image's own"),
  signedSources: texts.describe("The source packages that carry the signature for this one"),
  explanation: textOrNull.describe(
    "Why Clair and the source package's version disagree, in one sentence; null if they agree"
  ),
  archiveOffers: textOrNull.describe(
    "If the fix cannot be installed, the highest version that the archive offers; null if it offers none, or was not asked. It may include the fix: the index names it, but the mirrors no longer have its file. If the fix can be installed, the version that only packages of other names have; otherwise null"
  )
}), VULNERABILITY = {
  check: "clair",
  blocks: "rulings",
  about: "package",
  page: null,
  rated: !0
};

var ORIGIN_EVIDENCE = ["Origin", "Maintainer", "apt lists"], SUPPORT = ["unreleased", "supported", "lts", "end-of-life", "unknown"], nothing = strictObject({}), packages = strictObject({ packages: texts }), file = strictObject({ file: text }), OBSTACLES = {
  ...kindsOf(UPDATE.check, {
    "no-security-source": releaseRow(
      "sources",
      "never",
      strictObject({
        codename: text,
        lines: text.describe("For a Dockerfile: they add the security suite to apt's sources")
      })
    ),
    "hidden-security-updates": releaseRow("sources", "never", packages),
    "updates-main-component": releaseRow("sources", "never", file),
    "expired-source": releaseRow("sources", "never", file),
    "snapshot-source": releaseRow("sources", "never", file),
    "mixed-releases": releaseRow("sources", "never", strictObject({ suites: texts })),
    "end-of-life": releaseRow(
      "release",
      "always",
      strictObject({
        end: text,
        stable: textOrNull.describe("The current stable release, in words; null if that is not known")
      }),
      ({ stable }) => stable === null ? SUPPORTED : `Move to ${stable}`
    ),
    "archived-release": releaseRow("release", "always", nothing),
    "unknown-release": releaseRow("release", "always", nothing),
    "testing-or-unstable": releaseRow("release", "always", strictObject({ suite: text })),
    "not-current-stable": releaseRow(
      "release",
      "unless-supported",
      strictObject({
        stable: text,
        saysSo: text.describe("Its source: archive or table"),
        support: _enum(SUPPORT),
        end: textOrNull
      }),
      ({ stable }) => `Build on ${stable}, the current stable release`
    ),
    "stable-not-known": releaseRow("release", "stable", nothing, "Find out which Debian release is stable"),
    "platforms-of-other-releases": releaseRow(
      "release",
      "always",
      strictObject({ codename: text, others: text }),
      "Build all platforms of the image on the same Debian release"
    ),
    "dpkg-broken": releaseRow("dpkg", "never", packages),
    "package-database-doubtful": releaseRow(
      "dpkg",
      "always",
      strictObject({
        packages: texts,
        lines: texts.nullable().describe("Lines that a layer adds to dpkg's lists; null: none")
      }),
      "Change dpkg's database only through dpkg, or accept this finding for this image in the whitelist"
    ),
    ...BASE_OBSTACLES,
    "no-security-support": packageRow(
      "unless-of-base",
      strictObject({
        origin: _enum(ORIGINS),
        suite: textOrNull,
        from: textOrNull,
        saysSo: _enum(ORIGIN_EVIDENCE).nullable(),
        base: textOrNull.describe("The proven official base that it came with"),
        vendor: textOrNull.describe("Its vendor's repository")
      }),
      ({ vendor }) => vendor === null ? "Use packages from Debian's release instead of those without security support, or accept the unsupported packages in a whitelist entry with the id no-security-support" : `Update these packages from ${vendor}, and accept them in a whitelist entry with the id no-security-support`
    ),
    "other-release": packageRow(
      "if-newer",
      strictObject({
        release: text,
        suite: text,
        newer: texts.nullable().describe(
          "Of its binaries, those that the image's release has in a higher version, with that version; null: none"
        ),
        base: textOrNull.describe("The proven official base that it came with")
      }),
      "Install these packages from the image's release, or accept them in a whitelist entry with the id other-release"
    ),
    "support-ended": packageRow(
      "always",
      strictObject({ release: text, day }),
      "Replace packages that Debian no longer supports, or accept them in a whitelist entry with the id support-ended"
    ),
    "support-limited": packageRow(
      "never",
      strictObject({ release: text, day: day.nullable() }),
      "Check to what extent Debian still supports these packages"
    ),
    "vendor-package": describing({
      about: "package",
      blocks: "never",
      page: sectionIn("docs/findings/security-updates.md"),
      details: strictObject({
        vendor: text,
        as: text.describe("The program that it is, or that it is a part of")
      }),
      name: "VendorPackage",
      help: "Its vendor provides updates, and its program is judged by advisories.",
      helpUri: null,
      todo: ({ vendor }) => `Update it from ${vendor}`
    })
  }),
  ...kindsOf("regression-test", REGRESSION_TEST_ROWS),
  ...kindsOf(VULNERABILITY.check, {
    "unowned-program": describing({
      about: "package",
      blocks: "unexamined",
      page: () => "docs/application-packages.md#the-account",
      details: strictObject({
        count: text,
        paths: texts,
        sha256: texts.describe('Of each path in turn; "unknown" for those that were not hashed')
      }),
      name: "UnownedProgram",
      help: "No package explains this program, so nobody looks for its vulnerabilities. Install it from a package, or accept it.",
      helpUri: null,
      todo: "Install these programs from packages, or accept them by their paths in a whitelist entry with the id unowned-program"
    }),
    ...PROGRAM_OBSTACLES,
    ...unexaminedRows()
  }),
  ...kindsOf("credentials", credentialRows())
};
function aboutPackage(finding, about) {
  return { ...finding, ...about };
}
function obstacle(id3, why3, details) {
  return { check: OBSTACLES[id3].check, id: id3, why: why3, details, ...BARE };
}
function packageRow(blocks, details, todo) {
  return describing({
    about: "package",
    blocks,
    page: UPDATES_PAGE,
    details,
    name: "PackageWithoutSupport",
    help: "Install packages from the image's release, for which Debian provides security updates.",
    helpUri: null,
    todo
  });
}

var RESULT_ROW = {
  ...RESULT,
  page: pageOfResult,
  describe: ({ id: id3, ours, counts, dbsTitle }) => ({
    name: "DockerBenchResult",
    title: ours === null ? `Docker Bench ${id3}` : `Docker Bench check ${id3} expects: ${titleOf(ours, { counts, dbsTitle })}`,
    help: ours?.advice || `Resolve the finding for Docker Bench check ${id3}, or record the expected result in the dictionary.`,
    helpUri: null,
    subject: `Docker Bench ${id3}, expected: ${ours?.title ?? "as in the dictionary"}`,
    todo: (ours?.advice || `Resolve the finding for Docker Bench check ${id3}`).replace(/\.$/, "")
  })
};
function titleOf({ title: title2 }, { counts, dbsTitle }) {
  return counts === null || counts.whose === "built-in" ? title2 : dbsTitle ?? title2;
}
function pageOfResult({ id: id3, ours }) {
  return ours !== null && (id3 === START_TEST || /^\d{1,2}\.\d{1,2}$/.test(id3)) ? pageOfId(id3) : "docs/docker-bench.md";
}
function withoutFix(finding, name2, isAdvised) {
  let { id: id3, kev } = finding;
  return isAdvised && kev !== !0 && acceptsPackageName(finding) ? `No fix exists: remove ${name2}, accept ${id3}${withNeededKeys(finding)}, or add a VEX statement` : `Remove or replace ${name2}: ${id3} has no fix`;
}
function todoOfVulnerability(finding) {
  let { id: id3, package: name2, fixedVersion, installable, debian, essential } = finding;
  if (name2 === null)
    return SUPPORTED;
  if (essential !== void 0 && (fixedVersion === null || installable === !1)) {
    let accept = acceptsPackageName(finding) ? `Accept ${id3}${withNeededKeys(finding)}` : null, fix = fixedVersion === null ? "there is a fix" : `${fixedVersion} can be installed`;
    return `${accept === null ? `Wait until ${fix}` : `${accept} until ${fix}, or wait`}: ${listText(essential)} cannot be removed (Essential)`;
  }
  return fixedVersion === null ? withoutFix(finding, name2, debian !== null) : installable === !1 ? `Remove or replace ${name2}: ${fixedVersion}, which fixes ${id3}, cannot be installed` : `Update ${name2} to ${fixedVersion} or later`;
}
var OSV = "https://osv.dev/";
function osvPage(id3) {
  return /^[A-Za-z][\w.-]{0,99}$/.test(id3) ? `${OSV}vulnerability/${id3}` : OSV;
}
function todoOfApplication(finding) {
  let { id: id3, package: name2, fixedVersion, settles, malware } = finding;
  return malware ? `Remove ${name2}, and treat everything that it could access as compromised: it is malicious according to ${id3}` : fixedVersion === null ? withoutFix(finding, name2, !0) : `${changeText(finding)}: use ${name2} ${settles ?? fixedVersion} or later`;
}
var KINDS = {
  vulnerability: {
    ...VULNERABILITY,
    describe: (finding) => ({
      name: "KnownVulnerability",
      title: `${finding.id} in ${finding.package ?? "the image"}`,
      help: "Update the package if a fix can be installed; otherwise remove it, or accept it in the whitelist for a limited time.",
      helpUri: trackerPage(finding.id),
      subject: `${finding.id}: ${finding.id}`,
      todo: todoOfVulnerability(finding)
    })
  },
  "application-vulnerability": {
    ...VULNERABILITY,
    describe: (finding) => ({
      name: finding.malware ? "MaliciousPackage" : "KnownVulnerability",
      title: `${finding.id} in ${finding.package}`,
      help: "Use a version that is not affected; otherwise remove the package, or accept it in the whitelist for a limited time.",
      helpUri: osvPage(finding.own) === OSV ? null : osvPage(finding.own),
      subject: `${finding.id}: ${finding.id}`,
      todo: todoOfApplication(finding)
    })
  },
  "security-update": { ...UPDATE, blocks: "always" },
  "ordinary-update": { ...UPDATE, blocks: "any-update" },
  ...OBSTACLES,
  "bench-result": RESULT_ROW,
  [START_TEST]: RESULT_ROW
};
function kindOf(finding) {
  return "purl" in finding ? "application-vulnerability" : finding.check === RESULT.check ? finding.id === START_TEST ? START_TEST : "bench-result" : "details" in finding || finding.check === UPDATE.check ? finding.id : "vulnerability";
}
function rowOf2(finding) {
  return KINDS[kindOf(finding)];
}
function describe(finding) {
  return rowOf2(finding).describe(finding);
}
function isRated(finding) {
  return rowOf2(finding).rated === !0;
}
function pageOf(finding) {
  let { page } = rowOf2(finding);
  return typeof page == "function" ? page(finding) : page;
}

function isVulnerability(finding) {
  return kindOf(finding) === "vulnerability";
}
function isApplication(finding) {
  return "purl" in finding;
}
function isKnownVulnerability(finding) {
  return isVulnerability(finding) || isApplication(finding);
}
function idsOf(finding) {
  return isApplication(finding) ? finding.ids : [finding.id];
}
function isMalware(finding) {
  return isApplication(finding) && finding.malware;
}
function isBench(finding) {
  return finding.check === RESULT.check;
}
function isUpdate(finding) {
  return finding.check === UPDATE.check && UPDATE_IDS.some((id3) => id3 === finding.id);
}
function isObstacle(finding, id3) {
  return "details" in finding && finding.id === id3;
}
function isLeftBehind(finding) {
  return isObstacle(finding, "other-release") && finding.details.newer !== null;
}
function isRuledInOrder(finding) {
  return !isBench(finding);
}
function otherDatabase(finding) {
  return isVulnerability(finding) ? finding.packageDb : null;
}
function architectureOf(finding) {
  return isUpdate(finding) ? finding.architecture : null;
}
function lacksApt(finding) {
  return isUpdate(finding) && !finding.hasApt;
}
function isOnHold(finding) {
  return isUpdate(finding) && finding.heldBack?.by === "hold";
}
function installableFix({ installable, fixedVersion }) {
  return installable === !1 ? null : fixedVersion;
}
function isFixedUnderOtherName(finding) {
  return isVulnerability(finding) && finding.installable === !0 && finding.archiveOffers !== null;
}

var why = text.describe("One sentence for people. Contains text from outside");
function obstacleSchemas() {
  let ids = Object.keys(OBSTACLES);
  return [...Map.groupBy(ids, (id3) => OBSTACLES[id3].details)].map(
    ([details, kinds]) => strictObject({ type: _enum(kinds), why, ...details.shape })
  );
}
var PackageAndResultSchema = discriminatedUnion("type", [
  strictObject({ type: literal("vulnerability"), ...VulnerabilitySchema.shape }),
  strictObject({
    type: literal("application-vulnerability"),
    ...ApplicationSchema.shape,
    manifest: text.describe("What to edit: a file, or the part of it that names the version")
  }),
  strictObject({ type: _enum(UPDATE_IDS), ...UpdateSchema.shape }),
  strictObject({ type: _enum(["bench-result", START_TEST]), ...BenchSchema.shape })
]), DetailsSchema4 = discriminatedUnion("type", [...PackageAndResultSchema.options, ...obstacleSchemas()]).describe("What a finding of its kind knows, in addition to what all findings have");
function detailsOf(finding) {
  return "details" in finding ? { ...finding.details, type: finding.id, why: finding.why } : isVulnerability(finding) ? { ...finding, type: "vulnerability" } : isApplication(finding) ? { ...finding, type: "application-vulnerability", manifest: manifestFile(finding) } : isBench(finding) ? { ...finding, type: finding.id === START_TEST ? START_TEST : "bench-result" } : { ...finding, type: finding.id };
}
function findingWith({ check, id: id3 }, common, { type, ...details }) {
  let finding = { ...membersOf(id3, type, details), ...common, check, id: id3 }, { package: name2, version, fixedVersion } = common, needed = isUpdate(finding) ? [name2, version, fixedVersion] : isApplication(finding) ? [name2] : [], isItsId = id3 === type || !Object.hasOwn(KINDS, id3), isOfItsCheck = kindOf(finding) === type && KINDS[type].check === check;
  return isItsId && isOfItsCheck && needed.every((one) => one !== null) ? finding : null;
}
function membersOf(id3, type, details) {
  if (Object.hasOwn(OBSTACLES, type)) {
    let { why: why3 = id3, ...rest } = details;
    return { why: why3, details: rest };
  }
  if (type === "application-vulnerability") {
    let { manifest: _, ...rest } = details;
    return rest;
  }
  return type === "bench-result" || type === START_TEST ? benchFinding({ id: id3, ...details }, details) : details;
}

function imageMatches(pattern, reference) {
  if (globMatches(pattern, reference))
    return !0;
  let at2 = reference.lastIndexOf("@");
  if (at2 === -1)
    return !1;
  let colon = reference.lastIndexOf(":", at2);
  if (colon <= reference.lastIndexOf("/", at2))
    return !1;
  let name2 = reference.slice(0, colon);
  return globMatches(pattern, reference.slice(0, at2)) || globMatches(pattern, name2 + reference.slice(at2));
}
function globMatches(pattern, text2) {
  let star = pattern.indexOf("*");
  if (star === -1)
    return pattern === text2;
  let lastStar = pattern.lastIndexOf("*"), [first, last] = [pattern.slice(0, star), pattern.slice(lastStar + 1)];
  if (text2.length < first.length + last.length || !text2.startsWith(first) || !text2.endsWith(last))
    return !1;
  let end = text2.length - last.length, at2 = first.length;
  for (let piece of pattern.slice(star, lastStar).split("*")) {
    let found = text2.indexOf(piece, at2);
    if (found === -1 || found + piece.length > end)
      return !1;
    at2 = found + piece.length;
  }
  return !0;
}
function unmatchedImage(patterns, references) {
  if (patterns.some((pattern) => references.some((one) => imageMatches(pattern, one))))
    return null;
  for (let pattern of patterns) {
    let name2 = untagged(pattern), reference = references.find((one) => {
      let other2 = untagged(one);
      return globMatches(name2, other2) ? pattern === name2 : other2.endsWith(`/${name2}`) || name2.endsWith(`/${other2}`);
    });
    if (reference !== void 0) {
      let suggestion2 = globMatches(name2, untagged(reference)) ? `${name2}:*` : `${untagged(reference)}:*`;
      return `matches no judged image: a pattern must match the full name, including the tag; did you mean ${JSON.stringify(suggestion2)} for ${reference}?`;
    }
  }
  return null;
}

function summaryText(summary) {
  let { judged, unjudged, past, unknown: unknown2 } = summaryParts(summary), parts = [...judged, ...unjudged];
  return parts.length === 0 ? null : [...parts, ...past, ...unknown2].join("; ");
}
function judgedSummary(summary) {
  let { judged, past } = summaryParts(summary);
  return [...judged, ...past].join("; ");
}
function unjudgedSummary(summary) {
  let { unjudged, unknown: unknown2 } = summaryParts(summary);
  return [...unjudged, ...unknown2];
}
function summaryParts(summary) {
  let { judged, unexamined: unexamined2, isOff, isOffByOsv, areProgramsOff, byClair } = summary, offText = isOff ? ` (not checked for vulnerabilities: ${offBy(isOffByOsv)})` : areProgramsOff && unexamined2.some(({ kind }) => kind === "program") ? " (programs are not checked for vulnerabilities: programs is off)" : "", { past, unknown: unknown2 } = summary.ends ?? { past: [], unknown: [] }, [both, osvAlone] = [!0, !1].map(
    (is) => judged.filter(({ kind }) => (byClair?.includes(kind) ?? !1) === is)
  );
  return {
    judged: [...judgedText(both ?? [], "Clair and OSV"), ...judgedText(osvAlone ?? [], "OSV")],
    unjudged: unexamined2.length === 0 ? [] : [`not examined: ${kindText(unexamined2)}${offText}`],
    past: past.length === 0 ? [] : [`past their end: ${past.join(", ")}`],
    unknown: unknown2.length === 0 ? [] : [`end of life not known, since the data are old: ${unknown2.join(", ")}`]
  };
}
function judgedText(counts, whom) {
  return counts.length === 0 ? [] : [`${kindText(counts)} judged by ${whom}`];
}

var LETTER_AT_END = "*~*[a-z]", CODENAME = "(?:jessie|stretch|buster|bullseye|bookworm|trixie|forky)", ofProgram = (role) => (names, of3, file2) => ({
  names,
  role,
  program: of3,
  ...file2 && { file: file2 }
}), program = ofProgram("program"), follows = ofProgram("follows"), companion = (names, shape) => ({
  names,
  role: "companion",
  program: null,
  ...shape !== void 0 && { shape }
}), other = (names) => program(names, null), VENDORS = [
  {
    title: "nginx.org",
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^nginx$/, "nginx"), companion(/^nginx-module-[\w.-]+$/), other(/^nginx-[\w.-]+$/)]
  },
  {
    title: "apt.postgresql.org",
    shape: /\.pgdg\d+\+\d+(?:\+b\d+)?$/,
    pattern: "*.pgdg*[0-9]",
    packages: [
      program(/^postgresql-\d+$/, "postgresql"),
      follows(/^libpq5$/, "postgresql", /^usr\/lib\/[^/]+\/libpq\.so\.5(?:\.\d+)?$/),
      follows(/^libecpg6$/, "postgresql", /^usr\/lib\/[^/]+\/libecpg\.so\.6(?:\.\d+)?$/),
      follows(/^libpgtypes3$/, "postgresql", /^usr\/lib\/[^/]+\/libpgtypes\.so\.3(?:\.\d+)?$/),
      follows(/^postgresql-client-\d+$/, "postgresql", /^usr\/lib\/postgresql\/\d+\/bin\/psql$/),
      follows(
        /^(?:postgresql-(?:(?:plperl|plpython3|pltcl|server-dev|doc)-\d+|\d+-jit)|lib(?:pq|ecpg)-dev|libpq-oauth)$/,
        "postgresql"
      ),
      companion(/^postgresql(?:-client)?(?:-common(?:-dev)?)?$/),
      companion(/^pgdg-keyring$/, null),
      other(/^(?:postgresql-\d+-[a-z][\w.-]*|pgbouncer|pgbackrest|pgpool2|pgloader|postgis)$/)
    ]
  },
  {
    title: "repo.mysql.com",
    shape: /-\d+(?:debian|ubuntu)\d+(?:\.\d+)?$/,
    packages: [
      program(/^mysql-community-server-core$/, "mysql", /^usr\/sbin\/mysqld$/),
      follows(/^(?:mysql-community-[\w-]+|mysql-(?:common|client|server)|libmysqlclient\d+)$/, "mysql")
    ]
  },
  {
    title: "mariadb.org",
    shape: /\+maria~[a-z]+\d*$/,
    pattern: "*+maria~*[0-9a-z]",
    packages: [
      program(/^mariadb-(?:server|client)-core(?:-\d+\.\d+)?$/, "mariadb"),
      follows(/^libmariadb3$/, "mariadb", /^usr\/lib\/[^/]+\/libmariadb\.so\.3$/),
      follows(
        /^(?:mariadb-(?:server|client|backup)(?:-\d+\.\d+)?|mariadb-(?:common|plugin-[\w-]+)|mysql-common|libmariadb(?:3-compat|-dev|d\d+))$/,
        "mariadb"
      ),
      companion(/^galera-4$/, /^26\.[\d.]+-(?:deb\d+|bookworm|bullseye|trixie)$/)
    ]
  },
  {
    title: "repo.mongodb.org",
    shape: null,
    packages: [
      program(/^mongodb-org-server$/, "mongodb", /^usr\/bin\/mongod$/),
      follows(/^mongodb-org(?:-mongos|-shell|-database)?$/, "mongodb"),
      companion(/^mongodb-(?:org-tools|org-database-tools-extra|mongosh|database-tools)$/)
    ]
  },
  {
    title: "packages.redis.io",
    shape: /-\d+rl\d+(?:~[a-z]+\d*)?$/,
    pattern: "*-*rl*[0-9]",
    packages: [program(/^redis-tools$/, "redis"), follows(/^redis(?:-server|-sentinel)?$/, "redis")]
  },
  {
    title: "NodeSource",
    shape: /-\d+nodesource\d*(?:\+repack\d+)?$/,
    pattern: "*nodesource*[0-9]",
    packages: [program(/^nodejs$/, "node")]
  },
  {
    title: "packages.sury.org",
    shape: /\+0~\d{8}\.\d+\+debian\d+~[\w.]+$/,
    pattern: "*+0~*+debian*[0-9a-z]",
    packages: [
      program(/^(?:php\d\.\d-(?:cli|cgi|fpm|phpdbg)|libapache2-mod-php\d\.\d|libphp\d\.\d-embed)$/, "php"),
      follows(/^php\d\.\d(?:-[\w-]+)?$/, "php"),
      companion(/^php-common$/),
      companion(/^debsuryorg-archive-keyring$/, null),
      other(/^php-[\w-]+$/)
    ]
  },
  {
    title: "download.docker.com",
    shape: /-\d+~debian\.\d+~[a-z]+$/,
    packages: [
      other(/^docker-(?:ce(?:-cli|-rootless-extras)?|(?:buildx|compose|model|scan)-plugin)$/),
      { ...other(/^containerd\.io$/), shape: null }
    ]
  },
  {
    title: "apt.releases.hashicorp.com",
    shape: null,
    packages: [
      program(/^vault$/, "vault", /^usr\/bin\/vault$/),
      program(/^consul$/, "consul", /^usr\/bin\/consul$/),
      other(/^(?:terraform|nomad|packer|boundary)$/)
    ]
  },
  {
    title: "apt.grafana.com",
    shape: null,
    packages: [
      program(/^grafana$/, "grafana", /^usr\/(?:share\/grafana\/bin|sbin)\/grafana(?:-server)?$/),
      other(/^grafana-enterprise$/)
    ]
  },
  {
    title: "artifacts.elastic.co",
    shape: null,
    packages: [
      program(/^elasticsearch$/, "elasticsearch"),
      program(/^kibana$/, "kibana"),
      other(/^logstash$/)
    ]
  },
  {
    title: "repos.influxdata.com",
    shape: null,
    packages: [other(/^(?:influxdb2?(?:-cli)?|telegraf)$/)]
  },
  {
    title: "RabbitMQ",
    shape: null,
    packages: [
      program(/^rabbitmq-server$/, "rabbitmq"),
      program(/^erlang-base$/, "erlang"),
      follows(/^erlang-[\w-]+$/, "erlang")
    ]
  },
  {
    title: "packages.adoptium.net",
    shape: null,
    packages: [program(/^temurin-\d+-(?:jdk|jre)$/, "openjdk"), companion(/^adoptium-ca-certificates$/)]
  },
  {
    title: "packages.microsoft.com",
    shape: null,
    packages: [other(/^(?:dotnet-[\w.-]+|aspnetcore-[\w.-]+|msodbcsql\d+|mssql-tools\d*|powershell)$/)]
  },
  {
    title: "dl.google.com",
    shape: null,
    packages: [other(/^google-chrome-(?:stable|beta|unstable)$/)]
  },
  {
    title: "packagecloud.io/varnishcache",
    shape: new RegExp(`-\\d+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^varnish$/, "varnish")]
  },
  { title: "haproxy.debian.net", shape: null, packages: [program(/^haproxy$/, "haproxy")] },
  { title: "packages.konghq.com", shape: null, packages: [other(/^kong(?:-enterprise-edition)?$/)] },
  {
    title: "apache.jfrog.io/couchdb",
    shape: new RegExp(`^[\\d.]+~${CODENAME}$`),
    pattern: LETTER_AT_END,
    packages: [program(/^couchdb$/, "couchdb")]
  }
];
function vendorOf(name2, version) {
  for (let { title: title2, shape: ofVendor, packages: packages2 } of VENDORS) {
    let row = packages2.find(({ names }) => names.test(name2)), shape = row?.shape === void 0 ? ofVendor : row.shape;
    if (row !== void 0 && (shape === null || shape.test(version))) {
      let { role, program: of3, file: file2 } = row;
      return { title: title2, role, program: of3, hasVendorVersion: shape !== null, ...file2 && { file: file2 } };
    }
  }
  return null;
}
function patternOf(title2) {
  return VENDORS.find((one) => one.title === title2)?.pattern ?? null;
}
var DEBIAN_REVISION = /[+~]deb\d+u\d|dfsg|[+~.]ds\d*-|-\d+\.\d+|\+b\d+$/;
function maybeVendorOf(name2, version) {
  let vendor = vendorOf(name2, version);
  return vendor === null || vendor.hasVendorVersion || DEBIAN_REVISION.test(version) ? null : vendor.title;
}
function upstreamVersion(version) {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version;
}
function isOfPackage(version, packaged) {
  let numbers = (text2) => text2.replace(/^(\d{1,2})u(\d+)$/, "$1.0.$2").replace(/(?:\.0)+$/, "");
  return numbers(version) === numbers(upstreamVersion(packaged));
}

var CLEAR_BITS_COMMAND = "find / -xdev -perm /6000 -type f -exec chmod a-s {} +";
function recordCommand(image) {
  return `seaworthy dictionary record ${image} --owner NAME --reason "TEXT"`;
}
function purgeCommand(name2) {
  return `dpkg --purge --force-remove-reinstreq ${name2}`;
}
var ANY = "*", FORMS = [CLEAR_BITS_COMMAND, recordCommand(ANY), purgeCommand(ANY)], QUOTED_COMMANDS = new RegExp(
  FORMS.map((form) => form.split(ANY).map(RegExp.escape).join(String.raw`\S+`)).join("|"),
  "g"
);

var CvssSchema = strictObject({
  vector: text,
  score: number().min(0).max(10),
  version: text,
  scorer: text.describe("The source of the metric, as the NVD names it")
}), EpssSchema = strictObject({
  probability: number().min(0).max(1),
  percentile: number().min(0).max(1),
  date: text.describe("Date of the scores")
}), NVD = "nvd@nist.gov", CISA_ADP = "134c704f-9b21-4f2e-91b3-4a467353bcc0", OSV_SCORER = "osv";
function scorerKind(scorer) {
  return scorer === OSV_SCORER ? "osv" : scorer === NVD ? "nvd" : scorer === CISA_ADP ? "cisa-adp" : "cna";
}

var NOT_RESOLVED =   Symbol("NOT_RESOLVED");
function defineScalarTag(tagName, options) {
  return {
    tagName,
    nodeKind: "scalar",
    implicit: options.implicit ?? !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    implicitFirstChars: options.implicitFirstChars ?? null,
    resolve: options.resolve,
    identify: options.identify,
    represent: options.represent ?? ((data) => String(data)),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineSequenceTag(tagName, options) {
  let carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "sequence",
    implicit: !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    create: options.create,
    addItem: options.addItem,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineMappingTag(tagName, options) {
  let carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "mapping",
    implicit: !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    create: options.create,
    addPair: options.addPair,
    has: options.has,
    keys: options.keys,
    get: options.get,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
var strTag = defineScalarTag("tag:yaml.org,2002:str", {
  resolve: (source2) => source2,
  identify: (data) => typeof data == "string"
}), NULL_VALUES$1 = [
  "",
  "~",
  "null",
  "Null",
  "NULL"
], nullCoreTag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: [
    "",
    "~",
    "n",
    "N"
  ],
  resolve: (source2) => NULL_VALUES$1.indexOf(source2) !== -1 ? null : NOT_RESOLVED,
  identify: (object2) => object2 === null,
  represent: () => "null"
}), nullJsonTag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: ["n"],
  resolve: (source2, isExplicit) => source2 === "null" || isExplicit && source2 === "" ? null : NOT_RESOLVED,
  identify: (object2) => object2 === null,
  represent: () => "null"
}), NULL_VALUES = [
  "",
  "~",
  "null",
  "Null",
  "NULL"
], nullYaml11Tag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: [
    "",
    "~",
    "n",
    "N"
  ],
  resolve: (source2) => NULL_VALUES.indexOf(source2) !== -1 ? null : NOT_RESOLVED,
  identify: (object2) => object2 === null,
  represent: () => "null"
}), TRUE_VALUES$2 = [
  "true",
  "True",
  "TRUE"
], FALSE_VALUES$2 = [
  "false",
  "False",
  "FALSE"
], boolCoreTag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: [
    "t",
    "T",
    "f",
    "F"
  ],
  resolve: (source2) => TRUE_VALUES$2.indexOf(source2) !== -1 ? !0 : FALSE_VALUES$2.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object2) => Object.prototype.toString.call(object2) === "[object Boolean]",
  represent: (object2) => object2 ? "true" : "false"
}), TRUE_VALUES$1 = ["true"], FALSE_VALUES$1 = ["false"], boolJsonTag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: ["t", "f"],
  resolve: (source2) => TRUE_VALUES$1.indexOf(source2) !== -1 ? !0 : FALSE_VALUES$1.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object2) => Object.prototype.toString.call(object2) === "[object Boolean]",
  represent: (object2) => object2 ? "true" : "false"
}), TRUE_VALUES = [
  "true",
  "True",
  "TRUE",
  "y",
  "Y",
  "yes",
  "Yes",
  "YES",
  "on",
  "On",
  "ON"
], FALSE_VALUES = [
  "false",
  "False",
  "FALSE",
  "n",
  "N",
  "no",
  "No",
  "NO",
  "off",
  "Off",
  "OFF"
], boolYaml11Tag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: [
    "y",
    "Y",
    "n",
    "N",
    "t",
    "T",
    "f",
    "F",
    "o",
    "O"
  ],
  resolve: (source2) => TRUE_VALUES.indexOf(source2) !== -1 ? !0 : FALSE_VALUES.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object2) => Object.prototype.toString.call(object2) === "[object Boolean]",
  represent: (object2) => object2 ? "true" : "false"
}), YAML_INTEGER_IMPLICIT_PATTERN$1 =   new RegExp("^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$"), YAML_INTEGER_EXPLICIT_PATTERN$1 =   new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$2(source2) {
  let value = source2, sign = 1;
  return (value[0] === "-" || value[0] === "+") && (value[0] === "-" && (sign = -1), value = value.slice(1)), value.startsWith("0b") ? sign * parseInt(value.slice(2), 2) : value.startsWith("0o") ? sign * parseInt(value.slice(2), 8) : value.startsWith("0x") ? sign * parseInt(value.slice(2), 16) : sign * parseInt(value, 10);
}
function resolveYamlInteger$2(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger$2(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intCoreTag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ..."0123456789"
  ],
  resolve: resolveYamlInteger$2,
  identify: (object2) => Number.isInteger(object2) && !Object.is(object2, -0) && object2.toString(10).indexOf("e") < 0,
  represent: (object2) => object2.toString(10)
}), YAML_INTEGER_IMPLICIT_PATTERN =   new RegExp("^-?(?:0|[1-9][0-9]*)$"), YAML_INTEGER_EXPLICIT_PATTERN =   new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$1(source2) {
  let value = source2, sign = 1;
  return (value[0] === "-" || value[0] === "+") && (value[0] === "-" && (sign = -1), value = value.slice(1)), value.startsWith("0b") ? sign * parseInt(value.slice(2), 2) : value.startsWith("0o") ? sign * parseInt(value.slice(2), 8) : value.startsWith("0x") ? sign * parseInt(value.slice(2), 16) : sign * parseInt(value, 10);
}
function resolveYamlInteger$1(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger$1(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intJsonTag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: ["-", ..."0123456789"],
  resolve: resolveYamlInteger$1,
  identify: (object2) => Number.isInteger(object2) && !Object.is(object2, -0) && object2.toString(10).indexOf("e") < 0,
  represent: (object2) => object2.toString(10)
}), YAML_INTEGER_PATTERN =   new RegExp("^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|[-+]?(?:0|[1-9][0-9_]*))$");
function parseYamlInteger(source2) {
  let value = source2.replace(/_/g, ""), sign = 1;
  if ((value[0] === "-" || value[0] === "+") && (value[0] === "-" && (sign = -1), value = value.slice(1)), value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
  if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
  if (value.includes(":")) {
    let result = 0;
    for (let part2 of value.split(":")) result = result * 60 + Number(part2);
    return sign * result;
  }
  return value !== "0" && value[0] === "0" ? sign * parseInt(value, 8) : sign * parseInt(value, 10);
}
function resolveYamlInteger(source2) {
  if (!YAML_INTEGER_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intYaml11Tag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ..."0123456789"
  ],
  resolve: resolveYamlInteger,
  identify: (object2) => Number.isInteger(object2) && !Object.is(object2, -0) && object2.toString(10).indexOf("e") < 0,
  represent: (object2) => object2.toString(10)
}), YAML_FLOAT_PATTERN$1 =   new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$"), YAML_FLOAT_SPECIAL_PATTERN$1 =   new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$2(source2) {
  if (!YAML_FLOAT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  let value = source2.toLowerCase(), sign = value[0] === "-" ? -1 : 1;
  if ("+-".includes(value[0]) && (value = value.slice(1)), value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value === ".nan") return NaN;
  let result = sign * parseFloat(value);
  return Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN$1.test(source2) ? result : NOT_RESOLVED;
}
function representYamlFloat$2(object2) {
  if (isNaN(object2)) return ".nan";
  if (object2 === Number.POSITIVE_INFINITY) return ".inf";
  if (object2 === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object2, -0)) return "-0.0";
  let result = object2.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatCoreTag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ".",
    ..."0123456789"
  ],
  resolve: resolveYamlFloat$2,
  identify: (object2) => typeof object2 == "number" && (!Number.isInteger(object2) || Object.is(object2, -0) || object2.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat$2
}), YAML_FLOAT_IMPLICIT_PATTERN =   new RegExp("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$"), YAML_FLOAT_EXPLICIT_PATTERN =   new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$1(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_FLOAT_EXPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
    let value = source2.toLowerCase(), sign = value[0] === "-" ? -1 : 1;
    if ("+-".includes(value[0]) && (value = value.slice(1)), value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (value === ".nan") return NaN;
    let result2 = sign * parseFloat(value);
    return Number.isFinite(result2) ? result2 : NOT_RESOLVED;
  }
  if (!YAML_FLOAT_IMPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = Number(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
function representYamlFloat$1(object2) {
  if (isNaN(object2)) return ".nan";
  if (object2 === Number.POSITIVE_INFINITY) return ".inf";
  if (object2 === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object2, -0)) return "-0.0";
  let result = object2.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatJsonTag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: ["-", ..."0123456789"],
  resolve: resolveYamlFloat$1,
  identify: (object2) => typeof object2 == "number" && (!Number.isInteger(object2) || Object.is(object2, -0) || object2.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat$1
}), YAML_FLOAT_PATTERN =   new RegExp("^(?:[-+]?(?:(?:[0-9][0-9_]*)?\\.[0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$"), YAML_FLOAT_SPECIAL_PATTERN =   new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat(source2) {
  if (!YAML_FLOAT_PATTERN.test(source2)) return NOT_RESOLVED;
  let value = source2.toLowerCase().replace(/_/g, ""), sign = value[0] === "-" ? -1 : 1;
  if ("+-".includes(value[0]) && (value = value.slice(1)), value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value === ".nan") return NaN;
  let result = 0;
  if (value.includes(":")) {
    for (let part2 of value.split(":")) result = result * 60 + Number(part2);
    result *= sign;
  } else result = sign * parseFloat(value);
  return Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN.test(source2) ? result : NOT_RESOLVED;
}
function representYamlFloat(object2) {
  if (isNaN(object2)) return ".nan";
  if (object2 === Number.POSITIVE_INFINITY) return ".inf";
  if (object2 === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object2, -0)) return "-0.0";
  let result = object2.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatYaml11Tag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ".",
    ..."0123456789"
  ],
  resolve: resolveYamlFloat,
  identify: (object2) => typeof object2 == "number" && (!Number.isInteger(object2) || Object.is(object2, -0) || object2.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat
}), mergeTag = defineScalarTag("tag:yaml.org,2002:merge", {
  implicit: !0,
  implicitFirstChars: ["<"],
  resolve: (source2, isExplicit) => source2 === "<<" || isExplicit && source2 === "" ? "<<" : NOT_RESOLVED,
  identify: () => !1
}), BASE64_PATTERN = /^[A-Za-z0-9+/]*={0,2}$/;
function resolveYamlBinary(source2) {
  let input = source2.replace(/\s/g, "");
  if (input.length % 4 !== 0 || !BASE64_PATTERN.test(input)) return NOT_RESOLVED;
  let binary = atob(input), result = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) result[index] = binary.charCodeAt(index);
  return result;
}
function representYamlBinary(object2) {
  let binary = "";
  for (let index = 0; index < object2.length; index++) binary += String.fromCharCode(object2[index]);
  return btoa(binary);
}
var binaryTag = defineScalarTag("tag:yaml.org,2002:binary", {
  resolve: resolveYamlBinary,
  identify: (object2) => Object.prototype.toString.call(object2) === "[object Uint8Array]",
  represent: representYamlBinary
}), YAML_DATE_REGEXP =   new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9])-([0-9][0-9])$"), YAML_TIMESTAMP_REGEXP =   new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9]?)-([0-9][0-9]?)(?:[Tt]|[ \\t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])(?:\\.([0-9]*))?(?:[ \\t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?$");
function makeUtcDate(year, month, day2, hour = 0, minute = 0, second = 0, fraction = 0) {
  let date = new Date(Date.UTC(year, month, day2, hour, minute, second, fraction));
  return date.setUTCFullYear(year, month, day2), date;
}
function resolveYamlTimestamp(source2) {
  let match = YAML_DATE_REGEXP.exec(source2);
  if (match === null && (match = YAML_TIMESTAMP_REGEXP.exec(source2)), match === null) return NOT_RESOLVED;
  let year = +match[1], month = +match[2] - 1, day2 = +match[3];
  if (!match[4]) {
    let date2 = makeUtcDate(year, month, day2);
    return date2.getUTCFullYear() !== year || date2.getUTCMonth() !== month || date2.getUTCDate() !== day2 ? NOT_RESOLVED : date2;
  }
  let hour = +match[4], minute = +match[5], second = +match[6], fraction = 0;
  if (hour > 23 || minute > 59 || second > 59) return NOT_RESOLVED;
  if (match[7]) {
    let value = match[7].slice(0, 3);
    for (; value.length < 3; ) value += "0";
    fraction = +value;
  }
  let date = makeUtcDate(year, month, day2, hour, minute, second, fraction);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== day2) return NOT_RESOLVED;
  if (match[9]) {
    let offsetHour = +match[10], offsetMinute = +(match[11] || 0);
    if (offsetHour > 23 || offsetMinute > 59) return NOT_RESOLVED;
    let offset = (offsetHour * 60 + offsetMinute) * 6e4;
    date.setTime(date.getTime() - (match[9] === "-" ? -offset : offset));
  }
  return date;
}
var timestampTag = defineScalarTag("tag:yaml.org,2002:timestamp", {
  implicit: !0,
  implicitFirstChars: [..."0123456789"],
  resolve: resolveYamlTimestamp,
  identify: (object2) => object2 instanceof Date,
  represent: (object2) => object2.toISOString()
}), seqTag = defineSequenceTag("tag:yaml.org,2002:seq", {
  create: () => [],
  addItem: (container, item) => {
    container.push(item);
  },
  identify: Array.isArray
});
function isPlainObject(data) {
  if (data === null || typeof data != "object" || Array.isArray(data)) return !1;
  let prototype = Object.getPrototypeOf(data);
  return prototype === null || prototype === Object.prototype;
}
function pick(object2, keys) {
  let result = {};
  for (let key of keys) object2[key] !== void 0 && (result[key] = object2[key]);
  return result;
}
var omapTag = defineSequenceTag("tag:yaml.org,2002:omap", {
  create: () => ({
    list: [],
    seen:   new Set()
  }),
  addItem: (carrier, item) => {
    let key;
    if (item instanceof Map) {
      if (item.size !== 1) return "cannot resolve an ordered map item";
      key = item.keys().next().value;
    } else if (isPlainObject(item)) {
      let itemKeys = Object.keys(item);
      if (itemKeys.length !== 1) return "cannot resolve an ordered map item";
      key = itemKeys[0];
    } else return "cannot resolve an ordered map item";
    return carrier.seen.has(key) ? "duplicate key in ordered map" : (carrier.seen.add(key), carrier.list.push(item), "");
  },
  finalize: (carrier) => carrier.list,
  identify: () => !1
}), pairsTag = defineSequenceTag("tag:yaml.org,2002:pairs", {
  create: () => [],
  addItem: (container, item) => {
    if (item instanceof Map)
      return item.size !== 1 ? "cannot resolve a pairs item" : (container.push(item.entries().next().value), "");
    if (Object.prototype.toString.call(item) !== "[object Object]") return "cannot resolve a pairs item";
    let object2 = item, keys = Object.keys(object2);
    return keys.length !== 1 ? "cannot resolve a pairs item" : (container.push([keys[0], object2[keys[0]]]), "");
  },
  identify: () => !1
}), mapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () => ({}),
  identify: isPlainObject,
  represent: (o) => {
    let map =   new Map();
    for (let key of Object.keys(o)) map.set(key, o[key]);
    return map;
  },
  addPair: (container, key, value) => {
    if (key !== null && typeof key == "object") return "object-based map does not support complex keys";
    let normalizedKey = String(key);
    return normalizedKey === "__proto__" ? Object.defineProperty(container, normalizedKey, {
      value,
      enumerable: !0,
      configurable: !0,
      writable: !0
    }) : container[normalizedKey] = value, "";
  },
  has: (container, key) => key !== null && typeof key == "object" ? !1 : Object.prototype.hasOwnProperty.call(container, String(key)),
  keys: (container) => Object.keys(container),
  get: (container, key) => {
    let normalizedKey = String(key);
    return Object.prototype.hasOwnProperty.call(container, normalizedKey) ? container[normalizedKey] : null;
  }
}), setTag = defineMappingTag("tag:yaml.org,2002:set", {
  create: () =>   new Set(),
  identify: (data) => data instanceof Set,
  represent: (data) => {
    let map =   new Map();
    for (let key of data) map.set(key, null);
    return map;
  },
  addPair: (container, key, value) => value !== null ? "cannot resolve a set item" : (container.add(key), ""),
  has: (container, key) => container.has(key),
  keys: (container) => container.keys(),
  get: () => null
});
function createTagDefinitionMap() {
  return {
    scalar:   Object.create(null),
    sequence:   Object.create(null),
    mapping:   Object.create(null)
  };
}
function createTagDefinitionListMap() {
  return {
    scalar: [],
    sequence: [],
    mapping: []
  };
}
function compileTags(tags) {
  let result = [];
  for (let tag of tags) {
    let index = result.length;
    for (let previousIndex = 0; previousIndex < result.length; previousIndex++) {
      let previous = result[previousIndex];
      if (previous.nodeKind === tag.nodeKind && previous.tagName === tag.tagName && previous.matchByTagPrefix === tag.matchByTagPrefix) {
        index = previousIndex;
        break;
      }
    }
    result[index] = tag;
  }
  return result;
}
var Schema = class Schema2 {
  tags;
  implicitScalarTags;
  implicitScalarByFirstChar;
  implicitScalarAnyFirstChar;
  defaultScalarTag;
  defaultSequenceTag;
  defaultMappingTag;
  exact;
  prefix;
  constructor(tags) {
    let compiledTags = compileTags(tags), implicitScalarTags = [], exact = createTagDefinitionMap(), prefix = createTagDefinitionListMap();
    for (let tag of compiledTags) {
      if (tag.nodeKind === "scalar" && tag.implicit) {
        if (tag.matchByTagPrefix) throw new Error("Implicit scalar tags cannot match by tag prefix");
        implicitScalarTags.push(tag);
      }
      switch (tag.nodeKind) {
        case "scalar":
          tag.matchByTagPrefix ? prefix.scalar.push(tag) : exact.scalar[tag.tagName] = tag;
          break;
        case "sequence":
          tag.matchByTagPrefix ? prefix.sequence.push(tag) : exact.sequence[tag.tagName] = tag;
          break;
        case "mapping":
          tag.matchByTagPrefix ? prefix.mapping.push(tag) : exact.mapping[tag.tagName] = tag;
      }
    }
    let implicitScalarAnyFirstChar = implicitScalarTags.filter((tag) => tag.implicitFirstChars === null), keys =   new Set();
    for (let tag of implicitScalarTags) if (tag.implicitFirstChars !== null) for (let key of tag.implicitFirstChars) keys.add(key);
    let implicitScalarByFirstChar =   new Map();
    for (let key of keys) implicitScalarByFirstChar.set(key, implicitScalarTags.filter((tag) => tag.implicitFirstChars === null || tag.implicitFirstChars.indexOf(key) !== -1));
    let defaultScalarTag = exact.scalar["tag:yaml.org,2002:str"];
    if (!defaultScalarTag) throw new Error("schema does not define the default scalar tag (tag:yaml.org,2002:str)");
    this.tags = compiledTags, this.implicitScalarTags = implicitScalarTags, this.implicitScalarByFirstChar = implicitScalarByFirstChar, this.implicitScalarAnyFirstChar = implicitScalarAnyFirstChar, this.defaultScalarTag = defaultScalarTag, this.defaultSequenceTag = exact.sequence["tag:yaml.org,2002:seq"], this.defaultMappingTag = exact.mapping["tag:yaml.org,2002:map"], this.exact = exact, this.prefix = prefix;
  }
  lookupScalarTag(tagName) {
    let exactTag = this.exact.scalar[tagName];
    if (exactTag) return exactTag;
    for (let tag of this.prefix.scalar) if (tagName.startsWith(tag.tagName)) return tag;
  }
  lookupSequenceTag(tagName) {
    let exactTag = this.exact.sequence[tagName];
    if (exactTag) return exactTag;
    for (let tag of this.prefix.sequence) if (tagName.startsWith(tag.tagName)) return tag;
  }
  lookupMappingTag(tagName) {
    let exactTag = this.exact.mapping[tagName];
    if (exactTag) return exactTag;
    for (let tag of this.prefix.mapping) if (tagName.startsWith(tag.tagName)) return tag;
  }
  resolveImplicitScalarTag(source2) {
    let candidates = this.implicitScalarByFirstChar.get(source2.charAt(0)) ?? this.implicitScalarAnyFirstChar;
    for (let tag2 of candidates) {
      let value = tag2.resolve(source2, !1, tag2.tagName);
      if (value !== NOT_RESOLVED) return {
        value,
        tag: tag2
      };
    }
    let tag = this.defaultScalarTag;
    return {
      value: tag.resolve(source2, !1, tag.tagName),
      tag
    };
  }
  withTags(...tags) {
    let flatTags = [];
    for (let tag of tags) flatTags = flatTags.concat(tag);
    return new Schema2([...this.tags, ...flatTags]);
  }
}, FAILSAFE_SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag
]), JSON_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullJsonTag,
  boolJsonTag,
  intJsonTag,
  floatJsonTag
]), CORE_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullCoreTag,
  boolCoreTag,
  intCoreTag,
  floatCoreTag
]), YAML11_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullYaml11Tag,
  boolYaml11Tag,
  intYaml11Tag,
  floatYaml11Tag,
  timestampTag,
  mergeTag,
  binaryTag,
  omapTag,
  pairsTag,
  setTag
]), DUMP_SCHEMA = YAML11_SCHEMA.withTags({
  ...intYaml11Tag,
  resolve: (source2, isExplicit, tagName) => {
    let result = intYaml11Tag.resolve(source2, isExplicit, tagName);
    return result === NOT_RESOLVED ? intCoreTag.resolve(source2, isExplicit, tagName) : result;
  }
}, {
  ...floatYaml11Tag,
  resolve: (source2, isExplicit, tagName) => {
    let result = floatYaml11Tag.resolve(source2, isExplicit, tagName);
    return result === NOT_RESOLVED ? floatCoreTag.resolve(source2, isExplicit, tagName) : result;
  }
}), realMapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () =>   new Map(),
  addPair: (container, key, value) => (container.set(key, value), ""),
  has: (container, key) => container.has(key),
  keys: (container) => container.keys(),
  get: (container, key) => container.get(key),
  identify: (data) => data instanceof Map || isPlainObject(data),
  represent: (data) => {
    if (data instanceof Map) return data;
    let map =   new Map(), obj = data;
    for (let key of Object.keys(obj)) map.set(key, obj[key]);
    return map;
  }
});
function normalizeKey(key) {
  if (Array.isArray(key)) {
    let array2 = Array.prototype.slice.call(key);
    for (let index = 0; index < array2.length; index++) {
      if (Array.isArray(array2[index])) return null;
      typeof array2[index] == "object" && Object.prototype.toString.call(array2[index]) === "[object Object]" && (array2[index] = "[object Object]");
    }
    return String(array2);
  }
  return typeof key == "object" && Object.prototype.toString.call(key) === "[object Object]" ? "[object Object]" : String(key);
}
var legacyMapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () => ({}),
  identify: isPlainObject,
  represent: (o) => {
    let map =   new Map();
    for (let key of Object.keys(o)) map.set(key, o[key]);
    return map;
  },
  addPair: (container, key, value) => {
    let normalizedKey = normalizeKey(key);
    return normalizedKey === null ? "nested arrays are not supported inside keys" : (normalizedKey === "__proto__" ? Object.defineProperty(container, normalizedKey, {
      value,
      enumerable: !0,
      configurable: !0,
      writable: !0
    }) : container[normalizedKey] = value, "");
  },
  has: (container, key) => {
    let normalizedKey = normalizeKey(key);
    return normalizedKey !== null && Object.prototype.hasOwnProperty.call(container, normalizedKey);
  },
  keys: (container) => Object.keys(container),
  get: (container, key) => {
    let normalizedKey = String(key);
    return Object.prototype.hasOwnProperty.call(container, normalizedKey) ? container[normalizedKey] : null;
  }
}), DEFAULT_SNIPPET_OPTIONS = {
  maxLength: 79,
  indent: 1,
  linesBefore: 3,
  linesAfter: 2
};
function getLine(buffer, lineStart, lineEnd, position, maxLineLength) {
  let head = "", tail = "", maxHalfLength = Math.floor(maxLineLength / 2) - 1;
  return position - lineStart > maxHalfLength && (head = " ... ", lineStart = position - maxHalfLength + head.length), lineEnd - position > maxHalfLength && (tail = " ...", lineEnd = position + maxHalfLength - tail.length), {
    str: head + buffer.slice(lineStart, lineEnd).replace(/\t/g, "→") + tail,
    pos: position - lineStart + head.length
  };
}
function padStart(string2, max) {
  return " ".repeat(Math.max(max - string2.length, 0)) + string2;
}
function makeSnippet(mark, options) {
  if (!mark.buffer) return null;
  let opts = {
    ...DEFAULT_SNIPPET_OPTIONS,
    ...options
  }, re = /\r?\n|\r|\0/g, lineStarts = [0], lineEnds = [], match, foundLineNo = -1;
  for (; match = re.exec(mark.buffer); )
    lineEnds.push(match.index), lineStarts.push(match.index + match[0].length), mark.position <= match.index && foundLineNo < 0 && (foundLineNo = lineStarts.length - 2);
  foundLineNo < 0 && (foundLineNo = lineStarts.length - 1);
  let result = "", lineNoLength = Math.min(mark.line + opts.linesAfter, lineEnds.length).toString().length, maxLineLength = opts.maxLength - (opts.indent + lineNoLength + 3);
  for (let i = 1; i <= opts.linesBefore && !(foundLineNo - i < 0); i++) {
    let line3 = getLine(mark.buffer, lineStarts[foundLineNo - i], lineEnds[foundLineNo - i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo - i]), maxLineLength);
    result = `${" ".repeat(opts.indent)}${padStart((mark.line - i + 1).toString(), lineNoLength)} | ${line3.str}
${result}`;
  }
  let line2 = getLine(mark.buffer, lineStarts[foundLineNo], lineEnds[foundLineNo], mark.position, maxLineLength);
  result += `${" ".repeat(opts.indent)}${padStart((mark.line + 1).toString(), lineNoLength)} | ${line2.str}
`, result += `${"-".repeat(opts.indent + lineNoLength + 3 + line2.pos)}^
`;
  for (let i = 1; i <= opts.linesAfter && !(foundLineNo + i >= lineEnds.length); i++) {
    let line3 = getLine(mark.buffer, lineStarts[foundLineNo + i], lineEnds[foundLineNo + i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo + i]), maxLineLength);
    result += `${" ".repeat(opts.indent)}${padStart((mark.line + i + 1).toString(), lineNoLength)} | ${line3.str}
`;
  }
  return result.replace(/\n$/, "");
}
function formatError(exception, compact) {
  let where = "";
  return exception.mark ? (exception.mark.name && (where += `in "${exception.mark.name}" `), where += `(${exception.mark.line + 1}:${exception.mark.column + 1})`, !compact && exception.mark.snippet && (where += `

${exception.mark.snippet}`), `${exception.reason} ${where}`) : exception.reason;
}
var YAMLException = class YAMLException2 extends Error {
  reason;
  mark;
  constructor(reason3, mark) {
    super(), this.name = "YAMLException", this.reason = reason3, this.mark = mark, this.message = formatError(this, !1), Error.captureStackTrace && Error.captureStackTrace(this, this.constructor);
  }
  toString(compact) {
    return `${this.name}: ${formatError(this, compact)}`;
  }
  static throwAt(source2, position, message, filename = "") {
    let line2 = 0, lineStart = 0;
    for (let index = 0; index < position; index++) {
      let ch = source2.charCodeAt(index);
      ch === 10 ? (line2++, lineStart = index + 1) : ch === 13 && (line2++, source2.charCodeAt(index + 1) === 10 && index++, lineStart = index + 1);
    }
    let mark = {
      name: filename,
      buffer: source2,
      position,
      line: line2,
      column: position - lineStart
    };
    throw mark.snippet = makeSnippet(mark), new YAMLException2(message, mark);
  }
}, EVENT_ID = {
  DOCUMENT: 1,
  SEQUENCE: 2,
  MAPPING: 3,
  SCALAR: 4,
  ALIAS: 5,
  POP: 6
}, SCALAR_STYLE = {
  PLAIN: 1,
  SINGLE_QUOTED: 2,
  DOUBLE_QUOTED: 3,
  LITERAL_BLOCK: 4,
  FOLDED_BLOCK: 5
}, COLLECTION_STYLE = {
  BLOCK: 1,
  FLOW: 2
}, CHOMPING_MODE = {
  CLIP: 1,
  STRIP: 2,
  KEEP: 3
}, NO_RANGE$3 = -1;
function simpleEscapeSequence(c) {
  switch (c) {
    case 48:
      return "\0";
    case 97:
      return "\x07";
    case 98:
      return "\b";
    case 116:
      return "	";
    case 9:
      return "	";
    case 110:
      return `
`;
    case 118:
      return "\v";
    case 102:
      return "\f";
    case 114:
      return "\r";
    case 101:
      return "\x1B";
    case 32:
      return " ";
    case 34:
      return '"';
    case 47:
      return "/";
    case 92:
      return "\\";
    case 78:
      return "";
    case 95:
      return " ";
    case 76:
      return "\u2028";
    case 80:
      return "\u2029";
    default:
      return "";
  }
}
var simpleEscapeCheck = new Array(256), simpleEscapeMap = new Array(256);
for (let i = 0; i < 256; i++)
  simpleEscapeCheck[i] = simpleEscapeSequence(i) ? 1 : 0, simpleEscapeMap[i] = simpleEscapeSequence(i);
function charFromCodepoint(c) {
  return c <= 65535 ? String.fromCharCode(c) : String.fromCharCode((c - 65536 >> 10) + 55296, (c - 65536 & 1023) + 56320);
}
function fromHexCode$1(c) {
  return c >= 48 && c <= 57 ? c - 48 : (c | 32) - 97 + 10;
}
function escapedHexLen$1(c) {
  return c === 120 ? 2 : c === 117 ? 4 : 8;
}
function skipFoldedBreaks(input, position, end) {
  let breaks = 0;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 10)
      breaks++, position++;
    else if (ch === 13)
      breaks++, position++, input.charCodeAt(position) === 10 && position++;
    else if (ch === 32 || ch === 9) position++;
    else break;
  }
  return {
    position,
    breaks
  };
}
function foldedBreaks(count2) {
  return count2 === 1 ? " " : `
`.repeat(count2 - 1);
}
function getPlainValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, captureEnd);
}
function getSingleQuotedValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 39)
      result += input.slice(captureStart, position) + "'", position += 2, captureStart = captureEnd = position;
    else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, end);
}
function getDoubleQuotedValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 92) {
      result += input.slice(captureStart, position), position++;
      let escaped = input.charCodeAt(position);
      if (escaped === 10 || escaped === 13) position = skipFoldedBreaks(input, position, end).position;
      else if (escaped < 256 && simpleEscapeCheck[escaped])
        result += simpleEscapeMap[escaped], position++;
      else {
        let hexLength = escapedHexLen$1(escaped), hexResult = 0;
        for (; hexLength > 0; hexLength--) {
          position++;
          let digit = fromHexCode$1(input.charCodeAt(position));
          hexResult = (hexResult << 4) + digit;
        }
        result += charFromCodepoint(hexResult), position++;
      }
      captureStart = captureEnd = position;
    } else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, end);
}
function getBlockValue(input, start, end, indent, chomping, folded2) {
  let textIndent = indent < 0 ? 0 : indent, region = input.slice(start, end).replace(/\r\n?/g, `
`), lines = region === "" ? [] : (region.endsWith(`
`) ? region.slice(0, -1) : region).split(`
`), result = "", didReadContent = !1, emptyLines = 0, atMoreIndented = !1;
  for (let line2 of lines) {
    let column2 = 0;
    for (; column2 < textIndent && line2.charCodeAt(column2) === 32; ) column2++;
    if (indent < 0 || column2 >= line2.length) {
      emptyLines++;
      continue;
    }
    let content = line2.slice(textIndent), first = content.charCodeAt(0);
    folded2 ? first === 32 || first === 9 ? (atMoreIndented = !0, result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines)) : atMoreIndented ? (atMoreIndented = !1, result += `
`.repeat(emptyLines + 1)) : emptyLines === 0 ? didReadContent && (result += " ") : result += `
`.repeat(emptyLines) : result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines), result += content, didReadContent = !0, emptyLines = 0;
  }
  return chomping === CHOMPING_MODE.KEEP ? result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines) : chomping !== CHOMPING_MODE.STRIP && didReadContent && (result += `
`), result;
}
function getScalarValue(input, scalar) {
  if (scalar.valueStart === NO_RANGE$3) return "";
  let { valueStart, valueEnd } = scalar;
  if (scalar.fast) return input.slice(valueStart, valueEnd);
  switch (scalar.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
      return getSingleQuotedValue(input, valueStart, valueEnd);
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return getDoubleQuotedValue(input, valueStart, valueEnd);
    case SCALAR_STYLE.LITERAL_BLOCK:
      return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, !1);
    case SCALAR_STYLE.FOLDED_BLOCK:
      return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, !0);
    default:
      return getPlainValue(input, valueStart, valueEnd);
  }
}
var DEFAULT_TAG_HANDLERS = Object.assign(  Object.create(null), {
  "!": "!",
  "!!": "tag:yaml.org,2002:"
}), TAG_SUFFIX_CHARS = "-#;/?:@&=+$_.~*'()", TAG_URI_CHARS = TAG_SUFFIX_CHARS + "!,[]";
function tagPercentDecode(source2) {
  let result = "", index = 0;
  for (; index < source2.length; ) {
    if (source2.charCodeAt(index) !== 37) {
      result += source2[index++];
      continue;
    }
    let ch = parseInt(source2.slice(index + 1, index + 3), 16);
    if (index += 3, ch >= 192) {
      let remaining = ch < 224 ? 1 : ch < 240 ? 2 : 3;
      for (ch &= (1 << 6 - remaining) - 1; remaining-- > 0; )
        ch = ch << 6 | parseInt(source2.slice(index + 1, index + 3), 16) & 63, index += 3;
    }
    ch < 65536 ? result += String.fromCharCode(ch) : (ch -= 65536, result += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023));
  }
  return result;
}
function tagNameFull(rawTag, tagHandlers) {
  if (rawTag.startsWith("!<") && rawTag.endsWith(">")) return tagPercentDecode(rawTag.slice(2, -1));
  let handleEnd = rawTag.indexOf("!", 1), handle = handleEnd === -1 ? "!" : rawTag.slice(0, handleEnd + 1);
  return tagPercentDecode(tagHandlers?.[handle] ?? DEFAULT_TAG_HANDLERS[handle] ?? handle) + tagPercentDecode(rawTag.slice(handle.length));
}
var NO_RANGE$2 = -1, MERGE_TAG_NAME = "tag:yaml.org,2002:merge", DEFAULT_CONSTRUCTOR_OPTIONS = {
  filename: "",
  schema: CORE_SCHEMA,
  json: !1,
  maxTotalMergeKeys: 1e4,
  maxAliases: -1
};
function eventPosition$1(event) {
  return "tagStart" in event && event.tagStart !== NO_RANGE$2 ? event.tagStart : "anchorStart" in event && event.anchorStart !== NO_RANGE$2 ? event.anchorStart : "valueStart" in event && event.valueStart !== NO_RANGE$2 ? event.valueStart : "start" in event ? event.start : 0;
}
function throwError$1(state, message) {
  YAMLException.throwAt(state.source, state.position, message, state.filename);
}
function finalizeCollection(state, position, tag, carrier) {
  try {
    return tag.finalize(carrier);
  } catch (error) {
    if (error instanceof YAMLException) throw error;
    YAMLException.throwAt(state.source, position, error instanceof Error ? error.message : String(error), state.filename);
  }
}
function constructScalar(state, event) {
  let source2 = getScalarValue(state.source, event), rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd), strTag2 = state.schema.defaultScalarTag;
  if (rawTag !== "") {
    if (rawTag === "!") return {
      value: source2,
      tag: strTag2
    };
    let tagName = tagNameFull(rawTag, state.tagHandlers), scalarTag = state.schema.lookupScalarTag(tagName);
    if (scalarTag) {
      let result = scalarTag.resolve(source2, !0, tagName);
      return result === NOT_RESOLVED && throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`), {
        value: result,
        tag: scalarTag
      };
    }
    let collectionTagDef = state.schema.lookupMappingTag(tagName) ?? state.schema.lookupSequenceTag(tagName);
    if (collectionTagDef) {
      source2 !== "" && throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
      let carrier = collectionTagDef.create(tagName);
      return {
        value: collectionTagDef.carrierIsResult ? carrier : finalizeCollection(state, state.position, collectionTagDef, carrier),
        tag: collectionTagDef
      };
    }
    throwError$1(state, `unknown scalar tag !<${tagName}>`);
  }
  return event.style === SCALAR_STYLE.PLAIN ? state.schema.resolveImplicitScalarTag(source2) : {
    value: strTag2.resolve(source2, !1, strTag2.tagName),
    tag: strTag2
  };
}
function collectionTagName(state, event, defaultTagName) {
  let rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
  return rawTag === "" || rawTag === "!" ? defaultTagName : tagNameFull(rawTag, state.tagHandlers);
}
function isMappingTag(tag) {
  return tag.nodeKind === "mapping";
}
function chargeMergeWork(state) {
  state.totalMergeKeys++, state.maxTotalMergeKeys !== -1 && state.totalMergeKeys > state.maxTotalMergeKeys && throwError$1(state, `merge keys exceeded maxTotalMergeKeys (${state.maxTotalMergeKeys})`);
}
function mergeKeys(state, frame, source2, sourceTag) {
  chargeMergeWork(state);
  for (let sourceKey of sourceTag.keys(source2)) {
    if (chargeMergeWork(state), frame.tag.has(frame.value, sourceKey)) continue;
    let err = frame.tag.addPair(frame.value, sourceKey, sourceTag.get(source2, sourceKey));
    err && throwError$1(state, err), frame.overridable ??=   new Set(), frame.overridable.add(sourceKey);
  }
}
function mergeSource(state, frame, source2, sourceTag) {
  if (state.position = frame.keyPosition, isMappingTag(sourceTag)) mergeKeys(state, frame, source2, sourceTag);
  else if (sourceTag.nodeKind === "sequence" && Array.isArray(source2)) {
    source2.length > 100 && throwError$1(state, "abnormal merge sequence size");
    for (let element of source2) {
      let elementTag = state.nodeTags.get(element);
      elementTag || throwError$1(state, "cannot merge mappings; the provided source object is unacceptable"), mergeKeys(state, frame, element, elementTag);
    }
  } else throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
}
function addMappingValue(state, frame, key, value, tag) {
  if (state.position = frame.keyPosition, frame.keyIsMerge) {
    mergeSource(state, frame, value, tag);
    return;
  }
  !state.json && frame.tag.has(frame.value, key) && !frame.overridable?.has(key) && throwError$1(state, "duplicated mapping key");
  let err = frame.tag.addPair(frame.value, key, value);
  err && throwError$1(state, err), frame.overridable?.delete(key);
}
function addValue(state, value, tag) {
  let frame = state.frames[state.frames.length - 1];
  if (frame.kind === "document")
    frame.value = value, frame.hasValue = !0;
  else if (frame.kind === "sequence") {
    isMappingTag(tag) && state.nodeTags.set(value, tag);
    let err = frame.tag.addItem(frame.value, value, frame.index++);
    err && throwError$1(state, err);
  } else if (frame.hasKey) {
    let key = frame.key;
    frame.key = void 0, frame.hasKey = !1, addMappingValue(state, frame, key, value, tag);
  } else
    frame.key = value, frame.keyPosition = state.position, frame.hasKey = !0, frame.keyIsMerge = tag.tagName === MERGE_TAG_NAME;
}
function storeAnchor(state, event, value, tag, isValueFinal) {
  if (event.anchorStart !== NO_RANGE$2) {
    let anchor = {
      value,
      tag,
      isValueFinal
    };
    return state.anchors.set(state.source.slice(event.anchorStart, event.anchorEnd), anchor), anchor;
  }
  return null;
}
function constructFromEvents(events, options) {
  let state = {
    ...DEFAULT_CONSTRUCTOR_OPTIONS,
    ...options,
    events,
    documents: [],
    eventIndex: 0,
    position: 0,
    frames: [],
    anchors:   new Map(),
    nodeTags:   new Map(),
    tagHandlers:   Object.create(null),
    totalMergeKeys: 0,
    aliasCount: 0
  };
  for (; state.eventIndex < state.events.length; ) {
    let event = state.events[state.eventIndex++];
    switch (state.position = eventPosition$1(event), event.type) {
      case EVENT_ID.DOCUMENT:
        state.anchors =   new Map(), state.nodeTags =   new Map(), state.aliasCount = 0, state.tagHandlers =   Object.create(null);
        for (let directive of event.directives) directive.kind === "tag" && (state.tagHandlers[directive.handle] = directive.prefix);
        state.frames.push({
          kind: "document",
          position: state.position,
          value: void 0,
          hasValue: !1
        });
        break;
      case EVENT_ID.SCALAR: {
        let { value, tag } = constructScalar(state, event);
        storeAnchor(state, event, value, tag, !0), addValue(state, value, tag);
        break;
      }
      case EVENT_ID.SEQUENCE: {
        let tagName = collectionTagName(state, event, "tag:yaml.org,2002:seq"), tag = state.schema.lookupSequenceTag(tagName);
        tag || throwError$1(state, `unknown sequence tag !<${tagName}>`);
        let value = tag.create(tagName), anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
        state.frames.push({
          kind: "sequence",
          position: state.position,
          value,
          tag,
          anchor,
          index: 0
        });
        break;
      }
      case EVENT_ID.MAPPING: {
        let tagName = collectionTagName(state, event, "tag:yaml.org,2002:map"), tag = state.schema.lookupMappingTag(tagName);
        tag || throwError$1(state, `unknown mapping tag !<${tagName}>`);
        let value = tag.create(tagName), anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
        state.frames.push({
          kind: "mapping",
          position: state.position,
          value,
          tag,
          anchor,
          key: void 0,
          keyPosition: state.position,
          hasKey: !1,
          keyIsMerge: !1,
          overridable: null
        });
        break;
      }
      case EVENT_ID.ALIAS: {
        state.maxAliases !== -1 && ++state.aliasCount > state.maxAliases && throwError$1(state, `aliases exceeded maxAliases (${state.maxAliases})`);
        let name2 = state.source.slice(event.anchorStart, event.anchorEnd), anchor = state.anchors.get(name2);
        anchor || throwError$1(state, `unidentified alias "${name2}"`), anchor.isValueFinal || throwError$1(state, `recursive alias "${name2}" is not supported for tag ${anchor.tag.tagName} because it uses finalize()`), addValue(state, anchor.value, anchor.tag);
        break;
      }
      case EVENT_ID.POP: {
        let frame = state.frames.pop();
        if (frame.kind === "mapping" && frame.hasKey && (state.position = frame.keyPosition, throwError$1(state, "incomplete mapping pair in event stream")), frame.kind === "document") state.documents.push(frame.value);
        else {
          let value = frame.tag.carrierIsResult ? frame.value : finalizeCollection(state, frame.position, frame.tag, frame.value);
          frame.anchor && (frame.anchor.value = value, frame.anchor.isValueFinal = !0), addValue(state, value, frame.tag);
        }
        break;
      }
    }
  }
  return state.documents;
}
var NO_RANGE$1 = -1, HAS_OWN = Object.prototype.hasOwnProperty, CONTEXT_FLOW_IN = 1, CONTEXT_FLOW_OUT = 2, CONTEXT_BLOCK_IN = 3, CONTEXT_BLOCK_OUT = 4, PATTERN_NON_PRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/, PATTERN_FLOW_INDICATORS = /[,\[\]{}]/, PATTERN_TAG_HANDLE = /^(?:!|!!|![0-9A-Za-z-]+!)$/, NS_URI_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$,_.!~*'()\[\]])`, NS_TAG_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$.~*'()_])`, PATTERN_TAG_URI = new RegExp(`^(?:${NS_URI_CHAR})*$`), PATTERN_TAG_SUFFIX = new RegExp(`^(?:${NS_TAG_CHAR})+$`), PATTERN_TAG_PREFIX = new RegExp(`^(?:!(?:${NS_URI_CHAR})*|${NS_TAG_CHAR}(?:${NS_URI_CHAR})*)$`), DEFAULT_PARSER_OPTIONS = {
  filename: "",
  maxDepth: 100
};
function addDocumentEvent(state, explicitStart, explicitEnd) {
  state.events.push({
    type: EVENT_ID.DOCUMENT,
    explicitStart,
    explicitEnd,
    directives: state.directives
  });
}
function addSequenceEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.SEQUENCE,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function addMappingEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.MAPPING,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function insertFlowPairMappingEvent(state, snapshot) {
  state.events.splice(snapshot.eventsLength, 0, {
    type: EVENT_ID.MAPPING,
    start: snapshot.position,
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1,
    style: COLLECTION_STYLE.FLOW
  });
}
function addScalarEvent(state, valueStart, valueEnd, anchorStart, anchorEnd, tagStart, tagEnd, style, chomping = CHOMPING_MODE.CLIP, indent = -1, fast = !1) {
  state.events.push({
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style,
    chomping,
    indent,
    fast
  });
}
function addAliasEvent(state, anchorStart, anchorEnd) {
  state.events.push({
    type: EVENT_ID.ALIAS,
    anchorStart,
    anchorEnd
  });
}
function addPopEvent(state) {
  state.events.push({ type: EVENT_ID.POP });
}
function addEmptyScalarEvent(state) {
  addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, SCALAR_STYLE.PLAIN);
}
function emptyProperties() {
  return {
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1
  };
}
function snapshotState(state) {
  return {
    position: state.position,
    line: state.line,
    lineStart: state.lineStart,
    lineIndent: state.lineIndent,
    firstTabInLine: state.firstTabInLine,
    eventsLength: state.events.length
  };
}
function restoreState(state, snapshot) {
  state.position = snapshot.position, state.line = snapshot.line, state.lineStart = snapshot.lineStart, state.lineIndent = snapshot.lineIndent, state.firstTabInLine = snapshot.firstTabInLine, state.events.length = snapshot.eventsLength;
}
function throwError(state, message) {
  YAMLException.throwAt(state.input.slice(0, state.length), state.position, message, state.filename);
}
function isEol(c) {
  return c === 10 || c === 13;
}
function isWhiteSpace(c) {
  return c === 9 || c === 32;
}
function isWsOrEol(c) {
  return isWhiteSpace(c) || isEol(c);
}
function isWsOrEolOrEnd(c) {
  return c === 0 || isWsOrEol(c);
}
function isFlowIndicator(c) {
  return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
function fromDecimalCode(c) {
  return c >= 48 && c <= 57 ? c - 48 : -1;
}
function fromHexCode(c) {
  if (c >= 48 && c <= 57) return c - 48;
  let lc = c | 32;
  return lc >= 97 && lc <= 102 ? lc - 97 + 10 : -1;
}
function escapedHexLen(c) {
  return c === 120 ? 2 : c === 117 ? 4 : c === 85 ? 8 : 0;
}
function isSimpleEscape(c) {
  return c === 48 || c === 97 || c === 98 || c === 116 || c === 9 || c === 110 || c === 118 || c === 102 || c === 114 || c === 101 || c === 32 || c === 34 || c === 47 || c === 92 || c === 78 || c === 95 || c === 76 || c === 80;
}
function consumeLineBreak(state) {
  state.input.charCodeAt(state.position) === 10 ? state.position++ : (state.position++, state.input.charCodeAt(state.position) === 10 && state.position++), state.line++, state.lineStart = state.position, state.lineIndent = 0, state.firstTabInLine = -1;
}
function skipSeparationSpace(state, allowComments) {
  let lineBreaks = 0, ch = state.input.charCodeAt(state.position), hasSeparation = state.position === state.lineStart || isWsOrEol(state.input.charCodeAt(state.position - 1));
  for (; ch !== 0; ) {
    for (; isWhiteSpace(ch); )
      hasSeparation = !0, ch === 9 && state.firstTabInLine === -1 && (state.firstTabInLine = state.position), ch = state.input.charCodeAt(++state.position);
    if (allowComments && hasSeparation && ch === 35) do
      ch = state.input.charCodeAt(++state.position);
    while (!isEol(ch) && ch !== 0);
    if (!isEol(ch)) break;
    for (consumeLineBreak(state), lineBreaks++, hasSeparation = !0, ch = state.input.charCodeAt(state.position); ch === 32; )
      state.lineIndent++, ch = state.input.charCodeAt(++state.position);
  }
  return lineBreaks;
}
function testDocumentSeparator(state, position = state.position) {
  let ch = state.input.charCodeAt(position);
  if ((ch === 45 || ch === 46) && ch === state.input.charCodeAt(position + 1) && ch === state.input.charCodeAt(position + 2)) {
    let following = state.input.charCodeAt(position + 3);
    return following === 0 || isWsOrEol(following);
  }
  return !1;
}
function skipByteOrderMark(state) {
  state.position === state.lineStart && state.input.charCodeAt(state.position) === 65279 && (state.position++, state.lineStart = state.position);
}
function testDocumentBoundary(state) {
  if (state.position !== state.lineStart) return !1;
  if (testDocumentSeparator(state)) return !0;
  if (state.input.charCodeAt(state.position) !== 65279) return !1;
  let snapshot = snapshotState(state);
  skipByteOrderMark(state), skipSeparationSpace(state, !0);
  let ch = state.input.charCodeAt(state.position), result = state.position === state.lineStart && (ch === 37 || ch === 45 && testDocumentSeparator(state));
  return restoreState(state, snapshot), result;
}
function skipUntilLineEnd(state) {
  let ch = state.input.charCodeAt(state.position);
  for (; ch !== 0 && !isEol(ch); ) ch = state.input.charCodeAt(++state.position);
}
function checkPrintable(state, start, end) {
  let match = PATTERN_NON_PRINTABLE.exec(state.input.slice(start, end));
  match !== null && (state.position = start + match.index + match[0].length - 1, throwError(state, "the stream contains non-printable characters"));
}
function readTagProperty(state, props, inFlow) {
  if (state.input.charCodeAt(state.position) !== 33) return !1;
  props.tagStart !== NO_RANGE$1 && throwError(state, "duplication of a tag property");
  let start = state.position, isVerbatim = !1, isNamed3 = !1, tagHandle = "!", ch = state.input.charCodeAt(++state.position);
  ch === 60 ? (isVerbatim = !0, ch = state.input.charCodeAt(++state.position)) : ch === 33 && (isNamed3 = !0, tagHandle = "!!", ch = state.input.charCodeAt(++state.position));
  let suffixStart = state.position, tagName;
  if (isVerbatim) {
    for (; ch !== 0 && ch !== 62; ) ch = state.input.charCodeAt(++state.position);
    ch !== 62 && throwError(state, "unexpected end of the stream within a verbatim tag"), tagName = state.input.slice(suffixStart, state.position), state.position++;
  } else {
    for (; ch !== 0 && !isWsOrEol(ch) && !(inFlow && isFlowIndicator(ch)); )
      ch === 33 && (isNamed3 ? throwError(state, "tag suffix cannot contain exclamation marks") : (tagHandle = state.input.slice(suffixStart - 1, state.position + 1), PATTERN_TAG_HANDLE.test(tagHandle) || throwError(state, "named tag handle cannot contain such characters"), isNamed3 = !0, suffixStart = state.position + 1)), ch = state.input.charCodeAt(++state.position);
    tagName = state.input.slice(suffixStart, state.position), PATTERN_FLOW_INDICATORS.test(tagName) && throwError(state, "tag suffix cannot contain flow indicator characters");
  }
  return tagName && !(isVerbatim ? PATTERN_TAG_URI.test(tagName) : PATTERN_TAG_SUFFIX.test(tagName)) && throwError(state, `tag name cannot contain such characters: ${tagName}`), !isVerbatim && tagHandle !== "!" && tagHandle !== "!!" && !HAS_OWN.call(state.tagHandlers, tagHandle) && throwError(state, `undeclared tag handle "${tagHandle}"`), props.tagStart = start, props.tagEnd = state.position, !0;
}
function readAnchorProperty(state, props) {
  if (state.input.charCodeAt(state.position) !== 38) return !1;
  props.anchorStart !== NO_RANGE$1 && throwError(state, "duplication of an anchor property"), state.position++;
  let start = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position)); ) state.position++;
  return state.position === start && throwError(state, "name of an anchor node must contain at least one character"), props.anchorStart = start, props.anchorEnd = state.position, !0;
}
function readAlias(state, props) {
  if (state.input.charCodeAt(state.position) !== 42) return !1;
  (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) && throwError(state, "alias node should not have any properties"), state.position++;
  let start = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position)); ) state.position++;
  return state.position === start && throwError(state, "name of an alias node must contain at least one character"), addAliasEvent(state, start, state.position), !0;
}
function readFlowScalarBreak(state, nodeIndent) {
  skipSeparationSpace(state, !1), state.lineIndent < nodeIndent && throwError(state, "deficient indentation");
}
function readSingleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 39) return !1;
  state.position++;
  let start = state.position, simple = !0;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let ch = state.input.charCodeAt(state.position);
    if (ch === 39) {
      if (state.input.charCodeAt(state.position + 1) === 39) {
        simple = !1, state.position += 2;
        continue;
      }
      let end = state.position;
      return state.position++, addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.SINGLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple), !0;
    }
    isEol(ch) ? (simple = !1, readFlowScalarBreak(state, nodeIndent)) : state.position === state.lineStart && testDocumentSeparator(state) ? throwError(state, "unexpected end of the document within a single quoted scalar") : ch !== 9 && ch < 32 ? throwError(state, "expected valid JSON character") : state.position++;
  }
  throwError(state, "unexpected end of the stream within a single quoted scalar");
}
function readDoubleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 34) return !1;
  state.position++;
  let start = state.position, simple = !0;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let ch = state.input.charCodeAt(state.position);
    if (ch === 34) {
      let end = state.position;
      return state.position++, addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.DOUBLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple), !0;
    }
    if (ch === 92) {
      simple = !1;
      let escaped = state.input.charCodeAt(++state.position);
      if (isEol(escaped)) readFlowScalarBreak(state, nodeIndent);
      else if (isSimpleEscape(escaped)) state.position++;
      else {
        let hexLength = escapedHexLen(escaped);
        for (hexLength === 0 && throwError(state, "unknown escape sequence"); hexLength-- > 0; )
          state.position++, fromHexCode(state.input.charCodeAt(state.position)) < 0 && throwError(state, "expected hexadecimal character");
        state.position++;
      }
    } else isEol(ch) ? (simple = !1, readFlowScalarBreak(state, nodeIndent)) : state.position === state.lineStart && testDocumentSeparator(state) ? throwError(state, "unexpected end of the document within a double quoted scalar") : ch !== 9 && ch < 32 ? throwError(state, "expected valid JSON character") : state.position++;
  }
  throwError(state, "unexpected end of the stream within a double quoted scalar");
}
function readBlockScalar(state, parentIndent, props) {
  let ch = state.input.charCodeAt(state.position), chomping = CHOMPING_MODE.CLIP, indent = -1, detectedIndent = !1;
  if (ch !== 124 && ch !== 62) return !1;
  let style = ch === 124 ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
  for (state.position++; state.input.charCodeAt(state.position) !== 0; ) {
    let current = state.input.charCodeAt(state.position), digit = fromDecimalCode(current);
    if (current === 43 || current === 45)
      chomping !== CHOMPING_MODE.CLIP && throwError(state, "repeat of a chomping mode identifier"), chomping = current === 43 ? CHOMPING_MODE.KEEP : CHOMPING_MODE.STRIP, state.position++;
    else if (digit >= 0)
      digit === 0 && throwError(state, "bad explicit indentation width of a block scalar; it cannot be less than one"), detectedIndent && throwError(state, "repeat of an indentation width identifier"), indent = parentIndent + digit - 1, detectedIndent = !0, state.position++;
    else break;
  }
  let hadWhitespace = !1;
  for (; isWhiteSpace(state.input.charCodeAt(state.position)); )
    hadWhitespace = !0, state.position++;
  hadWhitespace && state.input.charCodeAt(state.position) === 35 && skipUntilLineEnd(state), isEol(state.input.charCodeAt(state.position)) ? consumeLineBreak(state) : state.input.charCodeAt(state.position) !== 0 && throwError(state, "a line break is expected");
  let contentIndent = detectedIndent ? indent : -1, maxLeadingIndent = 0, valueStart = state.position, valueEnd = state.position;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let linePosition = state.position, column2 = 0;
    for (; state.input.charCodeAt(linePosition + column2) === 32; ) column2++;
    let first = state.input.charCodeAt(linePosition + column2);
    if (first === 0) {
      contentIndent >= 0 ? column2 > contentIndent && (valueEnd = linePosition + column2) : column2 > 0 && (valueEnd = linePosition + column2);
      break;
    }
    if (testDocumentBoundary(state)) break;
    if (!detectedIndent && contentIndent === -1 && isEol(first) && (maxLeadingIndent = Math.max(maxLeadingIndent, column2)), !detectedIndent && contentIndent === -1 && !isEol(first) && (first === 9 && column2 < parentIndent && (state.position = linePosition + column2, throwError(state, "tab characters must not be used in indentation")), column2 >= parentIndent && column2 < maxLeadingIndent && (state.position = linePosition + column2, throwError(state, "bad indentation of a mapping entry"))), contentIndent === -1 && first !== 0 && !isEol(first) && column2 < parentIndent) {
      state.lineIndent = column2, state.position = linePosition + column2;
      break;
    }
    !detectedIndent && first !== 0 && !isEol(first) && contentIndent === -1 && (contentIndent = column2);
    let requiredIndent = contentIndent === -1 ? parentIndent + 1 : contentIndent;
    if (first !== 0 && !isEol(first) && column2 < requiredIndent) {
      state.lineIndent = column2, state.position = linePosition + column2;
      break;
    }
    skipUntilLineEnd(state), valueEnd = state.position, isEol(state.input.charCodeAt(state.position)) && (consumeLineBreak(state), valueEnd = state.position);
  }
  return checkPrintable(state, valueStart, valueEnd), addScalarEvent(state, valueStart, valueEnd, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, style, chomping, contentIndent), !0;
}
function canStartPlainScalar(state, nodeContext) {
  let ch = state.input.charCodeAt(state.position), inFlow = nodeContext === CONTEXT_FLOW_IN;
  if (ch === 0 || isWsOrEol(ch) || ch === 35 || ch === 38 || ch === 42 || ch === 33 || ch === 124 || ch === 62 || ch === 39 || ch === 34 || ch === 37 || ch === 64 || ch === 96 || isFlowIndicator(ch)) return !1;
  if (ch === 63 || ch === 45) {
    let following = state.input.charCodeAt(state.position + 1);
    if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) return !1;
  }
  return !0;
}
function readPlainScalar(state, nodeIndent, nodeContext, props) {
  if (!canStartPlainScalar(state, nodeContext)) return !1;
  let start = state.position, end = state.position, ch = state.input.charCodeAt(state.position), inFlow = nodeContext === CONTEXT_FLOW_IN, multiline = !1;
  for (; ch !== 0 && !testDocumentBoundary(state); ) {
    if (ch === 58) {
      let following = state.input.charCodeAt(state.position + 1);
      if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) break;
    } else if (ch === 35) {
      if (isWsOrEol(state.input.charCodeAt(state.position - 1))) break;
    } else {
      if (inFlow && isFlowIndicator(ch)) break;
      if (isEol(ch)) {
        let savedPosition = state.position, savedLine = state.line, savedLineStart = state.lineStart, savedLineIndent = state.lineIndent;
        if (skipSeparationSpace(state, !1), state.lineIndent >= nodeIndent) {
          multiline = !0, ch = state.input.charCodeAt(state.position);
          continue;
        }
        state.position = savedPosition, state.line = savedLine, state.lineStart = savedLineStart, state.lineIndent = savedLineIndent;
        break;
      }
    }
    isWhiteSpace(ch) || (end = state.position + 1), ch = state.input.charCodeAt(++state.position);
  }
  return end === start ? !1 : (checkPrintable(state, start, end), addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN, CHOMPING_MODE.CLIP, -1, !multiline), !0);
}
function skipFlowSeparationSpace(state, nodeIndent) {
  let startLine = state.line;
  skipSeparationSpace(state, !0), (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) && throwError(state, "deficient indentation");
}
function readFlowCollection(state, nodeIndent, props) {
  let ch = state.input.charCodeAt(state.position), isMapping = ch === 123, start = state.position, readNext = !0;
  if (ch !== 91 && ch !== 123) return !1;
  let terminator = isMapping ? 125 : 93;
  for (isMapping ? addMappingEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW) : addSequenceEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW), state.position++; state.input.charCodeAt(state.position) !== 0; ) {
    skipFlowSeparationSpace(state, nodeIndent);
    let ch2 = state.input.charCodeAt(state.position);
    if (ch2 === terminator)
      return state.position++, addPopEvent(state), !0;
    readNext ? ch2 === 44 && throwError(state, "expected the node content, but found ','") : throwError(state, "missed comma between flow collection entries");
    let isPair = !1, isExplicitPair = !1;
    ch2 === 63 && isWsOrEol(state.input.charCodeAt(state.position + 1)) && (isPair = isExplicitPair = !0, state.position += 1, skipFlowSeparationSpace(state, nodeIndent));
    let entryLine = state.line, entryStart = snapshotState(state), keyWasRead = parseNode(state, nodeIndent, CONTEXT_FLOW_IN, !1, !0);
    skipFlowSeparationSpace(state, nodeIndent), ch2 = state.input.charCodeAt(state.position), (isMapping || isExplicitPair || state.line === entryLine) && ch2 === 58 ? (isPair = !0, state.position++, skipFlowSeparationSpace(state, nodeIndent), isMapping || insertFlowPairMappingEvent(state, entryStart), keyWasRead || addEmptyScalarEvent(state), parseNode(state, nodeIndent, CONTEXT_FLOW_IN, !1, !0) || addEmptyScalarEvent(state), skipFlowSeparationSpace(state, nodeIndent), isMapping || addPopEvent(state)) : isMapping && isPair ? (keyWasRead || addEmptyScalarEvent(state), addEmptyScalarEvent(state)) : isMapping ? addEmptyScalarEvent(state) : isPair && (insertFlowPairMappingEvent(state, entryStart), keyWasRead || addEmptyScalarEvent(state), addEmptyScalarEvent(state), addPopEvent(state)), ch2 = state.input.charCodeAt(state.position), ch2 === 44 ? (readNext = !0, state.position++) : readNext = !1;
  }
  throwError(state, "unexpected end of the stream within a flow collection");
}
function readBlockSequence(state, nodeIndent, props) {
  if (state.firstTabInLine !== -1 || state.input.charCodeAt(state.position) !== 45 || !isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) return !1;
  for (addSequenceEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK); state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)); ) {
    state.firstTabInLine !== -1 && (state.position = state.firstTabInLine, throwError(state, "tab characters must not be used in indentation"));
    let entryLine = state.line;
    state.position++;
    let hadBreak = skipSeparationSpace(state, !0) > 0;
    if (state.firstTabInLine !== -1 && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)) && throwError(state, "bad indentation of a sequence entry"), hadBreak && state.lineIndent <= nodeIndent ? addEmptyScalarEvent(state) : parseNode(state, nodeIndent, CONTEXT_BLOCK_IN, !1, !0), skipSeparationSpace(state, !0), state.lineIndent < nodeIndent || state.position >= state.length) break;
    state.lineIndent > nodeIndent && throwError(state, "bad indentation of a sequence entry"), state.line === entryLine && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)) && throwError(state, "bad indentation of a sequence entry");
  }
  return addPopEvent(state), !0;
}
function readBlockMapping(state, nodeIndent, flowIndent, props) {
  let atExplicitKey = !1, detected = !1, mappingOpened = !1, pendingExplicitKey = !1;
  if (state.firstTabInLine !== -1) return !1;
  let ch = state.input.charCodeAt(state.position);
  for (; ch !== 0; ) {
    !atExplicitKey && state.firstTabInLine !== -1 && (state.position = state.firstTabInLine, throwError(state, "tab characters must not be used in indentation"));
    let following = state.input.charCodeAt(state.position + 1), entryLine = state.line;
    if ((ch === 63 || ch === 58) && isWsOrEolOrEnd(following))
      mappingOpened || (addMappingEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK), mappingOpened = !0), ch === 63 ? (atExplicitKey && addEmptyScalarEvent(state), detected = !0, atExplicitKey = !0) : (atExplicitKey || (addEmptyScalarEvent(state), detected = !0), atExplicitKey = !1), state.position += 1, pendingExplicitKey = !0;
    else {
      atExplicitKey && (addEmptyScalarEvent(state), atExplicitKey = !1);
      let beforeKey = snapshotState(state);
      if (!parseNode(state, flowIndent, CONTEXT_FLOW_OUT, !1, !0)) break;
      if (state.line === entryLine) {
        for (ch = state.input.charCodeAt(state.position); isWhiteSpace(ch); ) ch = state.input.charCodeAt(++state.position);
        if (ch === 58)
          ch = state.input.charCodeAt(++state.position), isWsOrEolOrEnd(ch) || throwError(state, "a whitespace character is expected after the key-value separator within a block mapping"), mappingOpened || (state.events.splice(beforeKey.eventsLength, 0, {
            type: EVENT_ID.MAPPING,
            start: beforeKey.position,
            anchorStart: props.anchorStart,
            anchorEnd: props.anchorEnd,
            tagStart: props.tagStart,
            tagEnd: props.tagEnd,
            style: COLLECTION_STYLE.BLOCK
          }), mappingOpened = !0), detected = !0, atExplicitKey = !1, pendingExplicitKey = !1;
        else if (detected) throwError(state, "expected ':' after a mapping key");
        else
          return props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 ? (restoreState(state, beforeKey), !1) : !0;
      } else if (detected) throwError(state, "can not read a block mapping entry; a multiline key may not be an implicit key");
      else
        return props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 ? (restoreState(state, beforeKey), !1) : !0;
    }
    if (parseNode(state, nodeIndent, CONTEXT_BLOCK_OUT, !0, pendingExplicitKey) && (pendingExplicitKey = !1), atExplicitKey || pendingExplicitKey && (addEmptyScalarEvent(state), pendingExplicitKey = !1), skipSeparationSpace(state, !0), ch = state.input.charCodeAt(state.position), (state.line === entryLine || state.lineIndent > nodeIndent) && ch !== 0) throwError(state, "bad indentation of a mapping entry");
    else if (state.lineIndent < nodeIndent) break;
  }
  return detected ? (atExplicitKey && addEmptyScalarEvent(state), mappingOpened && addPopEvent(state), !0) : !1;
}
function parseNode(state, parentIndent, nodeContext, allowToSeek, allowCompact, allowPropertyMapping = !0) {
  state.depth >= state.maxDepth && throwError(state, `nesting exceeded maxDepth (${state.maxDepth})`), state.depth++;
  let indentStatus = 1, atNewLine = !1, hasContent2 = !1, propertyStart = null, props = emptyProperties(), allowBlockScalars = nodeContext === CONTEXT_BLOCK_OUT || nodeContext === CONTEXT_BLOCK_IN, allowBlockCollections = allowBlockScalars, allowBlockStyles = allowBlockScalars;
  if (allowToSeek && skipSeparationSpace(state, !0) && (atNewLine = !0, state.lineIndent > parentIndent ? indentStatus = 1 : state.lineIndent === parentIndent ? indentStatus = 0 : indentStatus = -1), indentStatus === 1) for (; ; ) {
    let ch = state.input.charCodeAt(state.position), propertyState = snapshotState(state);
    if (atNewLine && indentStatus !== 1 && (ch === 33 || ch === 38)) break;
    if (atNewLine && allowBlockStyles && (props.tagStart !== NO_RANGE$1 || props.anchorStart !== NO_RANGE$1) && (ch === 33 || ch === 38)) {
      let fallbackState = snapshotState(state), flowIndent = parentIndent + 1;
      if (readBlockMapping(state, state.position - state.lineStart, flowIndent, props) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING)
        return state.depth--, !0;
      restoreState(state, fallbackState);
    }
    if (atNewLine && (ch === 33 && props.tagStart !== NO_RANGE$1 || ch === 38 && props.anchorStart !== NO_RANGE$1) || !readTagProperty(state, props, nodeContext === CONTEXT_FLOW_IN) && !readAnchorProperty(state, props)) break;
    propertyStart === null && (propertyStart = propertyState), skipSeparationSpace(state, !0) ? (atNewLine = !0, allowBlockCollections = allowBlockStyles, state.lineIndent > parentIndent ? indentStatus = 1 : state.lineIndent === parentIndent ? indentStatus = 0 : indentStatus = -1) : allowBlockCollections = !1;
  }
  if (allowBlockCollections && (allowBlockCollections = atNewLine || allowCompact), indentStatus === 1 || nodeContext === CONTEXT_BLOCK_OUT) {
    let flowIndent = nodeContext === CONTEXT_FLOW_IN || nodeContext === CONTEXT_FLOW_OUT ? parentIndent : parentIndent + 1, blockIndent = state.position - state.lineStart;
    if (indentStatus === 1)
      if (allowBlockCollections && (readBlockSequence(state, blockIndent, props) || readBlockMapping(state, blockIndent, flowIndent, props)) || readFlowCollection(state, flowIndent, props)) hasContent2 = !0;
      else {
        let ch = state.input.charCodeAt(state.position);
        if (propertyStart !== null && allowPropertyMapping && allowBlockStyles && !allowBlockCollections && ch !== 124 && ch !== 62) {
          let fallbackState = snapshotState(state), propertyIndent = propertyStart.position - propertyStart.lineStart;
          restoreState(state, propertyStart), readBlockMapping(state, propertyIndent, flowIndent, emptyProperties()) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING ? hasContent2 = !0 : restoreState(state, fallbackState);
        }
        !hasContent2 && (allowBlockScalars && readBlockScalar(state, flowIndent, props) || readSingleQuotedScalar(state, flowIndent, props) || readDoubleQuotedScalar(state, flowIndent, props) || readAlias(state, props) || readPlainScalar(state, flowIndent, nodeContext, props)) && (hasContent2 = !0);
      }
    else indentStatus === 0 && (hasContent2 = allowBlockCollections && readBlockSequence(state, blockIndent, props));
  }
  return allowBlockScalars = allowBlockScalars && !hasContent2, !hasContent2 && (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 || allowBlockScalars) && (addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN), hasContent2 = !0), state.depth--, hasContent2 || props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1;
}
function readDirective(state) {
  if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return !1;
  state.position++;
  let nameStart = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)); ) state.position++;
  let name2 = state.input.slice(nameStart, state.position), args = [];
  for (name2.length === 0 && throwError(state, "directive name must not be less than one character in length"); state.input.charCodeAt(state.position) !== 0 && !isEol(state.input.charCodeAt(state.position)); ) {
    for (; isWhiteSpace(state.input.charCodeAt(state.position)); ) state.position++;
    if (state.input.charCodeAt(state.position) === 35 || isEol(state.input.charCodeAt(state.position)) || state.input.charCodeAt(state.position) === 0) break;
    let start = state.position;
    for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)); ) state.position++;
    args.push(state.input.slice(start, state.position));
  }
  if (isEol(state.input.charCodeAt(state.position)) && consumeLineBreak(state), name2 === "YAML") {
    state.directives.some((directive) => directive.kind === "yaml") && throwError(state, "duplication of %YAML directive"), args.length !== 1 && throwError(state, "YAML directive accepts exactly one argument");
    let match = /^([0-9]+)\.([0-9]+)$/.exec(args[0]);
    match === null && throwError(state, "ill-formed argument of the YAML directive"), parseInt(match[1], 10) !== 1 && throwError(state, "unacceptable YAML version of the document"), state.directives.push({
      kind: "yaml",
      version: args[0]
    });
  } else if (name2 === "TAG") {
    args.length !== 2 && throwError(state, "TAG directive accepts exactly two arguments");
    let [handle, prefix] = args;
    PATTERN_TAG_HANDLE.test(handle) || throwError(state, "ill-formed tag handle (first argument) of the TAG directive"), HAS_OWN.call(state.tagHandlers, handle) && throwError(state, `there is a previously declared suffix for "${handle}" tag handle`), PATTERN_TAG_PREFIX.test(prefix) || throwError(state, "ill-formed tag prefix (second argument) of the TAG directive"), state.tagHandlers[handle] = prefix, state.directives.push({
      kind: "tag",
      handle,
      prefix
    });
  }
  return !0;
}
function readDocument(state) {
  state.directives = [], state.tagHandlers =   Object.create(null);
  let hasDirectives = !1;
  for (skipSeparationSpace(state, !0); readDirective(state); )
    hasDirectives = !0, skipSeparationSpace(state, !0);
  let explicitStart = !1, explicitEnd = !1, allowCompact = !0;
  if (state.lineIndent === 0 && state.input.charCodeAt(state.position) === 45 && state.input.charCodeAt(state.position + 1) === 45 && state.input.charCodeAt(state.position + 2) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 3))) {
    explicitStart = !0;
    let markerLine = state.line;
    state.position += 3, skipSeparationSpace(state, !0), allowCompact = state.line > markerLine;
  } else hasDirectives && throwError(state, "directives end mark is expected");
  let documentEventIndex = state.events.length;
  if (!explicitStart && state.position === state.lineStart && state.input.charCodeAt(state.position) === 46 && testDocumentSeparator(state)) {
    state.position += 3, skipSeparationSpace(state, !0);
    return;
  }
  if (addDocumentEvent(state, explicitStart, !1), parseNode(state, state.lineIndent - 1, CONTEXT_BLOCK_OUT, !1, allowCompact, allowCompact) || addEmptyScalarEvent(state), skipSeparationSpace(state, !0), state.position === state.lineStart && testDocumentSeparator(state) && (explicitEnd = state.input.charCodeAt(state.position) === 46, explicitEnd)) {
    let markerLine = state.line;
    state.position += 3, skipSeparationSpace(state, !0), state.line === markerLine && state.position < state.length && throwError(state, "end of the stream or a document separator is expected");
  }
  let documentEvent = state.events[documentEventIndex];
  documentEvent?.type === EVENT_ID.DOCUMENT && (documentEvent.explicitEnd = explicitEnd), addPopEvent(state), !explicitEnd && state.position < state.length && !testDocumentBoundary(state) && throwError(state, "end of the stream or a document separator is expected");
}
function parseEvents(input, options) {
  let length = input.length, state = {
    ...DEFAULT_PARSER_OPTIONS,
    ...options,
    input: `${input}\0`,
    length,
    position: 0,
    line: 0,
    lineStart: 0,
    lineIndent: 0,
    firstTabInLine: -1,
    depth: 0,
    directives: [],
    tagHandlers:   Object.create(null),
    events: []
  }, nullpos = input.indexOf("\0");
  for (nullpos !== -1 && YAMLException.throwAt(input, nullpos, "null byte is not allowed in input", state.filename); state.position < state.length && (skipByteOrderMark(state), skipSeparationSpace(state, !0), !(state.position >= state.length)); ) {
    let documentStart = state.position;
    readDocument(state), state.position === documentStart && throwError(state, "can not read a document");
  }
  return state.events;
}
var DEFAULT_LOAD_OPTIONS = {
  ...DEFAULT_PARSER_OPTIONS,
  ...DEFAULT_CONSTRUCTOR_OPTIONS
};
function loadDocuments(input, options = {}) {
  let opts = {
    ...DEFAULT_LOAD_OPTIONS,
    ...options
  }, source2 = String(input), PARSER_OPT_KEYS = Object.keys(DEFAULT_PARSER_OPTIONS), CONSTRUCTOR_OPT_KEYS = Object.keys(DEFAULT_CONSTRUCTOR_OPTIONS);
  return constructFromEvents(parseEvents(source2, pick(opts, PARSER_OPT_KEYS)), {
    ...pick(opts, CONSTRUCTOR_OPT_KEYS),
    source: source2
  });
}
function load(input, options) {
  let documents = loadDocuments(input, options);
  if (documents.length === 0) throw new YAMLException("expected a document, but the input is empty");
  if (documents.length === 1) return documents[0];
  throw new YAMLException("expected a single document in the stream, but found more");
}
function hasBit(mask, bit) {
  return (mask & 1 << bit) !== 0;
}
var DEFAULT_SCALAR_STYLE_RULES = {
  applyQuoteFlowKeysOption,
  doubleQuoteForInvisibles,
  doubleQuoteWhitespaceOnly,
  applyForceQuotesOption,
  tryLongOrMultilineAsBlock,
  quoteInvalidPlain,
  fallbackToDoubleQuoted
};
function _preferredQuotedStyle(layout) {
  return layout.presenterOptions.quoteStyle === "single" && hasBit(layout.allowedStylesMask, SCALAR_STYLE.SINGLE_QUOTED) ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyQuoteFlowKeysOption(layout) {
  layout.presenterOptions.quoteFlowKeys && (!layout.isKey || !layout.flowOnly || layout.style !== SCALAR_STYLE.PLAIN || (layout.style = SCALAR_STYLE.DOUBLE_QUOTED));
}
function doubleQuoteForInvisibles(layout) {
  layout.style === SCALAR_STYLE.PLAIN && /[\t\x7F-\xA0\u2028\u2029\uFEFF\uFFFE\uFFFF]/.test(layout.node.value) && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
function doubleQuoteWhitespaceOnly(layout) {
  layout.style === SCALAR_STYLE.PLAIN && /^\s+$/.test(layout.node.value) && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
function applyForceQuotesOption(layout) {
  layout.presenterOptions.forceQuotes && (layout.isKey || layout.style !== SCALAR_STYLE.PLAIN || layout.node.tag === layout.presenterOptions.schema.defaultScalarTag.tagName && (layout.style = layout.node.value.includes(`
`) ? SCALAR_STYLE.DOUBLE_QUOTED : _preferredQuotedStyle(layout)));
}
function tryLongOrMultilineAsBlock(layout) {
  if (layout.style !== SCALAR_STYLE.PLAIN || layout.isKey) return;
  let value = layout.node.value, multiline = value.indexOf(`
`) !== -1;
  if (!hasBit(layout.allowedStylesMask, SCALAR_STYLE.LITERAL_BLOCK)) {
    multiline && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
    return;
  }
  let w = layout.presenterOptions.lineWidth;
  if (w === -1) {
    multiline && (layout.style = SCALAR_STYLE.LITERAL_BLOCK);
    return;
  }
  let availableWidth = Math.max(Math.min(w, 40), w - layout.shiftOfContent), position = 0, shouldFold = !1;
  for (; position <= value.length; ) {
    let lineEnd = value.length, nextLineBreak = value.indexOf(`
`, position);
    nextLineBreak !== -1 && (lineEnd = nextLineBreak);
    let line2 = value.slice(position, lineEnd);
    if (line2.length > availableWidth && line2[0] !== " " && / [^ \t]/.test(line2) && (shouldFold = !0), nextLineBreak === -1) break;
    position = nextLineBreak + 1;
  }
  shouldFold ? layout.style = SCALAR_STYLE.FOLDED_BLOCK : multiline && (layout.style = SCALAR_STYLE.LITERAL_BLOCK);
}
function quoteInvalidPlain(layout) {
  layout.style === SCALAR_STYLE.PLAIN && !hasBit(layout.allowedStylesMask, SCALAR_STYLE.PLAIN) && (layout.style = _preferredQuotedStyle(layout));
}
function fallbackToDoubleQuoted(layout) {
  hasBit(layout.allowedStylesMask, layout.style) || (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
var SRC_C_PRINTABLE = "[\\x09\\x0A\\x0D\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]", SRC_B_CHAR = "[\\n\\r]", SRC_C_BYTE_ORDER_MARK = "\\uFEFF", SRC_S_WHITE = "[ \\t]", SRC_NB_CHAR = `(?:(?!(?:${SRC_B_CHAR}|${SRC_C_BYTE_ORDER_MARK}))${SRC_C_PRINTABLE})`, SRC_NS_CHAR = `(?:(?!${SRC_S_WHITE})${SRC_NB_CHAR})`, SRC_NB_JSON = "[\\x09\\x20-\\uD7FF\\uE000-\\uFFFF\\u{10000}-\\u{10FFFF}]", SRC_C_INDICATOR = "[-?:,\\[\\]{}#&*!|>'\"%@`]", SRC_C_FLOW_INDICATOR = "[,\\[\\]{}]", SRC_NS_PLAIN_SAFE_FLOW_OUT = SRC_NS_CHAR, SRC_NS_PLAIN_SAFE_FLOW_IN = `(?:(?!${SRC_C_FLOW_INDICATOR})${SRC_NS_CHAR})`, SRC_NS_PLAIN_FIRST_FLOW_OUT = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))`, SRC_NS_PLAIN_FIRST_FLOW_IN = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))`, SRC_NS_PLAIN_CHAR_FLOW_OUT = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_OUT})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))#*`, SRC_NS_PLAIN_CHAR_FLOW_IN = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_IN})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))#*`, SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_OUT})*`, SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_IN})*`, SRC_NS_PLAIN_ONE_LINE_FLOW_OUT = `${SRC_NS_PLAIN_FIRST_FLOW_OUT}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`, SRC_NS_PLAIN_ONE_LINE_FLOW_IN = `${SRC_NS_PLAIN_FIRST_FLOW_IN}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`, SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_OUT, SRC_NS_PLAIN_ONE_LINE_FLOW_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_IN, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_OUT}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_IN}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`, SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT = `${SRC_NS_PLAIN_ONE_LINE_FLOW_OUT}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT})*`, SRC_NS_PLAIN_MULTI_LINE_FLOW_IN = `${SRC_NS_PLAIN_ONE_LINE_FLOW_IN}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN})*`, NS_PLAIN_FLOW_OUT = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT})$`, "u"), NS_PLAIN_FLOW_IN = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_IN})$`, "u"), NS_PLAIN_BLOCK_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY})$`, "u"), NS_PLAIN_FLOW_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_FLOW_KEY})$`, "u"), NB_SINGLE_ONE_LINE = new RegExp(`^(?:${SRC_NB_JSON})*$`, "u"), NB_SINGLE_MULTI_LINE = new RegExp(`^(?:${SRC_NB_JSON}|\\n)*$`, "u"), BLOCK_SCALAR_CONTENT = new RegExp(`^(?:${SRC_NB_CHAR}|\\n)*$`, "u");
var DEFAULT_PRESENTER_OPTIONS = {
  indent: 2,
  seqNoIndent: !1,
  seqInlineFirst: !0,
  lineWidth: 80,
  flowBracketPadding: !1,
  flowSkipCommaSpace: !1,
  flowSkipColonSpace: !1,
  quoteFlowKeys: !1,
  quoteStyle: "single",
  forceQuotes: !1,
  scalarStyleRules: Object.keys(DEFAULT_SCALAR_STYLE_RULES).map((name2) => Reflect.get(DEFAULT_SCALAR_STYLE_RULES, name2)),
  tagBeforeAnchor: !1
};
var DEFAULT_DUMP_OPTIONS = {
  ...DEFAULT_PRESENTER_OPTIONS,
  schema: DUMP_SCHEMA,
  skipInvalid: !1,
  noRefs: !1,
  flowLevel: -1,
  sortKeys: !1,
  transform: () => {
  }
};
var EVENT_DOCUMENT = EVENT_ID.DOCUMENT, EVENT_SEQUENCE = EVENT_ID.SEQUENCE, EVENT_MAPPING = EVENT_ID.MAPPING, EVENT_SCALAR = EVENT_ID.SCALAR, EVENT_ALIAS = EVENT_ID.ALIAS, EVENT_POP = EVENT_ID.POP, SCALAR_STYLE_PLAIN = SCALAR_STYLE.PLAIN, SCALAR_STYLE_SINGLE_QUOTED = SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE_DOUBLE_QUOTED = SCALAR_STYLE.DOUBLE_QUOTED, SCALAR_STYLE_LITERAL_BLOCK = SCALAR_STYLE.LITERAL_BLOCK, SCALAR_STYLE_FOLDED_BLOCK = SCALAR_STYLE.FOLDED_BLOCK, COLLECTION_STYLE_BLOCK = COLLECTION_STYLE.BLOCK, COLLECTION_STYLE_FLOW = COLLECTION_STYLE.FLOW, CHOMPING_CLIP = CHOMPING_MODE.CLIP, CHOMPING_STRIP = CHOMPING_MODE.STRIP, CHOMPING_KEEP = CHOMPING_MODE.KEEP;

var PackageUpdateSchema = strictObject({
  name: text.describe(
    "Package name in apt's notation, with the architecture if that is foreign (libc6:i386)"
  ),
  version: textOrNull,
  fixedVersion: textOrNull,
  cves: texts.nullable()
}), OPTIONS_FORMS = ["compose", "docker-run"], NOTHING_TO_COPY = { command: null, dockerfile: null, where: null, packages: [] };

var MAX_EPOCH = 2147483647;
function parseVersion(text2) {
  let bare = withoutEnd(text2.replace(/^[ \t]+/, ""), " 	");
  if (bare === "")
    throw refused(text2, "it is empty");
  if (/[ \t\0]/.test(bare))
    throw refused(text2, "it contains spaces");
  let colon = bare.indexOf(":"), epoch = colon === -1 ? 0 : readEpoch(bare.slice(0, colon), text2), rest = bare.slice(colon + 1);
  if (rest === "")
    throw refused(text2, "nothing follows the epoch");
  let hyphen = rest.lastIndexOf("-"), upstream = hyphen === -1 ? rest : rest.slice(0, hyphen), revision = hyphen === -1 ? "" : rest.slice(hyphen + 1);
  if (upstream === "")
    throw refused(text2, "its upstream version is empty");
  if (hyphen !== -1 && revision === "")
    throw refused(text2, "its revision is empty");
  return { epoch, upstream, revision };
}
function isValidVersion(text2) {
  let version = /^(?:\d+:)?\d[A-Za-z0-9.+~:-]*$/.test(text2) ? readOrNull(() => parseVersion(text2)) : null;
  return version !== null && /^\d/.test(version.upstream) && !version.revision.includes(":");
}
function versionError(text2) {
  try {
    return parseVersion(text2), null;
  } catch (error) {
    if (error instanceof SeaworthyError)
      return error.problem.what;
    throw error;
  }
}
function compareVersions(a, b) {
  let left = parseVersion(a), right = parseVersion(b);
  return left.epoch - right.epoch || comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision);
}
function comparePart(a, b) {
  let i = 0, j = 0;
  for (; i < a.length || j < b.length; ) {
    let textA = skip(a, i, isNotDigit), textB = skip(b, j, isNotDigit), text2 = compareText2(a.slice(i, textA), b.slice(j, textB));
    if (text2 !== 0)
      return text2;
    i = skip(a, textA, isDigit), j = skip(b, textB, isDigit);
    let number2 = compareNumber(a.slice(textA, i), b.slice(textB, j));
    if (number2 !== 0)
      return number2;
  }
  return 0;
}
function compareText2(a, b) {
  let at2 = skip(a, 0, (code, index) => code === b.charCodeAt(index));
  return weight(a.charCodeAt(at2)) - weight(b.charCodeAt(at2));
}
function weight(code) {
  return Number.isNaN(code) ? 0 : code === 126 ? -1 : isLetter(code) ? code : code + 256;
}
function compareNumber(a, b) {
  let left = a.slice(skip(a, 0, isZero)), right = b.slice(skip(b, 0, isZero));
  return left.length - right.length || compareText(left, right);
}
function skip(text2, from2, fits) {
  let index = from2;
  for (; fits(text2.charCodeAt(index), index); )
    index++;
  return index;
}
function isDigit(code) {
  return code >= 48 && code <= 57;
}
function isNotDigit(code) {
  return !Number.isNaN(code) && !isDigit(code);
}
function isZero(code) {
  return code === 48;
}
function isLetter(code) {
  return code >= 65 && code <= 90 || code >= 97 && code <= 122;
}
function readEpoch(epoch, version) {
  if (!/^[+-]?\d+$/.test(epoch))
    throw refused(version, "its epoch is not a number");
  let value = Number(epoch);
  if (value < 0)
    throw refused(version, "its epoch is negative");
  if (value > MAX_EPOCH)
    throw refused(version, "its epoch is too big");
  return value;
}
function refused(version, why3) {
  let what = `${JSON.stringify(version.slice(0, 100))} is not a valid Debian version: ${why3}`;
  return new SeaworthyError({ code: "bad-version", what, where: "deb-version(7)" });
}

function lostFix(finding) {
  let { installable, fixedVersion } = finding;
  if (installable !== !1 || fixedVersion === null)
    return null;
  if (isUpdate(finding))
    return fixedVersion;
  let offers = isVulnerability(finding) ? finding.archiveOffers : null;
  return offers !== null && [offers, fixedVersion].every(isValidVersion) && compareVersions(offers, fixedVersion) >= 0 ? fixedVersion : null;
}
function fixElsewhere(finding, today) {
  let { branch, fixedVersion: version } = isApplication(finding) ? finding : {}, end = branch?.end ?? null;
  return branch === void 0 || branch.hasFix || end === null || end <= today || version == null ? null : { reason: "fix-elsewhere", version, branch: branch.title, end };
}
function stateOf2(finding, codename) {
  let { fixedVersion: version } = finding;
  if (version === null)
    return isApplication(finding) ? { reason: "no-version-fixes" } : { reason: "no-fix", codename };
  if (installableFix(finding) !== null)
    return { reason: "fix-offered", version };
  if (lostFix(finding) !== null)
    return { reason: "fix-lost", version };
  let offered = isVulnerability(finding) ? finding.archiveOffers : null;
  return { reason: "fix-announced", version, codename, offered };
}

function placeOf({ line: line2, policy }) {
  return line2 ?? (policy === null ? null : policyLine(policy));
}
function updateLines(blocking) {
  let lines = blocking.flatMap(
    ({ line: line2, policy }) => line2 === null || policy !== null && at(policy) === at(line2) ? [] : [line2]
  );
  return groupsBy(lines, at).sort((a, b) => b.length - a.length).map(([line2]) => line2);
}

var NOT_DEBIAN = ["not-debian", "no-os-release", "no-files"];
function isNotDebian(checks) {
  return checks.some(({ problem }) => problem !== null && NOT_DEBIAN.includes(problem.code));
}

function compareRisk(a, b) {
  return Number(isExploited(b)) - Number(isExploited(a)) || compareSeverity(b.severity, a.severity) || (b.epss?.probability ?? 0) - (a.epss?.probability ?? 0);
}
function isExploited(finding) {
  return finding.kev === !0 || isMalware(finding);
}
function compareWorstFirst(a, b) {
  return Number(b.blocks) - Number(a.blocks) || RULINGS.indexOf(a.ruling) - RULINGS.indexOf(b.ruling) || compareRisk(a, b) || compareText(a.package ?? "", b.package ?? "") || compareText(a.id, b.id) || compareText(a.check, b.check) ||  
  compareText(JSON.stringify(a), JSON.stringify(b));
}

function addSecuritySource(codename, archive = SECURITY_ARCHIVE) {
  return `echo 'deb ${archive} ${codename}-security main' >/etc/apt/sources.list.d/debian-security.list`;
}
var ADDED = "/etc/apt/sources.list.d/zz-seaworthy";
function addSources(sources) {
  let safe = sources.filter(isSafeSource);
  if (safe.length === 0)
    return null;
  let isDeb822 = safe.every(({ style }) => style === "deb822"), texts2 = safe.map((one) => isDeb822 ? stanzaLines(one) : [sourceLine(one)]), outputLines = [...new Map(texts2.map((text2) => [text2.join(`
`), text2])).values()].flatMap((text2, at2) => isDeb822 && at2 > 0 ? ["", ...text2] : text2), file2 = `${ADDED}.${isDeb822 ? "sources" : "list"}`;
  return {
    add: `printf '%s\\n' ${outputLines.map((line2) => `'${line2}'`).join(" ")} >${file2}`,
    remove: `rm -f ${file2}`
  };
}
function stanzaLines({ uri, suite, component, signedBy }) {
  return [
    "Types: deb",
    `URIs: ${uri}`,
    `Suites: ${suite}`,
    `Components: ${component}`,
    `Signed-By: ${signedBy.replaceAll(",", " ")}`
  ];
}
function aptName({ name: name2, architecture }, native) {
  return native === null || architecture === native || architecture === "all" || architecture === "" ? name2 : `${name2}:${architecture}`;
}
function packageArgument(wish, native) {
  let name2 = aptName(wish, native);
  return isSafeName(wish.name) && /^[^:]+(?::[a-z0-9][a-z0-9-]*)?$/.test(name2) ? wish.version !== null && isSafeVersion(wish.version) ? `${name2}=${wish.version}` : name2 : null;
}
function onlyUpgrade(args, isOnHold2 = !1) {
  return `apt-get install -y ${isOnHold2 ? "--allow-change-held-packages " : ""}--only-upgrade ${sorted(args).join(" ")}`;
}
function dockerfileLines(command2) {
  return `RUN ${command2.replaceAll(" && ", ` \\
 && `).replace(/(--only-upgrade) /, `$1 \\
      `)} \\
 && rm -rf /var/lib/apt/lists/*`;
}
function isSafeName(name2) {
  return /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]$/.test(name2);
}
function isSafeVersion(version) {
  return /^[A-Za-z0-9][A-Za-z0-9.+~:-]*$/.test(version);
}

function countOf(findings) {
  let ids = new Set(findings.map(({ id: id3 }) => id3)), noun = [...ids].every((id3) => id3.startsWith("CVE-")) ? "CVE" : "finding", kev = sorted(findings.flatMap(exploitedIn)), exploited = kev.length === 0 ? "" : ` (${kev.slice(0, 3).join(", ")}${kev.length > 3 ? " …" : ""} in KEV)`;
  return `${ids.size} ${noun}${ids.size === 1 ? "" : "s"}${severities(findings)}${exploited}`;
}
function severities(findings) {
  let rising = findings.toSorted((a, b) => compareSeverity(a.severity, b.severity)), highest = new Map(rising.map(({ id: id3, severity: severity3 }) => [id3, severity3])), counts = SEVERITIES.toReversed().flatMap((rating) => {
    let count2 = [...highest.values()].filter((severity3) => severity3 === rating).length;
    return count2 === 0 ? [] : [{ label: rating === "unknown" ? "not rated" : rating, count: count2 }];
  }), [only] = counts;
  return counts.length > 1 || only === void 0 ? `: ${counts.map(({ label, count: count2 }) => `${count2} ${label}`).join(", ")}` : only.count === 1 || only.label === "not rated" ? `, ${only.label}` : `, all ${only.label}`;
}
function exploitedIn(finding) {
  let { id: id3, kev, exploited = [] } = finding, all = exploited.length === 0 ? [id3] : exploited;
  return kev === !0 ? all : [];
}

function taskFor(kind, findings, texts2) {
  let checks = [...new Set(findings.map(({ check }) => check))];
  return { ...NOTHING_TO_COPY, kind, ...texts2, checks, findings };
}

function vendorCommand({ title: title2, packages: packages2 }) {
  let pattern = patternOf(title2), specifications = packages2.map((name2) => pattern === null ? name2 : `'${name2}=${pattern}'`);
  return specifications.length > 0 && packages2.every(isSafeName) ? `apt-get update && ${onlyUpgrade(specifications)}` : null;
}

function applicationActions(blocking, hasApt) {
  let malware = blocking.filter((finding) => finding.malware), others = blocking.filter((finding) => !finding.malware), raised = others.filter(({ fixedVersion }) => fixedVersion !== null);
  return [
    ...groupsBy(
      [...malware, ...others.filter(({ fixedVersion }) => fixedVersion === null)],
      ({ package: name2, id: id3, malware: isMalware2 }) => isMalware2 ? name2 : `${name2}
${id3}`
    ).map((group) => actionFor(group, describe(group[0]).todo, becauseText(group[0]))),
    ...groupsBy(raised, manifestFile).map((group) => upgradeAction(group, hasApt))
  ];
}
function upgradeAction(findings, hasApt) {
  let byPackage = Map.groupBy(findings, ({ package: name2, version }) => `${name2} ${version ?? ""}`.trim()), changes = [...byPackage].map(([name2, all]) => `${name2} → ${targetOf(all)}`), count2 = changes.length, [first] = findings, { vendor } = first, others = findings.every(({ kind }) => kind === "bitnami") ? "" : `packages that depend on ${count2 === 1 ? "it" : "them"} may have to change too, and `, isOtherBranch = findings.some(({ branch }) => branch?.hasFix === !1), last = vendor === void 0 ? `${others}Debian updates do not include this fix` : `${isOtherBranch ? `${vendor.title} may have that branch as another package, or in another repository; ` : ""}Debian's packages of that name are others`, title2 = `${changeText(first)}: ${count2 === 1 ? changes[0] : `${count2} packages`}`, why3 = `${count2 === 1 ? "" : `${listText(changes)}; `}fixes ${countOf(findings)}${higherVersionReason([...byPackage.values()])}; ${last}`, command2 = vendor === void 0 || !hasApt ? null : vendorCommand(vendor), dockerfile = command2 === null ? null : dockerfileLines(command2);
  return { ...actionFor(findings, title2, why3), command: command2, dockerfile };
}
function targetOf(findings) {
  let fixes = fixesOf(findings);
  return findings[0]?.settles ?? (fixes.length === 1 ? fixes[0] ?? "" : `the highest of ${listText(fixes)}`);
}
function fixesOf(findings) {
  return [...new Set(findings.flatMap(({ fixedVersion }) => fixedVersion ?? []))];
}
function higherVersionReason(packages2) {
  if (!packages2.every(([first]) => first?.settles !== null) || packages2.every((all) => fixesOf(all).includes(targetOf(all))))
    return "";
  let [one = [], ...others] = packages2;
  return ` (${others.length === 0 ? `${targetOf(one)} is the lowest version` : "these are the lowest versions"} without known vulnerabilities)`;
}
function actionFor(findings, title2, why3) {
  let [line2 = placeOf(findings[0])] = updateLines(findings);
  return taskFor("decide", findings, { title: title2, why: why3, where: line2 });
}

function benchLines(result) {
  let { id: id3, compared, uid, userOfOptions, health } = result;
  return compared?.outcome !== "worse" || userOfOptions === !0 ? null : id3 === "4.8" ? setuidLines(compared.unexpected) : id3 === "4.1" && uid !== void 0 ? `# put this after everything that needs root; the image has this user already
USER ${uid}` : id3 === "4.6" ? healthLines(health) : EXAMPLE_LINES[id3] ?? null;
}
var EXAMPLE_LINES = {
  "4.1": `# put this after everything that needs root; in an image without a shell, use only USER
RUN useradd --uid ${CREATED_USER.uid} --no-create-home --home-dir /nonexistent \\
      --shell /usr/sbin/nologin ${CREATED_USER.name}
USER ${CREATED_USER.uid}`,
  "4.7": `# use this instead of the RUN that only updates; change ca-certificates to your packages
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates \\
 && rm -rf /var/lib/apt/lists/*`
};
function setuidLines(items) {
  let paths = items.filter((item) => /^(?:\/[A-Za-z0-9_+@][\w.+@-]*)+$/.test(item));
  if (paths.length === 0)
    return null;
  let remaining = items.length - paths.length;
  return `# put this before USER, after the lines that install these files${remaining === 0 ? "" : `; ${remaining} more ${remaining === 1 ? "is" : "are"} left to you`}
RUN chmod a-s ${paths.join(` \\
      `)}`;
}
var ARGUMENTS = {
  curl: (url) => ["-fsS", "-o", "/dev/null", url],
  wget: (url) => ["-q", "-O", "/dev/null", url],
  node: (url) => ["-e", `require('http').get('${url}', r => process.exit(+(r.statusCode > 399)))`],
  python3: (url) => ["-c", `import urllib.request as r; r.urlopen('${url}', timeout=4)`],
  php: (url) => ["-r", `exit((int) (@file_get_contents('${url}') === false));`],
  ruby: (url) => ["-rnet/http", "-e", `abort if Net::HTTP.get_response(URI('${url}')).code >= '400'`]
}, OPTIONS = "--interval=30s --timeout=5s";
function healthLines(request) {
  let program2 = request === void 0 ? null : healthProgram(request.path);
  if (request === void 0 || program2 === null)
    return `# put in a command of your image; it must fail when the service fails
HEALTHCHECK ${OPTIONS} CMD ["COMMAND", "ARGUMENT"]`;
  let { path, port, urlPath = "/" } = request, isKnown = isHealthPath(urlPath), command2 = [path, ...ARGUMENTS[program2](`http://127.0.0.1:${port}${isKnown ? urlPath : "/"}`)];
  return `${isKnown ? KNOWN_PATH : UNKNOWN_PATH}
HEALTHCHECK ${OPTIONS} \\
      CMD [${command2.map((one) => `"${one}"`).join(", ")}]`;
}
var KNOWN_PATH = `# the image has this program, and the health check of the run options asks this path;
# it has to answer 200 only when the service works`, UNKNOWN_PATH = `# the image has this program; change the path / to one that answers 200 only when the
# service works, and if it is not HTTP, the command`;

var BUILTIN_FILE = "the built-in dictionary";
function newestOf(builtins) {
  return Math.max(...Object.keys(builtins).map(Number));
}
var VERSION_1 = `version: 1
numbering: dbs-1.6.1     # 5.1 is swarm mode; dbs-1.6.0: 5.1 is AppArmor
defaults:
  expect: [PASS]
  unlisted: action       # a result that is not in this file
  missing: action        # an id in this file without a result
  vacuous: action        # nobody looked at anything
not_applicable:
  "1": the host of the CI runner, not part of the image
  "2": the daemon of the CI runner
  "3": the daemon's files on the CI runner
  "6": what else lies on the CI runner
  "7": no swarm
  "5.1": the swarm state of the CI runner
  "4.2": no test for bases yet; see the check security-updates for the release
  "4.3": no test for needless packages yet
  "4.5": a variable of the client, nothing of the image
  "4.12": signatures are checked where the image is deployed
checks:
  "4.1": {title: user for the container, reason: must not run as root}
  "4.4": {expect: [NOTE], evidence: vulnerability-scan, reason: the check clair decides}
  "4.6": {title: HEALTHCHECK}
  "4.7": {title: update instructions, reason: apt-get update and install belong into one RUN}
  "4.8":
    expect: [NOTE]
    evidence: setuid-scan
    reason: what Debian's base brings (bullseye to trixie), and nothing else
    items:
      subset_of:
        - /bin/mount
        - /bin/su
        - /bin/umount
        - /sbin/unix_chkpwd
        - /usr/bin/chage
        - /usr/bin/chfn
        - /usr/bin/chsh
        - /usr/bin/expiry
        - /usr/bin/gpasswd
        - /usr/bin/mount
        - /usr/bin/newgrp
        - /usr/bin/passwd
        - /usr/bin/su
        - /usr/bin/umount
        - /usr/sbin/unix_chkpwd
        - /usr/bin/wall          # bullseye
        - /usr/bin/write
  "4.9": {title: COPY instead of ADD}
  "4.10": {expect: [NOTE], evidence: secret-scan, items: {max: 0}}
  "4.11": {expect: [NOTE], evidence: apt-signature-check, items: {max: 0}}
  # Asked only where the gate is given the run options of the application (run-options or compose-file).
  "5.2": {when: {host: apparmor}, reason: Debian and Ubuntu hosts have AppArmor}
  "5.3": {expect: [PASS, WARN], when: {host: selinux}, reason: SELinux is rare on Debian}
  "5.4": {}
  "5.5": {}
  "5.6": {}
  "5.7": {}
  "5.8": {}
  "5.9": {expect: [PASS, WARN], items: {subset_of: ["8080"], compare: port}, reason: the port of the service}
  "5.10": {}
  "5.11": {}
  "5.12": {}
  "5.13": {}
  "5.14": {}
  "5.15": {}
  "5.16": {}
  "5.17": {}
  "5.18": {}
  "5.19": {expect: [PASS, INFO], reason: the default ulimits will do}
  "5.20": {}
  "5.21": {}
  "5.22": {}
  "5.23": {expect: [NOTE], reason: about people who run docker exec}
  "5.24": {expect: [NOTE], reason: about people who run docker exec}
  "5.25": {}
  "5.26": {}
  "5.27": {}
  "5.28": {expect: [INFO], reason: about how images are pulled}
  "5.29": {}
  "5.30": {expect: [PASS, INFO], reason: the network is chosen where it is deployed}
  "5.31": {}
  "5.32": {}
`, VERSION_2 = changed(
  VERSION_1,
  [`  "4.2": no test for bases yet; see the check security-updates for the release
`, ""],
  [
    '  "4.4": {expect: [NOTE], evidence: vulnerability-scan',
    `  "4.2": {expect: [NOTE], evidence: base-image, reason: allowed-bases decides}
  "4.4": {expect: [NOTE], evidence: vulnerability-scan`
  ]
), VERSION_3 = changed(
  VERSION_2,
  [
    '"5.2": {when: {host: apparmor}, reason: Debian and Ubuntu hosts have AppArmor}',
    '"5.2": {reason: must not be switched off; not applicable on hosts without AppArmor}'
  ],
  [
    '"5.3": {expect: [PASS, WARN], when: {host: selinux}, reason: SELinux is rare on Debian}',
    '"5.3": {reason: must not be switched off; not applicable on hosts without SELinux}'
  ]
), BUILTINS = { 1: VERSION_1, 2: VERSION_2, 3: VERSION_3 };
function changed(text2, ...changes) {
  return changes.reduce((all, [before, after]) => all.replace(before, () => after), text2);
}

var MAX_SHOWN = 100;
function policyError(errors) {
  let sorted2 = errors.toSorted((a, b) => comparePlaces(a.place, b.place)), lines = sorted2.map(({ place: place3, text: text2 }) => `${place3.file}:${place3.line}: ${text2}`);
  return new SeaworthyError({
    code: "policy-invalid",
    what: firstOf(lines, MAX_SHOWN).join(`
`),
    where: [...new Set(sorted2.map(({ place: place3 }) => place3.file))].join(", "),
    errors: sorted2.slice(0, MAX_SHOWN)
  });
}
function shown(value) {
  if (Array.isArray(value))
    return "a list";
  if (typeof value == "object" && value !== null)
    return "a mapping";
  let text2 = String(value);
  return JSON.stringify(text2.length > 60 ? `${text2.slice(0, 60)}…` : text2);
}
var MAX_KEYWORD = 40;
function nearest(text2, known) {
  return text2.length > MAX_KEYWORD ? null : known.map((each) => ({ each, distance: editDistance(text2.toLowerCase(), each) })).filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 3))).sort((a, b) => a.distance - b.distance)[0]?.each ?? null;
}
var SHORT = 4;
function misspelt(text2, known) {
  let name2 = text2.toLowerCase().replaceAll("_", "-");
  if (text2.length > MAX_KEYWORD || known.includes(text2))
    return null;
  let letters2 = (keyword) => [...keyword].sort().join(""), isMisspelling = (keyword) => editDistance(name2, keyword) <= 1 && (keyword.length > SHORT || name2 === `${keyword}s` || letters2(name2) === letters2(keyword));
  return known.find((one) => one === name2) ?? known.find(isMisspelling) ?? null;
}
function editDistance(a, b) {
  let before = [], row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    let next = [i];
    for (let j = 1; j <= b.length; j++) {
      let change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row, row = next;
  }
  return row[b.length] ?? 0;
}

var versionSchema = union([literal("1"), literal(1)], { error: "is not a supported version; use 1" }).describe("Version of this format; always 1"), flagSchema = union([_enum(["true", "false"]), boolean()], {
  error: "is neither true nor false"
}), dateSchema = string().refine(isDate, "is not a date (YYYY-MM-DD)").meta({ format: "date" }), imagePatternsSchema = array(
  string().regex(/^[^\s?[\]{}!]+$/, "is not an image reference; the only wildcard is *")
), textSchema = string().regex(/\S/, "is empty");
function shapeErrors(document, schema) {
  if (document.value === void 0)
    return [...document.errors];
  let result = schema.safeParse(document.value), issues = result.success ? [] : result.error.issues, reported =   new Set(), errors = [...document.errors];
  for (let issue of issues) {
    let path = issue.path.filter((step) => typeof step != "symbol");
    if (!document.hasErrors(path))
      for (let error of errorsOf(issue, path, document, schema)) {
        let key = error.path.join("\0");
        reported.has(key) || errors.push({ place: document.placeOf(error.path), text: error.text }), reported.add(key);
      }
  }
  return errors;
}
function pathText(path) {
  let steps = path.map((step) => typeof step == "number" ? `[${step}]` : `.${/^[\w-]{1,60}$/.test(step) ? step : shown(step)}`);
  return steps.length === 0 ? "the file" : steps.join("").replace(/^\./, "");
}
function errorAt(document, path, text2) {
  return { place: document.placeOf(path), text: `${pathText(path)}: ${text2}` };
}
function errorsOf(issue, path, document, schema) {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: `${pathText([...path, key])}: unknown key${suggestion(key, keysAt(schema, path))}`
    }));
  let value = valueAt(document.value, path);
  return value === void 0 ? [{ path, text: `${pathText(path)}: is missing` }] : issue.code === "invalid_type" && issue.message.startsWith("Invalid input") ? [{ path, text: `${pathText(path)}: ${wrongKind(issue.expected, value)}` }] : [{ path, text: `${pathText(path)}: ${value === "" ? "it" : shown(value)} ${issue.message}` }];
}
var MAPPING = "a mapping (key: value)";
function wrongKind(expected2, value) {
  let kinds = { string: "text", array: "a list", object: MAPPING, record: MAPPING }, found = value === "" ? "nothing" : typeof value == "string" ? `the text ${shown(value)}` : shown(value);
  return `expected ${kinds[expected2] ?? expected2}, found ${found}`;
}
function suggestion(key, known) {
  let meant = nearest(key, known);
  return meant === null ? ` (known: ${known.join(", ")})` : `; did you mean ${meant}?`;
}
function keysAt(schema, path) {
  let at2 = schema;
  for (let step of path)
    at2 = inner(at2), at2 instanceof ZodArray && typeof step == "number" ? at2 = at2.element : at2 instanceof ZodObject ? at2 = at2.shape[step] : at2 instanceof ZodRecord && (at2 = at2.valueType);
  return at2 = inner(at2), at2 instanceof ZodObject ? Object.keys(at2.shape) : [];
}
function inner(schema) {
  return schema instanceof ZodOptional ? inner(schema.unwrap()) : schema;
}
function valueAt(value, path) {
  let at2 = value;
  for (let step of path) {
    if (typeof at2 != "object" || at2 === null || !Object.hasOwn(at2, step))
      return;
    at2 = at2[step];
  }
  return at2;
}
function mappingOf(value) {
  return isRecord(value) ? value : null;
}
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function formerKeyErrors(document, struck) {
  return Object.keys(mappingOf(document.value) ?? {}).flatMap((key) => {
    let advice = struck.get(key), text2 = `${key}: this key no longer exists: ${advice}`;
    return advice === void 0 ? [] : [{ place: document.placeOf([key]), text: text2 }];
  });
}
function withoutKeys(document, isReported) {
  let value = mappingOf(document.value);
  if (value === null)
    return document;
  let rest = Object.entries(value).filter(([key]) => !isReported(key));
  return { ...document, value: Object.assign(  Object.create(null), Object.fromEntries(rest)) };
}

function endOfLine(text2, from2) {
  let lineBreak = /\r\n?|\n/g;
  return lineBreak.lastIndex = from2, lineBreak.test(text2) ? lineBreak.lastIndex : text2.length;
}
function startOfLine(text2, at2) {
  let start = text2.endsWith(`\r
`, at2 + 1) ? at2 - 1 : at2;
  for (; start > 0 && !/[\r\n]/.test(text2.charAt(start - 1)); )
    start--;
  return start;
}
function columnOf(text2, at2) {
  let start = startOfLine(text2, at2);
  return at2 - start - (text2.startsWith("\uFEFF", start) ? 1 : 0);
}
function lineBreakOf(text2) {
  return /\r\n?|\n/.exec(text2)?.[0] ?? `
`;
}
function lineCounter(text2) {
  let starts = [0];
  for (let end of text2.matchAll(/\r\n?|\n/g))
    starts.push(end.index + end[0].length);
  return (offset) => {
    let low = 0, high = starts.length;
    for (; high - low > 1; ) {
      let middle = low + high >> 1;
      (starts[middle] ?? 0) <= offset ? low = middle : high = middle;
    }
    return low + 1;
  };
}

var MAX_DEPTH = 20;
function walkYaml(text2) {
  let events;
  try {
    events = parseEvents(text2, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException))
      throw error;
    return { why: error.reason, offset: error.mark?.position ?? 0 };
  }
  let walk = { text: text2, events, next: 0 }, documents = [], end = 0;
  for (let event = events[walk.next++]; event !== void 0; event = events[walk.next++]) {
    if (event.type !== EVENT_ID.DOCUMENT)
      continue;
    let node = nodeAt(walk, event.explicitStart ? afterMarker(text2, end) : end);
    documents.push(node), end = node.end;
  }
  return { documents };
}
function nodeAt(walk, after) {
  let event = walk.events[walk.next++];
  if (event?.type === EVENT_ID.SCALAR)
    return scalarOf(walk.text, event, after);
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING)
    return collectionOf(walk, event);
  if (event?.type !== EVENT_ID.ALIAS)
    throw new Error("the YAML parser stopped in the middle of a document");
  return {
    kind: "alias",
    style: "plain",
    start: event.anchorStart - 1,
    end: event.anchorEnd,
    text: "",
    hasAnchor: !1,
    hasTag: !1,
    members: NONE
  };
}
var NONE = [];
function scalarOf(text2, event, after) {
  let { valueStart, valueEnd, anchorEnd, tagEnd } = event, style = valueStart === -1 ? "none" : STYLES[event.style], [start, end] = [valueStart, valueEnd];
  return style === "none" ? start = end = Math.max(after, anchorEnd, tagEnd) : style === "quoted" ? [start, end] = [valueStart - 1, valueEnd + 1] : style === "block" && (start = afterBlanks(text2, Math.max(after, anchorEnd, tagEnd)), end = blockEnd(text2, event)), {
    kind: "scalar",
    style,
    start,
    end,
    text: getScalarValue(text2, event),
    hasAnchor: event.anchorStart !== -1,
    hasTag: event.tagStart !== -1,
    members: NONE
  };
}
var STYLES = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "quoted",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "quoted",
  [SCALAR_STYLE.LITERAL_BLOCK]: "block",
  [SCALAR_STYLE.FOLDED_BLOCK]: "block"
};
function blockEnd(text2, { valueEnd, indent, chomping }) {
  let end = withoutBreak(text2, valueEnd);
  for (; ; ) {
    let begin = startOfLine(text2, end), isBlank = /^ *$/.test(text2.slice(begin, end)) && end - begin <= Math.max(indent, 0);
    if (chomping === CHOMPING_MODE.KEEP || !isBlank)
      return end;
    end = withoutBreak(text2, begin);
  }
}
function withoutBreak(text2, end) {
  return text2.endsWith(`\r
`, end) ? end - 2 : /[\r\n]/.test(text2.charAt(end - 1)) ? end - 1 : end;
}
function collectionOf(walk, event) {
  let { text: text2 } = walk, { start } = event, isList = event.type === EVENT_ID.SEQUENCE, isFlow = event.style === COLLECTION_STYLE.FLOW, hasBracket = isFlow && text2.charAt(start) === (isList ? "[" : "{"), members = [], end = hasBracket ? start + 1 : start;
  for (; walk.events[walk.next]?.type !== EVENT_ID.POP; ) {
    let isFirst = members.length === 0, member = memberAt(
      walk,
      isList,
      afterBlanks(text2, isFlow && !isFirst ? afterMark(text2, end, ",") : end)
    );
    members.push(member), end = member.value.end;
  }
  return walk.next++, {
    kind: isList ? "list" : "mapping",
    style: isFlow ? "flow" : "block",
    start,
    end: hasBracket ? afterMark(text2, afterMark(text2, end, ","), isList ? "]" : "}") : end,
    text: "",
    hasAnchor: event.anchorStart !== -1,
    hasTag: event.tagStart !== -1,
    members
  };
}
function memberAt(walk, isList, at2) {
  let { text: text2 } = walk;
  if (isList)
    return { at: at2, key: null, value: nodeAt(walk, text2.charAt(at2) === "-" ? at2 + 1 : at2) };
  let key = nodeAt(walk, text2.charAt(at2) === "?" ? at2 + 1 : at2);
  return { at: at2, key, value: nodeAt(walk, afterMark(text2, key.end, ":")) };
}
function afterBlanks(text2, from2) {
  let at2 = from2;
  for (; ; ) {
    let char = text2.charAt(at2);
    if (char === "#")
      at2 = endOfLine(text2, at2);
    else if (char === " " || char === `
` || char === "\r" || char === "	" || char === "\uFEFF")
      at2++;
    else
      return at2;
  }
}
function afterMark(text2, from2, mark) {
  let at2 = afterBlanks(text2, from2);
  return text2.charAt(at2) === mark ? at2 + 1 : from2;
}
function afterMarker(text2, from2) {
  let marker = /^---(?=[ \t\r\n]|$)/gm;
  return marker.lastIndex = from2, marker.exec(text2) === null ? from2 : marker.lastIndex;
}

var MAX_LENGTH = 4 * 1024 * 1024;
function readYaml(text2, file2) {
  let errors = [], add = (line2, text3) => errors.push({ place: { file: file2, line: line2 }, text: text3 }), isTooLong = text2.length > MAX_LENGTH, lineOf = lineCounter(isTooLong ? "" : text2), root = isTooLong ? tooLong(text2, add) : onlyDocument(text2, lineOf, add), top = root === null ? { line: 1, children: null, value: void 0, isFaulty: !0 } : readNode({ lineOf, add }, root, null), walk = (path) => {
    let found = [top];
    for (let step of path) {
      let children = found.at(-1)?.children, next = children instanceof Map ? children.get(String(step)) : children?.[Number(step)];
      if (next === void 0)
        break;
      found.push(next);
    }
    return found;
  };
  return {
    value: top.value,
    errors,
    placeOf: (path) => ({ file: file2, line: walk(path).at(-1)?.line ?? 1 }),
    hasErrors: (path) => walk(path).some(({ isFaulty }) => isFaulty),
    root,
    lineOf
  };
}
function tooLong(text2, add) {
  return add(1, `the file is too long: ${text2.length} characters; the maximum is ${MAX_LENGTH}`), null;
}
var LIST_AFTER_EMPTY = /^([\w-]+):[ \t]*\[\][ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]*- /m;
function onlyDocument(text2, lineOf, add) {
  let walked = walkYaml(text2);
  if ("why" in walked) {
    let why3 = walked.why.replace(/\s+/g, " ").slice(0, 200), [, key] = LIST_AFTER_EMPTY.exec(text2.replace(/\r\n?/g, `
`)) ?? [], hint = key === void 0 ? "" : `; a list follows "${key}: []", so remove the []`;
    return add(lineOf(walked.offset), `not YAML: ${why3}${hint}`), null;
  }
  let [root, ...more] = walked.documents;
  return root !== void 0 && more.length === 0 ? root : (add(1, root === void 0 ? "the file is empty" : `expected one YAML document, found ${more.length + 1}`), null);
}
function readNode(reader, node, keyLine) {
  let read2 = { line: keyLine ?? reader.lineOf(node.start), children: null, value: node.text, isFaulty: !1 };
  return refuseExtras(node, read2, reader.add), node.kind === "list" && readList(reader, node, read2), node.kind === "mapping" && readMapping(reader, node, read2), read2;
}
function readList(reader, { members }, read2) {
  let items = members.map(({ value }) => readNode(reader, value, null));
  read2.children = items, read2.value = items.map(({ value }) => value);
}
function readMapping(reader, { members }, read2) {
  let values =   Object.create(null), children =   new Map();
  for (let member of members) {
    if (member.key === null)
      continue;
    let key = readNode(reader, member.key, null), value = readNode(reader, member.value, key.line);
    if (typeof key.value != "string") {
      key.isFaulty || reader.add(key.line, "a key must be text");
      continue;
    }
    let earlier = children.get(key.value);
    if (earlier !== void 0) {
      reader.add(key.line, `the key ${shown(key.value)} appears twice, first on line ${earlier.line}`);
      continue;
    }
    if (key.value === "<<") {
      reader.add(key.line, "merge keys (<<) are not allowed");
      continue;
    }
    children.set(key.value, value), values[key.value] = value.value;
  }
  read2.children = children, read2.value = values;
}
function refuseExtras({ kind, hasAnchor, hasTag }, read2, add) {
  kind === "alias" ? (add(read2.line, "aliases (*) are not allowed"), read2.isFaulty = !0, read2.value = void 0) : hasAnchor && add(read2.line, "anchors (&) are not allowed"), hasTag && add(read2.line, "tags (!) are not allowed");
}

var expectSchema = array(_enum(BENCH_STATUSES, { error: `is not one of ${BENCH_STATUSES.join(", ")}` })).min(1, "must contain at least one result"), countSchema = union([string().regex(/^\d{1,6}$/), int().min(0)], {
  error: "is not a whole number"
}), itemsSchema = strictObject({
  count: countSchema.optional().describe("Exactly this many items"),
  max: countSchema.optional().describe("At most this many items"),
  equals: array(string()).optional().describe("Exactly these items"),
  subset_of: array(string()).optional().describe("No items other than these"),
  compare: _enum(["whole", "name", "port", "path"], { error: "is not one of whole, name, port, path" }).optional().describe("Which part of each item to compare; default: whole (the entire item)")
}).describe("Condition that the items found must meet; set exactly one of count, max, equals, subset_of"), reasonSchema = string().regex(/\S/, "is empty; state why this is accepted"), ownerSchema = string().regex(/\S/, "is empty; state who is responsible").describe("Who is responsible for this entry"), expiresSchema = dateSchema.describe("Last day on which this entry applies (YYYY-MM-DD, UTC)"), entrySchema = strictObject({
  title: textSchema.optional().describe("Words from the check's title, to detect a different numbering"),
  expect: expectSchema.optional().describe("Expected results; default: the value of defaults.expect"),
  items: itemsSchema.optional(),
  evidence: textSchema.optional().describe("The test that decides the result if Docker Bench reports only NOTE"),
  reason: reasonSchema.optional(),
  owner: ownerSchema.optional(),
  expires: expiresSchema.optional(),
  when: strictObject({
    host: _enum(["apparmor", "selinux"], { error: "is not one of apparmor, selinux" }).optional()
  }).optional().describe("The result for this id is judged only if the host has this feature")
}), checksSchema = record(string(), entrySchema), leftOutSchema = strictObject({ reason: reasonSchema, owner: ownerSchema, expires: expiresSchema }), LEFT_OUT_ERROR = "is neither a reason nor {reason, owner, expires}", choiceSchema = _enum(["action", "report"], { error: "is not one of action, report" }), dictionarySchema = strictObject({
  extends: string().regex(/^builtin\/[1-9]\d{0,3}$/, "is not builtin/ followed by a number, such as builtin/1").optional().describe("The built-in dictionary that this file extends; must be the first key"),
  version: versionSchema,
  numbering: _enum(NUMBERINGS, { error: `is not one of ${NUMBERINGS.join(", ")}` }).optional().describe("In dbs-1.6.1, id 5.1 is about swarm mode; in dbs-1.6.0, it is about AppArmor"),
  scope: strictObject({
    images: array(literal("$IMAGE_UNDER_TEST", { error: "is not $IMAGE_UNDER_TEST" })).optional(),
    containers: array(literal("$CONTAINER_UNDER_TEST", { error: "is not $CONTAINER_UNDER_TEST" })).optional()
  }).optional().describe("What is judged: always the images passed to the gate; no other image can be specified here"),
  defaults: strictObject({
    expect: expectSchema.optional(),
    unlisted: choiceSchema.optional().describe("How to treat a result whose id is not in this file"),
    missing: choiceSchema.optional().describe("How to treat an id in this file that has no result"),
    vacuous: literal("action", {
      error: 'must be "action", because a check that examined nothing never passes'
    }).optional()
  }).optional(),
  not_applicable: record(string(), union([textSchema, leftOutSchema], { error: LEFT_OUT_ERROR })).optional().describe("Ids or whole sections that are not judged, each with the reason"),
  checks: checksSchema.optional().describe(
    "Expected results by quoted id: section 4 for the image, section 5 for how it is run (if run options are set)"
  ),
  overrides: array(
    strictObject({
      images: imagePatternsSchema.min(1, "must contain at least one image"),
      checks: checksSchema
    })
  ).optional().describe("Exceptions for some images; the most specific pattern wins")
}).meta({ anyOf: [{ required: ["numbering"] }, { required: ["extends"] }] }).describe("Expected results of Docker Bench");
function toExpectation(raw, fallback) {
  return {
    expect: raw.expect ?? fallback,
    items: raw.items === void 0 ? null : toItemRule(raw.items),
    title: raw.title ?? null,
    evidence: raw.evidence ?? null,
    reason: raw.reason?.trim() ?? null,
    owner: raw.owner?.trim() ?? null,
    expires: raw.expires ?? null,
    host: raw.when?.host ?? null
  };
}
function toItemRule(raw) {
  let by = raw.compare ?? "whole", values = raw.equals ?? raw.subset_of ?? [], count2 = Number(raw.count ?? raw.max ?? 0);
  return { kind: ["count", "max", "equals", "subset_of"].find((kind) => raw[kind] !== void 0) ?? "equals", count: count2, values, by };
}

function acceptanceErrors(document, base, name2, limit) {
  let fallback = statusesIn(valueAt(document.value, ["defaults", "expect"])) ?? base.defaults.expect, numbering = valueAt(document.value, ["numbering"]) === "dbs-1.6.0" ? "dbs-1.6.0" : "dbs-1.6.1", defaults = ["unlisted", "missing"].flatMap((key) => {
    let path = ["defaults", key], isLaxer3 = valueAt(document.value, path) === "report" && base.defaults[key] === "action", text2 = `accepts more than ${name2}; list each accepted result under "checks", with reason, owner and expires`;
    return isLaxer3 ? [errorAt(document, path, text2)] : [];
  }), overrides = listOf(valueAt(document.value, ["overrides"])).map(
    (_, index) => ["overrides", index, "checks"]
  ), notApplicableErrors = Object.entries(
    mappingOf(valueAt(document.value, ["not_applicable"])) ?? {}
  ).flatMap(([id3, value]) => {
    let entryPath = ["not_applicable", id3], newId = toNewNumbering(id3, numbering);
    if (!base.entries.some((one) => isWithin(one.id, newId)))
      return [];
    let entry = mappingOf(value);
    return entry === null ? [errorAt(document, entryPath, `${name2} expects a result for this id; write {reason, owner, expires} here, or add the expected result under "checks" or "overrides"`)] : errorsOf2(entry, entryPath, !0);
  }), lines = [["checks"], ...overrides].flatMap(
    (table) => Object.entries(mappingOf(valueAt(document.value, table)) ?? {}).flatMap(([id3, value]) => {
      let entry = mappingOf(value), newId = toNewNumbering(id3, numbering), baseEntry = base.entries.find((one) => one.id === newId) ?? null, isJudged = !base.notApplicable.some((one) => isWithin(newId, one.id)), isException = table.length > 1 || entry !== null && isJudged && isLaxer(entry, baseEntry, fallback);
      return entry === null || !isException ? [] : errorsOf2(entry, [...table, id3], table.length === 1);
    })
  );
  return [...defaults, ...lines, ...notApplicableErrors];
  function errorsOf2(entry, path, isWhole) {
    let errors = [], add = (key, text2) => errors.push(errorAt(document, [...path, key], text2));
    for (let key of isWhole ? ["reason", "owner", "expires"] : [])
      entry[key] === void 0 && add(key, `is missing; it is required because this line accepts more than ${name2}`);
    let { expires } = entry;
    if (limit === null || typeof expires != "string" || !isDate(expires))
      return errors;
    let days = daysBetween(limit.today, expires);
    if (days > limit.maxSpan) {
      let after = `${days} days after the date of the verdict (${limit.today})`;
      add("expires", `${expires} is ${after}; the maximum is ${limit.maxSpan} (max-span)`);
    }
    return errors;
  }
}
function isLaxer(raw, inBase, fallback) {
  let { owner: _, reason: __, expires: ___, ...expected2 } = raw, read2 = entrySchema.safeParse(expected2);
  return read2.success && acceptsMore(toExpectation(read2.data, fallback), inBase);
}
var PASS_ONLY = { expect: ["PASS"], items: null, evidence: null, host: null };
function acceptsMore(entry, other2) {
  let { expect, items, evidence, host } = other2 ?? PASS_ONLY, rank = (status) => BENCH_STATUSES.indexOf(status), best = Math.min(...expect.map(rank));
  if (entry.expect.some((status) => !expect.includes(status) && rank(status) > best) || entry.host !== host && entry.host !== null)
    return !0;
  let shared = entry.expect.filter((status) => expect.includes(status));
  return shared.includes("NOTE") && evidence !== null && entry.evidence !== evidence ? !0 : items !== null && shared.some((status) => status !== "PASS") && allowsMore(entry.items, items);
}
function allowsMore(rule, other2) {
  if (rule === null)
    return !0;
  let maxEntries = rule.kind === "count" || rule.kind === "max" ? rule.count : rule.values.length;
  return maxEntries === 0 ? !1 : other2.kind === "count" || other2.kind === "max" ? maxEntries > other2.count : rule.kind === "count" || rule.kind === "max" || rule.by !== other2.by ? !0 : rule.values.some((value) => !other2.values.includes(value));
}
function statusesIn(value) {
  let statuses = listOf(value).flatMap((one) => BENCH_STATUSES.find((status) => status === one) ?? []);
  return statuses.length === 0 ? null : statuses;
}

function dictionaryErrors(document, file2, { base, builtins }) {
  let root = mappingOf(document.value);
  if (root === null)
    return [];
  let errors = unquotedIds(document, file2), add = (path, text2) => {
    document.hasErrors(path) || errors.push(errorAt(document, path, text2));
  };
  extendsErrors(document, root, base, builtins, add);
  let ownNumbering = root.numbering ?? base?.numbering, numbering = NUMBERINGS.find((one) => one === ownNumbering), overrides = listOf(root.overrides).map((_, index) => ["overrides", index, "checks"]), tables = [["checks"], ...overrides], excluded = Object.keys(mappingOf(root.not_applicable) ?? {});
  if (numbering)
    for (let id3 of excluded)
      isIdOrSection(id3, numbering) || add(["not_applicable", id3], `${shown(id3)} is not an id in ${numbering}`);
  for (let path of tables) {
    let isOverride = path[0] === "overrides";
    for (let [id3, value] of Object.entries(mappingOf(valueAt(root, path)) ?? {})) {
      let entryPath = [...path, id3];
      if (numbering && !isCheckId(id3, numbering))
        add(entryPath, `${shown(id3)} is not a check in ${numbering}`);
      else if (numbering) {
        let canonical = (one) => toNewNumbering(one, numbering), other2 = excluded.find((one) => isWithin(canonical(id3), canonical(one)));
        if (other2 !== void 0) {
          let line2 = document.placeOf(["not_applicable", other2]).line;
          add(
            entryPath,
            `has an expected result here, but line ${line2} (${shown(other2)}) makes it not applicable; keep only one of them`
          );
        }
      }
      isOverride && numbering && isOutside(toNewNumbering(id3, numbering)) && add(entryPath, `is not applicable in ${root.extends}; add its expected result under "checks" first`), entryErrors(mappingOf(value), entryPath, isOverride, add);
    }
  }
  return [...errors, ...sameOverrides(root, document)];
  function isOutside(id3) {
    return !(numbering !== void 0 && Object.keys(mappingOf(root?.checks) ?? {}).some((one) => toNewNumbering(one, numbering) === id3)) && (base?.notApplicable.some((one) => isWithin(id3, one.id)) ?? !1);
  }
}
function extendsErrors({ root: node }, root, base, builtins, add) {
  let { extends: name2 } = root;
  if (name2 === void 0) {
    root.numbering === void 0 && add(
      ["extends"],
      `is missing: add "extends: builtin/${newestOf(builtins)}" to change only what this file lists, or a "numbering" key to start from an empty dictionary`
    );
    return;
  }
  if (node?.members[0]?.key?.text !== "extends" && add(["extends"], "must be the first key in the file"), base === null && typeof name2 == "string" && /^builtin\/[1-9]\d{0,3}$/.test(name2)) {
    let builtinNames = Object.keys(builtins).map((number2) => `builtin/${number2}`), those = builtinNames.length === 0 ? "a built-in dictionary cannot extend another one" : `known: ${builtinNames.join(", ")}`;
    add(["extends"], `there is no ${name2} (${those})`);
  }
}
function entryErrors(entry, path, isOverride, add) {
  if (entry === null)
    return;
  if (isOverride)
    for (let key of ["reason", "owner", "expires"])
      entry[key] === void 0 && add([...path, key], "is missing; an exception requires it");
  let items = mappingOf(entry.items);
  if (items === null)
    return;
  let rules = ["count", "max", "equals", "subset_of"].filter((rule) => items[rule] !== void 0);
  if (rules.length === 1)
    return;
  let found = rules.length === 0 ? "none" : rules.join(" and ");
  add([...path, "items"], `expected exactly one of count, max, equals, subset_of; found ${found}`);
}
function sameOverrides(root, document) {
  let firstLines =   new Map();
  return listOf(root.overrides).flatMap((override, index) => {
    let found = mappingOf(override);
    return listOf(found?.images).flatMap(
      (image) => Object.keys(mappingOf(found?.checks) ?? {}).map((id3) => [image, id3])
    ).flatMap(([image, id3]) => {
      let key = JSON.stringify([image, id3]), first = firstLines.get(key);
      if (firstLines.set(key, first ?? index), first === void 0 || first === index)
        return [];
      let line2 = document.placeOf(["overrides", first, "checks", id3]).line, text2 = `${id3} for ${shown(image)} appears twice, first on line ${line2}`;
      return [{ place: document.placeOf(["overrides", index, "checks", id3]), text: text2 }];
    });
  });
}
function unquotedIds({ root, lineOf }, file2) {
  return (root === null ? [] : keysOf(root)).flatMap(({ style, text: text2, start }) => {
    if (style !== "plain" || !/^[\d.]+$/.test(text2))
      return [];
    let why3 = `${text2} must be quoted ("${text2}"), because without quotes it is a number in YAML, and 4.10 equals 4.1`;
    return [{ place: { file: file2, line: lineOf(start) }, text: why3 }];
  });
}
function keysOf({ members }) {
  return members.flatMap(({ key, value }) => [
    ...key === null ? [] : [key, ...keysOf(key)],
    ...keysOf(value)
  ]);
}

function extendedBy({ value }, builtins) {
  let name2 = mappingOf(value)?.extends;
  if (typeof name2 != "string")
    return null;
  let number2 = Number(/^builtin\/([1-9]\d{0,3})$/.exec(name2)?.[1] ?? 0), text2 = Object.hasOwn(builtins, number2) ? builtins[number2] : void 0;
  return text2 === void 0 ? null : { name: name2, text: text2, file: BUILTIN_FILE, newest: newestOf(builtins), number: number2 };
}
function mergeOnto(base, own, named, at2) {
  let ownEntryOf = (id3) => own.entries.find((one) => one.id === id3), baseEntries = base.entries.map((entry) => {
    let replacement2 = ownEntryOf(entry.id);
    return replacement2 === void 0 ? entry : { ...replacement2, title: replacement2.title ?? entry.title };
  }), more = own.entries.filter(({ id: id3 }) => !base.entries.some((one) => one.id === id3)), notApplicable = base.notApplicable.filter(({ id: id3 }) => ownEntryOf(id3) === void 0).map((line2) => ({ ...line2, except: own.entries.flatMap(({ id: id3 }) => isWithin(id3, line2.id) ? [id3] : []) }));
  return {
    ...own,
    extended: base,
    notices: [...newer(named, at2), ...repeatedLines(base, own, named)],
    entries: [...baseEntries, ...more],
    notApplicable: [...own.notApplicable, ...notApplicable],
    overrides: [...base.overrides, ...own.overrides]
  };
}
function newer({ name: name2, number: number2, newest }, place3) {
  if (newest <= number2)
    return [];
  let text2 = `extends ${name2}, but the newer builtin/${newest} exists: review what it expects, and extend it instead`;
  return [{ kind: "newer", place: place3, text: text2 }];
}
function repeatedLines(base, own, { name: name2 }) {
  let notice = (id3, place3) => ({
    kind: "duplicate",
    place: place3,
    text: `${id3} is the same as in ${name2}, so it can be removed`
  }), entries = own.entries.flatMap((entry) => {
    let baseEntry = base.entries.find(({ id: id3 }) => id3 === entry.id);
    return baseEntry !== void 0 && isSameExpectation(entry, baseEntry) ? [notice(entry.writtenId, entry.place)] : [];
  }), outside = own.notApplicable.flatMap(
    ({ id: id3, reason: reason3, place: place3 }) => base.notApplicable.some((one) => one.id === id3 && one.reason === reason3) ? [notice(id3, place3)] : []
  );
  return [...entries, ...outside];
}
function isSameExpectation(entry, inBase) {
  let fieldsOf = ({ expect, items, title: title2, evidence, host }) => JSON.stringify([[...expect].sort(), items, title2 ?? inBase.title, evidence, host]);
  return fieldsOf(entry) === fieldsOf(inBase) && (entry.reason === null || entry.reason === inBase.reason);
}

var STRUCK_KEYS =   new Map([
  ["runtime_checks", "move its entries to the key checks"],
  ["engine", "set bench-engine instead, and remove this line"]
]);
function readDictionary(text2, file2, { builtins = BUILTINS, limit = null } = {}) {
  let document = readYaml(text2, file2), extendedName = extendedBy(document, builtins), base = extendedName === null ? null : readDictionary(extendedName.text, extendedName.file, { builtins: {}, limit: null }), errors = [
    ...formerKeyErrors(document, STRUCK_KEYS),
    ...shapeErrors(
      withoutKeys(document, (key) => STRUCK_KEYS.has(key)),
      dictionarySchema
    ),
    ...dictionaryErrors(document, file2, { base, builtins }),
    ...base === null || extendedName === null ? [] : acceptanceErrors(document, base, extendedName.name, limit)
  ];
  if (errors.length > 0)
    throw policyError(errors);
  return toDictionary(dictionarySchema.parse(document.value), document, file2, base, extendedName);
}
function toDictionary(raw, document, file2, base, named) {
  let numbering = raw.numbering ?? base?.numbering ?? "dbs-1.6.1", fallback = raw.defaults?.expect ?? base?.defaults.expect ?? ["PASS"], entriesAt = (path, entries = {}) => Object.entries(entries).map(([id3, entry]) => {
    let entryPath = [...path, id3];
    return { ...{ id: toNewNumbering(id3, numbering), writtenId: id3, path: entryPath }, ...toExpectation(entry, fallback), place: document.placeOf(entryPath) };
  }), own = {
    file: file2,
    extended: null,
    notices: [],
    numbering,
    defaults: {
      expect: fallback,
      unlisted: raw.defaults?.unlisted ?? base?.defaults.unlisted ?? "action",
      missing: raw.defaults?.missing ?? base?.defaults.missing ?? "action"
    },
    notApplicable: Object.entries(raw.not_applicable ?? {}).map(([id3, value]) => ({
      id: toNewNumbering(id3, numbering),
      ...typeof value == "string" ? { reason: value.trim(), owner: null, expires: null } : { reason: value.reason.trim(), owner: value.owner.trim(), expires: value.expires },
      except: [],
      place: document.placeOf(["not_applicable", id3])
    })),
    entries: entriesAt(["checks"], raw.checks),
    overrides: (raw.overrides ?? []).map(({ images, checks }, index) => ({
      images,
      entries: entriesAt(["overrides", index, "checks"], checks),
      place: document.placeOf(["overrides", index])
    }))
  };
  return base === null || named === null ? own : mergeOnto(base, own, named, document.placeOf(["extends"]));
}

var DICTIONARY_SCHEMA = "schema/dictionary.schema.json", NEWEST_BUILTIN = newestOf(BUILTINS), STARTER_DICTIONARY = `# yaml-language-server: $schema=${DICTIONARY_SCHEMA}
#
# Expected results of Docker Bench for Security, where they differ from the built-in dictionary for Debian application images.
# Any other result blocks. A better result blocks too, because an outdated entry would hide a later regression.
#
# An entry replaces the built-in entry for the same id:
#
#   checks:                         # section 4: the image; section 5: how it is run, if run options are set
#     "4.6":                        # the id, always in quotes: 4.10 without quotes is the number 4.1
#       expect: [WARN]              # PASS, WARN, INFO, NOTE; default: see \`defaults\`
#       items: {subset_of: [...]}   # allowed items: one of count, max, equals, subset_of
#       title: HEALTHCHECK          # guard: words from Docker Bench's title for this id, to detect renumbering
#       evidence: secret-scan       # if Docker Bench reports only NOTE, this test decides
#       owner: platform             # required if the entry accepts more than the built-in one
#       reason: a batch job         # required if the entry accepts more than the built-in one
#       expires: 2027-03-31         # required in the same case; last day on which the entry applies (UTC)
#   not_applicable:               # key "reason"; also "owner" and "expires" if the built-in dictionary expects a result
#     "5.13": {reason: why it does not apply, owner: platform, expires: 2027-03-31}
#
# An exception for some images also needs the keys "reason", "owner" and "expires":
#
#   overrides:
#     - images: ["ghcr.io/acme/worker:*"]   # * matches any characters; the most specific match wins
#       checks:
#         "4.6": {expect: [WARN], reason: batch job without a server, owner: platform, expires: 2027-03-31}
#
# \`seaworthy dictionary record IMAGE\` writes an image's current results to this file. Errors in this file are reported with
# line numbers before the scan starts.
extends: builtin/${NEWEST_BUILTIN}
version: 1
`, DEFAULT_DICTIONARY = {
  ...readDictionary(BUILTINS[NEWEST_BUILTIN] ?? "", BUILTIN_FILE),
  file: null
};

var PUBLISHED = "5.9", ON_ALL_ADDRESSES = "5.14", FIRST_UNPRIVILEGED = 1024;
function isOfPorts({ id: id3 }) {
  return id3 === PUBLISHED || id3 === ON_ALL_ADDRESSES;
}
function isSettledByBinding(result) {
  return result.id === ON_ALL_ADDRESSES || expectedBinding(result) !== null;
}
function bindingText({ bindings = [] }, results) {
  let expected2 = results.map(expectedBinding).find((one) => one !== null);
  if (expected2 !== void 0) {
    let own = ownBinding(expected2, results);
    return own === null ? `publish only ${expected2}; another port needs an entry: ${recordCommand("IMAGE")}` : `publish only ${expected2}, or ${own} with an entry for its port: ${recordCommand("IMAGE")}`;
  }
  let plain = bindings.filter(isPlainBinding);
  return `give the address: ${plain.length === 0 ? "127.0.0.1:8080:8080, for example" : plain.join(", ")}`;
}
function expectedBinding({ id: id3, bindings = [] }) {
  let [binding, ...more] = id3 === PUBLISHED ? bindings : [];
  return binding !== void 0 && more.length === 0 && isPlainBinding(binding) ? binding : null;
}
function ownBinding(expected2, results) {
  let [port = "", ...more] = results.filter(({ id: id3 }) => id3 === PUBLISHED).flatMap(portsOf), own = expected2.replace(/:\d+(?=:\d+(?:\/\w+)?$)/, `:${port}`);
  return more.length === 0 && Number(port) >= FIRST_UNPRIVILEGED && own !== expected2 ? own : null;
}
function openPortLines(results, { hasDictionary }) {
  if (!results.some(({ id: id3 }) => id3 === ON_ALL_ADDRESSES))
    return [];
  let ports = results.filter(({ id: id3 }) => id3 === PUBLISHED).flatMap(portsOf), entries = [
    ...ports.length === 0 ? [] : entryLines(PUBLISHED, [
      "items:",
      `  subset_of: [${ports.map((port) => `"${port}"`).join(", ")}]`,
      "  compare: port"
    ]),
    ...entryLines(ON_ALL_ADDRESSES, [])
  ];
  return [
    "# if other machines must reach the service, do one of these",
    "#   publish it on the address of one interface: that interface's address instead of 127.0.0.1",
    "#   keep 127.0.0.1, and let a reverse proxy on this machine serve the others",
    ...dictionaryLines(entries, hasDictionary !== !1).map((line2) => `#   ${line2}`)
  ];
}
function dictionaryLines(entries, hasFile) {
  let indented = (lines) => lines.map((line2) => `  ${line2}`);
  return hasFile ? [
    'keep all addresses, with these lines below "checks:" in policies/dictionary.yml',
    ...indented(entries)
  ] : [
    "keep all addresses, with these lines as the new file policies/dictionary.yml",
    ...indented([`extends: builtin/${NEWEST_BUILTIN}`, "version: 1", "checks:", ...indented(entries)])
  ];
}
function entryLines(id3, items) {
  let keys = ["expect: [WARN]", ...items, "reason: why it is published so", "owner: who answers for it"];
  return [`"${id3}":`, ...[...keys, "expires: YYYY-MM-DD"].map((key) => `  ${key}`)];
}
function portsOf({ builtin: builtin2 }) {
  let ports = (builtin2?.items ?? []).map((item) => item.slice(item.lastIndexOf(":") + 1));
  return [...new Set(ports)].filter((port) => /^\d{1,5}$/.test(port));
}

var remove = (...keys) => ({ kind: "remove", keys }), choose = (key, text2) => ({ kind: "choose", key, text: text2 }), set = (key, value) => ({ kind: "set", key, value }), FLAT = { cpus: "cpus", memory: "mem_limit", pids: "pids_limit" }, LIMITS = "deploy.resources.limits", CHANGES = {
  "4.1": [{ kind: "remove", keys: ["user"], more: ", so that the image's own user counts" }],
  "5.2": [remove("privileged", "security_opt.apparmor")],
  "5.3": [remove("privileged", "security_opt.label")],
  "5.4": [remove("privileged", "cap_add"), { kind: "item", key: "cap_drop", item: "ALL", isExample: !0 }],
  "5.5": [remove("privileged")],
  "5.6": [choose("volumes", "mount a volume or a directory of the service, read-only if it only reads")],
  "5.8": [choose("ports", "publish port 1024 or higher, and let a proxy serve 80 and 443")],
  "5.10": [{ kind: "remove", keys: ["network_mode"], more: ", and publish the ports that are needed" }],
  "5.11": [{ kind: "limit", key: "memory", value: "512M" }],
  "5.12": [{ kind: "limit", key: "cpus", value: "'1'" }],
  "5.13": [set("read_only", "true"), { kind: "item", key: "tmpfs", item: "/tmp", isExample: !0 }],
  "5.15": [set("restart", "on-failure:5")],
  "5.16": [remove("pid")],
  "5.17": [remove("ipc")],
  "5.18": [
    remove("privileged", "devices", "gpus", "device_cgroup_rules", "deploy.resources.reservations.devices")
  ],
  "5.20": [choose("volumes", "do not set bind.propagation to shared or rshared")],
  "5.21": [remove("uts")],
  "5.22": [remove("privileged", "security_opt.seccomp")],
  "5.25": [remove("cgroup_parent", "cgroup")],
  "5.26": [{ kind: "item", key: "security_opt", item: "no-new-privileges:true" }],
  "5.29": [{ kind: "limit", key: "pids", value: "100" }],
  "5.30": [remove("network_mode")],
  "5.31": [remove("userns_mode")],
  "5.32": [choose("volumes", "remove the mount of the socket, or of the directory that contains it")]
};
function changesOf(result, results) {
  return isOfPorts(result) ? [choose("ports", bindingText(result, results))] : CHANGES[result.id] ?? [];
}
function isSettledByOptions(result) {
  let isOfImage = result.id === "4.1" && result.userOfOptions !== !0;
  return isSettledByBinding(result) || Object.hasOwn(CHANGES, result.id) && !isOfImage;
}
function requestedBy(results, keysOf2) {
  let all = results.flatMap((one) => changesOf(one, results).flatMap(keysOf2).map((change) => ({ id: one.id, change })));
  return groupsBy(all, ({ change }) => JSON.stringify(change)).map((group) => ({ change: group[0].change, ids: group.map(({ id: id3 }) => id3) }));
}
function composeLines(results, known = {}) {
  let { indent, lines } = results[0]?.service ?? NO_SERVICE, requested = requestedBy(results, (change) => presentOf(change, lines)), isExisting = (change) => placeOfChange(change, lines) !== null || change.kind === "remove" || change.kind === "choose", own = requested.filter(({ change }) => isExisting(change)), added = requested.filter(({ change }) => !isExisting(change)), isFlat = lines.deploy !== void 0 || Object.values(FLAT).some((key) => lines[key] !== void 0), indented = addedLines(added, isFlat).map((line2) => `${" ".repeat(indent)}${line2}`);
  return [...added.length === 0 ? [] : ["# add below the service", ...indented], ...inPlace(own, lines), ...openPortLines(results, known)].join(`
`);
}
var NO_SERVICE = { indent: 4, lines: {} };
function presentOf(change, lines) {
  if (change.kind === "item")
    return change.isExample && lines[change.key] !== void 0 ? [] : [change];
  if (change.kind !== "remove")
    return [change];
  let present = change.keys.filter((key) => lines[key] !== void 0);
  return (present.length > 0 ? present : change.keys.slice(0, 1)).map((key) => ({ ...change, keys: [key] }));
}
function placeOfChange(change, lines) {
  let first = (...keys) => keys.find((key) => lines[key] !== void 0) ?? null;
  switch (change.kind) {
    case "remove":
      return first(...change.keys);
    case "limit":
      return first(`${LIMITS}.${change.key}`, FLAT[change.key], LIMITS);
    case "item":
      return first(`${change.key}.${change.item.split(":")[0]}`, change.key);
    default:
      return first(change.key);
  }
}
function addedLines(added, isFlat) {
  let items = added.flatMap(
    ({ change, ids }) => change.kind === "item" ? [{ key: change.key, line: `  - ${change.item}${why2(ids)}` }] : []
  ), lists = [...Map.groupBy(items, ({ key }) => key)].flatMap(([key, all]) => [`${key}:`, ...all.map(({ line: line2 }) => line2)]), values = added.flatMap(
    ({ change, ids }) => change.kind === "set" ? [`${change.key}: ${change.value}${why2(ids)}`] : []
  ), limits = added.flatMap(
    ({ change, ids }) => change.kind === "limit" ? [`${isFlat ? FLAT[change.key] : change.key}: ${change.value}${why2(ids)}`] : []
  ), nested = isFlat || limits.length === 0 ? limits : ["deploy:", "  resources:", "    limits:", ...limits.map((line2) => `      ${line2}`)];
  return [...lists, ...values, ...nested];
}
var why2 = (ids) => `  # ${ids.join(", ")}`;
function inPlace(own, lines) {
  let texts2 = own.map(({ change, ids }) => {
    let key = placeOfChange(change, lines);
    return { line: key === null ? 0 : lines[key] ?? 0, text: textInPlace(change, key), ids };
  }).toSorted((a, b) => a.line - b.line).map(({ line: line2, text: text2, ids }) => `#   ${line2 === 0 ? "" : `line ${line2}: `}${text2}  # ${ids.join(", ")}`);
  return texts2.length === 0 ? [] : ["# change what is there", ...texts2];
}
function textInPlace(change, key) {
  switch (change.kind) {
    case "remove":
      return `remove ${itemName(key ?? change.keys.join())}${change.more ?? ""}`;
    case "limit":
      return key === LIMITS ? `add to ${key}: ${change.key}: ${change.value}` : `${key ?? ""}: ${change.value}`;
    case "item":
      return key === change.key ? `add to ${key}: - ${change.item}` : `${change.key}: - ${change.item}`;
    case "set":
      return `${change.key}: ${change.value}`;
    default:
      return `${change.key}: ${change.text}`;
  }
}
function itemName(key) {
  if (key === "cap_add")
    return "what the service does not need from cap_add";
  let [list, item] = key.split(".");
  return list === "security_opt" && item !== void 0 ? `${item} from ${list}` : key;
}
var OPTIONS2 = {
  "4.1": { change: "remove --user, so that the image's own user counts" },
  "5.2": { change: "remove --security-opt apparmor=unconfined" },
  "5.3": { change: "remove --security-opt label=disable" },
  "5.4": { add: "--cap-drop=ALL", change: "remove --cap-add, except for what the service needs" },
  "5.5": { change: "remove --privileged" },
  "5.6": {
    change: "--volume, --mount: mount a volume or a directory of the service, read-only if it only reads"
  },
  "5.8": { change: "--publish: use port 1024 or higher, and let a proxy serve 80 and 443" },
  "5.10": { change: "remove --network host, and publish the ports that are needed" },
  "5.11": { add: "--memory=512m" },
  "5.12": { add: "--cpus=1" },
  "5.13": { add: "--read-only --tmpfs=/tmp" },
  "5.15": { change: "--restart: on-failure:5, or none if an orchestrator restarts the container" },
  "5.16": { change: "remove --pid host" },
  "5.17": { change: "remove --ipc host" },
  "5.18": { change: "remove --device, --gpus and --device-cgroup-rule" },
  "5.20": { change: "--volume, --mount: do not set the propagation to shared or rshared" },
  "5.21": { change: "remove --uts host" },
  "5.22": { change: "remove --security-opt seccomp=unconfined" },
  "5.25": { change: "remove --cgroup-parent and --cgroupns host" },
  "5.26": { add: "--security-opt=no-new-privileges:true" },
  "5.29": { add: "--pids-limit=100" },
  "5.30": { add: "--network=app", change: "create that network first: docker network create app" },
  "5.31": { change: "remove --userns host" },
  "5.32": { change: "--volume, --mount: remove the socket, or the directory that contains it" }
}, BY_PRIVILEGED = ["5.2", "5.3", "5.4", "5.18", "5.22"];
function optionLines(results, known = {}) {
  let isPrivileged = results.some(({ id: id3 }) => id3 === "5.5"), changed2 = results.flatMap((one) => {
    if (isOfPorts(one))
      return [{ text: `--publish: ${bindingText(one, results)}`, id: one.id }];
    let of3 = isPrivileged && BY_PRIVILEGED.includes(one.id) ? "5.5" : one.id, text2 = OPTIONS2[of3]?.change;
    return text2 === void 0 ? [] : [{ text: text2, id: one.id }];
  }), added = results.flatMap(({ id: id3 }) => OPTIONS2[id3]?.add ?? []), byText = Map.groupBy(changed2, ({ text: text2 }) => text2);
  return [
    ...added.length === 0 ? [] : ["# add", added.join(" ")],
    ...byText.size === 0 ? [] : ["# change what is there"],
    ...[...byText].map(([text2, all]) => `#   ${text2}  # ${all.map(({ id: id3 }) => id3).join(", ")}`),
    ...openPortLines(results, known)
  ].join(`
`);
}

var IDS_BY_WEIGHT = [
  "5.32",
  "5.5",
  "4.10",
  "5.16",
  "5.10",
  "5.17",
  "5.21",
  "5.31",
  "5.6",
  "5.20",
  "5.4",
  "5.18",
  "5.22",
  "5.2",
  "5.3",
  "5.26",
  "5.25",
  "4.1",
  "4.8",
  "4.11",
  "5.7",
  "5.8",
  "5.14",
  "5.9",
  "5.30",
  "5.13",
  "4.9",
  "4.7",
  "4.6",
  "5.27",
  START_TEST,
  "5.29",
  "5.11",
  "5.12",
  "5.19",
  "5.15"
], HEALTHCHECK_IDS = ["4.6", "5.27"], NOT_EXAMINED = "docs/docker-bench.md#a-result-was-not-examined", OF_OPTIONS = "docs/findings/docker-bench.md#section-5-how-it-is-run", OUTCOME_ORDER = ["worse", "new", "vacuous", "not-evaluated", "missing", "better"];
function benchActions(findings, known = {}) {
  let sorted2 = [...findings].sort(
    (a, b) => orderOf(a) - orderOf(b) || weightOf(a.id) - weightOf(b.id) || compareIds(a.id, b.id)
  );
  return groupsBy(sorted2, keyOf).map((group) => actionOf(group, known));
}
function keyOf(finding) {
  return isNotExamined(finding) ? becauseText(finding) : isOfOptions(finding) ? `options ${finding.optionsAt === void 0 ? "" : at(finding.optionsAt)}` : HEALTHCHECK_IDS.includes(finding.id) && finding.compared?.outcome === "worse" ? HEALTHCHECK_IDS.join() : finding;
}
function isOfOptions(finding) {
  return finding.compared?.outcome === "worse" && isSettledByOptions(finding) && !isNotExamined(finding) && disagreementText(finding) === null;
}
function orderOf(finding) {
  return OUTCOME_ORDER.indexOf(finding.compared?.outcome ?? (isNotExamined(finding) ? "vacuous" : "worse"));
}
function weightOf(id3) {
  let index = IDS_BY_WEIGHT.indexOf(id3);
  return index === -1 ? IDS_BY_WEIGHT.length : index;
}
function isNotExamined({ id: id3, state, compared }) {
  return id3 === START_TEST ? !1 : compared === null ? state === "not-evaluated" : compared.outcome === "vacuous";
}
function actionOf(group, known) {
  let [first] = group, ids = group.map(({ id: id3 }) => id3), title2 = isNotExamined(first) ? examineTitle(ids) : titleOf2(first), why3 = `docker-bench ${ids.join(", ")}: ${benchReasonText(first)}`, page = isNotExamined(first) ? NOT_EXAMINED : pageOfResult(first), task2 = {
    ...taskFor("decide", group, { title: title2, why: why3, where: placeOf(first) }),
    dockerfile: benchLines(first),
    page
  };
  return isOfOptions(first) ? optionsAction(first, group, task2, known) : task2;
}
function optionsAction(first, group, task2, known) {
  let { service, optionsAt } = first, form = service === void 0 ? "docker-run" : "compose", lines = form === "compose" ? composeLines(group, known) : optionLines(group, known), options = { form, lines }, already = mayBeDone(optionsAt, known) ? MERGE_IF_DONE : "";
  if (group.length === 1)
    return { ...task2, why: `${already}${task2.why}`, options };
  let ids = group.map(({ id: id3 }) => id3).join(", "), reasons = group.map((one) => `${one.id}: ${one.why === "" ? `${becauseText(one)}.` : one.why}`), name2 = service === void 0 || service.name === "" ? "the service" : `the service ${service.name}`, what = service === void 0 ? "the run options" : `${name2} in ${optionsAt?.file ?? "the compose file"}`;
  return {
    ...task2,
    title: `Change ${what}, for ${ids}`,
    why: `${already}docker-bench ${reasons.join(" ")}`,
    options,
    page: OF_OPTIONS
  };
}
var MERGE_IF_DONE = "If this pull request has these lines already, somebody who may bypass this check has to merge it: its file is judged after the merge. ";
function mayBeDone(optionsAt, { changedRunFiles = [] }) {
  return optionsAt !== void 0 && changedRunFiles.includes(optionsAt.file.replace(/^(?:\.\/+)+/, ""));
}
var HISTORY_IDS =   new Set(["4.7", "4.9", "4.11"]);
function examineTitle(ids) {
  let all = ids.length === 1 ? ids.join() : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
  return ids.every((id3) => HISTORY_IDS.has(id3)) ? `Build the image with a history (docker build, without docker import or --squash), or list ${all} under not_applicable with reason, owner and expiry` : `Make sure that ${all} can be examined, or list ${ids.length === 1 ? "it" : "them"} under not_applicable`;
}
function benchReasonText({ because: because2, why: why3 }) {
  let isStated = why3 === "" || because2.some((one) => "why" in one && one.why === why3);
  return `${becauseText({ because: because2 }).replace(/\.$/, "")}.${isStated ? "" : ` ${why3}`}`;
}
function titleOf2(finding) {
  let { id: id3, compared } = finding, { todo } = describe(finding);
  if (compared === null || id3 === START_TEST)
    return todo;
  let entry = entryOf(finding);
  switch (compared.outcome) {
    case "better":
      return finding.because.some(({ reason: reason3 }) => reason3 === "other-word") ? `Set the expected result of ${id3} to ${compared.reported?.word} ${entry}` : `Set the expected items of ${id3} to the items that were found, ${entry}`;
    case "new":
      return `Add ${id3} to ${finding.because.find((one) => one.reason === "unlisted")?.file ?? OWN_DICTIONARY}`;
    case "missing":
      return `Find out why there is no result for ${id3}, or stop expecting one ${entry}`;
    case "not-evaluated":
      return notExaminedText(finding, entry);
    default:
      return disagreementText(finding) === null ? todo : `Resolve ${id3} (${disagreementText(finding)}): ${todo}`;
  }
}
function disagreementText({ builtin: builtin2, dbs: dbs2, counts }) {
  return counts?.by !== "stricter" || counts.whose === "built-in" ? null : `Docker Bench reports ${dbs2?.word}, the built-in rules report ${builtin2?.word}`;
}
function notExaminedText({ id: id3, because: because2 }, here) {
  let [why3] = because2;
  switch (why3?.reason) {
    case "evidence-lacking":
      return `No check provides the evidence ${why3.evidence}, so remove it from ${id3} ${here}`;
    case "other-title":
      return `Correct the title or number of ${id3} ${here}`;
    case "tied":
      return `Keep only one override that matches ${id3}`;
    case "only-builtin-looks":
      return `Let the built-in rules examine ${id3} too (bench-engine: both)`;
    default:
      return `Examine ${id3} yourself: the list of items found is incomplete`;
  }
}
function entryOf({ policy }) {
  return policy === null ? `in ${OWN_DICTIONARY}: the built-in dictionary is outdated for this image` : `at ${at(policy)}`;
}
var OWN_DICTIONARY = "policies/dictionary.yml";

var DOCKERFILE = /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.Dockerfile$/i, SECRETS = "4.10", PLAIN_NAME = /^[\w.+@-]{1,100}$/;
function inCopiedDockerfile(findings) {
  let isFound = findings.some((one) => isBench(one) && one.id === SECRETS);
  return findings.filter((finding) => {
    let paths = credentialPaths(finding);
    return isFound && paths.length > 0 && paths.every((path) => DOCKERFILE.test(path));
  });
}
function withCopies(task2, copies) {
  if (copies.length === 0 || !task2.findings.some(({ id: id3 }) => id3 === SECRETS))
    return task2;
  let places = copies.map((one) => `${"why" in one ? one.why : one.id}${one.line === null ? "" : `, from ${at(one.line)}`}`);
  return {
    ...task2,
    why: `${task2.why} The image has the Dockerfile too: ${places.join("; ")}${ignoreAdvice(copies)}`,
    checks: [...  new Set([...task2.checks, ...copies.map(({ check }) => check)])],
    findings: [...task2.findings, ...copies]
  };
}
function ignoreAdvice(findings) {
  let names = findings.filter(({ line: line2 }) => line2?.isCopy).flatMap(credentialPaths).map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (names.length === 0)
    return "";
  let patterns = [...new Set(names.filter((name2) => PLAIN_NAME.test(name2)))].map((name2) => `**/${name2}`);
  return patterns.length === 0 ? "; list the files in .dockerignore" : `; list ${listText(patterns)} in .dockerignore`;
}
function credentialPaths(finding) {
  return "details" in finding && "fingerprints" in finding.details ? finding.details.paths : [];
}

function endOfBranchActions(others, applications) {
  let settled =   new Set();
  return { actions: others.filter((finding) => isObstacle(finding, "program-end-of-life")).map((end) => {
    let folded2 = applications.filter(
      (one) => one.package === end.package && one.version === end.version && one.branch?.hasFix === !1 && one.kev !== !0
    );
    for (let one of [end, ...folded2])
      settled.add(one);
    let fixes = folded2.length === 0 ? "" : `; this settles ${countOf(folded2)}`, texts2 = { title: describe(end).todo, why: `${becauseText(end)}${fixes}` };
    return taskFor("decide", [end, ...folded2], { ...texts2, where: placeOf(end) });
  }), settled };
}
function tagActions(applications) {
  return groupsBy(applications, ({ baseTag }) => baseTag?.to).flatMap((findings) => {
    let [{ baseTag, package: name2, version, settles }] = findings;
    if (baseTag === void 0)
      return [];
    let title2 = `Change FROM ${familiarName(baseTag.from)} to ${familiarName(baseTag.to)}`, why3 = `${name2} ${version} → ${settles}; fixes ${countOf(findings)} of this program`, [where = placeOf(findings[0])] = updateLines(findings);
    return [taskFor("decide", findings, { title: title2, why: why3, where })];
  });
}

function rebuildAction(settled, image) {
  if (settled.length === 0)
    return [];
  let { architecture, findings: all, base } = image, name2 = base === null ? null : authorsBaseName(base), baseText2 = name2 === null ? "today's base" : `today's ${familiarName(name2)}`, binaries = binariesToUpdate(settled, image), title2 = `Rebuild the image on ${baseText2}`, why3 = `docker build --pull --no-cache, without other changes, updates ${plural(binaries.length, "package")}: ${fixesText(settled, all)}`, [where = null] = updateLines(settled), packages2 = binaries.map((wantedPackage) => updateOf(wantedPackage, settled, architecture));
  return [{ ...taskFor("rebuild", settled, { title: title2, why: why3, where }), packages: packages2 }];
}
function updateAction(blocking, image) {
  let { architecture, findings: all } = image, binaries = binariesToUpdate(blocking, image), packagesWithoutBinaries = new Set(
    blocking.filter((f) => f.binaries.length === 0).map((f) => f.package ?? "")
  ), args = binaries.flatMap(
    (wantedPackage) => packageArgument({ ...wantedPackage, version: null }, architecture) ?? []
  ), count2 = binaries.length + packagesWithoutBinaries.size, remaining = count2 - args.length, [line2 = null, ...others] = updateLines(blocking), also = others.length === 0 ? "" : `; also at ${others.slice(0, 5).map(at).join(", ")}`, names = new Set(binaries.map((wantedPackage) => aptName(wantedPackage, architecture))), onHold = all.filter(isOnHold).flatMap(({ binaries: binaries2 }) => binaries2.map((binary) => aptName(binary, architecture))).filter((name2) => names.has(name2)), noApt = all.some(lacksApt), added = missingSuite(all), sources = sourcesOf(blocking, all), command2 = args.length === 0 || noApt ? null : commandOf(args, added, sources, onHold.length > 0), title2 = `Update ${plural(count2, "package")}`, why3 = `${fixesText(blocking, all)}${image.rebuild.settles.length > 0 ? "" : rebuildAdvice(all)}${remaining === 0 ? "" : `; ${remaining} left out of the command (invalid package name)`}${onHold.length === 0 ? "" : `; on hold in the image: ${onHold.join(", ")}`}${noApt ? NO_APT : ""}${command2 === null || added === null ? "" : `; the image's apt sources lack ${added}-security, so the command adds it`}${command2 === null ? "" : missingSourcesText(sources)}${all.some((one) => isObstacle(one, "hidden-security-updates")) ? HIDDEN_UPDATES_TEXT : ""}${vendorAdvice(blocking)}${also}`;
  return {
    ...taskFor("update", blocking, { title: title2, why: why3, where: line2 }),
    command: command2,
    dockerfile: command2 === null ? null : dockerfileLines(command2),
    packages: binaries.map((wantedPackage) => updateOf(wantedPackage, blocking, architecture))
  };
}
function vendorAdvice(blocking) {
  let vendorFindings = blocking.flatMap(({ binaries }) => binaries).flatMap(({ name: name2, version }) => {
    let vendor = maybeVendorOf(name2, version);
    return vendor === null ? [] : [`if ${name2} is from ${vendor}, update it there instead`];
  });
  return [...new Set(vendorFindings)].slice(0, 5).map((text2) => `; ${text2}`).join("");
}
var NO_APT = "; the image has no apt: rebuild it on a newer base", HIDDEN_UPDATES_TEXT = "; apt's preferences in the image hide security updates: remove them first, or the command installs none of these updates";
function rebuildAdvice(all) {
  if (!all.some((finding) => isObstacle(finding, "base-moved-on")))
    return "";
  let first = "; rebuild with --pull first: the base tag has moved on, and the rebuild alone", security = all.filter((finding) => isUpdate(finding)).filter(({ id: id3, rebuild: found }) => id3 === "security-update" && found !== null);
  if (security.length === 0)
    return `${first} may install these updates`;
  let fixedByRebuild = security.filter(({ rebuild: found }) => found?.what === "brings");
  return `${first} installs ${fixedByRebuild.length} of the ${security.length} security updates`;
}
function binariesToUpdate(blocking, { architecture: native, findings }) {
  let offered = versionsOf(findings, native);
  return [...new Map(
    blocking.flatMap(({ binaries }) => binaries).map((binary) => [aptName(binary, native), binary])
  )].sort(([a], [b]) => compareText(a, b)).map(([key, { name: name2, architecture }]) => ({ name: name2, architecture, version: offered.get(key) ?? null }));
}
function versionsOf(all, native) {
  let offered =   new Map();
  for (let { fixedVersion, binaries } of all.filter((finding) => isUpdate(finding)))
    for (let binary of binaries) {
      let key = aptName(binary, native), offeredVersion = offered.get(key);
      offered.set(key, offeredVersion === void 0 || offeredVersion === fixedVersion ? fixedVersion : null);
    }
  return offered;
}
function updateOf(wantedPackage, blocking, native) {
  let name2 = aptName(wantedPackage, native), findingsOfPackage = blocking.filter(
    ({ binaries }) => binaries.some((one) => aptName(one, native) === name2)
  ), knownCves = findingsOfPackage.flatMap(({ cves }) => cves === null ? [] : [cves]), installed = findingsOfPackage.flatMap(({ binaries }) => binaries).find((one) => aptName(one, native) === name2);
  return {
    name: name2,
    version: installed?.version ?? null,
    fixedVersion: wantedPackage.version,
    cves: knownCves.length === 0 ? null : sorted(knownCves.flat())
  };
}
function missingSuite(all) {
  let codename = all.find((one) => isObstacle(one, "no-security-source"))?.details.codename ?? "";
  return /^[a-z]+$/.test(codename) ? codename : null;
}
function sourcesOf(blocking, all) {
  let names = new Set(blocking.flatMap(({ binaries }) => binaries.map(({ name: name2 }) => name2)));
  return all.filter((finding) => isUpdate(finding)).flatMap((one) => names.has(one.package) ? one.aptSource ?? [] : []);
}
function missingSourcesText(sources) {
  let names = sorted(sources.map(({ suite, component }) => `${suite} ${component}`));
  return names.length === 0 ? "" : `; the image's apt sources lack ${names.join(", ")}, so the command adds this source, and removes it afterwards`;
}
function commandOf(args, added, sources, isOnHold2) {
  let extra = addSources(sources);
  return [
    ...added === null ? [] : [addSecuritySource(added)],
    ...extra === null ? [] : [extra.add],
    "apt-get update",
    onlyUpgrade(args, isOnHold2),
    ...extra === null ? [] : [extra.remove]
  ].join(" && ");
}
function fixesText(blocking, all) {
  let updates = blocking.filter((finding) => isUpdate(finding)), leftBehind = blocking.filter(isLeftBehind), others = blocking.filter((finding) => !isUpdate(finding) && !isLeftBehind(finding)), counted = new Set(others.map(({ id: id3 }) => id3)), rated = [...new Set(updates.flatMap(({ cves }) => cves ?? []))].filter(
    (id3) => !counted.has(id3)
  ).map((id3) => all.find((finding) => finding.id === id3) ?? { id: id3, severity: "unknown", kev: null }), fixed = [...others, ...rated], ordinary = updates.filter(({ id: id3 }) => id3 === "ordinary-update").length;
  return [
    ...countedText(updates.length - ordinary, "Debian security update"),
    ...countedText(ordinary, "Debian ordinary update"),
    ...countedText(leftBehind.length, "source package").map((text2) => `${text2} from another release`),
    ...fixed.length === 0 ? [] : [`fixes ${countOf(fixed)}`]
  ].join("; ");
}
function countedText(count2, noun) {
  return count2 === 0 ? [] : [plural(count2, noun)];
}
function nestedUpdate(database, blocking, all) {
  let root = rootOf(database), binaries = blocking.flatMap((finding) => finding.binaries), names = new Set(binaries.map(({ name: name2 }) => name2)), args = [...names].flatMap(
    (name2) => packageArgument({ name: name2, architecture: "all", version: null }, null) ?? []
  ), isCommand = root !== null && args.length > 0 && args.length === names.size, title2 = `Update ${plural(names.size, "package")} in the nested system whose package database is ${database}`, why3 = `${fixesText(blocking, all)}; the image's apt-get does not update these packages; update them with the nested system's own apt-get or where that system is built, or remove it from the image`, command2 = isCommand ? `chroot ${root} apt-get update && chroot ${root} ${onlyUpgrade(args)}` : null, [where = null] = updateLines(blocking);
  return { ...taskFor("update", blocking, { title: title2, why: why3, where }), command: command2 };
}
function rootOf(database) {
  let root = /^(.+)\/var\/lib\/dpkg\/status$/.exec(database)?.[1] ?? null;
  return root === null || !/^[A-Za-z0-9._/+-]+$/.test(root) || root.split("/").includes("..") ? null : `/${root.replace(/^\/+/, "")}`;
}

function imageTasks(image) {
  if (isNotDebian(image.checks))
    return missingAnswerActions(image.checks);
  let all = image.findings.filter((finding) => finding.blocks), ofApplications = all.filter((finding) => isApplication(finding)), endOfLifeActions = endOfBranchActions(all, ofApplications), applicationFindings = ofApplications.filter((one) => !endOfLifeActions.settled.has(one)), tagged = applicationFindings.filter(({ baseTag }) => baseTag !== void 0), applications = applicationFindings.filter(({ baseTag }) => baseTag === void 0), blocking = all.filter((finding) => !isApplication(finding) && !endOfLifeActions.settled.has(finding)), settled = blocking.filter((finding) => image.rebuild.settles.includes(finding)), unsettled = blocking.filter((finding) => !settled.includes(finding)), replaced = unsettled.filter((finding) => isFixedUnderOtherName(finding)), updates = unsettled.filter(
    (finding) => finding.package !== null && installableFix(finding) !== null && !replaced.includes(finding)
  ), others = unsettled.filter((finding) => !updates.includes(finding) && !replaced.includes(finding)), update = [...Map.groupBy(updates, otherDatabase)].map(
    ([database, findings]) => database === null ? updateAction(findings, image) : nestedUpdate(database, findings, image.findings)
  ), releaseFindings = settledByMove(others), copies = inCopiedDockerfile(others), separate = others.filter((finding) => !releaseFindings.includes(finding) && !copies.includes(finding)), decisionTasks = decisionActions(separate.filter((finding) => !isBench(finding))), bench = others.filter((finding) => isBench(finding)), tasks = [
    ...rebuildAction(settled, image),
    ...update,
    ...replacingActions(replaced),
    ...applicationActions(applications, !image.findings.some(lacksApt)),
    ...endOfLifeActions.actions,
    ...tagActions(tagged),
    ...releaseActions(releaseFindings),
    ...decisionTasks,
    ...benchActions(bench, image).map((task2) => withCopies(task2, copies))
  ], [moves, stays] = [tasks.filter(isReleaseMove), tasks.filter((task2) => !isReleaseMove(task2))];
  return [...missingAnswerActions(image.checks), ...moves.sort(byRisk), ...stays.sort(byRisk)];
}
function isReleaseMove({ findings }) {
  return findings.some(
    (finding) => isObstacle(finding, "end-of-life") || isObstacle(finding, "not-current-stable")
  );
}
function byRisk(a, b) {
  let worstOf = ({ findings }) => findings.toSorted(compareRisk)[0], [severityOfA, severityOfB] = [worstOf(a), worstOf(b)];
  return severityOfA === void 0 || severityOfB === void 0 ? 0 : compareRisk(severityOfA, severityOfB);
}
function missingAnswerActions(all) {
  let network = networkProblem(all.flatMap(({ problem }) => problem?.unreachable ? [problem] : [])), checks = all.map(
    (one) => network !== null && one.problem?.unreachable ? { ...one, problem: network } : one
  );
  return groupsBy(checks, ({ problem }) => JSON.stringify(problem)).flatMap((group) => {
    let [{ problem }] = group;
    if (problem === null)
      return [];
    let checks2 = group.map(({ check }) => check), title2 = `Get an answer from ${checks2.join(", ")}: ${problem.todo}`, why3 = `${checks2.join(", ")}: ${problem.what} (${problem.where})`;
    return [{ ...NOTHING_TO_COPY, kind: "answer", title: title2, why: why3, checks: checks2, findings: [] }];
  });
}
function settledByMove(findings) {
  let unsupported = findings.filter((finding) => isObstacle(finding, "end-of-life")), withLostFix = findings.filter((finding) => lostFix(finding) !== null), older = findings.filter((finding) => isObstacle(finding, "not-current-stable"));
  return unsupported.length > 0 ? [...unsupported, ...older, ...withLostFix] : withLostFix;
}
function releaseActions(findings) {
  let [first] = findings;
  if (first === void 0)
    return [];
  let withFix = findings.filter((finding) => lostFix(finding) === null), lostFiles = new Set(
    findings.flatMap((finding) => withFix.includes(finding) ? [] : finding.package ?? [])
  ), reasons = [
    ...withFix.map(becauseText),
    ...lostFiles.size === 0 ? [] : [`no update can be installed for ${listText([...lostFiles])}`]
  ], title2 = withFix.includes(first) ? describe(first).todo : SUPPORTED;
  return [taskFor("decide", findings, { title: title2, why: reasons.join("; "), where: placeOf(first) })];
}
function replacingActions(findings) {
  return groupsBy(findings, ({ package: name2 }) => name2 ?? "").map((group) => {
    let [first] = group, names = [...new Set(group.flatMap(({ binaries }) => binaries.map(({ name: name2 }) => name2)))], why3 = `${plural(group.length, "vulnerability", "vulnerabilities")}: the archive has the fix only in packages of other names`;
    return taskFor("decide", group, {
      title: `Replace ${listText(names)}, which no update fixes, or remove it`,
      why: why3,
      where: placeOf(first)
    });
  });
}
function decisionActions(findings) {
  return groupsBy(findings, (finding) => {
    let isAboutPackages = "details" in finding && finding.package !== null, vendor = isObstacle(finding, "no-security-support") ? finding.details.vendor ?? "" : "";
    return isAboutPackages || isAcceptedByPath(finding.check, finding.id) ? `${finding.id} ${vendor}` : String(findings.indexOf(finding));
  }).map((group) => {
    let [first] = group, names = group.flatMap(({ package: name2 }) => name2 ?? []), ofAll = names.length === 0 ? pathsOfAll(group) : `${names.length} packages: ${listText(names)}`, reason3 = group.length === 1 ? reasonTextOf(first) : ofAll, texts2 = { title: describe(first).todo, why: `${reason3}${ignoreAdvice(group)}` };
    return taskFor("decide", group, { ...texts2, where: placeOf(first) });
  });
}
function pathsOfAll(findings) {
  let details = findings.map((finding) => "details" in finding ? finding.details : {}), texts2 = (name2) => [
    ...new Set(details.map((one) => String(Reflect.get(one, name2) ?? "")).filter((text2) => text2 !== ""))
  ], count2 = details.reduce((sum, one) => sum + Number(Reflect.get(one, "count") ?? 0), 0), [folders, causes] = [listText(texts2("folder")), listText(texts2("cause"))];
  return `${plural(count2, "path")}${folders === "" ? "" : ` in ${folders}`}${causes === "" ? "" : ` (${causes})`}`;
}
function reasonTextOf(finding) {
  let text2 = becauseText(finding), isNoted = finding.because.some(({ reason: reason3 }) => reason3 === "debian");
  return finding.debian === null || isNoted ? text2 : `${text2}; ${debianText(finding.debian)}`;
}

var KEV_SOURCE = "cisa-kev", RULING_NAMES = {
  act: "to act on",
  due: "due",
  accepted: "accepted",
  deferred: "deferred by Debian",
  unfixed: "unfixed",
  noted: "noted"
};
function findingsOf(image, ruling) {
  return image.findings.filter((finding) => finding.ruling === ruling);
}
function countRulings(images) {
  let count2 = (ruling) => images.reduce((sum, image) => sum + findingsOf(image, ruling).length, 0);
  return Object.fromEntries(RULINGS.map((ruling) => [ruling, count2(ruling)]));
}
function countDeferred(image) {
  let deferred = findingsOf(image, "deferred"), count2 = (rating) => deferred.filter(({ severity: severity3, debian }) => severity3 === rating && debian?.kind !== "unimportant").length;
  return { total: deferred.length, critical: count2("critical"), high: count2("high") };
}
function deferredText({ total, critical, high }) {
  let severe = Object.entries({ critical, high }).filter(([, count2]) => count2 > 0);
  return [String(total), ...severe.map(([rating, count2]) => `${count2} ${rating}`)].join(", ");
}
function deferredLine(image) {
  let count2 = countDeferred(image);
  return count2.critical + count2.high === 0 ? null : `Deferred by Debian: ${deferredText(count2)}. The image may still be affected.`;
}
function dueDays(image) {
  return findingsOf(image, "due").flatMap(({ due }) => due ?? []).sort();
}
function dueCount(image) {
  let days = dueDays(image);
  return days.length === 0 ? [] : [`${RULING_NAMES.due} ${days.length} (first by ${days[0]})`];
}
function dueLine(image) {
  let days = dueDays(image);
  return days.length === 0 ? null : `Due: ${days.length}; the earliest is due by ${days[0]}. Each finding blocks the release after its due date.`;
}
function countVerdicts(images) {
  return WORST_FIRST.flatMap((status) => {
    let count2 = images.filter(({ verdict }) => verdict === status).length;
    return count2 === 0 ? [] : [`${count2} ${status}`];
  }).join(", ");
}
function hasAnswer(image) {
  return image.checks.some(({ state }) => state === "answered");
}
function kevCount({ findings, sources, checks }) {
  let ids = new Set(findings.filter(({ agreement }) => agreement !== "refuted").flatMap(exploitedIn));
  return ids.size > 0 ? [`${ids.size} known exploited (CISA KEV)`] : checks.some(({ check, state }) => CHECKS[check].entries.rated && state === "answered") ? [sources.some(({ name: name2 }) => name2 === KEV_SOURCE) ? "none known exploited (CISA KEV)" : "KEV not checked"] : [];
}
function severityCounts({ findings }) {
  return [...SEVERITIES].reverse().map((severity3) => {
    let of3 = findings.filter((one) => one.severity === severity3), parts = RULINGS.map((ruling) => ({ ruling, count: of3.filter((one) => one.ruling === ruling).length }));
    return { severity: severity3, total: of3.length, parts: parts.filter(({ count: count2 }) => count2 > 0) };
  }).filter(({ total }) => total > 0);
}

var MAX_PLATFORMS_SHOWN = 10;
function imageName(image) {
  let { reference, platform, isOneOfSeveral } = image;
  return isOneOfSeveral ? `${reference} (${platformOf(platform)})` : reference;
}
function platformOf(platform) {
  return platform === null ? "platform not known" : platformName(platform);
}
function unexaminedOf({ images }) {
  return [...new Set(images.flatMap(unexamined))];
}
function unexamined({ reference, others, isOneOfSeveral }) {
  if (others === null)
    return [];
  let { notExamined, skipped, unknown: unknown2 } = others, isShown = isOneOfSeveral || notExamined.length > 0 || skipped.some((one) => one.includes("/")), more = `${listText(notExamined, MAX_PLATFORMS_SHOWN)} not examined; to judge more platforms, list them in the platform input, or set platform: all`, skippedText = `skipped ${listText(skipped, MAX_PLATFORMS_SHOWN)}`, unlisted = `${reference} may have other platforms, which could not be listed: ${unknown2}`;
  return [
    ...notExamined.length === 0 ? [] : [`${reference}: ${more}`],
    ...isShown && skipped.length > 0 ? [`${reference}: ${skippedText}`] : [],
    ...unknown2 === null ? [] : [unlisted]
  ];
}
function unexaminedNames({ images }) {
  let names = [...new Set(images.flatMap(({ others }) => others?.notExamined ?? []))];
  return names.length === 0 ? [] : [`${listText(names, MAX_PLATFORMS_SHOWN)} not examined`];
}
function platformsOfOne(images) {
  let [first] = images, isOne = first?.isOneOfSeveral === !0 && images.every((one) => one.reference === first.reference), textOf3 = ({ platform, verdict }) => `${platformOf(platform)} ${verdict}`;
  return isOne ? listText(images.toSorted(compareVerdicts).map(textOf3), MAX_PLATFORMS_SHOWN) : null;
}
function worstPlatform(images) {
  let [worst2] = images.toSorted(compareVerdicts);
  return worst2?.isOneOfSeveral === !0 && worst2.verdict !== "pass" ? imageName(worst2) : null;
}

function addressOfPage(page, pages) {
  return page === null || pages === null ? null : `${pages}${page}`;
}
var PAGE_NAME = /\b(docs\/[a-z0-9/-]+\.md(?:#[a-z0-9-]+)?)/;
function withLinks(text2, pages, esc, link) {
  return pages === null || pages === "" ? esc(text2) : text2.split(PAGE_NAME).map((part2, at2) => at2 % 2 === 0 ? spaced(part2, esc) : link(part2, `${pages}${part2}`)).join("").trim();
}
function spaced(part2, esc) {
  return `${/^\s/.test(part2) ? " " : ""}${esc(part2.trim())}${/\s$/.test(part2) ? " " : ""}`;
}
function pageOfProblem(code) {
  return `docs/troubleshooting.md#${code}`;
}
function pageOfThing({ findings, page }) {
  let pages = new Set(findings.map(pageOf)), [only = null] = pages;
  return pages.size === 1 ? only : page ?? null;
}

var IN_DOCKERFILE = "In a Dockerfile, as root: before USER, if there is one";
function tasksOf(image) {
  return imageTasks(image).map((action) => {
    let { title: title2, why: why3, where: line2, command: command2, dockerfile, options, findings } = action;
    return {
      title: title2,
      why: why3,
      line: line2,
      where: line2 === null ? "" : atLine(line2),
      page: pageOfTask(action, image),
      isProblem: action.kind === "answer",
      command: command2,
      example: command2 === null ? options?.lines ?? dockerfile : null,
      exampleFor: options?.form ?? "dockerfile",
      dockerfileLines: command2 === null ? null : dockerfile,
      findings
    };
  });
}
var taskNumbers = cached((image) => {
  let tasks = imageTasks(image);
  return new Map(
    tasks.flatMap(({ findings }, index) => findings.map((finding) => [finding, index + 1]))
  );
});
function pageOfTask(action, { checks }) {
  if (action.kind !== "answer")
    return pageOfThing(action);
  let problem = checks.find(({ check }) => action.checks.includes(check))?.problem ?? null;
  return problem === null ? null : pageOfProblem(problem.code);
}
function actionsOf(verdict) {
  return verdict.images.flatMap((image) => imageTasks(image).map((action) => ({ image, action })));
}

function headline(verdict, esc) {
  let { images } = verdict, [only] = images;
  if (images.length > 1 || only === void 0) {
    let tasks = plural(actionsOf(verdict).length, "task"), released = verdict.verdict === "pass" ? "may be released" : `may not be released: ${tasks}`, platforms = platformsOfOne(images);
    if (only !== void 0 && platforms !== null)
      return `${esc(only.reference)} on ${images.length} platforms (${esc(platforms)}) ${released}`;
    let worst2 = worstPlatform(images), counted = `${countVerdicts(images)}${worst2 === null ? "" : `; ${esc(worst2)}`}`;
    return `${images.length} images (${counted}) ${released}`;
  }
  return imageHeadline(only, esc);
}
function modeLine({ mode, verdict }, ending) {
  return mode === "enforce" ? null : ending !== null ? verdict === "pass" ? ending : `${ending}. Until then, the verdict "${verdict}" does not fail the run (exit code 0)` : verdict === "pass" ? 'Audit mode: a "fail" verdict would not fail the run; to enforce it, remove mode and audit-until from gate.yml' : `Audit mode: the verdict is "${verdict}", but it does not fail the run (exit code 0)`;
}
function imageHeadline(image, esc) {
  return verdictText(esc(imageName(image)), image.verdict, imageTasks(image).length);
}
function verdictText(name2, verdict, things) {
  let taskCount = plural(things, "task");
  return {
    pass: `${name2} may be released`,
    fail: `${name2} may not be released: ${taskCount}`,
    incomplete: `${name2} could not be judged and may not be released: ${taskCount}`
  }[verdict];
}
function verdictIcon(verdict) {
  return verdict === "pass" ? "✅" : "⛔";
}

var SHOWN_ELSEWHERE =   new Set([
  "no-baseline",
  "audit",
  "ends-audit",
  "run-differs",
  "expiring"
]);
function noticesOf({ policyNotices }) {
  return policyNotices.filter(({ kind }) => !SHOWN_ELSEWHERE.has(kind)).map(({ place: place3, text: text2 }) => ({ place: place3 === null ? null : at(place3), text: text2 }));
}
function auditEndOf({ policyNotices }) {
  return policyNotices.find(({ kind }) => kind === "ends-audit")?.text ?? null;
}
function policiesFrom({ policyNotices }) {
  return policyNotices.filter(({ kind }) => kind === "base").map(({ text: text2 }) => text2);
}
var CHANGE_NOTICES =   new Set(["proposed", "laxer", "unbound"]);
function changesOfPolicies({ policyNotices }) {
  return policyNotices.filter(({ kind }) => CHANGE_NOTICES.has(kind)).map(({ text: text2 }) => text2);
}

var MAX_PER_LEVEL = 9, TITLE_LENGTH = 250;
function annotationsOf(verdict) {
  return [
    ...verdict.images.flatMap((image) => imageTasks(image).map((task2) => taskAnnotation(task2, image))),
    ...verdict.policyNotices.filter(({ place: place3 }) => place3 !== null).map(noticeAnnotation)
  ].map((one) => ({ ...one, title: visible(one.title, TITLE_LENGTH) }));
}
function problemAnnotations({ errors = [] }) {
  return errors.map(({ place: place3, text: text2 }) => ({
    level: "error",
    title: "This policy cannot be used",
    message: visible(text2, 1e3),
    place: policyLine(place3)
  }));
}
function renderProblemAnnotations(problem) {
  return problemAnnotations(problem).slice(0, MAX_PER_LEVEL).map((one) => command(one.level, one));
}
var LEVELS = ["error", "warning"];
function renderAnnotations(verdict) {
  let all = annotationsOf(verdict), shown3 = LEVELS.flatMap((level) => all.filter((one) => one.level === level).slice(0, MAX_PER_LEVEL)), more = unshownAnnotations(verdict), rest = { title: "Not everything is shown here", message: `${more} in the summary`, place: null };
  return [...shown3.map((one) => command(one.level, one)), ...more === null ? [] : [command("notice", rest)]];
}
function unshownAnnotations(verdict) {
  let all = annotationsOf(verdict), left = LEVELS.flatMap((level) => {
    let count2 = all.filter((one) => one.level === level).length - MAX_PER_LEVEL;
    return count2 > 0 ? [plural(count2, `more ${level}`)] : [];
  });
  return left.length === 0 ? null : left.join(" and ");
}
function taskAnnotation({ kind, title: title2, why: why3, where, packages: packages2, findings }, image) {
  let place3 = where ?? onePlace(findings), name2 = visible(imageName(image), 120);
  if (kind === "answer")
    return {
      level: "error",
      title: `${name2} could not be judged`,
      message: `${visible(why3, 1e3)}. ${visible(title2, 1e3)}`,
      place: place3
    };
  let doubt = place3 === null || place3.certain ? [] : [`Approximate line: ${visible(place3.why)}`];
  return {
    level: "error",
    title: `${name2}: ${visible(title2, 120)}`,
    message: [visible(why3, 1e3), ...resolvedLines(packages2, findings), ...doubt].join(`
`),
    place: place3
  };
}
function onePlace(findings) {
  let places = new Map(findings.map(placeOf).map((place4) => [JSON.stringify(place4), place4])), [place3 = null] = places.values();
  return places.size === 1 ? place3 : null;
}
var MAX_SETTLED = 5;
function resolvedLines(packages2, findings) {
  let lines = packages2.length > 0 ? packages2.map(
    ({ name: name2, version, fixedVersion, cves }) => visible(
      `${name2} ${version ?? "?"} → ${fixedVersion ?? "the newest version that apt offers"}${fixing(cves)}`
    )
  ) : findings.map((finding) => `${visible(finding.id)}: ${visible(reasonsNextToVersions(finding))}`);
  return packages2.length === 0 && lines.length === 1 ? [] : firstOf(lines, MAX_SETTLED);
}
var MAX_CVES = 3;
function fixing(cves) {
  return cves === null || cves.length === 0 ? "" : `: ${listText(cves, MAX_CVES)}`;
}
function noticeAnnotation({ kind, place: place3, text: text2 }) {
  return { level: "warning", title: kind === "not-applied" ? "VEX" : "Whitelist", message: visible(text2, 1e3), place: place3 && policyLine(place3) };
}
function command(level, { title: title2, message, place: place3 }) {
  let properties = [
    ...place3 === null ? [] : [`file=${escapeWorkflowProperty(place3.file)}`, `line=${place3.line}`],
    ...place3 !== null && place3.endLine > place3.line ? [`endLine=${place3.endLine}`] : [],
    `title=${escapeWorkflowProperty(title2)}`
  ];
  return `::${level} ${properties.join(",")}::${escapeWorkflowData(message)}`;
}

function textCell(text2) {
  return { kind: "text", text: text2 };
}
function tableOf(title2, columns2, subjects, intro = null) {
  if (subjects.length === 0)
    return null;
  let rows2 = subjects.map((one) => columns2.map(({ cell }) => cell(one)));
  return { title: title2, intro, heads: columns2.map(({ head }) => head), rows: rows2 };
}

var OUTCOME_NAMES = {
  match: "as expected",
  worse: "worse",
  better: "better",
  missing: "missing",
  new: "not listed",
  vacuous: "not examined",
  "not-evaluated": "not decided",
  "not-applicable": "not applicable"
}, EMPTY_CELL = "—", NOT_EXAMINED2 = OUTCOME_NAMES.vacuous, COLUMNS = {
  id: {
    head: "id",
    cell: ({ id: id3, title: title2 }) => ({ kind: "finding", text: id3, page: pageOf2(id3, title2), address: null }),
    maxWidth: 20
  },
  title: { head: "title", cell: ({ title: title2 }) => textCell(title2 ?? ""), maxWidth: 80 },
  expected: { head: "expected", cell: (row) => textCell(expectedText(row)), maxWidth: 120 },
  dbs: { head: "Docker Bench", cell: (row) => textCell(dockerBenchText(row)), maxWidth: 120 },
  builtin: { head: "built-in", cell: ({ builtin: builtin2 }) => textCell(statusOf2(builtin2)), maxWidth: 20 },
  outcome: { head: "outcome", cell: (row) => textCell(outcomeText(row)) },
  place: { head: "dictionary", cell: ({ place: place3 }) => textCell(lineText(place3)), maxWidth: 120 }
}, { id, title, expected, dbs, builtin, outcome, place: place2 } = COLUMNS, BENCH_COLUMNS = [id, title, expected, dbs, builtin, outcome, place2], BRIEF_COLUMNS = [
  id,
  { ...expected, cell: (row) => textCell(row.expected || EMPTY_CELL) },
  { ...dbs, cell: (row) => textCell(row.whyNoDbs === null ? statusOf2(row.dbs) : NOT_EXAMINED2) },
  builtin,
  { ...outcome, cell: (row) => textCell(OUTCOME_NAMES[row.outcome]) },
  place2,
  title
];
function benchOf({ checks }) {
  return checks.find(({ bench }) => bench !== null)?.bench ?? null;
}
function benchTable(bench, columns2 = "whole") {
  let chosen = columns2 === "whole" ? BENCH_COLUMNS : BRIEF_COLUMNS;
  return tableOf(`Docker Bench: ${countsText(bench)}`, chosen, bench.rows);
}
function rowLine(row) {
  return [...[outcomeText(row), `expected ${expectedText(row)}`, `Docker Bench ${dockerBenchText(row)}`], `built-in ${statusOf2(row.builtin)}`, `dictionary ${lineText(row.place)}`].join("; ");
}
function reasonsNextToRows({ rows: rows2 }) {
  return groupConsecutive(rows2, reasonNextToRow).flatMap((run) => {
    let text2 = reasonNextToRow(run[0]), line2 = run.length === 1 ? text2 : `${idsOf2(run)}: ${text2}`;
    return run.map((_, index) => text2 === "" || index < run.length - 1 ? null : line2);
  });
}
function shortRows({ rows: rows2 }) {
  return groupConsecutive(rows2, (row) => row.outcome === "not-applicable" ? `${outcomeText(row)} ${lineText(row.place)}` : row.id).flatMap((run) => {
    if (run.length < 3)
      return run;
    let nothing2 = { expected: "", allowed: null, dbs: null, whyNoDbs: null, builtin: null };
    return [{ ...run[0], id: idsOf2(run), title: `${run.length} ids`, ...nothing2 }];
  });
}
function groupConsecutive(rows2, key) {
  let runs = [];
  for (let row of rows2) {
    let last = runs.at(-1);
    last !== void 0 && key(last[0]) === key(row) ? last.push(row) : runs.push([row]);
  }
  return runs;
}
function idsOf2(run) {
  return `${run[0].id} to ${run.at(-1)?.id}`;
}
function reasonNextToRow(row) {
  let why3 = row.whyNoDbs?.replace(/\.$/, "") ?? "", dbsText = why3 === "" || why3.includes("Docker Bench") ? why3 : `Docker Bench: ${why3}`;
  return [outcomeReason(row), dbsText].filter((text2) => text2 !== "").join("; ");
}
function ownCount({ rows: rows2 }) {
  let rules = rows2.filter(({ id: id3 }) => id3 !== START_TEST);
  return { own: rules.filter(({ dbs: dbs2 }) => dbs2?.word != null).length, of: rules.length };
}
function benchLimit(bench, release2) {
  if (!bench.run.ran)
    return "Docker Bench did not run: all results are those of the built-in rules";
  if (bench.run.notStarted === void 0)
    return null;
  let { own, of: of3 } = ownCount(bench), only = `Docker Bench judged only ${own} of ${of3} rules, because the image did not keep running`;
  return release2 === null ? only : `${only}: a ${release2} release without its results`;
}
function notRunningText(bench, release2) {
  let { run } = bench;
  if (!run.ran || run.notStarted === void 0)
    return null;
  let { own, of: of3 } = ownCount(bench), until = release2 === null ? "" : ` This ${release2} release has no results of Docker Bench for a running container.`;
  return `Docker Bench judged only ${own} of ${of3} rules, because ${endedText(run.notStarted)}.${until} ${capitalised(KEEP_RUNNING_ADVICE)}`;
}
function benchHead(bench) {
  let { run } = bench, { own, of: of3 } = ownCount(bench), countsOf = judgedBy(run);
  return run.ran ? countsOf.replace(/^Docker Bench: /, `$&results of its own for ${own} of ${of3} rules; `) : countsOf;
}
function judgedBy(run) {
  if (!run.ran)
    return `Docker Bench did not run, so all results come from the built-in rules. Reason: ${run.why}`;
  let { source: source2, tree } = run;
  if (source2 === null)
    return "Docker Bench: the evidence does not show which copy ran";
  let isKnown = source2.startsWith("commit ");
  return [
    `Docker Bench: ${source2.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1")}`,
    ...isKnown || tree === null ? [] : [`tree ${tree.slice(0, 17)}`]
  ].join(", ");
}
function countsText({ rows: rows2 }) {
  let count2 = (outcome2) => rows2.filter((row) => row.outcome === outcome2).length, others = OUTCOMES.filter((one) => one !== "match" && count2(one) > 0), countsOf = (outcomes) => outcomes.map((one) => `${count2(one)} ${OUTCOME_NAMES[one]}`);
  return [[matchText({ rows: rows2 }), ...countsOf(others.filter((one) => one !== "not-applicable"))].join(", "), ...countsOf(others.filter((one) => one === "not-applicable"))].join("; ");
}
function matchText({ rows: rows2 }) {
  let judged = rows2.filter(({ outcome: outcome2 }) => outcome2 !== "not-applicable"), matching = judged.filter(({ outcome: outcome2 }) => outcome2 === "match");
  return judged.length === 0 ? "nothing to judge" : `${matching.length} of ${judged.length} as expected`;
}
function comparisonLine(bench) {
  return `${countsText(bench)}; ${agreementText(bench)}`;
}
function agreementText({ run, rows: rows2 }) {
  if (!run.ran)
    return "built-in rules only";
  let both = rows2.filter(({ dbs: dbs2, builtin: builtin2 }) => dbs2?.word != null && builtin2?.word != null);
  if (both.length === 0)
    return "Docker Bench only";
  let differing = both.filter(({ dbs: dbs2, builtin: builtin2 }) => dbs2?.word !== builtin2?.word).map(({ id: id3 }) => id3);
  return `Docker Bench and the built-in rules ${differing.length === 0 ? "agree" : `differ on ${differing.join(", ")}`}`;
}
function outcomeText(row) {
  let why3 = outcomeReason(row);
  return `${OUTCOME_NAMES[row.outcome]}${why3 === "" ? "" : ` (${why3})`}`;
}
function outcomeReason({ counts, because: because2, dbs: dbs2, builtin: builtin2 }) {
  let wrong = counts?.by === "known-wrong" ? [`Docker Bench is known to be wrong: ${counts.reason}`] : [], stricter = counts?.by === "stricter" && dbs2?.word != null && builtin2?.word != null ? ["the stricter result counts"] : [], reasons = reasonsNextToResult(because2);
  return [...wrong, ...stricter, ...reasons === "" ? [] : [reasons]].join("; ");
}
function dockerBenchText({ dbs: dbs2, whyNoDbs }) {
  return whyNoDbs === null ? statusOf2(dbs2) : `${NOT_EXAMINED2}: ${whyNoDbs.replace(/\.$/, "")}`;
}
function expectedText({ expected: expected2, allowed }) {
  return [expected2 || EMPTY_CELL, ...allowed === null ? [] : [allowed]].join(", ");
}
function statusOf2(result) {
  return result?.word ?? EMPTY_CELL;
}
function pageOf2(id3, title2) {
  return pageOfResult({ id: id3, ours: title2 === null ? null : { title: title2, advice: "" } });
}
function lineText(place3) {
  return place3 === null ? EMPTY_CELL : place3.line === null ? "built-in" : at({ file: place3.file, line: place3.line });
}

function becauseOfDebian(finding) {
  return finding.debian === null ? reasonsNextToVersions(finding) : debianText(finding.debian);
}
function subjectName(finding) {
  return finding.package ?? finding.check;
}
function hasSeverity(finding) {
  return isRated(finding) || finding.severity !== "unknown";
}
function debianKind({ debian }) {
  return debian === null ? ["", ""] : [debian.kind, oneLine(debian.words)];
}
function returnConditions(findings) {
  let reasons = findings.flatMap(({ returnsWhen }) => returnsWhen ?? []), isFix = (one) => one.reason === "archive-offers" && one.fix !== null, own = [...new Set(reasons.filter((one) => !isFix(one)).map(returnText))], all = reasons.some(isFix) ? [...own, "the archive offers the announced fix"] : own, list = all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", when ")}, or when ${all.at(-1)}`;
  return list === "" ? "" : `Each of these findings comes back automatically when ${list}.`;
}
function versions({ package: name2, version, fixedVersion }) {
  return name2 === null ? "" : `${version ?? "not known"} → ${fixedVersion ?? "no fix"}`;
}
function dockerfilePlace({ dockerfile }, { line: line2 }) {
  return line2 === null || line2.file !== dockerfile.file ? "" : atLine(line2);
}
function severityCell(finding, ofSeveral = !1) {
  let { severity: severity3, severitySource, cvss, kev, epss } = finding, scorer = cvss === null ? void 0 : SCORER_NAMES[severitySource ?? ""], rated = scorer === void 0 ? severity3 : `${severity3} (${scorer})`;
  return [
    ...hasSeverity(finding) ? [rated] : [],
    ...kev === !0 ? ["KEV"] : [],
    ...epss === null ? [] : [`${epssText(epss)}${ofSeveral ? " at most" : ""}`]
  ].join(", ") || "—";
}
var MAX_PLACES = 3;
function placesText({ paths, morePaths }) {
  let left = Math.max(0, paths.length - MAX_PLACES) + morePaths;
  return `${paths.slice(0, MAX_PLACES).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

var COLUMNS2 = [
  { head: "", cell: ([change]) => textCell(change) },
  { head: "package", cell: ([, finding]) => textCell(subjectName(finding)) },
  {
    head: "finding",
    cell: ([, { id: id3, package: name2 }]) => {
      let address = name2?.includes("/") ? osvPage(id3) : trackerPage(id3);
      return { kind: "finding", text: id3, page: null, address };
    }
  },
  { head: "ruling", cell: ([, { ruling }]) => textCell(ruling) }
];
function changesOf2(image) {
  let { findings, gone } = image, line2 = changeLine(image);
  if (line2 === null || gone === null)
    return null;
  let fresh = findings.filter(({ since }) => since === "new"), all = [...fresh.map((one) => ["new", one]), ...gone.map((one) => ["gone", one])];
  return { line: line2, fresh, gone, table: tableOf("New and gone", COLUMNS2, all) };
}
function changedNameOf({ id: id3, package: of3 }) {
  return of3 === null ? id3 : `${id3} (${of3})`;
}
function changeLine({ findings, gone }) {
  if (gone === null)
    return null;
  let count2 = (kind) => findings.filter(({ since }) => since === kind).length, unknown2 = count2(null), rest = unknown2 === 0 ? "" : `, ${unknown2} not known`;
  return `Against baseline: ${count2("new")} new, ${gone.length} gone, ${count2("unchanged")} unchanged${rest}.`;
}
function acceptedFindings({ findings }) {
  return findings.filter(({ ruling, blocks }) => ruling === "act" && !blocks);
}
function changeOf({ images }) {
  if (images.some(({ gone: gone2 }) => gone2 === null))
    return null;
  let added = images.flatMap(({ findings }) => findings).filter(({ since }) => since === "new").length, gone = images.flatMap((image) => image.gone ?? []).length;
  return { base: "the baseline", added, gone };
}

var OWNER_NAMES = {
  base: "base",
  intermediate: "intermediate image",
  own: "own layers"
};
function ownerCounts({ findings }) {
  return FINDING_OWNERS.toReversed().map((owner2) => {
    let of3 = findings.filter((finding) => finding.owner === owner2);
    return { owner: owner2, total: of3.length, act: of3.filter(({ ruling }) => ruling === "act").length };
  }).filter(({ owner: owner2, total }) => owner2 !== "intermediate" || total > 0);
}
function hasOwners({ findings }) {
  return findings.some(({ owner: owner2 }) => owner2 !== null);
}
function ownersLine(image) {
  if (image.findings.length === 0)
    return null;
  let texts2 = [...(hasOwners(image) ? ownerCounts(image) : []).map(({ owner: owner2, total, act }) => `${capitalised(OWNER_NAMES[owner2])}: ${plural(total, "finding")}${act === 0 ? "" : `, ${act} to act on`}.`), ...stricterText(image), ...rebuildText(image)];
  return texts2.length === 0 ? null : texts2.join(" ");
}
function stricterText({ findings }) {
  return findings.some(
    ({ because: because2, owner: owner2 }) => because2.some((one) => "of" in one && one.of && one.of !== owner2)
  ) ? ["If no registry proves that a finding comes from the base, the stricter threshold applies."] : [];
}
function ownersAndKev(image) {
  let kev = kevCount(image).map((text2) => `${capitalised(text2)}.`), parts = [ownersLine(image) ?? [], ...kev].flat();
  return parts.length === 0 ? null : parts.join(" ");
}
function rebuildText({ rebuild, findings }) {
  return !findings.some(({ blocks }) => blocks) || rebuild.needed === null ? [] : rebuild.needed ? [`A rebuild alone resolves ${plural(rebuild.settles.length, "finding")}.`] : ["A rebuild alone resolves nothing."];
}

var SIDE_NAMES = {
  judged: "judged",
  "not-examined": "not examined",
  copied: "copied",
  unowned: "unowned"
}, COUNTED = "ELF files, archives of code, .NET assemblies, scripts";
function accountLine({ account }) {
  if (account === null)
    return null;
  let sides = ACCOUNT_SIDES.map((side) => `${account.sides[side]} ${SIDE_NAMES[side]}`).join(", ");
  return `${plural(account.programs, "program")} (${COUNTED}): ${sides}; source code that an interpreter reads is not counted`;
}
function unexaminedText({ account }) {
  let count2 = account?.sides["not-examined"] ?? 0;
  return count2 === 0 ? null : `${plural(count2, "program was", "programs were")} not examined`;
}
var LISTED_PLACEMENTS = ["unowned", "not-examined", "copied"];
function listedPrograms({ account }) {
  let listed = account?.listed ?? [];
  return LISTED_PLACEMENTS.flatMap((side) => listed.filter((program2) => program2.side === side));
}
var PROGRAM_COLUMNS = [
  { head: "path", cell: ({ path }) => ({ kind: "code", text: path }) },
  { head: "side", cell: ({ side }) => textCell(SIDE_NAMES[side]) },
  { head: "form", cell: ({ form }) => textCell(form) },
  { head: "reason", cell: ({ reason: reason3 }) => textCell(reason3) },
  { head: "sha256", cell: ({ sha256: sha2563 }) => ({ kind: "code", text: sha2563 ?? "" }) }
];

function seconds(milliseconds) {
  return `${(milliseconds / 1e3).toFixed(1)} s`;
}
function answerTexts({ bench, notes }) {
  return [...bench === null ? [] : [comparisonLine(bench)], ...notes];
}
function tilesOf(image) {
  let ran = new Map(image.checks.map((result) => [result.check, result])), shown3 =   new Set([...CHOSEN_CHECK_IDS, ...ran.keys()]);
  return CHECK_IDS.filter((check) => shown3.has(check)).map(
    (check) => tileOf(check, ran.get(check) ?? null, image)
  );
}
function tileOf(check, result, image) {
  let { question, counts } = CHECKS[check], tile = { check, question, took: result === null ? null : seconds(result.tookMs) };
  if (result === null || counts === "outcome" && image.regressionTest.state === "not-run")
    return { ...tile, state: "open", label: "not run", number: "" };
  if (result.problem !== null)
    return { ...tile, state: "bad", label: "no answer", number: "" };
  let of3 = image.findings.filter((finding) => finding.check === check), blocking = of3.filter(({ blocks }) => blocks), state = blocking.length > 0 ? { state: "bad", label: "act" } : { state: "good", label: "ok" };
  return { ...tile, ...state, number: NUMBERS[counts](blocking, of3.length, result.bench) };
}
var toActOn = (blocking, all) => `${blocking.length} of ${all} to act on`, NUMBERS = {
  updates: (blocking) => {
    let updates = blocking.filter(({ id: id3 }) => id3 === "security-update").length, others = blocking.length - updates, missing = updates === 0 ? "none missing" : `${plural(updates, "update")} missing`;
    return others === 0 ? missing : `${missing}, ${others} more to act on`;
  },
  vulnerabilities: (...of3) => of3[1] === 0 ? "none known" : toActOn(...of3),
  results: (_, all, bench) => bench === null ? plural(all, "result") : matchText(bench),
  secrets: (...of3) => of3[1] === 0 ? "none found" : toActOn(...of3),
  outcome: ({ length }) => length === 0 ? "passed" : "failed"
};
function tileText({ check, label, number: number2 }) {
  return `${check}: ${number2 === "" ? label : number2}`;
}

var COLUMNS3 = {
  source: { head: "source", cell: ({ source: source2 }) => textCell(source2.name) },
  of: { head: "date", cell: ({ source: source2, today }) => textCell(ageOf(source2, today)) },
  read: { head: "read", cell: ({ source: source2 }) => textCell(readAt(source2)) },
  rows: { head: "rows", cell: ({ source: source2 }) => textCell(String(source2.rows ?? "")) },
  from: {
    head: "from",
    cell: ({ source: { url, attestedBy } }) => textCell(attestedBy === void 0 ? url : `${url}, attested by ${attestedBy}`)
  },
  sha256: { head: "SHA-256", cell: ({ source: source2 }) => ({ kind: "code", text: source2.sha256 ?? "" }) }
}, { source, of: of2, read, rows, from, sha256 } = COLUMNS3, DATA_COLUMNS = {
  summary: [source, of2, read, rows, sha256, from],
  page: [{ ...source, head: "data" }, { ...of2, head: "age" }, read, rows, from, sha256],
  terminal: [
    source,
    of2,
    { ...rows, cell: ({ source: source2 }) => textCell(source2.rows === null ? "" : plural(source2.rows, "row")) },
    from
  ]
};
function dataTable(verdict, columns2) {
  let sources = sourcesOf2(verdict).map((source2) => ({ source: source2, today: verdict.today }));
  return tableOf("Data", DATA_COLUMNS[columns2], sources);
}
function sourcesOf2(verdict) {
  let all = verdict.images.flatMap(({ sources }) => sources);
  return [...new Map(all.map((source2) => [JSON.stringify(source2), source2])).values()];
}
function replacedSources(verdict) {
  let all = sourcesOf2(verdict).flatMap(({ name: name2, instead }) => instead ? [`${name2}: ${instead}`] : []);
  return [...new Set(all)];
}
function sourceFacts(source2) {
  let { sha256: sha2563 } = source2, read2 = readAt(source2);
  return [...read2 === "" ? [] : [`read ${read2}`], ...sha2563 === null ? [] : [`sha256 ${sha2563}`]];
}
function agesOf(verdict) {
  let all = sourcesOf2(verdict), indexed = new Set(all.map(({ name: name2 }) => name2));
  return all.filter(({ name: name2 }) => !name2.endsWith("-image") && !name2.startsWith(`${ELSEWHERE_SOURCE} `)).filter(({ name: name2 }) => !/ .* /.test(name2) || !indexed.has(name2.split(" ", 2).join(" "))).map((source2) => [source2.name, ageOf(source2, verdict.today)]);
}
function ageOf({ date, fetchedAt }, today) {
  if (date === null)
    return fetchedAt === null ? "date not known" : `date not known, read ${fetchedAt.slice(0, 10)}`;
  let day2 = date.slice(0, 10), days = daysOld({ date }, today);
  return days === null ? day2 : days === 0 ? `${day2}, today` : `${day2}, ${plural(days, "day")} old`;
}
function daysOld({ date }, today) {
  let days = Math.round((Date.parse(today) - Date.parse((date ?? "").slice(0, 10))) / 864e5);
  return Number.isNaN(days) || days < 0 ? null : days;
}
function readAt({ fetchedAt }) {
  return fetchedAt === null ? "" : `${fetchedAt.slice(0, 16).replace("T", " ")} UTC`;
}

var MAX_LINES = 10;
function testText({ state, by, ended, seconds: seconds3 }) {
  let label = { passed: "passed", failed: "failed", "no-answer": "no answer", "not-run": "not run" }[state];
  return ended === null || seconds3 === null ? label : `${label} (${by ?? "test"}, ${ended} after ${seconds3} s)`;
}
function regressionTestFact({ regressionTest }) {
  return `regression test: ${testText(regressionTest)}`;
}
function regressionTestLimit({ regressionTest }) {
  return regressionTest.majorNeedsOne === !0 ? "a major release would need a regression test" : null;
}
function notRunFact({ checks }) {
  let missingTests = checks.flatMap(({ bench }) => bench?.rows ?? []).flatMap(
    ({ id: id3, because: because2 }) => because2.flatMap((one) => one.reason === "check-not-run" ? [{ id: id3, check: one.check }] : [])
  ), names = CHECK_IDS.filter((check) => missingTests.some((one) => one.check === check)), ids = missingTests.map(({ id: id3 }) => id3).join(", ");
  return names.length === 0 ? null : `checks not run: ${names.join(", ")} (Docker Bench ${ids} not judged)`;
}
function runFact(image) {
  return [regressionTestFact(image), regressionTestLimit(image), notRunFact(image)].filter((fact) => fact !== null).join("; ");
}
function regressionTestLines({ images }) {
  let facts = images.map(runFact), [first = ""] = facts;
  if (facts.every((fact) => fact === first))
    return [first];
  let lines = images.map((image, index) => `${facts[index]} (${image.reference})`);
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more images`];
}

var MAX_LENGTH2 = 1e3, MAX_NAMES = 20, FEEDS2 = ["debian-security-tracker", "nvd-cvss", "epss", "cisa-kev"], OLD_DAYS = 14;
function statementsOf(verdict, level) {
  return [...verdict.images.flatMap((one) => {
    let image = visible(imageName(one), 120);
    return imageStatements(one, verdict.judgedBy.release)[level].map((text2) => ({ image, text: text2 }));
  }), ...verdictStatements(verdict)[level].map((text2) => ({ image: null, text: text2 }))];
}
function imageStatements(image, release2) {
  let bench = benchOf(image), passed = acceptedFindings(image).map(changedNameOf), ofChecks = image.checks.map(({ check, limits, ...answer }) => ({ check, limits, found: answerTexts(answer) }));
  return {
    limits: shown2([
      bench && benchLimit(bench, release2),
      ...image.applications === null ? [] : unjudgedSummary(image.applications),
      unexaminedText(image),
      regressionTestLimit(image),
      notRunFact(image),
      passed.length === 0 ? null : `${plural(passed.length, "finding")} did not block, being in the baseline already`,
      ...ofChecks.flatMap(({ check, limits }) => limits.map((limit) => `${check}: ${limit}`))
    ]),
    details: shown2([
      image.digest === null ? null : `digest: ${image.digest}`,
      ...ofChecks.flatMap(({ check, found }) => found.map((text2) => `${check}: ${text2}`)),
      bench && notRunningText(bench, release2),
      bench && benchHead(bench),
      image.applications === null ? null : judgedSummary(image.applications),
      accountLine(image),
      regressionTestFact(image),
      passed.length === 0 ? null : `already in the baseline: ${listText(passed, MAX_NAMES)}`
    ])
  };
}
function verdictStatements(verdict) {
  let noticed = (kind) => verdict.policyNotices.filter((notice) => notice.kind === kind);
  return {
    limits: shown2([
      ...[...noticed("no-baseline"), ...noticed("audit"), ...noticed("run-differs")].map(({ text: text2 }) => text2),
      ...firstOf(replacedSources(verdict), MAX_NAMES),
      ...unexaminedOf(verdict),
      ...noticed("expiring").map(({ place: place3, text: text2 }) => place3 === null ? text2 : `${at(place3)}  ${text2}`),
      ...sourcesOf2(verdict).flatMap((source2) => oldText(source2, verdict.today))
    ]),
    details: shown2(dataAges(verdict))
  };
}
function shown2(texts2) {
  return texts2.flatMap((text2) => text2 === null || text2 === "" ? [] : [visible(text2, MAX_LENGTH2)]);
}
function oldText(source2, today) {
  let days = FEEDS2.includes(source2.name) ? daysOld(source2, today) : null;
  return days === null || days <= OLD_DAYS ? [] : [`the data of ${source2.name} is ${days} days old`];
}
function dataAges(verdict) {
  let byDate = [...Map.groupBy(agesOf(verdict), ([, age]) => age)].map(([age, all]) => {
    let names = all.map(([name2]) => name2.replace(/^debian-archive /, "").slice(0, 40));
    return `${listText(names, MAX_NAMES)} ${age}`;
  }), line2 = byDate.join(" · ");
  return (line2.length < MAX_LENGTH2 / 2 ? [line2] : byDate).flatMap((one) => one === "" ? [] : [`data: ${one}`]);
}
function statementLines(statements) {
  let all = new Set(statements.flatMap(({ image }) => image ?? []));
  return [...Map.groupBy(statements, ({ text: text2 }) => text2)].map(([text2, about]) => {
    let names = new Set(about.flatMap(({ image }) => image ?? []));
    return names.size === 0 || names.size === all.size ? text2 : `${listText([...names])}: ${text2}`;
  });
}

var fromNumH = (n) => n / 2 ** 32 | 0, fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE) {
  let h = fromNumH(n), l = fromNumL(n);
  view.setUint32(byteOffset, isLE ? l : h, isLE), view.setUint32(byteOffset + 4, isLE ? h : l, isLE);
}

function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
var atitle = (title2) => title2 ? `"${title2}" ` : "";
function anumber(n, title2 = "") {
  if (typeof n != "number")
    throw new TypeError(atitle(title2) + "expected number, got " + typeof n);
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(atitle(title2) + "expected integer >= 0, got " + n);
  return n;
}
function abytes(value, length, title2 = "") {
  if (isBytes(value) && (length === void 0 || value.length === length))
    return value;
  length !== void 0 && anumber(length, "length");
  let bytes = isBytes(value), ofLen = length !== void 0 ? ` of length ${length}` : "", got = bytes ? `length=${value.length}` : `type=${typeof value}`, message = atitle(title2) + "expected Uint8Array" + ofLen + ", got " + got;
  throw bytes ? new RangeError(message) : new TypeError(message);
}
var aobject = (value, label) => {
  if (value === null || typeof value != "object" || Array.isArray(value))
    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
}, aopts = (value, label) => {
  aobject(value, label);
  let proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = !0) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes(out, void 0, "output");
  let min = instance.outputLen;
  if (!(out.length >= min))
    throw new RangeError('"output" expected length >= ' + min);
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++)
    arrays[i].fill(0);
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
  return word << 32 - shift | word >>> shift;
}
var hasHexBuiltin =   typeof Uint8Array.from([]).toHex == "function" && typeof Uint8Array.fromHex == "function", hexes =   Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bytesToHex(bytes) {
  if (abytes(bytes), hasHexBuiltin)
    return bytes.toHex();
  let hex = "";
  for (let i = 0; i < bytes.length; i++)
    hex += hexes[bytes[i]];
  return hex;
}
function utf8ToBytes(str) {
  if (typeof str != "string")
    throw new TypeError("string expected");
  let encoded = new TextEncoder().encode(str);
  try {
    return new Uint8Array(encoded);
  } finally {
    clean(encoded);
  }
}
function checkOpts(defaults, opts, title2 = "opts") {
  return aopts(defaults, "defaults"), opts !== void 0 && aopts(opts, title2), Object.assign(  Object.create(null), defaults, opts);
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons != "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  let hashC = (msg, opts) => hashCons(opts).update(msg).digest(), tmp = hashCons(void 0);
  return hashC.outputLen = tmp.outputLen, hashC.blockLen = tmp.blockLen, hashC.canXOF = tmp.canXOF, hashC.create = (opts) => hashCons(opts), Object.assign(hashC, info), Object.freeze(hashC);
}
var oidNist = (suffix) => ({
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

function Chi(a, b, c) {
  return a & b ^ ~a & c;
}
function Maj(a, b, c) {
  return a & b ^ a & c ^ b & c;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = !1;
  padOffset;
  isLE;
  buffer;
  view;
  finished = !1;
  length = 0;
  pos = 0;
  destroyed = !1;
  constructor(blockLen, outputLen, padOffset, isLE) {
    this.blockLen = blockLen, this.outputLen = outputLen, this.padOffset = padOffset, this.isLE = isLE, this.buffer = new Uint8Array(blockLen), this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this), abytes(data);
    let { view, buffer, blockLen } = this, len = data.length, processed = !1;
    for (let pos = 0; pos < len; ) {
      let take2 = Math.min(blockLen - this.pos, len - pos);
      if (take2 === blockLen) {
        let dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = !0;
        continue;
      }
      buffer.set(pos === 0 && take2 === len ? data : data.subarray(pos, pos + take2), this.pos), this.pos += take2, pos += take2, this.pos === blockLen && (this.process(view, 0), this.pos = 0, processed = !0);
    }
    return this.length += data.length, processed && this.roundClean(), this;
  }
  digestInto(out) {
    aexists(this), aoutput(out, this), this.finished = !0;
    let { buffer, view, blockLen, isLE } = this, { pos } = this;
    buffer[pos++] = 128, buffer.fill(0, pos), this.padOffset > blockLen - pos && (this.process(view, 0), buffer.fill(0)), setU64FromNum(view, blockLen - 8, this.length * 8, isLE), this.process(view, 0), this.roundClean();
    let oview = out === buffer ? view : createView(out), len = this.outputLen, outLen = len / 4, state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i = 0; i < outLen; i++)
      oview.setUint32(4 * i, state[i], isLE);
  }
  digest() {
    let { buffer, outputLen } = this;
    this.digestInto(buffer);
    let res = buffer.slice(0, outputLen);
    return this.destroy(), res;
  }
  _cloneIntoMeta(to) {
    let { buffer, length, finished, destroyed, pos } = this;
    return to.destroyed = destroyed, to.finished = finished, to.length = length, to.pos = pos, pos && to.buffer.set(buffer), to;
  }
  clone() {
    return this._cloneInto();
  }
}, SHA256_IV =   Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);

var SHA256_K =   Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]), SHA256_W =   new Uint32Array(64), SHA2_32B = class extends HashMD {
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, !1), this.A = IV[0] | 0, this.B = IV[1] | 0, this.C = IV[2] | 0, this.D = IV[3] | 0, this.E = IV[4] | 0, this.F = IV[5] | 0, this.G = IV[6] | 0, this.H = IV[7] | 0;
  }
  get() {
    let { A, B, C, D, E, F, G, H } = this;
    return [A, B, C, D, E, F, G, H];
  }
  set(A, B, C, D, E, F, G, H) {
    this.A = A | 0, this.B = B | 0, this.C = C | 0, this.D = D | 0, this.E = E | 0, this.F = F | 0, this.G = G | 0, this.H = H | 0;
  }
  _cloneInto(to) {
    return (to ||= new this.constructor()).set(...this.get()), this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4)
      SHA256_W[i] = view.getUint32(offset, !1);
    for (let i = 16; i < 64; i++) {
      let W15 = SHA256_W[i - 15], W2 = SHA256_W[i - 2], s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3, s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
    }
    let { A, B, C, D, E, F, G, H } = this;
    for (let i = 0; i < 64; i++) {
      let sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25), T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0, T2 = (rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)) + Maj(A, B, C) | 0;
      H = G, G = F, F = E, E = D + T1 | 0, D = C, C = B, B = A, A = T1 + T2 | 0;
    }
    A = A + this.A | 0, B = B + this.B | 0, C = C + this.C | 0, D = D + this.D | 0, E = E + this.E | 0, F = F + this.F | 0, G = G + this.G | 0, H = H + this.H | 0, this.set(A, B, C, D, E, F, G, H);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = !0, this.set(0, 0, 0, 0, 0, 0, 0, 0), clean(this.buffer);
  }
}, _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var sha2562 =   createHasher(
  () => new _SHA256(),
    oidNist(1)
);

function textsOf({ text: text2, unset }) {
  let [first = ""] = text2.split(". "), [otherwise, helpDefault] = unset === void 0 ? ["", ""] : [`, else ${unset}`, ` (default: ${unset})`];
  return {
    about: unset === void 0 ? text2 : `${text2}. Default: ${unset}`,
    description: `${text2}. Default: gate.yml${otherwise}.`,
    help: `${first.charAt(0).toLowerCase()}${first.slice(1)}${helpDefault}`
  };
}
function refuse(...refused2) {
  return { refused: refused2 };
}
function isRefusal(value) {
  return typeof value == "object" && value !== null && "refused" in value;
}
function fileKey(schema, of3 = (raw) => raw) {
  return { schema, read: (raw) => of3(schema.parse(raw)) };
}
function sameInput(value, { schema, read: read2 }) {
  return {
    value,
    read: (text2) => {
      let [issue] = schema.safeParse(text2).error?.issues ?? [];
      return issue === void 0 ? read2(text2) : refuse(`${JSON.stringify(text2)} ${issue.message}`);
    }
  };
}
function notOneOf(keywords) {
  return keywords.length === 2 ? `is neither ${keywords.join(" nor ")}` : `is not one of ${keywords.join(", ")}`;
}
function oneOf(text2, keywords) {
  return keywords.find((keyword) => keyword === text2) ?? refuse(`${JSON.stringify(text2)} ${notOneOf(keywords)}`);
}
function listFrom(text2, isGood, error) {
  let items = text2.split(/[\s,]+/).filter((item) => item !== ""), bad = items.filter((item) => !isGood(item));
  return bad.length > 0 ? refuse(...bad.map((item) => `${JSON.stringify(item)} ${error}`)) : items.length === 0 ? void 0 : items;
}
function hasMore(requested, current) {
  return requested.some((one) => !current.includes(one));
}
function noneIn(what, when) {
  return `must contain at least one ${what}; omit the key ${when}`;
}

function keywordThreshold(all) {
  let { keywords, former, isInput = !1, ...row } = all, order = keywords, keyword = keywordSchema(keywords, former), schema = order.includes("true") ? union([keyword, boolean()], { error: notOneOf(keywords) }) : keyword, file2 = fileKey(schema, (value) => String(value));
  return {
    unset: String(row.fallback),
    laxer: (requested, current) => order.indexOf(requested) > order.indexOf(current),
    ...row,
    file: file2,
    ...isInput && { input: sameInput("WORD", file2) }
  };
}
function keywordSchema(keywords, former = {}) {
  return _enum(keywords, { error: ({ input }) => typeof input == "string" && Object.hasOwn(former, input) ? `no longer exists; write ${former[input]}` : notOneOf(keywords) });
}
function flagThreshold(strict, text2) {
  return {
    text: text2,
    fallback: !1,
    unset: "false",
    laxer: (requested, current) => requested !== current && current === strict,
    file: fileKey(flagSchema, (flag) => String(flag) === "true")
  };
}
function numberThreshold(row) {
  return {
    unset: String(row.fallback),
    laxer: (requested, current) => current !== null && (requested === null || requested > current),
    ...row
  };
}
function numberKey(range2, which) {
  return fileKey(numberSchema(range2, which), Number);
}
function numberSchema(range2, which, form = /^\d+(?:\.\d+)?$/, read2 = Number) {
  let error = `is not a number ${which}`, text2 = string().regex(form, error);
  return union([text2.refine((value) => range2.safeParse(read2(value)).success, error), range2], { error });
}
function daysThreshold(from2, to, row) {
  return numberThreshold({ ...row, file: fileKey(daysSchema(from2, to), daysOf) });
}
function daysSchema(from2, to) {
  let which = `of days from ${from2} to ${to}, such as 14d`;
  return numberSchema(int().min(from2).max(to), which, /^\d+d?$/, daysOf);
}
function daysOf(raw) {
  return Number.parseInt(String(raw), 10);
}

var MAX_DAYS = 365, NO_TIME_ALLOWED = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 };
function hasDays(within) {
  return RATED_SEVERITIES.some((severity3) => within[severity3] > 0);
}
function daysFor(within, severity3) {
  return severity3 === "unknown" ? 0 : within[severity3];
}
function daysText(within) {
  return [...RATED_SEVERITIES].reverse().map((severity3) => `${severity3}=${within[severity3]}d`).join(",");
}
function isActWithin(value) {
  return typeof value == "object" && value !== null && RATED_SEVERITIES.every((severity3) => Object.hasOwn(value, severity3));
}
var severityDays = daysSchema(0, MAX_DAYS).optional(), withinSchema = strictObject({
  critical: severityDays,
  high: severityDays,
  medium: severityDays,
  low: severityDays,
  negligible: severityDays
});
function readWithin(value) {
  let days = RATED_SEVERITIES.map((one) => [one, daysOf(value[one] ?? 0)]);
  return { ...NO_TIME_ALLOWED, ...Object.fromEntries(days) };
}
var ACT_WITHIN_ROW = {
  "act-within": {
    text: "Days allowed to act, by severity, counted from the day the fix became available, such as {medium: 14d}. During that time, a vulnerability or missing security update is reported with its due date and does not block the release. A severity that is not listed gets 0 days",
    fallback: NO_TIME_ALLOWED,
    laxer: (requested, current) => RATED_SEVERITIES.some((one) => requested[one] > current[one]),
    file: fileKey(withinSchema, readWithin)
  }
};

var MAX_DAYS2 = 90, SOON_DAYS = 14, AUDIT_ROW = {
  "audit-until": {
    text: `With mode: audit, the day from which the mode is enforce, at most ${MAX_DAYS2} days ahead`,
    fallback: null,
    unset: "no end",
    laxer: (requested, current) => current !== null && (requested === null || requested > current),
    file: fileKey(dateSchema)
  }
};
function auditError(day2, today) {
  let last = addDays(today, MAX_DAYS2);
  return typeof day2 == "string" && isDate(day2) && day2 > last ? `audit-until: ${day2} is more than ${MAX_DAYS2} days ahead; the last possible day is ${last}` : null;
}
function modeOn(today, { mode, auditUntil, release: release2, pushes }) {
  let isOver = auditUntil !== null && auditUntil <= today;
  return mode === "enforce" || isOver || release2 !== null || pushes ? "enforce" : "audit";
}
function auditNotices(today, gate) {
  let { mode, auditUntil, release: release2, pushes } = gate, notice = (text2) => [{ kind: "audit", place: null, text: text2 }];
  if (mode === "enforce")
    return [];
  if (auditUntil !== null && auditUntil <= today)
    return notice(`audit mode ended on ${auditUntil} (audit-until), so the verdict is enforced`);
  if (release2 !== null || pushes)
    return notice(
      `audit mode does not apply to what is ${release2 === null ? "pushed" : "released"}, so the verdict is enforced`
    );
  let daysLeft = auditUntil === null ? Number.POSITIVE_INFINITY : daysBetween(today, auditUntil);
  return daysLeft > SOON_DAYS ? [] : notice(
    `audit mode ends on ${auditUntil}, in ${plural(daysLeft, "day")}: from then on, the verdict is enforced`
  );
}

var APPLICATION_MODES = ["act", "report", "off"], UNREAD_MODES = ["act", "noted"], END_MODES = ["act", "report"], APPLICATION_ROWS = {
  "fail-on-unexamined": flagThreshold(
    !0,
    "true: application packages and runtimes block the release if they were not examined"
  ),
  unread: keywordThreshold({
    text: 'How to treat content of an ecosystem that is judged if it could not be read, counted or assigned to an owner: "act" (it blocks the release) or "noted" (it is only reported)',
    fallback: "act",
    keywords: UNREAD_MODES
  }),
  application: keywordThreshold({
    text: 'How to treat vulnerabilities in application packages (npm, PyPI, Maven, RubyGems, Go, Composer, Cargo): "act" (the same rules as for Debian packages), "report" (only malware and vulnerabilities in KEV can block the release) or "off" (not checked)',
    fallback: "act",
    keywords: APPLICATION_MODES
  }),
  programs: keywordThreshold({
    text: 'How to treat vulnerabilities in programs that Debian did not package (Node.js, nginx, PostgreSQL …): "act", "report" or "off", as for application',
    fallback: null,
    unset: "as application",
    keywords: APPLICATION_MODES,
    laxer: isLaxerForPrograms
  }),
  "end-of-life": keywordThreshold({
    text: 'How to treat programs that Debian did not package and whose branch is past its end of life: "act" (they block the release) or "report" (they are only reported)',
    fallback: "act",
    keywords: END_MODES
  })
};
function isLaxerForPrograms(requested, current) {
  return requested !== current && APPLICATION_MODES.indexOf(requested ?? "off") > APPLICATION_MODES.indexOf(current ?? "act");
}
var KEYWORDS = ["official", "any"], BASE_PATTERN = /^[\w*[][\w.\-/:@*[\]]*$/, PATTERN_ERROR = "is not an image name (* matches any characters)", LIST_ERROR = 'is not "official", "any" or a list of image names', MIRROR_PREFIX = /^(?=[^/]*[.:]|localhost)[A-Za-z0-9.\-:[\]]+\/(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)+$/, PREFIX_ERROR = "is not a prefix such as registry.example.org/docker/library/: a host, at least one path component, and a trailing slash", patternSchema = string().regex(BASE_PATTERN, PATTERN_ERROR).refine((name2) => !KEYWORDS.some((one) => one === name2), "must stand alone, not in a list of names"), patternsSchema = array(patternSchema).min(1, 'must contain at least one name; "any" allows every base'), prefixSchema = string().regex(MIRROR_PREFIX, PREFIX_ERROR);
function isLaxerBase(requested, current) {
  return current === "any" || requested === current ? !1 : typeof requested == "string" || typeof current == "string" || hasMore(requested, current);
}
var BASE_ROWS = {
  "allowed-bases": {
    text: `Allowed base images: "official" (Docker's official images), "any", or a list of names (* matches any characters); all others block the release`,
    fallback: "official",
    unset: "official",
    laxer: isLaxerBase,
    file: fileKey(union([_enum(KEYWORDS), patternsSchema], { error: LIST_ERROR }))
  },
  "official-mirrors": {
    text: "Prefixes under which Docker's official images are mirrored, such as registry.example.org/docker/library/",
    fallback: [],
    laxer: hasMore,
    file: fileKey(array(prefixSchema).min(1, noneIn("mirror", "if there is none")))
  }
};

function severityThreshold(keywords, limitOf, { isInput, ...row }) {
  let readOne = (text2) => {
    if (text2 === "never" && !keywords.some((keyword2) => keyword2 === text2))
      return refuse('"never" is not allowed, because a gate that never fails decides nothing');
    let keyword = oneOf(text2, keywords);
    return isRefusal(keyword) ? keyword : limitOf(keyword);
  };
  return {
    ...row,
    unset: row.fallback ?? "never",
    laxer: isHigherForAny,
    file: ownersInFile(keywords, limitOf),
    ...isInput && { input: { value: "SEVERITY", read: (text2) => ownersFrom(text2, readOne) } }
  };
}
var orNever = [...RATED_SEVERITIES, "never"], limitOrNever = (keyword) => keyword === "never" ? null : keyword, SEVERITY_ROWS = {
  "fail-on": severityThreshold(RATED_SEVERITIES, (severity3) => severity3, {
    text: "Lowest severity that blocks the release if a fix can be installed. Values: negligible, low, medium, high or critical, or one each for base and own layers: {base: critical, own: high}, as an input base=critical,own=high",
    fallback: "high",
    isInput: !0
  }),
  "fail-on-unfixed": severityThreshold(orNever, limitOrNever, {
    text: 'Lowest severity that blocks the release if there is no fix. Takes the values of fail-on, and "never"',
    fallback: null,
    isInput: !0
  }),
  "fail-on-deferred": severityThreshold(orNever, limitOrNever, {
    text: 'Lowest severity that blocks the release if Debian has deferred the fix (no-dsa, postponed, ignored). Takes the values of fail-on, and "never"',
    fallback: null,
    isInput: !1
  })
};
function limitFor(limits, owners) {
  if (!isByOwner(limits))
    return { limit: limits, of: null };
  let [first, ...more] = (owners.length === 0 ? LAYER_OWNERS : owners).map((of3) => ({
    limit: limits[of3],
    of: of3
  }));
  return more.reduce(
    (so, one) => isHigher(so.limit, one.limit) ? one : so,
    first ?? { limit: limits.own, of: "own" }
  );
}
function isHigher(requested, current) {
  return current !== null && (requested === null || compareSeverity(requested, current) > 0);
}
function isHigherForAny(requested, current) {
  return LAYER_OWNERS.some(
    (owner2) => isHigher(limitFor(requested, [owner2]).limit, limitFor(current, [owner2]).limit)
  );
}
function ownersInFile(keywords, limitOf) {
  let oneKeyword = keywordSchema(keywords), each = strictObject({ base: oneKeyword, own: oneKeyword }), error = `is neither one of ${keywords.join(", ")} nor one value for each owner, such as {base: critical, own: high}`;
  return fileKey(
    union([oneKeyword, each], { error }),
    (value) => typeof value == "object" ? { base: limitOf(value.base), own: limitOf(value.own) } : limitOf(value)
  );
}
function ownersFrom(text2, read2) {
  if (!text2.includes("="))
    return read2(text2);
  let pairs = text2.split(/[\s,]+/).filter((part2) => part2 !== "").map((part2) => /^(base|own)=([^=]+)$/.exec(part2)), [base, ...moreBases] = pairs.flatMap((pair) => pair?.[1] === "base" ? [pair[2] ?? ""] : []), [own, ...moreOwn] = pairs.flatMap((pair) => pair?.[1] === "own" ? [pair[2] ?? ""] : []);
  if (pairs.includes(null) || base === void 0 || own === void 0 || moreBases.length + moreOwn.length > 0)
    return refuse(
      `${JSON.stringify(text2)} is neither a single severity nor one for each owner, such as base=critical,own=high`
    );
  let [baseLimit, ownLimit] = [read2(base), read2(own)];
  return isRefusal(baseLimit) || isRefusal(ownLimit) ? refuse(...[baseLimit, ownLimit].flatMap((one) => isRefusal(one) ? one.refused : [])) : { base: baseLimit, own: ownLimit };
}
function isByOwner(value) {
  return typeof value == "object" && value !== null && LAYER_OWNERS.every((owner2) => Object.hasOwn(value, owner2));
}
function ownersText(limits) {
  let textOf3 = (limit) => limit ?? "never";
  return isByOwner(limits) ? LAYER_OWNERS.map((owner2) => `${owner2}=${textOf3(limits[owner2])}`).join(",") : textOf3(limits);
}

var UPDATES_MODES = ["any-update", "security"], NEEDS = ["required", "optional"], REQUIRED_RELEASES = ["stable", "supported"], UNEXAMINED_MODES = ["fail", "noted"], MINOR = {
  updates: "security",
  test: "optional",
  requireRelease: null,
  dockerBench: "required",
  unexamined: "noted"
}, DEFAULT_RELEASES = {
  major: { ...MINOR, updates: "any-update", test: "required", requireRelease: "stable" },
  minor: MINOR,
  patch: MINOR
}, oneOfTwo = (values, about) => keywordSchema(values).optional().describe(about);
function valueAloneError({ code, input }) {
  let known = UPDATES_MODES.find((one) => one === input) ?? UPDATES_MODES[1];
  return code === "invalid_type" && typeof input == "string" ? `is a word alone; write what it is about, such as {updates: ${known}}` : void 0;
}
var rulesSchema = strictObject(
  {
    updates: oneOfTwo(
      UPDATES_MODES,
      "Debian updates that it waits for. any-update: everything that apt would install, including point releases; security: only security updates"
    ),
    test: oneOfTwo(NEEDS, "Whether it needs a regression test. Default: required for a major release"),
    "require-release": oneOfTwo(
      REQUIRED_RELEASES,
      "Debian releases that it may be based on, instead of the key require-release. Default for a major release: stable"
    ),
    "docker-bench": oneOfTwo(
      NEEDS,
      "Whether it needs results of Docker Bench itself. Default: required, unless bench-engine is builtin"
    ),
    unexamined: oneOfTwo(
      UNEXAMINED_MODES,
      "fail: application packages and runtimes that were not examined block it. Default: noted"
    )
  },
  { error: valueAloneError }
).optional();
function rulesOf(raw, otherwise) {
  return {
    updates: raw?.updates ?? otherwise.updates,
    test: raw?.test ?? otherwise.test,
    requireRelease: raw?.["require-release"] ?? otherwise.requireRelease,
    dockerBench: raw?.["docker-bench"] ?? otherwise.dockerBench,
    unexamined: raw?.unexamined ?? otherwise.unexamined
  };
}
function isLaxer2(requested, current) {
  let isLaxerIn = (values, one, other2) => values.indexOf(one) > values.indexOf(other2), releases = ["stable", null, "supported"];
  return isLaxerIn(UPDATES_MODES, requested.updates, current.updates) || isLaxerIn(NEEDS, requested.test, current.test) || isLaxerIn(releases, requested.requireRelease, current.requireRelease) || isLaxerIn(NEEDS, requested.dockerBench, current.dockerBench) || isLaxerIn(UNEXAMINED_MODES, requested.unexamined, current.unexamined);
}
var releasesSchema = strictObject({ major: rulesSchema, minor: rulesSchema, patch: rulesSchema }), RELEASE_ROWS = {
  "require-release": keywordThreshold({
    text: "Debian releases that an image may be based on. stable: only the current stable release and, except for a major release, the one before it until 90 days after the new one; supported: any release that still gets security updates",
    fallback: "stable",
    keywords: REQUIRED_RELEASES
  }),
  releases: {
    text: "What a major, minor or patch release needs, such as {major: {test: required, updates: any-update}}",
    fallback: DEFAULT_RELEASES,
    laxer: (requested, current) => RELEASE_KINDS.some((kind) => isLaxer2(requested[kind], current[kind])),
    file: fileKey(releasesSchema, ({ major, minor, patch }) => ({
      major: rulesOf(major, DEFAULT_RELEASES.major),
      minor: rulesOf(minor, DEFAULT_RELEASES.minor),
      patch: rulesOf(patch, DEFAULT_RELEASES.patch)
    }))
  }
};
function rulesForRelease({ release: release2, releases }) {
  return release2 === null ? null : releases[release2];
}
function requiredRelease(gate) {
  return rulesForRelease(gate)?.requireRelease ?? gate.requireRelease;
}

var PLATFORM_ERROR = "is not a platform such as linux/arm64", MAX_PLATFORM_LENGTH = 20, MANY_ERROR = `has more than ${MAX_PLATFORM_LENGTH} platforms; use "all" instead`, platformsSchema = array(string().regex(PLATFORM, PLATFORM_ERROR)).min(1, noneIn("platform", "to use the engine's platform")).max(MAX_PLATFORM_LENGTH, MANY_ERROR), platformSchema = union([literal("all"), platformsSchema], {
  error: 'is neither "all" nor a list of platforms, such as [linux/amd64, linux/arm64]'
});
function readPlatform(text2) {
  if (text2.trim() === "all")
    return "all";
  let names = listFrom(text2, (name2) => PLATFORM.test(name2), PLATFORM_ERROR);
  return names === void 0 || isRefusal(names) ? names : names.length > MAX_PLATFORM_LENGTH ? refuse(MANY_ERROR) : [...new Set(names)];
}
function isLaxerPlatform(requested, current) {
  return current === null || requested === "all" ? !1 : requested === null || current === "all" || hasMore(current, requested);
}
var PLATFORM_ROW = {
  platform: {
    text: 'Platforms to judge if an image has several: "all", or names such as linux/arm64, separated by commas. The worst verdict decides',
    fallback: null,
    unset: "the engine's platform",
    laxer: isLaxerPlatform,
    file: fileKey(platformSchema, (value) => value === "all" ? value : [...new Set(value)]),
    collects: !0,
    input: { value: "LIST", read: readPlatform }
  }
}, START_MODES = ["auto", "false", "true", "given", "hardened"], ENGINES = ["both-required", "both", "builtin"], STRICTNESS = { false: 0, auto: 1, true: 2, given: 3, hardened: 3 };
function isLaxerStart(requested, current) {
  let isLess = STRICTNESS[requested] < STRICTNESS[current];
  return requested !== current && (isLess || STRICTNESS[current] === STRICTNESS.given);
}
function runThreshold(value, texts2) {
  return {
    ...texts2,
    fallback: null,
    laxer: (requested, current) => current !== null && requested !== current,
    file: fileKey(textSchema, (text2) => text2.trim()),
    collects: !0,
    input: { value, read: (text2) => text2 }
  };
}
var RUN_ROWS = {
  "bench-engine": keywordThreshold({
    text: "Which rules judge the image: both (Docker Bench itself and the built-in rules; only the built-in rules if Docker Bench is unavailable, which is not enough for a release), both-required (the verdict is incomplete if Docker Bench is unavailable) or builtin (the built-in rules alone)",
    fallback: "both",
    keywords: ENGINES,
    former: { auto: "both", dbs: "both-required" }
  }),
  "run-options": runThreshold("OPTIONS", {
    text: "The docker run options with which you run the image. Section 5 of Docker Bench judges them; set either this or compose-file"
  }),
  "compose-file": runThreshold("FILE", {
    text: "Compose file that runs the image, relative to the working directory"
  }),
  "compose-service": runThreshold("NAME", {
    text: "Service in compose-file that runs the image",
    unset: "the only service, or the only one with this image"
  }),
  start: keywordThreshold({
    text: "Whether to run the image on an isolated network and inspect it: auto (if run options or a compose file are set), false, true, given or hardened. The last two also test that it becomes healthy: with your own options, or read-only, not as root and without capabilities",
    fallback: "auto",
    keywords: START_MODES,
    laxer: isLaxerStart,
    collects: !0,
    isInput: !0
  })
}, INPUTS_ONLY = new Map([
  ...["bench-image", "bench-source"].map((name2) => [name2, "runs with access to the engine socket"]),
  ...["clair-image", "postgres-image"].map((name2) => [name2, "runs alongside the gate"]),
  ...["build-command", "test"].map((name2) => [name2, "runs on the machine"])
]);

var MAX_SECONDS = 86400, DEFAULT_TIMEOUTS = { download: 120, clair: 120, start: 60, test: 300, update: 3600 }, seconds2 = (most) => [number().positive().max(most), `of seconds, at most ${most}`], SECONDS = numberKey(...seconds2(MAX_SECONDS)), part = (about, most = MAX_SECONDS) => numberSchema(...seconds2(most)).optional().describe(about), partsSchema = strictObject({
  download: part("For each package index, and for the tracker data"),
  clair: part("For each step that waits for Clair"),
  start: part("For the image to become healthy", 3600),
  test: part("For the regression test"),
  update: part("For a whole update, with its builds and tests")
});
function readParts(parts) {
  let all = Object.entries(parts).map(([name2, value]) => [name2, Number(value)]);
  return { ...DEFAULT_TIMEOUTS, ...Object.fromEntries(all) };
}
var TIME_ROWS = {
  timeout: numberThreshold({
    text: "Time limit for the whole run, in seconds. A check without an answer by then makes the verdict incomplete",
    fallback: 900,
    laxer: () => !1,
    collects: !0,
    file: SECONDS,
    input: sameInput("SECONDS", SECONDS)
  }),
  timeouts: {
    text: "Time limits for parts of a run, in seconds: download, clair, start, test and update",
    fallback: DEFAULT_TIMEOUTS,
    laxer: (requested, current) => requested.start > current.start || requested.test > current.test,
    collects: !0,
    file: fileKey(partsSchema, readParts)
  }
};

var UNKNOWN_MODES = ["act", "noted", ...RATED_SEVERITIES];
function isLaxerMode(requested, current) {
  return requested === current || current === "noted" ? !1 : [requested, current].some((mode) => mode === "act" || mode === "noted") || compareSeverity(requested, current) < 0;
}
var MAX_HOURS = 87600, MAX_SPAN_DAYS = 3650, checkSchema = keywordSchema(CHOSEN_CHECK_IDS);
function readChecks(text2) {
  let known = CHOSEN_CHECK_IDS, names = listFrom(text2, (name2) => known.includes(name2), notOneOf(known));
  return names === void 0 || isRefusal(names) ? names : CHOSEN_CHECK_IDS.filter((check) => names.includes(check));
}
var THRESHOLDS = {
  checks: {
    text: "Checks to run, separated by commas or newlines. regression-test needs a test",
    fallback: DEFAULT_CHECK_IDS,
    unset: `${DEFAULT_CHECK_IDS.join(", ")}, and regression-test if there is a test`,
    laxer: (requested, current) => current.some((check) => !requested.includes(check)),
    file: fileKey(array(checkSchema).min(1, noneIn("check", "to run the default checks"))),
    input: { value: "LIST", read: readChecks }
  },
  ...SEVERITY_ROWS,
  ...ACT_WITHIN_ROW,
  "unknown-severity": keywordThreshold({
    text: 'How to treat a fixable vulnerability without a rating: "act", "noted", or the severity to assume',
    fallback: "act",
    keywords: UNKNOWN_MODES,
    laxer: isLaxerMode
  }),
  "epss-at-least": numberThreshold({
    text: "Lowest EPSS score (0 to 1) at which a fixable vulnerability blocks the release, whatever its severity",
    fallback: null,
    unset: "never",
    file: numberKey(number().min(0).max(1), "from 0 to 1")
  }),
  ...APPLICATION_ROWS,
  ...RELEASE_ROWS,
  "max-data-age": numberThreshold({
    text: "Maximum age of the tracker data and the evidence, in hours. For OSV advisories, the limit is this value or 30 days, whichever is longer",
    fallback: 48,
    file: numberKey(int().min(1).max(MAX_HOURS), `of hours from 1 to ${MAX_HOURS}`)
  }),
  "max-span": daysThreshold(1, MAX_SPAN_DAYS, {
    text: "Maximum number of days for which a whitelist entry may be valid",
    fallback: 365
  }),
  ...BASE_ROWS,
  "fail-on-new-only": flagThreshold(
    !1,
    "true: findings that already blocked the release in the baseline no longer block it, except for malware and vulnerabilities in KEV"
  ),
  vex: {
    text: 'OpenVEX files; their statements with the status "not_affected" or "fixed" are accepted',
    fallback: [],
    laxer: hasMore,
    file: fileKey(array(textSchema))
  },
  "vex-author": {
    text: "Author of report.openvex.json",
    fallback: null,
    unset: "seaworthy",
    laxer: () => !1,
    file: fileKey(textSchema, (name2) => name2.trim())
  },
  mode: keywordThreshold({
    text: 'Whether a "fail" or "incomplete" verdict fails the run: enforce or audit. With audit, only outputs and reports show it',
    fallback: "enforce",
    keywords: MODES,
    isInput: !0
  }),
  ...AUDIT_ROW,
  ...PLATFORM_ROW,
  ...RUN_ROWS,
  ...TIME_ROWS
};
function treatedPrograms({ programs, application }) {
  return programs ?? application;
}
var THRESHOLD_ROWS = Object.entries(THRESHOLDS).map(([name2, row]) => ({
  name: name2,
  key: name2.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase()),
  row
}));
function collectThresholds(thresholdOf) {
  let inFileOnly = THRESHOLD_ROWS.flatMap((one) => {
    let value = thresholdOf(one);
    return value === void 0 ? [] : [[one.key, value]];
  });
  return Object.fromEntries(inFileOnly);
}
var DEFAULT_GATE = {
  ...collectThresholds(({ row }) => row.fallback),
  release: null,
  pushes: !1,
  isShared: !1,
  isOffByOsv: !1,
  file: null
};

var NON_POLICY_KEYS = ["place", "path", "file", "writtenId", "notices", "vexAuthor"], COLLECTION_THRESHOLDS = THRESHOLD_ROWS.filter(
  ({ row }) => row.collects === !0
).map(({ key }) => key);
function policyDigest({ gate, whitelist, dictionary, vex }) {
  let { release: _, pushes: __, vex: ___, isShared: ____, isOffByOsv: _____, ...comparable } = gate, thresholds = Object.fromEntries(
    Object.entries(comparable).filter(([key]) => !COLLECTION_THRESHOLDS.includes(key))
  ), entries = whitelist.entries.map((entry) => canonicalJson(entry, NON_POLICY_KEYS)).sort(), documents = vex.map((document) => canonicalJson(document, NON_POLICY_KEYS)).sort(), rest = canonicalJson({ gate: thresholds, whitelist: entries, vex: documents }, NON_POLICY_KEYS);
  return digestOfText(`{"dictionary":${dictionaryText(dictionary)},${rest.slice(1)}`);
}
var dictionaryText = cached((dictionary) => canonicalJson(dictionary, NON_POLICY_KEYS));
function digestOfText(text2) {
  return `sha256:${bytesToHex(sha2562(utf8ToBytes(text2.toWellFormed())))}`;
}
function canonicalJson(value, without = []) {
  return JSON.stringify(value, (_, one) => {
    if (typeof one != "object" || one === null || Array.isArray(one))
      return one;
    let entries = Object.entries(one).filter(([key]) => !without.includes(key));
    return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
  });
}

function splice(text2, splices) {
  let parts = [], at2 = 0;
  for (let one of [...splices].sort((a, b) => a.start - b.start || a.end - b.end))
    parts.push(text2.slice(at2, one.start), one.text), at2 = Math.max(at2, one.end);
  return [...parts, text2.slice(at2)].join("");
}
function memberOf(root, path) {
  let [step, ...rest] = path, found = childOf(root, step);
  return found === null || rest.length === 0 ? found : memberOf(found.value, rest);
}
function childOf({ members }, step) {
  return (typeof step == "number" ? members[step] : members.find(({ key }) => key !== null && key.text === step)) ?? null;
}
function put(text2, mapping, pairs) {
  let replaced = pairs.flatMap(([key, value]) => {
    let member = memberOf(mapping, [key]);
    return member === null ? [] : [replacement(text2, member, value)];
  }), added = pairs.filter(([key]) => memberOf(mapping, [key]) === null);
  if (added.length === 0)
    return replaced;
  let flowPairs = added.map(([key, value]) => `${key}: ${value}`), [first] = mapping.members;
  if (first === void 0)
    return [...replaced, { start: mapping.start, end: mapping.end, text: `{${flowPairs.join(", ")}}` }];
  let { at: at2 } = first, end = mapping.style === "flow" ? ", " : `${lineBreakOf(text2)}${" ".repeat(columnOf(text2, at2))}`;
  return [...replaced, { start: at2, end: at2, text: flowPairs.map((one) => `${one}${end}`).join("") }];
}
function replacement(text2, { at: at2, value: { start, end, style } }, value) {
  let missing = columnOf(text2, at2) + 1 - columnOf(text2, start), spaces = style === "none" ? 1 : Math.max(0, missing);
  return { start, end, text: `${" ".repeat(spaces)}${value}` };
}
function append(text2, root, path, members) {
  let parent = memberOf(root, path);
  if (parent === null || parent.value.kind !== "list" && parent.value.kind !== "mapping")
    return null;
  let { value } = parent, last = value.members.at(-1)?.value, insert = (at3, insertion) => ({ start: at3, end: at3, text: insertion }), isPlainEmpty = /^(?:\[[ \t]*\]|\{[ \t]*\})$/.test(text2.slice(value.start, value.end));
  if (value.style === "flow" && (isInFlow(root, path) || !isPlainEmpty)) {
    let joinedMembers = members.map(({ flow }) => flow).join(", ");
    return [last ? insert(last.end, `, ${joinedMembers}`) : insert(value.start + 1, joinedMembers)];
  }
  let column2 = value.members[0] ? columnOf(text2, value.members[0].at) : columnOf(text2, parent.at) + 2, eol = lineBreakOf(text2), lines = members.flatMap((one) => one.lines.map((line2) => `${" ".repeat(column2)}${line2}`)), at2 = endOfLine(text2, (last ?? value).end), block = endsInBreak(text2, at2) ? `${lines.join(eol)}${eol}` : `${eol}${lines.join(eol)}`;
  if (last)
    return [insert(at2, block)];
  let gap = value.start - withoutEnd(text2.slice(0, value.start), " 	").length;
  return [{ start: value.start - gap, end: value.end, text: "" }, insert(at2, block)];
}
function addBlock(text2, key, members) {
  let eol = lineBreakOf(text2), lines = members.flatMap((one) => one.lines.map((line2) => `  ${line2}`)), keyLines = [`${key}:`, ...lines].map((line2) => `${line2}${eol}`).join("");
  return {
    start: text2.length,
    end: text2.length,
    text: `${endsInBreak(text2, text2.length) ? "" : eol}${keyLines}`
  };
}
function endsInBreak(text2, at2) {
  return /[\r\n]$/.test(text2.slice(Math.max(0, at2 - 1), at2));
}
function isInFlow(root, [step, ...rest]) {
  let child = childOf(root, step);
  return child !== null && (root.style === "flow" || isInFlow(child.value, rest));
}
function remove2(text2, root, path, indexes) {
  let parent = memberOf(root, path), { key, value } = parent ?? { key: null, value: null };
  if (key === null || value === null || value.kind !== "list" && value.kind !== "mapping")
    return null;
  let splices = [];
  for (let [index, member] of value.members.entries()) {
    if (!indexes.has(index))
      continue;
    let isFlow = value.style === "flow", start = isFlow ? member.at : startOfLine(text2, member.at);
    if (/\S/.test(text2.slice(start, member.at)))
      return null;
    let { end } = member.value;
    splices.push(...removalOf(text2, start, isFlow ? afterMark(text2, end, ",") : endOfLine(text2, end), member));
  }
  if (value.style === "flow" || indexes.size < value.members.length)
    return splices;
  let colon = afterMark(text2, key.end, ":");
  return [...splices, { start: colon, end: colon, text: value.kind === "list" ? " []" : " {}" }];
}
function removalOf(text2, start, end, member) {
  let scalars = scalarsOf(member), splices = [];
  for (let at2 = start; at2 < end; ) {
    let next = Math.min(end, endOfLine(text2, at2)), line2 = text2.slice(at2, next), first = at2 + (/\S/.exec(line2)?.index ?? 0), inScalar = scalars.some((one) => one.start <= first && first < one.end);
    (!(at2 === startOfLine(text2, at2)) || inScalar || /^[ \t]*[^\s#]/.test(line2)) && splices.push(wholeLine(text2, at2, next)), at2 = next;
  }
  return splices;
}
function wholeLine(text2, start, end) {
  let begin = startOfLine(text2, start), stop = endOfLine(text2, Math.max(start, end - 1));
  return (text2.slice(begin, start) + text2.slice(end, stop)).trim() === "" ? { start: begin, end: stop, text: "" } : { start, end, text: "" };
}
function scalarsOf({ key, value }) {
  return (key === null ? [value] : [key, value]).flatMap((node) => node.kind === "scalar" ? [node] : node.members.flatMap(scalarsOf));
}
var KEYWORDS2 = /^(?:true|false|null|yes|no|on|off|y|n|[-~]?\.?(?:inf|nan))$/i;
function yamlText(text2, mayBePlain = !0) {
  let isPlain = /^[A-Za-z](?:[\w+./-]| (?=\w))*$/.test(text2) && !KEYWORDS2.test(text2);
  return mayBePlain && isPlain ? text2 : JSON.stringify(text2).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\uFEFF/gu, (char) => {
    let code = char.codePointAt(0) ?? 0;
    return code > 65535 ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

var PATH_DAYS = 90;
function isPath(text2) {
  let names = text2.replace(/^\//, "").split("/"), first = names.findIndex((name2) => name2.includes("*"));
  return !new RegExp("\\p{Cc}", "u").test(text2) && names.every((name2) => !["", ".", ".."].includes(name2)) && (first === -1 || first >= 2);
}
var PATH_ERROR = "is not a path in the image, such as opt/app/lib/legacy.jar; the only wildcard is *, and only behind at least two named folders (opt/app/*)";
function pathNamed(path) {
  return asMember(path.replace(/^\//, ""));
}
function acceptablePaths({ check, id: id3, details = {} }) {
  if (!isAcceptedByPath(check, id3))
    return null;
  let paths = listIn(details, "paths"), sums = listIn(details, "sha256"), fingerprints = listIn(details, "fingerprints");
  return paths.map((path, index) => {
    let sum = sums.length === paths.length ? sums[index] : void 0, fingerprint = fingerprints.length === paths.length ? fingerprints[index] : void 0;
    return {
      path,
      sha256: sum !== void 0 && /^[0-9a-f]{64}$/.test(sum) ? sum : null,
      fingerprint: fingerprint === void 0 || fingerprint === NO_FINGERPRINT ? null : fingerprint
    };
  });
}
function listIn(details, name2) {
  let value = Object.hasOwn(details, name2) ? Reflect.get(details, name2) : null;
  return Array.isArray(value) ? value : [];
}
function namesPath({ path: pattern }, { path }) {
  return pattern !== null && globMatches(pattern, path);
}
function acceptsPath(entry, one) {
  return namesPath(entry, one) && (entry.sha256 === null || entry.sha256 === one.sha256) && (entry.fingerprint === null || entry.fingerprint === one.fingerprint);
}

var ANY_ID = "*";
function covers(entry, finding, image, today) {
  return compareSeverity(neededSeverity(finding), entry.maxSeverity) <= 0 && isUnexpired(entry, today) && isAbout(entry, finding, image);
}
function entriesByPath(finding, image, entries, today) {
  let paths = acceptablePaths(finding);
  if (paths === null)
    return null;
  let relevantEntries = indexEntries(entries).of(finding).filter((entry) => isUnexpired(entry, today) && isAbout(entry, finding, image));
  return paths.map((path) => longest(relevantEntries.filter((entry) => acceptsPath(entry, path))));
}
function isUnexpired(entry, today) {
  return today <= entry.expires;
}
function isAbout(entry, finding, image) {
  let { check, id: id3, ids = [id3] } = finding, names = packageNames(finding), paths = acceptablePaths(finding);
  return appliesToImage(entry, image) && ids.some((one) => names.some((name2) => isNamed(entry, check, one, name2))) && (paths === null || paths.some((path) => namesPath(entry, path)));
}
function packageNames({ package: name2, purl, version = null }) {
  if (purl === void 0 || version === null)
    return [name2];
  let [, numbers = version] = /^pkg:bitnami\/[^@]+@(.+)$/.exec(purl) ?? [];
  return [name2, ...new Set([version, numbers].map((one) => `${name2}@${one}`))];
}
function isNamed(entry, check, id3, name2) {
  return entry.check === check && CHECKS[check].acceptable && isOfId(entry, check, id3) && (entry.package === null || name2 !== null && matchesPackage(entry.package, name2));
}
function matchesPackage(pattern, name2) {
  return pattern.includes("/") === name2.includes("/") && globMatches(pattern, name2);
}
function isOfId({ check: ofEntry, id: named }, check, id3) {
  let { idOptional, id: ids } = CHECKS[ofEntry].entries, wantsId = isAcceptedByIdAlone(check, id3) || idOptional && ids.test(id3);
  return named === id3 || named === ANY_ID && !wantsId;
}
function appliesToImage(entry, image) {
  return (entry.releases === null || image.codename !== null && entry.releases.includes(image.codename)) && (entry.images === null || entry.images.some((pattern) => imageMatches(pattern, image.reference)));
}
function entrySubject(entry) {
  let { check, id: id3, package: name2, path, sha256: sha2563, fingerprint, releases, images } = entry, limits = [releases?.toSorted() ?? null, images?.toSorted() ?? null];
  return JSON.stringify([check, id3, name2, path, sha2563, fingerprint, ...limits]);
}
var indexEntries = cached((entries) => {
  let lists = Map.groupBy(
    entries,
    ({ check, id: id3, package: name2 }) => keyOf2(check, id3, name2 === null || name2.includes("*") ? "*" : name2)
  );
  return {
    of: (finding, most) => {
      let { check, id: id3, ids = [id3] } = finding, names = [...packageNames(finding), "*"];
      return [...new Set([...ids, ANY_ID].flatMap((one) => names.map((name2) => keyOf2(check, one, name2))))].flatMap((key) => lists.get(key)?.slice(0, most) ?? []);
    }
  };
});
function keyOf2(check, id3, name2) {
  return `${check}\0${id3}\0${name2 ?? ""}`;
}
function longest(entries) {
  let byExpiry = (a, b) => compareText(b.expires, a.expires) || comparePlaces(a.place, b.place);
  return [...entries].sort(byExpiry)[0] ?? null;
}
function entriesFor(finding, subject2, entries, today) {
  let relevantEntries = indexEntries(entries).of(finding).filter((entry2) => isAbout(entry2, finding, subject2)), byPath = entriesByPath(finding, subject2, entries, today);
  if (byPath !== null)
    return entriesOfPaths(byPath, relevantEntries, today);
  let covering = relevantEntries.filter((entry2) => covers(entry2, finding, subject2, today)), despite = neededDespite({ kev: finding.kev, malware: isMalware(finding) }), accepting = longest(
    covering.filter(
      (entry2) => despite === null || (despite === "kev" ? entry2.despiteKev : entry2.despiteMalware)
    )
  );
  if (accepting !== null)
    return { accepting, near: null };
  let entry = longest(covering) ?? longest(relevantEntries);
  return entry === null ? { accepting: null, near: null } : {
    accepting: null,
    near: { entry, why: shortfall(entry, finding, covering.includes(entry) ? despite : null, today) }
  };
}
function entriesOfPaths(byPath, about, today) {
  let accepting = byPath.filter((entry2) => entry2 !== null), [first] = accepting.toSorted((a, b) => compareText(a.expires, b.expires));
  if (first !== void 0 && accepting.length === byPath.length)
    return { accepting: first, near: null };
  let entry = longest(about.filter((one) => !accepting.includes(one)));
  if (entry === null)
    return { accepting: null, near: null };
  let { place: place3, expires: on } = entry, why3 = isUnexpired(entry, today) ? { reason: "entry-other-content", place: place3 } : { reason: "entry-expired", place: place3, on };
  return { accepting: null, near: { entry, why: why3 } };
}
function shortfall(entry, { severity: severity3 }, despite, today) {
  let { place: place3, expires: on, maxSeverity } = entry;
  return isUnexpired(entry, today) ? despite === null ? { reason: "entry-too-mild", place: place3, most: maxSeverity, isUnrated: severity3 === "unknown" } : { reason: "entry-not-despite", place: place3, despite } : { reason: "entry-expired", place: place3, on };
}
function acceptedBy({ place: place3, expires: until, reason: why3, owner: owner2 }) {
  return { reason: "accepted", place: place3, until, why: why3, owner: owner2 };
}

var PACKAGE_ERROR = 'is neither a source package name (Debian Policy 5.6.1), nor an application package such as pypi/django, nor a program such as program/nginx, nor "*"';
function packageNamed(text2) {
  if (!text2.includes("/"))
    return text2;
  let whole2 = text2.replace(/^pkg:/, ""), [name2, version] = partsOf(percentDecoded(whole2) ?? whole2), lower = /^(?:pypi|golang|composer)\//.test(name2) ? name2.toLowerCase() : name2, [, bitnami] = /^bitnami\/(.+)$/.exec(lower) ?? [], known = bitnami !== void 0 ? `program/${programOfBitnami(bitnami) ?? bitnami}` : lower.startsWith("pypi/") ? lower.replace(/[-_.]+/g, "-") : lower;
  return version === null ? known : `${known}@${version}`;
}
function partsOf(text2) {
  let [, name2 = text2, version = null] = /^(.*[^/])@([^/@]*)$/s.exec(text2) ?? [];
  return [name2, version];
}

var DEFAULT_CHECK = "clair", entrySchema2 = strictObject({
  id: textSchema.optional().describe(
    "Id of what is accepted: a CVE, or another reported id (TEMP-, GHSA-, GO-, MAL-, PYSEC-, package-database-doubtful). Matched exactly; no wildcards"
  ),
  package: string().regex(PACKAGES, PACKAGE_ERROR).optional().describe(
    'Source package, application package (pypi/django, or its package URL) or program (program/nginx). * matches any characters (linux-*); "*" alone requires any-package: true'
  ),
  "any-package": flagSchema.optional().describe("true: the entry applies to every package"),
  path: string().refine(isPath, PATH_ERROR).optional().describe(
    "Path in the image, as reports show it, for findings that are accepted by path (credentials, not-examined-unreadable, not-examined-cut, not-examined-unknown-owner, unowned-program). * matches any characters, but only behind at least two named folders (opt/app/*)"
  ),
  sha256: string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 sum: 64 lower-case hexadecimal digits").optional().describe(
    "SHA-256 of the file at that path (unowned-program only). Without it, the entry may be valid for at most 90 days"
  ),
  fingerprint: string().regex(
    /^(?:SHA256:[A-Za-z0-9+/]{43}|[0-9a-f]{16}|account:.{1,60})$/,
    "is not a fingerprint as in reports: SHA256:…, 16 hexadecimal digits, or account:NAME"
  ).optional().describe(
    "Fingerprint of the credential at that path, as reports show it (check: credentials only). Without it, the entry may be valid for at most 90 days, and its path has no *"
  ),
  check: _enum(CHECK_IDS, { error: `is not one of ${CHECK_IDS.join(", ")}` }).optional().describe("The check whose findings this entry covers; default: clair"),
  releases: array(string().regex(/^[a-z]+$/, "is not the codename of a Debian release, such as bookworm")).min(1, "must contain at least one release; omit the key to match all releases").optional().describe("Codenames of Debian releases; default: all releases"),
  images: imagePatternsSchema.min(1, "must contain at least one image; omit the key to match all images").optional().describe(
    "Image references, as passed to the gate. A reference with a tag and a digest is also matched by the tag alone. * matches any characters. Default: all images"
  ),
  reason: textSchema.describe("Why the finding needs no action"),
  owner: textSchema.describe("Who is responsible for this entry"),
  added: dateSchema.optional().describe("Day on which the entry was written; max-span is counted from that day"),
  expires: dateSchema.describe("Last day on which this entry applies (YYYY-MM-DD, UTC)"),
  "max-severity": _enum(RATED_SEVERITIES, { error: `is not one of ${RATED_SEVERITIES.join(", ")}` }).optional().describe(
    "Highest severity that this entry accepts (default: low). max-severity: critical also accepts unrated findings"
  ),
  despite: _enum(["kev", "malware"], { error: "is neither kev nor malware" }).optional().describe(
    "kev: accept the finding even though CISA lists it as exploited (KEV); malware: accept the finding even though the package itself is malicious"
  ),
  justification: _enum(JUSTIFICATIONS, { error: `is not one of ${JUSTIFICATIONS.join(", ")}` }).optional().describe(
    'Why the image is not affected, in OpenVEX terms; the status in report.openvex.json is then "not_affected"'
  )
}), datedSchema = object(
  entrySchema2.pick({ id: !0, check: !0, sha256: !0, fingerprint: !0, added: !0, expires: !0 }).shape
), whitelistSchema = strictObject({
  version: versionSchema,
  include: array(textSchema).min(1, "must contain at least one file; omit the key if there is none").optional().describe(
    "Other whitelists that also apply: paths relative to this file, inside the working directory"
  ),
  entries: array(entrySchema2)
}).describe("Findings that the gate accepts (known, low, not urgent), and until when");

function entryErrors2(document) {
  let errors = [], firsts =   new Map();
  return listOf(mappingOf(document.value)?.entries).forEach((value, index) => {
    let entry = mappingOf(value);
    if (entry === null)
      return;
    let add = (key, text2) => {
      let path = key === null ? ["entries", index] : ["entries", index, key];
      document.hasErrors(path) || errors.push(errorAt(document, path, text2));
    };
    idErrors(entry, add), packageErrors(entry, add), pathErrors(entry, add), imageErrors(entry, add), entry.justification !== void 0 && !rulesOf2(entry)?.rated && add("justification", "is allowed only for a vulnerability (check: clair)"), dateErrors(entry, add);
    let subject2 = rawSubject(entry);
    if (subject2 === null)
      return;
    let same = firsts.get(subject2);
    if (same === void 0)
      firsts.set(subject2, index);
    else {
      let first = pathText(["entries", same]);
      add(
        null,
        `covers the same findings as ${first} on line ${document.placeOf(["entries", same]).line}; keep only one of them`
      );
    }
  }), errors;
}
function idErrors(entry, add) {
  let check = checkOf(entry), id3 = entry.id;
  if (check === null || (id3 === void 0 && !CHECKS[check].entries.idOptional && add("id", "is missing"), typeof id3 != "string" || id3.trim() === ""))
    return;
  let program2 = formerProgram(check, id3);
  program2 !== null ? add(
    "id",
    `${shown(id3)} no longer exists: use "id: not-examined-program" with "package: program/${program2}"`
  ) : CHECKS[check].entries.id.test(id3) || add("id", `${shown(id3)} ${CHECKS[check].entries.idError}`);
}
function packageErrors(entry, add) {
  let name2 = entry.package, isAny = String(entry["any-package"]) === "true";
  if (isOf(isAboutProgram, entry)) {
    (isAny || typeof name2 != "string" || !/^(?:program|(?:pkg:)?bitnami)\//.test(name2)) && add(name2 === void 0 ? null : "package", `${shown(String(entry.id))} is about one program: name its program, such as "package: program/node"`);
    return;
  }
  let rules = rulesOf2(entry), check = checkOf(entry), why3 = isOf(isAcceptedByIdAlone, entry) || isOf(isUnexamined, entry) || check !== null && hasFingerprint(check) ? `${shown(String(entry.id))} is not about a package` : rules?.hasPackage === !1 ? "a Docker Bench check has no package" : null;
  if (why3 !== null) {
    (name2 !== void 0 || isAny) && add(name2 === void 0 ? "any-package" : "package", `${why3}, so omit this key`);
    return;
  }
  name2 === void 0 && add("package", "is missing");
  let isByPackage = rules?.idOptional ?? !1;
  isByPackage && entry.id === void 0 && typeof name2 == "string" && name2.includes("*") ? add("package", `an update can be accepted only for a single package, not for ${shown(name2)}`) : isByPackage && name2 === "*" ? add(
    "package",
    '"*" cannot accept missing security support: specify the package, or use a pattern such as linux-*'
  ) : name2 === "*" && !isAny && add("package", '"*" requires any-package: true'), typeof name2 == "string" && name2 !== "*" && isAny && add("any-package", `must not be set, because the package is ${shown(name2)}`);
}
function pathErrors(entry, add) {
  let check = checkOf(entry), { id: id3, path, sha256: sha2563, fingerprint } = entry;
  if (fingerprint !== void 0 && (check === null || !hasFingerprint(check)) && add("fingerprint", "is allowed only for check: credentials"), check === null || typeof id3 != "string" || !isAcceptedByPath(check, id3)) {
    for (let key of ["path", "sha256"])
      entry[key] !== void 0 && add(key, `is allowed only for check: credentials, and for ${BY_PATH_IDS.join(", ")}`);
    return;
  }
  path === void 0 && add(
    "path",
    `is missing: ${shown(id3)} is accepted only for paths; add a line such as "path: opt/app/lib/legacy.jar" with a path from the report`
  ), hasFingerprint(check) && fingerprint === void 0 && typeof path == "string" && path.includes("*") && add("path", "has a *, so the entry needs the fingerprint of the credential"), sha2563 !== void 0 && hasFingerprint(check) ? add("sha256", "is for programs; a credential has a fingerprint") : sha2563 !== void 0 && !hasContent(id3) && add(
    "sha256",
    `the content behind ${shown(id3)} is not known, so omit this key; the entry may be valid for at most ${PATH_DAYS} days`
  );
}
var MATCHES_MANY = /\*.*\/|^[^:@*]*\*/s;
function isOf(holds, entry) {
  let check = checkOf(entry);
  return check !== null && typeof entry.id == "string" && holds(check, entry.id);
}
function imageErrors(entry, add) {
  isOf(isAcceptedByIdAlone, entry) && (entry.images === void 0 ? add("images", `is missing: ${shown(String(entry.id))} can be accepted only for specific images`) : listOf(entry.images).some((image) => typeof image == "string" && MATCHES_MANY.test(image)) && add(
    "images",
    `${shown(String(entry.id))} can be accepted only for specific images: "*" is allowed only in a tag`
  ));
}
function dateErrors({ added, expires }, add) {
  typeof added == "string" && typeof expires == "string" && isDate(added) && added > expires && add("added", `${shown(added)} is after the entry's expiry date`);
}
function checkOf(entry) {
  let check = entry.check ?? DEFAULT_CHECK;
  return typeof check == "string" && Object.hasOwn(CHECKS, check) ? check : null;
}
function rulesOf2(entry) {
  let check = checkOf(entry);
  return check === null ? null : CHECKS[check].entries;
}
function rawSubject(entry) {
  if (entry.id === void 0 && !rulesOf2(entry)?.idOptional)
    return null;
  let text2 = (value) => typeof value == "string" ? value : JSON.stringify(value), list = (value) => Array.isArray(value) ? value.map(text2) : null, textOrNull2 = (value) => value === void 0 ? null : text2(value), { check = DEFAULT_CHECK, id: id3 = ANY_ID, package: name2 = "*" } = entry;
  return entrySubject({
    path: textOrNull2(entry.path),
    sha256: textOrNull2(entry.sha256),
    fingerprint: textOrNull2(entry.fingerprint),
    check: text2(check),
    id: text2(id3),
    package: text2(name2),
    releases: list(entry.releases),
    images: list(entry.images)
  });
}

var FORMATS = ["clair-scanner", "trivyignore", "trivyignore.yaml", "grype"];
function readRules(text2, file2, formatInput) {
  let format = formatInput ?? formatOf(text2, file2);
  if (format === "trivyignore")
    return { rules: readTrivyIgnore(text2), notes: [] };
  let document = readYaml(text2, file2);
  if (mappingOf(document.value) === null)
    throw unreadable(file2, document.errors[0]?.text ?? `the file is not in the ${format} format`);
  let errors = document.errors.map(({ place: place3, text: text3 }) => `${at(place3)}: ${text3}`), { rules, notes } = READERS[format](document);
  return { rules, notes: [...errors, ...notes] };
}
var READERS = {
  "clair-scanner": readClairScanner,
  "trivyignore.yaml": readTrivyYaml,
  grype: readGrype
};
function readClairScanner(document) {
  let rules = [], take2 = (path, images) => {
    for (let [id3, field] of membersOf2(valueAt(document.value, path))) {
      let line2 = document.placeOf([...path, id3]).line, reason3 = typeof field == "string" && field !== "" ? field : null;
      rules.push({ line: line2, id: id3, package: null, images, reason: reason3, expires: null, cannot: null });
    }
  };
  for (let [key, value] of membersOf2(document.value))
    if (key.toLowerCase() === "generalwhitelist" && take2([key], null), key.toLowerCase() === "images")
      for (let [image] of membersOf2(value))
        take2([key, image], [image, `${image}:*`]);
  return { rules, notes: [] };
}
function readTrivyYaml(document) {
  let notes = [];
  for (let [key, value] of membersOf2(document.value))
    if (key !== "vulnerabilities" && Array.isArray(value) && value.length > 0) {
      let place3 = at(document.placeOf([key]));
      notes.push(`${place3}: ${key} not carried over: only vulnerabilities are imported`);
    }
  return { rules: itemsOf(document, "vulnerabilities").flatMap(({ item, line: line2 }) => {
    let paths = item.paths === void 0 ? null : "it applies only to some paths, and a whitelist entry cannot be limited to paths", unknown2 = unconvertibleConditions(item, ["id", "paths", "purls", "expired_at", "statement"]), base = {
      line: line2,
      id: textOf(item.id) ?? "(no id)",
      images: null,
      reason: textOf(item.statement),
      expires: textOf(item.expired_at)?.slice(0, 10) ?? null,
      cannot: paths ?? unknown2
    }, purls = listOf(item.purls);
    return purls.length === 0 ? [{ ...base, package: null }] : purls.map((purl) => {
      let [, name2, atSign] = /^pkg:deb\/[^/@?#]+\/([^/@?#]+)(@)?/.exec(textOf(purl) ?? "") ?? [], whole2 = name2 === void 0 ? null : percentDecoded(name2), version = atSign === void 0 ? null : "it applies to only one version, and the import does not support versions", foreign = whole2 === null ? `${JSON.stringify(purl)} is not a Debian package` : null;
      return { ...base, package: whole2, cannot: base.cannot ?? foreign ?? version };
    });
  }), notes };
}
function readGrype(document) {
  return { rules: itemsOf(document, "ignore").map(({ item, line: line2 }) => {
    let detail = Object.fromEntries(membersOf2(item.package)), names = [textOf(detail["upstream-name"]), textOf(detail.name)].filter((one) => one !== null), unsupportedName = names.find((name2) => !/^[a-z0-9][a-z0-9+.-]*$/.test(name2) || /\.[*+]/.test(name2)), type = textOf(detail.type), unsupportedReason = item.vulnerability === void 0 ? "it is not for a single vulnerability" : unconvertibleConditions(item, ["vulnerability", "reason", "package", "include-aliases"]) ?? unconvertibleConditions(detail, ["name", "type", "upstream-name"]) ?? (type !== null && type !== "deb" ? `it is for packages of type ${JSON.stringify(type)}` : null) ?? (unsupportedName === void 0 ? null : `the package name ${JSON.stringify(unsupportedName)} is a pattern`) ?? (new Set(names).size > 1 ? "it specifies both a source and a binary package" : null), id3 = textOf(item.vulnerability) ?? "(no vulnerability)", rest = { images: null, reason: textOf(item.reason), expires: null, cannot: unsupportedReason };
    return { line: line2, id: id3, package: names[0] ?? null, ...rest };
  }), notes: [] };
}
function readTrivyIgnore(text2) {
  let note = null;
  return text2.split(/\r\n|\r|\n/).flatMap((line2, index) => {
    let text3 = line2.replace(/^\uFEFF/, "").trim();
    if (text3 === "" || text3.startsWith("#"))
      return note = text3 === "" ? null : [note, text3.replace(/^#+\s*/, "")].filter(Boolean).join(" "), [];
    let [id3 = "", ...rest] = text3.split(/\s+/), expires = rest.find((field) => field.startsWith("exp:"))?.slice(4) ?? null;
    return [{ line: index + 1, id: id3, package: null, images: null, reason: note, expires, cannot: null }];
  });
}
function itemsOf(document, key) {
  return listOf(valueAt(document.value, [key])).map((item, index) => ({
    item: Object.fromEntries(membersOf2(item)),
    line: document.placeOf([key, index]).line
  }));
}
function unconvertibleConditions(item, known) {
  let unknownKeys = Object.keys(item).filter((key) => !known.includes(key) && item[key] !== "");
  return unknownKeys.length === 0 ? null : `it also sets ${unknownKeys.join(", ")}, which a whitelist entry cannot express`;
}
function membersOf2(value) {
  return Object.entries(mappingOf(value) ?? {});
}
function textOf(value) {
  return typeof value == "string" && value.trim() !== "" ? value.trim() : null;
}
function otherTool(text2) {
  if (/^["']?(?:entries|include)["']?:/m.test(text2))
    return null;
  let rules = readTrivyIgnore(text2);
  if (rules.length > 0 && rules.every(({ id: id3 }) => /^(?:CVE-\d|GHSA-|AVD-|DLA-|DSA-)[\w-]+$/.test(id3)))
    return "Trivy";
  let format = yamlFormat(text2);
  return format === null ? null : TOOLS[format];
}
var TOOLS = {
  "clair-scanner": "clair-scanner",
  "trivyignore.yaml": "Trivy",
  grype: "Grype"
};
function yamlFormat(text2) {
  return /^["']?(?:generalwhitelist|images)["']?:/im.test(text2) ? "clair-scanner" : /^["']?ignore["']?:/m.test(text2) ? "grype" : /^["']?(?:vulnerabilities|misconfigurations|secrets|licenses)["']?:/m.test(text2) ? "trivyignore.yaml" : null;
}
function formatOf(text2, file2) {
  if (!/\.ya?ml$/i.test(file2) && !/^[ \t]*["']?[a-z]+["']?:/m.test(text2))
    return "trivyignore";
  let format = yamlFormat(text2);
  if (format !== null)
    return format;
  throw unreadable(
    file2,
    `the format of the file is not recognized; specify it with --format ${FORMATS.join(" | ")}`
  );
}
function unreadable(file2, what) {
  return new SeaworthyError({ code: "import-unreadable", what, where: file2 });
}

function readWhitelist(text2, file2, limit = null) {
  let { entries, errors } = readWhitelistFile(text2, file2, limit);
  if (errors.length > 0)
    throw policyError(errors);
  return { file: file2, entries };
}
function readWhitelistFile(text2, file2, limit) {
  let tool = otherTool(text2);
  if (tool !== null)
    return { entries: [], includes: [], errors: [otherToolError(tool, file2)] };
  let document = readYaml(text2, file2), errors = [
    ...shapeErrors(document, whitelistSchema),
    ...entryErrors2(document),
    ...limit === null ? [] : spanErrors(document, limit)
  ], parsed = errors.length > 0 ? null : whitelistSchema.parse(document.value);
  if (parsed === null)
    return { entries: [], includes: [], errors };
  let entries = parsed.entries.map((raw, index) => toEntry(raw, document.placeOf(["entries", index]))), includes = (parsed.include ?? []).map((path, index) => ({
    path: path.trim(),
    place: document.placeOf(["include", index])
  }));
  return { entries, includes, errors };
}
function otherToolError(tool, file2) {
  let text2 = `this file is in the format of ${tool}. Rename it, and import it under its new name: seaworthy whitelist import FILE --owner NAME`;
  return { place: { file: file2, line: 1 }, text: text2 };
}
function spanErrors(document, limit) {
  return listOf(mappingOf(document.value)?.entries).flatMap((value, index) => {
    let read2 = datedSchema.safeParse(value);
    if (!read2.success)
      return [];
    let { id: id3 = ANY_ID, check = DEFAULT_CHECK, added = null, ...rest } = read2.data, text2 = spanError({ id: id3, check, added, ...rest }, limit), place3 = document.placeOf(["entries", index, "expires"]);
    return text2 === null ? [] : [{ place: place3, text: `entries[${index}].expires: ${text2}` }];
  });
}
function spanError(entry, { today, maxSpan }) {
  let { check, id: id3 = "", sha256: sha2563 = null, fingerprint = null } = entry, { mostDays } = CHECKS[check].entries, limits = [
    { most: maxSpan, whose: "(max-span)" },
    ...id3 === ANY_ID && mostDays !== null ? [{ most: mostDays, whose: `for a ${check} entry without an id` }] : [],
    ...isAcceptedByPath(check, id3) && (sha2563 ?? fingerprint) === null ? [
      {
        most: PATH_DAYS,
        whose: `for an entry with a path but without ${hasFingerprint(check) ? "a fingerprint" : "the sha256 of its content"}`
      }
    ] : []
  ], { most, whose } = limits.reduce((a, b) => b.most < a.most ? b : a), counted = entry.added !== null && entry.added < today ? entry.added : today, days = daysBetween(counted, entry.expires);
  if (days <= most)
    return null;
  let from2 = counted === today ? "after the date of the verdict" : "after the entry was added";
  return `${entry.expires} is ${days} days ${from2} (${counted}); the maximum is ${most} ${whose}`;
}
function toEntry(raw, place3) {
  return {
    id: raw.id ?? ANY_ID,
    package: raw.package === void 0 || raw.package === "*" ? null : packageNamed(raw.package),
    path: raw.path === void 0 ? null : pathNamed(raw.path),
    sha256: raw.sha256 ?? null,
    fingerprint: raw.fingerprint ?? null,
    check: raw.check ?? DEFAULT_CHECK,
    releases: raw.releases ?? null,
    images: raw.images ?? null,
    reason: raw.reason.trim(),
    owner: raw.owner.trim(),
    added: raw.added ?? null,
    expires: raw.expires,
    maxSeverity: raw["max-severity"] ?? "low",
    despiteKev: raw.despite === "kev",
    despiteMalware: raw.despite === "malware",
    justification: raw.justification ?? null,
    place: place3
  };
}

var EMPTY_WHITELIST = `# Findings that the gate accepts: known, low, not urgent. Each has a reason, an owner and an expiry date.
version: 1
entries: []
`;
function addEntries(text2, file2, added) {
  let before = readWhitelist(text2, file2);
  if (added.length === 0)
    return text2;
  let members = added.map((entry) => {
    let pairs = entryPairs(entry);
    return {
      lines: pairs.map((pair, index) => `${index === 0 ? "- " : "  "}${pair}`),
      flow: `{${pairs.join(", ")}}`
    };
  }), splices = append(text2, rootOf2(text2, file2), ENTRIES, members);
  return verifiedEdit(text2, splices, file2, [...before.entries, ...added]);
}
function removeEntries(text2, file2, indexes) {
  let before = readWhitelist(text2, file2);
  if (indexes.size === 0)
    return text2;
  let splices = remove2(text2, rootOf2(text2, file2), ENTRIES, indexes);
  return verifiedEdit(
    text2,
    splices,
    file2,
    before.entries.filter((_, index) => !indexes.has(index))
  );
}
var ENTRIES = ["entries"];
function rootOf2(text2, file2) {
  let walked = walkYaml(text2), root = "documents" in walked ? walked.documents[0] : void 0;
  if (root === void 0 || text2.includes("�"))
    throw uneditable(file2);
  return root;
}
function entryPairs(entry) {
  let list = (items) => `[${items.map((item) => yamlText(item, !1)).join(", ")}]`;
  return [
    `id: ${yamlText(entry.id)}`,
    ...subjectPairs(entry),
    ...entry.check === DEFAULT_CHECK ? [] : [`check: ${entry.check}`],
    ...entry.releases === null ? [] : [`releases: ${list(entry.releases)}`],
    ...entry.images === null ? [] : [`images: ${list(entry.images)}`],
    `reason: ${yamlText(entry.reason)}`,
    `owner: ${yamlText(entry.owner)}`,
    ...entry.added === null ? [] : [`added: ${entry.added}`],
    `expires: ${entry.expires}`,
    ...entry.maxSeverity === "low" ? [] : [`max-severity: ${entry.maxSeverity}`],
    ...entry.despiteKev ? ["despite: kev"] : [],
    ...entry.despiteMalware ? ["despite: malware"] : [],
    ...entry.justification === null ? [] : [`justification: ${entry.justification}`]
  ];
}
function subjectPairs({ package: name2, path, sha256: sha2563, fingerprint }) {
  return path !== null ? [
    `path: ${yamlText(path)}`,
    ...sha2563 === null ? [] : [`sha256: ${yamlText(sha2563)}`],
    ...fingerprint === null ? [] : [`fingerprint: ${yamlText(fingerprint)}`]
  ] : name2 === null ? ['package: "*"', "any-package: true"] : [`package: ${yamlText(name2)}`];
}
function verifiedEdit(text2, splices, file2, meant) {
  if (splices === null)
    throw uneditable(file2);
  let edited = splice(text2, splices), found = readOrNull(() => readWhitelist(edited, file2).entries);
  if (canonicalJson(found, ["place"]) !== canonicalJson(meant, ["place"]))
    throw uneditable(file2);
  return edited;
}
function uneditable(file2) {
  return new SeaworthyError({
    code: "whitelist-uneditable",
    what: "the file is written in a form that cannot be edited line by line, so it was left unchanged",
    where: file2
  });
}

function coversAll(wide, narrow) {
  return wide.check === narrow.check && isOfId(wide, narrow.check, narrow.id) && wide.expires >= narrow.expires && (wide.package === null || wide.package === narrow.package || narrow.package !== null && matchesPackage(wide.package, narrow.package)) && fitsPath(wide, narrow) && compareSeverity(wide.maxSeverity, narrow.maxSeverity) >= 0 && (wide.despiteKev || !narrow.despiteKev) && (wide.despiteMalware || !narrow.despiteMalware) &&  
  (narrow.justification === null || narrow.justification === wide.justification) && allIn(wide.releases, narrow.releases, (one, other2) => one === other2) && allIn(wide.images, narrow.images, globMatches);
}
function fitsPath(wide, narrow) {
  return (wide.path === narrow.path || narrow.path !== null && namesPath(wide, { path: narrow.path })) && (wide.sha256 === null || wide.sha256 === narrow.sha256) && (wide.fingerprint === null || wide.fingerprint === narrow.fingerprint);
}
function allIn(wide, narrow, holds) {
  return wide === null ? !0 : narrow?.every((one) => wide.some((other2) => holds(other2, one))) ?? !1;
}
var MAX_COMPARED = 200;
function overlapsOf(allEntries) {
  let entries = [...allEntries].sort((a, b) => comparePlaces(a.place, b.place)), index = indexEntries(entries), overlaps =   new Map();
  for (let entry of entries) {
    let wider = index.of(entry, MAX_COMPARED).toSorted((a, b) => comparePlaces(a.place, b.place)).slice(0, MAX_COMPARED).find((other2) => other2 === entry || !coversAll(other2, entry) ? !1 : !coversAll(entry, other2) || comparePlaces(other2.place, entry.place) < 0);
    if (wider === void 0)
      continue;
    let same = entrySubject(entry) === entrySubject(wider);
    overlaps.set(entry, {
      kind: same ? "duplicate" : "shadowed",
      text: same ? `covers the same findings as the entry at ${at(wider.place)}, which is valid for at least as long; keep only one of them` : `is never needed: the entry at ${at(wider.place)} accepts everything that this one does, for at least as long`
    });
  }
  return overlaps;
}

function entryNotices(entries, images, today, isShared = !1) {
  let found = findingsByEntry(entries, images), overlaps = overlapsOf(entries.filter((entry) => isUnexpired(entry, today)));
  return [...entries].sort((a, b) => comparePlaces(a.place, b.place)).flatMap((entry) => {
    let notice = (kind, text2) => ({ kind, place: entry.place, text: `${nameOf(entry)} ${text2}` });
    if (!isUnexpired(entry, today))
      return [notice("expired", `expired on ${entry.expires}`)];
    let matchingFindings = found.get(entry) ?? [], unused = matchingFindings.length === 0 && !isShared && isKnownUnused(entry, images), overlap = overlaps.get(entry), broad = breadthOf(entry, matchingFindings), missedImages = imagesMissedBy(entry, images);
    return [
      ...missedImages === null ? [] : [notice("unused", missedImages)],
      ...unused ? [notice("unused", unusedText(entry, images))] : [],
      ...overlap === void 0 ? [] : [notice(overlap.kind, overlap.text)],
      ...broad === null ? [] : [notice("broad", broad)],
      ...unused ? [] : expiring(entry, images, today).map((text2) => notice("expiring", text2))
    ];
  });
}
function imagesMissedBy(entry, images) {
  let eligible = images.filter(({ subject: subject2 }) => appliesToImage({ ...entry, images: null }, subject2));
  return entry.images === null ? null : unmatchedImage(
    entry.images,
    eligible.map(({ subject: subject2 }) => subject2.reference)
  );
}
var NAMED_PACKAGES = 3;
function unusedText(entry, images) {
  let { id: id3, package: name2 } = entry;
  if (id3 === ANY_ID || name2 === null || name2.includes("*"))
    return "matches nothing";
  let findings = images.filter(({ subject: subject2 }) => appliesToImage(entry, subject2)).flatMap(({ verdict }) => verdict.findings), built = findings.find(
    (one) => one.binaries.some((binary) => isNamed(entry, one.check, one.id, binary.name))
  );
  if (built !== void 0 && built.package !== null)
    return `matches nothing: ${name2} is a binary package of ${built.package}; specify ${built.package} instead`;
  let others = findings.filter((one) => one.package !== null && isNamed(entry, one.check, one.id, name2)), packages2 = [...new Set(others.map((one) => one.package))];
  return packages2.length === 0 || packages2.length > NAMED_PACKAGES ? "matches nothing" : `matches nothing: ${id3} was found in ${packages2.join(", ")}, not in ${name2}`;
}
function nameOf({
  id: id3,
  package: name2,
  path = null,
  check
}) {
  return path !== null ? `${id3} (${path})` : isAcceptedByIdAlone(check, id3) ? id3 : `${id3 === ANY_ID ? check : id3} (${name2 ?? "any package"})`;
}
function unusedEntries(entries, images) {
  let found = findingsByEntry(entries, images);
  return new Set(entries.filter((entry) => !found.has(entry) && isKnownUnused(entry, images)));
}
function findingsByEntry(entries, images) {
  let index = indexEntries(entries), pairs = images.flatMap(
    ({ subject: subject2, verdict }) => verdict.findings.flatMap((finding) => index.of(finding).filter((entry) => isAbout(entry, finding, subject2)).map((entry) => ({ entry, finding })))
  ), groups = Map.groupBy(pairs, ({ entry }) => entry);
  return new Map([...groups].map(([entry, all]) => [entry, all.map(({ finding }) => finding)]));
}
function isKnownUnused(entry, images) {
  return images.every(
    ({ verdict }) => verdict.checks.some((check) => check.check === entry.check && check.state === "answered")
  ) && images.some(({ subject: subject2 }) => appliesToImage(entry, subject2));
}
function expiring(entry, images, today) {
  let days = daysBetween(today, entry.expires), { added, expires } = entry, isInFirstHalf = added !== null && daysBetween(added, today) < daysBetween(added, expires) / 2;
  if (days > CHECKS[entry.check].entries.soonDays || isInFirstHalf)
    return [];
  if (!images.some(({ subject: subject2 }) => appliesToImage(entry, subject2)))
    return [];
  let when = days === 0 ? "which is today" : days === 1 ? "in 1 day" : `in ${days} days`;
  return [`expires on ${entry.expires}, ${when}`];
}
var MIN_LETTERS = 3;
function breadthOf(entry, about) {
  let { package: name2, maxSeverity, images } = entry, high = isAtLeast(maxSeverity, "high"), { rated } = CHECKS[entry.check].entries;
  if (rated && name2 === null && high)
    return `applies to any package, up to severity ${maxSeverity}; specify the packages, or set a lower max-severity`;
  if (name2?.includes("*") && letters(name2.slice(name2.indexOf("/") + 1)) < MIN_LETTERS)
    return `has package: "${name2}", which matches almost any package; specify the packages`;
  if (images?.some((pattern) => letters(pattern) === 0))
    return 'has images: "*", which matches every image; specify the images, or omit this key';
  let worst2 = about.map(({ severity: severity3 }) => severity3).sort(compareSeverity).at(-1);
  if (worst2 === void 0)
    return null;
  let allRated = about.every(({ severity: severity3 }) => severity3 !== "unknown");
  return rated && high && allRated && !isAtLeast(worst2, "medium") ? `accepts findings up to ${maxSeverity}, but covers only ${worst2} ones; set a lower max-severity, so that the entry stops applying if a severity rises` : entry.despiteKev && about.every(({ kev }) => kev === !1) ? "has despite: kev, but covers no finding that is in KEV; remove despite: kev" : entry.despiteMalware && about.every(({ malware }) => malware !== !0) ? "has despite: malware, but covers no package that is malicious; remove despite: malware" : null;
}
function letters(pattern) {
  return pattern.replaceAll("*", "").length;
}

var DESPITE = {
  kev: "is in CISA's KEV list, so its entry needs despite: kev, which you must add yourself",
  malware: "is malicious, so its entry needs despite: malware, which you must add yourself"
}, UNSUPPORTED_NAME = "whitelist entries do not support this form of id or package name", USUAL_DAYS = 90;
function usualEnd({ today, maxSpan }) {
  return addDays(today, Math.min(USUAL_DAYS, maxSpan));
}
function entryBy(signOff, part2) {
  let { reason: reason3, owner: owner2, images, releases, today } = signOff;
  return {
    path: null,
    sha256: null,
    fingerprint: null,
    check: DEFAULT_CHECK,
    releases,
    images,
    reason: reason3,
    owner: owner2,
    added: today,
    expires: signOff.expires ?? usualEnd(signOff),
    maxSeverity: "low",
    despiteKev: !1,
    despiteMalware: !1,
    justification: null,
    ...part2
  };
}
function proposeEntries(images, ids, signOff) {
  let eligible = images.flatMap(({ verdict }) => verdict.findings.filter((one) => isEligible(one, ids))), subjectOf = ({ id: id3, package: name2 }) => `${name2}\0${id3}`, found = groupsBy(eligible, subjectOf).map(mostSevere), entries = found.toSorted((a, b) => compareText(subjectOf(a), subjectOf(b))).map((finding) => {
    let severity3 = neededSeverity(finding), maxSeverity = isAtLeast(severity3, "low") ? severity3 : "low";
    return entryBy(signOff, { id: finding.id, package: finding.package, maxSeverity });
  }), byPath = pathEntries(images, ids, signOff), without = ids.filter(
    (id3) => !byPath.some((entry) => entry.id === id3) && !eligible.some((finding) => isNamed2(finding, [id3]))
  );
  return {
    entries: [...entries.filter(acceptsPackageName), ...byPath],
    notes: [
      ...without.map((id3) => `${id3}: the report has no finding with this id that needs a whitelist entry`),
      ...ids.length === 0 && entries.length === 0 ? [
        'the report lists no vulnerability as "noted"; to accept vulnerabilities that block the release or have no fix, specify their ids (--id)'
      ] : [],
      ...entries.filter((entry) => !acceptsPackageName(entry)).map((entry) => `${nameOf(entry)}: ${UNSUPPORTED_NAME}`),
      ...found.flatMap((one) => {
        let despite = neededDespite(one);
        return despite === null ? [] : `${nameOf(one)} ${DESPITE[despite]}`;
      })
    ]
  };
}
function isEligible(finding, ids) {
  let { check, id: id3, package: name2, agreement, ruling } = finding;
  return !CHECKS[check].entries.rated || name2 === null || agreement === "refuted" ? !1 : isNamed2(finding, ids) ? ["act", "due", "unfixed", "noted"].includes(ruling) : ruling === "noted" && ids.length === 0 && !Object.hasOwn(OBSTACLES, id3);
}
function pathEntries(images, ids, signOff) {
  return images.flatMap(({ verdict }) => verdict.findings).filter(({ ruling }) => ruling !== "accepted").flatMap(
    (finding) => ids.includes(finding.id) ? (acceptablePaths(finding) ?? []).map(
      (one) => entryBy(signOff, { id: finding.id, package: null, ...one })
    ) : []
  );
}
function unknownIds(images, ids) {
  let findings = images.flatMap(({ verdict }) => verdict.findings);
  return ids.filter((id3) => !findings.some((finding) => isNamed2(finding, [id3])));
}
function isNamed2({ id: id3, ids: others = [] }, requested) {
  return [id3, ...others].some((one) => requested.includes(one));
}
function withEntries(file2, before, entries, notes, limit) {
  let text2 = before ?? EMPTY_WHITELIST, existing = new Map(readWhitelist(text2, file2).entries.map((one) => [entrySubject(one), one])), noted = [...notes], entriesToAdd = [], subjects =   new Set();
  for (let entry of entries) {
    let key = entrySubject(entry), same = existing.get(key), tooLong2 = spanError(entry, limit);
    if (same !== void 0) {
      let state = isUnexpired(same, limit.today) ? "exists already" : `expired on ${same.expires}; renew it there`;
      noted.push(`${nameOf(entry)}: the entry on line ${same.place.line} ${state}`);
    } else tooLong2 !== null ? noted.push(`${nameOf(entry)}: ${tooLong2}`) : subjects.has(key) || entriesToAdd.push(entry);
    subjects.add(key);
  }
  return {
    file: file2,
    before,
    after: entriesToAdd.length === 0 ? before : addEntries(text2, file2, entriesToAdd),
    notes: noted
  };
}
function pruned(file2, before, images, today) {
  let { entries } = readWhitelist(before, file2), unused = images.length === 0 ?   new Set() : unusedEntries(entries, images), gone =   new Map();
  entries.forEach((entry, index) => {
    let why3 = isUnexpired(entry, today) ? unused.has(entry) ? `matches nothing in ${images.length === 1 ? "the image" : `any of the ${images.length} images`}` : null : `expired on ${entry.expires}`;
    why3 !== null && gone.set(index, `line ${entry.place.line}: ${nameOf(entry)} ${why3}`);
  });
  let after = removeEntries(before, file2, new Set(gone.keys()));
  return { file: file2, before, after, notes: [...gone.values()] };
}

function whitelistEntry(finding, limit) {
  let { check, id: id3, package: name2 } = finding;
  if (isAcceptedByPath(check, id3)) {
    let entries = pathEntries2(finding, limit);
    return entries.length === 0 ? null : entries.join(`
`);
  }
  return finding.ruling !== "noted" || finding.agreement === "refuted" || isNotedWithoutEntry(finding) || !isKnownVulnerability(finding) || name2 === null || !acceptsPackageName(finding) ? null : entryText(id3, [`package: ${yamlText(name2)}`], limit, neededKeys(finding));
}
function entryText(id3, about, limit, more = []) {
  let expires = `expires: "${usualEnd(limit)}"`;
  return [`id: ${yamlText(id3)}`, ...about, 'reason: ""', 'owner: ""', expires, ...more].map((line2, index) => `${index === 0 ? "  - " : "    "}${line2}`).join(`
`);
}
var MAX_CHARACTERS = 1e4;
function pathEntries2(finding, limit) {
  let isOfKind = hasFingerprint(finding.check);
  if (["accepted", "due"].includes(finding.ruling) || isNotedWithoutEntry(finding) || isOfKind && !finding.blocks)
    return [];
  let check = isOfKind ? [`check: ${finding.check}`] : [], characters = 0;
  return (acceptablePaths(finding) ?? []).flatMap(({ path, sha256: sha2563, fingerprint }) => {
    let content = [
      ...sha2563 === null ? [] : [`sha256: ${yamlText(sha2563)}`],
      ...fingerprint === null ? [] : [`fingerprint: ${yamlText(fingerprint)}`]
    ], text2 = entryText(finding.id, [...check, `path: ${yamlText(path)}`, ...content], limit);
    return characters += text2.length + 1, /^[ -~]+$/.test(path) && isPath(path) && characters <= MAX_CHARACTERS ? [text2] : [];
  });
}
function isNotedWithoutEntry({ because: because2 }) {
  return because2.some(({ reason: reason3 }) => reason3 === "host-kernel" || reason3 === "spared");
}
function whitelistEntries(findings, limit) {
  let byPath = findings.filter(({ check, id: id3 }) => isAcceptedByPath(check, id3)), byName = findings.filter((one) => !byPath.includes(one) && whitelistEntry(one, limit) !== null);
  return [
    ...groupsBy(byName, ({ id: id3, package: name2 }) => `${id3}
${name2}`).flatMap(
      (same) => whitelistEntry(mostSevere(same), limit) ?? []
    ),
    ...byPath.flatMap((finding) => pathEntries2(finding, limit))
  ];
}
function entriesOf(image, limit) {
  let ofPaths = findingsOf(image, "act").filter(({ check, id: id3 }) => isAcceptedByPath(check, id3));
  return whitelistEntries([...ofPaths, ...findingsOf(image, "noted")], limit);
}

function paintBlock(block, painters) {
  return painters[block.kind](block);
}
function blocksOf(verdict) {
  let { head, images, tail } = partsOf2(verdict);
  return [...head, ...images.flatMap(({ blocks }) => blocks), ...tail];
}
function partsOf2(verdict) {
  let statements = verdictStatements(verdict), [ofAll, ofOne] = verdict.images.length === 1 ? [NONE2, statements] : [statements, NONE2], notices = noticesOf(verdict);
  return {
    head: [{ kind: "heading", mode: modeLine(verdict, auditEndOf(verdict)) }, ...limitsBlock(ofAll.limits)],
    images: verdict.images.map((image) => ({ image, blocks: imageBlocks(image, verdict, ofOne) })),
    tail: [
      ...notices.length === 0 ? [] : [{ kind: "notices", notices }],
      ...detailsBlock(ofAll.details),
      { kind: "data" }
    ]
  };
}
var NONE2 = { limits: [], details: [] }, limitsBlock = (limits) => limits.length === 0 ? [] : [{ kind: "limits", limits }], detailsBlock = (details) => details.length === 0 ? [] : [{ kind: "details", details }];
function imageBlocks(image, verdict, ofAll) {
  let { dockerfileChange, dockerfile } = image, [change, tasks, bench] = [changesOf2(image), tasksOf(image), benchOf(image)], entries = entriesOf(image, verdict), own = imageStatements(image, verdict.judgedBy.release), lines = [ownersAndKev(image), dueLine(image), deferredLine(image)].filter((line2) => line2 !== null);
  return [
    { kind: "image", image },
    change && { kind: "changes", change },
    tasks.length === 0 ? null : { kind: "tasks", image, tasks },
    dockerfileChange && { kind: "diff", change: dockerfileChange },
    ...limitsBlock([...own.limits, ...ofAll.limits]),
    { kind: "counts", image, lines },
    { kind: "checks", image },
    dockerfile.note === null ? null : { kind: "note", text: `Lines: ${dockerfile.note}` },
    { kind: "findings", image },
    bench && { kind: "bench", bench },
    { kind: "programs", image },
    entries.length === 0 ? null : { kind: "entries", entries },
    ...detailsBlock([...own.details, ...ofAll.details])
  ].filter((block) => block !== null);
}

var Diff = class {
  diff(oldStr, newStr, options = {}) {
    let callback;
    typeof options == "function" ? (callback = options, options = {}) : "callback" in options && (callback = options.callback);
    let oldString = this.castInput(oldStr, options), newString = this.castInput(newStr, options), oldTokens = this.removeEmpty(this.tokenize(oldString, options)), newTokens = this.removeEmpty(this.tokenize(newString, options));
    return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
  }
  diffWithOptionsObj(oldTokens, newTokens, options, callback) {
    var _a;
    let done = (value) => {
      if (value = this.postProcess(value, options), callback) {
        setTimeout(function() {
          callback(value);
        }, 0);
        return;
      } else
        return value;
    }, newLen = newTokens.length, oldLen = oldTokens.length, editLength = 1, maxEditLength = newLen + oldLen;
    options.maxEditLength != null && (maxEditLength = Math.min(maxEditLength, options.maxEditLength));
    let maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : 1 / 0, abortAfterTimestamp = Date.now() + maxExecutionTime, bestPath = [{ oldPos: -1, lastComponent: void 0 }], newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
    if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen)
      return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
    let minDiagonalToConsider = -1 / 0, maxDiagonalToConsider = 1 / 0, execEditLength = () => {
      for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
        let basePath, removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
        removePath && (bestPath[diagonalPath - 1] = void 0);
        let canAdd = !1;
        if (addPath) {
          let addPathNewPos = addPath.oldPos - diagonalPath;
          canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
        }
        let canRemove = removePath && removePath.oldPos + 1 < oldLen;
        if (!canAdd && !canRemove) {
          bestPath[diagonalPath] = void 0;
          continue;
        }
        if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos ? basePath = this.addToPath(addPath, !0, !1, 0, options) : basePath = this.addToPath(removePath, !1, !0, 1, options), newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options), basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen)
          return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || !0;
        bestPath[diagonalPath] = basePath, basePath.oldPos + 1 >= oldLen && (maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1)), newPos + 1 >= newLen && (minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1));
      }
      editLength++;
    };
    if (callback)
      (function exec() {
        setTimeout(function() {
          if (editLength > maxEditLength || Date.now() > abortAfterTimestamp)
            return callback(void 0);
          execEditLength() || exec();
        }, 0);
      })();
    else
      for (; editLength <= maxEditLength && Date.now() <= abortAfterTimestamp; ) {
        let ret = execEditLength();
        if (ret)
          return ret;
      }
  }
  addToPath(path, added, removed, oldPosInc, options) {
    let last = path.lastComponent;
    return last && !options.oneChangePerToken && last.added === added && last.removed === removed ? {
      oldPos: path.oldPos + oldPosInc,
      lastComponent: { count: last.count + 1, added, removed, previousComponent: last.previousComponent }
    } : {
      oldPos: path.oldPos + oldPosInc,
      lastComponent: { count: 1, added, removed, previousComponent: last }
    };
  }
  extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
    let newLen = newTokens.length, oldLen = oldTokens.length, oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
    for (; newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options); )
      newPos++, oldPos++, commonCount++, options.oneChangePerToken && (basePath.lastComponent = { count: 1, previousComponent: basePath.lastComponent, added: !1, removed: !1 });
    return commonCount && !options.oneChangePerToken && (basePath.lastComponent = { count: commonCount, previousComponent: basePath.lastComponent, added: !1, removed: !1 }), basePath.oldPos = oldPos, newPos;
  }
  equals(left, right, options) {
    return options.comparator ? options.comparator(left, right) : left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
  }
  removeEmpty(array2) {
    let ret = [];
    for (let i = 0; i < array2.length; i++)
      array2[i] && ret.push(array2[i]);
    return ret;
  }
  castInput(value, options) {
    return value;
  }
  tokenize(value, options) {
    return Array.from(value);
  }
  join(chars) {
    return chars.join("");
  }
  postProcess(changeObjects, options) {
    return changeObjects;
  }
  get useLongestToken() {
    return !1;
  }
  buildValues(lastComponent, newTokens, oldTokens) {
    let components = [], nextComponent;
    for (; lastComponent; )
      components.push(lastComponent), nextComponent = lastComponent.previousComponent, delete lastComponent.previousComponent, lastComponent = nextComponent;
    components.reverse();
    let componentLen = components.length, componentPos = 0, newPos = 0, oldPos = 0;
    for (; componentPos < componentLen; componentPos++) {
      let component = components[componentPos];
      if (component.removed)
        component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count)), oldPos += component.count;
      else {
        if (!component.added && this.useLongestToken) {
          let value = newTokens.slice(newPos, newPos + component.count);
          value = value.map(function(value2, i) {
            let oldValue = oldTokens[oldPos + i];
            return oldValue.length > value2.length ? oldValue : value2;
          }), component.value = this.join(value);
        } else
          component.value = this.join(newTokens.slice(newPos, newPos + component.count));
        newPos += component.count, component.added || (oldPos += component.count);
      }
    }
    return components;
  }
};

var LineDiff = class extends Diff {
  constructor() {
    super(...arguments), this.tokenize = tokenize;
  }
  equals(left, right, options) {
    return options.ignoreWhitespace ? ((!options.newlineIsToken || !left.includes(`
`)) && (left = left.trim()), (!options.newlineIsToken || !right.includes(`
`)) && (right = right.trim())) : options.ignoreNewlineAtEof && !options.newlineIsToken && (left.endsWith(`
`) && (left = left.slice(0, -1)), right.endsWith(`
`) && (right = right.slice(0, -1))), super.equals(left, right, options);
  }
}, lineDiff = new LineDiff();
function diffLines(oldStr, newStr, options) {
  return lineDiff.diff(oldStr, newStr, options);
}
function tokenize(value, options) {
  options.stripTrailingCr && (value = value.replace(/\r\n/g, `
`));
  let retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
  linesAndNewlines[linesAndNewlines.length - 1] || linesAndNewlines.pop();
  for (let i = 0; i < linesAndNewlines.length; i++) {
    let line2 = linesAndNewlines[i];
    i % 2 && !options.newlineIsToken ? retLines[retLines.length - 1] += line2 : retLines.push(line2);
  }
  return retLines;
}

function structuredPatch(oldFileName, newFileName, oldStr, newStr, oldHeader, newHeader, options) {
  let optionsObj;
  options ? typeof options == "function" ? optionsObj = { callback: options } : optionsObj = options : optionsObj = {}, typeof optionsObj.context > "u" && (optionsObj.context = 4);
  let context = optionsObj.context;
  if (optionsObj.newlineIsToken)
    throw new Error("newlineIsToken may not be used with patch-generation functions, only with diffing functions");
  if (optionsObj.callback) {
    let { callback } = optionsObj;
    diffLines(oldStr, newStr, Object.assign(Object.assign({}, optionsObj), { callback: (diff) => {
      let patch = diffLinesResultToPatch(diff);
      callback(patch);
    } }));
  } else
    return diffLinesResultToPatch(diffLines(oldStr, newStr, optionsObj));
  function diffLinesResultToPatch(diff) {
    if (!diff)
      return;
    diff.push({ value: "", lines: [] });
    function contextLines(lines) {
      return lines.map(function(entry) {
        return " " + entry;
      });
    }
    let hunks = [], oldRangeStart = 0, newRangeStart = 0, curRange = [], oldLine = 1, newLine = 1;
    for (let i = 0; i < diff.length; i++) {
      let current = diff[i], lines = current.lines || splitLines(current.value);
      if (current.lines = lines, current.added || current.removed) {
        if (!oldRangeStart) {
          let prev = diff[i - 1];
          oldRangeStart = oldLine, newRangeStart = newLine, prev && (curRange = context > 0 ? contextLines(prev.lines.slice(-context)) : [], oldRangeStart -= curRange.length, newRangeStart -= curRange.length);
        }
        for (let line2 of lines)
          curRange.push((current.added ? "+" : "-") + line2);
        current.added ? newLine += lines.length : oldLine += lines.length;
      } else {
        if (oldRangeStart)
          if (lines.length <= context * 2 && i < diff.length - 2)
            for (let line2 of contextLines(lines))
              curRange.push(line2);
          else {
            let contextSize = Math.min(lines.length, context);
            for (let line2 of contextLines(lines.slice(0, contextSize)))
              curRange.push(line2);
            let hunk = {
              oldStart: oldRangeStart,
              oldLines: oldLine - oldRangeStart + contextSize,
              newStart: newRangeStart,
              newLines: newLine - newRangeStart + contextSize,
              lines: curRange
            };
            hunks.push(hunk), oldRangeStart = 0, newRangeStart = 0, curRange = [];
          }
        oldLine += lines.length, newLine += lines.length;
      }
    }
    for (let hunk of hunks)
      for (let i = 0; i < hunk.lines.length; i++)
        hunk.lines[i].endsWith(`
`) ? hunk.lines[i] = hunk.lines[i].slice(0, -1) : (hunk.lines.splice(i + 1, 0, "\\ No newline at end of file"), i++);
    return {
      oldFileName,
      newFileName,
      oldHeader,
      newHeader,
      hunks
    };
  }
}
function splitLines(text2) {
  let hasTrailingNl = text2.endsWith(`
`), result = text2.split(`
`).map((line2) => line2 + `
`);
  return hasTrailingNl ? result.pop() : result.push(result.pop().slice(0, -1)), result;
}

var UNBROKEN_SPACE = "\0";
function wrap(text2, width) {
  let unbroken = text2.replace(QUOTED_COMMANDS, (command2) => command2.replaceAll(" ", UNBROKEN_SPACE));
  return filled(unbroken.split(" "), width).map((line2) => line2.replaceAll(UNBROKEN_SPACE, " "));
}
function filled(parts, width, between = " ") {
  let lines = [], line2 = "";
  for (let part2 of parts)
    line2 !== "" && line2.length + between.length + part2.length > width ? (lines.push(line2), line2 = part2) : line2 = line2 === "" ? part2 : `${line2}${between}${part2}`;
  return [...lines, line2];
}
var SHELL_ARGUMENT = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\S)+/g;
function wrapCommand(command2, width) {
  let lines = filled(command2.match(SHELL_ARGUMENT) ?? [], Math.max(20, width - 4));
  return lines.map(
    (line2, index) => `${index === 0 ? "" : "  "}${line2}${index < lines.length - 1 ? " \\" : ""}`
  );
}
function truncate(text2, width) {
  if (text2.length <= width)
    return text2;
  let points = [...text2];
  return points.length <= width ? text2 : `${points.slice(0, Math.max(0, width - 1)).join("")}…`;
}
function columns(rows2, width) {
  let count2 = Math.max(0, ...rows2.map((row) => row.length)), widest = Number.isFinite(width) ? MAX_CELL_WIDTH : width, widths = Array.from(
    { length: count2 - 1 },
    (_, column2) => Math.min(widest, Math.max(...rows2.map((row) => row[column2]?.length ?? 0)))
  ), over = widths.reduce((sum, each) => sum + each + 2, -2) - width, widestColumn = widths.indexOf(Math.max(...widths));
  return over > 0 && (widths[widestColumn] = Math.max(12, (widths[widestColumn] ?? 0) - over)), rows2.map((row) => {
    let cells = widths.map((each, column2) => `${truncate(row[column2] ?? "", each).padEnd(each)}  `);
    return wrapUnder(cells.join(""), row[count2 - 1] ?? "", width).join(`
`);
  });
}
var MAX_CELL_WIDTH = 44, MIN_TEXT_WIDTH = 20;
function wrapUnder(lead, text2, width) {
  if (width - lead.length < MIN_TEXT_WIDTH) {
    let below = text2 === "" ? [] : wrap(text2, width - 4).map((line2) => `    ${line2}`);
    return lead.trim() === "" ? below : [lead.trimEnd(), ...below];
  }
  return wrap(text2, width - lead.length).map(
    (line2, index) => `${index === 0 ? lead : " ".repeat(lead.length)}${line2}`.trimEnd()
  );
}
var STYLES2 = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" };
function painter(colour) {
  return (text2, ...styles) => colour ? `\x1B[${styles.map((style) => STYLES2[style]).join(";")}m${text2}\x1B[0m` : text2;
}

var LENGTH2 = 1e3;
function renderDiff(file2, before, after, colour) {
  if (before === after)
    return "";
  let paint = painter(colour), { hunks } = structuredPatch(file2, file2, before ?? "", after, void 0, void 0, { context: 3 }), names = [`--- ${before === null ? "/dev/null" : escapeTerminal(file2)}`, `+++ ${escapeTerminal(file2)}`], lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed2 }) => [
    paint(`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, "dim"),
    ...changed2.map((line2) => painted(line2, paint))
  ]);
  return `${[...names.map((name2) => paint(name2, "bold")), ...lines].join(`
`)}
`;
}
function diffLines2(file2, before, after) {
  let { hunks } = structuredPatch(file2, file2, before, after, void 0, void 0, { context: 3 }), text2 = (line2) => `${line2.charAt(0)}${visible(line2.slice(1).replace(/\r$/, ""), LENGTH2)}`;
  return [
    `--- a/${visible(file2)}`,
    `+++ b/${visible(file2)}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
      ...lines.map(text2)
    ])
  ];
}
function range(start, lines) {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}
function painted(line2, paint) {
  let text2 = `${line2.charAt(0)}${escapeTerminal(line2.slice(1).replace(/\r$/, ""), LENGTH2)}`;
  return text2.startsWith("+") ? paint(text2, "green") : text2.startsWith("-") ? paint(text2, "red") : text2;
}

function layerViews({ layers, findings, dockerfile }) {
  return layers.map(({ diffId, createdBy }, index) => {
    let layerFindings = findings.filter(({ layer: layer2 }) => layer2 === diffId), lines = layerFindings.flatMap(
      ({ line: line2 }) => line2?.certain === !0 && line2.file === dockerfile.file ? [line2] : []
    ), places = [...new Set(lines.sort(comparePlaces).map((line2) => at(line2)))];
    return { number: index + 1, count: layerFindings.length, places, createdBy: createdBy ?? "" };
  });
}
function layerNumber({ layers }, diffId) {
  let index = layers.findLastIndex((layer2) => layer2.diffId === diffId);
  return index === -1 ? null : index + 1;
}

var COLUMNS4 = {
  task: { head: "task", cell: ({ task: task2 }) => textCell(String(task2 ?? "")) },
  package: { ...column("package", subjectName), maxWidth: 80 },
  finding: { head: "finding", cell: idCell, maxWidth: 80 },
  severity: {
    head: "severity",
    cell: ({ finding, more = 0 }) => ({ kind: "severity", text: severityCell(finding, more > 0), severity: finding.severity }),
    maxWidth: 80
  },
  ruling: column("ruling", ({ ruling }) => RULING_NAMES[ruling]),
  versions: { ...column("installed → fixed", versions), maxWidth: 120 },
  owner: column("whose", ({ owner: owner2 }) => owner2 === null ? "" : OWNER_NAMES[owner2]),
  line: {
    head: "line",
    cell: ({ image, finding }) => ({ kind: "line", text: dockerfilePlace(image, finding), line: finding.line })
  },
  layer: {
    head: "layer",
    cell: ({ image, finding: { layer: layer2 } }) => textCell(String((layer2 === null ? null : layerNumber(image, layer2)) ?? ""))
  },
  because: column("because", reasonsNextToVersions),
  reason: { head: "because", cell: reasonCell },
  debianKind: column("Debian", (finding) => debianKind(finding)[0]),
  debianText: column("Debian's note", (finding) => debianKind(finding)[1]),
  debianReason: column("because", becauseOfDebian)
};
function column(head, textOf3) {
  return { head, cell: ({ finding }) => textCell(textOf3(finding)) };
}
function idCell({ finding, more = 0 }) {
  if (more > 0)
    return textCell(`${finding.id} and ${more} more`);
  let page = isVulnerability(finding) ? null : pageOf(finding);
  return { kind: "finding", text: finding.id, page, address: describe(finding).helpUri };
}
function reasonCell({ finding, more = 0 }) {
  let text2 = becauseText(finding), { policy, cvss, returnsWhen, line: line2 } = finding, fix = (returnsWhen ?? []).filter((one) => one.reason === "archive-offers" && one.fix !== null), notes = [
    ...policy === null || namesLine(finding.because, policy) ? [] : [["", at(policy)]],
    ...cvss === null || more > 0 ? [] : [[`CVSS ${cvss.score}, `, cvss.vector]],
    ...isApplication(finding) ? [["in ", placesText(finding)]] : [],
    ...fix.map((one) => ["it comes back when ", returnText(one)]),
    ...line2 === null || line2.certain ? [] : [["line: ", line2.why]]
  ];
  return { kind: "reason", text: text2, notes };
}

var { task, layer, line, because, reason: reason2, owner, debianKind: debianKind2, debianText: debianText2, debianReason } = COLUMNS4, { package: subject, finding: id2, severity: severity2, versions: versions2 } = COLUMNS4, SUBJECT = [subject, id2, severity2, versions2], USUAL = { columns: [...SUBJECT, owner, line, because], brief: [...SUBJECT, because, owner] }, DEFERRED = {
  columns: [...SUBJECT, owner, debianKind2, debianText2],
  brief: [...SUBJECT, debianReason, owner]
}, PAGE_COLUMNS = [id2, severity2, task, versions2, owner, line, layer, reason2], IN_BASELINE = "Findings that need action but were already in the baseline", FINDING_TABLES = {
  blocking: {
    title: "Findings that block the release",
    of: blockingOf,
    columns: [task, ...USUAL.columns],
    brief: USUAL.brief
  },
  due: { title: "Due", of: (image) => findingsOf(image, "due"), ...USUAL },
  known: { title: IN_BASELINE, of: acceptedFindings, ...USUAL },
  accepted: { title: "Accepted", of: (image) => findingsOf(image, "accepted"), ...USUAL },
  deferred: { title: "Deferred by Debian", of: deferredOf, ...DEFERRED },
  unfixed: { title: "Unfixed", of: (image) => findingsOf(image, "unfixed"), ...USUAL },
  noted: { title: "Noted", of: (image) => findingsOf(image, "noted"), ...USUAL }
};
function pageColumns(image) {
  return PAGE_COLUMNS.filter((column2) => column2 !== task || hasSeveralTasks(image, image.findings));
}
function findingTables(image) {
  return tablesOf(Object.values(FINDING_TABLES), image);
}
function unblockingTables(image) {
  let { blocking: _, ...others } = FINDING_TABLES;
  return tablesOf(Object.values(others), image);
}
function tablesOf(tables, image) {
  return tables.flatMap(({ title: title2, of: of3, columns: columns2 }) => {
    let findings = of3(image), intro = of3 === deferredOf ? returnConditions(findings) : null;
    return folded(title2, shownOf(columns2, image, findings), image, findings, intro) ?? [];
  });
}
function blockingPackages(image, wide) {
  let findings = blockingOf(image).filter((finding) => finding.package !== null), shown3 = shownOf(FINDING_TABLES.blocking.columns, image, findings, wide);
  return folded("", shown3, image, findings);
}
function folded(title2, columns2, image, findings, intro = null) {
  let table = tableOf(title2, columns2, placedIn(image, findings), intro);
  return table === null ? null : { ...table, count: findings.length };
}
function findingGroups({ findings }) {
  return [...Map.groupBy(findings, subjectName)].map(([name2, of3]) => ({ name: name2, blocking: of3.filter(({ blocks }) => blocks).length, findings: of3 }));
}
function placedIn(image, findings) {
  let numbers = taskNumbers(image);
  return groupsBy(
    findings,
    (finding) => isKnownVulnerability(finding) && finding.kev !== !0 ? `${numbers.get(finding)} ${keyOf3(finding)}` : findings.indexOf(finding)
  ).map(([finding, ...more]) => {
    let shown3 = more.length === 0 ? finding : { ...finding, because: withoutScores(finding) };
    return { image, finding: shown3, task: numbers.get(finding) ?? null, more: more.length };
  });
}
function keyOf3(finding) {
  let { check, package: name2, version, fixedVersion, severity: severity3, severitySource, kev, debian } = finding, { ruling, blocks, since, line: line2, policy, statement, owner: of3 } = finding, decided = [ruling, blocks, of3, since, line2 && at(line2), policy && at(policy), statement];
  return JSON.stringify([[check, name2, version, fixedVersion, severity3, severitySource, kev, debian], otherDatabase(finding), decided, withoutScores(finding)]);
}
function withoutScores({ because: because2 }) {
  return because2.map((one) => "rated" in one ? { ...one, rated: { ...one.rated, score: null } } : one);
}
function blockingOf({ findings }) {
  return findings.filter(({ blocks }) => blocks);
}
function deferredOf(image) {
  return findingsOf(image, "deferred");
}
function shownOf(columns2, image, findings, wide = !0) {
  let hasLines = wide && image.dockerfile.file !== null, hasTasks = wide && hasSeveralTasks(image, findings);
  return columns2.filter(
    (column2) => (column2 !== line || hasLines) && (column2 !== task || hasTasks) && (column2 !== owner || hasOwners(image))
  );
}
function hasSeveralTasks(image, findings) {
  let numbers = taskNumbers(image);
  return new Set(findings.flatMap((finding) => numbers.get(finding) ?? [])).size > 1;
}

function imageFacts(image) {
  let { distribution, platform, digest } = image;
  return {
    distribution,
    platform: platform === null ? null : platformName(platform),
    base: baseText(image),
    packages: packageText(image),
    digest,
    shortDigest: digest === null ? null : digest.slice(0, 17)
  };
}
function packageText({ packageCount, foreignCount }) {
  if (packageCount === null)
    return null;
  let count2 = plural(packageCount, "package");
  return foreignCount === null || foreignCount === 0 ? count2 : `${count2}, ${foreignCount} from other origins`;
}
function baseText({ base }) {
  if (base === null || base.name === null)
    return base && withOtherRelease(null, base);
  let evidence = base.restsOn === "at-hand" ? " (not proven)" : `, per its ${base.restsOn}`, ground = base.restsOn === "layers" ? "" : evidence, name2 = `${familiarName(base.name)}${ground}${base.movedOn === !0 ? ", which has moved on" : ""}`, from2 = authorsBaseName(base);
  if (from2 !== null && from2 === nameAgainstLabel(base)) {
    let text3 = `on ${familiarName(from2)}, per its Dockerfile`;
    return base.otherRelease?.statedBy === "label" ? `${text3}; ${withOtherRelease(null, base)}` : withOtherRelease(`${text3}, although its label names ${familiarName(base.name)}`, base);
  }
  let text2 = from2 === null || from2 === base.name ? `on ${name2}` : `on ${familiarName(from2)}, which ${base.intermediate ? "builds on" : "has the layers of"} ${name2}`;
  return withOtherRelease(text2, base);
}

function whole(text2) {
  return { head: text2, rows: [], tail: "", cut: () => "" };
}
function cutToFit(sections, last, pointer, limit) {
  let all = sections.map(textOf2).join("") + last;
  if (size(all) <= limit)
    return all;
  let [first, ...others] = sections, text2 = first === void 0 ? "" : textOf2(first), reserved = others.reduce((sum, section) => sum + (section.kept ? size(textOf2(section)) : 0), 0), lengthLeft = () => limit - size(text2) - size(last) - size(pointer), missing = !1;
  for (let section of others) {
    reserved -= section.kept ? size(textOf2(section)) : 0;
    let part2 = take(section, lengthLeft() - (section.kept ? 0 : reserved));
    missing ||= part2.cut, text2 += part2.text;
  }
  return text2 + (missing ? pointer : "") + last;
}
function textOf2({ head, rows: rows2, tail }) {
  return head + rows2.join("") + tail;
}
function take(section, lengthLeft) {
  let all = textOf2(section);
  if (size(all) <= lengthLeft)
    return { text: all, cut: !1 };
  let { head, rows: rows2, tail, cut } = section, left = lengthLeft - size(head) - size(tail) - size(cut(rows2.length)), shown3 = 0;
  for (let row of rows2) {
    if (left -= size(row), left < 0)
      break;
    shown3++;
  }
  return shown3 === 0 ? { text: "", cut: !0 } : { text: head + rows2.slice(0, shown3).join("") + cut(rows2.length - shown3) + tail, cut: !0 };
}
function size(text2) {
  let bytes = text2.length;
  for (let at2 = 0; at2 < text2.length; at2++) {
    let unit = text2.charCodeAt(at2);
    if (unit < 128)
      continue;
    let isPair = isBetween(unit, 55296, 56319) && isBetween(text2.charCodeAt(at2 + 1), 56320, 57343);
    bytes += unit < 2048 ? 1 : 2, at2 += isPair ? 1 : 0;
  }
  return bytes;
}
var isBetween = (unit, first, last) => unit >= first && unit <= last;

function tableRow(...cells) {
  return `| ${cells.join(" | ")} |
`;
}
function sectionOfTable(table) {
  let { head, heads, rows: rows2, tail, total = rows2.length, elsewhere = "" } = table, named = heads.findIndex((name2) => name2 !== ""), more = (count2) => tableRow(...heads.map((_, index) => index === named ? `and ${count2} more${elsewhere}` : "")), left = total - rows2.length, names = heads.map((name2) => name2 === "" ? "| " : `| ${name2} `).join("");
  return {
    head: `${head}${names}|
|${heads.map(() => "---|").join("")}
`,
    rows: [...rows2.map((cells) => tableRow(...cells)), ...left > 0 ? [more(left)] : []],
    tail,
    cut: (cut) => more(left > 0 ? cut - 1 + left : cut)
  };
}
function foldedTable(table, counted = !0) {
  if (table === null)
    return null;
  let { title: title2, intro, heads, rows: rows2, count: count2 = rows2.length } = table, introText = intro === null ? "" : `${escapeMarkdown(intro)}

`, head = `${opened(counted ? `${title2} (${count2})` : title2)}${introText}`;
  return sectionOfTable({ head, heads, rows: rows2.map((cells) => cells.map(cellOf)), tail: closed });
}
function foldedList(title2, items) {
  return items.length === 0 ? null : {
    head: opened(`${title2} (${items.length})`),
    rows: items.map((item) => `- ${item}
`),
    tail: closed,
    cut: (left) => `- and ${left} more
`
  };
}
function cellOf(cell) {
  let address = cell.kind === "finding" ? cell.address : null;
  return address === null ? escapeMarkdown(cell.text) : `[${escapeMarkdown(cell.text)}](${address})`;
}
function limitList(lines) {
  let section = foldedList("What limits this verdict", lines);
  return section && { ...section, kept: !0 };
}
function opened(title2) {
  return `<details><summary>${title2}</summary>

`;
}
var closed = `
</details>

`;
function fenced(head, language, lines, tail) {
  let longest2 = Math.max(0, ...lines.flatMap((line2) => line2.match(/`+/g) ?? []).map((one) => one.length)), fence = "`".repeat(Math.max(3, longest2 + 1));
  return {
    head: `${head}${fence}${language}
`,
    rows: lines.map((line2) => `${line2}
`),
    tail: `${fence}
${tail}
`,
    cut: (left) => `and ${plural(left, "more line")}
`
  };
}
function taskSections(tasks, pages, rest = {}) {
  let columns2 = tasks.some(({ where }) => where !== "") ? 4 : 3, rows2 = tasks.map(({ title: title2, why: why3, where, page }, index) => {
    let reason3 = linked(why3, pages) + readOn(page, pages);
    return [String(index + 1), linked(title2, pages), reason3, escapeMarkdown(where)].slice(0, columns2);
  }), heads = ["", "do", "why", "where"].slice(0, columns2), table = sectionOfTable({ head: "", heads, rows: rows2, tail: `
`, ...rest }), copied2 = tasks.flatMap((task2, index) => copyText(task2, index + 1) ?? []), cut = (left) => `and ${left} more

`;
  return [
    ...(rest.total ?? tasks.length) === 0 ? [] : [table],
    ...copied2.length === 0 ? [] : [{ head: opened("What to copy"), rows: copied2, tail: closed, cut }]
  ];
}
function linked(text2, pages) {
  return withLinks(text2, pages, escapeMarkdown, (page, address) => `[${page}](${address})`);
}
function readOn(page, pages) {
  return page === null ? "" : pages !== null && `${pages}${page}`.includes("://") ? ` ([more](${pages}${page}))` : ` (${escapeMarkdown(page)})`;
}
var LINES_FOR = {
  dockerfile: { title: "Lines for the Dockerfile", language: "dockerfile" },
  compose: { title: "Lines for the compose file", language: "yaml" },
  "docker-run": { title: "Run options", language: "sh" }
};
function copyText({ command: command2, lines, linesFor }, number2) {
  if (lines !== null) {
    let { title: title2, language } = LINES_FOR[linesFor];
    return copied(`${number2}. ${command2 === null ? title2 : IN_DOCKERFILE}`, language, lines);
  }
  if (command2 === null)
    return null;
  let sh = wrapCommand(command2, 100).join(`
`);
  return copied(`${number2}. Command to copy`, "sh", sh);
}
var copied = (title2, language, lines) => `${title2}:

\`\`\`${language}
${lines}
\`\`\`

`;

function renderMarkdown(verdict, options) {
  let painters = paintersOf(verdict, options.pages ?? null), sections = blocksOf(verdict).flatMap((block) => paintBlock(block, painters)), pointer = `Not everything is shown here; the rest is in ${escapeMarkdown(options.pointer ?? "report.json")}.

`, notes = (options.notes ?? []).map((note) => `${escapeMarkdown(note)}

`).join(""), shown3 = sections.filter((section) => section !== null);
  return cutToFit(shown3, notes + footer(verdict), pointer, options.limit);
}
var name = (reference) => escapeMarkdown(reference, 120), paragraph = (text2) => whole(`${escapeMarkdown(text2)}

`), inFull = (texts2) => texts2.map((text2) => escapeMarkdown(text2, Number.POSITIVE_INFINITY));
function paintersOf(verdict, pages) {
  let several = verdict.images.length > 1;
  return {
    heading: ({ mode }) => [
      whole(`### ${verdictIcon(verdict.verdict)} ${headline(verdict, name)}

`),
      mode === null ? null : paragraph(`${mode}.`)
    ],
    image: ({ image }) => several ? whole(`#### ${verdictIcon(image.verdict)} ${imageHeadline(image, name)}

`) : null,
    limits: ({ limits }) => limitList(inFull(limits)),
    counts: ({ lines }) => lines.length === 0 ? null : paragraph(lines.join(" ")),
    changes: ({ change: { line: line2, table } }) => [
      whole(`${line2.replace(/^[^:]*:/, "**$&**")}

`),
      foldedTable(table)
    ],
    tasks: ({ tasks }) => {
      let shown3 = tasks.map(({ dockerfileLines: dockerfileLines2, example, exampleFor: linesFor, ...task2 }) => ({ ...task2, lines: dockerfileLines2 ?? example, linesFor }));
      return taskSections(shown3, pages);
    },
    diff: ({ change: { file: file2, before, after } }) => fenced(opened(`Change to ${escapeMarkdown(file2, 200)}`), "diff", diffLines2(file2, before, after), closed),
    checks: ({ image }) => paragraph(tilesOf(image).map(tileText).join(" · ")),
    note: ({ text: text2 }) => paragraph(text2),
    findings: ({ image }) => findingTables(image).map((table) => foldedTable(table)),
    bench: ({ bench }) => foldedTable(benchTable(bench), !1),
    programs: () => null,
    entries: ({ entries }) => ({
      head: `${opened(`Entries to accept findings (${entries.length})`)}Add these entries under \`entries:\` in policies/whitelist.yml; fill in the reason and the owner.

\`\`\`yaml
`,
      rows: entries.map((text2) => `${text2}
`),
      tail: `\`\`\`
${closed}`,
      cut: (left) => `  # and ${left} more
`
    }),
    details: ({ details }) => foldedList("Details", inFull(details)),
    notices: ({ notices }) => {
      let items = notices.map(({ place: place3, text: text2 }) => `${place3 === null ? "" : `${escapeMarkdown(place3)}: `}${escapeMarkdown(text2)}`);
      return foldedList("Policy", items);
    },
    data: () => foldedTable(dataTable(verdict, "summary"))
  };
}
function footer(verdict) {
  let [only] = verdict.images.length === 1 ? verdict.images : [], { base, platform, packages: packages2, shortDigest } = only === void 0 ? NO_IMAGE_FACTS : imageFacts(only);
  return `<sub>${[
    `judged as of ${verdict.today}`,
    ...base === null ? [] : [escapeMarkdown(base, 100)],
    ...platform === null ? [] : [escapeMarkdown(platform, 20)],
    ...packages2 === null || !only?.foreignCount ? [] : [packages2],
    ...shortDigest === null ? [] : [escapeMarkdown(shortDigest)]
  ].join(" · ")}</sub>
`;
}
var NO_IMAGE_FACTS = { base: null, platform: null, packages: null, shortDigest: null };

var BARE_NAME = /^(?:--)?[a-z][a-z0-9-]*$|^seaworthy [a-z ]+$/, GENERAL = [
  "inputs",
  "flags",
  "push",
  "image",
  "dockerfile",
  "gate",
  "judge",
  "network"
];
function placesOf({ what, where }) {
  let lines = what.split(`
`);
  return where.split(", ").filter((place3) => BARE_NAME.test(place3) ? !GENERAL.includes(place3) && !place3.startsWith("seaworthy ") && !what.includes(place3) : place3 !== "" && !lines.some((line2) => line2.startsWith(`${place3}:`)));
}

var SUMMARY_LIMIT = 65e3, MAX_ANNOTATIONS = 5e3, CONCLUSIONS = {
  pass: "success",
  fail: "failure",
  incomplete: "action_required"
}, UNTRUSTED = "Reported by an untrusted run", UNTRUSTED_MEANING = "This is what a fork's run reports about itself. It is not verified and does not approve any image.";
function renderUntrusted(verdict, pointer, pages = null, caveat = null) {
  let { title: title2, summary, annotations } = renderCheckRun(verdict, pointer, pages);
  return {
    conclusion: "neutral",
    title: `${UNTRUSTED}: ${title2}`,
    summary: `> ${UNTRUSTED}. ${UNTRUSTED_MEANING}${caveat === null ? "" : ` Note: ${caveat}.`}

${summary}`,
    annotations: annotations.map((one) => ({
      ...one,
      level: "warning",
      title: visible(`Untrusted: ${one.title}`, 250)
    }))
  };
}
function renderCheckRun(verdict, pointer, pages = null) {
  let placed = annotationsOf(verdict).filter((one) => one.place !== null), left = placed.length - MAX_ANNOTATIONS, notes = left > 0 ? [`${plural(left, "annotation")} left out: a check run can have at most ${MAX_ANNOTATIONS}`] : [];
  return {
    conclusion: exitCode(verdict) === 0 && verdict.verdict !== "pass" ? "neutral" : CONCLUSIONS[verdict.verdict],
    title: [
      ...verdict.mode === "audit" ? ["Audit mode"] : [],
      headline(verdict, (name2) => visible(name2, 120)),
      ...deferredIn(verdict),
      ...unexaminedNames(verdict).map((text2) => visible(text2, 120)),
      ...policiesFrom(verdict).map((text2) => visible(text2, 120))
    ].join(" · "),
    summary: renderMarkdown(verdict, { limit: SUMMARY_LIMIT, pointer, notes, pages }),
    annotations: placed.slice(0, MAX_ANNOTATIONS)
  };
}
function renderProblemReport(problem, pages = null) {
  let { what, todo, code } = problem, page = pageOfProblem(code), address = addressOfPage(page, pages), lines = what.split(`
`).map((line2) => `- ${escapeMarkdown(line2, 1e3)}
`), more = address === null ? `\`${page}\`` : `[${page}](${address})`, esc = (text2) => escapeMarkdown(text2, 1e3), todoText = withLinks(todo, pages, esc, (name2, url) => `[${name2}](${url})`), places = placesOf(problem).map((place3) => `${esc(place3)}

`).join(""), title2 = `Nothing was judged: ${visible(what.split(`
`)[0] ?? "", 150)}`, summary = `### ⛔ Nothing was judged

${lines.join("")}
${places}**To do:** ${todoText} (${more})
`;
  return { conclusion: "action_required", title: title2, summary, annotations: problemAnnotations(problem) };
}
function deferredIn({ images }) {
  let lines = images.flatMap((image) => deferredLine(image) ?? []);
  return lines.length > 1 ? [`${plural(lines.length, "image")} with critical or high findings deferred by Debian`] : lines;
}
var NAME_LENGTH = 100;
function checkRunName(references, platform, id3) {
  let names = [...new Set(references)].join(", "), name2 = visible(
    `Seaworthy: ${names}${platform === null ? "" : ` (${platform})`}`,
    Number.POSITIVE_INFINITY
  );
  return [...name2].length <= NAME_LENGTH ? name2 : `${visible(name2, NAME_LENGTH - id3.length - 1)} ${id3}`;
}
var LIMIT = 64e3, TITLE_LENGTH2 = 200;
function issueMark(key) {
  return `<!-- seaworthy-issue ${key} -->`;
}
function issueOf({ workflow, line: line2, images }) {
  return `<!-- seaworthy-issue-of ${[workflow, line2 ?? "-", images.join(",")].map(encodeURIComponent).join(" ")} -->`;
}
function writerMark({ run, settings }) {
  return `<!-- seaworthy-issue-by ${run} ${settings} -->`;
}
function writerOf(body) {
  let [, run, settings] = /^<!-- seaworthy-issue-by (\d{1,9}) ([0-9a-f]{16}) -->\r?$/m.exec(body) ?? [];
  return run === void 0 || settings === void 0 ? null : { run: Number(run), settings };
}
function renderIssue(verdict, {
  key,
  of: of3,
  by,
  url,
  pages = null
}) {
  let images = verdict.images.map((image) => ({ ...image, reference: referenceTitle(image.reference) })), headlineText = headline({ ...verdict, images }, (name2) => visible(name2, 100)), title2 = visible(of3.line === null ? headlineText : `Line ${of3.line}: ${headlineText}`, TITLE_LENGTH2), pointer = `the run's summary: ${url}`, body = renderMarkdown(verdict, { limit: LIMIT, pointer, pages, notes: [`Last checked by ${url}`] });
  return { title: title2, body: `${issueMark(key)}
${issueOf(of3)}
${writerMark(by)}
${body}` };
}

function benchOut({ run, rows: rows2 }) {
  return { source: null, tree: null, why: null, ...run.ran ? run : { ran: run.ran, why: run.why }, results: rows2.map(resultOut) };
}
function resultOut(row) {
  return {
    ...row,
    expected: row.expected || null,
    dockerBench: row.dbs,
    whyNoDockerBench: row.whyNoDbs,
    builtIn: row.builtin,
    reason: outcomeReason(row) || null,
    reasons: row.because,
    dictionary: row.place
  };
}
function benchIn({ ran, source: source2, tree, why: why3, notStarted, results }) {
  return {
    run: ran ? { ran, source: source2, tree, ...notStarted === void 0 ? {} : { notStarted } } : { ran, why: why3 ?? "" },
    rows: results.map(
      ({ expected: expected2, dockerBench, whyNoDockerBench, builtIn, reasons, dictionary, ...rest }) => ({
        ...rest,
        expected: expected2 ?? "",
        dbs: dockerBench,
        whyNoDbs: whyNoDockerBench,
        builtin: builtIn,
        because: reasons,
        place: dictionary
      })
    )
  };
}

var MAX_REASONS = 100, FindingSchema = strictObject({
  check: _enum(CHECK_IDS),
  id: text.describe(
    "For the clair check: the CVE. If a finding about an application package has no CVE: its GHSA id, or else the id in `details.own`"
  ),
  cves: array(text).nullable().describe("CVEs that the finding is about, or that the update fixes; empty if there are none"),
  package: textOrNull.describe(
    "For the clair check: the source package, or an application package such as pypi/django"
  ),
  version: textOrNull.describe("Installed version of the package"),
  fixedVersion: textOrNull,
  fixDay: textOrNull.describe(
    "Day on which the fix could first be installed; null if that day is not known, or if act-within is not set"
  ),
  installable: boolean().nullable().describe("Whether the fixed version can be installed"),
  severity: _enum(SEVERITIES),
  severitySource: textOrNull.describe("nvd, cna, cisa-adp, osv, debian-tracker or clair"),
  ruling: _enum(RULINGS),
  due: textOrNull.describe('If the ruling is "due": the date after which the finding blocks'),
  because: text.describe("One sentence, made of `reasons`"),
  reasons: array(ReasonSchema).max(MAX_REASONS),
  blocks: boolean(),
  owner: _enum(FINDING_OWNERS).nullable().describe(
    "Who has to act: base (the base image), intermediate (a third party's image between an official one and this one) or own (the layers that the Dockerfile adds); null if not known"
  ),
  binaries: array(BinarySchema),
  layer: textOrNull.describe("diff_id of the layer that introduced the finding"),
  links: array(text),
  debian: DebianNoteSchema.nullable(),
  kev: boolean().nullable().describe("In CISA's Known Exploited Vulnerabilities"),
  cvss: CvssSchema.nullable().describe(
    "The CVSS rating that is used: chosen by scorer (NVD, CNA, CISA), then by newest version"
  ),
  epss: EpssSchema.nullable().describe("Exploit Prediction Scoring System"),
  agreement: _enum(["confirmed", "missed-by-clair", "refuted"]).nullable(),
  policy: PlaceSchema.nullable().describe("The line of the policy file to which `because` refers"),
  returnsWhen: array(text).nullable().describe(
    'If the ruling is "deferred": what brings the finding back; each text completes the sentence "it comes back when …"'
  ),
  returnReasons: array(ReturnReasonSchema).nullable().describe("What `returnsWhen` says"),
  line: LineSchema.nullable().describe("The line to look at, in the Dockerfile or in a policy file"),
  details: DetailsSchema4,
  since: _enum(["new", "unchanged"]).nullable().describe(
    "Whether the baseline contains this finding; null if there is no baseline, or if the baseline has no result from this check"
  ),
  statement: strictObject({
    status: _enum(["not_affected", "fixed"]),
    justification: _enum(JUSTIFICATIONS).nullable()
  }).nullable().describe("For an accepted finding: why it is not a vulnerability here, in OpenVEX terms"),
  whitelistEntry: textOrNull.describe(
    'YAML to paste under "entries:" in policies/whitelist.yml; fill in the reason and the owner'
  )
}), ResultSchema = strictObject({
  id: text.describe('The id as in Docker Bench 1.6.1; only "start-test" is an id of Seaworthy itself'),
  title: textOrNull.describe("The expected state, in Seaworthy's words"),
  expected: textOrNull.describe("The results that the dictionary expects"),
  allowed: textOrNull.describe("The items that the dictionary allows, in words"),
  dockerBench: EngineResultSchema.nullable().describe(
    "Docker Bench's own result; null if it has no usable result"
  ),
  whyNoDockerBench: textOrNull.describe(
    "Why Docker Bench has no result for this id, if it was asked for one; otherwise null"
  ),
  builtIn: EngineResultSchema.nullable().describe("Result of the built-in rules; null if they did not run"),
  counts: CountsSchema.nullable().describe("Which of the two results counts, and why; null if neither does"),
  outcome: _enum(OUTCOMES).describe(
    "match: as expected; new: not listed; vacuous: not examined by any rule; not-evaluated: could not be compared"
  ),
  reason: textOrNull.describe(
    "The reason for the result or the outcome, if no other field states it; otherwise null"
  ),
  reasons: array(ReasonSchema).max(MAX_REASONS).describe("What `reason` is made of"),
  dictionary: strictObject({ file: text, line: count.nullable().describe("null: from the built-in dictionary") }).nullable().describe("The dictionary line that states the expected result")
}), MAX_RESULTS = 200, BenchSchema2 = strictObject({
  ran: boolean().describe("Whether Docker Bench itself ran; if not, all results come from the built-in rules"),
  source: textOrNull.describe("Which Docker Bench ran, and where"),
  tree: textOrNull.describe("SHA-256 of Docker Bench's files"),
  why: textOrNull.describe(
    "Why Docker Bench did not run; or, if only the second attempt succeeded, why the first one failed"
  ),
  notStarted: strictObject({
    why: text,
    lastLine: textOrNull.describe("The last line that the container printed; null if it printed nothing")
  }).optional().describe(
    "Why the image did not run while Docker Bench examined it, although it was to be started; absent otherwise"
  ),
  results: array(ResultSchema).max(MAX_RESULTS).describe("All ids in sorted order, including those whose result is as expected")
}).describe("For the docker-bench check: both results for each id, compared with the dictionary"), CheckSchema = strictObject({
  check: _enum(CHECK_IDS),
  state: _enum(["answered", "unanswered"]),
  problem: ProblemSchema.nullable(),
  tookMs: number().describe("Milliseconds spent collecting"),
  notes: array(text).describe("What was found, then how that is known"),
  limits: array(text).describe("What the check did not examine or could not know"),
  bench: BenchSchema2.nullable()
}), ApplicationsSchema = strictObject({
  judged: array(KindCountSchema).describe("Judged by advisories"),
  byClair: array(_enum(APPLICATION_KIND_IDS)).describe("The kinds in `judged` that Clair also judged"),
  notExamined: array(KindCountSchema),
  clair: ClairAccountSchema.nullable().describe(
    "Each package of Clair's index on one side; null if Clair has no result"
  ),
  off: boolean().describe(
    "True if application: off is set, so that application packages are not checked for vulnerabilities"
  ),
  offByOsv: literal(!0).exactOptional().describe("Present if the input osv is set to none, which counts as application: off"),
  words: textOrNull.describe(
    "A summary of the other fields; null if the image contains no application packages"
  )
}).describe("What the image contains in addition to Debian's packages; null if the image could not be opened");

var BaseSchema2 = strictObject({
  name: textOrNull.describe("Full name, such as docker.io/library/debian:bookworm-slim"),
  digest: textOrNull.describe("Digest of its manifest or index"),
  official: boolean().nullable().describe("Whether the base is listed in allowed-bases or is one of Docker's official images"),
  movedOn: boolean().nullable().describe(
    "Whether the base's tag now points to an image whose layers differ from those in this image; if so, a rebuild would change the image"
  ),
  restsOn: _enum(BASE_EVIDENCE).describe(
    "layers: proven by a registry; at-hand: shown by an image in the engine, where anyone with access can give an image any name; all other values: stated only by whoever built the image"
  ),
  why: text
}).describe("What the image is built on; null if the security-updates check has no result"), ImageSchema2 = strictObject({
  reference: text.describe("As specified by the user"),
  digest: textOrNull.describe("SHA-256 of the image's config JSON"),
  platform: textOrNull.describe("linux/amd64, linux/arm/v7"),
  others: OtherPlatformsSchema.nullable().describe(
    "What the image's index or archive contains in addition to the judged images; null if it was not checked"
  ),
  distribution: textOrNull,
  codename: textOrNull.describe("The Debian release, such as bookworm"),
  packageCount: count.nullable(),
  foreignCount: count.nullable().describe(
    "Number of packages that are not from the image's release; null if the security-updates check has no result"
  ),
  applications: ApplicationsSchema.nullable(),
  account: ImageAccountSchema.nullable(),
  base: BaseSchema2.nullable(),
  regressionTest: RegressionTestSchema,
  dockerfile: strictObject({
    file: textOrNull,
    note: textOrNull.describe(
      "Why no Dockerfile was used, or why the one that was used might belong to a different image"
    ),
    change: textOrNull.describe("The change that would update the packages, as a unified diff")
  }).describe("The Dockerfile that findings are attributed to"),
  rebuild: strictObject({
    needed: boolean().nullable().describe("null: not known"),
    why: text,
    settles: array(strictObject({ check: _enum(CHECK_IDS), id: text, package: textOrNull })).describe("The blocking findings that a rebuild would resolve")
  }).describe(
    "Whether rebuilding the unchanged Dockerfile with today's base image and Debian archive would resolve any blocking finding"
  ),
  verdict: _enum(VERDICTS),
  checks: array(CheckSchema),
  findings: array(FindingSchema).describe(
    "Blocking findings first, then sorted by the fields ruling, kev, severity, epss, package and id"
  ),
  deferred: strictObject({ total: count, critical: count, high: count }).describe(
    "Number of findings whose fix Debian has deferred (total, critical and high); the image may still be affected by them"
  ),
  gone: array(GoneFindingSchema).nullable().describe("Findings in the baseline that are gone; null if there is no baseline for this image")
}), ActionSchema = strictObject({
  image: text,
  kind: _enum(["answer", "rebuild", "update", "decide"]).describe("rebuild: building the image again with today's base and Debian archive resolves the findings"),
  title: text,
  why: text,
  command: textOrNull.describe("A shell command to copy"),
  dockerfile: textOrNull.describe(
    "Dockerfile lines that run the shell command in `command`, or example lines if `command` is null"
  ),
  options: strictObject({ form: _enum(OPTIONS_FORMS), lines: text }).optional().describe(
    "Lines for where the run options are set (a service of a compose file, or options of docker run), with comments"
  ),
  where: PlaceSchema.nullable(),
  checks: array(_enum(CHECK_IDS)),
  packages: array(PackageUpdateSchema).describe("Binary packages to update; a package that several checks report is listed once"),
  findings: array(strictObject({ check: _enum(CHECK_IDS), id: text, package: textOrNull }))
}), StatementsSchema = array(strictObject({ image: textOrNull.describe("null: all images"), text })), ReportSchema = strictObject({
  schemaVersion: literal(1),
  tool: strictObject({ name: text, version: text }),
  today: string().regex(/^\d{4}-\d{2}-\d{2}$/).describe("The date (UTC) for which the verdict was reached"),
  maxSpan: int().positive().describe("Maximum number of days for which a whitelist entry may be valid (max-span)"),
  policyDigest: textOrNull.describe(
    "SHA-256 of the applied policy as canonical JSON: sha256:<hex> (docs/attested-verdicts.md)"
  ),
  verdict: _enum(VERDICTS).describe("The worst verdict of all images; from worst to best: fail, incomplete, pass"),
  mode: _enum(MODES).describe(
    'enforce: a "fail" or "incomplete" verdict fails the run; audit: these verdicts are only reported'
  ),
  limits: StatementsSchema.describe(
    "What could have made the verdict another one, as every report shows it"
  ),
  details: StatementsSchema.describe("How the verdict was reached: comparisons, counts, ages of data"),
  images: array(ImageSchema2),
  sources: array(SourceSchema).describe("The sources for all images, each listed once"),
  unanswered: array(strictObject({ image: text, check: _enum(CHECK_IDS), problem: ProblemSchema })),
  policyNotices: array(PolicyNoticeSchema),
  actions: array(ActionSchema).describe("What to do before release, most important first")
}).describe("Seaworthy's report.json");

function sha256Of(text2) {
  return `sha256:${of_hash("sha256", text2)}`;
}
function shortHash(text2) {
  return of_hash("sha256", text2).slice(0, 16);
}
async function hashOfFile(path) {
  let digest = of_createHash("sha256");
  return await of_pipeline(of_createReadStream(path, { highWaterMark: 2 ** 20 }), digest), digest.digest("hex");
}

var BATCH = 50;
async function createCheckRun(api, run, check, settle) {
  let { owner: owner2, repo } = run, [first = [], ...more] = batchesOf(check.annotations), output = (annotations) => ({
    title: check.title,
    summary: check.summary,
    annotations: annotations.map(({ path, line: line2, level, ...texts2 }) => ({ path, start_line: line2, end_line: line2, annotation_level: level, ...texts2 }))
  }), done = { status: "completed", conclusion: check.conclusion }, post = async (annotations, last) => {
    let { data } = await api.request("POST /repos/{owner}/{repo}/check-runs", {
      owner: owner2,
      repo,
      name: check.name,
      head_sha: run.headSha,
      details_url: run.url,
      external_id: check.externalId,
      output: output(annotations),
      ...last ? done : { status: "in_progress" }
    });
    return Number(data.id);
  }, find = () => findCheckRun(api, run, check), create = (annotations, last) => createOnce(() => post(annotations, last && settle === null), find, !1), id3, [sent, others] = [first.length, more];
  try {
    id3 = await create(first, others.length === 0);
  } catch (error) {
    if (statusOf(error) !== 422 || first.length === 0)
      throw error;
    [sent, others] = [0, []], id3 = await create([], !0);
  }
  let update = (part2) => api.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    owner: owner2,
    repo,
    check_run_id: id3,
    ...part2
  });
  try {
    for (let [index, batch] of others.entries()) {
      let isLast = index === others.length - 1 && settle === null;
      await update({ output: output(batch), ...isLast ? done : {} }), sent += batch.length;
    }
  } catch {
    settle === null && await update(done);
  }
  let name2 = settle === null ? check.name : await settle();
  return settle !== null && await update({ ...name2 === check.name ? {} : { name: name2 }, ...done }), { id: id3, name: name2, sent };
}
function jobMark({ id: id3, attempt, pull }, job, conclusion) {
  return `-${job}-${conclusion}-${id3}-${attempt}${pull === null ? "" : "-pull"}`;
}
function readJobMark(externalId) {
  let form = /-([0-9a-f]{16})-(success|neutral|action_required|failure)-(\d+)-(\d+)(-pull)?$/, [, job, conclusion, runId, attempt, pull] = form.exec(externalId ?? "") ?? [];
  return job === void 0 || runId === void 0 ? null : {
    job,
    runId,
    attempt: Number(attempt),
    isOfPull: pull !== void 0,
    conclusion
  };
}
var CONCLUSIONS2 = ["success", "neutral", "action_required", "failure"], MAX_NAMES2 = 10;
async function freeName(api, run, { name: name2, conclusion, externalId }) {
  let own = readJobMark(externalId);
  for (let number2 = 1; number2 <= MAX_NAMES2; number2++) {
    let candidate = number2 === 1 ? name2 : `${name2} (${number2})`, all = (await checkRunsNamed(api, run, candidate)).flatMap((one) => {
      let mark = one.external_id === externalId ? null : readJobMark(one.external_id);
      return mark === null ? [] : [{ ...one, mark }];
    }), isOther = ({ mark: { runId, attempt, job, isOfPull } }) => runId === run.id ? attempt === run.attempt || job !== own?.job : run.pull === null && isOfPull, isWorse = ({ status, conclusion: one, mark }) => CONCLUSIONS2.indexOf(status === "completed" ? one : mark.conclusion) > CONCLUSIONS2.indexOf(conclusion);
    if (![...Map.groupBy(all.filter(isOther), ({ mark }) => mark.job).values()].flatMap(
      (same) => same.sort((a, b) => Number(b.id) - Number(a.id))[0] ?? []
    ).some(isWorse))
      return candidate;
  }
  throw new Error(`there are ${MAX_NAMES2} worse check runs named ${name2}`);
}
async function renameCheckRun(api, { owner: owner2, repo }, id3, name2) {
  await api.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { owner: owner2, repo, check_run_id: id3, name: name2 });
}
async function findCheckRun(api, run, { name: name2, externalId }) {
  let existing = (await checkRunsNamed(api, run, name2)).find(({ external_id }) => external_id === externalId);
  return existing === void 0 ? null : Number(existing.id);
}
async function checkRunsNamed(api, run, name2) {
  let { owner: owner2, repo, headSha: ref } = run, route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", page = { check_name: name2, filter: "all", per_page: 100 }, { data } = await api.request(route, { owner: owner2, repo, ref, ...page });
  return data.check_runs;
}
function batchesOf(annotations) {
  let count2 = Math.ceil(annotations.length / BATCH);
  return Array.from({ length: count2 }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH));
}

var MAX_FILES = 20;
async function publishCheckRun(api, run, verdict, options) {
  let pointer = `the run's summary: ${run.url}`, report = options.maxAnnotations !== void 0 ? renderUntrusted(verdict, pointer, run.pages, options.caveat) : renderCheckRun(verdict, pointer, run.pages);
  return sendReport(api, run, report, options);
}
function notPublished(error, what, permission) {
  let problem = githubProblem(error, what, permission);
  return `${what} was not published: ${problem.what}. To do: ${problem.todo}`;
}
async function sendReport(api, run, report, { name: wanted, id: id3, job, maxAnnotations }) {
  let some = report.annotations.slice(0, maxAnnotations), annotations = await placedAtHead(api, run, some), { conclusion, title: title2, summary } = report, externalId = job === null ? id3 : `${id3}${jobMark(run, job, conclusion)}`, check = { name: visible(wanted), externalId, conclusion, title: title2, summary, annotations }, isFinal = job === null || conclusion === "failure", { sent, notes } = isFinal ? { ...await createCheckRun(api, run, check, null), notes: [] } : await createUnderFreeName(api, run, check), lost = annotations.length - sent, left = report.annotations.length - some.length, limit = `the limit for an untrusted report (${wanted})`;
  return [
    ...notes,
    ...lost === 0 ? [] : [`${plural(lost, "annotation")} could not be added to the check run`],
    ...left === 0 ? [] : [`${plural(left, "annotation")} left out to stay within ${limit}`]
  ];
}
async function createUnderFreeName(api, run, check) {
  let notes = [], settle = async () => {
    try {
      return await freeName(api, run, check);
    } catch (error) {
      let { what } = githubProblem(error, "the check run", "checks: write"), note = `it is not known whether another job has a worse check run of the same name: ${what}`;
      return notes.splice(0, 1, note), check.name;
    }
  }, { id: id3, name: first, sent } = await createCheckRun(api, run, check, settle), name2 = first === check.name ? await settle() : first;
  return name2 !== first && await renameCheckRun(api, run, id3, name2), name2 !== check.name && notes.push(
    `the check run was renamed ${JSON.stringify(name2)}, because another job has a worse result under the same name: set check-name to a different name in each job`
  ), { sent, notes };
}
async function placedAtHead(api, run, annotations) {
  let annotationsAtHead = annotations.flatMap((one) => {
    let path = pathFromRoot(one.place.file, run.workspace);
    return path === null ? [] : [{ ...one, path }];
  }), same = await sameFiles(api, run, [...new Set(annotationsAtHead.map(({ path }) => path))]);
  return annotationsAtHead.map(({ path, level, title: title2, message, place: place3 }) => {
    let line2 = same === null || same.has(path) ? Math.max(1, place3.line) : 1;
    return { path, line: line2, level: level === "error" ? "failure" : "warning", title: title2, message };
  });
}
async function sameFiles(api, run, paths) {
  if (!run.merged)
    return null;
  let requested = paths.slice(0, MAX_FILES), same = await Promise.all(requested.map((path) => isSameAtHead(api, run, path)));
  return new Set(requested.filter((_, index) => same[index]));
}
function pathFromRoot(file2, workspace) {
  let path = of_posix.normalize(of_isAbsolute(file2) ? of_relative(workspace, file2) : file2);
  return path === "." || path.startsWith("..") || of_isAbsolute(path) ? null : path;
}

var MAX_PAGES = 30;
async function listComments(api, { owner: owner2, repo }, pull, since) {
  let { list } = await readPages(
    MAX_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner: owner2,
      repo,
      issue_number: pull,
      ...page,
      ...since === void 0 ? {} : { since }
    })
  );
  return list.map(commentOf);
}
async function readComment(api, { owner: owner2, repo }, comment_id) {
  return commentOf((await api.request("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner: owner2, repo, comment_id })).data);
}
async function createComment(api, { owner: owner2, repo }, issue_number, body) {
  return commentOf((await api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { owner: owner2, repo, issue_number, body })).data);
}
async function updateComment(api, { owner: owner2, repo }, comment_id, body) {
  return commentOf((await api.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner: owner2, repo, comment_id, body })).data);
}
async function deleteComment(api, { owner: owner2, repo }, comment_id) {
  await api.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner: owner2, repo, comment_id });
}
function commentOf({ id: id3, body, user, updated_at }) {
  return {
    id: Number(id3),
    body: (body ?? "").replaceAll(`\r
`, `
`),
    author: user?.login ?? "",
    bot: user?.type === "Bot",
    updatedAt: updated_at
  };
}

export {
  MAX_LISTED,
  APPLICATION_KINDS,
  UNREAD_KINDS,
  isUnread,
  APPLICATION_KIND_IDS,
  isPurlType,
  kindText,
  VULNERABILITY_ID,
  isAcceptedByIdAlone,
  BY_PATH_IDS,
  isAcceptedByPath,
  CHECKS,
  CHECK_IDS,
  runsIfRequested,
  runsAlways,
  RunServiceSchema,
  isRunKey,
  binaryKey,
  BARE,
  BENCH_STATUSES,
  KEEP_RUNNING_ADVICE,
  endedText,
  NO_RESULT,
  OUTCOMES,
  benchFinding,
  countedResult,
  resultThatCounts,
  isStricter,
  DEBIAN_ARCHIVE,
  SECURITY_ARCHIVE,
  readSourceLines,
  isSafeSource,
  asMember,
  JUSTIFICATIONS,
  LAYER_OWNERS,
  SEVERITIES,
  compareSeverity,
  isAtLeast,
  severityOfScore,
  severityOfUrgency,
  FEEDS,
  SOURCE_NAMES,
  FEEDS_DOCUMENT,
  hasFeed,
  FEED_TITLES,
  MAX_FEED_DAYS,
  MAX_OSV_DAYS,
  feedError,
  malformed,
  at,
  atLine,
  becauseText,
  reasonsNextToVersions,
  returnText,
  debianText,
  isCheckId,
  toNewNumbering,
  fromNewNumbering,
  isWithin,
  isOfRun,
  START_TEST,
  CREATED_USER,
  pageOfId,
  compareIds,
  cached,
  parseCve,
  cveId,
  cvesIn,
  isDate,
  addDays,
  hoursBetween,
  SourceSchema,
  ELSEWHERE_SOURCE,
  acceptsPackageName,
  mostSevere,
  neededKeys,
  withNeededKeys,
  KNOWN_PROGRAMS,
  knownProgram,
  GO,
  programOfBitnami,
  bitnamiVersion,
  projectVersion,
  programText,
  changeText,
  packageOfPurl,
  OFFICIAL_IMAGES,
  dockerHubName,
  isOfficialName,
  isOfficialBeginning,
  nameAgainstLabel,
  baseSentence,
  HEALTH_PROGRAMS,
  healthProgram,
  healthPathIn,
  isPlainBinding,
  NO_FINGERPRINT,
  branchOf,
  cycleIn,
  releasedVersion,
  dataAge,
  endsText,
  readEnds,
  TESTED_BY,
  NOT_RUN,
  NO_ANSWER,
  endOfTest,
  unexaminedId,
  unreadSentence,
  pathsText,
  shortened,
  aboutPackage,
  obstacle,
  osvPage,
  KINDS,
  kindOf,
  describe,
  isRated,
  pageOf,
  isVulnerability,
  isApplication,
  isKnownVulnerability,
  idsOf,
  isMalware,
  isBench,
  isUpdate,
  isObstacle,
  isLeftBehind,
  isRuledInOrder,
  otherDatabase,
  architectureOf,
  isOnHold,
  installableFix,
  DetailsSchema4 as DetailsSchema,
  detailsOf,
  findingWith,
  imageMatches,
  globMatches,
  unmatchedImage,
  ACCOUNT_SIDES,
  NOT_HASHED,
  isOwnFileOfPackage,
  programsIn,
  programRecords,
  ImageSchema,
  platformName,
  OtherPlatformsSchema,
  MAX_PLATFORMS,
  platformNameOf,
  parsePlatform,
  isPlatform,
  isSamePlatform,
  isRunnable,
  mayBeDebian,
  othersOf,
  choiceText,
  summaryText,
  vendorOf,
  maybeVendorOf,
  upstreamVersion,
  isOfPackage,
  CLEAR_BITS_COMMAND,
  recordCommand,
  purgeCommand,
  OSV_SCORER,
  scorerKind,
  mergeTag,
  CORE_SCHEMA,
  load,
  OPTIONS_FORMS,
  RULINGS,
  VERDICTS,
  worst,
  compareVerdicts,
  GoneFindingSchema,
  MODES,
  exitCode,
  withSiblings,
  countOf,
  RULING_NAMES,
  findingsOf,
  countRulings,
  countDeferred,
  deferredText,
  deferredLine,
  dueCount,
  dueLine,
  countVerdicts,
  hasAnswer,
  kevCount,
  severityCounts,
  OWNER_NAMES,
  ownerCounts,
  ownersLine,
  ownersAndKev,
  runFact,
  regressionTestLines,
  SIDE_NAMES,
  LISTED_PLACEMENTS,
  listedPrograms,
  PROGRAM_COLUMNS,
  OUTCOME_NAMES,
  BENCH_COLUMNS,
  benchOf,
  benchTable,
  rowLine,
  reasonsNextToRows,
  shortRows,
  benchHead,
  judgedBy,
  countsText,
  subjectName,
  hasSeverity,
  debianKind,
  returnConditions,
  versions,
  severityCell,
  changedNameOf,
  changeOf,
  answerTexts,
  tilesOf,
  tileText,
  dataTable,
  sourcesOf2 as sourcesOf,
  sourceFacts,
  imageName,
  unexamined,
  platformsOfOne,
  worstPlatform,
  statementsOf,
  statementLines,
  isValidVersion,
  versionError,
  compareVersions,
  lostFix,
  fixElsewhere,
  stateOf2 as stateOf,
  placeOf,
  isNotDebian,
  compareWorstFirst,
  addSecuritySource,
  addSources,
  aptName,
  packageArgument,
  isSafeName,
  isSafeVersion,
  vendorCommand,
  BUILTIN_FILE,
  policyError,
  shown,
  misspelt,
  versionSchema,
  textSchema,
  shapeErrors,
  errorAt,
  valueAt,
  mappingOf,
  formerKeyErrors,
  withoutKeys,
  readYaml,
  acceptsMore,
  readDictionary,
  DICTIONARY_SCHEMA,
  STARTER_DICTIONARY,
  DEFAULT_DICTIONARY,
  addressOfPage,
  withLinks,
  pageOfProblem,
  IN_DOCKERFILE,
  tasksOf,
  taskNumbers,
  actionsOf,
  headline,
  modeLine,
  imageHeadline,
  verdictText,
  verdictIcon,
  auditEndOf,
  policiesFrom,
  changesOfPolicies,
  textsOf,
  refuse,
  isRefusal,
  oneOf,
  hasDays,
  daysFor,
  daysText,
  isActWithin,
  auditError,
  modeOn,
  auditNotices,
  limitFor,
  isByOwner,
  ownersText,
  rulesForRelease,
  requiredRelease,
  RUN_ROWS,
  INPUTS_ONLY,
  DEFAULT_TIMEOUTS,
  treatedPrograms,
  THRESHOLD_ROWS,
  collectThresholds,
  DEFAULT_GATE,
  policyDigest,
  canonicalJson,
  splice,
  memberOf,
  put,
  append,
  addBlock,
  remove2 as remove,
  yamlText,
  acceptablePaths,
  entriesByPath,
  entriesFor,
  acceptedBy,
  DEFAULT_CHECK,
  FORMATS,
  readRules,
  readWhitelistFile,
  spanError,
  EMPTY_WHITELIST,
  entryNotices,
  usualEnd,
  entryBy,
  proposeEntries,
  unknownIds,
  withEntries,
  pruned,
  whitelistEntry,
  paintBlock,
  blocksOf,
  partsOf2 as partsOf,
  wrap,
  filled,
  wrapCommand,
  truncate,
  columns,
  wrapUnder,
  painter,
  renderDiff,
  diffLines2 as diffLines,
  imageFacts,
  layerViews,
  layerNumber,
  COLUMNS4 as COLUMNS,
  FINDING_TABLES,
  pageColumns,
  unblockingTables,
  blockingPackages,
  findingGroups,
  placedIn,
  benchOut,
  benchIn,
  ReportSchema,
  whole,
  cutToFit,
  tableRow,
  sectionOfTable,
  foldedList,
  limitList,
  opened,
  closed,
  fenced,
  taskSections,
  renderMarkdown,
  sha256Of,
  shortHash,
  hashOfFile,
  placesOf,
  renderProblemAnnotations,
  renderAnnotations,
  unshownAnnotations,
  UNTRUSTED,
  UNTRUSTED_MEANING,
  renderProblemReport,
  checkRunName,
  issueMark,
  writerOf,
  renderIssue,
  publishCheckRun,
  notPublished,
  sendReport,
  pathFromRoot,
  listComments,
  readComment,
  createComment,
  updateComment,
  deleteComment
};
