#!/usr/bin/env node
const { registerTypeScript } = await import('../src/typescript.mjs').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write("ferment's packages are not installed. Run: npm ci\n")
  process.exit(1)
})

registerTypeScript()
const { main } = await import('../src/cli.ts')
await main(process.argv)
