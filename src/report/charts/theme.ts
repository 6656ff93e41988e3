import type { Config } from 'vega-lite'

/** The face that the page embeds and that text is measured with. */
const FONT = 'Inter, system-ui, sans-serif'

/** Colours are custom properties of theme.css, so that one picture serves light, dark and print. */
export const config: Config = {
  background: 'transparent',
  font: FONT,
  // A screen reader reads the picture's description and the data table; marks one by one would drown both.
  aria: false,
  padding: { left: 0, right: 2, top: 0, bottom: 3 },
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: 'var(--rule)',
    labelColor: 'var(--muted)',
    labelFontSize: 11,
    labelPadding: 6,
    labelLimit: 0,
    labelFlush: false,
    titleColor: 'var(--muted)',
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  title: { color: 'var(--ink)', fontSize: 11.5, fontWeight: 600, anchor: 'start', frame: 'group', offset: 6 },
  text: { color: 'var(--ink)', fontSize: 11.5 },
  rule: { color: 'var(--rule-strong)' },
}

/** The sign of a claim, of side 2 about the middle. */
const DIAMOND = 'M0,-1L1,0L0,1L-1,0Z'

/** An open diamond: what the paper claims. */
export const claimMark = (size = 34) =>
  ({
    type: 'point',
    shape: DIAMOND,
    size,
    fill: 'var(--page)',
    stroke: 'var(--ink)',
    strokeWidth: 1.5,
    opacity: 1,
    fillOpacity: 1,
  }) as const

/** Colours of verdicts; never the only sign of one. */
export const verdictScale = {
  domain: ['agrees', 'differs', 'open', 'not_comparable', 'no_claim'],
  range: ['var(--agrees)', 'var(--differs)', 'var(--open)', 'var(--warn)', 'var(--open)'],
}

/** Signs of verdicts, of side 2 about the middle: a tick, an unequal sign, a wave, a ring. */
export const verdictShapes: Readonly<Record<string, string>> = {
  agrees: 'M-0.9,0.1L-0.25,0.75L0.95,-0.75',
  differs: 'M-0.95,-0.3L0.95,-0.3M-0.95,0.35L0.95,0.35M0.5,-0.95L-0.5,1',
  open: 'M-0.95,0.25C-0.55,-0.55,-0.25,-0.45,0,0C0.25,0.45,0.55,0.5,0.95,-0.25',
  not_comparable: 'M-0.8,0A0.8,0.8,0,1,1,0.8,0A0.8,0.8,0,1,1,-0.8,0Z',
}

/** Signed points with a true minus: `+2`, `−4`, `0`. */
export const SIGNED_LABEL = "datum.value > 0 ? '+' + datum.label : datum.value < 0 ? '−' + format(abs(datum.value), '~r') : '0'"
