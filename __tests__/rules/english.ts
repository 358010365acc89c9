import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from '@swc/core'

/** Text that people read, and the line where it begins. */
export interface Passage {
  readonly line: number
  readonly text: string
}

/**
 * Phrases that make a native reader stop; CONTRIBUTING.md has better ones. "at hand" is also the grade of a base whose
 * layers only the engine has, and may stand where it is that.
 */
const REFUSED: readonly RegExp[] = [
  /\blaid to\b/gi,
  /\bmend(s|ed|ing)?\b/gi,
  /\banew\b/gi,
  /\bway out\b/gi,
  /\bfor want of\b/gi,
  /\b(can|could)( ?not|n['’]t) be had\b/gi,
  /\bat hand\b/gi,
  /\bgo(es)? before\b/gi,
  /\b(is|are) told\b/gi,
  /\bbeside\b/gi,
  /(?<!\bthere )\bis none\b(?! of\b)/gi,
]
const GRADE_OF_A_BASE = /\bproven\b|\bgrade\b|official image/i

/** "docs/a.md:3: beside" for each phrase. */
export function refusedPhrases(path: string, passages: readonly Passage[]): string[] {
  return passages.flatMap(({ line, text }) =>
    REFUSED.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(([found]) => {
        const isGrade = found.toLowerCase() === 'at hand' && GRADE_OF_A_BASE.test(text)
        return isGrade ? [] : [`${path}:${line}: ${found}`]
      }),
    ),
  )
}

/** What of a file people read. */
export function passagesOf(path: string, text: string): Passage[] {
  if (path.endsWith('.ts')) {
    return stringsOf(text)
  }
  if (path.endsWith('.md')) {
    // Code is a name or a quotation, and the target of a link is a path.
    const code = /`[^`\n]+`|(?<=\])\([^()\s]*\)/g
    return blocksOf(text, BLOCK_OF_MARKDOWN).map(({ line, text: prose }) => ({
      line,
      text: prose.replace(code, '``'),
    }))
  }
  return blocksOf(text, NO_COMMENT)
}

const BLOCK_OF_MARKDOWN = /^\s*$|^\s*([-*|#>]|\d+\.)/
/** In YAML and scripts comments alone go on in the next line. */
const NO_COMMENT = /^[ #]*$|^\s*[^#\s]/

/** Lines put together until the next one that begins something of its own: a phrase may go over the end of a line. */
function blocksOf(text: string, beginsAnother: RegExp): Passage[] {
  const blocks: Passage[] = []
  let isOver = true
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/^\s*#+ ?/, '').trim()
    const last = blocks.at(-1)
    if (last === undefined || isOver || beginsAnother.test(raw)) {
      blocks.push({ line: index + 1, text: line })
    } else {
      blocks[blocks.length - 1] = { ...last, text: `${last.text} ${line}`.trim() }
    }
    // A heading, and a line that is no comment, are of one line.
    isOver = beginsAnother === NO_COMMENT ? NO_COMMENT.test(raw) : raw.startsWith('#')
  }
  return blocks
}

type Node = { readonly [key: string]: unknown; readonly type: string }

/** Strings and templates of two words or more; with them it is not known who reads them, so all are looked at. */
function stringsOf(code: string): Passage[] {
  const module = parseSync(code, { syntax: 'typescript', target: 'es2024' }) as unknown as Node & Spanned
  const bytes = Buffer.from(code)
  // Positions count from the beginning of all that swc has parsed, and a module begins with its first word.
  const first = bytes.length - Buffer.from(code.slice(firstLetter(code))).length
  const lineAt = (position: number) =>
    bytes
      .subarray(0, position - module.span.start + first)
      .toString()
      .split('\n').length
  const found: Passage[] = []
  const visit = (node: Node & Partial<Spanned>): void => {
    const text = textOf(node)
    if (text?.trim().includes(' ') && node.span !== undefined) {
      found.push({ line: lineAt(node.span.start), text: text.replace(/\s+/g, ' ') })
    }
    for (const child of childrenOf(node)) {
      visit(child)
    }
  }
  visit(module)
  return found
}

interface Spanned {
  readonly span: { readonly start: number; readonly end: number }
}

function firstLetter(code: string): number {
  const [comments = ''] = /^(\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|#![^\n]*\n)*/.exec(code) ?? []
  return comments.length
}

function textOf(node: Node): string | null {
  if (node.type === 'StringLiteral') {
    return String(node.value)
  }
  if (node.type !== 'TemplateLiteral') {
    return null
  }
  return (node.quasis as { cooked?: unknown }[]).map(({ cooked }) => String(cooked ?? '')).join('…')
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .flatMap((value) => {
      const inner = value as { expression?: unknown; type?: unknown } | null
      if (typeof inner !== 'object' || inner === null) {
        return []
      }
      // Arguments and members of lists are wrapped without a type.
      return typeof inner.type === 'string'
        ? [inner as Node]
        : isNode(inner.expression)
          ? [inner.expression]
          : []
    })
}

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null | undefined)?.type === 'string'
}

const LINK = /\]\(<?([^()\s>]+)>?\)/g

/** Links of a Markdown file that lead to no file or no heading; addresses of other sites are not looked at. */
export function deadLinks(path: string, text: string, root: string): string[] {
  return proseLines(text).flatMap(({ line, text: prose }) =>
    [...prose.matchAll(LINK)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) {
        return []
      }
      return isDead(path, target, root) ? [`${path}:${line}: ${target} leads nowhere`] : []
    }),
  )
}

/** Pages that a message or a comment names, such as docs/verdict.md#severity, and that are not there. */
export function deadPages(path: string, text: string, root: string): string[] {
  return text
    .split('\n')
    .flatMap((plain, index) =>
      [...plain.matchAll(/(?<![\w./-])docs\/[\w./-]+\.md(#[\w-]+(?![\w<$-]))?/g)].flatMap(([page]) =>
        isDead('README.md', page, root) ? [`${path}:${index + 1}: ${page} leads nowhere`] : [],
      ),
    )
}

function isDead(from: string, target: string, root: string): boolean {
  const [file = '', anchor] = decodeURI(target).split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file))
  const onDisk = join(root, path)
  if (path.startsWith('..') || !existsSync(onDisk)) {
    return true
  }
  if (anchor === undefined) {
    return false
  }
  return statSync(onDisk).isDirectory() || !anchorsOf(readFileSync(onDisk, 'utf8')).has(anchor)
}

/** As GitHub makes them of headings. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const { text } of proseLines(markdown)) {
    const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(text) ?? []
    if (heading === undefined) {
      continue
    }
    const prose = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = prose.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')
    let [name, count] = [anchor, 0]
    while (anchors.has(name)) {
      count += 1
      name = `${anchor}-${count}`
    }
    anchors.add(name)
  }
  return anchors
}

/** Without what stands in fences. */
function proseLines(markdown: string): Passage[] {
  let fence: string | null = null
  return markdown.split('\n').flatMap((text, index) => {
    const [, mark = null] = /^\s*(```+|~~~+)/.exec(text) ?? []
    if (mark !== null && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null
      return []
    }
    return fence === null ? [{ line: index + 1, text }] : []
  })
}

/** Files below these folders, and these files, by their ending; paths from the root. */
export function filesBelow(root: string, places: readonly string[], ending: RegExp): string[] {
  return places.flatMap((place) => {
    if (!statSync(join(root, place)).isDirectory()) {
      return [place]
    }
    const names = readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
    return names
      .filter((name) => ending.test(name) && !name.includes('node_modules'))
      .map((name) => `${place}/${name}`)
      .sort()
  })
}
