import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  authorizationOf,
  redactUrl
} from "./chunk-YEL55IE5.js";
import {
  SeaworthyError
} from "./chunk-XYW44KSY.js";
import {
  HttpClient
} from "./chunk-ADDNZB2S.js";

// src/io/http/http.ts
import { setTimeout as sleep } from "node:timers/promises";
var RETRIED_STATUS = /* @__PURE__ */ new Set([429, 500, 502, 503, 504]);
var RETRIED_CODE = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"]);
var REDIRECTS = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
var ERROR_BODY_BYTES = 65536;
async function getStream(url, options = {}) {
  const timeoutMs = options.timeoutMs ?? 6e4;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const ends = performance.now() + timeoutMs;
  const context = { url, options, signal, deadline, timeoutMs };
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= (options.retries ?? 3);
    const outcome = await follow(context).catch((error) => {
      if (last || signal.aborted || !RETRIED_CODE.has(textOf(error, "code"))) {
        throw explain(context, error);
      }
      return null;
    });
    if (outcome && (last || !RETRIED_STATUS.has(outcome.message.statusCode ?? 0))) {
      return answerOf(context, outcome);
    }
    const pause = pauseBefore(attempt, options.backoffMs ?? 500, outcome?.message.headers["retry-after"]);
    if (outcome && performance.now() + pause > ends) {
      return answerOf(context, outcome);
    }
    outcome?.message.destroy();
    const pass = options.pause ?? ((ms) => sleep(ms, void 0, { signal }));
    await pass(pause).catch((error) => {
      throw explain(context, error);
    });
  }
}
async function follow({ url, options, signal, timeoutMs }) {
  let at = httpUrl(url);
  const { authorization: given = null, ...others } = options.headers ?? {};
  let authorization = authorizationOf(at) ?? given;
  const abortable = {
    prepareRequest: (request) => {
      request.signal = signal;
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error("not used"))
  };
  const client = new HttpClient("seaworthy", [abortable], {
    allowRedirects: false,
    socketTimeout: timeoutMs + 1e3
  });
  for (let left = options.maxRedirects ?? 5; ; left--) {
    signal.throwIfAborted();
    const headers = { ...others, ...authorization === null ? {} : { authorization } };
    const send = options.method === "HEAD" ? client.head : client.get;
    const { message } = await send.call(client, at.href, headers);
    const location = message.headers.location;
    if (!REDIRECTS.has(message.statusCode ?? 0) || location === void 0) {
      return { message, url: at.href };
    }
    message.destroy();
    if (left === 0) {
      throw problem("http-redirects", "redirected too often", at.href);
    }
    const next = httpUrl(new URL(location, at).href);
    if (at.protocol === "https:" && next.protocol === "http:") {
      throw problem("http-downgrade", `redirected from https to ${redactUrl(next.href)}`, at.href);
    }
    if (next.origin !== at.origin) {
      authorization = null;
    }
    authorization = authorizationOf(next) ?? authorization;
    at = next;
  }
}
async function answerOf(context, { message, url }) {
  const status = message.statusCode ?? 0;
  const headers = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== void 0) {
      headers[name] = Array.isArray(value) ? value.join(", ") : value;
    }
  }
  const whole = bodyOf(context, message);
  const body = status >= 200 && status < 300 ? whole : await firstOf(whole, ERROR_BODY_BYTES);
  return { status, headers, body, url: redactUrl(url) };
}
async function* bodyOf(context, message) {
  let received = 0;
  try {
    for await (const chunk of message) {
      received += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (context.signal.aborted) {
      throw explain(context, error);
    }
    const expected = message.headers["content-length"];
    const of = expected === void 0 ? "" : ` of ${expected}`;
    throw problem("http-cut", `the connection broke after ${received}${of} bytes`, context.url);
  }
}
async function firstOf(body, limit) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, limit - bytes));
    bytes += chunk.length;
    if (bytes >= limit) {
      break;
    }
  }
  return (async function* () {
    yield* chunks;
  })();
}
function pauseBefore(attempt, backoffMs, retryAfter) {
  const backoff = backoffMs * 2 ** attempt * (0.5 + Math.random());
  if (retryAfter === void 0) {
    return backoff;
  }
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1e3 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(asked) ? backoff : Math.max(asked, backoff);
}
function httpUrl(text) {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw problem("http-bad-url", "not an http or https URL", text);
  }
  return url;
}
function textOf(error, member) {
  return typeof error === "object" && error !== null ? String(Reflect.get(error, member) ?? "") : "";
}
function explain({ url, options, deadline, timeoutMs }, error) {
  if (error instanceof SeaworthyError) {
    return error;
  }
  if (options.signal?.aborted) {
    return options.signal.reason;
  }
  if (deadline.aborted) {
    return problem("http-timeout", `no whole answer within ${timeoutMs / 1e3} s`, url);
  }
  const what = textOf(error, "message") || textOf(error, "code") || String(error);
  const isUnknown = ["ENOTFOUND", "EAI_AGAIN"].includes(textOf(error, "code"));
  return problem("http-unreachable", isUnknown ? `the host's name is not known here: ${what}` : what, url);
}
function problem(code, what, url) {
  return new SeaworthyError({ code, what, where: redactUrl(url) });
}

export {
  getStream
};
