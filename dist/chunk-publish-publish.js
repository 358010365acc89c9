import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  BENCH_COLUMNS,
  COLUMNS,
  FINDING_TABLES,
  MODES,
  OPTIONS_FORMS,
  UNTRUSTED,
  UNTRUSTED_MEANING,
  VERDICTS,
  addressOfPage,
  auditEndOf,
  benchOf,
  changeOf,
  changesOfPolicies,
  checkRunName,
  closed,
  compareVerdicts,
  countsText,
  createComment,
  cutToFit,
  deferredLine,
  deleteComment,
  dueLine,
  imageFacts,
  imageName,
  issueMark,
  limitList,
  listComments,
  modeLine,
  notPublished,
  opened,
  ownersAndKev,
  pageOfProblem,
  placedIn,
  platformName,
  policiesFrom,
  publishCheckRun,
  readComment,
  renderIssue,
  renderProblemReport,
  sectionOfTable,
  sendReport,
  shortHash,
  shortRows,
  statementLines,
  statementsOf,
  taskSections,
  tasksOf,
  tileText,
  tilesOf,
  updateComment,
  verdictIcon,
  verdictText,
  whole,
  worst,
  writerOf
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  connectGitHub,
  escapeMarkdown,
  escapeTerminal,
  githubProblem,
  mayBeDone,
  readGitHubRun,
  readPages,
  statusOf,
  untagged,
  visible
} from "./chunk-io-github-client.js";
import {
  of_setTimeout
} from "./chunk-of-node-timers-promises.js";
import {
  _enum,
  array,
  boolean,
  compareText,
  int,
  literal,
  plural,
  readOrNull,
  strictObject,
  string
} from "./chunk-zod-v4-core-schemas.js";

function analysisOf({ analysis }, env) {
  let run = readGitHubRun(env);
  if (run === null)
    return null;
  let [job] = run.step.split("/");
  return `${job}-${shortHash(JSON.stringify([run.workflow, run.step, analysis])).slice(0, 8)}`;
}
function jobIdOf({ workflow, step }, { job }) {
  return shortHash(JSON.stringify([workflow, step, job]));
}

var MAX_PAGES = 10;
async function listOpenIssues(api, { owner, repo }, creator) {
  let { list } = await readPages(
    MAX_PAGES,
    (page) => api.request("GET /repos/{owner}/{repo}/issues", { owner, repo, creator, state: "open", ...page })
  );
  return list.filter(({ pull_request: pull }) => pull === void 0).map(issueOf);
}
async function createIssue(api, { owner, repo }, issue) {
  await api.request("POST /repos/{owner}/{repo}/issues", { owner, repo, ...issue });
}
async function updateIssue(api, { owner, repo }, issue_number, { title, body, close }) {
  await api.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number,
    title,
    body,
    ...close ? { state: "closed", state_reason: "completed" } : {}
  });
}
function issueOf({ number, title, body, user }) {
  return { number: Number(number), title, body: body ?? "", author: user?.login ?? "" };
}

var text = string().max(4e3), count = int().min(0), hash = string().regex(/^[0-9a-f]{16}$/), COMMAND = /^[A-Za-z0-9 .+~:=_&'>/-]{1,6000}$/, LINES = /^[A-Za-z0-9 .,;+~:=_&'"()>#*@/\\[\]\n-]{1,6200}$/, PAGE = /^(?:https?:\/\/|docs\/)[\w.:/-]{1,500}\.md(#[\w.-]{1,100})?$/, ImageSchema = strictObject({
  name: text,
  platform: text.optional(),
  verdict: _enum(VERDICTS),
  todo: count
}), ThingSchema = strictObject({
  title: text,
  why: text,
  where: text,
  command: string().regex(COMMAND).nullable(),
  dockerfile: string().regex(LINES).nullable(),
  linesFor: _enum(OPTIONS_FORMS).optional(),
  page: string().regex(PAGE).nullable()
}), TABLES = ["blocking", "due", "accepted", "deferred", "unfixed", "noted"], RowSchema = array(text).min(1).max(20), TableSchema = strictObject({
  of: _enum(TABLES),
  total: count,
  findings: count,
  rows: array(RowSchema)
}), BenchSchema = strictObject({
  image: text.nullable(),
  counts: text,
  total: count,
  rows: array(RowSchema)
}), JobSchema = strictObject({
  key: hash,
  family: hash,
  settings: hash.exactOptional(),
  content: hash.exactOptional(),
  job: hash.exactOptional(),
  problem: literal(!0).exactOptional(),
  run: count,
  attempt: count,
  head: string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  url: string().regex(/^https?:\/\/[\w.:/%-]{1,300}$/),
  verdict: _enum(VERDICTS),
  mode: _enum(MODES),
  endsAudit: text.optional(),
  images: array(ImageSchema),
  things: array(ThingSchema),
  todo: count,
  tables: array(TableSchema),
  bench: array(BenchSchema),
  change: strictObject({ base: text, added: count, gone: count }).nullable(),
  untrusted: boolean(),
  policy: array(text),
  owners: array(strictObject({ image: text, line: text })).optional(),
  due: array(strictObject({ image: text, line: text })).optional(),
  deferred: array(strictObject({ image: text, line: text })).optional(),
  checks: array(strictObject({ image: text, line: text })).optional(),
  limits: array(strictObject({ image: text.nullable(), text: string().max(12e3) })),
  data: array(text)
});
function isLater(a, b) {
  return a.run === b.run ? a.attempt > b.attempt : a.run > b.run;
}
function latestHead(jobs) {
  let [first, ...more] = jobs;
  return first === void 0 ? null : more.reduce((so, job) => isLater(job, so) ? job : so, first).head;
}
function partOf(job, stored) {
  return stored.find((other) => isReplacedBy(other, job)) ?? null;
}
function isReplacedBy(other, job) {
  let isSameAttempt = other.run === job.run && other.attempt === job.attempt;
  return other.key === job.key && other.settings === job.settings && (!isSameAttempt || other.content === job.content);
}
var MAX_JOBS = 40;
function mergeJob(stored, job) {
  let head = latestHead(stored), same = partOf(job, stored);
  if (same !== null && isLater(same, job) || head !== null && head !== job.head && stored.some((other) => isLater(other, job)))
    return stored;
  let kept = stored.filter((other) => {
    let isEnded = other.problem === !0 && other.job === job.job;
    return isReplacedBy(other, job) || isEnded && isLater(job, other) || same === null && other.family === job.family && other.run < job.run ? !1 : head === job.head || other.head === head;
  }), orderOf = ({ key, settings = "", content = "" }) => `${key} ${settings} ${content}`, inOrder = (jobs) => jobs.toSorted((a, b) => compareText(orderOf(a), orderOf(b))), all = inOrder([...kept, job]);
  if (all.length <= MAX_JOBS)
    return all;
  let ofHead = all.filter((other) => other.head === job.head);
  return inOrder(ofHead.toSorted(compareVerdicts).slice(0, MAX_JOBS));
}
function mergeJobs(lists) {
  return lists.flat().sort((a, b) => a.run - b.run || a.attempt - b.attempt).reduce(mergeJob, []);
}

var MAX_TASKS = 20, MAX_ROWS = 100, MAX_NOTICES = 10, MAX_IMAGES = 50;
function jobOf(verdict, { pages = null, ...run }) {
  let several = verdict.images.length > 1, things = verdict.images.flatMap(
    (image) => tasksOf(image).map(({ title, why, where, command, example, exampleFor, dockerfileLines, page }) => ({
      title: visible(several ? `${visible(imageName(image), 60)}: ${title}` : title),
      why: visible(why),
      where: visible(where),
      command: matching(COMMAND, command),
      dockerfile: matching(LINES, example ?? dockerfileLines),
      ...exampleFor === "dockerfile" ? {} : { linesFor: exampleFor },
      page: matching(PAGE, addressOfPage(page, pages), page)
    }))
  ), deferred = linesOf(verdict, deferredLine), owners = linesOf(verdict, ownersAndKev), due = linesOf(verdict, dueLine), ending = auditEndOf(verdict), [policy, limits] = [changesOfPolicies(verdict), statementsOf(verdict, "limits")];
  return {
    ...run,
    untrusted: run.untrusted ?? !1,
    change: run.change === null ? null : { ...run.change, base: visible(run.change.base, 100) },
    verdict: verdict.verdict,
    mode: verdict.mode,
    ...ending === null ? {} : { endsAudit: visible(ending, 200) },
    images: verdict.images.slice(0, MAX_IMAGES).map((image) => ({
      name: visible(nameOf(image, verdict), 120),
      ...image.isOneOfSeveral && image.platform !== null ? { platform: visible(platformName(image.platform), 90) } : {},
      verdict: image.verdict,
      todo: tasksOf(image).length
    })),
    things: things.slice(0, MAX_TASKS),
    todo: things.length,
    tables: TABLES.map((of) => tableOf(verdict, of)),
    bench: benchesOf(verdict),
    policy: policy.slice(0, MAX_NOTICES).map((text2) => visible(text2)),
    ...owners.length === 0 ? {} : { owners },
    ...due.length === 0 ? {} : { due },
    ...deferred.length === 0 ? {} : { deferred },
    ...several ? {} : { checks: linesOf(verdict, (image) => `${tilesOf(image).map(tileText).join(" · ")}.`) },
    limits: several ? statementLines(limits).map((text2) => ({ image: null, text: text2 })) : limits,
    data: dataOf(verdict)
  };
}
function problemJobOf({ what, where, todo, code }, names, { pages = null, ...run }) {
  let task = {
    title: visible(`Nothing was judged: ${what.split(`
`)[0] ?? ""}`),
    why: visible(todo),
    where: visible(where),
    page: matching(PAGE, addressOfPage(pageOfProblem(code), pages))
  };
  return {
    ...run,
    untrusted: !1,
    problem: !0,
    verdict: "incomplete",
    mode: "enforce",
    images: names.slice(0, MAX_IMAGES).map((name) => ({
      name: visible(name, 120),
      verdict: "incomplete",
      todo: 1
    })),
    things: [{ ...task, command: null, dockerfile: null }],
    todo: 1,
    tables: [],
    bench: [],
    policy: [],
    limits: [],
    data: []
  };
}
function matching(form, ...texts) {
  return texts.find((one) => one !== null && form.test(one)) ?? null;
}
function nameOf(image, { images }) {
  let { reference, platform } = image;
  return platform === null || images.length > 1 ? imageName(image) : `${visible(reference, 90)} (${platformName(platform)})`;
}
function tableOf(verdict, of) {
  let { of: pick, brief } = FINDING_TABLES[of], placed = verdict.images.flatMap((image) => placedIn(image, pick(image)));
  return {
    of,
    total: placed.length,
    findings: verdict.images.reduce((sum, image) => sum + pick(image).length, 0),
    rows: rowsOf(brief, placed)
  };
}
function rowsOf(columns, subjects) {
  return subjects.slice(0, MAX_ROWS).map((one) => columns.map(({ cell, maxWidth }) => visible(cell(one).text, maxWidth)));
}
function linesOf({ images }, lineOf) {
  return images.slice(0, MAX_IMAGES).flatMap((image) => {
    let line = lineOf(image);
    return line === null ? [] : [{ image: visible(imageName(image), 120), line }];
  });
}
function benchesOf({ images }) {
  return images.slice(0, MAX_IMAGES).flatMap((image) => {
    let bench = benchOf(image);
    if (bench === null)
      return [];
    let rows = shortRows(bench);
    return { image: images.length === 1 ? null : visible(imageName(image), 120), counts: countsText(bench), total: rows.length, rows: rowsOf(BENCH_COLUMNS, rows) };
  });
}
function dataOf(verdict) {
  let [only] = verdict.images.length === 1 ? verdict.images : [], shortDigest = only === void 0 ? null : imageFacts(only).shortDigest;
  return [
    `judged as of ${verdict.today}`,
    ...policiesFrom(verdict).map((text2) => visible(text2, 300)),
    ...shortDigest === null ? [] : [visible(shortDigest)]
  ];
}

var STATE_LENGTH = 24e3, LIMITS_LENGTH = 16e3, OPEN = "<!-- seaworthy-legs ", CLOSE = " -->";
function markOf(workflow) {
  return `<!-- seaworthy-comment ${encodeURIComponent(workflow.toWellFormed()).replace(
    /[-!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`
  ).slice(0, 1e3)}${CLOSE}`;
}
function encodeJobs(jobs) {
  let part = (length) => Math.floor(length / Math.max(1, jobs.length)), jobTexts = jobs.map((job) => {
    let limits = fittingLimits(job.limits, part(LIMITS_LENGTH));
    return { ...shortened({ ...job, limits: [] }, part(STATE_LENGTH)), limits };
  });
  return `${OPEN}${escapedJson(jobTexts)}${CLOSE}`;
}
function fittingLimits(limits, size) {
  let kept = [], left = size;
  for (let limit of limits) {
    if (left -= escapedJson(limit).length + 1, left < 0) {
      let text2 = `and ${plural(limits.length - kept.length, "more line")} in the summary`;
      return [...kept, { image: null, text: text2 }];
    }
    kept.push(limit);
  }
  return kept;
}
function decodeJobs(body) {
  let start = body.lastIndexOf(OPEN);
  if (start === -1)
    return [];
  let end = body.indexOf(CLOSE, start), json = body.slice(start + OPEN.length, end);
  return readOrNull(() => array(JobSchema).parse(JSON.parse(json))) ?? [];
}
function escapedJson(value) {
  return JSON.stringify(value).replace(
    /[^ !"%'*-,./0-9:;=?A-Z[\\\]^_a-z{|}()$]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
}
function shortened(job, size) {
  if (escapedJson(job).length <= size)
    return job;
  let tables = job.tables.map((table) => ({ ...table, rows: [] })), { owners, checks, ...kept } = job, short = { ...kept, things: [], tables, bench: [] }, left = size - escapedJson(short).length, fits = (part) => {
    let length = escapedJson(part).length + 1;
    return length > left ? !1 : (left -= length, !0);
  };
  for (let thing of job.things)
    if (fits(thing))
      short.things.push(thing);
    else if (fits(bare(thing)))
      short.things.push(bare(thing));
    else
      break;
  checks !== void 0 && fits({ checks }) && (short.checks = checks), owners !== void 0 && fits({ owners }) && (short.owners = owners);
  let fitting = (rows) => {
    let end = rows.findIndex((row) => !fits(row));
    return rows.slice(0, end === -1 ? void 0 : end);
  };
  for (let [index, { rows }] of job.tables.entries())
    tables[index]?.rows.push(...fitting(rows));
  for (let table of job.bench) {
    if (!fits({ ...table, rows: [] }))
      break;
    short.bench.push({ ...table, rows: fitting(table.rows) });
  }
  return short;
}
function bare(thing) {
  return { ...thing, command: null, dockerfile: null, page: null };
}

var COMMENT_LIMIT = 65536, NAME_LENGTH = 120, MAX_FACTS = 12;
function renderComment(jobs, workflow) {
  let head = latestHead(jobs), current = jobs.filter((job) => job.head === head).sort((a, b) => compareVerdicts(a, b) || compareText(a.key, b.key)), earlier = jobs.filter((job) => job.head !== head), hidden = `
${encodeJobs(jobs)}
`, ofJobs = current.map((job) => sectionsOfJob(job, current.length > 1)), limits = statementLines(current.flatMap((job) => job.limits)), limitSection = limitList(limits.map((line) => escapeMarkdown(line, Number.POSITIVE_INFINITY))) ?? [], ofAll = [countsOf(current), limitSection].flat(), [only] = ofJobs.length === 1 ? ofJobs : [], sections = [
    whole(`${markOf(workflow)}
### ${headingOf(current)}

`),
    ...deduplicated(current, (job) => {
      let line = modeLine(job, job.endsAudit === void 0 ? null : escapeMarkdown(job.endsAudit, 200));
      return line === null ? [] : [`${line}.`];
    }),
    ...isUntrusted(current) ? [whole(`${UNTRUSTED_MEANING}

`)] : [],
    ...only === void 0 ? [...ofJobs.flatMap(({ todo, rest }) => [...todo, ...rest]), ...ofAll] : [...only.todo, ...ofAll, ...only.rest],
    ...deduplicated(current, ({ policy }) => policy.map((notice) => `**Policy:** ${escapeMarkdown(notice)}`)),
    ...earlier.map(earlierSection)
  ], pointer = `Not everything is shown here; the rest is in the ${summaries(current)}.

`;
  return cutToFit(sections, footer(current) + hidden, pointer, COMMENT_LIMIT);
}
function deduplicated(jobs, of) {
  return [...new Set(jobs.flatMap(of))].map((text2) => whole(`${text2}

`));
}
function countsOf(jobs) {
  let several = jobs.flatMap(({ images }) => images).length > 1;
  return jobs.flatMap(({ checks, owners, due, deferred }) => {
    let lines = [several ? [] : checks, owners, due, deferred].flatMap((of) => of ?? []);
    return [...Map.groupBy(lines, ({ image }) => image)].map(([image, of]) => {
      let name = several ? `${escapeMarkdown(image, NAME_LENGTH)}: ` : "";
      return { ...whole(`${name}${of.map(({ line }) => escapeMarkdown(line)).join(" ")}

`), kept: !0 };
    });
  });
}
function headingOf(jobs) {
  let headline = headlineOf(jobs);
  return isUntrusted(jobs) ? `⚪ ${UNTRUSTED}: ${headline}` : `${verdictIcon(jobs[0]?.verdict ?? "incomplete")} ${headline}`;
}
function isUntrusted(jobs) {
  return jobs.some(({ untrusted }) => untrusted);
}
function headlineOf(jobs) {
  let images = jobs.flatMap((job) => job.images), worst2 = jobs[0]?.verdict ?? "incomplete", taskCount = jobs.reduce((sum, job) => sum + job.todo, 0), [only] = images;
  if (images.length === 1 && only !== void 0)
    return verdictText(escapeMarkdown(only.name, NAME_LENGTH), only.verdict, only.todo);
  let released = worst2 === "pass" ? "may be released" : `may not be released: ${plural(taskCount, "task")}`, platforms = platformsOf(images);
  if (platforms !== null)
    return `${escapeMarkdown(platforms.name, NAME_LENGTH)} on ${images.length} platforms (${escapeMarkdown(platforms.text)}) ${released}`;
  let blocked = images.filter(({ verdict }) => verdict !== "pass").length;
  return `${worst2 === "pass" ? "" : `${blocked} of `}${images.length} images ${released}`;
}
function platformsOf(images) {
  let all = images.map(({ name, platform, verdict }) => {
    let end = ` (${platform ?? ""})`;
    return { name: name.endsWith(end) ? name.slice(0, -end.length) : null, platform, verdict };
  }), [first] = all;
  if (!first?.name || all.some(({ name }) => name !== first.name))
    return null;
  let texts = all.sort(compareVerdicts).map(({ platform, verdict }) => `${platform} ${verdict}`);
  return { name: first.name, text: texts.join(", ") };
}
function sectionsOfJob(job, several) {
  let lines = several || job.images.length > 1 ? [whole(`${linesOf2(job)}
`)] : [], left = { total: job.todo, elsewhere: " in the summary" }, tasks = job.things.map(({ dockerfile: lines2, linesFor, ...task }) => ({ ...task, lines: lines2, linesFor: linesFor ?? "dockerfile" })), isPass = job.verdict === "pass", tables = isPass ? [] : job.tables.filter(({ total }) => total > 0).map(tableOf2);
  return {
    todo: [...lines, ...isPass ? [] : taskSections(tasks, "", left), ...changeOf2(job)],
    rest: [...tables, ...benchOf2(job, several)]
  };
}
function benchOf2({ bench, images }, several) {
  let [only] = several && images.length === 1 ? images : [];
  return bench.map(({ image, counts, total, rows }) => {
    let name = image ?? only?.name ?? null, title = `Docker Bench${name === null ? "" : ` of ${escapeMarkdown(name, NAME_LENGTH)}`}: ${escapeMarkdown(counts)}`;
    return folded(title, BENCH_COLUMNS, rows, total);
  });
}
function linesOf2({ images, untrusted }) {
  return images.map(({ name, verdict, todo }) => `- ${untrusted ? "⚪" : verdictIcon(verdict)} ${verdictText(escapeMarkdown(name, NAME_LENGTH), verdict, todo)}
`).join("");
}
function changeOf2({ change }) {
  return change === null ? [] : [whole(`**Against ${escapeMarkdown(change.base, 100)}:** ${change.added} new, ${change.gone} gone.

`)];
}
function tableOf2({ of, total, findings, rows }) {
  let { title, brief } = FINDING_TABLES[of], whose = brief.indexOf(COLUMNS.owner), columns = rows.some((cells) => cells[whose]) ? brief : brief.filter((one) => one !== COLUMNS.owner);
  return folded(`${title} (${findings})`, columns, rows, total);
}
function folded(title, columns, rows, total) {
  let heads = columns.map(({ head: head2 }) => head2), escaped = rows.map((cells) => heads.map((_, index) => escapeMarkdown(cells[index] ?? ""))), [head, elsewhere] = [opened(title), " in the summary"];
  return sectionOfTable({ head, heads, rows: escaped, tail: closed, total, elsewhere });
}
function earlierSection({ images, head }) {
  let names = images.map(({ name }) => escapeMarkdown(name, NAME_LENGTH)).join(", ");
  return whole(`${names}: not judged for this commit yet; last judged for ${head.slice(0, 7)}.

`);
}
function footer(jobs) {
  let facts = [...new Set(jobs.flatMap(({ data }) => data))].slice(0, MAX_FACTS).map((fact) => escapeMarkdown(fact, 100)), head = jobs[0]?.head.slice(0, 7) ?? "";
  return `<sub>${[...facts, `commit ${head}`, summaries(jobs)].join(" · ")}</sub>
`;
}
function summaries(jobs) {
  return [...new Set(jobs.map(({ url }) => url))].slice(0, 3).map((url, index) => `[summary${index === 0 ? "" : ` ${index + 1}`}](${url})`).join(", ");
}

var ACTIONS = "github-actions[bot]", ATTEMPTS = 8, MAX_ERRORS = 3;
async function publishComment(api, run, options) {
  let author = await api.viewer() ?? ACTIONS, mark = markOf(run.workflow), isOurs = (comment) => comment.body.startsWith(`${mark}
`) && isWrittenBy(author, comment), { jobs, pull } = options, since;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let ours = (await listComments(api, run, pull, since)).filter(isOurs);
    if (ours.length === 0 && since !== void 0) {
      since = void 0;
      continue;
    }
    if (ours.length === 0 && !options.create)
      return [];
    let isDone = attempt === 0 ? isOutdated : isPublished;
    if (ours.length === 1 && jobs.every((job) => isDone(job, ours)))
      return [];
    try {
      let { updatedAt } = await write(api, run, ours, options);
      since = new Date(Date.parse(updatedAt) - 6e4).toISOString();
    } catch (error) {
      if (!mayHaveChanged(error, ours) || attempt >= MAX_ERRORS)
        throw error;
    }
    await (options.pause ?? of_setTimeout)(options.overwriteCheckMs * (0.75 + Math.random() * 0.5));
  }
  return ["other jobs kept changing the comment, so it might not include this run"];
}
function isOutdated(job, [only]) {
  let stored = decodeJobs(only?.body ?? "");
  return stored.length > 0 && mergeJob(stored, job) === stored;
}
function isPublished(job, ours) {
  let stored = decodeJobs(ours[0]?.body ?? ""), same = partOf(job, stored);
  return same?.run === job.run && same.attempt === job.attempt && same.head === job.head || isOutdated(job, ours) || partOf(job, mergeJob(stored, job)) === null;
}
function mayHaveChanged(error, ours) {
  return ours.length === 0 ? mayBeDone(error) : [404, 410].includes(statusOf(error) ?? 0);
}
async function write(api, run, ours, { jobs, pull }) {
  let bodyOf = (bodies) => renderComment(jobs.reduce(mergeJob, mergeJobs(bodies.map(decodeJobs))), run.workflow), [oldest, ...others] = [...ours].sort((a, b) => a.id - b.id);
  if (oldest === void 0)
    return createComment(api, run, pull, bodyOf([]));
  let now = await readComment(api, run, oldest.id), body = bodyOf([now, ...others].map((comment) => comment.body)), written = body === now.body ? now : await updateComment(api, run, oldest.id, body);
  for (let { id } of others)
    await removeComment(api, run, id);
  return written;
}
async function removeComment(api, run, id) {
  await deleteComment(api, run, id).catch((error) => {
    if (statusOf(error) !== 404)
      throw error;
  });
}
function isWrittenBy(login, { author, bot }) {
  return author === login || bot && author === `${login}[bot]`;
}

var TIMEOUT_MS = 12e4, SETTLE_MS = 1200;
async function publish(verdict, options) {
  let { token, checkRun, comment } = options, run = readGitHubRun(options.env), issue = options.issue && run?.scheduled === !0;
  if (!(checkRun || issue || comment !== "never" && run?.pull !== null) || token === null || run === null)
    return { checkRun: !1, notes: [] };
  let { timeoutMs = TIMEOUT_MS, backoffMs, pause } = options, connect = { token, apiUrl: run.apiUrl, timeoutMs, backoffMs, pause }, platform = options.platform ?? run.platform, parts = { verdict, options, run, platform, identity: identityOf(referencesOf(verdict), platform) }, attempt = async (what, permission, act) => {
    try {
      return { done: !0, notes: await act(await connectGitHub(connect)) };
    } catch (error) {
      return { done: !1, notes: [notPublished(error, what, permission)] };
    }
  }, [check, commented, filed] = await Promise.all([
    !checkRun || run.elsewhere ? NOT_PUBLISHED : attempt("the check run", "checks: write", (api) => sendCheckRun(api, parts)),
    comment === "never" || run.pull === null ? NOT_PUBLISHED : attempt("the comment", "pull-requests: write", (api) => sendComment(api, parts)),
    issue ? attempt("the issue", "issues: write", (api) => publishIssue(api, parts)) : NOT_PUBLISHED
  ]), notes = [
    ...checkRun && run.elsewhere ? [ELSEWHERE] : [],
    ...check.notes,
    ...commented.notes,
    ...filed.notes
  ];
  for (let note of notes)
    options.warn(escapeTerminal(note, 1e3));
  return { checkRun: check.done, notes };
}
async function publishProblem(problem, images, options) {
  let { token, env, timeoutMs = TIMEOUT_MS } = options, run = readGitHubRun(env);
  if (token === null || run === null)
    return !1;
  let attempt = async (what, permission, act) => {
    try {
      return await act(await connectGitHub({ token, apiUrl: run.apiUrl, timeoutMs })), !0;
    } catch (error) {
      let { what: reason } = githubProblem(error, what, permission);
      return options.warn(escapeTerminal(`${what} was not published: ${reason}`, 1e3)), !1;
    }
  }, platform = options.platform ?? run.platform, { key } = identityOf(images, platform), job = jobIdOf(run, options), [isPublished2] = await Promise.all([
    options.checkRun && !run.elsewhere && attempt("the check run", "checks: write", (api) => {
      let name = options.checkName ?? checkRunName(images, platform, key), id = `seaworthy-${options.runId}-${key}`;
      return sendReport(api, run, renderProblemReport(problem, run.pages), { name, id, job });
    }),
    options.comment !== "never" && run.pull !== null && attempt(
      "the comment",
      "pull-requests: write",
      (api) => sendProblem(api, run, problem, images, job, options)
    )
  ]);
  return isPublished2;
}
async function sendProblem(api, run, problem, images, job, { overwriteCheckMs = SETTLE_MS }) {
  if (run.pull === null)
    return;
  let { number, attempt, headSha: head, url, pages } = run, key = shortHash(JSON.stringify([job, "problem"])), jobs = [problemJobOf(problem, images, { key, family: key, job, run: number, attempt, head, url, change: null, pages })];
  await publishComment(api, run, { jobs, pull: run.pull.number, create: !1, overwriteCheckMs });
}
var ELSEWHERE = "no check run was published, because this run is about a pull request, and its commit is the default branch’s", NOT_PUBLISHED = { done: !1, notes: [] };
function sendCheckRun(api, { verdict, options, run, platform, identity }) {
  let name = options.checkName ?? checkRunName(referencesOf(verdict), platform, identity.key), id = `seaworthy-${options.runId}-${identity.key}`;
  return publishCheckRun(api, run, verdict, { name, id, job: jobIdOf(run, options) });
}
async function sendComment(api, { verdict, options, run, identity }) {
  if (run.pull === null)
    return [];
  let { number, attempt, headSha: head, url, pages } = run, settings = settingsOf(run, options), jobs = partsOf(verdict, identity).map(({ part, ...names }) => {
    let ofJob = { ...names, settings, content: contentOf(part), job: jobIdOf(run, options) };
    return jobOf(part, { ...ofJob, run: number, attempt, head, url, change: changeOf(part), pages });
  }), changed = jobs.some(({ change }) => change !== null && change.added + change.gone > 0), create = options.comment === "always" || verdict.verdict !== "pass" || options.comment === "changes" && changed, { overwriteCheckMs = SETTLE_MS, pause } = options;
  return publishComment(api, run, { jobs, pull: run.pull.number, create, overwriteCheckMs, pause });
}
function partsOf(verdict, identity) {
  if (!verdict.images.some(({ isOneOfSeveral }) => isOneOfSeveral))
    return [{ ...identity, part: verdict }];
  let name = ({ platform }) => platform === null ? "" : platformName(platform);
  return [...Map.groupBy(verdict.images, name)].map(([platform, images]) => {
    let part = { ...verdict, images, verdict: worst(images.map((one) => one.verdict)) };
    return { ...identityOf(referencesOf(part), platform), part };
  });
}
function settingsOf({ step }, { settings }) {
  return shortHash(JSON.stringify([step, settings]));
}
function contentOf({ images }) {
  return shortHash(JSON.stringify(images.map(({ digest, platform }) => [digest, platform])));
}
function referencesOf({ images }) {
  return images.map(({ reference }) => reference);
}
function identityOf(references, platform) {
  let names = [...new Set(references)];
  return {
    key: shortHash(JSON.stringify([names, platform])),
    family: shortHash(JSON.stringify([names.map(untagged), platform]))
  };
}
async function publishIssue(api, { verdict, options, run, platform }) {
  let images = [...new Set(verdict.images.map(({ reference }) => untagged(reference)))], { workflow } = run, { line } = options, key = shortHash(JSON.stringify([workflow, images, platform, line])), author = await api.viewer() ?? ACTIONS, mark = `${issueMark(key)}
`, ours = (await listOpenIssues(api, run, author)).filter((issue) => issue.author === author && issue.body.replaceAll(`\r
`, `
`).startsWith(mark)).sort((a, b) => a.number - b.number), passes = verdict.verdict === "pass", by = { run: run.number, settings: settingsOf(run, options) }, text2 = renderIssue(verdict, {
    key,
    by,
    of: { workflow, line, images },
    url: run.url,
    pages: run.pages
  }), [oldest, ...others] = ours;
  if (oldest === void 0)
    return passes || await createIssue(api, run, text2), [];
  let last = writerOf(oldest.body), isOthers = last !== null && last.settings !== by.settings && last.run >= run.number - 1;
  (!passes || !isOthers) && await updateIssue(api, run, oldest.number, { ...text2, close: passes });
  for (let { number, title, body } of others)
    await updateIssue(api, run, number, { title, body, close: !0 });
  return [];
}

export {
  analysisOf,
  jobOf,
  publishComment,
  publish,
  publishProblem,
  contentOf
};
