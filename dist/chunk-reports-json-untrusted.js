import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  BARE,
  ReportSchema,
  benchIn,
  findingWith,
  isDate,
  withSiblings
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  SeaworthyError
} from "./chunk-zod-v4-core-schemas.js";

var MAX_CHARACTERS = 25e6, MAX_IMAGES = 50, MAX_FINDINGS = 2e4, MAX_VALUE_LENGTH = 2e4;
function readUntrustedReport(text, where) {
  return verdictIn(parseReport(text, where), where);
}
function parseReport(text, where) {
  if (text.length > MAX_CHARACTERS)
    throw refused(`it is longer than ${MAX_CHARACTERS} characters`, where);
  let value;
  try {
    value = JSON.parse(text, refuseLongValues);
  } catch (error) {
    throw refused(error instanceof RangeError ? error.message : "it is not JSON", where);
  }
  let parsed = ReportSchema.safeParse(value);
  if (!parsed.success) {
    let path = parsed.error.issues[0]?.path.slice(0, 6).map(String).join(".") ?? "";
    throw refused(`it does not match policies/schema/report.schema.json at ${path || "its root"}`, where);
  }
  let { images } = parsed.data, findings = images.reduce((sum, image) => sum + image.findings.length, 0);
  if (images.length === 0 || images.length > MAX_IMAGES)
    throw refused(`it contains ${images.length} images, but must contain from 1 to ${MAX_IMAGES}`, where);
  if (findings > MAX_FINDINGS)
    throw refused(`it contains ${findings} findings, but at most ${MAX_FINDINGS} are allowed`, where);
  return parsed.data;
}
function refuseLongValues(key, value) {
  if (key.length > MAX_VALUE_LENGTH || typeof value == "string" && value.length > MAX_VALUE_LENGTH)
    throw new RangeError(`it contains a text of more than ${MAX_VALUE_LENGTH} characters`);
  return value;
}
function verdictIn(report, where) {
  let { verdict, mode, today, maxSpan, images, sources, policyNotices } = report;
  return {
    verdict,
    mode,
    today,
    maxSpan,
    vexAuthor: null,
    judgedBy: { policyDigest: report.policyDigest, release: null, newOnly: !1 },
    evidence: null,
    images: withSiblings(
      images.map(({ findings, platform, checks, deferred: _, applications, ...image }, index) => ({
        ...image,
        nameInArchive: null,
        platform: platform === null ? null : platformOf(platform),
        architecture: null,
        base: null,
        regressionTest: { ...image.regressionTest, output: null },
        packages: null,
        applications: applications === null ? null : {
          judged: applications.judged,
          byClair: applications.byClair,
          unexamined: applications.notExamined,
          clair: applications.clair,
          isOff: applications.off,
          isOffByOsv: applications.offByOsv === !0
        },
        dockerfile: { file: null, note: null, from: null },
        dockerfileChange: null,
        rebuild: { needed: null, why: "the report comes from an untrusted run", settles: [] },
        checks: checks.map((one) => ({
          ...one,
          bench: one.bench === null ? null : benchOf(benchIn(one.bench))
        })),
        findings: findings.map((one) => findingOf(one, where)),
        sources: index === 0 ? sources : [],
        layers: []
      }))
    ),
    policyNotices: policyNotices.map(({ kind, place, text }) => ({ kind, text, place: placeOf(place) }))
  };
}
function benchOf({ run, rows }) {
  let isShown = (place) => place?.line == null || placeOf({ file: place.file, line: place.line }) !== null;
  return { run, rows: rows.map((row) => ({ ...row, place: isShown(row.place) ? row.place : null })) };
}
function findingOf(json, where) {
  let names = Object.keys(BARE), common = { ...BARE, ...Object.fromEntries(names.map((name) => [name, json[name]])), links: [] }, finding = findingWith(json, common, withoutPlaces(json.details));
  if (finding === null)
    throw refused(`it contains ${json.check}/${json.id} in a form that Seaworthy never reports`, where);
  let { ruling, due, blocks, owner, since, statement, policy, line } = json;
  return {
    ...finding,
    ruling,
    due: due !== null && isDate(due) ? due : null,
    because: json.reasons,
    blocks,
    owner,
    since,
    statement,
    returnsWhen: json.returnReasons,
    policy: placeOf(policy),
    line: placeOf(line) === null ? null : line
  };
}
function withoutPlaces(details) {
  if (details.type !== "bench-result" && details.type !== "start-test")
    return details;
  let { optionsAt: _, service, compared, ...rest } = details;
  return { ...rest, ...service === void 0 ? {} : { service: { name: "", indent: 4, lines: {} } }, compared: compared === null ? null : { ...compared, accepted: null } };
}
function platformOf(text) {
  let [, os, architecture, variant] = /^([a-z0-9]{1,20})\/([a-z0-9_]{1,20})(?:\/([a-z0-9.]{1,20}))?$/.exec(text) ?? [];
  return os === void 0 || architecture === void 0 ? null : { os, architecture, variant: variant ?? null };
}
function placeOf(place) {
  return place === null || place.line > 1e6 ? null : place.file.split("/").every((name) => /^[\w.+-]{1,100}$/.test(name) && !/^\.{1,2}$/.test(name)) && place.file.length <= 300 ? place : null;
}
function refused(what, where) {
  return new SeaworthyError({
    code: "untrusted-report",
    what: `the run's report was not published: ${what}`,
    where
  });
}

export {
  MAX_CHARACTERS,
  readUntrustedReport,
  parseReport,
  verdictIn
};
