import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'

/** Images that one of two networks gets right and the other does not. */
export type Discordant = { won: number; lost: number }

/** Counts over images in the same order: 1 right, 0 wrong. `won`: only `a` is right. */
export const discordant = (a: Uint8Array, b: Uint8Array): Discordant => {
  let won = 0
  let lost = 0
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference > 0) won++
    if (difference < 0) lost++
  }
  return { won, lost }
}

/**
 * Two-sided p of McNemar's exact test: whether two networks that were tested on the same images are right equally often. 1 where they
 * differ on none. Source: McNemar 1947; statsmodels' `mcnemar(exact=True)`.
 */
export const mcnemar = ({ won, lost }: Discordant): number =>
  won + lost === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(won, lost), won + lost, 0.5))
