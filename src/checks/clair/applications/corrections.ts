/** Why a record does not apply to a program on Linux, by the reason's key. */
export const CORRECTION_TEXTS = {
  windows: 'it is about Windows only',
  'windows-macos': 'it is about Windows and macOS only',
  rejected: 'the CVE programme has rejected it: it names a branch that is past its end, and no vulnerability',
  duplicate: 'it is rejected or a duplicate: the project’s own list does not have it',
  module: 'it is about a module that is not part of the program',
} as const
type CorrectionReason = keyof typeof CORRECTION_TEXTS

/**
 * Records of Bitnami that are wrong for programs on Linux, since they are generated from the CVE programme's ranges: a
 * program, a CVE and the reason in each line. The list is a part of Seaworthy, so that no checkout, image or feed can
 * extend it. A new line needs the CVE's own record as proof; reports link to that record.
 */
const CORRECTION_LINES = `
node CVE-2021-22921 windows
node CVE-2022-32223 windows
node CVE-2023-30585 windows
node CVE-2024-3566 windows
node CVE-2024-27980 windows
node CVE-2024-36138 windows
node CVE-2025-23084 windows
node CVE-2025-27210 windows
node CVE-2025-23087 rejected
node CVE-2025-23088 rejected
node CVE-2025-23089 rejected
node CVE-2025-23090 duplicate
node CVE-2025-23122 duplicate
python CVE-2020-8315 windows
python CVE-2020-15523 windows
python CVE-2020-15801 windows
python CVE-2022-26488 windows
python CVE-2026-3298 windows
postgresql CVE-2020-10733 windows
httpd CVE-2020-13938 windows
httpd CVE-2022-28330 windows
httpd CVE-2024-40898 windows
httpd CVE-2024-43394 windows
httpd CVE-2025-59775 windows
php CVE-2020-7061 windows
php CVE-2021-21706 windows
php CVE-2024-1874 windows
php CVE-2024-4577 windows
php CVE-2024-5585 windows
ruby CVE-2021-28966 windows
tomcat CVE-2023-42794 windows
tomcat CVE-2025-49124 windows
mariadb CVE-2020-28912 windows
mariadb CVE-2026-44170 windows
mongodb CVE-2023-1409 windows-macos
mongodb CVE-2025-12893 windows-macos
rabbitmq CVE-2020-5419 windows
rabbitmq CVE-2021-22117 windows
wordpress CVE-2024-32111 windows
redis CVE-2026-25588 module
redis CVE-2026-25589 module
`

/** `CORRECTION_LINES` as a map: "program CVE" -> reason. */
export const CORRECTIONS: ReadonlyMap<string, CorrectionReason> = new Map(
  CORRECTION_LINES.trim()
    .split('\n')
    .map((line) => {
      const [program, id, why] = line.split(' ')
      return [`${program} ${id}`, why as CorrectionReason] as const
    }),
)
