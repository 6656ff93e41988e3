import { Error as ERROR_LEVEL, parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

const silent = () => {
  const self = { level: () => self, error: () => self, warn: () => self, info: () => self, debug: () => self }
  return self as unknown as NonNullable<Parameters<typeof compile>[1]>['logger']
}

/** A Vega-Lite spec as an SVG element, drawn without a browser. Its warnings are a matter of the tests, not of whoever reads the report. */
export const renderSvg = async (spec: TopLevelSpec): Promise<string> => {
  const logger = silent()
  const compiled = compile(spec, logger === undefined ? {} : { logger })
  const view = new View(parse(compiled.spec), { renderer: 'none', logLevel: ERROR_LEVEL })
  const svg = await view.toSVG()
  view.finalize()
  return svg
}
