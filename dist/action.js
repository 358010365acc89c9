import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall,
  nodeError
} from "./chunk-start-node.js";
import "./chunk-empty.js";

var error = nodeError(process.versions.node, process.execPath);
error === null ? (keepHeapSmall(), await import("./chunk-action-main.js")) : (process.stdout.write(`::error title=Seaworthy::${error.trim().replaceAll(`
`, "%0A")}
`), process.exitCode = 1);
