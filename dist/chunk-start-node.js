import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
var HOME = fileURLToPath(new URL("..", import.meta.url)), NEEDED = 24;
function nodeError(version, path, home = HOME) {
  if (Number.parseInt(version, 10) >= NEEDED)
    return null;
  let fetched = join(home, ".cache/env"), other = existsSync(fetched) ? `; to use the Node that script/demo fetched, run: . ${fetched}` : "", advice = `run it with Node ${NEEDED} or later (https://nodejs.org)${other}`;
  return `Node ${NEEDED} is required, but this is ${version}
${path}
${advice}
`;
}
var LARGE = "assert child_process crypto dns fs fs/promises http https process readline/promises stream/web util worker_threads zlib".split(
  " "
);
function keepHeapSmall() {
  for (let name of LARGE)
    process.getBuiltinModule(`node:${name}`);
  setFlagsFromString("--semi-space-growth-factor=1"), setFlagsFromString("--heap-growing-percent=100");
}

export {
  nodeError,
  keepHeapSmall
};
