import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/start/node.ts
import { setFlagsFromString } from "node:v8";
var NEEDED = 24;
function nodeFault(version, path) {
  if (Number.parseInt(version, 10) >= NEEDED) {
    return null;
  }
  const todo = `run it with Node ${NEEDED} or later (https://nodejs.org); to use the one that script/setup fetched: . .cache/env`;
  return `Node ${NEEDED} is required, but this is ${version}
${path}
${todo}
`;
}
var LARGE = "assert child_process crypto dns fs fs/promises http http2 https perf_hooks process readline/promises stream/web util worker_threads zlib".split(" ");
async function keepHeapSmall() {
  await Promise.all(LARGE.map((name) => import(`node:${name}`)));
  setFlagsFromString("--semi-space-growth-factor=1");
}

export {
  nodeFault,
  keepHeapSmall
};
