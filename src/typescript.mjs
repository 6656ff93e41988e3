// How TypeScript is run: tsx translates it on the fly and keeps the result in its cache. Every process and thread begins here.
import { register as registerHooks } from 'node:module'
import { register } from 'tsx/esm/api'

/** Lets this process or thread import TypeScript. */
export const registerTypeScript = () => {
  register()
  // After tsx, as the last one registered is asked first.
  registerHooks('./packages_as_they_are.mjs', import.meta.url)
}
