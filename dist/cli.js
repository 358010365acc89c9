#!/usr/bin/env node
import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall,
  nodeFault
} from "./chunk-start-node.js";
import "./chunk-empty.js";

var fault = nodeFault(process.versions.node, process.execPath);
fault === null ? (keepHeapSmall(), await import("./chunk-cli-main.js")) : (process.stderr.write(fault), process.exitCode = 2);
