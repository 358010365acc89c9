import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  FEEDS,
  RULINGS,
  VERDICTS,
  WHY,
  abortOnSignals,
  ageOf,
  at,
  besideVersions,
  changeOf,
  compareSeverity,
  countOf,
  countRulings,
  cutToFit,
  debianSays,
  diffLines,
  errorLines,
  escapeMarkdown,
  escapeTerminal,
  escapeWorkflowData,
  escapeWorkflowProperty,
  external_exports,
  few,
  findingsOf,
  headline,
  installableFix,
  isSafeName,
  listKept,
  mebibytes,
  pathsOf,
  placeOf,
  platformName,
  plural,
  policyLine,
  readAsked,
  readUpdateMode,
  readUpdateRequest,
  refuseUnanswered,
  removeReports,
  renderMarkdown,
  renderProblem,
  renderSummaryLine,
  renderTerminal,
  renderUpdate,
  runGate,
  runUpdate,
  sarifCategories,
  shortDigest,
  sorted,
  sourcesOf,
  thingsToDo,
  trackerPaths,
  undated,
  verdictIcon,
  verdictWords,
  versions,
  visible,
  whole,
  wrapCommand,
  writeReports,
  writeText
} from "./chunk-FHAVS2FF.js";
import {
  newRunId
} from "./chunk-CPANNDZ7.js";
import {
  getInput,
  getMultilineInput,
  info,
  saveState,
  setFailed,
  setOutput,
  setSecret,
  summary,
  warning
} from "./chunk-WQKE4ZC4.js";
import "./chunk-NURNZSGT.js";
import "./chunk-A7GEANGM.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-W4HYWW2N.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";

// src/io/runner-cache.ts
var NOTHING = { save: async () => {
} };
async function restoreFromRunner(entries, mayWrite, tell, load = loadClient) {
  const client = await load().catch(() => null);
  if (!client?.isFeatureAvailable()) return NOTHING;
  const there = /* @__PURE__ */ new Set();
  await Promise.all(
    entries.map(async ({ paths, key, prefix }) => {
      try {
        const found = await client.restoreCache([...paths], key, [prefix]);
        if (found !== void 0) there.add(found);
      } catch (error) {
        tell(`the cache could not be read: ${String(error)}`);
      }
    })
  );
  if (!mayWrite) return NOTHING;
  return {
    save: async (written) => {
      const fresh = written.filter(({ key }) => !there.has(key));
      const saved = await Promise.allSettled(fresh.map(({ paths, key }) => client.saveCache([...paths], key)));
      for (const one of saved)
        if (one.status === "rejected") tell(`the cache could not be written: ${String(one.reason)}`);
    }
  };
}
async function loadClient() {
  return import("./cache-GRR4MR4A.js");
}

// src/feeds-cache.ts
var FORM = 1;
async function restoreFeeds(request, today, env, tell, load) {
  const entries = entriesOf(request, today);
  const mayWrite = !/^pull_request/.test(env.GITHUB_EVENT_NAME ?? "pull_request");
  const cache = await restoreFromRunner(entries, mayWrite, tell, load);
  return async () => {
    const whole2 = new Set(
      (await listKept(request.cacheDir)).filter((one) => one.whole).map(({ files }) => files[0])
    );
    const has = ({ paths }) => [...whole2].some((file) => paths[0]?.endsWith(file));
    await cache.save(entries.filter(has));
  };
}
function entriesOf({ tracker, feeds, cacheDir }, today) {
  const tables = FEEDS.flatMap((feed) => {
    const sources = feed === "cvss" ? [feeds.cvssMap, feeds.cvss] : [feeds[feed]];
    return sources.flatMap((source) => source === null ? [] : [pathsOf(cacheDir, feed, source)]);
  });
  const { path, validatorsPath } = trackerPaths(cacheDir, tracker);
  const files = [...tables.map(({ table, meta }) => [table, meta]), [path, validatorsPath]];
  return files.map((paths) => {
    const name = /([a-z]+-[0-9a-f]{16})\.json(\.gz)?$/.exec(paths[0] ?? "")?.[1] ?? "";
    const prefix = `seaworthy-feeds-${FORM}-${name}-`;
    return { paths, prefix, key: `${prefix}${today}` };
  });
}

// src/io/github/client.ts
import { setTimeout as sleep } from "node:timers/promises";

// src/io/github/retry.ts
var NO_HEADER_MS = 6e4;
function pauseBeforeRetry({ status, headers, message }, method, attempt, now, rules) {
  if (attempt >= rules.retries) return null;
  const backoff = rules.backoffMs * 2 ** attempt * (0.5 + Math.random());
  if (status === 429 || status === 403) {
    const asked = limitPause(headers, now);
    if (asked !== null) return Math.max(asked, backoff);
    return status === 429 || /rate limit/i.test(message) ? Math.max(NO_HEADER_MS, backoff) : null;
  }
  if (status !== null && status < 500) return null;
  return method === "POST" ? null : backoff;
}
function limitPause(headers, now) {
  const after = headers["retry-after"];
  if (after !== void 0 && /^\d+$/.test(String(after))) return Number(after) * 1e3;
  const reset = headers["x-ratelimit-reset"];
  if (String(headers["x-ratelimit-remaining"]) === "0" && /^\d+$/.test(String(reset ?? ""))) {
    return Math.max(0, Number(reset) * 1e3 - now) + 1e3;
  }
  return null;
}

// src/io/github/client.ts
var ONE_REQUEST_MS = 3e4;
async function connectGitHub(options) {
  const { getOctokit } = await import("./github-QR3JG65K.js");
  const octokit = getOctokit(options.token, { baseUrl: options.apiUrl, userAgent: "seaworthy", log: SILENT });
  const ends = performance.now() + options.timeoutMs;
  const rules = { retries: options.retries ?? 3, backoffMs: options.backoffMs ?? 500 };
  octokit.hook.wrap("request", async (send, asked) => {
    for (let attempt = 0; ; attempt++) {
      const left = ends - performance.now();
      if (left <= 0) throw tooLong(options);
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), Math.min(left, ONE_REQUEST_MS));
      Object.assign(asked.request, { signal: controller.signal });
      try {
        return await send(asked);
      } catch (error) {
        const pause = pauseBeforeRetry(failureOf(error), asked.method, attempt, Date.now(), rules);
        if (pause === null || performance.now() + pause > ends) throw error;
        await sleep(pause);
      } finally {
        clearTimeout(timer);
      }
    }
  });
  return {
    request: octokit.request,
    viewer: async () => {
      try {
        const { viewer } = await octokit.graphql("{viewer{login}}");
        return typeof viewer?.login === "string" ? viewer.login : null;
      } catch {
        return null;
      }
    }
  };
}
var SILENT = { debug: () => {
}, info: () => {
}, warn: () => {
}, error: () => {
} };
function statusOf(error) {
  return failureOf(error).status;
}
function failureOf(error) {
  const { response, status, message } = error;
  return {
    status: response !== void 0 && typeof status === "number" ? status : null,
    headers: response?.headers ?? {},
    message: String(message ?? error)
  };
}
function tooLong({ timeoutMs, apiUrl }) {
  return new SeaworthyError({
    code: "github-unreachable",
    what: `GitHub did not take all of it within ${timeoutMs / 1e3} s`,
    where: apiUrl,
    todo: "run the job again; the verdict does not depend on it"
  });
}
function explain(error, where, permission) {
  if (error instanceof SeaworthyError) return problemOf(error, where);
  const { status, message } = failureOf(error);
  const words = message.replace(/ - https:\/\/\S+$/, "");
  if (status !== null && status < 500) {
    const denied = status === 403 || status === 404;
    return {
      code: "github-refused",
      what: `GitHub answered ${status}: ${words}`,
      where,
      todo: denied ? `give the job ${permission}; a fork's token never has it` : "see what GitHub says"
    };
  }
  return {
    code: "github-unreachable",
    what: status === null ? `no answer from GitHub: ${words}` : `GitHub answered ${status}: ${words}`,
    where,
    todo: "run the job again; the verdict does not depend on it"
  };
}

// src/io/github/run.ts
import { readFileSync } from "node:fs";
var ARCHITECTURES = {
  X64: "linux/amd64",
  ARM64: "linux/arm64",
  ARM: "linux/arm",
  X86: "linux/386"
};
var SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
function readGitHubRun(env = process.env) {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? "") ?? [];
  const sha = env.GITHUB_SHA ?? "";
  if (owner === void 0 || repo === void 0 || !SHA.test(sha)) return null;
  const isPull = /^pull_request/.test(env.GITHUB_EVENT_NAME ?? "");
  const pull = isPull ? pullOf(readEvent(env)) : null;
  if (isPull && pull === null) return null;
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  const id = env.GITHUB_RUN_ID || "0";
  return {
    ...{ owner, repo, id },
    apiUrl: (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, ""),
    url: `${server}/${owner}/${repo}/actions/runs/${encodeURIComponent(id)}`,
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    workflow: workflowOf(env),
    headSha: pull?.sha ?? sha,
    ...{ sha, branch: branchOf(env) },
    merged: pull !== null && pull.sha !== sha,
    pull: pull === null ? null : { number: pull.number, fork: pull.fork, base: pull.base },
    platform: ARCHITECTURES[env.RUNNER_ARCH ?? ""] ?? null,
    workspace: env.GITHUB_WORKSPACE || process.cwd()
  };
}
function branchOf(env) {
  const name = env.GITHUB_REF_NAME ?? "";
  const isOfEvent = /^(pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? "");
  const isBranch = env.GITHUB_REF_TYPE === "branch" && name !== "" && !name.startsWith("gh-readonly-queue/");
  return isBranch && !isOfEvent ? name : null;
}
function workflowOf(env) {
  const path = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1];
  return path ?? env.GITHUB_WORKFLOW ?? "";
}
function count(text2) {
  const number = Number(text2);
  return Number.isSafeInteger(number) && number > 0 ? number : 1;
}
function readEvent(env) {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
  } catch {
    return {};
  }
}
function pullOf({ pull_request: pull }) {
  const [number, sha, base] = [pull?.number, pull?.head?.sha, pull?.base?.ref];
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return null;
  if (typeof sha !== "string" || !SHA.test(sha)) return null;
  const from = pull?.head?.repo?.full_name;
  const fork = typeof from !== "string" || from !== pull?.base?.repo?.full_name;
  return { number, sha, fork, base: typeof base === "string" ? base : "the base" };
}

// src/io/hash.ts
import { createHash } from "node:crypto";
function shortHash(text2) {
  return createHash("sha256").update(text2).digest("hex").slice(0, 16);
}

// src/reports/annotations.ts
var MOST_OF_A_KIND = 9;
var TITLE_LENGTH = 250;
function annotationsOf(verdict) {
  const packages = verdict.images.flatMap(groupsOf).sort((a, b) => worstOf(a.findings, b.findings));
  const all = [
    ...verdict.images.flatMap(unanswered),
    ...packages.map(ofGroup),
    ...verdict.policyNotices.filter(({ place }) => place !== null).map(ofNotice)
  ];
  return all.map((one) => ({ ...one, title: visible(one.title, TITLE_LENGTH) }));
}
function renderAnnotations(verdict) {
  const all = annotationsOf(verdict);
  const shown = ["error", "warning"].flatMap(
    (level) => all.filter((one) => one.level === level).slice(0, MOST_OF_A_KIND)
  );
  const more = unshownAnnotations(verdict);
  return [
    ...shown.map((one) => command(one.level, one)),
    ...more === null ? [] : [
      command("notice", {
        title: "Not all is shown here",
        message: `${more} in the summary`,
        place: null
      })
    ]
  ];
}
function unshownAnnotations(verdict) {
  const all = annotationsOf(verdict);
  const left = ["error", "warning"].map((word2) => [all.filter(({ level }) => level === word2).length - MOST_OF_A_KIND, word2]).filter(([count3]) => count3 > 0);
  return left.length === 0 ? null : left.map(([count3, word2]) => plural(count3, `more ${word2}`)).join(" and ");
}
function unanswered(image) {
  return thingsToDo(image).filter(({ kind }) => kind === "answer").map(({ title, why, where }) => ({
    level: "error",
    title: `${visible(image.reference, 120)} could not be judged`,
    message: `${visible(why, 1e3)}. ${visible(title, 1e3)}`,
    place: where
  }));
}
function groupsOf(image) {
  const groups = /* @__PURE__ */ new Map();
  for (const finding of image.findings.filter(({ blocks }) => blocks)) {
    const place = placeOf(finding);
    const key = JSON.stringify([finding.package ?? finding.id, place?.file, place?.line]);
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) => {
    const findings = [...group].sort(bySeverity);
    const [worst] = findings;
    if (worst === void 0) return [];
    return [{ image, name: worst.package ?? worst.id, place: placeOf(worst), findings }];
  });
}
function ofGroup({ image, name, place, findings }) {
  const lines = findings.slice(0, 5).map((finding) => {
    return `${visible(finding.id)} ${finding.severity}, ${visible(versions(finding))}: ${visible(besideVersions(finding))}`;
  });
  const left = findings.length - lines.length;
  const doubt = place === null || place.certain ? [] : [`This line is only near: ${visible(place.why)}`];
  return {
    level: "error",
    title: `${visible(name, 80)} keeps ${visible(image.reference, 120)} from release`,
    message: [visible(countOf(findings)), ...lines, ...left > 0 ? [`and ${left} more`] : [], ...doubt].join(
      "\n"
    ),
    place
  };
}
function ofNotice({ kind, place, text: text2 }) {
  const title = kind === "not-applied" ? "VEX" : "Whitelist";
  return { level: "warning", title, message: visible(text2, 1e3), place: place && policyLine(place) };
}
function bySeverity(a, b) {
  return Number(b.kev === true) - Number(a.kev === true) || compareSeverity(b.severity, a.severity);
}
function worstOf(a, b) {
  const [first, second] = [a[0], b[0]];
  return first === void 0 || second === void 0 ? 0 : bySeverity(first, second);
}
function command(level, { title, message, place }) {
  const properties = [
    ...place === null ? [] : [`file=${escapeWorkflowProperty(place.file)}`, `line=${place.line}`],
    ...place !== null && place.endLine > place.line ? [`endLine=${place.endLine}`] : [],
    `title=${escapeWorkflowProperty(title)}`
  ];
  return `::${level} ${properties.join(",")}::${escapeWorkflowData(message)}`;
}

// src/reports/check-run.ts
var SUMMARY_LIMIT = 65e3;
var MOST_ANNOTATIONS = 5e3;
var CONCLUSIONS = {
  pass: "success",
  fail: "failure",
  incomplete: "action_required"
};
function renderCheckRun(verdict, pointer) {
  const placed = annotationsOf(verdict).filter((one) => one.place !== null);
  const left = placed.length - MOST_ANNOTATIONS;
  const notes = left > 0 ? [`${plural(left, "annotation")} more than a check run is given`] : [];
  return {
    conclusion: CONCLUSIONS[verdict.verdict],
    title: headline(verdict, (name) => visible(name, 120)),
    summary: renderMarkdown(verdict, { limit: SUMMARY_LIMIT, pointer, notes }),
    annotations: placed.slice(0, MOST_ANNOTATIONS)
  };
}
var NAME_LENGTH = 100;
function checkRunName(verdict, platform, id) {
  const names = verdict.images.map(({ reference }) => reference).join(", ");
  const name = visible(
    `Seaworthy: ${names}${platform === null ? "" : ` (${platform})`}`,
    Number.POSITIVE_INFINITY
  );
  if ([...name].length <= NAME_LENGTH) return name;
  return `${visible(name, NAME_LENGTH - id.length - 1)} ${id}`;
}

// src/reports/comment-leg.ts
var text = external_exports.string().max(4e3);
var count2 = external_exports.int().min(0);
var COMMAND = /^[A-Za-z0-9 .+~:=_&'>/-]{1,6000}$/;
var ImageSchema = external_exports.strictObject({
  name: text,
  verdict: external_exports.enum(VERDICTS),
  /** Things to do. */
  todo: count2
});
var ThingSchema = external_exports.strictObject({
  title: text,
  why: text,
  where: text,
  command: external_exports.string().regex(COMMAND).nullable()
});
var TABLES = ["blocking", "accepted", "deferred", "unfixed", "noted"];
var TableSchema = external_exports.strictObject({
  of: external_exports.enum(TABLES),
  total: count2,
  /** Package, finding, severity, versions, because. */
  rows: external_exports.array(external_exports.tuple([text, text, text, text, text]))
});
var LegSchema = external_exports.strictObject({
  /** Stands for images and platform. */
  key: external_exports.string().regex(/^[0-9a-f]{16}$/),
  /** The same without tags and digests: who is superseded by the next build of the same image. */
  family: external_exports.string().regex(/^[0-9a-f]{16}$/),
  run: count2,
  attempt: count2,
  head: external_exports.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  url: external_exports.string().regex(/^https?:\/\/[\w.:/%-]{1,300}$/),
  verdict: external_exports.enum(VERDICTS),
  images: external_exports.array(ImageSchema),
  things: external_exports.array(ThingSchema),
  /** How many there are, of which `things` may hold fewer. */
  todo: count2,
  tables: external_exports.array(TableSchema),
  /** What the pull request changes against its base; `null` where that is not known. */
  change: external_exports.strictObject({ base: text, added: count2, gone: count2 }).nullable(),
  /** What the verdict stands on, and how old it is. */
  data: external_exports.array(text)
});
function isCommand(command2) {
  return COMMAND.test(command2);
}
function isLater(a, b) {
  return a.run === b.run ? a.attempt > b.attempt : a.run > b.run;
}
function headOf(legs) {
  return latest(legs)?.head ?? null;
}
function latest(legs) {
  return legs.reduce(
    (so, leg) => so === void 0 || isLater(leg, so) ? leg : so,
    void 0
  );
}
var MOST_LEGS = 40;
function mergeLeg(stored, leg) {
  const head = headOf(stored);
  const same = stored.find(({ key }) => key === leg.key);
  if (same !== void 0 && isLater(same, leg)) return stored;
  if (head !== null && head !== leg.head && stored.some((other) => isLater(other, leg))) return stored;
  const kept = stored.filter((other) => {
    if (other.key === leg.key) return false;
    if (same === void 0 && other.family === leg.family && other.run < leg.run) return false;
    return head === leg.head || other.head === head;
  });
  const all = [...kept, leg].sort((a, b) => a.key < b.key ? -1 : 1);
  return all.length <= MOST_LEGS ? all : all.filter((other) => other.head === leg.head).slice(0, MOST_LEGS);
}
function mergeLegs(lists) {
  const inOrder = lists.flat().sort((a, b) => a.run - b.run || a.attempt - b.attempt);
  return inOrder.reduce(mergeLeg, []);
}

// src/reports/comment-of.ts
var MOST_THINGS = 20;
var MOST_ROWS = 100;
function legOf(verdict, run) {
  const several = verdict.images.length > 1;
  const things = verdict.images.flatMap(
    (image) => thingsToDo(image).map(({ title, why, where, command: command2 }) => ({
      title: visible(several ? `${visible(image.reference, 60)}: ${title}` : title),
      why: visible(why),
      where: where === null ? "" : visible(at(where)),
      command: command2 !== null && isCommand(command2) ? command2 : null
    }))
  );
  return {
    ...run,
    change: run.change === null ? null : { ...run.change, base: visible(run.change.base, 100) },
    verdict: verdict.verdict,
    images: verdict.images.slice(0, 50).map((image) => ({
      name: visible(nameOf(image, verdict), 120),
      verdict: image.verdict,
      todo: thingsToDo(image).length
    })),
    things: things.slice(0, MOST_THINGS),
    todo: things.length,
    tables: TABLES.map((of) => tableOf(verdict, of)),
    data: dataOf(verdict)
  };
}
function nameOf({ reference, platform }, { images }) {
  return platform === null || images.length > 1 ? reference : `${visible(reference, 90)} (${platformName(platform)})`;
}
function tableOf(verdict, of) {
  const findings = verdict.images.flatMap(
    (image) => of === "blocking" ? image.findings.filter(({ blocks }) => blocks) : findingsOf(image, of)
  );
  return {
    of,
    total: findings.length,
    rows: findings.slice(0, MOST_ROWS).map((finding) => [
      visible(finding.package ?? finding.check, 80),
      visible(finding.id, 80),
      finding.severity,
      visible(versions(finding), 120),
      visible(whyOf(finding, of))
    ])
  };
}
function whyOf(finding, of) {
  return of === "deferred" && finding.debian !== null ? debianSays(finding.debian) : besideVersions(finding);
}
function dataOf(verdict) {
  const [only] = verdict.images.length === 1 ? verdict.images : [];
  return [
    `judged for ${verdict.today}`,
    ...sourcesOf(verdict).slice(0, 5).map((source) => `${visible(source.name, 20)} ${visible(ageOf(source, verdict.today), 40)}`),
    ...only?.digest ? [visible(shortDigest(only.digest))] : []
  ];
}
function untagged(reference) {
  const name = reference.split("@", 1)[0] ?? "";
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon === -1 ? name : name.slice(0, colon);
}

// src/publish/check-run.ts
import { isAbsolute, posix, relative } from "node:path";

// src/io/github/checks.ts
var BATCH = 50;
async function createCheckRun(api, run, check) {
  const { owner, repo } = run;
  const batches = batchesOf(check.annotations);
  const [first = [], ...others] = batches;
  const output = (annotations) => ({
    title: check.title,
    summary: check.summary,
    annotations: annotations.map(asSent)
  });
  const done = () => ({
    status: "completed",
    conclusion: check.conclusion,
    completed_at: (/* @__PURE__ */ new Date()).toISOString()
  });
  const post = (annotations, last) => postOnce(api, run, check.externalId, {
    ...{ owner, repo, name: check.name, head_sha: run.headSha, details_url: run.url },
    ...{ external_id: check.externalId, output: output(annotations) },
    ...last ? done() : { status: "in_progress" }
  });
  let id;
  try {
    id = await post(first, others.length === 0);
  } catch (error) {
    if (statusOf(error) !== 422 || first.length === 0) throw error;
    await post([], true);
    return 0;
  }
  let sent = first.length;
  try {
    for (const [index, batch] of others.entries()) {
      await api.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
        ...{ owner, repo, check_run_id: id, output: output(batch) },
        ...index === others.length - 1 ? done() : {}
      });
      sent += batch.length;
    }
  } catch {
    await api.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...{ owner, repo, check_run_id: id },
      ...done()
    });
  }
  return sent;
}
async function postOnce(api, run, externalId, body) {
  const post = async () => Number((await api.request("POST /repos/{owner}/{repo}/check-runs", body)).data.id);
  try {
    return await post();
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && status < 500) throw error;
    const { owner, repo, headSha: ref } = run;
    const { data } = await api.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...{ owner, repo, ref, check_name: body.name, per_page: 100 }
    });
    const made = data.check_runs.find(({ external_id }) => external_id === externalId);
    return made === void 0 ? await post() : Number(made.id);
  }
}
function batchesOf(annotations) {
  const count3 = Math.ceil(annotations.length / BATCH);
  return Array.from({ length: count3 }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH));
}
function asSent({ path, line, level, title, message }) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message };
}

// src/io/github/files.ts
import { createHash as createHash2 } from "node:crypto";
import { readFileSync as readFileSync2 } from "node:fs";
import { join } from "node:path";
async function isSameAtHead(api, run, path) {
  try {
    const { owner, repo, headSha: ref } = run;
    const route = "GET /repos/{owner}/{repo}/contents/{path}";
    const { data } = await api.request(route, { owner, repo, path, ref });
    return !Array.isArray(data) && data.sha === blobSha(readFileSync2(join(run.workspace, path)), data.sha);
  } catch {
    return false;
  }
}
function blobSha(content, like) {
  const hash = createHash2(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}

// src/publish/check-run.ts
var MOST_FILES = 20;
async function publishCheckRun(api, run, verdict, { name, id }) {
  const report = renderCheckRun(verdict, `the run's summary: ${run.url}`);
  const annotations = await placedAtHead(api, run, report.annotations);
  const { conclusion, title, summary: summary2 } = report;
  const check = { name: visible(name), externalId: id, conclusion, title, summary: summary2, annotations };
  const sent = await createCheckRun(api, run, check);
  const lost = annotations.length - sent;
  return lost === 0 ? [] : [`${plural(lost, "annotation")} could not be given to the check run`];
}
async function placedAtHead(api, run, annotations) {
  const placed = annotations.flatMap((one) => {
    const path = pathOf(one.place.file, run.workspace);
    return path === null ? [] : [{ ...one, path }];
  });
  const same = await sameFiles(api, run, [...new Set(placed.map(({ path }) => path))]);
  return placed.map(({ path, level, title, message, place }) => {
    const line = same === null || same.has(path) ? Math.max(1, place.line) : 1;
    return { path, line, level: level === "error" ? "failure" : "warning", title, message };
  });
}
async function sameFiles(api, run, paths) {
  if (!run.merged) return null;
  const asked = paths.slice(0, MOST_FILES);
  const same = await Promise.all(asked.map((path) => isSameAtHead(api, run, path)));
  return new Set(asked.filter((_, index) => same[index]));
}
function pathOf(file, workspace) {
  const path = posix.normalize(isAbsolute(file) ? relative(workspace, file) : file);
  return path === "." || path.startsWith("..") || isAbsolute(path) ? null : path;
}

// src/publish/comment.ts
import { setTimeout as sleep2 } from "node:timers/promises";

// src/io/github/comments.ts
var PAGE = 100;
var MOST_PAGES = 30;
async function listComments(api, { owner, repo }, pull, since) {
  const all = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await api.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...{ owner, repo, issue_number: pull, per_page: PAGE, page },
      ...since === void 0 ? {} : { since }
    });
    all.push(...data.map(commentOf));
    if (data.length < PAGE) break;
  }
  return all;
}
async function readComment(api, { owner, repo }, comment_id) {
  const route = "GET /repos/{owner}/{repo}/issues/comments/{comment_id}";
  return commentOf((await api.request(route, { owner, repo, comment_id })).data);
}
async function createComment(api, { owner, repo }, issue_number, body) {
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  return commentOf((await api.request(route, { owner, repo, issue_number, body })).data);
}
async function updateComment(api, { owner, repo }, comment_id, body) {
  const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
  return commentOf((await api.request(route, { owner, repo, comment_id, body })).data);
}
async function deleteComment(api, { owner, repo }, comment_id) {
  await api.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id });
}
function commentOf({ id, body, user, updated_at }) {
  return {
    id: Number(id),
    body: body ?? "",
    author: user?.login ?? "",
    bot: user?.type === "Bot",
    updatedAt: updated_at
  };
}

// src/reports/comment-state.ts
var STATE_LENGTH = 24e3;
var OPEN = "<!-- seaworthy-legs ";
var CLOSE = " -->";
function markOf(workflow) {
  const name = encodeURIComponent(workflow.toWellFormed()).replace(
    /[-!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`
  );
  return `<!-- seaworthy-comment ${name.slice(0, 1e3)}${CLOSE}`;
}
function encodeLegs(legs) {
  const room = Math.floor(STATE_LENGTH / Math.max(1, legs.length));
  return `${OPEN}${asJson(legs.map((leg) => shortened(leg, room)))}${CLOSE}`;
}
function decodeLegs(body) {
  const start = body.lastIndexOf(OPEN);
  if (start === -1) return [];
  const end = body.indexOf(CLOSE, start);
  try {
    return external_exports.array(LegSchema).parse(JSON.parse(body.slice(start + OPEN.length, end)));
  } catch {
    return [];
  }
}
function asJson(value) {
  return JSON.stringify(value).replace(
    /[^ !"%'*-,./0-9:;=?A-Z[\\\]^_a-z{|}()$]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
}
function shortened(leg, room) {
  if (asJson(leg).length <= room) return leg;
  const tables = leg.tables.map((table) => ({ ...table, rows: [] }));
  const short = { ...leg, things: [], tables };
  let left = room - asJson(short).length;
  const fits = (part) => {
    const length = asJson(part).length + 1;
    if (length > left) return false;
    left -= length;
    return true;
  };
  for (const thing of leg.things) {
    if (fits(thing)) short.things.push(thing);
    else if (fits({ ...thing, command: null })) short.things.push({ ...thing, command: null });
    else break;
  }
  for (const [index, { rows }] of leg.tables.entries()) {
    for (const row3 of rows) {
      if (!fits(row3)) break;
      tables[index]?.rows.push(row3);
    }
  }
  return short;
}

// src/reports/comment.ts
var COMMENT_LIMIT = 65536;
var NAME_LENGTH2 = 120;
var TITLES = {
  blocking: "Findings that keep it from release",
  accepted: "Accepted",
  deferred: "Deferred by Debian",
  unfixed: "Unfixed",
  noted: "Noted"
};
function renderComment(legs, workflow) {
  const head = headOf(legs);
  const current = legs.filter((leg) => leg.head === head).sort(worstFirst);
  const earlier = legs.filter((leg) => leg.head !== head);
  const hidden = `
${encodeLegs(legs)}
`;
  const sections = [
    whole(`${markOf(workflow)}
### ${headingOf(current)}

`),
    ...current.flatMap((leg) => ofLeg(leg, current.length > 1)),
    ...earlier.map(ofEarlier)
  ];
  const pointer = `Not all is shown here: the rest is in the ${summaries(current)}.

`;
  return cutToFit(sections, footer(current) + hidden, pointer, COMMENT_LIMIT);
}
function worstFirst(a, b) {
  const order = ["fail", "incomplete", "pass"];
  return order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.key < b.key ? -1 : 1);
}
function headingOf(legs) {
  const images = legs.flatMap((leg) => leg.images);
  const worst = legs[0]?.verdict ?? "incomplete";
  const todo = legs.reduce((sum, leg) => sum + leg.todo, 0);
  const [only] = images;
  if (images.length === 1 && only !== void 0) {
    return `${verdictIcon(only.verdict)} ${verdictWords(escapeMarkdown(only.name, NAME_LENGTH2), only.verdict, only.todo)}`;
  }
  const held = images.filter(({ verdict }) => verdict !== "pass").length;
  const words = worst === "pass" ? `${images.length} images may be released` : `${held} of ${images.length} images may not be released: ${plural(todo, "thing")} to do`;
  return `${verdictIcon(worst)} ${words}`;
}
function ofLeg(leg, several) {
  const lines = several || leg.images.length > 1 ? [whole(`${linesOf(leg)}
`)] : [];
  if (leg.verdict === "pass") return [...lines, ...changeOf2(leg)];
  return [
    ...lines,
    ...todoOf(leg),
    ...changeOf2(leg),
    ...leg.things.flatMap(({ command: command2 }) => command2 === null ? [] : [commandOf(command2)]),
    ...leg.tables.filter(({ total }) => total > 0).map(tableOf2)
  ];
}
function linesOf({ images }) {
  return images.map(({ name, verdict, todo }) => {
    return `- ${verdictIcon(verdict)} ${verdictWords(escapeMarkdown(name, NAME_LENGTH2), verdict, todo)}
`;
  }).join("");
}
function todoOf({ things, todo }) {
  if (todo === 0) return [];
  const placed = things.some(({ where }) => where !== "");
  const cells = (...all) => row(...all.slice(0, placed ? 4 : 3));
  const left = todo - things.length;
  return [
    {
      head: cells("", "do", "why", "where") + cells("---", "---", "---", "---"),
      rows: [
        ...things.map(
          ({ title, why, where }, index) => cells(String(index + 1), escapeMarkdown(title), escapeMarkdown(why), escapeMarkdown(where))
        ),
        ...left > 0 ? [cells("", `and ${left} more in the summary`, "", "")] : []
      ],
      tail: "\n",
      cut: (more) => cells("", `and ${more} more in the summary`, "", "")
    }
  ];
}
function changeOf2({ change }) {
  if (change === null) return [];
  return [whole(`**Against ${escapeMarkdown(change.base, 100)}:** ${change.added} new, ${change.gone} gone.

`)];
}
function commandOf(command2) {
  const lines = wrapCommand(command2, 100).join("\n");
  return whole(`<details><summary>Command to copy</summary>

\`\`\`sh
${lines}
\`\`\`

</details>

`);
}
function tableOf2({ of, total, rows }) {
  const left = total - rows.length;
  const more = (count3) => row(`and ${count3} more in the summary`, "", "", "", "");
  return {
    head: `<details><summary>${TITLES[of]} (${total})</summary>

| package | finding | severity | installed \u2192 fixed | because |
|---|---|---|---|---|
`,
    rows: [...rows.map((cells) => row(...cells.map((cell) => escapeMarkdown(cell)))), ...left > 0 ? [more(left)] : []],
    tail: "\n</details>\n\n",
    cut: (cut) => more(cut - (left > 0 ? 1 : 0) + left)
  };
}
function ofEarlier({ images, head }) {
  const names = images.map(({ name }) => escapeMarkdown(name, NAME_LENGTH2)).join(", ");
  return whole(`${names}: not judged for this commit yet, last for ${head.slice(0, 7)}.

`);
}
function footer(legs) {
  const facts = [...new Set(legs.flatMap(({ data }) => data))].slice(0, 8).map((fact) => escapeMarkdown(fact, 100));
  const head = legs[0]?.head.slice(0, 7) ?? "";
  return `<sub>${[...facts, `commit ${head}`, summaries(legs)].join(" \xB7 ")}</sub>
`;
}
function summaries(legs) {
  const urls = [...new Set(legs.map(({ url }) => url))].slice(0, 3);
  return urls.map((url, index) => `[summary${index === 0 ? "" : ` ${index + 1}`}](${url})`).join(", ");
}
function row(...cells) {
  return `| ${cells.join(" | ")} |
`;
}

// src/publish/comment.ts
var ACTIONS = "github-actions[bot]";
var ATTEMPTS = 8;
var MOST_FAULTS = 3;
async function publishComment(api, run, options) {
  const author = await api.viewer() ?? ACTIONS;
  const mark = markOf(run.workflow);
  const isOurs = (comment) => comment.body.startsWith(`${mark}
`) && isBy(author, comment);
  const { leg, pull } = options;
  let since;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const ours = (await listComments(api, run, pull, since)).filter(isOurs);
    if (ours.length === 0 && since !== void 0) {
      since = void 0;
      continue;
    }
    if (ours.length === 0 && !options.create) return [];
    if (ours.length === 1 && (attempt === 0 ? isOutdated : isThere)(leg, ours)) return [];
    try {
      since = before((await write(api, run, ours, options)).updatedAt);
    } catch (error) {
      if (!isWorthAnotherLook(error, ours) || attempt >= MOST_FAULTS) throw error;
    }
    await sleep2(options.settleMs * (0.75 + Math.random() * 0.5));
  }
  return ["the comment may lack this run: others kept writing to it"];
}
function isOutdated(leg, [only]) {
  const stored = decodeLegs(only?.body ?? "");
  return stored.length > 0 && mergeLeg(stored, leg) === stored;
}
function isThere(leg, ours) {
  const same = decodeLegs(ours[0]?.body ?? "").find(({ key }) => key === leg.key);
  const isSame = same?.run === leg.run && same.attempt === leg.attempt && same.head === leg.head;
  return isSame || isOutdated(leg, ours);
}
function isWorthAnotherLook(error, ours) {
  const status = statusOf(error);
  return ours.length === 0 ? status === null || status >= 500 : status === 404 || status === 410;
}
async function write(api, run, ours, { leg, pull }) {
  const bodyOf = (bodies) => renderComment(mergeLeg(mergeLegs(bodies.map(decodeLegs)), leg), run.workflow);
  const [oldest, ...others] = [...ours].sort((a, b) => a.id - b.id);
  if (oldest === void 0) return createComment(api, run, pull, bodyOf([]));
  const now = await readComment(api, run, oldest.id);
  const body = bodyOf([now, ...others].map((comment) => comment.body));
  const written = body === now.body ? now : await updateComment(api, run, oldest.id, body);
  for (const { id } of others) await removed(api, run, id);
  return written;
}
async function removed(api, run, id) {
  await deleteComment(api, run, id).catch((error) => {
    if (statusOf(error) !== 404) throw error;
  });
}
function isBy(login, { author, bot }) {
  return author === login || bot && author === `${login}[bot]`;
}
function before(time) {
  return new Date(Date.parse(time) - 6e4).toISOString();
}

// src/publish/publish.ts
var TIMEOUT_MS = 12e4;
var SETTLE_MS = 1200;
async function publish(verdict, options) {
  const { token, checkRun, comment } = options;
  const run = readGitHubRun(options.env);
  const wanted = checkRun || comment !== "never" && run?.pull !== null;
  if (!wanted || token === null || run === null) return { checkRun: false, notes: [] };
  const connect = { token, apiUrl: run.apiUrl, timeoutMs: options.timeoutMs ?? TIMEOUT_MS };
  const backoff = options.backoffMs === void 0 ? {} : { backoffMs: options.backoffMs };
  const platform = options.platform ?? run.platform;
  const parts = { verdict, options, run, platform, identity: identityOf(verdict, platform) };
  const attempt = async (what, permission, act) => {
    try {
      const notes2 = await act(await connectGitHub({ ...connect, ...backoff }));
      return { done: true, notes: notes2 };
    } catch (error) {
      const problem = explain(error, what, permission);
      return { done: false, notes: [`${what} is not published: ${problem.what}. To do: ${problem.todo}`] };
    }
  };
  const [check, said2] = await Promise.all([
    checkRun ? attempt("the check run", "checks: write", (api) => sendCheckRun(api, parts)) : NOTHING2,
    comment === "never" || run.pull === null ? NOTHING2 : attempt("the comment", "pull-requests: write", (api) => sendComment(api, parts))
  ]);
  const notes = [...check.notes, ...said2.notes];
  for (const note of notes) options.warn(escapeTerminal(note, 1e3));
  return { checkRun: check.done, notes };
}
var NOTHING2 = { done: false, notes: [] };
function sendCheckRun(api, { verdict, options, run, platform, identity }) {
  const name = options.checkName ?? checkRunName(verdict, platform, identity.key);
  return publishCheckRun(api, run, verdict, { name, id: `seaworthy-${options.runId}-${identity.key}` });
}
async function sendComment(api, { verdict, options, run, identity }) {
  if (run.pull === null) return [];
  const leg = legOf(verdict, {
    ...identity,
    ...{ run: run.number, attempt: run.attempt, head: run.headSha, url: run.url, change: changeOf(verdict) }
  });
  const changed = leg.change !== null && leg.change.added + leg.change.gone > 0;
  const create = options.comment === "always" || verdict.verdict !== "pass" || options.comment === "changes" && changed;
  const settleMs = options.settleMs ?? SETTLE_MS;
  return publishComment(api, run, { leg, pull: run.pull.number, create, settleMs });
}
function identityOf({ images }, platform) {
  const names = images.map(({ reference }) => reference);
  return {
    key: shortHash(JSON.stringify([names, platform])),
    family: shortHash(JSON.stringify([names.map(untagged), platform]))
  };
}

// src/core/packages-to-update.ts
function packagesToUpdate(findings) {
  const updates = findings.filter(
    (finding) => finding.blocks && finding.package !== null && installableFix(finding) !== null
  );
  return sorted(updates.flatMap(({ binaries }) => binaries.map(({ name }) => name))).filter(isSafeName);
}

// src/reports/outputs.ts
function outputsOf(verdict) {
  const { images } = verdict;
  const counts = countRulings(images);
  return {
    verdict: verdict.verdict,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    "packages-to-update": packagesToUpdate(images.flatMap(({ findings }) => findings)).join("\n"),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? "").join("\n")
  };
}
function countsOf({ images }) {
  const counts = {};
  for (const ruling of RULINGS) {
    const bySeverity2 = {};
    for (const finding of images.flatMap(({ findings }) => findings)) {
      if (finding.ruling !== ruling) continue;
      bySeverity2[finding.severity] = (bySeverity2[finding.severity] ?? 0) + 1;
    }
    if (Object.keys(bySeverity2).length > 0) counts[ruling] = bySeverity2;
  }
  return counts;
}

// src/io/github/git.ts
async function readBranch(api, run, branch) {
  const { owner, repo } = run;
  try {
    const route = "GET /repos/{owner}/{repo}/git/ref/{ref}";
    return (await api.request(route, { owner, repo, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
async function readTreeOf(api, { owner, repo }, commit) {
  const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
  return (await api.request(route, { owner, repo, commit_sha: commit })).data.tree.sha;
}
async function readEntry(api, { owner, repo }, tree, path) {
  let entry = { mode: "040000", sha: tree };
  for (const name of path.split("/")) {
    if (entry.mode !== "040000") return null;
    const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
    const { data } = await api.request(route, { owner, repo, tree_sha: entry.sha });
    const found = data.tree.find((one) => one.path === name);
    if (found === void 0) return null;
    entry = { mode: found.mode ?? "", sha: found.sha ?? "" };
  }
  return entry;
}
async function createCommit(api, { owner, repo }, { parent, tree, path, mode, content, message }) {
  const made = await again(
    () => api.request("POST /repos/{owner}/{repo}/git/trees", {
      ...{ owner, repo, base_tree: tree },
      tree: [{ path, mode, type: "blob", content }]
    })
  );
  const body = { owner, repo, message, tree: made.data.sha, parents: [parent] };
  return (await again(() => api.request("POST /repos/{owner}/{repo}/git/commits", body))).data.sha;
}
async function again(act) {
  try {
    return await act();
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && status < 500) throw error;
    return await act();
  }
}
async function createBranch(api, run, branch, sha) {
  const { owner, repo } = run;
  const body = { owner, repo, ref: `refs/heads/${branch}`, sha };
  const post = () => api.request("POST /repos/{owner}/{repo}/git/refs", body);
  try {
    await post();
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && status < 500 && status !== 422) throw error;
    const there = await readBranch(api, run, branch);
    if (there !== null) return there === sha;
    if (status === 422) throw error;
    await post();
    return true;
  }
}
async function moveBranch(api, run, branch, [from, to]) {
  if (await readBranch(api, run, branch) !== from) return false;
  const { owner, repo } = run;
  const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  await api.request(route, { owner, repo, ref: `heads/${branch}`, sha: to, force: true });
  return true;
}
async function deleteBranch(api, run, branch, sha) {
  const now = await readBranch(api, run, branch);
  if (now !== sha) return now === null;
  const { owner, repo } = run;
  const route = "DELETE /repos/{owner}/{repo}/git/refs/{ref}";
  await api.request(route, { owner, repo, ref: `heads/${branch}` });
  return true;
}
async function compareCommits(api, { owner, repo }, base, head) {
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const { data } = await api.request(route, { owner, repo, basehead: `${base}...${head}`, per_page: 100 });
  const files = data.files ?? [];
  return {
    messages: data.commits.map(({ commit }) => commit.message),
    behind: data.behind_by,
    files: files.map(({ filename: path, status, sha }) => ({ path, status, sha: sha ?? null })),
    // GitHub lists 300 files, and the commits by pages.
    whole: data.commits.length === data.total_commits && files.length < 300
  };
}

// src/io/github/pulls.ts
async function listPulls(api, { owner, repo }, branch, base) {
  const { data } = await api.request("GET /repos/{owner}/{repo}/pulls", {
    ...{ owner, repo, head: `${owner}:${branch}`, base, state: "all", per_page: 100 }
  });
  const whole2 = `${owner}/${repo}`.toLowerCase();
  return data.filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === whole2).map(pullOf2);
}
async function createPull(api, run, [branch, base], text2) {
  const { owner, repo } = run;
  const post = async () => {
    const body = { owner, repo, head: branch, base, ...text2 };
    return pullOf2((await api.request("POST /repos/{owner}/{repo}/pulls", body)).data);
  };
  try {
    return [await post(), true];
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && status < 500 && status !== 422) throw error;
    const there = (await listPulls(api, run, branch, base)).find(({ state }) => state === "open");
    if (there !== void 0) return [there, there.body === text2.body];
    if (status === 422) throw error;
    return [await post(), true];
  }
}
async function updatePull(api, { owner, repo }, pull_number, part) {
  await api.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { owner, repo, pull_number, ...part });
}
function pullOf2({ number, html_url, state, title, body, merged_at, head }) {
  return {
    ...{ number, url: html_url, title, body: body ?? "", headSha: head.sha },
    state: merged_at !== null ? "merged" : state === "open" ? "open" : "closed"
  };
}

// src/reports/update-pull-request.ts
var BODY_LIMIT = 65536;
function markOfUpdate(key) {
  return `<!-- seaworthy-update ${key} -->`;
}
function renderUpdatePull(update, input) {
  const title = `Update ${plural(update.packages.length, "package")} of ${word(input.image)}`;
  const sections = [
    whole(`${markOfUpdate(input.key)}
${introOf(update, input)}

${evidenceOf(update)}
`),
    ...[packagesOf(update), leftOutOf(update), othersOf(update), diffOf(input)],
    ...[outputOf("before", update.testBefore), outputOf("after", update.testAfter)],
    ...[listOf("Brought along by apt", along(update)), listOf("Needless in the whitelist", update.needless)]
  ];
  const run = linkTo(input.url);
  const pointer = `Not all is shown here: the rest is in ${run}.

`;
  const renewed = `Seaworthy renews ${escapeMarkdown(input.branch, 120)} with each run, until somebody else commits to it.`;
  const last = `<sub>Proven by ${run}. ${renewed}</sub>
`;
  const body = cutToFit(
    sections.filter((section) => section !== null),
    last,
    pointer,
    BODY_LIMIT
  );
  const lines = update.packages.slice(0, 50).map(({ name, from, to }) => {
    return `- ${word(name)} ${word(from)}${to === null ? "" : ` to ${word(to)}`}`;
  });
  const left = update.packages.length - lines.length;
  const more = left > 0 ? [`- and ${left} more`] : [];
  return { title, body, message: [title, "", ...lines, ...more].join("\n") };
}
function whyClosed({ outcome, image }, url) {
  const why = outcome === "nothing-to-do" ? "no update of a package keeps it from release any more" : "building it again on today\u2019s base is enough";
  return `Closed, and the branch deleted: ${escapeMarkdown(image, 120)} was judged again, and ${why} (${linkTo(url)}).
`;
}
function word(text2) {
  return visible(text2, 80).replace(/[^A-Za-z0-9._/:+~-]/g, "_");
}
function introOf({ outcome, image, test }, { file }) {
  const part = outcome === "partly-updated" ? " Some packages had to be left out." : "";
  const tested = test === null ? "" : `, ${escapeMarkdown(test)} passes before and after`;
  return `${escapeMarkdown(image, 120)} lacks updates that keep it from release. With this change of ${escapeMarkdown(file, 200)} it was built and judged again${tested}, and nothing is worse than before.${part}`;
}
function evidenceOf(update) {
  const { before: before2, after, test, testBefore, testAfter, id, patched } = update;
  const rows = [
    row2("", "before", "after"),
    row2("---", "---", "---"),
    row2("verdict", before2, after ?? "not judged"),
    ...test === null ? [] : [row2(escapeMarkdown(test), said(testBefore), said(testAfter))],
    row2("image", escapeMarkdown(id, 100), patched === null ? "" : escapeMarkdown(patched.id, 100)),
    ...patched === null ? [] : [row2("larger by", "", mebibytes(patched.grewBytes))]
  ];
  return rows.join("");
}
function said(test) {
  if (test === null) return "not run";
  const { ok, ended, seconds, attempt } = test;
  const flaky = ok && attempt > 1 ? `, at attempt ${attempt} only: it fails sometimes` : "";
  return `${ok ? "passes" : "fails"} (${escapeMarkdown(ended, 100)}, ${seconds.toFixed(1)} s${flaky})`;
}
function packagesOf({ packages }) {
  return tableOf3(
    `Packages (${packages.length})`,
    ["package", "from", "to", "fixes"],
    packages.map(({ name, from, to, fixes }) => [
      name,
      from,
      to ?? "the newest that apt offers",
      few(fixes, 20)
    ])
  );
}
function leftOutOf({ leftOut }) {
  return tableOf3(
    `Left out (${leftOut.length})`,
    ["package", "stays at", "would be", "why", "said"],
    leftOut.map(({ package: one, by, said: words }) => {
      const last = errorLines(words).split("\n").join(" \xB7 ");
      return [one.name, one.from, one.to ?? "the newest", WHY[by], last];
    })
  );
}
function othersOf({ others }) {
  return tableOf3(
    `What no update takes away (${others.length})`,
    ["check", "finding", "package", "because"],
    others.map(({ check, id, package: name, because }) => [check, id, name ?? "", because])
  );
}
function along({ along: all }) {
  return all.map(({ name, from, to }) => `${name} ${from === null ? to : `${from} \u2192 ${to}`}`);
}
function diffOf({ file, before: before2, after }) {
  const lines = diffLines(file, before2, after);
  return fenced(`**Change of ${escapeMarkdown(file, 200)}**

`, "diff", lines, "");
}
function outputOf(when, test) {
  if (test === null || test.ok && test.attempt === 1 || test.output.trim() === "") return null;
  const lines = test.output.split("\n").slice(-20);
  const head = `<details><summary>Last words of the test ${when}</summary>

`;
  return fenced(
    head,
    "text",
    lines.map((line) => visible(line)),
    "\n</details>\n"
  );
}
function fenced(head, language, lines, tail) {
  const longest = Math.max(0, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((one) => one.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return {
    head: `${head}${fence}${language}
`,
    rows: lines.map((line) => `${line}
`),
    tail: `${fence}
${tail}
`,
    cut: (left) => `and ${plural(left, "more line")}
`
  };
}
function tableOf3(title, names, rows) {
  if (rows.length === 0) return null;
  return {
    head: `**${title}**

${row2(...names)}${row2(...names.map(() => "---"))}`,
    rows: rows.map((cells) => row2(...cells.map((cell) => escapeMarkdown(cell)))),
    tail: "\n",
    cut: (left) => row2(`and ${left} more`, ...names.slice(1).map(() => ""))
  };
}
function listOf(title, items) {
  if (items.length === 0) return null;
  return {
    head: `<details><summary>${title} (${items.length})</summary>

`,
    rows: items.map((item) => `- ${escapeMarkdown(item)}
`),
    tail: "\n</details>\n\n",
    cut: (left) => `- and ${left} more
`
  };
}
function linkTo(url) {
  return /^https?:\/\/[\w.~:/%?=&+-]+$/.test(url) ? `[this run](${url})` : "this run";
}
function row2(...cells) {
  return `| ${cells.join(" | ")} |
`;
}

// src/publish/update-branch.ts
var PREFIX = "seaworthy/update-";
function isUpdateBranch(name) {
  return name.startsWith(PREFIX);
}
function updateBranch(image, base) {
  const slug = image.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(-40).replace(/^-|-$/g, "");
  return `${PREFIX}${slug === "" ? "image" : slug}-${shortHash(JSON.stringify([image, base])).slice(0, 8)}`;
}
function keyOf({ file, before: before2, after }, { packages }) {
  const versions2 = packages.map(({ name, architecture, from, to }) => [name, architecture, from, to]);
  return shortHash(JSON.stringify([file, before2, undated(after), versions2]));
}
var TRAILER = /^Seaworthy-Update: ([0-9a-f]{16}) ([0-9a-f]{40}|[0-9a-f]{64})$/m;
async function readUpdateBranch(api, run, branch, base) {
  const sha = await readBranch(api, run, branch);
  if (sha === null) return null;
  const { messages, files, behind, whole: whole2 } = await compareCommits(api, run, base, sha);
  if (messages.length === 0 && whole2) return { sha, key: null, ours: true, current: false };
  const trailers = messages.map((message) => TRAILER.exec(message));
  const [, key, blob] = trailers.at(-1) ?? [];
  const [file, ...others] = files;
  const isAsMade = others.length === 0 && file?.status === "modified" && file.sha === blob;
  if (!whole2 || !isAsMade || trailers.includes(null) || key === void 0) {
    return { sha, key: null, ours: false, current: false };
  }
  return { sha, key, ours: true, current: messages.length === 1 && behind === 0 };
}
async function placeOf2(api, run, head, { file, before: before2 }) {
  const look = async (commit) => {
    const tree2 = await readTreeOf(api, run, commit);
    const entry = await readEntry(api, run, tree2, file);
    const same = entry !== null && entry.sha === blobSha(Buffer.from(before2), entry.sha);
    return { tree: tree2, mode: entry?.mode, same };
  };
  const now = await look(head);
  if (!(head === run.sha ? now : await look(run.sha)).same) {
    return `${file} is not the one in the repository at the commit of this run`;
  }
  if (!now.same) return `${file} was changed in the repository since this run began`;
  const { tree, mode } = now;
  return mode === "100644" || mode === "100755" ? { tree, mode } : `${file} is no plain file in the repository`;
}
async function writeUpdateBranch(api, run, [branch, head], place, { change, message, key, was }) {
  const trailer = `Seaworthy-Update: ${key} ${blobSha(Buffer.from(change.after), head)}`;
  const sha = await createCommit(api, run, {
    ...place,
    ...{ parent: head, path: change.file, content: change.after, message: `${message}

${trailer}
` }
  });
  return was === null ? createBranch(api, run, branch, sha) : moveBranch(api, run, branch, [was.sha, sha]);
}

// src/publish/update-pull-request.ts
var ATTEMPTS2 = 3;
async function giveUpdate(api, run, change, outcome, image) {
  const { branch: base } = run;
  if (base === null) return none("the update is given as a pull request only in runs of a branch");
  if (isUpdateBranch(base)) return none("this branch is an update itself");
  const names = { base, branch: updateBranch(untagged(change?.image ?? image), base) };
  const held = change === null ? whyKept(outcome) : whyNotGiven(change, outcome);
  if (held !== null) return none(held);
  try {
    if (change === null) return await close({ api, run, ...names }, outcome);
    const file = pathOf(change.file, run.workspace);
    if (file === null) return none(`${change.file} is not in the repository: the update is not given`);
    return await give({ api, run, ...names }, { ...change, file }, outcome);
  } catch (error) {
    const { what, todo } = explain(error, "the pull request", "contents: write and pull-requests: write");
    return none(`the pull request could not be given: ${what}. To do: ${advice(what) ?? todo}`);
  }
}
async function give(at2, change, outcome, attempt = 1) {
  const { api, run, base, branch } = at2;
  const head = await readBranch(api, run, base);
  if (head === null) return none(`the branch ${base} is gone`);
  const was = await readUpdateBranch(api, run, branch, head);
  const pulls = await listPulls(api, run, branch, base);
  const open = pulls.find(({ state }) => state === "open") ?? null;
  if (was?.ours === false) return none(foreign(branch), open);
  const key = keyOf(change, outcome);
  const same = was?.key === key;
  const declined = pulls.find(({ state, headSha }) => state === "closed" && headSha === was?.sha);
  if (open === null && same && declined !== void 0) {
    return none(`the same update was closed unmerged; it is given again once ${branch} is deleted`, declined);
  }
  const place = await placeOf2(api, run, head, change);
  if (typeof place === "string") return none(`${place}: the update is not given`, open);
  const text2 = renderUpdatePull(outcome, { ...change, key, url: run.url, branch });
  const isThere2 = same && was?.current === true;
  if (!isThere2) {
    const written = { change, key, was, message: text2.message };
    const done = await writeUpdateBranch(api, run, [branch, head], place, written);
    if (!done && attempt < ATTEMPTS2) return give(at2, change, outcome, attempt + 1);
    if (!done) return none(`others kept writing to ${branch}: the update is not given`, open);
  }
  if (open === null) {
    const [pull, made] = await createPull(api, run, [branch, base], text2);
    if (!made) await updatePull(api, run, pull.number, text2);
    return given(made ? "opened" : "updated", pull);
  }
  if (isThere2 && open.body.includes(markOfUpdate(key))) return given("unchanged", open);
  const { title, body } = text2;
  await updatePull(api, run, open.number, { title, body });
  return given("updated", open);
}
async function close({ api, run, base, branch }, outcome) {
  const head = await readBranch(api, run, base);
  const was = head === null ? null : await readUpdateBranch(api, run, branch, head);
  if (was === null) return none(null);
  const open = (await listPulls(api, run, branch, base)).find(({ state }) => state === "open") ?? null;
  if (!was.ours) return none(`no longer needed, but ${foreign(branch)}`, open);
  if (open !== null) {
    await updatePull(api, run, open.number, { state: "closed" });
    await createComment(api, run, open.number, whyClosed(outcome, run.url));
  }
  const gone = await deleteBranch(api, run, branch, was.sha);
  const note = gone ? null : `${branch} was changed meanwhile and stays`;
  return open === null ? none(note) : { ...given("closed", open), note };
}
function whyNotGiven({ before: before2, after }, { outcome, worse }) {
  const isProven = (outcome === "updated" || outcome === "partly-updated") && worse.length === 0;
  if (!isProven) return "no pull request is given for an update that is not proven to work";
  return before2 === after ? "the Dockerfile would stay as it is: there is nothing to give" : null;
}
function whyKept({ outcome, before: before2 }) {
  if (before2 === "incomplete") return "the image could not be judged: an open pull request for it stays";
  const isDone = outcome === "nothing-to-do" || outcome === "rebuild";
  return isDone ? null : "the Dockerfile has no change that was proven: an open pull request for it stays";
}
function foreign(branch) {
  return `${branch} holds work of somebody else and is left alone; delete it to have the update given anew`;
}
function advice(what) {
  return /not permitted to create or approve pull requests/i.test(what) ? "let GitHub Actions create pull requests in the settings of the repository (Actions, General), or give another github-token" : null;
}
function given(state, { number, url }) {
  return { state, number, url, note: null };
}
function none(note, pull = null) {
  return { state: "none", number: pull?.number ?? null, url: pull?.url ?? null, note };
}

// src/update-step.ts
function readUpdatePlan(images, given2) {
  const mode = readUpdateMode(given2);
  const builds = mode === "prove" || mode === "pull-request";
  return { mode, asked: builds ? readUpdateRequest(images, given2) : null };
}
async function updateStep({ asked, mode }, verdict, request, judging, around) {
  if (asked === null) return NOTHING3;
  try {
    refuseUnanswered(verdict);
    const { outcome } = await runUpdate(asked, verdict, request, judging, around);
    const pull = mode === "pull-request" ? await giveIt(outcome, request) : null;
    const notes = pull === null || pull.note === null ? [] : [escapeTerminal(pull.note, 1e3)];
    return { outcome, text: renderUpdate(outcome), notes, pull };
  } catch (error) {
    const { what, where, todo } = problemOf(error, "update");
    return { ...NOTHING3, notes: [`No update was made: ${what} (${where}). To do: ${todo}`] };
  }
}
var NOTHING3 = { outcome: null, text: "", notes: [], pull: null };
var GITHUB_MS = 12e4;
async function giveIt(outcome, { publish: publish2 }) {
  const run = readGitHubRun();
  const none2 = (note) => ({ state: "none", number: null, url: null, note });
  if (run === null) return none2("no pull request was made: this is no run of GitHub Actions");
  if (publish2.token === null) return none2("no pull request was made: it needs github-token");
  const api = await connectGitHub({ token: publish2.token, apiUrl: run.apiUrl, timeoutMs: GITHUB_MS });
  const { image, dockerfile } = outcome;
  return giveUpdate(api, run, dockerfile === null ? null : { image, ...dockerfile }, outcome, image);
}

// src/action.ts
var SUMMARY_LIMIT2 = 1e6;
async function main() {
  const given2 = (name) => getInput(name);
  const runId = newRunId();
  saveState("run-id", runId);
  for (const name of ["clair-psk", "github-token"]) {
    const secret = getInput(name);
    if (secret !== "") setSecret(secret);
  }
  removeReports(given2("report-dir").trim());
  const now = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
  const { request, judging } = readAsked(getMultilineInput("image"), given2, now);
  const plan = readUpdatePlan(request.images, given2);
  const around = {
    runId,
    signal: abortOnSignals(),
    progress: (text2) => info(text2),
    warn: (text2) => warning(text2)
  };
  const saveFeeds = await restoreFeeds(request, now, process.env, around.progress);
  const verdict = await runGate(request, judging, around);
  const paths = writeReports(judging.reportDir, verdict);
  print(renderTerminal(verdict, { colour: false, width: 120, verbose: true }));
  setOutputs(verdict, judging.reportDir, paths);
  const published = await publish(verdict, { ...request.publish, ...around, platform: request.platform });
  const unshown = published.checkRun ? null : unshownAnnotations(verdict);
  if (!published.checkRun) for (const line of renderAnnotations(verdict)) process.stdout.write(`${line}
`);
  const update = await updateStep(plan, verdict, request, judging, around);
  if (update.text !== "") print(update.text);
  for (const note of update.notes) warning(note);
  setUpdateOutputs(update, judging.reportDir);
  if (process.env.GITHUB_STEP_SUMMARY) {
    const notes = [
      ...published.notes,
      ...update.notes,
      ...unshown === null ? [] : [`Not shown as annotations: ${unshown}.`]
    ];
    summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT2, notes }), true);
    if (update.text !== "")
      summary.addRaw(`
#### Update

${update.text.replace(/^/gm, "    ")}`, true);
    await summary.write();
  }
  if (verdict.verdict !== "pass") setFailed(renderSummaryLine(verdict));
  await saveFeeds();
}
function print(text2) {
  const token = `seaworthy-${newRunId()}${newRunId()}`;
  process.stdout.write(`::stop-commands::${token}
${text2}
::${token}::
`);
}
function setOutputs(verdict, reportDir, paths) {
  for (const [name, value] of Object.entries(outputsOf(verdict))) setOutput(name, value);
  setOutput("report", paths.find((path) => path.endsWith("report.json")) ?? "");
  setOutput("reports", paths.join("\n"));
  setOutput("sarif", paths.find((path) => path.endsWith("report.sarif")) ?? "");
  setOutput("sarif-category", sarifCategories(verdict).join("\n"));
  setOutput("report-dir", reportDir);
}
function setUpdateOutputs({ outcome, pull }, reportDir) {
  setOutput("update", outcome?.outcome ?? "none");
  setOutput("pull-request", pull?.url ?? "");
  setOutput("patched-image", outcome?.patched?.name ?? "");
  if (outcome !== null) writeText(`${reportDir}/update.json`, `${JSON.stringify(outcome, null, 2)}
`);
}
function fail(error) {
  const problem = problemOf(error, "seaworthy");
  setOutput("verdict", "incomplete");
  print(renderProblem(problem));
  const debug = getInput("debug") === "true" || !(error instanceof SeaworthyError);
  if (debug && error instanceof Error) print(error.stack ?? "");
  setFailed(`${problem.what} \xB7 ${problem.where} \xB7 ${problem.todo}`);
}
await main().catch(fail);
