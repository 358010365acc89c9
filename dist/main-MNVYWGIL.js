import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  DEFAULT_LIMITS,
  MAGIC_BYTES,
  PROVEN_FILES,
  WHY_LEFT_OUT,
  abortOnSignals,
  archiveError,
  boundPath,
  choiceWords,
  clearEvidence,
  compareCommits,
  compressionOf,
  createBranch,
  createCommit,
  createTarReader,
  decompressAll,
  deleteBranch,
  dockerLogins,
  errorLines,
  few,
  includedTexts,
  isDefault,
  mebibytes,
  moveBranch,
  ofEngine,
  packagesToUpdate,
  policiesHeldBy,
  readBranch,
  readEntry,
  readGatePolicy,
  readScan,
  readThresholds,
  readTreeOf,
  readUpdateMode,
  readUpdateRequest,
  refuseUnanswered,
  refuseUntested,
  removeReports,
  renderProblem,
  renderSummaryLine,
  renderTerminal,
  renderUpdate,
  runGate,
  runUpdate,
  sarifCategories,
  shownName,
  testWords,
  undated,
  withHead,
  writeReports,
  writeUpdate
} from "./chunk-UVL4FNZM.js";
import "./chunk-BJTRKCSZ.js";
import {
  readGitHubRun
} from "./chunk-MG2JKGGL.js";
import {
  readReleaseTag
} from "./chunk-MPEKDBJJ.js";
import {
  ACTIONS,
  checkRunName,
  createComment,
  issueMark,
  legOf,
  pathFromRoot,
  publishCheckRun,
  publishComment,
  renderAnnotations,
  renderIssue,
  unshownAnnotations
} from "./chunk-IOKVWDOZ.js";
import {
  RULINGS,
  becauseText,
  changeOf,
  closed,
  countRulings,
  cutToFit,
  diffLines,
  fenced,
  moreRow,
  opened,
  platformName,
  plural,
  renderMarkdown,
  shortHash,
  tableRow,
  untagged,
  whole,
  worst
} from "./chunk-PQDN2CUZ.js";
import {
  bodyOf,
  newRunId,
  readInside,
  readPolicy
} from "./chunk-FXKZQUNG.js";
import {
  actionPagesOf,
  blobSha,
  kindAtCommit,
  parentsOf,
  pathInRepository,
  readPages,
  readProposedChange,
  textAtCommit
} from "./chunk-GAEXEMDV.js";
import {
  connectGitHub,
  escapeMarkdown,
  escapeTerminal,
  githubProblem,
  mayBeDone,
  statusOf,
  visible
} from "./chunk-E4T2JDTF.js";
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
} from "./chunk-TVHGUMSX.js";
import "./chunk-QI6Z6OWB.js";
import {
  getStream
} from "./chunk-RX5RHUCM.js";
import {
  redactUrl
} from "./chunk-YEL55IE5.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-FGTERCER.js";
import {
  HttpClient
} from "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";

// src/inputs/base-policies.ts
import { join as join2 } from "node:path";

// src/inputs/base-files.ts
import { dirname, join } from "node:path";
function policyFilesOf(given2, env) {
  return ["gate", "whitelist", "dictionary"].flatMap((name) => {
    const value = boundPath(given2, name);
    if (value === "") {
      return [];
    }
    const path = pathInRepository(value, env);
    if (path !== null) {
      return [{ name, given: value, path }];
    }
    throw unreadable(
      `the file given as ${name} lies outside of the repository, so that the base has none`,
      value
    );
  });
}
var COMPOSE_INPUTS = ["compose-file", "test-compose"];
function composeFilesOf(given2, env) {
  return COMPOSE_INPUTS.flatMap((name) => {
    const value = given2(name).trim();
    const path = value === "" ? null : pathInRepository(value, env);
    return path === null ? [] : [{ name, given: value, path }];
  });
}
var PROFILE = /\bseccomp[=:]["']?([^\s"',\]}]+)/g;
var MOST_PROFILES = 10;
function othersOf(given2, env) {
  const inside = (names) => names.flatMap((name) => name ? pathInRepository(name, env) ?? [] : []);
  const asked = readThresholds(given2, []);
  return {
    policiesOf: (gate) => inside([...asked.vex ?? [], given2("baseline").trim(), ...saidBy(gate).vex ?? []]),
    composeOf: (gate) => [
      ...composeFilesOf(given2, env).map(({ path }) => path),
      ...inside([saidBy(gate).composeFile])
    ],
    profilesOf: (gate, compose) => {
      const named = (text, folder) => [...(text ?? "").matchAll(PROFILE)].map(([, name = ""]) => join(folder, name));
      const inOptions = [asked.runOptions, saidBy(gate).runOptions].flatMap((text) => named(text, "."));
      const inFiles = [...compose].flatMap(([path, text]) => named(text, dirname(path)));
      return inside([...inOptions, ...inFiles].slice(0, MOST_PROFILES));
    }
  };
}
function saidBy(gate) {
  try {
    return gate === null ? {} : readGatePolicy(gate, "gate.yml");
  } catch {
    return {};
  }
}
async function heldAt(api, change, commit, given2, env) {
  const read = async (path) => {
    try {
      return await textAtCommit(api, change, commit, path);
    } catch (error) {
      throw notRead(error, `${path} at ${commit.slice(0, 12)} of ${change.owner}/${change.repo}`);
    }
  };
  const files = policyFilesOf(given2, env);
  const texts = await Promise.all(
    files.map(async ({ name, path }) => {
      const text = await read(path);
      const included = name === "whitelist" && text !== null ? await includedTexts(path, text, read) : /* @__PURE__ */ new Map();
      return [[path, text], ...included];
    })
  );
  const policies = new Map(texts.flat());
  const gate = policies.get(files.find(({ name }) => name === "gate")?.path ?? "") ?? null;
  const run = /* @__PURE__ */ new Map();
  const readInto = (into, paths) => Promise.all(paths.map(async (path) => into.set(path, await read(path))));
  const others = othersOf(given2, env);
  await Promise.all([readInto(policies, others.policiesOf(gate)), readInto(run, others.composeOf(gate))]);
  await readInto(run, others.profilesOf(gate, new Map(run)));
  return { policies, run };
}
function notRead(error, where) {
  return unreadable(githubProblem(error, where, "contents: read").what, where);
}
function unreadable(what, where) {
  return new SeaworthyError({
    code: "policy-base-unreadable",
    what: `the policies of the base branch could not be read: ${what}`,
    where
  });
}

// src/inputs/base-policies.ts
var TIMEOUT_MS = 6e4;
async function readBasePolicies(given2, options = {}) {
  const env = options.env ?? process.env;
  if (env.GITHUB_EVENT_NAME === "pull_request_target") {
    throw dangerousEvent();
  }
  const change = readProposedChange(env);
  if (change === null) {
    return null;
  }
  if (change === "unclear") {
    throw unreadable("the runner does not say which commit the run is about", "the event");
  }
  const token = given2("github-token").trim();
  if (token === "" || token.startsWith("${{")) {
    throw unreadable("there is no token", "github-token");
  }
  const files = policyFilesOf(given2, env);
  const backoff = options.backoffMs === void 0 ? {} : { backoffMs: options.backoffMs };
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const api = await connectGitHub({ token, apiUrl: change.apiUrl, timeoutMs, ...backoff });
  const holding = await baseCommit(api, change).then(
    (base2) => policiesHeldBy(api, change, base2, given2).catch((error) => {
      throw error instanceof SeaworthyError ? error : notRead(error, "policies-from");
    })
  );
  const base = holding.commit;
  const [held, wanted] = await Promise.all([
    heldAt(api, change, base, given2, env),
    // What the pull request would change is shown where it can be; the verdict does not depend on it.
    heldAt(api, change, change.merge, given2, env).catch(() => null)
  ]);
  const compose = composeFilesOf(given2, env).filter(
    ({ path }) => held.run.get(path) === null && typeof wanted?.run.get(path) === "string"
  );
  return {
    base: {
      read: reader(held, env),
      binding: true,
      baseline: await baselineReader(api, change, [held.policies, wanted?.policies ?? null], given2, env),
      unbound: compose.map(({ given: given3 }) => given3),
      notices: [
        holding.notice,
        ...unboundNotices(files, held.policies, wanted?.policies ?? null),
        ...compose.map(notYet)
      ]
    },
    proposed: wanted === null || !holding.isBase || isSame(held.policies, wanted.policies) ? null : { read: reader(wanted, env), binding: false, notices: [] }
  };
}
async function baselineReader(api, change, [held, wanted], given2, env) {
  const path = pathInRepository(given2("baseline").trim(), env);
  if (path === null) {
    return readPolicy;
  }
  const text = held.get(path) ?? null;
  const isOfJob = text === null && wanted?.get(path) === null && await isOfNobody(api, change, path);
  return () => isOfJob ? plainFile(path, env.GITHUB_WORKSPACE || process.cwd()) : text;
}
async function isOfNobody(api, change, path) {
  const names = path.split("/").slice(0, -1);
  for (const index of names.keys()) {
    const folder = names.slice(0, index + 1).join("/");
    const kind = await kindAtCommit(api, change, change.merge, folder).catch(() => "other");
    if (kind !== "folder") {
      return kind === null;
    }
  }
  return true;
}
function plainFile(path, folder) {
  try {
    return readInside(join2(folder, path), folder);
  } catch {
    return null;
  }
}
async function baseCommit(api, change) {
  const { base, merge, owner, repo } = change;
  const where = `commit ${(base ?? merge).slice(0, 12)} of ${owner}/${repo}`;
  const parents = await parentsOf(api, change, base ?? merge).catch((error) => {
    throw notRead(error, where);
  });
  if (base !== null) {
    return base;
  }
  const [first] = parents;
  if (parents.length === 2 && first !== void 0) {
    return first;
  }
  throw unreadable(`the run's commit has ${parents.length} parents and is no merge with the base`, where);
}
function reader({ policies, run }, env) {
  return (name) => {
    const path = pathInRepository(name, env) ?? "";
    return policies.get(path) ?? run.get(path) ?? null;
  };
}
function isSame(a, b) {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
function notYet({ given: given2 }) {
  return {
    kind: "unbound",
    place: null,
    text: `${given2} is not in the base yet: nothing is started or tested by it before the merge, and section 5 is not judged`
  };
}
function unboundNotices(files, held, wanted) {
  return files.filter(({ path }) => held.get(path) === null).flatMap(({ name, given: given2, path }) => {
    if (typeof wanted?.get(path) === "string") {
      const text = `${given2} is not in the base yet: nothing of it holds before the merge`;
      return [{ kind: "unbound", place: null, text }];
    }
    if (isDefault(name, given2)) {
      return [];
    }
    throw new SeaworthyError({
      code: "policy-missing",
      what: `the file given as ${name} is not there: on a pull request it is read from the base branch`,
      where: given2,
      todo: `write it as a path from the root of the repository, or leave ${name} out to use the built-in default`
    });
  });
}
function dangerousEvent() {
  return new SeaworthyError({
    code: "pull-request-target",
    what: "the workflow runs on pull_request_target: code of strangers would run with the rights of the repository",
    where: "on: pull_request_target"
  });
}

// src/io/github/kept-files.ts
import { createHash as createHash2 } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join4, relative, sep } from "node:path";

// src/io/archive/plain-files.ts
import { closeSync, openSync, writeSync } from "node:fs";
import { join as join3 } from "node:path";
var AROUND_FILE = 4096;
var AROUND_ALL = 65536;
async function unpackPlainFiles(body, folder, wanted) {
  const { where, most, mostBytes } = wanted;
  const packed = await withHead(body, MAGIC_BYTES);
  const compression = compressionOf(packed.head);
  if (compression === null) {
    throw archiveError("archive-unreadable", where, "it is packed neither with gzip nor with zstd");
  }
  const files = plainFiles(folder, wanted);
  const reader2 = createTarReader(files.onEntry, where, { extendedHeaderBytes: AROUND_ALL });
  let left = mostBytes + most * AROUND_FILE + AROUND_ALL;
  try {
    for await (const chunk of decompressAll(packed.body, compression, where, DEFAULT_LIMITS)) {
      left -= chunk.length;
      if (left < 0) {
        throw tooLarge(wanted);
      }
      reader2.write(chunk);
    }
  } finally {
    files.close();
  }
  if (reader2.state() !== "ended") {
    throw archiveError("archive-truncated", where, "it ends too early");
  }
  return files.names;
}
function plainFiles(folder, { nameOf, most, mostBytes, where }) {
  const names = [];
  let bytes = 0;
  let open = null;
  const close2 = () => {
    if (open !== null) {
      closeSync(open);
      open = null;
    }
  };
  const onEntry = ({ path, type, size }) => {
    const name = type === "file" ? nameOf(path) : null;
    if (name === null || names.includes(name)) {
      const what = name === null ? "was not asked for" : "is there twice";
      throw archiveError("archive-hostile", where, `it holds ${shownName(path)} (${type}), which ${what}`);
    }
    names.push(name);
    bytes += size;
    if (names.length > most || bytes > mostBytes) {
      throw tooLarge({ most, mostBytes, where });
    }
    const file = openSync(join3(folder, name), "wx", 384);
    open = file;
    return { write: (chunk) => writeAll(file, chunk), end: close2 };
  };
  return { names, onEntry, close: close2 };
}
function writeAll(file, chunk) {
  for (let at = 0; at < chunk.length; ) {
    at += writeSync(file, chunk, at);
  }
}
function tooLarge({ most, mostBytes, where }) {
  const what = `it holds more than ${most} files, or than ${Math.floor(mostBytes / 2 ** 20)} MiB`;
  return archiveError("archive-too-large", where, what);
}

// src/io/github/runner-cache.ts
import { createHash } from "node:crypto";
var COMPRESSIONS = ["zstd-without-long", "gzip"];
var ANSWER_BYTES = 65536;
var ANSWER_MS = 1e4;
function hasRunnerCache(env) {
  return (env.ACTIONS_RUNTIME_TOKEN ?? "") !== "" && serviceOf(env) !== null;
}
async function findEntry({ paths, key, prefix }, env, signal) {
  const service = serviceOf(env);
  if (service === null || /^(none|write-only)$/.test(env.ACTIONS_CACHE_MODE?.trim().toLowerCase() ?? "")) {
    return null;
  }
  for (const compression of COMPRESSIONS) {
    const version = versionOf(paths, compression);
    const asked = { key, prefixes: [prefix], version, token: env.ACTIONS_RUNTIME_TOKEN ?? "", signal };
    const found = service.form === "twirp" ? await askTwirp(service.url, asked) : await askV1(service.url, asked);
    if (found !== null) {
      hideSignature(found.url);
      return found;
    }
  }
  return null;
}
async function downloadEntry({ url }, { timeoutMs, signal }) {
  const answer = await getStream(url, { timeoutMs, signal, retries: 1 });
  if (answer.status !== 200) {
    throw new Error(`${new URL(url).host} answered ${answer.status}`);
  }
  return answer.body;
}
async function saveEntry({ paths, key }) {
  const { saveCache } = await import("./cache-WTJKJH3E.js");
  await saveCache([...paths], key);
}
function serviceOf(env) {
  const server = URL.parse(env.GITHUB_SERVER_URL || "https://github.com")?.hostname.toLowerCase() ?? "";
  const isGitHub = server === "github.com" || /\.(ghe\.com|localhost)$/.test(server);
  const form = isGitHub && env.ACTIONS_CACHE_SERVICE_V2 ? "twirp" : "v1";
  const url = form === "twirp" ? env.ACTIONS_RESULTS_URL : env.ACTIONS_CACHE_URL;
  return url !== void 0 && URL.canParse(url) ? { form, url } : null;
}
function versionOf(paths, compression) {
  return createHash("sha256").update([...paths, compression, "1.0"].join("|")).digest("hex");
}
async function askTwirp(service, asked) {
  const method = "github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL";
  const { key, prefixes, version } = asked;
  const answer = await exchange("POST", new URL(`/twirp/${method}`, service).href, asked, {
    key,
    restore_keys: prefixes,
    version
  });
  const { ok, signed_download_url: url, matched_key: matched } = answer ?? {};
  return ok === true ? foundAt(matched, url) : null;
}
async function askV1(service, asked) {
  const { key, prefixes, version } = asked;
  const keys = encodeURIComponent([key, ...prefixes].join(","));
  const url = `${service}_apis/artifactcache/cache?keys=${keys}&version=${version}`;
  const answer = await exchange("GET", url, asked);
  const { cacheKey, archiveLocation } = answer ?? {};
  return answer === null ? null : foundAt(cacheKey, archiveLocation);
}
function foundAt(key, url) {
  if (typeof key !== "string" || typeof url !== "string" || !/^https?:/.test(url)) {
    throw new Error("the cache service named no address");
  }
  return { key, url };
}
async function exchange(method, url, { token, signal }, body) {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const abortable = {
    prepareRequest: (request) => {
      request.signal = limited;
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error("not used"))
  };
  const client = new HttpClient("seaworthy", [abortable], { allowRedirects: false, allowRetries: false });
  const text = body === void 0 ? "" : JSON.stringify(body);
  const { message } = await client.request(method, url, text, {
    authorization: `Bearer ${token}`,
    accept: "application/json;api-version=6.0-preview.1",
    "content-type": "application/json"
  });
  const { statusCode = 0 } = message;
  const answer = await bodyOf(message, redactUrl(url), ANSWER_BYTES);
  if (statusCode === 204) {
    return null;
  }
  if (statusCode !== 200) {
    throw new Error(`the cache service answered ${statusCode}`);
  }
  return JSON.parse(answer.toString("utf8"));
}
function hideSignature(url) {
  const signature = new URL(url).searchParams.get("sig");
  if (signature) {
    setSecret(signature);
    setSecret(encodeURIComponent(signature));
  }
}

// src/io/github/kept-files.ts
var FORM = 1;
var RESTORE_MS = 3e4;
var DAY_MS = 864e5;
var TICK_MS = 20;
function usesRunnerCache(env, isLoggedIn = dockerLogins().any) {
  const { GITHUB_EVENT_NAME: event = "", GITHUB_REF: ref = "", GITHUB_REF_TYPE: type } = env;
  const ofBranch = type === "branch" && /^refs\/heads\/(?!gh-readonly-queue\/)/.test(ref);
  return ofBranch && ["push", "schedule", "workflow_dispatch"].includes(event) && !env.ACTIONS_ID_TOKEN_REQUEST_URL && hasRunnerCache(env) && !isLoggedIn();
}
function restoreKept(kept, isUsed, tell) {
  if (!isUsed) {
    return { end: () => {
    }, save: async () => {
    } };
  }
  const started = Date.now() - TICK_MS;
  const over = new AbortController();
  const quietly = (work, what) => work.catch((error) => {
    if (!over.signal.aborted || what === "written") {
      tell(`the runner\u2019s cache was not ${what}: ${problemOf(error, "").what}`);
    }
    return null;
  });
  const restored = quietly(restore(kept, started, over.signal), "read");
  return {
    end: () => over.abort(),
    async save() {
      over.abort();
      const found = await restored;
      await quietly(save(kept, started, found?.key ?? null), "written");
    }
  };
}
function entryOf(names, { proven, env }) {
  const hash = (text, length) => createHash2("sha256").update(text).digest("hex").slice(0, length);
  const job = hash(`${env.GITHUB_WORKFLOW ?? ""}
${env.GITHUB_JOB ?? ""}`, 16);
  const prefix = `seaworthy-kept-${FORM}-${job}-`;
  const paths = proven.map(({ folder }) => join4(stageOf(env), folder, "*"));
  return { paths, prefix, key: `${prefix}${hash(names.toSorted().join("\n"), 32)}` };
}
function stageOf(env) {
  return join4(env.RUNNER_TEMP || tmpdir(), "seaworthy-kept");
}
async function restore(kept, started, signal) {
  const { cacheDir, proven, env } = kept;
  const found = await findEntry(entryOf([], kept), env, signal);
  if (found === null) {
    return null;
  }
  const fresh = await mkdtemp(join4(env.RUNNER_TEMP || tmpdir(), "seaworthy-restored-"));
  try {
    const body = await downloadEntry(found, { timeoutMs: RESTORE_MS, signal });
    const prefix = relative(env.GITHUB_WORKSPACE ?? process.cwd(), stageOf(env)).split(sep).join("/");
    const names = await unpackPlainFiles(body, fresh, {
      nameOf: (path) => path.startsWith(`${prefix}/`) ? flatName(path.slice(prefix.length + 1), proven) : null,
      most: proven.reduce((sum, { most }) => sum + most, 0),
      mostBytes: proven.reduce((sum, { mostBytes }) => sum + mostBytes, 0),
      where: "the runner\u2019s cache"
    });
    for (const name of names) {
      await place(join4(fresh, name), join4(cacheDir, name.replace(" ", "/")), new Date(started - DAY_MS));
    }
    return found;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
function flatName(path, proven) {
  const [folder, name, more] = path.split("/");
  const isOurs = proven.some((one) => one.folder === folder && one.names.test(name ?? ""));
  return isOurs && more === void 0 ? `${folder} ${name}` : null;
}
async function place(from, to, age) {
  const isThere = await stat(to).then(
    () => true,
    () => false
  );
  if (!isThere) {
    const staged = `${to}.${process.pid}.tmp`;
    await mkdir(join4(to, ".."), { recursive: true, mode: 448 });
    await copyFile(from, staged);
    await utimes(staged, age, age);
    await rename(staged, to);
  }
}
async function save(kept, started, restoredKey) {
  const { cacheDir, proven, env } = kept;
  const used = (await Promise.all(proven.map((one) => usedOf(cacheDir, one, started)))).flat();
  const entry = entryOf(used, kept);
  if (used.length === 0 || entry.key === restoredKey) {
    return;
  }
  const stage = stageOf(env);
  try {
    await rm(stage, { recursive: true, force: true });
    for (const path of used) {
      await mkdir(join4(stage, path, ".."), { recursive: true });
      await copyFile(join4(cacheDir, path), join4(stage, path));
    }
    await saveEntry(entry);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
async function usedOf(cacheDir, { folder, names, most, mostBytes }, started) {
  const all = await readdir(join4(cacheDir, folder)).catch(() => []);
  const about = await Promise.all(
    all.filter((name) => names.test(name)).map(async (name) => ({ path: `${folder}/${name}`, ...await stat(join4(cacheDir, folder, name)) }))
  );
  const used = about.filter(({ mtimeMs }) => mtimeMs >= started);
  const bytes = used.reduce((sum, { size }) => sum + size, 0);
  return used.length > most || bytes > mostBytes ? [] : used.map(({ path }) => path);
}

// src/io/github/issues.ts
var MOST_PAGES = 10;
async function listOpenIssues(api, { owner, repo }, creator) {
  const { list } = await readPages(
    MOST_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/issues", { owner, repo, creator, state: "open", ...page })
  );
  return list.filter(({ pull_request: pull }) => pull === void 0).map(issueOf);
}
async function createIssue(api, { owner, repo }, issue) {
  await api.request("POST /repos/{owner}/{repo}/issues", { owner, repo, ...issue });
}
async function updateIssue(api, { owner, repo }, issue_number, { title, body, close: close2 }) {
  await api.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number,
    title,
    body,
    ...close2 ? { state: "closed", state_reason: "completed" } : {}
  });
}
function issueOf({ number, title, body, user }) {
  return { number: Number(number), title, body: body ?? "", author: user?.login ?? "" };
}

// src/publish/issue.ts
async function publishIssue(api, run, verdict, { platform, line }) {
  const key = issueKey(run, verdict, platform, line);
  const author = await api.viewer() ?? ACTIONS;
  const mark = `${issueMark(key)}
`;
  const ours = (await listOpenIssues(api, run, author)).filter((issue) => issue.author === author && issue.body.replaceAll("\r\n", "\n").startsWith(mark)).sort((a, b) => a.number - b.number);
  const passes = verdict.verdict === "pass";
  const text = renderIssue(verdict, { key, line, url: run.url, pages: run.pages });
  const [oldest, ...others] = ours;
  if (oldest === void 0) {
    if (!passes) {
      await createIssue(api, run, text);
    }
    return [];
  }
  await updateIssue(api, run, oldest.number, { ...text, close: passes });
  for (const { number, title, body } of others) {
    await updateIssue(api, run, number, { title, body, close: true });
  }
  return [];
}
function issueKey({ workflow }, { images }, platform, line) {
  const names = [...new Set(images.map(({ reference }) => untagged(reference)))];
  return shortHash(JSON.stringify([workflow, names, platform, line]));
}

// src/publish/publish.ts
var TIMEOUT_MS2 = 12e4;
var SETTLE_MS = 1200;
async function publish(verdict, options) {
  const { token, checkRun, comment } = options;
  const run = readGitHubRun(options.env);
  const issue = options.issue && run?.scheduled === true;
  const wanted = checkRun || issue || comment !== "never" && run?.pull !== null;
  if (!wanted || token === null || run === null) {
    return { checkRun: false, notes: [] };
  }
  const connect = { token, apiUrl: run.apiUrl, timeoutMs: options.timeoutMs ?? TIMEOUT_MS2 };
  const backoff = options.backoffMs === void 0 ? {} : { backoffMs: options.backoffMs };
  const pause = options.pause === void 0 ? {} : { pause: options.pause };
  const platform = options.platform ?? run.platform;
  const parts = { verdict, options, run, platform, identity: identityOf(verdict, platform) };
  const attempt = async (what, permission, act) => {
    try {
      const notes2 = await act(await connectGitHub({ ...connect, ...backoff, ...pause }));
      return { done: true, notes: notes2 };
    } catch (error) {
      const problem = githubProblem(error, what, permission);
      return { done: false, notes: [`${what} is not published: ${problem.what}. To do: ${problem.todo}`] };
    }
  };
  const [check, said2, filed] = await Promise.all([
    checkRun ? attempt("the check run", "checks: write", (api) => sendCheckRun(api, parts)) : NOTHING,
    comment === "never" || run.pull === null ? NOTHING : attempt("the comment", "pull-requests: write", (api) => sendComment(api, parts)),
    issue ? attempt(
      "the issue",
      "issues: write",
      (api) => publishIssue(api, run, verdict, { platform, line: options.line })
    ) : NOTHING
  ]);
  const notes = [...check.notes, ...said2.notes, ...filed.notes];
  for (const note of notes) {
    options.warn(escapeTerminal(note, 1e3));
  }
  return { checkRun: check.done, notes };
}
var NOTHING = { done: false, notes: [] };
function sendCheckRun(api, { verdict, options, run, platform, identity }) {
  const name = options.checkName ?? checkRunName(verdict, platform, identity.key);
  return publishCheckRun(api, run, verdict, { name, id: `seaworthy-${options.runId}-${identity.key}` });
}
async function sendComment(api, { verdict, options, run, identity }) {
  if (run.pull === null) {
    return [];
  }
  const legs = partsOf(verdict, identity).map(
    ({ part, ...names }) => legOf(part, {
      ...names,
      run: run.number,
      attempt: run.attempt,
      head: run.headSha,
      url: run.url,
      change: changeOf(part),
      pages: run.pages
    })
  );
  const changed = legs.some(({ change }) => change !== null && change.added + change.gone > 0);
  const create = options.comment === "always" || verdict.verdict !== "pass" || options.comment === "changes" && changed;
  const settleMs = options.settleMs ?? SETTLE_MS;
  return publishComment(api, run, {
    legs,
    pull: run.pull.number,
    create,
    settleMs,
    pause: options.pause
  });
}
function partsOf(verdict, identity) {
  if (!verdict.images.some(({ isOneOfSeveral }) => isOneOfSeveral)) {
    return [{ ...identity, part: verdict }];
  }
  const name = ({ platform }) => platform === null ? "" : platformName(platform);
  return [...Map.groupBy(verdict.images, name)].map(([platform, images]) => {
    const part = { ...verdict, images, verdict: worst(images.map((one) => one.verdict)) };
    return { ...identityOf(part, platform), part };
  });
}
function identityOf({ images }, platform) {
  const names = [...new Set(images.map(({ reference }) => reference))];
  return {
    key: shortHash(JSON.stringify([names, platform])),
    family: shortHash(JSON.stringify([names.map(untagged), platform]))
  };
}

// src/action/outputs.ts
function outputsOf(verdict) {
  const { images } = verdict;
  const counts = countRulings(images);
  return {
    verdict: verdict.verdict,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    "packages-to-update": packagesToUpdate(images.flatMap(({ findings }) => findings)).join("\n"),
    "rebuild-needed": rebuildWord(verdict),
    "rebuild-brings": packagesToUpdate(images.flatMap(({ rebuild }) => rebuild.settles)).join("\n"),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? "").join("\n"),
    images: JSON.stringify(images.map(imageOf))
  };
}
function rebuildWord({ images }) {
  const needs = images.map(({ rebuild }) => rebuild.needed);
  if (needs.includes(true)) {
    return "true";
  }
  return needs.includes(null) ? "unknown" : "false";
}
function imageOf({ reference, platform, digest, verdict }) {
  return { reference, platform: platform === null ? null : platformName(platform), digest, verdict };
}
function countsOf({ images }) {
  const counts = {};
  for (const ruling of RULINGS) {
    const bySeverity = {};
    for (const finding of images.flatMap(({ findings }) => findings)) {
      if (finding.ruling !== ruling) {
        continue;
      }
      bySeverity[finding.severity] = (bySeverity[finding.severity] ?? 0) + 1;
    }
    if (Object.keys(bySeverity).length > 0) {
      counts[ruling] = bySeverity;
    }
  }
  return counts;
}
function setOutputs(verdict, paths) {
  for (const [name, value] of Object.entries(outputsOf(verdict))) {
    setOutput(name, value);
  }
  setOutput("report", paths.find((path) => path.endsWith("report.json")) ?? "");
  setOutput("reports", paths.join("\n"));
  setOutput("sarif", paths.find((path) => path.endsWith("report.sarif")) ?? "");
  setOutput("sarif-category", sarifCategories(verdict).join("\n"));
}
function setUpdateOutputs({ outcome, pull }, reportDir) {
  setOutput("update", outcome?.outcome ?? "none");
  setOutput("pull-request", pull?.url ?? "");
  setOutput("patched-image", outcome?.patched?.name ?? "");
  if (outcome !== null) {
    writeUpdate(reportDir, outcome);
  }
}

// src/io/github/pulls.ts
async function listPulls(api, { owner, repo }, branch, base) {
  const { data } = await api.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    head: `${owner}:${branch}`,
    base,
    state: "all",
    per_page: 100
  });
  const whole2 = `${owner}/${repo}`.toLowerCase();
  return data.filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === whole2).map(pullOf);
}
async function createPull(api, run, [branch, base], text) {
  const { owner, repo } = run;
  const post = async () => {
    const body = { owner, repo, head: branch, base, ...text };
    return pullOf((await api.request("POST /repos/{owner}/{repo}/pulls", body)).data);
  };
  try {
    return [await post(), true];
  } catch (error) {
    const isRefused = statusOf(error) === 422;
    if (!isRefused && !mayBeDone(error)) {
      throw error;
    }
    const there = (await listPulls(api, run, branch, base)).find(({ state }) => state === "open");
    if (there !== void 0) {
      return [there, there.body === text.body];
    }
    if (isRefused) {
      throw error;
    }
    return [await post(), true];
  }
}
async function updatePull(api, { owner, repo }, pull_number, part) {
  await api.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { owner, repo, pull_number, ...part });
}
function pullOf({ number, html_url, state, title, body, merged_at, head }) {
  return {
    number,
    url: html_url,
    title,
    body: body ?? "",
    headSha: head.sha,
    state: merged_at !== null ? "merged" : state === "open" ? "open" : "closed"
  };
}

// src/reports/update/pull-request.ts
var BODY_LIMIT = 65536;
function markOfUpdate(key) {
  return `<!-- seaworthy-update ${key} -->`;
}
function renderUpdatePull(update, input) {
  const title = `Update ${plural(update.packages.length, "package")} of ${word(input.image)} (${word(update.platform)})`;
  const sections = [
    whole(`${markOfUpdate(input.key)}
${introOf(update, input)}

${evidenceOf(update)}
`),
    packagesOf(update),
    leftOutOf(update),
    othersOf2(update),
    diffOf(input),
    outputOf("before", update.testBefore),
    outputOf("after", update.testAfter),
    listOf("Brought along by apt", along(update)),
    listOf("Needless in the whitelist", update.needless)
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
function word(text) {
  return visible(text, 80).replace(/[^A-Za-z0-9._/:+~-]/g, "_");
}
function introOf({ outcome, image, test }, { file }) {
  const part = outcome === "partly-updated" ? " Some packages had to be left out." : "";
  const tested = test === null ? "" : `, ${escapeMarkdown(test)} passes before and after`;
  return `${escapeMarkdown(image, 120)} lacks updates that keep it from release. With this change of ${escapeMarkdown(file, 200)} it was built and judged again${tested}, and nothing is worse than before.${part}`;
}
function evidenceOf(update) {
  const { before, after, test, testBefore, testAfter, id, patched } = update;
  const rows = [
    tableRow("", "before", "after"),
    tableRow("---", "---", "---"),
    tableRow("verdict", before, after ?? "not judged"),
    ...test === null ? [] : [tableRow(escapeMarkdown(test), said(testBefore), said(testAfter))],
    tableRow("image", escapeMarkdown(id, 100), patched === null ? "" : escapeMarkdown(patched.id, 100)),
    ...patched === null ? [] : [tableRow("larger by", "", mebibytes(patched.grewBytes))]
  ];
  return rows.join("");
}
function said(test) {
  return test === null ? "not run" : testWords(test, (text) => escapeMarkdown(text, 100));
}
function packagesOf({ packages }) {
  return tableOf(
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
  return tableOf(
    `Left out (${leftOut.length})`,
    ["package", "stays at", "would be", "why", "said"],
    leftOut.map(({ package: one, by, said: words }) => {
      const last = errorLines(words).split("\n").join(" \xB7 ");
      return [one.name, one.from, one.to ?? "the newest", WHY_LEFT_OUT[by], last];
    })
  );
}
function othersOf2({ others }) {
  return tableOf(
    `What no update takes away (${others.length})`,
    ["check", "finding", "package", "because"],
    others.map((one) => [one.check, one.id, one.package ?? "", becauseText(one)])
  );
}
function along({ along: all }) {
  return all.map(({ name, from, to }) => `${name} ${from === null ? to : `${from} \u2192 ${to}`}`);
}
function diffOf({ file, before, after }) {
  const lines = diffLines(file, before, after);
  return fenced(`**Change of ${escapeMarkdown(file, 200)}**

`, "diff", lines, "");
}
function outputOf(when, test) {
  if (test === null || test.ok && test.attempt === 1 || test.output.trim() === "") {
    return null;
  }
  const lines = test.output.split("\n").slice(-20);
  const head = opened(`Last words of the test ${when}`);
  return fenced(
    head,
    "text",
    lines.map((line) => visible(line)),
    "\n</details>\n"
  );
}
function tableOf(title, names, rows) {
  if (rows.length === 0) {
    return null;
  }
  return {
    head: `**${title}**

${tableRow(...names)}${tableRow(...names.map(() => "---"))}`,
    rows: rows.map((cells) => tableRow(...cells.map((cell) => escapeMarkdown(cell)))),
    tail: "\n",
    cut: (left) => moreRow(`and ${left} more`, names)
  };
}
function listOf(title, items) {
  if (items.length === 0) {
    return null;
  }
  return {
    head: opened(`${title} (${items.length})`),
    rows: items.map((item) => `- ${escapeMarkdown(item)}
`),
    tail: closed,
    cut: (left) => `- and ${left} more
`
  };
}
function linkTo(url) {
  return /^https?:\/\/[\w.~:/%?=&+-]+$/.test(url) ? `[this run](${url})` : "this run";
}

// src/publish/update-branch.ts
var PREFIX = "seaworthy/update-";
function isUpdateBranch(name) {
  return name.startsWith(PREFIX);
}
function updateBranch({ image, platform, file, base }) {
  const slug = image.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(-40).replace(/^-|-$/g, "");
  return `${PREFIX}${slug === "" ? "image" : slug}-${shortHash(JSON.stringify([image, platform, file, base])).slice(0, 8)}`;
}
function updateKey({ file, before, after }, { packages }) {
  const versions = packages.map(({ name, architecture, from, to }) => [name, architecture, from, to]);
  return shortHash(JSON.stringify([file, before, undated(after), versions]));
}
var TRAILER = /^Seaworthy-Update: ([0-9a-f]{16}) ([0-9a-f]{40}|[0-9a-f]{64})$/m;
async function readUpdateBranch(api, run, branch, base) {
  const sha = await readBranch(api, run, branch);
  if (sha === null) {
    return null;
  }
  const { messages, files, behind, whole: whole2 } = await compareCommits(api, run, base, sha);
  if (messages.length === 0 && whole2) {
    return { sha, key: null, ours: true, current: false };
  }
  const trailers = messages.map((message) => TRAILER.exec(message));
  const [, key, blob] = trailers.at(-1) ?? [];
  const [file, ...others] = files;
  const isAsMade = others.length === 0 && file?.status === "modified" && file.sha === blob;
  if (!whole2 || !isAsMade || trailers.includes(null) || key === void 0) {
    return { sha, key: null, ours: false, current: false };
  }
  return { sha, key, ours: true, current: messages.length === 1 && behind === 0 };
}
async function readPlace(api, run, head, { file, before }) {
  const look = async (commit) => {
    const tree2 = await readTreeOf(api, run, commit);
    const entry = await readEntry(api, run, tree2, file);
    const same = entry !== null && entry.sha === blobSha(Buffer.from(before), entry.sha);
    return { tree: tree2, mode: entry?.mode, same };
  };
  const now = await look(head);
  if (!(head === run.sha ? now : await look(run.sha)).same) {
    return `${file} is not the one in the repository at the commit of this run`;
  }
  if (!now.same) {
    return `${file} was changed in the repository since this run began`;
  }
  const { tree, mode } = now;
  return mode === "100644" || mode === "100755" ? { tree, mode } : `${file} is no plain file in the repository`;
}
async function writeUpdateBranch(api, run, [branch, head], place2, { change, message, key, was }) {
  const trailer = `Seaworthy-Update: ${key} ${blobSha(Buffer.from(change.after), head)}`;
  const sha = await createCommit(api, run, {
    ...place2,
    parent: head,
    path: change.file,
    content: change.after,
    message: `${message}

${trailer}
`
  });
  return was === null ? createBranch(api, run, branch, sha) : moveBranch(api, run, branch, [was.sha, sha]);
}

// src/publish/update-pull-request.ts
var ATTEMPTS = 3;
async function giveUpdate(api, run, change, outcome, file) {
  const { branch: base } = run;
  if (base === null) {
    return none("the update is given as a pull request only in runs of a branch");
  }
  if (isUpdateBranch(base)) {
    return none("this branch is an update itself");
  }
  const held = change === null ? whyKept(outcome) : whyNotGiven(change, outcome);
  if (held !== null) {
    return none(held);
  }
  try {
    const path = pathFromRoot(file, run.workspace);
    if (path === null) {
      return none(`${file} is not in the repository: the update is not given`);
    }
    const { image, platform } = outcome;
    const branch = updateBranch({ image: untagged(change?.image ?? image), platform, file: path, base });
    const place2 = { api, run, base, branch };
    return await (change === null ? close(place2, outcome) : give(place2, { ...change, file: path }, outcome));
  } catch (error) {
    const { what, todo } = githubProblem(
      error,
      "the pull request",
      "contents: write and pull-requests: write"
    );
    return none(`the pull request could not be given: ${what}. To do: ${advice(what) ?? todo}`);
  }
}
async function give(at, change, outcome, attempt = 1) {
  const { api, run, base, branch } = at;
  const head = await readBranch(api, run, base);
  if (head === null) {
    return none(`the branch ${base} is gone`);
  }
  const was = await readUpdateBranch(api, run, branch, head);
  const pulls = await listPulls(api, run, branch, base);
  const open = pulls.find(({ state }) => state === "open") ?? null;
  if (was?.ours === false) {
    return none(foreign(branch), open);
  }
  const key = updateKey(change, outcome);
  const same = was?.key === key;
  const declined = pulls.find(({ state, headSha }) => state === "closed" && headSha === was?.sha);
  if (open === null && same && declined !== void 0) {
    return none(`the same update was closed unmerged; it is given again once ${branch} is deleted`, declined);
  }
  const place2 = await readPlace(api, run, head, change);
  if (typeof place2 === "string") {
    return none(`${place2}: the update is not given`, open);
  }
  const text = renderUpdatePull(outcome, { ...change, key, url: run.url, branch });
  const isThere = same && was?.current === true;
  if (!isThere) {
    const written = { change, key, was, message: text.message };
    const done = await writeUpdateBranch(api, run, [branch, head], place2, written);
    if (!done && attempt < ATTEMPTS) {
      return give(at, change, outcome, attempt + 1);
    }
    if (!done) {
      return none(`others kept writing to ${branch}: the update is not given`, open);
    }
  }
  if (open === null) {
    const [pull, made] = await createPull(api, run, [branch, base], text);
    if (!made) {
      await updatePull(api, run, pull.number, text);
    }
    return given(made ? "opened" : "updated", pull);
  }
  if (isThere && open.body.includes(markOfUpdate(key))) {
    return given("unchanged", open);
  }
  const { title, body } = text;
  await updatePull(api, run, open.number, { title, body });
  return given("updated", open);
}
async function close({ api, run, base, branch }, outcome) {
  const head = await readBranch(api, run, base);
  const was = head === null ? null : await readUpdateBranch(api, run, branch, head);
  if (was === null) {
    return none(null);
  }
  const open = (await listPulls(api, run, branch, base)).find(({ state }) => state === "open") ?? null;
  if (!was.ours) {
    return none(`no longer needed, but ${foreign(branch)}`, open);
  }
  if (open !== null) {
    await updatePull(api, run, open.number, { state: "closed" });
    await createComment(api, run, open.number, whyClosed(outcome, run.url));
  }
  const gone = await deleteBranch(api, run, branch, was.sha);
  const note = gone ? null : `${branch} was changed meanwhile and stays`;
  return open === null ? none(note) : { ...given("closed", open), note };
}
function whyNotGiven({ before, after }, { outcome, worse }) {
  const isProven = (outcome === "updated" || outcome === "partly-updated") && worse.length === 0;
  if (!isProven) {
    return "no pull request is given for an update that is not proven to work";
  }
  return before === after ? "the Dockerfile would stay as it is: there is nothing to give" : null;
}
function whyKept({ outcome, before }) {
  if (before === "incomplete") {
    return "the image could not be judged: an open pull request for it stays";
  }
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

// src/action/update.ts
function readUpdatePlan(images, given2, base) {
  const mode = readUpdateMode(given2);
  const builds = mode === "prove" || mode === "pull-request";
  return { mode, asked: builds ? readUpdateRequest(images, given2, base) : null };
}
async function tellUntested({ asked }, around) {
  if (asked === null) {
    return;
  }
  await refuseUntested(asked, around.signal).catch((error) => around.progress(noUpdate(error)));
}
async function updateStep({ asked, mode }, verdict, request, judging, around) {
  if (asked === null) {
    return NOTHING2;
  }
  try {
    const before = await ofEngine(verdict, asked, around.signal);
    refuseUnanswered(before);
    const { outcome } = await runUpdate(asked, before, request, judging, around);
    const pull = mode === "pull-request" ? await giveIt(outcome, before, request) : null;
    const notes = pull === null || pull.note === null ? [] : [escapeTerminal(pull.note, 1e3)];
    return { outcome, text: renderUpdate(outcome), notes, pull };
  } catch (error) {
    return { ...NOTHING2, notes: [noUpdate(error)] };
  }
}
function noUpdate(error) {
  const { what, where, todo } = problemOf(error, "update");
  return escapeTerminal(`No update was made: ${what} (${where}). To do: ${todo}`, 1e3);
}
var NOTHING2 = { outcome: null, text: "", notes: [], pull: null };
var GITHUB_MS = 12e4;
async function giveIt(outcome, verdict, { publish: publish2 }) {
  const run = readGitHubRun();
  const none2 = (note) => ({ state: "none", number: null, url: null, note });
  if (run === null) {
    return none2("no pull request was made: this is no run of GitHub Actions");
  }
  if (publish2.token === null) {
    return none2("no pull request was made: it needs github-token");
  }
  const api = await connectGitHub({ token: publish2.token, apiUrl: run.apiUrl, timeoutMs: GITHUB_MS });
  const { image, dockerfile } = outcome;
  const file = dockerfile?.file ?? verdict.images[0]?.dockerfile.file ?? null;
  if (file === null) {
    return none2("no pull request was looked for: no Dockerfile of the image is known");
  }
  return giveUpdate(api, run, dockerfile === null ? null : { image, ...dockerfile }, outcome, file);
}

// src/action/main.ts
var SUMMARY_LIMIT = 1e6;
async function main() {
  const given2 = (name) => getInput(name) || (name === "release" ? releaseTagOf() : "");
  const runId = newRunId();
  saveState("run-id", runId);
  for (const name of ["clair-psk", "github-token"]) {
    const secret = getInput(name);
    if (secret !== "") {
      setSecret(secret);
    }
  }
  const reportDir = given2("report-dir").trim();
  removeReports(reportDir, { uploaded: true });
  const evidenceDir = given2("save-evidence").trim();
  if (evidenceDir !== "") {
    clearEvidence(evidenceDir, true);
  }
  setOutput("report-dir", reportDir);
  const now = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
  const policies = await readBasePolicies(given2);
  const { request, judging } = readScan(getMultilineInput("image"), given2, now, policies);
  const plan = readUpdatePlan(request.images, given2, policies?.base);
  const around = {
    runId,
    signal: abortOnSignals(),
    progress: (text) => info(text),
    warn: (text) => warning(text)
  };
  await tellUntested(plan, around);
  const isCacheUsed = plan.asked === null && usesRunnerCache(process.env);
  const kept = restoreKept(
    { cacheDir: request.cacheDir, proven: PROVEN_FILES, env: process.env },
    isCacheUsed,
    (text) => info(escapeTerminal(text, 1e3))
  );
  const verdict = await runGate(request, judging, around).finally(kept.end);
  const pages = actionPagesOf(process.env);
  const paths = writeReports(judging.reportDir, verdict, pages);
  print(renderTerminal(verdict, { colour: false, width: 120, cuts: false, verbose: true, pages }));
  setOutputs(verdict, paths);
  const published = await publish(verdict, {
    ...request.publish,
    ...around,
    platform: choiceWords(judging.policy.gate.platform)
  });
  const unshown = published.checkRun ? null : unshownAnnotations(verdict);
  if (!published.checkRun) {
    for (const line of renderAnnotations(verdict)) {
      process.stdout.write(`${line}
`);
    }
  }
  const update = await updateStep(plan, verdict, request, judging, around);
  if (update.text !== "") {
    print(update.text);
  }
  for (const note of update.notes) {
    warning(note);
  }
  setUpdateOutputs(update, judging.reportDir);
  if (process.env.GITHUB_STEP_SUMMARY) {
    const notes = [
      ...published.notes,
      ...update.notes,
      ...unshown === null ? [] : [`Not shown as annotations: ${unshown}.`]
    ];
    summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT, notes, pages }), true);
    if (update.text !== "") {
      summary.addRaw(`
#### Update

${update.text.replace(/^/gm, "    ")}`, true);
    }
    await summary.write();
  }
  if (verdict.verdict !== "pass") {
    setFailed(renderSummaryLine(verdict));
  }
  await kept.save();
}
function releaseTagOf() {
  const { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name = "" } = process.env;
  return type === "tag" && readReleaseTag(name) !== null ? name : "";
}
function print(text) {
  const token = `seaworthy-${newRunId()}${newRunId()}`;
  process.stdout.write(`::stop-commands::${token}
${text}
::${token}::
`);
}
function fail(error) {
  const problem = problemOf(error, "seaworthy");
  setOutput("verdict", "incomplete");
  print(renderProblem(problem));
  const debug = getInput("debug") === "true" || !(error instanceof SeaworthyError);
  if (debug && error instanceof Error) {
    print(error.stack ?? "");
  }
  setFailed(`${problem.what} \xB7 ${problem.where} \xB7 ${problem.todo}`);
}
await main().catch(fail);
