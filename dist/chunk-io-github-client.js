import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  bodyOf
} from "./chunk-io-http-plain-http.js";
import {
  of_fileURLToPath,
  of_join,
  of_relative
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
  withAdvice
} from "./chunk-model-problem-codes.js";

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

var HOME = of_fileURLToPath(new URL("..", import.meta.url)), SERVER = /^https?:\/\/[\w.:-]+$/, REPOSITORY = /^[\w-][\w.-]*\/[\w-][\w.-]*$/, REF = /^(?!.*\.\.)[\w][\w./-]{0,250}$/, FOLDER = /^(?!.*\.\.)[\w.][\w./-]*$/, ONE_DOCUMENT = "docs/troubleshooting.md";
function documentsAddress(env, home = HOME) {
  let server = env.GITHUB_SERVER_URL || "https://github.com";
  return addressOfRef(server, env.GITHUB_ACTION_REPOSITORY, env.GITHUB_ACTION_REF) ?? addressOfRef(server, env.SEAWORTHY_REPOSITORY, env.SEAWORTHY_REF) ?? addressOfPackage(home) ?? addressOfCopy(server, env, home);
}
function addressOfRef(server, repository = "", ref = "") {
  return SERVER.test(server) && REPOSITORY.test(repository) && REF.test(ref) ? `${server}/${repository}/blob/${ref}/` : null;
}
function addressOfPackage(home) {
  try {
    let { repository, version } = JSON.parse(of_readFileSync(of_join(home, "package.json"), "utf8")), [, server = "", name] = /^git\+(https:\/\/[^/]+)\/([^/]+\/[^/]+)\.git$/.exec(repository.url) ?? [];
    return addressOfRef(server, name, `v${version}`);
  } catch {
    return null;
  }
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

var HOST = /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/, PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/, TAG = /^\w[\w.-]{0,127}$/, DIGEST = /^sha256:[0-9a-f]{64}$/;
function parseReference(text) {
  if (text.length > 512)
    return null;
  let [named = "", digest = null, ...more] = text.split("@");
  if (more.length > 0 || digest !== null && !DIGEST.test(digest))
    return null;
  let { registry, rest } = splitRegistry(named), colon = rest.lastIndexOf(":"), path = colon < 0 ? rest : rest.slice(0, colon), tag = colon < 0 ? digest === null ? "latest" : null : rest.slice(colon + 1);
  return !HOST.test(registry) || !path.split("/").every((part) => PART.test(part)) || tag !== null && !TAG.test(tag) ? null : { registry, repository: path, tag, digest };
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
      if (millisecondsLeft <= 0)
        throw tooLong(options);
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
async function proxiedFetch(url, {
  method,
  body,
  headers,
  signal
}) {
  let { message } = await clientFor(signal, {}).request(method, url, body ?? null, headers), { statusCode: status = 0, headers: answered } = message, content = await bodyOf(message, redactUrl(url)), fields = Object.entries(answered).map(([name, value]) => [name, String(value)]);
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
function tooLong({ timeoutMs, apiUrl }) {
  return new SeaworthyError({
    code: "github-unreachable",
    what: `GitHub did not accept all requests within ${timeoutMs / 1e3} s`,
    where: apiUrl
  });
}
function githubProblem(error, where, permission) {
  if (error instanceof SeaworthyError)
    return problemOf(error, where);
  let { status, message } = failureOf(error), text = message.replace(/ - https:\/\/\S+$/, "");
  if (status !== null && status < 500) {
    let denied = status === 403 || status === 404;
    return {
      code: "github-refused",
      what: `GitHub returned ${status}: ${text}`,
      where,
      todo: denied ? `grant the job ${permission} (a fork's token never has this permission)` : "check GitHub's error message"
    };
  }
  return withAdvice({
    code: "github-unreachable",
    what: status === null ? `no response from GitHub: ${text}` : `GitHub returned ${status}: ${text}`,
    where
  });
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

export {
  visible,
  escapeTerminal,
  escapeHtml,
  escapeMarkdown,
  escapeWorkflowData,
  escapeWorkflowProperty,
  escapeSarif,
  parseReference,
  referenceName,
  familiarName,
  untagged,
  referenceTitle,
  hostOf,
  splitRegistry,
  connectGitHub,
  statusOf,
  mayBeDone,
  unlessMissing,
  createOnce,
  githubProblem,
  HOME,
  documentsAddress,
  documentsHere
};
