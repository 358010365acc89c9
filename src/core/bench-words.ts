/** The words of a Docker Bench result, from the best to the worst; there is no other. NOTE: nobody has looked. */
export const BENCH_WORDS = ['PASS', 'NOTE', 'INFO', 'WARN'] as const
export type BenchWord = (typeof BENCH_WORDS)[number]
