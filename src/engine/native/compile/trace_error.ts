/** Why a function cannot be written down as a graph; it can still be run op by op. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
}
