import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  BARE,
  BENCH_RULES,
  BENCH_STATES,
  BENCH_STATUSES,
  COUNTED_BY,
  HOLDERS,
  OUTCOMES,
  ReportSchema,
  UPDATE_IDS,
  UPDATE_ORIGINS,
  benchFinding,
  benchIn,
  isDate,
  isPurlType,
  keywordAmong,
  membersOf,
  readObstacle,
  readSourceLines,
  sentence,
  withSiblings
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  SeaworthyError
} from "./chunk-model-problem-codes.js";

function readFinding(json) {
  switch (json.check) {
    case "clair":
      return obstacleOf(json) ?? applicationOf(json) ?? {
        check: json.check,
        id: json.id,
        ...commonOf(json),
        ...readVulnerability(json.facts)
      };
    case "docker-bench":
      return { ...benchOf(json.id, json.facts), ...commonOf(json) };
    default:
      return updateOf(json) ?? obstacleOf(json);
  }
}
function readBecause({ because, fixedVersion: version, facts }) {
  let { found = "" } = facts, reported = (text) => ({ reason: "as-reported", words: text, why: text.includes(found) ? found : null }), beginnings = [
    { reason: "unrated" },
    ...version === null ? [] : [{ reason: "fix-offered", version }]
  ];
  if (because === sentence(beginnings.slice(0, 1)))
    return beginnings.slice(0, 1);
  let first = beginnings.find((one) => because.startsWith(`${sentence([one])}; `));
  return first === void 0 ? [reported(because)] : [first, reported(because.slice(sentence([first]).length + 2))];
}
function readReturn(text) {
  let [, codename, fix] = /^the archive of (?:Debian ([a-z]+)|this Debian release) offers the fix (.+)$/.exec(text) ?? [];
  return fix === void 0 ? { reason: "as-reported", words: text } : { reason: "archive-offers", codename: codename ?? null, fix };
}
function commonOf(json) {
  let common = Object.keys(BARE).map((key) => [key, Reflect.get(json, key)]);
  return { ...BARE, ...Object.fromEntries(common), links: [] };
}
function readVulnerability(all) {
  let { packageDb, release, signedSource, explanation, archiveOffers, ...facts } = all;
  return {
    facts,
    packageDb: packageDb ?? null,
    release: release ?? null,
    signedSources: membersOf(signedSource),
    explanation: explanation ?? null,
    archiveOffers: archiveOffers ?? null
  };
}
function applicationOf(json) {
  let { id, package: name, facts, application } = json;
  if (!application || !isPurlType(application.kind) || name === null)
    return null;
  let { newest = null, settles = null, explanation = null, summary = "", branch, vendor } = facts, end = facts["branch-end"] ?? null, hasFix = facts["branch-fix"] === "yes", { "base-from": from, "base-tag": to } = facts, more = Number(facts["more-paths"] ?? 0);
  return {
    check: "clair",
    id,
    ...commonOf(json),
    subject: "application",
    package: name,
    ...application,
    kind: application.kind,
    paths: linesOf(facts.paths),
    morePaths: Number.isSafeInteger(more) ? more : 0,
    layers: linesOf(facts.layers),
    newest,
    settles,
    explanation,
    ...from !== void 0 && to !== void 0 && { baseTag: { from, to } },
    ...branch !== void 0 && { branch: { title: branch, end, hasFix } },
    ...vendor !== void 0 && { vendor: { title: vendor, packages: membersOf(facts["vendor-packages"]) } },
    summary
  };
}
function updateOf(json) {
  let { facts, package: name, version, fixedVersion } = json, id = keywordAmong(UPDATE_IDS, json.id);
  if (json.check !== "security-updates" || id === null || name === null || version === null || fixedVersion === null)
    return null;
  let { architecture = "", source = name, sourceVersion = version, deb, debSha256, heldBack = "" } = facts, by = keywordAmong(HOLDERS, facts.heldBackBy), [, what, at] = /^(brings|leaves) (.+)$/.exec(facts.rebuild ?? "") ?? [];
  return {
    check: "security-updates",
    id,
    ...commonOf(json),
    package: name,
    version,
    fixedVersion,
    origin: keywordAmong(UPDATE_ORIGINS, facts.kind) ?? (id === "security-update" ? "security" : "updates"),
    architecture,
    indexes: membersOf(facts.indexes),
    source,
    sourceVersion,
    fixedSource: facts.fixedSource ?? null,
    fixedSourceVersion: facts.fixedSourceVersion ?? null,
    asConfigured: facts.asConfigured === "not offered" ? null : facts.asConfigured ?? null,
    aptSource: readSourceLines(facts.aptSource ?? "", facts.aptSourceStyle === "deb822" ? "deb822" : "one-line")[0] ?? null,
    deb: deb === void 0 || debSha256 === void 0 ? null : { url: deb, sha256: debSha256 },
    heldBack: by === null ? null : { by, text: heldBack },
    hasApt: facts.apt !== "none",
    rebuild: at !== void 0 ? { what: what === "brings" ? "brings" : "leaves", version: at } : facts.rebuild === void 0 ? null : { what: "not-of-base" },
    exploited: membersOf(facts.exploited)
  };
}
function obstacleOf(json) {
  let read = readObstacle(json.check, json.id, json.facts);
  return read === null ? null : { ...read, ...commonOf(json) };
}
function benchOf(id, facts) {
  let outcome = keywordAmong(OUTCOMES, facts.outcome), { title, advice } = facts, result = {
    id,
    state: keywordAmong(BENCH_STATES, facts.state) ?? "not-evaluated",
    why: facts.found ?? "",
    builtin: resultIn(facts, "builtin-"),
    dbs: resultIn(facts, "dbs-"),
    counts: countsIn(facts),
    whyNoDbs: facts["dbs-why-none"] ?? null,
    dbsTitle: facts["dbs-title"] ?? null,
    evidence: linesOf(facts.evidence),
    host: linesOf(facts.host)
  };
  return benchFinding(result, {
    ours: title === void 0 && advice === void 0 ? null : { title: title ?? `check ${id}`, advice: advice ?? "" },
    subject: facts.subject ?? null,
    improvement: facts.improvement ?? null,
    places: placesOf(facts),
    output: facts.said ?? null,
    ofBase: facts["of-base"] ?? null,
    compared: outcome === null ? null : {
      outcome,
      expected: facts.expected ?? "",
      reported: resultIn(facts, ""),
      unexpected: linesOf(facts.unexpected),
      accepted: null
    }
  });
}
function resultIn(facts, prefix) {
  let status = facts[`${prefix}word`];
  return status === void 0 ? null : { word: keywordAmong(BENCH_STATUSES, status), items: linesOf(facts[`${prefix}items`]) };
}
function countsIn(facts) {
  let by = keywordAmong(COUNTED_BY, facts["counts-by"]), whose = keywordAmong(BENCH_RULES, facts["counts-whose"]);
  if (by === null || whose === null)
    return null;
  let { "counts-reason": reason = "", "counts-page": page = "" } = facts;
  return by === "known-wrong" ? { by, whose: "built-in", reason, page } : { by, whose };
}
function placesOf({ instruction = "", "history-lines": numbers }) {
  let names = instruction.split("; ").map((one) => one.split(" ", 1)[0] ?? "");
  return linesOf(numbers).filter((line) => /^\d{1,6}$/.test(line)).map((line, index) => ({ line: Number(line), instruction: names[index] ?? "" }));
}
function linesOf(text = "") {
  return text.split(`
`).filter((one) => one !== "");
}

var MAX_CHARACTERS = 25e6, MAX_IMAGES = 50, MAX_FINDINGS = 2e4, MAX_VALUE_LENGTH = 2e4;
function readUntrustedReport(text, where) {
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
  return verdictOf(parsed.data, where);
}
function refuseLongValues(key, value) {
  if (key.length > MAX_VALUE_LENGTH || typeof value == "string" && value.length > MAX_VALUE_LENGTH)
    throw new RangeError(`it contains a text of more than ${MAX_VALUE_LENGTH} characters`);
  return value;
}
function verdictOf(report, where) {
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
          isOff: applications.off
        },
        dockerfile: { file: null, note: null, from: null },
        dockerfileChange: null,
        rebuild: { needed: null, why: "the report comes from an untrusted run", settles: [] },
        checks: checks.map((one) => ({
          ...one,
          bench: one.bench === null ? null : benchOf2(benchIn(one.bench))
        })),
        findings: findings.map((one) => findingOf(one, where)),
        sources: index === 0 ? sources : [],
        layers: []
      }))
    ),
    policyNotices: policyNotices.map(({ kind, place, text }) => ({ kind, text, place: placeOf(place) }))
  };
}
function benchOf2({ run, rows }) {
  return { run, rows: rows.map((row) => ({ ...row, place: isLineOf(row.place) ? row.place : null })) };
}
function isLineOf(place) {
  return place?.line == null || placeOf({ file: place.file, line: place.line }) !== null;
}
function findingOf(json, where) {
  let finding = readFinding(json);
  if (finding === null)
    throw refused(`it contains ${json.check}/${json.id} in a form that Seaworthy never reports`, where);
  let { ruling, due, blocks, owner, since, statement, returnsWhen, policy, line } = json;
  return {
    ...finding,
    ruling,
    due: due !== null && isDate(due) ? due : null,
    because: readBecause(json),
    blocks,
    owner,
    since,
    statement,
    returnsWhen: returnsWhen?.map(readReturn) ?? null,
    policy: placeOf(policy),
    line: placeOf(line) === null ? null : line
  };
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
  readUntrustedReport
};
