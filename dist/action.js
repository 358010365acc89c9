import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall,
  nodeFault
} from "./chunk-start-node.js";
import "./chunk-empty.js";

var fault = nodeFault(process.versions.node, process.execPath);
fault === null ? (keepHeapSmall(), await import("./chunk-action-main.js")) : (process.stdout.write(`::error title=Seaworthy::${fault.trim().replaceAll(`
`, "%0A")}
`), process.exitCode = 1);
