import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  getStream,
  redactUrl
} from "./chunk-M2E74AYU.js";
import "./chunk-W4HYWW2N.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";
export {
  getStream,
  redactUrl
};
