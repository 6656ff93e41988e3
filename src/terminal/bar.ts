/** `███░░`. `share`: in [0, 1]; `width`: in characters. */
export const bar = (share: number, width: number): string => {
  const done = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '█'.repeat(done) + '░'.repeat(width - done)
}
