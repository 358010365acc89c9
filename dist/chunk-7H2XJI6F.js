import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/reports/escape.ts
var DEFAULT_LENGTH = 300;
var UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
var NAMED = { "\n": "\\n", "\r": "\\r", "	": "\\t" };
function visible(text, length = DEFAULT_LENGTH) {
  const points = [...text.slice(0, length * 2 + 2)];
  const cut = points.length > length ? `${points.slice(0, Math.max(0, length - 1)).join("")}\u2026` : points.join("");
  return cut.replace(UNSEEN, (char) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).replace(new RegExp("\\p{Zs}", "gu"), " ");
}
function escapeTerminal(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replaceAll("##[", "## [").replace(/(?<=^| ):{2,}/g, (colons) => [...colons].join(" "));
}
function escapeHtml(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replace(/[&<>"']/g, entity);
}
function escapeMarkdown(text, length = DEFAULT_LENGTH) {
  return visible(text, length).trim().replace(/@|#(?=\d)|:(?=\/\/|[\w+-]+:)|(?<![A-Za-z0-9])(?:www(?=\.)|GH-(?=\d))/gi, "$&\u200B").replace(/(?<=^\d+)[.)](?= |$)|^[-+=:]|[&<>\\`*_[\]|~$^#\u200b]/g, entity);
}
function escapeWorkflowData(text) {
  return text.replace(UNSEEN, (char) => /[\r\n]/.test(char) ? char : visible(char)).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeWorkflowProperty(text) {
  return escapeWorkflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
function escapeSarif(text, length = DEFAULT_LENGTH) {
  return visible(text, length).replace(/\](?=\()/g, "] ").replace(/\{(?=\d)/g, "{ ");
}
function entity(char) {
  return `&#${char.codePointAt(0) ?? 0};`;
}

// src/io/github/environment.ts
import { readFileSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
var SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
function repositoryOf(env) {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? "") ?? [];
  return owner === void 0 || repo === void 0 ? null : { owner, repo };
}
function apiUrlOf(env) {
  return (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
}
function runUrlOf(env, { owner, repo }, id) {
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  return `${server}/${owner}/${repo}/actions/runs/${encodeURIComponent(id)}`;
}
function readEvent(env) {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8")) ?? {};
  } catch {
    return {};
  }
}
function isFromFork(pull) {
  const from = pull?.head?.repo?.full_name;
  return typeof from !== "string" || from !== pull?.base?.repo?.full_name;
}
function isFork(env = process.env) {
  if (!/^pull_request/.test(env.GITHUB_EVENT_NAME ?? "")) {
    return false;
  }
  return isFromFork(readEvent(env).pull_request);
}
function actionPagesOf(env) {
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
  const isKnown = /^https?:\/\/[\w.:-]+$/.test(server) && /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(repository) && /^(?!.*\.\.)[\w][\w./-]{0,250}$/.test(ref);
  return isKnown ? `${server}/${repository}/blob/${ref}/` : null;
}
function readProposedChange(env = process.env) {
  const event = env.GITHUB_EVENT_NAME ?? "";
  const isQueue = event === "merge_group";
  if (!isQueue && !/^pull_request/.test(event)) {
    return null;
  }
  const repository = repositoryOf(env);
  const merge = env.GITHUB_SHA ?? "";
  const base = isQueue ? baseOf(env) : null;
  if (repository === null || !SHA.test(merge)) {
    return "unclear";
  }
  if (isQueue && base === null) {
    return "unclear";
  }
  return { ...repository, apiUrl: apiUrlOf(env), merge, base };
}
function baseOf(env) {
  const sha = readEvent(env).merge_group?.base_sha;
  return typeof sha === "string" && SHA.test(sha) ? sha : null;
}
function pathInRepository(path, env = process.env) {
  const root = env.GITHUB_WORKSPACE || process.cwd();
  const inside = relative(root, isAbsolute(path) ? path : `${root}${sep}${path}`);
  if (inside === "" || isAbsolute(inside) || new RegExp("(^|[\\\\/])\\.\\.([\\\\/]|$)|\\p{Cc}", "u").test(inside)) {
    return null;
  }
  return inside.split(sep).join("/");
}

export {
  DEFAULT_LENGTH,
  visible,
  escapeTerminal,
  escapeHtml,
  escapeMarkdown,
  escapeWorkflowData,
  escapeWorkflowProperty,
  escapeSarif,
  SHA,
  repositoryOf,
  apiUrlOf,
  runUrlOf,
  readEvent,
  isFromFork,
  isFork,
  actionPagesOf,
  readProposedChange,
  pathInRepository
};
