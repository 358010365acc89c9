import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/start/node.ts
import { setFlagsFromString } from "node:v8";
var NEEDED = 24;
function nodeFault(version, path) {
  if (Number.parseInt(version, 10) >= NEEDED) {
    return null;
  }
  const todo = `run it with Node ${NEEDED} or later (https://nodejs.org); what script/setup has fetched: . .cache/env`;
  return `Node ${NEEDED} is needed, and this is ${version}
${path}
${todo}
`;
}
function keepHeapSmall() {
  setFlagsFromString("--semi-space-growth-factor=1");
}

export {
  nodeFault,
  keepHeapSmall
};
