// For a checkout that cannot keep a bundle: tsx translates each file on the fly and keeps the result in its own cache.
import { register as registerHooks } from 'node:module'
import { register } from 'tsx/esm/api'

/** Lets this process or thread import TypeScript. */
export const registerTypeScript = () => {
  register()
  // After tsx, as the last one registered is asked first.
  registerHooks('./packages_as_they_are.mjs', import.meta.url)
}
