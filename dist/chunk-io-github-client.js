import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  bodyOf
} from "./chunk-io-http-plain-http.js";
import {
  of_createHash,
  of_fileURLToPath,
  of_isAbsolute,
  of_join,
  of_relative,
  of_sep
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_existsSync,
  of_readFileSync
} from "./chunk-of-node-fs.js";
import {
  clientFor,
  pauseBefore,
  retryAfterMs
} from "./chunk-io-http-backoff.js";
import {
  of_setTimeout
} from "./chunk-of-node-timers-promises.js";
import {
  redactUrl
} from "./chunk-io-http-url.js";
import {
  SeaworthyError,
  problemOf,
  readOrNull,
  withAdvice,
  withoutEnd
} from "./chunk-zod-v4-core-schemas.js";

var LINE = /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))?$/;
function isLine(text) {
  return LINE.test(text);
}
function releaseLines(tags, wanted) {
  let releases = tags.flatMap((tag) => readReleaseTag(tag) ?? []).filter(({ tag, prerelease }) => prerelease === null && !tag.includes("+")).sort(newestFirst), newest = (wanted === "all" ? [...new Set(releases.map(({ major, minor }) => `${major}.${minor}`))] : [...new Set(wanted)]).map((line) => ({
    line,
    release: releases.find(({ major, minor }) => [String(major), `${major}.${minor}`].includes(line))
  }));
  return {
    found: newest.flatMap(({ line, release }) => release === void 0 ? [] : [{ line, release }]).sort((a, b) => newestFirst(a.release, b.release)).map(({ line, release: { tag, version } }) => ({ line, tag, version })),
    missing: newest.flatMap(({ line, release }) => release === void 0 ? [line] : [])
  };
}
function newestFirst(a, b) {
  return b.major - a.major || b.minor - a.minor || b.patch - a.patch || +(a.tag < b.tag) - +(a.tag > b.tag);
}
var RELEASE_KINDS = ["major", "minor", "patch"], NUMBER = "(0|[1-9]\\d{0,8})", PART = "(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)", TAG = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?)(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`
);
function readReleaseTag(tag) {
  let [, version, major, minor, patch, prerelease] = tag.length > 128 ? [] : TAG.exec(tag) ?? [];
  return version === void 0 ? null : {
    tag,
    version,
    prerelease: prerelease ?? null,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch)
  };
}
function releaseKind({ minor, patch }) {
  return patch > 0 ? "patch" : minor > 0 ? "minor" : "major";
}

var INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, NAMED = { "\n": "\\n", "\r": "\\r", "	": "\\t" };
function visible(text, length = 300) {
  let points = [...text.slice(0, length * 2 + 2)];
  return (points.length > length ? `${points.slice(0, Math.max(0, length - 1)).join("")}…` : points.join("")).replace(INVISIBLE, (char) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).replace(new RegExp("\\p{Zs}", "gu"), " ");
}
function escapeTerminal(text, length = 300) {
  return visible(text, length).replaceAll("##[", "## [").replace(/(?<=^| ):{2,}/g, (colons) => [...colons].join(" "));
}
function escapeHtml(text, length = 300) {
  return visible(text, length).replace(/[&<>"']/g, entity);
}
function escapeMarkdown(text, length = 300) {
  return visible(text, length).trim().replace(/@|#(?=\d)|:(?=\/\/|[\w+-]+:)|(?<![A-Za-z0-9])(?:www(?=\.)|GH-(?=\d))/gi, "$&​").replace(/(?<=^\d+)[.)](?= |$)|^[-+=:]|[&<>\\`*_[\]|~$^#\u200b]/g, entity);
}
function escapeWorkflowData(text) {
  return text.replace(INVISIBLE, (char) => /[\r\n]/.test(char) ? char : visible(char)).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll(`
`, "%0A");
}
function escapeWorkflowProperty(text) {
  return escapeWorkflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
function escapeSarif(text, length = 300) {
  return visible(text, length).replace(/\](?=\()/g, "] ").replace(/\{(?=\d)/g, "{ ");
}
function entity(char) {
  return `&#${char.codePointAt(0) ?? 0};`;
}

var HOST = /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/, PART2 = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/, TAG2 = /^\w[\w.-]{0,127}$/, DIGEST = /^sha256:[0-9a-f]{64}$/;
function parseReference(text) {
  if (text.length > 512)
    return null;
  let [named = "", digest = null, ...more] = text.split("@");
  if (more.length > 0 || digest !== null && !DIGEST.test(digest))
    return null;
  let { registry, rest } = splitRegistry(named), colon = rest.lastIndexOf(":"), path = colon < 0 ? rest : rest.slice(0, colon), tag = colon < 0 ? digest === null ? "latest" : null : rest.slice(colon + 1);
  return !HOST.test(registry) || !path.split("/").every((part) => PART2.test(part)) || tag !== null && !TAG2.test(tag) ? null : { registry, repository: path, tag, digest };
}
function referenceName({ registry, repository, tag, digest }) {
  return `${registry}/${repository}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
}
function familiarName(name) {
  return name.replace(/^docker\.io\/(?:library\/)?/, "");
}
function untagged(reference) {
  let name = reference.split("@", 1)[0] ?? "", colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon === -1 ? name : name.slice(0, colon);
}
function referenceTitle(reference) {
  let [name = "", digest] = reference.split("@");
  return digest === void 0 || name !== untagged(name) ? name : `${name}@${digest.slice(0, 19)}`;
}
function hostOf(name) {
  let slash = name.indexOf("/"), first = slash < 0 ? "" : name.slice(0, slash);
  return first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase() ? { host: first, path: name.slice(slash + 1) } : { host: null, path: name };
}
function splitRegistry(name) {
  let { host, path } = hostOf(name), registry = host === null || host === "index.docker.io" ? "docker.io" : host;
  return { registry, rest: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path };
}

var HOME = of_fileURLToPath(new URL("..", import.meta.url)), SERVER = /^https?:\/\/[\w.:-]+$/, REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/, REF = /^(?!.*\.\.)[\w][\w./-]{0,250}$/, FOLDER = /^(?!.*\.\.)[\w.][\w./-]*$/, ONE_DOCUMENT = "docs/troubleshooting.md";
function documentsAddress(env, home = HOME) {
  let server = env.GITHUB_SERVER_URL || "https://github.com";
  return addressOfRef(server, env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF) ?? addressOfRef(server, env.SEAWORTHY_REPOSITORY, env.SEAWORTHY_REF) ?? addressOfPackage(home) ?? addressOfCopy(server, env, home);
}
function addressOfRef(server, repository = "", ref = "") {
  return SERVER.test(server) && REPOSITORY.test(repository) && REF.test(ref) ? `${server}/${repository}/blob/${ref}/` : null;
}
function addressOfPackage(home) {
  let { repository, version } = readOrNull(() => JSON.parse(of_readFileSync(of_join(home, "package.json"), "utf8"))) ?? {}, [, server = "", name] = /^git\+(https:\/\/[^/]+)\/([^/]+\/[^/]+)\.git$/.exec(repository?.url) ?? [];
  return addressOfRef(server, name, `v${version}`);
}
function addressOfCopy(server, env, home) {
  let { GITHUB_WORKSPACE, GITHUB_REPOSITORY, GITHUB_SHA, ACT } = env;
  if (!GITHUB_WORKSPACE || ACT || !of_existsSync(of_join(home, ONE_DOCUMENT)))
    return null;
  let folder = of_relative(GITHUB_WORKSPACE, home).replace(/^\.seaworthy\//, ""), address = addressOfRef(server, GITHUB_REPOSITORY, GITHUB_SHA);
  return address === null || folder === "" ? address : FOLDER.test(folder) ? `${address}${folder}/` : null;
}
function documentsHere(env, home = HOME) {
  return documentsAddress(env, home) ?? (of_existsSync(of_join(home, ONE_DOCUMENT)) ? of_join(home, "/") : null);
}

var ONE_REQUEST_MS = 3e4;
async function connectGitHub(options) {
  let { getOctokit } = await import("./chunk-actions-github-lib-github.js"), octokit = getOctokit(options.token, {
    baseUrl: options.apiUrl,
    userAgent: "seaworthy",
    log: SILENT,
    request: { fetch: proxiedFetch }
  }), deadline = performance.now() + options.timeoutMs, rules = { retries: options.retries ?? 3, backoffMs: options.backoffMs ?? 500 };
  return octokit.hook.wrap("request", async (send, request) => {
    for (let attempt = 0; ; attempt++) {
      let millisecondsLeft = deadline - performance.now();
      if (millisecondsLeft <= 0) {
        let what = `GitHub did not accept all requests within ${options.timeoutMs / 1e3} s`;
        throw new SeaworthyError({ code: "github-unreachable", what, where: options.apiUrl });
      }
      let controller = new AbortController(), timer = setTimeout(() => controller.abort(), Math.min(millisecondsLeft, ONE_REQUEST_MS));
      Object.assign(request.request, { signal: controller.signal });
      try {
        return await send(request);
      } catch (error) {
        let pause = pauseBeforeRetry(failureOf(error), request.method, attempt, Date.now(), rules);
        if (pause === null || performance.now() + pause > deadline)
          throw error;
        await (options.pause ?? of_setTimeout)(pause);
      } finally {
        clearTimeout(timer);
      }
    }
  }), {
    request: octokit.request,
    viewer: async () => {
      try {
        let { viewer } = await octokit.graphql("{viewer{login}}");
        return typeof viewer?.login == "string" ? viewer.login : null;
      } catch {
        return null;
      }
    }
  };
}
async function proxiedFetch(url, request) {
  let { method, body, headers, signal } = request, { message } = await clientFor(signal, {}).request(method, url, body ?? null, headers), { statusCode: status = 0, headers: answered } = message, content = await bodyOf(message, redactUrl(url)), fields = Object.entries(answered).map(([name, value]) => [name, String(value)]);
  return new Response(content.length === 0 ? null : new Uint8Array(content), { status, headers: fields });
}
var SILENT = { debug: () => {
}, info: () => {
}, warn: () => {
}, error: () => {
} };
function statusOf(error) {
  return failureOf(error).status;
}
function mayBeDone(error) {
  let status = statusOf(error);
  return status === null || status >= 500;
}
function unlessMissing(error) {
  if (statusOf(error) === 404)
    return null;
  throw error;
}
async function createOnce(post, find, mayExist = !0) {
  try {
    return await post();
  } catch (error) {
    let isRefused = mayExist && statusOf(error) === 422;
    if (!isRefused && !mayBeDone(error))
      throw error;
    let existing = await find();
    if (existing === null && isRefused)
      throw error;
    return existing ?? post();
  }
}
function failureOf(error) {
  let { response, status, message } = error;
  return {
    status: response !== void 0 && typeof status == "number" ? status : null,
    headers: response?.headers ?? {},
    message: String(message ?? error)
  };
}
function githubProblem(error, where, permission) {
  if (error instanceof SeaworthyError)
    return problemOf(error, where);
  let { status, message } = failureOf(error), text = message.replace(/ - https:\/\/\S+$/, "");
  if (status !== null && status < 500) {
    let todo = status === 403 || status === 404 ? `grant the job ${permission} (a fork's token never has this permission)` : "check GitHub's error message";
    return { code: "github-refused", what: `GitHub returned ${status}: ${text}`, where, todo };
  }
  let what = status === null ? `no response from GitHub: ${text}` : `GitHub returned ${status}: ${text}`;
  return withAdvice({ code: "github-unreachable", what, where });
}
var NO_HEADER_MS = 6e4;
function pauseBeforeRetry({ status, headers, message }, method, attempt, now, rules) {
  if (attempt >= rules.retries)
    return null;
  if (status === 429 || status === 403) {
    let pauseMs = limitPause(headers, now);
    return pauseMs !== null || status === 429 || /rate limit/i.test(message) ? pauseBefore(attempt, rules.backoffMs, pauseMs ?? NO_HEADER_MS) : null;
  }
  return status !== null && status < 500 || method === "POST" ? null : pauseBefore(attempt, rules.backoffMs, null);
}
function limitPause(headers, now) {
  let after = retryAfterMs(headers["retry-after"], now);
  if (after !== null)
    return after;
  let reset = headers["x-ratelimit-reset"];
  return String(headers["x-ratelimit-remaining"]) === "0" && /^\d+$/.test(String(reset ?? "")) ? Math.max(0, Number(reset) * 1e3 - now) + 1e3 : null;
}

var SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
function repositoryOf(env) {
  let [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? "") ?? [];
  return owner === void 0 || repo === void 0 ? null : { owner, repo };
}
function apiUrlOf(env) {
  return withoutEnd(env.GITHUB_API_URL || "https://api.github.com", "/");
}
function runUrlOf(env, { owner, repo }, id) {
  return `${env.GITHUB_SERVER_URL || "https://github.com"}/${owner}/${repo}/actions/runs/${encodeURIComponent(id)}`;
}
function readEvent(env) {
  return readOrNull(() => JSON.parse(of_readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"))) ?? {};
}
function isFromFork(pull) {
  let from = pull?.head?.repo?.full_name;
  return typeof from != "string" || from !== pull?.base?.repo?.full_name;
}
function readProposedChange(env = process.env) {
  let event = env.GITHUB_EVENT_NAME ?? "", isMergeGroup = event === "merge_group";
  if (!isMergeGroup && !/^pull_request/.test(event))
    return null;
  let repository = repositoryOf(env), merge = env.GITHUB_SHA ?? "", payload = readEvent(env), base = isMergeGroup ? shaOf(payload.merge_group?.base_sha) : null;
  if (repository === null || !SHA.test(merge) || isMergeGroup && base === null)
    return "unclear";
  let into = isMergeGroup ? payload.merge_group?.base_ref : payload.pull_request?.base?.ref;
  return {
    ...repository,
    apiUrl: apiUrlOf(env),
    merge,
    base,
    into: branchOf(into),
    defaultBranch: defaultBranchOf(payload)
  };
}
function defaultBranchOf({ repository }) {
  return branchOf(repository?.default_branch);
}
function isOfPullOnDefaultBranch(env) {
  let event = env.GITHUB_EVENT_NAME ?? "", { issue, workflow_run: run } = readEvent(env);
  return event === "issue_comment" && issue?.pull_request != null || event === "workflow_run" && /^pull_request/.test(String(run?.event));
}
function foreignCheckout(env) {
  let head = isOfPullOnDefaultBranch(env) ? checkedOut(env.GITHUB_WORKSPACE || process.cwd()) : null;
  return head !== null && head !== env.GITHUB_SHA ? env.GITHUB_EVENT_NAME ?? "" : null;
}
function checkedOut(folder) {
  let read = (name) => readOrNull(() => of_readFileSync(of_join(folder, ".git", name), "utf8").trim()), head = read("HEAD") ?? "", [, ref] = /^ref: (refs\/\S+)$/.exec(head) ?? [];
  if (ref === void 0)
    return shaOf(head);
  let packed = read("packed-refs")?.split(`
`).find((line) => line.endsWith(` ${ref}`));
  return shaOf(read(ref) ?? packed?.split(" ")[0]);
}
function shaOf(value) {
  return typeof value == "string" && SHA.test(value) ? value : null;
}
function branchOf(value) {
  return typeof value == "string" && value !== "" ? value.replace(/^refs\/heads\//, "") : null;
}
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
function pathInRepository(path, env = process.env) {
  let root = env.GITHUB_WORKSPACE || process.cwd(), inside = of_relative(root, of_isAbsolute(path) ? path : `${root}${of_sep}${path}`);
  return inside === "" || of_isAbsolute(inside) || new RegExp("(^|[\\\\/])\\.\\.([\\\\/]|$)|\\p{Cc}", "u").test(inside) ? null : inside.split(of_sep).join("/");
}

async function readPages(most, ask) {
  let list = [];
  for (let page = 1; page <= most; page++) {
    let { data } = await ask({ per_page: 100, page });
    if (list.push(...data), data.length < 100)
      return { list, whole: !0 };
  }
  return { list, whole: !1 };
}

var MAX_CHARACTERS = 5e6;
async function parentsOf(api, { owner, repo }, commit_sha) {
  let route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { data } = await api.request(route, { owner, repo, commit_sha });
  return data.parents.map(({ sha }) => sha);
}
async function textAtCommit(api, { owner, repo }, ref, path) {
  let route = "GET /repos/{owner}/{repo}/contents/{path}", headers = { accept: "application/vnd.github.raw+json" }, answer = await api.request(route, { owner, repo, path, ref, headers }).catch(unlessMissing);
  if (answer === null)
    return null;
  let data = answer.data, text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
  if (typeof text != "string")
    throw new Error(`${path} is not a file`);
  if (text.length > MAX_CHARACTERS)
    throw new Error(`${path} is larger than ${MAX_CHARACTERS} characters`);
  return text;
}
async function contentAt(api, { owner, repo }, ref, path) {
  return (await api.request("GET /repos/{owner}/{repo}/contents/{path}", { owner, repo, path, ref }).catch(unlessMissing))?.data ?? null;
}
async function kindAtCommit(api, repository, ref, path) {
  let data = await contentAt(api, repository, ref, path);
  return Array.isArray(data) ? "folder" : data && "other";
}
async function blobAtCommit(api, repository, ref, path) {
  let data = await contentAt(api, repository, ref, path);
  return !Array.isArray(data) && data?.type === "file" ? data.sha : null;
}
var MAX_PAGES = 100;
async function listTags(api, { owner, repo }) {
  let { list, whole } = await readPages(
    MAX_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/tags", { owner, repo, ...page })
  );
  if (!whole)
    throw new Error(`there are more than ${list.length} tags`);
  return list.map(({ name }) => name);
}
async function isSameAtHead(api, run, path) {
  try {
    let content = of_readFileSync(of_join(run.workspace, path)), data = await contentAt(api, run, run.headSha, path);
    return data !== null && !Array.isArray(data) && data.sha === blobSha(content, data.sha);
  } catch {
    return !1;
  }
}
function blobSha(content, like) {
  return of_createHash(like.length === 64 ? "sha256" : "sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

var ARCHITECTURES = {
  X64: "linux/amd64",
  ARM64: "linux/arm64",
  ARM: "linux/arm",
  X86: "linux/386"
};
function readGitHubRun(env = process.env) {
  let repository = repositoryOf(env), sha = env.GITHUB_SHA ?? "";
  if (repository === null || !SHA.test(sha))
    return null;
  let isPull = /^pull_request/.test(env.GITHUB_EVENT_NAME ?? ""), pull = isPull ? pullOf(readEvent(env)) : null;
  if (isPull && pull === null)
    return null;
  let id = env.GITHUB_RUN_ID || "0", [, pathOfWorkflow] = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? "") ?? [];
  return {
    ...repository,
    id,
    apiUrl: apiUrlOf(env),
    url: runUrlOf(env, repository, id),
    number: count(env.GITHUB_RUN_NUMBER),
    attempt: count(env.GITHUB_RUN_ATTEMPT),
    step: `${env.GITHUB_JOB ?? ""}/${env.GITHUB_ACTION ?? ""}`,
    workflow: pathOfWorkflow ?? env.GITHUB_WORKFLOW ?? "",
    headSha: pull?.sha ?? sha,
    sha,
    branch: branchOf2(env),
    merged: pull !== null && pull.sha !== sha,
    pull: pull === null ? null : { number: pull.number, fork: pull.fork, base: pull.base },
    elsewhere: isOfPullOnDefaultBranch(env),
    scheduled: isScheduled(env),
    platform: ARCHITECTURES[env.RUNNER_ARCH ?? ""] ?? null,
    pages: documentsAddress(env),
    workspace: env.GITHUB_WORKSPACE || process.cwd()
  };
}
function isScheduled(env) {
  let event = env.GITHUB_EVENT_NAME, main = defaultBranchOf(readEvent(env));
  return event === "schedule" || event === "workflow_dispatch" && (main === null || branchOf2(env) === main);
}
function branchOf2(env) {
  let name = env.GITHUB_REF_NAME ?? "", isOfEvent = /^(pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? "");
  return env.GITHUB_REF_TYPE === "branch" && name !== "" && !name.startsWith("gh-readonly-queue/") && !isOfEvent ? name : null;
}
function count(text) {
  let number = Number(text);
  return isCount(number) ? number : 1;
}
function pullOf({ pull_request: pull }) {
  let [number, sha, base] = [pull?.number, shaOf(pull?.head?.sha), pull?.base?.ref];
  return !isCount(number) || sha === null ? null : { number, sha, fork: isFromFork(pull), base: typeof base == "string" ? base : "the base" };
}

export {
  parseReference,
  referenceName,
  familiarName,
  untagged,
  referenceTitle,
  hostOf,
  splitRegistry,
  isLine,
  releaseLines,
  RELEASE_KINDS,
  readReleaseTag,
  releaseKind,
  visible,
  escapeTerminal,
  escapeHtml,
  escapeMarkdown,
  escapeWorkflowData,
  escapeWorkflowProperty,
  escapeSarif,
  connectGitHub,
  statusOf,
  mayBeDone,
  unlessMissing,
  createOnce,
  githubProblem,
  repositoryOf,
  apiUrlOf,
  runUrlOf,
  readEvent,
  readProposedChange,
  foreignCheckout,
  shaOf,
  isCount,
  pathInRepository,
  readPages,
  parentsOf,
  textAtCommit,
  kindAtCommit,
  blobAtCommit,
  listTags,
  isSameAtHead,
  blobSha,
  HOME,
  documentsAddress,
  documentsHere,
  readGitHubRun
};
