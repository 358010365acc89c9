import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  COMMENT_MODES,
  DEFAULT_LIMITS,
  FEED_INPUTS,
  MAGIC_BYTES,
  POLICY_FILES,
  PROVEN_FILES,
  abortOnSignals,
  archiveError,
  attestableOf,
  clearEvidence,
  composeFileOfTest,
  compressionOf,
  createTarReader,
  decompressAll,
  dockerLogins,
  includedTexts,
  isDefaultFolder,
  isRunName,
  isUploadable,
  isUrl,
  jobText,
  judgedDigest,
  judgedManifests,
  noPolicies,
  of_copyFile,
  of_lstat,
  of_mkdtemp,
  of_readdir,
  of_rename,
  of_rm,
  of_utimes,
  packagesToUpdate,
  policiesOfBranch,
  policyFolder,
  policyPath,
  problemLine,
  publishImages,
  pushedLines,
  readEntryAt,
  readGatePolicy,
  readPlainFile,
  readScan,
  readThresholds,
  readUpdatePlan,
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
  timed,
  withHead,
  writeReports,
  writeUpdate
} from "./chunk-debian-archive-keys.js";
import "./chunk-semver-classes-range.js";
import "./chunk-io-process-exec.js";
import "./chunk-io-files-temporary.js";
import {
  sourceOf
} from "./chunk-io-archive-image-image-name.js";
import {
  analysisOf,
  publish,
  publishProblem
} from "./chunk-publish-publish.js";
import {
  RULINGS,
  THRESHOLD_ROWS,
  auditEndOf,
  choiceText,
  countRulings,
  exitCode,
  modeLine,
  ownerCounts,
  platformName,
  renderAnnotations,
  renderMarkdown,
  renderProblemAnnotations,
  renderProblemReport,
  unshownAnnotations
} from "./chunk-js-yaml-dist-js-yaml.js";
import "./chunk-of-node-stream-promises.js";
import {
  newRunId
} from "./chunk-io-engine-docker.js";
import {
  isFolderOrNew,
  isPlainIn,
  makeFolders,
  namedFile,
  readPolicy,
  realFolder
} from "./chunk-io-files-files.js";
import {
  blobAtCommit,
  blobSha,
  connectGitHub,
  documentsAddress,
  escapeTerminal,
  foreignCheckout,
  githubProblem,
  kindAtCommit,
  parentsOf,
  pathInRepository,
  readProposedChange,
  readReleaseTag,
  textAtCommit
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
  bodyOf
} from "./chunk-io-http-plain-http.js";
import {
  of_createHash,
  of_dirname,
  of_hash,
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
  clientFor
} from "./chunk-io-http-backoff.js";
import "./chunk-of-node-timers-promises.js";
import {
  redactUrl
} from "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import "./chunk-model-json.js";
import {
  SeaworthyError,
  plural,
  problemOf,
  readOrNull
} from "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";

function policyFilesOf(inputs, env) {
  return POLICY_FILES.map((name) => {
    let file = policyPath(inputs, name), path = pathInRepository(file, env);
    if (path !== null)
      return { name, named: file, path };
    throw unreadable('the folder specified by the input "policies" is outside the repository, so it is not on the base branch', policyFolder(inputs));
  });
}
function composeFilesOf(inputs, env) {
  return [inputs("compose-file").trim(), composeFileOfTest(inputs) ?? ""].flatMap((value) => {
    let path = value === "" ? null : pathInRepository(value, env);
    return path === null ? [] : [{ named: value, path }];
  });
}
var PROFILE = /\bseccomp[=:]["']?([^\s"',\]}]+)/g, MAX_PROFILES = 10;
function profilesIn(options, compose) {
  let namedPaths = (text, folder) => [...(text ?? "").matchAll(PROFILE)].map(([, name = ""]) => of_join(folder, name)), inOptions = options.flatMap((text) => namedPaths(text, ".")), inFiles = [...compose].flatMap(([path, text]) => namedPaths(text, of_dirname(path)));
  return [...inOptions, ...inFiles].slice(0, MAX_PROFILES);
}
async function filesAt(api, change, commit, inputs, env) {
  let read = async (path) => {
    try {
      return await textAtCommit(api, change, commit, path);
    } catch (error) {
      throw notRead(error, `${path} at ${commit.slice(0, 12)} of ${change.owner}/${change.repo}`);
    }
  }, files = policyFilesOf(inputs, env), texts = await Promise.all(
    files.map(async ({ name, path }) => {
      let text = await read(path), included = name === "whitelist" && text !== null ? await includedTexts(path, text, read) :   new Map();
      return [[path, text], ...included];
    })
  ), policies = new Map(texts.flat()), gate = policies.get(files.find(({ name }) => name === "gate")?.path ?? "") ?? null, run =   new Map(), readInto = (into, paths) => Promise.all(paths.map(async (path) => into.set(path, await read(path)))), inside = (names) => names.flatMap((name) => name ? pathInRepository(name, env) ?? [] : []), gatePolicy = gate === null ? null : readOrNull(() => readGatePolicy(gate, "gate.yml")), { vex = [], composeFile, runOptions } = gatePolicy ?? {};
  await Promise.all([
    readInto(policies, inside([inputs("baseline").trim(), ...vex])),
    readInto(run, [...composeFilesOf(inputs, env).map(({ path }) => path), ...inside([composeFile])])
  ]);
  let requested = readThresholds(inputs, []);
  return await readInto(run, inside(profilesIn([requested.runOptions, runOptions], run))), { policies, run, compose: inside([composeFile])[0] ?? null };
}
var PLAIN_FILE = /^100(?:644|755)$/;
async function ownComposeFiles(api, change, compose, env) {
  let texts =   new Map(), readInto = async (path) => {
    try {
      let { entry } = await readEntryAt(api, change, change.merge, path), isPlain = entry !== null && PLAIN_FILE.test(entry.mode);
      texts.set(path, isPlain ? await textAtCommit(api, change, change.merge, path) : null);
    } catch (error) {
      let where = `${path} at ${change.merge.slice(0, 12)} of ${change.owner}/${change.repo}`;
      throw notRead(error, where, "the pull request's compose file");
    }
  };
  await readInto(compose);
  let profiles = profilesIn([], texts).flatMap((name) => pathInRepository(name, env) ?? []);
  return await Promise.all(profiles.map(readInto)), texts;
}
var SILENT = "run the job again, or check the network and the proxy settings (https_proxy, no_proxy)";
function notRead(error, where, subject) {
  let { code, what } = githubProblem(error, where, "contents: read");
  return unreadable(what, where, code === "github-unreachable" ? SILENT : void 0, subject);
}
function unreadable(why, where, todo, subject = "the policies of the base branch") {
  let what = `${subject} could not be read: ${why}`;
  return new SeaworthyError({ code: "policy-base-unreadable", what, where, ...todo && { todo } });
}

var DATA_INPUTS = Object.keys(FEED_INPUTS).filter((name) => name !== "offline"), MAX_BYTES = 1e8;
async function refuseOwnData(api, change, base, inputs, env) {
  let folder = env.GITHUB_WORKSPACE || process.cwd(), real = { ...env, GITHUB_WORKSPACE: realFolder(folder) };
  for (let name of DATA_INPUTS) {
    let value = inputs(name).trim(), file = value === "" || value === "none" || isUrl(value) ? null : namedFile(value);
    if (file === null)
      continue;
    let pathInCheckout = pathInRepository(file.full, env), path = file.real === real.GITHUB_WORKSPACE ? "." : pathInCheckout ?? pathInRepository(file.real, real);
    if (path === null)
      continue;
    if (! 
    (name !== "data" && pathInCheckout !== null && isPlainIn(file.full, folder) && await isOfBase(api, change, base, file, path).catch((error) => {
      throw notRead(error, `${path} at ${base.slice(0, 12)} of ${change.owner}/${change.repo}`);
    }))) {
      let what = `the input "${name}" points to data in the checkout that does not come from the base branch, so the pull request would decide its own verdict`;
      throw new SeaworthyError({ code: "data-of-change", what, where: path });
    }
  }
}
async function isOfBase(api, change, base, { size, read }, path) {
  let blob = size === null ? null : await blobAtCommit(api, change, base, path);
  return size !== null && blob !== null ? size <= MAX_BYTES && blobSha(read(), blob) === blob : [
    await kindAtCommit(api, change, base, path),
    await kindAtCommit(api, change, change.merge, path)
  ].every((kind) => kind === null) && await hasNoLinkInPath(api, change, path);
}
async function hasNoLinkInPath(api, change, path) {
  let names = path.split("/").slice(0, -1);
  for (let index of names.keys()) {
    let folder = names.slice(0, index + 1).join("/"), kind = await kindAtCommit(api, change, change.merge, folder).catch(() => "other");
    if (kind !== "folder")
      return kind === null;
  }
  return !0;
}

var TIMEOUT_MS = 6e4;
async function readBasePolicies(inputs, options = {}) {
  let env = options.env ?? process.env;
  if (env.GITHUB_EVENT_NAME === "pull_request_target") {
    let what = "the workflow runs on pull_request_target, so strangers' code would run with the repository's permissions";
    throw new SeaworthyError({ code: "pull-request-target", what, where: "on: pull_request_target" });
  }
  let foreign = foreignCheckout(env);
  if (foreign !== null) {
    let what = `the workflow runs on ${foreign} with the repository's permissions, and the pull request that it is about is checked out, so its own policies would decide`;
    throw new SeaworthyError({ code: "pull-request-target", what, where: `on: ${foreign}` });
  }
  let change = readProposedChange(env);
  if (change === null)
    return null;
  if (change === "unclear")
    throw unreadable("the runner does not report which commit the run is for", "the event");
  let token = inputs("github-token").trim();
  if (token === "" || token.startsWith("${{"))
    throw unreadable("there is no token", "github-token", 'leave github-token at its default; in a local run with the tool "act", which provides no token, pass --secret GITHUB_TOKEN=…');
  let files = policyFilesOf(inputs, env), { backoffMs, timeoutMs = TIMEOUT_MS } = options, api = await connectGitHub({ token, apiUrl: change.apiUrl, timeoutMs, backoffMs }), branchPolicies = await baseCommit(api, change).then(
    (base2) => policiesOfBranch(api, change, base2, inputs).catch((error) => {
      throw error instanceof SeaworthyError ? error : notRead(error, "policies-from");
    })
  ), base = branchPolicies.commit;
  await refuseOwnData(api, change, base, inputs, env);
  let [[atBase, own], proposed] = await Promise.all([
    filesAt(api, change, base, inputs, env).then(async (files2) => {
      let own2 = files2.compose === null ? null : await ownComposeFiles(api, change, files2.compose, env);
      return [files2, own2];
    }),
    filesAt(api, change, change.merge, inputs, env).catch(() => null)
  ]), compose = composeFilesOf(inputs, env).filter(
    ({ path }) => atBase.run.get(path) === null && typeof proposed?.run.get(path) == "string"
  ), isSame = atBase.policies.size === proposed?.policies.size && [...atBase.policies].every(([path, text]) => proposed.policies.get(path) === text);
  return {
    base: {
      read: reader(atBase, env),
      ...own === null ? {} : { own: reader({ policies: own, run: own }, env) },
      binding: !0,
      baseline: await baselineReader(api, change, [atBase.policies, proposed?.policies ?? null], inputs, env),
      unbound: compose.map(({ named }) => named),
      notices: [
        branchPolicies.notice,
        ...unboundNotices(policyFolder(inputs), files, atBase.policies, proposed?.policies ?? null),
        ...compose.map(notYetOnBase),
        ...layersNotices(inputs),
        ...own === null ? [] : ownDiffers(atBase.run, own),
        ...(proposed === null ? [] : changedTexts(atBase.run, proposed.run)).filter((path) => !own?.has(path)).map(runDiffers),
        ...proposed === null || !branchPolicies.isBase ? [] : settingsDiffer(files, atBase.policies, proposed.policies)
      ]
    },
    proposed: proposed === null || !branchPolicies.isBase || isSame ? null : { read: reader(proposed, env), binding: !1, notices: [] }
  };
}
async function baselineReader(api, change, [atBase, wanted], inputs, env) {
  let path = pathInRepository(inputs("baseline").trim(), env);
  if (path === null)
    return readPolicy;
  let text = atBase.get(path) ?? null, isOfJob = text === null && wanted?.get(path) === null && await hasNoLinkInPath(api, change, path), folder = env.GITHUB_WORKSPACE || process.cwd();
  return () => isOfJob ? readPlainFile(of_join(folder, path), folder) : text;
}
async function baseCommit(api, change) {
  let { base, merge, owner, repo } = change, where = `commit ${(base ?? merge).slice(0, 12)} of ${owner}/${repo}`, parents = await parentsOf(api, change, base ?? merge).catch((error) => {
    throw notRead(error, where);
  });
  if (base !== null)
    return base;
  let [first] = parents;
  if (parents.length === 2 && first !== void 0)
    return first;
  let count = plural(parents.length, "parent");
  throw unreadable(`the run's commit is not a merge with the base branch: it has ${count}`, where, 'run the job while the pull request is open, on its merge commit (refs/pull/NUMBER/merge), as GitHub does by default; for a run with the tool "act", check that ref out first');
}
function reader({ policies, run }, env) {
  return (name) => {
    let path = pathInRepository(name, env) ?? "";
    return policies.get(path) ?? run.get(path) ?? null;
  };
}
function changedTexts(atBase, proposed) {
  return [...atBase].filter(([path, text]) => text !== null && proposed.has(path) && proposed.get(path) !== text).map(([path]) => path);
}
function ownDiffers(atBase, own) {
  return [...own].filter(
    ([path, text]) => text !== null && atBase.has(path) && atBase.get(path) !== text
  ).map(([path]) => {
    let [differs, started] = atBase.get(path) === null ? ["is not on the base branch yet", "nothing is started with it"] : ["differs from the base branch's", "only the options of the base branch are started"];
    return { kind: "run-differs", place: null, text: `${path} of this pull request ${differs}: section 5 of Docker Bench is judged by it, and ${started}` };
  });
}
function runDiffers(path) {
  return { kind: "run-differs", place: null, text: `${path} of this pull request differs from the base branch's, which says how the image was run for this verdict; this pull request's is judged after the merge`, file: path };
}
function settingsDiffer(files, atBase, proposed) {
  let { path, named } = files.find(({ name }) => name === "gate") ?? { path: "", named: "" }, text = atBase.get(path) ?? null, settings = (yaml) => yaml === null ? {} : readOrNull(() => readGatePolicy(yaml, named)), [before, after] = [settings(text), settings(proposed.get(path) ?? null)];
  if (text === null || before === null || after === null)
    return [];
  let changed = THRESHOLD_ROWS.filter(
    ({ name, key }) => (name === "start" || isRunName(name)) && (before[key] ?? null) !== (after[key] ?? null)
  ).map(({ name }) => name);
  if (changed.length === 0)
    return [];
  let keys = changed.join(", "), what = `${named} of this pull request changes how the image is run (${keys}); the base branch's settings were used for this verdict, and this pull request's take effect after the merge`, file = changed.includes("run-options") ? { file: path } : {};
  return [{ kind: "run-differs", place: null, text: what, ...file }];
}
function layersNotices(inputs) {
  return inputs("layers-from").trim() === "registry" ? [{ kind: "unbound", place: null, text: 'the input "layers-from" has no effect, because a pull request must not choose who gets a token of a registry: the gate hands the layers to Clair' }] : [];
}
function notYetOnBase({ named }) {
  return { kind: "unbound", place: null, text: `${named} is not on the base branch yet; until it is merged, nothing is started or tested with it, and section 5 of Docker Bench is not judged` };
}
function unboundNotices(folder, files, atBase, wanted) {
  let missing = files.filter(({ path }) => atBase.get(path) === null), proposed = missing.filter(({ path }) => typeof wanted?.get(path) == "string");
  if (missing.length === files.length && proposed.length === 0 && !isDefaultFolder(folder))
    throw noPolicies(folder, " (for a pull request, they are read from the base branch)");
  return proposed.map(({ named }) => ({ kind: "unbound", place: null, text: `${named} is not on the base branch yet, so it has no effect until it is merged` }));
}

var FILE_OVERHEAD_BYTES = 4096, TAR_OVERHEAD_BYTES = 65536;
async function unpackPlainFiles(body, folder, options) {
  let { where, maxFiles, maxTotalBytes } = options, compressed = await withHead(body, MAGIC_BYTES), compression = compressionOf(compressed.head);
  if (compression === null)
    throw archiveError("archive-unreadable", where, "it is compressed with neither gzip nor zstd");
  let files = plainFiles(folder, options), reader2 = createTarReader(files.onEntry, where, { extendedHeaderBytes: TAR_OVERHEAD_BYTES }), remainingBytes = maxTotalBytes + maxFiles * FILE_OVERHEAD_BYTES + TAR_OVERHEAD_BYTES;
  try {
    for await (let chunk of decompressAll(compressed.body, compression, where, DEFAULT_LIMITS)) {
      if (remainingBytes -= chunk.length, remainingBytes < 0)
        throw tooLarge(options);
      reader2.write(chunk);
    }
  } finally {
    files.close();
  }
  if (reader2.state() !== "ended")
    throw archiveError("archive-truncated", where, "it ends too early");
  return files.names;
}
function plainFiles(folder, { nameOf, maxFiles, maxTotalBytes, where }) {
  let names = [], bytes = 0, openDescriptor = null, close = () => {
    openDescriptor !== null && (of_closeSync(openDescriptor), openDescriptor = null);
  };
  return { names, onEntry: ({ path, type, size }) => {
    let name = type === "file" ? nameOf(path) : null;
    if (name === null || names.includes(name)) {
      let what = name === null ? "was not requested" : "appears twice";
      throw archiveError("archive-hostile", where, `it contains ${shownName(path)} (${type}), which ${what}`);
    }
    if (names.push(name), bytes += size, names.length > maxFiles || bytes > maxTotalBytes)
      throw tooLarge({ maxFiles, maxTotalBytes, where });
    let descriptor = of_openSync(of_join(folder, name), "wx", 384);
    return openDescriptor = descriptor, { write: (chunk) => writeAll(descriptor, chunk), end: close };
  }, close };
}
function writeAll(file, chunk) {
  for (let at = 0; at < chunk.length; )
    at += of_writeSync(file, chunk, at);
}
function tooLarge({ maxFiles, maxTotalBytes, where }) {
  let what = `it contains more than ${maxFiles} files, or more than ${Math.floor(maxTotalBytes / 1048576)} MiB`;
  return archiveError("archive-too-large", where, what);
}

var COMPRESSIONS = ["zstd-without-long", "gzip"], ANSWER_BYTES = 65536, ANSWER_MS = 1e4;
function hasRunnerCache(env) {
  return (env.ACTIONS_RUNTIME_TOKEN ?? "") !== "" && serviceOf(env) !== null;
}
async function findEntry({ paths, key, prefix }, env, signal) {
  let service = serviceOf(env);
  if (service === null || /^(none|write-only)$/.test(env.ACTIONS_CACHE_MODE?.trim().toLowerCase() ?? ""))
    return null;
  for (let compression of COMPRESSIONS) {
    let version = of_hash("sha256", [...paths, compression, "1.0"].join("|")), request = { key, prefix, version, token: env.ACTIONS_RUNTIME_TOKEN ?? "", signal }, found = service.form === "twirp" ? await askTwirp(service.url, request) : await askV1(service.url, request);
    if (found !== null)
      return hideSignature(found.url), found;
  }
  return null;
}
async function downloadEntry({ url }, { timeoutMs, signal }) {
  let answer = await getStream(url, { timeoutMs, signal, retries: 1, mayBePrivate: () => !0 });
  if (answer.status !== 200)
    throw new Error(`${new URL(url).host} returned ${answer.status}`);
  return answer.body;
}
async function saveEntry({ paths, key }) {
  let { saveCache } = await import("./chunk-io-github-save-cache.js");
  await saveCache([...paths], key);
}
function serviceOf(env) {
  let server = URL.parse(env.GITHUB_SERVER_URL || "https://github.com")?.hostname.toLowerCase() ?? "", form = (server === "github.com" || /\.(ghe\.com|localhost)$/.test(server)) && env.ACTIONS_CACHE_SERVICE_V2 ? "twirp" : "v1", url = form === "twirp" ? env.ACTIONS_RESULTS_URL : env.ACTIONS_CACHE_URL;
  return url !== void 0 && URL.canParse(url) ? { form, url } : null;
}
async function askTwirp(service, request) {
  let method = "github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL", { key, prefix, version } = request, url = new URL(`/twirp/${method}`, service).href, answer = await exchange("POST", url, request, { key, restore_keys: [prefix], version }), { ok, signed_download_url: found, matched_key: matched } = answer ?? {};
  return ok === !0 ? foundAt(matched, found) : null;
}
async function askV1(service, request) {
  let { key, prefix, version } = request, keys = encodeURIComponent([key, prefix].join(",")), url = `${service}_apis/artifactcache/cache?keys=${keys}&version=${version}`, answer = await exchange("GET", url, request), { cacheKey, archiveLocation } = answer ?? {};
  return answer === null ? null : foundAt(cacheKey, archiveLocation);
}
function foundAt(key, url) {
  if (typeof key != "string" || typeof url != "string" || !/^https?:/.test(url))
    throw new Error("the cache service returned no address");
  return { key, url };
}
async function exchange(method, url, { token, signal }, body) {
  let limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]), client = clientFor(limited, { allowRedirects: !1 }), text = body === void 0 ? "" : JSON.stringify(body), { message } = await client.request(method, url, text, {
    authorization: `Bearer ${token}`,
    accept: "application/json;api-version=6.0-preview.1",
    "content-type": "application/json"
  }), { statusCode = 0 } = message, answer = await bodyOf(message, redactUrl(url), ANSWER_BYTES);
  if (statusCode === 204)
    return null;
  if (statusCode !== 200)
    throw new Error(`the cache service returned ${statusCode}`);
  return JSON.parse(answer.toString("utf8"));
}
function hideSignature(url) {
  let signature = new URL(url).searchParams.get("sig");
  signature && (setSecret(signature), setSecret(encodeURIComponent(signature)));
}

var FORM = 1, RESTORE_MS = 3e4, DAY_MS = 864e5, TICK_MS = 20;
function usesRunnerCache(env, isLoggedIn = dockerLogins().any) {
  let { GITHUB_EVENT_NAME: event = "", GITHUB_REF: ref = "", GITHUB_REF_TYPE: type } = env;
  return type === "branch" && /^refs\/heads\/(?!gh-readonly-queue\/)/.test(ref) && ["push", "schedule", "workflow_dispatch"].includes(event) && !env.ACTIONS_ID_TOKEN_REQUEST_URL && hasRunnerCache(env) && !isLoggedIn();
}
function restoreKept(kept, isUsed, warn) {
  if (!isUsed)
    return { end: () => {
    }, save: async () => {
    } };
  let started = Date.now() - TICK_MS, over = new AbortController(), ignoringErrors = (work, what) => work.catch((error) => ((!over.signal.aborted || what === "written") && warn(`the runner's cache was not ${what}: ${problemOf(error, "").what}`), null)), restored = ignoringErrors(restore(kept, started, over.signal), "read");
  return {
    end: () => over.abort(),
    async save() {
      over.abort();
      let found = await restored;
      await ignoringErrors(save(kept, started, found?.key ?? null), "written");
    }
  };
}
function entryOf(names, { proven, env }) {
  let hash = (text, length) => of_createHash("sha256").update(text).digest("hex").slice(0, length), job = hash(`${env.GITHUB_WORKFLOW ?? ""}
${env.GITHUB_JOB ?? ""}`, 16), prefix = `seaworthy-kept-${FORM}-${job}-`;
  return { paths: proven.map(({ folder }) => of_join(stageOf(env), folder, "*")), prefix, key: `${prefix}${hash(names.toSorted().join(`
`), 32)}` };
}
function stageOf(env) {
  return of_join(env.RUNNER_TEMP || of_tmpdir(), "seaworthy-kept");
}
async function restore(kept, started, signal) {
  let { cacheDir, proven, env } = kept, found = await findEntry(entryOf([], kept), env, signal);
  if (found === null)
    return null;
  let restoreFolder = await of_mkdtemp(of_join(env.RUNNER_TEMP || of_tmpdir(), "seaworthy-restored-"));
  try {
    let body = await downloadEntry(found, { timeoutMs: RESTORE_MS, signal }), prefix = `${of_relative(env.GITHUB_WORKSPACE ?? process.cwd(), stageOf(env)).replaceAll(of_sep, "/")}/`, names = await unpackPlainFiles(body, restoreFolder, {
      nameOf: (path) => path.startsWith(prefix) ? flatName(path.slice(prefix.length), proven) : null,
      maxFiles: proven.reduce((sum, { maxEntries: most }) => sum + most, 0),
      maxTotalBytes: proven.reduce((sum, { mostBytes }) => sum + mostBytes, 0),
      where: "the runner's cache"
    }), age = new Date(started - DAY_MS);
    for (let name of names)
      await place(of_join(restoreFolder, name), of_join(cacheDir, name.replace(" ", "/")), age);
    return found;
  } finally {
    await of_rm(restoreFolder, { recursive: !0, force: !0 });
  }
}
function flatName(path, proven) {
  let [folder, name, more] = path.split("/");
  return proven.some((one) => one.folder === folder && one.names.test(name ?? "")) && more === void 0 ? `${folder} ${name}` : null;
}
async function place(from, to, age) {
  let exists = await of_lstat(to).then(
    () => !0,
    () => !1
  ), folder = of_join(to, "..");
  if (!exists && isFolderOrNew(folder)) {
    let staged = `${to}.${of_randomUUID()}.tmp`;
    makeFolders(folder, 448), await of_copyFile(from, staged, of_constants.COPYFILE_EXCL), await of_utimes(staged, age, age), await of_rename(staged, to);
  }
}
async function save(kept, started, restoredKey) {
  let { cacheDir, proven, env } = kept, usedFiles = (await Promise.all(proven.map((one) => usedOf(cacheDir, one, started)))).flat(), entry = entryOf(usedFiles, kept);
  if (usedFiles.length === 0 || entry.key === restoredKey)
    return;
  let stage = stageOf(env);
  try {
    await of_rm(stage, { recursive: !0, force: !0 });
    for (let path of usedFiles)
      makeFolders(of_join(stage, path, "..")), await of_copyFile(of_join(cacheDir, path), of_join(stage, path));
    await saveEntry(entry);
  } finally {
    await of_rm(stage, { recursive: !0, force: !0 });
  }
}
async function usedOf(cacheDir, { folder, names, maxEntries: most, mostBytes }, started) {
  let folderPath = of_join(cacheDir, folder), all = isFolderOrNew(folderPath) ? await of_readdir(folderPath).catch(() => []) : [], used = (await Promise.all(
    all.filter((name) => names.test(name)).map(async (name) => ({ path: `${folder}/${name}`, state: await of_lstat(of_join(folderPath, name)) }))
  )).flatMap(
    ({ path, state }) => state.isFile() && state.mtimeMs >= started ? [{ path, size: state.size }] : []
  ), bytes = used.reduce((sum, { size }) => sum + size, 0);
  return used.length > most || bytes > mostBytes ? [] : used.map(({ path }) => path);
}

function outputsOf(verdict, inRegistry = []) {
  let { images } = verdict, counts = countRulings(images), references = [...new Set(images.map(({ reference }) => reference))];
  return {
    verdict: verdict.verdict,
    mode: verdict.mode,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    ...actByOwner(verdict),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    "packages-to-update": packagesToUpdate(images.flatMap(({ findings }) => findings)).join(`
`),
    "rebuild-needed": rebuildText(verdict),
    "rebuild-brings": packagesToUpdate(images.flatMap(({ rebuild }) => rebuild.settles)).join(`
`),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? "").join(`
`),
    "manifest-digest": references.map((reference) => manifestOf(reference, verdict, inRegistry)).join(`
`),
    images: JSON.stringify(images.map((image) => imageOf(image, inRegistry)))
  };
}
function actByOwner({ images }) {
  let counts = images.flatMap(ownerCounts), countByOwner = (owner) => String(
    counts.reduce((sum, one) => sum + (one.owner === "base" == (owner === "base") ? one.act : 0), 0)
  );
  return { base: countByOwner("base"), own: countByOwner("own") };
}
function rebuildText({ images }) {
  let needs = images.map(({ rebuild }) => rebuild.needed);
  return needs.includes(!0) ? "true" : needs.includes(null) ? "unknown" : "false";
}
function manifestOf(reference, { images }, inRegistry) {
  let found = inRegistry.find((one) => one.reference === reference);
  return found === void 0 ? "" : judgedDigest(found, images) ?? "";
}
function imageOf(image, inRegistry) {
  let { reference, platform, digest, verdict } = image, manifest = inRegistry.flatMap((one) => judgedManifests(one, [image]))[0]?.digest ?? null;
  return { reference, platform: platform === null ? null : platformName(platform), digest, manifest, verdict };
}
function countsOf({ images }) {
  let byRuling = Map.groupBy(
    images.flatMap(({ findings }) => findings),
    ({ ruling }) => ruling
  ), counts = RULINGS.flatMap((ruling) => {
    let entries = [...Map.groupBy(byRuling.get(ruling) ?? [], ({ severity }) => severity)].map(([severity, all]) => [severity, all.length]);
    return entries.length === 0 ? [] : [[ruling, Object.fromEntries(entries)]];
  });
  return Object.fromEntries(counts);
}

var SUMMARY_LIMIT = 1e6;
function setOutputs(verdict, paths, inRegistry, job) {
  for (let [name, value] of Object.entries(outputsOf(verdict, inRegistry)))
    setOutput(name, value);
  let pathOf = (name) => paths.find((path) => path.endsWith(name)) ?? "";
  setOutput("report", pathOf("report.json")), setOutput("reports", paths.join(`
`)), setOutput("vsa", pathOf("report.vsa.json")), setOutput("sarif", isUploadable(verdict) ? pathOf("report.sarif") : ""), setOutput("sarif-category", sarifCategories(verdict, job).join(`
`));
}
function setUpdateOutputs({ outcome, pull }, reportDir) {
  setOutput("update", outcome?.outcome ?? "none"), setOutput("pull-request", pull?.url ?? ""), setOutput("patched-image", outcome?.patched?.name ?? ""), outcome !== null && writeUpdate(reportDir, outcome);
}
async function writeSummary(verdict, update, pages, notes) {
  process.env.GITHUB_STEP_SUMMARY && (summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT, notes, pages }), !0), update.text !== "" && summary.addRaw(`
#### Update

${update.text.replace(/^/gm, "    ")}`, !0), await summary.write());
}

async function warnUntested(build, around) {
  build !== null && await refuseUntested(build, around.signal).catch((error) => around.progress(noUpdate(error)));
}
async function updateStep(build, verdict, request, judging, around) {
  if (build === null)
    return NO_UPDATE;
  try {
    let { outcome, pull } = await runUpdate(build, verdict, request, judging, around), notes = pull === null || pull.note === null ? [] : [escapeTerminal(pull.note, 1e3)];
    return { outcome, text: renderUpdate(outcome), notes, pull };
  } catch (error) {
    return { ...NO_UPDATE, notes: [noUpdate(error)] };
  }
}
function noUpdate(error) {
  let { what, where, todo } = problemOf(error, "update");
  return escapeTerminal(`No update was made: ${what} (${where}). To do: ${todo}`, 1e3);
}
var NO_UPDATE = { outcome: null, text: "", notes: [], pull: null };

async function main() {
  let inputs = actionInputs(), runId = newRunId();
  saveState("run-id", runId);
  for (let name of ["clair-psk", "github-token"]) {
    let secret = getInput(name);
    secret !== "" && setSecret(secret);
  }
  let reportDir = inputs("report-dir").trim();
  removeReports(reportDir, { uploaded: !0 });
  let evidenceDir = inputs("save-evidence").trim();
  evidenceDir !== "" && clearEvidence(evidenceDir, !0), setOutput("report-dir", reportDir);
  let now = (  new Date()).toISOString().slice(0, 10), policies = await readBasePolicies(inputs), images = getMultilineInput("image"), { request, judging } = readScan(images, inputs, now, policies, process.env), plan = readUpdatePlan(request.images, inputs, policies?.base), progress = (text) => info(text), runContext = {
    runId,
    signal: abortOnSignals(),
    progress: judging.debug ? timed(progress) : progress,
    warn: (text) => warning(text)
  };
  await warnUntested(plan, runContext);
  let isCacheUsed = plan === null && usesRunnerCache(process.env), kept = { cacheDir: request.cacheDir, proven: PROVEN_FILES, env: process.env }, cacheTransfer = restoreKept(kept, isCacheUsed, (text) => info(escapeTerminal(text, 1e3)));
  startGroup("Progress");
  let verdict = await runGate(request, judging, runContext).finally(cacheTransfer.end).finally(() => endGroup()), pages = documentsAddress(process.env), pushed = { ...request.push, isOffline: request.feeds.offline }, registry = await publishImages(verdict, pushed, runContext), attestable = attestableOf(judging, registry.inRegistry[0] ?? null), job = analysisOf(request.publish), paths = writeReports(judging.reportDir, verdict, pages, attestable, job), log = { colour: !1, width: Number.POSITIVE_INFINITY, pages };
  print(renderTerminal(verdict, { ...log, rest: 'the group "Details" below' })), startGroup("Details: all findings, checks and data"), print(renderDetails(verdict, log)), endGroup();
  for (let line of pushedLines(request.push, registry))
    info(escapeTerminal(line, 1e3));
  setOutputs(verdict, paths, registry.inRegistry, job);
  let platform = choiceText(judging.policy.gate.platform), published = await publish(verdict, { ...request.publish, ...runContext, platform }), unshown = published.checkRun ? null : unshownAnnotations(verdict);
  if (!published.checkRun)
    for (let line of renderAnnotations(verdict))
      process.stdout.write(`${line}
`);
  let update = await updateStep(plan, verdict, request, judging, runContext);
  update.text !== "" && print(update.text);
  for (let note of update.notes)
    warning(note);
  if (setUpdateOutputs(update, judging.reportDir), await writeSummary(verdict, update, pages, [
    ...registry.problem === null ? [] : [escapeTerminal(problemLine(registry.problem), 1e3)],
    ...published.notes,
    ...update.notes,
    ...unshown === null ? [] : [`Not shown as annotations: ${unshown}.`]
  ]), exitCode(verdict) !== 0)
    setFailed(renderSummaryLine(verdict));
  else if (verdict.verdict !== "pass") {
    let ending = auditEndOf(verdict);
    warning(`${renderSummaryLine(verdict)}. ${modeLine(verdict, ending && escapeTerminal(ending, 200))}`);
  }
  registry.problem !== null && (print(renderProblem(registry.problem, pages)), setFailed(escapeTerminal(problemLine(registry.problem), 1e3))), await cacheTransfer.save();
}
function actionInputs() {
  return (name) => name === "debug" && isDebug() ? "true" : getInput(name) || (name === "release" ? releaseTagOf() : "");
}
function releaseTagOf() {
  let { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name = "" } = process.env;
  return type === "tag" && readReleaseTag(name) !== null ? name : "";
}
function print(text) {
  let token = `seaworthy-${newRunId()}${newRunId()}`;
  process.stdout.write(`::stop-commands::${token}
${text}
::${token}::
`);
}
async function fail(error) {
  let problem = problemOf(error, "seaworthy"), inputs = actionInputs(), pages = documentsAddress(process.env);
  setOutput("verdict", "incomplete"), print(renderProblem(problem, pages)), (inputs("debug") === "true" || !(error instanceof SeaworthyError)) && error instanceof Error && print(error.stack ?? "");
  let images = getMultilineInput("image"), options = {
    job: jobText(images, inputs),
    token: inputs("github-token"),
    checkRun: inputs("check-run") !== "false",
    checkName: inputs("check-name").trim() || null,
    comment: COMMENT_MODES.find((mode) => mode === inputs("comment").trim()) ?? "changes",
    platform: inputs("platform").trim() || null,
    runId: newRunId(),
    warn: (text) => warning(text)
  }, names = images.map((image) => sourceOf(image).name);
  if (!(isPublishable(problem, inputs) && await publishProblem(problem, names, options)))
    for (let line of renderProblemAnnotations(problem))
      process.stdout.write(`${line}
`);
  process.env.GITHUB_STEP_SUMMARY && await summary.addRaw(renderProblemReport(problem, pages).summary, !0).write(), setFailed(escapeTerminal(problemLine(problem), 2e3));
}
function isPublishable({ code }, inputs) {
  let token = inputs("github-token"), isUsable = token !== "" && !token.startsWith("${{");
  return code !== "pull-request-target" && isUsable;
}
await main().catch(fail);
