import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  redactUrl
} from "./chunk-io-http-url.js";
import {
  require_http,
  require_https
} from "./chunk-actions-http-client-lib-index.js";
import {
  SeaworthyError
} from "./chunk-zod-v4-core-schemas.js";
import {
  __toESM
} from "./chunk-empty.js";

var import_node_http = __toESM(require_http(), 1), import_node_https = __toESM(require_https(), 1);
function exchangeText(url, options) {
  let { signal, body, dial, lookup } = options, text = body === void 0 ? void 0 : JSON.stringify(body), headers = { accept: "application/json", ...options.headers };
  text !== void 0 && (headers["content-type"] = "application/json", headers["content-length"] = Buffer.byteLength(text));
  let send = url.startsWith("https:") ? import_node_https.request : import_node_http.request;
  return new Promise((resolve, reject) => {
    let method = text === void 0 ? "GET" : "POST", { hostname, port } = new URL(url), connecting = { ...lookup && { lookup }, ...(dial && { createConnection: () => dial(hostname, Number(port)) }) ?? { agent: !1 } }, sent = send(url, { method, headers, signal, ...connecting }, (answer) => {
      let status = answer.statusCode ?? 0;
      if (status === 429)
        return answer.on("error", () => {
        }).destroy(), resolve({ status, text: "" });
      bodyOf(answer, redactUrl(url)).then((body2) => ({ status, text: body2.toString("utf8") })).then(resolve, reject);
    });
    sent.on("error", reject), sent.end(text);
  });
}
var LIMIT = 64 * 2 ** 20;
async function bodyOf(answer, where, limit = LIMIT) {
  let chunks = [], size = 0;
  for await (let chunk of answer) {
    if (size += chunk.length, size > limit) {
      let what = `the response is larger than ${limit / 1048576} MiB; the rest was not read`;
      throw new SeaworthyError({ code: "answer-too-large", what, where });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export {
  exchangeText,
  bodyOf
};
