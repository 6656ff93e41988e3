// The parts of Vega that the report uses are published without types of their own; `vega` has them.
declare module 'vega-view' {
  export { View } from 'vega'
}
declare module 'vega-parser' {
  export { parse } from 'vega'
}
declare module 'vega-dataflow' {
  export const transforms: Record<string, unknown>
}
declare module 'vega-transforms'
declare module 'vega-encode'
declare module 'vega-view-transforms'
declare module 'vega-scenegraph' {
  export const textMetrics: { width: (item: { fontSize?: number; fontWeight?: number | string }, text: unknown) => number }
}
declare module 'vega-scale' {
  export const scale: unknown
}
