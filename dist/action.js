import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  keepHeapSmall
} from "./chunk-65UHOJOP.js";
import "./chunk-CZF5JNCG.js";

// src/start/action.ts
keepHeapSmall();
await import("./main-MNVYWGIL.js");
