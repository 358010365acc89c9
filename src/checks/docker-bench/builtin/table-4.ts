import type { BenchCheck } from '../result.js'

const image = { section: '4', about: 'image' } as const
const byHand = { ...image, words: ['NOTE'] } as const

/** Titles and advice for section 4, in our own words. */
export const CHECKS_4 = {
  '4.1': {
    ...image,
    title: 'The image does not run as root',
    advice:
      'Create a user in the Dockerfile, and specify it by number in the last USER instruction, such as USER 10001.',
    words: ['PASS', 'WARN', 'INFO'],
  },
  '4.2': {
    ...byHand,
    title: 'The base image is trusted',
    advice: 'Pin the base image by digest in FROM, and list the permitted base images in allowed-bases.',
  },
  '4.3': {
    ...byHand,
    title: 'The image contains no unnecessary packages',
    advice:
      'Install with --no-install-recommends, and leave compilers and editors in an earlier build stage.',
  },
  '4.4': {
    ...byHand,
    title: 'The image is scanned, and rebuilt for security updates',
    advice:
      'Use the results of the "security-updates" and "clair" checks, and rebuild the image on a schedule.',
  },
  '4.5': {
    title: 'Docker Content Trust is switched on',
    section: '4',
    about: 'host',
    advice:
      'Sign images and check the signatures at deployment; DOCKER_CONTENT_TRUST is a setting of the client, not of the image.',
    words: ['PASS', 'WARN'],
  },
  '4.6': {
    ...image,
    title: 'The image has a health check',
    advice: 'Add a HEALTHCHECK instruction with a command that fails when the service does.',
    words: ['PASS', 'WARN'],
  },
  '4.7': {
    ...image,
    title: 'Every RUN that refreshes the package lists also installs packages',
    advice:
      'Put apt-get update and apt-get install in the same RUN, so that no cached layer contains old package lists.',
    words: ['PASS', 'INFO'],
  },
  '4.8': {
    ...byHand,
    title: 'No file has an unnecessary setuid or setgid bit',
    advice: 'Clear the bits in the last RUN: find / -xdev -perm /6000 -type f -exec chmod a-s {} +',
  },
  '4.9': {
    ...image,
    title: 'Files are added with COPY, not with ADD',
    advice:
      'Use COPY for local files; for archives and URLs, use RUN with curl and a checksum, or ADD --checksum.',
    words: ['PASS', 'INFO'],
  },
  '4.10': {
    ...byHand,
    title: 'The environment, build arguments and history contain no secrets',
    advice:
      'Pass secrets with RUN --mount=type=secret at build time and as files at run time; replace any that have leaked.',
  },
  '4.11': {
    ...byHand,
    title: 'Packages come from verified sources',
    advice:
      'Let apt check signatures: do not use trusted=yes or --allow-unauthenticated, and specify the keys in Signed-By.',
  },
  '4.12': {
    ...byHand,
    title: 'Signatures of downloaded artifacts are checked',
    advice: 'Check the signature or checksum of everything that the build downloads.',
  },
} as const satisfies Readonly<Record<string, BenchCheck>>
