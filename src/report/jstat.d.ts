/** The part of jStat (which ships no types) that the report uses. */
declare module 'jstat' {
  const jStat: {
    mean: (values: readonly number[]) => number
    /** Standard deviation; `sample` divides by n − 1. */
    stdev: (values: readonly number[], sample: boolean) => number
    /** Quantile functions. */
    studentt: { inv: (probability: number, degreesOfFreedom: number) => number }
    normal: { inv: (probability: number, mean: number, standardDeviation: number) => number }
  }
  export = jStat
}
