import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  removeTemporary,
  removeTrialsOf
} from "./chunk-BJTRKCSZ.js";
import {
  connectEngine,
  removeRun
} from "./chunk-FXKZQUNG.js";
import {
  getState,
  info,
  warning
} from "./chunk-TVHGUMSX.js";
import "./chunk-QI6Z6OWB.js";
import "./chunk-YEL55IE5.js";
import "./chunk-FGTERCER.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";

// src/action/post.ts
async function main() {
  const runId = getState("run-id");
  if (!/^[0-9a-f]{12}$/.test(runId)) {
    return;
  }
  removeTemporary(runId);
  const engine = await connectEngine().catch(() => null);
  if (engine) {
    await removeTrialsOf(engine, runId);
    await removeRun(engine, runId);
  }
  info("nothing of the run is left");
}
await main().catch((error) => warning(`could not clean up: ${String(error)}`));
