import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  SeaworthyError,
  problemOf,
  withAdvice
} from "./chunk-Q6VXAE4F.js";

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

// src/io/github/repository.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

// src/io/github/pages.ts
var PAGE = 100;
async function readPages(most, ask) {
  const list = [];
  for (let page = 1; page <= most; page++) {
    const { data } = await ask({ per_page: PAGE, page });
    list.push(...data);
    if (data.length < PAGE) {
      return { list, whole: true };
    }
  }
  return { list, whole: false };
}

// src/io/github/repository.ts
var MOST_CHARACTERS = 5e6;
async function parentsOf(api, { owner, repo }, commit_sha) {
  const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
  const { data } = await api.request(route, { owner, repo, commit_sha });
  return data.parents.map(({ sha }) => sha);
}
async function textAtCommit(api, { owner, repo }, ref, path) {
  const route = "GET /repos/{owner}/{repo}/contents/{path}";
  const headers = { accept: "application/vnd.github.raw+json" };
  try {
    const data = (await api.request(route, { owner, repo, path, ref, headers })).data;
    const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
    if (typeof text !== "string") {
      throw new Error(`${path} is no file`);
    }
    if (text.length > MOST_CHARACTERS) {
      throw new Error(`${path} is larger than ${MOST_CHARACTERS} characters`);
    }
    return text;
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw error;
  }
}
var MOST_PAGES = 100;
async function listTags(api, { owner, repo }) {
  const { list, whole } = await readPages(
    MOST_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/tags", { owner, repo, ...page })
  );
  if (!whole) {
    throw new Error(`there are more than ${list.length} tags`);
  }
  return list.map(({ name }) => name);
}
async function isSameAtHead(api, run, path) {
  try {
    const content = readFileSync(join(run.workspace, path));
    const { owner, repo, headSha: ref } = run;
    const route = "GET /repos/{owner}/{repo}/contents/{path}";
    const { data } = await api.request(route, { owner, repo, path, ref });
    return !Array.isArray(data) && data.sha === blobSha(content, data.sha);
  } catch {
    return false;
  }
}
function blobSha(content, like) {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}

export {
  connectGitHub,
  statusOf,
  mayBeDone,
  githubProblem,
  readPages,
  parentsOf,
  textAtCommit,
  listTags,
  isSameAtHead,
  blobSha
};
