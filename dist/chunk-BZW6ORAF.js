import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  statusOf
} from "./chunk-OZPFDQMC.js";

// src/io/github/repository.ts
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

// src/io/github/pages.ts
var PAGE = 100;
async function readPages(most, ask) {
  const list = [];
  for (let page = 1; page <= most; page++) {
    const { data } = await ask({ per_page: PAGE, page });
    list.push(...data);
    if (data.length < PAGE) {
      return { list, whole: true };
    }
  }
  return { list, whole: false };
}

// src/io/github/repository.ts
var MOST_CHARACTERS = 5e6;
async function parentsOf(api, { owner, repo }, commit_sha) {
  const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
  const { data } = await api.request(route, { owner, repo, commit_sha });
  return data.parents.map(({ sha }) => sha);
}
async function textAtCommit(api, { owner, repo }, ref, path) {
  const route = "GET /repos/{owner}/{repo}/contents/{path}";
  const headers = { accept: "application/vnd.github.raw+json" };
  try {
    const data = (await api.request(route, { owner, repo, path, ref, headers })).data;
    const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
    if (typeof text !== "string") {
      throw new Error(`${path} is no file`);
    }
    if (text.length > MOST_CHARACTERS) {
      throw new Error(`${path} is larger than ${MOST_CHARACTERS} characters`);
    }
    return text;
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw error;
  }
}
var MOST_PAGES = 100;
async function listTags(api, { owner, repo }) {
  const { list, whole } = await readPages(
    MOST_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/tags", { owner, repo, ...page })
  );
  if (!whole) {
    throw new Error(`there are more than ${list.length} tags`);
  }
  return list.map(({ name }) => name);
}
async function isSameAtHead(api, run, path) {
  try {
    const content = readFileSync(join(run.workspace, path));
    const { owner, repo, headSha: ref } = run;
    const route = "GET /repos/{owner}/{repo}/contents/{path}";
    const { data } = await api.request(route, { owner, repo, path, ref });
    return !Array.isArray(data) && data.sha === blobSha(content, data.sha);
  } catch {
    return false;
  }
}
function blobSha(content, like) {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}

export {
  readPages,
  parentsOf,
  textAtCommit,
  listTags,
  isSameAtHead,
  blobSha
};
