import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  PAYLOAD_TYPE,
  fingerprintOf,
  hintOf,
  openKey,
  readPublicKey,
  signStatement
} from "./chunk-io-sigstore-key-2.js";
import "./chunk-io-process-exec.js";
import "./chunk-of-node-stream-promises.js";
import "./chunk-io-files-files.js";
import "./chunk-actions-exec-lib-toolrunner.js";
import "./chunk-of-node-fs.js";
import "./chunk-of-node-timers-promises.js";
import "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";
export {
  PAYLOAD_TYPE,
  fingerprintOf,
  hintOf,
  openKey,
  readPublicKey,
  signStatement
};
