/** Commands that sentences quote, for people to copy: wherever text is wrapped, each stays on one line. */

export const CLEAR_BITS_COMMAND = 'find / -xdev -perm /6000 -type f -exec chmod a-s {} +'

export function recordCommand(image: string): string {
  return `seaworthy dictionary record ${image} --owner NAME --reason "TEXT"`
}

export function purgeCommand(name: string): string {
  return `dpkg --purge --force-remove-reinstreq ${name}`
}

const ANY = '*'
const FORMS = [CLEAR_BITS_COMMAND, recordCommand(ANY), purgeCommand(ANY)]

/** All of them in a text, with what comes directly behind. An argument from outside has no spaces. */
export const QUOTED_COMMANDS = new RegExp(
  FORMS.map((form) => form.split(ANY).map(RegExp.escape).join(String.raw`\S+`)).join('|'),
  'g',
)
