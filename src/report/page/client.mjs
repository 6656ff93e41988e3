import { quoted, tableFormats } from './table_text.mjs'

// What the page does where scripts run: it is whole without. No library, no network, nothing made of text as code.
const root = document.documentElement
root.classList.remove('nojs')

const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const isDark = () => getComputedStyle(root).colorScheme === 'dark'

/** Says on a button what has become of it, for a moment. */
const flash = (button, text) => {
  const before = button.textContent
  button.textContent = text
  setTimeout(() => {
    button.textContent = before
  }, 1200)
}

const copy = (button, text) =>
  navigator.clipboard?.writeText(text).then(
    () => flash(button, 'Copied'),
    () => flash(button, 'Refused'),
  ) ?? flash(button, 'Refused')

const save = (name, type, content) => {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([content], { type })), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 5000)
}

// Tables, as they stand: sorted as they are sorted.
const rowsOf = (table) => all('tr', table).map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()))
const sidesOf = (table) => [...table.querySelector('thead tr').children].map((cell) => (cell.classList.contains('n') ? 'r' : 'l'))
const textOf = (format, table) => tableFormats[format]({ rows: rowsOf(table), sides: sidesOf(table) })

const numberOf = (text) => {
  const found = /^[+-]?[\d,]*\.?\d+(e[+-]?\d+)?/i.exec(text.replaceAll('−', '-'))
  return found === null ? null : Number(found[0].replaceAll(',', ''))
}

const sortBy = (button) => {
  const head = button.closest('th')
  const index = [...head.parentNode.children].indexOf(head)
  const body = head.closest('table').querySelector('tbody')
  const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending'
  for (const other of head.parentNode.children) other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', direction)
  const keyed = [...body.children].map((row) => ({ row, text: row.children[index]?.textContent.trim() ?? '' }))
  const numeric = keyed.every(({ text }) => text === '–' || numberOf(text) !== null)
  const order = (a, b) =>
    numeric ? (numberOf(a.text) ?? -Infinity) - (numberOf(b.text) ?? -Infinity) : a.text.localeCompare(b.text, 'en', { numeric: true })
  keyed.sort((a, b) => (direction === 'ascending' ? order(a, b) : order(b, a)))
  body.append(...keyed.map(({ row }) => row))
}

// Figures: what is shown of them, in the colours of the scheme in force.
const shown = (figure) => all('.picture', figure).filter((picture) => picture.offsetParent !== null)
const resolved = (svg) => {
  const style = getComputedStyle(root)
  return new XMLSerializer().serializeToString(svg).replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim())
}
const specOf = (picture) => {
  const { specs, sets } = JSON.parse(picture.closest('figure').querySelector(':scope > script').textContent)
  const source = JSON.parse(picture.dataset.source)
  return { ...specs[source.spec], datasets: Object.fromEntries(Object.entries(source.sets).map(([name, index]) => [name, sets[index]])) }
}
const configuration = () => JSON.parse(document.getElementById('chart-config').textContent)
const csvOf = (rows) => {
  const names = [...new Set(rows.flatMap(Object.keys))]
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(quoted).join(',')).join('\n')
}
const asPicture = (svg) => {
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number)
  const image = new Image()
  const canvas = Object.assign(document.createElement('canvas'), { width: 3 * width, height: 3 * height })
  return new Promise((resolve) => {
    image.onload = () => {
      const context = canvas.getContext('2d')
      context.fillStyle = getComputedStyle(root).getPropertyValue('--page')
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.drawImage(image, 0, 0, canvas.width, canvas.height)
      canvas.toBlob(resolve, 'image/png')
    }
    image.src = `data:image/svg+xml,${encodeURIComponent(resolved(svg).replace('<svg', `<svg width="${width}" height="${height}"`))}`
  })
}
const nameOf = (figure, index) => (index === 0 ? figure.id : `${figure.id}-${index + 1}`)
const saves = {
  svg: async (picture, name) => save(`${name}.svg`, 'image/svg+xml', resolved(picture.querySelector('svg'))),
  png: async (picture, name) => save(`${name}.png`, 'image/png', await asPicture(picture.querySelector('svg'))),
  csv: async (picture, name) => {
    for (const [set, rows] of Object.entries(specOf(picture).datasets))
      if (rows.length > 1) save(`${name}-${set}.csv`, 'text/csv', csvOf(rows))
  },
  spec: async (picture, name) => {
    const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...specOf(picture), config: configuration() }
    save(`${name}.vl.json`, 'application/json', JSON.stringify(spec, null, 1))
  },
}
const saveFigure = async (figure, format) => {
  for (const [index, picture] of shown(figure).entries()) await saves[format](picture, nameOf(figure, index))
}

const themeButton = document.querySelector('button[data-theme]')
const nameTheme = () => {
  if (themeButton !== null) themeButton.textContent = isDark() ? 'Light' : 'Dark'
}
nameTheme()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', nameTheme)

const closeMenus = (except) => {
  for (const menu of all('details.menu[open]')) if (menu !== except) menu.open = false
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button')
  closeMenus(target.closest('details.menu'))
  if (button === null) return
  const { copy: isCopy, save: format, table, theme, print: isPrint, sort } = button.dataset
  if (isCopy !== undefined) copy(button, button.closest('.cmd').querySelector('code').textContent)
  if (table !== undefined) copy(button, textOf(table, button.closest('.tablebox').querySelector('table')))
  if (sort !== undefined) sortBy(button)
  if (isPrint !== undefined) print()
  if (format !== undefined) {
    saveFigure(button.closest('figure'), format)
    closeMenus()
  }
  if (theme !== undefined) {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    nameTheme()
  }
})
document.addEventListener('keydown', ({ key }) => {
  const menu = document.querySelector('details.menu[open]')
  if (key !== 'Escape' || menu === null) return
  menu.open = false
  menu.querySelector('summary').focus()
})

// Where one is, in the list of contents.
const links = new Map(all('.toc a').map((link) => [link.hash.slice(1), link]))
const watch = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const link = links.get(target.id)
      if (!isIntersecting || link === undefined) continue
      for (const other of links.values()) other.removeAttribute('aria-current')
      link.setAttribute('aria-current', 'true')
    }
  },
  { rootMargin: '-15% 0px -75% 0px' },
)
for (const section of all('.sections > section')) watch.observe(section)
