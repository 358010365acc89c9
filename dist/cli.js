#!/usr/bin/env node
import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall
} from "./chunk-SPPPMBJ6.js";
import "./chunk-CZF5JNCG.js";

// src/start/node.ts
var NEEDED = 24;
function nodeFault(version, path) {
  if (Number.parseInt(version, 10) >= NEEDED) return null;
  const todo = `run it with Node ${NEEDED} or later (https://nodejs.org); what script/setup has fetched: . .cache/env`;
  return `Node ${NEEDED} is needed, and this is ${version}
${path}
${todo}
`;
}

// src/start/cli.ts
var fault = nodeFault(process.versions.node, process.execPath);
if (fault === null) {
  keepHeapSmall();
  await import("./main-FMKD4BNX.js");
} else {
  process.stderr.write(fault);
  process.exitCode = 2;
}
