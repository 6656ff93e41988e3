/** `1 h 05 min`, `3 min 20 s`, `12 s`; `–` for what is not known. */
export const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–'
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
  return `${(seconds / 86400).toFixed(1)} days`
}
