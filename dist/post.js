import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getState,
  info,
  warning
} from "./chunk-IAAQLWWS.js";
import {
  connectEngine,
  removeRun,
  removeTemporary
} from "./chunk-FBQ6UNN3.js";
import "./chunk-TNC5PSVS.js";
import "./chunk-ZK5NLULM.js";

// src/post.ts
async function main() {
  const runId = getState("run-id");
  if (!/^[0-9a-f]{12}$/.test(runId)) return;
  removeTemporary(runId);
  const engine = await connectEngine().catch(() => null);
  if (engine) await removeRun(engine, runId);
  info("nothing of the run is left");
}
await main().catch((error) => warning(`could not clean up: ${String(error)}`));
