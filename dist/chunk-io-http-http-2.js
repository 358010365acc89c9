import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  clientFor,
  pauseBefore,
  retryAfterMs
} from "./chunk-io-http-backoff.js";
import {
  of_setTimeout
} from "./chunk-of-node-timers-promises.js";
import {
  authorizationOf,
  redactUrl
} from "./chunk-io-http-url.js";
import {
  SeaworthyError,
  hasCode
} from "./chunk-zod-v4-core-schemas.js";

var builtin =   process.getBuiltinModule("node:dns"), read = (key) => builtin[key], of_lookup =   read("lookup");

var builtin2 =   process.getBuiltinModule("node:net"), read2 = (key) => builtin2[key], of_BlockList =   read2("BlockList");
var of_connect =   read2("connect");
var of_isIP =   read2("isIP");

var RANGES = {
  private: [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "198.18.0.0/15",
    "240.0.0.0/4",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "192.88.99.0/24",
    "fc00::/7",
    "fec0::/10",
    "64:ff9b:1::/48",
    "100::/64",
    "2001:db8::/32",
    "3fff::/20",
    "5f00::/16",
    "2001::/23"
  ],
  loopback: ["0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128"],
  "link-local": [
    "169.254.0.0/16",
    "fe80::/10",
    "192.0.0.0/24",
    "168.63.129.16/32",
    "224.0.0.0/4",
    "ff00::/8"
  ]
}, EMBEDDED = ["64:ff9b::", "::ffff:0:", "::"], LISTS = Object.entries(RANGES).map(([nearness, ranges]) => {
  let list = new of_BlockList();
  for (let range of ranges) {
    let [net = "", prefix = ""] = range.split("/");
    if (of_isIP(net) === 6)
      list.addSubnet(net, Number(prefix), "ipv6");
    else {
      list.addSubnet(net, Number(prefix), "ipv4");
      for (let before of EMBEDDED)
        list.addSubnet(`${before}${net}`, 96 + Number(prefix), "ipv6");
      let [a = 0, b = 0, c = 0, d = 0] = net.split(".").map(Number), groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16));
      list.addSubnet(`2002:${groups.join(":")}::`, 16 + Number(prefix), "ipv6");
    }
  }
  return { nearness, list };
});
function nearnessOf(address) {
  let [withoutZone = ""] = address.split("%"), family = of_isIP(withoutZone) === 6 ? "ipv6" : "ipv4";
  return LISTS.find(({ list }) => list.check(withoutZone, family))?.nearness ?? "public";
}
function isNotMorePrivate(nearness, start) {
  let isEquallyNear = (from) => from === nearness || from === "loopback" && nearness === "private";
  return nearness === "public" || start.size > 0 && [...start].every(isEquallyNear);
}
function isSameHost(one, other) {
  return one.hostname === other.hostname && (one.port === other.port || other.protocol === "https:");
}
function literalAddress(hostname) {
  let withoutBrackets = hostname.replace(/^\[|\]$/g, "");
  return of_isIP(withoutBrackets) === 0 ? null : withoutBrackets;
}
function isInternal(address) {
  return ["private", "loopback"].includes(nearnessOf(address));
}
function guardedLookup(refusal) {
  return (hostname, options, done) => {
    of_lookup(hostname, options, (error, found, family) => {
      let addresses = typeof found == "string" ? [found] : (found ?? []).map(({ address }) => address), refused = error === null ? addresses.map(refusal).find((one) => one !== null) : error;
      done(refused ?? null, found, family);
    });
  };
}

var RETRIED_STATUS =   new Set([429, 500, 502, 503, 504]), RETRIED_CODE =   new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"]), REDIRECTS =   new Set([301, 302, 303, 307, 308]), ERROR_BODY_BYTES = 65536;
async function getStream(url, options) {
  let timeoutMs = options.timeoutMs ?? 6e4, deadline = AbortSignal.timeout(timeoutMs), signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline, ends = performance.now() + timeoutMs, context = { url, options, signal, deadline, timeoutMs };
  for (let attempt = 0; ; attempt++) {
    let last = attempt >= (options.retries ?? 3), outcome = await follow(context).catch((error) => {
      if (last || signal.aborted || !RETRIED_CODE.has(textOf(error, "code")))
        throw silent(context, explain(context, error));
      return null;
    });
    if (outcome && (last || !RETRIED_STATUS.has(outcome.message.statusCode ?? 0)))
      return answerOf(context, outcome);
    let requestedMs = retryAfterMs(outcome?.message.headers["retry-after"]), pause = pauseBefore(attempt, options.backoffMs ?? 500, requestedMs);
    if (outcome && performance.now() + pause > ends)
      return answerOf(context, outcome);
    outcome?.message.destroy(), await (options.pause ?? ((ms) => of_setTimeout(ms, void 0, { signal })))(pause).catch((error) => {
      throw explain(context, error);
    });
  }
}
async function follow({ url, options, signal, timeoutMs }) {
  let first = httpUrl(url), at = first, { authorization: ownAuthorization = null, ...others } = options.headers ?? {}, authorization = authorizationOf(first) ?? ownAuthorization, { mayBePrivate } = options, start = new Set(typeof mayBePrivate == "function" ? [] : mayBePrivate), refusal = (address) => {
    let nearness = nearnessOf(address), isNamed = typeof mayBePrivate == "function" && isSameHost(first, at), mayBe = isNamed ? mayBePrivate(at.hostname) : isNotMorePrivate(nearness, start);
    isNamed && start.add(nearness);
    let what = `${isNamed ? "this host" : "another server referred the request to this host, which"} has a ${nearness} address`;
    return nearness === "public" || mayBe ? null : problem("http-private-address", what, at.href);
  }, lookup = guardedLookup(refusal), client = clientFor(signal, { allowRedirects: !1, socketTimeout: timeoutMs + 1e3 }, { lookup });
  for (let left = options.maxRedirects ?? 5; ; left--) {
    signal.throwIfAborted();
    let literal = literalAddress(at.hostname), refused = literal === null ? null : refusal(literal);
    if (refused !== null)
      throw refused;
    let headers = { ...others, ...authorization === null ? {} : { authorization } }, { method = "GET", body = null } = options, { message } = await client.request(method, at.href, body, headers), location = /^P/.test(method) ? void 0 : message.headers.location;
    if (!REDIRECTS.has(message.statusCode ?? 0) || location === void 0)
      return { message, url: at.href, start };
    if (message.destroy(), left === 0)
      throw problem("http-redirects", "redirected too many times", at.href);
    let next = httpUrl(new URL(location, at).href);
    if (at.protocol === "https:" && next.protocol === "http:")
      throw problem("http-downgrade", `redirected from https to ${redactUrl(next.href)}`, at.href);
    if (options.mayRedirect?.(at, next) === !1)
      throw problem("http-redirect-refused", `redirected to ${next.host}`, at.href);
    next.origin !== at.origin && (authorization = null), authorization = authorizationOf(next) ?? authorization, at = next;
  }
}
async function answerOf(context, { message, url, start }) {
  let status = message.statusCode ?? 0, headers = {};
  for (let [name, value] of Object.entries(message.headers))
    value !== void 0 && (headers[name] = Array.isArray(value) ? value.join(", ") : value);
  let whole = bodyOf(context, message), body = status >= 200 && status < 300 ? whole : await firstOf(whole, ERROR_BODY_BYTES);
  return { status, headers, body, url: redactUrl(url), start };
}
async function* bodyOf(context, message) {
  let received = 0;
  try {
    for await (let chunk of message)
      received += chunk.length, yield chunk;
  } catch (error) {
    if (context.signal.aborted)
      throw explain(context, error);
    let expected = message.headers["content-length"], expectedText = expected === void 0 ? "" : ` of ${expected}`;
    throw problem("http-cut", `the connection broke after ${received}${expectedText} bytes`, context.url);
  }
}
async function firstOf(body, limit) {
  let chunks = [], bytes = 0;
  for await (let chunk of body)
    if (chunks.push(chunk.subarray(0, limit - bytes)), bytes += chunk.length, bytes >= limit)
      break;
  return (async function* () {
    yield* chunks;
  })();
}
function httpUrl(text) {
  let url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw problem("http-bad-url", "not an http or https URL", text);
  return url;
}
function textOf(error, member) {
  return typeof error == "object" && error !== null ? String(Reflect.get(error, member) ?? "") : "";
}
function explain({ url, options, deadline, timeoutMs }, error) {
  if (error instanceof SeaworthyError)
    return error;
  if (options.signal?.aborted)
    return options.signal.reason;
  if (deadline.aborted)
    return problem("http-timeout", `no complete response within ${timeoutMs / 1e3} s`, url);
  let what = textOf(error, "message") || textOf(error, "code") || String(error), isUnknown = ["ENOTFOUND", "EAI_AGAIN"].includes(textOf(error, "code"));
  return problem("http-unreachable", isUnknown ? `the host name cannot be resolved here: ${what}` : what, url);
}
function silent({ url }, error) {
  return hasCode(error, "http-unreachable", "http-timeout") && error instanceof SeaworthyError ? new SeaworthyError({ ...error.problem, unreachable: [new URL(url).host] }, { cause: error }) : error;
}
function problem(code, what, url) {
  return new SeaworthyError({ code, what, where: redactUrl(url) });
}

export {
  of_connect,
  isSameHost,
  literalAddress,
  isInternal,
  guardedLookup,
  getStream
};
