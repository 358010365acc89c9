import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream
} from "./chunk-io-http-http-2.js";
import "./chunk-io-http-backoff.js";
import "./chunk-of-node-timers-promises.js";
import {
  redactUrl
} from "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";
export {
  getStream,
  redactUrl
};
