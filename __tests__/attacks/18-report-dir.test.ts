import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { reportOfStep, runStep, type Step } from '../live/act/dist.js'
import { NO_BENCH, newFolder, ROOT } from '../live/support.js'
import { anImageWith } from './bundle.js'

/**
 * The author of a pull request commits `seaworthy-report`: as a link, so that the gate writes where it leads and the next
 * step uploads what lies there; or as a folder with files that are uploaded as the gate's own, most of all where the gate
 * ended early.
 */

const TOKEN = 'token-of-the-runner'
/** One that anybody may have made: the gate has not written it. */
const FORGED = '<h1>PASS</h1>'

/** What the next step of the release example uploads after this one; links are followed, as actions/upload-artifact does. */
function uploaded({ outputs, folder }: Step, reportDir = 'seaworthy-report'): readonly string[] {
  const { jobs } = load(readFileSync(join(ROOT, 'examples/workflows/release.yml'), 'utf8')) as {
    readonly jobs: { readonly image: { readonly steps: readonly UploadStep[] } }
  }
  const step = jobs.image.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))
  const known = outputs['report-dir'] ?? ''
  if (step?.if?.includes("steps.gate.outputs.report-dir != ''") && known === '') {
    return []
  }
  return (step?.with?.path ?? '')
    .split('\n')
    .map((path) => path.trim().replace(/^\$\{\{ steps\.gate\.outputs\.report-dir \}\}$/, known))
    .map((path) => (path === 'seaworthy-report' ? reportDir : path))
    .filter((path) => path !== '' && existsSync(join(folder, path)))
    .flatMap((path) => readdirSync(join(folder, path)).map((name) => `${path}/${name}`))
}

interface UploadStep {
  readonly uses?: string
  readonly if?: string
  readonly with?: { readonly path?: string }
}

function aRunnersFolder(): string {
  const folder = join(newFolder(), 'docker')
  mkdirSync(folder)
  writeFileSync(join(folder, 'config.json'), TOKEN)
  return folder
}

const image = anImageWith({
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 5.3\nArchitecture: amd64\n',
})
const inputs = { image, checks: 'docker-bench', 'bench-source': NO_BENCH, 'check-run': 'false' }
const reported = (which: string, step: Step, where: readonly string[], upload: readonly string[]) =>
  process.stdout.write(
    `  attack 18, ${which}: the link leads to ${where.join(' ')}; uploaded is ${upload.join(' ') || 'nothing'}; exit ${step.code}\n`,
  )

test.each([
  ['report-dir itself', { 'report-dir': 'seaworthy-report' }, 'seaworthy-report', ''],
  ['a folder above it', { 'report-dir': 'out/gate' }, 'out', 'gate'],
])(
  'when %s is a link, then nothing is written behind it, and nothing of there is uploaded',
  async (which, more, link, below) => {
    const target = aRunnersFolder()
    mkdirSync(join(target, below), { recursive: true })
    writeFileSync(join(target, below, 'config.json'), TOKEN)
    const step = await runStep('action', { ...inputs, ...more }, { links: { [link]: target } })
    const upload = uploaded(step, more['report-dir'])
    reported(which, step, readdirSync(join(target, below)), upload)
    expect(readdirSync(join(target, below))).toEqual(['config.json'])
    expect(upload).toEqual([])
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    expect(step.stdout).toContain('is a link')
    // Nor by a workflow that names the folder itself.
    expect(existsSync(join(step.folder, more['report-dir']))).toBe(false)
  },
)

test('when the folder for evidence is a link, then nothing is written behind it either', async () => {
  const target = join(newFolder(), 'empty')
  mkdirSync(target)
  const step = await runStep(
    'action',
    { ...inputs, 'save-evidence': 'seaworthy-evidence' },
    { links: { 'seaworthy-evidence': target } },
  )
  reported('the folder for evidence', step, readdirSync(target), uploaded(step))
  expect(readdirSync(target)).toEqual([])
  expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
  expect(existsSync(join(step.folder, 'seaworthy-evidence'))).toBe(false)
})

test.each([
  ['ends early', { ...inputs, timeout: 'soon' }],
  ['runs to its end', inputs],
])(
  'when the folder holds committed files and the gate %s, then they are not uploaded as its own',
  async (which, inputs) => {
    const files = {
      'seaworthy-report/summary.html': FORGED,
      'seaworthy-report/report.json': '{"verdict":"pass"}',
    }
    const step = await runStep('action', inputs, { files })
    const upload = uploaded(step)
    reported(`committed files, ${which}`, step, ['nowhere'], upload)
    expect(upload).toEqual([])
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    expect(existsSync(join(step.folder, 'seaworthy-report/report.json'))).toBe(false)
    expect(step.stdout).toContain('summary.html')
  },
)

test('when the folder holds reports of an earlier run alone, then they are replaced', async () => {
  const files = { 'seaworthy-report/report.json': '{"verdict":"pass"}', 'seaworthy-report/update.json': '{}' }
  const step = await runStep('action', inputs, { files })
  expect(step.outputs).toMatchObject({ verdict: 'fail', 'report-dir': 'seaworthy-report' })
  expect(reportOfStep(step).verdict).toBe('fail')
  expect(uploaded(step)).toContain('seaworthy-report/report.json')
  expect(uploaded(step)).not.toContain('seaworthy-report/update.json')
})
