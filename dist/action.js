import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall
} from "./chunk-SPPPMBJ6.js";
import "./chunk-CZF5JNCG.js";

// src/start/action.ts
keepHeapSmall();
await import("./main-IX6555VU.js");
