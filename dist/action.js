import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall
} from "./chunk-start-node.js";
import "./chunk-empty.js";

// src/start/action.ts
keepHeapSmall();
await import("./chunk-action-main.js");
