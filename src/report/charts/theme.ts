import type { Config } from 'vega-lite'

/** Colours are custom properties of theme.css, so that one picture serves light, dark and print. */
export const config: Config = {
  background: 'transparent',
  // The page's own; Vega only guesses widths here, so none is as good as another.
  font: 'inherit',
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
