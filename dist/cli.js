#!/usr/bin/env node
import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall,
  nodeFault
} from "./chunk-65UHOJOP.js";
import "./chunk-CZF5JNCG.js";

// src/start/cli.ts
var fault = nodeFault(process.versions.node, process.execPath);
if (fault === null) {
  keepHeapSmall();
  await import("./main-7J4WRM2A.js");
} else {
  process.stderr.write(fault);
  process.exitCode = 2;
}
