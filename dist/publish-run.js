import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  legOf,
  publishCheckRun,
  publishComment
} from "./chunk-reports-comment-comment.js";
import {
  BARE,
  BENCH_RULES,
  BENCH_STATES,
  BENCH_WORDS,
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
  membersOf,
  readObstacle,
  readSourceLines,
  sentence,
  shortHash,
  withSiblings,
  wordAmong
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  listFolder,
  newRunId,
  readInside
} from "./chunk-io-engine-docker.js";
import {
  apiUrlOf,
  isCount,
  readEvent,
  repositoryOf,
  runUrlOf,
  shaOf
} from "./chunk-io-github-repository.js";
import {
  connectGitHub,
  documentsAddress,
  escapeTerminal,
  githubProblem,
  untagged
} from "./chunk-io-github-client.js";
import {
  getInput,
  info,
  setFailed,
  setSecret,
  warning
} from "./chunk-actions-core-lib-summary.js";
import "./chunk-io-http-plain-http.js";
import {
  of_join
} from "./chunk-actions-exec-lib-toolrunner.js";
import "./chunk-of-node-fs.js";
import "./chunk-io-http-client.js";
import "./chunk-model-text.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import "./chunk-model-json.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-model-problem-codes.js";
import "./chunk-empty.js";

// src/io/github/workflow-run.ts
function readFinishedRun(env = process.env) {
  if (env.GITHUB_EVENT_NAME !== "workflow_run")
    return null;
  let { workflow_run: it } = readEvent(env), repository = repositoryOf(env), [sha, branch, id] = [shaOf(it?.head_sha), it?.head_branch, it?.id], [from, login] = [it?.head_repository?.full_name, it?.head_repository?.owner?.login];
  if (it?.event !== "pull_request" || repository === null || sha === null || !isCount(id) || typeof branch != "string" || typeof from != "string" || typeof login != "string")
    return null;
  let path = typeof it.path == "string" && /^\.github\/workflows\/[\w.-]{1,200}$/.test(it.path) ? it.path : "";
  return { run: {
    ...repository,
    id: String(id),
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, String(id)),
    number: isCount(it.run_number) ? it.run_number : 1,
    attempt: isCount(it.run_attempt) ? it.run_attempt : 1,
    workflow: path,
    headSha: sha,
    sha,
    branch: null,
    // There is no work tree, so no line is known to match the head.
    merged: !0,
    pull: null,
    scheduled: !1,
    platform: null,
    pages: documentsAddress(env),
    workspace: "/nonexistent"
  }, from, owner: login, branch, own: from === `${repository.owner}/${repository.repo}` };
}
async function pullOf(api, { run: { owner, repo, headSha }, from, owner: login, branch }) {
  let { data } = await api.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    state: "open",
    head: `${login}:${branch}`,
    per_page: 100
  }), fitting = data.filter(({ head }) => head.sha === headSha && head.repo?.full_name === from), [only] = fitting;
  return only === void 0 || fitting.length > 1 ? null : { number: Number(only.number), fork: !0, base: only.base.ref };
}

// src/publish/untrusted.ts
var TIMEOUT_MS = 12e4, MOST_ANNOTATIONS = 50;
async function publishUntrusted(verdicts, finished, options) {
  let backoff = options.backoffMs === void 0 ? {} : { backoffMs: options.backoffMs }, { apiUrl } = finished.run, api = await connectGitHub({ token: options.token, apiUrl, timeoutMs: TIMEOUT_MS, ...backoff }), pull;
  try {
    pull = await pullOf(api, finished);
  } catch (error) {
    return [said(error, "the report", "pull-requests: write")];
  }
  if (pull === null)
    return [
      "nothing was published, because the run's commit must be the head of exactly one open pull request"
    ];
  let run = { ...finished.run, pull }, notes = [], most = Math.floor(MOST_ANNOTATIONS / verdicts.length);
  for (let [index, verdict] of verdicts.entries()) {
    let name = verdicts.length === 1 ? options.checkName : `${options.checkName} (${index + 1})`, id = `seaworthy-${options.runId}-${index}`;
    try {
      notes.push(...await publishCheckRun(api, run, verdict, { name, id, untrusted: { most } }));
    } catch (error) {
      notes.push(said(error, name, "checks: write"));
    }
  }
  if (options.comment)
    try {
      notes.push(...await comment(api, run, pull.number, verdicts, options));
    } catch (error) {
      notes.push(said(error, "the comment", "pull-requests: write"));
    }
  return notes;
}
function comment(api, run, pull, verdicts, { settleMs = 1200 }) {
  let legs = verdicts.map((verdict) => {
    let names = verdict.images.map(({ reference }) => reference);
    return legOf(verdict, {
      key: shortHash(JSON.stringify([names, "untrusted"])),
      family: shortHash(JSON.stringify([names.map(untagged), "untrusted"])),
      run: run.number,
      attempt: run.attempt,
      head: run.headSha,
      url: run.url,
      change: null,
      untrusted: !0
    });
  }), create = verdicts.some(({ verdict }) => verdict !== "pass");
  return publishComment(api, run, { legs, pull, create, settleMs });
}
function said(error, what, permission) {
  let problem = githubProblem(error, what, permission);
  return `${what} was not published: ${problem.what}. To do: ${problem.todo}`;
}

// src/reports/json/read-finding.ts
function readFinding(told) {
  switch (told.check) {
    case "clair":
      return obstacleOf(told) ?? applicationOf(told) ?? {
        check: told.check,
        id: told.id,
        ...commonOf(told),
        ...ofVulnerability(told.facts)
      };
    case "docker-bench":
      return { ...benchOf(told.id, told.facts), ...commonOf(told) };
    default:
      return updateOf(told) ?? obstacleOf(told);
  }
}
function readBecause({ because, fixedVersion: version, facts }) {
  let { found = "" } = facts, reported = (words) => ({ reason: "as-reported", words, why: words.includes(found) ? found : null }), beginnings = [
    { reason: "unrated" },
    ...version === null ? [] : [{ reason: "fix-offered", version }]
  ];
  if (because === sentence(beginnings.slice(0, 1)))
    return beginnings.slice(0, 1);
  let first = beginnings.find((one) => because.startsWith(`${sentence([one])}; `));
  return first === void 0 ? [reported(because)] : [first, reported(because.slice(sentence([first]).length + 2))];
}
function readReturn(words) {
  let [, codename, fix] = /^the archive of (?:Debian ([a-z]+)|this Debian release) offers the fix (.+)$/.exec(words) ?? [];
  return fix === void 0 ? { reason: "as-reported", words } : { reason: "archive-offers", codename: codename ?? null, fix };
}
function commonOf(told) {
  let common = Object.keys(BARE).map((key) => [key, Reflect.get(told, key)]);
  return { ...BARE, ...Object.fromEntries(common), links: [] };
}
function ofVulnerability(all) {
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
function applicationOf(told) {
  let { id, package: name, facts, application } = told;
  if (!application || !isPurlType(application.kind) || name === null)
    return null;
  let { newest = null, settles = null, explanation = null, summary = "" } = facts, more = Number(facts["more-paths"] ?? 0);
  return {
    check: "clair",
    id,
    ...commonOf(told),
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
    summary
  };
}
function updateOf(told) {
  let { facts, package: name, version, fixedVersion } = told, id = wordAmong(UPDATE_IDS, told.id);
  if (told.check !== "security-updates" || id === null || name === null || version === null || fixedVersion === null)
    return null;
  let { architecture = "", source = name, sourceVersion = version, deb, debSha256, heldBack = "" } = facts, by = wordAmong(HOLDERS, facts.heldBackBy), [, what, at] = /^(brings|leaves) (.+)$/.exec(facts.rebuild ?? "") ?? [];
  return {
    check: "security-updates",
    id,
    ...commonOf(told),
    package: name,
    version,
    fixedVersion,
    origin: wordAmong(UPDATE_ORIGINS, facts.kind) ?? (id === "security-update" ? "security" : "updates"),
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
function obstacleOf(told) {
  let read = readObstacle(told.check, told.id, told.facts);
  return read === null ? null : { ...read, ...commonOf(told) };
}
function benchOf(id, facts) {
  let outcome = wordAmong(OUTCOMES, facts.outcome), { title, advice } = facts, result = {
    id,
    state: wordAmong(BENCH_STATES, facts.state) ?? "not-evaluated",
    why: facts.found ?? "",
    builtin: saysIn(facts, "builtin-"),
    dbs: saysIn(facts, "dbs-"),
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
    said: facts.said ?? null,
    ofBase: facts["of-base"] ?? null,
    held: outcome === null ? null : {
      outcome,
      expected: facts.expected ?? "",
      says: saysIn(facts, ""),
      unexpected: linesOf(facts.unexpected),
      accepted: null
    }
  });
}
function saysIn(facts, prefix) {
  let word = facts[`${prefix}word`];
  return word === void 0 ? null : { word: wordAmong(BENCH_WORDS, word), items: linesOf(facts[`${prefix}items`]) };
}
function countsIn(facts) {
  let by = wordAmong(COUNTED_BY, facts["counts-by"]), whose = wordAmong(BENCH_RULES, facts["counts-whose"]);
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

// src/reports/json/untrusted.ts
var MOST_CHARACTERS = 25e6, MOST_IMAGES = 50, MOST_FINDINGS = 2e4, MOST_OF_A_WORD = 2e4;
function readUntrustedReport(text, where) {
  if (text.length > MOST_CHARACTERS)
    throw refused(`it is longer than ${MOST_CHARACTERS} characters`, where);
  let value;
  try {
    value = JSON.parse(text, refuseLongWords);
  } catch (error) {
    throw refused(error instanceof RangeError ? error.message : "it is not JSON", where);
  }
  let parsed = ReportSchema.safeParse(value);
  if (!parsed.success) {
    let path = parsed.error.issues[0]?.path.slice(0, 6).map(String).join(".") ?? "";
    throw refused(`it does not match policies/schema/report.schema.json at ${path || "its root"}`, where);
  }
  let { images } = parsed.data, findings = images.reduce((sum, image) => sum + image.findings.length, 0);
  if (images.length === 0 || images.length > MOST_IMAGES)
    throw refused(`it contains ${images.length} images, but must contain from 1 to ${MOST_IMAGES}`, where);
  if (findings > MOST_FINDINGS)
    throw refused(`it contains ${findings} findings, but at most ${MOST_FINDINGS} are allowed`, where);
  return verdictOf(parsed.data, where);
}
function refuseLongWords(key, value) {
  if (key.length > MOST_OF_A_WORD || typeof value == "string" && value.length > MOST_OF_A_WORD)
    throw new RangeError(`it contains a text of more than ${MOST_OF_A_WORD} characters`);
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
function findingOf(told, where) {
  let finding = readFinding(told);
  if (finding === null)
    throw refused(`it contains ${told.check}/${told.id} in a form that Seaworthy never reports`, where);
  let { ruling, due, blocks, owner, since, statement, returnsWhen, policy, line } = told;
  return {
    ...finding,
    ruling,
    due: due !== null && isDate(due) ? due : null,
    because: readBecause(told),
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

// src/action/publish-fork.ts
var REPORT = "report.json", MOST_REPORTS = 20;
async function main() {
  let token = getInput("github-token");
  token !== "" && setSecret(token);
  let finished = readFinishedRun();
  if (finished === null || token === "")
    throw wrongEvent();
  if (finished.own) {
    info("the run was not from a fork, so it has already published its own results");
    return;
  }
  let folder = getInput("report-dir"), verdicts = reportsIn(folder).map(({ text, path }) => readUntrustedReport(text, path)), notes = await publishUntrusted(verdicts, finished, {
    token,
    checkName: getInput("check-name") || "Seaworthy: report of a fork",
    runId: newRunId(),
    comment: getInput("comment") !== "never"
  });
  for (let note of notes)
    warning(escapeTerminal(note, 1e3));
}
function reportsIn(folder) {
  let found = [REPORT, ...listFolder(folder).map((name) => of_join(name, REPORT))].slice(0, 200).flatMap((path) => {
    let text = plainFile(folder, path);
    return text === null ? [] : [{ path, text }];
  });
  if (found.length > 0 && found.length <= MOST_REPORTS)
    return found;
  throw new SeaworthyError({
    code: "untrusted-report",
    what: found.length === 0 ? "the run's artifact contains no usable report.json (a plain file smaller than 25 MB)" : "there are too many reports",
    where: folder,
    todo: 'upload the artifact "seaworthy-report" in the first workflow, and download that artifact to report-dir in this workflow'
  });
}
function plainFile(folder, path) {
  try {
    return readInside(of_join(folder, path), folder, MOST_CHARACTERS);
  } catch {
    return null;
  }
}
function wrongEvent() {
  return new SeaworthyError({
    code: "bad-input",
    what: 'this action needs github-token, and must run on the event "workflow_run" after a "pull_request" run',
    where: "on",
    todo: "use it as examples/workflows/publish.yml does"
  });
}
await main().catch((error) => {
  let { what, where, todo } = problemOf(error, "publish");
  setFailed([what, where, todo].map((text) => escapeTerminal(text, 1e3)).join(" · "));
});
