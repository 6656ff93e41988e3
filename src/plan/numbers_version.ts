/**
 * Version of the numbers that a training gives. It is part of every run's id, so raising it makes every finished run "to do". It is raised only
 * where the same spec and seed give other numbers than before, beyond rounding: `test/plan/numbers_version.test.ts` fails then.
 */
export const NUMBERS_VERSION = 1
