/** How long an interrupted child may take to finish its step and write its checkpoint. */
export const INTERRUPT_GRACE_MS = 60_000
