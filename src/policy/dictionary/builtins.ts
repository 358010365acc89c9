/**
 * The built-in dictionaries, by number: Docker Bench's results for a good Debian application image. One that files
 * may extend is never changed: a change gets the next number, and the old ones stay.
 */
export type Builtins = Readonly<Record<number, string>>

/** The name of a built-in dictionary in messages: a place in it has no line that anybody could open. */
export const BUILTIN_FILE = 'the built-in dictionary'

/** The dictionary that applies if there is no file, and that a new file extends. */
export function newestOf(builtins: Builtins): number {
  return Math.max(...Object.keys(builtins).map(Number))
}

const VERSION_1 = `version: 1
numbering: dbs-1.6.1     # 5.1 is swarm mode; dbs-1.6.0: 5.1 is AppArmor
defaults:
  expect: [PASS]
  unlisted: action       # a result that is not in this file
  missing: action        # an id in this file without a result
  vacuous: action        # nobody looked at anything
not_applicable:
  "1": the host of the CI runner, not part of the image
  "2": the daemon of the CI runner
  "3": the daemon's files on the CI runner
  "6": what else lies on the CI runner
  "7": no swarm
  "5.1": the swarm state of the CI runner
  "4.2": no test for bases yet; see the check security-updates for the release
  "4.3": no test for needless packages yet
  "4.5": a variable of the client, nothing of the image
  "4.12": signatures are checked where the image is deployed
checks:
  "4.1": {title: user for the container, reason: must not run as root}
  "4.4": {expect: [NOTE], evidence: vulnerability-scan, reason: the check clair decides}
  "4.6": {title: HEALTHCHECK}
  "4.7": {title: update instructions, reason: apt-get update and install belong into one RUN}
  "4.8":
    expect: [NOTE]
    evidence: setuid-scan
    reason: what Debian's base brings (bullseye to trixie), and nothing else
    items:
      subset_of:
        - /bin/mount
        - /bin/su
        - /bin/umount
        - /sbin/unix_chkpwd
        - /usr/bin/chage
        - /usr/bin/chfn
        - /usr/bin/chsh
        - /usr/bin/expiry
        - /usr/bin/gpasswd
        - /usr/bin/mount
        - /usr/bin/newgrp
        - /usr/bin/passwd
        - /usr/bin/su
        - /usr/bin/umount
        - /usr/sbin/unix_chkpwd
        - /usr/bin/wall          # bullseye
        - /usr/bin/write
  "4.9": {title: COPY instead of ADD}
  "4.10": {expect: [NOTE], evidence: secret-scan, items: {max: 0}}
  "4.11": {expect: [NOTE], evidence: apt-signature-check, items: {max: 0}}
  # Asked only where the gate is given the run options of the application (run-options or compose-file).
  "5.2": {when: {host: apparmor}, reason: Debian and Ubuntu hosts have AppArmor}
  "5.3": {expect: [PASS, WARN], when: {host: selinux}, reason: SELinux is rare on Debian}
  "5.4": {}
  "5.5": {}
  "5.6": {}
  "5.7": {}
  "5.8": {}
  "5.9": {expect: [PASS, WARN], items: {subset_of: ["8080"], compare: port}, reason: the port of the service}
  "5.10": {}
  "5.11": {}
  "5.12": {}
  "5.13": {}
  "5.14": {}
  "5.15": {}
  "5.16": {}
  "5.17": {}
  "5.18": {}
  "5.19": {expect: [PASS, INFO], reason: the default ulimits will do}
  "5.20": {}
  "5.21": {}
  "5.22": {}
  "5.23": {expect: [NOTE], reason: about people who run docker exec}
  "5.24": {expect: [NOTE], reason: about people who run docker exec}
  "5.25": {}
  "5.26": {}
  "5.27": {}
  "5.28": {expect: [INFO], reason: about how images are pulled}
  "5.29": {}
  "5.30": {expect: [PASS, INFO], reason: the network is chosen where it is deployed}
  "5.31": {}
  "5.32": {}
`

const VERSION_2 = changed(
  VERSION_1,
  // The check security-updates reports what an image is built on (allowed-bases).
  [`  "4.2": no test for bases yet; see the check security-updates for the release\n`, ''],
  [
    `  "4.4": {expect: [NOTE], evidence: vulnerability-scan`,
    `  "4.2": {expect: [NOTE], evidence: base-image, reason: allowed-bases decides}\n  "4.4": {expect: [NOTE], evidence: vulnerability-scan`,
  ],
)

const VERSION_3 = changed(
  VERSION_2,
  // The rules themselves know which hosts these apply to, and options that switch them off count on every host.
  [
    `"5.2": {when: {host: apparmor}, reason: Debian and Ubuntu hosts have AppArmor}`,
    `"5.2": {reason: must not be switched off; not applicable on hosts without AppArmor}`,
  ],
  [
    `"5.3": {expect: [PASS, WARN], when: {host: selinux}, reason: SELinux is rare on Debian}`,
    `"5.3": {reason: must not be switched off; not applicable on hosts without SELinux}`,
  ],
)

export const BUILTINS: Builtins = { 1: VERSION_1, 2: VERSION_2, 3: VERSION_3 }

/** A dictionary with each of these texts, which occur once, replaced. */
function changed(text: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((all, [before, after]) => all.replace(before, () => after), text)
}
