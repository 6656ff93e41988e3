import { nearest } from '../nearest.ts'
import { inYaml } from './flow_text.ts'
import type { Found, Rewrite } from './found.ts'

/** The word that somebody meant, as an edit. */
export const renamed = (word: string, known: readonly string[], at: Rewrite['at']): Pick<Found, 'fixes'> => {
  const near = nearest(word, known)
  return near === undefined ? {} : { fixes: [{ at, text: at.file.name.startsWith('--') ? near : inYaml(near) }] }
}
