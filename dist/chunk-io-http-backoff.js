import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  HttpClient
} from "./chunk-actions-http-client-lib-index.js";

function pauseBefore(attempt, backoffMs, requestedMs) {
  return Math.max(requestedMs ?? 0, backoffMs * 2 ** attempt * (0.5 + Math.random()));
}
function retryAfterMs(field, now = Date.now()) {
  let delay = /^\d+$/.test(String(field)) ? Number(field) * 1e3 : Date.parse(String(field)) - now;
  return Number.isNaN(delay) ? null : delay;
}

function clientFor(signal, options, more = {}) {
  let handler = {
    prepareRequest: (request) => {
      Object.assign(request, { signal, ...more });
    },
    canHandleAuthentication: () => !1,
    handleAuthentication: () => Promise.reject(new Error("not used"))
  };
  return new HttpClient("seaworthy", [handler], options);
}

export {
  pauseBefore,
  retryAfterMs,
  clientFor
};
