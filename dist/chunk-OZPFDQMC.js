import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  SeaworthyError,
  problemOf,
  withAdvice
} from "./chunk-Q6VXAE4F.js";

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
  const told = readEvent(env);
  const base = isQueue ? shaOf(told.merge_group?.base_sha) : null;
  if (repository === null || !SHA.test(merge)) {
    return "unclear";
  }
  if (isQueue && base === null) {
    return "unclear";
  }
  const into = isQueue ? told.merge_group?.base_ref : told.pull_request?.base?.ref;
  return {
    ...repository,
    apiUrl: apiUrlOf(env),
    merge,
    base,
    into: branchOf(into),
    defaultBranch: branchOf(told.repository?.default_branch)
  };
}
function shaOf(told) {
  return typeof told === "string" && SHA.test(told) ? told : null;
}
function branchOf(told) {
  return typeof told === "string" && told !== "" ? told.replace(/^refs\/heads\//, "") : null;
}
function pathInRepository(path, env = process.env) {
  const root = env.GITHUB_WORKSPACE || process.cwd();
  const inside = relative(root, isAbsolute(path) ? path : `${root}${sep}${path}`);
  if (inside === "" || isAbsolute(inside) || new RegExp("(^|[\\\\/])\\.\\.([\\\\/]|$)|\\p{Cc}", "u").test(inside)) {
    return null;
  }
  return inside.split(sep).join("/");
}

// src/io/github/client.ts
import { setTimeout as sleep } from "node:timers/promises";
var ONE_REQUEST_MS = 3e4;
async function connectGitHub(options) {
  const { getOctokit } = await import("./github-QR3JG65K.js");
  const octokit = getOctokit(options.token, { baseUrl: options.apiUrl, userAgent: "seaworthy", log: SILENT });
  const ends = performance.now() + options.timeoutMs;
  const rules = { retries: options.retries ?? 3, backoffMs: options.backoffMs ?? 500 };
  octokit.hook.wrap("request", async (send, asked) => {
    for (let attempt = 0; ; attempt++) {
      const left = ends - performance.now();
      if (left <= 0) {
        throw tooLong(options);
      }
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), Math.min(left, ONE_REQUEST_MS));
      Object.assign(asked.request, { signal: controller.signal });
      try {
        return await send(asked);
      } catch (error) {
        const pause = pauseBeforeRetry(failureOf(error), asked.method, attempt, Date.now(), rules);
        if (pause === null || performance.now() + pause > ends) {
          throw error;
        }
        await (options.pause ?? sleep)(pause);
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
function mayBeDone(error) {
  const status = statusOf(error);
  return status === null || status >= 500;
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
    where: apiUrl
  });
}
function githubProblem(error, where, permission) {
  if (error instanceof SeaworthyError) {
    return problemOf(error, where);
  }
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
  return withAdvice({
    code: "github-unreachable",
    what: status === null ? `no answer from GitHub: ${words}` : `GitHub answered ${status}: ${words}`,
    where
  });
}
var NO_HEADER_MS = 6e4;
function pauseBeforeRetry({ status, headers, message }, method, attempt, now, rules) {
  if (attempt >= rules.retries) {
    return null;
  }
  const backoff = rules.backoffMs * 2 ** attempt * (0.5 + Math.random());
  if (status === 429 || status === 403) {
    const asked = limitPause(headers, now);
    if (asked !== null) {
      return Math.max(asked, backoff);
    }
    return status === 429 || /rate limit/i.test(message) ? Math.max(NO_HEADER_MS, backoff) : null;
  }
  if (status !== null && status < 500) {
    return null;
  }
  return method === "POST" ? null : backoff;
}
function limitPause(headers, now) {
  const after = headers["retry-after"];
  if (after !== void 0 && /^\d+$/.test(String(after))) {
    return Number(after) * 1e3;
  }
  const reset = headers["x-ratelimit-reset"];
  if (String(headers["x-ratelimit-remaining"]) === "0" && /^\d+$/.test(String(reset ?? ""))) {
    return Math.max(0, Number(reset) * 1e3 - now) + 1e3;
  }
  return null;
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
  pathInRepository,
  connectGitHub,
  statusOf,
  mayBeDone,
  githubProblem
};
