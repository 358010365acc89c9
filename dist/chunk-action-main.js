import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  DEFAULT_LIMITS,
  FEED_INPUTS,
  MAGIC_BYTES,
  PROVEN_FILES,
  WHY_LEFT_OUT,
  abortOnSignals,
  archiveError,
  attestableOf,
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
  isUrl,
  judgedDigest,
  judgedManifests,
  leftWords,
  mebibytes,
  moveBranch,
  ofEngine,
  of_copyFile,
  of_lstat,
  of_mkdir,
  of_mkdtemp,
  of_readdir,
  of_rename,
  of_rm,
  of_utimes,
  packagesToUpdate,
  policiesHeldBy,
  problemLine,
  publishImages,
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
  renderDetails,
  renderProblem,
  renderSummaryLine,
  renderTerminal,
  renderUpdate,
  runGate,
  runUpdate,
  sarifCategories,
  shownName,
  testWords,
  timed,
  undated,
  withHead,
  writeReports,
  writeUpdate
} from "./chunk-cyclonedx-cyclonedx-library-res-schema-spdx-snapshot-schema.js";
import "./chunk-semver-classes-range.js";
import "./chunk-io-files-temporary.js";
import {
  readGitHubRun
} from "./chunk-io-github-run.js";
import {
  readReleaseTag
} from "./chunk-io-archive-image-name.js";
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
  renderProblemAnnotations,
  renderProblemReport,
  sendReport,
  unshownAnnotations
} from "./chunk-reports-comment-comment.js";
import {
  RULINGS,
  changeOf,
  closed,
  countRulings,
  cutToFit,
  diffLines,
  exitCode,
  fenced,
  modeLine,
  moreRow,
  opened,
  ownerCounts,
  platformName,
  renderMarkdown,
  shortHash,
  tableRow,
  untagged,
  whole,
  worst
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  bodyOf,
  isFolderOrNew,
  isPlainIn,
  namedFile,
  newRunId,
  readInside,
  readPolicy,
  realFolder
} from "./chunk-io-engine-docker.js";
import {
  blobAtCommit,
  blobSha,
  kindAtCommit,
  parentsOf,
  pathInRepository,
  readPages,
  readProposedChange,
  textAtCommit
} from "./chunk-io-github-repository.js";
import {
  connectGitHub,
  documentsAddress,
  escapeMarkdown,
  escapeTerminal,
  githubProblem,
  mayBeDone,
  plural,
  statusOf,
  visible
} from "./chunk-io-github-client.js";
import {
  endGroup,
  getInput,
  getMultilineInput,
  info,
  isDebug,
  saveState,
  setFailed,
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning
} from "./chunk-actions-core-lib-summary.js";
import {
  of_createHash,
  of_dirname,
  of_join,
  of_randomUUID,
  of_relative,
  of_sep
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_closeSync,
  of_constants,
  of_openSync,
  of_tmpdir,
  of_writeSync
} from "./chunk-of-node-fs.js";
import {
  getStream
} from "./chunk-io-http-http-2.js";
import {
  redactUrl
} from "./chunk-io-http-url.js";
import "./chunk-of-node-timers-promises.js";
import {
  HttpClient
} from "./chunk-actions-http-client-lib-index.js";
import "./chunk-undici-lib-llhttp-llhttp-simd-wasm.js";
import {
  SeaworthyError,
  problemOf
} from "./chunk-model-problem-codes.js";
import "./chunk-empty.js";

// src/inputs/base-files.ts
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
      `the file specified by the input "${name}" is outside the repository, so it is not on the base branch`,
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
      const named = (text, folder) => [...(text ?? "").matchAll(PROFILE)].map(([, name = ""]) => of_join(folder, name));
      const inOptions = [asked.runOptions, saidBy(gate).runOptions].flatMap((text) => named(text, "."));
      const inFiles = [...compose].flatMap(([path, text]) => named(text, of_dirname(path)));
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
var SILENT = "run the job again, or check the network and the proxy settings (https_proxy, no_proxy)";
function notRead(error, where) {
  const { code, what } = githubProblem(error, where, "contents: read");
  return unreadable(what, where, code === "github-unreachable" ? SILENT : void 0);
}
function unreadable(what, where, todo) {
  return new SeaworthyError({
    code: "policy-base-unreadable",
    what: `the policies of the base branch could not be read: ${what}`,
    where,
    ...todo !== void 0 && { todo }
  });
}

// src/inputs/base-data.ts
var DATA_INPUTS = Object.keys(FEED_INPUTS).filter((name) => name !== "offline");
var MOST_BYTES = 1e8;
async function refuseOwnData(api, change, base, given2, env) {
  const folder = env.GITHUB_WORKSPACE || process.cwd();
  const real = { ...env, GITHUB_WORKSPACE: realFolder(folder) };
  for (const name of DATA_INPUTS) {
    const value = given2(name).trim();
    const file = value === "" || value === "none" || isUrl(value) ? null : namedFile(value);
    if (file === null) {
      continue;
    }
    const named = pathInRepository(file.full, env);
    const isAll = file.real === real.GITHUB_WORKSPACE;
    const path = isAll ? "." : named ?? pathInRepository(file.real, real);
    if (path === null) {
      continue;
    }
    const isGood = named !== null && isPlainIn(file.full, folder) && await isOfBase(api, change, base, file, path).catch((error) => {
      throw notRead(error, `${path} at ${base.slice(0, 12)} of ${change.owner}/${change.repo}`);
    });
    if (!isGood) {
      throw new SeaworthyError({
        code: "data-of-change",
        what: `the input "${name}" points to data in the checkout that does not come from the base branch, so the pull request would decide its own verdict`,
        where: path
      });
    }
  }
}
async function isOfBase(api, change, base, { size, read }, path) {
  const blob = size === null ? null : await blobAtCommit(api, change, base, path);
  if (size !== null && blob !== null) {
    return size <= MOST_BYTES && blobSha(read(), blob) === blob;
  }
  const kinds = [
    await kindAtCommit(api, change, base, path),
    await kindAtCommit(api, change, change.merge, path)
  ];
  return kinds.every((kind) => kind === null) && await isOfNobody(api, change, path);
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
    throw unreadable("the runner does not report which commit the run is for", "the event");
  }
  const token = given2("github-token").trim();
  if (token === "" || token.startsWith("${{")) {
    const todo = 'leave github-token at its default; in a local run with the tool "act", which provides no token, pass --secret GITHUB_TOKEN=\u2026';
    throw unreadable("there is no token", "github-token", todo);
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
  await refuseOwnData(api, change, base, given2, env);
  const [held, wanted] = await Promise.all([
    heldAt(api, change, base, given2, env),
    // The pull request's changes to policies are shown if possible; the verdict does not depend on that.
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
function plainFile(path, folder) {
  try {
    return readInside(of_join(folder, path), folder);
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
  throw unreadable(
    `the run's commit is not a merge with the base branch: it has ${plural(parents.length, "parent")}`,
    where
  );
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
    text: `${given2} is not on the base branch yet; until it is merged, nothing is started or tested with it, and section 5 of Docker Bench is not judged`
  };
}
function unboundNotices(files, held, wanted) {
  return files.filter(({ path }) => held.get(path) === null).flatMap(({ name, given: given2, path }) => {
    if (typeof wanted?.get(path) === "string") {
      const text = `${given2} is not on the base branch yet, so it has no effect until it is merged`;
      return [{ kind: "unbound", place: null, text }];
    }
    if (isDefault(name, given2)) {
      return [];
    }
    throw new SeaworthyError({
      code: "policy-missing",
      what: `the file specified by the input "${name}" does not exist (for a pull request, it is read from the base branch)`,
      where: given2,
      todo: `specify its path relative to the root of the repository, or omit "${name}" to use the built-in default`
    });
  });
}
function dangerousEvent() {
  return new SeaworthyError({
    code: "pull-request-target",
    what: "the workflow runs on pull_request_target, so strangers' code would run with the repository's permissions",
    where: "on: pull_request_target"
  });
}

// src/io/archive/plain-files.ts
var AROUND_FILE = 4096;
var AROUND_ALL = 65536;
async function unpackPlainFiles(body, folder, wanted) {
  const { where, most, mostBytes } = wanted;
  const packed = await withHead(body, MAGIC_BYTES);
  const compression = compressionOf(packed.head);
  if (compression === null) {
    throw archiveError("archive-unreadable", where, "it is compressed with neither gzip nor zstd");
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
      of_closeSync(open);
      open = null;
    }
  };
  const onEntry = ({ path, type, size }) => {
    const name = type === "file" ? nameOf(path) : null;
    if (name === null || names.includes(name)) {
      const what = name === null ? "was not requested" : "appears twice";
      throw archiveError("archive-hostile", where, `it contains ${shownName(path)} (${type}), which ${what}`);
    }
    names.push(name);
    bytes += size;
    if (names.length > most || bytes > mostBytes) {
      throw tooLarge({ most, mostBytes, where });
    }
    const file = of_openSync(of_join(folder, name), "wx", 384);
    open = file;
    return { write: (chunk) => writeAll(file, chunk), end: close2 };
  };
  return { names, onEntry, close: close2 };
}
function writeAll(file, chunk) {
  for (let at = 0; at < chunk.length; ) {
    at += of_writeSync(file, chunk, at);
  }
}
function tooLarge({ most, mostBytes, where }) {
  const what = `it contains more than ${most} files, or more than ${Math.floor(mostBytes / 2 ** 20)} MiB`;
  return archiveError("archive-too-large", where, what);
}

// src/io/github/runner-cache.ts
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
  const answer = await getStream(url, { timeoutMs, signal, retries: 1, mayBePrivate: () => true });
  if (answer.status !== 200) {
    throw new Error(`${new URL(url).host} returned ${answer.status}`);
  }
  return answer.body;
}
async function saveEntry({ paths, key }) {
  const { saveCache } = await import("./chunk-actions-cache-lib-cache.js");
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
  return of_createHash("sha256").update([...paths, compression, "1.0"].join("|")).digest("hex");
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
    throw new Error("the cache service returned no address");
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
    throw new Error(`the cache service returned ${statusCode}`);
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
      tell(`the runner's cache was not ${what}: ${problemOf(error, "").what}`);
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
  const hash = (text, length) => of_createHash("sha256").update(text).digest("hex").slice(0, length);
  const job = hash(`${env.GITHUB_WORKFLOW ?? ""}
${env.GITHUB_JOB ?? ""}`, 16);
  const prefix = `seaworthy-kept-${FORM}-${job}-`;
  const paths = proven.map(({ folder }) => of_join(stageOf(env), folder, "*"));
  return { paths, prefix, key: `${prefix}${hash(names.toSorted().join("\n"), 32)}` };
}
function stageOf(env) {
  return of_join(env.RUNNER_TEMP || of_tmpdir(), "seaworthy-kept");
}
async function restore(kept, started, signal) {
  const { cacheDir, proven, env } = kept;
  const found = await findEntry(entryOf([], kept), env, signal);
  if (found === null) {
    return null;
  }
  const fresh = await of_mkdtemp(of_join(env.RUNNER_TEMP || of_tmpdir(), "seaworthy-restored-"));
  try {
    const body = await downloadEntry(found, { timeoutMs: RESTORE_MS, signal });
    const prefix = of_relative(env.GITHUB_WORKSPACE ?? process.cwd(), stageOf(env)).split(of_sep).join("/");
    const names = await unpackPlainFiles(body, fresh, {
      nameOf: (path) => path.startsWith(`${prefix}/`) ? flatName(path.slice(prefix.length + 1), proven) : null,
      most: proven.reduce((sum, { most }) => sum + most, 0),
      mostBytes: proven.reduce((sum, { mostBytes }) => sum + mostBytes, 0),
      where: "the runner's cache"
    });
    for (const name of names) {
      await place(of_join(fresh, name), of_join(cacheDir, name.replace(" ", "/")), new Date(started - DAY_MS));
    }
    return found;
  } finally {
    await of_rm(fresh, { recursive: true, force: true });
  }
}
function flatName(path, proven) {
  const [folder, name, more] = path.split("/");
  const isOurs = proven.some((one) => one.folder === folder && one.names.test(name ?? ""));
  return isOurs && more === void 0 ? `${folder} ${name}` : null;
}
async function place(from, to, age) {
  const isThere = await of_lstat(to).then(
    () => true,
    () => false
  );
  const folder = of_join(to, "..");
  if (!isThere && isFolderOrNew(folder)) {
    const staged = `${to}.${of_randomUUID()}.tmp`;
    await of_mkdir(folder, { recursive: true, mode: 448 });
    await of_copyFile(from, staged, of_constants.COPYFILE_EXCL);
    await of_utimes(staged, age, age);
    await of_rename(staged, to);
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
    await of_rm(stage, { recursive: true, force: true });
    for (const path of used) {
      await of_mkdir(of_join(stage, path, ".."), { recursive: true });
      await of_copyFile(of_join(cacheDir, path), of_join(stage, path));
    }
    await saveEntry(entry);
  } finally {
    await of_rm(stage, { recursive: true, force: true });
  }
}
async function usedOf(cacheDir, { folder, names, most, mostBytes }, started) {
  const at = of_join(cacheDir, folder);
  const all = isFolderOrNew(at) ? await of_readdir(at).catch(() => []) : [];
  const about = await Promise.all(
    all.filter((name) => names.test(name)).map(async (name) => ({ path: `${folder}/${name}`, state: await of_lstat(of_join(at, name)) }))
  );
  const used = about.flatMap(
    ({ path, state }) => state.isFile() && state.mtimeMs >= started ? [{ path, size: state.size }] : []
  );
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
  const images = [...new Set(verdict.images.map(({ reference }) => untagged(reference)))];
  const { workflow } = run;
  const key = shortHash(JSON.stringify([workflow, images, platform, line]));
  const author = await api.viewer() ?? ACTIONS;
  const mark = `${issueMark(key)}
`;
  const ours = (await listOpenIssues(api, run, author)).filter((issue) => issue.author === author && issue.body.replaceAll("\r\n", "\n").startsWith(mark)).sort((a, b) => a.number - b.number);
  const passes = verdict.verdict === "pass";
  const text = renderIssue(verdict, {
    key,
    of: { workflow, line, images },
    url: run.url,
    pages: run.pages
  });
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
  const parts = { verdict, options, run, platform, identity: identityOf(referencesOf(verdict), platform) };
  const attempt = async (what, permission, act) => {
    try {
      const notes2 = await act(await connectGitHub({ ...connect, ...backoff, ...pause }));
      return { done: true, notes: notes2 };
    } catch (error) {
      const problem = githubProblem(error, what, permission);
      return { done: false, notes: [`${what} was not published: ${problem.what}. To do: ${problem.todo}`] };
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
async function publishProblem(problem, images, options) {
  const { token, env, timeoutMs = TIMEOUT_MS2 } = options;
  const run = readGitHubRun(env);
  if (token === null || run === null) {
    return false;
  }
  try {
    const api = await connectGitHub({ token, apiUrl: run.apiUrl, timeoutMs });
    const platform = options.platform ?? run.platform;
    const { key } = identityOf(images, platform);
    const name = options.checkName ?? checkRunName(images, platform, key);
    const id = `seaworthy-${options.runId}-${key}`;
    await sendReport(api, run, renderProblemReport(problem, run.pages), { name, id });
    return true;
  } catch (error) {
    const { what } = githubProblem(error, "the check run", "checks: write");
    options.warn(escapeTerminal(`the check run was not published: ${what}`, 1e3));
    return false;
  }
}
var NOTHING = { done: false, notes: [] };
function sendCheckRun(api, { verdict, options, run, platform, identity }) {
  const name = options.checkName ?? checkRunName(referencesOf(verdict), platform, identity.key);
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
    return { ...identityOf(referencesOf(part), platform), part };
  });
}
function referencesOf({ images }) {
  return images.map(({ reference }) => reference);
}
function identityOf(references, platform) {
  const names = [...new Set(references)];
  return {
    key: shortHash(JSON.stringify([names, platform])),
    family: shortHash(JSON.stringify([names.map(untagged), platform]))
  };
}

// src/action/outputs.ts
function outputsOf(verdict, there = []) {
  const { images } = verdict;
  const counts = countRulings(images);
  const references = [...new Set(images.map(({ reference }) => reference))];
  return {
    verdict: verdict.verdict,
    mode: verdict.mode,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    ...actByOwner(verdict),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    "packages-to-update": packagesToUpdate(images.flatMap(({ findings }) => findings)).join("\n"),
    "rebuild-needed": rebuildWord(verdict),
    "rebuild-brings": packagesToUpdate(images.flatMap(({ rebuild }) => rebuild.settles)).join("\n"),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? "").join("\n"),
    "manifest-digest": references.map((reference) => manifestOf(reference, verdict, there)).join("\n"),
    images: JSON.stringify(images.map((image) => imageOf(image, there)))
  };
}
function actByOwner({ images }) {
  const counts = images.flatMap(ownerCounts);
  const of = (owner) => String(counts.reduce((sum, one) => sum + (one.owner === owner ? one.act : 0), 0));
  return { base: of("base"), own: of("own") };
}
function rebuildWord({ images }) {
  const needs = images.map(({ rebuild }) => rebuild.needed);
  if (needs.includes(true)) {
    return "true";
  }
  return needs.includes(null) ? "unknown" : "false";
}
function manifestOf(reference, { images }, there) {
  const found = there.find((one) => one.reference === reference);
  return found === void 0 ? "" : judgedDigest(found, images) ?? "";
}
function imageOf(image, there) {
  const { reference, platform, digest, verdict } = image;
  const manifests = there.flatMap((one) => judgedManifests(one, [image]));
  const manifest = manifests[0]?.digest ?? null;
  return { reference, platform: platform === null ? null : platformName(platform), digest, manifest, verdict };
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
function setOutputs(verdict, paths, there) {
  for (const [name, value] of Object.entries(outputsOf(verdict, there))) {
    setOutput(name, value);
  }
  setOutput("report", paths.find((path) => path.endsWith("report.json")) ?? "");
  setOutput("reports", paths.join("\n"));
  setOutput("vsa", paths.find((path) => path.endsWith("report.vsa.json")) ?? "");
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
  const title = `Update ${plural(update.packages.length, "package")} in ${word(input.image)} (${word(update.platform)})`;
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
    listOf("Also installed by apt", along(update)),
    listOf("No longer needed in the whitelist", update.needless)
  ];
  const run = linkTo(input.url);
  const pointer = `Not everything is shown here; the rest is in ${run}.

`;
  const renewed = `Seaworthy updates ${escapeMarkdown(input.branch, 120)} on each run until someone else commits to it.`;
  const last = `<sub>Verified by ${run}. ${renewed}</sub>
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
  const why = outcome === "nothing-to-do" ? "missing package updates no longer block its release" : "a rebuild on today's base is enough";
  return `This pull request was closed, and its branch deleted: ${escapeMarkdown(image, 120)} was judged again, and ${why} (${linkTo(url)}).
`;
}
function word(text) {
  return visible(text, 80).replace(/[^A-Za-z0-9._/:+~-]/g, "_");
}
function introOf({ outcome, image, test }, { file }) {
  const part = outcome === "partly-updated" ? " Some packages had to be left out." : "";
  const tested = test === null ? "" : `, ${escapeMarkdown(test)} passes before and after`;
  return `${escapeMarkdown(image, 120)} is missing updates and cannot be released without them. With this change to ${escapeMarkdown(file, 200)}, the image was built and judged again${tested}, and nothing is worse than before.${part}`;
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
      to ?? "the newest version that apt offers",
      few(fixes, 20)
    ])
  );
}
function leftOutOf({ leftOut }) {
  return tableOf(
    `Left out (${leftOut.length})`,
    ["package", "stays at", "available", "why", "output"],
    leftOut.map(({ package: one, by, said: words }) => {
      const last = errorLines(words).split("\n").join(" \xB7 ");
      return [one.name, one.from, one.to ?? "the newest", WHY_LEFT_OUT[by], last];
    })
  );
}
function othersOf2({ others }) {
  return tableOf(
    `Findings that no update resolves (${others.length})`,
    ["check", "finding", "package", "because"],
    others.map((one) => [one.check, one.id, one.package ?? "", leftWords(one)])
  );
}
function along({ along: all }) {
  return all.map(({ name, from, to }) => `${name} ${from === null ? to : `${from} \u2192 ${to}`}`);
}
function diffOf({ file, before, after }) {
  const lines = diffLines(file, before, after);
  return fenced(`**Change to ${escapeMarkdown(file, 200)}**

`, "diff", lines, "");
}
function outputOf(when, test) {
  if (test === null || test.ok && test.attempt === 1 || test.output.trim() === "") {
    return null;
  }
  const lines = test.output.split("\n").slice(-20);
  const head = opened(`Last output of the test ${when}`);
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
    return `${file} differs from the version in the repository at this run's commit`;
  }
  if (!now.same) {
    return `${file} has changed in the repository since this run started`;
  }
  const { tree, mode } = now;
  return mode === "100644" || mode === "100755" ? { tree, mode } : `${file} is not a plain file in the repository`;
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
    return none("update pull requests are created only in runs on a branch");
  }
  if (isUpdateBranch(base)) {
    return none("no update pull request was created, because this branch itself contains an update");
  }
  const held = change === null ? whyKept(outcome) : whyNotGiven(change, outcome);
  if (held !== null) {
    return none(held);
  }
  try {
    const path = pathFromRoot(file, run.workspace);
    if (path === null) {
      return none(`no update pull request was created, because ${file} is not in the repository`);
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
    return none(`the pull request could not be created or updated: ${what}. To do: ${advice(what) ?? todo}`);
  }
}
async function give(at, change, outcome, attempt = 1) {
  const { api, run, base, branch } = at;
  const head = await readBranch(api, run, base);
  if (head === null) {
    return none(`the branch ${base} no longer exists`);
  }
  const was = await readUpdateBranch(api, run, branch, head);
  const pulls = await listPulls(api, run, branch, base);
  const open = pulls.find(({ state }) => state === "open") ?? null;
  if (was?.ours === false) {
    return none(`${foreign(branch)}; delete the branch to have the update proposed again`, open);
  }
  const key = updateKey(change, outcome);
  const same = was?.key === key;
  const declined = pulls.find(({ state, headSha }) => state === "closed" && headSha === was?.sha);
  if (open === null && same && declined !== void 0) {
    return none(
      `a pull request with the same update was closed without being merged; to have the update proposed again, delete ${branch}`,
      declined
    );
  }
  const place2 = await readPlace(api, run, head, change);
  if (typeof place2 === "string") {
    return none(`the update pull request was not created or updated: ${place2}`, open);
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
      return none(
        `the update pull request was not created or updated, because other jobs kept writing to ${branch}`,
        open
      );
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
    return none(`the update is no longer needed, but ${foreign(branch)}`, open);
  }
  if (open !== null) {
    await updatePull(api, run, open.number, { state: "closed" });
    await createComment(api, run, open.number, whyClosed(outcome, run.url));
  }
  const gone = await deleteBranch(api, run, branch, was.sha);
  const note = gone ? null : `${branch} changed in the meantime, so it was not deleted`;
  return open === null ? none(note) : { ...given("closed", open), note };
}
function whyNotGiven({ before, after }, { outcome, worse }) {
  const isProven = (outcome === "updated" || outcome === "partly-updated") && worse.length === 0;
  if (!isProven) {
    return "no pull request is created for an update that has not been proven to work";
  }
  return before === after ? "the update would not change the Dockerfile, so there is nothing to propose" : null;
}
function whyKept({ outcome, before }) {
  if (before === "incomplete") {
    return "the image could not be judged, so any open pull request for it is left open";
  }
  const isDone = outcome === "nothing-to-do" || outcome === "rebuild";
  return isDone ? null : "no change to the Dockerfile was proven to work, so any open pull request for the image is left open";
}
function foreign(branch) {
  return `${branch} has changes by someone else, so it was left alone`;
}
function advice(what) {
  return /not permitted to create or approve pull requests/i.test(what) ? "in the repository's settings (Actions, General), allow GitHub Actions to create pull requests, or set github-token to a different token" : null;
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
  if (!builds && given2("push").trim() === "patched") {
    throw new SeaworthyError({
      code: "bad-input",
      what: '"push: patched" needs an update that builds an image, so set "update: prove" or "update: pull-request"',
      where: "inputs"
    });
  }
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
    return none2("no pull request was created, because this is not a GitHub Actions run");
  }
  if (publish2.token === null) {
    return none2("no pull request was created, because github-token is not set");
  }
  const api = await connectGitHub({ token: publish2.token, apiUrl: run.apiUrl, timeoutMs: GITHUB_MS });
  const { image, dockerfile } = outcome;
  const file = dockerfile?.file ?? verdict.images[0]?.dockerfile.file ?? null;
  if (file === null) {
    return none2("did not look for a pull request, because the image's Dockerfile is not known");
  }
  return giveUpdate(api, run, dockerfile === null ? null : { image, ...dockerfile }, outcome, file);
}

// src/action/main.ts
var SUMMARY_LIMIT = 1e6;
async function main() {
  const given2 = givenInputs();
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
  const progress = (text) => info(text);
  const around = {
    runId,
    signal: abortOnSignals(),
    progress: judging.debug ? timed(progress) : progress,
    warn: (text) => warning(text)
  };
  await tellUntested(plan, around);
  const isCacheUsed = plan.asked === null && usesRunnerCache(process.env);
  const kept = restoreKept(
    { cacheDir: request.cacheDir, proven: PROVEN_FILES, env: process.env },
    isCacheUsed,
    (text) => info(escapeTerminal(text, 1e3))
  );
  startGroup("Progress");
  const verdict = await runGate(request, judging, around).finally(kept.end).finally(() => endGroup());
  const pages = documentsAddress(process.env);
  const registry = await publishImages(verdict, { ...request.push, isOffline: request.feeds.offline }, around);
  const attestable = attestableOf(judging, registry.there[0] ?? null);
  const paths = writeReports(judging.reportDir, verdict, pages, attestable);
  const log = { colour: false, width: 120, cuts: false, pages };
  print(renderTerminal(verdict, { ...log, rest: 'the group "Details" below' }));
  startGroup("Details: all findings, checks and data");
  print(renderDetails(verdict, log));
  endGroup();
  setOutputs(verdict, paths, registry.there);
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
      ...registry.problem === null ? [] : [escapeTerminal(problemLine(registry.problem), 1e3)],
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
  if (exitCode(verdict) !== 0) {
    setFailed(renderSummaryLine(verdict));
  } else if (verdict.verdict !== "pass") {
    warning(`${renderSummaryLine(verdict)}. ${modeLine(verdict)}`);
  }
  if (registry.problem !== null) {
    print(renderProblem(registry.problem, pages));
    setFailed(escapeTerminal(problemLine(registry.problem), 1e3));
  }
  await kept.save();
}
function givenInputs() {
  return (name) => {
    if (name === "debug" && isDebug()) {
      return "true";
    }
    return getInput(name) || (name === "release" ? releaseTagOf() : "");
  };
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
async function fail(error) {
  const problem = problemOf(error, "seaworthy");
  const given2 = givenInputs();
  const pages = documentsAddress(process.env);
  setOutput("verdict", "incomplete");
  print(renderProblem(problem, pages));
  const debug = given2("debug") === "true" || !(error instanceof SeaworthyError);
  if (debug && error instanceof Error) {
    print(error.stack ?? "");
  }
  const isPublished = isPublishable(problem, given2) && await publishProblem(problem, getMultilineInput("image"), {
    token: given2("github-token"),
    checkName: given2("check-name").trim() || null,
    platform: given2("platform").trim() || null,
    runId: newRunId(),
    warn: (text) => warning(text)
  });
  if (!isPublished) {
    for (const line of renderProblemAnnotations(problem)) {
      process.stdout.write(`${line}
`);
    }
  }
  if (process.env.GITHUB_STEP_SUMMARY) {
    await summary.addRaw(renderProblemReport(problem, pages).summary, true).write();
  }
  setFailed(escapeTerminal(problemLine(problem), 2e3));
}
function isPublishable({ code }, given2) {
  const token = given2("github-token");
  return code !== "pull-request-target" && token !== "" && !token.startsWith("${{") && given2("check-run") !== "false";
}
await main().catch(fail);
