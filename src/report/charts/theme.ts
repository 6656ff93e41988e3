import type { Config } from 'vega-lite'

/** The page's type face; SVG text that is measured without a browser should look the same on it. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

/** Colours are custom properties of report.css, so that one picture serves light, dark and print. */
export const config: Config = {
  background: 'transparent',
  font: FONT,
  // A screen reader reads the panel's description and the data table; marks one by one would drown both.
  aria: false,
  padding: 2,
  view: { stroke: null },
  axis: {
    domainColor: 'var(--rule-strong)',
    gridColor: 'var(--rule)',
    gridOpacity: 1,
    tickColor: 'var(--rule-strong)',
    labelColor: 'var(--muted)',
    titleColor: 'var(--muted)',
    labelFontSize: 10,
    titleFontSize: 10,
    titleFontWeight: 'normal',
    tickSize: 3,
  },
  title: { color: 'var(--ink)', fontSize: 11, fontWeight: 600, anchor: 'start', frame: 'group', offset: 6 },
}
