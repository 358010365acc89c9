import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  removeTemporary,
  removeTrialsOf
} from "./chunk-io-files-temporary.js";
import {
  connectEngine,
  removeRun
} from "./chunk-io-engine-docker.js";
import "./chunk-io-files-files.js";
import {
  getState,
  info,
  warning
} from "./chunk-actions-core-lib-summary.js";
import "./chunk-io-http-plain-http.js";
import "./chunk-actions-exec-lib-toolrunner.js";
import "./chunk-of-node-fs.js";
import "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import "./chunk-model-json.js";
import "./chunk-zod-v4-core-schemas.js";
import "./chunk-empty.js";

async function main() {
  let runId = getState("run-id");
  if (!/^[0-9a-f]{12}$/.test(runId))
    return;
  removeTemporary(runId);
  let engine = await connectEngine().catch(() => null);
  engine && (await removeTrialsOf(engine, runId), await removeRun(engine, runId)), info("cleaned up: nothing from this run is left over");
}
await main().catch((error) => warning(`could not clean up: ${String(error)}`));
