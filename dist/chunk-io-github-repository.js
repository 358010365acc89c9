import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  unlessMissing
} from "./chunk-io-github-client.js";
import {
  of_createHash,
  of_isAbsolute,
  of_join,
  of_relative,
  of_sep
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_readFileSync
} from "./chunk-of-node-fs.js";
import {
  withoutEnd
} from "./chunk-model-problem-codes.js";

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
  try {
    return JSON.parse(of_readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8")) ?? {};
  } catch {
    return {};
  }
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
    defaultBranch: branchOf(payload.repository?.default_branch)
  };
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

export {
  SHA,
  repositoryOf,
  apiUrlOf,
  runUrlOf,
  readEvent,
  isFromFork,
  readProposedChange,
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
  blobSha
};
