#!/usr/bin/env node
import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall
} from "./chunk-SPPPMBJ6.js";
import "./chunk-CZF5JNCG.js";

// src/start/cli.ts
keepHeapSmall();
await import("./cli-2TPH7OYI.js");
